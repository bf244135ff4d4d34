// Cases as text, in the form of CommonMark's spec.txt: a fence of 32 backticks with the case's
// name, the source, a line with a dot, and what is expected.
//
//     ```````````````````````````````` example header-ids-04 {"header_offset": 1}
//     # Plate
//     .
//     <h2 id="plate">Plate</h2>
//     ````````````````````````````````
//
// A heading (`## footnotes`) names the section of the cases below it. The block `settings` holds
// the JSON that is common to all. Arrows stand for tabs. What is neither a block nor a heading is
// prose.
//
// Units: lines count from 1. Errors: a malformed file is reported as `path:line: what`.
// Complexity: linear in the file's size.
#pragma once
#include <fstream>
#include <set>
#include <string>
#include <vector>

#include "json.h"

namespace examples {

struct Example {
  std::string name;                ///< its number, from 1, when the fence gives none
  std::string section;             ///< the heading above
  json::Value options;             ///< the object behind the name
  std::vector<std::string> parts;  ///< between the lines with a dot, each with its final newline
  int line = 0;                    ///< of the fence
};

struct File {
  json::Value settings;
  std::string settings_text;  ///< as it is written
  std::vector<Example> examples;
  std::string error;  ///< `path:line: what`; empty when the file is well formed
};

class Reader {
 public:
  Reader(const std::string& path, std::size_t least, std::size_t most)
      : path_(path), least_(least), most_(most) {}

  [[nodiscard]] File read() {
    std::ifstream in(path_, std::ios::binary);
    if (!in) fail(0, "there is no such file");
    std::string line;
    while (file_.error.empty() && std::getline(in, line)) {
      number_++;
      if (open_)
        inside(line);
      else
        outside(line);
    }
    if (open_) fail(example_.line, "the block does not end");
    return std::move(file_);
  }

 private:
  void fail(int line, const std::string& what) {
    if (file_.error.empty()) file_.error = path_ + ":" + std::to_string(line) + ": " + what;
  }

  void outside(const std::string& line) {
    if (line.compare(0, kFence.size(), kFence) == 0) return open(line.substr(kFence.size()));
    std::size_t hashes = line.find_first_not_of('#');
    if (hashes && hashes != std::string::npos && line[hashes] == ' ')
      section_ = line.substr(hashes + 1);
  }

  void open(const std::string& info) {
    open_ = true;
    example_ = {};
    example_.section = section_;
    example_.line = number_;
    example_.parts = {""};
    settings_ = info == " settings";
    if (settings_) return;
    const std::string word = " example";
    if (info.compare(0, word.size(), word) != 0)
      return fail(number_, "a block is an `example` or `settings`, not `" + info + "`");
    std::size_t name = info.find_first_not_of(' ', word.size());
    if (name == std::string::npos) {
      example_.name = std::to_string(file_.examples.size() + 1);
    } else {
      std::size_t end = info.find(' ', name);
      example_.name = info.substr(name, end - name);
      if (end != std::string::npos) example_.options = json::Reader(info.substr(end)).read();
      if (end != std::string::npos && example_.options.kind != json::Value::Object)
        fail(number_, "the options behind the name are no JSON object");
    }
    if (!names_.insert(example_.name).second)
      fail(number_, "there are two cases `" + example_.name + "`");
  }

  void inside(const std::string& line) {
    if (line == kFence) return close();
    if (line.compare(0, kFence.size() + 1, kFence + " ") == 0)
      return fail(example_.line, "the block does not end before the next one");
    if (line == "." && !settings_)
      example_.parts.emplace_back();
    else
      example_.parts.back() += with_tabs(line) + "\n";
  }

  void close() {
    open_ = false;
    if (settings_) {
      file_.settings_text = example_.parts[0];
      file_.settings = json::Reader(file_.settings_text).read();
      if (file_.settings.kind != json::Value::Object) fail(example_.line, "no JSON object");
      return;
    }
    std::size_t parts = example_.parts.size();
    if (parts < least_ || parts > most_)
      return fail(example_.line, "the case has " + std::to_string(parts) + " parts instead of " +
                                     std::to_string(least_) +
                                     (most_ > least_ ? " to " + std::to_string(most_) : ""));
    file_.examples.push_back(example_);
  }

  static std::string with_tabs(std::string line) {
    const std::string arrow = "\u2192";
    for (std::size_t at = 0; (at = line.find(arrow, at)) != std::string::npos; at++)
      line.replace(at, arrow.size(), "\t");
    return line;
  }

  inline static const std::string kFence = std::string(32, '`');
  std::string path_, section_;
  std::size_t least_, most_;
  File file_;
  Example example_;
  std::set<std::string> names_;
  int number_ = 0;
  bool open_ = false, settings_ = false;
};

/// Reads the cases of a file, each of which has `least` to `most` parts.
[[nodiscard]] inline File read(const std::string& path, std::size_t least = 2,
                               std::size_t most = 2) {
  return Reader(path, least, most).read();
}

}  // namespace examples
