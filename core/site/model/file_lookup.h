// Files as a request sees them: what is there, what is missing, what stands in them
// (file_lookup.cpp, files.cpp, data.cpp).
#pragma once
#include "model/request_context.h"

namespace meridian::site {

/// The theme's files stand in the table of files under this name, apart from the site's own.
constexpr Name kThemePrefix = "theme:";

/// The names of emoji, a pack of its own.
constexpr Name kEmoji = "theme:_plugins/emoji.html";

struct FileLookup : RequestContext {
  using RequestContext::RequestContext;

  /// Loaded, Listed, Missing, or Unknown when only trying can tell.
  Presence presence_of(Str path) const;
  /// The loaded file, noted as a dependency; nullptr when it is needed or missing.
  File* load(Str path);
  /// Front matter cut off and parsed; false when the file has to come first.
  bool scan(File& file);
  /// What YAML, JSON or CSV says, nil when it is wrong.
  const Value& data_of(File& file);
  /// The same of a file that holds a map.
  Map* data_map(File& file);
  /// A file of the theme; nullptr when it has none of that path, or its pack is needed first.
  File* theme_file(Str path);
  /// A file of ours, which is not on the host.
  File& generate(Str name, Str text);
};

/// Notes a mistake in a file: at a byte of it, or of the file as a whole (npos).
void add_diagnostic(File& file, std::size_t offset, Str message, const char* remedy);
/// False, with a diagnostic, when the file is too large (then it is cut to its front matter), or
/// not UTF-8.
bool is_text(File& file);
/// Makes sure that what YAML gave is a map; false when it said something else, which is complained
/// about.
bool expect_map(File& file, Value& v, std::size_t offset);
/// Whether a file of the folder of data is read, by its extension.
bool is_data_file(Str path);

}  // namespace meridian::site
