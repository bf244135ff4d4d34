"""Suites arrows, lint, types and sizes: checks of the sources and of the delivered files."""

import re
import sys
from typing import List

import toolchain
from suites import settings
from suites.results import ROOT, Tally, complete_build, ending, execute, summed, tail


def run_arrows(_: List[str]) -> Tally:
    return summed("arrows", execute([sys.executable, "tests/arrows.py"]))


def run_lint(_: List[str]) -> Tally:
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    result = execute(["node", "tests/lint.mjs", *(["--fix"] if settings.fix else [])])
    lines = result.output.strip().splitlines()
    counts = re.fullmatch(r"(\d+) files, (\d+) findings", lines[-1] if lines else "")
    if not counts:
        return Tally(failed=1, report=f"lint: {ending(result)}\n{tail(result.output)}")
    wrong = len({line.split(":")[0] for line in lines[:-1]})
    remedy = "python3 tests/run.py --only lint --fix"
    report = f"{tail(result.output)}\nlint: {remedy}" if wrong else ""
    return Tally(int(counts[1]) - wrong, wrong, 0, report)


def run_types(_: List[str]) -> Tally:
    files = list((ROOT / "web").rglob("*.js"))
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    result = execute(
        ["node", "node_modules/typescript/bin/tsc", "-p", "jsconfig.json", "--pretty", "false"]
    )
    wrong = set(re.findall(r"^([^\s(]+)\(\d+,\d+\): error", result.output, re.M))
    failed = max(len(wrong), 1 if result.code else 0)
    return Tally(max(0, len(files) - failed), failed, 0, tail(result.output) if failed else "")


def run_sizes(_: List[str]) -> Tally:
    broken = complete_build()
    return broken or summed("sizes", execute([sys.executable, "cmake/bytes.py"]))
