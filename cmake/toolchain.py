#!/usr/bin/env python3
"""Check that the programs Meridian is built and tested with are here, and install them where that
is allowed.

One table says what is needed, from which version on and what for. On Debian and Ubuntu, as root or
with sudo, what is missing is installed by apt after saying so; anywhere else the exact commands are
printed. serve.py and tests/run.py call this; by hand:

    python3 cmake/toolchain.py                    what the build needs
    python3 cmake/toolchain.py --for tests        what the tests need beside
    python3 cmake/toolchain.py --no-install       only look
"""

import argparse
import dataclasses
import hashlib
import json
import os
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Optional, Tuple

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / "build" / "toolchain.json"
MORE_FOLDERS = ["/usr/sbin", "/sbin", "/usr/local/sbin", "/usr/local/bin", "/opt/homebrew/bin"]
APT_TIMEOUT = 1200  # seconds; on a slow line Emscripten and Chromium are some 300 MB
OPTIONAL_TIMEOUT = 180  # seconds for what one can do without


@dataclasses.dataclass(frozen=True)
class Tool:
    """A row of the table. `names` are programs of which one is enough; without `optional` ones
    things take longer, or a few tests are left out."""

    names: Tuple[str, ...]
    minimum: Tuple[int, ...]
    purpose: str
    needed_for: str
    apt: str
    brew: str
    optional: bool = False
    version_option: str = "--version"
    probe: Optional[str] = (
        None  # C++ flags that must compile and link, beyond the program being there
    )


WEBKIT_VERSION = (
    "-cimport gi; gi.require_version('WebKit2', '4.1'); from gi.repository import WebKit2 as web; "
    "print(web.MAJOR_VERSION, web.MINOR_VERSION, web.MICRO_VERSION, sep='.')"
)

TOOLS = [
    Tool(("cmake",), (3, 22), "describes the build", "build", "cmake", "cmake"),
    Tool(("ninja",), (1, 10), "runs the build", "build", "ninja-build", "ninja"),
    Tool(("c++", "g++", "clang++"), (11,), "compiles the command", "build", "g++", "llvm"),
    Tool(
        ("emcc",),
        (3, 1, 6),
        "compiles the core to WebAssembly",
        "build",
        "emscripten",
        "emscripten",
    ),
    Tool(("node",), (18,), "joins and minifies the shell, runs tests", "build", "nodejs", "node"),
    Tool(("npm",), (8,), "installs the pinned JavaScript tools", "build", "npm", "node"),
    Tool(
        ("ccache",), (4,), "remembers what was compiled", "build", "ccache", "ccache", optional=True
    ),
    Tool(
        ("clang++",),
        (14,),
        "tests under the sanitizers",
        "tests",
        "clang libclang-rt-dev",
        "llvm",
        probe="-fsanitize=address,undefined",
    ),
    # Without it the tests of `meridian check --external` are left out.
    Tool(("curl",), (7, 75), "asks other hosts in tests", "tests", "curl", "curl", optional=True),
    Tool(("clang-tidy",), (14,), "checks C++ for mistakes", "tests", "clang-tidy", "llvm", True),
    Tool(
        (
            "chromium",
            "chromium-browser",
            "google-chrome",
            "google-chrome-stable",
            "chromium-headless-shell",
        ),
        (100,),
        "tests in a real browser",
        "tests",
        "chromium",
        "--cask chromium",
    ),
    # The same browser without windows: the tests take half the processor time in it.
    Tool(
        ("chromium-headless-shell",),
        (100,),
        "tests in less time",
        "tests",
        "chromium-headless-shell",
        "",
        optional=True,
    ),
    # Without it the tests of isolation run in Chromium alone. Ubuntu has it as a snap, which can't
    # be driven.
    Tool(
        ("firefox-esr", "firefox"),
        (128,),
        "tests of the walls in a second engine",
        "tests",
        "firefox-esr",
        "--cask firefox",
        optional=True,
    ),
    # A third engine: WebKitGTK, which tests use from the system's Python, on a screen of Xvfb.
    Tool(
        ("/usr/bin/python3", "python3"),
        (2, 40),
        "tests in WebKitGTK",
        "tests",
        "gir1.2-webkit2-4.1 python3-gi xvfb",
        "",
        optional=True,
        version_option=WEBKIT_VERSION,
    ),
    Tool(
        ("nginx",),
        (1, 18),
        "tests on a real static host",
        "tests",
        "nginx-light",
        "nginx",
        version_option="-v",
    ),
]


