// How the inputs of pathological.json are built: see README.md.
#pragma once
#include <algorithm>
#include <string>

#include "json.h"

namespace hostile {

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size())
    text.replace(at, from.size(), to);
  return text;
}

/// `{i}`, `{j}` (one more) and `{dd}` (a day of a month) of a repeated piece.
inline std::string numbered(const std::string& text, long i) {
  std::string out =
      replaced(replaced(text, "{i}", std::to_string(i)), "{j}", std::to_string(i + 1));
  return replaced(out, "{dd}", std::to_string(101 + i % 28).substr(1));
}

inline std::string indented(const std::string& text, const std::string& indent) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at) out += indent + text.substr(at, end - at) + "\n";
    at = end + 1;
  }
  return out;
}

/// The input of a case at size `n`; of pieces that are files only their texts.
inline std::string expand(const json::Value& pieces, long n) {
  std::string out;
  for (const json::Value& p : pieces.list) {
    auto number = [&](const char* key) {
      return p[key].kind == json::Value::Other ? p[key].number() : n;
    };
    if (p.kind == json::Value::Text) {
      out += p.text;
    } else if (p.has("repeat")) {
      for (long i = 0; i < number("times"); ++i) out += p["repeat"].text;
    } else if (p.has("bytes")) {
      std::string bytes, hex = replaced(p["bytes"].text, " ", "");
      for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes += char(std::stoi(hex.substr(i, 2), nullptr, 16));
      for (long i = 0; i < number("times"); ++i) out += bytes;
    } else if (p.has("each")) {
      for (long i = p["from"].number(); i < number("to"); ++i) out += numbered(p["each"].text, i);
    } else if (p.has("each_indent")) {
      std::string indent;
      for (long i = 0; i < number("to"); ++i, indent += p["each_indent"].text)
        out += indented(p["text"].text, indent);
    } else if (p.has("each_run")) {
      for (long i = 1; i < number("to"); ++i)
        out +=
            p["each_run"].text + std::string(std::size_t(i), p["char"].text[0]) + p["after"].text;
    }
  }
  return out;
}

}  // namespace hostile
