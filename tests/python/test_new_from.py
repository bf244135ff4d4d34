"""`meridian new --from`: a copy of another site, with new settings in the place of the other's."""

import json
import os
import re
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

CONFIG = """\
# As academicpages writes it.
title                    : "Your Name / Site Title"
name                     : &name "Your Name"
description              : 'It''s a description'
url                      : https://someone.example # the base hostname
baseurl                  : "" # the subpath
repository               :

author:
  name             : *name
  email            : "none@example.org"
  uri              :
analytics:
  google:
    tracking_id          : UA-1
include: [_pages]
"""
PAGE = "---\ntitle: Home\npermalink: /\n---\nHello.\n"
SITE = {
    "_config.yml": CONFIG,
    "_pages/about.md": PAGE,
    "images/a.bin": bytes(range(256)) * 1000,
    ".github/workflows/build.yml": "on: push\n",
}
MADE = {
    ".git/config": "[core]\n",
    "_site/index.html": "old",
    ".jekyll-cache/x": "",
    "vendor/bundle/gem.rb": "",
    "meridian.json": "{}",
}
NASTY = 'She said "no" \\ {{ site.url }} # & <b> \U0001f469 \u2028'


class NewFrom(CommandCase):
    def setUp(self):
        super().setUp()
        self.theirs = self.folder / "theirs"
        write(self.theirs, {**SITE, **MADE, "CNAME": "someone.example\n"})

    def new(self, *options, name="mine"):
        done = meridian("new", name, "--from", "theirs", *options, cwd=self.folder)
        self.mine = self.folder / name
        return done

    def config(self):
        """Of the copy, as templates see it."""
        lines = (f'"{key}": {{{{ site.{key} | jsonify }}}}' for key in ("title", "name", "url"))
        text = "---\nlayout: null\n---\n{" + ", ".join(lines)
        text += ', "baseurl": {{ site.baseurl | jsonify }}, "author": {{ site.author | jsonify }}}'
        write(self.mine, {"all.html": text})
        done = meridian("render", "all.html", "--theme", "site", cwd=self.mine)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)

    def test_the_sources_are_copied_and_nothing_that_was_made_of_them(self):
        before = contents(self.theirs)
        done = self.new()
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        copied = contents(self.mine)
        expected = {
            path: text if isinstance(text, bytes) else text.encode() for path, text in SITE.items()
        }
        self.assertEqual(copied, expected)
        self.assertEqual(contents(self.theirs), before)
        self.assertIn("\n  CNAME: it gives a site the other one's domain\n", done.stderr)
        self.assertIn("\n4 files. ", done.stderr)

    def test_values_are_set_where_the_others_were_and_all_else_stays(self):
        done = self.new("--name", NASTY, "--title", "Mine", "--url", "https://ada.example/lab/")
        self.assertEqual(done.returncode, 0, done.stderr)
        now = (self.mine / "_config.yml").read_text()
        same = set(CONFIG.splitlines()) & set(now.splitlines())
        self.assertEqual(len(CONFIG.splitlines()), len(now.splitlines()))
        self.assertEqual(len(same), len(set(CONFIG.splitlines())) - 4, now)
        self.assertIn('url                      : "https://ada.example" # the base host', now)
        config = self.config()
        self.assertEqual(config["title"], "Mine")
        self.assertEqual((config["url"], config["baseurl"]), ("https://ada.example", "/lab"))
        self.assertEqual((config["name"], config["author"]["name"]), (NASTY, NASTY))
        self.assertNotIn("Not set", done.stderr)

    def test_it_is_told_what_still_is_the_other_ones_with_its_line(self):
        done = self.new("--name", "Ada", "--url", "https://ada.example")
        told = re.findall(r"^  _config\.yml:(\d+): (.*)$", done.stderr, re.M)
        self.assertEqual(
            told,
            [
                ("4", "description: It's a description"),
                ("11", "author.email: none@example.org"),
                ("15", "analytics.google.tracking_id: UA-1"),
            ],
        )
        done = self.new(name="as-it-was")
        self.assertIn("  _config.yml:5: url: https://someone.example\n", done.stderr)
        self.assertIn("  _config.yml:10: author.name: Your Name\n", done.stderr)
        self.assertEqual(self.new("--quiet", name="quiet").stderr.count("_config.yml"), 0)

    def test_of_settings_without_number_a_hundred_are_told(self):
        keys = "".join(f"  k{i}: v{i}\n" for i in range(20_000))
        write(self.theirs, {"_config.yml": f"author:\n{keys}"})
        done = self.new()
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr.count("  _config.yml:"), 100)

    def test_settings_that_are_not_there_are_added(self):
        for number, config in enumerate(("", "lang: en", "title:\nauthor:\n", "url: ~\n")):
            write(self.theirs, {"_config.yml": config})
            options = ["--title", "T", "--name", "Ada", "--url", "https://ada.example"]
            done = self.new(*options, name=f"new{number}")
            now = self.config()
            self.assertEqual((now["title"], now["url"]), ("T", "https://ada.example"), config)
            author = now["author"]
            self.assertIn("Ada", [author, author.get("name") if isinstance(author, dict) else 0])
            self.assertNotIn("Not set", done.stderr)

    def test_a_setting_that_cannot_be_written_safely_is_told_and_left(self):
        for number, (config, unset) in enumerate(
            {
                "title: |\n  Two\n  lines\n": "title",
                'title: "Two\n  lines"\n': "title",
                "title: [a, b]\n": "title",
                "{title: T, url: [u]}\n": "title",
                "title: T\n  bad: [\n": "title",
                "- a\n": "title",
                "title: !!binary aGk=\n": "title",
            }.items()
        ):
            write(self.theirs, {"_config.yml": config})
            done = self.new("--title", "Mine", name=f"unset{number}")
            self.assertEqual(done.returncode, 0, done.stderr)
            now = (self.mine / "_config.yml").read_text()
            if now == config:
                self.assertIn(f"into _config.yml:\n\n  {unset}\n", done.stderr)
            else:
                self.assertEqual(self.config()["title"], "Mine", config)

    def test_what_cannot_be_a_source_stays_behind_and_is_told(self):
        os.symlink("/etc/passwd", self.theirs / "leak")
        os.symlink("images", self.theirs / "pictures")
        os.mkfifo(self.theirs / "pipe")
        write(self.theirs, {"a\x1b[31m.md": "x"})
        done = self.new()
        self.assertEqual(done.returncode, 0, done.stderr)
        copied = contents(self.mine)
        self.assertIn("pictures/a.bin", copied)
        self.assertFalse({"leak", "pipe", "a\x1b[31m.md"} & set(copied))
        for said in ("leak: the link leads out", "pipe: it is a pipe", "control character"):
            self.assertIn(said, done.stderr)
        self.assertNotIn("\x1b", done.stderr)

    def test_wrong_use_is_refused_and_nobodys_file_is_replaced(self):
        write(self.folder, {"full/mine": "x"})
        before = contents(self.folder)
        for options, said in (
            (["new", "a", "--from", "nowhere"], "the folder `nowhere` can't be read"),
            (["new", "a", "--from", "https://a.example/b"], "download the site"),
            (["new", "a", "--from", "full/mine"], "Not a directory"),
            (["new", "full", "--from", "theirs"], "full"),
            (["new", "a", "--from", "theirs", "--notes"], "a site with its kind"),
            (["new", "a", "--from", "theirs", "--url", "x"], "`--url` is an address"),
            (["check", "--from", "theirs"], "`--from` is of `new`"),
        ):
            done = meridian(*options, cwd=self.folder)
            self.assertEqual(done.returncode, 2, options)
            self.assertIn(said, done.stderr)
        self.assertEqual(contents(self.folder), before)

    def test_a_copy_within_the_other_site_has_no_copy_of_itself(self):
        done = meridian("new", "theirs/inner", "--from", "theirs", cwd=self.folder)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(set(contents(self.theirs / "inner")), set(SITE))


if __name__ == "__main__":
    unittest.main()
