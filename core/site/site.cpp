// A site's answers: pages, and the list of all files that Jekyll would write.
#include "meridian/rouge.h"
#include "plugins/request.h"

namespace meridian::site {

/// Bytes of rendered contents that are kept for the next request: those of the newest thousand
/// posts; the excerpts of some 30,000, once a page has shown more than a few hundred others.
static constexpr std::size_t kMostRendered = std::size_t(32) << 20, kOfOthers = std::size_t(1)
                                                                                << 20;

void SiteState::forget() {
  static const Model kNothing;
  static_cast<Model&>(*this) = kNothing;
  arena_.reset();
  found_.clear();
  forgotten_++;
  forget_rendered();
}

void SiteState::forget_rendered() {
  rendered_since_++;
  all_rendered_ = {};
  rendered_arena_.reset();
  rendered_held_ = 0;
  rouge::lacks_lexers = false;
}

void SiteState::forget_rendered(const File& file) {
  for (Rendered* one : all_rendered_) {
    bool keeps = true;
    for (const File* used : one->dependencies) keeps &= used != &file;
    for (const File* used : one->excerpt_dependencies) keeps &= used != &file;
    if (!keeps) *one = {};
    one->output = {};  // of what its layouts are made is not known
  }
}

Rendered& SiteState::rendered(Document& d) {
  if (d.rendered_since != rendered_since_) {
    d.rendered = rendered_arena_.make<Rendered>();
    d.rendered_since = rendered_since_;
    all_rendered_.add(rendered_arena_, d.rendered);
  }
  return *d.rendered;
}

void Site::add_zone(ZoneEntry* entry) {
  entry->next = zones_;
  zones_ = entry;
  forget();
}

/// Drops what earlier requests have made of files when it takes so much memory that this one might
/// fail. Rendered contents are kept for other pages that show them, which want the newest ones, or
/// one page all of them: there are so many only where each page is asked for once.
void SiteState::make_room() {
  if (rendered_arena_.held() - rendered_held_ > kOfOthers) rendered_most_ = kMostRendered;
  if (rendered_arena_.held() > rendered_most_) forget_rendered();
  rendered_held_ = rendered_arena_.held();
  if (memory_held <= max_memory / 8 * 5) return;  // half of it may be files
  forget();
  forget_parsed();
}

void SiteState::forget_parsed() {
  for (File* f = files_.first(); f; f = f->next)
    if (f->presence == Presence::Loaded) site::forget_parsed(*f);
}

/// Prefix of a request for the address of a source.
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

Page Site::render(Document& d, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                  List<Str>* dependencies) {
  Request r(*this, arena, needs, diagnostics, dependencies);
  Current current(request_, r);
  Page p = r.render(d);
  if (p.status == Status::Redirect && !d.redirect_to.empty())
    p.html = settings_.content_only ? Str("") : redirect_page(r, d.redirect_to);
  return p;
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
  needs.rouge |= rouge::lacks_lexers;         // tokens are a part of what is written
  if (needs.any()) p.status = Status::Needs;  // of a redirect's page, too
  return p;
}

List<Output> Site::outputs(Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  List<Output> list;
  if (!r.read_outputs()) return list;
  r.report(found_);
  list.reserve(arena, outputs_->size());
  for (Map::Entry& e : *outputs_) {
    Document* d = document_in(e.value);
    if (d->kind == DocumentKind::Redirect && !r.writes_redirects()) continue;
    list.add(arena, Output{d, e.key.str()});
  }
  return list;
}

}  // namespace meridian::site
