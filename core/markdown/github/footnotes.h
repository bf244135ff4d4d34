// Footnotes of GitHub's dialect, printed as cmark-gfm does: a reference in its place, a section at
// the end in the order of first references, with a back link for each.
#pragma once
#include "node_sink.h"
#include "rewrite.h"

namespace meridian::markdown {

class Footnotes {
 public:
  explicit Footnotes(Arena& arena) : arena_(arena) {}
  /// All definitions of the document, in order. The first of a label counts.
  void define(const List<Definition>& definitions);
  /// The number of the definition that `s` begins with a reference to, `[^label]`, and the
  /// reference's size; or -1.
  int find_reference(Str s, std::size_t& size) const;
  /// Adds the HTML of a reference.
  void add_reference(int definition, Text& html);
  /// The nodes inside of a definition, as they were written; the ways back go in at byte `tail`:
  /// into its last
  /// paragraph, if it ends in one.
  void set_content(int definition, Str nodes, std::size_t tail);
  /// Writes the section, when something refers to a note.
  void write_section(NodeSink& out);

 private:
  struct Note {
    Str label;
    Str content;  ///< nodes as they were written, in the arena
    std::size_t tail = 0;
    std::uint32_t number = 0;  ///< from 1, in the order of first references; 0: not referenced
    std::uint32_t references = 0;
    int next = -1;  ///< in the same bucket
  };
  int& bucket_of(Str label) const;
  int find(Str label) const;

  Arena& arena_;
  List<Note> notes_;
  List<int> order_;
  int* buckets_ = nullptr;
  std::uint32_t bucket_count_ = 0;
};

}  // namespace meridian::markdown
