"""`meridian import`: the sources of a Hugo site become those of a site that builds without errors,
has the same addresses, and loses nothing silently."""

import json
import os
import re
import shutil
import subprocess
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
import real_jekyll
from command import CommandCase, contents, meridian, write
from hugo_sites import (
    BLOG,
    BLOG_ADDRESSES,
    BLOX,
    BLOX_ADDRESSES,
    FOLDERS,
    FOLDERS_ADDRESSES,
    LAB,
    LAB_ADDRESSES,
    MOUNTED,
    MOUNTED_ADDRESSES,
    TWO,
    TWO_ADDRESSES,
)

# What makes of each line of a page what stands there. The page lies in content/docs.
REWRITTEN = {
    '{{< button url="/docs/other" new_tab="true" >}}{{< icon name="envelope" >}} Write *me*{{< /button >}}':
        '<a class="btn" href="{{ "/docs/other" | relative_url }}">Write *me*</a>',
    '{{< button url="https://a.example/" text="a<b" >}}': '<a class="btn" href="https://a.example/">a&lt;b</a>',
    'A {{< hl >}}word{{< /hl >}}.': "A <mark>word</mark>.",
    '{{< audio src="a.mp3" >}}': '<audio controls preload="metadata" src="a.mp3"></audio>',
    '{{< video src="b.mp4" controls="yes" >}}': '<video controls preload="metadata" src="b.mp4"></video>',
    '{{< figure src="a.png" alt="A" title="T" link="/b/" >}}': '<figure><a href="{{ "/b/" | relative_url }}">'
    '<img src="a.png" alt="A"></a><figcaption><strong>T</strong> </figcaption></figure>',
    '[x]({{< ref "other.md" >}})': '[x]({{ "/docs/other/" | relative_url }})',
    '[x]({{% relref "/docs/other#a" %}})': '[x]({{ "/docs/other/" | relative_url }}#a)',
    '{{< ref "#here" >}}': "#here",
    '{{< highlight go "linenos=table" >}}\na {{ b }}\n{{< /highlight >}}': "```go\na {% raw %}{{ b }}{% endraw %}\n```",
    '{{< vimeo id="12" title="V" >}}': '<iframe src="https://player.vimeo.com/video/12" title="V" width="560" '
    'height="315" loading="lazy" allowfullscreen></iframe>',
    "{{< gist ada 12ab >}}": "{% gist ada/12ab %}",
    '{{< x user="ada" id="12" >}}': "[@ada on x.com](https://x.com/ada/status/12)",
    '{{< tweet user="ada" id="12" >}}': "[@ada on twitter.com](https://twitter.com/ada/status/12)",
    '{{< param "own" >}} {{< param social.mail >}}': "mine & {% raw %}{{ x }}{% endraw %} ada@ada.example",
    '{{< details summary="S" >}}a **b**{{< /details >}}': "<details><summary>S</summary>\n\na **b**\n\n</details>",
    "{{% callout note %}}\na\n\nb\n{{% /callout %}}": "> [!NOTE]\n> a\n>\n> b",
    "{{< math >}}$x_{1}$ {{< /math >}}": "$x_{1}$ ",
    "{{< mermaid >}}\ngraph TD\n{{< /mermaid >}}": "```mermaid\ngraph TD\n```",
    '{{< staticref "uploads/cv.pdf" "newtab" >}}CV{{< /staticref >}}': '<a href="{{ "/uploads/cv.pdf" | relative_url }}">CV</a>',
    "{{</* figure src=x */>}}": "{% raw %}{{< figure src=x >}}{% endraw %}",
    "{{< own a=1 >}}in{{< /own >}}": "{% raw %}{{< own a=1 >}}{% endraw %}in{% raw %}{{< /own >}}{% endraw %}",
    "{{<own>}}": "{% raw %}{{&lt;own>}}{% endraw %}",
    "{{ .Title }} {% if %} {{ {%": "{% raw %}{{ .Title }}{% endraw %} {% raw %}{% if %}{% endraw %} "
    "{% raw %}{{{% endraw %} {% raw %}{%{% endraw %}",
    "{% endraw %}": "{% raw %}{%{% endraw %} endraw %}",
    "## A head {#an-id}": '## <a id="an-id"></a>A head',
    "```\n## Code {#an-id}\n```": "```\n## Code {#an-id}\n```",
}  # fmt: skip


