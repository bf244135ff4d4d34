#!/usr/bin/env python3
"""Run Meridian's tests: python3 tests/run.py [--only NAME] [--since REV] [--quick] [--list]
[--corpora DIR] [--browser ENGINE] [--seconds N] [--no-cache] [--fix]

Each suite finds its own items, so that a new test only has to be put into its folder:

  arrows   the rooms' includes and imports against ARROWS, and what core/ does without
  python   tests/python/test_*.py (unittest): server, fetcher, sizes, …
  native   tests/core/*_test.cpp with Catch2, compiled natively
  spec     tests/spec/*_spec.cpp, and tests/spec/sites.py with the native command: corpora of
           examples with what others make of them. A line for each says how many of its cases come
           out equal; tests/spec/differences.json holds the rest, with reasons. --corpora DIR takes
           them from another folder of the same layout (liquid/ kramdown/ yaml/ sites/ …; what DIR
           lacks is left out)
  wasm     the unit tests and the specifications again, compiled to wasm, under Node; and
           tests/wasm/NAME.test.mjs and NAME-TOPIC.test.mjs, about the module NAME_wasm: the
           delivered ones driven to their limits, and those of that folder
  asan     the unit tests and the specifications again, under the address and undefined behaviour
           sanitizers
  growth   tests/fuzz/growth.cpp, the growth table: how the counted work of each parser grows
  fuzz     tests/fuzz/*_fuzz.cpp, libFuzzer's targets under both sanitizers, each for --seconds,
           with seeds from the corpora
  lint     tests/lint.mjs: format, lint and lengths of every source; --fix mends what a tool can
  tidy     clang-tidy over the C++ of core/ and cli/; --fix mends what it can
  types    tsc --checkJs over web/
  sizes    every delivered file and every room of the core against cmake/budgets.json
  web      tests/web/*.test.mjs (node --test), in a real Chromium; those of the playground's walls
           in Firefox as well, walk in every engine that is installed, older in Chromium without
           what the oldest promised browsers lack. --browser ENGINE runs all files in that engine
           alone, and names the tests that need another one
  package  tests/package/*.test.mjs (node --test): the command for Node, packed and installed by npm
  server   tests/server/*.test.mjs (node --test): the server for raw sources, with its faults, under
           Node, in workerd, in Deno and Bun, and in a browser without scripts

--since REV chooses the tests that the changes since REV can affect, with what is not committed: by
the rooms' arrows, by imports, by the table in docs/architecture.md and by the places of files
(tests/suites/since.py). It prints each choice with its reason, and what it leaves to a whole run.
--quick runs a fixed cross-section of every suite (tests/suites/quick.py), and says what it leaves
out. Both are meant for a minute with a current build; docs/testing.md has what was measured.

Results of checks that depend on nothing but their inputs (lint, tidy, types, sizes, growth, the
programs of asan and wasm) are kept in ${MERIDIAN_CACHE:-${XDG_CACHE_HOME:-~/.cache}/meridian}/checks
by the hash of all their inputs. Only a pass is kept. --no-cache runs all of them again.

No test is run twice to make it pass.

The last line is "N passed, M failed", with ", K skipped" where something could not be tried on this
machine."""

import argparse
import concurrent.futures
import itertools
import os
import sys
import time
from pathlib import Path
from typing import Callable, Dict, Iterable, List

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "cmake"), str(ROOT / "tests")]

import toolchain
from suites import kept, quick, settings, since
from suites.checks import run_arrows, run_lint, run_sizes, run_types
from suites.fuzz import fuzz_items, run_fuzz
from suites.growth import growth_items, run_growth
from suites.node import node_items, run_package, run_server, run_web
from suites.programs import program_suite
from suites.python_files import python_items, run_python
from suites.results import JOBS, Suite, Tally
from suites.tidy import run_tidy

# The engines of tests/web/engines.mjs.
BROWSERS = ["chromium", "firefox", "webkit"]


