"""`meridian compare`: says what differs between two builds as browsers read them, and nothing else."""

import json
import os
import random
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import CommandCase, meridian, write

PAGE = "<!doctype html>\n<html><head><title>T</title></head><body>{}</body></html>\n"

NOBODY = 65534

# Pairs that browsers read alike.
ALIKE = {
    "attributes in another order": ('<a href="/x" id=y>z</a>', "<a id='y' href=/x>z</a>"),
    "classes in another order, twice": ('<p class="b a b">x</p>', '<p class=" a b ">x</p>'),
    "an empty class": ('<p class="">x</p>', "<p>x</p>"),
    "styles": ('<p style="a : b; c:d;">x</p>', '<p style="a:b;c: d">x</p>'),
    "boolean attributes": ('<script async="async" src="a.js"></script>', '<script src="a.js" async></script>'),
    "names in upper case": ("<P>x</P>", "<p>x</p>"),
    "character references": ("<p>&rsquo;&#8211;&#xe9; a &amp; b &lt;</p>", "<p>’–é a & b &lt;</p>"),
    "references in attributes": ('<a title="&quot;x&quot; &amp; y">z</a>', "<a title='\"x\" & y'>z</a>"),
    "white space between blocks": ("<div><p>x</p><p>y z</p></div>", "<div>\n <p>x </p>\n\n<p> y\n z</p> </div>\n"),
    "white space around a line break": ("<p>x<br>y</p>", "<p>x <br />\n y</p>"),
    "a space behind an element": ("<p><em>x </em>y</p>", "<p><em>x</em> y</p>"),
    "comments": ("<p>x<!-- <b>a</b> --></p><!-- c -->", "<p>x</p>"),
    "end tags of lists": ("<ul><li>a<li>b<ul><li>c</ul></ul>", "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"),
    "end tags of paragraphs": ("<p>a<p>b<div>c</div>", "<p>a</p><p>b</p><div>c</div>"),
    "end tags of definitions": ("<dl><dt>a<dd>b<dt>c</dl>", "<dl><dt>a</dt><dd>b</dd><dt>c</dt></dl>"),
    "end tags of tables": (
        "<table><tr><th>a<td>b<tr><td>c</table>",
        "<table><tbody><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></tbody></table>",
    ),
    "a slash at the end": ('<img src="a.png"/><hr/>', '<img src="a.png"><hr>'),
    "the first line break of pre": ("<pre>\nx\n  y</pre>", "<pre>x\n  y</pre>"),
    "rows of a table in pre": (
        "<pre><table>\n<tbody><tr>\n<td>x</td>\n</tr></tbody></table></pre>",
        "<pre><table><tbody><tr><td>x</td></tr></tbody></table></pre>",
    ),
    "white space of a script": ("<script>var a =\n 1;</script>", "<script>\n var a = 1; </script>"),
}  # fmt: skip

# Pairs that they read otherwise, and what of both is shown.
OTHERWISE = {
    "a word": ("<p>one two three</p>", "<p>one 2 three</p>", " two", " 2"),
    "a space": ("<p>a<em>b</em></p>", "<p>a <em>b</em></p>", "<em>", " <em>"),
    "white space in pre": ("<pre>a\n b</pre>", "<pre>a\n  b</pre>", " b", "  b"),
    "an attribute": ('<a href="/x">y</a>', '<a href="/z">y</a>', '<a href="/x">', '<a href="/z">'),
    "a paragraph that is missing": ("<p>a</p><p>b</p>", "<p>a</p>", "<p>b</p>", ""),
    "nesting": ("<p><b>a</b> c</p>", "<p><b>a c</b></p>", "</b> c", " c</b>"),
    "an end tag that says something": ("<ul><li>a</li></ul>b", "<ul><li>a</li>b</ul>", "</ul>b", "b</ul>"),
    "a script": ("<script>a < 1</script>", "<script>a < 2</script>", " 1", " 2"),
    "a tag and its name": ("<p>&lt;hr&gt;</p>", "<p><hr></p>", "&lt;hr>", "</p><hr><p>"),
    "a reference and its name": ("<p>&amp;lt;</p>", "<p>&lt;</p>", "&amp;lt;", "&lt;"),
    "an empty paragraph": ("<p>a</p></p>", "<p>a</p>", "<p></p>", ""),
}  # fmt: skip

OTHER_FILES = {
    "css": ("a { b : c ; } /* x */ d > e { f:g }", "a{b:c}\nd>e{f:g;}\n"),
    "json": ('{"a": [1, "x  y"]}', '{\n  "a":[1,"x  y"]}\n'),
    "xml": ('<?xml version="1.0"?>\n<a b="1" c="2"> <d>x</d>\n</a>', "<a c='2' b='1'><d>x</d></a>"),
    "svg": ("<svg><path d='a'/></svg>", '<svg><path d="a"></path></svg>'),
    "txt": ("a\r\nb\n", "a\nb"),
}


