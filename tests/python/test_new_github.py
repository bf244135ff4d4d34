"""`meridian new --github`: in a real repository, its workflow's own steps build the site without
findings, and nothing but the sources is tracked. The folder `template` is what it writes."""

import os
import re
import subprocess
import sys
import unittest
from pathlib import Path
from typing import Any, Dict, List

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "cmake")]
import builder
from command import MERIDIAN, ROOT, CommandCase, contents, meridian
from hosted import parse_yaml
from test_new import KINDS, files_of_kind

TEMPLATE = ROOT / "template"
WORKFLOW = ".github/workflows/pages.yml"
# npx, which needs no network here: the command stands for the package.
NPX = f"""#!/bin/sh
[ "$1 $2" = "--yes meridian-site@{builder.version()}" ] || exit 9
shift 2
exec {MERIDIAN} "$@"
"""


class NewOnGitHub(CommandCase):
    def setUp(self) -> None:
        super().setUp()
        bin_folder = self.folder / "bin"
        bin_folder.mkdir()
        (bin_folder / "npx").write_text(NPX, encoding="utf-8")
        (bin_folder / "npx").chmod(0o755)
        clean = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        self.env = {**clean, "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}"}

    def new(self, name: str, *options: str) -> Path:
        done = meridian("new", name, "--github", *options, cwd=self.folder)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
        return self.folder / name

    def run_in(self, site: Path, *command: str, **more: str) -> str:
        done = subprocess.run(
            command,
            cwd=site,
            env={**self.env, **more},
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 0, f"{command}: {done.stdout}{done.stderr}")
        return done.stdout

    def git(self, site: Path, *words: str) -> str:
        return self.run_in(site, "git", "-c", "user.name=a", "-c", "user.email=a@b.example", *words)

    def workflow(self, site: Path) -> Dict[str, Any]:
        return parse_yaml((site / WORKFLOW).read_text(encoding="utf-8"))

    def scripts(self, site: Path) -> List[str]:
        steps = self.workflow(site)["jobs"]["build"]["steps"]
        return [step["run"] for step in steps if "run" in step]

    def run_workflow(self, site: Path, repository: str) -> None:
        """As GitHub runs the steps: bash --noprofile --norc -eo pipefail."""
        given = {
            "GITHUB_REPOSITORY": repository,
            "GITHUB_REPOSITORY_OWNER": repository.split("/")[0],
            **self.workflow(site)["env"],
        }
        for script in self.scripts(site):
            self.run_in(
                site, "bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script, **given
            )

    def test_the_template_is_what_it_writes(self) -> None:
        self.assertEqual(contents(self.new("site")), contents(TEMPLATE))

    def test_every_kind_in_a_repository_is_checked_and_built_and_leaves_a_clean_tree(self) -> None:
        for kind, options in KINDS.items():
            with self.subTest(kind):
                site = self.folder / kind
                site.mkdir()
                self.git(site, "init", "-qb", "main")
                done = meridian("new", ".", "--github", *options, cwd=site)
                self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)
                readme = ".github/README.md" if kind == "notes" else "README.md"
                self.assertIn(f"GitHub Pages are in ./{readme}\n", done.stderr)
                more = {".gitignore", WORKFLOW, readme}
                self.git(site, "add", "-A")
                self.assertEqual(
                    set(self.git(site, "ls-files", "-z").split("\0")) - {""},
                    set(files_of_kind(kind)) | more,
                )
                self.git(site, "commit", "-qm", "First version")
                checked = meridian("check", "--strict", cwd=site)
                self.assertEqual((checked.returncode, checked.stdout), (0, ""), checked.stderr)
                self.assertIn(" 0 findings", checked.stderr)
                self.run_workflow(site, "ada/site")
                self.assertEqual(self.git(site, "status", "--porcelain"), "")
                built = contents(site / "_site")
                self.assertIn("index.html", built)
                published = {"README.md", "README/index.html", ".gitignore", WORKFLOW}
                self.assertEqual(set(built) & published, set())

    def test_the_site_has_the_address_of_its_repository_or_its_own(self) -> None:
        def links(site: Path, repository: str) -> str:
            self.run_workflow(site, repository)
            page = (site / "_site/index.html").read_text(encoding="utf-8")
            canonical = re.search(r'<link rel="canonical" href="([^"]*)"', page)
            about = re.search(r'<a href="([^"]*about/)"', page)
            assert canonical and about, page
            return f"{canonical[1]} {about[1]}"

        site = self.new("site")
        project = "https://ada.github.io/Notes/ /Notes/about/"
        self.assertEqual(links(site, "Ada/Notes"), project)
        self.assertEqual(links(site, "Ada/ada.github.io"), "https://ada.github.io/ /about/")
        config = (site / "_config.yml").read_text(encoding="utf-8")
        (site / "CNAME").write_text("ada.example\r\n", encoding="utf-8")
        self.assertEqual(links(site, "Ada/Notes"), "https://ada.example/ /about/")
        (site / "CNAME").unlink()
        for line in ("url: https://ada.example", 'url  : "https://ada.example"'):
            text = config.replace('\nurl: ""', f"\n{line}")
            self.assertNotEqual(text, config)
            (site / "_config.yml").write_text(text, encoding="utf-8")
            self.assertEqual(links(site, "Ada/Notes"), "https://ada.example/ /about/")
        (site / "_config.yml").write_text(f"# url: https://a.example\n{config}", encoding="utf-8")
        self.assertEqual(links(site, "Ada/Notes"), project)

    def test_the_workflow_stops_at_an_error_and_shows_its_place(self) -> None:
        site = self.new("site")
        (site / "about.md").write_text("---\n---\n{% nope %}\n", encoding="utf-8")
        done = subprocess.run(
            ["bash", "-e", "-c", self.scripts(site)[0]],
            cwd=site,
            env={**self.env, **self.workflow(site)["env"]},
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn("::error file=about.md,line=3", done.stdout)

    def test_the_readme_has_three_steps_and_only_commands_that_are_there(self) -> None:
        text = (TEMPLATE / "README.md").read_text(encoding="utf-8")
        self.assertEqual(re.findall(r"^(\d)\. ", text, re.M), ["1", "2", "3"])
        self.assertIn(WORKFLOW, text)

    def test_it_goes_with_a_new_site_alone(self) -> None:
        done = meridian("new", "s", "--github", "--from", ".", cwd=self.folder)
        self.assertEqual(done.returncode, 2)
        self.assertIn("omit `--notes`, `--academic` and `--github`", done.stderr)
        self.assertFalse((self.folder / "s").exists())


if __name__ == "__main__":
    unittest.main()
