"""The release for another machine, as an image, and as Homebrew's formula: what can be tried here."""

import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
from command import contents, write
from release_case import MACHINE, ReleaseCase, builder, make, release

VERSION = builder.version()
ELF_MACHINE = {"aarch64": 183, "x86_64": 62}  # ELF header, e_machine
COMPILING = 3600  # seconds for all of the program, on a slow machine
OTHERS = sorted(set(release.CROSS) - {MACHINE})


class OtherMachines(ReleaseCase):
    def test_the_program_is_for_that_machine_and_writes_the_same_bytes(self) -> None:
        for machine in OTHERS:
            with self.subTest(machine):
                self.try_machine(machine)

    def try_machine(self, machine: str) -> None:
        package = release.CROSS[machine][1]
        if not shutil.which(release.compiler_of(machine)):
            done = make(self.folder / "none", "--machine", machine)
            self.assertEqual(done.returncode, 1)
            self.assertIn(f"apt-get install {package}", done.stderr)
            self.assertFalse((self.folder / "none").exists())
            self.skipTest(f"{package} is not installed")
        out = self.folder / machine
        done = make(out, "--machine", machine, longest=COMPILING)
        self.assertEqual(done.returncode, 0, done.stderr)
        # The files for this machine are those of a release without the other one.
        own, both = contents(self.out), contents(out)
        for name, data in own.items():
            if name not in ("SHA256SUMS", f"meridian-{VERSION}.cdx.json"):
                self.assertTrue(data == both[name], name)
        debian = f"meridian_{VERSION}_{release.ARCHITECTURES[machine]}.deb"
        name = f"meridian-{VERSION}-linux-{machine}"
        self.assertEqual(both.keys() - own.keys(), {debian, f"{name}.tar.gz"})
        field = subprocess.run(
            ["dpkg-deb", "--field", out / debian, "Architecture"], capture_output=True, text=True
        )
        self.assertEqual(field.stdout.strip(), release.ARCHITECTURES[machine])
        with tarfile.open(out / f"{name}.tar.gz") as tar:
            tar.extractall(self.folder)
        program = self.folder / name / "bin" / "meridian"
        header = program.read_bytes()[:20]
        self.assertEqual(header[:4], b"\x7fELF")
        self.assertEqual(int.from_bytes(header[18:20], "little"), ELF_MACHINE[machine])
        emulator = shutil.which(f"qemu-{machine}") or shutil.which(f"qemu-{machine}-static")
        if not emulator:
            self.skipTest(f"qemu-{machine} is not installed")
        made = []
        for command in ([builder.COMMAND], [emulator, program]):
            target = self.temporary() / "out"
            words = ["--source", "content", "--destination", target, "--quiet"]
            words += ["--time", "2026-01-31T12:00:00Z", "--shell", builder.DIST]
            subprocess.run([*command, "build", *words], cwd=builder.ROOT, check=True)
            made.append(contents(target))
        self.assertGreater(len(made[0]), 50)
        self.assertTrue(made[0] == made[1])


class Image(ReleaseCase):
    def test_each_line_of_it_names_what_the_tarballs_have(self) -> None:
        text = (self.out / "Containerfile").read_text()
        self.assertNotIn("@", text)
        machines = sorted(release.ARCHITECTURES)
        packed = re.findall(r"^ADD (\S+)\.tar\.gz /$", text, re.M)
        self.assertEqual(sorted(packed), [f"meridian-{VERSION}-linux-{one}" for one in machines])
        programs = re.findall(r'^ENTRYPOINT \["/(.*)"\]$', text, re.M)
        self.assertEqual(programs, [f"{name}/bin/meridian" for name in packed])
        stages = re.findall(r"^FROM scratch AS (\w+)$", text, re.M)
        self.assertEqual(sorted(stages), sorted(release.ARCHITECTURES.values()))

    def test_the_image_builds_a_site(self) -> None:
        buildah = shutil.which("buildah")
        if not buildah or MACHINE != "x86_64":
            self.skipTest("buildah is not installed")
        folder = self.temporary()
        for name in ("Containerfile", f"{self.name}.tar.gz"):
            shutil.copy(self.out / name, folder)
        stores = ["--root", str(folder / "root"), "--runroot", str(folder / "run")]
        ran = [buildah, *stores, "--storage-driver", "vfs"]

        def run(*words: str) -> str:
            done = subprocess.run([*ran, *words], cwd=folder, capture_output=True, text=True)
            self.assertEqual(done.returncode, 0, done.stderr)
            return done.stdout.strip()

        run("build", "--isolation", "chroot", "--target", "amd64", "--tag", "meridian", ".")
        container = run("from", "meridian")
        write(folder / "site", {"index.md": "---\nlayout: single\n---\nHome\n"})
        mounted = f"{folder / 'site'}:/site"
        program = f"/{self.name}/bin/meridian"
        isolated = ["run", "--isolation", "chroot", "--volume", mounted, container, "--", program]
        run(*isolated, "build", "--source", "/site", "--destination", "/site/_site")
        self.assertTrue((folder / "site/_site/meridian/theme.css").exists())


class Formula(ReleaseCase):
    def test_it_has_the_sum_of_the_package_and_is_ruby(self) -> None:
        text = (self.out / "meridian.rb").read_text()
        self.assertNotIn("@", text)
        package = (self.out / f"meridian-site-{VERSION}.tgz").read_bytes()
        self.assertIn(f'sha256 "{hashlib.sha256(package).hexdigest()}"', text)
        self.assertIn(f"file://#{{__dir__}}/meridian-site-{VERSION}.tgz", text)
        if not shutil.which("ruby"):
            self.skipTest("ruby is not installed")
        done = subprocess.run(
            ["ruby", "-cw", "-"], input=text, capture_output=True, text=True, check=True
        )
        self.assertEqual([done.stdout.strip(), done.stderr], ["Syntax OK", ""])


if __name__ == "__main__":
    unittest.main()
