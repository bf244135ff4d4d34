#include "match.h"

namespace meridian::sass::match {

namespace {
/// The escape of identifiers and strings: up to three digits, or any character; then a blank.
const char* short_escape(const char* p) {
  if (*p != '\\') return nullptr;
  p++;
  const char* from = p;
  while (p < from + 3 && hex(*p)) p++;
  if (p == from && *p) p++;
  return *p == ' ' ? p + 1 : p;
}

/// `u+26`, `U+0???`.
const char* unicode_range(const char* p) {
  if ((*p | 32) != 'u' || p[1] != '+') return nullptr;
  p += 2;
  const char* from = p;
  while (p < from + 6 && hex(*p)) p++;
  while (p < from + 6 && *p == '?') p++;
  return p > from ? p : nullptr;
}

/// One character of an identifier, behind the first with `also_digits`.
const char* identifier_part(const char* p, bool also_digits) {
  char c = *p;
  if (alpha(c) || nonascii(c) || c == '-' || c == '_' || (also_digits && digit(c))) {
    if ((c | 32) != 'u' || p[1] != '+') return p + 1;
    const char* range = unicode_range(p);
    return range ? range : p + 1;
  }
  if (c != '\\') return nullptr;
  const char* end = escape(p);
  return end ? end : short_escape(p);
}

const char* strict_part(const char* p, bool also_digits) {
  char c = *p;
  if (alpha(c) || nonascii(c) || c == '_' || (also_digits && digit(c))) return p + 1;
  return short_escape(p);
}

const char* one_or_more_hex(const char* p) {
  const char* from = p;
  while (hex(*p)) p++;
  return p > from ? p : nullptr;
}

const char* one_unit(const char* p) {
  if (*p == '-') p++;
  if (!(p = strict_part(p, false))) return nullptr;
  while (true) {
    const char* next = strict_part(p, true);
    if (!next && *p == '-') next = strict_part(hyphens(p), false);
    if (!next) return p;
    p = next;
  }
}

const char* units(const char* p) {
  if (!(p = one_unit(p))) return nullptr;
  while (*p == '*') {
    const char* next = one_unit(p + 1);
    if (!next) break;
    p = next;
  }
  return p;
}

const char* string_with(const char* p, char quote) {
  if (*p != quote || budget.exhausted()) return nullptr;
  Known& unclosed = progress.no_quote[quote == '"'];
  if (unclosed.covers(p)) return nullptr;
  const char* from = p++;
  bool interpolated = false;
  while (*p != quote) {
    const char* next = nullptr;
    if (*p == '\\') {
      next = line_break(p + 1);
      if (!next) next = short_escape(p);
    } else if (*p == '#') {
      next = interpolant(p);
      interpolated = interpolated || next;
    }
    if (!next) {
      if (!*p) {
        work_done += std::uint64_t(p - from);
        // Quotes on the way are escaped, so that what they begin does not end either. Those of an
        // interpolation may.
        if (!interpolated) unclosed = {from, p};
        return nullptr;
      }
      next = p + 1;
    }
    p = next;
  }
  return p + 1;
}

const char* identifier_characters(const char* p) {
  const char* end = nullptr;
  while ((p = identifier_part(p, true))) end = p;
  return end;
}

const char* flag(const char* p, const char* name) {
  return *p == '!' ? word(optional_whitespace(p + 1), name) : nullptr;
}

bool uri_character(char c) { return c > 41 && c < 127; }

const char* uri_part(const char* p) {
  return is_one_of(*p, "#%&") || uri_character(*p) || nonascii(*p) ? p + 1 : nullptr;
}

/// A string up to an interpolation or behind its closing quote.
const char* string_part(const char* p, char quote) {
  while (*p && *p != quote) {
    if (*p == '\\') {
      if (*++p) p++;
    } else if (p[0] == '#' && p[1] == '{') {
      return p;
    } else {
      p++;
    }
  }
  return *p ? p + 1 : nullptr;
}
}  // namespace

const char* hyphens(const char* p) {
  while (*p == '-') p++;
  return p;
}

const char* name_or_interpolant(const char* p) {
  p = hyphens(p);
  const char* end = identifier(p);
  return end ? end : interpolant(p);
}

const char* name_space(const char* p) {
  const char* end = *p == '*' ? p + 1 : name_or_interpolant(p);
  if (end) p = end;
  return *p == '|' && p[1] != '=' ? p + 1 : nullptr;
}

const char* text(const char* p, const char* literal) {
  for (; *literal; p++, literal++)
    if (*p != *literal) return nullptr;
  return p;
}

const char* text_ignoring_case(const char* p, const char* literal) {
  for (; *literal; p++, literal++)
    if (*p != *literal && *p + 32 != *literal) return nullptr;
  return p;
}

bool word_ends(const char* p) { return !(is_alnum(*p) || nonascii(*p) || *p == '-' || *p == '#'); }

const char* word(const char* p, const char* literal) {
  p = text(p, literal);
  return p && word_ends(p) ? p : nullptr;
}

const char* keyword(const char* p, const char* literal) {
  p = text_ignoring_case(p, literal);
  return p && word_ends(p) ? p : nullptr;
}

const char* spaces(const char* p) { return space(*p) ? optional_spaces(p) : nullptr; }

const char* optional_spaces(const char* p) {
  while (space(*p)) p++;
  return p;
}

const char* skip_whitespace(const char* p) {
  while (true) {
    p = optional_spaces(p);
    const char* next = line_comment(p);
    if (!next) return p;
    p = next;
  }
}

const char* skip_comments(const char* p) {
  while (true) {
    p = optional_whitespace(p);
    const char* next = *p == '/' ? block_comment(p) : nullptr;
    if (!next) return p;
    p = next;
  }
}

const char* whitespace(const char* p) {
  const char* end = optional_whitespace(p);
  return end > p ? end : nullptr;
}

const char* comments(const char* p) {
  const char* end = optional_comments(p);
  return end > p ? end : nullptr;
}

const char* line_comment(const char* p) {
  if (p[0] != '/' || p[1] != '/') return nullptr;
  while (*p && *p != '\n' && *p != '\r' && *p != '\f') p++;
  return p;
}

const char* block_comment(const char* p) {
  if (p[0] != '/' || p[1] != '*' || progress.no_comment_end.covers(p)) return nullptr;
  const char* from = p;
  for (p += 2; *p; p++)
    if (p[0] == '*' && p[1] == '/') return p + 2;
  progress.no_comment_end = {from, p};
  return nullptr;
}

const char* line_break(const char* p) {
  if (!*p) return p;
  if (*p == '\n' || *p == '\f') return p + 1;
  if (*p == '\r') return p + (p[1] == '\n' ? 2 : 1);
  return nullptr;
}

bool line_ends(const char* p) {
  while (true) {
    const char* next = *p == ' ' || *p == '\t' ? p + 1 : line_comment(p);
    if (!next) next = block_comment(p);
    if (!next) return line_break(p) != nullptr;
    p = next;
  }
}

namespace {
/// Whether an even number of backslashes precedes `p`, seen from `from`.
bool unescaped(const char* from, const char* p) {
  const char* slash = p;
  while (slash > from && slash[-1] == '\\') slash--;
  return (p - slash) % 2 == 0;
}

/// No bits, of the text from `from` to `to`.
Bits make_bits(const char* from, const char* to) {
  std::size_t size = std::size_t(to - from) / 8 + 1;
  Bits bits{from, to, static_cast<std::uint8_t*>(progress.arena->alloc(size))};
  std::memset(bits.bytes, 0, size);
  return bits;
}

/// Notes where between `from` and `to`, where the text ends, a scope with these brackets may begin
/// that has no end. Within quotes no bracket counts, and a scope may begin in them: so brackets are
/// counted for each state of the two kinds of quotes.
Bits find_unclosed(const char* from, const char* to, const char* open, char close) {
  Bits unclosed = make_bits(from, to);
  // By state: how many more brackets close than open, at most, before any place behind.
  std::size_t closing[4] = {};
  unsigned state = 0;
  for (const char* p = to; p-- > from;) {
    char c = *p;
    bool counts = c == '"' || c == '\'' || c == close || (c == *open && text(p, open));
    if (counts && unescaped(from, p)) {
      if (c == '"') state ^= 1;
      if (c == '\'') state ^= 2;
      std::size_t& most = closing[state];
      if (c == close) most++;
      if (c == *open && most) most--;
    }
    if (!closing[state]) unclosed.add(p);
  }
  return unclosed;
}

// Known text up to this size is walked again rather than its parts being noted.
constexpr std::ptrdiff_t kShort = 512;
}  // namespace

bool begins_part(Known& known, const char* p, Matcher part) {
  if (!known.covers(p)) return false;
  if (p < known.at && !known.parts.bytes) {
    known.at = known.behind = known.from;
    if (known.to - known.from > kShort) {
      known.parts = make_bits(known.from, known.to);
      for (const char* at = known.from; at < known.to; at = part(at)) known.parts.add(at);
      work_done += std::uint64_t(known.to - known.from);
    }
  }
  if (known.parts.bytes) return known.parts.has(p);
  const char* from = known.behind;
  while (known.behind <= p) {
    known.at = known.behind;
    known.behind = part(known.at);
  }
  work_done += std::uint64_t(known.behind - from);
  return known.at == p;
}

const char* skip_scope(const char* p, const char* open, char close, const char* end) {
  if (budget.exhausted()) return nullptr;
  Bits& unclosed = progress.unclosed[close == ')'];
  // What an escape begins was not read as such.
  if (!end && p[-1] != '\\' && unclosed.has(p)) return nullptr;
  const char* from = p;
  std::size_t level = 0;
  bool in_single = false, in_double = false;
  for (; (!end || p < end) && *p; p++) {
    char c = *p;
    if (c == '\\') {
      if (p[1]) p++;
    } else if (c == '"') {
      in_double = !in_double;
    } else if (c == '\'') {
      in_single = !in_single;
    } else if (in_single || in_double) {
      continue;
    } else if (const char* inner = c == *open ? text(p, open) : nullptr) {
      level++;
      p = inner - 1;
    } else if (c == close) {
      if (!level--) return p + 1;
    }
  }
  work_done += std::uint64_t(p - from);
  if (!end && p > from) unclosed = find_unclosed(from, p, open, close);
  return nullptr;
}

const char* interpolant(const char* p) {
  return p[0] == '#' && p[1] == '{' ? skip_scope(p + 2, "#{", '}') : nullptr;
}

const char* parentheses(const char* p) { return *p == '(' ? skip_scope(p + 1, "(", ')') : nullptr; }

const char* find_interpolant(const char* p, const char* end, bool skip_comments) {
  for (; p < end && *p; p++) {
    if (*p == '\\') {
      if (++p >= end) return nullptr;
    } else if (const char* behind = skip_comments && *p == '/' ? block_comment(p) : nullptr) {
      p = behind;
    } else if (p[0] == '#' && p[1] == '{') {
      return p;
    }
  }
  return nullptr;
}

const char* escape(const char* p) {
  if (*p != '\\') return nullptr;
  p++;
  if (!hex(*p)) return nonascii(*p) || (*p > 31 && *p < 127) ? p + 1 : nullptr;
  const char* from = p;
  while (p < from + 7 && hex(*p)) p++;
  return optional_spaces(p);
}

const char* identifier(const char* p) {
  p = hyphens(p);
  if ((!name_part(*p) || digit(*p)) && !(p = identifier_part(p, false))) return nullptr;
  while (true) {
    while (name_part(*p)) p++;
    const char* next = *p == '\\' || (*p | 32) == 'u' ? identifier_part(p, true) : nullptr;
    if (!next) return p;
    p = next;
  }
}

const char* strict_identifier(const char* p) {
  if (!(p = strict_part(p, false))) return nullptr;
  while (const char* next = strict_part(p, true)) p = next;
  return p;
}

const char* variable(const char* p) { return *p == '$' ? identifier(p + 1) : nullptr; }

const char* digits(const char* p) {
  const char* from = p;
  while (digit(*p)) p++;
  return p > from ? p : nullptr;
}

const char* unsigned_number(const char* p) {
  const char* from = p;
  while (digit(*p)) p++;
  if (*p == '.' && digit(p[1])) return digits(p + 1);
  return p > from ? p : nullptr;
}

const char* number(const char* p) {
  if (*p == '-' || *p == '+') p++;
  if (!(p = unsigned_number(p))) return nullptr;
  if (*p != 'e') return p;
  const char* end = unsigned_number(p + 1 + (p[1] == '-' || p[1] == '+'));
  return end ? end : p;
}

const char* percentage(const char* p) {
  p = number(p);
  return p && *p == '%' ? p + 1 : nullptr;
}

const char* unit(const char* p) {
  if (!(p = units(p))) return nullptr;
  if (*p != '/' || text(p + 1, "calc(")) return p;
  const char* end = units(p + 1);
  return end ? end : p;
}

const char* dimension(const char* p) {
  p = number(p);
  return p ? unit(p) : nullptr;
}

const char* hex_color(const char* p) {
  const char* end = *p == '#' ? one_or_more_hex(p + 1) : nullptr;
  return end && (end - p == 4 || end - p == 7) ? end : nullptr;
}

const char* hex_color_alpha(const char* p) {
  const char* end = *p == '#' ? one_or_more_hex(p + 1) : nullptr;
  return end && (end - p == 5 || end - p == 9) ? end : nullptr;
}

const char* hex_number(const char* p) {
  const char* end = p[0] == '0' && p[1] == 'x' ? one_or_more_hex(p + 2) : nullptr;
  return end && (end - p == 5 || end - p == 8) ? end : nullptr;
}

const char* quoted_string(const char* p) {
  return *p == '"' || *p == '\'' ? string_with(p, *p) : nullptr;
}

const char* static_string(const char* p) {
  const char* end = quoted_string(p);
  if (!end) return nullptr;
  for (; p < end; p++)
    if (*p == '\\')
      p++;
    else if (*p == '#' && interpolant(p))
      return nullptr;
  return end;
}

const char* at_keyword(const char* p) { return *p == '@' ? identifier(p + 1) : nullptr; }
const char* class_name(const char* p) { return *p == '.' ? identifier(p + 1) : nullptr; }
const char* id_name(const char* p) { return *p == '#' ? identifier_characters(p + 1) : nullptr; }
const char* placeholder(const char* p) {
  return *p == '%' ? identifier_characters(p + 1) : nullptr;
}

const char* attribute_name(const char* p) {
  const char* behind = name_space(p);
  const char* end = behind ? identifier(behind) : nullptr;
  return end ? end : identifier(p);
}

const char* binomial(const char* p) {
  if (*p == '-' || *p == '+') p++;
  while (digit(*p)) p++;
  if (*p != 'n') return nullptr;
  p++;
  while (true) {
    const char* next = optional_whitespace(p);
    if (*next != '-' && *next != '+') return p;
    next = digits(optional_whitespace(next + 1));
    if (!next) return p;
    p = next;
  }
}

const char* type_selector(const char* p) {
  const char* behind = name_space(p);
  if (const char* end = identifier(behind ? behind : p)) return end;
  if (*(behind ? behind : p) == '*') return (behind ? behind : p) + 1;
  if (const char* end = dimension(p)) return end;
  if (const char* end = percentage(p)) return end;
  if (const char* end = number(p)) return end;
  return identifier_characters(p);
}

const char* reference_combinator(const char* p) {
  if (*p != '/') return nullptr;
  const char* end = identifier(p + 1);
  if (!end) return nullptr;
  if (*end == '|' && !(end = identifier(end + 1))) return nullptr;
  return *end == '/' ? end + 1 : nullptr;
}

const char* important(const char* p) { return flag(p, "important"); }
const char* optional_flag(const char* p) { return flag(p, "optional"); }
const char* default_flag(const char* p) { return flag(p, "default"); }
const char* global_flag(const char* p) { return flag(p, "global"); }

const char* functional(const char* p) {
  if (!(p = identifier(p))) return nullptr;
  if (const char* end = block_comment(p)) p = end;
  return *p == '(' ? p + 1 : nullptr;
}

const char* calc(const char* p) {
  if (*p == '-') {
    const char* at = hyphens(p);
    bool any = false;
    while (const char* end = strict_identifier(at)) {
      if (*end != '-') break;
      at = hyphens(end);
      any = true;
    }
    if (any) p = at;
  }
  return word(p, "calc");
}

bool special_function(const char* p) {
  if (calc(p)) return true;
  if (*p == '-' && (alpha(p[1]) || p[1] == '+' || p[1] == '-')) {
    // A prefix takes all letters and hyphens there are, so that nothing may follow it.
    while (alpha(*p) || *p == '+' || *p == '-') p++;
  }
  return word(p, "expression") != nullptr;
}

const char* uri_prefix(const char* p) {
  if (!(p = text(p, "url"))) return nullptr;
  while (*p == '-' && alpha(p[1]))
    for (p++; alpha(*p);) p++;
  return *p == '(' ? p + 1 : nullptr;
}

const char* uri_suffix(const char* p) {
  p = optional_spaces(p);
  return *p == ')' ? p + 1 : nullptr;
}

const char* uri_value(const char* p) {
  while (!uri_suffix(p) && !(p[0] == '#' && p[1] == '{'))
    if (!(p = uri_part(p))) return nullptr;
  return p;
}

const char* uri(const char* p) {
  p = text(p, "url(");
  if (p) p = uri_value(optional_spaces(p));
  return p && *p == ')' ? p + 1 : nullptr;
}

const char* uri_open(const char* p) {
  if (!(p = text(p, "url("))) return nullptr;
  p = optional_spaces(p);
  if (const char* end = quoted_string(p)) return end;
  return uri_value(p);
}

const char* uri_close(const char* p) {
  while (!uri_suffix(p) && !(p[0] == '#' && p[1] == '{'))
    if (!(p = uri_part(p))) return nullptr;
  const char* end = uri_suffix(p);
  return end ? end : p;
}

const char* double_close(const char* p) { return string_part(p, '"'); }
const char* double_open(const char* p) { return *p == '"' ? string_part(p + 1, '"') : nullptr; }
const char* single_close(const char* p) { return string_part(p, '\''); }
const char* single_open(const char* p) { return *p == '\'' ? string_part(p + 1, '\'') : nullptr; }

const char* division(const char* p) {
  if (!(p = number(p))) return nullptr;
  p = optional_spaces(p);
  return *p == '/' ? number(optional_spaces(p + 1)) : nullptr;
}

bool list_ends(const char* p) {
  switch (*p) {
    case '\0':
    case ';':
    case '}':
    case '{':
    case ')':
    case ']':
    case ':': return true;
    case '.': return text(p, "...") != nullptr;
    case '!': return default_flag(p) || global_flag(p);
    default: return false;
  }
}

bool space_list_ends(const char* p) { return *p == ',' || list_ends(p); }

}  // namespace meridian::sass::match
