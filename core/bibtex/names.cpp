// Names of persons: the grammar of bibtex-ruby (names.y).
//
// A word counts as lower case by its first letter outside of braces; one without such a letter
// counts as upper case. Without a comma, what stands before the first word in lower case is First,
// the words up to the last one in lower case are von, the rest is Last. Names with Chinese,
// Japanese or Korean characters have Last first.
#include "meridian/bibtex.h"

namespace meridian::bibtex {

namespace {
struct Word {
  Str text;
  bool lower;
  /// A comma, not a word.
  bool comma;
};

bool is_han(std::uint32_t c) {
  return (c >= 0x3041 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
         (c >= 0xac00 && c <= 0xd7a3) || (c >= 0xf900 && c <= 0xfaff) ||
         (c >= 0x1100 && c <= 0x11ff) || (c >= 0x20000 && c <= 0x3ffff) || c == 0x3005;
}

class NameParser {
 public:
  NameParser(Arena& arena, Str text) : arena_(arena), s_(text) {}

  bool parse(List<Person>& out) {
    bool good = true;
    bool more = true;
    while (more) {
      more = read_words();
      if (words_.empty() && !more && out.empty()) break;
      Person name{};
      if (!build(name)) {
        good = false;
        name = {};
        name.last = raw_;
        if (raw_.empty()) continue;
      }
      out.add(arena_, name);
    }
    return good;
  }

 private:
  /// Words and commas up to ` and ` or the end; whether there was an `and`.
  bool read_words() {
    words_.size = 0;
    last_first_ = false;
    std::size_t begin = at_;
    while (at_ < s_.size()) {
      std::size_t end = and_end();
      if (end) {
        push_word();
        raw_ = strip(slice(s_, begin, at_));
        at_ = end;
        return true;
      }
      char c = s_[at_];
      if (is_space(c)) {
        push_word();
        while (is_space(char_at(s_, at_))) at_++;
      } else if (c == ',') {
        push_word();
        words_.add(arena_, {s_.substr(at_++, 1), false, true});
      } else {
        read_part();
      }
    }
    push_word();
    raw_ = strip(slice(s_, begin, at_));
    return false;
  }

  /// End of `, and ` at this place; 0 when there is none.
  std::size_t and_end() const {
    std::size_t at = at_;
    if (char_at(s_, at) == ',') at++;
    std::size_t space = at;
    while (is_space(char_at(s_, at))) at++;
    if (at == space || !equal_ignoring_case(s_.substr(at, 3), "and") ||
        !is_space(char_at(s_, at + 3)))
      return 0;
    at += 3;
    while (is_space(char_at(s_, at))) at++;
    return at;
  }

  /// One character, or what stands in braces.
  void read_part() {
    if (word_ == Str::npos) {
      word_ = at_;
      known_ = false;
      lower_ = false;
    }
    char c = s_[at_];
    if (c == '\\') {
      at_++;
      if (at_ < s_.size()) decode(s_, at_);
      return;
    }
    if (c == '{') {
      int level = 0;
      do {
        level += s_[at_] == '{' ? 1 : s_[at_] == '}' ? -1 : 0;
        at_++;
      } while (at_ < s_.size() && level);
      return;
    }
    std::uint32_t point = decode(s_, at_);
    last_first_ |= is_han(point);
    if (known_) return;
    bool is_upper = downcase(point) != point, is_lower = upcase(point) != point;
    known_ = is_upper || is_lower;
    lower_ = !is_upper && is_lower;
  }

  void push_word() {
    if (word_ == Str::npos) return;
    words_.add(arena_, {slice(s_, word_, at_), lower_, false});
    word_ = Str::npos;
  }

  /// Words `from` up to `to` with a space between them; absent when there are none.
  Str joined(std::uint32_t from, std::uint32_t to) const {
    if (from >= to) return {};
    Text t;
    for (std::uint32_t i = from; i < to; i++) {
      if (i > from) t.add(' ');
      t.add(words_[i].text);
    }
    return arena_.copy(t.str());
  }

  /// Of words `from` to `to`, the first that is Last, behind von; `to` when the grammar has no such
  /// name.
  std::uint32_t last_begin(std::uint32_t from, std::uint32_t to) const {
    std::uint32_t begin = to;
    while (begin > from && !words_[begin - 1].lower) begin--;
    if (begin == from || begin < to) return begin;
    // The last word is in lower case: it is Last when the one before it is, too.
    return to - from == 1 || words_[to - 2].lower ? to - 1 : to;
  }

  bool build(Person& name) const {
    std::uint32_t n = words_.size, commas[3], count = 0;
    for (std::uint32_t i = 0; i < n; i++)
      if (words_[i].comma && count < 3) commas[count++] = i;
    if (!n || count > 2) return false;
    if (count) {
      std::uint32_t end = commas[0], last = last_begin(0, end);
      if (last == end) return false;
      name.prefix = joined(0, last);
      name.last = joined(last, end);
      name.suffix = count == 2 ? joined(end + 1, commas[1]) : Str();
      name.first = joined(commas[count - 1] + 1, n);
      return true;
    }
    return last_first_ ? build_last_first(name) : build_first_last(name);
  }

  bool build_first_last(Person& name) const {
    std::uint32_t n = words_.size, von = 0;
    while (von < n && !words_[von].lower) von++;
    if (von >= n - 1) {  // no von
      name.first = joined(0, n - 1);
      name.last = words_[n - 1].text;
      return true;
    }
    std::uint32_t last = last_begin(von, n);
    if (last == n || last == von) return false;
    name.first = joined(0, von);
    name.prefix = joined(von, last);
    name.last = joined(last, n);
    return true;
  }

  bool build_last_first(Person& name) const {
    std::uint32_t n = words_.size, von = 0, last = 0;
    while (von < n && !words_[von].lower) von++;
    if (von + 1 < n) {
      last = last_begin(von, n);
      if (last == n) return false;
      name.prefix = joined(0, last);
    }
    name.last = words_[last].text;
    name.first = joined(last + 1, n);
    return true;
  }

  Arena& arena_;
  Str s_, raw_;
  std::size_t at_ = 0, word_ = Str::npos;
  /// Of the word that is being read: whether its case is known, and which.
  bool known_ = false, lower_ = false;
  bool last_first_ = false;
  List<Word> words_;
};
}  // namespace

bool parse_names(Arena& arena, Str text, List<Person>& out) {
  return NameParser(arena, text).parse(out);
}

}  // namespace meridian::bibtex
