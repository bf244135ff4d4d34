#include "options.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "findings.h"
#include "meridian/text.h"

namespace meridian::cli {

namespace {
#ifdef __EMSCRIPTEN__
#define MERIDIAN_SERVE                                                                       \
  "  meridian serve [DIR]       the site over HTTP, whose pages follow each change; `serve " \
  "--help`\n"
#else
#define MERIDIAN_SERVE ""
#endif

constexpr const char* kHelp =
    R"(meridian: renders a site from its raw sources (Markdown, Liquid, _config.yml, _data), as Jekyll 4.3 does

  meridian new FOLDER        write the sources of a site to begin with into a folder that is not there yet, or empty:
                             a person's home page, or another kind
  meridian build             write every page as HTML
  meridian build --raw       write the sources with the shell and the manifest: visitors' browsers render them
)" MERIDIAN_SERVE
    R"(  meridian check             say what is wrong in the sources; exits with 1 when there are errors
  meridian compare DIR DIR   what differs between two builds of a site, as browsers read them: Jekyll's and ours, or
                             before and after a change; exits with 1 when something does
  meridian doctor            what of the sources is shown otherwise than by Jekyll, and why; exits with 1 when
                             pages lack something
  meridian head              write title, metadata and text of the first page into the shell beside the sources, for
                             crawlers and readers without scripts
  meridian import DIR FOLDER  write the sources of a site of Hugo as those of a site for Meridian and Jekyll into a folder
                             that is not there yet, or empty; tells what has no twin
  meridian index             write the manifest meridian.json, which spares visitors round trips
  meridian render FILE       one document to standard output
  meridian places NAME...    where cities are: a line each, tabs between (name asked, name, region, country's ISO code,
                             latitude, longitude, population); exits with 1 when one is unknown, which has empty fields
  meridian theme add [NAME]  copy a theme of Jekyll's, which _config.yml or NAME names, into meridian/themes/ beside the
                             sources: from its installed gem (NAME@VERSION: this one), or from a folder
  meridian theme list        the themes there
  meridian theme remove NAME  remove one, but for files that were changed
  meridian upgrade           replace the shell beside the sources by that of this program, and nothing of the author's

