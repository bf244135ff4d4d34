"""The output folder of `meridian build`: no source and no foreign file is overwritten or removed,
files are written whole, and a failure is reported with its reason."""

import fcntl
import os
import random
import re
import resource
import shutil
import signal
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import MERIDIAN, RECORD, CommandCase, contents, meridian, write

MODES = ((), ("--raw",))
WRITING = (*MODES, ("--jobs", "3"))  # also by several processes


class NeverOverASource(CommandCase):
    SITE = {**CommandCase.SITE, "index.html": "<p>mine</p>", "404.html": "<p>lost</p>"}

    def assert_refused(self, out, source=None, cwd=None, options=()):
        before = contents(self.folder)
        for mode in MODES:
            with self.subTest(mode=mode, out=str(out)):
                result = self.build(*mode, *options, source=source, out=out, cwd=cwd)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn("--destination", result.stderr)
                self.assertEqual(contents(self.folder), before)

    def test_the_source_itself_is_refused_as_destination(self):
        for out in (
            self.source,
            f"{self.source}/",
            f"{self.source}/.",
            f"{self.source}/../source",
            f"{self.source}/_posts/..",
        ):
            self.assert_refused(out)
        for out in (".", "./", "../source", "images/.."):
            self.assert_refused(out, source=".", cwd=self.source)

    def test_a_folder_that_contains_the_source_is_refused_as_destination(self):
        # Never above the test's own folder: a build that does not refuse would write there.
        source = self.folder / "deep" / "er" / "source"
        write(source, self.SITE)
        for out in (source.parent, source.parent.parent, self.folder):
            self.assert_refused(out, source=source)

    def test_links_to_the_source_are_the_source(self):
        os.symlink(self.source, self.folder / "link")
        os.symlink(self.folder, self.folder / "up")
        self.assert_refused(self.folder / "link")
        self.assert_refused(self.source, source=self.folder / "link")
        self.assert_refused(self.folder / "up" / "source")
        self.assert_refused(self.folder / "up")

    def test_force_does_not_lift_that(self):
        self.assert_refused(self.source, options=("--force",))
        self.assert_refused(self.folder, options=("--force",))

    def test_an_empty_destination_is_wrong_use(self):
        self.assert_refused("", cwd=self.source, source=".")

    def test_a_folder_inside_the_source_is_written_and_is_no_source(self):
        for mode in MODES:
            for name in ("_site", "public", "deep/er/public"):
                with self.subTest(mode=mode, name=name):
                    source = self.folder / f"source{len(mode)}{name.replace('/', '-')}"
                    write(source, self.SITE)
                    for _ in range(3):  # the second and third build find what the first has written
                        self.assert_built(*mode, source=source, out=source / name)
                        written = contents(source / name)
                        self.assertIn("images/a.svg", written)
                        self.assertFalse(
                            [path for path in written if name.split("/")[-1] in path.split("/")]
                        )
                    for path, text in self.SITE.items():
                        self.assertEqual((source / path).read_text(), text)

    def test_a_folder_of_sources_is_no_destination(self):
        write(self.source, {"_posts/2020-01-01-a.md": "---\n---\nA\n"})
        for name in ("_posts", "images"):
            self.assert_refused(self.source / name)

    def test_a_link_in_the_destination_does_not_lead_a_build_into_the_source(self):
        for mode in MODES:
            with self.subTest(mode):
                shutil.rmtree(self.out, ignore_errors=True)
                self.out.mkdir()
                os.symlink(self.source, self.out / "about")
                os.symlink(self.source / "images", self.out / "images")
                os.symlink(self.source / "index.md", self.out / "index.html")
                before = contents(self.source)
                for options in ((), ("--force",)):
                    result = self.build(*mode, *options)
                    self.assertNotEqual(result.returncode, 0)
                    self.assertEqual(contents(self.source), before)

    def test_a_hard_link_to_a_source_is_replaced_not_written_through(self):
        self.out.mkdir()
        (self.out / "images").mkdir()
        os.link(self.source / "images" / "a.svg", self.out / "images" / "a.svg")
        os.link(self.source / "about.md", self.out / "index.html")
        before = contents(self.source)
        self.build("--force")
        self.assertEqual(contents(self.source), before)

    def test_index_does_not_write_its_manifest_over_a_source(self):
        before = contents(self.source)
        for name in ("index.md", "_config.yml", "images/a.svg"):
            result = meridian("index", "--source", self.source, "--output", self.source / name)
            self.assertEqual(result.returncode, 2, result.stderr)
            self.assertIn(name, result.stderr)
        self.assertEqual(contents(self.source), before)
        write(self.source, {"meridian.json": '{"my": "own"}'})
        self.assertEqual(meridian("index", "--source", self.source).returncode, 2)
        self.assertEqual((self.source / "meridian.json").read_text(), '{"my": "own"}')


