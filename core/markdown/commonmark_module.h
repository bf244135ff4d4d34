// The core's side of the CommonMark module. Natively the parser is linked and there is nothing to
// do; in the browser the core's host connects a function that calls the module.
#pragma once
#include "commonmark.h"

namespace meridian::markdown {

/// Parses as commonmark_parse does; false when it can't, usually because the module is not loaded.
/// A call with an empty source only tests whether the module is loaded, and adds nothing.
using CommonmarkFunction = bool (*)(Str source, unsigned flags, Text& flat);

/// Connects the parser; nullptr disconnects it.
void set_commonmark(CommonmarkFunction parse);

/// The flags (CommonmarkFlag) of a document with these options.
unsigned commonmark_flags(const Options& options);

/// The tree of a document in the CommonMark or GitHub dialect; nullptr when the module is not
/// loaded. The tree's strings are in the arena.
Tree* parse_commonmark(Str text, const Options& options, Arena& arena);

}  // namespace meridian::markdown
