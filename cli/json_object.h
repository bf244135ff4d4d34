// What a command has done or found, as a program reads it.
#pragma once
#include <string>
#include <vector>

#include "meridian/value.h"

namespace meridian::cli {

/// An object of JSON: with `--json` a command prints one to standard output, in a line.
///
///     Arena arena;
///     JsonObject done(arena);
///     done.set("folder", path);
///     done.add("files").set("path", "index.md");  // {"folder":…,"files":[{"path":"index.md"}]}
///     done.print();
class JsonObject {
 public:
  explicit JsonObject(Arena& arena) : arena_(arena), members_(make_map(arena)) {}

  void set(Name key, const std::string& text);
  void set(Name key, const char* literal) { members_->set(key, literal); }
  void set(Name key, std::uint64_t number) { members_->set(key, std::int64_t(number)); }
  void set(Name key, double number) { members_->set(key, number); }
  void set(Name key, bool yes) { members_->set(key, yes); }
  void set(Name key, const std::vector<std::string>& texts);
  /// With the members that findings have in `check --json`.
  void set(Name key, const Diagnostics& findings);
  /// null: there is none.
  void set_none(Name key) { members_->set(key, Value()); }
  /// An array without members yet.
  void set_list(Name key);
  /// A new member of an array, which is made with its first one.
  JsonObject add(Name key);

  void print() const;

 private:
  Arena& arena_;
  Map* members_;
};

}  // namespace meridian::cli
