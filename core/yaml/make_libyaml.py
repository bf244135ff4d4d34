#!/usr/bin/env python3
"""Write the part of libyaml that we use as one small C file: make_libyaml.py FOLDER-OF-LIBYAML
out.c out/yaml.h

Its scanner and parser, one after the other, on our yaml_private.h, which explains what differs.
CMake runs this at build time, for native builds too, so that the tests see what the browser gets.

Left out, because no site writes it: the directive %TAG, and %XX in tags. Of the directive %YAML
only the version is looked at."""

import re
import sys
from pathlib import Path

# Macros that our yaml_private.h has in its own way.
MACROS = "CACHE SKIP SKIP_LINE READ READ_LINE PEEK_TOKEN SKIP_TOKEN".split()
# Functions that our yaml_private.h has in its own way, or that nothing calls any more.
FUNCTIONS = """
scan_directive scan_directive_name scan_version_directive_value scan_version_directive_number
scan_tag_directive_value scan_uri_escapes process_directives append_tag_directive
""".split()
CHECKS = r"CHECK\(parser->buffer, '\\?.'\)"
CHECKS_AT_1 = r"CHECK_AT\(parser->buffer, '\\?.', 1\)"


def one_of(match: re.Match) -> str:
    """A row of comparisons as one question."""
    characters = "".join(re.findall(r"'\\?(.)'", match.group()))
    characters = characters.replace('"', '\\"')
    return f'is_one_of(parser->buffer.pointer[{int("CHECK_AT" in match.group())}], "{characters}")'


def add_sign(match: re.Match) -> str:
    """A token without content, by one call."""
    return f"    return add_sign(parser, {match.group(2)}, {match.group(1).count('SKIP')});"


