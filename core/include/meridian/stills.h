// Still pictures of globes in pages that are written: they are seen until the element is live, and
// where no script runs.
#pragma once
#include "meridian/geo.h"

namespace meridian {

struct GlobeElement;

/// What globes will fetch from beside the shell's scripts when they are live.
struct GlobeUse {
  bool any = false;     ///< there is a globe
  bool places = false;  ///< one with stops to be looked up by their names
};

/// Whether a page may hold a globe.
bool mentions_globe(Str page);

class Stills {
 public:
  /// Land and countries as packed files have them; broken or empty: they can't be had. The bytes
  /// are not kept. Without land there are no pictures.
  void put(Str land, Str countries);

  /// The page with a picture of each globe, an `<svg slot="still">` in its `<meridian-globe>`,
  /// behind the numbers. The picture is what the element shows first: its stops are the items in it
  /// (`data-lon`, `data-lat`), its view and layers those of its attributes. An element of which no
  /// stop has a place yet (those of `src`), or that has a picture, stays as it is.
  ///
  /// `use` is told what the globes of the page ask for. Gives `page` itself, or a copy in the
  /// arena. Linear in the page, and in the stops but for sorting.
  Str add(Str page, Arena& arena, GlobeUse& use);

 private:
  void draw(const GlobeElement& element, Text& out);
  void shade(const GlobeElement& element);

  geo::Globe globe_;
  bool land_ = false;
};

}  // namespace meridian
