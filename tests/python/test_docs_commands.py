"""The commands in README, guides and documents: run as they are there, by the real command.

A block of `sh` runs in a folder of its own, line by line, and each line must succeed. A block of
`console` has `$ command` lines, each followed by exactly what the command prints; a command that
fails is followed by `$ echo $?`.
"""

import functools
import json
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
from command import HANG, MERIDIAN, ROOT, meridian, write
from documents import (
    GUIDES,
    Block,
    blocks,
    code_spans,
    column,
    documents,
    prose,
    section,
    tables,
)
from shell_list import content_of

README = ROOT / "README.md"
COMMAND = ROOT / "docs" / "guide" / "command.md"
DIST = ROOT / "build" / "dist"
PACKAGE = ROOT / "build" / "package" / "meridian-site" / "meridian.mjs"
OPTION = re.compile(r"(?<![\w-])--[a-z][a-z-]*")
PROGRAM = re.compile(r"^(?:build/native/)?meridian(?= )")
SCRIPT = re.compile(r"python3 ([\w/.-]+\.py)\b((?: +[^\s#|;&]+)*)")
# Lines that are not run: they change the machine, take minutes, do not end, or are no
# commands.
NOT_RUN = re.compile(r"^(python3 |node |npm |git |sudo |tar |ln |sha256sum |gh |#|$)")

PAGE = "---\ntitle: %s\n---\n%s\n"
FOOTER = '<title>T</title>%s<footer class="site-footer"><p>Copyright %s Ada</p></footer>'
SITE = {"_config.yml": "title: T\n", "index.md": PAGE % ("Home", "Hello, world.")}
# What lies beside the sources after an older shell was copied there.
CORE = "meridian/meridian.wasm"
OLDER = {
    CORE: "old",
    "meridian/shell.json": json.dumps({"contents": {CORE: content_of(CORE, b"old")}}),
}
# The folder in which the blocks run: a site, and beside its pages the folders that they name.
FILES = {
    **SITE,
    "_config.yml": "title: T\nexclude: [my-site, broken, minimal-mistakes, by-jekyll, by-meridian, moving]\n",
    **{f"my-site/{name}": text for name, text in [*SITE.items(), *OLDER.items()]},
    **{f"broken/{name}": text for name, text in SITE.items()},
    "broken/about.md": "---\npermalink: /about/\n---\nText {% nope %}\n",
    "vendor/bundle/ruby/3.1.0/gems/minima-2.5.1/_layouts/default.html": "{{ content }}\n",
    "minimal-mistakes/_layouts/default.html": "{{ content }}\n",
    **{f"by-jekyll/{name}index.html": FOOTER % ("", 2025) for name in ("", "about/", "old/")},
    **{f"by-meridian/{name}index.html": FOOTER % ("\n", 2026) for name in ("", "about/")},
    "moving/_config.yml": "title: T\nplugins: [jekyll-feed, jekyll-spaceship]\nlsi: true\n",
    "moving/index.md": PAGE % ("Home", "Hello."),
    "moving/about.md": PAGE % ("About", "{% picture ada.jpg %}"),
    "by-jekyll/a.css": "p { margin: 0; }\n",
    "by-meridian/a.css": "p{margin:0}",
}


@functools.lru_cache(maxsize=None)
def options_of(script: str) -> Set[str]:
    """The options that a script of Python lists under --help."""
    result = subprocess.run(
        [sys.executable, str(ROOT / script), "--help"], capture_output=True, text=True, check=True
    )
    return set(OPTION.findall(result.stdout))


@functools.lru_cache(maxsize=None)
def help_text() -> str:
    return meridian("--help").stdout


def listed_options() -> Set[str]:
    """The options that begin a line of `meridian --help`."""
    lines = [line for line in help_text().splitlines() if line.startswith("  --")]
    heads = [re.split(r" {2,}", line.strip())[0] for line in lines]
    commands = re.findall(r"^  meridian (.*?)(?: {2,}|$)", help_text(), re.MULTILINE)
    return {option for text in [*heads, *commands] for option in OPTION.findall(text)}


def listed_commands() -> Set[str]:
    """The command for Node has those of the native one, and others."""
    own = subprocess.run(["node", str(PACKAGE), "--help"], capture_output=True, text=True).stdout
    return set(re.findall(r"^  meridian (\w+)", help_text() + own, re.MULTILINE))


def of_language(*languages: str) -> List[Block]:
    return [
        block for path in [README, *GUIDES] for block in blocks(path) if block.language in languages
    ]


def parts_of_code(path: Path) -> List[str]:
    """Lines of blocks of code, and spans of code in the text."""
    lines = [line for block in blocks(path) for line in block.text.splitlines()]
    indented = re.findall(r"^ {4}(.*)$", prose(path), re.MULTILINE)
    return [*lines, *indented, *code_spans(prose(path))]


@unittest.skipUnless(MERIDIAN.exists() and DIST.exists(), "Meridian is not built")
class Run(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="meridian-docs-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()

    def fresh(self, name: str) -> Path:
        folder = self.folder / name
        write(folder, FILES)
        return folder

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

    def test_every_command_in_a_shell_block_succeeds(self) -> None:
        ran = 0
        for number, block in enumerate(of_language("sh")):
            folder = self.fresh(f"sh-{number}")
            for line in block.text.splitlines():
                if not PROGRAM.match(line):
                    known = NOT_RUN.match(line) or line.startswith(" ")
                    self.assertTrue(known, f"{block.place}: nobody runs `{line}`")
                    continue
                result = self.shell(PROGRAM.sub("meridian", line), folder)
                self.assertEqual(result.returncode, 0, f"{block.place}: {line}\n{result.stdout}")
                ran += 1
        self.assertGreater(ran, 10)

    def test_every_console_block_prints_what_it_shows(self) -> None:
        for number, block in enumerate(of_language("console")):
            commands = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
            lines = [command.partition("\n")[0] for command in commands]
            # After each command its status between two marks, for the next one to see.
            script = "\n".join(
                f"{line}\nstatus=$?; printf '\\036%d\\036' $status; (exit $status)"
                for line in lines
            )
            result = self.shell(script, self.fresh(f"console-{number}"))
            parts = result.stdout.split("\036")
            for at, command in enumerate(commands):
                line, _, expected = command.partition("\n")
                printed, status = parts[2 * at : 2 * at + 2]
                self.assertEqual(printed, expected, f"{block.place}: {line}")
                if status != "0":
                    following = lines[at + 1 : at + 2]
                    self.assertEqual(following, ["echo $?"], f"{block.place}: {line} fails")

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
                    self.assertIn(option, listed_options(), f"{path.name}: {text}")

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
