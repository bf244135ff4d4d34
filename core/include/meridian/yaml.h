// YAML to values as Jekyll loads it: libyaml's parser, scalars typed as Ruby's Psych types them.
#pragma once
#include "meridian/value.h"

namespace meridian::yaml {

/// A file cut at its front matter.
struct FrontMatter {
  bool present = false;  ///< the file begins with `---` and a newline (Jekyll's has_yaml_header?):
                         ///< it is processed
  bool matched = false;  ///< the closing `---` or `...` was found as well
  Str yaml;  ///< up to the closing fence; the opening one is YAML's own mark of a document and
             ///< stays
  std::size_t yaml_offset = 0;
  Str body;  ///< all after the closing fence; the whole file when not `matched`
  std::size_t body_offset = 0;
};
/// Jekyll's YAML_FRONT_MATTER_REGEXP: \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)
FrontMatter split_front_matter(Str file);

/// Parses the first document of source.text[offset, offset + size) into `out`. A time without a
/// zone is a moment in UTC (with `utc` false), shown on the clock of `zone`, the site's; nullptr:
/// UTC's. An integer beyond 64 bits: Value::is_big_integer(). Aliases share their value; `<<`
/// merges. False with a diagnostic (position in the whole source) when it is not YAML; `out` then
/// holds nil.
bool parse(const Source& source, std::size_t offset, std::size_t size, Arena& arena, Value& out,
           Diagnostics& diagnostics, const Zone* zone = nullptr);
inline bool parse(const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics,
                  const Zone* zone = nullptr) {
  return parse(source, 0, source.text.size(), arena, out, diagnostics, zone);
}

}  // namespace meridian::yaml
