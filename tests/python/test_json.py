"""What `--json` prints of a command that writes: one object, which says what was done."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import RECORD, CommandCase, contents, meridian, on_terminal, write

BROKEN = {"broken.md": "---\n---\n\n{{ 1 | nothing }}\n"}


class Json(CommandCase):
    def run_json(self, *words, status=0, stderr=""):
        done = meridian(*words, "--json")
        self.assertEqual([done.returncode, done.stderr], [status, stderr], done.stdout)
        [line] = done.stdout.splitlines()
        return json.loads(line)

    def assert_counts(self, told, folder):
        files = {**contents(folder)}
        self.assertEqual(told["files"], len(files))
        self.assertEqual(told["bytes"], sum(map(len, files.values())))
        self.assertNotIn(RECORD, files)

    def test_a_build_tells_its_files_and_findings(self):
        write(self.source, BROKEN)
        for raw in ([], ["--raw"]):
            out = self.folder / ("raw" if raw else "html")
            words = ["--source", self.source, "--destination", out, "--shell", self.shell]
            told = self.run_json("build", *raw, *words)
            self.assertEqual([told["destination"], told["complete"]], [str(out), True])
            self.assert_counts(told, out)
            found = [(one["file"], one["line"], one["rule"]) for one in told["findings"]]
            self.assertEqual(found, [] if raw else [("broken.md", 4, "liquid")])

    def test_an_error_is_a_finding(self):
        write(self.source, {"bad.md": "---\na: [\n---\n"})
        words = ["--source", self.source, "--destination", self.out, "--shell", self.shell]
        told = self.run_json("build", *words, status=1)
        self.assertEqual([one["severity"] for one in told["findings"]], ["error"])
        self.assertTrue(told["complete"])

    def test_what_is_refused_is_told_in_words_alone(self):
        for words in (
            ["build", "--watch"],
            ["index", "--output", "-"],
            ["build", "--source", self.folder / "none"],
            ["head"],
        ):
            done = meridian(*words, "--json", cwd=self.folder)
            self.assertEqual([done.returncode, done.stdout], [2, ""], words)
            self.assertTrue(done.stderr.startswith("meridian: "), done.stderr)

    def test_index_names_the_manifest(self):
        told = self.run_json("index", "--source", self.source)
        manifest = self.source / "meridian.json"
        self.assertEqual(told, {"manifest": str(manifest), "complete": True, "findings": []})
        self.assertTrue(manifest.is_file())

    def test_new_tells_what_it_wrote_and_what_is_anothers(self):
        told = self.run_json("new", self.folder / "a", "--title", "A")
        self.assertEqual(told["folder"], str(self.folder / "a"))
        self.assertEqual(told["files"], len(contents(self.folder / "a")))
        self.assertEqual([told["left_out"], told["others"]], [[], []])
        write(self.folder / "a", {"CNAME": "ada.example\n"})
        told = self.run_json("new", self.folder / "b", "--from", self.folder / "a")
        self.assertEqual(told["files"], len(contents(self.folder / "b")))
        self.assertEqual([one.split(":")[0] for one in told["left_out"]], ["CNAME"])
        self.assertIn("_config.yml:5: title: A", told["others"])

    def test_themes_are_listed_added_and_removed(self):
        gem = self.folder / "nice"
        write(gem, {"_layouts/default.html": "{{ content }}", "_sass/a.scss": "p {}"})
        words = ["--source", self.source]
        self.assertEqual(self.run_json("theme", "list", *words), {"themes": []})
        one = {"theme": "nice", "files": 2, "bytes": 17, "used": False}
        added = self.run_json("theme", "add", f"{self.folder}/nice", *words)
        self.assertEqual(added, {**one, "from": str(gem)})
        write(self.source, {"_config.yml": "theme: nice\n"})
        self.assertEqual(
            self.run_json("theme", "list", *words), {"themes": [{**one, "used": True}]}
        )
        self.assertEqual(self.run_json("theme", "remove", "nice", *words), {"removed": "nice"})
        self.assertEqual(self.run_json("theme", "list", *words), {"themes": []})


class Progress(CommandCase):
    def test_a_terminal_shows_how_far_check_doctor_and_compare_are(self):
        site = ["--source", self.source]
        check = "".join(f"\r{i} of 3 files" for i in (1, 2, 3)) + "\r\x1b[K"
        self.assertEqual(
            on_terminal("check", *site), (check + "2 pages checked, 0 findings\r\n", 0)
        )
        self.assertEqual(on_terminal("doctor", *site), (check, 0))
        both = [self.source, self.source]
        files = "".join(f"\r{i} of 4 files" for i in (1, 2, 3, 4)) + "\r\x1b[K"
        self.assertEqual(on_terminal("compare", *both), (files, 0))
        for words in (["check", *site], ["doctor", *site], ["compare", *both]):
            self.assertEqual(on_terminal(*words, "--quiet"), ("", 0))

    def test_of_thousands_a_thousandth_is_told_at_a_time(self):
        write(self.source, {f"a{i}.txt": "" for i in range(2_500)})
        told, status = on_terminal("compare", self.source, self.source)
        self.assertEqual(status, 0)
        self.assertEqual(told.count("\r"), 2_504 // 3 + 1 + 1)
        self.assertTrue(told.endswith("\r2504 of 2504 files\r\x1b[K"), told[-80:])


if __name__ == "__main__":
    unittest.main()
