"""docs/architecture.md and docs/reference.md name what the code has: their tables against the
tables in the code."""

import json
import re
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

import arrows
import web_arrows

CODE = re.compile(r"`([^`\n]+)`")


def read(path):
    return (ROOT / path).read_text(encoding="utf-8")


def section(text, heading):
    """The text below a heading, up to the next of its rank or a higher one."""
    rank = heading.split(" ")[0]
    begin = text.index(f"\n{heading}\n") + len(heading) + 2
    end = re.compile(rf"^#{{1,{len(rank)}}} ", re.M).search(text, begin)
    return text[begin : end.start() if end else len(text)]


def rows(text):
    """The cells of each row of the tables in a text, without their heads."""
    found = []
    for line in text.splitlines():
        if line.startswith("|"):
            found.append([cell.strip() for cell in line.strip("|").split(" | ")])
    return [
        row
        for at, row in enumerate(found)
        if not row[0].startswith("-") and not (found[at + 1 :] and found[at + 1][0].startswith("-"))
    ]


def names(text):
    """What stands in the first column of the tables in a text as code."""
    return [name for row in rows(text) for name in CODE.findall(row[0])]


class Architecture(unittest.TestCase):
    text = read("docs/architecture.md")

    def test_every_path_in_the_table_of_changes_exists(self):
        for row in rows(section(self.text, "## Where do I change …")):
            folder = None
            for name in CODE.findall(" ".join(row[1:])):
                if "/" in name and " " not in name:
                    folder = (ROOT / name).parent
                    self.assertTrue((ROOT / name).exists(), f"{name}: {row[0]}")
                elif folder and re.search(r"\.(cpp|h|js|mjs|py)$", name):
                    self.assertTrue((folder / name).exists(), f"{name}: {row[0]}")

    def test_every_room_has_its_section_or_row(self):
        headings = re.findall(r"^### (.*)$", section(self.text, "## C++ rooms"), re.M)
        told = {name for heading in headings for name in heading.split(" and ")}
        self.assertEqual(told, set(arrows.ARROWS) - arrows.OUTSIDE)
        rooms = [name.strip("/") for name in names(section(self.text, "## web/"))]
        self.assertEqual(rooms, list(web_arrows.ARROWS))

    def test_what_a_room_of_web_may_know_is_what_its_arrows_name(self):
        for row in rows(section(self.text, "## web/")):
            room = row[0].strip("`/")
            self.assertEqual(
                [] if row[2] == "–" else row[2].split(", "), web_arrows.ARROWS[room], room
            )

    def test_the_delivered_files_are_those_that_have_a_budget(self):
        listed = names(section(self.text, "## What is delivered"))
        budgets = json.loads(read("cmake/budgets.json"))["files"]
        self.assertEqual(sorted(listed), sorted(budgets))


if __name__ == "__main__":
    unittest.main()