class OnlyWhatABuildWrote(CommandCase):
    """A foreign folder is neither overwritten nor cleaned; a build's own is updated."""

    def test_a_file_of_somebody_else_is_not_overwritten(self):
        for mode, name in (
            ((), "about/index.html"),
            ((), "images/a.svg"),
            (("--raw",), "_config.yml"),
            (("--raw",), "index.html"),
            (("--raw",), "meridian.json"),
            (("--raw",), "meridian/theme.css"),
        ):
            with self.subTest(mode=mode, name=name):
                shutil.rmtree(self.out, ignore_errors=True)
                write(self.out, {name: "mine", "notes.txt": "mine, too"})
                before = contents(self.out)
                result = self.build(*mode)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn(name, result.stderr)
                self.assertIn("--force", result.stderr)
                self.assertEqual(contents(self.out), before)

    def test_force_writes_over_it_and_leaves_the_rest(self):
        write(self.out, {"about/index.html": "mine", "notes.txt": "mine, too"})
        self.assert_built("--force")
        self.assertIn("About us", (self.out / "about/index.html").read_text())
        self.assertEqual((self.out / "notes.txt").read_text(), "mine, too")

    def test_a_repository_in_the_destination_stays(self):
        write(self.out, {".git/HEAD": "ref", ".git/index.html": "x", "CNAME": "a.example"})
        before = contents(self.out)
        for mode in MODES:
            self.assertEqual(self.build(*mode).returncode, 0)
            self.assertEqual({name: (self.out / name).read_bytes() for name in before}, before)

    def test_pages_that_are_gone_are_removed_with_their_folders(self):
        write(
            self.source,
            {"deep/er/page.md": "---\npermalink: /deep/er/page/\n---\n", "images/b.svg": "<svg/>"},
        )
        write(self.out, {"deep/mine.txt": "mine"})
        self.assert_built()
        (self.source / "deep/er/page.md").unlink()
        (self.source / "images/b.svg").unlink()
        (self.source / "images/a.svg").unlink()
        self.assert_built()
        left = contents(self.out)
        self.assertNotIn("deep/er/page/index.html", left)
        self.assertFalse((self.out / "images").exists())
        self.assertFalse((self.out / "deep/er").exists())
        self.assertEqual(left["deep/mine.txt"], b"mine")

    def test_raw_sources_that_are_gone_are_removed(self):
        self.assert_built("--raw")
        (self.source / "about.md").unlink()
        self.assert_built("--raw")
        self.assertFalse((self.out / "about.md").exists())
        self.assertTrue((self.out / "meridian/theme.css").exists())
        self.assertNotIn("about", (self.out / "meridian.json").read_text())

    def test_keep_files_are_kept(self):
        write(
            self.source,
            {
                "_config.yml": "keep_files: [kept]\n",
                "kept/page.md": "---\n---\n",
                "gone.md": "---\n---\n",
            },
        )
        self.assert_built()
        for name in ("kept/page.md", "gone.md"):
            (self.source / name).unlink()
        self.assert_built()
        self.assertTrue((self.out / "kept/page.html").exists())
        self.assertFalse((self.out / "gone.html").exists())

    def test_what_somebody_wrote_in_place_of_a_page_that_is_gone_stays(self):
        self.assert_built()
        write(self.out, {"about/index.html": "by hand"})
        (self.source / "about.md").unlink()
        self.assert_built()
        self.assertEqual((self.out / "about/index.html").read_text(), "by hand")

    def test_a_raw_copy_that_was_edited_is_not_overwritten(self):
        self.assert_built("--raw")
        write(self.out, {"about.md": "edited where it is published"})
        before = contents(self.out)
        result = self.build("--raw")
        self.assertEqual(result.returncode, 2, result.stderr)
        self.assertIn("about.md", result.stderr)
        self.assertEqual(contents(self.out), before)
        self.assert_built("--raw", "--force")
        self.assertIn("About us", (self.out / "about.md").read_text())

    def test_a_page_gives_way_to_a_folder_of_its_name_and_back(self):
        write(self.source, {"x.md": "---\npermalink: /thing\n---\n"})
        shapes = []
        for address in ("/thing.html", "/thing.html/", "/thing.html"):
            write(self.source, {"x.md": f"---\npermalink: {address}\n---\n"})
            self.assert_built()
            shapes.append((self.out / "thing.html").is_dir())
        self.assertEqual(shapes, [False, True, False])

    def test_a_record_of_somebody_else_leads_nowhere(self):
        write(self.folder, {"victim.txt": "v"})
        write(
            self.out,
            {
                "linked/x": "x",
                RECORD: f"meridian 1\n{'-' * 16} ../victim.txt\n{'-' * 16} {self.folder}/victim.txt\n"
                f"{'-' * 16} link/victim.txt\nrubbish\n\0\n",
            },
        )
        os.symlink(self.folder, self.out / "link")
        self.assert_built()
        self.assertEqual((self.folder / "victim.txt").read_text(), "v")

    def test_what_has_not_changed_keeps_its_time(self):
        for mode in MODES:
            shutil.rmtree(self.out, ignore_errors=True)
            self.assert_built(*mode, "--time", "2026-01-01T00:00:00Z")
            files = [self.out / name for name in contents(self.out)]
            for path in files:
                os.utime(path, (1e9, 1e9))
            self.assert_built(*mode, "--time", "2026-01-01T00:00:00Z")
            self.assertEqual([str(path) for path in files if path.stat().st_mtime != 1e9], [])


