"""Bring the build up to date: check the toolchain, fetch, configure, compile, assemble build/dist.

Shared by serve.py and tests/run.py. Each step prints one line; the output of a step is shown only
when it fails. `is_current` answers without starting a program, so that a second start of the server
is quick."""

import contextlib
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Callable, Iterator, List, Optional

import toolchain

ROOT = Path(__file__).resolve().parent.parent
BUILD = ROOT / "build"
DIST = BUILD / "dist"
PACKAGES = BUILD / "package"  # for npm
SERVER = BUILD / "server"  # for hosts that answer by a function
COMMAND = BUILD / "native" / "meridian"
STAMP = BUILD / "current.json"

# The inputs of the delivered files and of the command.
INPUT_FOLDERS = ["cmake", "core", "wasm", "cli", "web"]
INPUT_FILES = [
    "CMakeLists.txt",
    "CMakePresets.json",
    "LICENSE",
    "package.json",
    "package-lock.json",
    "tests/CMakeLists.txt",
]


def version() -> str:
    """Of the project, and of all that is delivered."""
    text = (ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
    return re.search(r"project\(meridian VERSION ([\d.]+)", text).group(1)


class BuildError(Exception):
    """A step failed; the message is for the user."""


Tell = Callable[[int, int], None]


class Progress:
    """One line for each step: what is being done, how far it is, then how long it took. Where the
    output is no terminal, a step that takes long has a line at its beginning as well."""

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    @contextlib.contextmanager
    def step(self, text: str, seconds: int = 0) -> Iterator[Tell]:
        """`seconds`: how long it takes on two cores when nothing is there yet, where that is long.
        Gives a function that tells how many of its parts are done."""
        begin = time.monotonic()
        live = not self.quiet and sys.stdout.isatty()
        expected = f" (about {seconds} s the first time)" if seconds else ""
        if live or (expected and not self.quiet):
            print(f"  {text}{expected} …", end="" if live else "\n", flush=True)

        def tell(done: int, parts: int) -> None:
            if live:
                left = (time.monotonic() - begin) * (parts - done) / max(done, 1)
                # ESC [ K clears the rest of the line.
                print(f"\r  {text}: {done} of {parts}, {left:.0f} s left\033[K", end="", flush=True)

        again = f"\r  {text}:\033[K" if live else f"  {text}:"
        try:
            yield tell
        except BaseException:
            if not self.quiet:
                print(f"{again} failed", flush=True)
            raise
        if not self.quiet:
            print(f"{again} {time.monotonic() - begin:.1f} s", flush=True)


# How ninja begins the line of a step.
PART = re.compile(r"\[(\d+)/(\d+)\] ")


def run(
    command: List[str], what: str, cwd: Path = ROOT, show: int = 60, tell: Optional[Tell] = None
) -> str:
    """The command's output; a BuildError with its last lines when it fails. `tell` hears how many
    of ninja's steps are done."""
    environment = dict(os.environ, PATH=toolchain.search_path(), CLICOLOR_FORCE="0", PYTHONUTF8="1")
    output: List[str] = []
    try:
        with subprocess.Popen(
            command,
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=environment,
        ) as started:
            assert started.stdout
            for line in started.stdout:
                output.append(line)
                part = PART.match(line)
                if part and tell:
                    tell(int(part[1]), int(part[2]))
    except OSError as error:
        raise BuildError(f"{what}: {error}") from None
    text = "".join(output)
    if started.returncode:
        raise BuildError("\n".join([f"{what} failed:", *text.strip().splitlines()[-show:]]))
    return text


@contextlib.contextmanager
def lock() -> Iterator[None]:
    """Only one build at a time in this folder: a server and the tests may both want one."""
    BUILD.mkdir(parents=True, exist_ok=True)
    with open(BUILD / ".lock", "w", encoding="utf-8") as handle:
        try:
            import fcntl

            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                print("  Waiting for another build of this folder", file=sys.stderr, flush=True)
                fcntl.flock(handle, fcntl.LOCK_EX)
        except ImportError:
            pass  # a system without it gets no lock
        yield


def is_configured(preset: str) -> bool:
    """Whether the preset was configured after the presets last changed: ninja doesn't read them."""
    made = BUILD / preset / "build.ninja"
    presets = ROOT / "CMakePresets.json"
    return made.exists() and made.stat().st_mtime >= presets.stat().st_mtime


def configure(preset: str) -> None:
    """Configures a preset that is not configured, or that has changed since; ninja runs CMake again
    when another CMake file has changed.
    """
    if not is_configured(preset):
        shutil.rmtree(BUILD / preset / "CMakeFiles", ignore_errors=True)
        (BUILD / preset / "CMakeCache.txt").unlink() if (
            BUILD / preset / "CMakeCache.txt"
        ).exists() else None
        run(["cmake", "--preset", preset], f"Configuring {preset}")


def compile(preset: str, targets: Optional[List[str]] = None, tell: Optional[Tell] = None) -> str:
    """Builds the targets (default: all that is delivered). Returns ninja's output."""
    return run(
        ["ninja", "-C", str(BUILD / preset), *(targets or [])], f"Compiling ({preset})", tell=tell
    )


def inputs() -> Iterator[Path]:
    for name in INPUT_FILES:
        yield ROOT / name
    for name in INPUT_FOLDERS:
        for folder, folders, names in os.walk(ROOT / name):
            folders[:] = sorted(f for f in folders if f != "__pycache__" and not f.startswith("."))
            for file in sorted(names):
                if not file.endswith((".pyc", "~")):
                    yield Path(folder) / file


def fingerprint(paths: Iterator[Path]) -> str:
    """Names, sizes and times of files as one hash; a missing file counts as such."""
    digest = hashlib.sha256()
    for path in paths:
        try:
            status = os.stat(path)
            digest.update(f"{path}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
        except OSError:
            digest.update(f"{path}\0-\n".encode())
    return digest.hexdigest()


def outputs() -> Iterator[Path]:
    yield COMMAND
    for root in (DIST, PACKAGES, SERVER):
        for folder, folders, names in os.walk(root):
            folders.sort()
            if Path(folder).name == "places":  # thousands of files that are written together
                yield Path(folder)
                continue
            for file in sorted(names):
                yield Path(folder) / file


def is_current() -> bool:
    """Whether nothing has changed since the last complete build. Some milliseconds."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return (
        toolchain.npm_is_current()
        and stamp.get("inputs") == fingerprint(inputs())
        and stamp.get("outputs") == fingerprint(outputs())
    )


# Seconds on two cores without a compiler cache: docs/build.md.
FIRST_TIME = {"wasm": 90, "native": 95, "dist": 20}
WORDS = {"native": "the command", "wasm": "the core to WebAssembly"}


def compile_preset(progress: Progress, preset: str) -> None:
    first = not is_configured(preset)
    if first:
        with progress.step(f"Configuring {preset}"):
            configure(preset)
    with progress.step(f"Compiling {WORDS[preset]}", FIRST_TIME[preset] if first else 0) as tell:
        compile(preset, tell=tell)


def build(
    progress: Progress,
    may_install: bool = True,
    check_tools: bool = True,
    shell_is_there: Callable[[], None] = lambda: None,
) -> bool:
    """Makes build/dist, then build/native/meridian. Returns whether there was anything to do.
    `shell_is_there` is called between the two: pages can be served."""
    if is_current():
        return False
    with lock():
        before = fingerprint(inputs())
        if check_tools:
            check_toolchain(progress, ["build"], may_install)
        install_npm(progress)
        compile_preset(progress, "wasm")
        with progress.step("Assembling build/dist", 0 if DIST.exists() else FIRST_TIME["dist"]):
            import dist

            dist.assemble()
        shell_is_there()
        compile_preset(progress, "native")
        # A file that was saved meanwhile makes the next check report "not current", as it should.
        STAMP.write_text(
            json.dumps({"inputs": before, "outputs": fingerprint(outputs())}), encoding="utf-8"
        )
    return True


def command_line(command: Path = COMMAND) -> List[str]:
    """How the command is called: until the native one is compiled, the one for Node."""
    if command == COMMAND and not command.exists():
        return ["node", str(PACKAGES / "meridian-site" / "meridian.mjs")]
    return [str(command)]


def check_toolchain(progress: Progress, purposes: List[str], may_install: bool) -> None:
    with progress.step("Checking the toolchain"):
        missing = toolchain.ensure(purposes, may_install)
    if missing:
        raise BuildError("The toolchain is not complete; the lines above say what to install.")


def install_npm(progress: Progress) -> None:
    if not toolchain.npm_is_current():
        with progress.step("Installing the pinned JavaScript tools (npm ci)"):
            problem = toolchain.npm_ci()
            if problem:
                raise BuildError(problem)