def one(name: str) -> Callable[[], List[str]]:
    return lambda: [name]


SUITES = [
    Suite("arrows", one("arrows"), run_arrows),
    Suite("native", **program_suite("native", "_test$")),
    Suite("spec", **program_suite("native", "_spec$")),
    Suite("tidy", one("tidy"), run_tidy, needs=["clang-tidy"]),
    Suite("lint", one("lint"), run_lint, beside=True),
    Suite("sizes", one("sizes"), run_sizes, beside=True),
    Suite("types", one("types"), run_types, beside=True),
    Suite("python", python_items, run_python),
    Suite("web", lambda: node_items("web"), run_web, beside=True),
    Suite("package", lambda: node_items("package"), run_package, beside=True),
    Suite("server", lambda: node_items("server"), run_server, beside=True),
    Suite("wasm", **program_suite("wasm", "_(test|spec)$"), beside=True),
    Suite("fuzz", fuzz_items, run_fuzz, beside=True, needs=["clang++"]),
    Suite("growth", growth_items, run_growth, beside=True),
    Suite(
        "asan",
        **program_suite("native-asan", "_(test|spec)$"),
        beside=True,
        needs=["clang++"],
    ),
]


def choose(only: List[str], is_quick: bool) -> List[tuple]:
    """(suite, its items) to run. A word of --only is a suite's name, or else a part of
    "suite:item".
    """
    chosen = []
    parts = [word for word in only if word not in [suite.name for suite in SUITES]]
    for suite in SUITES:
        items = quick.choose(suite.name, suite.items()) if is_quick else suite.items()
        if only and not any(word == suite.name for word in only):
            items = [
                item for item in items if any(word in f"{suite.name}:{item}" for word in parts)
            ]
        if items:
            chosen.append((suite, items))
    return chosen


def choose_since(revision: str) -> List[tuple]:
    """(suite, its items) for the changes since a revision; prints the reasons."""
    suites = {suite.name: suite.items() for suite in SUITES}
    chosen = since.choose(since.changed_files(revision), suites)
    for choice in chosen:
        print(f"{choice.suite}:{choice.item}  because {choice.why}")
    print_left_out(since.left_out(chosen, suites))
    return [
        (suite, [choice.item for choice in chosen if choice.suite == suite.name])
        for suite in SUITES
        if any(choice.suite == suite.name for choice in chosen)
    ]


def print_left_out(lines: Iterable[str]) -> None:
    print(f"left to a whole run: {', '.join(lines) or 'nothing'}", flush=True)