class Whole(CommandCase):
    """Disk errors end with a message and a status other than 0; each file is either the old or the
    new one."""

    LONG = "word " * 60_000

    @staticmethod
    def limited(size, ignore):
        """Runs in the child: limits files to `size` bytes; beyond, writing fails, or a signal kills
        the process while it writes."""

        def prepare():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN if ignore else signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

        return prepare

    def test_a_write_that_fails_is_told_with_file_and_reason(self):
        write(self.source, {"long.md": "---\n---\n" + self.LONG})
        for mode in WRITING:
            name = "long.md" if "--raw" in mode else "long.html"
            shutil.rmtree(self.out, ignore_errors=True)
            result = self.build(*mode, "--theme", "site", preexec_fn=self.limited(200_000, True))
            self.assertEqual(result.returncode, 1)
            self.assertIn("can't be written: File too large", result.stderr)
            if "--raw" not in mode:
                self.assertIn(name, result.stderr)
                self.assertFalse((self.out / name).exists())

    def test_a_full_disk_is_told(self):
        self.mount_small_disk()
        write(self.source, {"long.md": "---\n---\n" + self.LONG})
        for mode in WRITING:
            result = self.build(*mode)
            self.assertEqual(result.returncode, 1)
            self.assertRegex(result.stderr, r"out/\S+ can't be written: No space left on device")
            self.assertFalse(
                [
                    name
                    for name, text in contents(self.out).items()
                    if not text and name != ".nojekyll"
                ]
            )

    @unittest.skipUnless(Path("/dev/full").exists(), "there is no /dev/full")
    def test_standard_output_that_is_full_is_told(self):
        for arguments in (
            ("index", "--output", "-"),
            ("index", "--output", "/dev/full"),
            ("check", "--json"),
            ("render", self.source / "about.md"),
        ):
            with self.subTest(arguments), open("/dev/full", "w") as full:
                done = subprocess.run(
                    [str(MERIDIAN), *map(str, arguments), "--source", str(self.source)],
                    stdout=full,
                    stderr=subprocess.PIPE,
                    text=True,
                    timeout=60,
                )
                self.assertEqual(done.returncode, 1)
                self.assertIn("No space left on device", done.stderr)

    def test_what_stands_in_the_way_is_named(self):
        write(self.out, {"about": "a file where a folder is needed"})
        result = self.build("--force")
        self.assertNotEqual(result.returncode, 0)
        self.assertRegex(result.stderr, r"out/about\b")
        self.assertEqual((self.out / "about").read_text(), "a file where a folder is needed")

    def test_a_name_that_is_too_long_for_the_disk_is_told_and_the_rest_is_written(self):
        write(self.source, {"long.md": f"---\npermalink: /{'n' * 300}/\n---\n"})
        result = self.build()
        self.assertEqual(result.returncode, 1)
        self.assertIn("File name too long", result.stderr)
        self.assertTrue((self.out / "about/index.html").exists())

    def put_sources(self, which):
        write(
            self.source,
            {f"p{n}.md": f"---\n---\n{which} {n} " + "word " * 40_000 for n in range(12)},
        )
        write(self.source, {"static.txt": which * 100_000})

    def killed_build(self, limit, seconds, options):
        """Kills a build, or one of its processes, while it writes a file if there is a limit, else
        the build at some moment; returns whether it was killed."""
        process = subprocess.Popen(
            [
                str(MERIDIAN),
                "build",
                "--quiet",
                *options,
                "--source",
                str(self.source),
                "--destination",
                str(self.out),
                "--shell",
                str(self.shell),
            ],
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=self.limited(limit, False) if limit else None,
        )
        try:
            _, told = process.communicate(timeout=60 if limit else seconds)
        except subprocess.TimeoutExpired:
            process.kill()
            _, told = process.communicate()
        # Its processes hold the folder until they have ended, too.
        if self.out.exists():
            folder = os.open(self.out, os.O_RDONLY)
            fcntl.flock(folder, fcntl.LOCK_EX)
            os.close(folder)
        return process.returncode < 0 or "ended before its work was done" in told

    def test_a_build_that_is_killed_leaves_each_file_old_or_new(self):
        chance = random.Random(23)
        for mode in WRITING:
            options = (*mode, "--theme", "site")
            texts = {}
            for which in ("old", "new"):
                self.put_sources(which)
                shutil.rmtree(self.out, ignore_errors=True)
                self.assert_built(*options)
                texts[which] = contents(self.out)
            killed = 0
            for attempt in range(30):
                which = ("old", "new")[attempt % 2]
                self.put_sources(which)
                limit = chance.choice([100_000, 150_000, 190_000]) if attempt % 3 else None
                killed += self.killed_build(limit, chance.uniform(0, 0.1), options)
                for name, text in contents(self.out).items():
                    if not re.fullmatch(r"\.meridian\.tmp\d*", name):
                        whole = text in (texts["old"].get(name), texts["new"].get(name))
                        self.assertTrue(whole, f"{name} has {len(text)} bytes")
                # The next build needs no --force after a killed one, and removes its temporary
                # files.
                self.assert_built(*options)
                self.assertEqual(contents(self.out), texts[which])
            self.assertGreater(killed, 10)

    def test_nothing_is_removed_where_no_build_has_written(self):
        write(self.out, {".meridian.tmp1": "mine", ".meridian.tmpl": "mine, too"})
        self.assert_built("--jobs", "1")
        self.assertEqual((self.out / ".meridian.tmp1").read_text(), "mine")
        self.assertEqual((self.out / ".meridian.tmpl").read_text(), "mine, too")

    def test_a_build_that_is_killed_at_the_shell_leaves_pages_that_the_next_one_knows(self):
        write(self.source, {"index.md": '---\n---\n<link href="/meridian/large.css">\n'})
        write(self.shell, {"meridian/large.css": "p{}" * 100_000})
        self.assertTrue(self.killed_build(100_000, 60, ("--theme", "site")))
        self.assertTrue((self.out / "index.html").exists())
        self.assert_built("--theme", "site")

    def test_two_builds_at_once_do_not_write_into_one_folder(self):
        self.assert_built()
        folder = os.open(self.out, os.O_RDONLY)
        self.addCleanup(os.close, folder)
        fcntl.flock(folder, fcntl.LOCK_EX)
        result = self.build()
        self.assertEqual(result.returncode, 1)
        self.assertIn("another build", result.stderr)

    def test_builds_that_begin_at_once_report_each_other_or_wait(self):
        # The first one writes while others read the sources.
        write(self.source, {f"{i}.md": f"---\n---\n{i}\n" for i in range(400)})
        for _ in range(2):
            shutil.rmtree(self.out, ignore_errors=True)
            words = ("build", "--quiet", "--source", self.source, "--destination", self.out)
            builds = [
                subprocess.Popen(
                    [str(MERIDIAN), *map(str, words), "--theme", "site"],
                    stderr=subprocess.PIPE,
                    text=True,
                )
                for _ in range(5)
            ]
            ends = [(build.communicate()[1], build.returncode) for build in builds]
            self.assertIn(("", 0), ends)
            for said, status in ends:
                self.assertIn(status, (0, 1), said)
                if status:
                    self.assertIn("another build is writing to", said)
            self.assertIn("about/index.html", contents(self.out))


