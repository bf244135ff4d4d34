"""`meridian build --watch`: after each change the destination is what a new build would write, and
only files that are made of the changed sources are written."""

import os
import signal
import subprocess
import sys
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import HANG, MERIDIAN, CommandCase, contents, meridian, write

NOW = ("--time", "2026-01-31T12:00:00Z")
PAGE = "---\nlayout: page\ntitle: %s\n---\n%s\n"


class Watched(CommandCase):
    """Starts the command on `self.source`; `self.log` is what it has printed so far."""

    def start(self, *options):
        log = open(self.folder / "log", "w+b")
        self.addCleanup(log.close)
        self.log_file = Path(log.name)
        self.process = subprocess.Popen(
            [
                MERIDIAN,
                "build",
                "--watch",
                *NOW,
                *("--source", self.source, "--destination", self.out, "--shell", self.shell),
                *options,
            ],
            stderr=log,
            stdin=subprocess.DEVNULL,
        )
        self.addCleanup(self.stop)
        self.wait_for(lambda: "following" in self.log())
        self.assertEqual(self.difference(), {})

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(HANG)

    def log(self):
        return self.log_file.read_text(errors="replace")

    def wait_for(self, condition):
        end = time.monotonic() + HANG
        while not condition():
            if time.monotonic() > end or self.process.poll() is not None:
                self.fail(self.log())
            time.sleep(0.01)

    def difference(self):
        """Paths of files that a new build writes otherwise, and what there is of each."""
        fresh = self.folder / "fresh"
        self.build(*NOW, out=fresh)
        new = contents(fresh)
        try:
            now = contents(self.out)
        except FileNotFoundError:  # removed while it was read
            return {"changes": (None, None)}
        return {
            path: (now.get(path), new.get(path))
            for path in sorted(new.keys() | now.keys())
            if now.get(path) != new.get(path)
        }

    def assert_follows(self):
        self.wait_for(lambda: not self.difference())

    def edit(self, path, text):
        """Writes a file; the files of the destination that were written then."""
        before = {name: self.stamp(name) for name in contents(self.out)}
        lines = self.log().count("\n")
        write(self.source, {path: text})
        self.wait_for(lambda: path in "".join(self.log().splitlines(True)[lines:]))
        self.assert_follows()
        after = contents(self.out)
        return {name for name in after if self.stamp(name) != before.get(name)}

    def stamp(self, name):
        status = (self.out / name).stat()
        return status.st_ino, status.st_mtime_ns


class Follow(Watched):
    SITE = {
        "_config.yml": "title: T\ncollections: {notes: {output: true}}\n",
        "_layouts/page.html": "{% include head.html %}{{ content }}",
        "_layouts/bare.html": "{{ content }}",
        "_includes/head.html": "<h1>{{ page.title }}</h1>",
        "_data/people.yml": "- Ada\n",
        "_posts/2020-01-01-a.md": PAGE % ("A", "First of *a*.\n\nMore of a."),
        "_posts/2020-01-02-b.md": PAGE % ("B", "First of b."),
        "_notes/n.md": PAGE.replace("page", "bare", 1) % ("N", "A note"),
        "index.md": PAGE
        % ("Home", "{% for p in site.posts %}{{ p.title }}{{ p.excerpt }}{% endfor %}"),
        "people.md": PAGE % ("People", "{{ site.data.people | join: ', ' }}"),
        "about.md": PAGE % ("About", "Us"),
        "plain.css": "p{}",
    }
    A = "2020/01/01/a.html"
    ALL_PAGES = {A, "2020/01/02/b.html", "index.html", "people.html", "about.html"}

    def setUp(self):
        super().setUp()
        self.start("--theme", "site")

    def build(self, *options, **more):
        return super().build("--theme", "site", *options, **more)

    def test_only_what_is_made_of_a_source_is_written(self):
        post = self.SITE["_posts/2020-01-01-a.md"]
        for path, text, files in (
            ("about.md", PAGE % ("About", "All of us"), {"about.html"}),
            ("_posts/2020-01-01-a.md", post + "\nThe end.\n", {self.A}),
            ("_posts/2020-01-01-a.md", post.replace("First", "Last"), {self.A, "index.html"}),
            ("_data/people.yml", "- Ada\n- Grace\n", {"people.html"}),
            ("_includes/head.html", "<h2>{{ page.title }}</h2>", self.ALL_PAGES),
            ("_layouts/bare.html", "<main>{{ content }}</main>", {"notes/n.html"}),
            ("plain.css", "p{color:red}", {"plain.css"}),
            ("about.md", PAGE % ("About", "{% nope %}"), {"about.html"}),
        ):
            with self.subTest(path=path, text=text):
                self.assertEqual(self.edit(path, text), files)
                self.assertNotIn("all files", self.log())
        self.assertIn("about.md:5:1: Unknown tag 'nope'", self.log())

    def test_a_change_that_any_page_may_show_builds_all_anew(self):
        for path, text in (
            ("about.md", PAGE % ("Another title", "Us")),
            ("_config.yml", self.SITE["_config.yml"] + "author: Ada\n"),
            ("_config.yml", "title: [broken\n"),
            ("_config.yml", self.SITE["_config.yml"]),
            ("new.md", PAGE % ("New", "page")),
            ("CNAME", "ada.example\n"),
            ("plain.css", "---\n---\np{ {{ site.title }} }"),
            ("_layouts/page.html", "---\nlayout: bare\n---\n{{ content }}"),
            ("deep/er/page.md", PAGE % ("Deep", "page")),
            ("deep/er/page.md", PAGE % ("Deep", "page, which is followed as well")),
        ):
            with self.subTest(path=path, text=text):
                self.edit(path, text)
        for old, new in (("new.md", "newer.md"), ("deep", "deeper"), ("about.md", "../about.md")):
            with self.subTest(old=old, new=new):
                os.rename(self.source / old, self.source / new)
                self.assert_follows()
        self.assertFalse((self.out / "deep").exists())
        self.edit("deeper/er/page.md", PAGE % ("Deep", "in the folder's new place"))

    def test_editors_that_write_beside_a_file_and_rename(self):
        for beside in (".about.md.swp", "about.md~", "#about.md#"):
            with self.subTest(beside=beside):
                write(self.source, {beside: "temporary"})
                written = self.edit("_data/people.yml", f"- {beside}\n")
                self.assertEqual(written, {"people.html"})
                write(self.source, {beside: PAGE % ("About", beside)})
                os.rename(self.source / beside, self.source / "about.md")
                self.assert_follows()
        self.assertNotIn("all files", self.log())
        write(self.source, {"4913": "a source like others while it is there"})
        self.assert_follows()

    def test_a_file_that_a_link_leads_to(self):
        os.symlink(self.source / "about.md", self.source / "link.md")
        self.assert_follows()
        self.edit("about.md", PAGE % ("About", "two pages at once"))
        self.assertIn("two pages", (self.out / "link.html").read_text())

    def test_a_source_that_is_away_for_a_moment(self):
        os.rename(self.source, self.folder / "away")
        os.rename(self.folder / "away", self.source)
        self.edit("about.md", PAGE % ("About", "back again"))

    def test_a_build_into_the_same_folder_meanwhile_is_refused(self):
        result = self.build(*NOW)
        self.assertEqual(result.returncode, 1)
        self.assertIn("another build is writing", result.stderr)

    def test_a_build_after_one_that_was_killed(self):
        for number in range(5):
            write(self.source, {"_includes/head.html": f"<h3>{number}</h3>"})
            time.sleep(number / 300)
            self.stop(signal.SIGKILL)
            (self.source / "about.md").unlink()
            self.assert_built(*NOW)
            self.assertEqual(self.difference(), {})
            write(self.source, {"about.md": self.SITE["about.md"]})
            self.start("--theme", "site")

    def test_a_file_of_somebody_else_in_the_destination_stays(self):
        write(self.out, {"new.html": "mine", "other.txt": "mine"})
        write(self.folder / "fresh", {"other.txt": "mine"})
        write(self.source, {"new.md": PAGE % ("New", "page")})
        self.wait_for(lambda: "new.html` is not of an earlier build" in self.log())
        self.assertEqual((self.out / "new.html").read_text(), "mine")
        (self.out / "new.html").unlink()
        self.edit("about.md", PAGE % ("About", "Written once the way is free"))


