#!/usr/bin/env python3
"""Packs the files of languages into a C++ include: embed.py OUTPUT FILE..."""

import sys
from pathlib import Path


def main() -> None:
    output, *files = map(Path, sys.argv[1:])
    packed = b"\0".join(file.read_bytes() for file in sorted(files))
    lines = [packed[at : at + 24] for at in range(0, len(packed), 24)]
    text = "".join(",".join(map(str, line)) + ",\n" for line in lines)
    output.write_text(
        "// Generated from core/rouge/lexers by embed.py. Do not edit.\n"
        f"constexpr unsigned char kBytes[] = {{\n{text}0}};\n"
    )


if __name__ == "__main__":
    main()
