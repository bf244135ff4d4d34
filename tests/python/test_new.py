"""`meridian new`: the sites that it makes are whole and free of mistakes, take any text as a value,
and replace nobody's file."""

import json
import re
import resource
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path
from urllib.parse import unquote

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]
import real_jekyll
from command import ROOT, CommandCase, contents, meridian, write

KINDS = {"home": (), "academic": ("--academic",), "notes": ("--notes",)}


def files_of_kind(kind):
    """Path → bytes of the template; that of `home` is a repository, with what GitHub reads."""
    if kind != "home":
        return contents(ROOT / "cli" / "templates" / kind)
    of_github = (".github/", ".gitignore", "README.md")
    return {
        path: text
        for path, text in contents(ROOT / "template").items()
        if not path.startswith(of_github)
    }


NASTY = [
    'She said "no" \\ {{ site.url }} {% nope %}',
    "- a: [b] # c & <b>d</b> '%@`!",
    "two\nlines\r\n\ttab \x07 \x7f",
    "Zoë 北京 👩‍🔬 \u0085\u2028\u2029\ufeff\u200f",
    "---",
    "null",
    "2026-01-01",
    " spaces ",
]


class New(CommandCase):
    def new(self, *arguments, **more):
        return meridian("new", *arguments, cwd=self.folder, **more)

    def assert_refused(self, remedy, *arguments, status=2):
        before = contents(self.folder)
        done = self.new(*arguments)
        self.assertEqual((done.returncode, done.stdout), (status, ""), done.stderr)
        self.assertIn(remedy, done.stderr)
        self.assertEqual(contents(self.folder), before)

    def assert_clean(self, site, *options):
        checked = meridian("check", "--strict", "--source", site, *options)
        self.assertEqual((checked.returncode, checked.stdout), (0, ""), checked.stderr)
        self.assertIn(" 0 findings", checked.stderr)

    def assert_links_lead_somewhere(self, base=""):
        pages = [path for path in self.out.rglob("*.html") if "meridian" not in path.parts]
        links = 0
        for page in pages:
            for link in re.findall(r'<a [^>]*?href="(/[^"#?]*)', page.read_text()):
                self.assertTrue(link.startswith(f"{base}/"), link)
                path = self.out / unquote(link[len(base) + 1 :])
                self.assertTrue((path / "index.html").exists() or path.is_file(), f"{page}: {link}")
                links += 1
        self.assertGreater(links, len(pages))

    def test_every_kind_is_written_as_its_template_stands(self):
        for kind, options in KINDS.items():
            done = self.new(f"made/{kind}", *options)
            self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
            files = contents(self.folder / "made" / kind)
            self.assertEqual(files, files_of_kind(kind))
            for path in files:
                self.assertIn(f"made/{kind}/{path}\n", done.stderr)
            self.assertIn(f"\n{len(files)} files.", done.stderr)
            for command in (f"check --source made/{kind}", f"build --source made/{kind}"):
                self.assertIn(f"  meridian {command}", done.stderr)

    def test_nothing_is_wrong_with_any_of_them_and_every_link_leads_to_a_page(self):
        for kind, options in KINDS.items():
            for address in ([], ["--url", "https://ada.example/a/b/"]):
                if address and kind == "notes":
                    continue
                with self.subTest(kind=kind, address=address):
                    site = self.folder / f"{kind}{len(address)}"
                    self.assertEqual(self.new(site, *options, *address).returncode, 0)
                    self.assert_clean(site)
                    shutil.rmtree(self.out, ignore_errors=True)
                    self.assert_built(source=site)
                    self.assert_links_lead_somewhere("/a/b" if address else "")

    def test_settings_in_comments_are_right_as_well(self):
        for kind, most in (("home", 5), ("academic", 7)):
            site = self.folder / kind
            self.new(site, *KINDS[kind])
            config = site / "_config.yml"
            # A portrait would have to be there.
            line = r"(?m)^( *)# ((?!avatar)\w+: (?:minima$|\"))"
            text, count = re.subn(line, r"\1\2", config.read_text())
            self.assertEqual(count, most, text)
            config.write_text(text)
            self.assert_clean(site)

    @unittest.skipUnless(real_jekyll.has(), real_jekyll.MISSING)
    def test_jekyll_builds_them_too(self):
        for kind, options in KINDS.items():
            site, out = self.folder / kind, self.folder / f"{kind}.out"
            self.new(site, *options)
            done = subprocess.run(
                ["jekyll", "build", "--quiet", "--disable-disk-cache", "-s", site, "-d", out],
                capture_output=True,
                text=True,
                timeout=120,
            )
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("Liquid", done.stderr)
            if kind != "notes":  # whose files Jekyll copies as they are
                built = {path for path in contents(out) if path.endswith(".html")}
                self.assert_built(source=site)
                self.assertLessEqual(built, set(contents(self.out)))
                self.assertGreaterEqual(len(built), 3)

    def test_values_are_those_that_were_given(self):
        self.new("s", "--name", "Ada", "--url", "http://ada.example:8080/lab/")
        config = (self.folder / "s/_config.yml").read_text()
        for line in (
            'title: "Ada"',
            '  name: "Ada"',
            'url: "http://ada.example:8080"',
            'baseurl: "/lab"',
        ):
            self.assertIn(f"\n{line}\n", config)
        self.new("n", "--notes", "--title", "*A* [[b]] #c: d")
        self.assertIn("<h1", meridian("render", "index.md", "--source", self.folder / "n").stdout)
        page = meridian("render", "index.md", "--content-only", "--source", self.folder / "n")
        self.assertIn(">*A* [[b]] #c: d</h1>", page.stdout)
        self.assert_clean(self.folder / "n")

    def test_a_value_may_be_any_text(self):
        for number, text in enumerate(NASTY):
            for kind in ("home", "academic"):
                with self.subTest(text=text, kind=kind):
                    site = self.folder / f"{kind}{number}"
                    done = self.new(site, *KINDS[kind], "--title", text, "--name", text)
                    self.assertEqual(done.returncode, 0, done.stderr)
                    self.assert_clean(site)
                    write(site, {"v.txt": "---\nlayout: null\n---\n{{ site.title | jsonify }}"})
                    self.assert_built(source=site)
                    self.assertEqual(json.loads((self.out / "v.txt").read_text()), text)

    def test_a_value_that_no_site_can_have_is_refused(self):
        self.assert_refused("needs a text", "s", "--title", " ")
        self.assert_refused("not UTF-8", "s", "--name", "\udcff")
        self.assert_refused("https://ada.example", "s", "--url", "ada.example")
        self.assert_refused("https://ada.example", "s", "--url", "https://")
        self.assert_refused("https://ada.example", "s", "--url", 'https://a"b')
        self.assert_refused("https://ada.example", "s", "--url", "https://a/?b")
        self.assert_refused("leave them out", "s", "--notes", "--name", "Ada")
        self.assert_refused("give one of them", "s", "--notes", "--academic")
        self.assert_refused("needs the name of a folder")
        self.assert_refused("unexpected argument `b`", "a", "b")

    def test_no_file_is_replaced(self):
        write(self.folder / "mine", {"index.md": "mine", ".hidden": ""})
        write(self.folder / "hidden", {".hidden": ""})
        write(self.folder, {"file": "x"})
        (self.folder / "link").symlink_to("nowhere")
        self.assert_refused("holds files", "mine")
        self.assert_refused("holds files", "hidden")
        self.assert_refused("not of `new`", "mine", "--force")
        self.assert_refused("is not a folder", "file")
        self.assert_refused("leads nowhere", "link")
        self.assertFalse((self.folder / "nowhere").exists())
        self.new("twice")
        self.assert_refused("holds files", "twice")

    def test_an_empty_folder_and_a_new_repository_are_taken(self):
        (self.folder / "empty").mkdir()
        (self.folder / "link").symlink_to("empty")
        write(self.folder / "repository", {".git/config": "[core]"})
        self.assertEqual(self.new("link/").returncode, 0)
        self.assertTrue((self.folder / "empty/index.md").exists())
        done = meridian("new", ".", cwd=self.folder / "repository")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual((self.folder / "repository/.git/config").read_text(), "[core]")

    def test_names_of_folders(self):
        done = self.new("a 'b' $c")
        self.assertIn(r"--source 'a '\''b'\'' $c' ", done.stderr)
        self.assertTrue((self.folder / "a 'b' $c" / "index.md").exists())
        self.assert_refused("write `./-x`", "-x")
        self.assertEqual(self.new("./-x").returncode, 0)
        self.assert_refused("can't be shown", "a\nb")
        self.assert_refused("can't be shown", "\udcff")
        self.assert_refused("needs the name", "")

    def test_what_the_disk_refuses_is_told_with_its_path_and_leaves_nothing(self):
        def no_large_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

        write(self.folder, {"file": ""})
        self.assert_refused("file/x can't be used: ", "file/x", status=1)
        self.assert_refused("can't be used: ", "x" * 300, status=1)
        done = self.new("a/b/c", preexec_fn=no_large_files)
        self.assertEqual(done.returncode, 1)
        self.assertIn("meridian: a/b/c/_config.yml can't be written: ", done.stderr)
        self.assertFalse((self.folder / "a").exists())

    def test_quiet(self):
        done = self.new("s", "--quiet")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))


if __name__ == "__main__":
    unittest.main()
