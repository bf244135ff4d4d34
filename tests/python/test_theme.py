"""The theme's templates: what embed.py may change in them, and that real Jekyll makes the same pages of both forms."""

import html.parser
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
THEME = ROOT / "core" / "theme"
sys.path.insert(0, str(THEME))
import embed  # noqa: E402


class Small(unittest.TestCase):
    def test_joins_lines_and_tightens_tags(self):
        text = '{% if a == "b | c" %}\n  <p>{{ x | join: ", " }}</p>\n\n{% endif %}\n'
        self.assertEqual(embed.small("_includes/x.html", text), '{%if a=="b | c"%}<p>{{x|join:", "}}</p>{%endif%}')

    def test_drops_comments_of_any_length(self):
        self.assertEqual(embed.small("_includes/x.html", "{% comment %}\nwhy\n{% endcomment %}\n<b>1</b>\n"), "<b>1</b>")

    def test_keeps_what_is_verbatim(self):
        for kept in ("<pre>\n  a\n</pre>", "<script>\n  let a; // b\n</script>", "{% raw %}\n {{ a | b }}{% endraw %}"):
            self.assertEqual(embed.small("_includes/x.html", f"<i>\n{kept}\n</i>\n"), f"<i>{kept}</i>")

    def test_keeps_the_lines_of_markdown(self):
        text = '<nav markdown="1">\n\n* a\n{:toc}\n</nav>\n'
        self.assertEqual(embed.small("_includes/toc", text), text.strip("\n"))

    def test_keeps_front_matter(self):
        self.assertEqual(embed.small("_layouts/x.html", "---\nlayout: a\nb:  c\n---\n{{ content }}\n"), "---\nlayout: a\nb:  c\n---\n{{content}}")

    def test_begins_a_line_with_the_first_block(self):
        self.assertEqual(embed.small("_includes/x.html", "{% assign a = 1 %}\n<div>x</div>\n"), "{%assign a = 1%}\n<div>x</div>")


class Names(unittest.TestCase):
    def rename(self, text):
        return embed.renamed(text, embed.own_names([text]))

    def test_renames_what_is_assigned_and_nothing_else(self):
        self.assertEqual(
            self.rename('{%assign title = page.title|default:"title"%}{%include title.html title=title%}title{{title}}'),
            '{%assign _a = page.title|default:"title"%}{%include title.html title=_a%}title{{_a}}',
        )

    def test_leaves_shared_names(self):
        text = '{%assign base_path = site.baseurl%}{%for post in include.list%}{{post.url}}{%endfor%}'
        self.assertEqual(self.rename(text), text)

    def test_gives_each_its_own(self):
        names = embed.own_names(["".join(f"{{%assign v{i} = 1%}}" for i in range(500))])
        self.assertEqual(len(set(names.values())), 500)


class Page(html.parser.HTMLParser):
    """Tags, attributes and text, white space left aside."""

    def __init__(self, text):
        super().__init__()
        self.parts = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.parts.append((tag, [(name, " ".join((value or "").split())) for name, value in attrs]))

    def handle_endtag(self, tag):
        self.parts.append("/" + tag)

    def handle_data(self, data):
        if data.split():
            self.parts.append(" ".join(data.split()))


@unittest.skipUnless(shutil.which("jekyll"), "jekyll is not installed")
class InJekyll(unittest.TestCase):
    """The demo, rendered by real Jekyll with the theme as it is written and as it is embedded."""

    def build(self, folder, name, files):
        site, out = folder / name, folder / (name + "-out")
        shutil.copytree(ROOT / "content", site)
        for path, text in files.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, encoding="utf-8")
        done = subprocess.run(["jekyll", "build", "--disable-disk-cache", "-q", "-s", site, "-d", out],
                              capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return {page.relative_to(out): page.read_text(encoding="utf-8") for page in out.rglob("*.html")}

    def test_the_embedded_theme_makes_the_same_pages(self):
        shared = ("_data/", "_includes/", "_layouts/")  # the rest is not Jekyll's to read
        packed = {path: text for path, text in embed.packed(THEME).items() if path.startswith(shared)}
        written = {path: (THEME / path).read_text(encoding="utf-8") for path in packed}
        with tempfile.TemporaryDirectory() as folder:
            as_written = self.build(Path(folder), "written", written)
            as_embedded = self.build(Path(folder), "embedded", packed)
        self.assertGreater(len(as_written), 20)
        self.assertEqual(as_written.keys(), as_embedded.keys())
        for path, page in as_written.items():
            with self.subTest(page=str(path)):
                self.assertEqual(Page(page).parts, Page(as_embedded[path]).parts)
                self.assertNotRegex(page, r"Liquid (error|syntax error)")


if __name__ == "__main__":
    unittest.main()
