"""The figures and headers that the guides name, against the code that sets them and the files that
the build delivers.
"""

import json
import re
import sys
import unittest
from pathlib import Path
from typing import Dict, List

sys.path.insert(0, str(Path(__file__).resolve().parent))
from documents import ROOT, code_spans, prose, tables

GUIDE = ROOT / "docs" / "guide"
DIST = ROOT / "build" / "dist"
# A figure in a guide may differ by so much from the file's size: it is rounded, and files grow.
TOLERANCE = 0.1


def source(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def rows(name: str, head: str) -> Dict[str, List[str]]:
    """The table of a guide whose first column has that head: its rows by their first cell."""
    for table in tables(GUIDE / name):
        if list(table[0])[0] == head:
            return {list(row.values())[0]: list(row.values())[1:] for row in table}
    raise AssertionError(f"{name}: no table {head}")


class Limits(unittest.TestCase):
    def assert_sets(self, path: str, *definitions: str) -> None:
        text = source(path)
        for definition in definitions:
            self.assertIn(definition, text, path)

    def test_of_a_site(self) -> None:
        self.assertEqual(
            {name: limit for name, [limit] in rows("publish.md", "What").items()},
            {
                "one source file": "16 MB",
                "one page": "64 MB",
                "Markdown markers in one file": "2.5 million",
                "nested includes": "100",
                "nested blocks, in all": "about 400",
                "nested lists and quotes": "400",
            },
        )
        self.assert_sets(
            "core/include/meridian/base.h",
            "Limit source{std::size_t(16) << 20,",
            "Limit output{std::size_t(64) << 20,",
            "Limit marks{2'500'000,",
            "kMaxStack = std::size_t(256) << 10;",
        )
        self.assert_sets("core/include/meridian/liquid.h", "kStackOfBlock = 640;")
        self.assert_sets("core/include/meridian/liquid.h", "kMaxScopes = 100;")
        self.assert_sets("core/markdown/kramdown/parser.h", "kMaxNestedBlocks = 400;")

    def test_of_a_build(self) -> None:
        self.assertIn("at most 16 MB of a page and 4 GB of any other", prose(GUIDE / "publish.md"))
        self.assert_sets("cli/destination.cpp", "kMostCopied = std::uintmax_t(4) << 30;")

    def test_of_the_playground(self) -> None:
        self.assertEqual(
            list(rows("playground.md", "").items()),
            [
                ("files", ["5,000", "2,000"]),
                ("size of all files", ["64 MB", "8 MB of text"]),
                ("one file", ["16 MB", "1 MB"]),
                ("one page", ["64 MB", "8 MB"]),
                ("steps of its templates", ["100 million", "2 million"]),
                ("time for a page", ["30 seconds", "2 seconds"]),
            ],
        )
        self.assert_sets(
            "web/playground/project/limits.js",
            "MOST_FILES = 2000",
            "OWN_PROJECT = { most: 5000, largest: 64 << 20 }",
            "LARGEST = 8 << 20",
        )
        self.assert_sets("web/playground/render/watchdog.js", "[ELSEWHERE, OWN] = [2000, 30_000]")
        self.assert_sets("web/playground/project/store.js", "MOST_KEPT = 200;")
        self.assert_sets("web/playground/project/share_link.js", "LARGEST_SHARED = 1 << 20;")
        self.assert_sets("core/include/meridian/base.h", "Limit steps{100'000'000,")
        text = re.sub(r"\s+", " ", source("core/live/untrusted_limits.cpp"))
        for definition in (
            "limits.source = { std::size_t(1) << 20,",
            "limits.files = { std::size_t(8) << 20,",
            "limits.output = {std::size_t(8) << 20,",
            "limits.steps = {2'000'000,",
        ):
            self.assertIn(definition, text)

    def test_of_the_profile_card(self) -> None:
        text = " ".join(prose(GUIDE / "profile-card.md").split())
        self.assertIn("at most 100 files and 2 MB", text)
        self.assertIn("the latest 40", text)
        self.assertIn("at most twelve names", text)
        self.assertIn("without it there are three", text)
        self.assert_sets("web/profile/render_sources.js", "FILES = 100;", "BYTES = 2 << 20;")
        self.assert_sets("web/profile/lists.js", "LATEST = 40;")
        self.assert_sets("web/profile/show_attribute.js", "FEW = 3;", "MOST = 12;")


class ThirdParty(unittest.TestCase):
    def licences(self) -> Dict[str, str]:
        """The licence of each package that docs/third-party.md names."""
        return {
            name: row["Licence"]
            for table in tables(ROOT / "docs" / "third-party.md")
            for row in table
            for name in code_spans(row["Package"])
        }

    def test_every_package_is_named_with_its_licence(self) -> None:
        named = self.licences()
        sources = json.loads(source("cmake/deps.json"))
        packages, locked = set(), {}
        for folder in ("", "tests/server/"):
            packages |= set(json.loads(source(f"{folder}package.json"))["devDependencies"])
            locked.update(json.loads(source(f"{folder}package-lock.json"))["packages"])
        expected = {name for name in sources if name != "//"} | packages
        families = {name for name in expected if name.startswith("@codemirror/")}
        self.assertEqual(set(named), expected - families | {"@codemirror/*"})
        actual = {name: locked[f"node_modules/{name}"].get("license", "") for name in packages}
        actual.update({name: sources[name]["licence"] for name in sources if name != "//"})
        for name in expected - families:
            for licence in re.findall(r"[A-Z][\w.+-]*\d[\w.]*|MIT|ISC", actual[name]):
                self.assertIn(licence, named[name], name)


@unittest.skipUnless(DIST.exists(), "build/dist is not built")
class Delivered(unittest.TestCase):
    def assert_weigh(self, kilobytes: float, *names: str) -> None:
        """The files' sizes with Brotli are those kilobytes in all."""
        size = sum((DIST / "meridian" / f"{name}.br").stat().st_size for name in names) / 1000
        self.assertLess(abs(size - kilobytes), 0.5 + TOLERANCE * kilobytes, f"{names}: {size} KB")

    def test_the_globe_weighs_what_its_guide_says(self) -> None:
        costs = [cost for [cost] in rows("globe.md", "Part").values()]
        self.assertEqual(len(costs), 6)
        files = [
            ["globe.js", "globe.wasm", "land-110m.bin"],
            ["countries.bin"],
            ["globe-interaction.js"],
            ["land-50m.bin", "countries-50m.bin"],
            ["travel.wasm"],
        ]
        for cost, names in zip(costs, files):
            self.assert_weigh(float(re.findall(r"^\d+", cost)[0]), *names)

    def test_the_card_and_the_theme_weigh_what_is_said(self) -> None:
        self.assertIn("its script (6 KB with Brotli)", prose(GUIDE / "profile-card.md"))
        self.assert_weigh(6, "profile.js")
        self.assertIn("every first visit: 6 KB with Brotli", prose(ROOT / "docs" / "theme.md"))
        self.assert_weigh(6, "theme.txt")
        self.assertIn(
            "`commonmark.wasm` (35 KB with Brotli)", prose(ROOT / "docs" / "commonmark.md")
        )
        self.assert_weigh(35, "commonmark.wasm")

    def test_the_security_headers_are_those_that_are_delivered(self) -> None:
        delivered = (DIST / "_headers").read_text(encoding="utf-8")
        [rule] = re.findall(r"^/\*\n((?:  .*\n)+)", delivered, re.M)
        shortened = re.sub(r"sha256-[^']+", "sha256-…", rule)
        guide = prose(GUIDE / "publish.md")
        for header in shortened.strip().splitlines():
            self.assertIn(f"\n    {header.strip()}\n", guide)
        for path in re.findall(
            r"^(/(?:playground|card)/\*|/meridian/embed\.html)$", delivered, re.M
        ):
            self.assertIn(f"`{path}`", guide)


if __name__ == "__main__":
    unittest.main()
