"""A release that is made once for all tests of a file, of what is built."""

import io
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import List

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
import builder
import release
import toolchain
from command import HANG, ROOT

MACHINE = platform.machine()
PROGRAMS = ["ninja", "emcc", "node", "npm", "cpack", "dpkg-deb"]
EPOCH = 1_750_000_000


def why_not() -> str:
    """Why no release can be made here; empty if one can."""
    if platform.system() != "Linux" or MACHINE not in release.ARCHITECTURES:
        return "a release is made on Linux"
    if not (release.NODE_PACKAGE.exists() and builder.is_configured("native")):
        return "Meridian is not built"
    missing = [p for p in PROGRAMS if not shutil.which(p, path=toolchain.search_path())]
    return f"not installed: {', '.join(missing)}" if missing else ""


def make(
    out: Path, *options: str, longest: float = HANG, **environment: str
) -> subprocess.CompletedProcess:
    """cmake/release.py in a process of its own, from another folder; `longest` is in seconds."""
    return subprocess.run(
        [sys.executable, str(ROOT / "cmake" / "release.py"), "--no-build", "--out", out, *options],
        cwd=out.parent,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(EPOCH), **environment},
        capture_output=True,
        text=True,
        timeout=longest,
    )


def inside(root: Path, folder: str, *words: str) -> subprocess.CompletedProcess:
    """A program in a chroot, with nothing of the system; `folder` is where it is started."""

    def enter() -> None:
        os.chroot(root)
        os.chdir(folder)

    return subprocess.run(
        list(words),
        preexec_fn=enter,
        env={"SOURCE_DATE_EPOCH": str(EPOCH)},
        capture_output=True,
        text=True,
        timeout=HANG,
    )


def may_chroot() -> bool:
    with tempfile.TemporaryDirectory() as folder:
        try:
            inside(Path(folder), "/", "/nothing")
        except (OSError, subprocess.SubprocessError) as error:
            # Where the call is allowed, the program is what is missing.
            return isinstance(error, FileNotFoundError)
    return False


class ReleaseCase(unittest.TestCase):
    """`self.out` is the folder of a release, `self.tarball` the tarball's content."""

    name = f"meridian-{builder.version()}-linux-{MACHINE}"

    @classmethod
    def setUpClass(cls) -> None:
        reason = why_not()
        if reason:
            raise unittest.SkipTest(reason)
        folder = tempfile.TemporaryDirectory(prefix="meridian-release-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name).resolve()
        cls.out = cls.folder / "release"
        done = make(cls.out)
        if done.returncode:
            raise AssertionError(done.stdout + done.stderr)

    def temporary(self) -> Path:
        folder = tempfile.TemporaryDirectory(dir=self.folder)
        self.addCleanup(folder.cleanup)
        return Path(folder.name)

    def unpack(self) -> Path:
        """The tarball in a new folder that holds nothing else."""
        folder = self.temporary()
        command: List[str] = ["tar", "-xzf", str(self.out / f"{self.name}.tar.gz"), "-C"]
        subprocess.run([*command, str(folder)], check=True)
        return folder

    def control(self) -> str:
        return subprocess.run(
            ["dpkg-deb", "--field", self.deb()], capture_output=True, text=True, check=True
        ).stdout

    def deb(self) -> str:
        return str(next(self.out.glob("*.deb")))

    def deb_tar(self, part: str = "--fsys-tarfile") -> io.BytesIO:
        """The package's files as a tar, or what dpkg reads of it."""
        done = subprocess.run(["dpkg-deb", part, self.deb()], capture_output=True, check=True)
        return io.BytesIO(done.stdout)
