// The Liquid room alone, on
//   golden    golden-liquid, as Liquid 5.4.0 answers it
//   jekyll    those cases of jekyll-liquid.txt that need neither Jekyll's tags nor its filters
//   oracle FILE   what tests/fuzz/liquid_oracle.rb wrote: random templates with real Liquid's
//   answers (only when asked)
// Arguments choose by these names; -v prints the failures in full. --corpora DIR: golden-liquid
// lies there.
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "corpus.h"
#include "example_values.h"
#include "meridian/liquid.h"

using namespace meridian;
using namespace meridian::liquid;

namespace {

// ---- {% include %} and {% render %} of Liquid itself, which Jekyll does not have ----
//
// The room leaves them to its users; golden-liquid has cases for them. They use the public header
// alone.

struct Partials {
  Map* files;
  std::map<std::string, Template*> parsed;
  Diagnostics* diagnostics;
  bool isolated = false;
};

struct PartialTag {
  const Expression* name;
  const Expression* with = nullptr;
  bool each = false;
  Str alias = {};
  std::vector<std::pair<Str, const Expression*>> attributes = {};
};

Str word(Str& s) {
  while (!s.empty() && is_space(s[0])) s.remove_prefix(1);
  std::size_t end = 0;
  while (end < s.size() && (is_alnum(s[end]) || s[end] == '_' || s[end] == '-')) end++;
  Str w = s.substr(0, end);
  s.remove_prefix(end);
  return w;
}

bool parse_partial(TagParse& p) {
  Str rest = p.node.markup;
  bool render = p.node.type->op == 'r';
  Str name = next_fragment(rest);
  if (name.empty())
    return p.fail("Liquid::SyntaxError",
                  "Error in tag 'include' - Valid syntax: include '[template]'");
  if (render && name[0] != '\'' && name[0] != '"')
    return p.fail("Liquid::SyntaxError",
                  "Syntax error in tag 'render' - Template name must be a quoted string");
  static std::vector<std::unique_ptr<PartialTag>> all_tags;
  PartialTag* tag = all_tags.emplace_back(new PartialTag{p.expression(name)}).get();
  p.node.data = tag;
  Str before = rest, keyword = word(rest);
  if (keyword == "with" || keyword == "for") {
    tag->each = keyword == "for";
    tag->with = p.expression(next_fragment(rest));
    before = rest;
    keyword = word(rest);
  }
  if (keyword == "as") tag->alias = word(rest);
  Str all = p.node.markup;
  for (Str key, value; next_attribute(all, key, value);)
    tag->attributes.emplace_back(key, p.expression(value));
  return true;
}

const Template* load(Context& c, const Node& node, const Value& name) {
  auto& partials = *static_cast<Partials*>(c.site);
  if (node.type->op == 'i' && !name.truthy()) {
    c.raise("Liquid::ArgumentError", "Argument error in tag 'include' - Illegal template name");
    return nullptr;
  }
  std::string key(to_str(c.arena(), name));
  Value* text = partials.files ? partials.files->find(Str(key)) : nullptr;
  if (!text) {
    c.raise("KeyError", "key not found");
    return nullptr;
  }
  Template*& t = partials.parsed[key];
  if (!t)
    t = parse(c.arena(), *c.arena().make<Source>(c.arena().copy(key), text->str()), 0,
              c.environment(), *partials.diagnostics);
  return t;
}

Str base_name(Context& c, const Value& name) {
  Str s = to_str(c.arena(), name);
  std::size_t slash = s.rfind('/');
  return slash == Str::npos ? s : s.substr(slash + 1);
}

void render_include(Context& c, const Node& node) {
  auto& tag = *static_cast<PartialTag*>(node.data);
  if (static_cast<Partials*>(c.site)->isolated)
    return c.raise("Liquid::DisabledError", "include usage is not allowed in this context");
  Value name = c.evaluate(tag.name);
  if (name.nil() && node.markup.find(".html") != Str::npos)
    name = strip(node.markup);  // as Jekyll writes it
  const Template* t = load(c, node, name);
  if (!t) return;
  Str variable = tag.alias.empty() ? base_name(c, name) : tag.alias;
  Value with = tag.with ? c.evaluate(tag.with) : c.find(to_str(c.arena(), name));
  if (!c.push()) return;
  for (auto& [key, e] : tag.attributes) c.set(key, c.evaluate(e));
  if (Array* items = with.array()) {
    for (const Value& item : *items) {
      c.set(variable, item);
      c.render(*t);
    }
  } else {
    c.set(variable, with);
    c.render(*t);
  }
  c.pop();
}

class RenderLoop final : public Drop {
 public:
  std::int64_t index = 0, length = 0;
  Value get(Str key) override {
    switch (one_of(key, "first index index0 last length rindex rindex0")) {
      case 0: return index == 0;
      case 1: return index + 1;
      case 2: return index;
      case 3: return index + 1 == length;
      case 4: return length;
      case 5: return length - index;
      case 6: return length - index - 1;
    }
    return {};
  }
};

void render_render(Context& c, const Node& node) {
  auto& tag = *static_cast<PartialTag*>(node.data);
  auto& partials = *static_cast<Partials*>(c.site);
  Value name = c.evaluate(tag.name);
  const Template* t = load(c, node, name);
  if (!t) return;
  if (!c.push()) return;  // counts the depth
  Str variable = tag.alias.empty() ? base_name(c, name) : tag.alias;
  Value with = tag.with ? c.evaluate(tag.with) : Value();
  RenderLoop loop;
  auto once = [&](const Value& v, bool looping) {
    Context inner(c.environment(), c.arena(), Value());
    inner.site = c.site;
    inner.on_error = c.on_error;
    inner.now = c.now;
    if (looping) inner.set("forloop", static_cast<Drop*>(&loop));
    for (auto& [key, e] : tag.attributes) inner.set(key, c.evaluate(e));
    if (!v.nil()) inner.set(variable, v);
    bool outer = partials.isolated;
    partials.isolated = true;
    if (!inner.render(*t, c.out())) c.raise(inner.error.type, inner.error.text);
    partials.isolated = outer;
    loop.index++;
  };
  if (tag.each && (with.array() || with.is(Kind::Range) || with.map())) {
    FilterCall call{c, c.arena(), 0, 0, with, nullptr};
    Array* items = call.items();
    loop.length = items->size();
    for (const Value& item : *items) once(item, true);
  } else {
    once(with, false);
  }
  c.pop();
}

constexpr TagType kPartialTags[] = {{"include", render_include, parse_partial, 'i'},
                                    {"render", render_render, parse_partial, 'r'}};
static_assert(is_sorted(kPartialTags));

// ---- common ----

bool verbose = false;

bool read_json(Arena& arena, const std::string& path, std::string& text, Value& out) {
  text = json::read_text(path);
  Diagnostics diagnostics(arena);
  return parse_json({"corpus", text}, arena, out, diagnostics);
}

struct Outcome {
  std::string output, error, message, phase;
  std::set<std::string> warnings;  // of the lax parser
  std::set<std::string> unknown;   // filters
};

struct Settings {
  ErrorMode mode = ErrorMode::Warn;
  bool inline_errors = false;
};

Outcome run(Str text, const Value& data, Map* templates, const Settings& settings) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Source source{"case", text};
  Environment environment;
  environment.error_mode = settings.mode;
  environment.tags = kPartialTags;
  environment.tag_count = templates ? std::size(kPartialTags) : 0;
  Template* t = parse(arena, source, 0, environment, diagnostics);
  Outcome o;
  for (const Diagnostic& d : diagnostics)
    if (d.severity == Severity::Warning && !starts_with(d.message, "unknown filter '"))
      o.warnings.emplace(d.message);
  for (const Diagnostic& d : diagnostics)
    if (starts_with(d.message, "unknown filter '"))
      o.unknown.emplace(d.message.substr(16, d.message.size() - 17));
  Partials partials{templates, {}, &diagnostics};
  Context context(environment, arena, data);
  context.site = &partials;
  if (settings.inline_errors) context.on_error = print_error;
  context.now.seconds = 1700000000;
  Text out;
  if (!context.render(*t, out)) {
    Text message;
    context.error.message(message);
    o.error = context.error.type;
    o.message = message.str();
    o.phase = context.error.parsing ? "parse" : "render";
  }
  o.output = out.str();
  return o;
}

