#include "help.h"

#include <algorithm>
#include <vector>

#include "check/names.h"
#include "meridian/text.h"

namespace meridian::cli {

namespace {
struct CommandText {
  const char* head;  // with its arguments
  const char* text;
};

constexpr CommandText kCommands[] = {
    {"new FOLDER",
     "write the sources of a site to begin with into a folder that is not there yet, or empty: a "
     "person's home page, or another kind"},
    {"build [DIR]", "write every page as HTML"},
    {"build --raw [DIR]",
     "write the sources with the shell and the manifest: visitors' browsers render them"},
#ifdef __EMSCRIPTEN__
    {"serve [DIR]", "the site over HTTP, whose pages follow each change; `serve --help`"},
#endif
    {"check [DIR]", "say what is wrong in the sources; exits with 1 when there are errors"},
    {"compare DIR DIR",
     "what differs between two builds of a site, as browsers read them: Jekyll's and ours, or "
     "before and after a change; exits with 1 when something does"},
    {"doctor [DIR]",
     "what of the sources is shown otherwise than by Jekyll, and why; exits with 1 when pages lack "
     "something"},
    {"head [DIR]",
     "write title, metadata and text of the first page into the shell beside the sources, for "
     "crawlers and readers without scripts"},
    {"import DIR FOLDER",
     "write the sources of a site of Hugo as those of a site for Meridian and Jekyll into a folder "
     "that is not there yet, or empty; lists what has no equivalent"},
    {"index [DIR]", "write the manifest meridian.json, which spares visitors round trips"},
    {"init [DIR]",
     "make a folder of sources a site: write index.html and 404.html, which get the shell from "
     "another host, and .nojekyll; with `meridian: {offline: true}` in _config.yml also "
     "meridian-offline.js"},
    {"render FILE", "one document to standard output"},
    {"places NAME...",
     "where cities are: a line each, tabs between (name asked, name, region, country's ISO code, "
     "latitude, longitude, population); exits with 1 when one is unknown, which has empty fields"},
    {"theme add [NAME]",
     "copy a theme of Jekyll's, which _config.yml or NAME names, into meridian/themes/ beside the "
     "sources: from its installed gem (NAME@VERSION: this one), or from a folder"},
    {"theme list", "the themes there"},
    {"theme remove NAME", "remove one, but for files that were changed"},
    {"upgrade [DIR]",
     "replace the shell beside the sources by that of this program, and nothing of the author's"},
};

struct OptionText {
  const char* head;  // with its value
  const char* of;    // the sub-commands
  const char* text;
  const char* otherwise;  // what holds without it
};

constexpr const char* kWithFolder = "build check doctor head index init upgrade";
constexpr const char* kReading = "build check doctor head index init render upgrade";
constexpr const char* kAll =
    "new build check compare doctor head import index init render places theme upgrade";

constexpr OptionText kOptions[] = {
    {"--academic", "new", "a site with publications, talks, teaching, CV and travel",
     "a home page"},
    {"--notes", "new", "a folder of notes", "a home page"},
    {"--github", "new",
     "also a workflow for GitHub Pages, a .gitignore, and a README with the steps", ""},
    {"--from DIR", "new",
     "a copy of the site in this folder, as a downloaded academicpages; lists what is still its "
     "owner's",
     ""},
    {"--title TEXT", "new", "the site's title", "the name"},
    {"--name TEXT", "new", "the author's name", "\"Your Name\""},
    {"--url URL", "new", "the site's address, with its path", ""},
    {"--destination DIR", "build",
     "where the site is written; not the source, nor what contains it", "_site"},
    {"--raw", "build", "write sources, shell and manifest", "HTML"},
    {"--pages", "build",
     "with --raw: a shell at the address of each page, which a host gives with status 200", ""},
    {"--force", "build",
     "write over files that no earlier build has written, never over the source", ""},
    {"--watch", "build", "continue, and write the affected files after each change of the sources",
     ""},
    {"--memory MB", "build",
     "sources that are held in memory; what is more is read again when needed", "32"},
    {"--jobs N", "build", "processes that render pages at the same time; natively",
     "one for each processor"},
    {"--content-only", "build render", "pages without their layouts", ""},
    {"--force", "theme upgrade", "also write over files that were changed, or remove them", ""},
    {"--output FILE", "index", "another file, or - for standard output",
     "meridian.json in the source"},
    {"--shell-url URL", "init", "where the shell's files are", "the npm package at a public host"},
    {"--self-host", "init",
     "write the shell's files that this site needs beside the sources; without another host", ""},
    {"--compress", "build init",
     "with --raw or --self-host: also the compressed forms of the shell's files", ""},
    {"--author", "index", "also where front matter or settings can't be read, what of them can be",
     ""},
    {"--format NAME", "check",
     "text, json, sarif (SARIF 2.1.0) or github (annotations of a workflow)", "text"},
    {"--json", "check doctor import", "the findings as JSON", ""},
    {"--json", "compare", "every difference, as JSON", ""},
    {"--pixels", "compare",
     "also what pages look like, in this machine's Chromium or Chrome; of the command for Node",
     ""},
    {"--width PX", "compare", "with --pixels: how wide the window is", "1280"},
    {"--pictures DIR", "compare",
     "with --pixels: write pictures of pages that look otherwise into a new folder", ""},
    {"--baseurl /PATH", "compare", "with --pixels: the path that both builds lie under", ""},
    {"--json", "build index init new places theme upgrade",
     "what was done or found as JSON, in a line on standard output", ""},
    {"--all", "check", "every finding, also where a rule has many; other formats always have them",
     ""},
    {"--strict", "check", "exit with 1 for warnings, too", ""},
    {"--external", "check",
     "also ask other hosts whether what pages link to or show is there; natively by curl", ""},
    {"--source DIR", "build check doctor head index init render theme upgrade",
     "where the sources are; the same as DIR", "."},
    {"--destination DIR", "check doctor head index init render upgrade",
     "a folder in the source that builds write, and that is not read", "_site"},
    {"--config FILES", "build check doctor head index init render theme upgrade",
     "settings, with commas between the files; a later one overrides the others",
     "_config.yml, else _config.yaml or _config.toml"},
    {"--baseurl /PATH", kReading, "the path that the site lies under", "from _config.yml"},
    {"--url URL", kReading, "the site's address", "from _config.yml"},
    {"--theme NAME", kReading, "auto, site (its own layouts only) or meridian", "auto"},
    {"--drafts", kReading, "also drafts", ""},
    {"--future", kReading, "also posts with a date to come", ""},
    {"--time ISO", "build check doctor head import index init render upgrade",
     "site.time and \"now\", as 2026-01-31T12:00:00Z", "the clock's"},
    {"--shell DIR", kAll, "the built shell, and the gazetteer in it",
     "dist or share/meridian beside the program's folder"},
    {"--quiet", kAll, "only what is wrong", ""},
    {"--help", kAll, "print this, and end", ""},
};

constexpr const char* kVariables =
    "JEKYLL_ENV sets jekyll.environment (production); SOURCE_DATE_EPOCH, seconds since 1970, sets "
    "site.time without --time.";
constexpr const char* kLinkVariables =
    "MERIDIAN_LINK_SECONDS is the time for one answer of another host (20); "
    "MERIDIAN_PRIVATE_LINKS=1 has hosts of private networks asked, too.";

constexpr const char* kBrowserVariable =
    "CHROMIUM is the browser of --pixels, by its name or path (the first that is found).";

constexpr std::size_t kWidth = 100, kCommandColumn = 30, kOptionColumn = 24;

Str first_word(Str text) { return text.substr(0, text.find(' ')); }

/// Adds words behind the beginning of a line, in lines of at most kWidth; further ones begin at a
/// column.
void add_wrapped(std::string& out, std::string line, std::size_t column, Str words) {
  std::size_t begin = line.size();
  for (Str word; next_piece(words, ' ', word);) {
    if (line.size() + word.size() >= kWidth) {
      out += line + "\n";
      line.assign(begin = column, ' ');
    }
    if (line.size() > begin) line += ' ';
    line += std::string_view(word);
  }
  out += line + "\n";
}

/// A head, and its text in a column beside it.
void add_row(std::string& out, const std::string& head, std::size_t column, Str text) {
  std::string line = "  " + head;
  line.resize(std::max(column, line.size() + 2), ' ');
  add_wrapped(out, line, column, text);
}

void add_commands(std::string& out, Str name) {
  for (const CommandText& command : kCommands)
    if (name.empty() || first_word(command.head) == name)
      add_row(out, "meridian " + std::string(command.head), kCommandColumn, command.text);
}

void add_options(std::string& out, Str command) {
  for (const OptionText& option : kOptions) {
    if (one_of(command, option.of) < 0) continue;
    std::string text(option.text);
    if (*option.otherwise) text += " (" + std::string(option.otherwise) + ")";
    add_row(out, std::string(option.head), kOptionColumn, Str(text));
  }
}
}  // namespace

bool is_command(std::string_view name) { return !name.empty() && one_of(Str(name), kAll) >= 0; }

bool takes(std::string_view command, std::string_view option) {
  for (const OptionText& one : kOptions)
    if (first_word(one.head) == Str(option) && one_of(Str(command), one.of) >= 0) return true;
  return false;
}

bool takes_folder(std::string_view command) { return one_of(Str(command), kWithFolder) >= 0; }

namespace {
/// The nearest of some words; of those that are equally near, one that begins as the misspelt one.
std::string nearest_of(Str word, const List<Str>& known) {
  auto begins_so = [&](Str name) {
    return char_at(name, name.find_first_not_of('-')) ==
           char_at(word, std::min(word.size(), word.find_first_not_of('-')));
  };
  check::Nearest nearest(word);
  for (bool same : {true, false})
    for (Str name : known)
      if (begins_so(name) == same) nearest.consider(name);
  return std::string(nearest.name());
}
}  // namespace

std::string nearest_command(std::string_view word) {
  Arena arena;
  List<Str> known;
  for (Str all = kAll, name; next_piece(all, ' ', name);) known.add(arena, name);
#ifdef __EMSCRIPTEN__
  known.add(arena, "serve");
#endif
  return nearest_of(Str(word), known);
}

std::string nearest_option(std::string_view command, std::string_view word) {
  Arena arena;
  List<Str> known;
  for (const OptionText& option : kOptions)
    if (command.empty() || one_of(Str(command), option.of) >= 0)
      known.add(arena, first_word(option.head));
  return nearest_of(Str(word), known);
}

std::string commands_with(std::string_view option) {
  std::vector<std::string> found;
  for (Str all = kAll, name; next_piece(all, ' ', name);)
    if (takes(name, option)) found.push_back("`" + std::string(name) + "`");
  std::string text;
  for (std::size_t i = 0; i < found.size(); i++)
    text += (!i ? "" : i + 1 < found.size() ? ", " : " or ") + found[i];
  return text;
}

std::string help(std::string_view command) {
  std::string out;
  if (command.empty())
    out =
        "meridian: renders a site from its raw sources (Markdown, Liquid, _config.yml, _data), as "
        "Jekyll 4.3 does\n\n";
  add_commands(out, Str(command));
  out += '\n';
  if (command.empty()) {
    add_row(out, "--help", kOptionColumn,
            "print this; of a sub-command, as `meridian build --help`, its options");
    add_row(out, "--version", kOptionColumn, "print the version");
  } else {
    add_options(out, Str(command));
  }
  if (command == "compare") out += '\n', add_wrapped(out, {}, 0, kBrowserVariable);
  if (!command.empty() && one_of(Str(command), kReading) < 0) return out;
  out += '\n';
  add_wrapped(out, {}, 0, kVariables);
  if (command == "check") out += '\n', add_wrapped(out, {}, 0, kLinkVariables);
  return out;
}

}  // namespace meridian::cli
