// From a document to a page: Liquid, Markdown, layouts (Jekyll::Renderer, Excerpt).
#include "meridian/rouge.h"
#include "render/renderer.h"

namespace meridian::site {

namespace {
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
  // Tokens of highlighted code are one node for many.
  constexpr Name kToken = "<span class=\"k\">", kClass = "<span class=\"", kEnd = "</span>";
  for (std::size_t at = 0; at < text.size(); at++) {
    marks += weights[std::uint8_t(text[at])];
    if (text[at] != '<') continue;
    Str rest = text.substr(at);
    at += starts_with(rest, kClass) ? kToken.size() - 1
          : starts_with(rest, kEnd) ? kEnd.size() - 1
                                    : 0;
  }
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
  bool made = smart ? markdown::smartify(text, site.markdown_, tree, out)
              : site.asked_for_ && site.converter_
                  ? site.converter_(site.markdown_, text, links, out)
                  : markdown::to_html(text, site.markdown_, tree, out, links);
  if (!made)
    (smart || site.markdown_.dialect == markdown::Dialect::Kramdown ? needs.kramdown
                                                                    : needs.commonmark) = true;
  if (stack_exceeded)
    diagnostics.add({Severity::Error, Rule::Limit},
                    document && document->file ? document->file->source.path : "",
                    "Markdown is nested too deep within includes or documents; a part stays text",
                    "put fewer of them inside each other");
  stack_exceeded |= exceeded;
  return made;
}

/// Whether kramdown leaves a line as it is: letters, digits and single marks that mean nothing.
static bool is_plain_line(Str line) {
  for (std::size_t i = 0; i < line.size(); i++) {
    const char c = line[i];
    const bool single = (c == '.' || c == '-') && (i + 1 == line.size() || line[i + 1] != c);
    if (!is_alnum(c) && !(c & 0x80) && !single && Str(" ,:;()/?!+@").find(c) == Str::npos)
      return false;
  }
  return true;
}

bool Renderer::inline_markdown(Str line, Text& out) {
  line = strip(line);
  if (line.empty()) return true;
  // Most titles are: the module need not be called for each of a list.
  if (site.markdown_.dialect == markdown::Dialect::Kramdown && is_plain_line(line)) {
    out.add(line);
    return true;
  }
  // A heading holds spans alone in every dialect. Its closing mark keeps a `#` or a `{#id}` at the
  // end of the line in the text.
  Text heading, html;
  heading.add("# ");
  for (char c : line) heading.add(c == '\n' || c == '\r' ? ' ' : c);
  heading.add(" #");
  if (!markdown(heading.str(), html)) return false;
  out.add(slice(html.str(), html.str().find('>') + 1, html.str().rfind('<')));
  return true;
}

// ---- content ----

bool Renderer::runs_liquid(const Document& d, Str text) const {
  // A plain folder's files are shown as GitHub shows them: braces mean nothing there.
  bool plain = !d.file->front.present && site.plugins_[kOptionalFrontMatter] && !site.jekyll_;
  return has_liquid(text) && !plain && !is_false(d.data->get("render_with_liquid"));
}

bool Renderer::transform(Document& d, Part part, Str text, Value& out) {
  File& f = *d.file;
  bool body = part == Part::Body, ok = true;
  // The requested document becomes the page for a while.
  bool asked_for = body && document == &d;
  RenderContext outer = *this;
  enter(d);
  content = layout = {};
  if (body) {
    turn = {&d, false};
    site.rendered(d).cited = {};
    if (File* l = find_layout(ruby_string(arena, d.data->get("layout"))))
      if (scan(*l)) layout = Value(deep_merge(arena, l->data.map()));
    d.busy = true;
  } else {
    if (!d.excerpt) d.excerpt = make_excerpt_drop(site.arena_, site, d);
    page = Value(d.excerpt);
  }
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
  if (body && d.markdown) text = without_title(d, text);
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
  if (body) d.busy = false;
  out = Value((needs.any() ? arena : site.rendered_arena_).copy(text));
  return ok;
}

bool Renderer::make_content(Document& d, Value& out) {
  File* f = load(*d.file);
  if (!f || !scan(*f)) return false;
  report(*f);
  return transform(d, Part::Body, body_of(*f), out) && !needs.any();
}

bool Renderer::make_output(Document& d, Value& out) {
  if (!make(d, Form::Content, out)) return false;
  RenderContext outer = *this;
  enter_layouts(d);
  d.busy = true;
  out = Value(site.rendered_arena_.copy(finished(d, place_in_layouts(d, out.str()))));
  d.busy = false;
  leave_for(outer);
  return !needs.any();
}

// ---- documents inside each other ----

// Bytes of the stack that a document takes, besides its blocks.
constexpr std::size_t kStackOfDocument = 5600;

Kept& Renderer::kept(Document& d, Form form) {
  Kept& first = site.rendered(d).forms[int(form)];
  if (form != Form::Excerpt) return first;
  for (Kept* one = &first; one; one = one->next)
    if (one->turn == turn || (!one->turn.document && !one->value.nil())) return *one;
  bool unused = first.value.nil() && !first.turn.document && !first.busy;
  Kept* own = unused ? &first : site.rendered_arena_.make<Kept>();
  own->turn = turn;
  if (unused) return first;
  own->next = first.next;
  return *(first.next = own);
}

bool Renderer::make(Document& d, Form form, Value& out) {
  // As if it were not kept: it does not matter what was rendered before.
  if (leaves_out()) return false;
  Kept& kept = this->kept(d, form);
  if (kept.value.nil()) return make_nested(d, form, kept, out);
  if (kept.diagnostics) report(*kept.diagnostics);
  depend_on(kept.dependencies);
  shows_others |= kept.turn.document != nullptr;
  out = kept.value;
  return true;
}

bool Renderer::make_nested(Document& d, Form form, Kept& kept, Value& out) {
  if (kept.busy && form == Form::Excerpt) {
    // Jekyll ends with "stack level too deep".
    diagnostics.add({Severity::Error, Rule::Limit}, document->file->source.path,
                    arena.join("its excerpt and that of ", d.file->source.path, " show each other"),
                    "show it behind the excerpt, or give one of them an `excerpt`");
    cut_here();
  }
  if (kept.busy || (form != Form::Excerpt && d.busy)) return false;
  kept.busy = true;
  // Those of this document alone: what is kept of them doesn't depend on how many others there are.
  List<Diagnostic> found;
  diagnostics.swap(found);
  const std::uint64_t work = work_done - work_of_others;
  const bool exceeded = stack_exceeded, others = shows_others;
  stack_exceeded = shows_others = false;
  stack_held += kStackOfDocument;
  if (++level == 2) cut = false;
  bool ok;
  {
    Collecting used(*this, kept.dependencies);
    ok = form == Form::Content  ? make_content(d, out)
         : form == Form::Output ? make_output(d, out)
                                : make_excerpt(d, out);
  }
  diagnostics.swap(found);
  for (const Diagnostic& one : found) diagnostics.add(one);
  kept.busy = false;
  level--;
  stack_held -= kStackOfDocument;
  // What goes too deep by itself does so everywhere.
  if (stack_held && stack_exceeded) {
    stack_exceeded = false;
    cut_here();
    if (kept.ahead != serial) ahead.add(arena, {&d, form, turn});
    kept.ahead = serial;
  }
  stack_exceeded |= exceeded;
  if (limits.steps_of_each) work_of_others = work_done - work;
  bool at_turn = form == Form::Excerpt && shows_others && turn.document;
  shows_others = others || at_turn;
  depend_on(kept.dependencies);
  if (!ok || needs.any()) return ok;
  kept.diagnostics = site.rendered_arena_.make<Diagnostics>(site.rendered_arena_);
  for (const Diagnostic& one : found) kept.diagnostics->add(one);
  if (!at_turn) kept.turn = {};
  kept.value = is_whole() ? out : Value();
  return true;
}

bool Renderer::settle(std::uint32_t known) {
  if (ahead.empty()) return false;
  RenderContext outer = *this;
  while (!ahead.empty()) {
    diagnostics.truncate(known);
    cut = has_cut = false;
    Ahead next = ahead.back();
    std::uint32_t before = ahead.size;
    leave_for({});
    turn = next.turn;
    Value unused;
    make(*next.document, next.form, unused);
    if (ahead.size == before) ahead.size--;  // else it needs others first
  }
  diagnostics.truncate(known);
  leave_for(outer);
  return true;
}

bool Renderer::embed(Document& d, Value& out) {
  if (!d.busy) return make(d, Form::Content, out);
  cut_here();
  return false;
}

bool Renderer::had_turn(Document& d) {
  shows_others = true;
  if (!turn.document) return false;
  // Of the page that is rendered Liquid has a copy from before (Page#to_liquid), of a document the
  // object itself.
  if (&d == turn.document) return turn.has_content && d.kind == DocumentKind::Document;
  return renders_later(*turn.document, d);
}

Value Renderer::content_of(Document& d) {
  if (d.kind == DocumentKind::Redirect) return Value("");
  Value out;
  if (had_turn(d) && make(d, Form::Content, out)) return out;
  if (File* f = load(*d.file))
    if (scan(*f)) return Value(body_of(*f));
  return {};
}

Value Renderer::output_of(Document& d) {
  Value out;
  return had_turn(d) && &d != turn.document && make(d, Form::Output, out) ? out : Value();
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
  whole([&] { render(d, p = {}); });
  return p;
}

void Renderer::render(Document& d, Page& p) {
  // As Jekyll names the file: a document's is index.html, whatever its source.
  bool folder = d.kind == DocumentKind::Document && d.url.ends_with("/");
  p.type = media_type(folder ? Str(".html") : d.output_ext);
  if (d.file) p.source = on_host(*d.file).source.path;
  if (d.data && d.kind != DocumentKind::Static) p.title = title_of(d);
  bool leads = !d.redirect_to.empty();
  if (leads && (site.theme_ == Theme::Meridian || (!find_layout("redirect") && !needs.any()))) {
    p.redirect = local_target(d.redirect_to);
    p.status = Status::Redirect;
    return;
  }
  if (d.kind == DocumentKind::Static) {
    // Without a manifest, only the bytes of a possible template show whether it has front matter.
    if (may_be_template(d) && !scan(*d.file)) return void(p.status = Status::Needs);
    p.status = Status::Redirect;
    p.redirect = arena.join(site.baseurl_, "/", d.file->source.path);
    return;
  }
  enter_layouts(d);
  Value converted;
  if (leads) converted = "";  // the site's own layout says where to
  if (leads || make(d, Form::Content, converted)) {
    p.content = converted.str();
    p.html = place_in_layouts(d, converted.str());
    p.html = localized(finished(d, p.html));
  } else if (!needs.any()) {
    p.html = "";
  } else {
    // The content is not complete; render the layouts all the same, to find the files that they
    // need.
    place_in_layouts(d, "");
  }
  // A browser adds the tokens to a page that it shows; what programs read has them from the begin.
  needs.rouge |= rouge::lacks_lexers && p.type != "text/html";
  p.status = needs.any() ? Status::Needs : Status::Ready;
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
  bool all = lists_all_pages(url);
  bool made = listed || all || (site.markdown_.notes && (tag.data() || url == "/graph/"));
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
                         : listed || all       ? "_pages/folder.html"
                         : root                ? "_pages/index.html"
                         : made                ? "_pages/notes.html"
                                               : "_pages/404.html");
    if (!f || !scan(*f)) return p;
    d->file = f;
    d->index = std::uint32_t(-1);  // behind all others
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
