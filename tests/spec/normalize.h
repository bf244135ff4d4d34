// Brings HTML into a form in which equivalent HTML is equal, by the rules of the CommonMark spec's
// test runner: white space outside of <pre> is one space and none at block tags, attributes are
// sorted and double quoted, void elements are not closed, character references become characters
// (except & < > ").
#pragma once
#include <algorithm>
#include <cctype>
#include <string>
#include <vector>

namespace html {

class Normalizer {
 public:
  explicit Normalizer(const std::string& html) : in_(html) {}

  std::string run() {
    while (at_ < in_.size()) {
      if (in_[at_] != '<')
        text();
      else if (starts("<!--"))
        raw("-->");
      else if (starts("<![CDATA["))
        raw("]]>");
      else if (starts("<!") || starts("<?"))
        raw(">");
      else if (std::isalpha(byte(at_ + 1)) || (starts("</") && std::isalpha(byte(at_ + 2))))
        tag();
      else
        text();
    }
    return out_;
  }

 private:
  unsigned char byte(std::size_t i) const {
    return i < in_.size() ? static_cast<unsigned char>(in_[i]) : 0;
  }
  bool starts(const char* s) const {
    return in_.compare(at_, std::char_traits<char>::length(s), s) == 0;
  }
  static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

  static bool is_block(const std::string& name) {
    static const std::string names =
        " article header aside hgroup blockquote hr iframe body li map button object canvas ol "
        "caption output col p "
        "colgroup pre dd progress div section dl table td dt tbody embed textarea fieldset tfoot "
        "figcaption th figure "
        "thead footer tr form ul h1 h2 h3 h4 h5 h6 video script style ";
    return names.find(" " + name + " ") != std::string::npos;
  }

  void raw(const char* closer) {
    std::size_t end = in_.find(closer, at_);
    end = end == std::string::npos ? in_.size() : end + std::char_traits<char>::length(closer);
    out_ += in_.substr(at_, end - at_);
    at_ = end;
    last_ = Last::Other;
  }

  void trim_end() {
    while (!out_.empty() && is_space(out_.back())) out_.pop_back();
  }

  void text() {
    std::size_t end = in_.find('<', at_ + 1);
    if (end == std::string::npos) end = in_.size();
    std::string data = in_.substr(at_, end - at_);
    at_ = end;
    if (pre_) {
      add_decoded(data);
      last_ = Last::Text;
      return;
    }
    std::string folded;
    for (char c : data) {
      if (!is_space(c))
        folded += c;
      else if (folded.empty() || folded.back() != ' ')
        folded += ' ';
    }
    bool after_block = (last_ == Last::Start || last_ == Last::End) && is_block(last_tag_);
    bool after_break = last_ != Last::Text && last_ != Last::Other && last_tag_ == "br";
    if ((after_block || after_break) && !folded.empty() && folded[0] == ' ') folded.erase(0, 1);
    if (after_block && last_ == Last::End && !folded.empty() && folded.back() == ' ')
      folded.pop_back();
    add_decoded(folded);
    last_ = Last::Text;
  }

  void add_escaped(char c) {
    switch (c) {
      case '&': out_ += "&amp;"; break;
      case '<': out_ += "&lt;"; break;
      case '>': out_ += "&gt;"; break;
      case '"': out_ += "&quot;"; break;
      default: out_ += c;
    }
  }

  /// The few references that either side writes; others are compared as they are.
  void add_decoded(const std::string& s) {
    static const std::pair<const char*, const char*> known[] = {{"&quot;", "\""},
                                                                {"&amp;", "&"},
                                                                {"&lt;", "<"},
                                                                {"&gt;", ">"},
                                                                {"&#39;", "'"},
                                                                {"&#x27;", "'"},
                                                                {"&#8617;", "\xE2\x86\xA9"}};
    for (std::size_t i = 0; i < s.size(); i++) {
      bool found = false;
      for (auto& [name, value] : known) {
        std::size_t size = std::char_traits<char>::length(name);
        if (s.compare(i, size, name) != 0) continue;
        for (const char* c = value; *c; c++) add_escaped(*c);
        i += size - 1;
        found = true;
        break;
      }
      if (!found) add_escaped(s[i]);
    }
  }

  void tag() {
    std::size_t begin = at_++;
    bool end_tag = byte(at_) == '/';
    if (end_tag) at_++;
    std::string name;
    while (at_ < in_.size() && !is_space(in_[at_]) && in_[at_] != '>' && in_[at_] != '/')
      name += lower(in_[at_++]);
    std::vector<std::pair<std::string, std::string>> attributes;
    while (at_ < in_.size() && in_[at_] != '>') {
      if (is_space(in_[at_]) || in_[at_] == '/')
        at_++;
      else
        attributes.push_back(attribute());
    }
    if (at_ == in_.size()) {  // no tag after all
      out_ += in_.substr(begin);
      return;
    }
    at_++;
    if (is_block(name)) trim_end();
    if (name == "pre") pre_ = !end_tag;
    out_ += end_tag ? "</" : "<";
    out_ += name;
    std::sort(attributes.begin(), attributes.end());
    for (auto& [key, value] : attributes) {
      out_ += " " + key + "=\"";
      add_decoded(value);
      out_ += '"';
    }
    out_ += '>';
    last_tag_ = name;
    last_ = end_tag ? Last::End : Last::Start;
  }

  static char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

  std::pair<std::string, std::string> attribute() {
    std::string name, value;
    while (at_ < in_.size() && !is_space(in_[at_]) && in_[at_] != '>' && in_[at_] != '=' &&
           (name.empty() || in_[at_] != '/'))
      name += lower(in_[at_++]);
    std::size_t next = at_;
    while (next < in_.size() && is_space(in_[next])) next++;
    if (byte(next) != '=') {
      if (name.empty()) at_++;
      return {name, value};
    }
    at_ = next + 1;
    while (at_ < in_.size() && is_space(in_[at_])) at_++;
    char quote = char(byte(at_));
    if (quote == '"' || quote == '\'') {
      at_++;
      while (at_ < in_.size() && in_[at_] != quote) value += in_[at_++];
      if (at_ < in_.size()) at_++;
    } else {
      while (at_ < in_.size() && !is_space(in_[at_]) && in_[at_] != '>') value += in_[at_++];
    }
    return {name, value};
  }

  const std::string& in_;
  std::size_t at_ = 0;
  std::string out_, last_tag_;
  enum class Last { Start, End, Text, Other } last_ = Last::Start;
  bool pre_ = false;
};

inline std::string normalize(const std::string& html) { return Normalizer(html).run(); }

}  // namespace html
