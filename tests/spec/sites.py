#!/usr/bin/env python3
"""Whole sites through the native command, against what real Jekyll writes for them: python3
tests/spec/sites.py [--corpora DIR]

The folder sites/ of DIR, or of tests/, has a folder for each site, in which src/ is the site and
expected/ Jekyll's output. Prints a line for each site, and ends with "N passed, M failed". What is
known to differ stands in differences.json."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MERIDIAN = ROOT / "build" / "native" / "meridian"

# What Jekyll's templates left open when the goldens were made.
TIME = "2026-11-20T00:00:00Z"


def build(source, destination, *options):
    return subprocess.run(
        [
            str(MERIDIAN),
            "build",
            "--quiet",
            "--source",
            str(source),
            "--destination",
            str(destination),
            "--time",
            TIME,
            *options,
        ],
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
        env={**os.environ, "JEKYLL_ENV": "production"},
    )


RECORD = ".meridian"  # a build's own, of what it wrote


def files(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != RECORD
    }


def compare(built, expected):
    """Name of each file → what is wrong with it, None when it is equal to the byte."""
    ours, theirs = files(built), files(expected)
    wrong = dict.fromkeys(sorted(ours.keys() | theirs.keys()))
    for name in wrong:
        if name not in theirs:
            wrong[name] = "Jekyll writes no such file"
        elif name not in ours:
            wrong[name] = "is not written"
        else:
            if ours[name] != theirs[name]:
                wrong[name] = first_difference(ours[name], theirs[name])
    return wrong


def first_difference(mine, golden):
    ours, theirs = (
        mine.decode("utf-8", "replace").split("\n"),
        golden.decode("utf-8", "replace").split("\n"),
    )
    at = next(
        (i for i, (a, b) in enumerate(zip(ours, theirs)) if a != b), min(len(ours), len(theirs))
    )
    show = [lines[at][:200] if at < len(lines) else "(end)" for lines in (theirs, ours)]
    return f"line {at + 1}\n    expected {show[0]}\n    got      {show[1]}"


def known_differences(label):
    differences = json.loads(
        (ROOT / "tests" / "spec" / "differences.json").read_text(encoding="utf-8")
    )
    return {name for group in differences.get(label, []) for name in group["cases"]}


def run_site(folder):
    """(passed, failed)"""
    label = f"sites/{folder.name}"
    known = known_differences(label)
    with tempfile.TemporaryDirectory() as out:
        result = build(folder / "src", Path(out) / "site", "--theme", "site")
        if result.returncode not in (0, 1):  # 1: a page has a mistake, the others are written
            print(f"{label}: exit status {result.returncode}\n{result.stderr}")
        wrong = compare(Path(out) / "site", folder / "expected")
    failed = 0
    for name, why in wrong.items():
        if (why is not None) != (name in known):
            failed += 1
            print(f"{label}: {name}: {why or 'equal now, take it off the list'}")
    print(f"{label} {len(wrong)} cases {sum(why is None for why in wrong.values())} equal")
    return len(wrong) - failed, failed


def main():
    sites = ROOT / "tests" / "sites"
    if sys.argv[1:2] == ["--corpora"]:
        sites = Path(sys.argv[2]) / "sites"
    passed = failed = 0
    for folder in sorted(sites.iterdir()) if sites.is_dir() else []:
        if (folder / "src").is_dir() and (folder / "expected").is_dir():
            equal, different = run_site(folder)
            passed, failed = passed + equal, failed + different
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
