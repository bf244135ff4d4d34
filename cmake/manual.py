"""The manual page meridian.1, made of the command's own help and of the table of exit statuses in
docs/guide/command.md."""

import re
import time
from pathlib import Path
from typing import List

from help_text import Help

GUIDE = Path(__file__).resolve().parent.parent / "docs" / "guide" / "command.md"


def escaped(text: str) -> str:
    """Text as roff takes it: a line must not begin with a request, and hyphens stay hyphens."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^(?=[.'])", r"\\&", text, flags=re.MULTILINE)


def paragraph(head: str, text: str) -> List[str]:
    """A tagged paragraph. Words in capitals of the head stand for values."""
    words = re.sub(r"\b[A-Z]{2,}\b", r"\\fI\g<0>\\fB", escaped(head))
    return [".TP", f"\\fB{words}\\fR", escaped(text)]


def statuses() -> List[List[str]]:
    """The rows of the guide's table: status, meaning."""
    text = GUIDE.read_text(encoding="utf-8").partition("## Exit status")[2]
    return [
        [status, meaning.replace("`", "")]
        for status, meaning in re.findall(r"^\| (\d+) \| (.*?) \|$", text, re.MULTILINE)
    ]


def manual(help_: Help, version: str, epoch: int) -> str:
    date = time.strftime("%Y-%m-%d", time.gmtime(epoch))
    lines = [
        f'.TH MERIDIAN 1 "{date}" "meridian {version}"',
        ".SH NAME",
        f"meridian \\- {escaped(help_.summary)}",
        ".SH SYNOPSIS",
        ".B meridian",
        "\\fISUB\\-COMMAND\\fR [\\fIARGUMENT\\fR]... [\\fIOPTION\\fR]...",
        ".SH SUB\\-COMMANDS",
    ]
    for command in help_.commands:
        lines += paragraph(" ".join([*command.words, command.arguments]).strip(), command.text)
    lines += [".SH OPTIONS", "Options may be anywhere on the command line."]
    for option in help_.options:
        of = f"of {', '.join(option.of)}: " if option.of else ""
        lines += paragraph(f"{option.name} {option.value}".strip(), of + option.text)
    lines += [".SH ENVIRONMENT", escaped(help_.notes.strip())]
    lines += [".SH EXIT STATUS"]
    for status, meaning in statuses():
        lines += paragraph(status, meaning)
    return "\n".join(lines) + "\n"