@dataclasses.dataclass
class Found:
    tool: Tool
    path: Optional[str]
    version: Optional[str]
    problem: Optional[str]


def search_path() -> str:
    folders = os.environ.get("PATH", os.defpath).split(os.pathsep) + MORE_FOLDERS
    if os.environ.get("EMSDK"):
        folders.insert(0, str(Path(os.environ["EMSDK"]) / "upstream" / "emscripten"))
    return os.pathsep.join(folders)


class Memory:
    """Versions of programs, cached until the program changes, since emcc takes half a second to
    print its own; and the optional tools whose installation was tried."""

    def __init__(self, path: Optional[Path] = None) -> None:
        self.path = path or STATE
        try:
            self.entries: Dict[str, str] = json.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            self.entries = {}

    def recall(self, question: List[str], ask) -> str:
        real = os.path.realpath(question[0])
        status = os.stat(real)
        key = " ".join([real, str(status.st_size), str(status.st_mtime_ns), *question[1:]])
        if key not in self.entries:
            self.note({key: ask()})
        return self.entries[key]

    def forget(self, question: List[str]) -> None:
        """Asks again next time, since what is missing may be installed meanwhile."""
        real, text = os.path.realpath(question[0]), question[1]
        self.entries = {
            key: value
            for key, value in self.entries.items()
            if not (key.startswith(f"{real} ") and key.endswith(f" {text}"))
        }
        self.note({})

    def note(self, entries: Dict[str, str]) -> None:
        self.entries.update(entries)
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.write_text(json.dumps(self.entries, indent=1), encoding="utf-8")
        except OSError:
            pass  # a read-only folder only makes the next look slower


def output_of(command: List[str]) -> str:
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout + done.stderr


def version_in(text: str) -> str:
    match = re.search(
        r"(?<![\w.])(\d+(?:\.\d+)+|(?<=v)\d+)", re.sub(r"\bv(?=\d)|/(?=\d)", " ", text)
    )
    return match.group(1) if match else ""


def numbers(version: str) -> Tuple[int, ...]:
    return tuple(int(part) for part in version.split("."))


def compiles(compiler: str, flags: str) -> str:
    """ "yes" when a program that uses `flags` compiles, links and runs, else the compiler's last
    words.
    """
    target = STATE.parent / f"probe-{os.getpid()}"
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        done = subprocess.run(
            [compiler, *flags.split(), "-x", "c++", "-", "-o", str(target)],
            capture_output=True,
            input="int main() { return 0; }\n",
            text=True,
            timeout=60,
        )
        if done.returncode:
            return (done.stderr.strip().splitlines() or ["does not compile"])[-1]
        return (
            "yes"
            if subprocess.run([str(target)], timeout=60).returncode == 0
            else "its programs don't run"
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    finally:
        if target.exists():
            target.unlink()


def look(tool: Tool, memory: Memory) -> Found:
    """Whether one of the tool's programs is installed, new enough, and works."""
    path = None
    if tool.names[0] == "chromium" and os.environ.get("CHROMIUM"):
        path = shutil.which(os.environ["CHROMIUM"])
    for name in tool.names:
        path = path or shutil.which(name, path=search_path())
    if not path:
        return Found(tool, None, None, "missing")
    version = version_in(
        memory.recall([path, tool.version_option], lambda: output_of([path, tool.version_option]))
    )
    wanted = ".".join(map(str, tool.minimum))
    if not version:
        memory.forget([path, tool.version_option])
        return Found(tool, path, None, f"does not answer to {tool.version_option}")
    if tool.names[0] == "c++" and numbers(version) < tool.minimum:
        # c++ may be an old one while a newer g++ or clang++ is installed; $CXX then tells CMake.
        return Found(
            tool,
            path,
            version,
            f"has version {version}, {wanted} is needed (choose another by $CXX)",
        )
    if numbers(version) < tool.minimum:
        return Found(tool, path, version, f"has version {version}, {wanted} is needed")
    if tool.probe:
        answer = memory.recall([path, tool.probe], lambda: compiles(path, tool.probe))
        if answer != "yes":
            memory.forget([path, tool.probe])
            return Found(tool, path, version, f"can't use {tool.probe}: {answer}")
    return Found(tool, path, version, None)


def check(needed_for: List[str]) -> List[Found]:
    memory = Memory()
    return [look(tool, memory) for tool in TOOLS if tool.needed_for in needed_for]


def distribution() -> str:
    """ "debian", "ubuntu", "macos" or "other"."""
    if platform.system() == "Darwin":
        return "macos"
    try:
        text = Path("/etc/os-release").read_text(encoding="utf-8")
    except OSError:
        return "other"
    fields = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.M))
    family = [fields.get("ID", ""), *fields.get("ID_LIKE", "").split()]
    return "ubuntu" if "ubuntu" in family else "debian" if "debian" in family else "other"


