// Reads the links of a note from its HTML.
#include "parts.h"

namespace meridian::notes {

Str comparable(Str url, Arena& arena) {
  Text decoded;
  add_url_decoded(decoded, url.substr(0, url.find_first_of("?#")));
  return arena.copy(decoded.str());
}

/// Collects the text of a block with the links in it, and adds those when the block ends.
struct Reader {
  Reader(Links& l, std::uint32_t note) : links(l), number(note) {}

  void read(Str html) {
    std::size_t at = 0;
    for (meridian::Tag tag; next_tag(html, at, tag); at = tag.end) {
      add_text(slice(html, at, tag.begin));
      if (tag.is("a"))
        tag.closing ? end_link() : begin_link(tag);
      else if (!is_inline(tag))
        on_block(tag);
    }
    add_text(html.substr(at));
    flush();
  }

 private:
  struct Place {
    Str target;
    std::size_t begin, end;
  };

  void add_text(Str html) {
    if (embed || code) return;
    // Comments are in between the tags.
    for (std::size_t open; (open = html.find("<!--")) != Str::npos;) {
      add_plain(block, html.substr(0, open));
      html.remove_prefix(html.find("-->", open));
      html.remove_prefix(3);
    }
    add_plain(block, html);
    if (block.size() > kMaxBlock && !open_link) flush();
  }

  void on_block(const meridian::Tag& tag) {
    if (tag.is("pre")) code = !tag.closing;
    bool is_div = tag.is("div");
    if (embed) {
      if (is_div) embed += tag.closing ? -1 : 1;
      return;
    }
    flush();
    if (is_div && !tag.closing && attribute(tag, "class") == "embed") {
      embed = 1;
      titled = false;
    }
  }

  void begin_link(const meridian::Tag& tag) {
    open_link = false;
    if (code || (embed && titled)) return;
    Str type = attribute(tag, "class");
    bool is_tag = type == "tag";
    links.any_ |= is_tag || type == "note-link" || embed;
    titled = true;
    Text href;
    add_plain(href, attribute(tag, "href"));
    Str url = comparable(href.str(), links.arena_);
    if (!starts_with(url, links.base_)) return;
    url.remove_prefix(links.base_.size());
    if (char_at(url, 0) != '/') return;
    if (is_tag && starts_with(url, kTags))
      return links.add_tag(url_of_tag(url.substr(Str(kTags).size()), links.arena_), number);
    if (embed) return add(url, {}, 0, 0);
    places.add(arena, {url, block.size(), block.size()});
    open_link = true;
  }

  void end_link() {
    if (!open_link) return;
    open_link = false;
    places.back().end = block.size();
  }

  void add(Str target, Str sentence, std::size_t begin, std::size_t end) {
    if (links.links_.size >= kMaxLinks || seen.find(target)) return;
    seen.set(target);
    links.links_.add(links.arena_, {number, 0, target, links.arena_.copy(sentence),
                                    std::uint32_t(begin), std::uint32_t(end)});
  }

  void flush() {
    if (open_link) end_link();
    Text sentence;
    for (Place& place : places) {
      if (seen.find(place.target)) continue;
      // A space at its begin belongs to what stands before.
      while (place.begin < place.end && block.str()[place.begin] == ' ') place.begin++;
      sentence.truncate(0);
      std::size_t begin = place.begin, end = place.end;
      add_sentence(block.str(), begin, end, sentence);
      bool alone = strip(sentence.str()).size() <= end - begin;
      add(place.target, alone ? Str() : sentence.str(), begin, end);
    }
    places = {};
    arena.reset();
    block.truncate(0);
  }

  Links& links;
  const std::uint32_t number;
  Text block;
  Arena arena;
  List<Place> places;
  /// Targets of the note so far.
  Arena seen_arena;
  Map seen{&seen_arena};
  /// Depth of elements `div` in an embedded note, which is one; its title was read.
  int embed = 0;
  bool titled = false, code = false, open_link = false;
};

void Links::add_tags(Str tags, std::uint32_t note) {
  std::size_t at = 0;
  while (at < tags.size()) {
    // Obsidian takes lists, and words with commas or spaces between them.
    std::size_t end = tags.find_first_of("\n, ", at);
    if (end == Str::npos) end = tags.size();
    Str tag = slice(tags, at, end);
    add_tag(url_of_tag(tag, arena_), note);
    at = end + 1;
  }
}

bool Links::add(const Note& note) {
  if (notes_.size >= kMaxNotes || links_.size >= kMaxLinks) return false;
  Str url = arena_.copy(note.url);
  std::uint32_t number = notes_.size;
  Value& known = by_url_.set(comparable(url, arena_));
  if (!known.nil()) return true;  // two files make the same page
  known = Value(std::int64_t(number));
  Text title;
  add_plain(title, note.title);
  notes_.add(arena_, {url, arena_.copy(title.empty() ? url : title.str())});
  notes_.back().out = links_.size;
  add_tags(note.tags, number);
  Reader(*this, number).read(note.html);
  notes_.back().out_end = links_.size;
  return true;
}

}  // namespace meridian::notes
