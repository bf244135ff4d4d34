"""The theme's templates: what embed.py may change in them, and that real Jekyll makes the same
pages of both forms.
"""

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
THEME = ROOT / "core" / "theme"
SITE = ROOT / "tests" / "sites" / "theme"
MERIDIAN = ROOT / "build" / "native" / "meridian"
sys.path[:0] = [str(THEME), str(ROOT / "tests")]
import embed
import real_jekyll


class Small(unittest.TestCase):
    def test_joins_lines_and_tightens_tags(self):
        text = '{% if a == "b | c" %}\n  <p>{{ x | join: ", " }}</p>\n\n{% endif %}\n'
        self.assertEqual(
            embed.small("_includes/x.html", text),
            '{%if a=="b | c"%}<p>{{x|join:", "}}</p>{%endif%}',
        )

    def test_drops_comments_of_any_length(self):
        self.assertEqual(
            embed.small("_includes/x.html", "{% comment %}\nwhy\n{% endcomment %}\n<b>1</b>\n"),
            "<b>1</b>",
        )

    def test_keeps_what_is_verbatim(self):
        for kept in (
            "<pre>\n  a\n</pre>",
            "<script>\n  let a; // b\n</script>",
            "{% raw %}\n {{ a | b }}{% endraw %}",
        ):
            self.assertEqual(
                embed.small("_includes/x.html", f"<i>\n{kept}\n</i>\n"), f"<i>{kept}</i>"
            )

    def test_keeps_the_lines_of_markdown(self):
        text = '<nav markdown="1">\n\n* a\n{:toc}\n</nav>\n'
        self.assertEqual(embed.small("_includes/toc", text), text.strip("\n"))

    def test_keeps_front_matter(self):
        self.assertEqual(
            embed.small("_layouts/x.html", "---\nlayout: a\nb:  c\n---\n{{ content }}\n"),
            "---\nlayout: a\nb:  c\n---\n{{content}}",
        )

    def test_begins_a_line_with_the_first_block(self):
        self.assertEqual(
            embed.small("_includes/x.html", "{% assign a = 1 %}\n<div>x</div>\n"),
            "{%assign a = 1%}\n<div>x</div>",
        )


class Names(unittest.TestCase):
    def rename(self, text):
        return embed.renamed(text, embed.own_names([text]))

    def test_renames_what_is_assigned_and_nothing_else(self):
        self.assertEqual(
            self.rename(
                '{%assign title = page.title|default:"title"%}{%include title.html title=title%}title{{title}}'
            ),
            '{%assign _a = page.title|default:"title"%}{%include title.html title=_a%}title{{_a}}',
        )

    def test_leaves_shared_names(self):
        text = (
            "{%assign base_path = site.baseurl%}{%for post in include.list%}{{post.url}}{%endfor%}"
        )
        self.assertEqual(self.rename(text), text)

    def test_leaves_filters_of_the_same_name(self):
        self.assertEqual(
            self.rename("{%assign last = page.list|last%}{{last|upcase}}"),
            "{%assign _a = page.list|last%}{{_a|upcase}}",
        )

    def test_gives_each_its_own(self):
        names = embed.own_names(["".join(f"{{%assign v{i} = 1%}}" for i in range(500))])
        self.assertEqual(len(set(names.values())), 500)


# What the command adds to a page that it writes, which Jekyll has not.
ADDED = r'<script (type="module" )?src="[^"]*/meridian/(search-keys|scheme).js"></script>\s*'


class Page(html.parser.HTMLParser):
    """Tags, attributes and text, white space left aside."""

    def __init__(self, text):
        super().__init__()
        self.parts = []
        self.feed(re.sub(ADDED, "", text))

    # What the gazetteer adds, which Jekyll has not.
    LOOKED_UP = {"data-lon", "data-lat", "data-code", "data-country"}

    def handle_starttag(self, tag, attrs):
        self.parts.append(
            (
                tag,
                [
                    (name, " ".join((value or "").split()))
                    for name, value in attrs
                    if name not in self.LOOKED_UP
                ],
            )
        )

    def handle_endtag(self, tag):
        self.parts.append("/" + tag)

    def handle_data(self, data):
        if data.split():
            self.parts.append(" ".join(data.split()))


def pages_of(folder):
    return {
        page.relative_to(folder): page.read_text(encoding="utf-8")
        for page in folder.rglob("*.html")
        if page.relative_to(folder).parts[0] != "meridian"
    }


