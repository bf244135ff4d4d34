"""No command writes, replaces or removes anything behind a symbolic link in the sources: each
command that writes, with a link at each level of each path that it writes."""

import json
import os
import re
import shutil
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "cmake")]
from command import CommandCase, contents, meridian, write
from shell_list import shell_list

# What a link leads to: names that the commands' own files have.
VICTIM = dict.fromkeys(
    (
        *("1.json", "99.json", "common.json", "h7.bin", "index.html", "meridian.json", "theme.css"),
        *("meridian/theme.css", "search/h7.bin", "notes/1.json", "first/1.json", "new.md"),
        *("authorized_keys", "about/index.html", "images/a.svg", "_layouts/default.html"),
        *("themes/plain/.meridian", "_posts/2020-01-02-a.md", "segments/1.json"),
    ),
    "mine",
)
# All that `meridian index` makes files for.
SITE = {
    "_config.yml": "title: T\nmeridian: {search: true}\n",
    "index.md": "---\ntitle: Home\nlayout: own\n---\nHello\n",
    "_posts/2020-01-02-a.md": "---\ntitle: A\nlayout: own\n---\nText\n",
    "_layouts/own.html": "<!doctype html><html><head><title>{{ page.title }}</title>"
    '<link rel="stylesheet" href="/assets/main.css"></head><body>{{ content }}</body></html>\n',
    "assets/main.scss": "---\n---\n@import 'part';\n",
    "_sass/_part.scss": "a { b: c }\n",
    "images/a.svg": "<svg/>",
    "authorized_keys": "a page of the site\n",
}
THEMED = {
    "_config.yml": "title: T\n",
    "index.md": "---\ntitle: Home\nlayout: single\n---\n"
    + "What there is.\n\n"
    + "Further on.\n\n" * 40,
}
NOTES = {"README.md": "Hello [[Note]]\n", "Note.md": "Text [[README]]\n"}
# Of earlier runs, which `index` removes.
LEFT = {
    "meridian/notes/99.json": "{}",
    "meridian/first/99.json": "{}",
    "meridian/segments/99.json": "{}",
    "meridian/segments/common.json": "{}",
    "meridian/search/h7.bin": "old",
    "index.html.gz": "compressed",
}
THEME = {"_layouts/default.html": "{{ content }}", "_sass/a.scss": "a{}", "_config.yml": "a: b\n"}
HUGO = {
    "hugo.toml": 'title = "T"\n',
    "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nText\n",
    "static/images/a.svg": "<svg/>",
}


def levels(paths):
    """Every path, and every folder on the way to one."""
    every = set()
    for path in paths:
        parts = path.split("/")
        every.update("/".join(parts[:count]) for count in range(1, len(parts) + 1))
    return sorted(every)


