#!/usr/bin/env python3
"""Write the part of libyaml that we use as one small C file: make_libyaml.py FOLDER-OF-LIBYAML out.c out/yaml.h

Its scanner and parser, one after the other, on our yaml_private.h, which explains what differs. CMake runs this at build
time, for native builds too, so that the tests see what the browser gets.
"""

import re
import sys
from pathlib import Path

# Macros that our yaml_private.h has in its own way.
MACROS = "CACHE SKIP SKIP_LINE READ READ_LINE PEEK_TOKEN SKIP_TOKEN".split()
CUTS = [
    (r'#include "yaml_private\.h"', ""),
    (rf"#define (?:{'|'.join(MACROS)})\((?:.*\\\n)*.*\n", ""),
    (r"YAML_DECLARE\(int\)(?=\nyaml_parser_fetch_more_tokens)", "static int"),
    (r"yaml_string_extend\(&string\.start, &string\.pointer, &string\.end\)", "(string_room(parser, &string, length), 1)"),
    (r"\nint\nyaml_parser_scan_directive", "\nstatic int\nyaml_parser_scan_directive"),
    # Two stacks of one-word items share a function.
    (r"PUSH\(parser, parser->states,", "PUSH_STATE(parser,"),
    (r"PUSH\(parser, parser->marks,", "PUSH_MARK(parser,"),
    # A mark is a byte offset; line and column are kept only where they are asked for.
    (r"(parser|simple_key)->mark\.(line|column)", r"\1->\2"),
    (r"simple_key->mark\.index\+1024 < parser->mark\.index", "simple_key->column+1024 < parser->column"),
    (r"simple_key\.mark = parser->mark;",
     "simple_key.mark = parser->mark; simple_key.line = parser->line; simple_key.column = parser->column;"),
    (r"\{ 0, 0, 0, \{ 0, 0, 0 \} \}", "{ 0 }"),
    # Of an error's context we show the place, not the words.
    (r'"while (?:parsing|scanning) [^"]*"', '""'),
]
HEADER_CUTS = [
    (r"typedef struct yaml_mark_s \{[^}]*\} yaml_mark_t;", "typedef struct yaml_mark_s { unsigned index; } yaml_mark_t;"),
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
    sources = [(folder / "src" / name).read_text(encoding="utf-8") for name in ("scanner.c", "parser.c")]
    text = cut("\n".join(sources), CUTS)
    declarations = cut((folder / "include" / "yaml.h").read_text(encoding="utf-8"), HEADER_CUTS)
    note = "/* Generated from libyaml by make_libyaml.py. Do not edit. */\n"
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text(note + declarations, encoding="utf-8")
    target.write_text(f'{note}#include "yaml_private.h"\n{text}', encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
