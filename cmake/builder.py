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
from typing import Iterator, List, Optional

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


class Progress:
    """One line for each step: what is being done, then how long it took. On a terminal the line
    shows at once.
    """

    def __init__(self, quiet: bool = False) -> None:
        self.quiet = quiet

    @contextlib.contextmanager
    def step(self, text: str) -> Iterator[None]:
        begin = time.monotonic()
        live = not self.quiet and sys.stdout.isatty()
        if live:
            print(f"  {text} …", end="", flush=True)
        try:
            yield
        except BaseException:
            if not self.quiet:
                print(f"{' failed' if live else f'  {text}: failed'}", flush=True)
            raise
        if not self.quiet:
            took = f"{time.monotonic() - begin:.1f} s"
            print(f" {took}" if live else f"  {text}: {took}", flush=True)


def run(command: List[str], what: str, cwd: Path = ROOT, show: int = 60) -> str:
    """The command's output; a BuildError with its last lines when it fails."""
    environment = dict(os.environ, PATH=toolchain.search_path(), CLICOLOR_FORCE="0", PYTHONUTF8="1")
    try:
        done = subprocess.run(
            command,
            cwd=cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            env=environment,
        )
    except OSError as error:
        raise BuildError(f"{what}: {error}") from None
    if done.returncode:
        lines = done.stdout.strip().splitlines()
        raise BuildError("\n".join([f"{what} failed:", *lines[-show:]]))
    return done.stdout


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
    return (BUILD / preset / "build.ninja").exists()


def configure(preset: str) -> None:
    """Configures a preset that is not configured; ninja runs CMake again when a CMake file has
    changed.
    """
    if not is_configured(preset):
        shutil.rmtree(BUILD / preset / "CMakeFiles", ignore_errors=True)
        (BUILD / preset / "CMakeCache.txt").unlink() if (
            BUILD / preset / "CMakeCache.txt"
        ).exists() else None
        run(["cmake", "--preset", preset], f"Configuring {preset}")


def compile(preset: str, targets: Optional[List[str]] = None) -> str:
    """Builds the targets (default: all that is delivered). Returns ninja's output."""
    return run(["ninja", "-C", str(BUILD / preset), *(targets or [])], f"Compiling ({preset})")


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


def build(progress: Progress, may_install: bool = True, check_tools: bool = True) -> bool:
    """Makes build/native/meridian and build/dist. Returns whether there was anything to do."""
    if is_current():
        return False
    with lock():
        before = fingerprint(inputs())
        if check_tools:
            check_toolchain(progress, ["build"], may_install)
        install_npm(progress)
        for preset, what in (("native", "the command"), ("wasm", "the core to WebAssembly")):
            if not is_configured(preset):
                with progress.step(f"Configuring {preset}"):
                    configure(preset)
            with progress.step(f"Compiling {what}"):
                compile(preset)
        with progress.step("Assembling build/dist"):
            import dist

            dist.assemble()
        # A file that was saved meanwhile makes the next check report "not current", as it should.
        STAMP.write_text(
            json.dumps({"inputs": before, "outputs": fingerprint(outputs())}), encoding="utf-8"
        )
    return True


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
