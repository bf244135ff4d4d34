#include "author.h"

namespace meridian::cli::hugo {

namespace {
/// Hosts of profiles, and their keys.
constexpr struct {
  Name host, key;
} kProfiles[] = {{"arxiv.org", "arxiv"},
                 {"bsky.app", "bluesky"},
                 {"facebook.com", "facebook"},
                 {"github.com", "github"},
                 {"gitlab.com", "gitlab"},
                 {"instagram.com", "instagram"},
                 {"linkedin.com", "linkedin"},
                 {"medium.com", "medium"},
                 {"orcid.org", "orcid"},
                 {"researchgate.net", "researchgate"},
                 {"scholar.google.com", "googlescholar"},
                 {"stackoverflow.com", "stackoverflow"},
                 {"twitter.com", "twitter"},
                 {"x.com", "twitter"},
                 {"youtube.com", "youtube"},
                 {"zhihu.com", "zhihu"}};

Str host_of(Str address) {
  std::size_t begin = address.find(Str("://"));
  if (begin == Str::npos) return {};
  Str host = address.substr(begin + 3);
  host = host.substr(0, host.find_first_of("/?#:"));
  return starts_with(host, "www.") ? host.substr(4) : host;
}

/// An entry of `social` or `profiles`: an address of mail, of a known host, or another one.
void add_profile(const Map& profile, Map& out, Arena& arena) {
  constexpr char kMail[] = "mailto:";
  Str address = get_any_case(profile, "link").str();
  if (address.empty()) address = get_any_case(profile, "url").str();
  if (starts_with(address, kMail)) {
    if (out.get("email").nil()) out.set("email", Value(address.substr(Str(kMail).size())));
    return;
  }
  Str host = host_of(address);
  if (host.empty()) return;
  for (const auto& one : kProfiles)
    if (host == Str(one.host)) {
      if (out.get(one.key).nil()) out.set(Str(one.key), Value(address));
      return;
    }
  Value& links = out.set("links");
  if (links.nil()) links = make_array(arena);
  Map* link = make_map(arena);
  Value label = get_any_case(profile, "label");
  link->set("label", label.nil() ? Value(host) : label);
  link->set("url", Value(address));
  links.array()->push(Value(link));
}
}  // namespace

const Page* find_author(const Pages& pages) {
  const Page* only = nullptr;
  std::size_t count = 0;
  for (const Page& page : pages.all) {
    if (page.kind != PageKind::Section || page.section() != "authors" ||
        page.parts.folders.size() < 2)
      continue;
    if (get_any_case(*page.front.data, "superuser").truthy()) return &page;
    only = &page;
    count++;
  }
  return count == 1 ? only : nullptr;
}

Map* author_settings(const Page& page, const std::string& avatar, Arena& arena) {
  const Map& front = *page.front.data;
  Map* out = make_map(arena);
  auto keep = [&](const char* name, const Value& value) {
    if (value.is_string() && !value.str().empty() && out->get(name).nil()) out->set(name, value);
  };
  keep("name", get_any_case(front, "title"));
  keep("bio", get_any_case(front, "role"));
  keep("bio", get_any_case(front, "bio"));
  keep("pronouns", get_any_case(front, "pronouns"));
  if (const Array* places = get_any_case(front, "organizations").array(); places && places->size())
    keep("employer", get(places->items[0], "name"));
  keep("email", get_any_case(front, "email"));
  if (!avatar.empty()) out->set("avatar", Value(arena.copy(avatar)));
  for (const char* key : {"social", "profiles"}) {
    const Array* profiles = get_any_case(front, key).array();
    for (std::uint32_t i = 0; profiles && i < profiles->size(); i++)
      if (const Map* profile = profiles->items[i].map()) add_profile(*profile, *out, arena);
  }
  return out;
}

}  // namespace meridian::cli::hugo