def apt_packages(found: List[Found]) -> List[str]:
    packages = [package for item in found for package in item.tool.apt.split()]
    if distribution() == "ubuntu":  # there Chromium is a snap behind this name
        packages = [
            "chromium-browser" if package == "chromium" else package
            for package in packages
            if package not in ("chromium-headless-shell", "firefox-esr")
        ]
    return list(dict.fromkeys(packages))


def privilege(ask: bool = True) -> Optional[List[str]]:
    """The prefix of apt-get (sudo), or None when this user can't install; unless `ask`, also when a
    password is needed.
    """
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo"):
        if subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0:
            return ["sudo", "-n"]
        if ask and sys.stdin.isatty() and sys.stdout.isatty():
            return ["sudo"]  # it will ask for the password
    return None


def install(found: List[Found]) -> bool:
    """Installs what is missing by apt, saying so. False when that is not possible here or did not
    work.

    For optional tools alone nobody is asked for a password, nor has to wait long.
    """
    optional = all(item.tool.optional for item in found)
    if os.environ.get("MERIDIAN_NO_INSTALL") or distribution() not in ("debian", "ubuntu"):
        return False
    before = privilege(ask=not optional) if shutil.which("apt-get") else None
    packages = apt_packages(found)
    if before is None or not packages:
        return False
    environment = [*before, "env", "DEBIAN_FRONTEND=noninteractive"]
    command = [*environment, "apt-get", "install", "-y", "--no-install-recommends", *packages]
    print(f"Installing: {' '.join([*before, *command[len(environment) :]])}", flush=True)
    update = [*environment, "apt-get", "-q", "update"]
    if optional:  # what takes long is asked for first, where it can be broken off
        return all(
            try_apt(step, OPTIONAL_TIMEOUT) for step in (update, [*command, "--download-only"])
        ) and try_apt(command)
    try_apt(update)  # old lists may still do; the installation will tell
    if try_apt(command):
        return True
    if len(packages) == 1:
        return False
    # One package that this release lacks must not keep the others away.
    installed = [try_apt([*command[: -len(packages)], package]) for package in packages]
    return all(installed)


def try_apt(command: List[str], timeout: int = APT_TIMEOUT) -> bool:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=timeout)
    except subprocess.TimeoutExpired:
        print(f"  apt-get did not end within {timeout} s", flush=True)
        return False
    if done.returncode:
        print(f"  apt-get: {(done.stderr.strip().splitlines() or ['failed'])[-1]}", flush=True)
    return done.returncode == 0


EMSDK_HELP = """\
  Emscripten by its own installer (any system):
    git clone https://github.com/emscripten-core/emsdk && cd emsdk
    ./emsdk install latest && ./emsdk activate latest && . ./emsdk_env.sh"""


