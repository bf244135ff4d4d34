#include "json.h"

namespace meridian::scholar {

void Json::escaped(Str s) {
  std::size_t copied = 0;
  for (std::size_t i = 0; i < s.size(); i++) {
    auto c = static_cast<unsigned char>(s[i]);
    if (c >= ' ' && c != '"' && c != '\\') continue;
    out_.add(slice(s, copied, i));
    copied = i + 1;
    if (c == '\n') {
      out_.add("\\n");
    } else if (c < ' ') {
      out_.add("\\u00");
      out_.add("0123456789abcdef"[c >> 4]);
      out_.add("0123456789abcdef"[c & 15]);
    } else {
      out_.add('\\');
      out_.add(char(c));
    }
  }
  out_.add(slice(s, copied));
}

void Json::text(Str s) {
  separate();
  out_.add('"');
  escaped(s);
  out_.add('"');
}

void Json::key(Str a, Str b, Str c) {
  separate();
  out_.add('"');
  escaped(a);
  escaped(b);
  escaped(c);
  out_.add("\":");
  first_ = true;
}

char JsonReader::next() {
  while (at_ < s_.size() && is_space(s_[at_])) at_++;
  return char_at(s_, at_);
}

bool JsonReader::take(char c) {
  if (next() != c) return false;
  at_++;
  return true;
}

Str JsonReader::scalar() {
  if (!take('"')) {
    std::size_t begin = at_;
    while (at_ < s_.size() && !is_one_of(s_[at_], ",]}:") && !is_space(s_[at_])) at_++;
    Str word = slice(s_, begin, at_);
    return word == "null" ? Str() : word;
  }
  Text text;
  while (at_ < s_.size() && s_[at_] != '"') {
    std::size_t end = s_.find_first_of("\"\\", at_);
    text.add(slice(s_, at_, end));
    at_ = end < s_.size() ? end : s_.size();
    if (char_at(s_, at_) != '\\') continue;
    char c = char_at(s_, ++at_);
    int known = index_in("nrtbf", c);
    if (c == 'u') {
      std::uint32_t point = 0;
      for (int i = 0; i < 4; i++) {
        int digit = hex_digit(char_at(s_, ++at_));
        point = point * 16 + std::uint32_t(digit < 0 ? 0 : digit);
      }
      add_utf8(text, point);
    } else {
      text.add(known < 0 ? c : "\n\r\t\b\f"[known]);
    }
    at_++;
  }
  at_++;
  return text.empty() ? Str("") : arena_.copy(text.str());
}

Str JsonReader::list() {
  Text text;
  for (bool first = true; take(first ? '[' : ','); first = false) {
    char c = next();
    if (c == ']') break;
    if (!first) text.add(',');
    if (c == '{' || c == '[')
      pass_over();
    else
      text.add(scalar());
  }
  take(']');
  return text.empty() ? Str("") : arena_.copy(text.str());
}

void JsonReader::pass_over() {
  int level = 0;
  do {
    char c = next();
    if (c == '"') {
      (void)scalar();
      continue;
    }
    level += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    at_++;
  } while (level && at_ < s_.size());
}

}  // namespace meridian::scholar
