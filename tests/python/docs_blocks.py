"""The blocks of commands in README and guides, and the folder in which they run.

A block of `sh` runs in a folder of its own, line by line, and each line must succeed. A block of
`console` has `$ command` lines, each followed by exactly what the command prints; a command that
fails is followed by `$ echo $?`.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import List

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
from command import ROOT, write
from documents import GUIDES, Block, blocks
from shell_list import content_of

README = ROOT / "README.md"
PROGRAM = re.compile(r"^(?:build/native/)?meridian(?= )")
# Lines that are not run: they change the machine, take minutes, do not end, or are no commands.
NOT_RUN = re.compile(
    r"^(python3 |node |np[mx] |mkdir |echo |git |sudo |tar |ln |sha256sum |gh |brew |docker |#|$)"
)

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
    "_config.yml": "title: T\nexclude: [my-site, broken, minimal-mistakes, by-jekyll, by-meridian, moving, hugo-site]\n",
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
    "hugo-site/hugo.toml": 'baseURL = "https://ada.example/"\ntitle = "T"\n[taxonomies]\ntag = "tags"\n',
    "hugo-site/content/posts/first.md": "---\ntitle: First\ndate: 2026-01-01\ntags: [Rivers]\n---\n"
    '{{< youtube id="x" >}}\n{{< gallery "rivers" >}}\n',
    "hugo-site/content/about.md": PAGE % ("About", "Me."),
    "hugo-site/static/ada.jpg": "",
    "hugo-site/layouts/shortcodes/gallery.html": "{{ .Inner }}",
    "by-jekyll/a.css": "p { margin: 0; }\n",
    "by-meridian/a.css": "p{margin:0}",
}


def of_language(*languages: str) -> List[Block]:
    """Blocks of README and the guides, without the tutorial's: tests/web/tutorial.test.mjs has its
    steps in turn."""
    return [
        block
        for path in [README, *GUIDES]
        if path.name != "tutorial.md"
        for block in blocks(path)
        if block.language in languages
    ]


class RunsBlocks:
    """The two tests of all blocks, for a TestCase that says where they run: below `self.folder`."""

    folder: Path

    def shell(self, script: str, folder: Path) -> subprocess.CompletedProcess:
        """Runs a script by `sh`; standard output and error in one text."""
        raise NotImplementedError

    def fresh(self, name: str) -> Path:
        folder = self.folder / name
        write(folder, FILES)
        return folder

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
