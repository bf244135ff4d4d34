"""`meridian doctor`: tells what a move from Jekyll would change, and nothing that it would not."""

import json
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, contents, meridian, write

# What each makes doctor say: files, and the message.
DIFFERENT = {
    "lsi": ({"_config.yml": "lsi: true\n"}, "`lsi` has no effect"),
    "limit_posts": ({"_config.yml": "limit_posts: 3\n"}, "`limit_posts` has no effect"),
    "encoding": ({"_config.yml": "encoding: latin1\n"}, "`encoding` has no effect"),
    "highlighter": ({"_config.yml": "highlighter: pygments\n"}, "there is one highlighter"),
    "coderay": ({"_config.yml": "kramdown:\n  syntax_highlighter: coderay\n"}, "there is one highlighter"),
    "math": ({"_config.yml": "kramdown: {math_engine: katex}\n"}, "formulas are marked up"),
    "ids": ({"_config.yml": "kramdown: {transliterated_header_ids: true}\n"}, "`transliterated_header_ids`"),
    "plugin": (
        {"_config.yml": "plugins: [jekyll-github-metadata]\n", "a.md": "---\n---\n{{ site.github.url }}\n"},
        "`jekyll-github-metadata` differs",
    ),
    "scholar": (
        {"_config.yml": "plugins: [jekyll/scholar]\n", "a.md": '---\n---\n<ol class="bibliography"></ol>', "Gemfile": "gem 'jekyll-scholar', group: :jekyll_plugins\n"},
        "`jekyll/scholar` differs",
    ),
    "links": (
        {"_config.yml": "plugins: [jekyll-relative-links]\n", "a.md": "---\n---\n[a\nb](index.md)\n"},
        "`jekyll-relative-links` differs",
    ),
    "polyglot": ({"_config.yml": "plugins: [jekyll-polyglot]\n"}, "`jekyll-polyglot` differs"),
    "subfolder": ({"_config.yml": "default_locale_in_subfolder: true\n"}, "`default_locale_in_subfolder` has no effect"),
    "mentions": (
        {"_config.yml": "plugins: [jekyll-mentions]\n", "a.md": "---\n---\n@ada\n"},
        "`jekyll-mentions` differs",
    ),
    "host": ({"CNAME": "ada.example\n", "a.md": "---\n---\n{{ site.url }}/a\n"}, "without `url`"),
    "no value": (
        {"CNAME": "ada.example\n", "_config.yml": "url:\n", "a.md": "---\n---\n{{ site.url }}/a\n"},
        "without `url`",
    ),
    "tables": (
        {"_config.yml": "collections: [talks]\nmeridian:\n  tables: {talks: t.tsv}\n", "t.tsv": "title\n"},
        "rows of `tables` are documents",
    ),
    "dollars": ({"_config.yml": "meridian: {math: dollars}\n"}, "formulas stand between single dollars"),
    "gems": ({"_config.yml": "gems: [jekyll-feed]\n"}, "`gems` names plugins"),
    "code": ({"a.md": "---\n---\n```abap\nend\n```\n"}, "code in `abap` is not coloured in written pages, on 1 page"),
}  # fmt: skip

MISSING = {
    "plugin": ({"_config.yml": "plugins: [jekyll-spaceship]\n"}, "there is no plugin `jekyll-spaceship` here"),
    "ruby": (
        {"_plugins/a.rb": "Liquid::Template.register_tag('nice', A)\n", "a.md": "---\n---\n{% nice %}\n"},
        "the tag `nice`",
    ),
    "tag": ({"a.md": "---\n---\n{% nice %}\n"}, "Unknown tag 'nice'"),
    "filter": (
        {"_plugins/a.rb": "Liquid::Template.register_filter(A)\n", "a.md": "---\n---\n{{ 1 | nice }}\n"},
        "unknown filter 'nice'",
    ),
    "theme": ({"_config.yml": "remote_theme: someone/nice\n"}, "the theme `someone/nice` is not here"),
    "gemfile": ({"Gemfile": 'gem "jekyll-none", group: :jekyll_plugins\n'}, "there is no plugin `jekyll-none` here"),
    "textile": ({"a.textile": "---\n---\nh1. A\n"}, "Textile is not converted"),
    "coffee": ({"a.coffee": "---\n---\na = 1\n"}, "CoffeeScript is not compiled"),
}  # fmt: skip

