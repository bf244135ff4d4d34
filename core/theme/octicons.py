"""GitHub's icons, from the data of the npm package @primer/octicons: for embed.py."""

import json
import re
from pathlib import Path

NAME = re.compile(r"[a-z0-9-]+")


def branches(data: Path) -> str:
    """A branch of `case` for each icon: its drawings from the lowest to the highest with a bar
    between them, each with its height and its width before it."""
    icons = json.loads(data.read_text(encoding="utf-8"))
    out = []
    for name, icon in icons.items():
        drawings = [
            f"{height} {drawing['width']}{drawing['path']}"
            for height, drawing in icon["heights"].items()
        ]
        if not NAME.fullmatch(name) or any("|" in one or "{" in one for one in drawings):
            raise SystemExit(f"{data}: {name} has not the form that is known")
        out.append("{%when '" + name + "'%}" + "|".join(drawings))
    return "".join(out)
