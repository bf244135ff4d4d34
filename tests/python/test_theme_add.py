"""`meridian theme`: themes of Jekyll's that are copied beside the sources."""

import json
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

THEME = {
    "_layouts/default.html": "<main>{{ content }}</main>",
    "_includes/head.html": "<title>{{ page.title }}</title>",
    "_sass/_part.scss": "a { b: c }\n",
    "assets/main.scss": "---\n---\n@import 'part';\n",
    "LICENSE.txt": "MIT\n",
}
REST = {"README.md": "# Theme\n", "plain.gemspec": "spec\n", "lib/plain.rb": "puts 1\n"}
PLACE = "meridian/themes/plain"


class Themes(CommandCase):
    def setUp(self):
        super().setUp()
        write(self.source, {"_config.yml": "theme: plain\n"})
        self.gems = self.source.parent / "gems-home"
        self.install("1.0")

    def install(self, version, files=THEME):
        write(self.gems / "gems" / f"plain-{version}", {**files, **REST})

    def theme(self, *arguments, **more):
        env = {"GEM_HOME": self.gems, "GEM_PATH": "", "HOME": self.source.parent}
        return meridian("theme", *arguments, "--source", self.source, env=env, **more)

    def files(self):
        return {
            path: text.decode()
            for path, text in contents(self.source / PLACE).items()
            if path != ".meridian"
        }

    def test_the_configured_theme_is_taken_from_its_gem(self):
        done = self.theme("add")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("meridian/themes/plain: 5 files, ", done.stderr)
        self.assertEqual(self.files(), THEME)
        # Nothing but the sources is needed from now on.
        page = meridian("render", "about.md", "--source", self.source)
        self.assertEqual((page.returncode, page.stderr), (0, ""))

    def test_a_name_a_version_and_a_folder_can_be_given(self):
        self.install("1.10", {**THEME, "_layouts/default.html": "1.10"})
        write(self.source, {"_config.yml": "title: T\n"})
        done = self.theme("add", "plain")
        self.assertIn("write `theme: plain` into _config.yml", done.stderr)
        self.assertEqual(self.files()["_layouts/default.html"], "1.10")
        self.theme("add", "plain@1.0")
        self.assertEqual(self.files(), THEME)
        write(self.source.parent / "other" / "plain", {**THEME, "_layouts/default.html": "own"})
        done = self.theme("add", "./plain", cwd=self.source.parent / "other")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.files()["_layouts/default.html"], "own")

    def test_a_folder_has_the_name_in_its_gemspec(self):
        downloads = self.source.parent / "downloads"
        spec = (
            'Gem::Specification.new do |spec|\n  spec.name = "plain"\n  spec.version = "1"\nend\n'
        )
        write(downloads / "plain-master", {**THEME, "any.gemspec": spec})
        done = self.theme("add", "./plain-master", cwd=downloads)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.files(), THEME)
        self.assertNotIn("write `theme:", done.stderr)
        # Without a name in it, that of the file; a repository's, where the settings name that.
        write(downloads / "two", {**THEME, "plain_two.gemspec": "spec\n"})
        self.assertIn(
            "meridian/themes/plain_two: ", self.theme("add", "./two", cwd=downloads).stderr
        )
        write(self.source, {"_config.yml": "remote_theme: ada/plain-master\n"})
        done = self.theme("add", "./plain-master", cwd=downloads)
        self.assertIn("meridian/themes/plain-master: ", done.stderr)

    def test_raw_sites_have_a_themes_files_at_their_addresses(self):
        self.install("1.0", {**THEME, "assets/js/a.js": "1", "assets/js/b.js": "2"})
        write(self.source, {"assets/js/b.js": "own"})
        self.theme("add")
        done = meridian(
            "build", "--raw", self.source, "--destination", self.out, "--shell", self.shell
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        written = contents(self.out)
        self.assertEqual(written["assets/js/a.js"], b"1")
        self.assertEqual(written["assets/js/b.js"], b"own")
        self.assertNotIn(f"{PLACE}/assets/js/a.js", written)
        self.assertIn(f"{PLACE}/assets/main.scss", written)
        files = json.loads(written["meridian.json"])["files"]
        places = {file["path"]: file.get("at") for file in files}
        self.assertEqual(places[f"{PLACE}/assets/js/a.js"], "assets/js/a.js")
        self.assertIsNone(places["assets/js/b.js"])

    def test_another_version_takes_the_place_but_not_of_changed_files(self):
        self.theme("add")
        shorter = {"_layouts/default.html": "2", "_includes/head.html": "2"}
        self.install("2.0", shorter)
        changed = self.source / PLACE / "_includes/head.html"
        changed.write_text("mine")
        done = self.theme("add")
        self.assertEqual(done.returncode, 2)
        self.assertIn("was changed after it had been written", done.stderr)
        self.assertEqual(self.files(), {**THEME, "_includes/head.html": "mine"})
        self.assertEqual(self.theme("add", "--force").returncode, 0)
        self.assertEqual(self.files(), shorter)

    def test_files_of_others_are_neither_replaced_nor_removed(self):
        write(self.source / PLACE, {"_layouts/default.html": "mine"})
        done = self.theme("add")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(self.files(), {"_layouts/default.html": "mine"})
        done = self.theme("remove", "plain")
        self.assertEqual(done.returncode, 2)
        self.assertIn("was not put there by `meridian theme add`", done.stderr)
        self.assertEqual(self.files(), {"_layouts/default.html": "mine"})

    def test_a_theme_is_removed_but_for_changed_files(self):
        before = contents(self.source)
        self.theme("add")
        self.assertEqual(self.theme("remove", "plain").returncode, 0)
        self.assertEqual(contents(self.source), before)
        self.assertFalse((self.source / "meridian/themes").exists())
        self.theme("add")
        write(self.source / PLACE, {"_includes/head.html": "mine", "_includes/new.html": "new"})
        done = self.theme("remove", "plain")
        self.assertEqual(done.returncode, 1)
        self.assertIn("stays", done.stderr)
        self.assertEqual(self.files(), {"_includes/head.html": "mine", "_includes/new.html": "new"})

    def test_minima_comes_with_the_shell(self):
        write(self.source, {"_config.yml": "theme: minima\n"})
        done = self.theme("add")
        self.assertEqual(done.returncode, 0, done.stderr)
        added = contents(self.source / "meridian/themes/minima")
        self.assertTrue("_layouts/default.html" in added)
        # Another version is another theme.
        self.assertNotEqual(self.theme("add", "minima@1.0").returncode, 0)

    def test_themes_are_listed(self):
        self.assertIn("no theme is next to the sources", self.theme("list").stderr)
        self.theme("add")
        write(self.source / "meridian/themes/another", {"_layouts/a.html": "a"})
        done = self.theme("list")
        rows = [line.split("\t") for line in done.stdout.splitlines()]
        self.assertEqual([row[0] for row in rows], ["another", "plain"])
        self.assertEqual([row[3:] for row in rows], [[], ["used"]])
        self.assertEqual(done.stderr, "")

    def test_what_can_not_be_done_is_said_with_its_remedy(self):
        for arguments, message in (
            (("add", "nowhere"), "gem install nowhere"),
            (("add", "plain@9"), "gem install plain --version 9"),
            (("add", "./nowhere"), "is not a readable folder"),
            (("add", str(self.source)), "has no _layouts"),
            (("add", "../.."), "is no"),
            (("remove", "../x"), "there is no"),
            (("remove",), "needs a name"),
            (("list", "plain"), "takes no name"),
            (("frob",), "is `theme add`"),
            ((), "is `theme add`"),
        ):
            with self.subTest(arguments=arguments):
                done = self.theme(*arguments)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(message, done.stderr)
        self.assertFalse((self.source / "meridian").exists())
        write(self.source, {"_config.yml": "title: T\n"})
        self.assertIn("names no theme", self.theme("add").stderr)

    def test_nothing_is_written_or_removed_behind_a_link(self):
        outside = self.source.parent / "outside"
        write(outside / "plain", {"_layouts/default.html": "theirs", ".meridian": "meridian 1\n"})
        (self.source / "meridian").mkdir()
        (self.source / "meridian/themes").symlink_to(outside)
        before = contents(outside)
        for verb in ("add", "remove"):
            done = self.theme(verb, "plain")
            self.assertEqual(done.returncode, 2)
            self.assertIn("behind a link", done.stderr)
        self.assertEqual(contents(outside), before)

    def test_a_link_in_a_theme_that_leads_out_of_it_is_not_followed(self):
        secret = self.source.parent / "secret"
        secret.write_text("secret")
        (self.gems / "gems/plain-1.0/assets/x.txt").symlink_to(secret)
        done = self.theme("add")
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.files(), THEME)
        self.assertIn("assets/x.txt: the link leads out of the source", done.stderr)

    def test_a_folder_whose_name_is_none_for_a_theme_is_refused(self):
        write(self.source.parent / "My theme", THEME)
        done = self.theme("add", "./My theme", cwd=self.source.parent)
        self.assertEqual(done.returncode, 2)
        self.assertIn("is not a valid name for a theme", done.stderr)


if __name__ == "__main__":
    unittest.main()
