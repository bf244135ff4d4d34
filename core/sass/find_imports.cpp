// The addresses that a sheet imports, found without parsing it: the compiler makes SCSS of the
// indented syntax, too.
#include "indented.h"

namespace meridian::sass {

namespace {
constexpr const char* kRules[] = {"@import", "@use", "@forward"};
constexpr char kLoadCss[] = "load-css(";

/// Whether what a scan looks for may begin with the character.
struct Beginnings {
  bool has[256] = {};
  constexpr Beginnings() {
    for (char c : {'/', '"', '\'', '@', 'u', 'U', 'l', '\\'})
      has[static_cast<unsigned char>(c)] = true;
  }
};
constexpr Beginnings kBeginnings;

/// Scans a sheet for at-rules that import, past comments, strings and `url(…)`, with the tokens
/// that the parser has (match.h).
class Scanner {
 public:
  Scanner(Arena& arena, Str text, List<Import>& imports)
      : arena_(arena), text_(text), imports_(imports) {}

  /// Whether there is @use or @forward.
  bool scan() {
    while (at_ < text_.size()) {
      char c = text_[at_];
      if (!kBeginnings.has[static_cast<unsigned char>(c)]) {
        at_++;
        continue;
      }
      bool past = c == '/'                ? skip_comment()
                  : c == '"' || c == '\'' ? skip_string()
                  : c == '@'              ? import_rule()
                  : c == '\\'             ? skip_escape()
                  : (c | 32) == 'u'       ? skip_url()
                                          : c == 'l' && load_css();
      if (!past) at_++;
    }
    return modules_;
  }

 private:
  bool starts(Str word) const { return starts_with(text_.substr(at_, word.size()), word); }
  /// Goes past the next `end`, or to the end of the text.
  bool skip_past(Str end) {
    at_ = text_.find(end, at_);
    at_ = at_ == Str::npos ? text_.size() : at_ + end.size();
    return true;
  }
  bool skip_comment() {
    if (text_[at_] != '/') return false;
    if (starts("//")) return skip_past("\n");
    if (!starts("/*")) return false;
    at_ += 2;
    return skip_past("*/");
  }
  bool skip_escape() {
    at_ += 2;
    return true;
  }
  /// The `}` of an interpolation that begins at `open`; `open` when it has none, as those behind it
  /// then. Quotes within are counted one by one, as the parser does.
  std::size_t interpolation_end(std::size_t open) {
    bool single = false, twice = false;
    std::size_t level = 1;
    for (std::size_t at = open + 2; !unclosed_interpolation_ && at < text_.size(); at++) {
      char c = text_[at];
      if (c == '\\') at++;
      if (c == '"') twice = !twice;
      if (c == '\'') single = !single;
      if (single || twice) continue;
      if (c == '{' && text_[at - 1] == '#') level++;
      if (c == '}' && !--level) return at;
    }
    unclosed_interpolation_ = true;
    return open;
  }
  /// False where the string has no end: its quote is a character like others then, as the next one
  /// of its kind is.
  bool skip_string() {
    char quote = text_[at_];
    bool& unclosed = unclosed_[quote == '"'];
    for (std::size_t at = at_ + 1; !unclosed && at < text_.size(); at++) {
      if (text_[at] == quote) return at_ = at + 1, true;
      if (text_[at] == '\\') at++;
      if (text_.substr(at, 2) == "#{") at = interpolation_end(at);
    }
    unclosed = true;
    return false;
  }
  /// An address in quotes is a string like others.
  bool skip_url() {
    if (!equal_ignoring_case(text_.substr(at_, 4), "url(")) return false;
    at_ += 4;
    skip_blanks();
    return at_quote() || skip_past(")");
  }
  void skip_blanks() {
    while (at_ < text_.size() && (skip_comment() || is_space(text_[at_])))
      if (at_ < text_.size() && is_space(text_[at_])) at_++;
  }
  bool at_quote() const { return at_ < text_.size() && is_one_of(text_[at_], "\"'"); }
  bool at_end_of_rule() const { return at_ >= text_.size() || is_one_of(text_[at_], ";}"); }

  bool import_rule() {
    for (Str rule : kRules) {
      char behind = char_at(text_, at_ + rule.size());
      if (!starts(rule) || is_alnum(behind) || behind == '-') continue;
      at_ += rule.size();
      bool several = rule == kRules[0];
      modules_ = modules_ || !several;
      import_list(several);
      return true;
    }
    return false;
  }

  void import_list(bool several) {
    std::uint32_t first = imports_.size;
    for (;; at_++) {
      skip_blanks();
      if (!address(several) && skip_url() && at_quote() && skip_string()) skip_past(")");
      skip_blanks();
      if (!several || at_ >= text_.size() || text_[at_] != ',') break;
    }
    // Media queries follow: the import is left to the browser.
    if (several && !at_end_of_rule()) imports_.size = first;
  }

  /// `meta.load-css("address", …)`, with or without `$url:`.
  bool load_css() {
    if (!starts(kLoadCss)) return false;
    at_ += sizeof kLoadCss - 1;
    skip_blanks();
    if (starts("$url")) {
      at_ += 4;
      skip_blanks();
      if (at_ < text_.size() && text_[at_] == ':') at_++;
      skip_blanks();
    }
    return address(false), true;
  }

  /// False when no string begins here.
  bool address(bool imported) {
    std::size_t begin = at_;
    if (!at_quote() || !skip_string()) return false;
    Str address = slice(text_, begin + 1, at_ - 1);
    bool css = (imported && (address.ends_with(".css") || address.starts_with("//"))) ||
               address.find("://") != Str::npos || address.starts_with("sass:") ||
               address.find("#{") != Str::npos;
    if (!css && !address.empty()) imports_.add(arena_, {address});
    return true;
  }

  Arena& arena_;
  Str text_;
  bool modules_ = false, unclosed_[2] = {}, unclosed_interpolation_ = false;
  List<Import>& imports_;
  std::size_t at_ = 0;
};
}  // namespace

bool find_imports(Arena& arena, Str text, bool indented, List<Import>& imports) {
  if (indented) {
    Text scss;
    add_imports(scss, text);
    text = arena.copy(scss.str());
  }
  return Scanner(arena, text, imports).scan();
}

}  // namespace meridian::sass
