#!/usr/bin/env python3
"""Make what a release consists of: python3 cmake/release.py

Builds what is missing, links the native command once more as a static program, and writes into
build/release/

    meridian-VERSION-linux-MACHINE.tar.gz  the static program, its shell, manual page, completions
    meridian_VERSION_ARCHITECTURE.deb      the same for Debian and Ubuntu, without dependencies
    meridian-site-VERSION.tgz              the command for Node, for npm
    meridian-VERSION.zip                   the shell alone, to be copied beside sources
    meridian.rb, Containerfile             Homebrew's formula of the package for Node, and an image
                                           of the tarballs
    meridian-VERSION.cdx.json              the bill of materials, CycloneDX 1.5
    SHA256SUMS                             of all these

Two runs on the same commit, with the same versions of compilers and tools, give the same bytes.
The time of all files is SOURCE_DATE_EPOCH, by default that of the commit. The first two need
Linux; `--machine aarch64` makes them for another machine as well."""

import argparse
import hashlib
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import List

sys.path.insert(0, str(Path(__file__).resolve().parent))
import archive
import builder
import completions
import dist
import help_text
import manual
import sbom
import toolchain

ROOT = builder.ROOT
OUT = builder.BUILD / "release"
NODE_PACKAGE = builder.PACKAGES / "meridian-site"
# Debian's names of machines.
ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}
# Presets of CMake for machines that are not this one, and Debian's package of their compiler.
CROSS = {"aarch64": ("native-aarch64", "g++-aarch64-linux-gnu")}
TEMPLATES = ["meridian.rb", "Containerfile"]  # cmake/NAME.in
LGPL = Path("/usr/share/common-licenses/LGPL-2.1")


def commit_time() -> int:
    """Seconds since 1970: SOURCE_DATE_EPOCH, else the time of the commit."""
    text = os.environ.get("SOURCE_DATE_EPOCH") or builder.run(
        ["git", "log", "-1", "--format=%ct"], "The time of the commit (or give SOURCE_DATE_EPOCH)"
    )
    if not text.strip().isdigit():
        raise builder.BuildError(f"SOURCE_DATE_EPOCH is not a number of seconds: {text}")
    return int(text)


def preset_of(machine: str) -> str:
    """The preset that compiles for a machine."""
    return "native" if machine == platform.machine() else CROSS[machine][0]


def compiler_of(machine: str) -> str:
    """The compiler that the preset for another machine names."""
    presets = json.loads((ROOT / "CMakePresets.json").read_text(encoding="utf-8"))
    preset = next(one for one in presets["configurePresets"] if one["name"] == CROSS[machine][0])
    return preset["cacheVariables"]["CMAKE_CXX_COMPILER"]


def static_program(machine: str) -> Path:
    return builder.BUILD / preset_of(machine) / "cli" / "meridian_static"


def link_static(machine: str) -> None:
    preset = preset_of(machine)
    with builder.lock():
        builder.configure(preset)
        builder.compile(preset, ["meridian_static"])


def program_tree(version: str, epoch: int, machine: str) -> archive.Tree:
    """The program and what belongs to it, as it lies below /usr/local or any other folder. All
    machines have the C library of one version of Debian.
    """
    if not LGPL.exists():
        raise builder.BuildError(f"{LGPL} is missing: the licence of the C library goes along")
    # This machine's program says it: another one's may not run here.
    help_ = help_text.of_program(
        lambda *words: builder.run([str(builder.COMMAND), *words], "the help of meridian")
    )
    notice = builder.run(
        ["node", "web/build/site_notice.mjs", "--libc", sbom.libc()], "site_notice.mjs"
    )
    texts = {
        "share/man/man1/meridian.1": manual.manual(help_, version, epoch),
        "share/doc/meridian/LICENSE": (ROOT / "LICENSE").read_text(encoding="utf-8"),
        "share/doc/meridian/LGPL-2.1.txt": LGPL.read_text(encoding="utf-8"),
        "share/doc/meridian/NOTICE.txt": notice,
        **{f"share/{place}": make(help_) for place, make in completions.PLACES.items()},
    }
    tree = {name: archive.File(text.encode()) for name, text in texts.items()}
    tree["bin/meridian"] = archive.File(static_program(machine).read_bytes(), archive.PROGRAM)
    # The shell as `build --raw` and `places` use it, which the package for Node has too.
    for name, file in archive.folder(NODE_PACKAGE / "dist").items():
        tree[f"share/meridian/{name}"] = file
    return tree


def debian_tree(tree: archive.Tree) -> archive.Tree:
    """The same where Debian looks for it."""
    debian = dict(tree)
    doc = "share/doc/meridian"
    page = debian.pop("share/man/man1/meridian.1")
    debian["share/man/man1/meridian.1.gz"] = archive.File(archive.gzipped(page.data))
    debian["share/zsh/vendor-completions/_meridian"] = debian.pop(
        "share/zsh/site-functions/_meridian"
    )
    del debian[f"{doc}/LGPL-2.1.txt"]  # in /usr/share/common-licenses
    licence = debian.pop(f"{doc}/LICENSE").data
    notice = debian.pop(f"{doc}/NOTICE.txt").data.replace(b"LGPL-2.1.txt", str(LGPL).encode())
    debian[f"{doc}/copyright"] = archive.File(licence + b"\n" + notice)
    return {f"usr/{name}": file for name, file in debian.items()}


