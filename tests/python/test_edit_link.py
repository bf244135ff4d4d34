"""The link "Edit this page" of the theme: where it leads, and where there is none."""

import html
import re
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MERIDIAN = ROOT / "build" / "native" / "meridian"

FILES = {
    "index.md": "---\nlayout: single\ntitle: Home\n---\n\n# Home\n",
    "docs/a b&c.md": "---\nlayout: single\ntitle: A\n---\n\nA.\n",
    "bare.md": "---\nlayout: single\ntitle: Bare\nedit: false\n---\n\nBare.\n",
    "_posts/2026-01-02-news.md": "---\nlayout: single\ntags: [one]\n---\n\nNews.\n",
}
LINK = re.compile(r'<a target="_top" href="([^"]*)"[^>]*>([^<]*)</a>')


def build(config: str) -> dict:
    """The links to the playground of each page, and whether its script is loaded."""
    with tempfile.TemporaryDirectory() as name:
        site = Path(name) / "site"
        for path, text in {**FILES, "_config.yml": config}.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        out = Path(name) / "out"
        words = [MERIDIAN, "build", "--quiet", "--source", site, "--destination", out]
        subprocess.run(words, check=True, capture_output=True)
        pages = {}
        for page in out.rglob("*.html"):
            text = page.read_text(encoding="utf-8")
            links = [(html.unescape(href), words) for href, words in LINK.findall(text)]
            pages[str(page.relative_to(out))] = (links, "/meridian/edit.js" in text)
        return pages


def first(config: str):
    """The link of the first page, or None."""
    links, _ = build(config)["index.html"]
    return links[0] if links else None


class EditLinkTest(unittest.TestCase):
    def test_every_page_with_a_source_has_one(self):
        pages = build(
            "title: A\nbaseurl: /b\nrepository: owner/name\nplugins: [jekyll-archives]\n"
            "jekyll-archives: {enabled: [tags], layouts: {tag: archive}}\n"
            "meridian: {edit: true}\n"
        )
        start = "/b/playground/?repo=owner/name&open="
        self.assertEqual(pages["index.html"], ([(start + "index.md", "Edit this page")], True))
        self.assertEqual(pages["docs/a b&c.html"][0][0][0], start + "docs%2Fa+b%26c.md")
        self.assertEqual(
            pages["2026/01/02/news.html"][0][0][0], start + "_posts%2F2026-01-02-news.md"
        )
        for page in ("bare.html", "tag/one/index.html"):
            self.assertEqual(pages[page], ([], False), page)

    def test_without_settings_there_is_none(self):
        for config in (
            "title: A\n",
            "repository: owner/name\n",
            "repository: owner/name\nmeridian: {edit: false, playground: /playground/}\n",
            "meridian: {edit: true}\n",
        ):
            for page, found in build(config).items():
                self.assertEqual(found, ([], False), f"{page}: {config}")

    def test_the_repository_and_the_playground(self):
        at = "/?repo={}&open=index.md"
        for config, href in {
            "repository: o/n\nmeridian: {playground: /playground/}": "/playground"
            + at.format("o/n"),
            "repository: o/n\nmeridian: {edit: a/b@main}": "/playground" + at.format("a/b@main"),
            "meridian: {edit: 'https://codeberg.org/o/n', playground: 'https://p.example/'}": (
                "https://p.example" + at.format("https://codeberg.org/o/n")
            ),
            "meridian: {playground: /playground/}\nurl: https://s.example": (
                "/playground/?site=https%3A%2F%2Fs.example%2F&open=index.md"
            ),
        }.items():
            link = first(config + "\n")
            self.assertIsNotNone(link, config)
            self.assertEqual(link[0], href)

    def test_hostile_values_give_none(self):
        for value in (
            "javascript:alert(1)//x",
            "http://github.com/o/n",
            "o",
            "o/n&open=x",
            "o/n#x",
            "o/n x",
            '\\"><script>alert(1)</script>/x',
            "../x",
            "o//n",
            "https://u:p@host/o/n",
        ):
            for config in (
                f'meridian: {{edit: "{value}"}}\n',
                f'repository: "{value}"\nmeridian: {{edit: true}}\n',
            ):
                self.assertEqual(build(config)["index.html"], ([], False), config)
        config = "repository: o/n\nmeridian: {edit: true, playground: 'javascript:alert(1)//'}\n"
        self.assertEqual(build(config)["index.html"], ([], False))

    def test_the_words_are_those_of_the_language(self):
        for language, words in {"de": "Diese Seite bearbeiten", "ar": "عدّل هذه الصفحة"}.items():
            link = first(f"lang: {language}\nrepository: o/n\nmeridian: {{edit: true}}\n")
            self.assertEqual(link[1], words)


if __name__ == "__main__":
    unittest.main()
