#include "commonmark_module.h"

#include "github/header_ids.h"
#include "tree.h"

namespace meridian::markdown {

namespace {
#ifdef __wasm__
CommonmarkFunction commonmark = nullptr;
#else
CommonmarkFunction commonmark = commonmark_parse;
#endif
}  // namespace

void set_commonmark(CommonmarkFunction parse) { commonmark = parse; }

bool have_commonmark() {
  Text nothing;
  return commonmark && commonmark({}, 0, nothing);
}

unsigned commonmark_flags(const Options& options) {
  unsigned flags = 0;
  if (options.dialect == Dialect::GitHub) flags |= kGitHub;
  if (options.hard_wrap) flags |= kHardBreaks;
  if (options.notes) flags |= kNotes;
  return flags;
}

Tree* parse_commonmark(Str text, const Options& options, Arena& arena) {
  Text flat;
  if (!commonmark || !commonmark(text, commonmark_flags(options), flat)) return nullptr;
  Tree* tree = make_tree(arena, options, text);
  if (!tree_from_flat(arena.copy(flat.str()), *tree)) return nullptr;
  if (options.dialect == Dialect::GitHub && options.auto_ids) add_github_header_ids(*tree);
  return tree;
}

}  // namespace meridian::markdown
