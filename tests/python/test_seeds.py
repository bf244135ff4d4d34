"""The real pages that the project exists for, from ../shared/seeds: inputs alone, no sentence of
theirs stands here.
"""

import html.parser
import json
import os
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SEEDS = Path(os.environ.get("MERIDIAN_SHARED", ROOT.parent / "shared")) / "seeds"
MERIDIAN = ROOT / "build" / "native" / "meridian"

CONFIG = """\
title: A page
author: {name: Somebody}
plugins: [jekyll-redirect-from]
collections: {publications: {output: true, permalink: /:collection/:path/}}
defaults:
  - scope: {path: "", type: pages}
    values: {layout: single}
"""
# Straight quotes stay straight: the text that we compare with has them so.
STRAIGHT = "kramdown: {smart_quotes: 'apos,apos,quot,quot'}\n"


class Lines(html.parser.HTMLParser):
    """What a reader sees of <main>, a line for each block."""

    BLOCKS = {
        "h1",
        "h2",
        "h3",
        "h4",
        "p",
        "li",
        "ul",
        "ol",
        "div",
        "article",
        "section",
        "header",
        "main",
        "table",
        "tr",
        "aside",
    }
    HIDDEN = {"script", "style", "nav", "button", "aside", "footer"}

    def __init__(self, text):
        super().__init__()
        self.lines, self.line, self.depth, self.hidden = [], "", 0, 0
        self.feed(text)
        self.flush()

    def flush(self):
        line = re.sub(r"\s+", " ", self.line).strip()
        if line and not self.hidden:
            self.lines.append(line)
        self.line = ""

    def handle_starttag(self, tag, attributes):
        if tag in self.BLOCKS or tag in self.HIDDEN:
            self.flush()
        self.depth += tag == "main"
        self.hidden += tag in self.HIDDEN

    def handle_endtag(self, tag):
        if tag in self.BLOCKS or tag in self.HIDDEN:
            self.flush()
        self.depth -= tag == "main"
        self.hidden -= tag in self.HIDDEN

    def handle_data(self, data):
        if self.depth and not self.hidden:
            self.line += data


def build(files):
    """The pages of a site of these files, by their paths."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in files.items():
            (Path(folder) / "source" / path).parent.mkdir(parents=True, exist_ok=True)
            (Path(folder) / "source" / path).write_text(text, encoding="utf-8")
        result = subprocess.run(
            [
                str(MERIDIAN),
                "build",
                "--quiet",
                "--source",
                f"{folder}/source",
                "--destination",
                f"{folder}/site",
            ],
            capture_output=True,
            text=True,
            timeout=60,
        )
        site = Path(folder) / "site"
        return {
            str(p.relative_to(site)): p.read_text(encoding="utf-8")
            for p in site.rglob("*.html")
            if not str(p.relative_to(site)).startswith("meridian")
        }, result


def markdown_of(text):
    """The experience page as its author would write it: (Markdown, projects)."""
    text, _, projects = text.partition("\nOther Projects\n")
    lines = text.splitlines()
    body = ["# " + lines[2]]
    for i, line in enumerate(lines[3:], 3):
        ahead = [x for x in lines[i + 1 : i + 4] if x.strip()]
        numbered, bullet = re.match(r"\s+\d+\. (.*)", line), re.match(r"\s+• (.*)", line)
        if numbered:
            body.append(f"1. {numbered[1]}")
        elif bullet:
            body += ([] if body[-1].startswith("- ") else [""]) + [f"- {bullet[1]}"]
        elif line.startswith("Motivation."):
            body.append("**Motivation.**" + line[len("Motivation.") :])
        elif line.strip() == "Contributions.":
            body.append("**Contributions.**")
        elif line.strip() and ahead and ahead[0].startswith("Motivation."):
            body += ["", "### " + line]
        elif re.match(r"\d+ (stops|countries)", line):
            body += [line, ""]
        elif line.strip() and len(line) < 60 and not re.search(r"[.·]", line):
            body += ["", "## " + line]
        else:
            body.append(line)
    body += [
        "",
        "## Other Projects",
        "",
        '{% include project-list.html projects=site.data.projects sep=" - " %}',
    ]

    listed = []
    for block in re.split(r"\n\n(?=[^\n]+\n\n(?:[A-Z][a-z]{2} \d{4}))", projects.strip()):
        title, dates, *rest = [x for x in block.splitlines() if x.strip()]
        points = [m[1] for m in (re.match(r"\s+• (.*)", x) for x in rest) if m]
        said = [x for x in rest if not x.startswith("  ")]
        project = {"title": title, "from": dates.split(" - ")[0], "points": points}
        if " - " in dates:
            project["to"] = dates.split(" - ")[1]
        if said and said[0].startswith("Advisor: "):
            project["advisor"] = said.pop(0)[len("Advisor: ") :]
        if said:
            project["role" if len(said) > 1 or "advisor" not in project else "place"] = said.pop(0)
        if said:
            project["place"] = said.pop(0)
        listed.append(project)
    return "\n".join(body) + "\n", listed


def bare(line):
    return re.sub(r"^\s*(?:\d+\. |• )?", "", line).strip()


@unittest.skipUnless(SEEDS.is_dir(), "the seed pages are not here")
class Seeds(unittest.TestCase):
    maxDiff = None

    def test_the_four_home_pages_serve_as_they_are(self):
        pages = sorted(SEEDS.glob("home-*.md"))
        self.assertEqual(len(pages), 4)
        for source in pages:
            with self.subTest(source.name):
                site, result = build(
                    {
                        "_config.yml": CONFIG,
                        "_pages/about.md": source.read_text(encoding="utf-8"),
                        "_publications/one.md": "---\ntitle: The first paper\n---\nText.\n",
                    }
                    | {"_config.yml": CONFIG + "include: [_pages]\n"}
                )
                self.assertEqual(result.returncode, 0, result.stderr)
                home = site["index.html"]
                front = source.read_text(encoding="utf-8").split("---")[1]
                titled = re.search(r"^title: *\S", front, re.M)
                self.assertEqual("page__title" in home, bool(titled))
                self.assertNotIn("meridian-error", home)
                self.assertNotIn("{%", home)
                for old in ("about/index.html", "about.html"):
                    self.assertIn('http-equiv="refresh"', site[old])
                if "site.publications" in source.read_text(encoding="utf-8"):
                    self.assertIn("The first paper", home)

    def test_the_experience_page_reads_the_same(self):
        text = (SEEDS / "experience.txt").read_text(encoding="utf-8")
        body, projects = markdown_of(text)
        site, result = build(
            {
                "_config.yml": CONFIG + STRAIGHT,
                "_data/projects.yml": json.dumps(projects),
                "index.md": f"---\ntitle: Experience\n---\n{body}",
            }
        )
        self.assertEqual(result.returncode, 0, result.stderr)
        expected = [bare(line) for line in text.splitlines() if line.strip()]
        self.assertEqual(Lines(site["index.html"]).lines, expected)


if __name__ == "__main__":
    unittest.main()
