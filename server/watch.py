"""Notice that files under some folders have changed, within milliseconds.

On Linux by inotify, through ctypes; elsewhere, or when the system's number of watches is used up,
by polling the times of all files twenty times a second. Needed by serve.py alone."""

import ctypes
import os
import select
import struct
import sys
import time
from pathlib import Path
from typing import Callable, Dict, Iterable, List, Optional, Set, Tuple

# Folders that never have sources of a site or of the build.
IGNORED_FOLDERS = {
    "node_modules",
    "__pycache__",
    "_site",
    ".git",
    ".jekyll-cache",
    ".sass-cache",
    "vendor",
}
POLL_INTERVAL = 0.05  # seconds
QUIET = 0.012  # seconds without a further change that end a burst (an editor's save, a checkout)
LONGEST_BURST = 0.2

IN_MODIFY, IN_ATTRIB, IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO = 0x2, 0x4, 0x8, 0x40, 0x80
IN_CREATE, IN_DELETE, IN_Q_OVERFLOW, IN_IGNORED, IN_ISDIR = 0x100, 0x200, 0x4000, 0x8000, 0x40000000
# Not IN_MODIFY: it is sent while a file is half written.
EVENTS = IN_ATTRIB | IN_CLOSE_WRITE | IN_MOVED_FROM | IN_MOVED_TO | IN_CREATE | IN_DELETE
HEADER = struct.Struct("iIII")


def is_ignored(name: str) -> bool:
    """Folders of tools, and temporary files of editors."""
    return (
        name in IGNORED_FOLDERS
        or name.endswith(("~", ".swp", ".swx", ".tmp"))
        or name == "4913"
        or name.startswith((".#", "#", ".goutputstream"))
    )


def folders_under(root: Path) -> Iterable[str]:
    for folder, folders, _ in os.walk(root):
        folders[:] = [name for name in folders if not is_ignored(name)]
        yield folder


def snapshot(roots: List[Path]) -> Dict[str, Tuple[int, int]]:
    """Path to (time, size) of every file."""
    found = {}
    for root in roots:
        for folder in folders_under(root):
            try:
                with os.scandir(folder) as entries:
                    for entry in entries:
                        if not is_ignored(entry.name) and entry.is_file():
                            status = entry.stat()
                            found[entry.path] = (status.st_mtime_ns, status.st_size)
            except OSError:
                continue  # gone meanwhile
    return found


class Inotify:
    """Changed paths of all folders below the roots. Raises OSError where the kernel doesn't offer
    it.
    """

    def __init__(self, roots: List[Path]) -> None:
        if not sys.platform.startswith("linux"):
            raise OSError("only on Linux")
        self.library = ctypes.CDLL(None, use_errno=True)
        self.handle = self.library.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self.handle < 0:
            raise OSError(ctypes.get_errno(), "inotify_init1")
        self.roots = roots
        self.paths: Dict[int, str] = {}
        try:
            for root in roots:
                for folder in folders_under(root):
                    self.add(folder)
        except OSError:
            os.close(self.handle)
            raise

    def add(self, folder: str) -> None:
        watch = self.library.inotify_add_watch(self.handle, os.fsencode(folder), EVENTS)
        if watch >= 0:
            self.paths[watch] = folder
        elif ctypes.get_errno() not in (2, 20):  # gone meanwhile, or not a folder
            raise OSError(ctypes.get_errno(), f"inotify_add_watch {folder}")

    def add_tree(self, folder: str) -> Set[str]:
        """Watches a new folder; files that were added before the watch existed count as changed."""
        found = set()
        for inner in folders_under(Path(folder)):
            self.add(inner)
            try:
                found.update(
                    os.path.join(inner, name) for name in os.listdir(inner) if not is_ignored(name)
                )
            except OSError:
                pass
        return found

    def read(self, timeout: float) -> Set[str]:
        ready, _, _ = select.select([self.handle], [], [], timeout)
        if not ready:
            return set()
        try:
            data = os.read(self.handle, 1 << 16)
        except BlockingIOError:
            return set()
        changed, at = set(), 0
        while at < len(data):
            watch, mask, _, length = HEADER.unpack_from(data, at)
            name = os.fsdecode(data[at + HEADER.size : at + HEADER.size + length].rstrip(b"\0"))
            at += HEADER.size + length
            if mask & IN_Q_OVERFLOW:  # more events than the kernel keeps: anything may have changed
                changed.update(map(str, self.roots))
            elif mask & IN_IGNORED:
                self.paths.pop(watch, None)
            elif name and watch in self.paths and not is_ignored(name):
                changed |= self.meaning(mask, os.path.join(self.paths[watch], name))
        return changed

    def meaning(self, mask: int, path: str) -> Set[str]:
        if mask & IN_ISDIR:
            if mask & (IN_CREATE | IN_MOVED_TO):
                return {path} | self.add_tree(path)
            return {path} if mask & (IN_DELETE | IN_MOVED_FROM) else set()
        # A file that is created is closed later; but a link is made in one step.
        if mask & IN_CREATE and not os.path.islink(path):
            return set()
        return {path}


class Polling:
    def __init__(self, roots: List[Path]) -> None:
        self.roots = roots
        self.known = snapshot(roots)
        self.interval = POLL_INTERVAL

    def read(self, timeout: float) -> Set[str]:
        time.sleep(max(0.0, min(timeout, self.interval)))
        begin = time.monotonic()
        now = snapshot(self.roots)
        # A large site on a slow disk must not keep a core busy: look for at most a fifth of the
        # time.
        self.interval = max(POLL_INTERVAL, 4 * (time.monotonic() - begin))
        changed = {
            path for path in now.keys() | self.known.keys() if now.get(path) != self.known.get(path)
        }
        self.known = now
        return changed


def watcher(roots: List[Path], polling: bool = False):
    """Something with read(timeout) -> changed paths. A watched root must exist."""
    if not polling:
        try:
            return Inotify(roots)
        except (OSError, AttributeError):
            pass
    return Polling(roots)


def watch(
    roots: List[Path],
    report: Callable[[Set[str]], None],
    stopped: Callable[[], bool],
    source: Optional[object] = None,
) -> None:
    """Calls `report` with the changed paths of each burst, until `stopped`."""
    source = source or watcher(roots)
    while not stopped():
        changed = source.read(0.5)
        if not changed:
            continue
        end = time.monotonic() + LONGEST_BURST
        while time.monotonic() < end:
            more = source.read(QUIET)
            if not more:
                break
            changed |= more
        report(changed)
