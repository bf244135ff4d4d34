"""Large parts of the shell that few sites use: builds take along those that a page needs."""

import json
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
from command import MERIDIAN, CommandCase, contents, meridian, write
from shell_list import shell_list

PAGE = "---\nlayout: single\ntitle: Page\n---\n"
DIAGRAM = "```mermaid\ngraph LR\n  A --> B\n```\n"


class ShellParts(CommandCase):
    SITE = {"_config.yml": "title: T\n", "index.md": PAGE + "Hello\n", "other.md": PAGE}
    SHELL = {
        **CommandCase.SHELL,
        "meridian/theme.css.br": "p",
        "meridian/diagrams.html": '<script type="module" src="mermaid/mermaid.js"></script>',
        "meridian/diagrams.js": "frame.src = new URL('diagrams.html', src)",
        "meridian/mermaid/mermaid.js": "import('./flow.js')",
        "meridian/mermaid/flow.js": "",
        "meridian/globe.js": "import('./globe-more.js');fetch(new URL('globe.wasm', src))",
        "meridian/globe-more.js": "",
        "meridian/globe.wasm": "",
        "meridian/comments.js": "s.src = `//${name}.example/embed.js`",
        "meridian/embed.html": '<script src="embed.js"></script>',
        "meridian/embed.js": "import './profile.js'",
        "meridian/profile.js": "fetch(new URL('messages/' + lang, src))",
        "meridian/messages/de.js": "",
        "meridian/icons.css": "b{c:url(icons/link.svg)}.fa-x:before,.ai-y:before{c:url(icons/x.svg)}",
        "meridian/icons/link.svg": "",
        "meridian/icons/x.svg": "",
        "meridian/icons/steam.svg": "",
    }
    PARTS = {"meridian/mermaid/mermaid.js", "meridian/places/top.bin"}
    # A file of each feature, by the source that uses it.
    FEATURES = {
        "meridian/globe.js": {"a.html": "<meridian-globe></meridian-globe>"},
        "meridian/travel.wasm": {"a.html": PAGE + "{{ site.data.a | itinerary }}"},
        "meridian/places/top.bin": {"a.md": PAGE + "{% include travel-globe.html %}"},
        "meridian/profile-raw.js": {"_config.yml": "meridian: {card: true}\n"},
        "meridian/live.wasm": {"a.html": '<meridian-profile src="."></meridian-profile>'},
        "meridian/katex.js": {"a.md": PAGE + "$$x$$"},
        "meridian/commonmark.wasm": {"_config.yml": "markdown: GFM\n"},
        "meridian/bibliography.wasm": {"_bibliography/a.bib": "@book{a, title={B}}"},
        "meridian/publications.txt": {"_publications/a.md": PAGE},
        "meridian/octicons.txt": {"a.md": PAGE + "{% octicon x %}"},
        "meridian/cv.txt": {"a.md": "---\nlayout: cv\n---\n"},
        "meridian/notes.js": {"_config.yml": "meridian: {notes: true}\n"},
        "meridian/notes.wasm": {"a.md": PAGE + "[[other]]"},
        "meridian/search.js": {"_config.yml": "meridian: {search: true}\n"},
        "meridian/plugins.js": {"_plugins/a.js": "export {};"},
        "meridian/highlight/lisp.js": {"a.md": PAGE + "~~~ lisp\n(let a)\n~~~"},
        "meridian/sass.wasm": {"assets/a.scss": "---\n---\na{b{c:d}}"},
        "meridian/fetched-theme.js": {"_config.yml": "theme: jekyll-theme-a\n"},
        "meridian/comments.js": {"_config.yml": "comments: {provider: a}\n"},
        "meridian/analytics.js": {"_config.yml": "analytics: {provider: a}\n"},
        "meridian/scheme.js": {"_config.yml": "meridian: {offline: true}\n"},
        "meridian/live-rest.wasm": {"_config.yml": "meridian: {playground: /playground/}\n"},
        "meridian/aids.js": {"_config.yml": "meridian: {aids: true}\n"},
        "meridian/icons/kaggle.svg": {"_config.yml": "author: {kaggle: a}\n"},
        "meridian/icons/steam.svg": {"_data/authors.yml": "a: {steam: b}\n"},
        "meridian/icons/tumblr.svg": {"a.md": "---\nauthor: {tumblr: a}\n---\n"},
        "meridian/icons/vine.svg": {"a.md": PAGE + '<i class="fa-brands fa-vine"></i>'},
        "meridian/messages/de.js": {"_config.yml": "lang: de\n"},
        "meridian/site.js": {"a.html": '<script type="module" src="/meridian/site.js"></script>'},
    }
    # What every site of kramdown needs.
    ALWAYS = {"meridian/meridian.wasm", "meridian/kramdown.wasm"}

    def setUp(self):
        super().setUp()
        listed = shell_list(self.shell, "0.1.0")
        write(self.shell, {"meridian/shell.json": json.dumps(listed)})

    def parts(self, *options):
        self.assert_built(*options)
        written = set(contents(self.out))
        self.assertIn("meridian/theme.css", written)
        return written & self.PARTS

    def test_pages_without_diagrams_and_globes_need_no_part(self):
        self.assertEqual(self.parts(), set())

    def test_a_diagram_needs_mermaid(self):
        write(self.source, {"other.md": PAGE + DIAGRAM})
        self.assertEqual(self.parts(), {"meridian/mermaid/mermaid.js"})

    def test_written_pages_take_along_what_they_name_and_what_that_loads(self):
        theme = {"theme.css", "theme.css.br"}
        globe = {"globe.js", "globe-more.js", "globe.wasm"}
        mermaid = {"diagrams.js", "diagrams.html", "mermaid/mermaid.js", "mermaid/flow.js"}
        card = {"profile.js", "messages/de.js"}
        script = '<script src="{{ site.baseurl }}/meridian/%s"></script>'
        for source, expected in (
            ({}, theme),
            ({"a.md": PAGE + DIAGRAM}, theme | mermaid),
            ({"a.md": PAGE + script % "globe.js"}, theme | globe),
            ({"a.html": script.replace("{{ site.baseurl }}", "..") % "globe.js"}, theme | globe),
            ({"own.js": "import '/meridian/globe.js'"}, theme | globe),
            ({"a.md": PAGE + script % "comments.js"}, theme | {"comments.js"}),
            ({"a.md": PAGE + script % "profile.js"}, theme | card),
            (
                {"_config.yml": "meridian: {card: true}\n"},
                theme | card | {"embed.html", "embed.js"},
            ),
            ({"a.md": PAGE + script % "icons/steam.svg"}, theme | {"icons/steam.svg"}),
            (
                {"a.md": PAGE + script % "icons.css" + '<i class="fas fa-x"></i>'},
                theme | {"icons.css", "icons/link.svg", "icons/x.svg"},
            ),
            ({"a.md": PAGE + script % "icons.css"}, theme | {"icons.css", "icons/link.svg"}),
            ({"a.md": PAGE + script % "nowhere.js"}, theme),
        ):
            with self.subTest(source):
                write(self.source, source)
                self.assert_built("--baseurl", "/base")
                written = {p[9:] for p in contents(self.out) if p.startswith("meridian/")}
                self.assertEqual(written, expected)
                for path in source:
                    (self.source / path).unlink()
                write(self.source, self.SITE)

    def test_a_site_whose_path_is_that_of_the_shell_has_its_files(self):
        write(self.source, {"other.md": PAGE + DIAGRAM})
        self.assert_built("--baseurl", "/meridian")
        written = set(contents(self.out))
        self.assertLess({"meridian/theme.css", "meridian/mermaid/flow.js"}, written)
        self.assertNotIn("meridian/globe.js", written)

    def test_all_of_the_shell_comes_along_when_that_is_said(self):
        write(self.source, {"_config.yml": "meridian: {shell: all}\n"})
        self.assert_built()
        written = {path for path in contents(self.out) if path.startswith("meridian/")}
        all_files = {path for path in contents(self.shell) if path.startswith("meridian/")}
        self.assertEqual(written, all_files)

    def test_an_installed_command_finds_the_shell_beside_its_folder(self):
        program = self.folder / "usr" / "bin" / "meridian"
        program.parent.mkdir(parents=True)
        shutil.copy(MERIDIAN, program)
        link = self.folder / "link"
        link.symlink_to(program)
        for place in ("share/meridian", "dist"):  # the second one is found first
            write(self.folder / "usr" / place, self.SHELL)
            write(self.folder / "usr" / place, {"meridian/theme.css": place})
            words = ["build", "--quiet", "--source", self.source, "--destination", self.out]
            for name in (program, link):
                done = subprocess.run([name, *words], capture_output=True, text=True)
                self.assertEqual([done.returncode, done.stderr], [0, ""])
                self.assertEqual((self.out / "meridian/theme.css").read_text(), place)

    def test_icons_of_another_sheet_need_none_of_ours(self):
        write(self.source, {"a.html": '---\n---\n<i class="fas fa-x"></i>'})
        self.assert_built("--theme", "site")
        self.assertFalse((self.out / "meridian").exists())

    def test_an_own_layout_has_what_it_names_and_others_have_nothing(self):
        write(self.source, {"_config.yml": "meridian: {theme: site}\n"})
        self.assert_built()
        self.assertFalse((self.out / "meridian").exists())
        write(self.source, {"a.html": '---\n---\n<script src="/meridian/globe.js"></script>'})
        self.assert_built()
        self.assertTrue((self.out / "meridian/globe.wasm").exists())
        self.assertFalse((self.out / "meridian/theme.css").exists())

    def test_what_no_page_needs_any_longer_is_removed(self):
        write(self.source, {"other.md": PAGE + DIAGRAM})
        self.parts()
        write(self.source, {"other.md": PAGE})
        self.assertEqual(self.parts(), set())

    def test_a_layout_that_loads_the_script_needs_mermaid(self):
        layout = '<link href="/meridian/theme.css"><script src="/meridian/diagrams.js"></script>'
        page = PAGE.replace("single", "own")
        write(self.source, {"_layouts/own.html": layout + "{{ content }}", "other.md": page})
        self.assertEqual(self.parts(), {"meridian/mermaid/mermaid.js"})

    def test_raw_sources_take_along_what_they_use(self):
        write(self.shell, dict.fromkeys({*self.FEATURES, *self.ALWAYS}, "a"))

        def parts(source):
            write(self.source, source)
            self.build("--raw", "--force")
            for path in source:
                (self.source / path).unlink()
            write(self.source, self.SITE)
            return {path for path in contents(self.out) if path.startswith("meridian/")}

        plain = parts({})
        self.assertEqual(plain & {*self.FEATURES, *self.ALWAYS}, self.ALWAYS)
        for path, source in self.FEATURES.items():
            with self.subTest(path):
                self.assertIn(path, parts(source))
        for config in ("remote_theme: a/b\n", "meridian: {shell: all}\n"):
            self.assertLess({*self.FEATURES, *self.ALWAYS}, parts({"_config.yml": config}))

    def test_raw_sources_take_along_compressed_files_where_that_is_said(self):
        self.build("--raw")
        self.assertNotIn("meridian/theme.css.br", contents(self.out))
        self.build("--raw", "--compress")
        self.assertIn("meridian/theme.css.br", contents(self.out))
        self.assertIn("--raw", self.build("--compress").stderr)

    def test_a_plain_folder_takes_along_its_search_and_notes(self):
        names = {f"meridian/{name}" for name in ("search.js", "indexer.wasm", "notes.js")}
        write(self.shell, dict.fromkeys(names, "a"))
        source, out = self.folder / "plain", self.folder / "plain-out"
        write(source, {"README.md": "# Home\n\nHello\n"})
        meridian(
            *("build", "--raw", "--source", source, "--destination", out, "--shell", self.shell)
        )
        self.assertLessEqual(names, set(contents(out)))

    def test_number_and_size_of_all_files_are_printed(self):
        source = self.folder / "small"
        write(source, {"_config.yml": "title: T\n", "index.md": PAGE})
        for options in ((), ("--raw",)):
            with self.subTest(options):
                out = self.folder / f"small{len(options)}"
                result = meridian(
                    *("build", "--source", source, "--destination", out, "--shell", self.shell),
                    *options,
                )
                files = [path for path in contents(out) if path != ".meridian"]
                self.assertRegex(result.stderr, rf"; with the shell {len(files)} files, 0\.0 MB\n")

    def test_raw_sources_need_mermaid_where_one_names_it(self):
        self.assertEqual(self.parts("--raw"), set())
        for path, text in (
            ("other.md", PAGE + DIAGRAM),
            ("_includes/flow.html", '<pre><code class="language-mermaid">graph LR</code></pre>'),
            ("_data/flows.yml", 'a: "```mermaid\\ngraph LR\\n```"\n'),
        ):
            with self.subTest(path):
                write(self.source, {path: text})
                self.assertEqual(self.parts("--raw"), {"meridian/mermaid/mermaid.js"})
                (self.source / path).unlink()


if __name__ == "__main__":
    unittest.main()
