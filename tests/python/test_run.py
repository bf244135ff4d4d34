"""tests/run.py must report every failure."""

import os
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests")]
import run
from suites import node, quick
from suites.node import failures, run_group, run_node_test
from suites.programs import forgotten, run_catch2
from suites.results import Result, Tally, execute, summed


def counts(tally):
    return tally.passed, tally.failed, tally.skipped


def result(code, output):
    return Result(code, output, 0.0)


class Summaries(unittest.TestCase):
    def test_the_last_summary_counts(self):
        self.assertEqual(
            counts(summed("x", result(0, "1 passed, 0 failed\nmore\n5 passed, 0 failed\n"))),
            (5, 0, 0),
        )
        self.assertEqual(
            counts(summed("x", result(0, "5 passed, 0 failed, 3 skipped\n"))), (5, 0, 3)
        )

    def test_failures_are_shown(self):
        tally = summed("x", result(1, "case 7: expected <p>\n4 passed, 1 failed\n"))
        self.assertEqual(counts(tally), (4, 1, 0))
        self.assertIn("case 7: expected <p>", tally.report)

    def test_no_summary_is_a_failure(self):
        for code, words in (
            (0, "no summary"),
            (-11, "killed by signal 11"),
            (None, "did not end within"),
        ):
            tally = summed("x", result(code, "some words\n"))
            self.assertEqual(counts(tally), (0, 1, 0))
            self.assertIn(words, tally.report)

    def test_an_exit_status_is_a_failure_whatever_the_summary_says(self):
        self.assertEqual(
            counts(summed("x", result(1, "5 passed, 0 failed\n==1== ERROR: AddressSanitizer\n"))),
            (5, 1, 0),
        )


class Tap(unittest.TestCase):
    def test_failures_are_told_without_what_passed(self):
        inner = "    not ok 2 - b\n      ---\n      error: 'two'\n      ...\n"
        outer = "not ok 1 - a\n  ---\n  error: '1 subtest failed'\n  ...\n"
        passed = "ok 1 - c\n  ---\n  duration_ms: 1\n  ...\n"
        self.assertEqual(
            failures("TAP version 13\n" + passed + "    # Subtest: b\n" + inner + outer + passed),
            inner + outer,
        )

    def test_what_a_file_wrote_that_ended_early_is_told(self):
        said = "# ReferenceError: x is not defined # TODO\n# Subtest: a\n"
        outer = "not ok 1 - a\n  ---\n  exitCode: 1\n  ...\n"
        self.assertEqual(failures("TAP version 13\n" + said + outer), said + outer)