# What becomes of marks that only Goldmark has, in a body of a page.
GOLDMARK = {
    'He said "yes" -- or \'no\'---well... it\'s (\'so\') in the \'90s.': "He said “yes” – or ‘no’—well… it’s (‘so’) in the ’90s.",
    '**"Bold"** and "*soft*", "[x](y "t")"; `a "b" -- c`\'s': '**“Bold”** and “*soft*”, “[x](y "t")”; `a "b" -- c`’s',
    "``a ` \"b\"`` \\\"c\\\" <a title=\"d\"> <https://e.example/'f'> https://e.example/--'g' \"h\"":
        "``a ` \"b\"`` \\\"c\\\" <a title=\"d\"> <https://e.example/'f'> https://e.example/--'g' “h”",
    'In $f\'(x) -- "y"$ and $$a\'$$, for $5 "or" $6.': 'In $f\'(x) -- "y"$ and $$a\'$$, for $5 “or” $6.',
    '```\n"a" -- b\n```\n\n    "c" -- d\n\n"e"': '```\n"a" -- b\n```\n\n    "c" -- d\n\n“e”',
    '<div class="x">\n"a"\n</div>\n\n<script>\n"b"\n\n"c"\n</script>\n"d"': '<div class="x">\n"a"\n</div>\n\n<script>\n"b"\n\n"c"\n</script>\n“d”',
    '| a | b |\n|---|:--|\n| "x" | -- |\n\nT\n---\n\n---': '| a | b |\n|---|:--|\n| “x” | – |\n\nT\n---\n\n---',
    '[^1] and [a].\n\n[^1]: A "note".\n[a]: /b "title"': '[^1] and [a].\n\n[^1]: A “note”.\n[a]: /b "title"',
    '- "a"\n  - "b"': '- “a”\n  - “b”',
    '"unclosed `code "x" [y](z "t': '“unclosed `code “x” [y](z “t',
    "Term\n: What it is\n: Or *this*\n\nNext": "<dl>\n<dt>Term</dt>\n<dd>What it is</dd>\n<dd>\n\nOr *this*\n\n</dd>\n</dl>\n\n\nNext",
    "One\n*Two*\n\n:   First\n    goes on\n\n    ```\n    code\n    ```\n\nThree\n:   \"Q\"":
        "<dl>\n<dt>One</dt>\n<dt>\n\n*Two*\n\n</dt>\n<dd>\n\nFirst\ngoes on\n\n```\ncode\n```\n\n</dd>\n<dt>Three</dt>\n<dd>“Q”</dd>\n</dl>",
    "No\n:term\n\n- item\n: x\n\n`a`\n\n\n: b": "No\n:term\n\n- item\n: x\n\n`a`\n\n\n: b",
}  # fmt: skip


