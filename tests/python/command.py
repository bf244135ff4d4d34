"""The native command on small sites in temporary folders: shared by the tests of `meridian build`."""

import os
import pty
import shutil
import subprocess
import tempfile
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MERIDIAN = Path(os.environ.get("MERIDIAN_COMMAND", ROOT / "build" / "native" / "meridian"))
RECORD = ".meridian"  # what a build notes in the destination of what it wrote there
HANG = 120  # seconds after which a command counts as hung


def meridian(*arguments, cwd=None, env=None, **more):
    environment = {**os.environ, "JEKYLL_ENV": "production", **(env or {})}
    return subprocess.run(
        [str(MERIDIAN), *map(str, arguments)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=HANG,
        cwd=cwd,
        env=environment,
        stdin=subprocess.DEVNULL,
        **more,
    )


def on_terminal(*arguments, env=None):
    """What the command writes to a terminal as its standard error, and its exit status."""
    ours, theirs = pty.openpty()
    started = subprocess.Popen(
        [str(MERIDIAN), *map(str, arguments)],
        env={**os.environ, **(env or {})},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    )

    # The other end stays open until all is read: what a terminal holds may be lost when it closes.
    def end():
        try:
            started.wait(HANG)
        finally:
            os.write(theirs, b"\0")

    waiting = threading.Thread(target=end)
    waiting.start()
    told = b""
    while not told.endswith(b"\0"):
        told += os.read(ours, 4096)
    waiting.join()
    os.close(theirs)
    os.close(ours)
    return told[:-1].decode(), started.returncode


def write(folder, files):
    for name, content in files.items():
        path = Path(folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def contents(folder):
    """Path → bytes of all files below the folder, except for the build's own record; links are not
    followed."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(Path(folder).rglob("*"))
        if path.is_file() and not path.is_symlink() and path.name != RECORD
    }


@unittest.skipUnless(MERIDIAN.exists(), "build/native/meridian is not built")
class CommandCase(unittest.TestCase):
    """`self.source` is a site of two pages; `self.out` does not exist yet."""

    SITE = {
        "_config.yml": "title: T\n",
        "index.md": "---\ntitle: Home\n---\nHello\n",
        "about.md": "---\npermalink: /about/\n---\nAbout us\n",
        "images/a.svg": "<svg/>",
    }

    # A stand-in for build/dist, whose hundreds of files every build would copy.
    SHELL = {
        **{
            f"{name}.html": f'<!doctype html><meta charset="utf-8"><meta name="meridian-shell" content="{name}">'
            "<title>Loading</title><noscript>This site needs JavaScript.<p lang=de>Diese Website braucht JavaScript.</noscript>"
            for name in ("index", "404")
        },
        ".nojekyll": "",
        "_headers": "/*\n  X-A: b\n",
        "meridian/theme.css": "p{}",
        "meridian/meridian.wasm": "wasm",
        "meridian/places/top.bin": "places",
    }

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.source, self.out, self.shell = (
            self.folder / name for name in ("source", "out", "shell")
        )
        write(self.source, self.SITE)
        write(self.shell, self.SHELL)

    def mount_small_disk(self, size="64k"):
        """`self.out` becomes a disk of this size."""
        if os.geteuid() != 0 or not shutil.which("mount"):
            self.skipTest("needs the right to mount a small disk")
        self.out.mkdir()
        if subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", self.out], capture_output=True
        ).returncode:
            self.skipTest("a small disk can't be mounted here")
        self.addCleanup(subprocess.run, ["umount", self.out], check=True)

    def build(self, *options, source=None, out=None, **more):
        return meridian(
            "build",
            "--quiet",
            "--source",
            source or self.source,
            "--destination",
            self.out if out is None else out,
            "--shell",
            self.shell,
            *options,
            **more,
        )

    def assert_built(self, *options, **more):
        result = self.build(*options, **more)
        self.assertEqual(result.returncode, 0, result.stderr)
        return result
