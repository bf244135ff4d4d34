"""Plugins that a Gemfile adds to those in `plugins`, as Jekyll loads them by Bundler."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, contents, meridian, write

SITE = {
    "_config.yml": "title: T\nurl: https://ada.example\n",
    "index.md": "---\n---\n[B](b.md)\n",
    "b.md": "# A heading\n",
    "sub/README.md": "# In a folder\n",
}
DEFAULTS = [
    "jekyll-default-layout", "jekyll-gist", "jekyll-github-metadata", "jekyll-optional-front-matter",
    "jekyll-paginate", "jekyll-readme-index", "jekyll-titles-from-headings", "jekyll-relative-links",
]  # fmt: skip


class Gemfile(CommandCase):
    def written(self, gemfile, files=None):
        site = self.folder / "site"
        write(site, {**SITE, **(files or {}), "Gemfile": gemfile})
        done = meridian(
            "build",
            site,
            "--destination",
            self.folder / "out",
            "--quiet",
            "--force",
            "--theme",
            "site",
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        paths = set(contents(self.folder / "out")) - {".meridian"}
        return {path: (self.folder / "out" / path).read_text() for path in paths}

    def test_plugins_of_the_group_are_loaded(self):
        written = self.written(
            'gem "jekyll-tests"\ngroup :jekyll_plugins do\n  gem "jekyll-feed"\n  gem "jekyll-unknown"\nend\n'
            'gem "jekyll-sitemap",\n  "~> 1",\n  group: :jekyll_plugins\n'
            'gem "jekyll-redirect-from"\n',
            {"c.md": "---\nredirect_from: /old/\n---\n"},
        )
        self.assertIn("feed.xml", written)
        self.assertIn("sitemap.xml", written)
        self.assertNotIn("old/index.html", written)

    def test_github_pages_switches_its_plugins_on(self):
        for gem in (
            'gem "github-pages"',
            "gem 'github-pages', group: :jekyll_plugins",
            'gem "github-pages", "~> 232"',
        ):
            with self.subTest(gem):
                written = self.written(gem + "\n")
                self.assertIn('href="/b.html"', written["index.html"])
                self.assertIn("b.html", written)
                self.assertIn("sub/index.html", written)
                # They have to be listed there as well.
                self.assertNotIn("feed.xml", written)

    def test_without_them_nothing_is_switched_on(self):
        for gemfile in ("", '# gem "github-pages"\n', 'gem "jekyll"\n'):
            with self.subTest(gemfile):
                written = self.written(gemfile)
                self.assertIn('href="b.md"', written["index.html"])
                self.assertNotIn("sub/index.html", written)

    def test_the_manifest_names_them(self):
        site = self.folder / "site"
        write(site, {**SITE, "Gemfile": 'gem "github-pages"\n'})
        self.assertEqual(meridian("index", site).returncode, 0)
        self.assertEqual(
            json.loads((site / "meridian.json").read_text())["gems"].split(","), DEFAULTS
        )

    def test_a_plugin_of_the_site_that_loads_activesupport_makes_nil_blank(self):
        for ruby, shown in (
            ("require 'active_support/all'\n", "yes"),
            ('module A\n  require "active_support"\nend\n', "yes"),
            ("# require 'active_support'\nrequire 'nokogiri'\n", "no"),
        ):
            with self.subTest(ruby):
                page = "---\n---\n{% if page.none == blank %}yes{% else %}no{% endif %}\n"
                written = self.written("", {"_plugins/in/a.rb": ruby, "c.html": page})
                self.assertEqual(written["c.html"], shown + "\n")
        site = self.folder / "site"
        write(site, {"_plugins/in/a.rb": "require 'active_support'\n"})
        self.assertEqual(meridian("index", site).returncode, 0)
        self.assertIn('"gems":"activesupport"', (site / "meridian.json").read_text())

    def test_check_finds_no_dead_links_that_the_plugins_lead(self):
        site = self.folder / "site"
        write(site, {**SITE, "Gemfile": 'gem "github-pages"\n'})
        found = json.loads(meridian("check", site, "--json").stdout)
        self.assertEqual([one for one in found if one["rule"] == "broken-link"], [])


if __name__ == "__main__":
    unittest.main()
