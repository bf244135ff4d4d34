"""cmake/toolchain.py: what it sees, and what it says on systems that it may not change."""

import contextlib
import io
import os
import stat
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent / "cmake"))
import toolchain


class Versions(unittest.TestCase):
    def test_versions_as_programs_print_them(self):
        for text, version in (
            ("cmake version 3.25.1\n\nCMake suite maintained", "3.25.1"),
            ("1.11.1\n", "1.11.1"),
            ("c++ (Debian 12.2.0-14+deb12u1) 12.2.0\n", "12.2.0"),
            ("v20.20.2\n", "20.20.2"),
            ("Debian clang version 14.0.6\n", "14.0.6"),
            ("Apple clang version 15.0.0 (clang-1500)", "15.0.0"),
            (
                "emcc (Emscripten gcc/clang-like replacement + linker emulating GNU ld) 3.1.6 ()",
                "3.1.6",
            ),
            ("Chromium 156.0.8078.79 built on Debian", "156.0.8078.79"),
            ("nginx version: nginx/1.22.1", "1.22.1"),
            ("command not understood", ""),
        ):
            self.assertEqual(toolchain.version_in(text), version)


class Machine(unittest.TestCase):
    """A machine of which the test decides what is installed."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bin = Path(folder.name)
        for patch in (
            mock.patch.object(toolchain, "MORE_FOLDERS", []),
            mock.patch.object(toolchain, "STATE", self.bin / "state.json"),
            mock.patch.dict(os.environ, {"PATH": folder.name, "MERIDIAN_NO_INSTALL": "1"}),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        os.environ.pop("EMSDK", None)

    def put(self, name, output):
        path = self.bin / name
        path.write_text(f"#!/bin/sh\necho '{output}'\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def put_everything(self):
        for name, output in (
            ("cmake", "cmake version 3.25.1"),
            ("ninja", "1.11"),
            ("c++", "c++ 12.2.0"),
            ("emcc", "emcc () 3.1.6"),
            ("node", "v18.20.4"),
            ("npm", "9.2.0"),
        ):
            self.put(name, output)

    def ensure(self, system="debian"):
        said = io.StringIO()
        with mock.patch.object(
            toolchain, "distribution", lambda: system
        ), contextlib.redirect_stdout(said):
            wrong = toolchain.ensure(["build"])
        return [item.tool.names[0] for item in wrong], said.getvalue()

    def test_a_complete_machine_is_silent(self):
        self.put_everything()
        self.assertEqual(self.ensure(), ([], ""))

    def test_what_is_missing_and_what_is_too_old_is_named_with_the_command(self):
        self.put_everything()
        (self.bin / "ninja").unlink()
        self.put("node", "v16.1.0")
        wrong, said = self.ensure()
        self.assertEqual(wrong, ["ninja", "node"])
        self.assertIn(
            "node (from 18 on; joins and minifies the shell, runs tests): has version 16.1.0", said
        )
        self.assertIn("sudo apt-get install -y --no-install-recommends ninja-build nodejs", said)
        self.assertNotIn("emsdk", said)

    def test_a_program_that_was_replaced_is_asked_again(self):
        self.put_everything()
        self.ensure()
        self.put("cmake", "cmake version 3.9.0, an old one")
        self.assertEqual(self.ensure()[0], ["cmake"])

    def test_each_system_gets_its_commands(self):
        for system, words in (
            ("debian", ["apt-get install", " emscripten "]),
            ("ubuntu", ["apt-get install"]),
            ("macos", ["brew install cmake ninja", "not tried"]),
            ("other", ["On Debian or Ubuntu", "On macOS", "./emsdk install latest"]),
        ):
            wrong, said = self.ensure(system)
            self.assertEqual(len(wrong), 6)
            for word in words:
                self.assertIn(word, said)

    def test_emscripten_is_found_through_emsdk(self):
        self.put_everything()
        (self.bin / "upstream/emscripten").mkdir(parents=True)
        (self.bin / "emcc").rename(self.bin / "upstream/emscripten/emcc")
        with mock.patch.dict(os.environ, {"EMSDK": str(self.bin)}):
            self.assertEqual(self.ensure()[0], [])

    def test_what_only_saves_time_is_tried_once_and_nobody_is_asked(self):
        self.put_everything()
        for works, steps in (
            (True, ["-q update", "--download-only", "ccache"]),
            (False, ["-q update"]),
        ):
            calls = []

            def run(command, calls=calls, works=works, **_):
                calls.append(" ".join(command))
                return mock.Mock(returncode=0 if works else 100, stdout="", stderr="E: no network")

            (self.bin / "state.json").unlink(missing_ok=True)
            self.put("apt-get", "")
            toolchain.check(["build"])  # asks programs for their versions
            with mock.patch.dict(os.environ, {"MERIDIAN_NO_INSTALL": ""}), mock.patch.object(
                os, "geteuid", lambda: 0
            ), mock.patch.object(toolchain.subprocess, "run", run):
                self.assertEqual(self.ensure()[0], [])
                self.assertEqual(self.ensure(), ([], ""))
            self.assertEqual(len(calls), len(steps), calls)
            for call, end in zip(calls, steps):
                self.assertTrue(call.endswith(end), call)

    def test_nothing_is_installed_where_that_is_forbidden(self):
        with mock.patch.object(toolchain, "distribution", lambda: "debian"), mock.patch.object(
            toolchain.subprocess, "run", side_effect=AssertionError
        ):
            self.assertFalse(toolchain.install(toolchain.check(["build"])))


if __name__ == "__main__":
    unittest.main()