def jekyll(source, folder, name, files):
    """What real Jekyll makes of a site with the theme's files in it."""
    site, out = folder / name, folder / (name + "-out")
    shutil.copytree(source, site)
    for path, text in {"_plugins/inline.rb": real_jekyll.INLINE_FILTER, **files}.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["jekyll", "build", "--disable-disk-cache", "-q", "-s", site, "-d", out],
        capture_output=True,
        text=True,
        env={**os.environ, "TZ": "UTC", "JEKYLL_ENV": "production"},
    )
    if done.returncode:
        raise AssertionError(done.stderr)
    return pages_of(out)


def written(folders=("_includes/", "_layouts/")):
    """The theme's files as they lie in the repository."""
    return {
        path: (THEME / path).read_text(encoding="utf-8")
        for path in embed.packed(THEME)
        if path.startswith(folders)
    }


class Packs(unittest.TestCase):
    FILES = {
        "_config.yml": "",
        "_layouts/tags.html": "T",
        "_layouts/single.html": "S",
        "_includes/words.html": "W",
        "_includes/words/de.html": "D",
        "_layouts/publications.html": "P",
        "_includes/publications/list.html": "L",
        "_includes/publications/words.html": "V",
        "_includes/publications/words/de.html": "E",
        "_plugins/feed.xml": "F",
    }

    def test_each_file_lies_in_one_and_theme_names_where_the_others_are(self):
        self.assertEqual(list(embed.part(self.FILES, "more")), ["_layouts/tags.html"])
        self.assertEqual(
            list(embed.part(self.FILES, "words")),
            ["_includes/words.html", "_includes/words/de.html"],
        )
        self.assertEqual(list(embed.part(self.FILES, "plugins")), ["_plugins/feed.xml"])
        self.assertEqual(
            embed.part(self.FILES, "theme"),
            {
                "_config.yml": "",
                "_layouts/single.html": "S",
                "_layouts/tags.html": "\1more",
                "_includes/words.html": "\1words",
                "_layouts/publications.html": "\1publications",
            },
        )
        self.assertEqual(
            embed.part(self.FILES, "publications"),
            {
                "_layouts/publications.html": "P",
                "_includes/publications/list.html": "L",
                "_includes/publications/words.html": "\1publications-words",
            },
        )
        self.assertEqual(
            list(embed.part(self.FILES, "publications-words")),
            ["_includes/publications/words.html", "_includes/publications/words/de.html"],
        )

    def test_every_pattern_of_a_pack_is_a_file_of_the_theme(self):
        packed = embed.packed(THEME)
        for name in ("more", "words", "plugins", "publications", "publications-words", "cv"):
            self.assertGreater(len(embed.part(packed, name)), 1, name)
        for word in re.findall(r"[a-z_]+[\w-]*(?=[|)])", embed.PACKS["more"].pattern):
            self.assertTrue(any(word in path for path in embed.part(packed, "more")), word)


class Words(unittest.TestCase):
    """The interface in other languages."""

    FILES = sorted((THEME / "_includes" / "words").glob("*.html"))

    def keys(self, file):
        return set(re.findall(r'when "([^"]+)"', file.read_text(encoding="utf-8")))

    def test_every_language_has_every_word_that_the_templates_ask_for(self):
        asked = {
            "website_label",
            "email_label",
            "ext_link_label",
            "paper_label",
            "slides_label",
            "code_label",
            "data_label",
            "video_label",
            "work_label",
            "education_label",
            "publications_label",
            "presentations_label",
            "teaching_label",
            "references_label",
        }
        for file in [
            *THEME.rglob("_includes/*.html"),
            *THEME.rglob("_layouts/*"),
            *THEME.rglob("_pages/*"),
            THEME / "_includes" / "toc",
            THEME / "_includes" / "feature_row",
        ]:
            asked |= set(
                re.findall(r'include word\.html key="([^"]+)"', file.read_text(encoding="utf-8"))
            )
        self.assertGreater(len(asked), 20)
        languages = [file for file in self.FILES if file.stem != "day"]
        self.assertEqual(
            [file.stem for file in languages],
            ["ar", "de", "es", "fr", "it", "ja", "pt", "zh-Hant", "zh"],
        )
        for file in languages:
            self.assertEqual(asked - self.keys(file), set(), file.name)
            for months in re.findall(
                r'when "(?:long_)?months" %}(.*)', file.read_text(encoding="utf-8")
            ):
                self.assertEqual(len(months.split(",")), 12, file.name)

    def test_every_language_has_the_words_of_a_cv(self):
        text = (THEME / "_includes" / "cv" / "word.html").read_text(encoding="utf-8")
        rows = re.findall(r'forms = "([^"]+)"', text)
        self.assertGreater(len(rows), 3)
        languages = ["hant" if file.stem == "zh-Hant" else file.stem for file in self.FILES]
        for row in rows:
            forms = [form.split(":", 1) for form in row.split("|")[1:-1]]
            self.assertEqual({name for name, word in forms if word}, {*languages} - {"day"})

    def test_every_language_has_the_words_of_publications(self):
        folder = THEME / "_includes" / "publications"
        text = "".join(file.read_text(encoding="utf-8") for file in folder.glob("*.html"))
        asked = set(re.findall(r'include publications/word\.html key="([^"]+)"', text))
        asked |= {f"{kind}_kind" for kind in re.findall(r'when "(\w+)" %}', text)}
        self.assertGreater(len(asked), 20)
        languages = sorted((folder / "words").glob("*.html"))
        self.assertEqual(
            [file.stem for file in languages],
            [file.stem for file in self.FILES if file.stem != "day"],
        )
        for file in languages:
            self.assertEqual(asked, self.keys(file), file.name)