class Compare(CommandCase):
    def setUp(self):
        super().setUp()
        self.old, self.new = self.folder / "old", self.folder / "new"
        self.old.mkdir()
        self.new.mkdir()

    def compare(self, *options):
        return meridian("compare", "old", "new", *options, cwd=self.folder)

    def found(self):
        done = self.compare("--json")
        self.assertEqual(done.stderr, "")
        return json.loads(done.stdout), done.returncode

    def test_what_browsers_read_alike_is_equal(self):
        for name, (old, new) in ALIKE.items():
            with self.subTest(name):
                write(self.old, {"index.html": PAGE.format(old)})
                write(self.new, {"index.html": PAGE.format(new)})
                found, status = self.found()
                self.assertEqual(found["differences"], [])
                self.assertEqual((found["pages"], status), ({"both": 1, "equal": 1}, 0))

    def test_what_they_read_otherwise_is_found(self):
        for name, (old, new, old_part, new_part) in OTHERWISE.items():
            with self.subTest(name):
                write(self.old, {"index.html": PAGE.format(old)})
                write(self.new, {"index.html": PAGE.format(new)})
                found, status = self.found()
                shown = [(one["old"], one["new"]) for one in found["differences"]]
                self.assertEqual((shown, status), ([(old_part, new_part)], 1))

    def test_other_files_are_read_by_their_syntax(self):
        for extension, (old, new) in OTHER_FILES.items():
            with self.subTest(extension):
                write(self.old, {f"f.{extension}": old})
                write(self.new, {f"f.{extension}": new})
                found, status = self.found()
                self.assertEqual((found["differences"], status), ([], 0))
                write(self.new, {f"f.{extension}": new.replace("b", "q")})
                self.assertEqual(self.found()[1], 1 if "b" in new else 0)
                for folder in (self.old, self.new):
                    (folder / f"f.{extension}").unlink()

    def test_a_difference_has_place_lines_and_part(self):
        write(
            self.old,
            {"a/index.html": PAGE.format('\n<main id="m">\n<p class="c b">x y</p></main>')},
        )
        write(self.new, {"a/index.html": PAGE.format('<main id="m"><p class="c b">x z</p></main>').replace(
            "<title>T", "<title>U")})  # fmt: skip
        found, _ = self.found()
        self.assertEqual(
            sorted((one["part"], one["where"], one["old"], one["places"][0]) for one in found["differences"]),
            [
                ("body", "main#m > p.b.c", " y", {"file": "a/index.html", "old_line": 4, "new_line": 2}),
                ("head", "head > title", "T", {"file": "a/index.html", "old_line": 2, "new_line": 2}),
            ],
        )  # fmt: skip
        self.assertEqual(
            self.compare().stdout,
            "Pages, as browsers read them: 1 in both, 0 equal, 1 not\n\n"
            "1. a/index.html:4 → 2\n   in main#m > p.b.c\n   - x y\n   + x z\n\n"
            "2. a/index.html:2 of the head\n   in head > title\n   - T\n   + U\n",
        )

    def test_one_difference_on_many_pages_is_told_once(self):
        for i in range(30):
            write(
                self.old,
                {f"{i:02}.html": PAGE.format(f"<p>{i}</p><footer>2025 <i>{i}</i></footer>")},
            )
            write(
                self.new,
                {f"{i:02}.html": PAGE.format(f"<p>{i}</p><footer>2026 <i>{i}{i}</i></footer>")},
            )
        text = self.compare().stdout
        self.assertEqual(text.count("\n\n"), 2, text)
        self.assertIn(
            "1. on 30 files, as 00.html:2\n   in footer\n   - 2025 <i>0</i>\n   + 2026 <i>0</i>\n",
            text,
        )
        self.assertIn("2. on 30 files, as 00.html:2, 30 texts\n   in footer > i\n", text)

    def test_files_of_one_folder_alone(self):
        write(
            self.old,
            {"index.html": "x", "lost/index.html": "x", **{f"lots/{i}.png": "" for i in range(9)}},
        )
        write(self.new, {"index.html": "x", ".meridian": "record", ".git/config": "x"})
        done = self.compare()
        self.assertEqual(
            (done.stdout, done.returncode),
            ("Pages, as browsers read them: 1 in both, all equal\nOnly in old: 10 files\n"
             "  lost/index.html\n  lots/ (9 files)\n", 1),
        )  # fmt: skip

    def test_equal_folders_and_quiet(self):
        write(self.old, {"index.html": "x", "a.png": b"\0"})
        write(self.new, {"index.html": "x", "a.png": b"\0"})
        done = self.compare()
        self.assertEqual(
            (done.stdout, done.returncode),
            (
                "Pages, as browsers read them: 1 in both, all equal\nOther files: 1 in both, all equal\n",
                0,
            ),
        )
        self.assertEqual(self.compare("--quiet").stdout, "")
        write(self.new, {"a.png": b"\1"})
        self.assertIn("1 bytes, but not the same ones", self.compare("--quiet").stdout)

    def test_wrong_use(self):
        for words, message in {
            ("old",): "needs two folders",
            ("old", "new", "more"): "unexpected argument `more`",
            ("old", "none"): "none can't be read: No such file or directory",
        }.items():
            done = meridian("compare", *words, cwd=self.folder)
            self.assertEqual((done.returncode, done.stdout), (2, ""), words)
            self.assertIn(message, done.stderr)

    def test_nothing_of_a_page_reaches_the_terminal(self):
        write(
            self.old, {"a\x1b[31m.html": PAGE.format("<p>a\x1b]0;x\x07</p>"), "\u202eb.html": "x"}
        )
        write(self.new, {"a\x1b[31m.html": PAGE.format("<p>b\u202e\x9b</p>")})
        text = self.compare().stdout
        self.assertEqual(
            [c for c in text if (ord(c) < 32 and c != "\n") or c in "\x7f\x9b\u202e"], []
        )
        self.assertIn("?]0;x?", text)

    def test_links_and_pipes_are_passed_over(self):
        write(self.folder, {"secret": "x"})
        write(self.new, {"index.html": "x"})
        write(self.old, {"index.html": "x"})
        (self.old / "link.html").symlink_to(self.folder / "secret")
        (self.old / "loop").symlink_to(self.old)
        os.mkfifo(self.old / "pipe.html")
        self.assertEqual(self.compare().returncode, 0)

    @unittest.skipUnless(os.geteuid() == 0, "needs to become somebody else")
    def test_a_file_that_cant_be_read_is_told(self):
        self.folder.chmod(0o755)
        write(self.old, {"a.html": "x", "b.html": "x"})
        write(self.new, {"a.html": "x", "b.html": "x"})
        (self.new / "a.html").chmod(0)
        somebody = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        done = meridian("compare", self.old, self.new, **somebody)
        self.assertEqual(done.returncode, 1)
        self.assertIn("new/a.html can't be read: Permission denied", done.stdout)
        self.new.chmod(0)
        done = meridian("compare", self.old, self.new, **somebody)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("new can't be read: Permission denied", done.stderr)

    def test_broken_and_large_pages_end(self):
        """Depth, unclosed elements and lists without anything in common are bounded."""
        rows = range(60_000)
        pages = {
            "deep": ("<div>" * 100_000, "<span>" * 100_000),
            "unclosed": ("<p><b>" * 50_000 + "</x>" * 50_000, "<p><i>" * 50_000 + "</y>" * 50_000),
            "tags": ("<" * 100_000, "</" * 100_000),
            "quote": ('<a href="' + "x" * 100_000, "<a href='" + "<a b=" * 50_000),
            "comment": ("<!--" * 50_000, "<!" * 100_000),
            "rows": ("".join(f"<p>{i}" for i in rows), "".join(f"<p>{-i} x" for i in rows)),
            "words": ("a b " * 100_000, "b a c " * 80_000),
            "references": ("&amp" * 50_000 + "&;" * 50_000, "&#x" * 100_000),
        }
        for name, (old, new) in pages.items():
            write(self.old, {f"{name}.html": old, f"{name}.css": old, f"{name}.json": old})
            write(self.new, {f"{name}.html": new, f"{name}.css": new, f"{name}.json": new})
        found, status = self.found()
        self.assertEqual((found["pages"]["both"], status), (len(pages), 1))

    def test_natively_it_says_where_pictures_are_compared(self):
        folders = [str(self.old), str(self.new)]
        for options, message in (
            (["--pixels"], "npx meridian-site compare --pixels DIR DIR"),
            (["--width", "390"], "are with `--pixels`"),
            (["--pictures", "x"], "are with `--pixels`"),
            (["--baseurl", "/x"], "are with `--pixels`"),
            (["--width", "5"], "a number of pixels, from 100 to 4096"),
        ):
            result = meridian("compare", *folders, *options)
            self.assertEqual((result.returncode, result.stdout), (2, ""))
            self.assertIn(message, result.stderr)

    def test_a_changed_page_has_a_difference_whatever_was_changed(self):
        """Random changes of words and attributes; and a page equals itself."""
        chance = random.Random(1)
        for _ in range(40):
            parts = [
                chance.choice([f"<p>w{i}</p>", f'<li class="k{i}">w{i}', f"<em>w{i}</em> w{i} "])
                for i in range(30)
            ]
            changed = list(parts)
            at = chance.randrange(len(parts))
            changed[at] = changed[at].replace(f"{at}", "X", 1)
            write(self.old, {"a.html": "".join(parts)})
            write(self.new, {"a.html": "".join(parts)})
            self.assertEqual(self.found()[1], 0)
            write(self.new, {"a.html": "".join(changed)})
            found, status = self.found()
            self.assertEqual((len(found["differences"]), status), (1, 1))
            self.assertIn("X", found["differences"][0]["new"])


if __name__ == "__main__":
    unittest.main()
