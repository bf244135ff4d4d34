// Tags of jekyll-scholar: bibliography, cite, reference and those beside them. What they write is
// made elsewhere (scholar.h); here are the files it is made from, and the template of an entry.
#include "meridian/bibliography.h"

#include "liquid/tags.h"
#include "meridian/scholar.h"

namespace meridian::site {

using liquid::Context;
using liquid::Node;

namespace {
Scholar scholar = nullptr;

void add_json(Text& request, Str name, const Value& v) {
  Text json;
  print_json(v, json);
  scholar::add(request, name, json.str());
}

/// `context`: of the tag, which a diagnostic without a file is about.
void report(Diagnostics& diagnostics, const Value& found, Context* context) {
  Diagnostic d;
  d.severity = Severity(get(found, "severity").i);
  d.line = std::uint32_t(get(found, "line").i);
  d.column = std::uint32_t(get(found, "column").i);
  d.file = get(found, "file").str();
  d.message = get(found, "message").str();
  d.remedy = get(found, "remedy").str();
  d.excerpt = get(found, "excerpt").str();
  if (context && d.file.empty())
    context->report(diagnostics, {d.severity, Rule::Bibliography}, d.message, d.remedy);
  else
    diagnostics.add(d);
}

/// What the module answers, in the arena; false until it is there.
bool ask(Request& r, const Text& request, Arena& arena, Value& result, Diagnostics& diagnostics,
         Context* context = nullptr) {
  Text json;
  if (!scholar || !scholar(request.str(), json)) {
    r.needs.bibliography = true;
    return false;
  }
  (void)parse_json({"bibliography", arena.copy(json.str())}, arena, result, diagnostics);
  if (Array* found = get(result, "diagnostics").array())
    for (const Value& one : *found) report(diagnostics, one, context);
  return true;
}

/// The answer to a request, once the files are there that it asks for; nil until then.
Value answer(Request& r, Text& request, Context& c) {
  // It asks for all files at once; a second time it has them.
  for (int round = 0; round < 2; round++) {
    Value result;
    if (!ask(r, request, r.arena, result, r.diagnostics, &c)) break;
    Array* files = get(result, "files").array();
    if (!files) return result;
    for (const Value& path : *files)
      if (File* f = r.load(path.str()); f && is_text(*f))
        scholar::add(request, r.arena.join("file:", path.str()), f->source.text);
    if (r.needs.any()) break;
    scholar::add(request, "complete", "true");
  }
  return {};
}

/// The template of an entry: a layout of this name, else the text itself.
liquid::Template* template_named(Request& r, Str name) {
  if (File* layout = r.find_layout(name)) return r.template_of(*layout);
  auto* source = r.arena.make<Source>(r.site.config_path(), name);
  return liquid::parse(r.arena, *source, 0, r.site.environment_, r.diagnostics);
}
}  // namespace

void set_scholar(Scholar function) { scholar = function; }

bool read_bibtex(ModelReader& reader, File& file) {
  Text request;
  scholar::add(request, "tag", "data");
  scholar::add(request, reader.arena.join("file:", file.source.path), file.source.text);
  Value result;
  if (!ask(request_of(reader), request, file.values, result, file.found)) return false;
  file.parsed = get(result, "data");
  return true;
}

void render_bibliography(Context& c, const Node& node) {
  Request& r = request_of(c);
  Text markup, request;
  if (!c.capture(*static_cast<liquid::Template*>(node.data), markup)) return;
  scholar::add(request, "tag", node.type->name);
  scholar::add(request, "markup", markup.str());
  scholar::add(request, "written", node.markup);
  scholar::add(request, "baseurl", r.setting("baseurl"));
  scholar::add(request, "permalink", r.setting("permalink"));
  add_json(request, "site", r.site.config_->get("scholar"));
  add_json(request, "page", get(r.page, "scholar"));
  // The keys that a page cites outlive its content: a layout may list them.
  Value none, &cited = r.document ? r.site.rendered(*r.document).cited : none;
  add_json(request, "cited", cited);
  Value result = answer(r, request, c);
  const Value keys = get(result, "cited");
  if (keys.array()) cited = copy(r.site.rendered_arena_, keys);
  if (Array* parts = get(result, "parts").array()) {
    Str name = get(result, "template").str();
    liquid::Template* t = template_named(r, name);
    if (t && !r.needs.any()) (void)r.run(*t, c.out(), {}, parts);
  }
}

}  // namespace meridian::site
