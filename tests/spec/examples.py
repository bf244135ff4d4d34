"""Cases as text, in the form that examples.h reads: for scripts that want their sources."""

import re
from pathlib import Path

FENCE = "`" * 32
BLOCK = re.compile(rf"^{FENCE} example (\S+).*\n((?:.*\n)*?){FENCE}$", re.M)


def parts(name):
    """Name of each case of tests/spec/NAME.txt → its parts, the source first."""
    text = (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8")
    return {
        case: re.split(r"^\.\n", block.replace("\u2192", "\t"), flags=re.M)
        for case, block in BLOCK.findall(text)
    }
