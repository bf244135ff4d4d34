#include "options.h"

namespace meridian::scholar {

namespace {
/// Long names, in the order of their letters.
constexpr char kLong[] =
    "cited cited_in_order clear remove_duplicates suppress_author file query "
    "bibliography_list_tag prefix text locator label offset max style group_by group_order "
    "type_order template publications";
constexpr char kShort[] = "cC\1rAfqhptlLomsgGOT\2";
/// Options up to this one take no text.
constexpr int kFlags = 5;

bool is_word_byte(char c) { return is_alnum(c) || c == '_' || (c & 0x80); }

/// The option at `at`, which moves behind it; -1 when none begins there. Options may follow each
/// other and their text directly, as the tag splits what it is given.
int option_at(Str s, std::size_t& at) {
  if (s[at] != '-' || (at && is_word_byte(s[at - 1]))) return -1;
  if (char_at(s, at + 1) != '-') {
    int number = index_in(kShort, char_at(s, at + 1));
    if (number >= 0) at += 2;
    return number;
  }
  Str rest = kLong, name;
  int best = -1;
  std::size_t length = 0;
  for (int i = 0; next_piece(rest, ' ', name); i++)
    if (name.size() > length && starts_with(s.substr(at + 2), name)) {
      best = i;
      length = name.size();
    }
  if (best >= 0) at += 2 + length;
  return best;
}

Str unquoted(Str s) {
  bool quoted = s.size() > 1 && is_one_of(s[0], "\"'") && s.back() == s[0];
  return quoted ? slice(s, 1, s.size() - 1) : s;
}

void set(Options& o, Arena& arena, int option, Str text) {
  switch (index_in(kShort, kShort[option])) {
    case 0: o.cited = true; break;
    case 1: o.cited = o.in_order = true; break;
    case 2: o.clear = true; break;
    case 3:
      o.remove_duplicates = true;
      o.duplicates = text;
      break;
    case 4: o.suppress_author = true; break;
    case 5: o.files.add(arena, text); break;
    case 6: o.query = text; break;
    case 7: o.list_tag = text; break;
    case 8: o.prefix = text; break;
    case 9: o.text = text; break;
    case 10: o.locators.add(arena, text); break;
    case 11: o.labels.add(arena, text); break;
    case 12: o.offset = parse_int(text); break;
    case 13: o.max = parse_int(text); break;
    case 14: o.style = text; break;
    case 15:
    case 17: o.group_by = text; break;
    case 16: o.group_order = text; break;
    case 18: o.template_name = text; break;
    default: o.publications = text;
  }
}
}  // namespace

Options read_options(Arena& arena, Str markup) {
  Options options;
  int option = -1;
  std::size_t begin = 0, at = 0;
  bool keys = true;
  auto finish = [&](std::size_t end) {
    Str text = strip(slice(markup, begin, end));
    if (keys)
      for (std::size_t i = 0; i < text.size();) {
        std::size_t from = i;
        while (i < text.size() && !is_space(text[i])) i++;
        options.keys.add(arena, slice(text, from, i));
        while (i < text.size() && is_space(text[i])) i++;
      }
    else if (option < kFlags || !text.empty())
      set(options, arena, option, unquoted(text));
  };
  while (at < markup.size()) {
    std::size_t end = at;
    int next = option_at(markup, at);
    if (next < 0) {
      at++;
      continue;
    }
    finish(end);
    keys = false;
    option = next;
    begin = at;
  }
  finish(markup.size());
  return options;
}

}  // namespace meridian::scholar
