#include "findings.h"

#include <cstdio>
#include <filesystem>
#include <map>
#include <set>

#include "check_site.h"
#include "meridian/check.h"
#include "printable.h"

namespace meridian::cli {

namespace {
constexpr const char* kLevels[] = {"notice", "warning", "error"};

/// `message; remedy`.
std::string whole_message(const Diagnostic& d) {
  std::string text(d.message);
  if (!d.remedy.empty()) text += "; " + std::string(d.remedy);
  return text;
}

void print_text(const Diagnostic& d, Text& out) {
  Diagnostic named = d;
  std::string message = std::string(d.message) + " [" + std::string(rule_name(rule_of(d))) + "]";
  named.message = message;
  Text text;
  print(named, text);
  // Names and lines of the sources may be a stranger's.
  out.add(Str(printable_lines(text.str())));
}

Map* to_value(Arena& arena, const Diagnostic& d) {
  constexpr const char* kSeverities[] = {"info", "warning", "error"};
  Map* m = make_map(arena);
  m->set("severity", kSeverities[int(d.severity)]);
  m->set("rule", rule_name(rule_of(d)));
  m->set("line", std::int64_t(d.line));
  m->set("column", std::int64_t(d.column));
  m->set("file", d.file);
  m->set("message", d.message);
  m->set("remedy", d.remedy);
  m->set("excerpt", d.excerpt);
  return m;
}

// ---- commands of GitHub's workflows: `::error file=a.md,line=1,col=2,title=rule::message` ----

/// As actions/toolkit does (packages/core/src/command.ts): of a property `:` and `,` too. A log is
/// read on terminals as well.
void add_escaped(Text& out, std::string_view s, bool property) {
  for (char c : printable_lines(s)) {
    if (c == '%')
      out.add("%25");
    else if (c == '\n')
      out.add("%0A");
    else if (property && c == ':')
      out.add("%3A");
    else if (property && c == ',')
      out.add("%2C");
    else
      out.add(c);
  }
}

void print_github(const Diagnostic& d, const std::string& path, Text& out) {
  out.add("::");
  out.add(kLevels[int(d.severity)]);
  out.add(" file=");
  add_escaped(out, path, true);
  if (d.line) {
    out.add(",line=");
    out.add_int(d.line);
    out.add(",col=");
    out.add_int(d.column);
  }
  out.add(",title=");
  add_escaped(out, std::string_view(rule_name(rule_of(d))), true);
  out.add("::");
  add_escaped(out, whole_message(d), false);
  out.add('\n');
}

// ---- SARIF 2.1.0 (OASIS) ----

/// A path as a URI reference: 3.4.3.
std::string as_uri(const std::string& path) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string uri;
  for (char c : path) {
    if (is_alnum(c) || is_one_of(c, "/-._~!$&'()*+,;=@"))
      uri += c;
    else
      (uri += '%') += {kHex[(c >> 4) & 15], kHex[c & 15]};
  }
  return uri;
}

Map* with_text(Arena& arena, const std::string& text) {
  Map* m = make_map(arena);
  m->set("text", arena.copy(text));
  return m;
}

Map* result_of(Arena& arena, const Diagnostic& d, const std::string& path, std::uint32_t number) {
  constexpr const char* kSarifLevels[] = {"note", "warning", "error"};
  Map *result = make_map(arena), *location = make_map(arena), *physical = make_map(arena),
      *artifact = make_map(arena);
  artifact->set("uri", arena.copy(as_uri(path)));
  physical->set("artifactLocation", Value(artifact));
  if (d.line) {
    Map* region = make_map(arena);
    region->set("startLine", std::int64_t(d.line));
    region->set("startColumn", std::int64_t(d.column));
    physical->set("region", Value(region));
  }
  location->set("physicalLocation", Value(physical));
  Array* locations = make_array(arena);
  locations->push(Value(location));
  result->set("ruleId", rule_name(rule_of(d)));
  result->set("ruleIndex", std::int64_t(number));
  result->set("level", kSarifLevels[int(d.severity)]);
  result->set("message", Value(with_text(arena, whole_message(d))));
  result->set("locations", Value(locations));
  return result;
}

template <class PathOf>
void print_sarif(const Diagnostics& findings, PathOf path_of, Text& out) {
  Arena arena;
  Array *results = make_array(arena), *rules = make_array(arena), *runs = make_array(arena);
  Map numbers{&arena};
  for (const Diagnostic& d : findings) {
    Str name = rule_name(rule_of(d));
    Value& number = numbers.set(name);
    if (number.nil()) {
      number = std::int64_t(rules->size());
      Map* rule = make_map(arena);
      rule->set("id", name);
      rules->push(Value(rule));
    }
    results->push(Value(result_of(arena, d, path_of(d), std::uint32_t(number.i))));
  }
  Map *log = make_map(arena), *run = make_map(arena), *tool = make_map(arena),
      *driver = make_map(arena);
  driver->set("name", "meridian");
  driver->set("version", MERIDIAN_VERSION);
  driver->set("rules", Value(rules));
  tool->set("driver", Value(driver));
  run->set("tool", Value(tool));
  run->set("columnKind", "unicodeCodePoints");
  run->set("results", Value(results));
  runs->push(Value(run));
  log->set("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
  log->set("version", "2.1.0");
  log->set("runs", Value(runs));
  print_json(Value(log), out);
  out.add('\n');
}
}  // namespace

bool format_named(const std::string& name, Format& format) {
  int number = one_of(name, "text json sarif github");
  if (number >= 0) format = Format(number);
  return number >= 0;
}

void print_findings(const Diagnostics& findings, Format format, const std::string& folder,
                    Text& out) {
  auto path_of = [&](const Diagnostic& d) {
    auto path = std::filesystem::path(folder) / std::string(d.file);
    return path.lexically_normal().generic_string();
  };
  if (format == Format::Sarif) return print_sarif(findings, path_of, out);
  if (format == Format::Json) {
    Arena arena;
    print_json(Value(list_of(arena, findings)), out);
    return out.add('\n');
  }
  for (const Diagnostic& d : findings)
    if (format == Format::Github)
      print_github(d, path_of(d), out);
    else
      print_text(d, out);
}

void print_first_findings(const Diagnostics& findings, Text& out) {
  constexpr std::size_t kMostOfFile = 3, kMostFiles = 3;
  struct OfRule {
    std::map<std::string, std::size_t> shown;  // by file
    std::set<std::string> others;
    std::size_t more = 0;
  };
  std::map<Rule, OfRule> rules;
  for (const Diagnostic& d : findings) {
    OfRule& rule = rules[rule_of(d)];
    auto file = rule.shown.find(std::string(d.file));
    if (file == rule.shown.end() && rule.shown.size() < kMostFiles)
      file = rule.shown.emplace(d.file, 0).first;
    if (file != rule.shown.end() && file->second < kMostOfFile) {
      file->second++;
      print_text(d, out);
    } else {
      rule.more++;
      rule.others.emplace(d.file);
    }
  }
  bool any = false;
  for (const auto& [rule, found] : rules) {
    if (!found.more) continue;
    any = true;
    std::string line = std::to_string(found.more) + " more `" + std::string(rule_name(rule)) +
                       "` in " + counted(found.others.size(), "file") + "\n";
    out.add(Str(line));
  }
  if (any) out.add("`--all` prints every finding\n");
}

Array* list_of(Arena& arena, const Diagnostics& findings) {
  Array* list = make_array(arena);
  for (const Diagnostic& d : findings) list->push(Value(to_value(arena, d)));
  return list;
}

void tell_of_rest(const Diagnostics& findings) {
  if (findings.full())
    std::fprintf(stderr, "meridian: more than %u findings, the rest is not printed\n",
                 kMostFindings - 1);
}

}  // namespace meridian::cli
