"""Suite growth: how the work of each parser grows with its input, tests/fuzz/growth.cpp."""

from typing import List

import builder
from suites import kept, settings
from suites.programs import READ, compile_programs
from suites.results import ROOT, Tally, ending, execute, tail

# Texts for each parser: a minute in all. `growth --forms=20000` looks longer.
FORMS = 40
QUICK_FORMS = 2


def growth_items() -> List[str]:
    return ["growth"]


def run_growth(items: List[str]) -> Tally:
    """Prints the growth table. Work is counted, so it is the same on each machine."""
    broken = compile_programs("native-growth", items)
    if broken:
        return broken
    program = builder.BUILD / "native-growth" / "fuzz" / "growth"
    forms = f"--forms={QUICK_FORMS if settings.quick else FORMS}"

    def inputs() -> kept.Inputs:
        found = kept.Inputs("growth").program(str(program)).text("forms", forms)
        for name in READ:
            found.tree(ROOT / name)
        return found

    return kept.kept(inputs, lambda: count_growth([str(program), forms]))


def count_growth(command: List[str]) -> Tally:
    result = execute(command)
    print(result.output, flush=True)
    if result.code == 0:
        return Tally(1)
    return Tally(failed=1, report=f"growth: {ending(result)}\n{tail(result.output)}")
