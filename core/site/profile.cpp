// A person as the profile card shows one. Nothing of this is in the module that readers load.
#include "request.h"

namespace meridian::site {

namespace {
/// Of a home page that is longer a card shows no sections: what it takes is asked for on other people's pages.
constexpr std::size_t kMaxContent = std::size_t(100) << 10;
}  // namespace

Profile Site::profile(Str wanted, Arena& arena, Needs& needs, Diagnostics& diagnostics) {
  make_room();
  Request r(*this, arena, needs, diagnostics, nullptr);
  Current current(request_, r);
  Profile p;
  bool sure = true;
  Document* home = r.build() ? r.resolve("/", sure) : nullptr;
  if (needs.any() || !sure) return p;
  Value content;
  if (home && home->kind != DocumentKind::Static && home->redirect_to.empty()) {
    r.enter(*home);
    r.convert(*home, content);
  }
  Text json;
  // What it takes is found also while the content is not there yet.
  File* f = r.load("theme:_plugins/profile.json");
  bool done = f && r.run(*r.template_of(*f, Part::Whole), json, wanted);
  if (needs.any()) return p;
  p.status = done ? Status::Ready : Status::NotFound;
  p.json = arena.copy(json.str());
  if (content.is_string() && content.str().size() <= kMaxContent) p.content = arena.copy(content.str());
  return p;
}

}  // namespace meridian::site