CUTS = [
    (r'#include "yaml_private\.h"', ""),
    (rf"#define (?:{'|'.join(MACROS)})\((?:.*\\\n)*.*\n", ""),
    (r"YAML_DECLARE\(int\)(?=\nyaml_parser_fetch_more_tokens)", "static int"),
    (
        r"yaml_string_extend\(&string\.start, &string\.pointer, &string\.end\)",
        "(string_room(parser, &string, length), 1)",
    ),
    (r"\nint\n(?=yaml_parser_scan_directive)", "\nstatic int\n"),
    (rf"static int\nyaml_parser_(?:{'|'.join(FUNCTIONS)})\([^;{{]*\{{\n(?:.*\n)*?\}}\n", ""),
    # Two stacks of one-word items share a function.
    (r"PUSH\(parser, parser->states,", "PUSH_STATE(parser,"),
    (r"PUSH\(parser, parser->marks,", "PUSH_MARK(parser,"),
    # A mark is a byte offset; line and column are computed only where they are needed.
    (r"(parser|simple_key)->mark\.(line|column)", r"\1->\2"),
    (
        r"simple_key->mark\.index\+1024 < parser->mark\.index",
        "simple_key->column+1024 < parser->column",
    ),
    (
        r"simple_key\.mark = parser->mark;",
        "simple_key.mark = parser->mark; simple_key.line = parser->line; simple_key.column = parser->column;",
    ),
    (r"\{ 0, 0, 0, \{ 0, 0, 0 \} \}", "{ 0 }"),
    # Code that is the same in several places, or a long list of comparisons.
    (rf"{CHECKS}(?:\s*\|\|\s*{CHECKS}){{2,}}", one_of),
    (rf"{CHECKS_AT_1}(?:\s*\|\|\s*{CHECKS_AT_1}){{2,}}", one_of),
    (
        r"\(\(CHECK_AT\(parser->buffer, '-', 0\)[^{]*?\)\)\) &&\s*IS_BLANKZ_AT\(parser->buffer, 3\)",
        "at_document_indicator(parser)",
    ),
    (
        r"if \(leading_break\.start\[0\] == '\\n'\) \{(?:.*\n)*?"
        r".*CLEAR\(parser, leading_break\);\n.*CLEAR\(parser, trailing_breaks\);\n *\}\n",
        "fold(parser, &string, &leading_break, &trailing_breaks);\n",
    ),
    (
        r"switch \(parser->buffer\.pointer\[1\]\)\s*\{(?:.*\n)*?(?= *case 'x':)",
        "switch (read_named_escape(parser, &string)) {\n case 1: break;\n",
    ),
    (
        r"if \(value <= 0x7F\) \{(?:.*\n)*?(?=\n */\* Advance the pointer)",
        "add_character(&string, value);\n",
    ),
    (r"if \(CHECK\(parser->buffer, '%'\)\) \{(?:.*\n)*?        else \{", "{"),
    (
        r"yaml_tag_directive_t \*tag_directive;\s*for \((?:.*\n)*?"
        r"(?= *if \(!tag\) \{\n *yaml_parser_set_parser_error_context)",
        "tag = resolve_tag(parser, tag_handle, tag_suffix);\n",
    ),
    (r"yaml_parser_process_directives\(parser,[^)]*\)", "skip_directives(parser)"),
    (
        r"    start_mark = parser->mark;\s*((?:    SKIP\(parser\);\n)+)\s*end_mark = parser->mark;\s*/\*.*\*/\s*"
        r"TOKEN_INIT\(token, (\w+), start_mark, end_mark\);\s*(?:/\*.*\*/\s*)?"
        r"if \(!ENQUEUE\(parser, parser->tokens, token\)\)\s*return 0;\s*return 1;",
        add_sign,
    ),
    # Of an error's context we show the place, not the words.
    (r'"while (?:parsing|scanning) [^"]*"', '""'),
]
# A message that errors.cpp replaces becomes an identifier here.
MARKS = {
    "end": ["found unexpected end of stream", "found unexpected document indicator"],
    "escape": [
        "found unknown escape character",
        "found invalid Unicode character escape code",
        "did not find expected hexdecimal number",
    ],
    "]": ["did not find expected ',' or ']'", "did not find expected ',' or '}'"],
    "node": ["did not find expected node content"],
    ":": ["mapping values are not allowed in this context"],
    "list": ["block sequence entries are not allowed in this context"],
    "no :": ["could not find expected ':'"],
    "key": ["did not find expected key"],
    "-": ["did not find expected '-' indicator"],
    "token": [
        "found character that cannot start any token",
        "mapping keys are not allowed in this context",
    ],
    "tab": [
        "found a tab character where an indentation space is expected",
        "found a tab character that violates indentation",
    ],
    "name": ["did not find expected alphabetic or numeric character"],
    "tag": [
        "found undefined tag handle",
        "did not find expected tag URI",
        "did not find the expected '>'",
        "did not find expected '!'",
        "did not find expected whitespace or line break",
    ],
    "|": [
        "found an indentation indicator equal to 0",
        "did not find expected comment or line break",
    ],
    "start": ["did not find expected <stream-start>", "did not find expected <document start>"],
}
CUTS += [
    (re.escape(f'"{words}"'), f'"{mark}"')
    for mark, all_words in MARKS.items()
    for words in all_words
]
HEADER_CUTS = [
    (
        r"typedef struct yaml_mark_s \{[^}]*\} yaml_mark_t;",
        "typedef struct yaml_mark_s { unsigned index; } yaml_mark_t;",
    ),
    (r"    yaml_mark_t mark;", "    yaml_mark_t mark;\n    size_t line, column;"),
]


def cut(text: str, cuts: list) -> str:
    for pattern, replacement in cuts:
        text, count = re.subn(pattern, replacement, text)
        if not count:  # another version of libyaml
            sys.exit(f"libyaml has no {pattern}: make_libyaml.py does not know this version")
    return text


def main() -> int:
    folder, target, header = map(Path, sys.argv[1:4])
    sources = [
        (folder / "src" / name).read_text(encoding="utf-8") for name in ("scanner.c", "parser.c")
    ]
    text = cut("\n".join(sources), CUTS)
    declarations = cut((folder / "include" / "yaml.h").read_text(encoding="utf-8"), HEADER_CUTS)
    note = "/* Generated from libyaml by make_libyaml.py. Do not edit. */\n"
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text(note + declarations, encoding="utf-8")
    target.write_text(f'{note}#include "yaml_private.h"\n{text}', encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
