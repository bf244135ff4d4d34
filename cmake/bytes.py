#!/usr/bin/env python3
"""Print the size of each delivered file and of each room of the modules, and compare it with
cmake/budgets.json.

A module is linked once more with function names and a link map. The map tells which object, and so
which room, a function or a table comes from; the sizes are those of the optimised code. A room's
share is the number of bytes that brotli 11 saves when the room is removed from the module, so the
shares add up to less than the whole.

Without --files-only and --rooms-only the lines of the sources follow (lines.py). Ends with "N
passed, M failed", one check for each budget. --top lists the largest functions.
"""

import argparse
import dataclasses
import fnmatch
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterator, List, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parent))
import builder
import lines
import toolchain
from wasm_format import DATA, data_segments, leb, sections

BUDGETS = builder.ROOT / "cmake" / "budgets.json"
WASM = builder.BUILD / "wasm"


def compressed(paths: List[Path]) -> Dict[Path, Tuple[int, int, int]]:
    """(raw, gzip 9, brotli 11) of each file, whatever the word of the release is."""
    listed = "\n".join(map(str, paths))
    script = (builder.DIST / "meridian-offline.js").read_text(encoding="utf-8")
    word = re.search(r'"(\w{8})"', script)
    sizes_of = f"--sizes={word[1]}" if word else "--sizes"
    done = subprocess.run(
        ["node", str(builder.ROOT / "cmake" / "compress.mjs"), sizes_of, "-"],
        input=listed,
        capture_output=True,
        text=True,
        check=True,
    )
    sizes = {}
    for line in done.stdout.splitlines():
        raw, gz, br, name = line.split(" ", 3)
        sizes[Path(name)] = (int(raw), int(gz), int(br))
    return sizes


# ---- reading a module ----


def count_imported_functions(body: bytes) -> int:
    count, at = leb(body, 0)
    functions = 0
    for _ in range(count):
        for _ in range(2):
            size, at = leb(body, at)
            at += size
        kind = body[at]
        at += 1
        if kind == 0:
            functions += 1
            _, at = leb(body, at)
        elif kind == 3:
            at += 2
        else:  # a table has its type before its limits
            at += kind == 1
            bounded = body[at] & 1
            _, at = leb(body, at + 1)
            if bounded:
                _, at = leb(body, at)
    return functions


def function_bodies(body: bytes) -> List[bytes]:
    count, at = leb(body, 0)
    bodies = []
    for _ in range(count):
        size, at = leb(body, at)
        bodies.append(body[at : at + size])
        at += size
    return bodies


def function_names(body: bytes) -> Dict[int, str]:
    size, at = leb(body, 0)
    at += size  # the section's own name
    names = {}
    while at < len(body):
        kind = body[at]
        size, at = leb(body, at + 1)
        end = at + size
        if kind == 1:
            count, at = leb(body, at)
            for _ in range(count):
                index, at = leb(body, at)
                length, at = leb(body, at)
                names[index] = body[at : at + length].decode("utf-8", "replace")
                at += length
        at = end
    return names


# ---- the link map ----


def room_of(object_file: str) -> str:
    """The room that an object of the link belongs to."""
    match = re.search(r"libmeridian_(\w+)\.a", object_file)
    if match:
        return match.group(1)
    if "libmd4c.a" in object_file:
        return "md4c"
    if "libyaml.a" in object_file:
        return "libyaml"
    if object_file.startswith("wasm/") and not re.search(r"/(alloc|memory)\.cpp\.o$", object_file):
        return "wasm"
    return "runtime"


@dataclasses.dataclass
class LinkMap:
    functions: Dict[str, str]  # name, mangled or not -> room
    data: List[Tuple[int, int, str]]  # address, size, room


def read_map(text: str) -> LinkMap:
    functions: Dict[str, str] = {}
    data = []
    part = room = ""
    for line in text.splitlines():
        match = re.match(r"\s*([0-9a-f]+|-)\s+([0-9a-f]+)\s+([0-9a-f]+) (\s*)(.*)", line)
        if not match:
            continue
        address, _, size, indent, name = match.groups()
        if len(indent) < 8:
            part = name
        elif len(indent) < 16:
            held = re.match(r"(.*?):\((.*)\)$", name)
            if not held:
                continue
            room = room_of(held.group(1))
            if part == "CODE":
                functions[held.group(2)] = room
            elif address != "-":
                literal = held.group(1) == "<internal>"
                data.append((int(address, 16), int(size, 16), "literals" if literal else room))
        elif part == "CODE":
            functions.setdefault(name, room)
    return LinkMap(functions, sorted(data))


@dataclasses.dataclass
class Piece:
    room: str
    name: str
    content: bytes


