"""Large parts of the shell that few sites use: builds take along those that a page needs."""

import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, contents, write

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

    def test_raw_sources_need_mermaid_where_one_names_it(self):
        self.assertEqual(self.parts("--raw"), {"meridian/places/top.bin"})
        for path, text in (
            ("other.md", PAGE + DIAGRAM),
            ("_includes/flow.html", '<pre><code class="language-mermaid">graph LR</code></pre>'),
            ("_data/flows.yml", 'a: "```mermaid\\ngraph LR\\n```"\n'),
        ):
            with self.subTest(path):
                write(self.source, {path: text})
                self.assertEqual(self.parts("--raw"), self.PARTS)
                (self.source / path).unlink()


if __name__ == "__main__":
    unittest.main()
