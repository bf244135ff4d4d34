"""`npx ./meridian-site-VERSION.tgz` where there is nothing but Node, npm and a shell, and no
network: the tutorial's first step, from the archive to a served page. Prints the seconds that it
took."""

import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
import unittest
import urllib.request
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import HANG, ROOT
from documents import blocks
from release_case import ReleaseCase, may_chroot
from test_docs_chroot import take

NPX = """#!/bin/sh
exec /bin/node /lib/npm/bin/npx-cli.js --yes "$@"
"""
FIRST_STEP = next(
    block.text
    for block in blocks(ROOT / "docs" / "guide" / "tutorial.md")
    if block.language == "sh"
)


class Npx(ReleaseCase):
    root: Path

    def setUp(self) -> None:
        npm = shutil.which("npm")
        if not may_chroot() or not shutil.which("ldd") or not npm:
            self.skipTest("needs npm, and the right to chroot")
        self.root = self.temporary()
        for name in ("bin", "dev", "etc", "tmp", "usr", "work"):
            (self.root / name).mkdir()
        (self.root / "dev" / "null").touch()
        (self.root / "etc" / "hosts").write_text("127.0.0.1 localhost\n")  # as containers have
        (self.root / "usr" / "bin").symlink_to("/bin")
        for program in ("node", "sh", "env", "mkdir"):
            take(program, self.root)
        (self.root / "bin" / "npx").write_text(NPX)
        (self.root / "bin" / "npx").chmod(0o755)
        shutil.copytree(Path(npm).resolve().parents[1], self.root / "lib" / "npm")
        package = next(self.out.glob("meridian-site-*.tgz"))
        self.package = f"./{package.name}"
        shutil.copy(package, self.root / "work")

    def start(self, line: str) -> "subprocess.Popen[str]":
        """A line of a shell, in the folder with the package."""

        def enter() -> None:
            os.chroot(self.root)
            os.chdir("/work")

        return subprocess.Popen(
            ["/bin/sh", "-c", line],
            preexec_fn=enter,
            start_new_session=True,
            env={"PATH": "/bin", "HOME": "/work", "npm_config_offline": "true"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def run_to_end(self, line: str) -> str:
        started = self.start(line)
        told, _ = started.communicate(timeout=HANG)
        self.assertEqual(started.returncode, 0, told)
        return told

    def page_of(self, serve: str) -> str:
        """The first page that `serve` answers with."""
        server = self.start(f"{serve} --port 0")
        ending = threading.Timer(HANG, lambda: os.killpg(server.pid, signal.SIGKILL))
        ending.start()
        try:
            assert server.stdout
            told = ""
            for line in server.stdout:
                told += line
                address = re.search(r"http://localhost:\d+/", line)
                if address:
                    with urllib.request.urlopen(address[0], timeout=HANG) as answer:
                        return answer.read().decode()
            raise AssertionError(told)
        finally:
            ending.cancel()
            os.killpg(server.pid, signal.SIGTERM)
            server.wait(HANG)
            if server.stdout:
                server.stdout.close()

    def test_the_tutorials_first_step(self) -> None:
        *lines, serve = FIRST_STEP.splitlines()
        self.assertIn(self.package, serve)
        begin = time.monotonic()
        for line in lines:
            self.run_to_end(line)
        page = self.page_of(serve)
        taken = time.monotonic() - begin
        print(f"\nnpx init, and serve to the first page: {taken:.1f} s")
        self.assertIn("Hello</h1>", page)
        self.assertIn('name="meridian-shell"', (self.root / "work/my-site/index.html").read_text())

    def test_from_the_archive_to_a_site(self) -> None:
        npx = f"npx {self.package}"
        told = self.run_to_end(f"{npx} new site --github")
        self.assertIn("files. Change their words", told)
        page = self.page_of(f"{npx} serve site")
        self.assertIn("<title>Welcome - Your Name</title>", page)
        self.assertIn(" 0 findings", self.run_to_end(f"{npx} check --strict site"))
        self.run_to_end(f"{npx} build site --destination site/_site")
        self.assertTrue((self.root / "work/site/_site/about/index.html").is_file())


if __name__ == "__main__":
    unittest.main()
