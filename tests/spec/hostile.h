// Hostile Markdown, the cases of tests/spec/pathological.json, against the clock: for both dialects' runners.
#pragma once
#include <ctime>
#include <iostream>
#include <regex>
#include <string>

#include "json.h"
#include "meridian/markdown.h"

namespace hostile {

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) text.replace(at, from.size(), to);
  return text;
}

/// Builds the input of a case at size `n`.
inline std::string expand(const json::Value& pieces, long n) {
  std::string out;
  for (const json::Value& p : pieces.list) {
    auto number = [&](const char* key) { return p[key].kind == json::Value::Other ? p[key].number() : n; };
    if (p.kind == json::Value::Text) {
      out += p.text;
    } else if (p.has("repeat")) {
      for (long i = 0; i < number("times"); ++i) out += p["repeat"].text;
    } else if (p.has("bytes")) {
      std::string bytes, hex = replaced(p["bytes"].text, " ", "");
      for (std::size_t i = 0; i + 1 < hex.size(); i += 2) bytes += char(std::stoi(hex.substr(i, 2), nullptr, 16));
      for (long i = 0; i < number("times"); ++i) out += bytes;
    } else if (p.has("each")) {
      for (long i = p["from"].number(); i < number("to"); ++i) {
        std::string item = replaced(replaced(p["each"].text, "{i}", std::to_string(i)), "{j}", std::to_string(i + 1));
        out += replaced(item, "{dd}", std::to_string(101 + i % 28).substr(1));
      }
    } else if (p.has("each_indent")) {
      std::string indent;
      for (long i = 0; i < number("to"); ++i, indent += p["each_indent"].text) {
        std::string text = p["text"].text;
        for (std::size_t at = 0; at < text.size();) {
          std::size_t end = text.find('\n', at);
          if (end == std::string::npos) end = text.size();
          if (end > at) out += indent + text.substr(at, end - at) + "\n";
          at = end + 1;
        }
      }
    } else if (p.has("each_run")) {
      for (long i = 1; i < number("to"); ++i) out += p["each_run"].text + std::string(std::size_t(i), p["char"].text[0]) + p["after"].text;
    }
  }
  return out;
}

/// Renders, and tells how many seconds of the processor it took (others may be using the machine).
inline double seconds(const std::string& input, const meridian::markdown::Options& options, std::string& html) {
  std::clock_t start = std::clock();
  meridian::Arena arena;
  meridian::Text out;
  meridian::markdown::to_html(input, options, arena, out);
  double taken = double(std::clock() - start) / CLOCKS_PER_SEC;
  html.assign(out.str());
  return taken;
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define MERIDIAN_SLOW_BUILD
#endif
#endif
#if defined(MERIDIAN_SLOW_BUILD) || defined(__SANITIZE_ADDRESS__) || defined(__wasm__)
// There the clock is the wall's, or the checks cost more than the work: that it ends is what counts.
constexpr double kSlow = 60, kLongest = 60;
#else
constexpr double kSlow = 0.02;
constexpr double kLongest = 0.5;
#endif

/// Where a case gives an expression that the output must match, whether the beginning of it does. The expressions are
/// those of cmark's tests, in which a line break is a space.
inline bool matches(const json::Value& test, std::string html, bool github) {
  std::string wanted = test["expect"]["match"].text;
  if (wanted.empty() || github) return true;
  html.resize(std::min<std::size_t>(html.size(), 5000));
  return std::regex_search(html, std::regex(wanted));
}

/// Runs all cases; counts into `passed` and `failed`.
inline void run(const char* title, const meridian::markdown::Options& options, bool verbose, int& passed, int& failed) {
  auto corpus = json::read_file("tests/spec/pathological.json");
  if (!corpus) {
    std::cout << "tests/spec/pathological.json can't be read\n";
    ++failed;
    return;
  }
  double worst = 0;
  for (const json::Value& c : (*corpus)["cases"].list) {
    if (c["target"].text != "markdown") continue;
    long n = c["N"].number();
    std::string html;
    double half = 0, whole = 0;
    auto measure = [&] {
      half = n > 1 ? seconds(expand(c["input"], n / 2), options, html) : 0;
      whole = seconds(expand(c["input"], n ? n : 1), options, html);
      bool grows_with_input = c["expect"]["linear"].truthy();  // of some the input itself grows faster than N
      return whole < kLongest && (n < 2 || !grows_with_input || whole < kSlow || whole < 3 * half + kSlow);
    };
    bool good = measure() || measure();  // once more: the machine may have been busy
    if (whole > worst) worst = whole;
    bool right = matches(c, html, options.dialect != meridian::markdown::Dialect::CommonMark);
    (good && right ? passed : failed)++;
    if (verbose || !good || !right) {
      std::cout << (!right ? "wrong: " : good ? "" : "slow: ") << c["name"].text << " " << int(half * 1000) << " ms, "
                << int(whole * 1000) << " ms, " << html.size() << " bytes out\n";
    }
  }
  std::cout << title << ": slowest " << int(worst * 1000) << " ms\n";
}

}  // namespace hostile
