#include "external/places.h"

#include <map>

#include "check/parts.h"
#include "meridian/text.h"

namespace meridian::cli::external {

using check::Addresses;
using site::File;

namespace {
/// The forms in which an author may have written an address.
void add_forms(Arena& arena, Addresses& addresses, std::uint32_t who, Str href, Str raw) {
  Text decoded;
  add_url_decoded(decoded, href);
  std::uint32_t rank = 0;
  for (Str form : {href, raw, arena.copy(decoded.str())}) addresses.add(who, form, rank++);
  // A template makes the rest: `https://a.example/{{ user }}`.
  href = site::without_last(href, '/');
  addresses.add(who, href.substr(0, href.find_last_of("/#=?") + 1), rank, Addresses::Template);
}
}  // namespace

void Places::add(const std::string& source, const std::string& href, const std::string& raw) {
  wanted_.push_back({source, href, raw});
}

void Places::find() {
  places_.resize(wanted_.size());
  own_.resize(wanted_.size());
  find_in_pages();
  find_in_shared();
}

void Places::find_in_pages() {
  for (std::size_t first = 0, end; first < wanted_.size(); first = end) {
    Arena arena;
    Addresses addresses(arena);
    for (end = first; end < wanted_.size() && wanted_[end].source == wanted_[first].source; end++)
      add_forms(arena, addresses, std::uint32_t(end - first), wanted_[end].href, wanted_[end].raw);
    const File* own = workspace_.files().find(wanted_[first].source);
    if (!own || own->presence != site::Presence::Loaded) continue;
    addresses.find(own->source, &places_[first], work_);
    for (std::size_t i = first; i < end; i++) own_[i] = places_[i].source;
  }
}

/// In layouts, includes, data, settings, and documents that other pages show.
void Places::find_in_shared() {
  Arena arena;
  Addresses addresses(arena);
  // A layout's address is one of every page.
  std::map<std::string, std::size_t> numbers;
  for (std::size_t i = 0; i < wanted_.size(); i++)
    if (!own_[i] && numbers.emplace(wanted_[i].href, i).second)
      add_forms(arena, addresses, std::uint32_t(i), wanted_[i].href, wanted_[i].raw);
  if (addresses.empty()) return;
  for (const File* f = workspace_.files().first(); f; f = f->next) {
    bool is_read = check::is_used(*f) || (f->scanned && f->front.matched);
    if (is_read && !f->generated && f->presence == site::Presence::Loaded)
      addresses.find(f->source, places_.data(), work_);
  }
  for (std::size_t i = 0; i < wanted_.size(); i++)
    if (!own_[i]) places_[i] = places_[numbers[wanted_[i].href]];
}

}  // namespace meridian::cli::external
