#!/usr/bin/env python3
"""Make the expected CSS of tests/spec/sass*.txt again, by libsass and dart-sass.

    python3 tests/spec/sass_reference.py           compares; prints the cases that differ
    python3 tests/spec/sass_reference.py --update  writes what libsass says into the files

It needs the commands sassc (Debian: apt-get install sassc) with libsass 3.6.5 and, for
sass-modules.txt, sass (npm install --global sass@1.108.2; the variable SASS may name another).
A case is the sheet and its CSS; options behind its name: `style` (expanded when absent; `all`:
all that the compiler has, in the order nested, expanded, compact, compressed), `syntax` (`sass`:
indented), `files` (what it may import, by path), `error` (the part is the compiler's
sentence)."""

import json
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
FENCE = "`" * 32
BLOCK = re.compile(rf"^({FENCE} example \S+(.*)\n)((?:.*\n)*?)({FENCE})$", re.M)
LIBSASS = ["sassc", "--precision", "10", "--style"]
DART = [os.environ.get("SASS", "sass"), "--no-source-map", "--quiet", "--no-error-css", "--style"]
# The commands by file, and the styles that `all` means.
COMPILERS = {
    "sass-modules.txt": (DART, ["expanded", "compressed"]),
    None: (LIBSASS, ["nested", "expanded", "compact", "compressed"]),
}


def compiled(command, sheet, options, style):
    """What a compiler prints for a sheet: its CSS, or the first line of its error."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in options.get("files", {}).items():
            file = Path(folder, path)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
        entry = Path(folder, "entry." + options.get("syntax", "scss"))
        entry.write_text(sheet, encoding="utf-8")
        done = subprocess.run(
            [*command, style, entry.name],
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )
    if options.get("error"):
        assert done.returncode, f"no error is reported: {sheet}"
        return done.stderr.split("Error: ", 1)[-1].splitlines()[0] + "\n"
    assert not done.returncode, sheet + done.stderr
    return done.stdout


def expected(block, compiler):
    """The block of a case as it should be."""
    command, styles = compiler
    head, options, body, fence = block.groups()
    options = json.loads(options) if options.strip() else {}
    sheet = re.split(r"^\.\n", body.replace("\u2192", "\t"), flags=re.M)[0]
    style = options.get("style", "expanded")
    parts = [sheet]
    for each in styles if style == "all" else [style]:
        css = compiled(command, sheet, options, each)
        # A byte order mark can't be seen: the case says `BOM` instead.
        css = css.replace("\ufeff", "BOM")
        parts.append(css if css.endswith("\n") or not css else css + "\n")
    return head + ".\n".join(parts).replace("\t", "\u2192") + fence


def main():
    update, differences = "--update" in sys.argv[1:], 0
    for path in sorted(FOLDER.glob("sass*.txt")):
        text = path.read_text(encoding="utf-8")
        compiler = COMPILERS.get(path.name, COMPILERS[None])
        made = BLOCK.sub(lambda block, by=compiler: expected(block, by), text)
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
