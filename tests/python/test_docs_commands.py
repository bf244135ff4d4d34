"""The commands in README, guides and documents: run as they are there, by the real command
(docs_blocks.py), and compared with what the command's help lists.
"""

import functools
import os
import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Dict, List, Set

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
import help_text
from command import HANG, MERIDIAN, ROOT, meridian, write
from docs_blocks import PAGE, PROGRAM, README, SITE, RunsBlocks, of_language
from documents import blocks, code_spans, column, documents, prose, section, tables

COMMAND = ROOT / "docs" / "guide" / "command.md"
DIST = ROOT / "build" / "dist"
PACKAGE = ROOT / "build" / "package" / "meridian-site" / "meridian.mjs"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
SCRIPT = re.compile(r"python3 ([\w/.-]+\.py)\b((?: +[^\s#|;&]+)*)")


@functools.lru_cache(maxsize=None)
def options_of(script: str) -> Set[str]:
    """The options that a script of Python lists under --help."""
    result = subprocess.run(
        [sys.executable, str(ROOT / script), "--help"], capture_output=True, text=True, check=True
    )
    return set(OPTION.findall(result.stdout))


@functools.lru_cache(maxsize=None)
def help_of_program() -> help_text.Help:
    return help_text.of_program(lambda *words: meridian(*words).stdout)


def listed_options() -> Set[str]:
    """The options that `meridian --help` and the help of each sub-command list."""
    return {option.name for option in help_of_program().options}


def help_of_package(*words: str) -> str:
    """What the command for Node prints: it has the sub-commands of the native one, and others."""
    command = ["node", str(PACKAGE), *words, "--help"]
    return subprocess.run(command, capture_output=True, text=True).stdout


@functools.lru_cache(maxsize=None)
def listed_commands() -> Set[str]:
    own = re.findall(r"^  meridian (\w+)", help_of_package(), re.MULTILINE)
    return {*help_of_program().names(), *own}


@functools.lru_cache(maxsize=None)
def options_taken(word: str) -> Set[str]:
    """The options of a sub-command, or of the program where another word stands in its place."""
    if word in help_of_program().names():
        return {option.name for option in help_of_program().options_of(word)}
    return set(OPTION.findall(help_of_package(word))) if word == "serve" else listed_options()


def parts_of_code(path: Path) -> List[str]:
    """Lines of blocks of code, and spans of code in the text."""
    lines = [line for block in blocks(path) for line in block.text.splitlines()]
    indented = re.findall(r"^ {4}(.*)$", prose(path), re.MULTILINE)
    return [*lines, *indented, *code_spans(prose(path))]


