// Tags of a page that was rendered: enough of HTML to find an element and read what it says.
#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace meridian::cli {

/// A start or end tag. Its views are of the page.
struct Tag {
  std::string_view name;        ///< as written
  std::string_view attributes;  ///< what stands between the name and `>`
  bool closing = false;
  std::size_t begin = 0, end = 0;  ///< of `<`, and behind `>`
};

/// ASCII letters only, as HTML compares its names.
bool same_name(std::string_view a, std::string_view b);

/// The next tag from `at` on; comments and the contents of scripts, styles, templates and text areas have none. False
/// at the end. Linear in what it reads.
bool next_tag(std::string_view page, std::size_t at, Tag& tag);

/// An attribute's value as it is written, with its character references; empty when it has none, nothing when it isn't
/// there.
std::optional<std::string_view> attribute(const Tag& tag, std::string_view name);

}  // namespace meridian::cli