  --source DIR          where the sources are                       (.)
  --destination DIR     where pages are written; not the source, nor what contains it  (_site)
  --baseurl /PATH       the path that the site lies under           (from _config.yml)
  --url URL             the site's address                          (from _config.yml)
  --academic, --notes   of new: a site with publications, talks, teaching, CV and travel; a folder of notes
  --from DIR            of new: a copy of the site in this folder, as a downloaded academicpages; tells whose it is still
  --title TEXT          of new: the site's title                    (the name)
  --name TEXT           of new: the author's name                   ("Your Name")
  --theme NAME          auto, site (its own layouts only) or meridian
  --content-only        pages without their layouts
  --pages               of build --raw: a shell at the address of each page, which a host gives with status 200
  --force               of build: write over files that no earlier build has written, never over the source;
                        of theme add and upgrade: also over files that were changed
  --watch               of build: go on, and write after each change of the sources what is made of them
  --memory MB           of build: sources that are held in memory; what is more is read again when needed  (64)
  --drafts, --future    also drafts; also posts with a date to come
  --time ISO            site.time and "now", as 2026-01-31T12:00:00Z (the clock's)
  --output FILE         of index: another file, or - for standard output
  --shell DIR           the built shell, and the gazetteer in it    (dist or share/meridian beside the program's folder)
  --author              of index: also where front matter or settings can't be read, what of them can be
  --format NAME         of check: text, json, sarif (SARIF 2.1.0) or github (annotations of a workflow)  (text)
  --json                of check, doctor and import: the findings as JSON; of compare: every difference
  --strict              of check: exit with 1 for warnings, too
  --external            of check: also ask other hosts whether what pages link to or show is there; natively by curl
  --quiet               only what is wrong
  --help, --version

JEKYLL_ENV sets jekyll.environment (production); SOURCE_DATE_EPOCH, seconds since 1970, sets site.time without --time.
Of check --external: MERIDIAN_LINK_SECONDS is the time for one answer (20); MERIDIAN_PRIVATE_LINKS=1 has hosts of private
networks asked, too.
)";

struct Flag {
  const char* name;
  std::string Options::* value;
};
struct OptionalFlag {
  const char* name;
  std::optional<std::string> Options::* value;
};
struct Switch {
  const char* name;
  bool Options::* value;
};
constexpr Flag kFlags[] = {{"--source", &Options::source}, {"--destination", &Options::destination},
                           {"--output", &Options::output}, {"--format", &Options::format},
                           {"--shell", &Options::shell},   {"--memory", &Options::memory}};
constexpr OptionalFlag kOptionalFlags[] = {
    {"--baseurl", &Options::baseurl}, {"--url", &Options::url},   {"--theme", &Options::theme},
    {"--title", &Options::title},     {"--name", &Options::name}, {"--time", &Options::time},
    {"--from", &Options::from}};
constexpr Switch kSwitches[] = {
    {"--drafts", &Options::drafts},     {"--future", &Options::future},
    {"--raw", &Options::raw},           {"--force", &Options::force},
    {"--pages", &Options::pages},       {"--content-only", &Options::content_only},
    {"--quiet", &Options::quiet},       {"--json", &Options::json},
    {"--watch", &Options::watch},       {"--author", &Options::author},
    {"--strict", &Options::strict},     {"--notes", &Options::notes},
    {"--academic", &Options::academic}, {"--external", &Options::external}};

// Without --memory. With what is made of all sources, a build of 100,000 posts takes 500 MB.
constexpr std::int64_t kMegabytes = 64;
constexpr std::size_t kMostDigits = 6;

bool wrong(const std::string& what) {
  std::fprintf(stderr, "meridian: %s\n`meridian --help` lists what there is.\n", what.c_str());
  return false;
}
}  // namespace

std::size_t most_held(const Options& options) {
  if (options.command != "build" || options.raw) return std::size_t(-1);
  std::int64_t megabytes = options.memory.empty() ? kMegabytes : parse_int(options.memory);
  return std::size_t(std::min(std::uint64_t(megabytes) << 20, std::uint64_t(std::size_t(-1))));
}

bool parse(int count, char** arguments, Options& options, std::optional<int>& status) {
  for (int i = 1; i < count; i++) {
    std::string argument = arguments[i], value;
    if (argument == "--help" || argument == "-h") {
      std::fputs(kHelp, stdout);
      status = kOk;
      return true;
    }
    if (argument == "--version") {
      std::puts("meridian " MERIDIAN_VERSION);
      status = kOk;
      return true;
    }
    if (argument.rfind("--", 0) != 0) {
      if (options.command.empty())
        options.command = argument;
      else if ((options.command == "render" || options.command == "new") && options.file.empty())
        options.file = argument;
      else if (options.command == "places" ||
               ((options.command == "compare" || options.command == "import" ||
                 options.command == "theme") &&
                options.names.size() < 2))
        options.names.push_back(argument);
      else
        return wrong("what is `" + argument + "` for?");
      continue;
    }
    bool known = false;
    for (const Switch& s : kSwitches)
      if (argument == s.name) options.*s.value = known = true;
    if (known) continue;
    auto equals = argument.find('=');
    bool has_value = equals != std::string::npos;
    if (has_value) value = argument.substr(equals + 1), argument.resize(equals);
    auto matches = [&](const char* name) {
      if (argument != name) return false;
      if (!has_value && i + 1 < count) value = arguments[++i], has_value = true;
      return true;
    };
    for (const Flag& f : kFlags)
      if (matches(f.name)) options.*f.value = value, known = true;
    for (const OptionalFlag& f : kOptionalFlags)
      if (matches(f.name)) options.*f.value = value, known = true;
    if (!known) return wrong("there is no option `" + argument + "`");
    if (!has_value) return wrong("`" + argument + "` needs a value");
  }
  if (options.command.empty()) {
    std::fputs(kHelp, stderr);
    return false;
  }
  if (one_of(options.command,
             "build check compare doctor head import index new places render theme upgrade") < 0)
    return wrong("there is no command `" + options.command + "`");
  if (options.command == "render" && options.file.empty()) return wrong("`render` needs a file");
  if (options.command == "new" && options.file.empty())
    return wrong("`new` needs the name of a folder");
  if (options.command == "new" && options.notes && options.academic)
    return wrong("`--notes` and `--academic` are different sites; give one of them");
  if (options.from && options.command != "new") return wrong("`--from` is of `new`");
  if (options.from && (options.notes || options.academic))
    return wrong("`--from` copies a site of its own kind; leave out `--notes` and `--academic`");
  if (options.command == "compare" && options.names.size() < 2)
    return wrong("`compare` needs two folders, as `meridian compare _site public`");
  if (options.command == "import" && options.names.size() < 2)
    return wrong("`import` needs a site of Hugo and a new folder, as `meridian import old new`");
  if (options.command == "places" && options.names.empty()) return wrong("`places` needs a name");
  if (options.command == "theme") {
    std::string verb = options.names.empty() ? std::string() : options.names[0];
    if (verb != "add" && verb != "list" && verb != "remove")
      return wrong("`theme` is `theme add`, `theme list` or `theme remove`");
    if (verb == "remove" && options.names.size() < 2) return wrong("`theme remove` needs a name");
    if (verb == "list" && options.names.size() > 1) return wrong("`theme list` takes no name");
  }
  if (options.memory.find_first_not_of("0123456789") != std::string::npos ||
      options.memory.size() > kMostDigits)
    return wrong("`--memory` is a number of megabytes, as 64");
  if (options.watch && (options.command != "build" || options.raw))
    return wrong("`--watch` is of `build` without `--raw`, whose pages follow the sources anyway");
  if (options.external && options.command != "check") return wrong("`--external` is of `check`");
  if (Format format; !options.format.empty() && !format_named(options.format, format))
    return wrong("`--format` is text, json, sarif or github");
  if (options.theme && *options.theme != "auto" && *options.theme != "site" &&
      *options.theme != "meridian")
    return wrong("`--theme` is auto, site or meridian");
  return true;
}

}  // namespace meridian::cli