def make_deb(tree: archive.Tree, out: Path, version: str, epoch: int, machine: str) -> None:
    with tempfile.TemporaryDirectory(prefix="meridian-deb-") as folder:
        stage = Path(folder) / "stage"
        archive.write(debian_tree(tree), stage)
        environment = {
            "MERIDIAN_VERSION": version,
            "MERIDIAN_ARCHITECTURE": ARCHITECTURES[machine],
            "MERIDIAN_STAGE": str(stage),
            "MERIDIAN_OUT": str(Path(folder) / "out"),
            "SOURCE_DATE_EPOCH": str(epoch),
        }
        done = subprocess.run(
            ["cpack", "--config", str(ROOT / "cmake" / "deb.cmake")],
            cwd=folder,
            env={**os.environ, **environment},
            umask=0o022,  # modes inside the package follow it
            capture_output=True,
            text=True,
        )
        packages = list((Path(folder) / "out").glob("*.deb"))
        if done.returncode or len(packages) != 1:
            raise builder.BuildError(f"cpack failed:\n{done.stdout}{done.stderr}")
        shutil.copyfile(packages[0], out / packages[0].name)


def make_node_package(out: Path) -> None:
    builder.run(
        ["npm", "pack", str(NODE_PACKAGE), "--silent", "--offline", "--pack-destination", str(out)],
        "npm pack",
    )


def sums_of(out: Path) -> str:
    return "".join(
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(out.iterdir())
    )


def fill_templates(out: Path, version: str) -> None:
    """Writes the formula and the container's file, which name files of the release."""
    package = (out / f"meridian-site-{version}.tgz").read_bytes()
    for name in TEMPLATES:
        text = (ROOT / "cmake" / f"{name}.in").read_text(encoding="utf-8")
        text = text.replace("@VERSION@", version)
        text = text.replace("@SHA256@", hashlib.sha256(package).hexdigest())
        (out / name).write_text(text, encoding="utf-8")


def machines(wanted: List[str]) -> List[str]:
    """This machine, if it can have a program, and those that are asked for."""
    if platform.system() != "Linux":
        return []
    own = [platform.machine()] if platform.machine() in ARCHITECTURES else []
    others = [machine for machine in wanted if machine not in own]
    for machine in others:
        compiler, package = compiler_of(machine), CROSS[machine][1]
        if not shutil.which(compiler, path=toolchain.search_path()):
            raise builder.BuildError(
                f"{compiler} is missing, which compiles for {machine}: apt-get install {package}"
            )
    return own + others


def pack(out: Path, made_for: List[str], progress: builder.Progress) -> None:
    """Writes all files into an empty folder, of what is built; programs for these machines."""
    version, epoch = builder.version(), commit_time()
    if not made_for:
        print("  No native program: that needs Linux on one of", *ARCHITECTURES, flush=True)
    for machine in made_for:
        with progress.step(f"Linking the static program for {machine}"):
            link_static(machine)
        with progress.step(f"Packing the tarball for {machine}"):
            tree = program_tree(version, epoch, machine)
            name = f"meridian-{version}-linux-{machine}"
            (out / f"{name}.tar.gz").write_bytes(archive.tar_gz(tree, name, epoch))
        with progress.step(f"Packing the Debian package for {machine}"):
            make_deb(tree, out, version, epoch, machine)
    with progress.step("Packing the command for Node"):
        make_node_package(out)
        fill_templates(out, version)
    with progress.step("Packing the shell"):
        dist.package(out / f"meridian-{version}.zip")
    with progress.step("Listing materials and sums"):
        text = sbom.bill(version, epoch, sums_of(out), bool(made_for))
        sbom.path_of(out, version).write_text(text, encoding="utf-8")
        sums = sums_of(out)
        (out / "SHA256SUMS").write_text(sums, encoding="utf-8")


def prepare(out: Path) -> None:
    """An empty folder. Only build/release is emptied."""
    if out == OUT:
        shutil.rmtree(out, ignore_errors=True)
    if out.is_dir() and any(out.iterdir()):
        raise builder.BuildError(f"{out} is not empty")
    out.mkdir(parents=True, exist_ok=True)


def parse(arguments: List[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--out",
        type=lambda text: Path(text).resolve(),
        default=OUT,
        metavar="DIR",
        help="a new or empty folder (default: build/release)",
    )
    parser.add_argument(
        "--machine",
        action="append",
        choices=sorted(CROSS),
        default=[],
        help="make the program for this machine, too, by a compiler of Debian's for it",
    )
    parser.add_argument("--tag", metavar="NAME", help="refuse unless this is the version's tag")
    parser.add_argument("--no-build", action="store_true", help="pack what is built")
    parser.add_argument(
        "--no-install", action="store_true", help="don't install missing programs, only name them"
    )
    return parser.parse_args(arguments)


def main(arguments: List[str]) -> int:
    options = parse(arguments)
    try:
        if options.tag not in (None, f"v{builder.version()}"):
            raise builder.BuildError(
                f"The tag {options.tag} is not v{builder.version()}, which CMakeLists.txt has."
            )
        made_for = machines(options.machine)
        progress = builder.Progress()
        if not options.no_build:
            builder.build(progress, may_install=not options.no_install)
        prepare(options.out)
        pack(options.out, made_for, progress)
    except (builder.BuildError, ValueError) as error:
        print(error, file=sys.stderr)
        return 1
    for path in sorted(options.out.iterdir()):
        print(f"{path.stat().st_size:>12,}  {path.name}")
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
