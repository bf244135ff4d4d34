// `meridian doctor`: what a move from Jekyll would change, in one page.
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "check_site.h"
#include "commands.h"
#include "findings.h"
#include "known.h"
#include "printable.h"
#include "ruby.h"

namespace meridian::cli {

namespace {
// Places of one finding that are told by name.
constexpr std::size_t kMostPlaces = 3;
// A page of the terminal or two; --json has them all.
constexpr std::size_t kMostItems = 25;

constexpr Name kOwnPlugins = "_plugins/", kNoPlugin = "there is no plugin";
constexpr const char *kWrite = "write it in JavaScript, as _plugins/NAME.js",
                     *kReads =
                         "it reads files or asks the network, which plugins in JavaScript "
                         "can't: put what it makes into _data";

/// Found once, though all pages have other layouts.
bool is_missing_theme(const Diagnostic& d) {
  return d.rule == Rule::Settings && d.message.find("is not here") != Str::npos;
}

/// Whether pages lack something that Jekyll's have; else it is a mistake that Jekyll meets as well.
/// With gems that are not here, an unknown filter may be one of theirs, or one of the site's own
/// Ruby; else the value passes through it there, too.
bool is_missing(const Diagnostic& d, bool gems, const std::vector<RubyPlugin>& ruby) {
  if (d.rule == Rule::Liquid) {
    bool missing = starts_with(d.message, "Unknown tag");
    if (starts_with(d.message, "unknown filter")) {
      missing = gems;
      for (const RubyPlugin& plugin : ruby)
        missing |= plugin.registers_others || plugin.names.count(unknown_name(d.message));
    }
    return missing;
  }
  return d.rule == Rule::Plugin || (d.rule == Rule::Unreadable && d.severity == Severity::Error) ||
         is_missing_theme(d);
}

/// What is said once for all its places.
struct Item {
  std::string message, remedy;
  std::vector<std::string> places;
};

class Items {
 public:
  /// `most`: of findings whose pages are not known, how many they can be.
  Items(const Weights& weights, const Weights& most, const std::vector<RubyPlugin>& plugins)
      : weights_(weights), most_(most), plugins_(plugins) {}
  void add(const Diagnostic& d) {
    std::string message(d.message);
    auto [known, added] = numbers_.emplace(message, items_.size());
    // Names of Liquid that are near do not help where a plugin is missing.
    if (added)
      items_.push_back(
          {message, std::string(d.rule == Rule::Liquid ? remedy_of(message) : d.remedy), {}});
    std::string place(d.file);
    if (d.line) place += ":" + std::to_string(d.line);
    items_[known->second].places.push_back(place);
  }
  bool empty() const { return items_.empty(); }

  void print(const char* title, std::string& out) const {
    if (items_.empty()) return;
    out += "\n" + std::string(title) + "\n";
    for (std::size_t i = 0; i < items_.size() && i < kMostItems; i++) {
      const Item& item = items_[i];
      out += "- " + printable(item.message) + "\n  in ";
      for (std::size_t p = 0; p < item.places.size() && p < kMostPlaces; p++)
        out += (p ? ", " : "") + printable(item.places[p]);
      if (item.places.size() > kMostPlaces)
        out += " and " + std::to_string(item.places.size() - kMostPlaces) + " more";
      if (auto pages = weights_.find(item.message); pages != weights_.end())
        out += ": " + counted(pages->second, "page");
      else if (auto limit = most_.find(item.message); limit != most_.end())
        out += ": at most " + counted(limit->second, "page");
      out += '\n';
      if (!item.remedy.empty()) out += "  " + printable(item.remedy) + "\n";
    }
    if (items_.size() > kMostItems)
      out += "… and " + std::to_string(items_.size() - kMostItems) + " more; --json has them all\n";
  }

 private:
  /// Of a tag or filter that is not known.
  std::string remedy_of(const std::string& message) const {
    for (const RubyPlugin& plugin : plugins_)
      if (plugin.names.count(unknown_name(message)))
        return plugin.path + " defines it: " + (plugin.reads ? kReads : kWrite);
    return std::string("a plugin's? ") + kWrite;
  }

