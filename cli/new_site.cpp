// `meridian new`: the sources of a site to begin with.
#include <cstdio>
#include <filesystem>

#include "commands.h"
#include "disk.h"
#include "json_object.h"
#include "meridian/text.h"
#include "new_files.h"
#include "new_folder.h"
#include "new_from.h"
#include "printable.h"

namespace meridian::cli {

namespace {
bool refuse(const std::string& message) { return cli::refuse(message) == kOk; }

/// A word of a shell's command line, in quotes where it needs them.
std::string shell_word(const std::string& word) {
  bool plain = !word.empty();
  for (unsigned char c : word)
    plain &=
        is_alnum(char(c)) || c >= 0x80 || std::string_view("/._-+,@%").find(char(c)) != Str::npos;
  if (plain) return word;
  std::string quoted = "'";
  for (char c : word) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

/// False after it was said which option has a value that no site can have.
bool read_values(const Options& options, SiteValues& values) {
  auto text = [](const char* name, const std::optional<std::string>& value) {
    if (!value) return true;
    if (find_invalid_utf8(*value) != Str::npos)
      return refuse(std::string("the text of `") + name + "` is not UTF-8");
    return !strip(*value).empty() || refuse(std::string("`") + name + "` needs a text");
  };
  if (!text("--title", options.title) || !text("--name", options.name)) return false;
  values.title = options.title;
  values.name = options.name;
  if (options.notes && (options.name || options.url))
    return refuse(
        "a folder of notes has no settings, so there is no place for `--name` and `--url`; leave "
        "them out, or make another kind of site");
  return !options.url ||
         (find_invalid_utf8(*options.url) == Str::npos && set_address(*options.url, values)) ||
         refuse("`--url` is an address as https://ada.example or https://ada.example/site");
}

void tell_commands(const NewFolder& folder) {
  std::string word = shell_word(folder.path().string());
#ifdef __EMSCRIPTEN__
  std::fprintf(stderr, "  meridian serve %s\n", word.c_str());
#else
  std::fprintf(stderr, "  meridian check --source %s\n", word.c_str());
#endif
  std::fprintf(stderr, "  meridian build --source %s --destination %s\n", word.c_str(),
               shell_word((folder.path() / "_site").string()).c_str());
}

/// The path of the README that has the steps which remain; empty: there is none.
std::string readme_in(const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    if (std::filesystem::path(path).filename() == "README.md") return path;
  return {};
}

void tell(const NewFolder& folder, const std::vector<std::string>& paths) {
  for (const std::string& path : paths)
    std::fprintf(stderr, "%s\n", (folder.path() / path).c_str());
  std::fprintf(stderr, "\n%zu files. Change their words, then run\n\n", paths.size());
  tell_commands(folder);
  if (std::string readme = readme_in(paths); !readme.empty())
    std::fprintf(stderr, "\nThe steps to GitHub Pages are in %s\n",
                 (folder.path() / readme).c_str());
}

void tell_lines(const char* about, const std::vector<std::string>& lines) {
  if (lines.empty()) return;
  std::fprintf(stderr, "%s\n\n", about);
  for (const std::string& line : lines) std::fprintf(stderr, "  %s\n", line.c_str());
  std::fputs("\n", stderr);
}

/// What of a copy is not as it was, and what is still the other one's.
void tell(const NewFolder& folder, const SiteCopy& copied, bool quiet) {
  tell_lines("Skipped:", copied.left_out);
  tell_lines("Not set, write them into _config.yml:", copied.unset);
  if (quiet) return;
  tell_lines("These settings still say whose site it was:", copied.others);
  std::fprintf(stderr, "%s. Change their words, then run\n\n",
               counted(copied.files, "file").c_str());
  tell_commands(folder);
}

void print_json(const NewFolder& folder, const SiteCopy& copied) {
  Arena arena;
  JsonObject done(arena);
  done.set("folder", folder.path().string());
  done.set("files", std::uint64_t(copied.files));
  done.set("left_out", copied.left_out);
  done.set("unset", copied.unset);
  done.set("others", copied.others);
  done.print();
}

int new_from(const Options& options, const SiteValues& values) {
  std::error_code error;
  std::filesystem::path from = folder_at(*options.from, error);
  if (error)
    return cli::refuse(
        "the folder `" + printable(*options.from) + "` can't be read: " + error.message() +
        with_slashes_instead(*options.from) +
        (options.from->find("://") == Str::npos ? "" : "; download the site, and name its folder"));
  NewFolder folder;
  SiteCopy copied;
  if (!folder.open(options.file, from) || !copy_site(from, values, folder, copied)) {
    folder.undo();
    return folder.status();
  }
  if (options.json)
    print_json(folder, copied);
  else
    tell(folder, copied, options.quiet);
  return copied.unread ? kErrors : kOk;
}
}  // namespace

namespace {
std::vector<NewFileText> files_of(const Options& options, const SiteValues& values) {
  std::vector<NewFileText> files = files_of_kind(options.notes      ? "notes"
                                                 : options.academic ? "academic"
                                                                    : "home",
                                                 values);
  if (!options.github) return files;
  for (NewFileText& file : files_of_kind("github", values)) {
    // Among notes it would be one. GitHub shows it from here as well.
    if (options.notes && file.path == "README.md") file.path = ".github/README.md";
    files.push_back(std::move(file));
  }
  return files;
}
}  // namespace

int new_site(const Options& options) {
  SiteValues values;
  if (!read_values(options, values)) return kWrongUse;
  if (options.from) return new_from(options, values);
  NewFolder folder;
  std::vector<std::string> paths;
  bool ok = folder.open(options.file);
  for (const NewFileText& file : files_of(options, values)) {
    ok = ok && folder.write(file.path, file.text);
    paths.push_back(file.path);
  }
  if (!ok) {
    folder.undo();
    return folder.status();
  }
  if (options.json)
    print_json(folder,
               {.files = paths.size(), .left_out = {}, .unread = false, .others = {}, .unset = {}});
  else if (!options.quiet)
    tell(folder, paths);
  return kOk;
}

}  // namespace meridian::cli
