// Templates: includes, how a file is parsed and run, and the variables that it sees
// (Drops::UnifiedPayloadDrop).
#include "render/renderer.h"

namespace meridian::site {

namespace {
/// Every error ends a render; one in a template of ours is an author's.
bool is_left(liquid::Context& c, const liquid::Node&) {
  if (Renderer::author_leader)
    Renderer::author_leader(*static_cast<Renderer*>(static_cast<ModelReader*>(c.site)), c);
  return false;
}

/// The variables of a page's templates: Drops::UnifiedPayloadDrop.
class Payload final : public Drop {
 public:
  explicit Payload(Renderer& r) : request(r) {}
  Value get(Str key) override { return request.lookup(key); }
  Renderer& request;
};
}  // namespace

void (*Renderer::author_leader)(Renderer&, liquid::Context&) = nullptr;

Value Renderer::lookup(Str key) {
  enum class Global {
    Site,
    Page,
    Content,
    Layout,
    Jekyll,
    Paginator,
    Count,
    Min,
    Max,
    HighlighterPrefix,
    HighlighterSuffix
  };
  switch (Global(one_of(key,
                        "site page content layout jekyll paginator count min max "
                        "highlighter_prefix highlighter_suffix"))) {
    case Global::Site:
      if (!site.drop_) site.drop_ = make_site_drop(site);
      return Value(site.drop_);
    case Global::Page: return page;
    case Global::Content: return content;
    case Global::Layout: return layout;
    case Global::Paginator: return paginator();
    case Global::Jekyll: {
      Map* m = make_map(arena);
      m->set("version", Value("4.3.1"));
      m->set("environment", Value(site.settings_.environment));
      return Value(m);
    }
    // A drop is Enumerable in Ruby: the number of these variables, with `theme`, and two names.
    case Global::Count: return Value(std::int64_t(9));
    case Global::Min: return Value("content");
    case Global::Max: return Value("theme");
    case Global::HighlighterPrefix:
    case Global::HighlighterSuffix: return document && document->markdown ? Value("\n") : Value();
    default: return {};
  }
}

bool Renderer::is_hook(Str name) {
  return name == "head/custom.html" || name == "footer/custom.html";
}

File* Renderer::find_include(Str name, bool from_theme) {
  name = without_slashes(name);
  Str in_theme = arena.join("_includes/", name);
  Str own = arena.join(folder("includes_dir"), name);
  bool own_first = !from_theme || is_hook(name);
  if ((from_theme || site.theme_ == Theme::Meridian) &&
      !(own_first && presence_of(own) >= Presence::Listed))
    if (File* f = theme_file(in_theme)) return f;
  if (presence_of(own) == Presence::Missing)
    if (Str below = in_gem_theme(in_theme); !below.empty()) return load(below);
  return load(own);
}

liquid::Template* Renderer::template_of(File& f, Part part) {
  liquid::Template*& t = f.templates[int(part)];
  if (t) return t;
  if (!scan(f)) return nullptr;
  std::size_t begin = part == Part::Body && f.front.matched ? f.front.body_offset : 0;
  liquid::Environment environment = site.environment_;
  // Jekyll warns of markup that only the lax parser accepts in documents and layouts, not in
  // includes, which are mostly others' work. The theme's templates lack optional blanks, which the
  // strict parser does not need and the lax one does.
  if (starts_with(f.source.path, kThemePrefix) ||
      (environment.error_mode == liquid::ErrorMode::Warn &&
       starts_with(f.source.path, folder("includes_dir"))))
    environment.error_mode = liquid::ErrorMode::Quiet;
  // Notes and READMEs show templates as code: braces mean nothing there, as on GitHub.
  environment.skips_code = site.plain_folder() && part != Part::Whole &&
                           has_extension(site.markdown_extensions_, extension_of(f.source.path));
  // The body has what is wrong with its excerpt; it doesn't matter which is parsed first.
  Diagnostics of_body{arena};
  bool excerpt = part == Part::Excerpt;
  t = liquid::parse(f.arena, excerpt ? f.excerpt_source : f.source, begin, environment,
                    excerpt ? of_body : f.found);
  return t;
}

bool Renderer::run(liquid::Template& t, Text& out, Str markup, Array* parts, Value* result) {
  Payload payload(*this);
  liquid::Context context(site.environment_, arena, Value(static_cast<Drop*>(&payload)));
  context.site = static_cast<ModelReader*>(this);
  context.now = site.settings_.now;
  context.zone = site.zone_;
  context.on_error = is_left;
  // Ours are written for the lax language.
  const Value options =
      starts_with(t.source->path, kThemePrefix) ? Value() : site.config_->get("liquid");
  context.strict_filters = get(options, "strict_filters").truthy();
  context.strict_variables = get(options, "strict_variables").truthy();
  if (markup.data()) context.set("markup", Value(markup));
  scan_includes(t);
  bool whole = !t.error;
  if (!parts) whole = whole && context.render(t, out);
  if (parts)
    for (const Value& part : *parts) {
      out.add(part.str());
      if (!part.map()) continue;
      for (const Map::Entry& variable : *part.map())
        context.set(variable.key.str(), variable.value);
      if (!whole || !(whole = context.render(t, out))) break;
    }
  if (result) *result = context.lookup("result");
  if (whole) return true;
  if (context.error) liquid::report(context.error, diagnostics);
  return false;
}

}  // namespace meridian::site
