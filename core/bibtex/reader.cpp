// Reads BibTeX: bibtex-ruby's lexer and grammar. Mistakes that it gives up on leave out one entry.
#include "meridian/bibtex.h"
#include "private.h"

namespace meridian::bibtex {

namespace {
constexpr char kNoValue[] = "a field has no value";
constexpr char kWriteValue[] = "write name = {value}";

/// Of the names of fields and strings.
bool is_name(char c) { return is_alnum(c) || (c & 0x80) || is_one_of(c, "/:_!$?.%+&*-"); }
bool is_word(char c) { return is_alnum(c) || is_one_of(c, ":_!.$%&*-"); }
bool is_blank(char c) { return c == ' ' || c == '\t'; }

Str in_lower_case(Arena& arena, Str s) {
  Text t;
  for (char c : s) t.add(lower(c));
  return arena.copy(t.str());
}

class Reader {
 public:
  Reader(const Source& source, Bibliography& out, Diagnostics& diagnostics)
      : arena_(out.arena), source_(source), s_(source.text), out_(out), diagnostics_(diagnostics) {}

  void read_all() {
    while ((at_ = s_.find('@', at_)) != Str::npos) {
      begin_ = at_++;
      skip(is_blank);
      Str word = take(is_word);
      if (equal_ignoring_case(word, "comment"))
        read_comment();
      else if (next() != '{')
        (void)(word.empty() || next() != '(' ||
               fail(begin_, "an entry is in parentheses", "write braces: @article{key, …}"));
      else if (equal_ignoring_case(word, "string"))
        read_string();
      else if (equal_ignoring_case(word, "preamble"))
        read_preamble();
      else if (!word.empty())
        read_entry(word);
    }
  }

 private:
  template <class Class>
  void skip(Class is) {
    while (at_ < s_.size() && is(s_[at_])) at_++;
  }
  template <class Class>
  Str take(Class is) {
    std::size_t begin = at_;
    skip(is);
    return slice(s_, begin, at_);
  }
  /// The next character that is no space.
  char next() {
    skip([](char c) { return is_space(c); });
    return char_at(s_, at_);
  }

  bool fail(std::size_t offset, Str message, Str remedy) {
    diagnostics_.add(Severity::Error, source_, offset, message, remedy);
    at_ = next_object(at_);
    return false;
  }
  /// The entry has no end. From now on an object at the begin of a line ends what is open, so that
  /// no further one has all the rest of the file read twice.
  bool fail_open() {
    at_ = next_object(begin_ + 1);
    strict_ = true;
    diagnostics_.add(Severity::Error, source_, begin_, "this entry is not closed, and is skipped",
                     "check that every brace and quote in it has its partner");
    return false;
  }
  /// Offset of the next `@` that is first on its line, from this byte on.
  std::size_t next_object(std::size_t from) const {
    std::size_t line = from;
    while (line && is_blank(s_[line - 1])) line--;
    if (char_at(s_, from) == '@' && (!line || s_[line - 1] == '\n')) return from;
    for (std::size_t at = from; (at = s_.find('\n', at)) != Str::npos;) {
      at++;
      while (at < s_.size() && is_blank(s_[at])) at++;
      if (char_at(s_, at) == '@') return at;
    }
    return s_.size();
  }
  /// Whether an entry begins on the line that begins at `at`.
  bool begins_object(std::size_t at) const {
    while (is_blank(char_at(s_, at))) at++;
    if (char_at(s_, at) != '@' || !is_alpha(char_at(s_, at + 1))) return false;
    at++;
    while (at < s_.size() && is_word(s_[at])) at++;
    return char_at(s_, at) == '{';
  }

  /// Behind the brace or quote that closes what `at_` is behind the begin of; `level` counts the
  /// braces that are open in it. False when there is none.
  bool find_end(char end, Str& text) {
    std::size_t begin = at_;
    for (int level = 0; at_ < s_.size(); at_++) {
      char c = s_[at_];
      if (c == end && !level) {
        text = slice(s_, begin, at_++);
        return true;
      }
      if (c == '{')
        level++;
      else if (c == '}' && --level < 0)
        return fail(begin - 1, "a quote has one closing brace too many", "pair the braces");
      else if (c == '\n' && strict_ && begins_object(at_ + 1))
        break;
    }
    return fail_open();
  }

