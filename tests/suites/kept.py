"""Results of checks that depend on nothing but their inputs, kept from one run to the next.

A check names everything that its result depends on: programs, flags, settings, files. Their hash is
the name of a file in a cache outside the clone, which exists only if the check passed with exactly
these inputs. What failed, was skipped or changed its inputs meanwhile is never kept.

The cache is ${MERIDIAN_CACHE:-${XDG_CACHE_HOME:-~/.cache}/meridian}/checks. Delete it at any time."""

import hashlib
import json
import os
import shutil
import stat
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import Callable, Iterable, Iterator, Optional

import fetch_deps
import toolchain
from suites import settings
from suites.results import ROOT, Tally

# A result is a file of some dozen bytes; a whole run keeps about 2500.
MAX_RESULTS = 20_000
# Part of every key: the programs that decide what a check does and how its output is read.
HARNESS = sorted((ROOT / "tests" / "suites").glob("*.py"))


def folder() -> Path:
    return fetch_deps.cache_folder().parent / "checks"


class Inputs:
    """The hash of all inputs of one check. Each part has a label and its length, so that different
    inputs never give the same text.
    """

    def __init__(self, check: str) -> None:
        self.digest = hashlib.sha256()
        self.text("check", check)
        for path in HARNESS:
            self.file(path)

    def copy(self) -> "Inputs":
        """For checks that have these inputs in common."""
        other = Inputs.__new__(Inputs)
        other.digest = self.digest.copy()
        return other

    def text(self, label: str, text: str) -> "Inputs":
        return self._part(label, text.encode("utf-8", "surrogateescape"))

    def _part(self, label: str, data: bytes) -> "Inputs":
        self.digest.update(f"{label}\0{len(data)}\0".encode())
        self.digest.update(data)
        return self

    def file(self, path: Path, name: Optional[str] = None) -> "Inputs":
        """The name and content of a file; a missing file counts as such."""
        shown = name or shown_path(path)
        try:
            content = hashlib.sha256(path.read_bytes()).digest()
        except OSError as error:
            content = type(error).__name__.encode()
        return self._part(f"file {shown}", content)

    def files(self, paths: Iterable[Path]) -> "Inputs":
        for path in sorted(set(paths)):
            self.file(path)
        return self

    def tree(self, top: Path) -> "Inputs":
        """The names and contents of all files below a folder."""
        self.text("tree", shown_path(top))
        return self.files(files_below(top))

    def installed(self, top: Path) -> "Inputs":
        """Files that a package manager put there, by names, sizes and times: reading all of them
        would take longer than the check.
        """
        return self.text(f"installed {top}", stamp(str(top)))

    def program(self, name: str) -> "Inputs":
        """A program with the libraries that it loads, and the version that it prints."""
        return self.text(f"program {name}", identity(name))

    def hex(self) -> str:
        return self.digest.hexdigest()


def shown_path(path: Path) -> str:
    """Relative to the clone, so that another clone finds the same results."""
    try:
        return path.relative_to(ROOT).as_posix()
    except ValueError:
        return str(path)


def files_below(top: Path) -> Iterator[Path]:
    for inner, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != "__pycache__")
        for name in names:
            yield Path(inner) / name


def configurations(name: str, paths: Iterable[str]) -> Iterator[Path]:
    """The files of this name in the folders of the paths and in those above them, in the clone."""
    folders = {folder for path in paths for folder in Path(path).parents}
    return (folder / name for folder in folders if folder == ROOT or ROOT in folder.parents)


@lru_cache(maxsize=None)
def stamp(top: str) -> str:
    digest = hashlib.sha256()
    for path in sorted(files_below(Path(top))) or [Path(top)]:
        try:
            status = os.stat(path)
        except OSError:
            continue
        name = os.path.relpath(path, top)
        digest.update(f"{name}\0{status.st_size}\0{status.st_mtime_ns}\n".encode())
    return digest.hexdigest()


@lru_cache(maxsize=None)
def identity(name: str) -> str:
    path = shutil.which(name, path=toolchain.search_path())
    if not path:
        return "missing"
    real = Path(path).resolve()
    parts = [hashlib.sha256(real.read_bytes()).hexdigest()]
    for command in ([str(real), "--version"], ["ldd", str(real)]):
        try:
            done = subprocess.run(command, capture_output=True, text=True, errors="replace")
        except OSError:
            continue
        if command[0] != "ldd":
            parts.append(done.stdout)
            continue
        for library in sorted({word for word in done.stdout.split() if word.startswith("/")}):
            parts.append(f"{library} {stamp(library)}")
    return "\n".join(parts)


def passed(key: str) -> Optional[int]:
    """How many checks passed with these inputs in an earlier run; None when there is no result."""
    if not settings.cache:
        return None
    path = folder() / key[:2] / key
    try:
        result = json.loads(path.read_text(encoding="utf-8"))
        count = result["passed"]
        if result["key"] != key or type(count) is not int or count < 0:
            return None
        os.utime(path)  # the least recently used are removed first
        return count
    except (OSError, ValueError, TypeError, KeyError):
        return None


def keep(key: str, count: int) -> None:
    if not settings.cache:
        return
    inner = folder() / key[:2]
    try:
        inner.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=inner, prefix=".")
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"key": key, "passed": count}, file)
        os.replace(name, inner / key)
    except OSError:
        pass  # a full or read-only disk: the next run checks again


def trim(limit: int = MAX_RESULTS) -> None:
    """Removes the least recently used results above the limit."""
    found = []
    for path in files_below(folder()):
        try:
            status = path.stat()
        except OSError:
            continue
        if stat.S_ISREG(status.st_mode):
            found.append((status.st_mtime_ns, str(path)))
    for _, name in sorted(found)[: max(0, len(found) - limit)]:
        try:
            os.unlink(name)
        except OSError:
            continue


def kept(inputs: Callable[[], Optional[Inputs]], run: Callable[[], Tally]) -> Tally:
    """The tally of `run`, from the cache when it passed with the same inputs before.

    `inputs` gives None when something of them is unknown: then nothing is kept. They are read again
    after the run, so that a file that was saved meanwhile leaves no result behind.
    """
    before = inputs()
    key = before.hex() if before else None
    count = passed(key) if key else None
    if count is not None:
        return Tally(count, kept=count)
    tally = run()
    if key and tally.passed and not tally.failed and not tally.skipped:
        after = inputs()
        if after and after.hex() == key:
            keep(key, tally.passed)
    return tally
