#!/usr/bin/env python3
"""Splits a module: split_module.py MODULE REST LIST WASM_DIS WASM_SPLIT [OPTION…]

The functions that only the exports in LIST (one a line, `#` begins a comment) call are moved to
REST. REST imports the memory, the table and what it calls of MODULE, and puts its functions into
the table when it is instantiated. Until then a call of one of those exports calls an import in the
namespace `placeholder`. Functions whose address is taken stay, and so do all data.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Dict, Iterable, List, Set

NAME = r"\$[^\s()]+"


class Calls:
    """Which functions of a module call which, by their names in its text format."""

    def __init__(self, text: str):
        self.calls: Dict[str, Set[str]] = {}
        self.exports: Dict[str, str] = {}
        self.in_table: Set[str] = set()
        function = ""
        for line in text.splitlines():
            # wasm-dis indents the module's fields by one space, and what they hold by more.
            if not line.startswith("  "):
                begins = re.match(rf" \(func ({NAME})", line)
                function = begins[1] if begins else ""
                if function:
                    self.calls[function] = set()
                exported = re.match(rf' \(export "([^"]+)" \(func ({NAME})\)\)', line)
                if exported:
                    self.exports[exported[1]] = exported[2]
                if line.startswith(" (elem"):
                    self.in_table.update(re.findall(NAME, line))
            elif function:
                self.calls[function].update(re.findall(rf"\((?:call|ref\.func) ({NAME})", line))

    def reached(self, roots: Iterable[str]) -> Set[str]:
        """These functions, and all that they call."""
        found: Set[str] = set()
        left = list(roots)
        while left:
            function = left.pop()
            if function in self.calls and function not in found:
                found.add(function)
                left.extend(self.calls[function])
        return found

    def only_for(self, exports: List[str]) -> List[str]:
        """The functions that nothing but these exports needs."""
        for name in exports:
            if name not in self.exports:
                raise SystemExit(f"split_module: there is no export {name}")
        stay = self.reached(
            [f for name, f in self.exports.items() if name not in exports] + list(self.in_table)
        )
        return [function for function in self.calls if function not in stay]


def main(module: str, rest: str, listed: str, dis: str, split: str, *options: str) -> None:
    exports = re.findall(r"^\w+$", Path(listed).read_text(encoding="utf-8"), re.M)
    text = subprocess.run([dis, module], check=True, stdout=subprocess.PIPE, encoding="utf-8")
    moved = Calls(text.stdout).only_for(exports)
    with tempfile.TemporaryDirectory() as folder:
        both = [str(Path(folder, name)) for name in ("first", "rest")]
        names = Path(folder, "names")
        # wasm-split names functions without a dollar sign.
        names.write_text("".join(f"{function[1:]}\n" for function in moved), encoding="utf-8")
        subprocess.run(
            [split, module, *options, f"--split-funcs=@{names}", "-o1", both[0], "-o2", both[1]]
            + ["--import-namespace=primary", "--placeholder-namespace=placeholder"],
            check=True,
        )
        for made, path in zip(both, (module, rest)):
            Path(path).write_bytes(Path(made).read_bytes())


if __name__ == "__main__":
    main(*sys.argv[1:])