  const Weights &weights_, &most_;
  const std::vector<RubyPlugin>& plugins_;
  std::vector<Item> items_;
  std::map<std::string, std::size_t> numbers_;
};

std::string summary(OpenSite& opened, std::size_t pages) {
  std::size_t files = 0;
  for (const OutputFile& output : opened.outputs) files += output.kind == OutputFile::Static;
  std::string plugins;
  for (const std::string& name : listed_plugins(*opened.workspace.site().config()))
    (plugins += plugins.empty() ? "" : ", ") += name;
  std::string text = counted(pages, "page") + ", " + counted(files, "file") + " beside them";
  if (!plugins.empty()) text += "; plugins: " + printable(plugins);
  return text + "\n";
}

/// Counts the pages of each finding about a plugin in Ruby; one that changes what is rendered, or
/// adds data, may change all `pages`. The files of which no page asks for anything.
std::set<std::string> weigh(const std::vector<RubyPlugin>& ruby, const Diagnostics& findings,
                            const PagesWith& pages_with, std::size_t all_pages, Weights& weights,
                            Weights& most, std::vector<std::string>& same) {
  std::set<std::string> unused;
  std::map<std::string, std::set<std::size_t>> pages;
  for (const Diagnostic& d : findings)
    for (const RubyPlugin& plugin : ruby) {
      if (d.rule != Rule::Plugin || d.file != Str(plugin.path)) continue;
      const std::set<std::size_t> used = pages_that_use(plugin, pages_with);
      if (!used.empty()) {
        pages[std::string(d.message)].insert(used.begin(), used.end());
      } else if (plugin.beside ? !plugin.writes : !plugin.makes_more && !plugin.names.empty()) {
        unused.insert(plugin.path);
        same.push_back("no page uses what " + plugin.path + " makes");
      }
      if (plugin.makes_more || (plugin.names.empty() && !plugin.beside))
        most[std::string(d.message)] = all_pages;
    }
  for (const auto& [message, with] : pages) weights[message] = with.size();
  return unused;
}

std::string joined(const std::vector<std::string>& parts) {
  std::string text;
  for (const std::string& part : parts) (text += text.empty() ? "" : "; ") += printable(part);
  return text;
}
}  // namespace

int doctor(const Options& options) {
  OpenSite opened;
  Author author(opened.workspace);
  if (!opened.open(options)) return kWrongUse;
  Diagnostics all(opened.arena, kMostFindings), findings(opened.arena, kMostFindings),
      known(opened.arena);
  CodeLanguages languages;
  PluginPages plugin_pages(opened.workspace, opened.named_host(options));
  PagesWith pages_with;
  auto read = [&](const OutputFile& page, Str html, const List<Str>& sources) {
    languages.read(page, html);
    plugin_pages.read(html, sources);
  };
  std::size_t pages = check_site(opened, options, all, read, {}, &pages_with);
  leave_out_ignored(opened.workspace.files(), all, !all.full(), findings);
  std::vector<std::string> same;
  Weights weights;
  for (const auto& [message, with] : pages_with) weights[message] = with.size();
  Weights most;
  report_known_differences(opened, options, plugin_pages, known, weights, most, same);
  languages.report(known);
  const std::vector<RubyPlugin> ruby = ruby_plugins(opened);
  const std::set<std::string> unused =
      weigh(ruby, findings, pages_with, pages, weights, most, same);
  Items missing(weights, most, ruby), different(weights, most, ruby);
  std::size_t errors = 0, warnings = 0;
  Diagnostics told(opened.arena, kMostFindings);
  bool gems = false;
  for (const Diagnostic& d : findings)
    gems |= d.rule == Rule::Plugin && !starts_with(d.file, kOwnPlugins);
  for (const Diagnostics* some : {&findings, &known})
    for (const Diagnostic& d : *some) {
      if (starts_with(d.message, kNoPlugin)) most[std::string(d.message)] = pages;
      if (is_missing_theme(d)) weights[std::string(d.message)] = pages;
    }
  for (const Diagnostic& d : findings) {
    if (unused.count(std::string(d.file))) continue;
    if (is_missing(d, gems, ruby)) {
      missing.add(d);
      told.add(d);
    } else {
      errors += d.severity == Severity::Error;
      warnings += d.severity == Severity::Warning;
    }
  }
  for (const Diagnostic& d : known) {
    (d.rule == Rule::Plugin ? missing : different).add(d);
    told.add(d);
  }
  std::string text;
  if (options.json) {
    Text json;
    print_findings(told, Format::Json, options.source, json);
    text = std::string(json.str());
  } else {
    if (!options.quiet) text = summary(opened, pages);
    missing.print("Pages lack:", text);
    different.print("Other than with Jekyll:", text);
    if (missing.empty() && different.empty() && !options.quiet)
      text += "\nNothing is known that Jekyll makes otherwise.\n";
    if (!same.empty() && !options.quiet) text += "\nOf no weight: " + joined(same) + "\n";
    if (errors + warnings && !options.quiet)
      text += "\nThe sources have " + counted(errors, "error") + " and " +
              counted(warnings, "warning") + ", for Jekyll or for readers: `meridian check`\n";
    if (!options.quiet)
      text += "\nFor the proof, build with both and compare: `meridian compare --help`\n";
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return missing.empty() ? kOk : kErrors;
}

}  // namespace meridian::cli
