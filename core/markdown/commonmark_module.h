// The core's side of the CommonMark module. Natively the parser is linked and nothing needs to be
// done; in the browser the host of the core connects what stands for it.
#pragma once
#include "commonmark.h"

namespace meridian::markdown {

/// Parses as commonmark_parse does; false when it can't, above all because the module is not there.
/// Called with an empty source it is asked whether the module is there, and adds nothing.
using CommonmarkFunction = bool (*)(Str source, unsigned flags, Text& flat);

/// Connects the parser. nullptr takes it away.
void set_commonmark(CommonmarkFunction parse);

/// The tree of a document in the CommonMark or GitHub dialect; nullptr when the module is not
/// there. The tree's strings lie in the arena.
Tree* parse_commonmark(Str text, const Options& options, Arena& arena);

}  // namespace meridian::markdown
