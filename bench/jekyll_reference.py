#!/usr/bin/env python3
"""Builds sites with an installed Jekyll, as references to compare with:

    python3 bench/jekyll_reference.py --sites DIR --references DIR [--only NAME]
                                      [--plugins DIR] [--dart-sass PROGRAM]

Each folder in --sites is a site; what Jekyll writes of it comes into the folder of the same name in
--references, and its words into NAME.log beside that. A site is built from a copy, without bundler
and network: plugins that are not installed are left out, and so are the site's own in _plugins
(--plugins gives others to all sites); a theme that is not installed is left out as well. Sass is
compiled by libsass, as Jekyll 4.3 does with sassc, and what libsass cannot read by --dart-sass. A
folder in --references that is newer than the site is kept. Debian: apt-get install jekyll."""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PROGRAM = Path(__file__).with_suffix(".rb")
# As bench/looks.mjs has it.
TIME = "2026-11-20 00:00:00 +0000"
COLOURS = re.compile("\x1b\\[[0-9;]*m")
LONGEST = 900  # seconds; a site that takes longer has no reference

NOT_COPIED = shutil.ignore_patterns(
    ".git", "_site", ".jekyll-cache", ".sass-cache", "node_modules", "Gemfile.lock"
)


def environment():
    env = {name: value for name, value in os.environ.items() if not name.startswith("BUNDLE")}
    env.update(
        JEKYLL_NO_BUNDLER_REQUIRE="true",
        JEKYLL_ENV="production",
        LANG="C.UTF-8",
        LC_ALL="C.UTF-8",
        # Addresses that jekyll-github-metadata makes are those of GitHub Pages.
        PAGES_ENV="dotcom",
        TZ="UTC",
    )
    env.pop("RUBYOPT", None)
    return env


def build(site, destination, log, plugins=None):
    """True when Jekyll wrote the site."""
    with tempfile.TemporaryDirectory(prefix="meridian-reference-") as work:
        source, written = Path(work) / "site", Path(work) / "written"
        shutil.copytree(site, source, ignore=NOT_COPIED, symlinks=True)
        command = ["ruby", str(PROGRAM), str(source), str(written), TIME]
        command += [str(plugins)] if plugins else []
        with log.open("w", encoding="utf-8") as out:
            try:
                status = subprocess.run(
                    command, cwd=source, stdout=out, stderr=out, env=environment(), timeout=LONGEST
                ).returncode
            except subprocess.TimeoutExpired:
                print(f"not done after {LONGEST} seconds", file=out)
                status = 1
        text = log.read_text(encoding="utf-8", errors="replace").replace(work, "")
        log.write_text(text, encoding="utf-8")
        shutil.rmtree(destination, ignore_errors=True)
        if status == 0:
            shutil.move(str(written), str(destination))
            os.utime(destination)
    return status == 0


def newest(folder):
    return max((path.lstat().st_mtime for path in folder.rglob("*")), default=0)


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--sites", type=Path, required=True, metavar="DIR")
    parser.add_argument("--references", type=Path, required=True, metavar="DIR")
    parser.add_argument("--only", default="", metavar="NAME", help="sites with this in their names")
    parser.add_argument("--plugins", type=Path, metavar="DIR", help="plugins for every site")
    parser.add_argument("--dart-sass", metavar="PROGRAM", help="the command `sass` of dart-sass")
    options = parser.parse_args()
    if options.dart_sass:
        os.environ["DART_SASS"] = options.dart_sass
    options.references.mkdir(parents=True, exist_ok=True)
    failed = 0
    for site in sorted(path for path in options.sites.iterdir() if path.is_dir()):
        if options.only not in site.name:
            continue
        destination = (options.references / site.name).resolve()
        log = options.references / f"{site.name}.log"
        if destination.is_dir() and destination.stat().st_mtime > newest(site):
            print(f"{site.name}: there already")
        elif build(site, destination, log, options.plugins and options.plugins.resolve()):
            pages = sum(1 for _ in destination.rglob("*.html"))
            print(f"{site.name}: {pages} pages", flush=True)
        else:
            failed += 1
            lines = COLOURS.sub("", log.read_text(encoding="utf-8")).strip().split("\n")
            # The first tells where, the second what.
            said = [line.strip() for line in lines if "rror" in line][:2] or lines[-1:]
            print(f"{site.name}: not built: {' '.join(said)[:300]}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
