// Scanning of markup: Liquid's regular expressions by hand; each scan is linear.
#include "internal.h"

namespace meridian::liquid {

bool is_word(char c) { return class_of(c) & kWords; }

Str format(Arena& arena, const char* pattern, Str a, Str b, Str c) {
  const Str* parts[] = {&a, &b, &c};
  const Str** part = parts;
  Text text;
  for (; *pattern; pattern++) {
    if (*pattern == '$')
      text.add(**part++);
    else
      text.add(*pattern);
  }
  return arena.copy(text.str());
}
Str format(Arena& arena, const char* pattern, Str a) { return format(arena, pattern, a, a); }

Str digits(Arena& arena, std::int64_t i) { return to_str(arena, i); }

Class class_of(char c) {
  if (is_space(c)) return kSpaces;
  if (is_digit(c)) return kDigits;
  if (is_alpha(c) || c == '_') return kLetters;
  return c == '-' ? kDashes : c == '.' ? kDots : kOthers;
}

std::size_t skip(Str s, std::size_t at, int classes) {
  while (at < s.size() && class_of(s[at]) & classes) at++;
  return at;
}
std::size_t skip_space(Str s, std::size_t at) { return skip(s, at, kSpaces); }
std::size_t skip_word(Str s, std::size_t at) { return skip(s, at, kWords); }
bool is_blank(Str s) { return skip_space(s, 0) == s.size(); }

char peek(Str s, std::size_t at) { return char_at(s, at); }
std::size_t behind(Str s, Str part) { return std::size_t(part.end() - s.data()); }

std::size_t quoted_end(Str s, std::size_t at) {
  char quote = peek(s, at);
  if (quote != '"' && quote != '\'') return at;
  std::size_t close = s.find(quote, at + 1);
  return close == Str::npos ? at : close + 1;
}

std::size_t run_end(Str s, std::size_t at) {
  for (; at < s.size(); at++) {
    std::size_t end = quoted_end(s, at);
    if (end != at)
      at = end - 1;
    else if (is_space(s[at]) || is_one_of(s[at], ",|\"'"))
      break;
  }
  return at;
}

std::size_t fragment_end(Str s, std::size_t at) {
  std::size_t end = quoted_end(s, at);
  return end != at ? end : run_end(s, at);
}

Str find_fragment(Str s) {
  std::size_t end;
  for (std::size_t at = 0; at < s.size(); at++)
    if ((end = fragment_end(s, at)) != at) return slice(s, at, end);
  return {};
}

Str next_fragment(Str& rest) {
  Str fragment = find_fragment(rest);
  rest = fragment.empty() ? fragment : slice(rest, behind(rest, fragment));
  return fragment;
}

namespace {
/// `\w[\w-]*\s*:\s*` at `at`, which moves behind it.
bool attribute_name(Str s, std::size_t& at, Str& name) {
  std::size_t begin = at;
  if (peek(s, at) == '-') return false;
  at = skip(s, at, kWords | kDashes);
  name = slice(s, begin, at);
  std::size_t colon = skip_space(s, at);
  if (at == begin || peek(s, colon) != ':') return false;
  at = skip_space(s, colon + 1);
  return true;
}
}  // namespace

bool next_attribute(Str& rest, Str& name, Str& value) {
  for (std::size_t at = 0; (at = skip(rest, at, ~kWords)) < rest.size();) {
    if (!attribute_name(rest, at, name)) continue;
    std::size_t end = fragment_end(rest, at);
    if (end == at) continue;
    value = slice(rest, at, end);
    rest = slice(rest, end);
    return true;
  }
  return false;
}

bool split_attribute(Str s, Str& name, Str& value) {
  std::size_t at = 0;
  if (!attribute_name(s, at, name) || at == s.size() || run_end(s, at) != s.size()) return false;
  value = slice(s, at);
  return true;
}

Str find_signature(Str s, std::size_t from) {
  for (; from < s.size(); from++) {
    std::size_t end = from;
    for (;;) {  // \(?[\w\-\.\[\]]\)?
      std::size_t at = end + (peek(s, end) == '(');
      char c = peek(s, at);
      if (!(class_of(c) & (kWords | kDashes | kDots)) && c != '[' && c != ']') break;
      end = at + 1;
      end += peek(s, end) == ')';
    }
    if (end != from) return slice(s, from, end);
  }
  return {};
}

}  // namespace meridian::liquid
