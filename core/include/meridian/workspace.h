// Files go in, pages come out: what the wasm module and the command use of the core. It drops what
// a change makes stale, and turns answers into JSON.
//
//     Workspace w;
//     w.list(R"({"files": ["index.md"], "complete": true})");
//     Text html, json;
//     while (w.render("/", html, json) == site::Status::Needs) put_files_named_in(json, w);
//
// All strings are copied in, and written to the texts that are passed.
#pragma once
#include "meridian/site.h"

namespace meridian {

class Workspace {
 public:
  Workspace() : site_(files_, settings_) {}
  Workspace(const Workspace&) = delete;
  Workspace& operator=(const Workspace&) = delete;

  /// Sets a file's bytes, which are copied. Paths count from the root of the sources; false when
  /// one leads out of it. Drops only what depends on the file.
  bool put(Str path, Str bytes);
  /// Says that a file was asked for and is not there.
  bool put_missing(Str path);
  /// Says that a file is gone.
  void remove(Str path);
  /// Sets the list of what the host holds: JSON `{"files": […], "complete": bool}`; an entry is a
  /// path, or `{"path", "size", "text"?, "yaml"?, "excerpt"?}` as meridian.json has it. False when
  /// it is not of this form.
  bool list(Str json);
  /// JSON `{"baseurl", "url", "time", "environment", "drafts", "future", "theme"}`, each optional.
  bool options(Str json);
  /// A time zone: JSON `[[seconds, offset_minutes, "CET"], …]`, ascending.
  bool zone(Str name, Str json);
  /// Renders a page. `json` gets, by status: `{diagnostics, dependencies, source, title,
  /// type}`, `{paths, zones, modules}` or `{url}`. After kMaxRounds answers of Needs in a row for
  /// one URL the missing files count as missing.
  site::Status render(Str url, Text& html, Text& json);

  /// meridian.json of what was put and listed. Every source must be there; false when something is
  /// missing.
  bool manifest(Text& out, Diagnostics& diagnostics);

  site::Files& files() { return files_; }
  site::Settings& settings() { return settings_; }
  site::Site& site() { return site_; }

  /// A page whose files never come must end, too.
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

/// The answer of Status::Needs: `{paths, zones, modules}`.
Map* to_value(Arena& arena, const site::Needs& needs);
/// `[{severity, file, line, column, message, remedy, excerpt}, …]`
Value to_value(Arena& arena, const Diagnostics& diagnostics);
void print_json(const Diagnostics& diagnostics, Text& out);

/// The path as the table of files has it: without `./` and a slash in front; empty when it leads
/// outside or has a NUL.
Str clean_path(Str path);

}  // namespace meridian
