// Addresses that Hugo gives to pages (gohugo.io/content-management/urls).
#pragma once
#include <string>
#include <vector>

#include "meridian/value.h"

namespace meridian::cli::hugo {

/// Hugo's folder of pages.
constexpr char kContent[] = "content/";

/// A path or a name in lower case, to find others that differ in case alone.
std::string lower_case(Str path);

/// How a site makes addresses; set by its settings.
struct AddressRules {
  bool keeps_case = false;  ///< `disablePathToLower`
  bool ugly = false;        ///< `uglyURLs`: /posts/name.html
};

/// A path, or a name, as Hugo writes it in an address: in lower case, blanks as hyphens, without
/// punctuation but `. / \ _ - # + ~`; of these `#` becomes `%23`. `path` is UTF-8.
std::string address_part(Str path, const AddressRules& rules);

/// What a page says of its address. Names are those of the source.
struct AddressParts {
  std::vector<std::string> folders;  ///< below `content`
  std::size_t sections = 0;          ///< how many of them, from the first on, are sections
  std::string name;                  ///< of the file without its endings; of a bundle's folder
  std::string slug, title;           ///< may be empty
  Value date;                        ///< nil where there is none
};

/// The address of a page, from the site's root, with a slash at its begin.
std::string address_of(const AddressParts& parts, const AddressRules& rules);

/// An address by a pattern of `permalinks`, such as `/:year/:month/:slug/`. False when the pattern
/// has a word that is not known. A page without a date has Go's first day, in the year 1.
[[nodiscard]] bool expand_pattern(Str pattern, const AddressParts& parts, const AddressRules& rules,
                                  std::string& out);

/// An address that an author gave as `url` or among `aliases`. It is taken below `folder`, an
/// address with a slash at its end, when it begins with no slash; `..` is resolved, and can't lead
/// out of the root. What has no ending gets a slash at its end.
std::string given_address(Str address, Str folder);

/// The folder of an address, with a slash at its end: its own when it ends so.
std::string folder_of(const std::string& address);

/// A date of front matter: a Date, a Time or a text that is one, as Hugo reads it. False when it is
/// none.
[[nodiscard]] bool read_date(const Value& value, Time& out);

}  // namespace meridian::cli::hugo