class Import(CommandCase):
    def setUp(self):
        super().setUp()
        self.hugo, self.new = self.folder / "hugo", self.folder / "new"

    def run_import(self, files, *options, status=0):
        """Imports a site; its report."""
        for folder in (self.hugo, self.new):
            shutil.rmtree(folder, ignore_errors=True)
        write(self.hugo, files)
        done = meridian("import", self.hugo, self.new, *options, cwd=self.folder)
        self.assertEqual(done.returncode, status, done.stdout + done.stderr)
        return done

    def imported(self, path):
        return (self.new / path).read_text(encoding="utf-8")

    def built(self):
        """The paths of what a build of the new site writes, without the shell's and feeds'."""
        checked = meridian("check", "--source", self.new, "--json")
        errors = [one for one in json.loads(checked.stdout) if one["severity"] == "error"]
        self.assertEqual(errors, [], checked.stdout)
        shutil.rmtree(self.out, ignore_errors=True)
        self.assert_built(source=self.new)
        ours = (
            "meridian/",
            "feed.xml",
            "sitemap.xml",
            "redirects.json",
            "robots.txt",
            "media/",
            "profile",
        )
        return {path for path in contents(self.out) if not path.startswith(ours)}

    def published_by_hugo(self):
        if not shutil.which("hugo"):
            self.skipTest("hugo is not installed")
        public = self.folder / "public"
        shutil.rmtree(public, ignore_errors=True)
        done = subprocess.run(
            ["hugo", "--quiet", "--source", self.hugo, "--destination", public],
            capture_output=True, text=True, timeout=120,
            env={**os.environ, "HUGO_CACHEDIR": str(self.folder / "cache")},
        )  # fmt: skip
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return {
            path for path in contents(public) if not path.endswith(".xml") and "/page/" not in path
        }

    def test_pages_that_hugo_does_not_publish_now_are_not_published(self):
        def page(front):
            return f"---\ntitle: T\ndate: 2020-01-02\n{front}\n---\ntext\n"

        hidden = {
            "expiryDate: 2021-01-01": "expiryDate", "unpublishdate: 2021-01-01": "unpublishDate",
            "publishDate: 2999-01-01": "publishDate", "headless: true": "headless",
            "build: {render: never, list: never}": "build", "_build: {render: never}": "_build",
            "build: {render: link}": "build", "build: {render: false}": "build",
        }  # fmt: skip
        shown = (
            "expiryDate: 2999-01-01", "publishDate: 2021-01-01", "draft: false",
            "draft: 'false'", "build: {list: never}",
        )  # fmt: skip
        files = {
            "hugo.toml": "title = 'T'\n",
            "content/later.md": "---\ndate: 2999-01-01\n---\nx\n",
        }
        for i, front in enumerate([*hidden, "draft: true"]):
            files[f"content/notes/hidden{i}.md"] = page(front)
            files[f"content/hidden{i}.md"] = page(front)
            files[f"content/posts/hidden{i}.md"] = page(front)
        for i, front in enumerate(shown):
            files[f"content/notes/shown{i}.md"] = page(front)
        files["content/closed/_index.md"] = page("cascade: {draft: true}")
        files["content/closed/deep/a.md"] = page("")
        files["content/closed/open.md"] = page("draft: false")
        files["content/part/_index.md"] = page(
            "cascade: [{_target: {path: /x}, build: {render: never}}]"
        )
        report = self.run_import(files, "--time", "2026-01-01T00:00:00Z", "--json").stdout
        found = json.loads(report)
        for i, key in enumerate(hidden.values()):
            [one] = [x for x in found if x["file"] == f"content/notes/hidden{i}.md"
                     and x["message"].startswith("Hugo makes no page")]  # fmt: skip
            self.assertTrue(one["message"].endswith(f"`{key}`"), one)
        self.assertTrue(any("hides some of the pages" in one["message"] for one in found), report)
        pages = {path for path in self.built() if path.endswith("index.html")}
        self.assertFalse({path for path in pages if "hidden" in path or "later" in path}, pages)
        for i in range(len(shown)):
            self.assertIn(f"notes/shown{i}/index.html", pages)
        self.assertIn("closed/open/index.html", pages)
        self.assertNotIn("closed/deep/a/index.html", pages)
        self.assertIn("search: false", self.imported("_notes/shown4.md"))

    def test_pages_of_a_blog_keep_their_addresses(self):
        self.run_import(BLOG)
        built = self.built()
        self.assertEqual(sorted(built | {"robots.txt"}), sorted(BLOG_ADDRESSES))

    def test_pages_of_hugo_blox_keep_their_addresses(self):
        self.run_import(BLOX)
        # A section of drafts alone has a list here.
        self.assertEqual(sorted(self.built() - {"project/index.html"}), sorted(BLOX_ADDRESSES))

    def test_a_lab_keeps_its_addresses_and_what_it_says_of_works(self):
        done = self.run_import(LAB)
        self.assertEqual(sorted(self.built() - {"home/index.html"}), sorted(LAB_ADDRESSES))
        self.assertNotIn("can't be followed", done.stdout)
        self.assertNotIn("has no equivalent", done.stdout)
        expected = {
            "_publications/notes.md": (
                "authors:\n  - Ada Lovelace\n  - Charles Babbage\n  - Luigi Menabrea\n",
                "category: article\n", 'venue: "Scientific Memoirs, 3(1)"\n', 'doi: "10.1000/xyz"\n',
                'paperurl: "/publication/notes/paper.pdf"\n', 'codeurl: "https://code.example/engine"\n',
                'dataurl: "/uploads/data.csv"\n', 'videourl: "/uploads/data.csv"\n',
                'slidesurl: "/slides/intro/"\n', 'bibtexurl: "/publication/notes/cite.bib"\n',
                "bibtex: |-\n  @article{notes,\n    title = {Notes},\n", "  - name: Poster\n",
                '  - name: Project\n    url: "/project/engine/"\n', "  - name: Preprint\n",
                "  - name: Custom\n", "  - name: The engine\n", "abstract:", "excerpt:",
                'header:\n  teaser: "/publication/notes/featured.jpg"\n  image: "/pub',
                "  image_description: An engine\n", "---\n## Abstract\n\nWe describe",
                "{% raw %}{{ braces }}{% endraw %}.\n\nMore on",
            ),
            "_publications/talk-paper.md": (
                "  - Charles Babbage\n  - Ada Lovelace\n", "category: conference\n",
                "venue: Proc. of X\n", 'doi: "10.5/x"\n', 'arxiv: "1"\n',
                'paperurl: "https://p.example/a.pdf"\n', 'links:\n  - name: Award\n',
            ),
            "_talks/turin.md": (
                "venue: Congress of Scholars\n", "city: \"Turin, Italy\"\n", "location: Academy\n",
                "excerpt: In short.\n", "  - Charles Babbage\n", '  - name: Event\n', "## Abstract\n\nAt length.",
            ),
            "_projects/engine.md": (
                "excerpt: A machine.\n", 'link: "https://engine.example"\n', "hugo_type: project\n",
                "read_time: false\n", '  teaser: "/project/engine/featured.png"\n---\n',
            ),
            "_posts/1842-02-03-dated.md": ("  - Ada Lovelace\n", "comments: true\n", "author_profile: false\n"),
            "author/ada-lovelace/index.md": (
                "## Work\n\n- **Analyst**, Engines, 1842-01-01 – 1843-01-01: Notes.\n", "- **Tools**\n  - **Punch cards**\n",
                "author: admin\nauthor_profile: true\n", "## Interests\n\n- Engines\n- Loops\n",
                "- **PhD in Mathematics**, London, 1840\n",
            ),
            "_data/authors.yml": (
                "admin:\n  name: Ada Lovelace\n  bio: Principal Investigator\n  employer: Royal Society\n",
                '  avatar: "/author/ada-lovelace/avatar.jpg"\n', '    - "Alumni & more"\n',
            ),
            "people.md": ("- <lab@lab.example>\n- 123\n- A 1, London\n", "- **CEO**, Engines, 1840-01-01 –: Built it.\n"),
        }  # fmt: skip
        for path, parts in expected.items():
            for part in parts:
                self.assertIn(part, self.imported(path))
        self.assertNotIn("url_", self.imported("_publications/notes.md"))
        pages = {path: text.decode("utf-8", "replace") for path, text in contents(self.out).items()}
        works = pages["publication/index.html"]
        for part in ("<span><b>Ada Lovelace</b></span>, <span>Charles Babbage</span>", "10.1000/xyz",
                     "/publication/notes/paper.pdf", "Scientific Memoirs", "We describe an engine", "@article{notes,",
                     'href="https://award.example">Award</a>', "https://arxiv.org/abs/1"):  # fmt: skip
            self.assertIn(part, works)
        for path, part in (
            ("people/index.html", ">Charles Babbage</a>, Engineer"), ("people/index.html", "Ada writes <em>notes</em>"),
            ("people/index.html", ">Conference paper</a>"), ("index.html", ">Charles Babbage</a>, Engineer"),
            ("index.html", ">Dated</a>"), ("index.html", ">The engine</a>"), ("author/ada-lovelace/index.html", ">Dated</a>"),
            ("author/ada-lovelace/index.html", "/author/ada-lovelace/avatar.jpg"),
            ("author/luigi-menabrea/index.html", "Notes on the"), ("publication/notes/index.html", ">Poster</a>"),
        ):  # fmt: skip
            self.assertIn(part, pages[path], path)
        self.assertNotIn(
            ">Charles Babbage</a>", pages["author/charles-babbage/index.html"].partition("<main")[2]
        )

    def test_pages_in_two_languages_keep_their_addresses(self):
        self.run_import(TWO)
        self.assertEqual(sorted(self.built()), sorted(TWO_ADDRESSES))
        self.assertIn("lang: de\nref: about\n", self.imported("de/about.md"))

    def test_folders_of_languages_are_no_part_of_addresses(self):
        done = self.run_import(FOLDERS)
        self.assertEqual(sorted(self.built()), sorted(FOLDERS_ADDRESSES))
        self.assertIn("lang: de\n", self.imported("de/about.md"))
        self.assertIn("title: About\n", self.imported("_data/navigation.yml"))
        self.assertNotIn("Über", self.imported("_data/navigation.yml"))
        self.assertIn("description: In English\n  both: 1\n", self.imported("_config.yml"))
        # At the place of the setting, not of a comment that names it.
        self.assertIn("hugo.toml:4:1: the setting `pygmentsStyle`", done.stdout)
        self.assertIn("languages.de.toml: titles and menus of single languages", done.stdout)
        self.run_import(MOUNTED)
        self.assertEqual(sorted(self.built()), sorted(MOUNTED_ADDRESSES))

    def test_the_addresses_are_those_of_hugo(self):
        sites = (
            (BLOG, BLOG_ADDRESSES),
            (BLOX, BLOX_ADDRESSES),
            (TWO, TWO_ADDRESSES),
            (FOLDERS, FOLDERS_ADDRESSES),
            (MOUNTED, MOUNTED_ADDRESSES),
        )
        for files, addresses in sites:
            # Modules would be asked from the network.
            files = {
                path: re.sub(
                    rb"module:.*\n", b"", text if isinstance(text, bytes) else text.encode()
                )
                for path, text in files.items()
            }
            self.run_import(files)
            # The one that leads from the name of a language to its pages at the root, and a file of
            # one language, which Hugo publishes for another that has none.
            published = self.published_by_hugo() - {"en/index.html", "pic.png"}
            self.assertEqual(sorted(published), sorted(addresses))

    @unittest.skipUnless(real_jekyll.has(), real_jekyll.MISSING)
    def test_jekyll_gives_the_same_addresses(self):
        # Gems that may not be installed: one for CommonMark, others for redirects and feeds.
        write(self.folder, {"plain.yml": "plugins: []\nmarkdown: kramdown\n"})
        folders = ("posts/old", "older", "manual/docs/a/alt", "manual/docs/up", "root")
        redirects = {"oldest.html", *(f"{folder}/index.html" for folder in folders)}
        for files, addresses in ((BLOG, BLOG_ADDRESSES), (TWO, TWO_ADDRESSES)):
            self.run_import(files)
            out = self.folder / "by-jekyll"
            shutil.rmtree(out, ignore_errors=True)
            done = subprocess.run(
                ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", self.new, "-d", out,
                 "--config", f"{self.new}/_config.yml,{self.folder}/plain.yml"],
                capture_output=True, text=True, timeout=120,
            )  # fmt: skip
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("Liquid", done.stderr)
            built = set(contents(out))
            self.assertLessEqual(built, set(addresses))
            self.assertLessEqual(set(addresses) - built, redirects)

    def test_settings(self):
        self.run_import(BLOG)
        config = self.imported("_config.yml")
        for part in (
            'title: "Notes: a blog"\n', 'url: "https://ada.example"\nbaseurl: "/lab"\n', "lang: en-gb\n",
            "copyright: Ada\n", "description: What I count\n", "permalink: \"/:year/:month/:title/\"\n",
            '  docs:\n    output: true\n    permalink: "/docs/:path/"\n',
            'include:\n  - ".well-known"\n  - "_headers"\n',
            'params:\n  description: What I count\n  social:\n    mail: "ada@ada.example"\n',
        ):  # fmt: skip
            self.assertIn(part, config)
        self.assertEqual(
            self.imported("_data/navigation.yml"),
            'main:\n  - title: About\n    url: "/about/"\n  - title: Posts\n    url: "/posts/"\n',
        )
        self.assertEqual(
            self.imported("_data/people.yml"), "person:\n  - name: Ada\n    born: 1815-12-10\n"
        )

    def test_front_matter_keeps_its_order(self):
        self.run_import(BLOG)
        self.assertEqual(
            self.imported("_posts/posts/2020-01-02-hello-world.md"),
            "---\ntitle: Hello\ndate: 2020-01-02 10:00:00 +0000\ntags:\n  - C++\n  - Größe\n"
            'redirect_from:\n  - "/posts/old/"\n  - "/older/"\n  - "/oldest.html"\n'
            'permalink: "/posts/hello-world/"\n---\nHi\n<!--more-->\nmore\n',
        )
        self.assertIn(
            "last_modified_at: 2021-01-01\n",
            self.imported("_posts/post/2020-03-07-the-title-here.md"),
        )
        self.assertIn(
            "---\nNo front matter, {% raw %}{{ braces }}{% endraw %}.\n", self.imported("plain.md")
        )
        self.assertIn("draft: true\n", self.imported("_drafts/posts/draft.md"))

    def test_sites_of_hugo_blox(self):
        done = self.run_import(BLOX)
        paper = self.imported("_publications/first.md")
        for part in (
            'title: "A first paper: on {{ engines }}"\n', "abstract: |\n  Line one with $x$.\n\n  Line two.\n",
            '  path: "/publication/first/featured.png"\n', "> [!WARNING]\n> Click *here*.\n\nSee <a href=",
            '{{ "/event/talk/" | relative_url }}#end', '## <a id="custom"></a>Head\n',
            'alt="A &lt;pic&gt;"', '{{ "/media/logo.png" | relative_url }}', "{% raw %}{{ .Site.Title }}{% endraw %}",
        ):  # fmt: skip
            self.assertIn(part, paper)
        self.assertTrue(
            self.imported("index.md").endswith(
                "## Biography\n\nI count.\n\n## News\n\nHello **world**\n"
            )
        )
        self.assertNotIn("the block `", done.stdout)
        for part in ("config/_default/hugo.yaml:5:1: the setting `module` is not taken over",
                     "layouts/shortcodes/cite.html: a template of Go"):  # fmt: skip
            self.assertIn(part, done.stdout)
        self.assertIn(
            "author:\n  name: Ada Lovelace\n  bio: Analyst\n  employer: Royal Society\n"
            '  avatar: "/author/ada-lovelace/avatar.jpg"\n  email: "ada@ada.example"\n'
            '  github: "https://github.com/ada"\n  links:\n    - label: other.example\n'
            '      url: "https://other.example/ada"\n',
            self.imported("_config.yml"),
        )
        self.assertIn("    children:\n      - title: One\n", self.imported("_data/navigation.yml"))

    def test_shortcodes(self):
        page = "---\ntitle: T\nown: mine & {{ x }}\n---\n"
        files = {**BLOG, "content/docs/other.md": "---\ntitle: O\n---\n"}
        for number, source in enumerate(REWRITTEN):
            files[f"content/docs/p{number}.md"] = page + source + "\n"
        self.run_import(files)
        for number, (source, expected) in enumerate(REWRITTEN.items()):
            body = self.imported(f"_docs/p{number}.md").split("---\n", 2)[2]
            self.assertEqual(body.rstrip("\n"), expected.rstrip("\n"), source)
        self.built()

    def test_marks_of_goldmark(self):
        sites = {
            "": GOLDMARK,
            "markup:\n  goldmark:\n    extensions: {definitionList: false, typographer: {disable: true}}\n":
                {source: source for source in GOLDMARK},
        }  # fmt: skip
        for settings, expected in sites.items():
            files = {"hugo.yaml": settings}
            for number, source in enumerate(expected):
                files[f"content/docs/p{number}.md"] = f"---\ntitle: T\n---\n{source}\n"
            self.run_import(files)
            for number, (source, text) in enumerate(expected.items()):
                body = self.imported(f"_docs/p{number}.md").split("---\n", 2)[2]
                self.assertEqual(body.strip("\n"), text, source)
            self.built()
        self.run_import({"hugo.toml": "", "content/a.md": 'A\n: b\n\n[^1] "c"\n\n[^1]: d\n'})
        self.built()
        page = contents(self.out)["a/index.html"].decode()
        for part in ("<dt>A</dt>", "<dd>b</dd>", "“c”", 'href="#fn-1"'):
            self.assertIn(part, page)

    def test_shortcodes_without_a_twin_are_reported_with_their_place(self):
        text = (
            '---\ntitle: T\n---\na\n é {{< own "x" >}} {{< ref "nowhere" >}}\n{{< param none >}}\n'
        )
        done = self.run_import({"hugo.toml": "", "content/a.md": text})
        for part in ("content/a.md:5:4: the shortcode `own` has no equivalent",
                     "content/a.md:5:20: no page, or no single one, is `nowhere`",
                     "content/a.md:6:1: the parameter of this shortcode is not set"):  # fmt: skip
            self.assertIn(part, done.stdout)
        self.assertIn("1 shortcode rewritten, 2 kept as text", done.stdout)

    def test_of_one_finding_three_places_are_told_and_the_number_of_others(self):
        page = "---\ntitle: T\n---\n{{< own >}}\n"
        site = {"hugo.toml": "", **{f"content/{i}.md": page for i in range(9)}}
        done = self.run_import(site)
        said = "the shortcode `own` has no equivalent and stays as text"
        self.assertEqual(done.stdout.count(f".md:4:1: {said}"), 3)
        self.assertIn(f"6 more places: {said}\n--json has all places\n", done.stdout)
        self.assertIn("\n9 findings\n", done.stdout)
        told = json.loads(self.run_import(site, "--json").stdout)
        self.assertEqual([one["message"] for one in told], [said] * 9)

    def test_parts_of_a_home_page_are_kept(self):
        files = {
            "hugo.toml": "",
            "content/home/index.md": "---\nheadless: true\n---\n",
            "content/home/about.md": "+++\nwidget = 'about'\nweight = 2\ntitle = 'Me'\n+++\nI *count*.\n",
            "content/home/hero.md": "+++\nwidget = 'hero'\nweight = 1\n+++\n{{< own >}}\n",
            "content/home/off.md": "+++\nwidget = 'blank'\nactive = false\n+++\nNo.\n",
            "content/home/rest.md": "Lost?\n",
        }  # fmt: skip
        for more in ({}, {"content/_index.md": "---\ntitle: T\n---\n"}):
            done = self.run_import({**files, **more})
            home = self.imported("index.md")
            self.assertTrue(
                home.endswith("{% raw %}{{< own >}}{% endraw %}\n\n## Me\n\nI *count*.\n"), home
            )
            for part in ("content/home/hero.md:2:1: the widget `hero` has no equivalent",
                         "content/home/hero.md:5:1: the shortcode `own`",
                         "content/home/rest.md: this page is a resource of a bundle",
                         "content/home/index.md:2:1: Hugo makes no page of this"):  # fmt: skip
                self.assertIn(part, done.stdout)
            self.built()

    def test_what_can_not_be_read_is_reported_and_the_rest_is_written(self):
        files = {
            "hugo.toml": 'title = "T"\nbuildDrafts = true\n',
            "content/a.md": "---\ntitle: [\n---\nA\n",
            "content/b.md": "+++\ntitle = \n+++\nB\n",
            "content/c.md": "+++\ntitle = 'c'\nC\n",
            "content/d.md": '{"title": 1,}\nD\n',
            "content/e.md": b"\xff\xfe",
            "content/f.md": "---\n- 1\n---\nF\n",
            "content/g.md": "---\ntitle: G\ndate: soon\nlayout: x\n---\nG\n",
            "data/a.xml": "<a/>",
            "data/b.toml": "a = [\n",
            "content/h.org": "* H\n", "README.md": "", "config/production/hugo.toml": "",
            "content/i.md": f"---\ntags: [{'t' * 300}]\n---\n",
            "themes/x/a.html": "", "i18n/en.toml": "", "other/b.txt": "",
        }  # fmt: skip
        done = self.run_import(files, status=1)
        for part in ("content/a.md:3:1:", "content/b.md:2:9: this is not a TOML value",
                     "content/c.md:1:1: the front matter is not closed", "content/d.md:1:13: a value is missing",
                     "content/e.md: the file is not UTF-8", "content/f.md:1:1: the front matter is not a map",
                     "content/g.md:3:1: this date can't be read", "content/g.md:4:1: layouts of Hugo",
                     "data/a.xml: no data of this kind", "data/b.toml:2:1:", "hugo.toml:2:1: the setting `buildDrafts`",
                     "content/h.org: Hugo makes a page of this file", "README.md: no source of Hugo's pages",
                     "config/: 1 file: settings of another", "no file can have the path `tags/ttt",
                     "themes/: 1 file: a theme of Hugo", "i18n/: 1 file", "other/: 1 file"):  # fmt: skip
            self.assertIn(part, done.stdout)
        self.assertIn("hugo_date: soon\nhugo_layout: x\n", self.imported("g.md"))
        self.assertNotIn("a.md", contents(self.new))
        self.built()

    def test_files_that_the_command_or_jekyll_would_take_for_their_own_are_left_out(self):
        names = (
            *("meridian.json", "sass.meridian.json", "Meridian.JSON", "meridian-offline.js"),
            *("css/main.meridian.css", "meridian/theme.css", "_config.yml", "_config.yaml"),
            *("_config.toml", "_site/index.html", ".meridian", "_posts/2020-01-02-a.md"),
        )
        kept = ("css/main.css", "data/meridian.json", "meridian.js", "_headers")
        write(self.hugo, {"hugo.toml": 'title = "T"\n'})
        write(self.hugo / "static", dict.fromkeys((*names, *kept), "from Hugo"))
        done = meridian("import", self.hugo, self.new)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        new = contents(self.new)
        copied = {name for name, text in new.items() if text == b"from Hugo"}
        self.assertEqual(copied, set(kept))
        self.assertIn("Jekyll or Meridian would read a file of this name", done.stdout)

    def test_names_of_strangers_lead_nowhere(self):
        secret = self.folder / "secret.txt"
        secret.write_text("secret")
        files = {
            "hugo.toml": 'title = "a\\u001b[31mb"\n"\\u001b[31m" = 1\n',
            "content/up.md": "---\nurl: ../../../up/\naliases: [../../../../x]\n---\n",
            "content/name.md": '---\nslug: "a\\x1b/../b"\ntitle: "\\e[31m"\n---\n{{< "\x1b[31m" >}}\n',
            "content/bundle/index.md": "---\nurl: /_plugins/\n---\n",
            "content/bundle/run.rb": "abort",
            "content/Case.md": "---\n---\n", "content/caSe/index.md": "---\n---\n",
            "static/_plugins/run.rb": "abort", "static/_layouts/page.html": "x", "static/Gemfile": "abort",
            "static/.github/workflows/run.yml": "on: push\n", "static/_config.yml": "a: b\n",
            "static/about/x": "1", "content/about.html": "---\nurl: /about.html\n---\n",
            "static/index.md": "mine", "static/B.txt": "1", "static/b.txt": "2", "static/a\x1b[31m.txt": "x", "static/front.html": "---\n---\n{{ site }}",
        }  # fmt: skip
        write(self.hugo, files)
        (self.hugo / "static" / "link.txt").symlink_to(secret)
        (self.hugo / "content" / "all").symlink_to("/")
        done = meridian("import", self.hugo, self.new, cwd=self.folder)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertEqual([c for c in done.stdout + done.stderr if ord(c) < 32 and c != "\n"], [])
        new = contents(self.new)
        self.assertNotIn(b"secret", new.values())
        self.assertNotIn(b"abort", new.values())
        self.assertEqual(
            [path for path in new if path.startswith((".", "_plugins", "_layouts"))], []
        )
        self.assertEqual(
            sorted(os.listdir(self.folder)), ["hugo", "new", "secret.txt", "shell", "source"]
        )
        for part in ("the link leads out of the source", "its address /case/ is also that of content/Case.md",
                     "`b.txt` is also made of static/B.txt",
                     "begins with `---`", "would read a file of this name", "has a control character"):  # fmt: skip
            self.assertIn(part, done.stdout)
        self.built()

    def test_what_takes_too_much_is_refused(self):
        bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
            f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 10)}]\n" for i in range(1, 8)
        )
        files = {
            "hugo.toml": "a = " + "[" * 100_000,
            "content/bomb.md": f"---\n{bomb}---\n",
            "content/large.md": "---\n---\n" + "x" * (17 << 20),
            "content/braces.md": "{{ {% {{<" * 200_000,
            "content/open.md": "{{< a >}}" * 100_000,
            "content/closed.md": "{{< a >}}" * 50_000 + "{{< /a >}}" * 50_000,
        }
        done = self.run_import(files, status=1)
        self.assertIn("hugo.toml:1:105: TOML is nested deeper", done.stdout)
        self.assertIn("content/large.md: the file is larger than 16 MB", done.stdout)
        self.assertIn("content/bomb.md", done.stdout)

    def test_folders(self):
        self.run_import(BLOG)
        before = contents(self.folder)
        for arguments, remedy in (
            ((self.hugo, self.new), "holds files"),
            ((self.hugo,), "needs a site of Hugo and a new folder"),
            ((self.folder / "none", "x"), "can't be read"),
            ((self.source, "x"), "is not a Hugo site"),
            ((self.hugo, "a\nb"), "can't be shown"),
        ):
            done = meridian("import", *arguments, cwd=self.folder)
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertIn(remedy, done.stderr)
        self.assertEqual(contents(self.folder), before)
        # A destination within the site is none of its sources.
        done = meridian("import", self.hugo, self.hugo / "static" / "out")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(contents(self.hugo / "static" / "out"), contents(self.new))

    def test_quiet_and_json(self):
        done = self.run_import({"hugo.toml": "title = 'T'\n"}, "--quiet")
        self.assertEqual((done.stdout, done.stderr), ("", ""))
        done = self.run_import({"hugo.toml": "title = 'T'\nzone = 1\n"}, "--json", "--quiet")
        self.assertEqual(
            [(one["file"], one["line"]) for one in json.loads(done.stdout)], [("hugo.toml", 2)]
        )


if __name__ == "__main__":
    unittest.main()
