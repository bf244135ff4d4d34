"""What `meridian` reads: regular files inside the source, by names that an address can have, and no
more of each than it can use."""

import os
import socket
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, meridian, write

MODES = ((), ("--raw",))
NOBODY = 65534


class Links(CommandCase):
    def setUp(self):
        super().setUp()
        write(
            self.folder, {"outside/secret.md": "---\n---\nSECRET\n", "outside/secret.txt": "SECRET"}
        )

    def link(self, target, name):
        (self.source / name).parent.mkdir(parents=True, exist_ok=True)
        os.symlink(target, self.source / name)

    def assert_no_secret(self, *options):
        for mode in MODES:
            with self.subTest(mode):
                result = self.build(*mode, *options, out=self.folder / f"out{len(mode)}")
                self.assertEqual(result.returncode, 0, result.stderr)
                for name, text in contents(self.folder / f"out{len(mode)}").items():
                    self.assertNotIn(b"SECRET", text, name)
        return result

    def test_a_link_out_of_the_source_is_not_followed_and_named(self):
        for target, name in (
            (self.folder / "outside/secret.md", "a.md"),
            ("../outside/secret.txt", "b.txt"),
            (self.folder / "outside", "folder"),
            ("../../outside/secret.txt", "images/c.txt"),
            (self.folder / "outside/secret.md", "_includes/d.md"),
            ("/etc/hostname", "_data/e.yml"),
        ):
            self.link(target, name)
        write(self.source, {"uses.md": "---\n---\n{% include d.md %}\n"})
        result = self.build()
        self.assertEqual(contents(self.out).get("b.txt"), None)
        for name in ("a.md", "b.txt", "folder", "images/c.txt", "_includes/d.md", "_data/e.yml"):
            self.assertRegex(result.stderr, rf"{name}: .*leads out of the source")
        (self.source / "uses.md").unlink()
        self.assert_no_secret()

    def test_include_does_not_bring_them_back(self):
        self.link(self.folder / "outside/secret.txt", ".env")
        write(self.source, {"_config.yml": "include: [.env]\n"})
        self.assert_no_secret()

    def test_a_link_inside_the_source_is_followed(self):
        self.link("about.md", "us.md")
        self.link("images", "pictures")
        self.link("../about.md", "_includes/about.md")
        write(self.source, {"about.md": "---\ntitle: x\n---\nAbout us\n"})
        for mode, page in (((), "us.html"), (("--raw",), "us.md")):
            self.build(*mode, out=self.folder / page)
            written = contents(self.folder / page)
            self.assertIn(b"About us", written[page])
            self.assertEqual(written["pictures/a.svg"], b"<svg/>")

    def test_loops_end(self):
        self.link(".", "self")
        self.link("..", "images/up")
        self.link("b", "a")
        self.link("a", "b")
        self.link("nowhere", "dangling.md")
        for number in range(
            12
        ):  # each leads to all others: followed without end they are 12! folders
            for other in range(12):
                self.link(f"../d{other}", f"d{number}/l{other}")
        result = self.build()
        self.assertEqual(result.returncode, 0, result.stderr)
        self.assertLess(len(contents(self.out)), 100)
        self.assertIn("about/index.html", contents(self.out))

    def test_a_source_that_is_a_link_itself_is_read(self):
        os.symlink(self.source, self.folder / "link")
        self.assert_built(source=self.folder / "link")
        self.assertIn("about/index.html", contents(self.out))


