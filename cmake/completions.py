"""Completions of the command's words for bash, zsh and fish, made of its own help."""

import re
from typing import Callable, Dict, List

from help_text import Help, Option, clause

FOLDERS = {"DIR", "FOLDER"}  # what values are, by their names in the help
FILES = {"FILE"}
HEAD = "# Made by cmake/completions.py of `meridian --help`."


def quoted(text: str) -> str:
    """For all three shells: between single quotes, without any."""
    return "'" + text.replace("'", "’") + "'"


def bash_lines(options: str) -> str:
    """Offers the lines that compgen prints: names may have blanks."""
    return f'mapfile -t COMPREPLY < <(compgen {options} -- "$word")'


def bash_words(words: List[str]) -> str:
    return bash_lines(f"-W {quoted(' '.join(words))}")


def bash_values(value: str) -> str:
    if value in FOLDERS:
        return f"compopt -o filenames; {bash_lines('-d')}"
    if value in FILES:
        return f"compopt -o filenames; {bash_lines('-f')}"
    return ""


def bash(help_: Help) -> str:
    names = help_.names()
    values: Dict[str, List[str]] = {}
    for option in help_.options:
        if option.value:
            choices = option.choices()
            does = bash_words(choices) if choices else bash_values(option.value)
            values.setdefault(does, []).append(option.name)
    lines = [
        HEAD,
        "_meridian() {",
        "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} name='' each",
        "  # `=` is a word of its own.",
        "  [[ $word == = ]] && word=",
        "  [[ $before == = ]] && before=${COMP_WORDS[COMP_CWORD-2]}",
        '  for each in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do',
        f"    case $each in {'|'.join(names)}) name=$each; break ;; esac",
        "  done",
        "  COMPREPLY=()",
        "  case $before in",
        *(f"    {'|'.join(group)}) {does}; return ;;" for does, group in values.items() if does),
        *(f"    {'|'.join(group)}) return ;;" for does, group in values.items() if not does),
        "  esac",
        "  case $name in",
        f"    '') {bash_words(names + [o.name for o in help_.options if not o.of])} ;;",
    ]
    for name in names:
        options = bash_words([option.name for option in help_.options_of(name)])
        does = bash_values(help_.values(name))
        if help_.verbs(name):
            first = bash_words(list(help_.verbs(name)))
            does = f"[[ $before == {name} ]] && {first}"
        lines.append(f"    {name}) if [[ $word == -* ]]; then {options}")
        lines.append(f"      else {does or ':'}; fi ;;")
    return "\n".join([*lines, "  esac", "}", "complete -F _meridian meridian", ""])


def zsh_action(value: str, choices: List[str]) -> str:
    if choices:
        return f"({' '.join(choices)})"
    return "_files -/" if value in FOLDERS else "_files" if value in FILES else ""


def zsh_option(option: Option) -> str:
    about = re.sub(r"([\[\]:])", r"\\\1", clause(option.text))
    if not option.value:
        return quoted(f"{option.name}[{about}]")
    action = zsh_action(option.value, option.choices())
    return quoted(f"{option.name}=[{about}]:{option.value.strip('/')}:{action}")


def zsh(help_: Help) -> str:
    def described(words: Dict[str, str]) -> str:
        return " ".join(quoted(f"{word}:{clause(text)}") for word, text in words.items())

    def block(options: List[Option]) -> str:
        return "".join(f"\n      {zsh_option(option)}" for option in options)

    names = help_.names()
    texts = {name: next(c.text for c in help_.commands if c.words[0] == name) for name in names}
    lines = [
        "#compdef meridian",
        HEAD,
        "_meridian() {",
        "  local context state state_descr line name",
        "  typeset -A opt_args",
        f"  local -a names=({described(texts)}) verbs",
        f"  local -a options=({block([o for o in help_.options if not o.of])})",
        f"  name=${{words[(r)({'|'.join(names)})]}}",
        "  local values=_default",
        "  case $name in",
    ]
    for name in names:
        own = [option for option in help_.options if name in option.of]
        action = zsh_action(help_.values(name), []) or ":"
        verbs = f" verbs=({described(help_.verbs(name))})" if help_.verbs(name) else ""
        lines.append(f"    {name}) values={quoted(action)}{verbs} options+=({block(own)}) ;;")
    return "\n".join(
        [
            *lines,
            "  esac",
            "  _arguments $options '1:sub-command:->names' '*:argument:->values'",
            "  case $state in",
            "    names) _describe -t commands sub-command names ;;",
            "    values) if (( $#verbs && CURRENT == 3 )); then _describe -t verbs verb verbs",
            "      else ${=values}; fi ;;",
            "  esac",
            "}",
            '_meridian "$@"',
            "",
        ]
    )


def fish_values(value: str, choices: List[str]) -> str:
    if choices:
        return f"-x -a {quoted(' '.join(choices))}"
    if value in FOLDERS:
        return "-x -a '(__fish_complete_directories)'"
    return "-r -F" if value in FILES else "-x"


def fish(help_: Help) -> str:
    lines = [HEAD, "complete -c meridian -f"]
    for name in help_.names():
        text = next(command.text for command in help_.commands if command.words[0] == name)
        about = quoted(clause(text))
        lines.append(f"complete -c meridian -n __fish_use_subcommand -a {name} -d {about}")
        seen = f"-n '__fish_seen_subcommand_from {name}'"
        for verb, about in help_.verbs(name).items():
            lines.append(f"complete -c meridian {seen} -a {verb} -d {quoted(clause(about))}")
        if not help_.verbs(name) and help_.values(name) in FOLDERS | FILES:
            how = fish_values(help_.values(name), []).replace("-x", "").replace("-r", "").strip()
            lines.append(f"complete -c meridian {seen} {how}")
    for option in help_.options:
        of = f" -n '__fish_seen_subcommand_from {' '.join(option.of)}'" if option.of else ""
        how = f" {fish_values(option.value, option.choices())}" if option.value else ""
        about = f" -d {quoted(clause(option.text))}" if option.text else ""
        lines.append(f"complete -c meridian{of} -l {option.name[2:]}{how}{about}")
    return "\n".join(lines) + "\n"


# Where the files are below share/, as the shells look for them.
PLACES: Dict[str, Callable[[Help], str]] = {
    "bash-completion/completions/meridian": bash,
    "zsh/site-functions/_meridian": zsh,
    "fish/vendor_completions.d/meridian.fish": fish,
}
