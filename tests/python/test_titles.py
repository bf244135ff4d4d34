"""Titles and texts of one line in every template of the theme: whatever they begin with, only
spans of Markdown are made of them.
"""

import html.parser
import json
import random
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "tests")]
import real_jekyll

MERIDIAN = ROOT / "build" / "native" / "meridian"

# A title that no dialect changes; pages with another title must differ in its text alone.
PLAIN = "Quokka"
TITLES = [
    "1. First steps",
    "12) Twelve",
    "A | B",
    "> 90 percent",
    "- dash",
    "+ plus",
    "# hash",
    "C #",
    "Python | C++",
    "    indented",
    "\ttab",
    "* star",
    "~~~",
    "```",
    "<b>bold</b>",
    "---",
    "===",
    ": colon",
    "[^1]: x",
    "[x]: /y",
    "*[x]: y",
    "{: .x}",
    "{:.x: .y}",
    "{::comment}",
    "{#id}",
    "Title {#id}",
    "$$",
    "R&D < c",
    "ends with \\",
    "| --- |",
]
# What counts as a span: a title may have these in it.
SPANS = {"b", "em", "strong", "code", "a", "span"}
DIALECTS = {"kramdown": "", "GitHub": "markdown: GFM\n"}


def site(title: str, dialect: str) -> dict:
    """Every layout and include, with the title in every field that is shown."""
    t = json.dumps(title)  # a scalar of YAML, too
    works = {}
    for collection in ("posts", "talks", "teaching", "portfolio", "publications"):
        for day in (1, 2):
            works[f"_{collection}/2020-01-0{day}-w{day}.md"] = (
                f"---\nlayout: single\npermalink: /{collection}/{day}/\ntitle: {t}\nexcerpt: {t}\n"
                f"date: 2020-01-0{day}\nvenue: {t}\nlocation: {t}\ntype: {t}\ncitation: {t}\n"
                f"tags: [tag]\ncategories: [kind]\nauthors: [{t}]\nabstract: {t}\nrelated: true\n"
                "bibtex: '@misc{x}'\n---\nText\n"
            )

    def page(name: str, more: str = "", text: str = "") -> tuple:
        return (
            f"{name}.md",
            f"---\npermalink: /{name}/\ntitle: {t}\n{more}---\n{text}\n",
        )

    entry = (
        f"{{institution: {t}, area: {t}, name: {t}, summary: {t}, highlights: [{t}, {t}],"
        f" keywords: [{t}], url: 'https://x.example'}}"
    )
    rows = "work education projects awards skills languages interests references".split()
    resume = "\n".join(f"{row}: [{entry}, {{name: {t}, level: {t}}}]" for row in rows)
    basics = f"basics: {{name: N, label: {t}, summary: {t}}}\n"
    feature = f"{{title: {t}, excerpt: {t}, url: /x/}}"
    return {
        "_config.yml": dialect
        + f"title: {t}\ndescription: {t}\nurl: https://x.example\nbreadcrumbs: true\n"
        f"author: {{name: N, bio: {t}, location: L}}\n"
        "collections:\n"
        + "".join(
            f"  {name}: {{output: true}}\n"
            for name in ("talks", "teaching", "portfolio", "publications")
        ),
        "_data/resume.yml": basics + resume + "\n",
        "_data/cv.yml": basics + resume + "\n",
        "_data/rendercv.yml": f"cv:\n  name: N\n  headline: {t}\n  sections:\n    about: [{t}]\n"
        f"    jobs: [{entry}]\n    lines: [{{bullet: {t}}}, {{label: {t}, details: {t}}}]\n",
        "_data/alfolio.yml": f"- title: {t}\n  contents: [{t}, {entry},"
        f" {{title: {t}, description: [{t}], items: [{{title: {t}, contents: [{t}]}}]}}]\n",
        "_data/projects.yml": f"- {{title: {t}, role: {t}, advisor: {t}, place: {t}, points: [{t}]}}\n",
        **works,
        **dict(
            [
                page("index", "layout: home\npermalink: /\n"),
                page("single", "layout: single\nauthor_profile: true\n"),
                page("sub/page", "layout: single\npermalink: /single/sub/\n"),
                page("parts", f"layout: single\nsidebar: [{{title: {t}, text: {t}}}]\n"),
                page(
                    "hero",
                    f"layout: splash\ntagline: {t}\nheader: {{overlay_color: '#333', caption: {t}}}\n",
                ),
                page("hero2", f"layout: splash\nexcerpt: {t}\nheader: {{overlay_color: '#333'}}\n"),
                page("hero3", f"layout: single\nheader: {{image: /x.png, caption: {t}}}\n"),
                page(
                    "features",
                    f"layout: splash\nfeature_row: [{feature}]\ngallery: [{{image_path: /x.png}}]\n"
                    f"words: {t}\n",
                    "{% include feature_row %}\n\n{% include gallery caption=page.words %}\n\n"
                    "{% include figure image_path='/x.png' caption=page.words %}",
                ),
                page("cv", "layout: cv\ncv: resume\n"),
                page("cv2", "layout: cv\ncv: rendercv\n"),
                page("cv3", "layout: cv\ncv: alfolio\n"),
                page("cv4", "layout: cv-layout\n", "{% include cv-template.html %}"),
                page(
                    "projects",
                    "layout: single\n",
                    "{% include project-list.html projects=site.data.projects %}",
                ),
                page("publications", "layout: publications\n"),
                page("posts", "layout: posts\n"),
                page("tags", "layout: tags\n"),
                page("categories", "layout: categories\n"),
                page("grid", "layout: collection\ncollection: portfolio\nentries_layout: grid\n"),
                page("talks", "layout: collection\ncollection: talks\n"),
            ]
        ),
    }


