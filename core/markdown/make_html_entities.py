#!/usr/bin/env python3
"""Write html_entities.inc from md4c's entity.c: make_html_entities.py entity.c html_entities.inc

Names are ordered by second code point, first code point, length, so that code points become small
steps: one byte for most of them. CMake runs this at build time."""

import itertools
import re
import sys
from pathlib import Path


def varint(n: int) -> list:
    out = []
    while n >= 0x80:
        out.append(n & 0x7F | 0x80)
        n >>= 7
    return out + [n]


def main() -> int:
    source, target = map(Path, sys.argv[1:3])
    rows = re.findall(
        r'\{\s*"&(\w+);",\s*\{\s*(\d+),\s*(\d+)\s*\}\s*\}', source.read_text(encoding="utf-8")
    )
    entities = sorted(
        ((name, int(first), int(second)) for name, first, second in rows),
        key=lambda e: (e[2], e[1], -len(e[0]), e[0]),
    )
    if len(entities) != 2125 or len({name for name, _, _ in entities}) != 2125:
        print(f"{source}: {len(entities)} names found, 2125 expected", file=sys.stderr)
        return 1
    steps, runs = [], []
    for second, group in itertools.groupby(entities, key=lambda e: e[2]):
        group = list(group)
        runs.append(f"{{{len(group)}, {second}}}")
        last = 0
        for _, first, _ in group:
            steps += varint(first - last)
            last = first
    words = [name + " " for name, _, _ in entities]
    lines = [
        f"// Generated from md4c's {source.name} by make_html_entities.py. Do not edit.",
        f"constexpr int kEntityCount = {len(entities)};",
        f"constexpr Run kEntityRuns[] = {{{', '.join(runs)}}};",
        "constexpr char kEntityNames[] =",
    ]
    lines += [f'    "{"".join(words[i : i + 10])}"' for i in range(0, len(words), 10)]
    lines[-1] += ";"
    lines.append("constexpr unsigned char kEntitySteps[] = {")
    lines += [
        "    " + ", ".join(map(str, steps[i : i + 24])) + "," for i in range(0, len(steps), 24)
    ]
    lines.append("};")
    target.write_text("\n".join(lines) + "\n", encoding="ascii")
    return 0


if __name__ == "__main__":
    sys.exit(main())
