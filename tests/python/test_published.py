"""The sources that `build --raw` copies, the manifest lists and serve.py serves: those that Jekyll
would publish or read."""

import json
import sys
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "cmake"), str(ROOT / "tests" / "python")]
from command import MERIDIAN, CommandCase, contents, meridian, write
from dev_server import DevServer

SECRET = "SECRET"
PUBLIC = {
    "_config.yml": "title: T\ncollections: {talks: {output: true}, hidden: {output: false}}\n"
    "include: [_pages, .well-known, .htaccess]\n"
    "exclude: [private/, notes.md, '*.draft.md', /tools, _data/accounts.yml]\n",
    "index.md": "---\ntitle: Home\n---\n{% include_relative _snippets/used.md %}\n{% include a.html %}\n",
    "_snippets/used.md": "A piece that a page reads\n",
    "_includes/a.html": "A\n",
    "_layouts/default.html": "{{ content }}",
    "_data/people.yml": "- a\n",
    "_data/deep/er.json": "{}",
    "_sass/a.scss": "p{}",
    "_plugins/a.js": "export const tags = { nothing() {} }",
    "_plugins/lib/b.js": "export const b = 1",
    "_posts/2020-01-01-a.md": "---\n---\nA {% include_relative pieces/code.hpp %}\n",
    "_posts/pieces/code.hpp": "int a;\n",
    "js/all.md": "---\n---\n{% include_relative _parts/a.js %}\n",
    "js/_parts/a.js": "{% include_relative _parts/b.js %}\n",
    "js/_parts/b.js": "var b;\n",
    "_talks/t.md": "---\n---\nT\n",
    "_hidden/h.md": "---\n---\nlisted\n",
    "_pages/about.md": "---\n---\n",
    "images/a.svg": "<svg/>",
    "files/a.pdf": "pdf",
    "CNAME": "a.example",
    ".well-known/security.txt": "x",
    ".htaccess": "x",
    "cat/_posts/2020-01-01-b.md": "---\n---\n",
}
PRIVATE = {
    ".env": SECRET,
    ".htpasswd": SECRET,
    ".ssh/id_ed25519": SECRET,
    ".git/config": SECRET,
    ".github/workflows/a.yml": SECRET,
    "images/.DS_Store": SECRET,
    "_drafts/idea.md": SECRET,
    "cat/_drafts/idea.md": SECRET,
    "private/a.md": SECRET,
    "notes.md": SECRET,
    "x.draft.md": SECRET,
    "tools/deploy.sh": SECRET,
    "_data/accounts.yml": f"- {SECRET}\n",
    "_data/.hidden.yml": SECRET,
    "_data/notes.txt": SECRET,
    "_data/people.yml~": SECRET,
    "_includes/.a.html.swp": SECRET,
    "_includes/a.html~": SECRET,
    "_layouts/#default.html#": SECRET,
    "#index.md#": SECRET,
    "index.md~": SECRET,
    ".index.md.swp": SECRET,
    "images/~a.svg": SECRET,
    "_site/index.html": SECRET,
    "_unread/a.md": SECRET,
    "_snippets/unread.md": SECRET,
    "_plugins/a.rb": SECRET,
    "_plugins/.a.js": SECRET,
    "_plugins/a.json": SECRET,
    "tools/_plugins/a.js": SECRET,
    "_config.local.yml": SECRET,
    "Gemfile": SECRET,
    "Gemfile.lock": SECRET,
    "node_modules/a/index.js": SECRET,
    "images/node_modules/a.js": SECRET,
    "vendor/bundle/a.rb": SECRET,
    ".sass-cache/a": SECRET,
    ".jekyll-cache/a": SECRET,
    "_posts/undated.md": f"---\n---\n{SECRET}",
    "_talks/.t.md.swp": SECRET,
    "_talks/t.md~": SECRET,
    "_posts/2020-01-02-off.md": f"---\npublished: false\n---\n{SECRET}",
    "off.md": f"---\npublished: false\n---\n{SECRET}",
    "_talks/off.md": f"---\npublished: false\n---\n{SECRET}",
    "_posts/2999-01-01-later.md": f"---\n---\n{SECRET}",
}


