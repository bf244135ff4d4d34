// The addresses that a sheet imports, found without parsing it.
#include "meridian/sass.h"

namespace meridian::sass {

namespace {
constexpr const char* kRules[] = {"@import", "@use", "@forward"};
constexpr char kLoadCss[] = "load-css(";

/// Whether what a scan looks for may begin with the character.
struct Beginnings {
  bool has[256] = {};
  constexpr Beginnings() {
    for (char c : {'/', '"', '\'', '@', 'u', 'U', 'l'}) has[static_cast<unsigned char>(c)] = true;
  }
};
constexpr Beginnings kBeginnings;

/// Scans a sheet for at-rules that import, past comments, strings and `url(…)`.
class Scanner {
 public:
  Scanner(Arena& arena, Str text, bool indented, List<Import>& imports)
      : arena_(arena), text_(text), indented_(indented), imports_(imports) {}

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
  bool skip_string() {
    char quote = text_[at_++];
    for (; at_ < text_.size() && text_[at_] != quote && text_[at_] != '\n'; at_++)
      if (text_[at_] == '\\') at_++;
    if (at_ < text_.size()) at_++;
    return true;
  }
  bool skip_url() { return equal_ignoring_case(text_.substr(at_, 4), "url(") && skip_past(")"); }
  void skip_blanks() {
    while (at_ < text_.size() &&
           (skip_comment() || (is_space(text_[at_]) && !(indented_ && text_[at_] == '\n'))))
      if (at_ < text_.size() && is_space(text_[at_])) at_++;
  }
  bool at_end_of_rule() const { return at_ >= text_.size() || is_one_of(text_[at_], ";}\n\r"); }

  bool import_rule() {
    for (Str rule : kRules) {
      if (!starts(rule) || is_alnum(char_at(text_, at_ + rule.size()))) continue;
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
      std::size_t begin = at_;
      if (at_ < text_.size() && is_one_of(text_[at_], "\"'")) {
        skip_string();
        add(slice(text_, begin + 1, at_ - (at_ > begin + 1)), begin, several);
      } else if (skip_url()) {
      } else if (indented_) {
        while (!at_end_of_rule() && text_[at_] != ',') at_++;
        add(strip(slice(text_, begin, at_)), begin, several);
      }
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
    std::size_t begin = at_;
    if (at_ >= text_.size() || !is_one_of(text_[at_], "\"'")) return true;
    skip_string();
    add(slice(text_, begin + 1, at_ - (at_ > begin + 1)), begin, false);
    return true;
  }

  void add(Str address, std::size_t offset, bool imported) {
    bool css = (imported && (address.ends_with(".css") || address.starts_with("//"))) ||
               address.find("://") != Str::npos || address.starts_with("sass:") ||
               address.find("#{") != Str::npos;
    if (!css && !address.empty()) imports_.add(arena_, {address, offset});
  }

  Arena& arena_;
  Str text_;
  bool indented_, modules_ = false;
  List<Import>& imports_;
  std::size_t at_ = 0;
};
}  // namespace

bool find_imports(Arena& arena, Str text, bool indented, List<Import>& imports) {
  return Scanner(arena, text, indented, imports).scan();
}

}  // namespace meridian::sass
