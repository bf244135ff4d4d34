// `meridian places NAME…`: the gazetteer's answers for names.
#pragma once
#include "options.h"

namespace meridian::cli {

/// Prints a line for each name to standard output, separated by tabs: the query; name, region, ISO
/// 3166 code of the country, latitude, longitude and population of the place. With an unknown name
/// these are empty. Prints to standard error the namesakes that were passed over, and suggestions
/// for unknown names. Exits with 1 when a name is unknown.
int places(const Options& options);

/// From now on names of places in pages are looked up in the built shell's gazetteer.
void connect_itinerary(const Options& options);

}  // namespace meridian::cli
