#!/usr/bin/env python3
"""Write md4c.c as it is compiled: make_md4c.py [--small] md4c.c out.c

The same code with one more flag, MD_FLAG_CJK: emphasis beside Chinese, Japanese and Korean, as the
CommonMark CJK-friendly amendments have it (github.com/tats-u/markdown-cjk-friendly). And with one
more callback, MD_WANTED, in a field that md4c reserves (`syntax`): whether the content of a block
is wanted, by the offsets of its text; that of code and HTML never is. Without it all is.

--small, for commonmark.wasm: with its Unicode tables packed. As written they are lists of 32-bit
numbers, 6.6 KB; as steps from one to the next they are a third of that, and unpacked at the first
use. Extensions that we never ask for (wiki links, underlines, its own autolinks, …) get the flag 0,
so that the compiler leaves them out, and it keeps no log. CMake runs this at build time."""

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
# What a text seldom has is compiled for few bytes: HTML, references, definitions of links.
COLD = [
    (
        "static int\nmd_is_html_tag(MD_CTX* ctx,",
        "#pragma clang attribute push(__attribute__((minsize)), apply_to = function)\n"
        "static int\nmd_is_html_tag(MD_CTX* ctx,",
    ),
    (
        "static void\nmd_free_ref_defs(MD_CTX* ctx)\n{",
        "#pragma clang attribute pop\nstatic void\nmd_free_ref_defs(MD_CTX* ctx)\n{",
    ),
]
# Blocks whose content the host does not want.
WANTED = [
    (
        """    /* Process the block contents accordingly to is type. */
    switch(block->type) {
        case MD_BLOCK_HR:""",
        """    /* Process the block contents accordingly to is type. */
    if(ctx->parser.syntax != NULL  &&  !md_is_wanted__(ctx, block)) {
        /* noop */
    } else switch(block->type) {
        case MD_BLOCK_HR:""",
    ),
    (
        "static int\nmd_process_leaf_block(",
        """static int
md_is_wanted__(MD_CTX* ctx, const MD_BLOCK* block)
{
    const MD_LINE* lines = (const MD_LINE*)(block + 1);
    return block->type != MD_BLOCK_CODE  &&  block->type != MD_BLOCK_HTML  &&
           block->n_lines > 0  &&
           ((MD_WANTED) ctx->parser.syntax)(lines[0].beg, lines[block->n_lines-1].end,
                                            ctx->userdata);
}

static int
md_process_leaf_block(""",
    ),
]
# The same with less work: a third of its time.
FASTER = [
    (  # A line's end is found by eight bytes at a time.
        "    while(off + 3 < ctx->size  &&  !ISNEWLINE(off+0)  &&  !ISNEWLINE(off+1)\n"
        "                               &&  !ISNEWLINE(off+2)  &&  !ISNEWLINE(off+3))\n"
        "        off += 4;\n",
        """    while(off + 8 <= ctx->size) {
        unsigned long long word, low;
        memcpy(&word, STR(off), 8);
        /* Characters below 14: the lowest bit is exact. */
        low = (word - 0x0e0e0e0e0e0e0e0eull) & ~word & 0x8080808080808080ull;
        if(low != 0) {
            off += __builtin_ctzll(low) >> 3;
            if(ISNEWLINE(off))
                break;
            off++;
        } else {
            off += 8;
        }
    }
""",
    ),
    (  # The end of a link needs no address; that of an image keeps it.
        "    memset(&det, 0, sizeof(MD_SPAN_A_DETAIL));\n"
        "    MD_CHECK(md_build_attribute(ctx, dest, dest_size,\n",
        "    if(!enter  &&  type == MD_SPAN_A) {\n"
        "        MD_LEAVE_SPAN(type, &det);\n"
        "        return ret;\n"
        "    }\n"
        "    MD_CHECK(md_build_attribute(ctx, dest, dest_size,\n",
    ),
    # What is set to zero: a call out of wasm, for more than a few words. Of the blocks those of
    # code alone have details that nothing else sets.
    (
        "    memset(&det, 0, sizeof(det));\n\n    if(ctx->n_containers == 0)",
        "    if(ctx->n_containers == 0)",
    ),
    (
        "        case MD_BLOCK_CODE:\n            /* For fenced code block, we may",
        "        case MD_BLOCK_CODE:\n            memset(&det, 0, sizeof(det));\n"
        "            /* For fenced code block, we may",
    ),
    (
        "    OFF codespan_last_potential_closers[CODESPAN_MARK_MAXLEN] = { 0 };\n",
        "    OFF codespan_last_potential_closers[CODESPAN_MARK_MAXLEN];\n"
        "    int has_code = FALSE;\n",
    ),
    (
        "                int is_code_span;\n",
        "                int is_code_span;\n\n"
        "                if(!has_code)\n"
        "                    memset(codespan_last_potential_closers, 0,\n"
        "                           sizeof(codespan_last_potential_closers));\n"
        "                has_code = TRUE;\n",
    ),
    # Passes over the marks that none of them needs are left out.
    (
        "    /* (1) Links. */\n"
        '    md_analyze_marks(ctx, lines, n_lines, 0, ctx->n_marks, _T("[]!"), 0);\n'
        "    MD_CHECK(md_resolve_links(ctx, lines, n_lines));\n",
        """    for(i = 0; i < ctx->n_marks; i++) {
        CHAR ch = ctx->marks[i].ch;
        if(ctx->marks[i].flags & MD_MARK_RESOLVED)
            continue;
        if(ch == _T('[')  ||  ch == _T('!'))
            has_brackets = TRUE;
        else if(ch != _T(']')  &&  ch != _T('D')  &&  ch != _T(';'))
            has_others = TRUE;
    }

    /* (1) Links. */
    if(has_brackets) {
        md_analyze_marks(ctx, lines, n_lines, 0, ctx->n_marks, _T("[]!"), 0);
        MD_CHECK(md_resolve_links(ctx, lines, n_lines));
    }
""",
    ),
    (
        "md_analyze_inlines(MD_CTX* ctx, const MD_LINE* lines, MD_SIZE n_lines, int table_mode)\n"
        "{\n    int ret;\n",
        "md_analyze_inlines(MD_CTX* ctx, const MD_LINE* lines, MD_SIZE n_lines, int table_mode)\n"
        "{\n    int i, has_brackets = FALSE, has_others = FALSE;\n    int ret;\n",
    ),
    (
        "    md_analyze_link_contents(ctx, lines, n_lines, 0, ctx->n_marks);\n\nabort:",
        "    if(has_others)\n"
        "        md_analyze_link_contents(ctx, lines, n_lines, 0, ctx->n_marks);\n\nabort:",
    ),
    # A cell without any mark is text: the top bit of its offset says so.
    (
        "    for(i = ctx->table_cell_boundaries_head; i >= 0; i = ctx->marks[i].next) {\n"
        "        MD_MARK* mark = &ctx->marks[i];\n"
        "        pipe_offs[j++] = mark->end;\n"
        "    }\n",
        """    is_text = 1u << 31;
    next = ctx->table_cell_boundaries_head;
    for(i = 0; i < ctx->n_marks-1; i++) {
        if(i == next) {
            pipe_offs[j-1] |= is_text;
            pipe_offs[j++] = ctx->marks[i].end;
            is_text = 1u << 31;
            next = ctx->marks[i].next;
        } else {
            is_text = 0;
        }
    }
    pipe_offs[j-1] |= is_text;
""",
    ),
    (
        "    OFF* pipe_offs = NULL;\n    int i, j, k, n;\n",
        "    OFF* pipe_offs = NULL;\n    int i, j, k, n, next;\n    OFF is_text;\n",
    ),
    (
        "        if(pipe_offs[i] < pipe_offs[i+1]-1)\n"
        "            MD_CHECK(md_process_table_cell(ctx, cell_type, align[k++], pipe_offs[i], "
        "pipe_offs[i+1]-1));\n",
        """        OFF cell_beg = pipe_offs[i] & ~(1u << 31);
        OFF cell_end = (pipe_offs[i+1] & ~(1u << 31)) - 1;
        if(cell_beg < cell_end)
            MD_CHECK(md_process_table_cell(ctx, cell_type, align[k++], cell_beg, cell_end,
                                           pipe_offs[i] >> 31));
""",
    ),
    (
        "        MD_CHECK(md_process_table_cell(ctx, cell_type, align[k++], 0, 0));",
        "        MD_CHECK(md_process_table_cell(ctx, cell_type, align[k++], 0, 0, TRUE));",
    ),
    (
        "MD_ALIGN align, OFF beg, OFF end)\n{\n    MD_LINE line;\n",
        "MD_ALIGN align, OFF beg, OFF end,\n"
        "                      int is_text)\n{\n    MD_LINE line;\n",
    ),
    (
        "    MD_CHECK(md_process_normal_block_contents(ctx, &line, 1));\n"
        "    MD_LEAVE_BLOCK(cell_type, &det);",
        """    if(is_text)
        MD_TEXT(MD_TEXT_NORMAL, STR(beg), end - beg);
    else
        MD_CHECK(md_process_normal_block_contents(ctx, &line, 1));
    MD_LEAVE_BLOCK(cell_type, &det);""",
    ),
    # Entities and emphasis in one pass over the marks: an entity has no other marks inside.
    ('    md_analyze_marks(ctx, lines, n_lines, mark_beg, mark_end, _T("&"), 0);\n', ""),
    ('mark_beg, mark_end, _T("*_~$"), 0);', 'mark_beg, mark_end, _T("&*_~$"), 0);'),
    (
        "static inline void\nmd_analyze_marks(",
        """static inline int
md_is_among__(CHAR ch, const CHAR* chars)
{
    while(*chars != ch  &&  *chars != _T('\\0'))
        chars++;
    return *chars != _T('\\0');
}

static void
md_analyze_marks(""",
    ),
    (  # In code only the first character is compared with a space.
        """        while(closer_beg < line_end  &&  CH(closer_beg) != _T('`')) {
            if(CH(closer_beg) != _T(' '))
                has_only_space = FALSE;
            closer_beg++;
        }
""",
        """        while(has_only_space  &&  closer_beg < line_end  &&  CH(closer_beg) == _T(' '))
            closer_beg++;
        if(closer_beg < line_end  &&  CH(closer_beg) != _T('`'))
            has_only_space = FALSE;
        while(closer_beg < line_end  &&  CH(closer_beg) != _T('`'))
            closer_beg++;
""",
    ),
    ("if(!ISANYOF_(mark->ch, mark_chars)) {", "if(!md_is_among__(mark->ch, mark_chars)) {"),
    ("""&&  ISANYOF(off, _T("-_*")))""", "&&  ISANYOF3(off, _T('-'), _T('_'), _T('*')))"),
    (
        """    if(ISANYOF(off, _T("-+*"))  &&""",
        "    if(ISANYOF3(off, _T('-'), _T('+'), _T('*'))  &&",
    ),
    (  # Outside of all containers, code and HTML the first character of many a line says all.
        "    if(off >= ctx->size  ||  ISNEWLINE(off)) {\n"
        "        /* Blank line does not need any real",
        """    if(off == beg  &&  ctx->n_containers == 0  &&  off < ctx->size  &&
       (pivot_line->type == MD_LINE_TEXT || pivot_line->type == MD_LINE_BLANK ||
        pivot_line->type == MD_LINE_TABLE)  &&
       (ISALPHA(off) || (unsigned char) CH(off) >= 0x80 || ISNEWLINE(off) ||
        (CH(off) == _T('|')  &&  pivot_line->type == MD_LINE_TABLE)))
    {
        line->type = ISNEWLINE(off) ? MD_LINE_BLANK
                   : pivot_line->type == MD_LINE_TABLE ? MD_LINE_TABLE : MD_LINE_TEXT;
        if(line->type != MD_LINE_BLANK)
            ctx->last_list_item_starts_with_two_blank_lines = FALSE;
        ctx->last_line_has_list_loosening_effect = FALSE;
        goto text;
    }

    if(off >= ctx->size  ||  ISNEWLINE(off)) {
        /* Blank line does not need any real""",
    ),
    (
        "    /* Scan for end of the line. */\n    /* Optimization",
        "text:\n    /* Scan for end of the line. */\n    /* Optimization",
    ),
]
# The amendment: text that occurs once in md4c.c, and its replacement. A run of marks that opens is
# left-flanking, one that closes right-flanking.
AMENDMENT = [
    (
        "    #define ISUNICODEWHITESPACE_(codepoint) md_is_unicode_whitespace__(codepoint)\n"
        "    #define ISUNICODEWHITESPACE(off)        md_is_unicode_whitespace__(md_decode_utf8__(",
        """
    /* East Asian wide, full-width and half-width characters but emoji, and Hangul. */
    static int
    md_is_cjk__(unsigned codepoint)
    {
#define R(cp_min, cp_max)   ((cp_min) | 0x40000000), ((cp_max) | 0x80000000)
#define S(cp)               (cp)
        static const unsigned CJK_MAP[] = {
            R(0x1100,0x11ff), S(0x20a9), R(0x2329,0x232a), R(0x2630,0x2637), R(0x268a,0x268f),
            R(0x2e80,0x303e), R(0x3041,0x3247), R(0x3250,0xa4cf), R(0xa960,0xa97f),
            R(0xac00,0xd7ff), R(0xf900,0xfaff), R(0xfe10,0xfe1f), R(0xfe30,0xfe6f),
            R(0xff01,0xffef), R(0x16fe0,0x18dff), R(0x1aff0,0x1b2ff), R(0x1d300,0x1d376),
            S(0x1f200), S(0x1f202), R(0x1f210,0x1f219), R(0x1f21b,0x1f22e), R(0x1f230,0x1f231),
            S(0x1f237), S(0x1f23b), R(0x1f240,0x1f248), R(0x1f260,0x1f265), R(0x20000,0x3fffd)
        };
#undef R
#undef S
        return md_unicode_bsearch__(codepoint, CJK_MAP, SIZEOF_ARRAY(CJK_MAP)) >= 0;
    }

    /* What is beside a run of marks: 0 = whitespace; 1 = punctuation; 2 = another character;
     * 5 and 6 the same of CJK. */
    static int
    md_class__(MD_CTX* ctx, unsigned codepoint, unsigned selector)
    {
        int level = md_is_unicode_whitespace__(codepoint) ? 0
                  : md_is_unicode_punct__(codepoint)      ? 1
                                                          : 2;
        if(!(ctx->parser.flags & MD_FLAG_CJK)  ||  level == 0)
            return level;
        /* Quotation marks in their full-width form, and ideographic variants. */
        if((selector == 0xfe01  &&  (codepoint == 0x2018 || codepoint == 0x2019 ||
             codepoint == 0x201c || codepoint == 0x201d))  ||
           (codepoint >= 0xe0100  &&  codepoint <= 0xe01ef)  ||  md_is_cjk__(codepoint))
            return level + 4;
        return level;
    }

    static int
    md_class_before__(MD_CTX* ctx, OFF off, OFF beg)
    {
        unsigned codepoint, selector = 0;
        if(off == beg)
            return 0;
        codepoint = md_decode_utf8_before__(ctx, off);
        if(codepoint >= 0xfe00  &&  codepoint <= 0xfe0e  &&  off >= beg + 4) {
            selector = codepoint;
            codepoint = md_decode_utf8_before__(ctx, off - 3);
        }
        return md_class__(ctx, codepoint, selector);
    }

    static int
    md_class_after__(MD_CTX* ctx, OFF off, OFF end)
    {
        SZ size;
        unsigned codepoint, selector = 0;
        if(off >= end)
            return 0;
        codepoint = md_decode_utf8__(STR(off), ctx->size - off, &size);
        if(off + size < end)
            selector = md_decode_utf8__(STR(off + size), ctx->size - off - size, NULL);
        return md_class__(ctx, codepoint, selector);
    }

    #define ISUNICODEWHITESPACE_(codepoint) md_is_unicode_whitespace__(codepoint)
    #define ISUNICODEWHITESPACE(off)        md_is_unicode_whitespace__(md_decode_utf8__(""",
    ),
    (
        """
                if(left_level != 0  ||  right_level != 0) {
""",
        """
                if(ctx->parser.flags & MD_FLAG_CJK) {
                    int before = md_class_before__(ctx, off, line->beg);
                    int after = md_class_after__(ctx, tmp, line->end);
                    int opens = after != 0  &&  (after != 1  ||  before != 2);
                    int closes = before != 0  &&  (before != 1  ||  after != 2);

                    if(ch == _T('_')  &&  opens  &&  closes) {
                        opens = (before == 1  ||  before == 5);
                        closes = (after == 1  ||  after == 5);
                    }
                    left_level = closes;
                    right_level = opens;
                }

                if(left_level != 0  ||  right_level != 0) {
""",
    ),
    (
        "!ISUNICODEWHITESPACEBEFORE(off)  &&  !ISUNICODEPUNCTBEFORE(off))\n"
        "                        flags &= ~MD_MARK_POTENTIAL_OPENER;",
        "!ISUNICODEWHITESPACEBEFORE(off)  &&  !ISUNICODEPUNCTBEFORE(off)  &&\n"
        "                       (ch != _T('~') || md_class_before__(ctx, off, line->beg) < 4))\n"
        "                        flags &= ~MD_MARK_POTENTIAL_OPENER;",
    ),
    (
        "!ISUNICODEWHITESPACE(tmp)  &&  !ISUNICODEPUNCT(tmp))\n"
        "                        flags &= ~MD_MARK_POTENTIAL_CLOSER;",
        "!ISUNICODEWHITESPACE(tmp)  &&  !ISUNICODEPUNCT(tmp)  &&\n"
        "                       (ch != _T('~') || md_class_after__(ctx, tmp, line->end) < 4))\n"
        "                        flags &= ~MD_MARK_POTENTIAL_CLOSER;",
    ),
]
ADDED = (
    "#define MD_FLAG_CJK 0x100000 /* as in commonmark.cpp */\n"
    "typedef int (*MD_WANTED)(MD_OFFSET, MD_OFFSET, void*); /* as in rewrite.cpp */\n"
)
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
    small = sys.argv[1] == "--small"
    source, target = map(Path, sys.argv[1 + small :][:2])
    text = source.read_text(encoding="utf-8")
    include = '#include "md4c.h"\n'
    for before, after in [(include, include + ADDED), *AMENDMENT, *WANTED, *FASTER]:
        if text.count(before) != 1:
            print(f"{source}: the place of {before.strip()!r} is not clear", file=sys.stderr)
            return 1
        text = text.replace(before, after)
    if small:
        text = smaller(text, include, source)
    target.write_text(
        f"/* Generated from md4c's {source.name} by make_md4c.py. Do not edit. */\n{text}",
        encoding="utf-8",
    )
    return 0


def smaller(text: str, include: str, source: Path) -> str:
    text = re.sub(r"static const unsigned (\w+)\[\] = \{(.*?)\};", packed_table, text, flags=re.S)
    for before, after in CUTS:
        if text.count(before) == 1:
            text = text.replace(before, after)
        else:  # another version of md4c: what stays costs bytes, which the test of sizes tells
            print(f"{source}: {before.strip()!r} is not there once, kept", file=sys.stderr)
    for before, after in COLD:
        if text.count(before) == 1:
            text = text.replace(before, after)
    flags = "".join(f"#undef MD_FLAG_{name}\n#define MD_FLAG_{name} 0\n" for name in UNUSED)
    return text.replace(include, include + flags + UNPACK)


if __name__ == "__main__":
    sys.exit(main())
