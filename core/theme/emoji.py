"""The emoji that GitHub knows by name, from the module of the npm package gemoji: for embed.py."""

import re
from pathlib import Path

ENTRY = re.compile(r"emoji: '([^']+)',\s*names: \[([^\]]+)\]")


def table(module: Path) -> str:
    """Two lines: the characters, and the names in the same order, one for each.

    In the order of the characters, and apart from the names, the file compresses best.
    """
    text = module.read_text(encoding="utf-8")
    entries = ENTRY.findall(text)
    if not entries or len(entries) != text.count(" emoji: "):
        raise SystemExit(f"{module}: not the form that is known")
    named = sorted(
        (emoji, name) for emoji, names in entries for name in re.findall(r"'([^']+)'", names)
    )
    return " ".join(emoji for emoji, _ in named) + "\n" + " ".join(name for _, name in named)
