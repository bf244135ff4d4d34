// Which notes of a site link to which, and what is made of that: below a note the notes that link
// to it, each with the sentence around the link, and a picture of it and its neighbours; pages of
// tags; a picture of the whole site.
//
//     notes::Links links;
//     links.open("/base");
//     for (…) (void)links.add({.url = "/Comets/", .title = "Comets", .tags = "", .html = html});
//     links.finish();
//     Text html;
//     links.write("/Comets/", "Linked from|Graph|All notes", html);  // below that note
//     for (Str url : links.pages()) links.write(url, words, html);   // /tags/, /tags/sky/, /graph/
//
// It reads rendered HTML, without layouts: whatever led a link to its page (a name, an alias, a
// path, a template) has done so there, and the same rules hold for all. What an embedded note links
// to is that note's own business; the embedding itself counts as a link.
//
// Ownership: everything that is passed is copied. What pages() gives lives as long as the object.
//
// Failure: add() returns false when a limit is reached; what was added before counts. HTML may be
// anything: what is malformed is text.
//
// Complexity: add() is linear in the HTML, finish() in the links; a page costs the links of its
// note and of the neighbours that are drawn, both bounded.
#pragma once
#include "meridian/value.h"

namespace meridian::notes {

// ---- limits ----

/// Notes, and links between different notes: some hundred megabytes with their sentences.
constexpr std::uint32_t kMaxNotes = 1 << 17, kMaxLinks = 1 << 20;
/// Notes that a page lists as linking to it; a number stands for the others.
constexpr std::uint32_t kMaxListed = 200;
/// Bytes of a sentence on each side of a link.
constexpr std::size_t kAround = 120;
/// Bytes of a paragraph in which links have sentences of their own: it is read on from there.
constexpr std::size_t kMaxBlock = 1 << 16;
/// Neighbours in the picture of a note: more names would cover each other.
constexpr std::uint32_t kMaxNeighbours = 14;
/// Links of one neighbour that are looked at for lines between neighbours.
constexpr std::uint32_t kMaxLooked = 1000;
/// Notes in the picture of the site, those with the most links, and how many have their names in
/// it: the time for a picture grows with the square of the first.
constexpr std::uint32_t kMaxDrawn = 300, kMaxNamed = 40;
/// Bytes of a tag's address, and different tags of a site.
constexpr std::size_t kMaxTag = 200;
constexpr std::uint32_t kMaxTags = 1 << 16;

/// A note. Strings are borrowed during add().
struct Note {
  /// Address from the site's root, without baseurl: `/Comets/`.
  Str url;
  /// Plain text.
  Str title;
  /// Of the front matter: separated by line feeds, commas or spaces, with or without `#`.
  Str tags;
  /// Content as it was rendered, without layouts.
  Str html;
};

/// The address of the page of a tag, `/tags/a/b/`, without baseurl; empty when it is no tag.
Str url_of_tag(Str tag, Arena& arena);

class Links {
 public:
  Links() = default;
  Links(const Links&) = delete;
  Links& operator=(const Links&) = delete;

  /// Forgets all. `baseurl`: what links in the HTML have before their addresses; `written`: what
  /// written ones get.
  void open(Str baseurl, Str written);
  void open(Str baseurl) { open(baseurl, baseurl); }
  /// Adds a note. Its links may lead to notes that are added later.
  [[nodiscard]] bool add(const Note& note);
  /// To be called once, when all notes are added, before what follows.
  void finish();
  /// Whether there is anything that makes a site one of notes: a link by name or a tag.
  bool any() const { return any_; }
  /// Addresses of the notes, without baseurl.
  std::uint32_t size() const { return notes_.size; }
  Str url_at(std::uint32_t number) const { return notes_[number].url; }
  /// Addresses of the pages of tags and of the picture of the site; none without any().
  const List<Str>& pages() const { return pages_; }
  /// Whether `url` is one of pages(), escaped or not.
  bool has_page(Str url) const;
  /// Appends what belongs below the note at `url` (without baseurl), or on one of pages(), or on a
  /// first page `/` that is no note: tags, and a picture of the notes with the most links. `words`:
  /// the headings of the links to a note (there: of the tags) and of the picture, and the text of
  /// the link to the picture of the site, with bars between them. False when there is nothing.
  bool write(Str url, Str words, Text& html) const;
  /// Appends a rendered page with that in its place: `<aside class="note-links" hidden
  /// data-words="…">`, which has the words. False, and nothing is appended, when it has no such
  /// place, or nothing belongs there.
  bool fill(Str url, Str page, Text& out) const;

 private:
  friend struct Reader;
  friend struct Writing;

  struct Link {
    std::uint32_t from, to;
    /// Decoded address; until finish().
    Str target;
    /// The sentence, and where in it the link is; empty: there is none beside the link.
    Str sentence;
    std::uint32_t begin, end;
  };
  struct Entry {
    Str url, title;
    /// Of links_, and of incoming_.
    std::uint32_t out = 0, out_end = 0, in = 0, in_end = 0;
    std::uint32_t degree() const { return out_end - out + in_end - in; }
  };
  struct Tag {
    Str url;
    List<std::uint32_t> notes = {};
    /// How many notes have it or one below it, and the last one that was counted, from 1.
    std::uint32_t count = 0, last = 0;
  };
  struct TagUse {
    std::uint32_t note, tag;
  };

  std::uint32_t tag_at(Str url);
  /// The tag whose page is at a decoded address; nullptr when there is none.
  const Tag* tag_of_page(Str address) const;
  void add_tag(Str url, std::uint32_t note);
  void add_tags(Str tags, std::uint32_t note);
  /// By their titles, as people count.
  bool is_before(std::uint32_t x, std::uint32_t y) const {
    return compare_naturally(notes_[x].title, notes_[y].title) < 0;
  }
  void resolve();
  void count_tags();

  Arena arena_;
  /// Before written addresses, and before those in the HTML, decoded.
  Str baseurl_, base_;
  List<Entry> notes_;
  /// Decoded address → number of the note; address → number of the tag.
  Map by_url_{&arena_}, by_tag_{&arena_};
  List<Link> links_;
  List<std::uint32_t> incoming_;
  List<Tag> tags_;
  List<TagUse> uses_;
  List<Str> pages_;
  bool any_ = false;
};

}  // namespace meridian::notes
