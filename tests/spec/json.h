// A small JSON reader for test corpora: objects become maps of values by name, numbers stay text.
// The core's own reader is tested elsewhere, so the runners do not depend on it.
#pragma once
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace json {

struct Value {
  enum Kind { Null, Text, Other, List, Object } kind = Null;
  std::string text;  ///< of a string; of a number, true and false as they are written
  std::vector<Value> list;
  std::map<std::string, Value> object;

  bool has(const std::string& name) const { return object.count(name) != 0; }
  const Value& operator[](const std::string& name) const {
    static const Value none;
    auto found = object.find(name);
    return found == object.end() ? none : found->second;
  }
  bool truthy() const { return kind != Null && text != "false"; }
  long number() const { return std::atol(text.c_str()); }
};

class Reader {
 public:
  explicit Reader(const std::string& text) : at_(text.data()), end_(at_ + text.size()) {}
  Value read() {
    Value value;
    skip();
    if (at_ == end_) return value;
    switch (*at_) {
      case '{':
        value.kind = Value::Object;
        for (at_++; !take('}') && at_ < end_; take(',')) {
          skip();
          std::string name = string();
          take(':');
          value.object[name] = read();
        }
        break;
      case '[':
        value.kind = Value::List;
        for (at_++; !take(']') && at_ < end_; take(',')) value.list.push_back(read());
        break;
      case '"':
        value.kind = Value::Text;
        value.text = string();
        break;
      default:
        value.kind = Value::Other;
        while (at_ < end_ && *at_ != ',' && *at_ != '}' && *at_ != ']' && *at_ > ' ')
          value.text += *at_++;
        if (value.text == "null") value.kind = Value::Null;
    }
    return value;
  }

 private:
  void skip() {
    while (at_ < end_ && (*at_ == ' ' || *at_ == '\n' || *at_ == '\r' || *at_ == '\t')) at_++;
  }
  bool take(char c) {
    skip();
    if (at_ == end_ || *at_ != c) return false;
    at_++;
    return true;
  }
  unsigned hex4() {
    unsigned n = unsigned(std::strtoul(std::string(at_, 4).c_str(), nullptr, 16));
    at_ += 4;
    return n;
  }
  static void add_utf8(std::string& out, unsigned c) {
    if (c < 0x80) {
      out += char(c);
      return;
    }
    int more = c < 0x800 ? 1 : c < 0x10000 ? 2 : 3;
    out += char((0xF00 >> (more + 1)) | (c >> (6 * more)));
    while (more--) out += char(0x80 | ((c >> (6 * more)) & 0x3F));
  }
  std::string string() {
    std::string out;
    for (at_++; at_ < end_ && *at_ != '"';) {
      if (*at_ != '\\') {
        out += *at_++;
        continue;
      }
      char c = at_[1];
      at_ += 2;
      const std::string names = "nrtbf", values = "\n\r\t\b\f";
      if (c == 'u') {
        unsigned point = hex4();
        if (point >= 0xD800 && point < 0xDC00 && at_ + 6 <= end_ && at_[0] == '\\' &&
            at_[1] == 'u') {
          at_ += 2;
          point = 0x10000 + ((point - 0xD800) << 10) + (hex4() - 0xDC00);
        }
        add_utf8(out, point);
      } else {
        std::size_t index = names.find(c);
        out += index == std::string::npos ? c : values[index];
      }
    }
    at_++;
    return out;
  }

  const char *at_, *end_;
};

/// Empty when it can't be read.
inline std::string read_text(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline std::optional<Value> read_file(const std::string& path) {
  std::string text = read_text(path);
  if (text.empty()) return std::nullopt;
  return Reader(text).read();
}

/// The folder of corpora that are not part of the repository.
inline std::string shared(const std::string& path) {
  const char* folder = std::getenv("MERIDIAN_SHARED");
  return std::string(folder ? folder : "../shared") + "/corpora/" + path;
}

}  // namespace json
