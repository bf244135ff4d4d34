"""The help of the command as data. The manual page and the completions are made of it, so that a
new sub-command or option is in them once `--help` names it.

What lines mean:

    meridian build --raw    a sub-command with its arguments; the text goes on below, indented
    --source DIR            an option"""

import dataclasses
import re
from typing import Callable, Dict, List, Tuple


class HelpError(ValueError):
    """A line of the help that has no meaning here."""


@dataclasses.dataclass
class Option:
    name: str  # --source
    value: str  # DIR; empty: a switch
    text: str
    of: List[str]  # sub-commands; empty: all

    def choices(self) -> List[str]:
        """The values among which the text lets choose, as `text, json (RFC 8259) or github`."""
        text = re.sub(r"\s*\([^)]*\)", "", self.text)
        words = re.split(r", | or ", text)
        ends = self.value == "NAME" and len(words) > 1
        return words if ends and all(re.fullmatch(r"[\w-]+", word) for word in words) else []


@dataclasses.dataclass
class Command:
    words: List[str]  # ["theme", "add"]
    arguments: str  # "[NAME]", "--raw"
    text: str


@dataclasses.dataclass
class Help:
    summary: str
    commands: List[Command]
    options: List[Option]
    notes: str  # what stands below the options

    def names(self) -> List[str]:
        return list(dict.fromkeys(command.words[0] for command in self.commands))

    def verbs(self, name: str) -> Dict[str, str]:
        """The words that may follow a sub-command, with their texts."""
        return {
            command.words[1]: command.text
            for command in self.commands
            if command.words[0] == name and len(command.words) > 1
        }

    def values(self, name: str) -> str:
        """What the arguments of a sub-command are: DIR, FILE, NAME, …; empty: it has none."""
        found = [
            word
            for command in self.commands
            if command.words[0] == name
            for word in re.findall(r"[A-Z]{3,}", command.arguments)
        ]
        return found[0] if found else ""

    def options_of(self, name: str) -> List[Option]:
        return [option for option in self.options if not option.of or name in option.of]


def clause(text: str) -> str:
    """The beginning of a text that says enough, for a line of a list."""
    return re.split(r": | \(", re.sub(r"\s*\([^)]*\)", "", text).split("; ")[0])[0].strip()


def entries(lines: List[str]) -> List[Tuple[str, str]]:
    """Heads of two columns with their texts, whose further lines are indented deeper."""
    found: List[Tuple[str, str]] = []
    for line in lines:
        if re.match(r"  \S", line):
            head, _, text = line.strip().partition("  ")
            found.append((head, re.sub(r"\s+", " ", text).strip()))
        elif re.match(r" {10,}\S", line) and found:
            head, text = found.pop()
            found.append((head, f"{text} {line.strip()}".strip()))
        else:
            raise HelpError(f"neither an entry nor the rest of one: {line!r}")
    return found


def command_of(head: str, text: str) -> Command:
    words = head.split()[1:]
    end = next((i for i, word in enumerate(words) if not re.fullmatch("[a-z]+", word)), len(words))
    if not end:
        raise HelpError(f"no sub-command: {head!r}")
    return Command(words[:end], " ".join(words[end:]), text)


def option_of(head: str, text: str) -> Option:
    name, _, value = head.partition(" ")
    if not re.fullmatch(r"--[a-z][a-z-]*", name):
        raise HelpError(f"no option: {head!r}")
    return Option(name, value, text, [])


def parts(text: str) -> Tuple[List[Tuple[str, str]], List[str]]:
    """The entries of a help, and the paragraphs below them."""
    rows: List[Tuple[str, str]] = []
    notes: List[str] = []
    for block in [part.splitlines() for part in text.strip("\n").split("\n\n")]:
        if block[0].startswith("  "):
            rows += entries(block)
        else:
            notes.append(" ".join(block))
    return rows, notes


def read(text: str, text_of: Callable[[str], str]) -> Help:
    """The data of `meridian --help`, and of the help of each sub-command, by its name."""
    rows, [first, *notes] = parts(text)
    commands = [command_of(*row) for row in rows if row[0].startswith("meridian ")]
    help_ = Help(first.partition(": ")[2], commands, [], "")
    # Options of the program itself are those that are there without a sub-command.
    help_.options = [option_of(*row) for row in rows if not row[0].startswith("meridian ")]
    for name in help_.names():
        rows, more = parts(text_of(name))
        notes += [note for note in more if note not in notes]
        for head, about in rows:
            if head.startswith("meridian ") or head in ("--help", "--version"):
                continue
            option = option_of(head, about)
            known = [o for o in help_.options if (o.name, o.text) == (option.name, about)]
            if not known:
                help_.options.append(option)
            (known or [option])[0].of.append(name)
    help_.notes = "\n".join(notes) + "\n"
    for option in help_.options:
        if option.of == help_.names():
            option.of = []
    return help_


def of_program(run: Callable[..., str]) -> Help:
    """`run`: what the program prints when it gets these words."""
    return read(run("--help"), lambda name: run(name, "--help"))
