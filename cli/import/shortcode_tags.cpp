#include "shortcode_tags.h"

#include <map>

namespace meridian::cli::hugo {

namespace {
bool is_name(char c) { return is_alnum(c) || is_one_of(c, "_-./"); }

class Reader {
 public:
  Reader(Str text, std::size_t begin) : text_(text), at_(begin + kMark) {
    tag_.begin = begin;
    end_ = text[begin + 2] == '<' ? ">}}" : "%}}";
  }

  bool read(Shortcode& out) {
    if (text_.substr(at_, 2) == "/*") return comment(out);
    skip_blanks();
    if (here() == '/') {
      tag_.closing = true;
      at_++;
      skip_blanks();
    }
    std::size_t begin = at_;
    while (is_name(here()) && !(here() == '/' && ends_at(at_ + 1))) at_++;
    tag_.name = std::string(slice(text_, begin, at_));
    if (tag_.name.empty()) return false;
    for (;;) {
      skip_blanks();
      if (here() == '/' && ends_at(at_ + 1)) at_++;
      if (ends_at(at_)) break;
      if (next_begins() || !argument()) return false;
    }
    tag_.end = at_ + kMark;
    out = std::move(tag_);
    return true;
  }

 private:
  static constexpr std::size_t kMark = 3;

  char here() const { return char_at(text_, at_); }
  bool ends_at(std::size_t at) const { return text_.substr(at, kMark) == end_; }
  void skip_blanks() {
    while (is_space(here())) at_++;
  }
  /// Where the next tag begins: none reaches beyond, so that all are read in linear time.
  bool next_begins() const {
    Str three = text_.substr(at_, kMark);
    return at_ >= text_.size() || three == "{{<" || three == "{{%";
  }

  bool comment(Shortcode& out) {
    at_ += 2;
    std::size_t begin = at_;
    while (!(text_.substr(at_, 2) == "*/" && ends_at(at_ + 2))) {
      if (next_begins()) return false;
      at_++;
    }
    tag_.comment = true;
    tag_.name = std::string(slice(text_, begin, at_));
    tag_.end = at_ + 2 + kMark;
    out = std::move(tag_);
    return true;
  }

  bool argument() {
    Argument one;
    if (!word(one.value)) return false;
    if (here() == '=') {
      one.name = std::move(one.value);
      one.value.clear();
      at_++;
      if (!word(one.value)) return false;
    }
    tag_.arguments.push_back(std::move(one));
    return true;
  }

  /// A text in quotes, whose backslashes count between `"`, or a word.
  bool word(std::string& out) {
    char quote = here();
    if (quote != '"' && quote != '`') {
      std::size_t begin = at_;
      while (at_ < text_.size() && !is_space(here()) && here() != '=' && here() != '"' &&
             !ends_at(at_) && !next_begins())
        at_++;
      out = std::string(slice(text_, begin, at_));
      return at_ > begin;
    }
    for (at_++; here() != quote; at_++) {
      if (next_begins()) return false;
      if (quote == '"' && here() == '\\') {
        at_++;
        if (at_ >= text_.size()) return false;
        if (here() == 'n') {
          out += '\n';
          continue;
        }
      }
      out += here();
    }
    at_++;
    return true;
  }

  Str text_, end_;
  std::size_t at_;
  Shortcode tag_;
};

/// Gives each closing tag to the last open one of its name; those between stay without.
void pair_tags(std::vector<Shortcode>& tags) {
  std::vector<std::size_t> open;
  std::map<std::string, std::size_t> counts;  // of those in `open`
  for (std::size_t i = 0; i < tags.size(); i++) {
    if (tags[i].comment) continue;
    if (!tags[i].closing) {
      open.push_back(i);
      counts[tags[i].name]++;
      continue;
    }
    auto count = counts.find(tags[i].name);
    if (count == counts.end() || count->second == 0) continue;
    for (bool found = false; !found; open.pop_back()) {
      found = tags[open.back()].name == tags[i].name;
      counts[tags[open.back()].name]--;
      if (found) tags[open.back()].partner = i;
    }
  }
}
}  // namespace

Str Shortcode::get(Str wanted, std::size_t place) const {
  std::size_t at = 0;
  for (const Argument& one : arguments) {
    if (one.name.empty() ? at == place : wanted == Str(one.name)) return one.value;
    at += one.name.empty();
  }
  return {};
}

std::vector<Shortcode> find_shortcodes(Str text) {
  std::vector<Shortcode> tags;
  for (std::size_t at = 0; (at = text.find(Str("{{"), at)) != Str::npos;) {
    Shortcode tag;
    if (is_one_of(char_at(text, at + 2), "<%") && Reader(text, at).read(tag)) {
      at = tag.end;
      tags.push_back(std::move(tag));
    } else {
      at++;
    }
  }
  pair_tags(tags);
  return tags;
}

}  // namespace meridian::cli::hugo
