"""Suites web, server and package, and the scripts of suite wasm: NAME.test.mjs under `node --test`."""

import concurrent.futures
import re
from typing import List

import toolchain
from suites.results import JOBS, ROOT, Tally, complete_build, ending, execute, tail

# Each memory of a WebAssembly instance makes V8 collect garbage, and the threads that help with it
# wait for each other: with one thread, tests that make thousands of instances take a quarter.
NODE = ["node", "--single-threaded-gc"]
# Files of a suite that a slow machine makes fail (six, on one that took twice the time of others);
# more of them have another reason.
FEW = 8
LONG = 30  # seconds; files of node's tests that take longer are named
# Files of the suite web that take longest, whatever their size.
FIRST = ["walk", "states", "ways-in", "network", "ways", "vectors", "access", "older"]
# Tests of the server that use packages of their own.
NEED_PACKAGES = {"runtimes", "sources", "workerd", "workerd_faults"}


def node_items(folder: str) -> List[str]:
    return sorted(
        path.name[: -len(".test.mjs")] for path in (ROOT / "tests" / folder).glob("*.test.mjs")
    )


def run_web(items: List[str]) -> Tally:
    broken = complete_build()
    if broken:
        return broken
    # The longest first, that none goes on alone at the end: of others, longer files take longer.
    sizes = {item: (ROOT / "tests" / "web" / f"{item}.test.mjs").stat().st_size for item in items}
    first = [item for item in FIRST if item in items]
    items = first + sorted(set(items) - set(first), key=lambda item: -sizes[item])
    with concurrent.futures.ThreadPoolExecutor(min(2, JOBS)) as pool:
        return run_again(
            "web", items, list(pool.map(lambda item: run_node_test("web", item), items))
        )


def run_each(folder: str, items: List[str]) -> Tally:
    """One after the other: they start servers and builds, and some measure what these hold."""
    broken = complete_build()
    if broken:
        return broken
    return run_again(folder, items, [run_node_test(folder, item) for item in items])


def run_again(folder: str, items: List[str], tallies: List[Tally]) -> Tally:
    """The tally of all. On a machine that stood still a browser or a server gives up waiting: a few
    files that failed are run once more, one after the other; both is told.
    """
    total = Tally()
    few = sum(tally.failed > 0 for tally in tallies) <= FEW
    for item, first in zip(items, tallies):
        if not first.failed or not few:
            total.add(first)
            continue
        second = run_node_test(folder, item)
        outcome = (
            "failed again"
            if second.failed
            else "passed when it was run once more: it depends on time, and wants mending"
        )
        second.report = "\n".join(
            text for text in (f"{folder}/{item} {outcome}", first.report, second.report) if text
        )
        total.add(second)
    return total


def run_package(items: List[str]) -> Tally:
    return run_each("package", items)


def run_server(items: List[str]) -> Tally:
    # Too large for packages that every build needs. A test says when one is not there.
    if NEED_PACKAGES & set(items):
        toolchain.npm_ci(ROOT / "tests" / "server")
    return run_each("server", items)


def failures(tap: str) -> str:
    """Of TAP version 13 the tests that failed, each with its diagnostic block."""
    blocks = re.finditer(r"^( *)not ok .*\n(?:\1  ---\n(?:.*\n)*?\1  \.\.\.\n)?", tap, re.M)
    return "".join(block[0] for block in blocks if "# TODO" not in block[0])


def run_node_test(folder: str, item: str) -> Tally:
    result = execute([*NODE, "--test", "--test-reporter=tap", f"tests/{folder}/{item}.test.mjs"])
    if result.seconds > LONG:
        print(f"{folder}/{item} took {result.seconds:.0f} s", flush=True)
    counts = {
        word: int(number)
        for word, number in re.findall(
            r"^# (pass|fail|cancelled|skipped) (\d+)$", result.output, re.M
        )
    }
    if "pass" not in counts:
        return Tally(failed=1, report=f"{item}: {ending(result)}\n{tail(result.output)}")
    failed = counts.get("fail", 0) + counts.get("cancelled", 0)
    tally = Tally(
        counts["pass"], max(failed, 1) if result.code else failed, counts.get("skipped", 0)
    )
    if tally.failed:
        tally.report = f"{item}:\n{tail(failures(result.output) or result.output, 120)}"
    elif tally.skipped:
        tally.report = "\n".join(
            f"{item}: {line.strip()}" for line in result.output.splitlines() if "# SKIP" in line
        )
    return tally
