"""Suite tidy: clang-tidy over the C++ of core/, cli/ and wasm/, with the checks of .clang-tidy.

The path-sensitive checks of clang's analyzer take four times as long as all others together, and
are left to `clang-tidy -p build/native FILE`."""

import concurrent.futures
import json
import re
from typing import Dict, List

import builder
from suites import settings
from suites.programs import compile_programs
from suites.results import JOBS, ROOT, Result, Tally, ending, execute, tail

# Each version has checks of its own: .clang-tidy is written for Debian 12's.
VERSION = 14
FOLDERS = ("core", "cli")
FINDING = re.compile(r"^(\S+?):(\d+):\d+: (?:warning|error): (.*)$", re.M)


def sources() -> List[str]:
    commands = json.loads((builder.BUILD / "native/compile_commands.json").read_text("utf-8"))
    own = tuple(f"{ROOT / folder}/" for folder in FOLDERS)
    return sorted(entry["file"] for entry in commands if entry["file"].startswith(own))


def check(path: str) -> Result:
    fix = ["--fix"] if settings.fix else []
    options = ["--quiet", "--checks=-clang-analyzer-*", *fix]
    return execute(["clang-tidy", "-p", str(builder.BUILD / "native"), *options, path])


def run_tidy(_: List[str]) -> Tally:
    version = re.search(r"version (\d+)", execute(["clang-tidy", "--version"]).output)
    if not version or int(version[1]) != VERSION:
        return Tally(skipped=1, report=f"tidy: skipped, clang-tidy is not version {VERSION}")
    broken = compile_programs("native", ["meridian"])  # it has headers that the build writes
    if broken:
        return Tally(failed=1, report=broken.report)
    paths = sources()
    found: Dict[str, str] = {}
    wrong = set()
    with concurrent.futures.ThreadPoolExecutor(1 if settings.fix else JOBS) as pool:
        for path, result in zip(paths, pool.map(check, paths)):
            for place in FINDING.finditer(result.output):
                # A header is read with each file that includes it.
                found[place[0]] = f"{place[1].replace(f'{ROOT}/', '')}:{place[2]}: {place[3]}"
                wrong.add(path)
            if result.code != 0 and path not in wrong:
                found[path] = f"{path}: {ending(result)}\n{tail(result.output, 20)}"
                wrong.add(path)
    return Tally(len(paths) - len(wrong), len(wrong), 0, "\n".join(found.values()))
