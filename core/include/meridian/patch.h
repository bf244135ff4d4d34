// Writing on the page: the smallest change of a Markdown text that makes its page what somebody has
// made of it in place.
//
//     Edit edit;
//     edit.first = edit.last = {2, "p", 0};          // the first paragraph of part 2
//     edit.elements = 2;
//     edit.html = "<m-0>New <m-1>words</m-1></m-0>";
//     Patch patch;
//     if (find_patch(document, edit, arena, patch) == Outcome::Found)
//       document.edit(patch.begin, patch.end, patch.insert);
//
// The room knows little of Markdown. It asks the parser where a place of the page is in the text,
// by inserting a character there; it tries patches, the smallest first; and it takes one only if
// the parser then makes the wanted page of it and leaves all other parts as they were. So what is
// near a change (attribute lists, references, entities, hard breaks) keeps its bytes.
//
// Two pages are compared as readers see them: runs of white space are one space, straight and
// curly quotes are equal (typography follows the text), and so are the ids of headers.
//
// Failure: a change that can't be written is refused, and nothing has changed. The number of times
// that the text is parsed is bounded, so a search takes time in proportion to the text.
#pragma once
#include "meridian/markdown.h"

namespace meridian::patch {

/// An element of the page.
struct Place {
  /// Number of the document's part in which it begins.
  std::uint32_t part = 0;
  /// Its name, in lower case.
  Str tag;
  /// How many elements of this name the part has before it.
  std::uint32_t number = 0;
};

/// What became of some neighbouring elements.
struct Edit {
  /// The first and the last of them; they have the same parent.
  Place first, last;
  /// How many elements they are, with those inside them: a page on which scripts have made others
  /// is not the parser's.
  std::uint32_t elements = 0;
  /// The HTML that replaces them. `<m-N>…</m-N>` is the element with number N of the old ones, in
  /// the order of their start tags; it may occur several times. New elements have their own names.
  /// A block of code is one element, and has its text alone.
  Str html;
};

/// Why an edit is refused.
enum class Reason : std::uint8_t {
  /// Markdown has no form for it that the search has found.
  Form,
  /// It is the text of a footnote, which is written elsewhere.
  Footnote,
  /// No letter of the source stands there: HTML or the parser makes it.
  Place,
  /// Another part of the page would change.
  Others,
  /// Liquid makes it.
  Liquid,
  /// What was typed would be read as Liquid.
  Template,
};

/// Bytes `begin` to `end` of the document's text, and what replaces them. Of a refused edit:
/// `begin` is where its block or its change begins.
struct Patch {
  std::size_t begin = 0, end = 0;
  Str insert;
  Reason reason = Reason::Form;
};

enum class Outcome : std::uint8_t {
  Found,
  /// The page is already so.
  Same,
  /// The page has no such elements: it has changed, or scripts have changed it.
  Missing,
  /// No change of the text makes this page.
  Refused,
};

/// Finds a patch. `insert` is in the arena or the document's text. The document is edited on the
/// way, and has its text again at the end; views of its parts are invalid then.
[[nodiscard]] Outcome find_patch(markdown::LiveDocument& document, const Edit& edit, Arena& arena,
                                 Patch& patch);

}  // namespace meridian::patch