class Numbers(unittest.TestCase):
    """What is said of the stops of a globe, by their number."""

    def test_words_have_the_form_of_their_number(self):
        expected = {
            "en": ["stop", "stops"],
            "de": ["Station", "Stationen"],
            "fr": ["étape", "étapes"],
            "zh": ["站", "站"],
            "ar": ["محطة", "محطتان", "محطات", "محطة"],
        }
        counts = {"ar": [1, 2, 3, 11]}
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder) / "site", Path(folder) / "out"
            source.mkdir()
            (source / "_config.yml").write_text("title: T\n", encoding="utf-8")
            for lang in expected:
                for count in counts.get(lang, [1, 2]):
                    stops = ", ".join(["{name: P, lat: 1, lon: 2}"] * count)
                    (source / f"{lang}-{count}.md").write_text(
                        f"---\nlang: {lang}\nstops: [{stops}]\n---\n"
                        "{% include travel-globe.html stops=page.stops %}\n",
                        encoding="utf-8",
                    )
            subprocess.run(
                [MERIDIAN, "build", "--quiet", "--source", source, "--destination", out], check=True
            )
            for lang, words in expected.items():
                for count, word in zip(counts.get(lang, [1, 2]), words):
                    page = (out / f"{lang}-{count}.html").read_text(encoding="utf-8")
                    said = re.search(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", page)
                    self.assertEqual(said.groups(), (word, str(count)), lang)


@unittest.skipUnless(
    real_jekyll.has("jekyll-feed", "jekyll-redirect-from", "jekyll-sitemap"), real_jekyll.MISSING
)
class InJekyll(unittest.TestCase):
    """The demo, rendered by real Jekyll with the theme as it is written and as it is embedded."""

    def test_the_embedded_theme_makes_the_same_pages(self):
        shared = ("_data/", "_includes/", "_layouts/")  # the rest is not Jekyll's to read
        packed = {
            path: text for path, text in embed.packed(THEME).items() if path.startswith(shared)
        }
        with tempfile.TemporaryDirectory() as folder:
            as_written = jekyll(ROOT / "content", Path(folder), "written", written(shared))
            as_embedded = jekyll(ROOT / "content", Path(folder), "embedded", packed)
        self.assertGreater(len(as_written), 20)
        self.assertEqual(as_written.keys(), as_embedded.keys())
        for path, page in as_written.items():
            with self.subTest(page=str(path)):
                self.assertEqual(Page(page).parts, Page(as_embedded[path]).parts)
                self.assertNotRegex(page, r"Liquid (error|syntax error)")


class Head(html.parser.HTMLParser):
    """What a page says of itself, and the addresses of its icons."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.metas, self.data, self.icons, self.inside = {}, [], set(), False
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == "meta":
            for name in {attrs.get("name"), attrs.get("property")} - {None}:
                self.metas.setdefault(name, []).append(attrs.get("content"))
        if tag == "use":
            self.icons.add(attrs["href"])
        self.inside = tag == "script" and attrs.get("type") == "application/ld+json"

    def handle_data(self, data):
        if self.inside:
            self.data.append(json.loads(data))


@unittest.skipUnless(MERIDIAN.exists(), "the command is not built")
class InTheCommand(unittest.TestCase):
    """tests/sites/theme, by the command."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        out = Path(cls.folder.name) / "built"
        done = subprocess.run(
            [MERIDIAN, "build", "--quiet", "--source", SITE, "--destination", out],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        cls.pages = pages_of(out)

    def head(self, path):
        return Head(self.pages[Path(path) / "index.html"])

    @unittest.skipUnless(real_jekyll.has("jekyll-feed", "jekyll-paginate"), real_jekyll.MISSING)
    def test_jekyll_makes_the_same_pages(self):
        theirs = jekyll(SITE, Path(self.folder.name), "site", written())
        self.assertEqual(self.pages.keys(), theirs.keys())
        self.assertGreater(len(theirs), 20)
        for path, page in theirs.items():
            with self.subTest(page=str(path)):
                self.assertEqual(Page(self.pages[path]).parts, Page(page).parts)
                self.assertNotRegex(page, r"Liquid (error|syntax error)")

    @unittest.skipUnless(shutil.which("jekyll"), "jekyll is not installed")
    def test_providers_of_a_sites_own_are_its_includes(self):
        folder = Path(self.folder.name)
        files = {
            "_config.yml": "title: T\nanalytics: {provider: custom}\ncomments: {provider: custom_board}\n",
            "index.md": "---\nlayout: single\ncomments: true\n---\nText\n",
            "_includes/analytics-providers/custom.html": "<!-- counted --><meta name=counted>",
            "_includes/comments-providers/custom_board.html": "<p>The board</p>",
        }
        for path, text in files.items():
            (folder / "own" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "own" / path).write_text(text)
        subprocess.run(
            [
                MERIDIAN,
                "build",
                "--quiet",
                "--source",
                folder / "own",
                "--destination",
                folder / "own-built",
            ],
            check=True,
        )
        ours = pages_of(folder / "own-built")[Path("index.html")]
        theirs = jekyll(folder / "own", folder, "own-jekyll", written())[Path("index.html")]
        self.assertEqual(Page(ours).parts, Page(theirs).parts)
        self.assertIn("<meta name=counted>", ours)
        self.assertIn("<p>The board</p>", ours)

    def test_structured_data_is_json_and_no_title_ends_it(self):
        for path, page in self.pages.items():
            with self.subTest(page=str(path)):
                for data in Head(page).data:
                    self.assertEqual(data["@context"], "https://schema.org")
        person = self.head("").data[0]
        self.assertEqual(
            (person["@type"], person["name"], person["url"]),
            ("Person", "Ada Byron", "https://ada.example/notes/"),
        )
        self.assertIn("https://orcid.org/0000-0001-2345-6789", person["sameAs"])
        self.assertIn("https://mastodon.social/@ada", person["sameAs"])
        post = self.head("letters/letter-2").data[0]
        self.assertEqual(
            (post["@type"], post["datePublished"][:10], post["dateModified"][:10]),
            ("BlogPosting", "1843-02-02", "1843-07-12"),
        )

    def test_a_publication_is_found_by_those_who_cite(self):
        head = self.head("publications/1843-notes")
        self.assertEqual(head.data[0]["@type"], "ScholarlyArticle")
        self.assertEqual(
            [person["name"] for person in head.data[0]["author"]],
            ["Luigi Menabrea", "Ada Byron", "C. Babbage"],
        )
        for name, values in {
            "citation_title": ['Sketch  & "notes"'],
            "citation_author": ["Luigi Menabrea", "Ada Byron", "C. Babbage"],
            "citation_publication_date": ["1843/09/01"],
            "citation_journal_title": ["Taylor's Scientific Memoirs"],
            "citation_pdf_url": ["https://ada.example/notes/files/notes.pdf"],
            "citation_doi": ["10.1000/notes"],
            "og:type": ["article"],
            "og:url": ["https://ada.example/notes/publications/1843-notes/"],
            "og:image": ["https://ada.example/notes/images/engine.svg"],
            "twitter:site": ["@ada"],
            "google-site-verification": ["abc<def"],
        }.items():
            self.assertEqual(head.metas.get(name), values, name)
        self.assertEqual(
            self.head("publications/1844-card").metas["citation_conference_title"],
            ["Conference on Looms"],
        )

    def test_every_link_of_an_author_has_an_icon(self):
        names = {
            line.split()[0]: line
            for line in (THEME / "icons.txt").read_text().splitlines()
            if line and line[0] != "#"
        }
        icons = self.head("").icons
        self.assertGreater(len(icons), 45)
        for address in icons:
            sprite = re.fullmatch(r"/notes/meridian/icons\.svg#([\w-]+)", address)
            single = re.fullmatch(r"/notes/meridian/icons/([\w-]+)\.svg#i", address)
            self.assertTrue(sprite or single, address)
            self.assertIn("+" + sprite[1] if sprite else single[1], names)

    def test_reading_takes_as_long_in_ideographs(self):
        self.assertIn(
            "<span>4 分钟阅读</span>", self.pages[Path("cjk/index.html")]
        )  # 800 at twice 100 a minute


if __name__ == "__main__":
    unittest.main()