class TimeOfTheSite(CommandCase):
    SITE = {"_config.yml": "title: T\n", "index.md": "---\n---\n{{ site.time | date: '%s' }}\n"}

    def time(self, *options, **env):
        result = self.build("--theme", "site", *options, env=env)
        self.assertEqual(result.returncode, 0, result.stderr)
        return re.search(r"\d+", (self.out / "index.html").read_text()).group()

    def test_source_date_epoch_is_the_time_of_the_site(self):
        self.assertEqual(self.time(SOURCE_DATE_EPOCH="1234567890"), "1234567890")
        self.assertEqual(self.time(SOURCE_DATE_EPOCH="0"), "0")

    def test_the_option_wins(self):
        self.assertEqual(
            self.time("--time", "2001-09-09T01:46:40Z", SOURCE_DATE_EPOCH="5"), "1000000000"
        )

    def test_what_is_no_time_is_refused(self):
        for wrong in (
            "yesterday",
            "-1",
            "1.5",
            "1e9",
            " 1",
            "12345678901234567890123",
            "0x10",
            "+1",
        ):
            result = self.build(env={"SOURCE_DATE_EPOCH": wrong})
            self.assertEqual(result.returncode, 2, wrong)
            self.assertIn("SOURCE_DATE_EPOCH", result.stderr)
        result = self.build("--time", "soon")
        self.assertEqual(result.returncode, 2)
        self.assertIn("--time", result.stderr)
        self.assertFalse(self.out.exists())


if __name__ == "__main__":
    unittest.main()
