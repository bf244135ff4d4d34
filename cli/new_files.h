// The files of the sites that `meridian new` writes, with the values that were given for them.
#pragma once
#include <optional>
#include <string>
#include <vector>

namespace meridian::cli {

struct NewFileText {
  std::string path;  ///< from the site's root, with slashes
  std::string text;
};

/// What a site is to say of itself; without a value stands what the template has.
struct SiteValues {
  std::optional<std::string> title, name;
  std::optional<std::string> url, baseurl;  ///< of `https://ada.example/lab`: its two parts
};

/// The files of a kind of site: `academic` or `notes`, a folder in cli/templates; `home`, the
/// folder template; `github`, what GitHub reads in the latter. Values are UTF-8.
std::vector<NewFileText> files_of_kind(const std::string& kind, const SiteValues& values);

/// The text as a double-quoted scalar of YAML (YAML 1.1, 7.3.1), which means this text whatever is
/// in it. `text` is UTF-8.
std::string yaml_quoted(const std::string& text);

/// Separates an address into `values.url` and `values.baseurl`, as Jekyll wants them. False when it
/// is no address of a site: with `http` or `https`, a host, and at most a path behind it.
bool set_address(const std::string& address, SiteValues& values);

}  // namespace meridian::cli
