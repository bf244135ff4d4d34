#!/usr/bin/env python3
"""Count the lines of each room of the product, and compare them with cmake/line_budgets.json.

A room is a folder of core/, cli/ or web/, or what lies flat in one of them.
`python3 tests/run.py --only sizes` prints this beside the sizes in bytes.

    python3 cmake/lines.py             the table; fails where a room is over its budget
    python3 cmake/lines.py --update    write the table for the lines of now, in hundreds
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Dict, List, Tuple

ROOT = Path(__file__).resolve().parent.parent
BUDGETS = ROOT / "cmake" / "line_budgets.json"
PRODUCT = ["core", "cli", "wasm", "web", "cmake", "serve.py"]
KINDS = (".cpp", ".h", ".js", ".mjs", ".py", ".css", ".html")
# Folders whose folders are rooms.
SPLIT = ("core", "cli", "web")
STEP = 100  # lines: a room may grow to the next hundred


def lines_of_files() -> Dict[str, int]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *PRODUCT],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [path for path in listed.stdout.split("\0") if path.endswith(KINDS)]
    return {
        path: (ROOT / path).read_bytes().count(b"\n") for path in paths if (ROOT / path).is_file()
    }


def room_of(path: str) -> str:
    parts = path.split("/")
    depth = 2 if parts[0] in SPLIT and len(parts) > 2 else 1
    return "/".join(parts[:depth])


def lines_of_rooms(files: Dict[str, int]) -> Dict[str, int]:
    rooms: Dict[str, int] = {}
    for path, lines in files.items():
        rooms[room_of(path)] = rooms.get(room_of(path), 0) + lines
    return dict(sorted(rooms.items()))


def check(rooms: Dict[str, int], budgets: Dict[str, int]) -> Tuple[List[str], List[str]]:
    """The rows of the table, and a line for each room that is over its budget or has none."""
    rows, findings = [], []
    for room, lines in rooms.items():
        budget = budgets.get(room, 0)
        over = lines - budget
        rows.append(f"  {room:<24}{lines:>8,}{budget:>9,}" + (f"  over by {over:,}" * (over > 0)))
        if over > 0:
            findings.append(
                f"{room}: {over:,} lines over its budget of {budget:,}. Say once what is said twice, "
                "or raise the budget in cmake/line_budgets.json and say why in the commit."
            )
    findings += [
        f"{room}: cmake/line_budgets.json has a budget for it, and there is no such room."
        for room in budgets
        if room not in rooms
    ]
    return rows, findings


def table() -> Dict[str, int]:
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8"))
    return {room: lines for room, lines in budgets.items() if room != "//"}


def print_lines() -> Tuple[int, int]:
    """Rooms within their budgets, and findings."""
    rooms = lines_of_rooms(lines_of_files())
    rows, findings = check(rooms, table())
    print(f"\n  {'lines of':<24}{'now':>8}{'budget':>9}")
    print("\n".join(rows))
    print(f"  {'all':<24}{sum(rooms.values()):>8,}")
    for finding in findings:
        print(finding)
    return len(rows) - len(findings), len(findings)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--update", action="store_true", help="write the table for the lines of now"
    )
    if parser.parse_args().update:
        what = "Lines of each room, at most. Written by `python3 cmake/lines.py --update`."
        rooms = lines_of_rooms(lines_of_files())
        budgets = {room: -(-lines // STEP) * STEP for room, lines in rooms.items()}
        text = json.dumps({"//": what, **budgets}, indent=2)
        BUDGETS.write_text(text + "\n", encoding="utf-8")
    passed, failed = print_lines()
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
