"""bench/jekyll_reference.py: what it builds is what Jekyll writes, though a site asks for plugins,
a theme and dialects of YAML and Sass that are not here; and it says what it left out."""

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests" / "python"), str(ROOT / "tests")]
import real_jekyll
from command import contents, write

PROGRAM = ROOT / "bench" / "jekyll_reference.py"
SITES = ROOT / "tests" / "sites"

MODERN = {
    "_config.yml": "title: T\ntheme: no-such-theme\nplugins: [jekyll-no-such-plugin]\n"
    "permalink: :title\nsass:\n  style: :compressed\n",
    "index.html": "---\n---\n{{ site.title }} {{ site.theme }} {{ site.time | date: '%F' }}\n",
    "_plugins/stop.rb": "raise 'a plugin of the site runs'\n",
    "plain.scss": "---\n---\na { b { c: d } }\n",
}
# Stands for dart-sass: what it is told, as CSS.
SASS = '#!/bin/sh\ncat >/dev/null\necho "/* $4 */"\n'


def build(sites, references, *options):
    return subprocess.run(
        [sys.executable, str(PROGRAM), "--sites", sites, "--references", references, *options],
        capture_output=True,
        text=True,
        timeout=120,
    )


# As Jekyll writes it.
PLAIN = "a b{c:d}\n\n/*# sourceMappingURL=plain.css.map */"


@unittest.skipUnless(real_jekyll.has("jekyll-sass-converter"), real_jekyll.MISSING)
class Reference(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.sites, self.references = Path(folder.name, "sites"), Path(folder.name, "references")
        self.sites.mkdir()

    def test_a_site_becomes_what_jekyll_writes(self):
        result = build(SITES, self.references, "--only", "with-own-shell")
        self.assertIn("with-own-shell: 4 pages", result.stdout)
        self.assertEqual(
            contents(self.references / "with-own-shell"),
            contents(SITES / "with-own-shell.expected"),
        )

    def test_what_is_not_installed_is_left_out(self):
        write(self.sites / "modern", MODERN)
        result = build(self.sites, self.references)
        self.assertEqual((result.returncode, result.stdout), (0, "modern: 1 pages\n"))
        made = self.references / "modern"
        self.assertEqual((made / "index.html").read_text(), "T no-such-theme 2026-11-20\n")
        self.assertEqual((made / "plain.css").read_text(), PLAIN)
        log = (self.references / "modern.log").read_text()
        self.assertIn("left out: theme no-such-theme", log)
        self.assertIn("left out: jekyll-no-such-plugin", log)
        # It is built once.
        self.assertEqual(build(self.sites, self.references).stdout, "modern: there already\n")

    @unittest.skipUnless(real_jekyll.has("jekyll-github-metadata"), real_jekyll.MISSING)
    def test_addresses_are_those_of_github_pages(self):
        page = {"index.html": "---\n---\n{{ site.url }}{{ site.baseurl }}\n"}
        config = "title: T\nplugins: [jekyll-github-metadata]\nrepository: ada/b\n"
        write(self.sites / "project", {**page, "_config.yml": config})
        write(self.sites / "named", {**page, "_config.yml": config, "CNAME": "ada.example\n"})
        self.assertEqual(build(self.sites, self.references).returncode, 0)
        for name, address in (
            ("project", "http://ada.github.io/b"),
            ("named", "https://ada.example"),
        ):
            made = (self.references / name / "index.html").read_text()
            self.assertEqual(made, address + "\n")

    def test_sass_that_libsass_cannot_read_is_told_or_given_to_dart_sass(self):
        sheets = {
            "new.scss": "---\n---\na { b: math.div(4, 2) }\n",
            # libsass writes it as it is.
            "modules.scss": '---\n---\n@use "colours";\n',
        }
        write(self.sites / "modern", {**MODERN, **sheets})
        result = build(self.sites, self.references)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stdout, r"^modern: not built: .*Invalid CSS")
        self.assertFalse((self.references / "modern").exists())
        write(self.sites.parent, {"sass": SASS})
        program = self.sites.parent / "sass"
        program.chmod(0o755)
        result = build(self.sites, self.references, "--dart-sass", str(program))
        self.assertEqual(result.returncode, 0, result.stdout)
        made = self.references / "modern"
        for name in ("new.css", "modules.css"):
            self.assertEqual((made / name).read_text(), "/* --style=compressed */\n")
        self.assertEqual((made / "plain.css").read_text(), PLAIN)


if __name__ == "__main__":
    unittest.main()
