"""The manual page and the completions name what the command takes: they are made of its help."""

import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Callable, List

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
import completions
import help_text
import manual
from command import MERIDIAN, ROOT, meridian

EXAMPLE = """meridian: renders a site

  meridian new FOLDER        a site to begin with: words,
                             pages
  meridian build --raw       sources
  meridian theme add [NAME]  copy a theme
  meridian theme list        those there

  --help                print this

VARIABLE sets
something.
"""
SOURCE = "  --source DIR          where it's (.)\n  --help                this\n"
OF = {
    "new": "  meridian new FOLDER        a site\n\n  --kind                the kind; more\n"
    + SOURCE,
    "build": "  meridian build --raw       sources\n\n"
    "  --format NAME         text, json (RFC 8259)\n                        or github (text)\n"
    "  --force               over files\n" + SOURCE + "\nVARIABLE sets\nsomething.\n\nANOTHER.\n",
    "theme": "  meridian theme list        those there\n\n  --force               over changes\n"
    + SOURCE,
}


def example(change: Callable[[str], str] = lambda text: text) -> help_text.Help:
    return help_text.read(change(EXAMPLE), lambda name: change(OF[name]))


class Reading(unittest.TestCase):
    def setUp(self) -> None:
        self.help = example()

    def test_sub_commands_have_words_arguments_and_text(self) -> None:
        self.assertEqual(self.help.names(), ["new", "build", "theme"])
        self.assertEqual(self.help.commands[0].text, "a site to begin with: words, pages")
        self.assertEqual(self.help.verbs("theme"), {"add": "copy a theme", "list": "those there"})
        self.assertEqual([self.help.values("new"), self.help.values("build")], ["FOLDER", ""])
        self.assertEqual(self.help.notes, "VARIABLE sets something.\nANOTHER.\n")

    def test_options_have_values_and_the_sub_commands_that_take_them(self) -> None:
        options = {(option.name, option.text): option for option in self.help.options}
        self.assertEqual(options["--source", "where it's (.)"].of, [])
        self.assertEqual(options["--help", "print this"].of, [])
        self.assertEqual(options["--force", "over files"].of, ["build"])
        self.assertEqual(options["--force", "over changes"].of, ["theme"])
        choices = {option.name: option.choices() for option in self.help.options}
        self.assertEqual(choices["--format"], ["text", "json", "github"])
        self.assertEqual(choices["--source"], [])

    def test_lines_without_a_meaning_are_refused(self) -> None:
        for line in ("    --three blanks", "  meridian --what", "  -x   short"):
            with self.subTest(line), self.assertRaises(help_text.HelpError):
                example(lambda text, line=line: text.replace("  --help", line + "\n  --help", 1))

    def test_a_clause_is_enough_of_a_text(self) -> None:
        for text, clause in (
            ("over files; also over others", "over files"),
            ("a site to begin with: words, pages", "a site to begin with"),
            ("where it's (.)", "where it's"),
        ):
            self.assertEqual(help_text.clause(text), clause)

    def test_quotes_and_dots_of_texts_stay_text(self) -> None:
        page = manual.manual(example(lambda text: text.replace("where it", ".so it")), "1.0", 0)
        self.assertIn("\n\\&.so it's (.)\n", page)
        for make in completions.PLACES.values():
            self.assertNotIn("it's", make(self.help))


