"""The help of the command as data. The manual page and the completions are made of it, so that a
new sub-command or option is in them once `--help` names it.

What lines mean:

    meridian build --raw    a sub-command with its arguments; the text goes on below, indented
    --source DIR            an option
    of new: …; of build: …  at the beginning of a text: the sub-commands that have the option"""

import dataclasses
import re
from typing import Dict, List, Tuple


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
        text = re.sub(r"^of [^:]*: ", "", re.sub(r"\s*\([^)]*\)", "", self.text))
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


def clause(text: str, at: int = 0) -> str:
    """The beginning of a text that says enough, for a line of a list; `at`: of the options that
    share the text, which one."""
    text = re.sub(r"(^|; )of [^:;]*: ", r"\1", text)
    parts = re.sub(r"\s*\([^)]*\)", "", text).split("; ")
    return re.split(r": | \(", parts[min(at, len(parts) - 1)])[0].strip()


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


def options_in(head: str, text: str, names: List[str]) -> List[Option]:
    groups = re.findall(r"(?:^|; )of ([^:;]*):", text)
    of = [name for name in names if re.search(rf"\b{name}\b", " ".join(groups))]
    if groups and not of:
        raise HelpError(f"of a sub-command that is not there: {text!r}")
    found = []
    parts = head.split(", ")
    for at, part in enumerate(parts):
        name, _, value = part.partition(" ")
        if not re.fullmatch(r"--[a-z][a-z-]*", name):
            raise HelpError(f"no option: {head!r}")
        found.append(Option(name, value, text if len(parts) == 1 else clause(text, at), of))
    return found


def read(text: str) -> Help:
    """The data of `meridian --help`."""
    blocks = [block.splitlines() for block in text.strip("\n").split("\n\n")]
    summary = blocks[0][0].partition(": ")[2]
    help_ = Help(summary, [], [], "")
    rows: List[Tuple[str, str]] = []
    for block in blocks[1:]:
        if block[0].startswith("  "):
            rows += entries(block)
        else:
            help_.notes += " ".join(block) + "\n"
    for head, about in rows:
        if head.startswith("meridian "):
            help_.commands.append(command_of(head, about))
    for command in help_.commands:
        for name in re.findall(r"--[a-z][a-z-]*", command.arguments):
            help_.options.append(Option(name, "", command.text, [command.words[0]]))
    for head, about in rows:
        if not head.startswith("meridian "):
            help_.options += options_in(head, about, help_.names())
    return help_
