// Still pictures of globes in the pages that are written: shown until the element is live, and
// where no script runs.
//
//     Stills stills;
//     stills.put(land, countries);                 // land-110m.bin, countries.bin
//     GlobeUse use;
//     if (mentions_globe(html)) html = stills.add(html, arena, use);
//     write(html);
//     if (use.places) copy_folder("meridian/places");
//
// Ownership: the packed files are unpacked, not kept; a page is returned as a view of the argument
// or of the arena.
//
// Failure: without usable land there are no pictures, and pages are returned unchanged. Nothing is
// reported: an element without a picture works.
#pragma once
#include "meridian/geo.h"

namespace meridian {

struct GlobeElement;

/// The files beside the shell's scripts that the globes of a page fetch when they are live. Members
/// are set, never cleared, so that one GlobeUse serves all pages.
struct GlobeUse {
  /// There is a globe.
  bool any = false;
  /// There is one with stops that are looked up by their names.
  bool places = false;
};

/// Whether a page may have a globe: a quick test before add().
bool mentions_globe(Str page);

/// Draws the pictures. One object serves all pages of a site.
class Stills {
 public:
  /// Land and countries as packed files (geo::unpack). Empty or broken bytes count as unavailable;
  /// without land there are no pictures.
  void put(Str land, Str countries);

  /// The page with a picture of each globe: an `<svg slot="still">` in its `<meridian-globe>`,
  /// behind the facts. It shows what the element shows first: the items in it are its stops
  /// (`data-lon`, `data-lat`), its attributes give view and layers. An element stays as it is when
  /// no stop has a place yet (as with `src`), or when it has a picture. Sets `use`. Returns `page`
  /// itself, or a copy in the arena. Linear in the page, O(n log n) in the stops.
  Str add(Str page, Arena& arena, GlobeUse& use);

 private:
  void draw(const GlobeElement& element, Text& out);
  void shade(const GlobeElement& element);

  geo::Globe globe_;
  bool land_ = false;
};

}  // namespace meridian
