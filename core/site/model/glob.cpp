#include "model/glob.h"

#include "meridian/text.h"

namespace meridian::site {

namespace {
/// Reads one `[…]` at `p`: its end when it holds `c`, 0 when it does not, npos when it is not
/// closed.
std::size_t match_class(Str pattern, std::size_t p, char c) {
  std::size_t i = p + 1;
  bool negated = is_one_of(char_at(pattern, i), "!^"), found = false;
  if (negated) i++;
  for (bool first = true; i < pattern.size() && (first || pattern[i] != ']'); first = false) {
    char low = pattern[i++], high = low;
    if (char_at(pattern, i) == '-' && i + 1 < pattern.size() && pattern[i + 1] != ']')
      high = pattern[i + 1], i += 2;
    found |= c >= low && c <= high;
  }
  return i >= pattern.size() ? Str::npos : found != negated ? i + 1 : 0;
}

/// The offset in the pattern behind the element at `p` when that matches `c`; 0 when it does not.
std::size_t match_one(Str pattern, std::size_t p, char c, bool pathname) {
  if (pattern[p] == '?' && !(pathname && c == '/')) return p + 1;
  std::size_t end = pattern[p] == '[' ? match_class(pattern, p, c) : Str::npos;
  if (end != Str::npos) return end;
  if (pattern[p] == '\\' && p + 1 < pattern.size()) p++;
  return pattern[p] == c ? p + 1 : 0;
}

/// Whether a name with a leading dot begins at `t`: as in Dir.glob, only a dot matches it.
bool is_hidden_at(Str text, std::size_t t) {
  return char_at(text, t) == '.' && (!t || text[t - 1] == '/');
}

/// Without alternatives. Backtracks to the last star alone, and to the last `**/`: linear for each.
bool match_plain(Str pattern, Str text, bool pathname) {
  std::size_t p = 0, t = 0, star = Str::npos, star_text = 0, deep = Str::npos, deep_text = 0;
  for (;;) {
    if (pathname && (p == 0 || char_at(pattern, p - 1) == '/') &&
        starts_with(pattern.substr(p), "**/")) {
      deep = p += 3;
      deep_text = t;
      star = Str::npos;
      continue;
    }
    if (char_at(pattern, p) == '*') {
      star = ++p;
      star_text = t;
      continue;
    }
    if (p == pattern.size() && t == text.size()) return true;
    bool both = p < pattern.size() && t < text.size();
    bool hidden = both && pathname && is_hidden_at(text, t) && is_one_of(pattern[p], "?[");
    std::size_t next = both && !hidden ? match_one(pattern, p, text[t], pathname) : 0;
    if (next) {
      p = next;
      t++;
    } else if (star != Str::npos && star_text < text.size() &&
               !(pathname && (text[star_text] == '/' || is_hidden_at(text, star_text)))) {
      p = star;
      t = ++star_text;
    } else if (deep != Str::npos && !is_hidden_at(text, deep_text)) {
      deep_text = text.find('/', deep_text);
      if (deep_text == Str::npos) return false;
      p = deep;
      t = ++deep_text;
      star = Str::npos;
    } else {
      return false;
    }
  }
}
}  // namespace

bool has_glob(Str pattern) { return pattern.find_first_of("*?[{") != Str::npos; }

bool has_hidden_part(Str path) { return char_at(path, 0) == '.' || path.find("/.") != Str::npos; }

bool matches(Str pattern, Str text, bool pathname) {
  std::size_t open = pathname ? pattern.find('{') : Str::npos;
  std::size_t close = open == Str::npos ? open : pattern.find('}', open);
  if (close == Str::npos || pattern.find('{', open + 1) < close)
    return match_plain(pattern, text, pathname);
  // One pair of braces, as authors write it: each alternative in place of the pair.
  constexpr int kMaxAlternatives = 64;
  int tried = 0;
  for (std::size_t from = open + 1; from <= close && tried < kMaxAlternatives; tried++) {
    std::size_t to = pattern.find(',', from);
    if (to > close) to = close;
    Text one;
    one.add(pattern.substr(0, open));
    one.add(pattern.substr(from, to - from));
    one.add(pattern.substr(close + 1));
    if (match_plain(one.str(), text, pathname)) return true;
    from = to + 1;
  }
  return false;
}

std::size_t skip(Str s, std::size_t at, bool (*kind)(char)) {
  while (at < s.size() && kind(s[at])) at++;
  return at;
}

Str without_slashes(Str path) { return path.substr(path.find_first_not_of("/")); }

Str without_slash(Str path) { return starts_with(path, "/") ? path.substr(1) : path; }

Str without_last(Str path, char c) {
  while (char_at(path, path.size() - 1) == c) path.remove_suffix(1);
  return path;
}

Str path_in(Arena& arena, Str folder, Str name) {
  return folder.empty() ? name : arena.join(folder, "/", name);
}

Str file_name(Str path) { return path.substr(path.rfind('/') + 1); }

Str folder_of(Str path) {
  std::size_t slash = path.rfind('/');
  return slash == Str::npos ? Str() : path.substr(0, slash);
}

bool is_index(Str name) { return name == "index" || equal_ignoring_case(name, "readme"); }

bool is_html(Str extension) { return one_of(extension, ".html .htm .xhtml") >= 0; }

Str extension_of(Str path) {
  Str name = file_name(path);
  std::size_t dot = name.rfind('.');
  if (dot == Str::npos || dot == 0 || dot + 1 == name.size()) return {};
  return name.find_first_not_of('.') > dot ? Str() : name.substr(dot);
}

bool has_extension(Str list, Str extension) {
  if (extension.empty()) return false;
  extension.remove_prefix(1);
  for (Str word; next_piece(list, ',', word);)
    if (equal_ignoring_case(strip(word), extension)) return true;
  return false;
}

Str without_extension(Str path) { return path.substr(0, path.size() - extension_of(path).size()); }

std::size_t date_length(Str name) {
  std::size_t at = 0, most = 4;
  for (int part = 0; part < 3; part++, most = 2) {
    std::size_t begin = at;
    at = skip(name, at, is_digit);
    std::size_t digits = at - begin;
    if (digits > most || digits < most / 2 || char_at(name, at++) != '-') return 0;
  }
  return at;
}

}  // namespace meridian::site