class Kinds(CommandCase):
    def test_pipes_sockets_and_devices_do_not_hold_up_a_build(self):
        os.mkfifo(self.source / "pipe.md")
        os.mkfifo(self.source / "_config.yml~")
        (self.source / "_data").mkdir()
        os.mkfifo(self.source / "_data" / "a.yml")
        endless = socket.socket(socket.AF_UNIX)
        self.addCleanup(endless.close)
        os.chdir(self.source)
        self.addCleanup(os.chdir, "/")
        endless.bind("socket")
        os.symlink("/dev/zero", self.source / "zero.md")
        os.symlink("/dev/zero", self.source / "_data" / "zero.yml")
        for mode in MODES:
            result = self.build(*mode, out=self.folder / f"out{len(mode)}")
            self.assertEqual(result.returncode, 0, result.stderr)
            self.assertIn("pipe.md", result.stderr)
            self.assertNotIn("pipe.md", contents(self.folder / f"out{len(mode)}"))

    def test_sparse_files_take_neither_memory_nor_disk(self):
        import resource

        write(
            self.source,
            {"huge.md": "---\ntitle: Huge\n---\n", "_data/huge.yml": "a: 1\n", "huge.bin": ""},
        )
        for name in ("huge.md", "_data/huge.yml", "huge.bin"):
            os.truncate(self.source / name, 100 << 30)

        def little():
            resource.setrlimit(resource.RLIMIT_AS, (2 << 30, 2 << 30))

        for mode in MODES:
            out = self.folder / f"out{len(mode)}"
            result = self.build(*mode, out=out, preexec_fn=little)
            self.assertEqual(result.returncode, 1, result.stderr)
            for name in ("huge.md", "huge.bin"):
                self.assertRegex(result.stderr, rf"{name}\b.*(16 MB|4 GB)")
            written = sum(path.stat().st_blocks * 512 for path in out.rglob("*") if path.is_file())
            self.assertLess(written, 40 << 20)

    @unittest.skipUnless(os.geteuid() == 0, "needs to become somebody else")
    def test_what_cannot_be_read_is_named_as_that(self):
        self.folder.chmod(0o777)
        write(
            self.source,
            {
                "closed.md": "---\n---\nx\n",
                "closed.css": "x",
                "folder/a.md": "---\n---\nx\n",
                ".private": "x",
                ".ssh/a": "x",
            },
        )
        for path in self.source.rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self.out.mkdir()
        os.chown(self.out, NOBODY, NOBODY)
        self.assert_built(user=NOBODY, group=NOBODY, extra_groups=[])
        for name in ("closed.md", "closed.css", "folder", ".private", ".ssh"):
            (self.source / name).chmod(0)
        result = self.build(user=NOBODY, group=NOBODY, extra_groups=[])
        self.assertEqual(result.returncode, 1)
        for name in ("closed.md", "closed.css", "folder"):
            self.assertRegex(result.stderr, rf"{name}\b.*can't be read: Permission denied")
        self.assertNotIn("private", result.stderr)
        self.assertNotIn("ssh", result.stderr)
        self.assertNotIn("can't be written", result.stderr)
        # What stood there for them before is not taken away.
        for name in ("closed.html", "closed.css", "folder/a.html"):
            self.assertTrue((self.out / name).exists(), name)

    def test_a_source_that_cannot_be_had_is_named_with_the_reason(self):
        for name in ("missing", "about.md"):
            result = meridian("build", "--source", self.source / name, "--destination", self.out)
            self.assertEqual(result.returncode, 2)
            self.assertIn(name, result.stderr)


class Names(CommandCase):
    def test_names_that_no_address_can_have_are_left_out_and_named(self):
        for name in (
            b"latin-\xe9.md",
            b"back\\slash.md",
            b"line\nbreak.txt",
            b"bell\x07.txt",
            b"fold\xff/a.txt",
        ):
            path = os.fsencode(self.source) + b"/" + name
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "wb") as file:
                file.write(b"---\n---\nx\n")
        for mode in MODES:
            result = self.build(*mode, out=self.folder / f"out{len(mode)}")
            self.assertEqual(result.returncode, 0, result.stderr)
            for word in ("latin", "slash", "line", "bell", "fold"):
                self.assertRegex(result.stderr, rf"{word}.*name.*")
                self.assertFalse(
                    [name for name in contents(self.folder / f"out{len(mode)}") if word in name]
                )
            self.assertNotRegex(result.stderr, "[\x00-\x09\x0b-\x1f]")

    def test_unusual_names_are_names(self):
        names = [
            "ünï cödé.txt",
            "a b.txt",
            "100%.txt",
            "q?.txt",
            "h#.txt",
            "'.txt",
            '".txt',
            "aux.txt",
            "x" * 251 + ".txt",
        ]
        write(self.source, {name: name for name in names})
        for mode in MODES:
            self.assert_built(*mode, out=self.folder / f"out{len(mode)}")
            written = contents(self.folder / f"out{len(mode)}")
            for name in names:
                self.assertEqual(written[name], name.encode())

    def test_an_address_with_a_line_break_is_refused(self):
        write(
            self.source,
            {
                "a.md": '---\npermalink: "/a%0Ab/"\n---\n',
                "b.md": '---\npermalink: "/c%07d/"\n---\n',
            },
        )
        self.build()
        self.assertFalse([name for name in contents(self.out) if not name.isprintable()])
        self.assert_record_is_whole()

    def assert_record_is_whole(self):
        lines = (self.out / ".meridian").read_text().splitlines()[1:]
        self.assertEqual(sorted(line[17:] for line in lines), sorted(contents(self.out)))


if __name__ == "__main__":
    unittest.main()
