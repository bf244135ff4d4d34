"""Large parts of the shell that few sites use: builds take along those that a page needs."""

import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, contents, meridian, write

PAGE = "---\nlayout: single\ntitle: Page\n---\n"
DIAGRAM = "```mermaid\ngraph LR\n  A --> B\n```\n"


class ShellParts(CommandCase):
    SITE = {"_config.yml": "title: T\n", "index.md": PAGE + "Hello\n", "other.md": PAGE}
    SHELL = {
        **CommandCase.SHELL,
        "meridian/diagrams.js": "diagrams",
        "meridian/mermaid/mermaid.js": "mermaid",
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
        "meridian/bibliography.wasm": {"_bibliography/a.bib": "@book{a, title={B}}"},
        "meridian/publications.txt": {"_publications/a.md": PAGE},
        "meridian/cv.txt": {"a.md": "---\nlayout: cv\n---\n"},
        "meridian/notes.js": {"_config.yml": "meridian: {notes: true}\n"},
        "meridian/notes.wasm": {"a.md": PAGE + "[[other]]"},
        "meridian/search.js": {"_config.yml": "meridian: {search: true}\n"},
        "meridian/plugins.js": {"_plugins/a.js": "export {};"},
        "meridian/highlight/vim.js": {"a.md": PAGE + "~~~ vim\nlet a\n~~~"},
        "meridian/sass.wasm": {"assets/a.scss": "---\n---\na{b{c:d}}"},
        "meridian/fetched-theme.js": {"_config.yml": "theme: jekyll-theme-a\n"},
        "meridian/comments.js": {"_config.yml": "comments: {provider: a}\n"},
        "meridian/analytics.js": {"_config.yml": "analytics: {provider: a}\n"},
        "meridian/aids.js": {"_config.yml": "meridian: {aids: true}\n"},
        "meridian/icons/kaggle.svg": {"_config.yml": "author: {kaggle: a}\n"},
        "meridian/icons/steam.svg": {"_data/authors.yml": "a: {steam: b}\n"},
        "meridian/icons/tumblr.svg": {"a.md": "---\nauthor: {tumblr: a}\n---\n"},
        "meridian/icons/vine.svg": {"a.md": PAGE + '<i class="fa-brands fa-vine"></i>'},
    }
    # What every site needs, or a reader in another language.
    ALWAYS = {"meridian/meridian.wasm", "meridian/messages/de.js", "meridian/commonmark.wasm"}

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
