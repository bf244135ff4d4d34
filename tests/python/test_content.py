"""The demo and the sites under tests/sites have what other tests rely on, and their links are
valid."""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.dom.minidom
from pathlib import Path
from urllib.parse import unquote

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "python")]

import content_links
import real_jekyll
from documents import FENCED_CODE, github_anchors

CONTENT = ROOT / "content"
THEME = ROOT / "core" / "theme"
SITES = ROOT / "tests" / "sites"


def records(path):
    """The records of a YAML list of flat mappings, as dictionaries of strings."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        field = re.fullmatch(r"(- |  )(\w+): (.*)", line)
        if field and field[1] == "- ":
            found.append({})
        if field:
            found[-1][field[2]] = field[3]
    return found


class Demo(unittest.TestCase):
    def test_travel_has_sixty_four_stops_in_at_least_eighteen_countries(self):
        stops = records(CONTENT / "_data" / "travel.yml")
        self.assertEqual(len(stops), 64)
        self.assertGreaterEqual(len({stop["country"] for stop in stops}), 18)
        self.assertEqual(len({(stop["city"], stop["country"]) for stop in stops}), 64)

    def test_stops_are_in_order_and_no_stay_ends_before_it_begins(self):
        begin_before = ""
        for stop in records(CONTENT / "_data" / "travel.yml"):
            begin = stop.get("date") or stop["from"]
            for moment in (begin, stop.get("to", begin)):
                self.assertRegex(moment, r"^1[78]\d\d-(0[1-9]|1[0-2])(-[0-3]\d)?$", stop["city"])
            self.assertLessEqual(begin_before[:7], begin[:7], stop["city"])
            self.assertLessEqual(begin[:7], stop.get("to", begin)[:7], stop["city"])
            begin_before = begin

    def test_pictures_are_well_formed(self):
        pictures = [*CONTENT.rglob("*.svg"), *(SITES / "folder").rglob("*.svg")]
        self.assertGreater(len(pictures), 10)
        for picture in pictures:
            with self.subTest(picture.name):
                xml.dom.minidom.parse(str(picture))

    @unittest.skipUnless(
        real_jekyll.has("jekyll-feed", "jekyll-redirect-from", "jekyll-sitemap"),
        real_jekyll.MISSING,
    )
    def test_jekyll_builds_it_without_a_warning_and_every_link_leads_somewhere(self):
        with tempfile.TemporaryDirectory() as folder:
            source, output = Path(folder, "source"), Path(folder, "output")
            shutil.copytree(CONTENT, source)
            for part in ("_layouts", "_includes"):
                shutil.copytree(THEME / part, source / part)
            command = [
                "jekyll",
                "build",
                "--disable-disk-cache",
                "-s",
                str(source),
                "-d",
                str(output),
            ]
            build = subprocess.run(
                command, capture_output=True, text=True, env=dict(os.environ, TZ="UTC")
            )
            self.assertEqual(build.returncode, 0, build.stdout + build.stderr)
            self.assertNotRegex(
                build.stdout + build.stderr, r"(?i)warning|error|conflict|exception"
            )
            *broken, followed = content_links.check(output.resolve(), "")
            # The theme's own style sheet and icons are added by Meridian's build.
            self.assertEqual(
                [entry for entry in broken if not entry[1].startswith("/meridian/")], []
            )
            self.assertGreater(followed, 500)


class PlainFolder(unittest.TestCase):
    FOLDER = SITES / "folder"

    def test_no_document_has_front_matter(self):
        documents = list(self.FOLDER.rglob("*.md"))
        self.assertGreaterEqual(len(documents), 30)
        for document in documents:
            self.assertFalse(document.read_text(encoding="utf-8").startswith("---"), document)
        self.assertFalse((self.FOLDER / "_config.yml").exists())

    def test_every_link_and_anchor_leads_somewhere(self):
        followed = 0
        for document in self.FOLDER.rglob("*.md"):
            text = FENCED_CODE.sub("", document.read_text(encoding="utf-8"))
            links = re.findall(
                r"\]\((?:<([^>]+)>|([^)\s]+))(?:\s+\"[^\"]*\")?\)|src=\"([^\"]+)\"", text
            )
            for link in map("".join, links):
                if re.match(r"\w+:", link):
                    continue
                followed += 1
                path, _, anchor = link.partition("#")
                target = document if not path else (document.parent / unquote(path)).resolve()
                if target.is_dir():
                    pages = [
                        target / name
                        for name in ("README.md", "index.md")
                        if (target / name).exists()
                    ]
                    self.assertTrue(pages, f"{document}: {link}")
                    target = pages[0]
                self.assertTrue(target.exists(), f"{document}: {link}")
                if anchor and target.suffix == ".md":
                    anchors = github_anchors(target.read_text(encoding="utf-8"))
                    self.assertIn(unquote(anchor), anchors, f"{document}: {link}")
        self.assertGreater(followed, 100)


class BrokenSite(unittest.TestCase):
    """Deliberate mistakes that an editor might correct accidentally."""

    def test_the_mistakes_are_still_there(self):
        site = SITES / "broken"
        self.assertEqual((site / "empty.md").read_bytes(), b"")
        self.assertRaises(UnicodeDecodeError, (site / "latin-1.md").read_text, encoding="utf-8")
        self.assertIn("permalink: /twins/", (site / "twin-a.md").read_text())
        self.assertIn("permalink: /twins/", (site / "twin-b.md").read_text())
        self.assertIn("include mirror.html", (site / "_includes" / "mirror.html").read_text())
        self.assertEqual(
            (SITES / "broken-config" / "_config.yml").read_text().splitlines()[0].count('"'), 1
        )
        self.assertFalse(
            [*(SITES / "no-home").glob("index.*"), *(SITES / "no-home").glob("README*")]
        )


if __name__ == "__main__":
    unittest.main()
