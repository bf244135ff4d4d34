"""The hook and the workflow of docs/guide/publish.md keep meridian.json as new as its sources: run
as they are in the guide, with the real command.
"""

import json
import os
import re
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "build" / "native" / "meridian"
GUIDE = (ROOT / "docs" / "guide" / "publish.md").read_text(encoding="utf-8")
NOTE = "---\ntitle: %s\n---\nText.\n"


def snippet(start: str, language: str) -> str:
    """The block of code behind the words `start`."""
    found = re.search(rf"{re.escape(start)}.*?```{language}\n(.*?)```", GUIDE, re.DOTALL)
    assert found, start
    return found.group(1)


@unittest.skipUnless(COMMAND.exists(), "build/native/meridian is not there")
class TestHook(unittest.TestCase):
    def setUp(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="meridian-hook-")
        self.addCleanup(self.folder.cleanup)
        self.site = Path(self.folder.name)
        self.git("init", "-q")
        self.write("_config.yml", "title: Site\n")
        self.write("index.md", NOTE % "Home")

    def write(self, name: str, text: str) -> None:
        path = self.site / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def git(self, *arguments: str) -> str:
        return self.run_in_site(
            "git", "-c", "user.name=a", "-c", "user.email=a@example.org", *arguments
        )

    def run_in_site(self, *command: str) -> str:
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        env = {**clean, "PATH": f"{COMMAND.parent}{os.pathsep}{os.environ['PATH']}"}
        done = subprocess.run(
            command, cwd=self.site, env=env, capture_output=True, text=True, timeout=60
        )
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def titles(self, manifest: str) -> dict:
        return {
            file["path"]: file.get("yaml") or file.get("text")
            for file in json.loads(manifest)["files"]
        }

    def test_the_hook_writes_the_manifest_with_every_commit(self) -> None:
        hook = self.site / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        text = snippet("`.git/hooks/pre-commit`", "sh")
        hook.write_text(text, encoding="utf-8")
        hook.chmod(0o755)
        self.git("add", ".")
        self.git("commit", "-qm", "first")
        self.write("_posts/2020-01-02-new.md", NOTE % "New post")
        self.git("add", ".")
        self.git("commit", "-qm", "second")
        committed = self.titles(self.git("show", "HEAD:meridian.json"))
        self.assertIn("New post", committed["_posts/2020-01-02-new.md"])
        self.write("_posts/2020-01-02-new.md", NOTE % "Its title, mended")
        self.write("_layouts/default.html", '<link href="/main.css">{{ content }}')
        self.write("main.scss", "---\n---\na { b: c }\n")
        self.write("about.md", "---\nlayout: default\n---\n")
        self.git("add", "main.scss", "_layouts", "about.md")
        self.git("commit", "-qam", "third")
        self.assertIn("a { b: c; }", self.git("show", "HEAD:main.meridian.css"))
        self.assertIn("main.scss", self.git("show", "HEAD:sass.meridian.json"))
        self.assertIn(
            "mended",
            self.titles(self.git("show", "HEAD:meridian.json"))["_posts/2020-01-02-new.md"],
        )
        self.assertEqual(self.git("status", "--porcelain"), "")

    def test_the_manifest_has_the_beginning_of_git_s_hash_of_each_file(self) -> None:
        for length in [*range(0, 130), 4096, 100_000]:  # around the ends of SHA-1's blocks
            self.write(f"files/{length}.md", "---\n---\n".ljust(length, "é")[:length])
        self.git("add", ".")
        tree = [line.split() for line in self.git("ls-files", "--stage").splitlines()]
        names = {path: name for _, name, _, path in tree}
        self.run_in_site("meridian", "index", "--quiet")
        files = {
            file["path"]: file
            for file in json.loads((self.site / "meridian.json").read_text())["files"]
        }
        self.assertEqual(
            {path: file.get("git") for path, file in files.items()},
            {path: name[:16] for path, name in names.items()},
        )

    def test_the_workflow_s_steps_commit_a_manifest_that_has_changed_and_nothing_else(self) -> None:
        workflow = snippet("`.github/workflows/manifest.yml`", "yaml")
        script = self.script_of(workflow)
        self.git("add", ".")
        self.git("commit", "-qm", "first")
        with tempfile.TemporaryDirectory(prefix="meridian-remote-") as remote:
            self.run_in_site("git", "init", "-q", "--bare", remote)
            self.run_in_site("git", "remote", "add", "origin", remote)
            self.run_in_site("git", "push", "-qu", "origin", "HEAD")
            self.run_in_site("sh", "-ec", script)
            self.assertEqual(self.git("log", "--format=%s").split(), ["Manifest", "first"])
            self.run_in_site("sh", "-ec", script)
            self.assertEqual(self.git("log", "--format=%s").split(), ["Manifest", "first"])
            self.assertEqual(self.git("status", "--porcelain", "--branch").splitlines()[1:], [])

    def script_of(self, workflow: str) -> str:
        steps = re.search(
            r"- run: (\./tools/meridian[^\n]*)\n\s*- run: \|\n(.*)", workflow, re.DOTALL
        )
        assert steps
        (self.site / "tools").mkdir()
        (self.site / "tools" / "meridian").symlink_to(COMMAND)
        self.write(".gitignore", "tools\n")
        return f"{steps.group(1)}\n{steps.group(2)}"

    def put_large_site(self) -> None:
        """With everything that `index` writes: sheets, search, the shell's pages."""
        for name in ("index", "404"):
            self.write(
                f"{name}.html",
                '<!doctype html><meta charset="utf-8">'
                f'<meta name="meridian-shell" content="{name}"><title>Loading</title>',
            )
        self.write("index.html.gz", "compressed, as it came with the shell")
        self.write("own.html", "<p>a page of the author's")
        self.write("_config.yml", "title: Site\nlang: de\nmeridian: {search: true}\n")
        layout = '<!doctype html><link rel="stylesheet" href="/css/main.css">{{ content }}'
        self.write("_layouts/own.html", layout)
        self.write("css/main.scss", "---\n---\n@import 'part';\n")
        self.write("_sass/_part.scss", "a { b: c }\n")
        post = NOTE.replace("---\n", "---\nlayout: own\n", 1)
        for i in range(5):
            self.write(f"_posts/2020-01-0{i + 1}-post.md", post % i)

    def three_changes(self):
        """Each is what an author changes; commits follow."""
        self.put_large_site()
        yield
        self.write("_posts/2021-01-01-größe.md", NOTE % "New")
        (self.site / "_posts/2020-01-01-post.md").unlink()
        self.write("css/more.scss", "---\n---\nb { c: d }\n")
        yield
        # Notes instead: other folders come and go.
        for name in ("_config.yml", "css/main.scss", "css/more.scss", "index.md"):
            (self.site / name).unlink()
        for name in ("_posts", "_layouts", "_sass"):
            shutil.rmtree(self.site / name)
        self.write("README.md", "Hello [[Note]]\n")
        self.write("Note.md", "A [[README]]\n")
        yield

    def assert_fixed(self) -> None:
        """A second run writes the same, and the manifest is not stale."""
        self.assertEqual(self.git("status", "--porcelain"), "")
        self.run_in_site("meridian", "index", "--quiet")
        self.assertEqual(self.git("status", "--porcelain"), "")
        checked = subprocess.run(
            [str(COMMAND), "check"], cwd=self.site, capture_output=True, text=True, timeout=60
        )
        self.assertNotIn("stale-manifest", checked.stderr)
        manifest = json.loads(self.git("show", "HEAD:meridian.json"))
        here = json.loads((self.site / "meridian.json").read_text(encoding="utf-8"))
        self.assertEqual(manifest, here)

    def test_three_commits_with_the_hook_leave_a_clean_tree(self) -> None:
        hook = self.site / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(snippet("`.git/hooks/pre-commit`", "sh"), encoding="utf-8")
        hook.chmod(0o755)
        for _ in self.three_changes():
            self.git("add", "-A")
            self.git("commit", "-qm", "Change")
            self.assert_fixed()
        names = self.git("ls-files")
        self.assertIn("meridian/notes/0.json", names)
        self.assertNotIn("main.meridian.css", names)
        self.assertNotIn("sass.meridian.json", names)
        self.assertNotIn("index.html.gz", names)
        self.assertIn("meridian-manifest", self.git("show", "HEAD:404.html"))

    def test_what_the_author_has_not_staged_is_not_in_the_commit(self) -> None:
        hook = self.site / ".git" / "hooks" / "pre-commit"
        hook.parent.mkdir(exist_ok=True)
        hook.write_text(snippet("`.git/hooks/pre-commit`", "sh"), encoding="utf-8")
        hook.chmod(0o755)
        self.write("index.html", "---\n---\nmine\n")
        (self.site / "index.md").unlink()
        self.git("add", "-A")
        self.git("commit", "-qm", "first")
        self.write("index.html", "---\n---\nnot yet\n")
        self.write("other.txt", "not yet")
        self.write("new.md", NOTE % "New")
        self.git("add", "new.md")
        self.git("commit", "-qm", "second")
        self.assertEqual(
            self.git("status", "--porcelain").splitlines(), [" M index.html", "?? other.txt"]
        )

    def test_three_pushes_with_the_workflow_leave_a_clean_tree(self) -> None:
        script = self.script_of(snippet("`.github/workflows/manifest.yml`", "yaml"))
        with tempfile.TemporaryDirectory(prefix="meridian-remote-") as remote:
            self.run_in_site("git", "init", "-q", "--bare", remote)
            self.run_in_site("git", "remote", "add", "origin", remote)
            for _ in self.three_changes():
                self.git("add", "-A")
                self.git("commit", "-qm", "Change")
                self.run_in_site("git", "push", "-qu", "origin", "HEAD")
                self.run_in_site("sh", "-ec", script)
                self.assert_fixed()
                self.assertEqual(self.git("log", "-1", "--format=%s").strip(), "Manifest")
                self.run_in_site("sh", "-ec", script)
            self.assertEqual(self.git("log", "--format=%s").split(), ["Manifest", "Change"] * 3)
            self.assertEqual(self.git("rev-parse", "HEAD"), self.git("rev-parse", "@{u}"))

    def test_an_index_of_the_search_replaces_its_own_files_alone(self) -> None:
        self.write("_config.yml", "title: Site\nmeridian: {search: true}\n")
        for name in ("h7.bin", "mine.bin", "h.bin", "h7.bin.old", "h7"):
            self.write(f"meridian/search/{name}", "kept")
        self.run_in_site("meridian", "index", "--source", ".")
        names = {path.name for path in (self.site / "meridian/search").iterdir()}
        self.assertIn("h0.bin", names)
        self.assertEqual(
            names & {"h7.bin", "mine.bin", "h.bin", "h7.bin.old"},
            {"mine.bin", "h.bin", "h7.bin.old"},
        )
        self.assertIs(json.loads((self.site / "meridian.json").read_text())["search"], True)


if __name__ == "__main__":
    unittest.main()
