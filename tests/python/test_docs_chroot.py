"""The commands of README and guides where nothing is installed but a shell and Meridian: as the
static program of a release, and as the package for Node beside Node.
"""

import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from docs_blocks import RunsBlocks
from release_case import ReleaseCase, inside, may_chroot

NODE = """#!/bin/sh
exec /bin/node /lib/node_modules/meridian-site/meridian.mjs "$@"
"""


def take(program: str, root: Path) -> None:
    """Copies a program of this machine, and the libraries that it loads, into a root of its own."""
    path = shutil.which(program)
    shutil.copy(path, root / "bin" / program)
    loaded = subprocess.run(["ldd", path], capture_output=True, text=True, check=True).stdout
    for library in re.findall(r"(/\S+) \(0x", loaded):
        (root / library[1:]).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(library, root / library[1:])


class InRoot(RunsBlocks, ReleaseCase):
    root: Path

    def setUp(self) -> None:
        if not may_chroot() or not shutil.which("ldd"):
            self.skipTest("chroot is not allowed here")
        self.root = self.temporary()
        self.folder = self.root / "work"
        for name in ("bin", "dev", "tmp", "work"):
            (self.root / name).mkdir()
        (self.root / "dev" / "null").touch()
        take("sh", self.root)

    def shell(self, script: str, folder: Path) -> subprocess.CompletedProcess:
        place = f"/{folder.relative_to(self.root)}"
        # `inside` gives the two outputs apart, and the documents show them as a terminal does.
        return inside(
            self.root, place, "/bin/sh", "-c", f"exec 2>&1; PATH=/bin HOME={place}\n{script}"
        )


class StaticProgram(InRoot):
    def setUp(self) -> None:
        super().setUp()
        unpacked = self.unpack() / self.name
        shutil.move(unpacked / "bin" / "meridian", self.root / "bin")
        shutil.move(unpacked / "share", self.root)


class PackageForNode(InRoot):
    def setUp(self) -> None:
        super().setUp()
        package = next(self.out.glob("meridian-site-*.tgz"))
        modules = self.root / "lib" / "node_modules"
        modules.mkdir(parents=True)
        take("node", self.root)
        subprocess.run(["tar", "-xzf", package, "-C", modules], check=True)
        (modules / "package").rename(modules / "meridian-site")
        program = self.root / "bin" / "meridian"
        program.write_text(NODE)
        program.chmod(0o755)


# The class that others are made of has no program.
del InRoot

if __name__ == "__main__":
    unittest.main()
