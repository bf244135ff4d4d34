"""There is one list of Markdown's extensions, and one of media types, both in web/base/."""

import re
import subprocess
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "core/theme")]

import embed

FOLDERS = ("cli", "core", "wasm", "web", "cmake", "serve.py")
# Lists that are others' and mean something else.
OTHERS = {
    "core/rouge/languages/markdown.cpp": "names of a language, as Rouge has them",
    "core/site/model/classify.cpp": "jekyll-readme-index has these three",
    "core/site/model/urls.cpp": "jekyll-readme-index has these three",
    "cli/import/pages.cpp": "Hugo's list",
    "core/site/render/render.cpp": "types of what the core renders, in the size of a module",
    "web/build/policies.mjs": "a header of one file",
}
# Two extensions of Markdown beside each other, in any notation.
MARKDOWN = re.compile(
    r"\.?\b(md|markdown|mkd(own|n)?|mkdn\?)\b[\"']?[ ,|]{1,3}[\"'.]{0,3}(md|markdown|mkd(own|n)?|mkdn\?)\b"
    r"|m\(d\||mkdn\?"
)
# Several types of pictures near each other.
TYPES = re.compile(r"svg\+xml.{0,300}\bwebp\b|\bwebp\b.{0,300}svg\+xml", re.S)


def sources() -> list:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *FOLDERS],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    kinds = (".cpp", ".h", ".js", ".mjs", ".py", ".yml")
    return [
        path
        for path in listed.stdout.split("\0")
        if path.endswith(kinds) and (ROOT / path).exists() and path not in OTHERS
    ]


def code_of(text: str) -> str:
    """A source without its comments."""
    return re.sub(r"^\s*(//|#|\*|/\*).*$", "", text, flags=re.M)


class FileKinds(unittest.TestCase):
    def test_one_list(self):
        for table, pattern in (("file_kinds.js", MARKDOWN), ("media_types.js", TYPES)):
            found = [
                path
                for path in sources()
                if pattern.search(code_of((ROOT / path).read_text(encoding="utf-8")))
            ]
            with self.subTest(table):
                self.assertEqual(found, [f"web/base/{table}"])

    def test_default_configuration(self):
        packed = embed.packed(ROOT / "core/theme")["_config.yml"]
        line = re.search(r"^markdown_ext: (.*)$", packed, re.M)[1]
        # Jekyll 4.3.1's own (lib/jekyll/configuration.rb).
        self.assertEqual(set(line.split(",")), {"markdown", "mkdown", "mkdn", "mkd", "md"})


if __name__ == "__main__":
    unittest.main()
