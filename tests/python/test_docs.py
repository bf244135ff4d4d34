"""README and documents: their length, their lines, and that every link leads somewhere."""

import re
import sys
import unittest
from pathlib import Path
from urllib.parse import unquote

sys.path.insert(0, str(Path(__file__).resolve().parent))
from documents import (
    FENCED_CODE,
    GUIDES,
    ROOT,
    blocks,
    documents,
    formatted,
    github_anchors,
    links,
    prose,
)

README = ROOT / "README.md"
COLUMNS = 100
README_LINES = 120
PARAGRAPH_LINES = 5
# What README links to, beside the guides.
DOCUMENTS = [
    "architecture",
    "build",
    "compatibility",
    "design",
    "faults",
    "performance",
    "reference",
    "security",
    "third-party",
]
# A header or an address can't be broken.
UNBREAKABLE = re.compile(r"^ *\||Content-Security-Policy:|\S{60}|^\s*\]?\(?https?://\S+\)?$")
# Folders whose comments name documents.
SOURCES = ["bench", "cli", "cmake", "core", "server", "wasm", "web", "tests/fuzz", "tests/geo"]


def paragraphs(text: str):
    """The paragraphs of a document without lists, tables, headings and code, each as lines."""
    for block in re.split(r"\n\s*\n", text):
        lines = block.strip("\n").splitlines()
        if lines and not re.match(r" {4}|\s*([-*+>|#!]|\d+\. )", lines[0]):
            yield lines


class Lengths(unittest.TestCase):
    def test_readme_is_short(self) -> None:
        self.assertLessEqual(len(README.read_text(encoding="utf-8").splitlines()), README_LINES)

    def test_lines_fit_into_a_hundred_columns(self) -> None:
        long = [
            f"{path.relative_to(ROOT)}:{number}: {len(line)} columns"
            for path in formatted()
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
            if len(line) > COLUMNS and not UNBREAKABLE.search(line)
        ]
        self.assertEqual(long, [])

    def test_paragraphs_of_the_guides_have_at_most_five_lines(self) -> None:
        for path in [README, *GUIDES]:
            for lines in paragraphs(prose(path)):
                self.assertLessEqual(len(lines), PARAGRAPH_LINES, f"{path.name}: {lines[0]}")

    def test_blocks_of_code_name_their_language(self) -> None:
        for path in [README, *GUIDES]:
            for block in blocks(path):
                self.assertTrue(block.language, block.place)


class Links(unittest.TestCase):
    def assert_leads_somewhere(self, path: Path, link: str) -> None:
        address, _, anchor = link.partition("#")
        target = (path.parent / unquote(address)).resolve() if address else path
        self.assertTrue(target.exists(), f"{path.relative_to(ROOT)}: {link}")
        self.assertIn(ROOT, [target, *target.parents], link)
        if anchor:
            anchors = github_anchors(target.read_text(encoding="utf-8"))
            self.assertIn(unquote(anchor), anchors, f"{path.relative_to(ROOT)}: {link}")

    def test_every_relative_link_leads_to_a_file_and_a_heading(self) -> None:
        for path in [*documents(), ROOT / "web" / "README.md"]:
            for link in links(path):
                if not re.match(r"[a-z]+:", link):
                    self.assert_leads_somewhere(path, link)

    def test_readme_leads_to_every_guide_and_document_in_one_click(self) -> None:
        linked = {(ROOT / link.partition("#")[0]).resolve() for link in links(README)}
        expected = [
            *(path for path in GUIDES if path.name != "README.md"),
            *(ROOT / "docs" / f"{name}.md" for name in DOCUMENTS),
            *(ROOT / f"{name}.md" for name in ("CHANGELOG", "CONTRIBUTING", "SECURITY")),
        ]
        for path in expected:
            self.assertIn(path, linked)

    def test_the_index_of_the_guides_names_each_once(self) -> None:
        listed = [link for link in links(ROOT / "docs" / "guide" / "README.md") if "/" not in link]
        self.assertEqual(sorted(listed), [path.name for path in GUIDES if path.name != "README.md"])

    def test_documents_that_comments_name_exist(self) -> None:
        for folder in SOURCES:
            for path in (ROOT / folder).rglob("*"):
                if path.suffix not in (".cpp", ".h", ".js", ".mjs", ".py", ".cmake", ".css"):
                    continue
                if "node_modules" in path.parts:
                    continue
                text = path.read_text(encoding="utf-8")
                for name in re.findall(r"(?<![\w/.'])docs/[\w/-]+\.md", text):
                    self.assertTrue((ROOT / name).exists(), f"{path.relative_to(ROOT)}: {name}")

    def test_no_document_holds_an_unclosed_block_of_code(self) -> None:
        for path in documents():
            rest = FENCED_CODE.sub("", path.read_text(encoding="utf-8"))
            self.assertNotRegex(rest, r"(?m)^ *```", str(path))


if __name__ == "__main__":
    unittest.main()
