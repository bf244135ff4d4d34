"""The build: its steps, what they say, and the order in which pages can be served."""

import contextlib
import io
import os
import sys
import tempfile
import threading
import unittest
import unittest.mock
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "cmake")]
import builder
import dist
import serve


class Building(unittest.TestCase):
    def test_a_fingerprint_sees_content_names_and_absence(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a"
            prints = [builder.fingerprint([path])]
            path.write_text("1")
            prints.append(builder.fingerprint([path]))
            path.write_text("22")
            prints.append(builder.fingerprint([path]))
            self.assertEqual(len(set(prints)), 3)
            self.assertEqual(builder.fingerprint([path]), prints[-1])

    def test_presets_that_changed_are_configured_again(self):
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder)
            made = root / "build" / "native" / "build.ninja"
            presets = root / "CMakePresets.json"
            presets.write_text("{}")
            with unittest.mock.patch.multiple(builder, ROOT=root, BUILD=root / "build"):
                self.assertFalse(builder.is_configured("native"))
                made.parent.mkdir(parents=True)
                made.write_text("")
                os.utime(presets, (1000, 1000))
                self.assertTrue(builder.is_configured("native"))
                os.utime(made, (999, 999))
                self.assertFalse(builder.is_configured("native"))

    def test_a_failing_step_says_what_failed_and_how(self):
        with self.assertRaises(builder.BuildError) as caught:
            builder.run(
                [sys.executable, "-c", "print('the reason'); raise SystemExit(3)"], "Trying"
            )
        self.assertIn("Trying failed:\nthe reason", str(caught.exception))

    def test_the_parts_of_a_step_are_told(self):
        told = []
        text = "print('[1/3] one'); print('ninja: note'); print('[3/3] three')"
        builder.run(
            [sys.executable, "-c", text],
            "Trying",
            tell=lambda done, parts: told.append((done, parts)),
        )
        self.assertEqual(told, [(1, 3), (3, 3)])

    def test_a_long_step_says_how_long_it_takes_before_it_begins(self):
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            with builder.Progress().step("Compiling", 90) as tell:
                tell(1, 2)
        self.assertRegex(
            out.getvalue(),
            r"^  Compiling \(about 90 s the first time\) …\n  Compiling: \d\.\d s\n$",
        )

    def build(self, broken=""):
        """The steps of a build in their order, where nothing is current and one may fail."""
        steps = []

        def compile(preset, tell=None):
            steps.append(preset)
            if preset == broken:
                raise builder.BuildError(f"{preset} is broken")

        with contextlib.ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory())
            for name, value in {
                "BUILD": Path(folder),
                "STAMP": Path(folder) / "current.json",
                "is_current": lambda: False,
                "is_configured": lambda preset: True,
                "check_toolchain": lambda *_: steps.append("tools"),
                "install_npm": lambda *_: steps.append("npm"),
                "compile": compile,
            }.items():
                stack.enter_context(unittest.mock.patch.object(builder, name, value))
            assembled = unittest.mock.patch.object(dist, "assemble", lambda: steps.append("dist"))
            stack.enter_context(assembled)
            served = unittest.mock.patch.object(
                serve, "serve", lambda options: steps.append("served") or 0
            )
            stack.enter_context(served)
            stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
            stack.enter_context(contextlib.redirect_stderr(io.StringIO()))
            before = set(threading.enumerate())
            status = serve.main(["content", "--no-install"])
            for thread in set(threading.enumerate()) - before:
                thread.join()
        return status, steps

    def test_pages_are_served_before_the_command_is_compiled(self):
        status, steps = self.build()
        self.assertEqual(status, 0)
        self.assertEqual(steps[:4], ["tools", "npm", "wasm", "dist"])
        self.assertEqual(set(steps[4:]), {"served", "native"})

    def test_a_build_that_fails_before_that_serves_nothing(self):
        status, steps = self.build(broken="wasm")
        self.assertEqual((status, steps), (1, ["tools", "npm", "wasm"]))

    def test_a_command_that_can_not_be_compiled_does_not_end_the_server(self):
        status, steps = self.build(broken="native")
        self.assertEqual(status, 0)
        self.assertIn("served", steps)

    def test_until_the_command_is_there_the_one_for_node_takes_its_place(self):
        with tempfile.TemporaryDirectory() as folder:
            native = Path(folder) / "meridian"
            with unittest.mock.patch.object(builder, "COMMAND", native):
                self.assertEqual(builder.command_line(native)[0], "node")
                native.touch()
                self.assertEqual(builder.command_line(native), [str(native)])
            # Another program that is not there is not replaced.
            self.assertEqual(builder.command_line(Path("no-command")), ["no-command"])


if __name__ == "__main__":
    unittest.main()
