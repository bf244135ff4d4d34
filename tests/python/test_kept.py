"""tests/suites/kept.py: a kept result counts only with exactly the inputs that it was made with."""

import os
import re
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests")]
from suites import checks, kept, node, programs, settings, tidy
from suites.results import Result, Tally


class Case(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        for patch in (
            mock.patch.dict(os.environ, {"MERIDIAN_CACHE": str(self.folder / "cache")}),
            mock.patch.object(settings, "cache", True),
        ):
            patch.start()
            self.addCleanup(patch.stop)
        self.runs = 0
        self.file = self.put("input", "one")

    def put(self, name, text):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def inputs(self):
        return kept.Inputs("test").file(self.file)

    def run_kept(self, tally=None, inputs=None):
        def run():
            self.runs += 1
            return tally or Tally(3)

        return kept.kept(inputs or self.inputs, run)


class Results(Case):
    def test_a_pass_is_kept_and_counts_the_same(self):
        self.assertEqual((self.run_kept().passed, self.run_kept().passed), (3, 3))
        self.assertEqual((self.runs, self.run_kept().kept), (1, 3))

    def test_the_cache_has_a_folder_by_each_variable(self):
        self.assertEqual(kept.folder(), self.folder / "cache" / "checks")
        with mock.patch.dict(os.environ, {"MERIDIAN_CACHE": "", "XDG_CACHE_HOME": "/xdg"}):
            self.assertEqual(kept.folder(), Path("/xdg/meridian/checks"))

    def test_a_changed_file_is_checked_again_and_the_old_result_holds_for_the_old_content(self):
        self.run_kept()
        self.file.write_text("two")
        self.assertEqual(self.run_kept().kept, 0)
        self.file.write_text("one")
        self.assertEqual(self.run_kept().kept, 3)
        self.assertEqual(self.runs, 2)

    def test_the_same_size_and_time_do_not_hide_a_change(self):
        times = os.stat(self.file).st_mtime_ns
        self.run_kept()
        self.file.write_text("eno")
        os.utime(self.file, ns=(times, times))
        self.assertEqual(self.run_kept().kept, 0)

    def test_failures_and_skipped_tests_are_never_kept(self):
        for tally in (Tally(2, 1), Tally(0, 1), Tally(2, 0, 1), Tally()):
            with self.subTest(str(tally)):
                self.run_kept(tally)
                self.assertEqual(self.run_kept(tally).kept, 0)

    def test_a_file_that_changes_during_the_check_leaves_no_result(self):
        def run():
            self.file.write_text("changed")
            return Tally(1)

        kept.kept(self.inputs, run)
        self.file.write_text("one")
        self.assertEqual(self.run_kept().kept, 0)

    def test_unknown_inputs_keep_nothing(self):
        for _ in range(2):
            self.assertEqual(self.run_kept(inputs=lambda: None).kept, 0)

    def test_a_damaged_or_moved_result_is_ignored(self):
        self.run_kept()
        key = self.inputs().hex()
        path = kept.folder() / key[:2] / key
        text = path.read_text()
        for damaged in ("", "{", "[]", '{"key": "x", "passed": 3}', text.replace("3}", '"3"}')):
            with self.subTest(damaged):
                path.write_text(damaged)
                self.assertIsNone(kept.passed(key))
        other = kept.Inputs("other").hex()
        (kept.folder() / other[:2]).mkdir(parents=True, exist_ok=True)
        (kept.folder() / other[:2] / other).write_text(text)
        self.assertIsNone(kept.passed(other))

    def test_no_cache_neither_reads_nor_writes(self):
        self.run_kept()
        with mock.patch.object(settings, "cache", False):
            self.assertEqual(self.run_kept().kept, 0)
            self.file.write_text("two")
            self.run_kept()
        self.assertEqual(self.run_kept().kept, 0)

    def test_a_folder_that_can_not_be_written_is_no_failure(self):
        with mock.patch.dict(os.environ, {"MERIDIAN_CACHE": str(self.file)}):
            self.assertEqual(self.run_kept().passed, 3)

    def test_the_least_recently_used_results_go_first(self):
        for number in range(6):
            key = kept.Inputs(str(number)).hex()
            kept.keep(key, 1)
            path = kept.folder() / key[:2] / key
            os.utime(path, (number, number))
        first = kept.Inputs("0").hex()
        self.assertEqual(kept.passed(first), 1)  # used now
        kept.trim(3)
        left = [number for number in range(6) if kept.passed(kept.Inputs(str(number)).hex())]
        self.assertEqual(left, [0, 4, 5])


class Keys(Case):
    def different(self, *keys):
        self.assertEqual(len(set(keys)), len(keys))

    def test_every_part_counts(self):
        self.different(
            kept.Inputs("a").hex(),
            kept.Inputs("b").hex(),
            kept.Inputs("a").text("x", "yz").hex(),
            kept.Inputs("a").text("xy", "z").hex(),
            kept.Inputs("a").text("x", "y").text("x", "z").hex(),
            kept.Inputs("a").file(self.file).hex(),
            kept.Inputs("a").file(self.folder / "missing").hex(),
        )

    def test_a_tree_has_names_and_contents(self):
        def key():
            return kept.Inputs("a").tree(self.folder / "tree").hex()

        found = [key()]
        self.put("tree/inner/one", "1")
        found.append(key())
        self.put("tree/inner/two", "1")
        found.append(key())
        self.put("tree/inner/two", "2")
        found.append(key())
        (self.folder / "tree/inner/two").rename(self.folder / "tree/two")
        found.append(key())
        self.different(*found)

    def test_a_copy_is_a_key_of_its_own(self):
        first = kept.Inputs("a")
        second = first.copy().text("x", "y")
        self.different(first.hex(), second.hex())
        self.assertEqual(first.hex(), kept.Inputs("a").hex())

    def test_a_change_of_these_programs_counts(self):
        with mock.patch.object(kept, "HARNESS", [self.file]):
            before = kept.Inputs("a").hex()
            self.file.write_text("two")
            self.assertNotEqual(before, kept.Inputs("a").hex())


class Tidy(Case):
    """A group of one file in a room that is made here."""

    def setUp(self):
        super().setUp()
        for folder in ("core", "cli", "wasm"):
            (self.folder / folder).mkdir()
        for module in (kept, tidy):
            patch = mock.patch.object(module, "ROOT", self.folder)
            patch.start()
            self.addCleanup(patch.stop)
        for name, value in (
            ("program", lambda self, name: self),
            ("installed", lambda self, top: self),
        ):
            patch = mock.patch.object(kept.Inputs, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        patch = mock.patch.object(tidy, "execute", lambda command: Result(0, "", 0))
        patch.start()
        self.addCleanup(patch.stop)
        self.source = self.put("core/room/a.cpp", '#include "room.h"\n')
        self.put("core/include/room.h", "int a;\n")
        self.put("core/include/unused.h", "int b;\n")
        self.put(".clang-tidy", "Checks: x\n")
        self.command = f"clang++ -I {self.folder}/core/first -I{self.folder}/core/include"

    def key(self):
        group = tidy.Group([str(self.source)], self.command, str(self.folder))
        inputs = tidy.inputs_of(group)
        return inputs and inputs.hex()

    def changes(self, name, text):
        before = self.key()
        self.put(name, text)
        return self.key() != before

    def test_what_a_file_includes_counts(self):
        self.assertTrue(self.changes("core/include/room.h", "int c;\n"))

    def test_a_new_header_that_hides_another_counts(self):
        self.assertTrue(self.changes("core/first/room.h", "int c;\n"))
        self.assertTrue(self.changes("core/room/room.h", "int c;\n"))

    def test_settings_and_flags_count(self):
        self.assertTrue(self.changes(".clang-tidy", "Checks: y\n"))
        self.assertTrue(self.changes("core/room/.clang-tidy", "Checks: y\n"))
        before = self.key()
        self.command += " -DX"
        self.assertNotEqual(self.key(), before)

    def test_what_nothing_can_include_does_not_count(self):
        self.assertFalse(self.changes("core/include/unused.h", "int c;\n"))
        self.assertFalse(self.changes("core/other/b.cpp", "int c;\n"))

    def test_an_include_by_a_macro_keeps_nothing(self):
        self.source.write_text("#include WHICH\n")
        self.assertIsNone(self.key())


class Lint(Case):
    def test_a_file_with_a_finding_is_read_again_and_the_others_are_not(self):
        keys = {"a.js": "a" * 64, "b.js": "b" * 64, checks.IMPORTS: "c" * 64}
        asked = []

        def lint(paths):
            asked.append(paths)
            return Tally(len(paths) - 1 - (checks.IMPORTS in paths), 1), {"b.js"}

        with mock.patch.object(checks, "lint_keys", lambda: keys), mock.patch.object(
            checks, "lint", lint
        ), mock.patch.object(checks.toolchain, "npm_ci", lambda: None):
            first, second = checks.run_lint([]), checks.run_lint([])
        self.assertEqual([(t.passed, t.failed) for t in (first, second)], [(1, 1), (1, 1)])
        self.assertEqual(asked, [["a.js", "b.js", "imports"], ["b.js", "imports"]])


class Programs(unittest.TestCase):
    SOURCES = [
        path
        for folder in ("core", "spec")
        for path in (ROOT / "tests" / folder).iterdir()
        if path.suffix in (".cpp", ".h")
    ]

    def test_what_measures_time_is_never_kept(self):
        timed = {
            path.stem
            for path in self.SOURCES
            if re.search(r"\bclock\(|\bchrono\b", path.read_text())
        }
        self.assertEqual(timed, set(programs.TIMED))

    def test_what_programs_read_is_an_input(self):
        known = (*programs.READ, *programs.READ_PACKAGES)
        names = re.compile(r'"((?:tests|core|content|docs|web|cli|build|node_modules)/[^"]*)"')
        for path in self.SOURCES:
            text = re.sub(r"^#include .*$", "", path.read_text(), flags=re.M)
            for name in filter(lambda name: (ROOT / name).exists(), names.findall(text)):
                with self.subTest(path.name, reads=name):
                    inside = name == "build/" or any(
                        f"{name.rstrip('/')}/".startswith(f"{folder}/") for folder in known
                    )
                    self.assertTrue(inside, f"{name} is not in READ of tests/suites/programs.py")

    def test_a_program_that_ran_well_is_run_again_when_it_changes(self):
        with tempfile.TemporaryDirectory() as folder, mock.patch.dict(
            os.environ, {"MERIDIAN_CACHE": f"{folder}/cache"}
        ), mock.patch.object(settings, "cache", True):
            program = Path(folder) / "a_test"
            program.write_text("#!/bin/sh\n")
            program.chmod(0o755)
            runs = []

            def run(preset, item):
                runs.append(item)
                return Tally(5)

            with mock.patch.object(programs, "run_now", run), mock.patch.object(
                programs, "command_of", lambda preset, item: [str(program)]
            ):
                tallies = [programs.run_program("native-asan", "a_test") for _ in range(2)]
                program.write_text("#!/bin/sh\ntrue\n")
                kept.identity.cache_clear()
                tallies.append(programs.run_program("native-asan", "a_test"))
                tallies.append(programs.run_program("native", "a_test"))
            self.assertEqual([tally.kept for tally in tallies], [0, 5, 0, 0])
            self.assertEqual(len(runs), 3)


class Scripts(unittest.TestCase):
    PURE = [
        path
        for path in (ROOT / "tests").glob("*/*.test.mjs")
        if node.IS_PURE.search(path.read_text(encoding="utf-8"))
    ]

    def test_a_pure_file_has_no_browser_no_server_and_no_clock(self):
        self.assertTrue(self.PURE)
        for path in self.PURE:
            with self.subTest(path.name):
                text = path.read_text(encoding="utf-8")
                self.assertNotRegex(text, r"\bDate\.now|performance\.now|Math\.random|\bhost\(")
                self.assertIsNone(node.STARTS_BROWSER.search(text))

    def test_the_build_and_the_environment_count(self):
        def key():
            return node.pure_inputs("web", "x").hex()

        with tempfile.TemporaryDirectory() as folder, mock.patch.object(
            node.builder, "DIST", Path(folder)
        ):
            empty = key()
            (Path(folder) / "file").write_text("x")
            self.assertNotEqual(key(), empty)
            before = key()
            with mock.patch.dict(os.environ, {"MERIDIAN_SEED": "2"}):
                self.assertNotEqual(key(), before)


if __name__ == "__main__":
    unittest.main()
