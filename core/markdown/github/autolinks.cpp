#include "autolinks.h"

#include "meridian/text.h"
#include "part.h"

namespace meridian::markdown {

namespace {

/// The longest name of a host (RFC 1035). It also keeps text full of "_www." linear.
constexpr std::size_t kLongestDomain = 253;

bool is_domain(char c) { return is_alnum(c) || c == '-' || c == '_' || c == '.' || (c & 0x80); }

/// Size of the domain at the beginning of `s`, 0 when it is none: no underscore in its last two
/// parts.
std::size_t domain_size(Str s) {
  std::size_t end = 0;
  bool underscores = false, underscores_before = false;
  while (end < s.size() && end <= kLongestDomain && is_domain(s[end])) {
    if (s[end] == '_') underscores = true;
    if (s[end] == '.') {
      underscores_before = underscores;
      underscores = false;
    }
    end++;
  }
  return underscores || underscores_before || end > kLongestDomain ? 0 : end;
}

/// Without the punctuation that ends a sentence, brackets that were not opened, and a character
/// reference.
std::size_t trimmed(Str url) {
  std::size_t end = url.size();
  int open = 0;
  for (char c : url) open += c == '(' ? 1 : c == ')' ? -1 : 0;
  while (end) {
    char c = url[end - 1];
    if (c == ')' && open < 0) {
      open++;
      end--;
    } else if (c == ';') {
      std::size_t name = end - 1;
      while (name && is_alnum(url[name - 1])) name--;
      if (!name || url[name - 1] != '&' || name == end - 1) break;
      end = name - 1;
    } else if (Str("?!.,:*_~'\"").find(c) != Str::npos) {
      end--;
    } else {
      break;
    }
  }
  return end;
}

}  // namespace

std::size_t email_size(Str text, std::size_t at, std::size_t& before) {
  std::size_t begin = at, end = at + 1, dots = 0;
  while (begin && at - begin < kLongestDomain &&
         (is_alnum(text[begin - 1]) || Str(".+-_").find(text[begin - 1]) != Str::npos))
    begin--;
  while (end < text.size() &&
         (is_alnum(text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.'))
    dots += text[end++] == '.' && end < text.size() && is_alnum(text[end]);
  if (text[end - 1] == '.') end--;
  before = at - begin;
  return before && dots && is_alnum(text[end - 1]) ? end - begin : 0;
}

std::size_t url_begin(Str text, std::size_t at) {
  Str before = part(text, 0, at);
  if (text[at] == '.')
    return at > 2 && text[at - 1] == 'w' && ends_with(before, "www") ? at - 3 : Str::npos;
  if (at + 1 == text.size() || text[at + 1] != '/') return Str::npos;
  for (Name scheme : {Name("https"), Name("http"), Name("ftp")})
    if (ends_with(before, scheme)) return at - scheme.size();
  return Str::npos;
}

std::size_t url_size(Str text, std::size_t at) {
  Str s = part(text, at);
  std::size_t scheme = starts_with(s, "http://")    ? 7
                       : starts_with(s, "https://") ? 8
                       : starts_with(s, "ftp://")   ? 6
                                                    : 0;
  char before = at ? text[at - 1] : ' ';
  if (scheme
          ? is_alnum(before)
          : !starts_with(s, "www.") || !(is_space(before) || Str("*_~(").find(before) != Str::npos))
    return 0;
  if (!scheme) scheme = 4;
  std::size_t domain = domain_size(part(s, scheme));
  if (!domain || !(is_alnum(s[scheme]) || (s[scheme] & 0x80))) return 0;
  std::size_t end = scheme + domain;
  while (end < s.size() && !is_space(s[end]) && s[end] != '<') end++;
  std::size_t size = trimmed(part(s, 0, end));
  return size > scheme ? size : 0;
}

}  // namespace meridian::markdown
