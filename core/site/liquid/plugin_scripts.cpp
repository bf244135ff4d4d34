// Plugins in JavaScript, `_plugins/*.js`: tags, blocks and filters whose functions the host calls.
#include "meridian/plugin_scripts.h"

#include "liquid/tags.h"

namespace meridian::site {

using liquid::Body;
using liquid::Context;
using liquid::FilterCall;
using liquid::Node;

namespace {
constexpr Name kPluginsFolder = "_plugins/", kKinds = "filters blocks tags";
enum Kinds { kFilters, kBlocks, kTags };
// The index of a name is a byte (TagType::op, Filter::op).
constexpr std::uint32_t kMostNames = 200;
// Bytes of the JSON that goes to a function, and of what comes back: both are copied twice.
constexpr std::size_t kMostBytes = 1 << 20;
// With keyword arguments as the last one (liquid/evaluate.cpp).
constexpr std::uint8_t kMostArguments = 8;

PluginFunction function = nullptr;
/// The template in which a function is being called.
Context* calling = nullptr;

/// Calls a function with a list of arguments. False when there is nothing to take its result from;
/// a diagnostic says why, unless the host knows that somebody else will see the result.
bool call(Context& c, char name, const Value& arguments, Value& out) {
  Request& r = request_of(c);
  const PluginName& p = r.site.plugin_names_[std::uint8_t(name)];
  Arena& a = r.arena;
  r.depend(*p.file);
  auto fail = [&](Str why, Str remedy) {
    Str kind = p.kind == kFilters ? "filter" : p.kind == kBlocks ? "block" : "tag";
    c.report(r.diagnostics, {Severity::Error, Rule::Liquid},
             a.join({"the ", kind, " `", p.name, "` of `", p.file->source.path, "`", why}), remedy);
    return false;
  };
  if (!function)
    return fail(" is not run here",
                "it is JavaScript, which the page runs in a browser: see"
                " `meridian build --raw`");
  if (!c.fits_printed(arguments)) return false;
  Text request, answer;
  request.add('[');
  Str kinds = kKinds, kind;
  for (int i = 0; i <= p.kind; i++) next_piece(kinds, ' ', kind);
  for (Str text : {p.file->source.path, kind, p.name}) {
    print_json(Value(text), request);
    request.add(',');
  }
  print_json(arguments, request);
  request.add(']');
  bool fits = request.size() <= kMostBytes;
  Context* outer = calling;
  calling = &c;
  bool ran = fits && function(request.str(), answer);
  calling = outer;
  if (c.failed() || !c.count((request.size() + answer.size()) / kBytesOfStep)) return false;
  if (fits && !ran) return false;
  Str text = a.copy(answer.str());
  char form = char_at(text, 0);
  text = slice(text, 1);
  if (text.size() > kMostBytes || !fits)
    return fail(": more than 1 MB goes there or comes back", "use less");
  if (form == kPluginError) return fail(a.join(": ", text), "mend the plugin");
  if (form == kPluginText) {
    out = Value(text);
    return true;
  }
  Diagnostics none(a);
  return parse_json(Source{p.file->source.path, text}, a, out, none);
}

Array* list_of(Context& c, Str first) {
  Array* list = make_array(c.arena());
  list->push(Value(first));
  return list;
}

void render_tag(Context& c, const Node& node) {
  Value out;
  if (call(c, node.type->op, list_of(c, strip(node.markup)), out)) c.write(out);
}

void render_block(Context& c, const Node& node) {
  Text content;
  c.capture_body(node, content);
  if (c.failed()) return;
  Array* arguments = list_of(c, strip(node.markup));
  arguments->push(Value(c.arena().copy(content.str())));
  Value out;
  if (call(c, node.type->op, arguments, out))
    c.write(out);
  else
    c.out().add(content.str());
}

Value run_filter(FilterCall& filter) {
  Array* arguments = make_array(filter.arena);
  arguments->push(filter.input);
  for (std::uint32_t i = 0; i < filter.count; i++) arguments->push(filter.args[i]);
  Value out;
  return call(filter.context, filter.op, arguments, out) ? out : filter.input;
}

/// Adds the names of plugins, which may replace those of Liquid and the site.
void add_names(SiteState& s) {
  Arena& a = s.plugin_arena_;
  liquid::Environment& environment = s.plugin_environment_;
  for (std::uint32_t i = 0; i < s.plugin_names_.size; i++) {
    const PluginName& p = s.plugin_names_[i];
    if (p.kind == kFilters) {
      environment.own_filters.add(a, {p.name, {run_filter, char(i), 0, kMostArguments}});
      continue;
    }
    bool block = p.kind == kBlocks;
    liquid::TagType& tag =
        environment.own_tags.add(a, {"", block ? render_block : render_tag, nullptr, char(i),
                                     block ? Body::Parsed : Body::None});
    tag.name.text = p.name.data();
    tag.name.length = std::uint32_t(p.name.size());
  }
}

/// The page as a function sees it: its data and addresses, without its content.
Value page_for_plugin(Request& r) {
  Map* page = deep_merge(r.arena, r.document->data);
  Str keys = "url path name dir date collection", key;
  while (next_piece(keys, ' ', key))
    if (Value v = r.document->drop->get(key); !v.nil()) page->set(key, v);
  return Value(page);
}
}  // namespace

void set_plugin_function(PluginFunction f) { function = f; }

bool is_plugin_script(Str path) {
  Str name = slice(path, kPluginsFolder.size());
  return starts_with(path, kPluginsFolder) && ends_with(name, ".js") &&
         name.find('/') == Str::npos && char_at(name, 0) != '.';
}

void look_up_for_plugin(Str expression, Text& json) {
  if (!calling) return;
  Context& c = *calling;
  Request& r = request_of(c);
  Value v;
  if (expression == "site")
    v = Value(r.site.config_);
  else if (expression == "page" && r.document)
    v = page_for_plugin(r);
  else
    v = c.lookup(r.arena.copy(expression));
  if (c.fits_printed(v)) print_json(v, json);
  if (json.size() > kMostBytes) json.truncate(0);
}

liquid::Environment ModelReader::read_plugin_scripts() {
  SiteState& s = site;
  List<File*> scripts;
  for (File* f = files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && is_plugin_script(f->source.path)) scripts.add(arena, f);
  sort_by_path(scripts);
  List<PluginName> found;
  Text names;  // by which a change is known
  for (File* f : scripts) {
    Str path = f->source.path;
    names.add(path);
    if (f->plugin.nil() && function) {
      need_pack(path);
    } else if (f->plugin.nil()) {
      s.found_.add({Severity::Info, Rule::Plugin}, path,
                   "plugins of what came from elsewhere are not run",
                   "their tags and filters are missing from the pages");
    } else if (f->plugin.is_string()) {
      s.found_.add({Severity::Error, Rule::Plugin}, path, f->plugin.str(), "mend the plugin");
    }
    Str kinds = kKinds;
    int kind = 0;
    for (Str key; next_piece(kinds, ' ', key); kind++)
      if (Array* list = get(f->plugin, key).array())
        for (const Value& v : *list) {
          names.add(char(kind + '0'));
          names.add(v.str());
          if (found.size < kMostNames)
            found.add(arena, {f, {}, std::uint8_t(kind)}).name = v.str();
          else
            s.found_.add({Severity::Error, Rule::Plugin}, path, "plugins have more than 200 names",
                         "remove tags and filters that no page uses");
        }
  }
  if (!(names.str() == s.plugin_key_)) {
    // Parsed templates refer to the tables.
    for (File* f = files.first(); f; f = f->next) {
      if (f->presence == Presence::Loaded) {
        forget_parsed(*f);
        continue;
      }
      for (liquid::Template*& t : f->templates) t = nullptr;
      f->found.clear();
    }
    s.plugin_arena_.reset();
    s.plugin_key_ = s.plugin_arena_.copy(names.str());
    s.plugin_names_ = {};
    s.plugin_environment_ = kEnvironment;
    for (PluginName& p : found) {
      p.name = s.plugin_arena_.copy(p.name);
      s.plugin_names_.add(s.plugin_arena_, p);
    }
    add_names(s);
  }
  return s.plugin_names_.empty() ? kEnvironment : s.plugin_environment_;
}

}  // namespace meridian::site
