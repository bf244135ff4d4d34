// Header ids as GitHub makes them.
#pragma once
#include "meridian/markdown.h"

namespace meridian::markdown {

/// Gives each header an id: its text in lower case, without punctuation, spaces as hyphens; repeats
/// get `-1`, `-2`, …, never one that is in use (github-slugger 2).
void add_github_header_ids(Tree& tree);

}  // namespace meridian::markdown
