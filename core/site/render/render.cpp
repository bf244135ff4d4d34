// From a document to a page: Liquid, Markdown, layouts (Jekyll::Renderer, Excerpt).
#include "meridian/rouge.h"
#include "render/renderer.h"

namespace meridian::site {

namespace {
/// Which of two documents Jekyll renders first: collections in the order of the configuration, then
/// pages.
bool renders_before(ModelReader& r, Document& x, Document& y) {
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

Str media_type(Str extension) {
  enum class Extension { Html, Htm, Xhtml, Xml, Json, Css, Js, Txt, Svg, Webmanifest };
  switch (Extension(
      one_of(extension, ".html .htm .xhtml .xml .json .css .js .txt .svg .webmanifest"))) {
    case Extension::Html:
    case Extension::Htm: return "text/html";
    case Extension::Xhtml: return "application/xhtml+xml";
    case Extension::Xml: return "application/xml";
    case Extension::Json:
    case Extension::Webmanifest: return "application/json";
    case Extension::Css: return "text/css";
    case Extension::Js: return "text/javascript";
    case Extension::Svg: return "image/svg+xml";
    default: return "text/plain";
  }
}
}  // namespace

void add_failure(Text& out, const Source& source, Str what) {
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

bool Renderer::markdown(Str text, Text& out, bool smart, markdown::LinkVisit links) {
  if (has_too_many_marks(text)) {
    Source source;
    if (document && document->file) source = document->file->source;
    diagnostics.add({Severity::Error, Rule::Limit}, source.path, limits.marks.message,
                    "split the file");
    add_failure(out, source, "This page is too large:");
    return true;
  }
  Arena tree;
  bool exceeded = stack_exceeded;
  stack_exceeded = false;
  if (smart)
    markdown::smartify(text, site.markdown_, tree, out);
  else if (site.asked_for_ && site.converter_)
    needs.commonmark |= !site.converter_(site.markdown_, text, links, out);
  else if (!markdown::to_html(text, site.markdown_, tree, out, links))
    needs.commonmark = true;
  if (stack_exceeded)
    diagnostics.add({Severity::Error, Rule::Limit},
                    document && document->file ? document->file->source.path : "",
                    "Markdown is nested too deep within includes or documents; a part stays text",
                    "put fewer of them inside each other");
  stack_exceeded |= exceeded;
  return !needs.commonmark;
}

// ---- content ----

bool Renderer::runs_liquid(const Document& d, Str text) const {
  // A plain folder's files are shown as GitHub shows them: braces mean nothing there.
  bool plain = !d.file->front.present && site.plugins_[kOptionalFrontMatter] && !site.jekyll_;
  return has_liquid(text) && !plain && !is_false(d.data->get("render_with_liquid"));
}

// Bytes of the stack that a document takes, besides its blocks.
constexpr std::size_t kStackOfDocument = 1700;

Renderer::Level::Level(Renderer& of) : renderer(of), exceeded_before(stack_exceeded) {
  stack_held += kStackOfDocument;
  stack_exceeded = false;
  if (++of.level == 2) of.cut = false;
}

Renderer::Level::~Level() {
  stack_held -= kStackOfDocument;
  renderer.level--;
  // What goes too deep by itself does so everywhere.
  if (stack_held && stack_exceeded) renderer.cut_here();
  stack_exceeded |= exceeded_before;
}

bool Renderer::transform(Document& d, Part part, Str& text) {
  File& f = *d.file;
  bool body = part == Part::Body, ok = true;
  bool& busy = body ? d.busy : d.busy_excerpt;
  // The requested document becomes the page for a while.
  bool asked_for = body && document == &d;
  RenderContext outer = *this;
  Level inside(*this);
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
  bool sheet = !d.markdown && is_sass(d.path);
  if (ok && (d.markdown || sheet)) {
    site.asked_for_ = asked_for;
    ok = sheet ? style_sheet(d, text, html) : convert_markdown(d, text, html);
    site.asked_for_ = false;
    if (html.size() > limits.output.most) {
      diagnostics.add({Severity::Error, Rule::Limit}, f.source.path, limits.output.message,
                      kReadLess);
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

bool Renderer::make_content(Document& d) {
  File* f = load(*d.file);
  if (!f || !scan(*f)) return false;
  report(*f);
  Str text = body_of(*f);
  if (!transform(d, Part::Body, text) || needs.any()) return false;
  site.rendered(d).content = Value(text);
  return true;
}

bool Renderer::convert(Document& d, Value& out) {
  Rendered& rendered = site.rendered(d);
  if (rendered.content.nil()) {
    if (d.busy || leaves_out()) return false;
    std::uint32_t before = diagnostics.size();
    {
      Collecting files(*this, rendered.dependencies);
      if (!make_content(d)) return false;
    }
    rendered.diagnostics = site.rendered_arena_.make<Diagnostics>(site.rendered_arena_);
    for (const Diagnostic* found = diagnostics.begin() + before; found != diagnostics.end();
         found++)
      rendered.diagnostics->add(*found);
    out = rendered.content;
    if (!is_whole()) rendered.content = {};
  } else if (rendered.diagnostics) {
    report(*rendered.diagnostics);
  }
  depend_on(rendered.dependencies);
  if (!rendered.content.nil()) out = rendered.content;
  return true;
}

bool Renderer::embed(Document& d, Value& out) {
  if (!d.busy) return convert(d, out);
  cut_here();
  return false;
}

Value Renderer::content_of(Document& d) {
  if (d.kind == DocumentKind::Redirect) return Value("");
  Value out;
  bool before = document && &d != document && renders_before(*this, d, *document);
  // Of the page that is rendered Liquid has a copy from before (Page#to_liquid), of a document the
  // object itself.
  bool itself = &d == document && d.kind == DocumentKind::Document;
  if (!site.rendered(d).content.nil() ? itself || !document || before : before && !d.busy)
    if (convert(d, out)) return out;
  if (File* f = load(*d.file))
    if (scan(*f)) return Value(body_of(*f));
  return {};
}

bool Renderer::make_output(Document& d, Str& out) {
  Level inside(*this);
  Value text;
  if (!convert(d, text)) return false;
  RenderContext outer = *this;
  enter(d);
  d.busy = true;
  out = site.rendered_arena_.copy(finished(d, place_in_layouts(d, text.str())));
  d.busy = false;
  leave_for(outer);
  return !needs.any();
}

Value Renderer::output_of(Document& d) {
  Rendered& rendered = site.rendered(d);
  if (!rendered.output.nil()) return rendered.output;
  Str whole;
  if (!document || &d == document || d.busy || leaves_out() ||
      !renders_before(*this, d, *document) || !make_output(d, whole))
    return {};
  Value output(whole);
  if (is_whole()) rendered.output = output;
  return output;
}

// ---- pages ----

/// Text files that templates often make. Others are not searched: they may be large.
bool Renderer::may_be_template(const Document& d) const {
  return !files.manifest && d.file->presence == Presence::Listed &&
         one_of(extension_of(d.path), ".css .xml .json .js .txt .svg .webmanifest .scss .sass") >=
             0;
}

Page Renderer::render(Document& d) {
  Page p;
  // As Jekyll names the file: a document's is index.html, whatever its source.
  bool folder = d.kind == DocumentKind::Document && d.url.ends_with("/");
  p.type = media_type(folder ? Str(".html") : d.output_ext);
  if (d.file) p.source = on_host(*d.file).source.path;
  if (d.data && d.kind != DocumentKind::Static) p.title = title_of(d);
  bool leads = !d.redirect_to.empty();
  if (leads && (site.theme_ == Theme::Meridian || (!find_layout("redirect") && !needs.any()))) {
    p.redirect = local_target(d.redirect_to);
    p.status = Status::Redirect;
    return p;
  }
  if (d.kind == DocumentKind::Static) {
    // Without a manifest, only the bytes of a possible template show whether it has front matter.
    if (may_be_template(d) && !scan(*d.file)) return p.status = Status::Needs, p;
    p.status = Status::Redirect;
    p.redirect = arena.join(site.baseurl_, "/", d.file->source.path);
    return p;
  }
  enter(d);
  Value converted;
  if (leads) converted = "";  // the site's own layout says where to
  if (leads || convert(d, converted)) {
    p.content = converted.str();
    p.html = site.settings_.content_only ? converted.str() : place_in_layouts(d, converted.str());
    p.html = localized(finished(d, p.html));
  } else if (!needs.any()) {
    p.html = "";
  } else if (!site.settings_.content_only) {
    // The content is not complete; render the layouts all the same, to find the files that they
    // need.
    place_in_layouts(d, "");
  }
  // A browser adds the tokens to a page that it shows; what programs read has them from the begin.
  needs.rouge |= rouge::lacks_lexers && p.type != "text/html";
  p.status = needs.any() ? Status::Needs : Status::Ready;
  return p;
}

Page Renderer::not_found(Str url) {
  bool sure = true;
  Document* own = resolve("/404.html", sure);
  if (!sure) return Page{Status::Needs, {}, {}, {}, {}, {}, {}};
  url = url.substr(0, url.find_first_of("?#"));
  if (starts_with(url, site.baseurl_)) url.remove_prefix(site.baseurl_.size());
  bool root = url.empty() || url == "/" || url == "/index.html";
  // Pages of tags, and of the notes' graph: their content is made of all notes (notes.h). The first
  // page of a plain folder without one lists all pages.
  Str tag = inside_folder(url, "/tags");
  bool listed = root && site.plain_folder() && files.complete && site.pages_.size;
  bool made = listed || (site.markdown_.notes && (tag.data() || url == "/graph/"));
  Page p;
  if (own && own->kind != DocumentKind::Static && !root && !made) {
    p = render(*own);
  } else {
    auto* d = arena.make<Document>();
    if (root && !listed)
      diagnostics.add({Severity::Warning, Rule::NoFirstPage}, "index.md",
                      "the site has no first page",
                      "add index.md, or give a page the `permalink: /`");
    File* f = theme_file(!site.documents_.size ? "_pages/empty.html"
                         : root                ? "_pages/index.html"
                         : made                ? "_pages/notes.html"
                                               : "_pages/404.html");
    if (!f || !scan(*f)) return p;
    d->file = f;
    d->path = "404.html";
    d->data = f->data.map();
    d->read = true;
    d->url = listed ? Str("/") : made ? url : Str("/404.html");
    tag = without_last(without_slashes(tag), '/');
    if (made && !tag.empty()) {
      Text name;
      name.add('#');
      add_url_decoded(name, tag);
      d->data = deep_merge(arena, d->data);
      d->data->set("title", arena.copy(name.str()));
    }
    d->output_ext = ".html";
    d->drop = make_drop(arena, site, *d);
    p = render(*d);
  }
  // The page in question may be one of these.
  for (Document* d : site.wrong_) report(*d->file);
  if (p.status == Status::Ready && !made) p.status = Status::NotFound;
  return p;
}

}  // namespace meridian::site
