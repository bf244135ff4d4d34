"""run.py --since: which tests a change chooses."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests")]
import arrows
import run
import web_arrows
from suites import since

SUITES = {suite.name: suite.items() for suite in run.SUITES}


class Choice(unittest.TestCase):
    def chosen(self, *paths):
        return {f"{c.suite}:{c.item}": c.why for c in since.choose(list(paths), SUITES)}

    def test_nothing_chooses_nothing(self):
        self.assertEqual(self.chosen(), {})

    def test_a_test_chooses_itself_alone(self):
        for path, item in (
            ("tests/core/yaml_test.cpp", "native:yaml_test"),
            ("tests/spec/yaml_spec.cpp", "spec:yaml_spec"),
            ("tests/web/zip.test.mjs", "web:zip"),
            ("tests/server/answers.test.mjs", "server:answers"),
            ("tests/package/new.test.mjs", "package:new"),
            ("tests/python/test_titles.py", "python:test_titles"),
            ("tests/fuzz/yaml_fuzz.cpp", "fuzz:yaml_fuzz"),
        ):
            with self.subTest(path):
                self.assertEqual(set(self.chosen(path)) - {"lint:lint"}, {item})

    def test_a_room_chooses_the_programs_that_know_it_and_no_others(self):
        found = self.chosen("core/yaml/scalar.cpp")
        expected = {"native:yaml_test", "native:site_test", "spec:yaml_spec", "spec:sites"}
        self.assertLessEqual(expected | {"arrows:arrows", "tidy:tidy", "lint:lint"}, set(found))
        for other in ("native:sass_test", "native:geo_test", "spec:rouge_spec", "web:globe"):
            self.assertNotIn(other, found)

    def test_every_room_of_core_is_known_and_every_program_has_a_room(self):
        links = since.program_links()
        self.assertEqual({f"native:{n}" for n in links if n.endswith("_test")}, native_items())
        for room in set(arrows.ARROWS) - arrows.OUTSIDE - {"commonmark"}:
            with self.subTest(room):
                found = self.chosen(f"core/{room}/{room}.cpp")
                self.assertIn("spec:sites", found)
                self.assertNotIn("no rule", " ".join(found.values()))
        header = self.chosen("core/include/meridian/words.h")
        self.assertIn("native:base_test", header)

    def test_every_room_of_web_is_known(self):
        for room in web_arrows.ARROWS:
            with self.subTest(room):
                found = self.chosen(f"web/{room}/new.js")
                tests = [
                    name for name in found if name.split(":")[0] in ("web", "server", "package")
                ]
                self.assertTrue(tests)
                self.assertNotIn("no rule", " ".join(found.values()))

    def test_a_script_chooses_the_tests_of_rooms_that_know_its_room(self):
        found = self.chosen("web/globe/painter.js")
        self.assertLessEqual({"web:globe", "web:globe-look", "web:profile"}, set(found))
        self.assertNotIn("web:playground", found)
        self.assertIn("types:types", found)

    def test_a_helper_chooses_what_imports_it_also_by_way_of_others(self):
        found = self.chosen("tests/web/globe-page.mjs")
        tests = {name for name in found if name.startswith("web:")}
        self.assertEqual(tests, {"web:announced", "web:globe", "web:globe-element"})
        self.assertLess(90, len(self.chosen("tests/web/hosts.mjs")))
        self.assertIn("native:site_test", self.chosen("tests/core/site_fixture.h"))
        self.assertIn("python:test_kept", self.chosen("tests/suites/kept.py"))

    def test_a_file_that_a_test_names_chooses_it(self):
        self.assertIn("web:network", self.chosen("docs/faults.md"))
        self.assertIn("web:messages", self.chosen("web/shell/messages/de.js"))

    def test_the_table_of_the_architecture_chooses(self):
        self.assertIn("web:stale", self.chosen("web/shell/revalidation.js"))
        self.assertIn("python:test_links", self.chosen("cli/folder_writer.cpp"))

    def test_an_unknown_file_chooses_everything(self):
        # In two parts, else this file would name it.
        for path in ("/".join(("new", "file")), "CMakeLists.txt", "package-lock.json"):
            found = self.chosen(path)
            self.assertEqual(
                set(found) - {"lint:lint"},
                {f"{s}:{i}" for s, items in SUITES.items() for i in items} - {"lint:lint"},
            )

    def test_a_removed_test_does_not_choose_itself(self):
        self.assertNotIn("web:gone", self.chosen("tests/web/gone.test.mjs"))

    def test_each_choice_has_its_reason_and_the_rest_is_told(self):
        chosen = since.choose(["core/sass/parser.cpp"], SUITES)
        self.assertTrue(all("core/sass/parser.cpp" in choice.why for choice in chosen))
        rest = since.left_out(chosen, SUITES)
        self.assertIn(f"web: {len(SUITES['web'])} of {len(SUITES['web'])}", rest)
        self.assertFalse([line for line in rest if line.startswith("tidy")])


def native_items():
    return {f"native:{item}" for item in SUITES["native"]}


class Changes(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.git("init", "-q")
        for name in ("same", "edited", "removed", "moved", "staged"):
            (self.root / name).write_text(f"{name}\n" * 9)
        (self.root / ".gitignore").write_text("ignored\n")
        self.git("add", "-A")
        self.git("commit", "-qm", "one")

    def git(self, *words):
        who = ["-c", "user.name=T", "-c", "user.email=t@example.org"]
        subprocess.run(["git", *who, *words], cwd=self.root, check=True)

    def test_committed_staged_edited_removed_renamed_and_new_files(self):
        (self.root / "edited").write_text("x")
        (self.root / "moved").rename(self.root / "name with blank")
        self.git("add", "-A")
        self.git("commit", "-qm", "two")
        (self.root / "staged").write_text("x")
        self.git("add", "staged")
        (self.root / "removed").unlink()
        (self.root / "new").write_text("x")
        (self.root / "ignored").write_text("x")
        self.assertEqual(
            since.changed_files("HEAD~1", self.root),
            ["edited", "moved", "name with blank", "new", "removed", "staged"],
        )
        self.assertEqual(since.changed_files("HEAD", self.root), ["new", "removed", "staged"])

    def test_a_revision_that_is_none_is_an_error_and_never_an_option(self):
        for revision in ("no-such", "--output=stolen", ""):
            with self.subTest(revision), self.assertRaises(ValueError):
                since.changed_files(revision, self.root)
        self.assertFalse((self.root / "stolen").exists())


if __name__ == "__main__":
    unittest.main()