# What Jekyll makes of it is the same.
NOTHING = {
    "plain": {},
    "defaults": {
        "_config.yml": "lsi: false\nencoding: utf-8\nhighlighter: rouge\nkramdown: {math_engine: mathjax}\n"
        "plugins: [jekyll-feed, jekyll-sitemap]\nurl: https://ada.example\n",
        "CNAME": "ada.example\n",
    },
    "a host that the plugin asks GitHub for": {
        "_config.yml": "plugins: [jekyll-github-metadata]\n",
        "CNAME": "ada.example\n",
    },
    "a setting of another name": {
        "_config.yml": "plugins: [jekyll-github-metadata]\nurl: https://ada.example\n",
        "a.md": "---\n---\n{{ site.github_username }}\n",
    },
    "a host that no page shows": {"CNAME": "ada.example\n"},
    "links that both read": {
        "_config.yml": "plugins: [jekyll-relative-links]\n",
        "a.md": "---\n---\n[a](index.md) `code` [b](https://example.org/b.md)\n\n<!-- note -->\n\n"
        "[c]: index.md\n\n```\ncode\n```\n\n- [d](index.md)\n",
        "b.md": "---\n---\n`[a](example.com) ![b](image.jpg)`\n\n```\n[c](d/e.md)\n```\n",
    },
    "a command of its own": {"Gemfile": "gem 'jekyll-algolia', group: :jekyll_plugins\n"},
    "Ruby that runs before all pages": {
        "_plugins/a.rb": "Jekyll::Hooks.register [:site], :after_init do |site|\n raise if site.config['x']\nend\n"
    },
    "settings that --config names": {"_config.dev.yml": "a: b\n", "_config.toml": "a = 1\n"},
    "aligned": {"_config.yml": "url      : https://ada.example\n", "CNAME": "ada.example\n"},
    "tools": {"Gemfile": "group :jekyll_plugins do\n  gem 'hawkins'\n  gem 'mini_racer'\nend\n"},
    "a plugin that is loaded by its file": {
        "_config.yml": "plugins: [./_plugins/a.rb, jekyll-regex-replace]\n",
        "_plugins/a.rb": "require 'active_support'\n"
        "class D < Liquid::Block\n def render(c)\n  find(Jekyll::Converters::Markdown)\n end\nend\n"
        "Liquid::Template.register_tag('details', D)\n",
    },
    "a plugin that is here": {"Gemfile": "gem 'jekyll-feed', group: :jekyll_plugins\n"},
    "an unknown filter": {"a.md": "---\n---\n{{ 1 | nice }}\n"},
    "known code": {"a.md": "---\n---\n```python\nx\n```\n```nonsense\nx\n```\n"},
    "copied files": {"a.textile": "h1. A\n", "b.ipynb": "{}", "c.scss": "p { b: c }"},
}


