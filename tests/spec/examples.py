"""Cases as text, in the form that examples.h reads: for scripts that want their sources."""

import json
import re
from pathlib import Path

FENCE = "`" * 32
BLOCK = re.compile(rf"^{FENCE} example (\S+)(.*)\n((?:.*\n)*?){FENCE}$", re.M)


def parts(name):
    """Name of each case of tests/spec/NAME.txt → its parts, the source first."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return {
        case: re.split(r"^\.\n", block.replace("\u2192", "\t"), flags=re.M)
        for case, _, block in BLOCK.findall(text)
    }


def templates():
    """Those of jekyll-liquid.txt."""
    for source, rest, *_ in parts("jekyll-liquid").values():
        yield json.loads(rest).get("template", source[:-1])


def front_matter():
    """The files of psych-frontmatter.txt: each the JSON with its `source` or `source_base64`."""
    for source, rest in parts("psych-frontmatter").values():
        case = json.loads(rest)
        yield case if "source_base64" in case else {"source": source, **case}


def sheets(name):
    """Source and options of each sheet of tests/spec/NAME.txt."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    for _, options, block in BLOCK.findall(text):
        source = re.split(r"^\.\n", block.replace("\u2192", "\t"), flags=re.M)[0]
        yield source, json.loads(options) if options.strip() else {}
