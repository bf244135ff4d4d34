// The facade of the core: files go in, pages come out. What the wasm module and the command use.
#pragma once
#include "meridian/site.h"

namespace meridian {

class Workspace {
 public:
  Workspace() : site_(files_, settings_) {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// A file's bytes, copied. Paths count from the root of the sources; one that leads out of it is
  /// refused (false). Only what depends on the file is derived anew.
  bool put(Str path, Str bytes);
  /// It was looked for and is not there.
  bool put_missing(Str path);
  /// It was there and is gone.
  void remove(Str path);
  /// What the host holds: JSON `{"files": […], "complete": bool}`; an entry is a path, or `{"path",
  /// "size", "text"?, "yaml"?, "excerpt"?}` as meridian.json has it. False when it is not of this
  /// form.
  bool list(Str json);
  /// JSON `{"baseurl", "url", "time", "environment", "drafts", "future", "theme"}`, each optional.
  bool options(Str json);
  /// A time zone: JSON `[[seconds, offset_minutes, "CET"], …]`, ascending.
  bool zone(Str name, Str json);
  /// A page, or what it lacks. `json` gets, by status: `{diagnostics, dependencies, source, title,
  /// type}`, `{paths, zones, modules}` or `{url}`. After kMaxRounds answers of Needs in a row for
  /// one URL the missing files count as missing.
  site::Status render(Str url, Text& html, Text& json);

  /// meridian.json of what was put and listed. Every source must be there; false when something is
  /// missing.
  bool manifest(Text& out, Diagnostics& diagnostics);

  site::Files& files() { return files_; }
  site::Settings& settings() { return settings_; }
  site::Site& site() { return site_; }

  /// A page must not send its reader round and round.
  static constexpr int kMaxRounds = 8;

 private:
  site::Files files_;
  site::Settings settings_;
  site::Site site_;
  Arena settings_arena_;
  Str baseurl_, url_;
  Text last_url_;
  int rounds_ = 0;
};

/// An answer of Needs: `{paths, zones, modules}`
Map* to_value(Arena& arena, const site::Needs& needs);
/// `[{severity, file, line, column, message, remedy, excerpt}, …]`
Value to_value(Arena& arena, const Diagnostics& diagnostics);
void print_json(const Diagnostics& diagnostics, Text& out);

/// The path as the table of files has it: without `./` and a slash in front; empty when it is none
/// or leads outside.
Str clean_path(Str path);

}  // namespace meridian
