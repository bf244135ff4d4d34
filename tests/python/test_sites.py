"""Whole sites through the native command, compared with Jekyll's output; and diagnostics of broken
ones."""

import html.parser
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "spec"))
import sites

SITES = ROOT / "tests" / "sites"
SHARED = Path(os.environ.get("MERIDIAN_SHARED", ROOT.parent / "shared"))
MERIDIAN = ROOT / "build" / "native" / "meridian"

TIME = sites.TIME


def meridian(*arguments):
    return subprocess.run(
        [str(MERIDIAN), *map(str, arguments)],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        env={**os.environ, "JEKYLL_ENV": "production"},
    )


class Normal(html.parser.HTMLParser):
    """A page as a list of tags and texts, without white space that a browser ignores."""

    VOID = {"br", "hr", "img", "input", "link", "meta", "source"}  # closed or not, they are one

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.events, self.text = [], ""
        self.feed(text)
        self.close()
        self.flush()

    def flush(self):
        text = re.sub(r"\s+", " ", self.text).strip()
        if text:
            self.events.append(text)
        self.text = ""

    def handle_starttag(self, tag, attributes):
        self.flush()
        self.events.append((tag, sorted(attributes)))

    def handle_endtag(self, tag):
        self.flush()
        if tag not in self.VOID:
            self.events.append(f"</{tag}>")

    def handle_data(self, data):
        self.text += data


