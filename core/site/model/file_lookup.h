// Files as a request sees them: presence, bytes, front matter, data (file_lookup.cpp, files.cpp,
// data.cpp).
#pragma once
#include "model/request_context.h"

namespace meridian::site {

/// Prefix of the theme's files in the table of files, which separates them from the site's own.
constexpr Name kThemePrefix = "theme:";

/// The names of emoji, a pack of its own.
constexpr Name kEmoji = "theme:_plugins/emoji.html";

struct FileLookup : RequestContext {
  using RequestContext::RequestContext;

  /// Loaded, Listed, Missing, or Unknown when only trying can tell.
  Presence presence_of(Str path) const;
  /// The path of a file of the theme that the configuration names; empty when it has none.
  Str in_gem_theme(Str path) const;
  /// The loaded file, noted as a dependency; nullptr when it is needed or missing.
  File* load(Str path);
  /// The same of a document's file.
  File* load(File& file);
  /// Parses the front matter; false when the file has to come first.
  bool scan(File& file);
  /// The parsed YAML, JSON or CSV of a data file, nil when it is malformed.
  const Value& data_of(File& file);
  /// The same of a file that holds a map.
  Map* data_map(File& file);
  /// A file of the theme; nullptr when it has none of that path, or its pack is needed first.
  File* theme_file(Str path);
  /// A file that Meridian generates, which is not on the host.
  File& generate(Str name, Str text);
};

/// Notes a mistake in a file: at a byte of it, or of the file as a whole (npos).
void add_diagnostic(File& file, std::size_t offset, Str message, const char* remedy);
/// False, with a diagnostic, when the file is too large (then it is cut to its front matter), or
/// not UTF-8.
bool is_text(File& file);
/// Makes sure that parsed YAML is a map; false, with a diagnostic, when it is another value.
bool expect_map(File& file, Value& v, std::size_t offset);
/// Whether a file in the folder of data is read, by its path in it.
bool is_data_file(Str inside);

}  // namespace meridian::site
