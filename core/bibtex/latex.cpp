// TeX's commands as Unicode text, by the rules of latex-decode: one pass over the text after the
// other, each as that library's regular expression.
#include "latex_symbols.h"
#include "meridian/bibtex.h"

namespace meridian::bibtex {

namespace {
bool is_brace(char c) { return c == '{' || c == '}'; }
/// Ruby's \w, and letters beyond ASCII.
bool is_word_byte(char c) { return is_alnum(c) || c == '_' || (c & 0x80); }
/// \b between `at - 1`, a word's last byte, and `at`.
bool ends_word(Str s, std::size_t at) { return at >= s.size() || !is_word_byte(s[at]); }

bool is_mark(std::uint32_t c) { return c >= 0x300 && c < 0x370; }
bool is_letter(std::uint32_t c) {
  return is_word(c) && !is_mark(c) && c != '_' && !(c < 128 && is_digit(char(c)));
}
/// Behind a letter and its marks at `at`; `at` when there is none.
std::size_t letter_end(Str s, std::size_t at) {
  std::size_t end = at;
  if (at >= s.size() || !is_letter(decode(s, end))) return at;
  for (std::size_t next = end; next < s.size() && is_mark(decode(s, next));) end = next;
  return end;
}
std::size_t spaces_end(Str s, std::size_t at) {
  while (at < s.size() && is_space(s[at])) at++;
  return at;
}
std::size_t letters_end(Str s, std::size_t at) {
  while (at < s.size() && is_alpha(s[at])) at++;
  return at;
}

// ---- spelling of commands: LaTeX::Decode::Base.normalize ----

/// `\i` and `\j`.
void dotless(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    char c = char_at(s, i + 1);
    if (s[i] == '\\' && (c == 'i' || c == 'j') && ends_word(s, i + 2)) {
      out.add(c == 'i' ? "ı" : "ȷ");
      i++;
    } else {
      out.add(s[i]);
    }
  }
}

/// `\foo\ bar` → `\foo{} bar`
void backslash_spaces(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size();) {
    std::size_t end = s[i] == '\\' ? letters_end(s, i + 1) : i;
    if (end > i + 1 && char_at(s, end) == '\\' && is_space(char_at(s, end + 1))) {
      out.add(slice(s, i, end));
      out.add("{}");
      i = end + 1;
    } else {
      out.add(s[i++]);
    }
  }
}

/// `Aaa\o,` → `Aaa\o{},`
void punctuated(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size();) {
    std::size_t at = i;
    std::uint32_t before = decode(s, at);
    std::size_t name = at + 1, end = name;
    if (char_at(s, at) == '\\' && before != '{' && name < s.size() && is_word_byte(s[name])) {
      decode(s, end);
      if (is_one_of(char_at(s, end), ";,.:%")) {
        out.add(slice(s, i, end));
        out.add("{}");
        out.add(s[end]);
        i = end + 1;
        continue;
      }
    }
    out.add(slice(s, i, at));
    i = at;
  }
}

/// `\c cb` → `\c{cb}`
void spaced_arguments(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    char c = s[i] == '\\' ? char_at(s, i + 1) : ' ';
    std::size_t begin = i, end = i;
    if (c && !is_space(c) && !is_one_of(c, "ijIJ&#${}_~%")) {
      end = begin = spaces_end(s, i + 2);
      while (end < s.size() && (is_alpha(s[end]) || (s[end] & 0x80))) end++;
    }
    if (begin > i + 2 && end > begin && ends_word(s, end)) {
      out.add('\\');
      out.add(c);
      out.add('{');
      out.add(slice(s, begin, end));
      out.add('}');
      i = end - 1;
    } else {
      out.add(s[i]);
    }
  }
}

/// `~` as a space that does not break.
void ties(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    bool first = i == 0 && s[0] == '~';
    if (!first) out.add(s[i]);
    if (first || (s[i] != '\\' && char_at(s, i + 1) == '~')) {
      out.add("\u00a0");
      if (!first) i++;
    }
  }
}

/// `$x$` → `x`
void without_dollars(Str s, Text& out) {
  std::size_t at = 0;
  for (;;) {
    std::size_t open = s.find('$', at);
    if (open == Str::npos) break;
    std::size_t close = s.find('$', open + 1);
    if (close == Str::npos) break;
    out.add(slice(s, at, open));
    if (close == open + 1) {  // an empty one: its second dollar may open another
      out.add('$');
      at = close;
      continue;
    }
    out.add(slice(s, open + 1, close));
    at = close + 1;
  }
  out.add(slice(s, at));
}

// ---- accents ----

constexpr char kAccents[] = "`'^~=.\"";
constexpr Name kAccentMarks[] = {"\u0300", "\u0301", "\u0302", "\u0303",
                                 "\u0304", "\u0307", "\u0308"};

template <bool kBraces>
void accents(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    int accent = s[i] == '\\' ? index_in(kAccents, char_at(s, i + 1)) : -1;
    std::size_t at = i + 2;
    if (accent == 1 && char_at(s, at) == '\'') {  // \''u as \"u
      accent = 6;
      at++;
    }
    if (kBraces) at = char_at(s, at) == '{' ? at + 1 : s.size();
    std::size_t end = accent < 0 ? at : letter_end(s, at);
    if (end == at || (kBraces && char_at(s, end) != '}')) {
      out.add(s[i]);
      continue;
    }
    out.add(slice(s, at, end));
    out.add(kAccentMarks[accent]);
    i = kBraces ? end : end - 1;
  }
}

