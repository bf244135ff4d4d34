// Keys by which Hugo Blox describes works, talks and projects, as the keys that Meridian's theme
// and academicpages have for them.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "pages.h"
#include "walk.h"

namespace meridian::cli::hugo {

/// The BibTeX of a work, in its bundle.
constexpr char kCiteFile[] = "cite.bib";

class BloxKeys {
 public:
  /// `files` are in the order of their paths.
  BloxKeys(const Pages& pages, const std::vector<SourceFile>& files, Arena& arena);

  /// Adds to `out` what the theme reads for an entry of a page's front matter, whose `key` is in
  /// lower case. False where the entry is to be kept as it is, as well.
  [[nodiscard]] bool add(const Page& page, Str key, const Value& value, Map& out) const;

  /// Adds what several entries mean together, after all of them: an excerpt, the picture of the
  /// bundle, `bibtex`, which is the text of its cite.bib. Both may be empty.
  void finish(const Page& page, const std::string& picture, const std::string& bibtex,
              Map& out) const;

  /// Whether the site of Hugo has a file.
  bool has_file(const std::string& path) const;

  /// The name of a person, by that of the folder below `authors`; others are names already.
  std::string person(Str name) const;

 private:
  void add_link(const Page& page, const std::string& label, Str address, Map& out) const;
  void add_links(const Page& page, const Value& links, Map& out) const;
  void add_projects(const Page& page, const Value& names, Map& out) const;
  std::string address_of(const Page& page, Str address) const;

  const Pages& pages_;
  const std::vector<SourceFile>& files_;
  Arena& arena_;
  std::map<std::string, std::string> persons_;  // names by folders
};

/// The value as a list; nil is an empty one.
Array* as_list(Arena& arena, const Value& value);

/// The text of a work that its page shows before its own: the abstract.
std::string abstract_of(const Page& page);

}  // namespace meridian::cli::hugo
