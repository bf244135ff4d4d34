#!/usr/bin/env python3
"""Write md4c.c as commonmark.wasm compiles it: make_md4c.py md4c.c out.c

The same code, with its Unicode tables packed: as written they are lists of 32-bit numbers, 6.6 KB;
as steps from one to the next they are a third of that, and unpacked at the first use. Extensions
that we never ask for (wiki links, underlines, its own autolinks, …) get the flag 0, so that the
compiler leaves them out, and it keeps no log. CMake runs this at build time; native builds compile
md4c.c as it is."""

import re
import sys
from pathlib import Path

UNUSED = [
    "COLLAPSEWHITESPACE",
    "PERMISSIVEATXHEADERS",
    "PERMISSIVEURLAUTOLINKS",
    "PERMISSIVEWWWAUTOLINKS",
    "PERMISSIVEEMAILAUTOLINKS",
    "NOINDENTEDCODEBLOCKS",
    "NOHTMLBLOCKS",
    "NOHTMLSPANS",
    "WIKILINKS",
    "UNDERLINE",
]
# Replacements for code that a flag of 0 does not remove: text that occurs once in md4c.c, and its
# replacement.
CUTS = [
    ("            ctx->parser.debug_log((msg), ctx->userdata);", "            (void) ctx;"),
    (
        "            /* A potential permissive e-mail autolink. */\n            if(",
        "            if(0 && ",
    ),
    (
        "            /* A potential permissive URL autolink. */\n            if(",
        "            if(0 && ",
    ),
    (
        "            /* A potential permissive WWW autolink. */\n            if(",
        "            if(0 && ",
    ),
    (
        "            case '@':   md_analyze_permissive_autolink(ctx, i); break;\n",
        "                break;\n",
    ),
    (
        "                    if ((opener->ch == '[' && closer->ch == ']') &&",
        "                    if (0 &&",
    ),
]
FLAGS = 3 << 30  # md4c marks the ends of a range in the two top bits

UNPACK = """
/* Steps between code points, times four, plus the two top bits; negative ones as odd numbers;
 * seven bits a byte. */
static void
md_unpack__(unsigned* to, unsigned count, const unsigned char* from)
{
    unsigned point = 0;
    while(count--) {
        unsigned n = 0, shift = 0;
        do {
            n |= (*from & 127u) << shift;
            shift += 7;
        } while(*from++ & 128);
        point += (n >> 3) ^ (0u - ((n >> 2) & 1));
        *to++ = point | (n << 30);
    }
}
"""


def numbers(body: str) -> list:
    body = re.sub(r"/\*.*?\*/", "", body, flags=re.S)
    found = []
    for low, high, single in re.findall(r"R\((\w+),\s*(\w+)\)|S?\(?(0x[0-9a-fA-F]+)\)?", body):
        if single:
            found.append(int(single, 0))
        else:
            found += [int(low, 0) | 1 << 30, int(high, 0) | 2 << 30]
    return found


def pack(values: list) -> list:
    out, last = [], 0
    for value in values:
        step = (value & ~FLAGS) - last
        last += step
        n = (step << 1 if step >= 0 else (-step << 1) - 1) << 2 | value >> 30
        while n >= 0x80:
            out.append(n & 0x7F | 0x80)
            n >>= 7
        out.append(n)
    return out


def packed_table(match: re.Match) -> str:
    name, values = match.group(1), numbers(match.group(2))
    assert values and values[0], name
    data = pack(values)
    lines = ["    " + ",".join(map(str, data[i : i + 24])) for i in range(0, len(data), 24)]
    return (
        f"static const unsigned char {name}_PACKED[] = {{\n" + ",\n".join(lines) + "\n};\n"
        f"static unsigned {name}[{len(values)}];\n"
        f"if(!{name}[0])\n    md_unpack__({name}, {len(values)}, {name}_PACKED);"
    )


def main() -> int:
    source, target = map(Path, sys.argv[1:3])
    text = source.read_text(encoding="utf-8")
    include = '#include "md4c.h"\n'
    if text.count(include) != 1:
        print(f"{source}: the place of {include.strip()!r} is not clear", file=sys.stderr)
        return 1
    text = re.sub(r"static const unsigned (\w+)\[\] = \{(.*?)\};", packed_table, text, flags=re.S)
    for before, after in CUTS:
        if text.count(before) == 1:
            text = text.replace(before, after)
        else:  # another version of md4c: what stays costs bytes, which the test of sizes tells
            print(f"{source}: {before.strip()!r} is not there once, kept", file=sys.stderr)
    flags = "".join(f"#undef MD_FLAG_{name}\n#define MD_FLAG_{name} 0\n" for name in UNUSED)
    text = text.replace(include, include + flags + UNPACK)
    target.write_text(
        f"/* Generated from md4c's {source.name} by make_md4c.py. Do not edit. */\n{text}",
        encoding="utf-8",
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
