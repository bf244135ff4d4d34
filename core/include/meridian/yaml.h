// YAML to values as Jekyll loads it: libyaml's parser, scalars typed as Ruby's Psych types them
// (`yes` is true, `2026-01-31` a Date, `1_000` an Int), and the front matter of a file.
//
//     FrontMatter front = yaml::split_front_matter(file.text);
//     Value data;
//     if (!front.matched) return plain(file.text);
//     if (!yaml::parse(file, front.yaml_offset, front.yaml.size(), arena, data, diagnostics))
//       return;                                      // the diagnostic has line and column in the
//       file
//     print(get(data, "title"), out);
//     render(front.body);
//
// Ownership: views of FrontMatter point into the file's text; strings and maps of a parsed value
// live in the arena that was passed.
//
// Failure: parse() returns false and adds one diagnostic of severity error with a remedy. Only the
// first error is reported, as libyaml can't continue after it. Both functions are linear in the
// text; what aliases and `<<` may expand to is bounded.
#pragma once
#include "meridian/value.h"

namespace meridian::yaml {

/// A file divided at its front matter.
struct FrontMatter {
  /// The file begins with `---` and a newline (Jekyll's has_yaml_header?): Jekyll processes it.
  bool present = false;
  /// The closing `---` or `...` was found, too; `yaml` and `body` are divided only then.
  bool matched = false;
  /// From the opening fence, which is YAML's own start of a document, up to the closing one.
  Str yaml;
  std::size_t yaml_offset = 0;
  /// All behind the closing fence; the whole file when not `matched`.
  Str body;
  std::size_t body_offset = 0;
};
/// Divides a file as Jekyll's YAML_FRONT_MATTER_REGEXP does:
/// \A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?) A byte order mark is skipped, but the file then counts
/// as not `present`, as in Jekyll.
FrontMatter split_front_matter(Str file);

/// Parses the first document of source.text[offset, offset + size) into `out`; offsets in bytes.
/// False with a diagnostic (whose position is in the whole source) when it is not YAML; `out` then
/// holds nil. An empty document is nil and no error.
///
/// A time without a zone is a moment in UTC (with `utc` false), shown on the clock of `zone`, the
/// site's; with nullptr on UTC's. An integer beyond 64 bits becomes a Value::is_big_integer().
/// Aliases share the value of their anchor; `<<` merges maps.
[[nodiscard]] bool parse(const Source& source, std::size_t offset, std::size_t size, Arena& arena,
                         Value& out, Diagnostics& diagnostics, const Zone* zone = nullptr);
/// The same for a whole file.
[[nodiscard]] inline bool parse(const Source& source, Arena& arena, Value& out,
                                Diagnostics& diagnostics, const Zone* zone = nullptr) {
  return parse(source, 0, source.text.size(), arena, out, diagnostics, zone);
}

/// Parses a data file by its extension: CSV, TSV, JSON, else YAML. JSON is read as YAML first, as
/// Jekyll does; what is wrong with it is reported in JSON's terms. False with a diagnostic.
[[nodiscard]] bool parse_data(const Source& source, Arena& arena, Value& out,
                              Diagnostics& diagnostics, const Zone* zone = nullptr);

/// Offset of the value to which `path` leads in the first document: keys, as they are written, and
/// indexes of lists. Of the last value on the way where it leads no further. Linear in the text.
std::size_t place_of(const Source& source, const List<Value>& path);

/// What is said of a quoted value that is not closed.
inline constexpr char kNotClosed[] = "a quoted value is not closed";
inline constexpr char kCloseQuote[] =
    "close the quotes; inside '…' a quote is written twice, inside \"…\" as \\\"";

/// A value as it is written, with its place in the text and the values in it.
struct Node {
  enum class Kind : std::uint8_t { Alias, Scalar, List, Mapping };
  Kind kind = Kind::Alias;
  /// Offset in the text.
  std::size_t at = 0;
  /// Of a scalar, without quotes.
  Str text;
  /// In a mapping: its key, empty when that is no scalar, and the key's offset.
  Str key;
  std::size_t key_at = 0;
  List<Node*> nodes;
};
/// The first document as nodes, which live in the arena; nullptr when it is empty or can't be
/// parsed. A key that stands twice has two nodes, `<<` is a key like others. Linear in the text.
Node* outline(const Source& source, Arena& arena);

}  // namespace meridian::yaml
