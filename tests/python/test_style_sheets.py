"""Style sheets in Sass and themes of gems, as the command writes them."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMMAND = ROOT / "build" / "native" / "meridian"
LAYOUT = '<link rel="stylesheet" href="/assets/main.css">{{ content }}'
SITE = {
    "_config.yml": "title: Sheets\n",
    "_layouts/default.html": LAYOUT,
    "_sass/_part.scss": "$ink: red;\n",
    "assets/main.scss": '---\n---\n@import "part";\na { color: $ink; }\n',
    "index.md": "---\nlayout: default\n---\nText\n",
}
CSS = "a { color: red; }\n"


@unittest.skipUnless(COMMAND.exists(), "the command is not built")
class Sheets(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.source = self.folder / "source"
        self.out = self.folder / "out"

    def write(self, files: dict, folder: Path = None) -> None:
        for path, text in files.items():
            place = (folder or self.source) / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")

    def run_command(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [str(COMMAND), *arguments, "--source", str(self.source)],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
            env={**os.environ, "HOME": str(self.folder), **variables},
        )

    def build(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess:
        return self.run_command(
            "build", *arguments, "--destination", str(self.out), "--quiet", **variables
        )

    def read(self, path: str) -> str:
        return (self.out / path).read_text(encoding="utf-8")

    def paths(self, manifest: str) -> list:
        return [file["path"] for file in json.loads(manifest)["files"]]


class Compiled(Sheets):
    def test_sheets_of_packages_are_found_where_the_settings_say_so(self) -> None:
        packages = {
            "assets/main.scss": '---\n---\n@import "nice/all";\na { color: $ink; }\n',
            "node_modules/nice/all.scss": '@import "lib/ink";\n',
            "node_modules/nice/lib/_ink.scss": "$ink: red;\n",
            "node_modules/nice/index.html": "---\n---\nno page",
            "node_modules/nice/package.json": "{}",
            "my-node_modules/a.txt": "no package\n",
        }
        self.write({**SITE, **packages})
        self.assertIn("import not found", self.build().stderr)
        self.write({"_config.yml": "sass:\n  load_paths:\n    - node_modules\n"})
        done = self.build()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.read("assets/main.css"), CSS)
        self.assertFalse((self.out / "node_modules").exists())
        self.assertTrue((self.out / "my-node_modules/a.txt").exists())
        manifest = self.run_command("index", "--output", "-", "--quiet").stdout
        self.assertEqual(
            [path for path in self.paths(manifest) if path.startswith("node_modules")],
            ["node_modules/nice/all.scss", "node_modules/nice/lib/_ink.scss"],
        )

    def test_a_build_writes_the_sheet_as_jekyll_does(self):
        self.write(SITE)
        done = self.build()
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertEqual(self.read("assets/main.css"), CSS)
        self.assertFalse((self.out / "assets/main.scss").exists())

    def test_index_writes_compiled_sheets_and_lists_them(self):
        self.write(SITE)
        self.assertEqual(self.run_command("index", "--quiet").returncode, 0)
        compiled = self.source / "assets/main.meridian.css"
        self.assertTrue(compiled.read_text(encoding="utf-8").startswith(CSS))
        self.assertIn(
            "assets/main.meridian.css",
            self.paths((self.source / "meridian.json").read_text(encoding="utf-8")),
        )
        # They are no files of the site.
        self.build()
        self.assertFalse((self.out / "assets/main.meridian.css").exists())
        # A later run replaces them, a printed manifest leaves them out.
        self.write({"_sass/_part.scss": "$ink: blue;\n"})
        printed = self.run_command("index", "--output", "-")
        self.assertNotIn("assets/main.meridian.css", self.paths(printed.stdout))
        self.run_command("index", "--quiet")
        self.assertIn("blue", compiled.read_text(encoding="utf-8"))

    def test_index_replaces_no_file_that_it_has_not_written(self):
        self.write({**SITE, "assets/main.meridian.css": "mine"})
        done = self.run_command("index", "--quiet")
        self.assertEqual(done.returncode, 1)
        self.assertIn("is not overwritten", done.stderr)
        self.assertEqual((self.source / "assets/main.meridian.css").read_text(), "mine")
        self.write({"sass.meridian.json": "mine"})
        done = self.run_command("index", "--quiet")
        self.assertIn("sass.meridian.json is an author's", done.stderr)
        self.assertEqual((self.source / "sass.meridian.json").read_text(), "mine")

    def test_index_writes_the_sass_of_linked_sheets_beside_the_manifest(self):
        self.write({**SITE, "_sass/_unused.scss": "", "alone.scss": "---\n---\na { b: c }\n"})
        self.run_command("index", "--quiet")
        sass = json.loads((self.source / "sass.meridian.json").read_text(encoding="utf-8"))
        manifest = json.loads((self.source / "meridian.json").read_text(encoding="utf-8"))
        parts = ["assets/main.scss", "_sass/_part.scss"]
        self.assertEqual(sass["files"], {path: SITE[path] for path in parts})
        self.assertEqual(sass["sass"], manifest["sass"])
        self.assertEqual(manifest["pages"]["/"][-1], "assets/main.meridian.css")
        self.assertNotIn("sass.meridian.json", [file["path"] for file in manifest["files"]])
        # It is no file of the site.
        self.build()
        self.assertFalse((self.out / "sass.meridian.json").exists())
        # A manifest that lies elsewhere has none beside it.
        printed = json.loads(self.run_command("index", "--output", "-").stdout)
        self.assertNotIn("sass", printed)
        self.assertEqual(printed["pages"]["/"][-1], "assets/main.scss")

    def test_a_mistake_names_file_and_line_and_leaves_no_compiled_sheet(self):
        self.write({**SITE, "_sass/_part.scss": "\n$ink: $nothing;\n"})
        done = self.run_command("index", "--quiet")
        self.assertIn("_sass/_part.scss:2:", done.stderr)
        self.assertFalse((self.source / "assets/main.meridian.css").exists())


class Themes(Sheets):
    THEME = {
        "_layouts/default.html": LAYOUT,
        "_sass/_part.scss": "$ink: red;\n",
        "assets/main.scss": SITE["assets/main.scss"],
        "assets/logo.svg": "<svg/>",
        "_config.yml": "motto: of the theme\n",
        "README.md": "# no page",
    }

    def install(self, name: str, version: str, files: dict = THEME) -> dict:
        self.write(files, self.folder / "gems/gems" / f"{name}-{version}")
        return {"GEM_HOME": str(self.folder / "gems")}

    def test_an_installed_gem_lies_below_the_site(self):
        gems = self.install("plain", "1.0")
        self.write(
            {
                "_config.yml": "theme: plain\n",
                "index.md": "---\nlayout: default\n---\n{{ site.motto }}",
            }
        )
        done = self.build(**gems)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        self.assertIn("<p>of the theme</p>", self.read("index.html"))
        self.assertEqual(self.read("assets/main.css"), CSS)
        self.assertEqual(self.read("assets/logo.svg"), "<svg/>")
        self.assertFalse((self.out / "README.html").exists())

    def test_the_newest_version_counts_unless_another_is_locked(self):
        for version in ("1.9", "1.10", "1.2"):
            gems = self.install("plain", version, {"_layouts/default.html": version})
        self.install("plain-other", "3.0", {"_layouts/default.html": "another gem"})
        self.write({"_config.yml": "theme: plain\n", "index.md": "---\nlayout: default\n---\n"})
        self.build(**gems)
        self.assertEqual(self.read("index.html"), "1.10")
        self.write({"Gemfile.lock": "GEM\n  specs:\n    plain (1.2)\n      jekyll (>= 3)\n"})
        self.build(**gems)
        self.assertEqual(self.read("index.html"), "1.2")

    def test_raw_sources_take_the_theme_along(self):
        gems = self.install("plain", "1.0")
        self.write({"_config.yml": "theme: plain\n", "index.md": SITE["index.md"]})
        shell = ROOT / "build" / "dist"
        if not (shell / "index.html").exists():
            self.skipTest("build/dist is not complete")
        done = self.build("--raw", "--shell", str(shell), **gems)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.read("meridian/themes/plain/_layouts/default.html"), LAYOUT)
        self.assertEqual(self.read("assets/logo.svg"), "<svg/>")
        self.assertTrue(self.read("assets/main.meridian.css").startswith(CSS))
        self.assertEqual(
            list(json.loads(self.read("sass.meridian.json"))["files"]),
            [f"meridian/themes/plain/{path}" for path in ("assets/main.scss", "_sass/_part.scss")],
        )
        self.assertFalse((self.out / "meridian/themes/plain/README.md").exists())

    def test_a_theme_that_is_missing_is_told_and_meridians_is_used(self):
        self.write({"_config.yml": "theme: nowhere\n", "index.md": "---\nlayout: page\n---\nText"})
        done = self.build()
        self.assertIn("the theme `nowhere` is not here", done.stderr)
        self.assertIn("theme.css", self.read("index.html"))

    def test_a_theme_can_not_lead_out_of_its_folder(self):
        secret = self.folder / "secret"
        secret.write_text("secret", encoding="utf-8")
        gems = self.install("plain", "1.0")
        (self.folder / "gems/gems/plain-1.0/assets/link.txt").symlink_to(secret)
        self.write({"_config.yml": "theme: plain\n", "index.md": SITE["index.md"]})
        self.build(**gems)
        self.assertFalse((self.out / "assets/link.txt").exists())
        for name in ("../secret", "/etc", "a/../..", "."):
            self.write({"_config.yml": f"theme: {name}\n"})
            self.assertEqual(self.build(**gems).returncode, 0, name)


if __name__ == "__main__":
    unittest.main()