def set_up(options: argparse.Namespace) -> Dict[str, str]:
    """Makes the machine ready. Returns what is missing for some suites; ends the run when nothing
    can be built.
    """
    missing = toolchain.ensure(["build", "tests"], may_install=not options.no_install)
    essential = [item for item in missing if item.tool.needed_for == "build"]
    if essential:
        print(f"0 passed, {len(essential)} failed")
        sys.exit(1)
    problem = toolchain.npm_ci()
    if problem:
        print(f"{problem}\n0 passed, 1 failed")
        sys.exit(1)
    return {name: item.problem or "" for item in missing for name in item.tool.names}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--only",
        action="append",
        default=[],
        metavar="NAME",
        help='run only the suite NAME, or what has NAME in "suite:item", such as liquid or native:text; may be repeated',
    )
    parser.add_argument(
        "--quick", action="store_true", help="run a fixed cross-section of every suite"
    )
    parser.add_argument(
        "--since",
        metavar="REV",
        help="run what the changes since this commit can affect, with those not committed",
    )
    parser.add_argument("--list", action="store_true", help="list suites and items, run nothing")
    parser.add_argument(
        "--corpora",
        metavar="DIR",
        type=Path,
        help="take the corpora of the suite spec from this folder",
    )
    parser.add_argument(
        "--browser",
        choices=BROWSERS,
        help="run the suite web in this engine alone",
    )
    parser.add_argument(
        "--seconds",
        metavar="N",
        type=int,
        default=5,
        help="how long the suite fuzz runs each target",
    )
    parser.add_argument(
        "--fix", action="store_true", help="the suites lint and tidy mend what they can"
    )
    parser.add_argument(
        "--no-cache",
        action="store_true",
        help="run every check again, also those that passed with the same inputs before",
    )
    parser.add_argument("--no-install", action="store_true", help="don't install missing programs")
    parser.add_argument(
        "--require-all",
        action="store_true",
        help="a program that is missing fails its suite instead of skipping it (for CI)",
    )
    options = parser.parse_args()
    settings.fix, settings.fuzz_seconds = options.fix, options.seconds
    settings.quick = options.quick
    if options.quick and "--seconds" not in " ".join(sys.argv):
        settings.fuzz_seconds = quick.FUZZ_SECONDS
    settings.require_all, settings.cache = options.require_all, not options.no_cache
    if options.browser:
        os.environ["MERIDIAN_BROWSER"] = options.browser
    if options.corpora:
        if not options.corpora.is_dir():
            parser.error(f"--corpora: {options.corpora} is no folder")
        settings.corpora = str(options.corpora.resolve())
    if options.since:
        if options.only or options.quick:
            parser.error("--since chooses by itself: give it without --only and --quick")
        try:
            chosen = choose_since(options.since)
        except ValueError as error:
            parser.error(f"--since {options.since}: {error or 'no such commit'}")
        if not chosen:
            print("nothing has changed that a test reads\n0 passed, 0 failed")
            return 0
    else:
        chosen = choose(options.only, options.quick)
    if options.quick:
        everything = {suite.name: suite.items() for suite in SUITES}
        rest = {suite.name: len(items) for suite, items in chosen}
        print_left_out(
            f"{name}: {len(items) - rest.get(name, 0)} of {len(items)}"
            for name, items in everything.items()
            if rest.get(name, 0) < len(items)
        )
    if options.list:
        for suite, items in chosen:
            print("\n".join(f"{suite.name}:{item}" for item in items))
        return 0
    if not chosen:
        print(
            f"nothing is called {', '.join(options.only)}; --list shows what there is\n0 passed, 1 failed"
        )
        return 1
    missing = set_up(options)
    if options.require_all:
        os.environ["MERIDIAN_REQUIRE_BROWSER"] = "1"
        # Elsewhere no package of apt's is one that can be driven.
        if toolchain.distribution() == "debian":
            os.environ["MERIDIAN_REQUIRE_FIREFOX"] = "1"
            os.environ["MERIDIAN_REQUIRE_WEBKIT"] = "1"

    def run_suite(suite: Suite, items: List[str]) -> Tally:
        begin = time.monotonic()
        lacking = [name for name in suite.needs if name in missing]
        if lacking:
            tally = Tally(report=f"{suite.name}: {lacking[0]} is missing")
            left_out = (len(items), 0) if options.require_all else (0, len(items))
            tally.failed, tally.skipped = left_out
        else:
            tally = suite.run(items)
        seconds = time.monotonic() - begin
        report = f"{tally.report}\n" if tally.report else ""
        reused = f"; {tally.kept} by kept results" if tally.kept else ""
        print(f"{report}{suite.name:8} {tally} ({seconds:.1f} s{reused})", flush=True)
        tally.report = ""
        return tally

    total = Tally()
    for beside, group in itertools.groupby(chosen, key=lambda choice: choice[0].beside):
        with concurrent.futures.ThreadPoolExecutor(min(2, JOBS) if beside else 1) as pool:
            for tally in pool.map(lambda choice: run_suite(*choice), group):
                total.add(tally)
    kept.trim()
    print(total)
    return 1 if total.failed or not total.passed else 0


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("interrupted")