class Doctor(CommandCase):
    def doctor(self, files, *options):
        site = self.folder / "site"
        write(site, {"index.md": "---\ntitle: T\n---\nx\n", "_config.yml": "title: T\n", **files})
        before = contents(site)
        done = meridian("doctor", "--source", site, *options)
        self.assertEqual(contents(site), before)
        self.assertEqual(done.stderr, "")
        for name in files:
            (site / name).unlink()
        return done

    def test_what_pages_lack_is_told_with_its_place(self):
        for name, (files, message) in MISSING.items():
            with self.subTest(name):
                done = self.doctor(files)
                self.assertEqual(done.returncode, 1, done.stdout)
                lack = done.stdout.split("\nPages lack:\n")[1].split("\nOther than with Jekyll:\n")[
                    0
                ]
                self.assertIn(message, lack)

    def test_other_differences_do_not_fail(self):
        for name, (files, message) in DIFFERENT.items():
            with self.subTest(name):
                done = self.doctor(files)
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn(f"\nOther than with Jekyll:\n- {message}", done.stdout)

    def test_nothing_is_told_where_nothing_differs(self):
        for name, files in NOTHING.items():
            with self.subTest(name):
                done = self.doctor(files)
                self.assertEqual(done.returncode, 0, done.stdout)
                self.assertIn("Nothing is known that Jekyll makes otherwise.", done.stdout)
                self.assertEqual(self.doctor(files, "--quiet").stdout, "")

    def test_what_a_comment_leaves_out_is_left_out(self):
        page = "---\n---\n\n<!-- meridian-ignore-next-line liquid -->\n{% nice %}\n"
        done = self.doctor({"a.md": page})
        self.assertEqual(done.returncode, 0, done.stdout)
        self.assertIn("Nothing is known", done.stdout)

    def test_each_finding_has_its_number_of_pages(self):
        pages = {f"{i}.md": "---\nlayout: page\n---\n" for i in range(9)}
        layout = "{% picture %}{{ content }}"
        self.assertIn(
            "in _layouts/page.html:1: 9 pages\n",
            self.doctor({**pages, "_layouts/page.html": layout}).stdout,
        )
        files = {
            "_config.yml": "plugins: [jekyll-mentions]\n",
            "a.md": "---\n---\n@ada\n",
            "b.md": "---\n---\n@bob\n",
        }
        self.assertIn(
            "- `jekyll-mentions` differs from the gem\n  in _config.yml:1: at most 2 pages\n",
            self.doctor(files).stdout,
        )

    def test_pages_that_a_plugin_writes_again_are_counted(self):
        files = {
            "_config.yml": "plugins: [jekyll-mentions, jemoji]\n",
            "a.md": '---\n---\n`@a` <a name="b c">d</a>\n',
            "b.md": '---\n---\n`:tada:` <a href="/ä">d</a>\n',
            "c.md": '---\n---\n`@a :tada:` <a href="/a" title="ä b">d</a> <meta name="a b">\n',
        }
        said = self.doctor(files).stdout
        for plugin in ("jekyll-mentions", "jemoji"):
            self.assertIn(
                f"- `{plugin}` differs from the gem\n  in _config.yml:1: at most 1 page\n", said
            )

    def test_a_filter_whose_older_version_the_site_has(self):
        ruby = "module F\n def regex_strip(s)\n  s.gsub(/[^\\p{{L}}\\p{{N}}{}]/u, ' ')\n end\nend\n" \
            "Liquid::Template.register_filter(F)\n"  # fmt: skip
        page = {"a.md": "---\n---\n{{ 'a, b' | regex_strip }}\n"}
        found = "- the filter `regex_strip` is that of newer lab-website-templates\n"
        for kept, files, reported in (
            ("", page, True),
            (".,;:-", page, False),
            ("", {}, False),
        ):
            with self.subTest((kept, files)):
                said = self.doctor({**files, "_plugins/regex.rb": ruby.format(kept)}).stdout
                place = "  in _plugins/regex.rb: at most 1 page\n"
                self.assertEqual(found + place in said, reported)
                self.assertEqual("newer lab-website" in said, reported)

    def test_a_repository_that_only_github_names(self):
        layout = "{{ site.baseurl }}/{{ content }}"
        files = {"_layouts/page.html": layout, "a.md": "---\nlayout: page\n---\n"}
        known = "without `repository` addresses of the site have no `url` and `baseurl`\n"
        for settings, reported in (
            ("", True),
            ("repository: name\n", True),
            ("repository: owner/name\n", False),
            ("url: https://a.example\n", False),
        ):
            with self.subTest(settings):
                config = "plugins: [jekyll-github-metadata]\n" + settings
                said = self.doctor({**files, "_config.yml": config}).stdout
                self.assertEqual(f"- {known}  in _config.yml: at most 1 page\n" in said, reported)
                self.assertEqual("without `repository`" in said, reported)

    def test_all_pages_lack_a_theme_that_is_not_here(self):
        pages = {f"{i}.md": "---\n---\n" for i in range(9)}
        done = self.doctor({**pages, "_config.yml": "remote_theme: someone/nice\n"})
        self.assertIn(
            "is not here: Meridian's own is used\n  in _config.yml:1: 10 pages\n", done.stdout
        )

    def test_a_plugin_without_a_mark_has_the_pages_whose_sources_use_it(self):
        config = "plugins: [jekyll-include-cache, jekyll-last-modified-at, jekyll-nothing]\n"
        files = {
            "_config.yml": config,
            "_includes/one.html": "x",
            "_includes/two.html": "{% include_cached one.html %}",
            "_layouts/page.html": "{% include two.html %}{{ content }}",
            "a.md": "---\nlayout: page\n---\n",
            "b.md": "---\nlayout: page\n---\n{{ page.last_modified_at }}",
            "c.md": "---\n---\n",
        }
        said = self.doctor(files).stdout
        self.assertIn(
            "`jekyll-include-cache` differs from the gem\n  in _config.yml:1: at most 2 pages\n",
            said,
        )
        self.assertIn(
            "`jekyll-last-modified-at` differs from the gem\n  in _config.yml:1: at most 1 page\n",
            said,
        )
        self.assertIn(
            "no plugin `jekyll-nothing` here\n  in _config.yml:1: at most 4 pages\n", said
        )

    def test_a_plugin_in_ruby_has_the_pages_that_ask_for_it(self):
        files = {
            "_plugins/t.rb": "module F\n def shout(s); s; end\n def stamp(s); s; end\nend\n"
            "Liquid::Template.register_tag('youtube', T)\nLiquid::Template.register_filter(F)\n",
            "_plugins/f.rb": "module E\n def there(s); File.exist?(s); end\nend\nLiquid::Template.register_filter(E)\n",
            "_plugins/unused.rb": "Liquid::Template.register_tag('other', O)\n",
            "_plugins/g.rb": "class G < Jekyll::Generator\nend\n",
            "_includes/tube.html": "{% youtube 1 %}",
            "a.md": "---\n---\n{% include tube.html %}{{ 1 | shout }}\n",
            "b.md": "---\n---\n{{ 1 | stamp }}\n",
            "c.md": "---\n---\n{{ 1 | there }}\n",
        }
        done = self.doctor(files)
        self.assertIn("the tag `youtube`, filters\n  in _plugins/t.rb: 2 pages\n", done.stdout)
        self.assertIn(
            "- unknown filter 'there'\n  in c.md:3: 1 page\n"
            "  _plugins/f.rb defines it: it reads files or asks the network, which plugins in JavaScript can't",
            done.stdout,
        )
        self.assertIn("filters\n  in _plugins/f.rb: 1 page\n  it reads files", done.stdout)
        self.assertIn("_plugins/t.rb defines it: write it in JavaScript", done.stdout)
        self.assertIn(
            "in _plugins/g.rb: at most 4 pages\n  put what it makes into files of the site",
            done.stdout,
        )
        self.assertIn("\nOf no weight: no page uses what _plugins/unused.rb makes\n", done.stdout)

    def test_a_tag_is_known_by_the_variable_that_names_it(self):
        files = {
            "_plugins/t.rb": "plugin = 'nice'\nLiquid::Template.register_tag(plugin, A)\n",
            "a.md": "---\n---\n{% nice %}\n",
        }
        done = self.doctor(files)
        self.assertIn("_plugins/t.rb defines it: write it in JavaScript", done.stdout)
        self.assertNotIn("no page uses", done.stdout)

    def test_a_filter_that_nothing_defines_is_unknown_to_jekyll_too(self):
        files = {
            "_plugins/f.rb": "module F\n def other(s); s; end\nend\nLiquid::Template.register_filter(F)\n",
            "_plugins/g.rb": "class G < Jekyll::Generator\nend\n",
            "a.md": "---\n---\n{{ 1 | date_to_xml }}\n",
        }
        self.assertNotIn("date_to_xml", self.doctor(files).stdout)

    def test_what_no_page_shows_is_one_line(self):
        files = {
            "_config.yml": "plugins: [jekyll-mentions, jekyll-minifier]\n",
            "a.scss": "---\n---\np { b: c }\n",
        }
        done = self.doctor(files)
        self.assertEqual(done.returncode, 0)
        self.assertIn("Nothing is known that Jekyll makes otherwise.", done.stdout)
        self.assertIn(
            "\nOf no weight: no page shows what `jekyll-mentions` makes; `jekyll-minifier` does not shorten pages; "
            "source maps of style sheets are not written\n",
            done.stdout,
        )

    def test_one_finding_in_many_places_is_told_once(self):
        pages = {f"{i}.md": "---\n---\n\n{% picture %}\n" for i in range(9)}
        self.assertEqual(
            self.doctor(pages).stdout,
            "10 pages, 0 files beside them\n\nPages lack:\n- Unknown tag 'picture'\n"
            "  in 0.md:4, 1.md:4, 2.md:4 and 6 more: 9 pages\n"
            "  a plugin's? write it in JavaScript, as _plugins/NAME.js\n\n"
            "For the proof, build with both and compare: `meridian compare --help`\n",
        )

    def test_plugins_of_a_gemfile(self):
        gemfile = """source "https://rubygems.org"
gem "jekyll", "~> 4.3"
gem "jekyll-none"  # , group: :jekyll_plugins
group :test do
  gem "jekyll-tests"
end
group :jekyll_plugins, :development do
  # gem "jekyll-comment"
  gem 'jekyll-one', "~> 1"
  platforms :ruby do
    gem("jekyll-two")
  end
  gem "jekyll-listed"
  gem "webrick"
end
gem "jekyll-after"
install_if -> { true } do |x|
  gem "jekyll-three", :group => [:jekyll_plugins]
end
end
gem "
gem
"""
        files = {"Gemfile": gemfile, "_config.yml": "plugins: [jekyll-listed]\n"}
        found = json.loads(self.doctor(files, "--json").stdout)
        self.assertEqual(
            [(one["line"], one["message"]) for one in found if one["file"] == "Gemfile"],
            [(line, f"there is no plugin `jekyll-{name}` here")
             for line, name in ((9, "one"), (11, "two"), (18, "three"))],
        )  # fmt: skip

    def test_mistakes_are_counted_only(self):
        done = self.doctor({"a.md": "---\n---\n{% if %}\n![](none.png)\n"})
        self.assertIn("\nThe sources have 1 error and ", done.stdout)
        self.assertNotIn("none.png", done.stdout)

    def test_json_has_all(self):
        files = {"_config.yml": "lsi: true\n", "a.md": "---\n---\n{% nice %}\n"}
        done = self.doctor(files, "--json")
        found = json.loads(done.stdout)
        self.assertEqual(
            [(one["file"], one["line"], one["message"]) for one in found],
            [("a.md", 3, "Unknown tag 'nice'"), ("_config.yml", 1, "`lsi` has no effect")],
        )

    def test_settings_of_strangers_stay_text(self):
        done = self.doctor({"_config.yml": 'plugins: ["a\\e[31mb", "\\u202e"]\n'})
        self.assertEqual(
            [c for c in done.stdout if (ord(c) < 32 and c != "\n") or c == "\u202e"], []
        )


if __name__ == "__main__":
    unittest.main()
