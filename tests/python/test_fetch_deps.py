"""cmake/fetch_deps.py: hashes are checked, and missing dependencies are explained."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT / "cmake"))
import fetch_deps


def archive(files):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as tar:
        for name, text in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(text)
            tar.addfile(info, io.BytesIO(text.encode()))
    return buffer.getvalue()


class Fetch(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.data = archive({"lib-1.0/src/a.c": "int a;\n", "lib-1.0/../../evil": "x"})
        (self.folder / "upstream.tar.gz").write_bytes(self.data)

    def run_with(self, sha256, url=None, **release):
        pins = {
            "lib": {
                "releases": [
                    {
                        "version": "1.0",
                        "sources": [
                            {
                                "url": url or (self.folder / "upstream.tar.gz").as_uri(),
                                "sha256": sha256,
                            }
                        ],
                        **release,
                    }
                ]
            }
        }
        (self.folder / "pins.json").write_text(json.dumps(pins))
        return subprocess.run(
            [
                sys.executable,
                str(ROOT / "cmake/fetch_deps.py"),
                "--pins",
                str(self.folder / "pins.json"),
                "--unpack",
                str(self.folder / "out"),
                "--cmake",
                str(self.folder / "deps.cmake"),
            ],
            env=dict(os.environ, MERIDIAN_CACHE=str(self.folder / "cache")),
            capture_output=True,
            text=True,
        )

    def test_fetches_checks_and_unpacks(self):
        done = self.run_with(hashlib.sha256(self.data).hexdigest())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "out/lib-1.0/src/a.c").read_text(), "int a;\n")
        self.assertFalse((self.folder / "evil").exists())
        self.assertIn('set(lib_VERSION "1.0")', (self.folder / "deps.cmake").read_text())

    def test_keeps_what_is_asked_for(self):
        self.data = archive(
            {"lib-1.0/src/a.c": "int a;\n", "lib-1.0/src/b/c.txt": "x", "lib-1.0/LICENSE": "free"}
        )
        (self.folder / "upstream.tar.gz").write_bytes(self.data)
        done = self.run_with(hashlib.sha256(self.data).hexdigest(), keep=["src/*.txt", "LICENSE"])
        self.assertEqual(done.returncode, 0, done.stderr)
        found = sorted(
            p.name
            for p in (self.folder / "out/lib-1.0").rglob("*")
            if p.is_file() and p.name != ".sha256"
        )
        self.assertEqual(found, ["LICENSE", "c.txt"])

    def test_the_second_time_nothing_is_fetched(self):
        self.run_with(hashlib.sha256(self.data).hexdigest())
        (self.folder / "upstream.tar.gz").unlink()
        done = self.run_with(hashlib.sha256(self.data).hexdigest())
        self.assertEqual((done.returncode, done.stdout), (0, ""))

    def test_bytes_with_another_hash_are_refused(self):
        done = self.run_with("0" * 64)
        self.assertEqual(done.returncode, 1)
        self.assertIn("refused", done.stdout)
        self.assertIn("missing: lib", done.stderr)
        self.assertFalse((self.folder / "out").exists())

    def test_a_damaged_cache_is_fetched_again(self):
        sha256 = hashlib.sha256(self.data).hexdigest()
        self.run_with(sha256)
        for path in (self.folder / "cache/sources").iterdir():
            path.write_bytes(b"damaged")
        self.assertIn("from upstream", self.run_with(sha256).stdout)

    def test_a_pinned_file_inside_must_be_the_one(self):
        done = self.run_with(hashlib.sha256(self.data).hexdigest(), files={"src/a.c": "1" * 64})
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("src/a.c is not the pinned one", done.stderr)

    def test_a_package_comes_by_npm(self):
        tools = self.folder / "bin"
        tools.mkdir()
        (tools / "npm").write_text(
            f'#!/bin/sh\ntest "$1 $2" = "pack lib@1.0" && cp "{self.folder}/upstream.tar.gz" lib-1.0.tgz\n'
        )
        (tools / "npm").chmod(0o755)
        path = os.environ["PATH"]
        self.addCleanup(os.environ.__setitem__, "PATH", path)
        os.environ["PATH"] = f"{tools}{os.pathsep}{path}"
        sources = [{"npm": "lib@1.0", "sha256": hashlib.sha256(self.data).hexdigest()}]
        done = self.run_with("", sources=sources)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "out/lib-1.0/src/a.c").read_text(), "int a;\n")
        sources[0]["sha256"] = "0" * 64
        done = self.run_with("", sources=sources)
        self.assertEqual(done.returncode, 1)
        self.assertIn("npm pack lib@1.0", done.stderr)

    def test_what_is_missing_is_explained(self):
        done = self.run_with("0" * 64, url="http://127.0.0.1:9/lib.tar.gz")
        self.assertEqual(done.returncode, 1)
        self.assertIn("http://127.0.0.1:9/lib.tar.gz", done.stderr)
        self.assertIn("put the archives by hand", done.stderr)


class AptEntries(unittest.TestCase):
    def test_one_line_lists(self):
        text = "# deb http://old/debian x main\ndeb [arch=amd64 signed-by=/k.gpg] http://m.example/debian trixie main contrib\n"
        self.assertEqual(
            list(fetch_deps.one_line_entries(text)), [("http://m.example/debian", "/k.gpg")]
        )

    def test_deb822_lists(self):
        text = (
            "Types: deb\n# comment\nURIs: http://m.example/debian\nSuites: bookworm\nComponents: main\n"
            "Signed-By: /k.gpg\n\nTypes: deb\nEnabled: no\nURIs: http://off.example/debian\nComponents: main\n"
        )
        self.assertEqual(
            list(fetch_deps.deb822_entries(text)), [("http://m.example/debian", "/k.gpg")]
        )

    def test_only_debian_archives_count(self):
        self.assertTrue(fetch_deps.is_debian_archive("http://archive.example.org/debian/"))
        self.assertFalse(fetch_deps.is_debian_archive("http://archive.ubuntu.com/ubuntu"))
        self.assertFalse(fetch_deps.is_debian_archive("http://archive.example.org/debian-security"))


if __name__ == "__main__":
    unittest.main()
