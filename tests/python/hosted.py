"""YAML of this repository as data. Meridian reads it, as Psych does: `on` is true."""

import json
import tempfile
from pathlib import Path
from typing import Any

from command import MERIDIAN, ROOT, meridian, write


def read_yaml(path: str) -> Any:
    return parse_yaml((ROOT / path).read_text(encoding="utf-8")) if MERIDIAN.exists() else {}


def parse_yaml(text: str) -> Any:
    with tempfile.TemporaryDirectory() as folder:
        page = "---\n---\n{{ site.data.it | jsonify }}"
        write(Path(folder), {"_config.yml": "title: T\n", "_data/it.yml": text, "it.txt": page})
        done = meridian("render", "it.txt", cwd=folder)
    if done.returncode or done.stderr:
        raise ValueError(done.stderr)
    return json.loads(done.stdout)