class PublishedCase(CommandCase):
    SITE = {**PUBLIC, **PRIVATE}

    def raw(self, *options):
        result = self.build("--raw", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return contents(self.out)

    def listed(self, *options):
        result = meridian("index", "--source", self.source, "--output", "-", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return {entry["path"] for entry in json.loads(result.stdout)["files"]}, result.stdout


VAULT = {
    "README.md": "# Home\n\n[[Hidden]] [[other name]] [x](Hidden.md)\n\n![[Hidden]]\n\n[[Seen]] #t\n",
    "Seen.md": "Seen\n",
    "Hidden.md": f"---\npublish: false\naliases: [other name]\ntags: [secrettag]\n---\n# {SECRET}\n\n"
    f"{SECRET} [[Seen]]\n",
    "sub/Draft.md": f"---\ndraft: 'True'\ntitle: {SECRET}\nredirect_from: /old/\n---\n{SECRET}\n",
    "sub/README.md": f"---\nprivate: yes\n---\n# {SECRET}\n",
    "sub/Other.md": "x\n",
}


class PrivateNotes(PublishedCase):
    SITE = VAULT
    HIDDEN = ("Hidden.md", "sub/Draft.md", "sub/README.md")

    def test_they_are_in_no_file_of_a_build(self):
        for raw in ([], ["--raw"]):
            result = self.build(*raw, "--force")
            self.assertEqual(result.returncode, 0, result.stderr)
            for name, data in contents(self.out).items():
                for word in (SECRET, "secrettag", "/old/"):
                    self.assertNotIn(word.encode(), data, (raw, name))
                self.assertNotIn(name, (*self.HIDDEN, "Hidden/index.html", "old/index.html"))

    def test_the_manifest_does_not_list_them(self):
        paths, text = self.listed()
        self.assertEqual(paths, {"README.md", "Seen.md", "sub/Other.md"})
        self.assertNotIn(SECRET, text)

    def test_check_reports_each_at_its_line(self):
        result = meridian("check", "--source", self.source, "--format", "json")
        found = [one for one in json.loads(result.stdout) if one["rule"] == "private-note"]
        self.assertEqual(
            sorted((one["file"], one["line"], one["severity"]) for one in found),
            [("Hidden.md", 2, "info"), ("sub/Draft.md", 2, "info"), ("sub/README.md", 2, "info")],
        )


class Raw(PublishedCase):
    def copied(self):
        """What is there besides the shell, the manifest and the pages for first visitors."""
        paths = set(self.raw()) - set(self.SHELL) - {"meridian.json"}
        return {path for path in paths if not path.startswith("meridian/first/")}

    def test_what_jekyll_publishes_or_reads_is_copied_and_nothing_else(self):
        copied = self.copied()
        self.assertEqual(copied, set(PUBLIC))

    def test_nothing_private_is_in_any_file_of_the_destination(self):
        for name, text in self.raw().items():
            self.assertNotIn(SECRET.encode(), text, name)
            for private in PRIVATE:
                self.assertNotIn(json.dumps(private).encode(), text, name)

    def test_the_manifest_lists_what_is_copied(self):
        paths, text = self.listed()
        self.assertEqual(paths, set(PUBLIC))
        self.assertNotIn(SECRET, text)

    def test_what_the_options_ask_for_comes_back(self):
        self.assertIn("_drafts/idea.md", self.listed("--drafts")[0])
        self.assertNotIn("_drafts/idea.md", self.listed("--future")[0])
        self.assertIn("_posts/2999-01-01-later.md", self.listed("--future")[0])
        self.assertIn("_drafts/idea.md", self.raw("--drafts"))

    def test_include_brings_back(self):
        write(
            self.source,
            {
                "_config.yml": PUBLIC["_config.yml"].replace(
                    "include: [", "include: [.github, _unread, notes.md, "
                )
            },
        )
        paths = self.listed()[0]
        for path in (".github/workflows/a.yml", "_unread/a.md", "notes.md"):
            self.assertIn(path, paths)
        self.assertNotIn(".env", paths)

    def test_pages_that_plugins_make_are_no_sources(self):
        write(
            self.source,
            {
                "_config.yml": PUBLIC["_config.yml"]
                + "plugins: [jekyll-feed, jekyll-sitemap, jekyll-redirect-from]\n",
                "moved.md": "---\nredirect_from: /old/\n---\n",
            },
        )
        copied = self.copied()
        self.assertEqual(copied, {*PUBLIC, "moved.md"})

    def test_the_folders_that_the_configuration_names_are_read(self):
        write(
            self.source,
            {
                "_config.yml": PUBLIC["_config.yml"]
                + "data_dir: _facts\nincludes_dir: _parts\nlayouts_dir: _frames\n"
                "sass: {sass_dir: _styles}\n",
                "_facts/a.yml": "a",
                "_parts/a.html": "A",
                "_frames/a.html": "x",
                "_styles/a.scss": "x",
            },
        )
        paths = self.listed()[0]
        for path in ("_facts/a.yml", "_parts/a.html", "_styles/a.scss"):
            self.assertIn(path, paths)
        self.assertNotIn("_sass/a.scss", paths)

    def test_a_plain_folder_keeps_its_hidden_files(self):
        (self.source / "_config.yml").unlink()
        for path in [*self.source.rglob("*")]:
            if path.is_file() and path.relative_to(self.source).parts[0] in (
                "_posts",
                "_includes",
                "_layouts",
                "_pages",
                "_drafts",
            ):
                path.unlink()
        paths = self.listed()[0]
        self.assertTrue({"index.md", "notes.md", "files/a.pdf"} <= paths)
        for path in (
            ".env",
            ".git/config",
            "index.md~",
            "#index.md#",
            "node_modules/a/index.js",
            "_unread/a.md",
        ):
            self.assertNotIn(path, paths)

    def test_the_pages_of_a_raw_site_are_those_of_the_written_one(self):
        pages = json.loads(self.raw()["meridian.json"])["pages"]
        self.build("--force", out=self.folder / "html")
        written = {name for name in contents(self.folder / "html") if name.endswith(".html")}
        self.assertEqual(
            {(url + "index.html" if url.endswith("/") else url)[1:] for url in pages}, written
        )


class Served(PublishedCase):
    """serve.py asks the command, and serves the listed files."""

    def setUp(self):
        super().setUp()
        self.server = self.serve(MERIDIAN)
        self.get = self.server.get

    def serve(self, command):
        server = DevServer(self.source, "--dist", self.shell, "--command", command)
        self.addCleanup(server.close)
        return server

    def test_private_files_are_not_there(self):
        for path in PRIVATE:
            for prefix in ("/", "/meridian/source/"):
                with self.subTest(prefix + path):
                    answer = self.get(prefix + path.replace("#", "%23"))
                    self.assertNotIn(SECRET.encode(), answer.body)
                    self.assertEqual(answer.status, 404)

    def test_public_files_are(self):
        for path, text in PUBLIC.items():
            with self.subTest(path):
                self.assertEqual(self.get("/" + path).body, text.encode())

    def test_the_manifest_names_no_private_file(self):
        files = {entry["path"] for entry in json.loads(self.get("/meridian.json").body)["files"]}
        self.assertEqual(files, set(PUBLIC))

    def test_a_file_that_becomes_private_is_gone_with_the_next_manifest(self):
        self.assertEqual(self.get("/files/a.pdf").status, 200)
        events = self.server.events()
        self.addCleanup(events.close)
        write(
            self.source,
            {
                "_config.yml": PUBLIC["_config.yml"].replace("exclude: [", "exclude: [files, "),
                "_posts/2020-01-01-a.md": f"---\npublished: false\n---\n{SECRET}",
                "new.md": "---\n---\nNew",
            },
        )
        self.assertIn("_config.yml", events.change()[1])
        self.assertEqual(self.get("/files/a.pdf").status, 404)
        self.assertEqual(self.get("/_posts/2020-01-01-a.md").status, 404)
        self.assertEqual(self.get("/new.md").status, 200)

    def test_a_change_of_a_private_file_is_not_told_to_pages(self):
        self.get("/meridian.json")
        events = self.server.events()
        self.addCleanup(events.close)
        write(
            self.source,
            {".env": "x", "_drafts/other.md": "x", "files/a.pdf": "x", "files/b.pdf": "x"},
        )
        told = []
        while len(told) < 2:
            told += events.change()[1]
        self.assertEqual(sorted(set(told)), ["files/a.pdf", "files/b.pdf"])

    def test_without_the_command_no_source_is_given(self):
        server = self.serve(self.folder / "none")
        for path in ("/index.md", "/.env", "/files/a.pdf", "/meridian.json"):
            answer = server.get(path)
            self.assertEqual(answer.status, 503, path)
            self.assertIn(b"serve.py --build", answer.body)


if __name__ == "__main__":
    unittest.main()
