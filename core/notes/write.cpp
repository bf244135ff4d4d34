// HTML of the links to a note, of a tag's page, and of the site's graph.
#include "parts.h"

namespace meridian::notes {

namespace {
// Units of the picture of a note, which grows with its neighbours, and of that of the site: as many
// CSS pixels where there is room.
constexpr int kWidth = 420, kHeight = 200, kPerNeighbour = 14, kSiteWidth = 720, kSiteHeight = 600,
              kHomeHeight = 360;
// Notes in the picture of the first page, and tags on it: those with the most links or notes.
constexpr std::uint32_t kHomeNotes = 60, kHomeTags = 30;
constexpr Name kHtml = ".html";
}  // namespace

struct Writing {
  using Entry = Links::Entry;

  const Links& links;
  Text& out;

  /// `dir`: the text may be of another direction than the page.
  void add_link(Str url, Str text, Name begin = "<a dir=\"auto\" href=\"") {
    out.add(begin);
    add_escaped_html(out, links.baseurl_);
    add_escaped_html(out, url);
    out.add("\">");
    add_escaped_html(out, text);
    out.add("</a>");
  }

  void add_heading(Str words) {
    out.add("<h2>");
    add_escaped_html(out, words);
    out.add("</h2>\n");
  }

  void add_list(const List<std::uint32_t>& numbers) {
    out.add("<ul class=\"note-list\">\n");
    for (std::uint32_t number : numbers) {
      const Entry& note = links.notes_[number];
      out.add("<li>");
      add_link(note.url, note.title);
      out.add("</li>\n");
    }
    out.add("</ul>\n");
  }

  void add_more(Str url, Str text) {
    add_link(url, text, "<p><a href=\"");
    out.add("</p>\n");
  }

  /// How many of `all` are not among the `shown`.
  void add_rest(std::uint32_t all, std::uint32_t shown) {
    if (all <= shown) return;
    out.add("<p>+ ");
    out.add_int(all - shown);
    out.add("</p>\n");
  }

  void add_sentence_of(const Links::Link& link) {
    if (link.sentence.empty()) return;
    out.add("<p dir=\"auto\">");
    add_escaped_html(out, link.sentence.substr(0, link.begin));
    out.add("<mark>");
    add_escaped_html(out, slice(link.sentence, link.begin, link.end));
    out.add("</mark>");
    add_escaped_html(out, link.sentence.substr(link.end));
    out.add("</p>");
  }

  void add_backlinks(const Entry& note, Str heading) {
    std::uint32_t all = note.in_end - note.in;
    if (!all) return;
    add_heading(heading);
    out.add("<ul class=\"backlinks\">\n");
    for (std::uint32_t i = 0; i < all && i < kMaxListed; i++) {
      const Links::Link& link = links.links_[links.incoming_[note.in + i]];
      const Entry& from = links.notes_[link.from];
      add_link(from.url, from.title, "<li dir=\"auto\"><a href=\"");
      add_sentence_of(link);
      out.add("</li>\n");
    }
    out.add("</ul>\n");
    add_rest(all, kMaxListed);
  }

  // ---- pictures ----

  /// Numbers of notes, those with the most links first, up to `most` of them.
  void keep_linked(List<std::uint32_t>& numbers, std::uint32_t most) const {
    stable_sort(numbers.begin(), numbers.size, [&](std::uint32_t x, std::uint32_t y) {
      return links.notes_[x].degree() > links.notes_[y].degree();
    });
    if (numbers.size > most) numbers.size = most;
  }

  /// The picture of notes and the links between them.
  void add_graph(Arena& arena, const List<std::uint32_t>& numbers, bool centred, int width,
                 int height) {
    Map places{&arena};
    List<Node> nodes;
    List<Edge> edges;
    for (std::uint32_t number : numbers) {
      const Entry& note = links.notes_[number];
      places.set(Value(std::int64_t(number))) = std::int64_t(nodes.size);
      nodes.add(arena, {note.url, note.title, nodes.size < kMaxNamed});
    }
    for (std::uint32_t i = 0; i < numbers.size; i++) {
      const Entry& note = links.notes_[numbers[i]];
      for (std::uint32_t k = note.out; k < note.out_end && k - note.out < kMaxLooked; k++)
        if (Value* to = places.find(Value(std::int64_t(links.links_[k].to))))
          edges.add(arena, {i, std::uint32_t(to->i)});
    }
    add_picture(nodes, edges, centred, width, height, links.baseurl_, out);
  }

  void add_neighbours(std::uint32_t number, Str heading, Str all) {
    const Entry& note = links.notes_[number];
    if (!note.degree()) return;
    Arena arena;
    List<std::uint32_t> numbers;
    Map seen{&arena};
    auto add = [&](std::uint32_t other) {
      Value& known = seen.set(Value(std::int64_t(other)));
      if (known.nil()) numbers.add(arena, other);
      known = true;
    };
    for (std::uint32_t i = note.in; i < note.in_end; i++)
      add(links.links_[links.incoming_[i]].from);
    for (std::uint32_t i = note.out; i < note.out_end; i++) add(links.links_[i].to);
    keep_linked(numbers, kMaxNeighbours);
    List<std::uint32_t> drawn;
    drawn.add(arena, number);
    for (std::uint32_t other : numbers) drawn.add(arena, other);
    add_heading(heading);
    add_graph(arena, drawn, true, kWidth, kHeight + kPerNeighbour * int(numbers.size));
    add_more(kGraph, all);
  }

  /// Numbers of the notes with links.
  List<std::uint32_t> linked(Arena& arena) const {
    List<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < links.notes_.size; i++)
      if (links.notes_[i].degree()) numbers.add(arena, i);
    return numbers;
  }