@unittest.skipUnless(MERIDIAN.exists() and DIST.exists(), "Meridian is not built")
class Run(RunsBlocks, unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="meridian-docs-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()

    def shell(self, script: str, folder: Path) -> subprocess.CompletedProcess:
        environment: Dict[str, str] = {
            **os.environ,
            "HOME": str(folder),
            "PATH": f"{MERIDIAN.parent}{os.pathsep}{os.environ['PATH']}",
        }
        return subprocess.run(
            ["sh", "-c", script],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=HANG,
        )

    def test_every_exit_status_of_the_guide_occurs(self) -> None:
        rows = next(table for table in tables(COMMAND) if "Status" in table[0])
        folder = self.fresh("status")
        write(folder, {"foreign/index.html": "<p>mine</p>"})
        examples = {
            "0": ["check", "build --theme site --destination a"],
            "1": ["check --source broken", "places Nowhereville"],
            "2": [
                "biuld",
                "check --nope",
                "check --source",
                "check --source index.md",
                "build --destination .",
                "build --theme site --destination foreign",
                "head",
            ],
        }
        self.assertEqual([row["Status"] for row in rows], list(examples))
        for status, commands in examples.items():
            for command in commands:
                result = self.shell(f"meridian {command}", folder)
                self.assertEqual(str(result.returncode), status, command)

    def test_yaml_is_read_without_a_finding(self) -> None:
        found = of_language("yaml")
        self.assertGreater(len(found), 3)
        for number, block in enumerate(found):
            folder = self.folder / f"yaml-{number}"
            write(folder, SITE)
            named = re.match(r"# (\S+\.yml)\n", block.text)
            # Any YAML can be a file of data: then it is only parsed.
            path = named[1] if named else "_data/snippet.yml"
            text = block.text + ("title: T\n" if path == "_config.yml" else "")
            write(folder, {path: text.replace("title: Ada Lovelace\n", "")})
            result = meridian("check", cwd=folder)
            self.assertIn(" 0 findings", result.stderr, f"{block.place}\n{result.stderr}")

    def test_the_include_of_the_globe_shows_the_list_of_the_guide(self) -> None:
        guide = ROOT / "docs" / "guide" / "globe.md"
        data = next(block for block in blocks(guide) if block.language == "yaml")
        include = next(block for block in blocks(guide) if block.language == "liquid")
        folder = self.folder / "globe"
        write(folder, {"_config.yml": "title: T\n", "_data/travel.yml": data.text})
        write(folder, {"index.md": PAGE % ("Home", include.text)})
        result = meridian("render", "index.md", cwd=folder)
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertEqual(len(re.findall("<li data-lon=", result.stdout)), 4)
        self.assertIn('class="globe__still"', result.stdout)


@unittest.skipUnless(MERIDIAN.exists(), "build/native/meridian is not built")
class Help(unittest.TestCase):
    def test_the_guide_lists_the_options_of_the_help_and_no_others(self) -> None:
        documented = {span.split(" ")[0] for span in column(COMMAND, "Option")}
        self.assertEqual(documented, listed_options())

    def test_the_guide_says_which_sub_commands_take_an_option(self) -> None:
        names = help_of_program().names()
        rows = next(table for table in tables(COMMAND) if "Option" in table[0])
        for row in rows:
            option = row["Option"].strip("`").split(" ")[0]
            said = {span.split(" ")[0] for span in re.findall("`([^`]+)`", row["Of"])}
            if row["Of"].startswith("all"):
                said = set(names) - said
            taking = {n for n in names for o in help_of_program().options_of(n) if o.name == option}
            if row["Of"]:
                self.assertEqual(said, taking, option)

    def test_the_guide_lists_the_sub_commands_of_the_help_and_no_others(self) -> None:
        documented = {span.split(" ")[1] for span in column(COMMAND, "Sub-command")}
        self.assertEqual(documented, listed_commands())
        below = re.findall(r"^### (.*)$", section(prose(COMMAND), "## Sub-commands"), re.MULTILINE)
        self.assertEqual(set(below), listed_commands())

    def test_commands_that_documents_mention_are_in_the_help(self) -> None:
        for path in documents():
            for text in parts_of_code(path):
                match = PROGRAM.match(text.lstrip("$ "))
                if not match or "biuld" in text:
                    continue
                words = text.lstrip("$ ").partition("#")[0].split()
                if not words[1].startswith(("-", "NAME")):
                    self.assertIn(words[1], listed_commands(), f"{path.name}: {text}")
                for option in OPTION.findall(" ".join(words)):
                    self.assertIn(option, options_taken(words[1]), f"{path.name}: {text}")

    def test_options_alone_are_those_of_some_program(self) -> None:
        known = listed_options() | options_of("serve.py") | options_of("tests/run.py")
        for path in [README, COMMAND, COMMAND.with_name("publish.md")]:
            for text in parts_of_code(path):
                if re.fullmatch(r"--[a-z][a-z-]*([ =]\S+)?", text):
                    self.assertIn(re.split("[ =]", text)[0], known, path.name)


class Scripts(unittest.TestCase):
    def test_options_of_scripts_that_documents_mention_exist(self) -> None:
        seen = set()
        for path in documents():
            for text in parts_of_code(path):
                for script, rest in SCRIPT.findall(text):
                    self.assertTrue((ROOT / script).exists(), f"{path.name}: {text}")
                    seen.add(script)
                    for option in OPTION.findall(rest):
                        self.assertIn(option, options_of(script), f"{path.name}: {text}")
        self.assertLessEqual({"serve.py", "tests/run.py"}, seen)

    def test_shell_blocks_can_be_parsed(self) -> None:
        for block in of_language("sh"):
            result = subprocess.run(
                ["sh", "-n"], input=block.text, capture_output=True, text=True, timeout=HANG
            )
            self.assertEqual(result.returncode, 0, f"{block.place}: {result.stderr}")


if __name__ == "__main__":
    unittest.main()
