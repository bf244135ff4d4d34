"""Settings in _config.yaml, in _config.toml, and in several files that --config names."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, contents, meridian, write

PAGE = {
    "index.md": "---\nlayout: default\n---\n{{ site.title }} {{ site.m.a }}{{ site.m.b }}\n",
    "_layouts/default.html": "<b>{{ content | strip_html | strip }}</b>",
}


class ConfigFiles(CommandCase):
    def site(self, files, name="site"):
        write(self.folder / name, {**PAGE, **files})
        return self.folder / name

    def built(self, source, *more):
        out = self.folder / "out"
        done = meridian("build", source, "--destination", out, "--quiet", "--force", *more)
        self.assertEqual(done.returncode, 0, done.stderr)
        return (out / "index.html").read_text()

    def test_each_name_is_read_and_the_first_counts(self):
        files = {
            "_config.toml": 'title = "toml"\nm = {a = 1}\n',
            "_config.yaml": "title: yaml\n",
            "_config.yml": "title: yml\n",
        }
        site = {}
        for name, shown in zip(files, ("toml 1", "yaml", "yml")):
            site[name] = files[name]
            self.assertEqual(self.built(self.site(site)), f"<b>{shown}</b>")

    def test_named_files_are_merged_in_their_order(self):
        site = self.site(
            {"_config.yml": "title: A\nm: {a: 1, b: 2}\n", "_config.dev.yml": "m: {b: 3}\n"}
        )
        outside = self.folder / "mine.toml"
        outside.write_text('title = "O"\n')
        both = f"{site}/_config.yml,{site}/_config.dev.yml"
        self.assertEqual(self.built(site), "<b>A 12</b>")
        self.assertEqual(self.built(site, "--config", both), "<b>A 13</b>")
        self.assertEqual(self.built(site, "--config", f"{both}, {outside}"), "<b>O 13</b>")
        self.assertEqual(self.built(site, "--config", f"{site}/_config.dev.yml"), "<b>3</b>")

    def test_nothing_of_a_named_file_outside_is_written(self):
        site = self.site({"_config.yml": "title: A\n"})
        (self.folder / "mine.yml").write_text("title: O\n")
        self.built(site, "--config", str(self.folder / "mine.yml"))
        self.assertEqual(
            [path for path in contents(self.folder / "out") if path != ".meridian"], ["index.html"]
        )

    def test_a_named_file_that_is_missing_ends_the_command(self):
        site = self.site({"_config.yml": "title: A\n"})
        done = meridian("build", site, "--config", self.folder / "none.yml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("none.yml", done.stderr)

    def test_errors_and_findings_name_the_file(self):
        site = self.site({"_config.yaml": "title: A\nexclude: b\nplugin: [a]\n"})
        found = json.loads(meridian("check", site, "--json").stdout)
        places = {(one["file"], one["line"]) for one in found if one["rule"] == "settings"}
        self.assertEqual(places, {("_config.yaml", 2)})
        site = self.site({"_config.toml": "title = \n"}, "toml")
        done = meridian("check", site)
        self.assertIn("_config.toml:1:", done.stderr)
        self.assertEqual(done.returncode, 1)

    def test_correct_toml_has_no_findings(self):
        site = self.site({"_config.toml": '\ttitle = "A"\n[m]\n  a = 1\n  b = 2\n'})
        self.assertEqual(json.loads(meridian("check", site, "--json").stdout), [])

    def test_raw_sites_name_the_files_and_refuse_those_outside(self):
        site = self.site({"_config.yml": "title: A\n", "_config.dev.yml": "title: D\n"})
        done = meridian("index", site, "--config", f"{site}/_config.yml,{site}/_config.dev.yml")
        self.assertEqual(done.returncode, 0, done.stderr)
        manifest = json.loads((site / "meridian.json").read_text())
        self.assertEqual(manifest["config"], "_config.yml,_config.dev.yml")
        self.assertIn("_config.dev.yml", [file["path"] for file in manifest["files"]])
        (self.folder / "mine.yml").write_text("title: O\n")
        done = meridian("index", site, "--config", self.folder / "mine.yml")
        self.assertEqual(done.returncode, 2)
        self.assertIn("outside the source", done.stderr)

    def test_doctor_names_settings_that_only_an_option_reads(self):
        site = self.site({"_config.yaml": "title: A\n", "_config.dev.yml": "title: D\n"})
        told = meridian("doctor", site).stdout
        self.assertIn("_config.dev.yml", told)
        self.assertIn("--config _config.yaml,_config.dev.yml", told)

    def test_a_copied_site_keeps_the_name_of_its_settings(self):
        site = self.site({"_config.yaml": "title: A\nemail: ada@example.org\n"})
        done = meridian("new", self.folder / "copy", "--from", site, "--title", "B")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("title: B", (self.folder / "copy/_config.yaml").read_text().replace('"', ""))
        self.assertIn("_config.yaml:2: email", done.stderr)
        toml = self.site({"_config.toml": 'title = "A"\n'}, "toml")
        done = meridian("new", self.folder / "other", "--from", toml, "--title", "B")
        self.assertEqual((self.folder / "other/_config.toml").read_text(), 'title = "A"\n')
        self.assertIn("title", done.stderr.split("Not set")[1])


if __name__ == "__main__":
    unittest.main()