constexpr char kDiacritics[] = "rHuvGMdckbBt";
constexpr Name kDiacriticMarks[] = {"\u030A", "\u030B", "\u0306", "\u030C", "\u030F", "\u0322",
                                    "\u0323", "\u0327", "\u0328", "\u0331", "\u0335", "\u0361"};

/// `\c{cb}` → `çb`
void diacritics(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    int mark = s[i] == '\\' ? index_in(kDiacritics, char_at(s, i + 1)) : -1;
    if (mark >= 0 && char_at(s, i + 2) == '{') {
      std::size_t at = i + 3, letter = letter_end(s, at), end = letter;
      for (std::size_t next; end < s.size() && (next = letter_end(s, end)) > end;) end = next;
      if (letter > at && char_at(s, end) == '}') {
        out.add(slice(s, at, letter));
        out.add(kDiacriticMarks[mark]);
        out.add(slice(s, letter, end));
        i = end;
        continue;
      }
    }
    out.add(s[i]);
  }
}

// ---- commands ----

/// A command that a table has, with the white space behind it (`spaces`); `{}` goes, too.
void commands(Str s, const SymbolTable& table, bool spaces, bool empty_group, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    if (s[i] == '\\') {
      std::size_t end = i + 1;
      if (char_at(s, end) == ',' && (char_at(s, end + 1) == '{' || is_space(char_at(s, end + 1)) ||
                                     is_word_byte(char_at(s, end + 1))))
        end++;
      else
        while (end < s.size() && is_word_byte(s[end])) end++;
      Str text = table.find(slice(s, i + 1, end));
      if (text.data()) {
        out.add(text);
        std::size_t behind = spaces_end(s, end);
        if (empty_group && char_at(s, end) == '{' && char_at(s, end + 1) == '}')
          end += 2;
        else if (spaces)
          end = behind;
        i = end - 1;
        continue;
      }
    }
    out.add(s[i]);
  }
}

/// Dashes and quotes: runs of a character.
void dashes_and_quotes(Str s, Text& out) {
  constexpr Name kDashes[] = {"-", "–", "—"};
  for (std::size_t i = 0; i < s.size();) {
    char c = s[i];
    std::size_t end = i + 1;
    if (c != '-' && c != '`' && c != '\'') {
      out.add(c);
      i = end;
      continue;
    }
    while (char_at(s, end) == c && (c == '-' || end == i + 1)) end++;
    std::size_t count = end - i;
    if (c == '-') {
      if (count <= 3) out.add(kDashes[count - 1]);
    } else {
      out.add(c == '`' ? count == 2 ? "“" : "‘" : count == 2 ? "”" : "’");
    }
    i = end;
  }
}

/// `\&` → `&`, `\~{}` → `~`, `\ ` → ` `
void escaped(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    char c = s[i] == '\\' ? char_at(s, i + 1) : '\0';
    bool tilde = c == '~' && char_at(s, i + 2) == '{' && char_at(s, i + 3) == '}';
    if (c && (c == ' ' || tilde || is_one_of(c, "$%;#_&"))) {
      out.add(c);
      i += tilde ? 3 : 1;
    } else {
      out.add(s[i]);
    }
  }
}

void without_braces(Str s, Text& out) {
  Text kept;
  bool line_begins = true;
  for (std::size_t i = 0; i < s.size();) {
    if (line_begins && is_brace(s[i])) {
      while (i < s.size() && is_brace(s[i])) i++;
      line_begins = false;
      continue;
    }
    char c = s[i++];
    line_begins = c == '\n';
    kept.add(c);
    if (c == '\\' || !is_brace(char_at(s, i))) continue;
    while (i < s.size() && is_brace(s[i])) i++;
    line_begins = false;
  }
  Str rest = kept.str();
  for (std::size_t i = 0; i < rest.size(); i++)
    if (rest[i] != '\\' || !is_brace(char_at(rest, i + 1))) out.add(rest[i]);
}

/// A text that passes change, one after the other.
class Passes {
 public:
  explicit Passes(Str s) : from_(&first_), to_(&second_) { first_.add(s); }
  template <class Pass>
  void run(Pass pass) {
    to_->truncate(0);
    pass(from_->str(), *to_);
    Text* other = from_;
    from_ = to_;
    to_ = other;
  }
  Str str() const { return from_->str(); }

 private:
  Text first_, second_;
  Text *from_, *to_;
};
}  // namespace

void decode_latex(Str text, Text& out) {
  if (text.find_first_of("\\~$-`'{}") == Str::npos) return add_composed(text, out);
  Passes passes(text);
  bool backslash = text.find('\\') != Str::npos;
  if (backslash) {
    passes.run(dotless);
    passes.run(backslash_spaces);
    passes.run(punctuated);
    passes.run(spaced_arguments);
  }
  if (text.find('~') != Str::npos) passes.run(ties);
  if (text.find('$') != Str::npos) passes.run(without_dollars);
  if (backslash) {
    passes.run(accents<true>);
    passes.run(accents<false>);
    passes.run(diacritics);
    passes.run([](Str s, Text& t) { commands(s, kLetters, false, false, t); });
    passes.run([](Str s, Text& t) { commands(s, kPunctuation, true, true, t); });
  }
  passes.run(dashes_and_quotes);
  if (backslash) {
    passes.run(escaped);
    passes.run([](Str s, Text& t) { commands(s, kSymbols, true, true, t); });
  }
  passes.run(without_braces);
  add_composed(passes.str(), out);
}

}  // namespace meridian::bibtex