class Shown(html.parser.HTMLParser):
    """The elements of a page other than spans, their names in attributes, and its text."""

    def __init__(self, text: str):
        super().__init__(convert_charrefs=True)
        self.parts, self.words, self.skipped = [], [], False
        self.feed(text)
        self.flush()

    def flush(self):
        words = " ".join("".join(self.words).split())
        self.words = []
        if words:
            self.parts.append(words)

    def handle_starttag(self, tag, attrs):
        if tag in SPANS:
            return
        self.flush()
        named = [value for name, value in attrs if name in ("content", "alt", "title")]
        self.parts.append((tag, *[" ".join((value or "").split()) for value in named]))
        self.skipped = tag in ("script", "style")

    def handle_endtag(self, tag):
        if tag not in SPANS:
            self.flush()
            self.parts.append("/" + tag)
            self.skipped = False

    def handle_data(self, data):
        if not self.skipped:
            self.words.append(data)


def spelled(text: str) -> str:
    """Without what differs by the field and the dialect: typography and the marks of HTML."""
    for sign, ascii in {"—": "---", "–": "--", "<b>": "", "</b>": "", "…": "..."}.items():
        text = text.replace(sign, ascii)
    return " ".join(text.split())


def shown(part, title: str):
    if isinstance(part, tuple):
        return tuple(shown(one, title) for one in part)
    return spelled(part).replace(spelled(title), PLAIN)


@unittest.skipUnless(MERIDIAN.exists(), "the command is not built")
class Titles(unittest.TestCase):
    def build(self, files: dict) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            source, out = Path(folder) / "site", Path(folder) / "out"
            for path, text in files.items():
                (source / path).parent.mkdir(parents=True, exist_ok=True)
                (source / path).write_text(text, encoding="utf-8")
            done = subprocess.run(
                [
                    MERIDIAN,
                    "build",
                    "--quiet",
                    "--jobs",
                    "1",
                    "--source",
                    source,
                    "--destination",
                    out,
                ],
                capture_output=True,
                text=True,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            return {
                str(page.relative_to(out)): page.read_text(encoding="utf-8")
                for page in out.rglob("*.html")
                if page.relative_to(out).parts[0] != "meridian"
            }

    def converted(self, titles: list, dialect: str) -> list:
        """What the filter makes of them."""
        page = "---\n---\n{% for t in site.data.t %}{{ t | markdownify_inline | jsonify }},{% endfor %}"
        files = {"_config.yml": "title: T\n" + dialect, "_data/t.json": json.dumps(titles)}
        made = self.build({**files, "index.html": page})["index.html"]
        return json.loads(f"[{made.rstrip().rstrip(',')}]")

    def test_the_filter_converts_spans_alone_in_both_dialects(self):
        for title, kramdown, github in (
            ("1. *First* steps", "1. <em>First</em> steps", None),
            ("\n> `a` | **b**\n", "&gt; <code>a</code> | <strong>b</strong>", None),
            ("[a](/b) #", '<a href="/b">a</a> #', None),
            ("two\nlines  \n- three", "two lines   - three", None),
            ("It's --- so", "It’s — so", "It's --- so"),
            ("$$x^2$$", r"\(x^2\)", '<code class="language-math math-display">x^2</code>'),
            ("<div>x</div>", "&lt;div&gt;x&lt;/div&gt;", "<div>x</div>"),
            ("www.x.org", "www.x.org", '<a href="http://www.x.org">www.x.org</a>'),
            ("", "", None),
            (" \n", "", None),
            (12, "12", None),
            (None, "", None),
        ):
            for dialect, expected in (("kramdown", kramdown), ("GitHub", github or kramdown)):
                with self.subTest(title=title, dialect=dialect):
                    made = self.converted([title], DIALECTS[dialect])[0]
                    made = made.replace(' class="language-plaintext highlighter-rouge"', "")
                    self.assertEqual(made, expected)

    @unittest.skipUnless(real_jekyll.has("kramdown-parser-gfm"), real_jekyll.MISSING)
    def test_spans_are_those_of_kramdowns_parser_of_spans(self):
        pieces = (
            "1. # * _ ~~ > | - --- ... \" ' [ ]( /u ) <b> </b> <http://x.y> &amp; & < \\ $$ {: .x}"
            " {#id} {::comment} {:/} [^1] : a é <br> <div> <!--c--> ! \\| + = == ** __"
        ).split() + [" ", " ", "  ", "\t", "\n", "b c"]
        chance = random.Random(61)
        titles = [
            "".join(chance.choice(pieces) for _ in range(chance.randint(1, 9))) for _ in range(2000)
        ]
        titles = [title for title in titles if title.strip()] + TITLES
        ours = self.converted(titles, "")
        for title, made, theirs in zip(titles, ours, real_jekyll.spans(titles)):
            with self.subTest(title=title):
                self.assertEqual(made.strip(), theirs)

    def test_no_field_of_the_theme_makes_blocks_of_a_title(self):
        for name, dialect in DIALECTS.items():
            plain = self.build(site(PLAIN, dialect))
            self.assertGreater(len(plain), 25)
            # Where the title is shown at all: a field that is not shown tests nothing.
            fields = sum(page.count(PLAIN) for page in plain.values())
            self.assertGreater(fields, 400)
            for title in TITLES:
                pages = self.build(site(title, dialect))
                self.assertEqual(pages.keys(), plain.keys())
                for path, page in pages.items():
                    with self.subTest(dialect=name, title=title, page=path):
                        ours = [shown(part, title) for part in Shown(page).parts]
                        theirs = [shown(part, PLAIN) for part in Shown(plain[path]).parts]
                        self.assertEqual(ours, theirs)


if __name__ == "__main__":
    unittest.main()
