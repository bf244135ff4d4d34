"""What cmake/release.py makes: the same bytes twice, harmless archives, programs that run where
nothing else is installed, and a list of materials.
"""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import unittest
import zipfile
from pathlib import Path
from typing import List, Optional

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import CommandCase, contents, write
from documents import documents
from hosted import read_yaml
from release_case import EPOCH, MACHINE, ReleaseCase, builder, inside, make, may_chroot, release
from shell_list import shell_list

VERSION = builder.version()
ACTION = read_yaml("action.yml")
# In the place of the real one: a release's file from a folder.
CURL = """#!/bin/sh
for word; do
  case $word in https://host.example/us/meridian/releases/download/v*) url=$word ;; esac
done
while [ "$1" != --output ]; do shift; done
cp "$RELEASE/${url##*/}" "$2"
"""
ABOUT = "---\nlayout: single\npermalink: /about/\n---\nAbout us, in {{ site.time }}\n"
SITE = {**CommandCase.SITE, "about.md": ABOUT}


class Release(ReleaseCase):
    def test_another_run_gives_the_same_bytes(self) -> None:
        again = self.temporary() / "again"
        before = os.umask(0o077)
        try:
            done = make(again, TZ="Asia/Tokyo", LC_ALL="C")
        finally:
            os.umask(before)
        self.assertEqual(done.returncode, 0, done.stderr)
        first, second = contents(self.out), contents(again)
        self.assertEqual(sorted(first), sorted(second))
        for name, data in first.items():
            self.assertTrue(data == second[name], f"{name} differs")

    def test_the_sums_are_those_of_all_files(self) -> None:
        files = contents(self.out)
        lines = files.pop("SHA256SUMS").decode().splitlines()
        expected = [f"{hashlib.sha256(files[name]).hexdigest()}  {name}" for name in sorted(files)]
        self.assertEqual(lines, expected)
        architecture = release.ARCHITECTURES[MACHINE]
        self.assertEqual(
            sorted(files),
            sorted(
                [
                    "Containerfile",
                    f"{self.name}.tar.gz",
                    f"meridian-{VERSION}.cdx.json",
                    f"meridian-{VERSION}.zip",
                    f"meridian-site-{VERSION}.tgz",
                    "meridian.rb",
                    f"meridian_{VERSION}_{architecture}.deb",
                ]
            ),
        )

    def test_documents_name_files_that_a_release_has(self) -> None:
        if MACHINE != "x86_64":
            self.skipTest("documents name the files for x86-64")
        named = set()
        for path in documents():
            names = r"meridian[-_][\w.-]*\d\.\d+\.\d+[\w.-]*\.(?:tar\.gz|deb|tgz|zip|json)"
            named.update(re.findall(names, path.read_text(encoding="utf-8")))
        named = {name for name in named if not re.search("aarch64|arm64", name)}
        others = {"SHA256SUMS", "Containerfile", "meridian.rb"}
        self.assertEqual(named | others, set(contents(self.out)))

    def assert_harmless(self, entries: List[tarfile.TarInfo], top: str) -> None:
        for entry in entries:
            self.assertTrue(entry.isfile() or entry.isdir(), entry.name)
            self.assertIn(entry.mode & 0o7777, (0o755, 0o644), entry.name)
            self.assertEqual((entry.uid, entry.gid), (0, 0), entry.name)
            self.assertNotRegex(entry.name, r"^/|(^|/)\.\.(/|$)")
            self.assertTrue(f"{entry.name}/".startswith(top), entry.name)

    def test_archives_have_no_links_no_owners_and_one_folder(self) -> None:
        for pattern, top in (("*.tar.gz", f"{self.name}/"), ("*.tgz", "package/")):
            with tarfile.open(next(self.out.glob(pattern))) as tar:
                self.assert_harmless(tar.getmembers(), top)
        with tarfile.open(fileobj=self.deb_tar()) as tar:
            self.assert_harmless(tar.getmembers(), "./usr/")
            self.assertEqual({entry.mtime for entry in tar.getmembers()}, {EPOCH})
        with zipfile.ZipFile(next(self.out.glob("*.zip"))) as shell:
            for name in shell.namelist():
                self.assertNotRegex(name, r"^/|(^|/)\.\.(/|$)|\\")

    def test_the_tarball_has_what_an_installed_program_has(self) -> None:
        files = set(contents(self.unpack() / self.name))
        for name in (
            "bin/meridian",
            "share/bash-completion/completions/meridian",
            "share/doc/meridian/LICENSE",
            "share/doc/meridian/NOTICE.txt",
            "share/doc/meridian/LGPL-2.1.txt",
            "share/fish/vendor_completions.d/meridian.fish",
            "share/man/man1/meridian.1",
            "share/meridian/index.html",
            "share/meridian/meridian/meridian.wasm",
            "share/meridian/meridian/places/NOTICE.txt",
            "share/zsh/site-functions/_meridian",
        ):
            self.assertIn(name, files)

    def test_the_program_is_static_and_knows_no_folder_of_this_machine(self) -> None:
        program = self.unpack() / self.name / "bin" / "meridian"
        self.assertNotIn(os.fsencode(builder.ROOT), program.read_bytes())
        if not shutil.which("readelf"):
            self.skipTest("readelf is not installed")
        done = subprocess.run(
            ["readelf", "--dynamic", "--program-headers", "--sections", program],
            capture_output=True,
            text=True,
            check=True,
        )
        self.assertNotRegex(done.stdout, r"\(NEEDED\)|INTERP|\.symtab|RWE")

    def test_it_writes_the_bytes_of_the_other_native_program(self) -> None:
        unpacked = self.unpack() / self.name
        made = []
        for program in (builder.COMMAND, unpacked / "bin" / "meridian"):
            out = self.temporary() / "out"
            words = ["--source", "content", "--destination", out, "--time", "2026-01-31T12:00:00Z"]
            subprocess.run(
                [program, "build", *words, "--shell", unpacked / "share" / "meridian", "--quiet"],
                cwd=builder.ROOT,
                check=True,
            )
            made.append(contents(out))
        self.assertGreater(len(made[0]), 50)
        self.assertTrue(made[0] == made[1])

    def test_it_runs_in_a_folder_with_nothing_else(self) -> None:
        if not may_chroot():
            self.skipTest("chroot is not allowed here")
        root = self.unpack()
        write(root / "site", SITE)
        for words in (
            ["build", "--source", "/site", "--destination", "/public"],
            ["build", "--raw", "--source", "/site", "--destination", "/raw"],
            ["check", "--source", "/site"],
            ["new", "/fresh", "--academic"],
            ["build", "--source", "/fresh", "--destination", "/fresh/_site"],
            ["places", "--quiet", "Paris"],
        ):
            done = inside(root, f"/{self.name}", "./bin/meridian", *words)
            self.assertEqual(done.returncode, 0, f"{words}: {done.stderr}")
        self.assertIn("2025-06-15", (root / "public" / "about" / "index.html").read_text())
        self.assertTrue((root / "public" / "meridian" / "theme.css").exists())
        self.assertTrue((root / "raw" / "meridian" / "meridian.wasm").exists())

    def test_in_a_folder_with_nothing_else_an_older_shell_is_upgraded(self) -> None:
        if not may_chroot():
            self.skipTest("chroot is not allowed here")
        root = self.unpack()
        shell = contents(root / self.name / "share/meridian")
        write(
            root / "site", {**SITE, **shell, "meridian/worker.js": "old", "meridian/gone.js": "x"}
        )
        listed = shell_list(root / "site", "0.0.1")
        write(root / "site", {"meridian/shell.json": json.dumps(listed)})
        before = contents(root / "site")
        self.assertEqual(before.keys() - shell.keys() - SITE.keys(), {"meridian/gone.js"})
        done = inside(root, f"/{self.name}", "./bin/meridian", "upgrade", "--source", "/site")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(f"0.0.1 → {VERSION}: 1 file written, 1 removed", done.stderr)
        expected = {**shell, **{path: before[path] for path in SITE}}
        self.assertEqual(contents(root / "site"), expected)

    def test_debian_installs_upgrades_and_removes_it_without_a_trace(self) -> None:
        if not may_chroot() or not shutil.which("dpkg"):
            self.skipTest("needs dpkg and the right to chroot")
        root = self.temporary()
        write(root, {"var/lib/dpkg/status": "", "var/lib/dpkg/available": ""})
        for name in ("info", "updates", "triggers"):
            (root / "var/lib/dpkg" / name).mkdir()
        before = set(contents(root))
        dpkg = ["dpkg", "--root", str(root), "--log=/dev/null"]
        older = self.temporary()
        tree = release.program_tree("0.0.1", EPOCH, MACHINE)
        tree["share/meridian/meridian/gone.js"] = release.archive.File(b"")
        release.make_deb(tree, older, "0.0.1", EPOCH, MACHINE)
        for package in (next(older.iterdir()), self.deb()):
            done = subprocess.run([*dpkg, "--install", package], capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
        self.assertFalse((root / "usr/share/meridian/meridian/gone.js").exists())
        for words in (
            ["new", "/site"],
            ["build", "--source", "/site", "--destination", "/site/_site"],
        ):
            done = inside(root, "/", "/usr/bin/meridian", *words)
            self.assertEqual([done.returncode, done.stderr.count("meridian: ")], [0, 0])
        self.assertTrue((root / "site/_site/meridian/theme.css").exists())
        shutil.rmtree(root / "site")
        done = subprocess.run([*dpkg, "--remove", "meridian"], capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        left = {name for name in contents(root) if not name.startswith("var/lib/dpkg/")}
        self.assertEqual(left, before - {name for name in before if name.startswith("var/")})
        self.assertFalse((root / "usr").exists())

    def test_the_debian_package_depends_on_nothing_and_runs_no_script(self) -> None:
        control = self.control()
        self.assertIn(f"Version: {VERSION}\n", control)
        self.assertNotRegex(control, r"(?m)^(Pre-)?Depends:")
        with tarfile.open(fileobj=self.deb_tar("--ctrl-tarfile")) as tar:
            names = {entry.name for entry in tar.getmembers() if entry.isfile()}
        self.assertEqual(names, {"./control", "./md5sums"})
        with tarfile.open(fileobj=self.deb_tar()) as tar:
            self.assertIn("./usr/share/zsh/vendor-completions/_meridian", tar.getnames())
            notice = tar.extractfile("./usr/share/doc/meridian/copyright").read().decode()
            page = tar.extractfile("./usr/share/man/man1/meridian.1.gz").read()
        self.assertIn("The Meridian developers", notice)
        self.assertIn("/usr/share/common-licenses/LGPL-2.1", notice)
        self.assertEqual(page[4:8], bytes(4))  # no time in it

    def test_the_materials_are_what_is_delivered_each_with_a_licence(self) -> None:
        bill = json.loads((self.out / f"meridian-{VERSION}.cdx.json").read_text(encoding="utf-8"))
        self.assertEqual([bill["bomFormat"], bill["specVersion"]], ["CycloneDX", "1.5"])
        self.assertEqual(bill["metadata"]["timestamp"], "2025-06-15T15:06:40Z")
        own = bill["metadata"]["component"]
        self.assertEqual([own["name"], own["version"]], ["meridian", VERSION])
        listed = {part["name"]: part["hashes"][0]["content"] for part in own["components"]}
        for name, digest in listed.items():
            self.assertEqual(hashlib.sha256((self.out / name).read_bytes()).hexdigest(), digest)
        parts = {part["name"]: part for part in bill["components"]}
        self.assertLessEqual({"md4c", "libyaml", "glibc", "musl", "@codemirror/view"}, set(parts))
        self.assertLessEqual({"mermaid", "d3", "geonames_cities"}, set(parts))
        self.assertEqual(set(parts) & {"catch2", "esbuild", "typescript", "playwright-core"}, set())
        for part in parts.values():
            self.assertTrue(part["version"] and part["licenses"], part["name"])
        named = [part["bom-ref"] for part in bill["components"]]
        self.assertEqual(len(named), len(set(named)))
        self.assertEqual(bill["dependencies"], [{"ref": own["bom-ref"], "dependsOn": named}])

    def test_wrong_use_is_refused_before_anything_is_written(self) -> None:
        folder = self.temporary()
        write(folder / "full", {"mine": "x"})
        for name, options, environment, said in (
            ("new", ["--tag", "v99.0.0"], {}, f"is not v{VERSION}"),
            ("new", [], {"SOURCE_DATE_EPOCH": "soon"}, "not a number of seconds: soon"),
            ("full", ["--tag", f"v{VERSION}"], {}, "is not empty"),
        ):
            done = make(folder / name, *options, **environment)
            self.assertEqual(done.returncode, 1, said)
            self.assertIn(said, done.stderr)
        self.assertEqual(contents(folder), {"full/mine": b"x"})

    def run_action(
        self, site: Path, out: Optional[Path] = None, **given: str
    ) -> subprocess.CompletedProcess:
        """The steps of action.yml one after the other, with a release that is not fetched."""
        folder = self.temporary()
        inputs = {key: str(value.get("default", "")) for key, value in ACTION["inputs"].items()}
        inputs.update(given)
        known = {f"inputs.{key}": value for key, value in inputs.items()}
        known.update({"github.action_repository": "us/meridian", "github.action_ref": "main"})
        curl = folder / "stubs" / "curl"
        write(folder, {"stubs/curl": CURL, "path": ""})
        curl.chmod(0o755)
        done = subprocess.CompletedProcess([], 0, "", "")
        for step in (step for step in ACTION["runs"]["steps"] if "run" in step):
            environment = {
                key: re.sub(r"\$\{\{ (\S+) \}\}", lambda match: known[match[1]], value)
                for key, value in step["env"].items()
            }
            added = (folder / "path").read_text().split()
            environment.update(
                PATH=os.pathsep.join([*added, str(curl.parent), os.environ["PATH"]]),
                GITHUB_PATH=str(folder / "path"),
                GITHUB_SERVER_URL="https://host.example",
                RUNNER_TEMP=str(folder),
                RELEASE=str(out or self.out),
            )
            done = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=site,
                env=environment,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                break
        return done

    def test_the_action_checks_and_builds_a_site_with_the_released_command(self) -> None:
        site = self.temporary()
        write(site, SITE)
        done = self.run_action(site, version=VERSION)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertTrue((site / "_site/about/index.html").exists())
        options = "--raw --pages --baseurl="
        done = self.run_action(site, version=VERSION, options=options, destination="raw")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertTrue((site / "raw/meridian/meridian.wasm").exists())

    def test_the_action_fails_for_mistakes_and_for_a_version_that_is_none(self) -> None:
        site = self.temporary()
        write(site, {**SITE, "index.md": "---\ntitle: T\n---\n{{ nope }}\n"})
        self.assertEqual(self.run_action(site, version=VERSION).returncode, 0)
        done = self.run_action(site, version=VERSION, strict="true")
        self.assertEqual(done.returncode, 1)
        self.assertIn("::warning file=index.md,line=4", done.stdout)
        for version, said in (("", "has no tag of one: main"), ("1.0.0; id", "no version")):
            done = self.run_action(site, version=version)
            self.assertEqual([done.returncode, said in done.stdout], [1, True], done.stdout)

    def test_the_action_runs_nothing_that_is_not_of_the_release(self) -> None:
        site, out = self.temporary(), self.temporary()
        write(site, SITE)
        shutil.copy(self.out / "SHA256SUMS", out)
        write(out, {f"{self.name}.tar.gz": (self.out / f"{self.name}.tar.gz").read_bytes()[:-1]})
        done = self.run_action(site, out, version=VERSION)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{self.name}.tar.gz: FAILED", done.stdout)
        self.assertFalse((site / "_site").exists())


if __name__ == "__main__":
    unittest.main()