class Golden(unittest.TestCase):
    maxDiff = 4000

    def build(self, source, *options):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        result = meridian(
            "build",
            "--quiet",
            "--source",
            source,
            "--destination",
            Path(folder.name) / "site",
            "--time",
            TIME,
            *options,
        )
        return Path(folder.name) / "site", result

    def compare(self, source, expected, *options):
        built, result = self.build(source, *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        wrong = sites.compare(built, expected)
        self.assertTrue(wrong)
        self.assertEqual({name: why for name, why in wrong.items() if why}, {})

    def test_herschel_comes_out_as_jekyll_writes_it(self):
        self.compare(SITES / "herschel" / "src", SITES / "herschel" / "expected")

    def test_a_site_with_its_own_index_and_404(self):
        self.compare(SITES / "with-own-shell", SITES / "with-own-shell.expected")

    def test_blank_and_indented_lines_inside_html_in_a_loop(self):
        self.compare(SITES / "archive", SITES / "archive.expected")

    def test_corners_that_real_sites_turn(self):
        built, _ = self.build(SITES / "corners", "--theme", "site")
        wrong = {
            name: why
            for name, why in sites.compare(built, SITES / "corners.expected").items()
            if name.endswith(".html")
        }
        self.assertGreater(len(wrong), 20)
        self.assertEqual({name: why for name, why in wrong.items() if why}, {})

    def test_cr_lf_and_byte_order_marks(self):
        self.compare(SITES / "windows", SITES / "windows.expected")

    def test_byte_order_marks_and_cr_lf_are_reported(self):
        result = meridian("check", "--json", "--source", SITES / "windows")
        found = [one for one in json.loads(result.stdout) if one["rule"] == "encoding"]
        self.assertEqual(
            sorted(one["file"] for one in found),
            ["_posts/2020-01-01-p.md", "_x/marked.md"]
            + ["marked.html", "marked.md", "marked.scss", "utf16.html", "utf16.md"],
        )

    def test_a_plain_folder_with_cr_lf_has_the_same_pages(self):
        with tempfile.TemporaryDirectory() as folder:
            copy = Path(folder) / "copy"
            shutil.copytree(SITES / "folder", copy)
            for path in copy.rglob("*.md"):
                path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
            (built, _), (other, result) = self.build(SITES / "folder"), self.build(copy)
            self.assertEqual(result.returncode, 0, result.stderr)
            for name, text in sites.files(built).items():
                if name.endswith(".html"):
                    mine = (other / name).read_bytes().replace(b"\r\n", b"\n")
                    self.assertEqual(mine, text, name)

    def test_what_plugins_add(self):
        self.compare(
            SITES / "plugins", SITES / "plugins.expected", "--time", "2026-11-20T00:00:00Z"
        )

    def test_archives_of_posts(self):
        self.compare(SITES / "archives", SITES / "archives.expected", "--theme", "site")

    def test_archives_of_collections(self):
        self.compare(SITES / "archives-v2", SITES / "archives-v2.expected", "--theme", "site")

    def test_icons_of_jekyll_octicons(self):
        self.compare(SITES / "octicons", SITES / "octicons.expected", "--theme", "site")

    def test_lists_in_pages_and_autopages(self):
        self.compare(SITES / "lists", SITES / "lists.expected", "--theme", "site")

    def test_contents_of_jekyll_toc(self):
        # As documents: the gem prints the whole text again, with white space of libxml2's.
        self.compare_documents(SITES / "toc", SITES / "toc.expected")
        self.compare_documents(SITES / "toc-options", SITES / "toc-options.expected")

    def test_each_language_of_jekyll_polyglot(self):
        self.compare(SITES / "languages", SITES / "languages.expected", "--theme", "site")

    def test_each_language_of_jekyll_multiple_languages_plugin(self):
        self.compare(
            SITES / "several-languages", SITES / "several-languages.expected", "--theme", "site"
        )

    def test_documents_from_rows_of_tables(self):
        self.compare(SITES / "tables", SITES / "tables.expected", "--theme", "site")

    def test_markdown_without_front_matter(self):
        self.compare(SITES / "defaults", SITES / "defaults.expected", "--theme", "site")

    def compare_documents(self, source, expected):
        built, result = self.build(source, "--theme", "site")
        self.assertEqual(result.returncode, 0, result.stderr)
        ours, theirs = sites.files(built), sites.files(expected)
        self.assertEqual(ours.keys(), theirs.keys())
        for name, text in theirs.items():
            with self.subTest(name):
                if name.endswith(".html"):
                    mine, golden = (Normal(page.decode()).events for page in (ours[name], text))
                    self.assertEqual(mine, golden)
                else:
                    self.assertEqual(ours[name], text)

    def test_emoji_of_jemoji(self):
        # jemoji serializes the body with other line breaks and references: the same documents, not
        # the same bytes.
        self.compare_documents(SITES / "emoji", SITES / "emoji.expected")

    def test_bibliographies_of_jekyll_scholar(self):
        self.compare(SITES / "scholar", SITES / "scholar.expected", "--theme", "site")

    def test_names_and_pictures_of_jekyll_mentions_and_jekyll_avatar(self):
        self.compare_documents(SITES / "mentions", SITES / "mentions.expected")

    @unittest.skipUnless((SHARED / "seeds").is_dir(), "the seed pages are not here")
    def test_the_seed_pages_are_the_same_documents(self):
        built, result = self.build(SHARED / "seeds" / "site", "--content-only")
        self.assertEqual(result.returncode, 0, result.stderr)
        expected = sites.files(SHARED / "seeds" / "expected")
        self.assertEqual(len(expected), 6)
        for name, text in expected.items():
            with self.subTest(name):
                self.assertEqual(
                    Normal((built / name).read_text(encoding="utf-8")).events,
                    Normal(text.decode()).events,
                )


class PlainFolder(unittest.TestCase):
    """A folder of Markdown without configuration or front matter is a site."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.site = Path(cls.folder.name) / "site"
        cls.result = meridian(
            "build", "--quiet", "--source", SITES / "folder", "--destination", cls.site
        )

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def page(self, path):
        return (self.site / path / "index.html").read_text(encoding="utf-8")

    def test_every_markdown_file_is_a_page_and_every_link_leads_somewhere(self):
        self.assertEqual(self.result.returncode, 0, self.result.stderr)
        pages = list(self.site.rglob("index.html"))
        self.assertEqual(len(pages), len(list((SITES / "folder").rglob("*.md"))))
        links = subprocess.run(
            [sys.executable, str(ROOT / "tests" / "content_links.py"), str(self.site)],
            capture_output=True,
            text=True,
        )
        self.assertEqual(links.returncode, 0, links.stdout + links.stderr)

    def test_titles_come_from_headings_and_names(self):
        self.assertIn("<title>Windvane</title>", self.page("."))
        self.assertIn("<title>Install - Windvane</title>", self.page("docs/setup/install"))
        self.assertIn("<title>Faq - Windvane</title>", self.page("docs/faq"))

    def test_markdown_means_what_it_means_on_github(self):
        self.assertIn('class="markdown-alert markdown-alert-tip"', self.page("."))
        everything = "".join(path.read_text(encoding="utf-8") for path in self.site.rglob("*.html"))
        for mark in (
            "task-list-item",
            'class="footnotes"',
            "<details>",
            "language-mermaid",
            "language-math",
            "<table>",
        ):
            self.assertIn(mark, everything)
        self.assertIn("{{", self.page("docs/software"))  # Liquid means nothing here

    def test_the_navigation_comes_from_the_folders(self):
        self.assertRegex(
            self.page("docs/setup/power"),
            r'<a[^>]*href="/docs/hardware/sensors/barometer/"[^>]*>Barometer</a>',
        )


class Demo(unittest.TestCase):
    def test_every_link_of_the_demo_leads_somewhere_also_below_a_sub_path(self):
        for base in ("", "/sub/path"):
            with self.subTest(base), tempfile.TemporaryDirectory() as folder:
                built = meridian(
                    "build",
                    "--quiet",
                    "--source",
                    ROOT / "content",
                    "--destination",
                    folder,
                    "--baseurl",
                    base,
                )
                self.assertEqual((built.returncode, built.stderr), (0, ""))
                links = subprocess.run(
                    [
                        sys.executable,
                        str(ROOT / "tests" / "content_links.py"),
                        folder,
                        *(["--base", base] if base else []),
                    ],
                    capture_output=True,
                    text=True,
                )
                self.assertEqual(links.returncode, 0, links.stdout[-2000:] + links.stderr)

    def test_index_tells_a_shell_beside_it_that_there_is_a_manifest(self):
        with tempfile.TemporaryDirectory() as folder:
            shell = '<!doctype html><meta charset="utf-8"><meta name="meridian-shell" content="index"><title>x</title>'
            (Path(folder) / "index.html").write_text(shell)
            (Path(folder) / "index.md").write_text("---\ntitle: Home\n---\nHello\n")
            (Path(folder) / "_config.yml").write_text("title: T\n")
            for _ in range(2):
                self.assertEqual(meridian("index", "--quiet", "--source", folder).returncode, 0)
                told = (Path(folder) / "index.html").read_text()
                self.assertEqual(told.count('name="meridian-manifest"'), 1)
                self.assertEqual(told.count("words.txt"), 0)
                # Its page is in it, and comes before the core.
                self.assertEqual(told.count("data-first>"), 1)
                self.assertEqual(told.count('as="style" href="meridian/theme.css">'), 1)
                self.assertEqual(told.count("meridian.wasm"), 0)
            # A page that is too long is made by the core, which loads with the first files.
            (Path(folder) / "index.md").write_text("---\ntitle: Home\n---\n" + 50_000 * "Hello ")
            self.assertEqual(meridian("index", "--quiet", "--source", folder).returncode, 0)
            told = (Path(folder) / "index.html").read_text()
            self.assertEqual(told.count("data-first>"), 0)
            self.assertEqual(
                told.count('<link rel="preload" as="fetch" href="meridian/meridian.wasm">'), 1
            )
            listed = [
                entry["path"]
                for entry in json.loads((Path(folder) / "meridian.json").read_text())["files"]
            ]
            self.assertEqual(listed, ["_config.yml", "index.md"])
            # The words of another language load with the first files.
            (Path(folder) / "_config.yml").write_text("title: T\nlocale: de-DE\n")
            for _ in range(2):
                self.assertEqual(meridian("index", "--quiet", "--source", folder).returncode, 0)
                told = (Path(folder) / "index.html").read_text()
                self.assertEqual(
                    told.count('<link rel="preload" as="fetch" href="meridian/words.txt">'),
                    1,
                )
                self.assertEqual(
                    told.count('<link rel="modulepreload" href="meridian/more.js">'), 1
                )
                self.assertEqual(told.count("extras.txt"), 0)
            # So does what makes documents of a table's rows.
            (Path(folder) / "_config.yml").write_text(
                "collections: [talks]\nmeridian: {tables: {talks: t.tsv}}\n"
            )
            (Path(folder) / "t.tsv").write_text("title\nA\n")
            for _ in range(2):
                self.assertEqual(meridian("index", "--quiet", "--source", folder).returncode, 0)
                told = (Path(folder) / "index.html").read_text()
                self.assertEqual(
                    told.count('<link rel="preload" as="fetch" href="meridian/extras.txt">'), 1
                )
                self.assertEqual(told.count("words.txt"), 0)


class Broken(unittest.TestCase):
    """Each error is reported with its file; the pages beside it are complete."""

    @classmethod
    def setUpClass(cls):
        cls.result = meridian("check", "--json", "--source", SITES / "broken", "--time", TIME)
        cls.found = json.loads(cls.result.stdout)

    def said(self, file, *words):
        about = [d for d in self.found if d["file"] == file]
        self.assertTrue(about, f"nothing is said of {file}")
        for word in words:
            self.assertTrue(
                any(word in f"{d['message']} {d['remedy']}" for d in about), f"{word!r} in {about}"
            )
        return about[0]

    def test_check_exits_with_1(self):
        self.assertEqual(self.result.returncode, 1, self.result.stderr)

    def test_front_matter(self):
        self.assertGreater(self.said("bad-front-matter.md")["line"], 1)
        self.said("unclosed-front-matter.md", "---")

    def test_liquid(self):
        self.assertEqual(self.said("unknown-tag.md", "barometer")["line"] > 3, True)
        self.assertFalse([d for d in self.found if "sextant" in d["message"]], self.found)
        self.said("typo-in-tag.md", "fro")
        self.said("unknown-filter.md", "backwards")
        self.said("_includes/half-open.html", "if")
        self.said("missing-include.md", "head-piece.html")
        self.said("_includes/mirror.html")
        self.said("dead-link-tag.md", "link")

    def test_files(self):
        self.assertGreater(self.said("latin-1.md", "UTF-8")["line"], 0)
        self.assertEqual(self.said("missing-layout.md", "gilded")["excerpt"], "layout: gilded")
        for name in ("_data/readings.yml", "_data/stations.json", "_data/instruments.csv"):
            self.assertGreater(self.said(name)["line"], 0)

    def test_urls(self):
        self.assertTrue(
            any("twin-" in d["file"] and "twin-" in d["message"] for d in self.found), self.found
        )
        self.said("myself.md", "itself")
        self.said("there.md", "itself")

    def test_dates(self):
        self.assertIn("date:", self.said("_posts/1823-06-01-bad-date.md", "date")["excerpt"])

    def test_the_rest_stands(self):
        with tempfile.TemporaryDirectory() as folder:
            result = meridian(
                "build",
                "--quiet",
                "--source",
                SITES / "broken",
                "--destination",
                folder,
                "--time",
                TIME,
            )
            self.assertEqual(result.returncode, 1)
            for page in ("index.html", "healthy/index.html", "notes/calm/index.html"):
                text = (Path(folder) / page).read_text(encoding="utf-8")
                self.assertNotIn("meridian-error", text)
                self.assertIn("<h1", text)
            # An unknown plugin's tag is left out, and its content stays; a mistyped one is an error
            # of the page.
            text = (Path(folder) / "unknown-tag" / "index.html").read_text(encoding="utf-8")
            for there in ("Before the tag.", "After the tag.", "What it encloses."):
                self.assertIn(there, text)
            self.assertNotIn("barometer", text)
            self.assertIn(
                "meridian-error",
                (Path(folder) / "typo-in-tag" / "index.html").read_text(encoding="utf-8"),
            )

    def test_a_broken_configuration_is_named_and_the_pages_are_there(self):
        result = meridian("check", "--json", "--source", SITES / "broken-config", "--time", TIME)
        found = json.loads(result.stdout)
        self.assertEqual(result.returncode, 1)
        self.assertTrue(any(d["file"] == "_config.yml" and d["line"] for d in found), found)
        with tempfile.TemporaryDirectory() as folder:
            meridian(
                "build", "--quiet", "--source", SITES / "broken-config", "--destination", folder
            )
            self.assertTrue((Path(folder) / "index.html").exists())

    def test_no_address_of_a_page_leads_out_of_the_destination(self):
        with tempfile.TemporaryDirectory() as folder:
            source, site = Path(folder) / "source", Path(folder) / "a" / "b" / "site"
            source.mkdir()
            (source / "_config.yml").write_text("title: T\n")
            for number, address in enumerate(
                ("/../x", "../../x", "a/%2e%2e/%2e%2e/x", "/%2E%2E/x/", "//h/../../x", "..\\\\x")
            ):
                (source / f"{number}.md").write_text(f'---\npermalink: "{address}"\n---\nout\n')
            meridian("build", "--quiet", "--source", source, "--destination", site)
            outside = [
                path
                for path in Path(folder).rglob("*")
                if path.is_file() and source not in path.parents
            ]
            self.assertEqual([path for path in outside if site not in path.parents], [])

    def test_a_site_without_a_home_page(self):
        result = meridian("check", "--json", "--source", SITES / "no-home", "--time", TIME)
        self.assertTrue(any("first page" in d["message"] for d in json.loads(result.stdout)))

    def test_a_file_of_twenty_megabytes_is_refused_and_ten_render(self):
        with tempfile.TemporaryDirectory() as folder:
            source, line = Path(folder) / "source", "A line of a long, long page.\n\n"
            source.mkdir()
            (source / "_config.yml").write_text("title: Large\n")
            (source / "index.md").write_text("---\ntitle: Home\n---\nHello\n")
            (source / "ten.md").write_text(
                "---\ntitle: Ten\n---\n" + line * (10_000_000 // len(line))
            )
            (source / "twenty.md").write_text(
                "---\ntitle: Twenty\n---\n" + line * (20_000_000 // len(line))
            )
            result = meridian(
                "build", "--quiet", "--source", source, "--destination", Path(folder) / "site"
            )
            self.assertIn("twenty.md", result.stderr)
            self.assertGreater((Path(folder) / "site" / "ten.html").stat().st_size, 10_000_000)
            self.assertIn("<p>Hello</p>", (Path(folder) / "site" / "index.html").read_text())


class WrongUse(unittest.TestCase):
    def test_exits_with_2(self):
        for arguments in (
            (),
            ("fly",),
            ("build", "--sorce", "."),
            ("render",),
            ("build", "--source", "/no/such/folder"),
        ):
            with self.subTest(arguments):
                self.assertEqual(meridian(*arguments).returncode, 2)

    def test_the_destination_must_not_swallow_the_source(self):
        result = meridian("build", "--source", SITES / "no-home", "--destination", SITES)
        self.assertEqual(result.returncode, 2)


if __name__ == "__main__":
    unittest.main()
