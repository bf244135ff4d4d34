// The pages of a Hugo site: which there are, of which kind, and at which address.
#pragma once
#include <map>
#include <set>
#include <string>
#include <vector>

#include "front.h"
#include "settings.h"

namespace meridian::cli::hugo {

enum class PageKind {
  Home,     ///< `content/_index.md`
  Section,  ///< `_index.md` of a folder below, or of a term of a taxonomy
  Single
};

struct Page {
  std::string path;  ///< of the source: `content/posts/first/index.md`
  PageKind kind = PageKind::Single;
  bool bundle = false;  ///< `index.md`, whose folder has its pictures
  std::string language;
  AddressParts parts;
  std::string folder;  ///< of what lies beside it, as the path of a source with a slash at its end
  std::string ending;  ///< `.md` or `.html`
  std::string address;
  Front front;
  std::string target;     ///< path of the source that is written
  std::string hidden_by;  ///< the key by which Hugo makes no page of it now; empty: it does

  /// The first folder below `content`; empty for pages beside it.
  std::string section() const { return parts.folders.empty() ? std::string() : parts.folders[0]; }
  /// The term of a taxonomy whose page it is, as its folder is named; empty for others.
  std::string term;
  /// Its path without `content/` and endings, as shortcodes name it: `posts/first`.
  std::string name() const;
};

class Pages {
 public:
  /// `now`: by which pages have expired, or are not published yet.
  Pages(const Settings& settings, const Time& now, Arena& arena, Diagnostics& found)
      : settings_(settings), now_(now), arena_(arena), found_(found) {}

  /// Whether Hugo makes a page of a file: Markdown, and HTML with front matter.
  static bool is_page(Str path);
  /// Adds the page of a file, whose text is UTF-8, as yet without its address. False after the
  /// reason was reported.
  bool add(const std::string& path, Str text);
  /// Gives all pages their addresses, which depend on the folders that have an `_index.md`, and
  /// what these hand down to them (`cascade`).
  void set_addresses();
  /// Finds a page by what `ref` names it, relative to the folders of `from`; nullptr when there is
  /// none, or several.
  const Page* find(Str ref, const Page& from) const;
  /// The pages whose bundle has a file, or beside whose _index.md it lies: one for each language.
  std::vector<const Page*> bundle_of(const std::string& path) const;

  std::vector<Page> all;

 private:
  void hand_down();
  std::string hiding_key(const Page& page) const;
  void set_address(Page& page);
  std::size_t count_sections(const Page& page) const;
  void read_language(Page& page, std::string& path);

  const Settings& settings_;
  const Time now_;
  Arena& arena_;
  Diagnostics& found_;
  std::map<std::string, std::size_t> by_name_;  // in lower case, language and path
  std::map<std::string, std::size_t> by_last_;  // the last name alone; kMany: of several
  std::map<std::string, std::vector<std::size_t>> by_folder_;  // of bundles and sections
  std::set<std::string> sections_;  // language and folders of those with an _index.md
};

}  // namespace meridian::cli::hugo
