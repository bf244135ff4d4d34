#!/usr/bin/env python3
"""Make the expected CSS of tests/spec/sass*.txt again, by libsass.

    python3 tests/spec/sass_reference.py           compares; prints the cases that differ
    python3 tests/spec/sass_reference.py --update  writes what libsass says into the files

It needs the command sassc (Debian: apt-get install sassc) with libsass 3.6.5. A case is the sheet
and its CSS; options behind its name: `style` (expanded when absent; `all`: four parts, in the order
nested, expanded, compact, compressed), `syntax` (`sass`: indented), `files` (what it may import, by
path), `error` (the part is libsass's sentence)."""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FENCE = "`" * 32
BLOCK = re.compile(rf"^({FENCE} example \S+(.*)\n)((?:.*\n)*?)({FENCE})$", re.M)
STYLES = ["nested", "expanded", "compact", "compressed"]


def compiled(sheet, options, style):
    """What sassc prints for a sheet: its CSS, or the first line of its error."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in options.get("files", {}).items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        entry = Path(folder, "entry." + options.get("syntax", "scss"))
        entry.write_text(sheet, encoding="utf-8")
        done = subprocess.run(
            ["sassc", "--style", style, "--precision", "10", entry.name],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    if options.get("error"):
        assert done.returncode, f"libsass reports no error: {sheet}"
        return done.stderr.split("Error: ", 1)[-1].splitlines()[0] + "\n"
    assert not done.returncode, sheet + done.stderr
    return done.stdout


def expected(block):
    """The block of a case as it should be."""
    head, options, body, fence = block.groups()
    options = json.loads(options) if options.strip() else {}
    sheet = re.split(r"^\.\n", body.replace("\u2192", "\t"), flags=re.M)[0]
    style = options.get("style", "expanded")
    parts = [sheet]
    for each in STYLES if style == "all" else [style]:
        css = compiled(sheet, options, each)
        # A byte order mark can't be seen: the case says `BOM` instead.
        css = css.replace("\ufeff", "BOM")
        parts.append(css if css.endswith("\n") or not css else css + "\n")
    return head + ".\n".join(parts).replace("\t", "\u2192") + fence


def main():
    update, differences = "--update" in sys.argv[1:], 0
    for path in sorted(FOLDER.glob("sass*.txt")):
        text = path.read_text(encoding="utf-8")
        made = BLOCK.sub(expected, text)
        for old, new in zip(BLOCK.finditer(text), BLOCK.finditer(made)):
            if old.group() != new.group():
                differences += 1
                print(f"{path.name}: {old.group(1).split()[2]}")
        if update:
            path.write_text(made, encoding="utf-8")
    print(f"{differences} cases differ")
    return 0 if update else min(differences, 1)


if __name__ == "__main__":
    sys.exit(main())