def room_of_function(name: str, link_map: LinkMap) -> str:
    # wasm-opt's names for functions that it merged or split: byn$mgfn-shared$NAME$1
    plain = re.sub(r"^(?:byn\$mgfn-shared\$|legalstub\$)|(?<=.)\$\d+$|\.\d+$", "", name)
    return link_map.functions.get(name) or link_map.functions.get(plain) or "runtime"


def pieces(module: bytes, link_map: LinkMap) -> List[Piece]:
    """Functions and data of the module, in its order, each with its room."""
    found, imported = [], 0
    bodies: List[bytes] = []
    names: Dict[int, str] = {}
    segments: List[Tuple[int, bytes]] = []
    for kind, body in sections(module):
        if kind == 2:
            imported = count_imported_functions(body)
        elif kind == 10:
            bodies = function_bodies(body)
        elif kind == DATA:
            segments = list(data_segments(body))
        elif kind == 0 and body[1:5] == b"name":
            names = function_names(body)
    for index, body in enumerate(bodies):
        name = names.get(imported + index, f"func[{imported + index}]")
        found.append(Piece(room_of_function(name, link_map), name, body))
    for address, content in segments:
        found += split_data(address, content, link_map)
    return found


def split_data(address: int, content: bytes, link_map: LinkMap) -> Iterator[Piece]:
    """A segment cut at the borders of the objects that it came from."""
    at, end = address, address + len(content)
    for begin, size, room in link_map.data:
        if begin + size <= at or begin >= end:
            continue
        if begin > at:
            yield Piece("runtime", "data", content[at - address : begin - address])
        stop = min(end, begin + size)
        yield Piece(room, "data", content[max(at, begin) - address : stop - address])
        at = stop
    if at < end:
        yield Piece("runtime", "data", content[at - address :])


# ---- tables ----

# The compiler that the budgets are for, and the allowance for others.
REFERENCE = "3.1.6"
SLACK = 1.03


def slack() -> float:
    emcc = next(tool for tool in toolchain.TOOLS if "emcc" in tool.names)
    version = toolchain.look(emcc, toolchain.Memory()).version
    if version == REFERENCE:
        return 1
    print(
        f"Emscripten {version or '?'} instead of {REFERENCE}: budgets are {SLACK:.0%} of what they are."
    )
    return SLACK


@dataclasses.dataclass
class Verdict:
    passed: int = 0
    failed: int = 0
    slack: float = 1

    def mark(self, actual: int, budget: int) -> str:
        good = actual <= budget * self.slack
        self.passed += good
        self.failed += not good
        return "" if good else f"  over by {actual - budget:,}"


def link_for_sizes(module: str) -> Tuple[bytes, LinkMap]:
    """The module with names, and its link map, by the link command of the build."""
    commands = builder.run(
        ["ninja", "-C", str(WASM), "-t", "commands", f"{module}.wasm"], "Asking ninja"
    )
    command = next(line for line in reversed(commands.splitlines()) if f" -o {module}.wasm" in line)
    (WASM / "sizes").mkdir(exist_ok=True)
    output = f"sizes/{module}.wasm"
    linking, optimising = command.split(f" -o {module}.wasm", 1)
    command = f"{linking} -o {output} --profiling-funcs -Wl,--print-map" + optimising.replace(
        f"{module}.wasm", output
    ).replace(f" -o {output}", f" -g -o {output}")
    text = builder.run(["sh", "-c", command], f"Linking {module} with names", cwd=WASM)
    (WASM / "sizes" / f"{module}.map").write_text(text, encoding="utf-8")
    return (WASM / output).read_bytes(), read_map(text)


