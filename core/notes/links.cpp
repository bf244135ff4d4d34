// From the links of each note to those that lead to it, and to the notes of each tag.
#include "parts.h"

namespace meridian::notes {

Str url_of_tag(Str tag, Arena& arena) {
  Text name;
  add_downcase(name, strip(tag));
  Text path;
  path.add(kTags);
  for (Str rest = name.str(), part; next_piece(rest, '/', part);) {
    while (starts_with(part, "#")) part.remove_prefix(1);
    if (!part.empty() && path.size() < kMaxTag) {
      add_uri_escaped(path, part);
      path.add('/');
    }
  }
  // A page may have any words in `tags`, but these are no path.
  if (path.size() == kTags.size() || path.str().find("/../") != Str::npos ||
      path.str().find("/./") != Str::npos)
    return {};
  return arena.copy(path.str());
}

void Links::open(Str baseurl, Str written) {
  arena_.reset();
  by_url_ = by_tag_ = {&arena_};
  notes_ = {};
  links_ = {};
  incoming_ = {};
  tags_ = {};
  uses_ = {};
  pages_ = {};
  any_ = false;
  baseurl_ = arena_.copy(written);
  base_ = comparable(baseurl, arena_);
}

std::uint32_t Links::tag_at(Str url) {
  Value& known = by_tag_.set(url);
  if (known.nil()) {
    known = Value(std::int64_t(tags_.size));
    tags_.add(arena_, {url});
  }
  return std::uint32_t(known.i);
}

void Links::add_tag(Str url, std::uint32_t note) {
  if (url.empty() || tags_.size >= kMaxTags || uses_.size >= kMaxLinks) return;
  uses_.add(arena_, {note, tag_at(url)});
}

/// Links get the numbers of their notes; those that lead nowhere, or to their own note, are
/// dropped.
void Links::resolve() {
  std::uint32_t kept = 0;
  for (Entry& note : notes_) {
    std::uint32_t begin = kept;
    for (std::uint32_t i = note.out; i < note.out_end; i++) {
      Link link = links_[i];
      Value* to = by_url_.find(link.target);
      if (!to) to = by_url_.find(arena_.join(link.target, "/"));
      if (!to || std::uint32_t(to->i) == link.from) continue;
      link.to = std::uint32_t(to->i);
      links_[kept++] = link;
    }
    note.out = begin;
    note.out_end = kept;
  }
  links_.size = kept;
  for (const Link& link : links_) notes_[link.to].in_end++;
  std::uint32_t begin = 0;
  for (Entry& note : notes_) {
    std::uint32_t count = note.in_end;
    note.in = note.in_end = begin;
    begin += count;
  }
  for (std::uint32_t i = 0; i < kept; i++) incoming_.add(arena_, 0);
  for (std::uint32_t i = 0; i < kept; i++) incoming_[notes_[links_[i].to].in_end++] = i;
  for (Entry& note : notes_)
    stable_sort(incoming_.begin() + note.in, note.in_end - note.in,
                [&](std::uint32_t x, std::uint32_t y) {
                  return is_before(links_[x].from, links_[y].from);
                });
}

/// Each tag gets its notes, and those above it in its path count them.
void Links::count_tags() {
  for (std::uint32_t i = 0; i < uses_.size; i++) {
    std::uint32_t note = uses_[i].note, number = uses_[i].tag;
    for (bool own = true;; own = false) {
      Tag& tag = tags_[number];
      bool listed = tag.notes.size && tag.notes.back() == note;
      if (own && !listed) tag.notes.add(arena_, note);
      if (tag.last != note + 1) tag.count++;
      tag.last = note + 1;
      std::size_t slash = tag.url.rfind('/', tag.url.size() - 2);
      if (slash < kTags.size() || tags_.size >= kMaxTags) break;
      number = tag_at(tag.url.substr(0, slash + 1));
    }
  }
  for (Tag& tag : tags_)
    stable_sort(tag.notes.begin(), tag.notes.size,
                [&](std::uint32_t x, std::uint32_t y) { return is_before(x, y); });
  // Those below a tag stay behind it.
  stable_sort(tags_.begin(), tags_.size,
              [](const Tag& x, const Tag& y) { return compare_naturally(x.url, y.url) < 0; });
  for (std::uint32_t i = 0; i < tags_.size; i++) by_tag_.set(tags_[i].url) = std::int64_t(i);
}

void Links::finish() {
  resolve();
  count_tags();
  any_ |= tags_.size > 0;
  if (!any_) return;
  if (tags_.size) pages_.add(arena_, kTags);
  for (const Tag& tag : tags_) pages_.add(arena_, tag.url);
  pages_.add(arena_, kGraph);
}

}  // namespace meridian::notes