class Together(unittest.TestCase):
    """Files of the suite web that run in one process."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(dir=ROOT / "tests" / "web")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def put(self, name, text):
        (self.folder / f"{name}.test.mjs").write_text(
            f"import {{ describe, test }} from 'node:test';\n{text}\n"
        )
        return f"{self.folder.name}/{name}"

    def test_tests_are_counted_as_if_each_file_ran_alone(self):
        good = self.put(
            "good",
            "test('a', async (t) => { await t.test('inner', () => {}); t.diagnostic('x'); });\n"
            "describe('many', { concurrency: 2 }, () => { test('b', () => {}); test('c', () => {}); });\n"
            "test('later', { skip: 'no browser' }, () => {});\n"
            "test('some day', { todo: true }, () => { throw new Error('x'); });",
        )
        bad = self.put("bad", "test('d', () => {}); test('e', () => { throw new Error('why'); });")
        both = run_group([good, bad])
        self.assertEqual(counts(both), (5, 1, 1))
        self.assertIn("why", both.report)
        self.assertNotIn("good:\n", both.report)
        alone = [run_node_test("web", item) for item in (good, bad)]
        self.assertEqual([counts(tally) for tally in alone], [(4, 0, 1), (1, 1, 0)])

    def test_a_file_that_ends_the_process_has_failed_and_the_others_still_run(self):
        first = self.put("first", "test('a', () => {});")
        # By then what the first file said has been written.
        ends = self.put(
            "ends",
            "test('b', async () => {\n"
            "for (let turn = 0; turn < 100; turn++) await new Promise(setImmediate);\n"
            "await new Promise((done) => process.stdout.write('', done));\n"
            "process.kill(process.pid, 'SIGKILL'); });",
        )
        last = self.put("last", "test('c', () => {}); test('d', () => {});")
        tally = run_group([first, ends, last])
        self.assertEqual(counts(tally), (3, 1, 0))
        self.assertIn(f"{ends}: killed by signal 9", tally.report)

    def test_a_file_that_can_not_be_read_has_failed(self):
        broken = self.put("broken", "import './nowhere.mjs';")
        last = self.put("last", "test('c', () => {});")
        tally = run_group([broken, last])
        self.assertEqual((tally.passed, tally.failed), (1, 1))
        self.assertIn("nowhere.mjs", tally.report)

    def test_each_file_is_in_one_group_and_those_that_run_alone_are_alone(self):
        items = node.node_items("web")
        groups = node.grouped(items)
        self.assertEqual(sorted(item for group in groups for item in group), items)
        for group in groups:
            for item in group if len(group) > 1 else []:
                text = (ROOT / "tests" / "web" / f"{item}.test.mjs").read_text(encoding="utf-8")
                self.assertNotRegex(text, "(?m)^// (Runs alone|Pure): ")


class Programs(unittest.TestCase):
    def script(self, suffix, text):
        handle, name = tempfile.mkstemp(suffix=suffix)
        self.addCleanup(os.unlink, name)
        with os.fdopen(handle, "w") as file:
            file.write(text)
        return name

    def catch2(self, xml, code):
        text = (
            f"import sys\nreport = [a for a in sys.argv if a.startswith('xml::out=')][0][9:]\n"
            f"open(report, 'w').write({xml!r})\nprint('words')\nsys.exit({code})\n"
        )
        return run_catch2("x", [sys.executable, self.script(".py", text)])

    def test_unit_tests_are_counted(self):
        xml = '<r><OverallResultsCases successes="3" failures="{}" expectedFailures="1" skips="2"/></r>'
        self.assertEqual(counts(self.catch2(xml.format(0), 0)), (4, 0, 2))
        self.assertEqual(counts(self.catch2(xml.format(1), 1)), (4, 1, 2))
        self.assertEqual(counts(self.catch2(xml.format(0), 1)), (4, 1, 2))

    def test_a_crash_in_the_middle_is_a_failure(self):
        tally = self.catch2("<r><TestCase name='it'>", 3)
        self.assertEqual(counts(tally), (0, 1, 0))
        self.assertIn("words", tally.report)

    def test_python_and_node_tests_are_counted(self):
        folder = tempfile.TemporaryDirectory(dir=ROOT / "tests")
        self.addCleanup(folder.cleanup)
        name = Path(folder.name).name
        (Path(folder.name) / "it.test.mjs").write_text(
            "import test from 'node:test';\ntest('good', () => {});\ntest('bad', () => { throw new Error('why'); });\n"
            "test('later', (t) => t.skip('not here'));\n"
        )
        tally = run_node_test(name, "it")
        self.assertEqual((tally.failed, tally.skipped), (1, 1))
        self.assertIn("why", tally.report)
        (Path(folder.name) / "it.test.mjs").write_text("throw new Error('at once');\n")
        self.assertEqual(run_node_test(name, "it").failed, 1)

    def test_a_program_that_hangs_is_ended(self):
        hung = execute(
            [sys.executable, "-c", "import time; print('begun', flush=True); time.sleep(60)"],
            timeout=1,
        )
        self.assertIsNone(hung.code)
        self.assertIn("begun", hung.output)


class Choice(unittest.TestCase):
    def test_only_and_quick(self):
        self.assertEqual([suite.name for suite, _ in run.choose(["arrows:"], False)], ["arrows"])
        self.assertEqual([suite.name for suite, _ in run.choose(["spec"], False)], ["spec"])
        self.assertIn(["test_run"], [items for _, items in run.choose(["python:test_run"], False)])
        self.assertEqual(run.choose(["no such thing"], False), [])

    def test_quick_has_a_part_of_every_suite_and_knows_its_items(self):
        every = {suite.name: suite.items() for suite in run.SUITES}
        self.assertEqual([suite.name for suite, _ in run.choose([], True)], list(every))
        for suite, items in quick.QUICK.items():
            self.assertLessEqual(set(items), set(every[suite]))

    def test_no_test_is_run_a_second_time(self):
        runs = []

        def fails(folder, item):
            runs.append(item)
            return Tally(1, 1, report="why")

        with mock.patch.object(node, "run_node_test", fails), mock.patch.object(
            node, "complete_build", lambda: None
        ):
            self.assertEqual(counts(node.run_web(["walk", "zip"])), (2, 2, 0))
            self.assertEqual(counts(node.run_package(["new"])), (1, 1, 0))
        self.assertEqual(sorted(runs), ["new", "walk", "zip"])

    def test_every_test_file_is_described(self):
        self.assertEqual(forgotten(), [])


if __name__ == "__main__":
    unittest.main()
