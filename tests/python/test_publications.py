"""BibTeX by the command: `_data/NAME.bib` as data, and the layout `publications`."""

import re
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import command

CONFIG = "title: Lab\nauthor: {name: Ada Lovelace}\n"
PAGE = "---\nlayout: publications\ntitle: P\n---\n"


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

    def keys(self, page):
        return re.findall(r'<li class="publication" id="([^"]*)"', page)


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


class Page(Bibtex):
    def test_files_are_those_of_the_page_else_of_the_site(self):
        files = {
            "_config.yml": CONFIG + "publications: [a.bib, /refs/b.bib]\n",
            "a.bib": entry("a", 2001) + "@misc{x, title {X}}\n",
            "refs/b.bib": entry("b", 2002),
            "c.bib": entry("c", 2003),
            "all.md": PAGE,
            "one.md": PAGE.replace("title", "publications: c.bib\ntitle"),
        }
        pages, said = self.build(files)
        self.assertEqual(self.keys(pages["all.html"]), ["b", "a"])
        self.assertEqual(self.keys(pages["one.html"]), ["c"])
        self.assertRegex(said, r"a\.bib:2:\d+: ")

    def test_a_site_without_works_says_so(self):
        pages, _ = self.build({"all.md": PAGE})
        self.assertIn("Nothing here yet.", pages["all.html"])

    def test_a_file_that_is_missing_is_named(self):
        _, said = self.build({"_config.yml": CONFIG + "publications: none.bib\n", "all.md": PAGE})
        self.assertIn("none.bib: ", said)
        self.assertIn("correct the path in `publications`", said)

    def test_years_have_their_numbers_and_words_are_those_of_the_language(self):
        files = {
            "_config.yml": CONFIG + "publications: a.bib\nlang: de\n",
            "a.bib": entry("a", 2001) + entry("b", 2001) + "@phdthesis{c, title={C}}\n",
            "all.md": PAGE,
        }
        page = self.build(files)[0]["all.html"]
        heads = re.findall(r"<h2 [^>]*>(.*?) <span [^>]*>(\d+)</span></h2>", page)
        self.assertEqual(heads, [("2001", "2"), ("Ohne Jahr", "1")])
        for word in ("Veröffentlichungen", "Kopieren", "Zurücksetzen", "Dissertation"):
            self.assertIn(word, page)
        self.assertNotRegex(page, r"_(label|kind)|>Article<")

    def test_what_a_file_says_becomes_no_markup(self):
        page = self.build(
            {
                "_config.yml": CONFIG + "publications: a.bib\n",
                "a.bib": '@misc{a"><b, title = {<script>x</script>}, author = {<i>, "x}, '
                'keywords = {"><script>}, url = {https://a.org/"><script>}, '
                'abstract = {</div><script>}, doi = {1"><script>}}\n',
                "all.md": PAGE,
            }
        )[0]["all.html"]
        works = page[page.index('<div class="publications"') :]
        works = works[: works.index("</section></div>")]
        self.assertNotIn("<script>", works)
        self.assertNotIn('"><b,', works)
        self.assertNotIn('id="a"', works)


if __name__ == "__main__":
    unittest.main()
