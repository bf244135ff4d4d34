// The settings of a Hugo site: `hugo.toml`, `config.yaml`, `config/_default/…`, in any of Hugo's
// formats.
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "addresses.h"
#include "goldmark.h"
#include "walk.h"

namespace meridian::cli::hugo {

/// The value of a key whatever its case, as Hugo reads settings and front matter; nil when there is
/// none.
const Value& get_any_case(const Map& map, Str key);

struct Language {
  std::string code;    ///< as `de`
  std::string folder;  ///< of its content, with a slash at its end; empty: that of all
};

class Settings {
 public:
  /// Reads all files of settings among `files`, which lie below `root`. A file that can't be read
  /// is reported and left out. What the settings hold lives in the arena. False when there is no
  /// such file: the folder is no site of Hugo.
  [[nodiscard]] bool read(const std::filesystem::path& root, const std::vector<SourceFile>& files,
                          Arena& arena, Diagnostics& found);

  /// Whether a file is one of those that were read.
  bool has_read(const std::string& path) const;
  /// A setting, whatever its case; nil when there is none.
  const Value& get(Str name) const { return get_any_case(*all_, name); }
  const Map& all() const { return *all_; }
  Map& params() const { return *params_; }
  /// The pattern of `permalinks` for pages of a section, or for terms of a taxonomy; empty when
  /// there is none.
  Str pattern(Str name, bool terms = false) const;
  /// The names of taxonomies as front matter has them: `tags`.
  const std::vector<std::string>& taxonomies() const { return taxonomies_; }
  bool is_taxonomy(const std::string& name) const;
  const std::vector<Language>& languages() const { return languages_; }
  /// The code of the language whose pages lie at the root.
  const std::string& language() const { return language_; }
  /// What stands before the addresses of a language's pages: `/de`, or nothing.
  std::string prefix_of(const std::string& language) const;
  /// Where files of a folder below `content` are published, with a slash in front: those of a
  /// language below its prefix.
  std::string place_in(Str folder) const;

  /// Reports a setting, at the place of the word in the files.
  void report(Str word, Str message, Str remedy, Diagnostics& found) const;

  AddressRules rules;
  Goldmark goldmark;

 private:
  /// What a file of settings says: of `config/_default/params.yaml` the key `params`, which in
  /// `params.de.yaml` is that of a language; no key of `hugo.toml`.
  struct FileKey {
    std::string key, language;
  };
  struct File {
    std::string path;
    FileKey of;
    std::string text;
    Value value;  ///< nil when it could not be read
  };
  [[nodiscard]] static bool key_of_file(const std::string& path, FileKey& key);
  void add_values(Arena& arena);
  bool has_extension(const char* name) const;
  void set_folder(const std::string& code, Str folder);
  void read_taxonomies(Diagnostics& found);
  void read_languages(Diagnostics& found);

  std::vector<File> files_;
  Map* all_ = nullptr;
  Map* params_ = nullptr;
  Map* patterns_ = nullptr;  // `permalinks`
  std::vector<std::string> taxonomies_;
  std::vector<Language> languages_;
  std::string language_;
};

}  // namespace meridian::cli::hugo
