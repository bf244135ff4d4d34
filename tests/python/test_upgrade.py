"""`meridian upgrade`: the shell beside the sources becomes that of the program, and nothing of the
author's is touched."""

import json
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "cmake")]
from command import CommandCase, contents, meridian, write
from shell_list import shell_list

PAGE = (
    '<!doctype html><meta charset="utf-8"><meta name="meridian-shell" content="{name}">'
    "<title>Loading</title><script>load('{version}')</script>"
    "<noscript>This site needs JavaScript.<p lang=de>Diese Website braucht JavaScript.</noscript>"
)
LIST = "meridian/shell.json"
OLD, NEW = "0.9.0", "0.10.0"


def shell_of(version, files):
    return {
        **{f"{name}.html": PAGE.format(name=name, version=version) for name in ("index", "404")},
        ".nojekyll": "",
        "_headers": f"/*\n  X-Shell: {version}\n  X-Policy: 'sha256-{version}='\n",
        "meridian-offline.js": f"offline({version})",
        "meridian/meridian.wasm": f"core {version}",
        "meridian/main.js": f"main {version}",
        "meridian/theme.css": "p{}",
        "meridian/globe.js": f"globe {version}",
        "playground/index.html": f"<title>Playground</title>{version}",
        **files,
    }


class Upgrade(CommandCase):
    OLDER = shell_of(OLD, {"meridian/gone.js": "gone", "playground/gone.js": "gone"})
    NEWER = shell_of(NEW, {"meridian/core.js": "core", "playground/editor.js": "editor"})

    def setUp(self):
        super().setUp()
        self.older = self.folder / "older"
        for folder, files, version in (
            (self.older, self.OLDER, OLD),
            (self.shell, self.NEWER, NEW),
        ):
            for old in contents(folder):
                (folder / old).unlink()
            write(folder, files)
            listed = shell_list(folder, version)
            write(folder, {LIST: json.dumps(listed)})
        self.put(self.older)

    def put(self, shell):
        write(self.source, contents(shell))

    def upgrade(self, *options, shell=None, **more):
        return meridian(
            "upgrade", "--source", self.source, "--shell", shell or self.shell, *options, **more
        )

    def assert_upgraded(self, *options):
        done = self.upgrade(*options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stderr

    def assert_refused(self, said, *options, **more):
        before = contents(self.source)
        done = self.upgrade(*options, **more)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn(said, done.stderr)
        self.assertEqual(contents(self.source), before)

    def test_a_copied_shell_becomes_the_new_one_and_sources_stay(self):
        done = self.assert_upgraded()
        self.assertEqual(contents(self.source), {**contents(self.shell), **self.site()})
        self.assertIn(f"shell of Meridian {OLD} → {NEW}: ", done)
        self.assertIn(", 2 removed", done)
        self.assertIn(f"the shell is that of Meridian {NEW} already", self.assert_upgraded())
        self.assertEqual(self.upgrade("--quiet").stderr, "")

    def test_json_tells_the_versions_and_numbers(self):
        done = self.upgrade("--json")
        self.assertEqual([done.returncode, done.stderr], [0, ""])
        told = json.loads(done.stdout)
        self.assertEqual([told.pop("written") > 0, told.pop("removed")], [True, 2])
        self.assertEqual(told, {"from": OLD, "to": NEW})
        again = {"from": NEW, "to": NEW, "written": 0, "removed": 0}
        self.assertEqual(json.loads(self.upgrade("--json").stdout), again)

    def site(self):
        return {path: text.encode() for path, text in self.SITE.items()}

    def test_what_the_commands_and_the_author_have_set_in_pages_is_kept(self):
        write(self.source, {"404.html": self.set_in(OLD, "404")})
        for words in (["index"], ["head"]):
            done = meridian(*words, "--source", self.source, "--shell", self.older)
            self.assertEqual(done.returncode, 0, done.stderr)
        before = contents(self.source)
        self.assertIn(b"<title>Home", before["index.html"])
        self.assert_upgraded()
        after = contents(self.source)
        for page in ("index.html", "404.html"):
            self.assertIn(f"load('{NEW}')".encode(), after[page])
            self.assertNotIn(f"load('{OLD}')".encode(), after[page])
            self.assertEqual(after[page].count(b'name="meridian-manifest"'), 1)
            for part in (b"<!--meridian:head--><title>", b"<!--meridian:text-->"):
                self.assertIn(part, after[page])
        self.assertIn(b'<meta name="meridian-root" content="/x/">', after["404.html"])
        self.assertIn(b"<title>Home", after["index.html"])
        self.assertIn("already", self.assert_upgraded())
        self.assertEqual(contents(self.source), after)

    def test_what_the_author_has_set_in_the_playground_s_page_is_kept(self):
        meta = '<meta name="meridian-sign-in" content="https://gitlab.com ID, https://x.example Y">'
        fresh = self.OLDER["playground/index.html"]
        for before in (meta + fresh, f"\n  {meta}{fresh}", fresh + meta, f"{fresh}\n{meta}"):
            self.put(self.older)
            write(self.source, {"playground/index.html": before})
            self.assert_upgraded()
            after = contents(self.source)["playground/index.html"].decode()
            self.assertIn(self.NEWER["playground/index.html"], after)
            self.assertEqual(after.count(meta), 1)
            self.assertIn("already", self.assert_upgraded())
            self.assertEqual(contents(self.source)["playground/index.html"].decode(), after)
        # What else is changed there is named, as everywhere.
        write(self.source, {"playground/index.html": f"{meta}mine{fresh}"})
        self.assert_refused("playground/index.html")

    def set_in(self, version, name):
        page = PAGE.format(name=name, version=version)
        return page.replace("<title>", '<meta name="meridian-root" content="/x/"><title>')

    def test_the_manifest_is_written_again_where_there_is_one(self):
        self.assert_upgraded()
        self.assertFalse((self.source / "meridian.json").exists())
        self.put(self.older)
        write(self.source, {"meridian.json": '{"meridian":'})
        self.assert_upgraded()
        self.assertIn(b"about.md", contents(self.source)["meridian.json"])

    def test_an_edited_file_is_named_and_nothing_is_replaced_unless_that_is_said(self):
        edited = {"meridian/theme.css": "mine{}", "index.html": self.OLDER["index.html"] + "mine"}
        for path, text in edited.items():
            with self.subTest(path):
                write(self.source, {path: text})
                self.assert_refused(f"\n  {path}\n")
                self.assert_upgraded("--force")
                self.assertEqual(contents(self.source)[path].decode(), self.NEWER[path])
                self.put(self.older)

    def test_a_file_of_the_author_where_a_new_one_belongs_is_not_replaced(self):
        write(self.source, {"meridian/core.js": "mine"})
        self.assert_refused("\n  meridian/core.js\n")

    def test_an_edited_file_that_is_not_needed_any_more_stays(self):
        write(self.source, {"meridian/gone.js": "mine"})
        self.assertIn("gone.js is not needed any more; it stays", self.assert_upgraded())
        self.assertEqual((self.source / "meridian/gone.js").read_text(), "mine")

    def test_files_that_lie_in_the_folder_of_the_shell_and_are_not_its_own_stay(self):
        own = {
            "meridian/own.js": "own",
            "meridian/themes/plain/_layouts/default.html": "own",
            "meridian/search/own.bin": "own",
            "meridian/source/index.html": "own",
            "playground/notes.txt": "own",
        }
        write(self.source, own)
        self.assert_upgraded()
        after = contents(self.source)
        for path in own:
            self.assertEqual(after[path], b"own")

    def test_a_first_page_of_the_author_stays(self):
        for text in (
            "---\n---\n<p>mine</p>",
            '<meta name="meridian-shell" content="index"><script src="/meridian/site.js"></script>',
        ):
            write(self.source, {"index.html": text})
            self.assert_upgraded()
            self.assertEqual((self.source / "index.html").read_text(), text)
            self.put(self.older)

    def test_only_what_is_there_and_what_the_sources_use_comes_along(self):
        for path in ("meridian/globe.js", "playground/index.html", "playground/gone.js"):
            (self.source / path).unlink()
        (self.source / "meridian-offline.js").unlink()
        self.assert_upgraded()
        after = set(contents(self.source))
        self.assertEqual(
            after & {"meridian/globe.js", "playground/index.html", "meridian-offline.js"}, set()
        )
        self.assertIn("meridian/core.js", after)
        write(self.source, {"about.md": "---\n---\n<meridian-globe></meridian-globe>"})
        self.assert_upgraded()
        self.assertEqual((self.source / "meridian/globe.js").read_text(), f"globe {NEW}")

    def test_headers_below_those_of_the_shell_are_kept(self):
        own = "\n/a/*\n  X-Own: 1\n"
        write(self.source, {"_headers": self.OLDER["_headers"] + own})
        self.assertNotIn("_headers", self.assert_upgraded())
        self.assertEqual((self.source / "_headers").read_text(), self.NEWER["_headers"] + own)
        self.assert_upgraded()
        self.assertEqual((self.source / "_headers").read_text(), self.NEWER["_headers"] + own)

    def test_headers_of_the_author_stay_and_a_policy_that_lacks_the_script_is_named(self):
        for own, said in (
            ("/*\n  X-Own: 1\n", ""),
            (f"/*\n  Policy: 'sha256-{OLD}='\n", f"needs 'sha256-{NEW}=' in script-src"),
        ):
            self.put(self.older)
            write(self.source, {"_headers": own})
            done = self.assert_upgraded()
            self.assertEqual((self.source / "_headers").read_text(), own)
            self.assertIn(said, done)
            self.assertEqual("_headers" in done, bool(said))

    def test_compressed_forms_follow_their_files(self):
        forms = {"meridian/main.js.br": "old", "meridian/gone.js.br": "x", "index.html.br": "x"}
        write(self.source, forms)
        write(self.shell, {"meridian/main.js.br": "new", "meridian/core.js.br": "new"})
        self.assert_upgraded()
        after = contents(self.source)
        found = {path: after[path] for path in after if path.endswith((".br", ".gz"))}
        self.assertEqual(
            found, dict.fromkeys(("meridian/main.js.br", "meridian/core.js.br"), b"new")
        )

    def test_a_run_that_was_interrupted_can_be_repeated(self):
        new = contents(self.shell)
        for path in sorted(new)[::2]:
            if path != LIST:
                write(self.source, {path: new[path]})
        (self.source / "meridian/gone.js").unlink()
        headers = new["_headers"] + b"/a\n  X-Own: 1\n"
        write(self.source, {".meridian.tmp": "half a file", "_headers": headers})
        self.assert_upgraded()
        self.assertEqual(contents(self.source), {**new, **self.site(), "_headers": headers})

    def test_a_disk_that_accepts_nothing_loses_nothing(self):
        self.mount_small_disk("256k")
        self.source = self.out
        write(self.source, self.SITE)
        self.put(self.older)
        write(self.shell, {"meridian/core.js": "x" * 1_000_000})
        write(self.shell, {LIST: json.dumps(shell_list(self.shell, NEW))})
        done = self.upgrade()
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("No space left on device", done.stderr)
        after = contents(self.source)
        for path, text in self.OLDER.items():
            self.assertIn(after[path].decode(), (text, self.NEWER.get(path)))
        write(self.shell, {"meridian/core.js": "core"})
        write(self.shell, {LIST: json.dumps(shell_list(self.shell, NEW))})
        self.assert_upgraded()

    def test_a_list_of_a_stranger_removes_no_file_of_the_author(self):
        listed = json.loads((self.source / LIST).read_text())
        write(self.folder, {"outside.txt": "mine"})
        own = ["_config.yml", "about.md", "images/a.svg", "meridian/themes/a/_layouts/default.html"]
        write(self.source, {own[-1]: "mine"})
        (self.folder / "linked").mkdir()
        write(self.folder / "linked", {"a.js": "mine"})
        (self.source / "meridian/linked").symlink_to(self.folder / "linked")
        sums = shell_list(self.source, OLD)["contents"]
        for path in own:
            listed["contents"][path] = sums[path]
        outside = shell_list(self.folder, OLD)["contents"]["outside.txt"]
        for path in ("../outside.txt", "meridian/../../outside.txt", "/outside.txt"):
            listed["contents"][path] = outside
        listed["contents"]["meridian/linked/a.js"] = outside
        listed["contents"]["index.html"] = ["x", 7]
        listed["contents"]["404.html"] = [1]
        write(self.source, {LIST: json.dumps(listed)})
        self.upgrade("--force")
        after = contents(self.source)
        for path in own:
            self.assertIn(path, after)
        self.assertEqual((self.folder / "outside.txt").read_text(), "mine")
        self.assertEqual((self.folder / "linked/a.js").read_text(), "mine")

    def test_nothing_is_written_where_a_link_leads(self):
        elsewhere = self.folder / "elsewhere"
        (self.source / "meridian").rename(elsewhere)
        (self.source / "meridian").symlink_to(elsewhere)
        before = contents(elsewhere)
        self.assert_refused("is a link, and nothing is written where it leads")
        self.assertEqual(contents(elsewhere), before)

    def test_what_can_not_be_done_is_said_with_its_remedy(self):
        self.assert_refused("is the shell itself", shell=self.source)
        self.assert_refused("has no list of its files", shell=self.folder)
        shown = self.upgrade("--source", self.folder / "nowhere").stderr
        self.assertIn("can't be read", shown)
        plain = self.folder / "plain"
        write(plain, self.SITE)
        done = self.upgrade("--source", plain)
        self.assertIn("no shell is next to the sources", done.stderr)
        self.assertEqual(done.returncode, 2)
        (self.shell / "playground/editor.js").unlink()
        self.assert_refused("the site has `playground`")

    def test_a_site_that_was_built_is_built_again_instead(self):
        self.assert_built("--raw")
        done = self.upgrade("--source", self.out)
        self.assertIn("was written by `meridian build`; run that again", done.stderr)
        self.assertEqual(done.returncode, 2)

    def test_a_newer_shell_and_one_without_a_list_need_force(self):
        self.put(self.shell)
        self.assert_refused(f"is of Meridian {NEW}, this is {OLD}", shell=self.older)
        done = self.upgrade("--force", shell=self.older)
        self.assertEqual(done.returncode, 0, done.stderr)
        (self.source / LIST).unlink()
        self.assert_refused("does not list what its files were")
        self.assert_upgraded("--force")
        self.assertEqual((self.source / "meridian/main.js").read_text(), f"main {NEW}")


if __name__ == "__main__":
    unittest.main()
