// Marks of notes in running text, as Obsidian has them: `[[links]]`, `![[embeds]]`,
// `==highlights==`, `%%comments%%` and `#tags`. Links, embeds and tags become CommonMark's, with
// the scheme kNoteScheme; a tag's target is `tags/a/b`.
#pragma once
#include "candidate.h"
#include "meridian/markdown.h"

namespace meridian::markdown {

/// Adds the marks of a line, in order. `begin`: where it stands in the source.
void find_note_marks(Str line, std::size_t begin, Arena& arena, List<Candidate>& out);
/// Whether a confirmed candidate is a mark of notes.
inline bool is_note_mark(const Candidate& c) { return c.construct >= Construct::Link; }
/// Pairs the confirmed highlights of each block, and comments over blocks; what has no partner, or
/// is within a comment, is no longer confirmed.
void pair_note_marks(List<Candidate>& candidates);

/// A link or an embed in parts, as views of the source.
struct NoteLink {
  Str target;     ///< `folder/Note#Heading`
  Str label;      ///< behind the bar
  bool labelled;  ///< there is a bar
};
NoteLink note_link(Str source, const Candidate& candidate);
/// Adds the destination of a link, for `[…](<…>)`.
void add_note_destination(Str target, Text& out);
/// Adds a text in which nothing is Markdown. `Note#Heading` is shown as `Note > Heading`.
void add_note_label(Str text, bool target, Text& out);

}  // namespace meridian::markdown
