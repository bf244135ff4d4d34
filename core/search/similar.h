// Words at a few typing errors from each other.
#pragma once
#include "meridian/search.h"

namespace meridian::search {

/// Errors (a letter left out, too many, another one, or two exchanged) by which `word` differs from
/// the begin of `term`; more than `most` when there are more than that. `whole`: the term ends
/// there as well. Of a part, the last letters have to be right, or every word would be near to
/// many.
unsigned errors_between(Str word, Str term, unsigned most, bool& whole);

}  // namespace meridian::search
