// Lookahead: what a statement or value will be, before it is parsed.
#include "match.h"

namespace meridian::sass::match {

namespace {
/// `$name` or `name`.
const char* name_or_variable(const char* p) { return identifier(*p == '$' ? p + 1 : p); }

/// A value that is no number.
const char* other_value(const char* p) {
  if (const char* end = quoted_string(p)) return end;
  if (const char* end = identifier(p)) return end;
  if (const char* end = percentage(p)) return end;
  return hex_color(p);
}

const char* number_value(const char* p) {
  if (*p == '+') return nullptr;
  const char* end = dimension(p);
  return end ? end : number(p);
}

const char* one_value(const char* p) {
  const char* end = other_value(p);
  return end ? end : number_value(p);
}

/// Values without spaces between them; two numbers can't follow each other, as `2px-1px` is none.
const char* values(const char* p) {
  const char* from = p;
  for (bool was_number = false;;) {
    const char* next = other_value(p);
    bool is_number = !next;
    if (is_number && !was_number) next = number_value(p);
    if (!next) {
      work_done += std::uint64_t(p - from);
      return p;
    }
    was_number = is_number;
    p = next;
  }
}

/// The next place at which a value or a part of it may begin; an end of values stays.
const char* step_of_value(const char* p) {
  switch (*p) {
    case '\0':
    case ' ':
    case '\t':
    case '\n':
    case '\r':
    case ';':
    case '{':
    case '}':
    case ',':
    case '(':
    case ')':
    case '[':
    case ']':
    case ':': return p;
    case '"':
    case '\'': {
      const char* end = quoted_string(p);
      return end ? end : p;
    }
    case '\\':
      // As far as any escape reaches: white space may be part of it.
      if (!*++p) return p;
      while (hex(*p)) p++;
      return p[-1] == '\\' ? p + 1 : optional_spaces(p);
    default: return p + 1;
  }
}

bool opens_interpolant(const char* p) { return p[0] == '#' && p[1] == '{'; }

/// Whether an interpolation outside of strings can follow before a value ends: the searches below
/// read on only then. A long row of values asks so at each of them.
bool interpolates(const char* p) {
  Known& known = progress.no_interpolant;
  // Else it may be within a string, where a value of another nesting may begin.
  if (begins_part(known, p, step_of_value)) return opens_interpolant(known.to);
  const char* at = p;
  while (!opens_interpolant(at)) {
    const char* next = step_of_value(at);
    if (next == at) break;
    at = next;
  }
  work_done += std::uint64_t(at - p);
  if (!known.covers(p)) known = {p, at, p, p};
  return opens_interpolant(at);
}

const char* static_component(const char* p) {
  if (const char* end = identifier(p)) return end;
  if (const char* end = static_string(p)) return end;
  if (const char* end = percentage(p)) return end;
  if (const char* end = hex_color(p)) return end;
  if (const char* end = hex_color_alpha(p)) return end;
  if (*p == '|') return p + 1;
  if (const char* end = dimension(p)) return end;
  if (const char* end = number(p)) return end;
  return *p == '!' ? word(p + 1, "important") : nullptr;
}

const char* selector_token(const char* p) {
  if (const char* end = optional_flag(p)) return end;
  if (*p == '*') return p + 1;
  if (const char* end = quoted_string(p)) return end;
  if (const char* end = interpolant(p)) return end;
  if (const char* end = identifier(p)) return end;
  if (const char* end = variable(p)) return end;
  if (const char* end = percentage(p)) return end;
  if (const char* end = binomial(p)) return end;
  if (const char* end = dimension(p)) return end;
  // All digits of a row that is none of these: each would be tried up to the end of the row.
  if (const char* end = digits(p)) return end;
  return is_alnum(*p) ? p + 1 : nullptr;
}

const char* hyphens_and_token(const char* p) {
  while (*p == '-') p = optional_spaces(p + 1);
  return selector_token(p);
}

/// `/deep/`.
const char* deep_combinator(const char* p) {
  if (*p != '/') return nullptr;
  const char* end = name_or_interpolant(p + 1);
  if (end && *end == '|') end = name_or_interpolant(end + 1);
  return end && *end == '/' ? end + 1 : nullptr;
}

const char* selector_part(const char* p) {
  if (const char* end = spaces(p)) return end;
  if (const char* end = block_comment(p)) return end;
  if (const char* end = line_comment(p)) return end;
  if (const char* end = deep_combinator(p)) return end;
  if (is_one_of(*p, "*&%,()[]+~>=")) return p + 1;
  if (*p && p[1] == '=' && is_one_of(*p, "~|^$")) return p + 2;
  if (const char* end = name_space(p)) p = end;
  if ((*p == '#' && p[1] != '{') || *p == '.') {
    p++;
  } else {
    if (*p == ':') p += p[1] == ':' ? 2 : 1;
    if (uri_prefix(p)) return nullptr;
  }
  if (!(p = hyphens_and_token(p))) return nullptr;
  while (const char* end = hyphens_and_token(p)) p = end;
  return hyphens(p);
}

const char* custom(const char* p, const char* stops) {
  if (!text(p, "url(")) {
    const char* end = p;
    while (*end && !is_one_of(*end, stops)) end++;
    if (end > p) return end;
  }
  if (*p == '#' && p[1] != '{') return p + 1;
  if (*p == '/' && p[1] != '*') return p + 1;
  if (const char* end = static_string(p)) return end;
  if (const char* end = uri(p)) return end;
  return block_comment(p);
}

const char* ie_name(const char* p) {
  if (const char* end = variable(p)) return end;
  if (const char* end = identifier_schema(p)) return end;
  return identifier(p);
}

const char* schema_or_name(const char* p) {
  const char* end = identifier_schema(p);
  return end ? end : identifier(p);
}

const char* ie_value(const char* p) {
  if (const char* end = ie_name(p)) return end;
  if (const char* end = quoted_string(p)) return end;
  if (const char* end = number(p)) return end;
  if (const char* end = hex_color(p)) return end;
  return hex_color_alpha(p);
}

const char* ie_pair(const char* p) {
  if (!(p = ie_name(p))) return nullptr;
  p = optional_whitespace(p);
  return *p == '=' ? ie_value(optional_whitespace(p + 1)) : nullptr;
}

const char* ie_pairs(const char* p) {
  if (!(p = ie_pair(p))) return nullptr;
  while (true) {
    const char* next = optional_whitespace(p);
    if (*next != ',' || !(next = ie_pair(optional_whitespace(next + 1)))) return p;
    p = next;
  }
}

/// What a name with interpolations may have in front of the first one, and that one.
const char* name_part_or_interpolant(const char* p) {
  if (const char* end = name_or_variable(p)) return end;
  return *p == '-' ? hyphens(p) : interpolant(p);
}

/// The same, and what it may have behind it.
const char* schema_part(const char* p) {
  if (const char* end = digits(p)) return end;
  if (const char* end = name_part_or_interpolant(p)) return end;
  return quoted_string(p);
}

/// A part of the name of a call, each of whose interpolations has something behind it.
const char* functional_part(const char* p) {
  if (const char* end = identifier(p)) return end;
  if (*p == '-') return hyphens(p);
  if (!(p = interpolant(p))) return nullptr;
  if (const char* end = digits(p)) return end;
  if (const char* end = identifier(p)) return end;
  return *p == '+' || *p == '-' ? p + 1 : nullptr;
}

const char* progid(const char* p) {
  if (!(p = word(p, "progid")) || *p != ':' || !(p = schema_or_name(p + 1))) return nullptr;
  while (*p == '.') {
    const char* end = schema_or_name(p + 1);
    if (!end) break;
    p = end;
  }
  while (*p == '(') {
    const char* at = optional_whitespace(p + 1);
    if (const char* end = ie_pairs(at)) at = end;
    at = optional_whitespace(at);
    if (*at != ')') break;
    p = at + 1;
  }
  return p;
}
}  // namespace

const char* identifier_schema(const char* p) {
  if (!interpolates(p)) return nullptr;
  Known& known = progress.no_identifier;
  if (begins_part(known, p, schema_part)) return nullptr;
  const char *from = p, *end = nullptr;
  while (const char* next = end ? schema_part(p) : name_part_or_interpolant(p)) {
    if (end || *p == '#') end = next;
    p = next;
  }
  work_done += std::uint64_t(p - from);
  if (end && *end != '%') return end;
  known = {from, p, from, from};
  return nullptr;
}

const char* value_schema(const char* p) {
  if (!interpolates(p)) return nullptr;
  Known& known = progress.no_value;
  if (begins_part(known, p, one_value)) return nullptr;
  const char *from = p, *end = nullptr;
  const char* first = p = values(p);
  while ((p = interpolant(p))) end = p = values(p);
  if (!end) known = {from, first, from, from};
  return end;
}

const char* functional_schema(const char* p) {
  if (!interpolates(p)) return nullptr;
  Known& known = progress.no_functional;
  if (begins_part(known, p, functional_part)) return nullptr;
  const char *from = p, *end = nullptr;
  while (const char* next = functional_part(p)) {
    if (*p == '#') end = next;
    p = next;
  }
  work_done += std::uint64_t(p - from);
  if (end && *end == '(') return end;
  known = {from, p, from, from};
  return nullptr;
}

const char* static_value(const char* p) {
  if (!(p = static_component(p))) return nullptr;
  while (const char* next = identifier(p)) p = next;
  while (true) {
    const char* next = optional_spaces(p);
    if (*next == '/' || *next == ',')
      next = optional_spaces(next + 1);
    else if (next == p)
      break;
    if (!(next = static_component(next))) break;
    p = next;
  }
  p = optional_spaces(p);
  return *p == ';' || *p == '}' ? p + 1 : nullptr;
}

const char* selector_list(const char* p) {
  if (*p == '&' && p[1] == '-') {
    const char* end = p + 1;
    while (*end == '-') end++;
    if (word_ends(end)) return optional_spaces(end);
  }
  Known& known = progress.selectors;
  if (begins_part(known, p, selector_part)) return known.to;
  const char *end = nullptr, *from = p;
  while ((p = selector_part(p))) end = p;
  if (end) known = {from, end, from, from};
  return end;
}

const char* value_end(const char* p) {
  while (*p != '{' && *p != '}' && *p != ';') {
    const char* next = block_comment(p);
    if (!next) {
      next = interpolant(p);
      if (!next && (next = parentheses(p))) next = interpolant(next);
      if (next)
        if (const char* end = quoted_string(next)) next = end;
    }
    if (!next) next = identifier(p);
    if (!next) next = variable(p);
    if (!next) return nullptr;
    p = next;
  }
  return p;
}

const char* custom_value(const char* p) { return custom(p, "()[]{}\"'#/"); }
const char* custom_top_value(const char* p) { return custom(p, "()[]{}\"'#/;"); }

const char* ie_property(const char* p) {
  if (const char* at = word(p, "expression"))
    if (const char* end = parentheses(at)) return end;
  return progid(p);
}

const char* ie_keyword_value(const char* p) {
  if (const char* end = ie_value(p)) return end;
  return parentheses(p);
}

const char* ie_keyword_argument(const char* p) {
  if (!(p = ie_name(p))) return nullptr;
  p = optional_whitespace(p);
  return *p == '=' ? ie_keyword_value(optional_whitespace(p + 1)) : nullptr;
}

}  // namespace meridian::sass::match
