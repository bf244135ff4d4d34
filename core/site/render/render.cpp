// From a document to a page: Liquid, Markdown, layouts (Jekyll::Renderer, Excerpt).
#include "liquid/drops.h"

namespace meridian::site {

// A layout that leads to itself is stopped by the list of those used; this stops a long chain of
// distinct ones.
constexpr int kMaxLayouts = 100;

namespace {
/// The variables of a page's templates: Drops::UnifiedPayloadDrop.
class Payload final : public Drop {
 public:
  explicit Payload(Request& r) : request(r) {}
  Value get(Str key) override { return request.lookup(key); }
  Request& request;
};

/// Which of two documents Jekyll renders first: collections in the order of the configuration, then
/// pages.
bool renders_before(Request& r, Document& x, Document& y) {
  bool page_x = x.kind != DocumentKind::Document, page_y = y.kind != DocumentKind::Document;
  if (page_x != page_y) return page_y;
  if (!page_x && x.collection == y.collection) {
    if (!r.read_collection(*x.collection)) return false;
    return x.index < y.index;
  }
  if (!page_x) return x.collection->number < y.collection->number;
  const List<Document*>& pages = r.site.pages_;
  auto place = [&](Document& d) {
    return d.index < pages.size && pages[d.index] == &d ? d.index : pages.size;
  };
  return place(x) < place(y);
}
}  // namespace

bool is_false(const Value& v) { return v.is(Kind::Bool) && !v.b; }

Str media_type(Str extension) {
  switch (one_of(extension, ".html .htm .xhtml .xml .json .css .js .txt .svg .webmanifest")) {
    case 0:
    case 1: return "text/html";
    case 2: return "application/xhtml+xml";
    case 3: return "application/xml";
    case 4:
    case 9: return "application/json";
    case 5: return "text/css";
    case 6: return "text/javascript";
    case 8: return "image/svg+xml";
    default: return "text/plain";
  }
}

Value Request::lookup(Str key) {
  switch (one_of(
      key, "site page content layout jekyll paginator highlighter_prefix highlighter_suffix")) {
    case 0:
      if (!site.drop_) site.drop_ = site.arena_.make<SiteDrop>(site);
      return Value(site.drop_);
    case 1: return page;
    case 2: return content;
    case 3: return layout;
    case 5: return paginator();
    case 4: {
      Map* m = make_map(arena);
      m->set("version", Value("4.3.1"));
      m->set("environment", Value(site.settings_.environment));
      return Value(m);
    }
    case 6:
    case 7: return document && document->markdown ? Value("\n") : Value();
    default: return {};
  }
}

// ---- templates
// ------------------------------------------------------------------------------------------------------

File& Request::generate(Str name, Str text) {
  File& f = files.put(name, text);
  f.generated = true;
  return f;
}

File* Request::theme_file(Str path) {
  Str name = arena.join(kThemePrefix, path);
  if (File* f = files.find(name); f && f->presence == Presence::Loaded) return f;
  Str data = theme::find(path);
  if (char_at(data, 0) == theme::kElsewhere) {
    need_pack(data.substr(1));
    return theme_file(
        "_includes/head/custom.html");  // which is empty, as long as the pack is not here
  }
  return data.data() ? &generate(name, data) : nullptr;
}

liquid::Template* Request::template_of(File& f, Part part) {
  liquid::Template*& t = f.templates[int(part)];
  if (t) return t;
  if (!scan(f)) return nullptr;
  std::size_t begin = part == Part::Body && f.front.matched ? f.front.body_offset : 0;
  liquid::Environment environment = site.environment_;
  // Jekyll tells of what only the lax parser takes in documents and layouts, not in includes: they
  // are mostly somebody else's. Ours have no blanks that the strict parser can do without; the lax
  // one can't.
  if (starts_with(f.source.path, kThemePrefix) ||
      (environment.error_mode == liquid::ErrorMode::Warn &&
       starts_with(f.source.path, setting("includes_dir"))))
    environment.error_mode = liquid::ErrorMode::Quiet;
  t = liquid::parse(f.arena, part == Part::Excerpt ? f.excerpt_source : f.source, begin,
                    environment, f.found);
  return t;
}

bool Request::run(liquid::Template& t, Text& out, Str markup) {
  Payload payload(*this);
  liquid::Context context(site.environment_, arena, Value(static_cast<Drop*>(&payload)));
  context.site = this;
  context.now = site.settings_.now;
  context.zone = site.zone_;
  // Ours are written for the lax language.
  const Value options =
      starts_with(t.source->path, kThemePrefix) ? Value() : site.config_->get("liquid");
  context.strict_filters = get(options, "strict_filters").truthy();
  context.strict_variables = get(options, "strict_variables").truthy();
  if (markup.data()) context.set("markup", Value(markup));
  scan_includes(t);
  if (!t.error && context.render(t, out)) return true;
  if (context.error) liquid::report(context.error, diagnostics);
  return false;
}

/// What stands where a part could not be made: quiet, but to be found.
static void add_failure(Text& out, const Source& source, Str what) {
  out.add("<p class=\"meridian-error\" role=\"note\">");
  out.add(what);
  out.add(" <code>");
  add_escaped_html(out, starts_with(source.path, kThemePrefix)
                            ? source.path.substr(kThemePrefix.size())
                            : source.path);
  out.add("</code></p>\n");
}

constexpr std::uint64_t kBytesOfMark = 300;

bool has_too_many_marks(Str text) {
  if (text.size() <= limits.marks.most / 2) return false;
  std::uint8_t weights[256] = {};
  for (char c : Str("*_`[(|<>\"'#-+~")) weights[std::uint8_t(c)] = 1;
  weights[std::uint8_t('\n')] = 2;
  std::uint32_t marks = 0;
  for (char c : text) marks += weights[std::uint8_t(c)];
  return marks > limits.marks.most || memory_held + marks * kBytesOfMark > 2 * max_memory;
}

bool Request::markdown(Str text, Text& out, bool smart, markdown::LinkVisit links) {
  if (has_too_many_marks(text)) {
    Source source;
    if (document && document->file) source = document->file->source;
    diagnostics.add(Severity::Error, source.path, limits.marks.message, "split the file");
    add_failure(out, source, "This page is too large:");
    return true;
  }
  Arena tree;
  if (smart)
    markdown::smartify(text, site.markdown_, tree, out);
  else if (site.asked_for_ && site.converter_)
    needs.commonmark |= !site.converter_(site, text, links, out);
  else if (!markdown::to_html(text, site.markdown_, tree, out, links))
    needs.commonmark = true;
  return !needs.commonmark;
}

// ---- content
// --------------------------------------------------------------------------------------------------------

bool Request::runs_liquid(const Document& d, Str text) const {
  // A plain folder's files are shown as GitHub shows them: braces mean nothing there.
  bool plain = !d.file->front.present && site.plugins_[kOptionalFrontMatter] && !site.jekyll_;
  return has_liquid(text) && !plain && !is_false(d.data->get("render_with_liquid"));
}

bool Request::transform(Document& d, Part part, Str& text) {
  File& f = *d.file;
  bool body = part == Part::Body, ok = true;
  bool& busy = body ? d.busy : d.busy_excerpt;
  // The document that is asked for becomes the page for a while.
  bool asked_for = body && document == &d;
  Place outer = *this;
  enter(d);
  content = layout = {};
  if (body)
    if (File* l = find_layout(to_str(arena, d.data->get("layout"))))
      if (scan(*l)) layout = Value(deep_merge(arena, l->data.map()));
  busy = true;
  Text rendered, html;
  if (runs_liquid(d, text)) {
    liquid::Template* t = template_of(f, part);
    if (body) report(f);
    ok = run(*t, rendered);
    if (!ok && body) {
      rendered.truncate(0);
      add_failure(rendered, f.source, "This part can’t be shown, there is a mistake in");
      ok = true;
    }
    text = rendered.str();
  }
  if (ok && d.markdown) {
    site.asked_for_ = asked_for;
    ok = convert_markdown(d, text, html);
    site.asked_for_ = false;
    if (html.size() > limits.output.most) {
      diagnostics.add(Severity::Error, f.source.path, limits.output.message, kReadLess);
      html.truncate(0);
      add_failure(html, f.source, "This page is too large:");
    }
    text = html.str();
  }
  leave_for(outer);
  busy = false;
  text = (needs.any() ? arena : site.rendered_arena_).copy(text);
  return ok;
}

bool Request::make_content(Document& d) {
  File* f = load(d.file->source.path);
  if (!f || !scan(*f)) return false;
  report(*f);
  Str text = body_of(*f);
  if (!transform(d, Part::Body, text) || needs.any()) return false;
  d.content = Value(text);
  return true;
}

bool Request::convert(Document& d, Value& out) {
  if (d.content.nil()) {
    if (d.busy) return false;
    std::uint32_t outer = taking, before = diagnostics.size();
    List<File*>* outer_took = took;
    taking = ++site.contents_;
    took = &d.took;
    d.took = {};
    bool made = make_content(d);
    taking = outer;
    took = outer_took;
    if (!made) return false;
    d.told = site.rendered_arena_.make<Diagnostics>(site.rendered_arena_);
    for (const Diagnostic* found = diagnostics.begin() + before; found != diagnostics.end();
         found++)
      d.told->add(*found);
  } else if (d.told) {
    report(*d.told);
  }
  // Whoever shows it takes these, too.
  for (File* file : d.took) depend(*file);
  out = d.content;
  return true;
}

Value Request::content_of(Document& d) {
  if (d.kind == DocumentKind::Redirect) return Value("");
  Value out;
  bool before = document && &d != document && renders_before(*this, d, *document);
  // Of the page that is rendered Liquid has a copy from before (Page#to_liquid), of a document the
  // thing itself.
  bool itself = &d == document && d.kind == DocumentKind::Document;
  if (!d.content.nil() ? itself || !document || before : before && !d.busy)
    if (convert(d, out)) return out;
  if (File* f = load(d.file->source.path))
    if (scan(*f)) return Value(body_of(*f));
  return {};
}

Value Request::output_of(Document& d) {
  if (!d.output.nil()) return d.output;
  Value text;
  if (!document || &d == document || d.busy || !renders_before(*this, d, *document) ||
      !convert(d, text))
    return {};
  Place outer = *this;
  enter(d);
  d.busy = true;
  Str whole = with_emoji(d, place_in_layouts(d, text.str()));
  d.busy = false;
  leave_for(outer);
  if (!needs.any()) d.output = Value(site.rendered_arena_.copy(whole));
  return d.output;
}

namespace {
/// `{% tag … %}`s without their ends get them (Excerpt#sanctify_liquid_tags).
void close_blocks(Arena& arena, Str s, Text& head) {
  Map names{&arena};
  List<Str> blocks;
  for (std::size_t at = s.find("{%"); at != Str::npos; at = s.find("{%", at + 2)) {
    std::size_t begin = skip(s, at + 2 + (char_at(s, at + 2) == '-'), is_space);
    Str name = slice(s, begin, skip(s, begin, [](char c) { return is_alnum(c) || c == '_'; }));
    names.set(name) = Value(true);
    if (one_of(name, "if unless case for tablerow capture comment raw highlight ifchanged") >= 0)
      blocks.add(arena, name);
  }
  for (std::uint32_t i = blocks.size; i--;) {
    Str end = arena.join("end", blocks[i]);
    if (!names.find(end)) head.add(arena.join("\n{% ", end, " %}"));
  }
}

/// Names of links may hold brackets. Only so many of that kind are looked for, because each takes a
/// search.
constexpr int kMaxBracketsInside = 100;

/// Link definitions of the rest that the excerpt uses are taken along (MKDWN_LINK_REF_REGEX).
void add_definitions(Arena& arena, Str s, Str tail, Text& head) {
  Map used{&arena};
  for (std::size_t at = 0, close; (close = s.find(']', at)) != Str::npos; at = close + 1) {
    Str before = slice(s, at, close);
    std::size_t open = before.rfind('[');
    if (open != Str::npos) used.set(slice(s, at + open, close + 1)) = Value(true);
  }
  int searches = 0;
  auto uses = [&](Str name) {
    return name.rfind('[') ? searches++ < kMaxBracketsInside && s.find(name) != Str::npos
                           : used.find(name) != nullptr;
  };
  Str gap = "\n\n";
  for (Str line; next_piece(tail, '\n', line);) {
    std::size_t open = line.find_first_not_of(' '), close = line.find(']', open);
    if (open > 3 || char_at(line, open) != '[' || close == open + 1 ||
        char_at(line, close + 1) != ':' || close + 2 >= line.size() ||
        !uses(slice(line, open, close + 1)))
      continue;
    head.add(gap);
    head.add(line.substr(open));
    gap = "\n";
  }
}
}  // namespace

Str excerpt_source(Arena& arena, Str body, Str separator) {
  Str before = body.substr(0, body.find(separator)),
      rest = body.substr(before.size() + separator.size());
  if (rest.empty()) return before;
  Text head;
  head.add(before);
  close_blocks(arena, before, head);
  add_definitions(arena, before, rest, head);
  return arena.copy(head.str());
}

Str Request::excerpt_separator(Document& d) {
  const Value& own = d.data->get("excerpt_separator");
  return own.nil() ? setting("excerpt_separator") : to_str(arena, own);
}

bool Request::render_excerpt(Document& d, Str& out) {
  if (!d.excerpt_output.nil()) return out = d.excerpt_output.str(), true;
  File& f = *d.file;
  if (d.busy_excerpt) return false;
  if (f.excerpt_source.text.data() == nullptr) {
    if (f.presence == Presence::Loaded) {
      if (!scan(f)) return false;
      depend(f);
      f.excerpt_source.text = excerpt_source(f.arena, body_of(f), excerpt_separator(d));
    } else if (f.from_manifest && f.excerpt.data()) {
      f.excerpt_source.text = f.excerpt;
    } else {
      need(f.source.path);
      return false;
    }
    f.excerpt_source.path = f.source.path;
    if (!f.excerpt_source.text.data()) f.excerpt_source.text = "";
  }
  out = f.excerpt_source.text;
  bool ok = transform(d, Part::Excerpt, out);
  if (ok && !needs.any()) d.excerpt_output = Value(out);
  return ok;
}

// ---- layouts and includes
// -------------------------------------------------------------------------------------------

File* Request::find_layout(Str name) {
  if (name.empty() || name == "none" || name == "null") return nullptr;
  Str path = arena.join("_layouts/", name, ".html");
  bool theme = site.theme_ == Theme::Meridian;
  if (theme)
    if (File* f = theme_file(path)) return f;
  Str own = arena.join(setting("layouts_dir"), "/", name), whole = arena.join(own, ".html");
  if (look(whole) != Presence::Missing) return load(whole);
  // A layout may have any extension.
  if (!site.layouts_) {
    site.layouts_ = make_map(site.arena_);
    Str folder = arena.join(setting("layouts_dir"), "/");
    for (File* f = files.first(); f; f = f->next) {
      if (f->presence < Presence::Listed || !starts_with(f->source.path, folder)) continue;
      Value& first = site.layouts_->set(without_extension(f->source.path));
      if (first.nil()) first = Value(f->source.path);
    }
  }
  Str found = site.layouts_->get(own).str();
  return found.empty() ? nullptr : load(found);
}

File* Request::find_include(Str name, bool from_theme) {
  name = without_slashes(name);
  Str in_theme = arena.join("_includes/", name);
  Str own = arena.join(setting("includes_dir"), "/", name);
  bool own_first = !from_theme || name == "head/custom.html" || name == "footer/custom.html";
  if ((from_theme || site.theme_ == Theme::Meridian) &&
      !(own_first && look(own) >= Presence::Listed))
    if (File* f = theme_file(in_theme)) return f;
  return load(own);
}

Str Request::place_in_layouts(Document& d, Str text) {
  Str name = to_str(arena, d.data->get("layout"));
  if (name.empty() || name == "none") return text;
  File* f = find_layout(name);
  if (!f && !needs.any())
    diagnostics.add(Severity::Warning, d.file->source, offset_of_key(*d.file, "layout"),
                    arena.join("there is no layout `", name, "`"),
                    "add it to _layouts, or name another one");
  layout = {};
  List<File*> used;
  while (f && used.size < kMaxLayouts) {
    if (!scan(*f)) return text;
    report(*f);
    depend(*f);
    used.add(arena, f);
    content = Value(text);
    layout = Value(deep_merge(arena, f->data.map(), layout.map()));
    Text out;
    liquid::Template* t = template_of(*f);
    report(*f);
    if (!run(*t, out)) {
      // Without its layout the page is still there to read.
      out.truncate(0);
      out.add(text);
      add_failure(out, f->source, "The layout of this page can’t be used, there is a mistake in");
    }
    text = arena.copy(out.str());
    Str next = to_str(arena, f->data.map() ? f->data.map()->get("layout") : Value());
    f = next.empty() ? nullptr : find_layout(next);
    for (File* u : used)
      if (u == f) f = nullptr;
  }
  if (f)
    diagnostics.add(Severity::Error, f->source.path, "more than 100 layouts around one page",
                    "use fewer layouts");
  return text;
}

// ---- pages
// ----------------------------------------------------------------------------------------------------------

/// Text that templates make on many sites. Other files are not looked at: they may be large.
bool Request::may_be_template(const Document& d) const {
  return !files.manifest && d.file->presence == Presence::Listed &&
         one_of(extension_of(d.path), ".css .xml .json .js .txt .svg .webmanifest .scss .sass") >=
             0;
}

Page Request::render(Document& d) {
  Page p;
  p.type = media_type(d.output_ext);
  if (d.file) p.source = d.file->source.path;
  if (d.data && d.kind != DocumentKind::Static) p.title = title_of(d);
  bool leads = !d.redirect_to.empty();
  if (leads && (site.theme_ == Theme::Meridian || (!find_layout("redirect") && !needs.any()))) {
    p.redirect = local_target(d.redirect_to);
    p.status = Status::Redirect;
    return p;
  }
  if (d.kind == DocumentKind::Static) {
    // Where nothing tells of front matter, the bytes of what may be a template have to come.
    if (may_be_template(d) && !scan(*d.file)) return p.status = Status::Needs, p;
    p.status = Status::Redirect;
    p.redirect = arena.join(site.baseurl_, "/", d.file->source.path);
    return p;
  }
  enter(d);
  Value converted;
  if (leads) converted = "";  // the site's own layout says where to
  if (leads || convert(d, converted)) {
    p.html = site.settings_.content_only ? converted.str() : place_in_layouts(d, converted.str());
    p.html = with_emoji(d, p.html);
  } else if (!needs.any()) {
    p.html = "";
  } else if (!site.settings_.content_only) {
    // The content is not there yet; go on with the layouts all the same, to find what they need.
    place_in_layouts(d, "");
  }
  p.status = needs.any() ? Status::Needs : Status::Ready;
  return p;
}

Page Request::not_found(Str url) {
  bool sure = true;
  Document* own = resolve("/404.html", sure);
  if (!sure) return Page{Status::Needs, {}, {}, {}, {}, {}};
  url = url.substr(0, url.find_first_of("?#"));
  if (starts_with(url, site.baseurl_)) url.remove_prefix(site.baseurl_.size());
  bool root = url.empty() || url == "/" || url == "/index.html";
  Page p;
  if (own && own->kind != DocumentKind::Static && !root) {
    p = render(*own);
  } else {
    auto* d = arena.make<Document>();
    if (root)
      diagnostics.add(Severity::Warning, "index.md", "the site has no first page",
                      "add index.md, or give a page the `permalink: /`");
    File* f = theme_file(!site.documents_.size ? "_pages/empty.html"
                         : root                ? "_pages/index.html"
                                               : "_pages/404.html");
    if (!f || !scan(*f)) return p;
    d->file = f;
    d->path = "404.html";
    d->data = f->data.map();
    d->read = true;
    d->url = "/404.html";
    d->output_ext = ".html";
    d->drop = make_drop(arena, site, *d);
    p = render(*d);
    d->content = {};
  }
  // The page that was looked for may be one of these.
  for (Document* d : site.wrong_) report(*d->file);
  if (p.status == Status::Ready) p.status = Status::NotFound;
  return p;
}

bool Request::lists_redirects() const {
  return writes_redirects() && look(kRedirectList) < Presence::Listed &&
         !is_false(dig(Value(site.config_), "redirect_from.json"));
}

/// Old addresses and where they lead now.
void Request::add_redirect_list() {
  if (site.outputs_->find(kRedirectList)) return;
  Map* list = make_map(arena);
  auto target = [&](Str to) {
    Text out;
    if (starts_with(to, "http://") || starts_with(to, "https://"))
      out.add(to);
    else
      absolute_url(to, out);
    return Value(arena.copy(out.str()));
  };
  auto add = [&](Document& d) {
    if (!d.written) return;
    for (Document* from : d.redirect_from) list->set(from->url, target(d.url));
    if (!d.redirect_to.empty()) list->set(d.url, target(d.redirect_to));
  };
  for (Collection* c : site.collections_)
    for (Document* d : c->documents) add(*d);
  for (Document* d : site.pages_) add(*d);
  Text json;
  print_json(Value(list), json);
  File& f = generate("theme:redirects.json", json.str());
  auto* d = site.arena_.make<Document>();
  d->file = &f;
  d->path = kRedirectList;
  d->read = scan(f);
  d->data = make_map(site.arena_);
  d->url = "/redirects.json";
  d->output_ext = ".json";
  d->drop = make_drop(site.arena_, site, *d);
  index_output(*d);
}

/// Lets go of what earlier requests have made of files, when it takes so much that this one might
/// not find room.
void Site::make_room() {
  if (memory_held <= max_memory / 8 * 5) return;  // half of it may be files
  forget();
  forget_parsed();
}

void Site::forget_parsed() {
  for (File* f = files_.first(); f; f = f->next)
    if (f->presence == Presence::Loaded) site::forget_parsed(*f);
}

/// What stands before the path of a source whose address is asked for.
static constexpr std::string_view kOfSource = "source:";

Page Site::render(Str url, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                  List<Str>* dependencies) {
  make_room();
  Request r(*this, arena, needs, diagnostics, dependencies);
  Current current(request_, r);
  Page p;
  p.status = Status::Needs;
  if (!r.build()) return p;
  bool sure = true;
  if (starts_with(url, Str(kOfSource))) {
    Document* d = r.page_of_source(url.substr(kOfSource.size()));
    if (d && !r.read(*d)) return p;
    p.status = d ? Status::Redirect : Status::NotFound;
    if (d) p.redirect = arena.join(baseurl_, d->url);
    return p;
  }
  Document* d = r.resolve(url, sure);
  if (!d && !sure) return p;
  r.report(found_);
  return d ? r.render(*d) : r.not_found(url);
}

/// What jekyll-redirect-from writes; a browser that renders by itself just goes there.
static Str redirect_page(Request& r, Str to) {
  Text target, html;
  r.absolute_url(to, target);
  if (File* f = r.load("theme:_plugins/redirect.html"))
    r.run(*r.template_of(*f), html, r.arena.copy(target.str()));
  return r.arena.copy(html.str());
}

Page Site::render(Document& d, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                  List<Str>* dependencies) {
  Request r(*this, arena, needs, diagnostics, dependencies);
  Current current(request_, r);
  Page p = r.render(d);
  if (p.status == Status::Redirect && !d.redirect_to.empty())
    p.html = settings_.content_only ? Str("") : redirect_page(r, d.redirect_to);
  return p;
}

bool Request::read_outputs() {
  if (!build()) return false;
  if (site.outputs_read_) return true;
  if (!read_everything() || !read_plugin_pages()) return false;
  if (lists_redirects()) add_redirect_list();
  return site.outputs_read_ = true;
}

Page Site::render_output(Str path, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                         List<Str>* dependencies) {
  make_room();
  Request r(*this, arena, needs, diagnostics, dependencies);
  Current current(request_, r);
  Page p;
  p.status = Status::Needs;
  if (!r.read_outputs()) return p;
  Value* found = outputs_->find(path);
  p.status = Status::NotFound;
  if (!found) return p;
  p = render(*document_in(*found), arena, needs, diagnostics, dependencies);
  if (needs.any()) p.status = Status::Needs;  // of a redirect's page, too
  return p;
}

List<Output> Site::outputs(Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  List<Output> list;
  if (!r.read_outputs()) return list;
  r.report(found_);
  for (Map::Entry& e : *outputs_) {
    Document* d = document_in(e.value);
    if (d->kind == DocumentKind::Redirect && !r.writes_redirects()) continue;
    list.add(arena, Output{d, e.key.str()});
  }
  return list;
}

}  // namespace meridian::site
