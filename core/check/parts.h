// The parts of a check of the sources.
#pragma once
#include "meridian/check.h"

namespace meridian::check {

/// The sources that outputs are made of, and the names that occur in them.
struct Sources {
  Workspace& workspace;
  Arena& arena;
  Diagnostics& diagnostics;
  Map words{&arena};  ///< all words in the tags of templates, those of the theme in use among them
  Map variables{&arena};         ///< that some template sets
  Map includes{&arena};          ///< names of files that the site's own templates include
  bool has_any_include = false;  ///< an include whose name is a variable
  Map conditional{&arena};       ///< `page.x`, `site.x`: used in a tag before they are printed
  Map keys{&arena};              ///< of front matter and defaults, with their number
  Map settings{&arena};          ///< keys of `site`
  Map read_settings{&arena};     ///< keys of `site` that the site's own templates name
  Map data{&arena};              ///< keys of `site.data`
  Map tables{&arena};            ///< paths of tables whose rows are documents
  /// `_config.yml` with its places; nullptr: there is none, or it can't be parsed.
  const yaml::Node* outline = nullptr;

  int searches = 0;  ///< for names that are near another
  /// Each is compared with all names, so their number is bounded.
  bool may_search() { return searches++ < 1000; }

  const site::Site& site() const { return workspace.site(); }
};

/// Whether a page uses the file and it is the site's own.
bool is_used(const site::File& file);
/// Collects the names in templates.
void read_names(Sources& sources);
/// Reports variables that are printed and that nothing sets.
void check_variables(Sources& sources);
/// Keys of front matter that are nearly those that mean something.
void check_keys(Sources& sources);
/// The key that means something and is not set, to which this one is near, which nothing uses;
/// empty: there is none.
Str meant_key(Sources& sources, const Map& data, Str key);
/// Files in `_posts` that are no posts, because of their names.
void check_post_names(Sources& sources);
/// Notes that their front matter keeps private.
void check_private_notes(Sources& sources);
/// Files that a byte order mark, or UTF-16, keeps from being pages.
void check_encodings(Sources& sources, const List<OutputFile>& outputs);
/// Posts whose lines end with CR LF, so that the separator of their excerpts is not found.
void check_line_ends(Sources& sources);
/// Paths that differ by upper and lower case only: Windows and macOS have one of them.
void check_cases(Sources& sources, const List<OutputFile>& outputs);
/// Names that Windows can't have.
void check_names_for_windows(Sources& sources, const List<OutputFile>& outputs);
/// How to write a path that leads to no file because of a backslash, or of upper and lower case;
/// empty: that is not the reason. Linear in the files.
Str remedy_for_path(const site::Files& files, Arena& arena, Str path);
/// Layouts and includes in whose place the theme has its own.
void check_ignored(Sources& sources);
/// Headings that skip a level.
void check_headings(Sources& sources);
/// Plugins that are not there, and what pages lack without them.
void check_plugins(Sources& sources);
/// Whether a file is a plugin in Ruby of the site's own.
bool is_ruby_plugin(const site::File& file);
/// Whether a text in Ruby makes something besides tags and filters.
bool makes_more(Str ruby);
/// Whether it reads files or asks the network, which plugins in JavaScript can't.
bool reads_elsewhere(Str ruby);
/// What pages lack without a plugin; empty: it is none of those that are known.
Str lack_of(Str plugin);
inline constexpr char kLacksAll[] = "its tags, filters and pages are missing";
/// The line of a byte, as text.
Str number_of_line(Arena& arena, Str text, std::size_t at);
/// Keys that are set twice in front matter and YAML of `_data`.
void check_repeated_keys(Sources& sources);
/// Keys and values of `_config.yml` that mean nothing.
void check_settings(Sources& sources);
/// Moves the diagnostic of an error in YAML to where the error began. Linear.
void place_yaml(Arena& arena, const Source& source, Diagnostic& diagnostic);
/// Where front matter names the layout, also in an indented line.
std::size_t place_of_layout(const site::File& page);
/// Front matter and data whose first entry is indented, so that the others are not read.
void check_first_lines(Sources& sources);
/// `defaults` in `_config.yml` that count for nothing.
void check_defaults(Sources& sources);
/// Keys of `_config.yml` that a collection of the same name hides from templates.
void check_hidden_keys(Sources& sources);
/// Reports files in `_data` that no page uses and that can't be parsed.
void check_data(Sources& sources);
/// Dates in rows of tables that are none of ISO 8601's.
void check_tables(Sources& sources);
/// Reports what the theme's layout `cv` leaves out of its data.
void check_cv(Sources& sources);

}  // namespace meridian::check