  void read_comment() {
    Str text;
    if (next() != '{') return;
    at_++;
    (void)find_end('}', text);
  }

  /// Texts and symbols with `#` between them.
  bool read_value(List<Token>& tokens) {
    do {
      char c = next();
      Str text;
      if (c == '{' || c == '"') {
        at_++;
        if (!find_end(c == '{' ? '}' : '"', text)) return false;
        tokens.add(arena_, {text, false});
      } else {
        std::size_t begin = at_;
        text = take(is_name);
        if (at_ >= s_.size()) return fail_open();
        if (text.empty()) return fail(begin, kNoValue, kWriteValue);
        bool number = is_digit(text[0]);
        tokens.add(arena_, {number ? text : in_lower_case(arena_, text), !number});
      }
    } while (next() == '#' && ++at_);
    return true;
  }

  /// `name = value`
  bool read_assignment(Str& name, List<Token>& tokens) {
    std::size_t begin = at_;
    name = in_lower_case(arena_, take(is_name));
    if (next() != '=' || name.empty()) {
      if (at_ >= s_.size()) return fail_open();
      return name.empty() ? fail(begin, "a field is expected here, and this entry is skipped",
                                 "write name = {value}, and a comma behind each")
                          : fail(begin, arena_.join("`", name, "` has no value here"), kWriteValue);
    }
    at_++;
    return read_value(tokens);
  }

  /// The end of an object: `}`.
  bool read_close() {
    if (next() == '}') return ++at_;
    return at_ >= s_.size() ? fail_open()
                            : fail(at_, "a comma or a closing brace is expected here",
                                   "write a comma behind each field, and pair the braces");
  }

  void read_preamble() {
    List<Token> tokens;
    at_++;
    if (read_value(tokens)) (void)read_close();
  }

  void read_string() {
    at_++;
    next();
    Str name;
    auto* string = arena_.make<String>();
    string->source = &source_;
    string->offset = begin_;
    if (read_assignment(name, string->tokens) && read_close()) out_.strings.set(name, string);
  }

  /// A key is all up to the comma, on one line.
  bool read_key(Str& key) {
    at_++;
    next();
    std::size_t begin = at_;
    while (at_ < s_.size() && !is_one_of(s_[at_], ",\n=}")) at_++;
    key = strip(slice(s_, begin, at_));
    if (!key.empty() && char_at(s_, at_) != '=' && (next() == ',' || next() == '}')) return true;
    at_ = begin;
    return fail(begin, "the entry has no key, and is skipped",
                "write one behind the brace: @article{key, …}");
  }

  void read_entry(Str word) {
    auto* entry = arena_.make<Entry>();
    entry->type = in_lower_case(arena_, word);
    entry->source = &source_;
    entry->offset = begin_;
    if (!read_key(entry->key)) return;
    while (next() == ',') {
      at_++;
      if (next() == '}' || next() == ',') continue;
      Str name;
      List<Token> tokens;
      if (!read_assignment(name, tokens)) return;
      auto* field = const_cast<Field*>(entry->find(name));
      if (field)
        field->tokens = tokens;
      else if (entry->fields.size < kMaxFields)
        entry->fields.add(arena_, {name, tokens, false, {}});
      else if (entry->fields.size == kMaxFields)
        diagnostics_.add(Severity::Warning, source_, begin_,
                         "the entry has more than 250 fields: the rest is skipped",
                         "keep those that are shown");
    }
    if (read_close()) add_entry(out_, entry);
  }

  Arena& arena_;
  const Source& source_;
  Str s_;
  std::size_t at_ = 0, begin_ = 0;
  bool strict_ = false;
  Bibliography& out_;
  Diagnostics& diagnostics_;
};
}  // namespace

void read(const Source& source, Bibliography& out, Diagnostics& diagnostics) {
  Source* kept = out.arena.make<Source>(source.path, source.text);
  Reader(*kept, out, diagnostics).read_all();
}

}  // namespace meridian::bibtex
