// Reads a folder of Hugo's and writes the sources of a site for Meridian and Jekyll.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "author.h"
#include "documents.h"
#include "output.h"
#include "shortcodes.h"
#include "site_config.h"

namespace meridian::cli::hugo {

struct ImportCounts {
  std::size_t pages = 0, posts = 0, documents = 0, lists = 0, files = 0, data = 0;
  ShortcodeCounts shortcodes;
};

class Importer {
 public:
  /// `root` is canonical; the folder `destination` within it is no source. `now`: see Pages.
  Importer(std::filesystem::path root, const std::filesystem::path& destination, const Time& now,
           Diagnostics& found);

  /// Reads the settings and the front matter of all pages. False when the folder is no site of
  /// Hugo.
  [[nodiscard]] bool read();
  /// Writes the sources. False when the disk refused, which was printed.
  [[nodiscard]] bool write(NewFolder& folder);

  ImportCounts counts;

 private:
  /// A part of the home page that older sites of Hugo Blox have as a file.
  struct Widget {
    std::int64_t weight;
    std::string title, path;
  };

  bool read_text(const std::string& path, std::string& text);
  void read_pages();
  void read_page(const SourceFile& file);
  void read_resource(const std::string& path, Str text);
  bool write_pages(Output& out, const Documents& documents);
  bool write_page(Output& out, const Documents& documents, const Page& page);
  bool write_lists(Output& out, const Documents& documents);
  bool write_files(Output& out);
  bool write_file(Output& out, const std::string& path, const std::string& target);
  bool write_data(Output& out, const std::string& path);
  bool write_map(Output& out, const std::string& path, const Map& map, const std::string& source);
  std::string text_of(const Page& page, Str text, std::size_t begin);
  std::string as_commonmark(Str text) const;
  std::string rewritten(const Page& page, Str words);
  std::string biography_of(const Page& person);
  std::string blocks_of(const Page& page, Str text, const Documents& documents);
  std::string shown_by_block(Str name, const Map& content, const Documents& documents);
  std::string widgets(const Page& page, const Documents& documents);
  std::vector<std::string> targets_of(const std::string& path) const;
  bool write_content(Output& out, const std::string& path);
  std::string picture_of(const Page& page) const;
  std::string bibtex_of(const Page& page, const Documents& documents);
  std::string avatar_of(const Page& person) const;
  void set_author();
  bool write_persons(Output& out);
  void report_left();

  std::filesystem::path root_;
  Diagnostics& found_;
  Arena arena_;
  std::vector<SourceFile> files_;
  Settings settings_;
  Pages pages_;
  std::set<std::string> media_;                  // files below assets/media
  std::set<std::string> plain_html_;             // pages of content without front matter
  std::set<std::string> bundles_;                // folders with an index.md
  std::map<std::string, std::string> featured_;  // pictures of bundles, by their folders
  std::map<std::string, std::string> avatars_;   // those of persons
  std::vector<Widget> widgets_;
  Persons persons_;
  int biographies_ = 0;
  std::map<std::string, std::size_t> left_;  // files of folders that have no twin
  SiteUses uses_;
};

}  // namespace meridian::cli::hugo
