// Still pictures of globes in pages that are written.
#pragma once
#include "meridian/base.h"
#include "options.h"

namespace meridian::cli {

/// What globes will fetch from beside the shell's scripts when they are live.
struct GlobeUse {
  bool any = false;     ///< there is a globe
  bool places = false;  ///< one with stops to be looked up by their names
};

/// The page with a picture of each globe, an `<svg slot="still">` in its `<meridian-globe>`, behind the numbers: shown
/// until the element is live, and where no script runs. The picture is what the element shows first: its stops are
/// the items in it (`data-lon`, `data-lat`), its view and layers those of its attributes. An element of which no stop
/// has a place yet (those of `src`), or that has a picture, stays as it is, and so does the page when the built shell
/// with the land is not there.
///
/// `use` is told what the globes of the page ask for. Gives `html` itself, or a copy in the arena. Linear in the page,
/// and in the stops but for sorting.
Str add_stills(const Options& options, Str html, Arena& arena, GlobeUse& use);

}  // namespace meridian::cli