@unittest.skipUnless(MERIDIAN.exists(), "build/native/meridian is not built")
class Made(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.help = help_text.of_program(lambda *words: meridian(*words).stdout)
        cls.scripts = {
            place.split("/")[0]: make(cls.help) for place, make in completions.PLACES.items()
        }
        cls.bash = cls.scripts["bash-completion"]
        cls.page = manual.manual(cls.help, "1.2.3", 0)

    def in_code(self, name: str, pattern: str) -> List[str]:
        found = re.findall(pattern, (ROOT / "cli" / name).read_text(encoding="utf-8"))
        self.assertTrue(found)
        return found

    def test_the_help_has_every_option_and_sub_command_that_is_accepted(self) -> None:
        options = {option.name for option in self.help.options}
        flags = self.in_code("options.cpp", r'\{"(--[a-z-]+)",\s*&')
        self.assertEqual(options, {*flags, "--help", "--version"})
        [names] = self.in_code("help.cpp", r'kAll =\s*"([a-z ]+)"')
        self.assertEqual(sorted(self.help.names()), sorted(names.split()))

    def test_help_may_be_asked_for_in_any_order(self) -> None:
        told = meridian("check", "--help").stdout
        self.assertTrue(told.startswith("  meridian check"), told)
        for words in (["--help", "check"], ["--quiet", "help", "check"], ["check", "-h"]):
            done = meridian(*words)
            self.assertEqual([done.returncode, done.stdout, done.stderr], [0, told, ""], words)
        self.assertEqual(meridian("help").stdout, meridian("--help").stdout)

    def test_an_option_of_another_sub_command_is_refused(self) -> None:
        for name in self.help.names():
            taken = {option.name for option in self.help.options_of(name)}
            for option in self.help.options:
                if option.name not in taken:
                    done = meridian(name, option.name, *(["1"] if option.value else []))
                    self.assertEqual(done.returncode, 2)
                    self.assertRegex(done.stderr, rf"`{option.name}` is of .*, not of `{name}`")

    def test_all_of_them_are_in_the_page_and_in_the_completions(self) -> None:
        for option in self.help.options:
            self.assertIn("\\fB" + option.name.replace("-", "\\-"), self.page)
            for shell, script in self.scripts.items():
                name = option.name[2:] if shell == "fish" else option.name
                self.assertRegex(script, rf"(?<![\w-]){name}(?![\w-])", shell)
        for command in self.help.commands:
            self.assertIn("\\fB" + " ".join(command.words), self.page)
            for script in self.scripts.values():
                for word in command.words:
                    self.assertRegex(script, rf"\b{word}\b")

    def test_man_shows_the_page_without_a_warning(self) -> None:
        if not shutil.which("groff"):
            self.skipTest("groff is not installed")
        done = subprocess.run(
            ["groff", "-man", "-ww", "-Tascii"], input=self.page, capture_output=True, text=True
        )
        self.assertEqual([done.returncode, done.stderr], [0, ""])
        for part in ("meridian 1.2.3", "--destination", "EXIT STATUS", "JEKYLL_ENV"):
            self.assertIn(part, re.sub("\x1b\\[[0-9;]*m|.\b", "", done.stdout))

    def completed(self, *words: str) -> List[str]:
        """What bash offers for the last word."""
        script = self.bash + (
            'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); compopt() { :; }; _meridian\n'
            'printf "%s\\n" "${COMPREPLY[@]}"'
        )
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "a sub").mkdir()
            (Path(folder) / "file.md").touch()
            done = subprocess.run(
                ["bash", "-c", script, "bash", "meridian", *words],
                cwd=folder,
                capture_output=True,
                text=True,
            )
        self.assertEqual([done.returncode, done.stderr], [0, ""])
        return [line for line in done.stdout.splitlines() if line]

    def test_bash_offers_what_may_stand_there(self) -> None:
        if not shutil.which("bash"):
            self.skipTest("bash is not installed")
        for words, offered in (
            (["b"], ["build"]),
            (["build", "--ra"], ["--raw"]),
            (["check", "--ra"], []),
            (["build", "--drafts", "--destination", ""], ["a sub"]),
            (["check", "--format", ""], ["text", "json", "sarif", "github"]),
            (["check", "--format", "=", "s"], ["sarif"]),
            (["check", "--format", "="], ["text", "json", "sarif", "github"]),
            (["index", "--output", ""], ["file.md", "a sub"]),
            (["build", "--title", "x", "--ve"], ["--version"]),
            (["new", ""], ["a sub"]),
            (["render", "f"], ["file.md"]),
            (["theme", ""], ["add", "list", "remove"]),
            (["theme", "add", ""], []),
        ):
            self.assertEqual(sorted(self.completed(*words)), sorted(offered), words)

    def test_zsh_and_fish_can_read_theirs(self) -> None:
        for shell, script in self.scripts.items():
            program = shell.partition("-")[0]
            with self.subTest(program):
                if not shutil.which(program):
                    self.skipTest(f"{program} is not installed")
                done = subprocess.run(
                    [program, "-n", "/dev/stdin"], input=script, capture_output=True, text=True
                )
                self.assertEqual([done.returncode, done.stderr], [0, ""])


if __name__ == "__main__":
    unittest.main()