def weigh(found: List[Piece], groups: Dict[str, List[str]]) -> Dict[str, Tuple[int, int]]:
    """Raw and brotli bytes of each group, and of the whole under the name ""."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for index, (group, rooms) in enumerate([("", []), *groups.items()]):
            paths[group] = Path(folder) / str(index)
            paths[group].write_bytes(
                b"".join(piece.content for piece in found if piece.room not in rooms)
            )
        sizes = compressed(list(paths.values()))
    whole = sizes[paths[""]]
    shares = {
        group: (whole[0] - sizes[path][0], whole[2] - sizes[path][2])
        for group, path in paths.items()
    }
    return {**shares, "": (whole[0], whole[2])}


def print_module(module: str, budgets: dict, verdict: Verdict, top: int) -> None:
    found = pieces(*link_for_sizes(module))
    groups = {group: entry["rooms"] for group, entry in budgets.items()}
    known = {room for rooms in groups.values() for room in rooms}
    for room in sorted({piece.room for piece in found} - known):
        groups[room] = [room]
    shares = weigh(found, groups)
    data = {
        group: sum(len(p.content) for p in found if p.room in rooms and p.name == "data")
        for group, rooms in groups.items()
    }
    functions = {
        group: sum(p.room in rooms and p.name != "data" for p in found)
        for group, rooms in groups.items()
    }
    print(
        f"\n{module + '.wasm, by room':28} {'functions':>9} {'raw':>9} {'data':>9} {'brotli':>9} {'budget':>9}"
    )
    for group in groups:
        raw, share = shares[group]
        budget = budgets.get(group, {}).get("brotli")
        mark = verdict.mark(share, budget) if budget else ""
        print(
            f"  {group:26} {functions[group]:9,} {raw:9,} {data[group]:9,} {share:9,} "
            f"{format(budget, ',') if budget else '–':>9}{mark}"
        )
    print(
        f"  {'code and data together':26} {sum(functions.values()):9,} {shares[''][0]:9,} {sum(data.values()):9,} "
        f"{shares[''][1]:9,}"
    )
    if top:
        print(f"  the {top} largest functions")
        for piece in sorted((p for p in found if p.name != "data"), key=lambda p: -len(p.content))[
            :top
        ]:
            print(f"    {len(piece.content):7,} {piece.room:10} {piece.name[:90]}")


def delivered(dist: Path, left_out: Tuple[str, ...] = (".br", ".gz")) -> List[Path]:
    return sorted(
        path for path in dist.rglob("*") if path.is_file() and path.suffix not in left_out
    )


def print_files(dist: Path, budgets: dict, verdict: Verdict) -> None:
    # The server's modules are copies of those of build/dist.
    files = delivered(dist) if dist == builder.DIST else delivered(dist, (".wasm",))
    sizes = compressed(files)
    place = dist.relative_to(builder.ROOT).as_posix()
    print(f"{place:38} {'raw':>9} {'gzip':>9} {'brotli':>9} {'budget':>9}")
    grouped = set()  # patterns of files that are a line together
    for path in files:
        name = path.relative_to(dist).as_posix()
        pattern, entry = next(
            (item for item in budgets.items() if fnmatch.fnmatch(name, item[0])), (name, {})
        )
        raw, gz, br = sizes[path]
        if "each" in entry:
            if pattern in grouped:
                continue
            grouped.add(pattern)
            group = [
                sizes[other]
                for other in files
                if fnmatch.fnmatch(other.relative_to(dist).as_posix(), pattern)
            ]
            name, raw, gz, br = (
                f"{pattern} (largest of {len(group)})",
                *(max(column) for column in zip(*group)),
            )
        budget = entry.get("brotli") or entry.get("each")
        mark = verdict.mark(br, budget) if budget else ""
        print(
            f"  {name:36} {raw:9,} {gz:9,} {br:9,} {format(budget, ',') if budget else '–':>9}{mark}"
        )
    names = [path.relative_to(dist).as_posix() for path in files]
    for pattern, entry in budgets.items():
        if entry.get("required") and not fnmatch.filter(names, pattern):
            print(f"  {pattern:36} is missing")
            verdict.failed += 1


def print_script_hash(headers: Path) -> None:
    """The hash of the script inside index.html and 404.html in a Content-Security-Policy, for hosts
    that do not read _headers.
    """
    found = (
        re.search(r"'sha256-[^']+'", headers.read_text(encoding="utf-8"))
        if headers.exists()
        else None
    )
    if found:
        print(f"  the script inside index.html and 404.html is {found[0]}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--top", type=int, default=0, metavar="N", help="also list the N largest functions"
    )
    parser.add_argument(
        "--files-only", action="store_true", help="leave the rooms out: nothing is linked"
    )
    parser.add_argument("--rooms-only", action="store_true", help="leave the delivered files out")
    options = parser.parse_args()
    budgets = json.loads(BUDGETS.read_text(encoding="utf-8"))
    verdict = Verdict(slack=slack())
    try:
        if not options.rooms_only:
            print_files(builder.DIST, budgets["files"], verdict)
            print_script_hash(builder.DIST / "_headers")
            print_files(builder.SERVER, budgets["server"], verdict)
        if not options.files_only:
            for module, rooms in budgets["modules"].items():
                if (WASM / f"{module}.wasm").exists():
                    print_module(module, rooms, verdict, options.top)
    except builder.BuildError as error:
        print(error)
        verdict.failed += 1
    if not (options.files_only or options.rooms_only):
        passed, failed = lines.print_lines()
        verdict.passed += passed
        verdict.failed += failed
    print(f"{verdict.passed} passed, {verdict.failed} failed")
    return 1 if verdict.failed else 0


if __name__ == "__main__":
    sys.exit(main())
