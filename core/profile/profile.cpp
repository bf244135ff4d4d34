#include "meridian/profile.h"

#include "plugins/request.h"

namespace meridian::site {

namespace {
/// A text or JSON with the characters of emoji, where pages show some for their codes: a card loads
/// no pictures of other hosts.
Str shown(Request& r, Str text) { return r.has_emoji() ? r.with_emoji(text, 0, true) : text; }

/// Of the home page; none when there is no such page, or when something is missing.
List<Section> sections_of_home(Request& r) {
  bool sure = true;
  Document* home = r.build() ? r.resolve("/", sure) : nullptr;
  if (r.needs.any() || !sure || !home || home->kind == DocumentKind::Static ||
      !home->redirect_to.empty())
    return {};
  Value content;
  r.enter(*home);
  r.whole([&] { r.make(*home, Form::Content, content); });
  if (!content.is_string()) return {};
  return sections_of(shown(r, r.arena.copy(content.str())), r.arena);
}
}  // namespace

List<Section> home_sections(Site& site, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(site, arena, needs, diagnostics, nullptr);
  r.site.make_room();
  Current current(r.site.request_, r);
  return sections_of_home(r);
}

namespace {
/// The requested parts: names of collections, the globe, the sections of the home page. Parts that
/// are not requested need no files, however large the site is.
struct ProfileRequest {
  List<Str> lists;
  bool all = false, globe = false, sections = false;
};
ProfileRequest parse_wanted(Request& r, Str wanted) {
  ProfileRequest w;
  bool all = w.all = w.globe = w.sections = wanted == "*";
  auto shown = [](const Collection* c) { return c && c->output && c->documents.size; };
  for (const Collection* c : r.site.collections_)
    if (shown(c) && (all || one_of(c->label, wanted) >= 0)) w.lists.add(r.arena, c->label);
  // Without that collection they may be in files of BibTeX.
  Str works = "publications";
  bool named = all || (one_of(works, wanted) >= 0 && r.site.config_->get(works).truthy());
  if (named && !r.collection(works)) w.lists.add(r.arena, works);
  stable_sort(w.lists.begin(), w.lists.size, [](Str x, Str y) { return x < y; });
  for (Str word; next_piece(wanted, ' ', word);) {
    if (word == "globe")
      w.globe = true;
    else if (!shown(r.collection(word)))
      w.sections = true;
  }
  return w;
}
}  // namespace

Profile profile_of(Site& site, Str wanted, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  Request r(site, arena, needs, diagnostics, nullptr);
  r.site.make_room();
  Current current(r.site.request_, r);
  Profile p;
  // Requested also while the configuration is missing, which saves a round.
  File* f = r.load("theme:_plugins/profile.json");
  if (!r.build()) return p;
  ProfileRequest asked = parse_wanted(r, wanted);
  if (asked.sections) p.sections = sections_of_home(r);
  Array *sections = make_array(arena), *lists = make_array(arena);
  for (const Section& section : p.sections) {
    Map* one = make_map(arena);
    one->set("title", section.title);
    one->set("id", section.id);
    sections->push(Value(one));
  }
  for (Str label : asked.lists) lists->push(label);
  Map* content = make_map(arena);
  content->set("sections", sections);
  content->set("lists", lists);
  content->set("globe", asked.globe);
  content->set("all", asked.all);
  r.content = Value(content);
  Text json;
  bool done = f && r.run(*r.template_of(*f, Part::Whole), json);
  p.json = shown(r, arena.copy(json.str()));
  if (needs.any()) return p;
  p.status = done ? Status::Ready : Status::NotFound;
  return p;
}

}  // namespace meridian::site