class FullDisk(Watched):
    SITE = {
        "_layouts/page.html": "{{ content }}",
        **{f"{number}.md": PAGE % (number, "Text") for number in range(8)},
    }

    def test_a_full_disk_is_told_once_for_a_build_and_followed_when_it_is_not(self):
        self.mount_small_disk()
        self.start()
        write(self.source, {"_layouts/page.html": "{{ content }}" + "word " * 5000})
        # Of the pages that are made of it, and then of all.
        self.wait_for(lambda: self.log().count("No space left on device") == 2)
        self.edit("_layouts/page.html", "<p>{{ content }}")
        self.assertEqual(self.log().count("No space left on device"), 2)
        self.assertEqual(self.log().count("all files"), 1)


class FollowTheme(Watched):
    """With Meridian's own theme: what pages need of the shell, and the index of its search."""

    SITE = {
        "_config.yml": "title: T\nmeridian: {search: true}\n",
        "index.md": "---\ntitle: Home\n---\nHello\n",
        "about.md": "---\ntitle: About\npermalink: /about/\n---\nUs\n",
        "author.md": "---\ntitle: Author\n---\nShe\n",
    }
    SHELL = {
        **CommandCase.SHELL,
        "meridian/shell.json": '{"meridian/theme.css": [], "meridian/globe.js": [], '
        '"meridian/search-keys.js": [], "meridian/search.js": []}',
        "meridian/globe.js": "",
        "meridian/search-keys.js": "",
    }

    def test_a_page_that_needs_more_of_the_shell(self):
        self.start()
        self.edit("about.md", self.SITE["about.md"] + "<meridian-globe></meridian-globe>\n")
        self.assertTrue((self.out / "meridian/globe.js").exists())

    def test_the_search_finds_new_words(self):
        self.start()
        for words in ("astrolabe", "", "quadrant " * 2000 + "sextant"):
            self.edit("about.md", self.SITE["about.md"] + words + "\n")

    def test_the_profile(self):
        write(self.source, {"_config.yml": "title: T\nauthor: {name: Ada}\n"})
        self.start()
        self.edit("index.md", self.SITE["index.md"] + "\n## News\n\nA section\n\n## More\n\nText\n")
        self.edit("index.md", self.SITE["index.md"] + "\n## News\n\nAnother one\n")


class FollowNotes(Watched):
    SITE = {"a.md": "# A\n\n[[b]]\n", "b.md": "# B\n"}

    def test_links_between_notes(self):
        self.start()
        self.edit("b.md", "# B\n\n[[a]] #tag\n")
        self.assertIn("tag", (self.out / "tags/tag/index.html").read_text())


class WrongUse(CommandCase):
    def test_watch_is_of_build_alone(self):
        for words in (("build", "--raw"), ("check",), ("index",)):
            result = meridian(*words, "--watch", "--source", self.source)
            self.assertEqual(result.returncode, 2)
            self.assertIn("--watch", result.stderr)

    def test_what_can_not_be_built_at_all_is_not_followed(self):
        result = self.build("--watch", out=self.source)
        self.assertEqual(result.returncode, 2)


if __name__ == "__main__":
    unittest.main()
