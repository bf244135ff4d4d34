"""BibTeX by the command: `_data/NAME.bib` as data, and the layout `publications`."""

import json
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
        self.profile = out / "profile.json"
        self.index = b"".join(path.read_bytes() for path in out.glob("meridian/search/*"))
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

    def test_each_work_has_an_id_and_a_key_of_its_own(self):
        work = "---\ntitle: T\ncategory: article\n---\n"
        names = ("2019-01-01-paper", "2020-01-01-paper", "2020/paper", "2020-02-02-other")
        page = self.build(
            {
                "_config.yml": CONFIG + "collections: {publications: {output: true}}\n",
                **{f"_publications/{name}.md": work for name in names},
                "all.md": PAGE,
            }
        )[0]["all.html"]
        ids = self.keys(page)
        self.assertEqual(len(ids), 4)
        self.assertEqual(len(set(ids)), 4, ids)
        self.assertIn("other", ids)
        self.assertCountEqual(re.findall(r"@\w+\{([^,\s]+),", page), ids)

    def test_a_profile_has_the_works_of_bibtex(self):
        home = "index.md", "---\nlayout: single\n---\n# News\n\nA :tada: day\n"
        bib = (
            "@article{k, title={$x^2$ \\& {\\em y}}, journal={J}, year=2001, url={https://a.org}}\n"
            + "".join(entry(f"e{year}", year) for year in range(1980, 1995))
        )
        emoji = CONFIG.replace("}", ', bio: "2. \\"So\\" & :tada:"}') + "plugins: [jemoji]\n"
        for files in (
            {"_config.yml": emoji + "publications: a.bib\n", "all.md": PAGE},
            {"_config.yml": emoji, "all.md": PAGE.replace("title", "publications: a.bib\ntitle")},
        ):
            self.build({**files, "a.bib": bib, home[0]: home[1]})
            person = json.loads(self.profile.read_text(encoding="utf-8"))
            self.assertEqual(person["bio"], "2. “So” & 🎉")
            works = person["lists"]["publications"]
            self.assertEqual(len(works), 10)
            self.assertEqual(
                works[0], {"title": "x2 & y", "url": "/all.html#k", "date": "2001", "venue": "J"}
            )
        self.build({"_config.yml": CONFIG + "publications: a.bib\n", "a.bib": bib})
        works = json.loads(self.profile.read_text(encoding="utf-8"))["lists"]["publications"]
        self.assertEqual(works[0]["url"], "https://a.org")
        self.build({"index.md": PAGE})
        self.assertEqual(json.loads(self.profile.read_text(encoding="utf-8"))["lists"], {})

    def test_the_search_finds_works_and_a_cv(self):
        self.build(
            {
                "_config.yml": CONFIG + "publications: a.bib\nmeridian: {search: true}\n",
                "a.bib": entry("k", 2001, "The $\\alpha^2$ comet"),
                "all.md": PAGE,
                "cv.md": "---\nlayout: cv\ntitle: 1. *My* life\n---\n",
                "_data/cv.json": '{"work": [{"name": "Observatory", "summary": "of nebulae"}]}',
            }
        )
        for found in ("The α2 comet", "Observatory", "of nebulae", "1. My life"):
            self.assertIn(found.encode(), self.index)
        for left_out in ("Nothing matches", "@misc", "Site content", "Skip to content"):
            self.assertNotIn(left_out.encode(), self.index)

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


class Metadata(Bibtex):
    """What those who cite read in the head, by the category in one form or the other."""

    def test_the_venue_is_what_the_category_says(self):
        expected = {
            "conference": ("Event", ["conference"]),
            "conferences": ("Event", ["conference"]),
            "book": ("Book", []),
            "books": ("Book", []),
            "article": ("Periodical", ["journal"]),
            "manuscripts": ("Periodical", ["journal"]),
        }
        works = {
            f"_publications/{kind}.md": f"---\ntitle: T\nlayout: single\ncategory: {kind}\nvenue: V\n---\n"
            for kind in expected
        }
        config = CONFIG + "collections: {publications: {output: true}}\n"
        pages = self.build({"_config.yml": config, **works})[0]
        for kind, (venue, tags) in expected.items():
            with self.subTest(category=kind):
                page = pages[f"publications/{kind}.html"]
                self.assertIn(f'"isPartOf":{{"@type":"{venue}","name":"V"}}', page)
                self.assertEqual(re.findall(r'"citation_(\w+)_title"', page), tags)


if __name__ == "__main__":
    unittest.main()
