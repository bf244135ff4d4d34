"""A file or a folder of the sources that can't be read is an error in every command that reads
them, whatever it is for, unless the site excludes it."""

import os
import shutil
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "cmake")]
import json

from command import CommandCase, meridian, write
from shell_list import shell_list

NOBODY = 65534
SITE = {
    "_config.yml": "title: T\nexclude: [private, '*.key']\ninclude: [.well-known]\n",
    "index.md": "---\ntitle: Home\n---\n{% include part.html %} [a](/files/a.txt)\n",
    "about.md": "---\ntitle: About\nlayout: own\n---\nAbout us\n",
    "plain.html": "<p>plain</p>",
    "rendered.html": "---\n---\n<p>rendered</p>",
    "_posts/2020-01-02-a.md": "---\ntitle: A\n---\nText\n",
    "_layouts/own.html": "<main>{{ content }}</main>",
    "_includes/part.html": "part",
    "_includes/unused.html": "unused",
    "_data/list.yml": "- a\n",
    "_sass/_part.scss": "a { b: c }\n",
    "_plugins/own.js": "export const filters = { own: (value) => value };\n",
    "assets/main.scss": "---\n---\n@import 'part';\n",
    "images/a.svg": "<svg/>",
    "files/a.txt": "text",
    "files/deep/b.txt": "text",
    ".well-known/a.txt": "text",
    "CNAME": "a.example",
}
# No part of the site.
NEVER_READ = {
    "private/a.md": "---\n---\nsecret\n",
    "server.key": "secret",
    ".ssh/id": "secret",
    ".env": "secret",
    "vendor/bundle/ruby/a.rb": "made",
}
FOLDERS = ("_posts", "_layouts", "files", "files/deep", ".well-known", ".")
HUGO = {
    "hugo.toml": 'title = "T"\n',
    "content/posts/a.md": "---\ntitle: A\ndate: 2020-01-02\n---\nText\n",
    "content/about.html": "<p>About</p>",
    "static/images/a.svg": "<svg/>",
    "data/list.toml": "a = 1\n",
    "assets/media/b.png": "png",
}
COMMANDS = (
    *(("build",), ("build", "--jobs", "2"), ("build", "--raw"), ("check",), ("check", "--json")),
    *(("doctor",), ("doctor", "--quiet"), ("index",), ("index", "--json"), ("index", "--author")),
    *(("index", "--output", "-"), ("head",), ("render", "index.md"), ("upgrade",)),
    *(("theme", "list"), ("theme", "add", "./plain")),
)


@unittest.skipUnless(os.geteuid() == 0, "needs to become somebody else")
class Unreadable(CommandCase):
    SITE = {**SITE, **NEVER_READ}

    def setUp(self):
        super().setUp()
        write(self.shell, {"meridian/shell.json": json.dumps(shell_list(self.shell, "0.1.0"))})
        self.source.joinpath("plain").mkdir()
        self.give_away()

    def give_away(self):
        self.folder.chmod(0o755)
        for path in [self.source, *self.source.rglob("*"), self.folder]:
            os.chown(path, NOBODY, NOBODY)

    def run_as_nobody(self, *words):
        return meridian(*words, user=NOBODY, group=NOBODY, extra_groups=[], cwd=self.source)

    def run_command(self, *words):
        shutil.rmtree(self.source / "meridian", ignore_errors=True)
        (self.source / "meridian.json").unlink(missing_ok=True)
        if words[0] in ("head", "upgrade"):
            shutil.copytree(self.shell, self.source, dirs_exist_ok=True)
            self.give_away()
        where = [] if words[0] in ("new", "import") else ["--source", self.source]
        if words[0] == "build":
            shutil.rmtree(self.out, ignore_errors=True)
            where += ["--destination", self.out]
        done = self.run_as_nobody(*words, *where, "--shell", self.shell)
        for name in ("index.html", "404.html"):
            (self.source / name).unlink(missing_ok=True)
        return done

    def close(self, path):
        self.addCleanup(path.chmod, 0o755)
        path.chmod(0)

    def test_sources_that_are_no_part_of_the_site_are_not_missed(self):
        for name in NEVER_READ:
            self.close(self.source / name)
        self.close(self.source / ".ssh")
        self.close(self.source / "private")
        for command in (("build",), ("check",), ("index",)):
            with self.subTest(command=command):
                done = self.run_command(*command)
                self.assertEqual(done.returncode, 0, done.stderr + done.stdout)

    def test_every_kind_of_file_is_reported_by_every_command(self):
        for name in SITE:
            path = self.source / name
            path.chmod(0)
            # Each command with one file, each file with the commands that are used most.
            commands = COMMANDS if name == "about.md" else (("build",), ("check",), ("index",))
            for command in commands:
                with self.subTest(name=name, command=command):
                    done = self.run_command(*command)
                    self.assertEqual(done.returncode, 1, done.stderr + done.stdout)
                    said = done.stderr + done.stdout
                    self.assertIn(name, said)
                    self.assertIn("the file can't be read: Permission denied", said)
            path.chmod(0o644)

    def test_every_folder_is_reported_by_every_command(self):
        for name in FOLDERS:
            path = self.source / name
            for mode in (0, 0o444, 0o111):  # 0o444 gives names alone
                if name == "." and mode != 0o111:
                    continue
                path.chmod(mode)
                commands = COMMANDS if name == "files" else (("build",), ("check",))
                for command in commands:
                    if command[0] in ("upgrade", "head") or "plain" in command[-1]:
                        continue
                    with self.subTest(name=name, mode=oct(mode), command=command):
                        where = ["--source", self.source]
                        if command[0] == "build":
                            shutil.rmtree(self.out, ignore_errors=True)
                            where += ["--destination", self.out]
                        done = self.run_as_nobody(*command, *where, "--shell", self.shell)
                        said = done.stderr + done.stdout
                        self.assertEqual(done.returncode, 1, said)
                        self.assertIn("can't be read: Permission denied", said)
                path.chmod(0o755)

    def test_a_manifest_that_cannot_be_read_is_an_error(self):
        self.run_as_nobody("index", "--shell", self.shell, "--source", self.source)
        self.close(self.source / "meridian.json")
        for command in ("check", "index"):
            done = self.run_as_nobody(command, "--source", self.source, "--shell", self.shell)
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertRegex(done.stderr, r"meridian\.json.*can't be read: Permission denied")

    def test_new_and_import_report_what_they_cannot_copy(self):
        hugo = self.source / "hugo"
        write(hugo, HUGO)
        self.give_away()
        for at, (folder, files) in enumerate(((hugo, HUGO), (self.source, SITE))):
            for name in files:
                if name == "CNAME":  # no copy has it
                    continue
                path = folder / name
                path.chmod(0)
                new = str(self.source / f"new{at}")
                words = ("import", hugo, new) if folder == hugo else ("new", new, "--from", folder)
                with self.subTest(name=name, command=words[0]):
                    done = self.run_as_nobody(*words)
                    said = done.stderr + done.stdout
                    self.assertEqual(done.returncode, 1, said)
                    self.assertRegex(said, rf"{name}\b.* can't be read")
                shutil.rmtree(new, ignore_errors=True)
                path.chmod(0o644)
        self.close(hugo / "content" / "posts")
        done = self.run_as_nobody("import", hugo, self.source / "new")
        self.assertEqual(done.returncode, 1, done.stderr)


if __name__ == "__main__":
    unittest.main()
