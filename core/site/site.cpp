// A site's answers: pages, and the list of all files that Jekyll would write.
#include "meridian/rouge.h"
#include "plugins/request.h"

namespace meridian::site {

/// Bytes of rendered contents that are kept for the next request: those of the newest thousand
/// posts; the excerpts of some 30,000, once a page has shown more than a few hundred others.
static constexpr std::size_t kMostRendered = std::size_t(32) << 20, kOfOthers = std::size_t(1)
                                                                                << 20;

SiteState::SiteState(Files& files, Settings& settings) : files_(files), settings_(settings) {}
SiteState::~SiteState() {
  end_others();
  end_rows();
}

void SiteState::end_others() {
  for (Site* other = others_; other;) {
    Site* next = other->next_;
    other->~Site();
    other = next;
  }
}

void SiteState::end_rows() {
  for (File* row : rows_) {
    row->values.reset();
    row->arena.reset();
  }
}

void SiteState::forget() {
  static const Model kNothing;
  end_others();
  end_rows();
  static_cast<Model&>(*this) = kNothing;
  arena_.reset();
  found_.clear();
  forgotten_++;
  forget_rendered();
}

void SiteState::forget_rendered() {
  for (Site* other = others_; other; other = other->next_) other->forget_rendered();
  rendered_since_++;
  all_rendered_ = {};
  rendered_arena_.reset();
  rendered_held_ = 0;
  rouge::lacks_lexers = false;
}

static bool uses(const Kept& kept, const File& file) {
  for (const File* used : kept.dependencies)
    if (used == &file) return true;
  return false;
}

void SiteState::forget_rendered(const File& file) {
  for (Site* other = others_; other; other = other->next_) other->forget_rendered(file);
  for (Rendered* one : all_rendered_)
    for (Kept& form : one->forms)
      for (Kept* kept = &form; kept; kept = kept->next)
        if (uses(*kept, file)) {
          form = {};
          break;
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
  if (own_ || memory_held <= max_memory / 8 * 5) return;  // half of it may be files
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
    bool shown = d && (d->written || language_.empty());
    p.status = shown ? Status::Redirect : Status::NotFound;
    if (shown) p.redirect = arena.join(baseurl_, address_of(arena, *d));
    for (Site* other = others_; other && p.status == Status::NotFound; other = other->next_)
      p = other->render(url, arena, needs, diagnostics, dependencies);
    return p;
  }
  Str inside = inside_folder(url, baseurl_), path = without_slash(inside.data() ? inside : url);
  Page of_other;
  Site* other = other_language(path);
  if (other) of_other = other->render(path, arena, needs, diagnostics, dependencies);
  if (other && of_other.status != Status::NotFound) return of_other;
  Document* d = r.resolve(url, sure);
  if (!d && !sure) return p;
  if (other && (!d || d->kind != DocumentKind::Static)) return of_other;
  r.report(found_);
  p = d ? r.render(*d) : r.not_found(url);
  r.report(found_);  // of pages that plugins added on the way, too
  r.point_to_rows();
  return p;
}

Page Site::render(Document& d, Arena& arena, Needs& needs, Diagnostics& diagnostics,
                  List<Str>* dependencies) {
  for (Site* other = others_; other; other = other->next_)
    if (d.root == other->root_) return other->render(d, arena, needs, diagnostics, dependencies);
  Request r(*this, arena, needs, diagnostics, dependencies);
  Current current(request_, r);
  Page p = r.render(d);
  r.point_to_rows();
  if (p.status == Status::Redirect && !d.redirect_to.empty())
    p.html = settings_.content_only ? Str("") : r.localized(redirect_page(r, d.redirect_to));
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
  Str inside = path;
  if (Site* other = other_language(inside)) {
    p = other->render_output(inside, arena, needs, diagnostics, dependencies);
    if (p.status != Status::NotFound) return p;
  }
  Value* found = outputs_->find(path);
  p.status = Status::NotFound;
  if (!found) return p;
  p = render(*document_in(*found), arena, needs, diagnostics, dependencies);
  needs.rouge |= rouge::lacks_lexers;         // tokens are a part of what is written
  if (needs.any()) p.status = Status::Needs;  // of a redirect's page, too
  return p;
}

List<Output> Site::outputs(Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  List<Output> list;
  if (!list_outputs(list, arena, needs, diagnostics)) list = {};
  return list;
}

bool Site::list_outputs(List<Output>& list, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  if (!r.read_outputs()) return false;
  r.report(found_);
  r.point_to_rows();
  List<Output> of_others;
  for (Site* other = others_; other; other = other->next_)
    if (!other->list_outputs(of_others, arena, needs, diagnostics)) return false;
  if (list.empty()) list.reserve(arena, outputs_->size());
  for (Map::Entry& e : *outputs_) {
    Document* d = document_in(e.value);
    if (d->kind == DocumentKind::Redirect && !r.writes_redirects()) continue;
    Str path = e.key.str(), inside = path;
    if (own_ && r.same_in_all(*d)) continue;
    Site* other = other_language(inside);
    // The folder of a language has no other pages.
    if (other && (d->kind != DocumentKind::Static || other->outputs_->find(inside))) continue;
    list.add(arena, Output{d, own_ ? arena.join(root_.substr(1), "/", path) : path});
  }
  for (const Output& output : of_others) list.add(arena, output);
  return true;
}

}  // namespace meridian::site
