// `meridian places NAME…`: what the gazetteer makes of names.
#pragma once
#include "options.h"

namespace meridian::cli {

/// A line for each name to standard output, tabs between: the name asked, and of the place that is
/// taken name, region, ISO 3166 code of the country, latitude, longitude and population; an unknown
/// one has these empty. To standard error what was passed over, and what an unknown one may have
/// been meant to be. Exits with 1 when a name is unknown.
int places(const Options& options);

/// From now on names of places in pages are looked up in the built shell's gazetteer.
void connect_itinerary(const Options& options);

}  // namespace meridian::cli
