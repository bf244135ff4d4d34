// Shared by the runners of corpora: the place of corpora, their known differences, and the line
// with the number of equal cases of each.
//
// A corpus is a file FOLDER/NAME.json of the folder of corpora; those written for this project are
// in tests/spec, and need no such folder. Known differences are in differences.json, with their
// reasons: a difference that is not listed fails, and so does a listed one that no longer exists.
#pragma once
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <system_error>
#include <vector>

#include "json.h"

namespace corpus {

struct Totals {
  int passed = 0, failed = 0, skipped = 0;
};
inline Totals totals;

/// The folder of `--corpora`; empty: the project's own corpora in tests/spec, and other people's in
/// ../shared/corpora (or $MERIDIAN_SHARED/corpora).
inline std::string chosen;

/// The program's arguments without `--corpora DIR`, which is kept in `chosen`.
inline std::vector<std::string> arguments(int count, char** values) {
  std::vector<std::string> rest;
  for (int i = 1; i < count; i++) {
    if (std::string(values[i]) == "--corpora" && i + 1 < count)
      chosen = values[++i];
    else
      rest.push_back(values[i]);
  }
  return rest;
}

inline std::string folder() { return chosen.empty() ? json::shared("") : chosen + "/"; }

struct File {
  std::string label;  ///< `liquid/jekyll-liquid`
  std::string path;
};

/// The corpora in a folder, by name. `own` is the project's, which is read from tests/spec unless a
/// folder was chosen.
inline std::vector<File> files(const std::string& of, const std::string& own = "") {
  std::map<std::string, File> found;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder() + of, error)) {
    std::string name = entry.path().stem().string();
    if (entry.path().extension() == ".json") found[name] = {of + "/" + name, entry.path().string()};
  }
  if (chosen.empty() && !own.empty()) {
    found.erase(own);
    std::string path = "tests/spec/" + own + ".json";
    if (std::filesystem::exists(path)) found[own] = {of + "/" + own, path};
  }
  std::vector<File> files;
  for (const auto& [name, file] : found) files.push_back(file);
  return files;
}

/// A corpus of other people that is not here: its cases are counted as skipped, unless a folder was
/// chosen, which may lack it. tests/run.py shows the line.
inline void skip(const std::string& label, int cases, const std::string& whose) {
  if (!chosen.empty()) return;
  std::cout << label << ": " << cases << " cases left out: " << whose
            << ", which are not part of the repository, are not in " << folder() << "\n";
  totals.skipped += cases;
}

/// Reports a corpus that can't be read, with file, line and error.
inline void broken(const std::string& what) {
  std::cout << what << "\n";
  totals.failed++;
}

/// The cases of one corpus, counted and compared with its known differences.
class Tally {
 public:
  explicit Tally(const std::string& label) : label_(label) {
    if (auto all = json::read_file("tests/spec/differences.json"))
      for (const json::Value& group : (*all)[label].list)
        for (const json::Value& id : group["cases"].list) known_.insert(id.text);
  }

  /// Whether the case is news, to be shown: it differs though it is not listed, or the other way
  /// round.
  bool check(const std::string& id, bool equal) {
    cases_++;
    equal_ += equal;
    bool news = equal == (known_.count(id) != 0);
    (news ? totals.failed : totals.passed)++;
    if (news)
      std::cout << label_ << ": " << (equal ? "equal now, take it off the list: " : "differs: ")
                << id << "\n";
    return news;
  }

  /// Prints the corpus's line, followed by `remark`.
  void print(const std::string& remark = "") const {
    std::cout << label_ << " " << cases_ << " cases " << equal_ << " equal"
              << (remark.empty() ? "" : "; ") << remark << "\n";
  }

 private:
  std::string label_;
  std::set<std::string> known_;
  int cases_ = 0, equal_ = 0;
};

/// The program's last line, and its exit status.
inline int finish() {
  std::cout << totals.passed << " passed, " << totals.failed << " failed";
  if (totals.skipped) std::cout << ", " << totals.skipped << " skipped";
  std::cout << "\n";
  return totals.failed != 0;
}

}  // namespace corpus
