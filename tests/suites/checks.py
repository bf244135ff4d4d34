"""Suites arrows, lint, types and sizes: checks of the sources and of the delivered files."""

import json
import re
import sys
from typing import Dict, List, Optional, Set, Tuple

import builder
import lines
import toolchain
from suites import kept, settings
from suites.results import ROOT, Tally, complete_build, ending, execute, summed, tail


def run_arrows(_: List[str]) -> Tally:
    return summed("arrows", execute([sys.executable, "tests/arrows.py"]))


# What prettier, eslint and clang-format read beside the file, in its folder and in those above it.
STYLES = (".prettierrc.json", ".editorconfig", ".clang-format", "package.json")
# Stands for the imports of all tests, see lint.mjs.
IMPORTS = "imports"


def lint_keys() -> Dict[str, str]:
    """The key of each file, and of the imports of all tests."""
    listed = execute(["node", "tests/lint.mjs", "--list"])
    files = listed.output.split("\n")[:-1] if listed.code == 0 else []
    common = kept.Inputs("lint").program("node").installed(ROOT / "node_modules")
    for name in ("tests/lint.mjs", "tests/words.mjs", "eslint.config.js", ".prettierignore"):
        common.file(ROOT / name)
    keys = {}
    for path in files:
        inputs = common.copy()
        for style in STYLES:
            inputs.files(kept.configurations(style, [str(ROOT / path)]))
        keys[path] = inputs.file(ROOT / path).hex()
    scripts = [path for path in files if path.endswith((".js", ".mjs", ".jsx", ".ts", ".tsx"))]
    keys[IMPORTS] = common.text("of", IMPORTS).files(ROOT / path for path in scripts).hex()
    return keys


def run_lint(_: List[str]) -> Tally:
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    if settings.fix or not settings.cache:
        return lint(None)[0]
    keys = lint_keys()
    reused = {path for path, key in keys.items() if kept.passed(key) is not None}
    rest = [path for path in keys if path not in reused]
    files = len(reused - {IMPORTS})
    if not rest:
        return Tally(files, kept=files)
    tally, wrong = lint(rest)
    if wrong is not None:
        after = lint_keys()
        for path in rest:
            good = not wrong if path == IMPORTS else path not in wrong
            if good and after.get(path) == keys[path]:
                kept.keep(keys[path], 1)
    tally.add(Tally(files, kept=files))
    return tally


def lint(paths: Optional[List[str]]) -> Tuple[Tally, Optional[Set[str]]]:
    """The tally of the files (None: all), and those with findings, when it came to its end."""
    options = (["--fix"] if settings.fix else []) + (["--these"] if paths is not None else [])
    result = execute(["node", "tests/lint.mjs", *options], text="\n".join(paths or []))
    lines = result.output.strip().splitlines()
    counts = re.fullmatch(r"(\d+) files, (\d+) findings", lines[-1] if lines else "")
    if not counts or (result.code != 0) != (counts[2] != "0"):
        return Tally(failed=1, report=f"lint: {ending(result)}\n{tail(result.output)}"), None
    wrong = {line.split(":")[0] for line in lines[:-1]}
    remedy = "python3 tests/run.py --only lint --fix"
    report = f"{tail(result.output)}\nlint: {remedy}" if wrong else ""
    return Tally(int(counts[1]) - len(wrong), len(wrong), 0, report), wrong


def types_inputs() -> kept.Inputs:
    inputs = kept.Inputs("types").program("node").installed(ROOT / "node_modules")
    return inputs.files([ROOT / "jsconfig.json", ROOT / "package.json"]).tree(ROOT / "web")


def run_types(_: List[str]) -> Tally:
    problem = toolchain.npm_ci()
    if problem:
        return Tally(failed=1, report=problem)
    return kept.kept(types_inputs, check_types)


def check_types() -> Tally:
    files = list((ROOT / "web").rglob("*.js"))
    result = execute(
        ["node", "node_modules/typescript/bin/tsc", "-p", "jsconfig.json", "--pretty", "false"]
    )
    wrong = set(re.findall(r"^([^\s(]+)\(\d+,\d+\): error", result.output, re.M))
    failed = max(len(wrong), 1 if result.code else 0)
    return Tally(max(0, len(files) - failed), failed, 0, tail(result.output) if failed else "")


def sizes_inputs() -> Optional[kept.Inputs]:
    """The delivered files, and everything that the modules are linked of."""
    inputs = kept.Inputs("sizes").program("node").program("emcc").program("wasm-opt")
    inputs.program("wasm-ld")
    for folder in (builder.DIST, builder.SERVER, ROOT / "cmake"):
        inputs.tree(folder)
    ninja = ["ninja", "-C", str(builder.BUILD / "wasm"), "-t"]
    budgets = json.loads((ROOT / "cmake" / "budgets.json").read_text(encoding="utf-8"))
    modules = [f"{name}.wasm" for name in budgets["modules"]]
    commands, linked = (execute([*ninja, what, *modules]) for what in ("commands", "inputs"))
    if commands.code or linked.code:
        return None
    inputs.text("commands", commands.output.replace(f"{ROOT}/", ""))
    names = [line for line in linked.output.splitlines() if line.endswith((".o", ".a", ".js"))]
    inputs.text("lines", json.dumps(lines.lines_of_files()))
    return inputs.files(builder.BUILD / "wasm" / name for name in names)


def run_sizes(_: List[str]) -> Tally:
    broken = complete_build()
    return broken or kept.kept(sizes_inputs, check_sizes)


def check_sizes() -> Tally:
    return summed("sizes", execute([sys.executable, "cmake/bytes.py"]))
