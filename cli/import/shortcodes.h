// The text of a page of Hugo as that of a page of Jekyll: shortcodes become what they mean.
#pragma once
#include <string>

#include "meridian/value.h"

namespace meridian::cli::hugo {

/// What shortcodes ask of the site.
class Lookup {
 public:
  struct Target {
    std::string address, title;
  };
  virtual ~Lookup() = default;
  /// The page that `ref` names: a path of the sources, or one relative to this page's folder; false
  /// when there is none, or several.
  virtual bool find_page(Str ref, Target& out) const = 0;
  /// A value of the page's front matter, or of the site's `params`; nil when there is none.
  virtual Value param(Str key) const = 0;
  /// The address of a picture: below `/media/` where it lies in `assets/media`, else as it is.
  virtual std::string picture(Str source) const = 0;
};

/// What was found in one text.
struct ShortcodeCounts {
  std::size_t rewritten = 0;  ///< shortcodes with a twin
  std::size_t kept = 0;       ///< those that are shown as text
  std::size_t braces = 0;     ///< `{{` and `{%` that are no shortcode
};

/// Rewrites the text of `source` from `begin` on. Shortcodes without a twin stay visible, and each
/// is reported with its place. All other `{{` and `{%` are shown as they are. Linear but for the
/// nesting of shortcodes, of which 50 levels are read.
std::string rewrite_shortcodes(const Source& source, std::size_t begin, const Lookup& site,
                               Diagnostics& found, ShortcodeCounts& counts);

}  // namespace meridian::cli::hugo
