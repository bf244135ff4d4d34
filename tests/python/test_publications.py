"""BibTeX by the command: `_data/NAME.bib` as data."""

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import command

CONFIG = "title: Lab\nauthor: {name: Ada Lovelace}\n"


def entry(key, year, title="T"):
    return f"@misc{{{key}, title = {{{title}}}, year = {{{year}}}}}\n"


@unittest.skipUnless(command.MERIDIAN.exists(), "the command is not built")
class Bibtex(unittest.TestCase):
    def build(self, files):
        """The pages of a site, and what the command says."""
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        source, out = Path(folder.name) / "site", Path(folder.name) / "out"
        command.write(source, {"_config.yml": CONFIG, **files})
        done = command.meridian("build", "--source", source, "--destination", out)
        return {
            path.relative_to(out).as_posix(): path.read_text(encoding="utf-8")
            for path in out.rglob("*.html")
        }, done.stdout + done.stderr


class Data(Bibtex):
    LIST = "---\n---\n{% for e in site.data.lab.papers %}{{ e.key }} {{ e.title }};{% endfor %}\n"

    def test_a_file_is_a_list_of_its_entries(self):
        pages, _ = self.build(
            {"_data/lab/papers.bib": entry("a", 1, '{\\"O}de') + entry("b", 2), "x.html": self.LIST}
        )
        self.assertEqual(pages["x.html"].strip(), "a Öde;b T;")

    def test_a_broken_entry_is_left_out_and_named_with_file_and_line(self):
        pages, said = self.build(
            {
                "_data/lab/papers.bib": entry("a", 1) + "@misc{b, title {B}}\n" + entry("c", 1),
                "x.html": self.LIST,
            }
        )
        self.assertEqual(pages["x.html"].strip(), "a T;c T;")
        self.assertRegex(said, r"_data/lab/papers\.bib:2:\d+: ")

    def test_a_file_that_jekyll_reads_counts_before_one_of_its_name(self):
        for name, text in (
            ("papers.yml", "- {key: y, title: Y}"),
            ("papers.csv", "key,title\ny,Y\n"),
        ):
            pages, _ = self.build(
                {
                    f"_data/lab/{name}": text,
                    "_data/lab/papers.bib": entry("a", 1),
                    "x.html": self.LIST,
                }
            )
            self.assertEqual(pages["x.html"].strip(), "y Y;")

    def test_nothing_and_no_bibtex_are_empty_lists(self):
        for text in ("", "no entries", "\x00@{"):
            pages, _ = self.build({"_data/lab/papers.bib": text, "x.html": self.LIST})
            self.assertEqual(pages["x.html"].strip(), "")


if __name__ == "__main__":
    unittest.main()
