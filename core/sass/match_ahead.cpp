// Lookahead: what a statement or value will be, before it is parsed.
#include "match.h"

namespace meridian::sass::match {

namespace {
/// `$name` or `name`.
const char* name_or_variable(const char* p) { return identifier(*p == '$' ? p + 1 : p); }

/// Values without spaces between them; two numbers can't follow each other, as `2px-1px` is none.
const char* values(const char* p) {
  const char* from = p;
  for (bool was_number = false;;) {
    const char* next = quoted_string(p);
    if (!next) next = identifier(p);
    if (!next) next = percentage(p);
    if (!next) next = hex_color(p);
    bool is_number = !next;
    if (is_number && !was_number && *p != '+') {
      next = dimension(p);
      if (!next) next = number(p);
    }
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

/// Whether an interpolation outside of strings can follow before a value ends: the searches below
/// read on only then. A long row of values asks so at each of them, so the text in which there is
/// none is remembered, and how far it was asked for.
bool interpolates(const char* p) {
  Known& known = progress.no_interpolant;
  if (known.covers(p)) {
    if (p < known.at) known.at = known.behind = known.from;
    const char* from = known.behind;
    while (known.behind <= p) {
      known.at = known.behind;
      known.behind = step_of_value(known.at);
    }
    work_done += std::uint64_t(known.behind - from);
    if (known.at == p) return false;
    // It is within a string, where a value of another nesting may begin.
  }
  const char* at = p;
  while (true) {
    bool found = *at == '#' && at[1] == '{';
    const char* next = found ? at : step_of_value(at);
    if (next != at) {
      at = next;
      continue;
    }
    work_done += std::uint64_t(at - p);
    if (!found && !known.covers(p)) known = {p, at, p, p};
    return found;
  }
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
  while (*p == '-') p++;
  return p;
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
  const char *from = p, *end = nullptr;
  while (true) {
    while (true) {
      const char* next = name_or_variable(p);
      if (!next && *p == '-') next = p + 1;
      if (!next) break;
      p = next;
    }
    if (!(p = interpolant(p))) break;
    work_done += std::uint64_t(p - from);
    from = p;
    while (true) {
      const char* next = digits(p);
      if (!next) next = name_or_variable(p);
      if (!next) next = quoted_string(p);
      if (!next && *p == '-') next = p + 1;
      if (!next) break;
      p = next;
    }
    end = p;
  }
  return end && *end != '%' ? end : nullptr;
}

const char* value_schema(const char* p) {
  if (!interpolates(p)) return nullptr;
  const char* end = nullptr;
  while ((p = interpolant(values(p)))) end = p = values(p);
  return end;
}

const char* functional_schema(const char* p) {
  if (!interpolates(p)) return nullptr;
  const char *from = p, *end = nullptr;
  while (true) {
    while (true) {
      const char* next = identifier(p);
      if (!next && *p == '-') next = p + 1;
      if (!next) break;
      p = next;
    }
    bool any = false;
    while (const char* next = interpolant(p)) {
      const char* behind = digits(next);
      if (!behind) behind = identifier(next);
      if (!behind && (*next == '+' || *next == '-')) behind = next + 1;
      if (!behind) break;
      p = behind;
      any = true;
    }
    if (!any) break;
    end = p;
  }
  work_done += std::uint64_t(p - from);
  return end && *end == '(' ? end : nullptr;
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
  const char* end = nullptr;
  while ((p = selector_part(p))) end = p;
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
