#!/usr/bin/env python3
"""Assemble build/dist: everything that is put on a host beside the sources of a site.

web/build/build.mjs makes the shell, its scripts and the theme's style sheet, wasm/ the modules.
Each file that compresses gets its .br and .gz beside it. Files whose bytes have not changed are
left alone, with their times, so that a browser's cache stays right. build/server/
has the server for raw sources, build/package/ the profile card, and the command with the shell, as
npm packages. Run it
after compiling, or let serve.py do all of it."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
import builder
from shell_list import is_derived, shell_list

# The modules, and the files beside them.
MODULES = [
    "meridian.wasm",
    "live.wasm",
    "live-rest.wasm",
    "bibliography.wasm",
    "commonmark.wasm",
    "kramdown.wasm",
    "globe.wasm",
    "stills.wasm",
    "rouge.wasm",
    "search.wasm",
    "indexer.wasm",
    "notes.wasm",
    "sass.wasm",
    "travel.wasm",
    "theme.txt",
    "more.txt",
    "words.txt",
    "publications.txt",
    "publications-words.txt",
    "cv.txt",
    "plugins.txt",
    "extras.txt",
    "emoji.txt",
    "octicons.txt",
]
COMPRESSIBLE = {
    ".html",
    ".js",
    ".mjs",
    ".css",
    ".json",
    ".svg",
    ".wasm",
    ".txt",
    ".xml",
    ".md",
    ".bin",
    ".map",
}
SMALLEST = 200  # bytes: below, a compressed file saves less than its headers cost


def assemble() -> None:
    fresh = builder.BUILD / "dist.new"
    shutil.rmtree(fresh, ignore_errors=True)
    (fresh / "meridian").mkdir(parents=True)
    copy_modules(fresh)
    copy_places(fresh / "meridian" / "places")
    copy_theme("minima", fresh / "meridian" / "themes")
    if (builder.ROOT / "web" / "build" / "build.mjs").exists():
        builder.run(["node", "web/build/build.mjs", "--out", str(fresh)], "web/build/build.mjs")
    (fresh / ".nojekyll").touch()  # GitHub Pages would leave out the folders that begin with _
    shell = shell_list(fresh, builder.version())
    (fresh / "meridian" / "shell.json").write_text(json.dumps(shell, separators=(",", ":")) + "\n")
    replace_changed(fresh, builder.DIST)
    shutil.rmtree(fresh)
    compress(builder.DIST)
    make_server(builder.SERVER)
    make_packages(builder.PACKAGES)


def copy_modules(fresh: Path) -> None:
    for name in MODULES:
        module = builder.BUILD / "wasm" / name
        if module.exists():
            shutil.copyfile(module, fresh / "meridian" / name)


def copy_places(target: Path) -> None:
    """The gazetteer, and the notice of its sources."""
    target.mkdir()
    for path in sorted((builder.BUILD / "places").glob("*.*")):
        if not path.name.startswith("."):
            shutil.copyfile(path, target / path.name)


def copy_theme(name: str, themes: Path) -> None:
    """A theme of Jekyll's as it is, and the list of its files, which browsers read."""
    version = next((builder.BUILD / "sources").glob(f"{name}-*"), None)
    if not version:
        return
    theme = themes / name
    shutil.copytree(version, theme, ignore=shutil.ignore_patterns(".*"))
    files = [
        {"path": path.relative_to(theme).as_posix(), "size": path.stat().st_size}
        for path in sorted(theme.rglob("*"))
        if path.is_file()
    ]
    (theme / "meridian.json").write_text(json.dumps({"files": files}, separators=(",", ":")))


def make_packages(target: Path) -> None:
    """The profile card, and the command with the shell, as npm packages, of what is in build/."""
    for script, name in (
        ("web/build/profile_package.mjs", "meridian-profile"),
        ("web/build/site_package.mjs", "meridian-site"),
    ):
        builder.run(
            ["node", script, "--dist", str(builder.DIST), "--out", str(target / name)], script
        )


def make_server(target: Path) -> None:
    """What answers requests from raw sources, with the modules that it needs."""
    script = "web/build/server.mjs"
    if (builder.ROOT / script).exists():
        builder.run(
            ["node", script, "--dist", str(builder.DIST), "--out", str(target)],
            script,
        )


def is_packed(path: Path) -> bool:
    """A file of the gazetteer in which a compressor finds nothing, and which is read in ranges."""
    return (
        path.parent.name == "places"
        and re.fullmatch(r"[0-9a-f]\.bin|top\.bin", path.name) is not None
    )


def replace_changed(fresh: Path, target: Path) -> None:
    """Makes `target` equal to `fresh`, writing only what differs, each file in one move."""
    kept = set()
    for path in sorted(fresh.rglob("*")):
        place = target / path.relative_to(fresh)
        if path.is_dir():
            place.mkdir(parents=True, exist_ok=True)
            continue
        kept.add(place)
        if not (place.exists() and place.read_bytes() == path.read_bytes()):
            place.parent.mkdir(parents=True, exist_ok=True)
            path.replace(place)
    for place in sorted(target.rglob("*"), reverse=True):
        if place.is_dir():
            if not any(place.iterdir()):
                place.rmdir()
        elif place not in kept and not (is_derived(place) and place.with_suffix("") in kept):
            place.unlink()


def compress(target: Path) -> None:
    stale = []
    for path in sorted(target.rglob("*")):
        if not path.is_file() or path.suffix not in COMPRESSIBLE or is_packed(path):
            continue
        forms = [path.with_name(path.name + suffix) for suffix in (".br", ".gz")]
        if path.stat().st_size < SMALLEST:
            for form in forms:
                form.unlink() if form.exists() else None
        elif not all(
            form.exists() and form.stat().st_mtime_ns >= path.stat().st_mtime_ns for form in forms
        ):
            stale.append(path)
    if stale:
        done = subprocess.run(
            ["node", str(builder.ROOT / "cmake" / "compress.mjs"), "--write", "-"],
            input="\n".join(map(str, stale)),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise builder.BuildError(f"Compressing failed:\n{done.stderr.strip()}")


def package(archive: Path) -> None:
    """A zip of build/dist, the same bytes for the same files. Compressed forms stay out: a host
    makes its own.
    """
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for path in sorted(builder.DIST.rglob("*")):
            if path.is_file() and not is_derived(path):
                entry = zipfile.ZipInfo(
                    path.relative_to(builder.DIST).as_posix(), (1980, 1, 1, 0, 0, 0)
                )
                entry.external_attr = 0o644 << 16
                entry.compress_type = zipfile.ZIP_DEFLATED
                out.writestr(entry, path.read_bytes())


if __name__ == "__main__":
    try:
        assemble()
    except builder.BuildError as error:
        sys.exit(str(error))
