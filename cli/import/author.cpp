#include "author.h"

#include "markup.h"

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

bool is_person(const Page& page) {
  return page.kind == PageKind::Section && page.section() == "authors" &&
         page.parts.folders.size() == 2;
}

Persons persons_of(const Pages& pages) {
  Persons persons;
  for (const Page& page : pages.all) {
    if (!is_person(page) || !persons.by_key.emplace(person_key(page), &page).second) continue;
    if (!persons.owner && get_any_case(*page.front.data, "superuser").truthy())
      persons.owner = &page;
  }
  if (persons.by_key.size() == 1) persons.owner = persons.by_key.begin()->second;
  return persons;
}

std::string person_key(const Page& page) { return page.parts.folders[1]; }

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

Map* person_data(const Page& page, const std::string& avatar, Arena& arena) {
  Map* out = author_settings(page, avatar, arena);
  if (out->get("name").nil()) out->set("name", Value(arena.copy(person_key(page))));
  out->set("page", Value(arena.copy(page.address)));
  const Value& groups = get_any_case(*page.front.data, "user_groups");
  if (groups.array() && groups.array()->size()) out->set("groups", groups);
  return out;
}

const char kPersonsIncludePath[] = "_includes/persons.html";
const char kPersonsInclude[] =
    "{% assign groups = include.groups | split: \"|\" %}\n"
    "{% for group in groups %}\n"
    "{% unless group == \"*\" %}<h3>{{ group | escape }}</h3>{% endunless %}\n"
    "<ul class=\"persons\">\n"
    "{% for entry in site.data.authors %}{% assign person = entry[1] %}"
    "{% if group == \"*\" or person.groups contains group %}"
    "<li><a href=\"{{ person.page | relative_url }}\">{{ person.name | escape }}</a>"
    "{% if person.bio %}, {{ person.bio | escape }}{% endif %}"
    "{% if person.employer %}, {{ person.employer | escape }}{% endif %}</li>\n"
    "{% endif %}{% endfor %}</ul>\n"
    "{% endfor %}\n";

std::string list_of_persons(const Value& groups) {
  std::string names;
  for (std::uint32_t i = 0; groups.array() && i < groups.array()->size(); i++)
    for (char c : (names.empty() ? "" : "|") + std::string(groups.array()->items[i].str()))
      // A parameter of an include holds no quotes, and none of Liquid's ends.
      if (!is_one_of(c, "\"{}%\n")) names += c;
  return "{% include persons.html groups=\"" + (names.empty() ? "*" : names) + "\" %}";
}

}  // namespace meridian::cli::hugo
