// CommonMark and GitHub's dialect of it, parsed by md4c.
#include "commonmark.h"

#include "commonmark_builder.h"
#include "github/rewrite.h"
#include "meridian/text.h"

namespace meridian::markdown {

namespace {

/// md4c's time for a line, even an empty one, grows with the number of quotes and lists that are
/// open. One line can open as many as it has bytes; the mark behind the last one that is allowed
/// becomes a backslash, so that the rest of the line is text. (Over several lines depth takes
/// indentation, and so its square in bytes.)
bool limit_nesting(Str source, Text& limited) {
  int marks = 0;
  for (std::size_t i = 0; i < source.size(); i++) {
    char c = source[i];
    if (is_newline(c)) marks = 0;
    if (marks < 0 || is_space(c) || is_digit(c)) continue;
    bool before_blank = i + 1 < source.size() && (source[i + 1] == ' ' || source[i + 1] == '\t');
    if (c != '>' && !(before_blank && Str("-+*.)").find(c) != Str::npos)) {
      marks = -1;  // no more of them in this line
    } else if (++marks > kMaxNesting) {
      if (limited.empty()) limited.add(source);
      limited.data()[i] = '\\';
      marks = -1;
    }
  }
  return !limited.empty();
}

}  // namespace

bool commonmark_parse(Str source, unsigned flags, Text& flat) {
  if (source.size() > kMaxCommonmarkSource) return false;
  bool github = flags & kGitHub;
  Arena arena;
  Text limited;
  if (limit_nesting(source, limited)) source = limited.str();
  Rewriting rewriting(arena);
  bool rewritten = github && rewrite_for_github(source, flags & kNotes, rewriting);
  Str text = rewritten ? rewriting.text.str() : source;
  flat.reserve(flat.size() + source.size() + source.size() / 2);
  std::size_t begin = flat.size();
  FlatWriter(flat).begin_document();
  CommonmarkBuilder builder(text, flags, rewritten ? &rewriting : nullptr, arena, flat);
  MD_PARSER parser = {};
  // Autolinks are found in the text by github/autolinks: md4c's rules for them are narrower than
  // GFM's.
  constexpr unsigned kGitHubFlags =
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS;
  parser.flags = (github ? kGitHubFlags : MD_DIALECT_COMMONMARK) |
                 (flags & kHardBreaks ? MD_FLAG_HARD_SOFT_BREAKS : 0);
  CommonmarkBuilder::set_callbacks(parser);
  std::size_t mark = starts_with(text, "\xEF\xBB\xBF") ? 3 : 0;  // of byte order; no text
  if (md_parse(text.data() + mark, MD_SIZE(text.size() - mark), &parser, &builder) != 0) {
    flat.truncate(begin);
    return false;
  }
  builder.finish();
  return true;
}

}  // namespace meridian::markdown
