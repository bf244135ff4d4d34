// Finds where the faults of pages stand in the sources: in a page's own, else in another that pages
// are made of.
#include "addresses.h"
#include "pages.h"
#include "parts.h"

namespace meridian {

using check::Addresses;
using check::Place;
using site::File;

/// Keeps the anchors that are not there.
void Check::settle_anchors() {
  for (const Use& use : anchors_)
    if (by_path_.find(use.fault->target) && !has_anchor(*use.fault)) uses_.add(arena_, use);
  anchors_ = {};
  stable_sort(uses_.begin(), uses_.size,
              [](const Use& a, const Use& b) { return a.page < b.page; });
}

/// The forms in which an author may have written the address.
void Check::add_forms(Addresses& addresses, std::uint32_t who, const Fault& fault) {
  if (fault.kind == Kind::Id) {
    addresses.add(who, arena_.join("id=\"", fault.href, "\""), 0, Addresses::Any);
    addresses.add(who, arena_.join("#", fault.href, "}"), 0, Addresses::Any);
    return addresses.add(who, fault.href, 1);
  }
  Str base = workspace_.site().baseurl(), bare = fault.href;
  if (check::has_scheme(bare))
    if (Str home = site::without_last(to_str(arena_, workspace_.site().config()->get("url")), '/');
        starts_with(bare, home))
      bare.remove_prefix(home.size());
  if (!base.empty() && starts_with(bare, base)) bare.remove_prefix(base.size());
  Text text;
  add_url_decoded(text, bare);
  Str decoded = arena_.copy(text.str()), name = site::file_name(decoded);
  // Of a link between notes, [[folder/Note]], the page would be at /folder/Note/.
  Str note = site::without_last(site::without_slash(decoded), '/');
  std::uint32_t rank = 0;
  // Markdown writes `alt` for each picture.
  const auto behind = fault.kind == Kind::NoText ? Addresses::EndInHtml : Addresses::End;
  for (Str form :
       {fault.href, bare, site::without_slash(bare), decoded, site::without_slash(decoded)})
    addresses.add(who, form, rank++, behind);
  bool file = fault.kind == Kind::File || fault.kind == Kind::NoText;
  if (file && name.find('.') != Str::npos) addresses.add(who, name, rank, behind);
  if (!note.empty()) addresses.add(who, arena_.join("[[", note), rank + 1, Addresses::Any);
  // A template makes the rest: `/tags/{{ tag }}`.
  bare = site::without_last(bare, '/');
  std::size_t end = bare.find_last_of("/#=?");
  if (end != Str::npos && end > 1)
    addresses.add(who, bare.substr(0, end + 1), rank + 2, Addresses::Template);
}

/// Finds the places that are in the page's own source.
void Check::locate_in_pages() {
  for (std::uint32_t first = 0, end; first < uses_.size; first = end) {
    end = first;
    while (end < uses_.size && uses_[end].page == uses_[first].page) end++;
    const File* own = workspace_.files().find(pages_[uses_[first].page]->source);
    if (own && own->presence == site::Presence::Loaded) {
      Arena scratch;
      Addresses addresses(scratch);
      List<Place> places;
      for (std::uint32_t i = first; i < end; i++) {
        add_forms(addresses, i - first, *uses_[i].fault);
        places.add(scratch, Place{});
      }
      addresses.find(own->source, places.begin(), looked_);
      for (std::uint32_t i = first; i < end; i++) {
        uses_[i].source = places[i - first].source;
        uses_[i].at = places[i - first].at;
      }
    }
    stable_sort(uses_.begin() + first, end - first,
                [](const Use& a, const Use& b) { return a.at < b.at; });
  }
}

/// Finds the others in layouts, includes, data, settings, and documents that other pages show.
void Check::locate_in_shared() {
  Arena scratch;
  Addresses addresses(scratch);
  List<Place> places;
  List<Fault*> wanted;
  for (Use& use : uses_) {
    if (use.source || use.fault->pages++) continue;
    add_forms(addresses, wanted.size, *use.fault);
    wanted.add(scratch, use.fault);
    places.add(scratch, Place{});
  }
  if (wanted.empty()) return;
  for (const File* f = workspace_.files().first(); f; f = f->next) {
    bool is_read = check::is_used(*f) || (f->scanned && f->front.matched);
    if (!is_read || f->generated || f->presence != site::Presence::Loaded) continue;
    addresses.find(f->source, places.begin(), looked_);
  }
  for (std::uint32_t i = 0; i < wanted.size; i++) {
    wanted[i]->source = places[i].source;
    wanted[i]->at = places[i].at;
  }
}

}  // namespace meridian
