"""The head of a raw site's shells, for crawlers, link previews and readers without scripts."""

import json
import re
import shutil
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write


class Head(CommandCase):
    LAYOUT = 'defaults: [{scope: {path: ""}, values: {layout: single}}]\n'
    SITE = {
        "_config.yml": LAYOUT
        + 'title: The Site\ndescription: About <things> & "more"\nurl: https://a.example\ncollections: {talks: {output: true}}\n',
        "index.md": "---\ntitle: Home\n---\nHello *world*. [About](/about/)\n\n<script>alert(1)</script>\n\n<!-- --></noscript> -->\n",
        "about.md": "---\npermalink: /about/\ntitle: About us\ndescription: Who we are\n---\nWe are here\n",
        "flat.md": "---\npermalink: /flat.html\ntitle: Flat\n---\nA flat one\n",
        "old.html": "---\ntitle: Old\n---\nAn old one\n",
        "static.html": "<p>static</p>",
        "_talks/t.md": "---\ntitle: A talk\n---\nTalked\n",
    }

    def shells(self, *options):
        shutil.rmtree(self.out, ignore_errors=True)
        result = self.build("--raw", *options)
        self.assertEqual(result.returncode, 0, result.stderr)
        return {
            name: text.decode()
            for name, text in contents(self.out).items()
            if b"meridian-shell" in text
        }

    def test_the_first_page_is_in_the_shell(self):
        text = self.shells()["index.html"]
        self.assertEqual(re.findall(r"<title>(.*?)</title>", text), ["Home - The Site"])
        for said in (
            '<meta property="og:title" content="Home">',
            '<link rel="canonical" href="https://a.example/">',
            '<meta property="og:url" content="https://a.example/">',
            "Hello <em>world</em>",
            'property="og:description" content="About &amp; &quot;more&quot;"',
        ):
            self.assertIn(said, text)
        # As JSON it is there for the shell alone.
        text = re.sub("<script [^>]*data-first>[^<]*</script>", "", text)
        self.assertNotIn("alert(1)", text)
        self.assertNotIn("needs JavaScript", text)
        self.assertEqual(text.count("<noscript>"), text.count("</noscript>"))

    def test_the_page_for_all_other_addresses_claims_no_address(self):
        text = self.shells()["404.html"]
        self.assertIn("<title>The Site</title>", text)
        self.assertIn('<a href="/">The Site</a>', text)
        self.assertNotIn("canonical", text)
        self.assertNotIn("og:url", text)

    def test_with_pages_each_address_has_a_shell_of_its_own(self):
        self.assertEqual(set(self.shells()), {"index.html", "404.html"})
        shells = self.shells("--pages")
        self.assertEqual(
            set(shells),
            {"index.html", "404.html", "about/index.html", "flat.html", "old.html", "talks/t.html"},
        )
        for name, title, root, words in (
            ("about/index.html", "About us", "./../", "We are here"),
            ("flat.html", "Flat", "./", "A flat one"),
            ("talks/t.html", "A talk", "./../", "Talked"),
        ):
            self.assertIn(f"<title>{title} - The Site</title>", shells[name])
            self.assertIn(f'<meta name="meridian-root" content="{root}">', shells[name])
            self.assertIn(words, shells[name])
        self.assertIn(
            '<link rel="canonical" href="https://a.example/about/">', shells["about/index.html"]
        )
        # A source whose path is that of its page is moved, and the manifest has its new path.
        self.assertIn("An old one", (self.out / "meridian/source/old.html").read_text())
        files = {
            entry["path"]: entry
            for entry in json.loads((self.out / "meridian.json").read_text())["files"]
        }
        self.assertEqual(files["old.html"]["at"], "meridian/source/old.html")
        self.assertEqual((self.out / "static.html").read_text(), "<p>static</p>")

    def test_addresses_are_absolute_where_the_host_is_known(self):
        write(
            self.source,
            {
                "_config.yml": self.LAYOUT
                + "title: T\nbaseurl: /sub\nplugins: [jekyll-feed, jekyll-sitemap]\n"
            },
        )
        self.assertNotIn("canonical", self.shells()["index.html"])
        self.assertIn(
            'href="https://b.example/sub/"', self.shells("--url", "https://b.example")["index.html"]
        )
        write(self.source, {"CNAME": "c.example\n"})
        self.assertIn('href="https://c.example/sub/"', self.shells()["index.html"])
        self.assertIn(
            'href="https://b.example/sub/"', self.shells("--url", "https://b.example")["index.html"]
        )
        self.assertIn('content="/sub/"', self.shells("--pages")["about/index.html"])
        self.build(out=self.folder / "html")
        for name in ("index.html", "feed.xml", "sitemap.xml"):
            self.assertIn("https://c.example/sub/", (self.folder / "html" / name).read_text())
        config = (self.source / "_config.yml").read_text()
        write(self.source, {"_config.yml": config + 'url: ""\n'})
        self.assertNotIn("canonical", self.shells()["index.html"])
        write(self.source, {"_config.yml": config})
        for hostile in ('"><script>', "a.example/x", "a b.example", "", "localhost"):
            write(self.source, {"CNAME": hostile})
            self.assertNotIn("canonical", self.shells()["index.html"])

    def test_the_host_of_a_users_own_page_is_that_of_its_repository(self):
        host = 'href="https://ada.github.io/'
        for plugins, repository, known in (
            ("jekyll-github-metadata", "Ada/ada.github.io", True),
            ("github-pages", "Ada/ada.github.io", True),
            ("jekyll-feed", "Ada/ada.github.io", False),
            ("github-pages", "Ada/project", False),
            ("github-pages", '"a<b/a<b.github.io"', False),
        ):
            with self.subTest((plugins, repository)):
                settings = f"title: T\nplugins: [{plugins}]\nrepository: {repository}\n"
                write(self.source, {"_config.yml": self.LAYOUT + settings})
                self.assertEqual(host in self.shells()["index.html"], known)
        write(self.source, {"CNAME": "c.example\n"})
        self.assertNotIn(host, self.shells()["index.html"])

    def test_a_project_lies_below_the_host_of_its_owner_as_on_github(self):
        page = "---\n---\n{{ '/a' | absolute_url }}|{{ site.baseurl }}|{{ site.url }}\n"
        site = {"_config.yml": "", "_layouts/default.html": "{{ content }}", "index.html": page}
        plugin, project = "plugins: [jekyll-github-metadata]\n", "repository: Ada/Project.x\n"
        known = "https://ada.github.io"
        for config, options, expected in (
            (plugin + project, (), f"{known}/Project.x/a|/Project.x|{known}"),
            (plugin + project + "baseurl: /\n", (), f"{known}/Project.x/a|/Project.x|{known}"),
            (plugin + project + "baseurl: /b\n", (), f"{known}/b/a|/b|{known}"),
            (plugin + project + 'baseurl: ""\n', (), f"{known}/a||{known}"),
            (plugin + project, ("--baseurl", "/c"), f"{known}/c/a|/c|{known}"),
            (
                plugin + project + "url: https://a.example\n",
                (),
                "https://a.example/a||https://a.example",
            ),
            (plugin + 'repository: Ada/a"b\n', (), "/a||"),
            (project, (), "/a||"),
        ):
            with self.subTest((config, options)):
                shutil.rmtree(self.out, ignore_errors=True)
                shutil.rmtree(self.source)
                write(self.source, {**site, "_config.yml": config})
                self.assertEqual(self.build(*options).returncode, 0)
                self.assertEqual((self.out / "index.html").read_text(), expected + "\n")

    def test_the_shells_name_the_dialect_and_the_first_page_the_link_to_edit_it(self):
        link = re.compile(r'href="([^"]*&amp;open=index.md)"[^>]*>Edit this page<')
        edit = "repository: o/n\nmeridian: {edit: true}\n"
        for config, dialect, href in (
            ("title: T\n" + edit, "kramdown", "/playground/?repo=o/n&amp;open=index.md"),
            ("title: T\nbaseurl: /b\nmarkdown: CommonMark\n", "commonmark", None),
            (
                "baseurl: /b\nmarkdown: CommonMark\n" + edit,
                "commonmark",
                "/b/playground/?repo=o/n&amp;open=index.md",
            ),
            ("title: T\nrepository: o/n\n", "kramdown", None),
        ):
            with self.subTest(config):
                write(self.source, {"_config.yml": self.LAYOUT + config})
                shells = self.shells()
                for name in ("index.html", "404.html"):
                    said = re.findall(
                        '<meta name="meridian-markdown" content="(.*?)">', shells[name]
                    )
                    self.assertEqual(said, [dialect], name)
                said = re.search(
                    "<script [^>]*data-first>(.*?)</script>", shells["index.html"], re.S
                )
                page = json.loads(said[1])["pages"]["/"]
                self.assertEqual(link.findall(page), [href] if href else [])
                self.assertEqual("edit.js" in page, bool(href))

    def test_a_second_time_gives_the_same(self):
        shutil.copy(self.shell / "index.html", self.source / "index.html")
        shutil.copy(self.shell / "404.html", self.source / "404.html")
        once = None
        for words in ("Hello", "Hello", "Good day", "Hello"):
            write(self.source, {"index.md": f"---\ntitle: Home\n---\n{words} *world*\n"})
            result = meridian("head", "--source", self.source)
            self.assertEqual(result.returncode, 0, result.stderr)
            text = (self.source / "index.html").read_text()
            self.assertEqual(
                (text.count("<title>"), text.count("og:title"), text.count(words)), (1, 1, 1)
            )
            if words == "Hello":
                once = once or text
                self.assertEqual(text, once)

    def test_head_writes_into_a_shell_only(self):
        write(self.source, {"index.html": "<p>mine</p>"})
        before = contents(self.source)
        result = meridian("head", "--source", self.source)
        self.assertEqual(result.returncode, 2)
        self.assertIn("build/dist", result.stderr)
        self.assertEqual(contents(self.source), before)

    def test_hostile_pages_leave_the_shell_whole(self):
        bodies = [
            "<",
            "<!--",
            "<p title='",
            "<script>",
            "</noscript><b>",
            "<svg><noscript>",
            "</main></body></html><title>x</title>",
            "<main><main></main>",
            "<title>a</title><title>b",
            "<!--/meridian:text--></noscript>",
            "<style></noscript>",
            "<a " * 20_000,
            "<!-- " * 20_000,
            "<svg>" * 20_000,
            "<script>" * 20_000,
        ]
        for body in bodies:
            write(self.source, {"index.html": f"---\ntitle: Home\nlayout: none\n---\n{body}"})
            (self.source / "index.md").unlink(missing_ok=True)
            text = self.shells()["index.html"]
            self.assertEqual(text.count("</noscript>"), 1, body[:30])
            self.assertTrue(text.endswith("</noscript>"), body[:30])


if __name__ == "__main__":
    unittest.main()