  void add_site() {
    Arena arena;
    List<std::uint32_t> numbers = linked(arena);
    std::uint32_t all = numbers.size;
    keep_linked(numbers, kMaxDrawn);
    add_graph(arena, numbers, false, kSiteWidth, kSiteHeight);
    add_list(numbers);
    add_rest(all, numbers.size);
  }

  // ---- tags ----

  void add_tag(const Links::Tag& tag) {
    Text name;
    add_url_decoded(name, tag.url.substr(kTags.size()));
    name.truncate(name.size() - 1);
    name.insert(0, "#");
    out.add("<li>");
    add_link(tag.url, name.str());
    out.add(" <span>");
    out.add_int(tag.count);
    out.add("</span></li>\n");
  }

  /// The tags directly below `above`, an address; all of them below `/tags/`.
  void add_tags(Str above, std::uint32_t from) {
    bool any = false, deep = above == Str(kTags);
    for (std::uint32_t i = from; i < links.tags_.size && starts_with(links.tags_[i].url, above);
         i++) {
      Str inside = links.tags_[i].url.substr(above.size());
      if (inside.empty() || (!deep && inside.find('/') + 1 < inside.size())) continue;
      if (!any) out.add("<ul class=\"tags\">\n");
      any = true;
      add_tag(links.tags_[i]);
    }
    if (any) out.add("</ul>\n");
  }

  /// Below the list of a folder's notes: its tags, and its picture.
  void add_home(Str tags_heading, Str graph_heading, Str all) {
    Arena arena;
    List<std::uint32_t> numbers;
    for (std::uint32_t i = 0; i < links.tags_.size; i++) numbers.add(arena, i);
    stable_sort(numbers.begin(), numbers.size, [&](std::uint32_t x, std::uint32_t y) {
      return links.tags_[x].count > links.tags_[y].count;
    });
    bool cut = numbers.size > kHomeTags;
    if (cut) numbers.size = kHomeTags;
    stable_sort(numbers.begin(), numbers.size,
                [](std::uint32_t x, std::uint32_t y) { return x < y; });
    if (numbers.size) {
      add_heading(tags_heading);
      out.add("<ul class=\"tags\">\n");
      for (std::uint32_t number : numbers) add_tag(links.tags_[number]);
      out.add("</ul>\n");
      if (cut) {
        Text text;
        text.add(tags_heading);
        text.add(" (");
        text.add_int(links.tags_.size);
        text.add(')');
        add_more(kTags, text.str());
      }
    }
    numbers = linked(arena);
    if (numbers.empty()) return;
    keep_linked(numbers, kHomeNotes);
    add_heading(graph_heading);
    add_graph(arena, numbers, false, kWidth, kHomeHeight);
    add_more(kGraph, all);
  }

  void add_tag_page(const Links::Tag& tag) {
    add_tags(tag.url, std::uint32_t(&tag - links.tags_.begin()));
    if (!tag.notes.empty()) add_list(tag.notes);
  }
};

const Links::Tag* Links::tag_of_page(Str address) const {
  Arena arena;
  Value* found = starts_with(address, kTags)
                     ? by_tag_.find(url_of_tag(address.substr(kTags.size()), arena))
                     : nullptr;
  return found ? &tags_[std::uint32_t(found->i)] : nullptr;
}

bool Links::has_page(Str url) const {
  Arena arena;
  Str address = comparable(url, arena);
  return any_ &&
         (address == Str(kGraph) || (address == Str(kTags) && tags_.size) || tag_of_page(address));
}

bool Links::write(Str url, Str words, Text& html) const {
  if (!any_) return false;
  std::size_t before = html.size();
  Writing writing{*this, html};
  Str parts[3];
  for (Str& part : parts) (void)next_piece(words, '|', part);
  Arena arena;
  Str wanted = comparable(url, arena);
  if (wanted == Str(kGraph))
    writing.add_site();
  else if (wanted == Str(kTags))
    writing.add_tags(kTags, 0);
  else if (const Tag* tag = tag_of_page(wanted))
    writing.add_tag_page(*tag);
  Value* number = by_url_.find(wanted);
  // A permalink without an ending is written with one.
  if (!number && ends_with(wanted, kHtml))
    number = by_url_.find(wanted.substr(0, wanted.size() - kHtml.size()));
  if (number) {
    writing.add_backlinks(notes_[std::uint32_t(number->i)], parts[0]);
    writing.add_neighbours(std::uint32_t(number->i), parts[1], parts[2]);
  } else if (wanted == Str(kHome)) {
    writing.add_home(parts[0], parts[1], parts[2]);
  }
  return html.size() > before;
}

bool Links::fill(Str url, Str page, Text& out) const {
  constexpr Name kHidden = " hidden";
  if (!any_) return false;
  for (meridian::Tag tag; next_tag(page, tag.end, tag);) {
    if (tag.closing || !tag.is("aside") || attribute(tag, "class") != Str("note-links")) continue;
    Text words, html;
    add_plain(words, attribute(tag, "data-words"));
    // The sheet is for pages with such a list alone.
    Text sheet;
    sheet.add("<link rel=\"stylesheet\" href=\"");
    add_escaped_html(sheet, baseurl_);
    sheet.add("/meridian/notes.css\">\n");
    std::size_t hidden = slice(page, tag.begin, tag.end).find(kHidden);
    if (hidden == Str::npos || !write(url, words.str(), html)) return false;
    out.add(page.substr(0, tag.begin + hidden));
    out.add(slice(page, tag.begin + hidden + kHidden.size(), tag.end));
    out.add(sheet.str());
    out.add(html.str());
    out.add(page.substr(tag.end));
    return true;
  }
  return false;
}

}  // namespace meridian::notes