void show(Str input, const std::string& expected, const std::string& got) {
  if (verbose)
    std::cout << "  template " << std::string(input) << "\n  expected " << expected
              << "\n  got      " << got << "\n";
}

/// A case of those that are no corpus of their own.
void check(bool ok, Str name, Str input, const std::string& expected, const std::string& got) {
  (ok ? corpus::totals.passed : corpus::totals.failed)++;
  if (ok) return;
  std::cout << "FAILED " << std::string(name) << "\n";
  show(input, expected, got);
}

std::string describe(const Outcome& o) {
  return o.error.empty() ? o.output : o.error + " " + o.message;
}

// ---- golden-liquid ----

/// False when the file holds something else.
bool golden(const corpus::File& file) {
  Arena arena;
  std::string text, overlay_text;
  Value suite, overlay;
  if (!read_json(arena, file.path, text, suite) || !get(suite, "tests").array()) return false;
  corpus::Tally tally(file.label);
  std::map<std::string, Value> differs;
  if (read_json(arena, corpus::folder() + "liquid/golden-under-liquid-5.4.0.json", overlay_text,
                overlay))
    for (const Value& v : *get(overlay, "differ").array())
      differs[std::string(get(v, "name").str())] = v;
  for (const Value& c : *get(suite, "tests").array()) {
    Str name = get(c, "name").str(), input = get(c, "template").str();
    Settings settings;
    settings.mode = ErrorMode::Lax;
    if (Array* tags = get(c, "tags").array())
      for (const Value& tag : *tags)
        if (starts_with(tag.str(), "strict")) settings.mode = ErrorMode::Strict;
    bool invalid = get(c, "invalid").truthy();
    settings.inline_errors = !invalid;
    Map* templates = get(c, "templates").map();
    Outcome o = run(input, get(c, "data"), templates ? templates : make_map(arena), settings);
    auto other = differs.find(std::string(name));
    std::string expected;
    bool ok = false;
    if (other != differs.end()) {
      Value error = get(other->second, "error");
      expected = error.nil() ? std::string(get(other->second, "output").str())
                             : std::string(get(error, "message").str());
      ok = error.nil() ? o.error.empty() && o.output == expected : !o.error.empty();
      if (!error.nil() && starts_with(get(error, "class").str(), "Liquid::"))
        ok = o.error == get(error, "class").str() && o.message == get(error, "message").str();
    } else if (invalid) {
      expected = "an error";
      ok = !o.error.empty();
    } else if (Array* results = get(c, "results").array()) {
      for (const Value& r : *results) {
        expected = r.str();
        ok = ok || (o.error.empty() && o.output == expected);
      }
    } else {
      expected = get(c, "result").str();
      ok = o.error.empty() && o.output == expected;
    }
    if (tally.check(std::string(name), ok)) show(input, expected, describe(o));
  }
  tally.print();
  return true;
}

