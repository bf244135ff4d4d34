// Persons, and the one whose site it is, as Hugo Blox has them in `content/authors`.
#pragma once
#include <map>
#include <string>

#include "pages.h"

namespace meridian::cli::hugo {

/// Whether it is the page of a person: `_index.md` of a folder below `authors`.
bool is_person(const Page& page);
/// Those who have a page, in one language where there are several.
struct Persons {
  std::map<std::string, const Page*> by_key;
  /// The one whose site it is: with `superuser: true`, or the only one; nullptr when there is none.
  const Page* owner = nullptr;
};
Persons persons_of(const Pages& pages);
/// The name of a person's folder: `admin`.
std::string person_key(const Page& page);

/// The `author` of `_config.yml` as Jekyll's academic themes read it: name, bio, employer, email
/// and the addresses of profiles by their hosts; others are `links`. `avatar` is the address of a
/// picture, or empty.
Map* author_settings(const Page& page, const std::string& avatar, Arena& arena);

/// A person in `_data/authors.yml`: the same, with the address of the page and the groups.
Map* person_data(const Page& page, const std::string& avatar, Arena& arena);

/// The include that lists persons by groups, its path, and the Liquid that shows the groups.
extern const char kPersonsInclude[], kPersonsIncludePath[];
std::string list_of_persons(const Value& groups);

}  // namespace meridian::cli::hugo
