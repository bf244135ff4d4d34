"""`meridian init`: one page beside sources, or the shell's files, and nothing of an author's lost."""

import base64
import hashlib
import json
import os
import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import MERIDIAN, ROOT, contents, meridian, write

DIST = Path(os.environ.get("MERIDIAN_DIST", ROOT / "build" / "dist"))
PAGE = DIST / "meridian" / "one-file.html"
NOTE = {"README.md": "# Hello\n\nText.\n"}
MOST_FILES = 30  # of a site of one note with a shell of its own
PAGES = ("index.html", "404.html")
WORKER = "meridian-offline.js"
OFFLINE = "title: Kept\nmeridian: {offline: true}\n"


MARKDOWN = b'<meta name="meridian-markdown" content="commonmark">'


@unittest.skipUnless(MERIDIAN.exists() and PAGE.exists(), "the command or the shell is not built")
class Init(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.site = Path(folder.name)

    def init(self, *options, status=0):
        done = meridian("init", self.site, "--shell", DIST, *options)
        self.assertEqual(done.returncode, status, done.stderr)
        return done

    def written(self):
        return contents(self.site)

    def test_it_writes_three_files_and_nothing_else(self):
        write(self.site, NOTE)
        self.init()
        self.assertEqual(set(self.written()), {"README.md", ".nojekyll", *PAGES})
        page = (self.site / "index.html").read_bytes()
        self.assertLessEqual(len(page), 1024)
        self.assertEqual(page.replace(MARKDOWN, b""), PAGE.read_bytes())
        self.assertEqual(page, (self.site / "404.html").read_bytes())

    def test_the_pages_say_which_module_reads_the_sources(self):
        write(self.site, NOTE)
        plain, jekyll = MARKDOWN, MARKDOWN.replace(b"commonmark", b"kramdown")
        for shell in ((), ("--self-host",)):
            for name, text, setting in (
                ("", "", plain),
                ("_config.yml", "title: T\n", jekyll),
                ("_config.yaml", "title: T\n", jekyll),
                ("_config.toml", 'markdown = "GFM"\n', plain),
                ("_posts/2026-01-01-a.md", "Text\n", jekyll),
            ):
                if name:
                    write(self.site, {name: text})
                self.init(*shell)
                for page in PAGES:
                    found = re.findall(
                        rb'<meta name="meridian-markdown"[^>]*>', (self.site / page).read_bytes()
                    )
                    self.assertEqual(found, [setting], f"{page} {name} {shell}")
                if name:
                    (self.site / name).unlink()

    def test_a_second_time_changes_nothing(self):
        write(self.site, NOTE)
        self.init()
        before = self.written()
        self.init()
        self.assertEqual(self.written(), before)

    def test_the_shell_may_be_elsewhere(self):
        write(self.site, NOTE)
        for address in ("https://cdn.example/v1/meridian", "https://cdn.example/v1/meridian/"):
            self.init("--shell-url", address)
            page = (self.site / "index.html").read_text()
            self.assertIn('src="https://cdn.example/v1/meridian/site.js"', page)
        for address in ("cdn.example", "javascript:1", 'https://x/"><b>', "https://x/?a", ""):
            done = self.init("--shell-url", address, status=2)
            self.assertIn("--shell-url", done.stderr)

    def test_another_page_in_the_shell_is_refused(self):
        write(self.site, NOTE)
        whole = PAGE.read_text()
        for text in ("", "<p>x", whole.replace("src=", "href="), whole.replace("none", "some")):
            with tempfile.TemporaryDirectory() as shell:
                write(shell, {"meridian/one-file.html": text})
                done = meridian("init", self.site, "--shell", shell, "--shell-url", "https://x/")
                self.assertEqual(done.returncode, 1, done.stderr)
                self.assertIn("is not the page of this release", done.stderr)
                self.assertEqual(set(self.written()), {"README.md"})

    def test_settings_stay(self):
        write(self.site, NOTE)
        self.init()
        index = meridian("index", "--source", self.site, "--shell", DIST, "--quiet")
        self.assertEqual(index.returncode, 0, index.stderr)
        page = (self.site / "index.html").read_text()
        self.assertEqual(page.count('name="meridian-manifest" content="meridian.json"'), 1)
        self.assertNotIn("none", page)
        self.assertNotIn("preload", page)
        self.init("--shell-url", "https://cdn.example/v2/")
        page = (self.site / "index.html").read_text()
        self.assertEqual(page.count("meridian-manifest"), 1)
        self.assertIn("https://cdn.example/v2/site.js", page)
        self.assertIn('content="meridian.json"', page)

    def test_a_site_without_a_network_gets_the_file_of_its_worker(self):
        write(self.site, {**NOTE, "_config.yml": OFFLINE})
        done = self.init("--shell-url", "https://cdn.example/v1/")
        self.assertEqual(
            set(self.written()), {"README.md", "_config.yml", ".nojekyll", WORKER, *PAGES}
        )
        self.assertIn("meridian index", done.stderr)
        worker = (self.site / WORKER).read_text()
        self.assertIn('folder:"https://cdn.example/v1/"', worker)
        self.assertTrue(worker.endswith((DIST / "meridian/offline.js").read_text()))
        hashed = base64.b64encode(
            hashlib.sha256((DIST / "meridian/theme.css").read_bytes()).digest()
        )
        self.assertIn(f'"theme.css":"{hashed.decode()}"', worker)
        self.init()
        worker = (self.site / WORKER).read_text()
        address = re.search(r'src="(.*)site\.js"', (self.site / "index.html").read_text())[1]
        self.assertIn(f'folder:"{address}"', worker)

    def test_the_manifest_asks_for_the_worker_where_its_file_is_there(self):
        write(self.site, {**NOTE, "_config.yml": OFFLINE})
        self.init()
        for there in (True, False):
            if not there:
                (self.site / WORKER).unlink()
            done = meridian("index", "--source", self.site, "--shell", DIST)
            manifest = json.loads((self.site / "meridian.json").read_text())
            self.assertEqual(manifest.get("offline", False), there)
            self.assertEqual(f"{WORKER} is missing: run `meridian init`" in done.stderr, not there)
        done = meridian("index", "--source", self.site, "--shell", DIST, "--quiet")
        self.assertEqual(done.stderr, "")

    def test_upgrade_leaves_a_page_alone_and_names_init(self):
        write(self.site, {**NOTE, "_config.yml": OFFLINE})
        self.init()
        before = self.written()
        for options in ((), ("--force",)):
            done = meridian("upgrade", self.site, "--shell", DIST, *options)
            self.assertEqual(done.returncode, 2)
            self.assertIn("`meridian init` renews its page", done.stderr)
            self.assertEqual(self.written(), before)

    def test_a_shell_beside_the_sources_gets_its_worker(self):
        write(self.site, {**NOTE, "_config.yml": OFFLINE})
        self.init("--self-host")
        self.assertEqual((self.site / WORKER).read_bytes(), (DIST / WORKER).read_bytes())
        self.init("--self-host")

    def test_another_file_of_that_name_is_not_replaced(self):
        for options in ((), ("--self-host",)):
            write(self.site, {**NOTE, "_config.yml": OFFLINE, WORKER: "mine\n"})
            done = self.init(*options, status=2)
            self.assertIn(f"`{WORKER}` is yours", done.stderr)
            self.assertEqual(set(self.written()), {"README.md", "_config.yml", WORKER})

    def test_pages_of_an_author_are_not_replaced(self):
        for name in PAGES:
            write(self.site, {**NOTE, name: "mine\n"})
            done = self.init(status=2)
            self.assertIn(f"`{name}` is yours", done.stderr)
            self.assertIn("rename", done.stderr)
            self.assertEqual(set(self.written()), {"README.md", name})
            (self.site / name).unlink()

    def test_links_are_not_followed(self):
        with tempfile.TemporaryDirectory() as other:
            victim = Path(other) / "victim.html"
            victim.write_text("mine")
            write(self.site, NOTE)
            for name in PAGES:
                os.symlink(victim, self.site / name)
                self.init(status=2)
                self.init("--self-host", status=2)
                (self.site / name).unlink()
            os.symlink(other, self.site / "meridian")
            done = meridian("init", self.site, "--shell", DIST, "--self-host")
            self.assertNotEqual(done.returncode, 0)
            self.assertEqual(contents(other), {"victim.html": b"mine"})

    def test_wrong_use_is_told(self):
        write(self.site, NOTE)
        for options, word in {
            ("--compress",): "--self-host",
            ("--self-host", "--shell-url", "https://x/"): "omit",
        }.items():
            self.assertIn(word, self.init(*options, status=2).stderr)
        done = meridian("init", self.site / "nowhere", "--shell", DIST)
        self.assertEqual(done.returncode, 2)
        self.assertIn("nowhere", done.stderr)

    def test_the_shell_beside_the_sources_has_few_files(self):
        write(self.site, NOTE)
        done = self.init("--self-host", "--json")
        told = json.loads(done.stdout)
        files = set(self.written())
        self.assertEqual(files, {"README.md", *told["files"]})
        self.assertLessEqual(len(files) - 1, MOST_FILES)
        self.assertEqual([path for path in files if re.search(r"\.(br|gz)$", path)], [])
        for name in PAGES:
            page = (self.site / name).read_bytes()
            self.assertEqual(page.replace(MARKDOWN, b""), (DIST / name).read_bytes())
        # What it is of can be told, so that a later release can take its place.
        done = meridian("upgrade", self.site, "--shell", DIST)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(set(self.written()), files)

    def test_languages_and_features_that_a_site_names_come_along(self):
        write(
            self.site,
            {
                "_config.yml": "title: T\nlang: de\nmeridian: {search: true}\n",
                "index.md": "---\n---\n$x$\n\n{% include travel-globe.html %}\n",
            },
        )
        self.init("--self-host", "--compress")
        files = set(self.written())
        for name in (
            "words.txt",
            "messages/de.js",
            "stems/de.js",
            "math.js",
            "katex.js",
            "globe.js",
            "meridian.wasm.br",
        ):
            self.assertIn(f"meridian/{name}", files)
        self.assertNotIn("meridian/messages/fr.js", files)


if __name__ == "__main__":
    unittest.main()
