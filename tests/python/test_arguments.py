"""The command line: folders as arguments, misspelt words, and messages about what is wrong."""

import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

# Sub-commands that read a site in a folder.
WITH_FOLDER = ("build", "check", "doctor", "head", "index", "upgrade")
COMMANDS = (*WITH_FOLDER, "compare", "import", "new", "places", "render", "theme")


def misspelt(word):
    """Letters exchanged, omitted, doubled and replaced; the dashes stay."""
    at = len(word) - len(word.lstrip("-")) + 1
    yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    yield word[: at + 1] + word[at + 2 :]
    yield word[:at] + word[at] + word[at:]
    yield word[:-1] + "q"


class Folders(CommandCase):
    def run_in(self, *words, cwd=None):
        return meridian(*words, "--shell", self.shell, cwd=cwd or self.folder)

    def test_a_folder_is_the_source_of_every_command_that_reads_a_site(self):
        for command in WITH_FOLDER:
            with self.subTest(command=command):
                results = []
                for where in (["source"], ["--source", "source"], [str(self.source)]):
                    if command in ("head", "upgrade"):
                        write(self.source, self.SHELL)
                    done = self.run_in(command, *where)
                    results.append((done.returncode, re.sub(r"\d+ ms", "", done.stderr)))
                self.assertEqual(results[0], results[1])
                self.assertEqual(results[0][0], results[2][0])
                self.assertNotIn("argument", results[0][1])

    def test_a_build_of_a_folder_is_written_as_with_source(self):
        self.assertEqual(self.run_in("build", "source").returncode, 0)
        first = contents(self.folder / "_site")
        self.assertIn("about/index.html", first)
        self.assertEqual(self.run_in("build", "--source", "source").returncode, 0)
        self.assertEqual(contents(self.folder / "_site"), first)
        done = self.run_in("build", "--raw", "source", "--destination", "raw")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("about.md", contents(self.folder / "raw"))

    def test_two_folders_or_one_that_is_not_there_are_explained(self):
        for words, said in (
            (("build", "source", "other"), "unexpected argument `other`"),
            (("build", "source", "--source", "other"), "both name the sources; give one"),
            (("build", "--source=other", "source"), "both name the sources; give one"),
            (("check", "nowhere"), "the source nowhere can't be read: No such file"),
            (("check", "source/about.md"), "the source source/about.md can't be read: Not a dir"),
            (("check", ".\\source"), "No such file or directory; did you mean `./source`?"),
            (("build", "--source=a\\b"), "the source a\\b can't be read: No such file or dir"),
            (("compare", "source", ".\\source"), "; did you mean `./source`?"),
            (("import", ".\\source", "new"), "; did you mean `./source`?"),
            (("new", "a", "--from", ".\\source"), "; did you mean `./source`?"),
            (("places",), "`places` needs a name"),
            (("render", "a", "b"), "unexpected argument `b`"),
        ):
            with self.subTest(words=words):
                done = self.run_in(*words)
                self.assertEqual(done.returncode, 2)
                self.assertIn(said, done.stderr)


class Misspelt(unittest.TestCase):
    def assert_said(self, said, *words):
        done = meridian(*words)
        self.assertEqual([done.returncode, done.stdout], [2, ""], words)
        self.assertIn(said, done.stderr, words)

    def test_sub_commands(self):
        for name in COMMANDS:
            if len(name) < 4:
                continue
            for word in misspelt(name):
                if len(word) < 4:  # too short for a guess
                    continue
                self.assert_said(f"there is no command `{word}`; did you mean `{name}`?", word)
        self.assert_said("there is no command `biuld`; did you mean `build`?", "biuld", ".")
        self.assert_said("there is no command `deploy`\n", "deploy")

    def test_options(self):
        for command in COMMANDS:
            for option in re.findall(r"^  (--[a-z-]+)", meridian(command, "--help").stdout, re.M):
                if len(option) < 7:
                    continue
                for word in misspelt(option):
                    done = meridian(command, word)
                    self.assertEqual(done.returncode, 2)
                    self.assertRegex(
                        done.stderr, rf"there is no option `{word}`; did you mean `--[a-z-]+`\?"
                    )
        for words in (("build", "--sorce", "x"), ("--sorce", "x", "build"), ("check", "--sorce=x")):
            self.assert_said("there is no option `--sorce`; did you mean `--source`?", *words)
        self.assert_said("there is no option `-s`\n", "build", "-s", "x")
        words = ("compare", "--widht", "9", "a", "b")
        self.assert_said("there is no option `--widht`; did you mean", *words)

    def test_values(self):
        for words, said in (
            (("build", "--jobs", "x"), "invalid --jobs `x`: give a number of processes, from 1 to"),
            (("build", "--jobs", "0"), "invalid --jobs `0`"),
            (("build", "--memory=1x"), "invalid --memory `1x`"),
            (("check", "--format", "xml"), "invalid --format `xml`: text, json, sarif or github"),
            (("check", "--theme", "x"), "invalid --theme `x`: auto, site or meridian"),
            (("check", "--format"), "`--format` needs a value"),
        ):
            self.assert_said(said, *words)


class Future(CommandCase):
    SITE = {
        **CommandCase.SITE,
        "_config.yml": "collections: {talks: {output: true}, hidden: {}}\n",
        "_posts/2999-01-02-later.md": "---\ntitle: Later\n---\nText\n",
        "_posts/2020-01-02-now.md": "---\ntitle: Now\n---\nText\n",
    }
    SAID = "1 document with a date in the future is omitted: _posts/2999-01-02-later.md; --future"

    def said(self, *words, **more):
        done = meridian(*words, "--source", self.source, "--shell", self.shell, cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def test_a_post_of_the_future_that_is_omitted_is_reported(self):
        for words in (
            *(("build",), ("build", "--jobs", "2"), ("check",), ("index",)),
            ("build", "--raw", "--destination", "r"),
        ):
            self.assertIn(self.SAID, self.said(*words), words)
        self.assertNotIn("future", self.said("build", "--future"))
        self.assertEqual(self.said("build", "--quiet"), "")
        done = meridian("render", "_posts/2999-01-02-later.md", cwd=self.source)
        self.assertIn(self.SAID, done.stderr)

    def test_only_what_future_would_include_counts(self):
        write(
            self.source,
            {
                "_posts/2020-01-03-dated.md": "---\ndate: 2999-01-01\n---\n",
                "_posts/2999-01-03-never.md": "---\npublished: false\n---\n",
                "_talks/a.md": "---\ndate: 2999-01-01\n---\n",
                "_hidden/a.md": "---\ndate: 2999-01-01\n---\n",
                "page.md": "---\ndate: 2999-01-01\n---\n",
            },
        )
        said = self.said("build", "--destination", "one")
        self.assertRegex(said, r"3 documents with a date in the future are omitted: .* …; --future")
        self.said("build", "--destination", "two", "--future")
        more = set(contents(self.folder / "two")) - set(contents(self.folder / "one"))
        self.assertEqual(len(more), 3, more)


if __name__ == "__main__":
    unittest.main()