class Links(CommandCase):
    SITE = SITE

    def setUp(self):
        super().setUp()
        write(self.shell, {"meridian/shell.json": json.dumps(shell_list(self.shell, "0.1.0"))})
        self.theme = self.folder / "plain"
        write(self.theme, THEME)

    def run_each(self, command, folder, *, make=lambda: None, refused=False):
        """Runs a command in its folder of sources: as it is, to see which files it changes there,
        then with each of them, and each folder on the way, as a link."""
        make()
        before = contents(folder)
        done = command()
        self.assertEqual(done.returncode, 0, done.stderr)
        after = contents(folder)
        changed = [path for path in {*before, *after} if before.get(path) != after.get(path)]
        self.assertTrue(changed)
        for level in levels(changed):
            is_file = level in after or (level in before)
            for inside in (False,) if is_file else (False, True):
                with self.subTest(level=level, inside=inside):
                    self.reset()
                    make()
                    victim = (self.source if inside else self.folder) / "victim"
                    write(victim, VICTIM)
                    write(self.folder, {"victim.txt": "mine"})
                    self.put_link(folder / level, self.folder / "victim.txt" if is_file else victim)
                    kept = contents(victim)
                    done = command()
                    self.assertEqual(contents(victim), kept, done.stderr)
                    self.assertEqual((self.folder / "victim.txt").read_text(), "mine")
                    if refused and not is_file and level.startswith("meridian"):
                        self.assertEqual(done.returncode, 2, done.stderr)
                        self.assertIn("is a link, and nothing is written where it", done.stderr)
                        self.assertTrue((folder / level).is_symlink())
        return changed

    def put_link(self, place, target):
        """Instead of what is there."""
        if place.is_dir():
            shutil.rmtree(place)
        place.unlink(missing_ok=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.symlink_to(target)

    def reset(self):
        for folder in (self.folder / "victim", self.source, self.out):
            shutil.rmtree(folder, ignore_errors=True)
        write(self.source, self.SITE)

    def with_shell(self):
        write(self.source, {**contents(self.shell), **LEFT})

    def command(self, *words):
        return meridian(*words, "--quiet", "--source", self.source, "--shell", self.shell)

    def index_each(self):
        return self.run_each(
            lambda: self.command("index"), self.source, make=self.with_shell, refused=True
        )

    def test_index_writes_and_removes_nothing_behind_a_link(self):
        changed = self.index_each()
        for path in (
            *("meridian.json", "sass.meridian.json", "index.html", "404.html", "index.html.gz"),
            *("meridian/search/h0.bin", "meridian/search/h7.bin", "meridian/first/99.json"),
            *("meridian/segments/99.json", "meridian/notes/99.json", "assets/main.meridian.css"),
        ):
            self.assertIn(path, changed)

    def test_index_of_notes_and_of_a_themed_site_does_not_either(self):
        for site, made in ((NOTES, "meridian/notes/0.json"), (THEMED, "meridian/first/0.json")):
            self.SITE = site
            self.reset()
            self.assertIn(made, self.index_each())

    def test_a_sheet_in_a_linked_folder_of_the_site_is_not_compiled_beside_it(self):
        (self.source / "linked").symlink_to("assets")
        done = self.command("index")
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(
            [path for path in contents(self.source) if path.endswith(".meridian.css")],
            ["assets/main.meridian.css"],
        )
        self.assertEqual(self.command("check").stderr, "")

    def test_head_writes_nothing_behind_a_link(self):
        changed = self.run_each(lambda: self.command("head"), self.source, make=self.with_shell)
        self.assertEqual({"index.html", "404.html", "index.html.gz"}, set(changed))

    def test_upgrade_writes_and_removes_nothing_behind_a_link(self):
        def make():
            older = self.folder / "older"
            files = {
                **{path: text + b" " for path, text in contents(self.shell).items()},
                "meridian/gone/old.js": b"gone",
            }
            files.pop("meridian/shell.json")
            write(older, files)
            listed = json.dumps(shell_list(older, "0.0.9"))
            write(self.source, {**files, "meridian/shell.json": listed})

        changed = self.run_each(lambda: self.command("upgrade"), self.source, make=make)
        self.assertIn("meridian/gone/old.js", changed)
        self.assertIn("index.html", changed)

    def test_theme_add_and_remove_write_and_remove_nothing_behind_a_link(self):
        self.run_each(lambda: self.command("theme", "add", str(self.theme)), self.source)
        self.reset()

        def make():
            self.command("theme", "add", str(self.theme))

        self.run_each(lambda: self.command("theme", "remove", "plain"), self.source, make=make)

    def test_a_build_writes_and_removes_nothing_behind_a_link_in_its_destination(self):
        site = self.source / "_site"
        for options in ((), ("--raw",), ("--jobs", "2")):
            self.reset()

            def make(options=options):
                write(self.source, {"old.md": "---\n---\n", "old/deep/er.md": "---\n---\n"})
                self.build(*options, out=site)
                for name in ("old.md", "old/deep/er.md"):
                    (self.source / name).unlink()
                write(self.source, {"new/page.md": "---\n---\nNew\n", "index.md": "---\n---\nB\n"})

            self.run_each(lambda options=options: self.build(*options, out=site), site, make=make)

    def test_new_and_import_write_nothing_behind_a_link_in_the_sources(self):
        write(self.folder / "hugo", HUGO)
        empty = self.folder / "victim"
        for source, words in (
            (self.source, ("new", "{}", "--from", self.source)),
            (self.folder / "hugo", ("import", self.folder / "hugo", "{}")),
        ):
            for link, name in (
                ("new", "new"),
                ("new", "new/site"),
                ("new", "new/a/b"),
                ("a/b", "a/b/c"),
            ):
                with self.subTest(words=words[0], name=name):
                    empty.mkdir()
                    (source / link).parent.mkdir(exist_ok=True)
                    (source / link).symlink_to(empty)
                    given = [str(source / name) if word == "{}" else word for word in words]
                    done = meridian(*given)
                    self.assertEqual(done.returncode, 2, done.stderr)
                    self.assertIn("is a link in the sources", done.stderr)
                    self.assertEqual(list(empty.iterdir()), [])
                    (source / link).unlink()
                    empty.rmdir()

    def test_a_manifest_is_not_written_to_a_named_file_behind_a_link_in_the_sources(self):
        victim = self.folder / "victim"
        write(victim, VICTIM)
        kept = contents(victim)
        (self.source / "public").symlink_to(victim)
        (self.source / "file.json").symlink_to(victim / "new.json")
        for name in ("public/meridian.json", "public/new.json", "public/a/../x.json", "file.json"):
            done = self.command("index", "--output", str(self.source / name))
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertIn("is a link, and nothing is written where it leads", done.stderr)
            self.assertEqual(contents(victim), kept)
        # One that the user named is a place as any other.
        (self.folder / "mine").symlink_to(self.folder / "out")
        self.out.mkdir()
        done = self.command("index", "--output", str(self.folder / "mine" / "m.json"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("m.json", contents(self.out))


class Destinations(CommandCase):
    """A link in the sources is not a destination, and none lies below it."""

    SITE = {**CommandCase.SITE, "authorized_keys": "a key\n"}

    def assert_refused(self, *words, cwd=None):
        victim = self.folder / "victim"
        write(victim, {"keep": "mine"})
        for mode in ((), ("--raw",), ("--force",), ("--jobs", "2"), ("--raw", "--force")):
            with self.subTest(words=[str(word) for word in words], mode=mode):
                done = meridian(
                    *("build", "--quiet", "--shell", self.shell), *words, *mode, cwd=cwd
                )
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("is a link, and nothing is written where it leads", done.stderr)
                self.assertEqual(contents(victim), {"keep": b"mine"})

    def test_a_destination_that_is_a_link_in_the_sources_or_below_one_is_refused(self):
        victim = self.folder / "victim"
        (victim / "deep").mkdir(parents=True)
        links = {
            "_site": victim,
            "public": Path("..") / "victim",
            "again": Path("public"),
            "nowhere": victim / "new",
            "images/out": victim / "deep",
            "inside": Path("images"),
        }
        for name, target in links.items():
            (self.source / name).symlink_to(target)
        self.assert_refused(cwd=self.source)
        for name in (*links, "public/a/b", "public/deep", "again/x", "images/../public", "public/"):
            self.assert_refused("--destination", name, cwd=self.source)
            self.assert_refused(
                "--source", self.source, "--destination", self.source / name, cwd=self.folder
            )
            self.assert_refused(
                "--source", "source", "--destination", f"source/{name}", cwd=self.folder
            )

    def test_the_source_may_be_behind_a_link_of_the_user(self):
        (self.source / "public").symlink_to(self.folder / "victim")
        (self.folder / "mine").symlink_to(self.source)
        self.assert_refused(
            "--source", self.folder / "mine", "--destination", self.folder / "mine" / "public"
        )
        self.assert_refused(
            "--source", self.source, "--destination", self.folder / "mine" / "public"
        )
        self.assert_built(source=self.folder / "mine", out=self.folder / "mine" / "written")

    def test_the_default_destination_is_no_link_even_outside_of_the_sources(self):
        (self.folder / "_site").symlink_to(self.folder / "victim")
        self.assert_refused("--source", "source", cwd=self.folder)

    def test_a_link_that_the_user_named_is_a_destination(self):
        self.out.mkdir()
        (self.folder / "mine").symlink_to(self.out)
        for name in ("mine", "mine/below"):
            self.assert_built(out=self.folder / name)
            self.assertIn("index.html", contents(self.folder / name))

    def test_a_record_that_is_a_link_is_not_read_or_written_through(self):
        self.assert_built()
        write(self.folder, {"victim.txt": (self.out / ".meridian").read_bytes()})
        before = (self.folder / "victim.txt").read_bytes()
        (self.out / ".meridian").unlink()
        (self.out / ".meridian").symlink_to(self.folder / "victim.txt")
        done = self.build()
        self.assertEqual((self.folder / "victim.txt").read_bytes(), before)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("is a link", done.stderr)


class OnePlace(unittest.TestCase):
    # What creates, replaces, renames or removes a file or a folder.
    WRITING = re.compile(
        r"(?<!\w)::(?:rename|unlink|mkdir|rmdir|symlink|link|truncate|creat|remove)\("
        r"|O_CREAT|O_RDWR"
        r"|\bfopen\(|ofstream|\b(?:create_director(?:y|ies)|copy_file|create_symlink|remove_all"
        r"|resize_file|create_hard_link)\(|mkstemp|mkdtemp"
    )

    def test_only_one_file_of_the_command_writes(self):
        files = [path for path in (ROOT / "cli").rglob("*") if path.suffix in (".cpp", ".h")]
        self.assertGreater(len(files), 50)
        writing = {
            path.name for path in files if self.WRITING.search(path.read_text(encoding="utf-8"))
        }
        self.assertEqual(writing, {"folder_writer.cpp"})


if __name__ == "__main__":
    os.umask(0o022)
    unittest.main()
