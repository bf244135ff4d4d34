// Pages of Hugo as sources of Jekyll: where each is written, and with which front matter.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "blox.h"
#include "pages.h"

namespace meridian::cli::hugo {

/// How the sections of a site become posts and collections.
class Documents {
 public:
  /// Gives every page its target. Pages of `post`, `posts` and `blog` with a date become posts; of
  /// other folders, documents of a collection; all else stays pages.
  Documents(const Settings& settings, Pages& pages, const std::vector<SourceFile>& files,
            Arena& arena, Diagnostics& found);

  /// The front matter of a page, in the order of its source; `text` is that of the whole file.
  /// `picture` is the address of the bundle's picture, `bibtex` the text of its cite.bib; both may
  /// be empty.
  Map* front_matter(const Page& page, Str text, const std::string& picture,
                    const std::string& bibtex) const;

  /// The collection of a section; empty when it has none.
  std::string collection_of(const std::string& section) const;
  /// By section: the pattern of a collection's addresses.
  const std::map<std::string, std::string>& collections() const { return labels_; }
  /// Sections whose pages are posts.
  const std::set<std::string>& posts() const { return posts_; }
  /// Jekyll's pattern for the addresses of posts.
  const std::string& post_pattern() const { return post_pattern_; }
  /// Whether the page of a section lists its pages by a layout of the theme, which has those of
  /// all languages: of `publication`, the layout `publications`.
  bool has_layout(const std::string& section) const {
    return !languages_ && collection_of(section) == "publications";
  }
  const BloxKeys& keys() const { return keys_; }

 private:
  void set_target(Page& page, std::set<std::string>& taken);
  void set_post_pattern();
  bool is_post(const Page& page) const;
  bool has_usual_address(const Page& page) const;
  std::string post_address(const Page& page) const;
  void add_entry(const Page& page, Str text, const Map::Entry& entry, Map& out) const;
  void report(const Page& page, Str text, Str word, const std::string& message,
              const char* remedy) const;

  const Settings& settings_;
  Arena& arena_;
  Diagnostics& found_;
  std::map<std::string, std::string> labels_;  // by section
  std::set<std::string> posts_;
  std::string post_pattern_;
  bool languages_ = false;
  BloxKeys keys_;
};

/// A path without what Jekyll passes over: of its names the `_`, `.` and `#` at the begin and the
/// `~` at the end.
std::string visible_path(Str path);

/// Whether the page is a draft of Hugo.
bool is_draft(const Page& page);

}  // namespace meridian::cli::hugo