def how_to_install(found: List[Found]) -> str:
    """The exact commands for this system, or, on an unknown one, for the known systems."""
    system = distribution()
    brew = list(dict.fromkeys(item.tool.brew for item in found if item.tool.brew))
    casks = [name for name in brew if name.startswith("--cask")]
    formulas = [name for name in brew if name not in casks]
    debian = f"  sudo apt-get install -y --no-install-recommends {' '.join(apt_packages(found))}"
    macos = "\n".join(
        [f"  brew install {' '.join(formulas)}"] * bool(formulas)
        + [f"  brew install {c}" for c in casks]
    )
    lines = []
    if system in ("debian", "ubuntu"):
        lines.append(f"Install with:\n{debian}")
    elif system == "macos":
        lines.append(f"Install with Homebrew (not tried on this system by us):\n{macos}")
    else:
        lines.append(
            f"On Debian or Ubuntu:\n{debian}\nOn macOS:\n{macos}\nElsewhere use your package manager."
        )
    if any("emcc" in item.tool.names for item in found):
        lines.append(EMSDK_HELP)
    return "\n".join(lines)


def describe(item: Found) -> str:
    name = (
        item.tool.names[0]
        if item.problem == "missing"
        else os.path.basename(item.path or item.tool.names[0])
    )
    minimum = ".".join(map(str, item.tool.minimum))
    return f"  {name} (from {minimum} on; {item.tool.purpose}): {item.problem}"


def ensure(needed_for: List[str], may_install: bool = True) -> List[Found]:
    """Checks, installs what it may, and prints what remains to be done. Returns the remaining
    problems. An optional tool is installed once where that needs no password; else the build
    continues without it."""
    found = check(needed_for)
    wrong = [item for item in found if item.problem]
    required = [item for item in wrong if not item.tool.optional]
    if not required:
        memory = Memory()
        untried = [item for item in wrong if f"tried {item.tool.apt}" not in memory.entries]
        if untried and may_install:
            install(untried)
            memory.note({f"tried {item.tool.apt}": "yes" for item in untried})
        return []
    print("These programs are missing or too old:", flush=True)
    for item in required:
        print(describe(item), flush=True)
    if may_install and install(wrong):
        required = [item for item in check(needed_for) if item.problem and not item.tool.optional]
        for item in required:
            print(describe(item), flush=True)
    if required:
        print(how_to_install(required), flush=True)
    return required


def npm_stamp(folder: Path = ROOT) -> str:
    content = (folder / "package-lock.json").read_bytes() + (folder / "package.json").read_bytes()
    return hashlib.sha256(content).hexdigest()


def npm_is_current(folder: Path = ROOT) -> bool:
    try:
        return (folder / "node_modules" / ".meridian").read_text() == npm_stamp(folder)
    except OSError:
        return False


def npm_ci(folder: Path = ROOT) -> Optional[str]:
    """Installs a folder's pinned packages when its lock file has changed. Returns the error."""
    if npm_is_current(folder):
        return None
    npm = shutil.which("npm", path=search_path())
    if not npm:
        return "npm is missing"
    done = subprocess.run(
        [npm, "ci", "--no-audit", "--no-fund", "--loglevel=error"],
        cwd=folder,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
    )
    if done.returncode:
        return "npm ci failed:\n" + "\n".join(
            (done.stderr or done.stdout).strip().splitlines()[-12:]
        )
    (folder / "node_modules" / ".meridian").write_text(npm_stamp(folder))
    return None


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--for",
        dest="purposes",
        choices=("build", "tests"),
        default="build",
        help="what is to be done (default: build; tests need the build's programs too)",
    )
    parser.add_argument(
        "--no-install", action="store_true", help="only look, and print what to install"
    )
    parser.add_argument(
        "--npm", action="store_true", help="also install the pinned JavaScript tools"
    )
    options = parser.parse_args()
    purposes = ["build"] if options.purposes == "build" else ["build", "tests"]
    wrong = ensure(purposes, may_install=not options.no_install)
    for item in check(purposes):
        if not item.problem:
            print(f"  {os.path.basename(item.path)} {item.version}: {item.tool.purpose}")
    if options.npm and not wrong:
        problem = npm_ci()
        if problem:
            print(problem)
            return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
