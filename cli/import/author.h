// The person whose site it is, as Hugo Blox has them in `content/authors`.
#pragma once
#include "pages.h"

namespace meridian::cli::hugo {

/// The page of the site's author: that with `superuser: true` below `authors`, or the only one
/// there; nullptr when there is none.
const Page* find_author(const Pages& pages);

/// The `author` of `_config.yml` as Jekyll's academic themes read it: name, bio, employer, email
/// and the addresses of profiles by their hosts; others are `links`. `avatar` is the address of a
/// picture, or empty.
Map* author_settings(const Page& page, const std::string& avatar, Arena& arena);

}  // namespace meridian::cli::hugo