void golden() {
  bool any = false;
  for (const corpus::File& file : corpus::files("liquid")) any |= golden(file);
  if (!any) corpus::skip("liquid/golden_liquid", 1054, "golden-liquid's cases");
}

// ---- Jekyll's cases that Liquid answers alone ----

Value revive(Arena& arena, const Value& v) {
  if (Array* a = v.array()) {
    Array* out = make_array(arena);
    for (const Value& item : *a) out->push(revive(arena, item));
    return out;
  }
  Map* m = v.map();
  if (!m) return v;
  Value time = m->get("$time"), date = m->get("$date");
  if (time.is_string() || date.is_string()) {
    static const Zone utc{};
    Time t;
    if (!parse_time(time.is_string() ? time.str() : date.str(), utc, {}, t)) return {};
    return time.is_string() ? Value(t) : Value::date(t.seconds);
  }
  Map* out = make_map(arena);
  for (const Map::Entry& e : *m) out->set(e.key) = revive(arena, e.value);
  return out;
}

void jekyll() {
  Arena arena;
  examples::File file;
  Value suite;
  if (!examples::read_jekyll_liquid(file, arena, suite)) return corpus::broken(file.error);
  // Filters that Jekyll has of its own under Liquid's names.
  const std::set<std::string> overridden = {"where", "sort", "find", "inspect"};
  for (const Value& c : *get(suite, "cases").array()) {
    Str group = get(c, "group").str(), input = get(c, "template").str(), id = get(c, "id").str();
    if (starts_with(group, "tag.") && group != "tag.core") continue;
    Map* data = revive(arena, get(c, "data")).map();
    Outcome o = run(input, data, nullptr, {});
    bool sites = !o.unknown.empty();
    for (const std::string& name : overridden)
      sites = sites || input.find("| " + name) != Str::npos;
    for (const char* name :
         {"{% include", "{% link", "{% highlight", "{% post_url", "{% include_cached", "page."})
      sites = sites || input.find(name) != Str::npos;
    if (sites) continue;
    Value error = get(c, "error");
    std::string expected(error.nil() ? get(c, "output").str() : get(error, "message").str());
    bool ok = o.error.empty() == error.nil();
    if (!ok) {
    } else if (error.nil()) {
      ok = o.output == expected;
    } else {
      ok = o.error == get(error, "class").str() && o.phase == get(error, "phase").str() &&
           o.message == expected;
    }
    check(ok, id, input, expected, describe(o));
  }
}

// ---- random templates ----

void oracle(const std::string& path) {
  Arena arena;
  std::string text;
  Value suite;
  if (!read_json(arena, path, text, suite))
    return check(false, "there are no cases in it", {}, "", "");
  for (const Value& c : *get(suite, "cases").array()) {
    Str input = get(c, "template").str();
    Outcome o = run(input, get(suite, "data"), nullptr, {});
    Value error = get(c, "error");
    std::string expected(error.nil() ? get(c, "output").str() : get(error, "message").str());
    bool ok = o.error.empty() == error.nil();
    if (ok && error.nil()) ok = o.output == expected;
    // Ruby's own errors have Ruby's own words.
    if (ok && starts_with(get(error, "class").str(), "Liquid::"))
      ok = o.error == get(error, "class").str() && o.message == expected;
    std::set<std::string> warnings;
    if (Array* given = get(c, "warnings").array())
      for (const Value& w : *given) {
        std::string message(w.str());
        warnings.insert(message.substr(message.find("): ") + 3));
      }
    if (error.nil() && o.warnings != warnings) ok = false;
    check(ok, "a random template", input, expected, describe(o));
  }
}

}  // namespace

int main(int count, char** values) {
  auto arguments = corpus::arguments(count, values);
  std::set<std::string> named(arguments.begin(), arguments.end());
  verbose = named.erase("-v");
  auto wanted = [&](const char* name) { return named.empty() || named.count(name); };
  if (wanted("golden")) golden();
  if (wanted("jekyll") && corpus::chosen.empty()) jekyll();
  if (named.count("oracle")) oracle(arguments.back());
  return corpus::finish();
}
