// Scanning of markup, by hand what Liquid does with regular expressions; each scan is linear.
#include "internal.h"

namespace meridian::liquid {

bool is_word(char c) { return is_alnum(c) || c == '_'; }

Str say(Arena& arena, const char* format, Str a, Str b, Str c) {
  const Str* parts[] = {&a, &b, &c};
  const Str** part = parts;
  Text text;
  for (; *format; format++) {
    if (*format == '$')
      text.add(**part++);
    else
      text.add(*format);
  }
  return arena.copy(text.str());
}
Str say(Arena& arena, const char* format, Str a) { return say(arena, format, a, a); }

bool is(Str s, const char* word) { return s == Str(word); }
bool begins(Str s, const char* prefix) { return is(slice(s, 0, Str(prefix).size()), prefix); }
bool ends(Str s, const char* suffix) {
  std::size_t size = Str(suffix).size();
  return s.size() >= size && is(slice(s, s.size() - size), suffix);
}

std::size_t quoted_end(Str s, std::size_t at) {
  if (at >= s.size() || (s[at] != '"' && s[at] != '\'')) return at;
  std::size_t close = s.find(s[at], at + 1);
  return close == Str::npos ? at : close + 1;
}

std::size_t run_end(Str s, std::size_t at) {
  while (at < s.size()) {
    char c = s[at];
    if (is_space(c) || c == ',' || c == '|') break;
    std::size_t end = quoted_end(s, at);
    if (end == at && (c == '"' || c == '\'')) break;
    at = end == at ? at + 1 : end;
  }
  return at;
}

std::size_t fragment_end(Str s, std::size_t at) {
  std::size_t end = quoted_end(s, at);
  return end != at ? end : run_end(s, at);
}

bool find_fragment(Str s, std::size_t from, std::size_t& begin, std::size_t& end) {
  for (begin = from; begin < s.size(); begin++)
    if ((end = fragment_end(s, begin)) != begin) return true;
  return false;
}

Str next_fragment(Str& rest) {
  std::size_t begin, end;
  if (!find_fragment(rest, 0, begin, end)) return rest = {};
  Str fragment = slice(rest, begin, end);
  rest.remove_prefix(end);
  return fragment;
}

std::size_t skip_space(Str s, std::size_t at) {
  while (at < s.size() && is_space(s[at])) at++;
  return at;
}

std::size_t skip_word(Str s, std::size_t at) {
  while (at < s.size() && is_word(s[at])) at++;
  return at;
}

namespace {
/// `\w[\w-]*\s*:\s*` at `at`, which moves behind it.
bool attribute_name(Str s, std::size_t& at, Str& name) {
  std::size_t begin = at;
  if (at >= s.size() || !is_word(s[at])) return false;
  while (at < s.size() && (is_word(s[at]) || s[at] == '-')) at++;
  name = slice(s, begin, at);
  std::size_t colon = skip_space(s, at);
  if (colon >= s.size() || s[colon] != ':') return false;
  at = skip_space(s, colon + 1);
  return true;
}
}  // namespace

bool next_attribute(Str& rest, Str& name, Str& value) {
  for (std::size_t at = 0; at < rest.size();) {
    if (!is_word(rest[at])) {
      at++;
      continue;
    }
    if (!attribute_name(rest, at, name)) continue;
    std::size_t end = fragment_end(rest, at);
    if (end == at) continue;
    value = slice(rest, at, end);
    rest.remove_prefix(end);
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

namespace {
bool is_signature(char c) { return is_word(c) || c == '-' || c == '.' || c == '[' || c == ']'; }
}  // namespace

bool find_signature(Str s, std::size_t from, std::size_t& begin, std::size_t& end) {
  for (begin = from; begin < s.size(); begin++) {
    end = begin;
    for (;;) {  // \(?[\w\-\.\[\]]\)?
      std::size_t at = end + (end < s.size() && s[end] == '(');
      if (at >= s.size() || !is_signature(s[at])) break;
      end = at + 1;
      if (end < s.size() && s[end] == ')') end++;
    }
    if (end != begin) return true;
  }
  return false;
}

}  // namespace meridian::liquid
