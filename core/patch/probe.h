// Asks the parser what changes of a text do to some parts of its page.
#pragma once
#include "meridian/markdown.h"
#include "tokens.h"

namespace meridian::patch {

class Probe {
 public:
  /// Of the parts with numbers `first` to `last` of a document, which is as before after each call.
  /// Those parts have the bytes `begin` to `end` of its text.
  Probe(markdown::LiveDocument& document, std::uint32_t first, std::uint32_t last,
        std::size_t begin, std::size_t end);

  /// The parts' tokens, as they are.
  const Tokens& tokens() const { return tokens_; }
  Str text() const { return text_.str(); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }

  /// The places of the text at which a character would stand before token `low` to `high`,
  /// ascending or descending: the first ones. Where the parser would make something else of it,
  /// there is no such place.
  void find_places(std::uint32_t low, std::uint32_t high, bool descend, Arena& arena,
                   List<std::size_t>& places);
  /// Whether the parts would be alike to `wanted`, and no other part changes; the footnotes may
  /// where the mark of one goes.
  bool makes(std::size_t begin, std::size_t end, Str insert, const Tokens& wanted);
  /// Whether the wanted parts were made once, and another part changed or went with them.
  bool changed_others() const { return changed_others_; }

 private:
  bool try_edit(std::size_t begin, std::size_t end, Str insert, bool drops_footnotes, Text& html);
  void undo(std::size_t begin, std::size_t inserted, Str old);
  std::int32_t token_at(std::size_t at);
  std::int32_t token_by(std::size_t at, Str mark);
  std::size_t next_place(std::size_t at, std::size_t end);
  std::size_t place_before(std::int32_t token);

  markdown::LiveDocument& document_;
  /// How many others come before and behind, without the footnotes.
  std::uint32_t first_, behind_;
  std::size_t begin_, end_;
  Text text_;
  Arena arena_;
  Tokens tokens_;
  /// Hashes of another part, and of what readers see of it.
  struct Other {
    std::uint64_t hash, seen;
  };
  List<Other> others_, footnotes_;
  /// How many marks of footnotes the parts have.
  std::uint32_t marks_ = 0;
  /// By place: what token_at() answered, plus 1; 0: it was not asked, -1: none.
  List<std::int32_t> asked_;
  bool changed_others_ = false;
  /// Questions that may still be asked.
  std::size_t probes_ = 0;
};

}  // namespace meridian::patch
