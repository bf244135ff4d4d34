#include "options.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <utility>

#include "findings.h"
#include "help.h"
#include "meridian/text.h"

namespace meridian::cli {

namespace {
struct Flag {
  const char* name;
  std::string Options::* value;
};
struct OptionalFlag {
  const char* name;
  std::optional<std::string> Options::* value;
};
struct NumberFlag {
  const char* name;
  std::optional<std::size_t> Options::* value;
  std::size_t least, most;
  const char* what;
};
struct Switch {
  const char* name;
  bool Options::* value;
};
constexpr Flag kFlags[] = {
    {"--source", &Options::source},     {"--destination", &Options::destination},
    {"--output", &Options::output},     {"--format", &Options::format},
    {"--pictures", &Options::pictures}, {"--shell", &Options::shell}};
constexpr OptionalFlag kOptionalFlags[] = {
    {"--baseurl", &Options::baseurl}, {"--url", &Options::url},
    {"--theme", &Options::theme},     {"--title", &Options::title},
    {"--name", &Options::name},       {"--time", &Options::time},
    {"--from", &Options::from},       {"--shell-url", &Options::shell_url},
    {"--config", &Options::config}};
// Of a window, in pixels, as web/command/compare.mjs has them.
constexpr std::size_t kNarrowest = 100, kWidest = 4096;
constexpr NumberFlag kNumberFlags[] = {
    {"--memory", &Options::memory, 0, 1'000'000, "megabytes, as 32"},
    {"--jobs", &Options::jobs, 1, kMostJobs, "processes, from 1 to 64"},
    {"--width", &Options::width, kNarrowest, kWidest, "pixels, from 100 to 4096"}};
constexpr Switch kSwitches[] = {{"--drafts", &Options::drafts},
                                {"--future", &Options::future},
                                {"--raw", &Options::raw},
                                {"--force", &Options::force},
                                {"--pages", &Options::pages},
                                {"--content-only", &Options::content_only},
                                {"--quiet", &Options::quiet},
                                {"--json", &Options::json},
                                {"--watch", &Options::watch},
                                {"--author", &Options::author},
                                {"--all", &Options::all},
                                {"--strict", &Options::strict},
                                {"--notes", &Options::notes},
                                {"--academic", &Options::academic},
                                {"--external", &Options::external},
                                {"--pixels", &Options::pixels},
                                {"--self-host", &Options::self_host},
                                {"--compress", &Options::compress},
                                {"--github", &Options::github}};

// Without --memory. With what is made of all sources, a build of 100,000 posts takes 500 MB.
constexpr std::size_t kMegabytes = 32;
// No number that an option takes has more.
constexpr std::size_t kMostDigits = 7;

/// `; did you mean `build`?`; empty: nothing is near.
std::string did_you_mean(const std::string& nearest) {
  return nearest.empty() ? nearest : "; did you mean `" + nearest + "`?";
}

/// `command`: the sub-command whose help lists what there is; empty: the program's does.
bool wrong(const std::string& what, const std::string& command = {}) {
  std::fprintf(stderr, "meridian: %s\n`meridian %s%s--help` lists what there is.\n", what.c_str(),
               command.c_str(), command.empty() ? "" : " ");
  return false;
}

/// False after it was said what the option takes.
bool read_number(const NumberFlag& flag, const std::string& text, Options& options) {
  bool digits = !text.empty() && text.size() <= kMostDigits &&
                text.find_first_not_of("0123456789") == std::string::npos;
  std::size_t number = digits ? std::size_t(parse_int(text)) : 0;
  if (!digits || number < flag.least || number > flag.most)
    return wrong(
        "invalid " + std::string(flag.name) + " `" + text + "`: give a number of " + flag.what,
        options.command);
  options.*flag.value = number;
  return true;
}

/// Whether the sub-command takes all options that were given.
bool takes_all(const std::string& command, const std::vector<std::string>& given) {
  for (const std::string& option : given) {
    if (takes(command, option)) continue;
    std::string what = "`" + option + "` is of ";
    what += commands_with(option) + ", not of `" + command + "`";
    return wrong(what, command);
  }
  return true;
}
}  // namespace

std::size_t most_held(const Options& options) {
  if (options.command != "build" || options.raw) return std::size_t(-1);
  std::uint64_t bytes = std::uint64_t(options.memory.value_or(kMegabytes)) << 20;
  return std::size_t(std::min(bytes, std::uint64_t(std::size_t(-1))));
}

bool parse(int count, char** arguments, Options& options, std::optional<int>& status) {
  std::vector<std::string> given;
  std::vector<std::pair<const NumberFlag*, std::string>> numbers;
  std::vector<std::string> unknown, unexpected;  // reported once the sub-command is known
  bool wants_help = false, has_folder = false, before_command = false;
  for (int i = 1; i < count; i++) {
    std::string argument = arguments[i], value;
    // `help build` is a habit from other programs.
    if (argument == "--help" || argument == "-h" ||
        (argument == "help" && options.command.empty())) {
      wants_help = true;
      continue;
    }
    if (argument == "--version") {
      std::puts("meridian " MERIDIAN_VERSION);
      status = kOk;
      return true;
    }
    // `new` explains itself what is wrong with such a name.
    const bool is_option = argument.size() > 1 && argument[0] == '-';
    if (!is_option || (options.command == "new" && argument[1] != '-')) {
      if (options.command.empty())
        options.command = argument;
      else if (takes_folder(options.command) && !has_folder)
        options.source = argument, has_folder = true;
      else if ((options.command == "render" || options.command == "new") && options.file.empty())
        options.file = argument;
      else if (options.command == "places" ||
               ((options.command == "compare" || options.command == "import" ||
                 options.command == "theme") &&
                options.names.size() < 2))
        options.names.push_back(argument);
      else
        unexpected.push_back(argument);
      continue;
    }
    bool known = false;
    for (const Switch& s : kSwitches)
      if (argument == s.name) options.*s.value = known = true;
    if (known) {
      given.push_back(argument);
      continue;
    }
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
    for (const NumberFlag& f : kNumberFlags)
      if (matches(f.name)) known = true, numbers.emplace_back(&f, value);
    if (!known) {
      before_command |= options.command.empty();
      unknown.push_back(argument);
      continue;
    }
    if (!has_value) return wrong("`" + argument + "` needs a value", options.command);
    given.push_back(argument);
  }
  const std::string& command = options.command;
  const bool known_command = is_command(command);
  // Before the sub-command, which may be its value.
  if (!unknown.empty() && (known_command || command.empty() || before_command))
    return wrong("there is no option `" + unknown[0] + "`" +
                     did_you_mean(nearest_option(known_command ? command : "", unknown[0])),
                 known_command ? command : "");
  if (!command.empty() && !known_command)
    return wrong("there is no command `" + command + "`" + did_you_mean(nearest_command(command)));
  if (!unexpected.empty()) return wrong("unexpected argument `" + unexpected[0] + "`", command);
  if (has_folder && std::find(given.begin(), given.end(), "--source") != given.end())
    return wrong("`--source` and `" + options.source + "` both name the sources; give one",
                 command);
  if (wants_help || options.command.empty()) {
    std::fputs(help(options.command).c_str(), wants_help ? stdout : stderr);
    if (wants_help) status = kOk;
    return wants_help;
  }
  if (!takes_all(options.command, given)) return false;
  for (const auto& [flag, text] : numbers)
    if (!read_number(*flag, text, options)) return false;
  if (options.command == "render" && options.file.empty()) return wrong("`render` needs a file");
  if (options.command == "new" && options.file.empty())
    return wrong("`new` needs the name of a folder");
  if (options.command == "new" && options.notes && options.academic)
    return wrong("`--notes` and `--academic` are different sites; give one of them");
  if (options.from && (options.notes || options.academic || options.github))
    return wrong(
        "`--from` copies a site with its kind; omit `--notes`, `--academic` and `--github`");
  if (options.command == "compare" && options.names.size() < 2)
    return wrong("`compare` needs two folders, as `meridian compare _site public`");
  if (options.pixels)
    return wrong(
        "`--pixels` is of the command for Node alone: npx meridian-site compare --pixels DIR DIR",
        "compare");
  if (options.command == "compare" &&
      (options.width || options.baseurl || !options.pictures.empty()))
    return wrong("`--width`, `--baseurl` and `--pictures` are with `--pixels`", "compare");
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
  if (options.watch && options.raw)
    return wrong("`--watch` is without `--raw`, whose pages follow the sources anyway");
  if (options.json && options.output == "-")
    return wrong("standard output is the manifest's or JSON's; omit `--json`", "index");
  if (options.watch && options.json)
    return wrong("`--json` reports one build; omit `--watch`", "build");
  if (options.pages && !options.raw) return wrong("`--pages` is of `build --raw`");
  if (options.compress && !options.raw && !options.self_host)
    return wrong("`--compress` is of `build --raw` and of `init --self-host`", options.command);
  if (Format format; !options.format.empty() && !format_named(options.format, format))
    return wrong("invalid --format `" + options.format + "`: text, json, sarif or github", "check");
  if (options.theme && *options.theme != "auto" && *options.theme != "site" &&
      *options.theme != "meridian")
    return wrong("invalid --theme `" + *options.theme + "`: auto, site or meridian", command);
  return true;
}

}  // namespace meridian::cli
