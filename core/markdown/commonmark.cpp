// CommonMark and GitHub's dialect of it, parsed by md4c.
#include "commonmark.h"

#include "commonmark_builder.h"
#include "github/rewrite.h"
#include "meridian/text.h"
#include "meridian/words.h"
#include "part.h"

namespace meridian::markdown {

namespace {

/// Whether a text has a run of more than kMaxNesting characters that may be marks or stand between
/// them, as few texts have. Looks at every kMaxNesting-th character, and around those that may.
bool may_nest_deeply(Str source) {
  auto may_be_mark = [&](std::size_t i) {
    char c = source[i];
    return is_space(c) || is_digit(c) || is_one_of(c, ">-+*.)");
  };
  std::size_t end = 0;  // of the last run
  for (std::size_t at = kMaxNesting; at < source.size(); at += kMaxNesting) {
    if (at < end) continue;
    std::size_t begin = at;
    while (begin > end && may_be_mark(begin - 1)) begin--;
    for (end = at; end < source.size() && may_be_mark(end);) end++;
    if (end - begin > kMaxNesting) return true;
  }
  return false;
}

/// md4c's time for a line, even an empty one, grows with the number of quotes and lists that are
/// open. One line can open as many as it has bytes; the mark behind the last one that is allowed
/// becomes a backslash, so that the rest of the line is text. (Over several lines depth takes
/// indentation, and so its square in bytes.)
bool limit_nesting(Str source, Text& limited) {
  if (!may_nest_deeply(source)) return false;
  for (std::size_t i = 0; i < source.size(); i = line_end(source, i) + 1) {
    for (int marks = 0; i < source.size() && !is_newline(source[i]); i++) {
      char c = source[i];
      if (is_space(c) || is_digit(c)) continue;
      bool before_blank = i + 1 < source.size() && (source[i + 1] == ' ' || source[i + 1] == '\t');
      if (c != '>' && !(before_blank && is_one_of(c, "-+*.)"))) break;  // no more in this line
      if (++marks <= kMaxNesting) continue;
      if (limited.empty()) limited.add(source);
      limited.data()[i] = '\\';
      break;
    }
  }
  return !limited.empty();
}

}  // namespace

std::size_t line_end(Str s, std::size_t at) {
  const char* data = s.data();
  while (at < s.size() && !is_newline(data[at])) {
    at++;
    // Below 14 there are few other characters, of which tabs alone are common.
    for (; at + kWordBytes <= s.size(); at += kWordBytes) {
      std::uint64_t word = load_word(data + at);
      std::uint64_t low = (word - kEachByte * 14) & ~word & kHighBits;
      if (!low) continue;
      at += first_byte(low);
      break;
    }
  }
  return at;
}

bool commonmark_parse(Str source, unsigned flags, Text& out) {
  if (source.size() > kMaxCommonmarkSource) return false;
  bool github = flags & kGitHub;
  Arena arena;
  Text limited;
  if (limit_nesting(source, limited)) source = limited.str();
  Rewriting rewriting(arena);
  bool rewritten = github && rewrite_for_github(source, flags & kNotes, rewriting);
  Str text = rewritten ? rewriting.text.str() : source;
  out.reserve(out.size() + source.size() + source.size() / 2);
  std::size_t begin = out.size();
  if (!(flags & kHtml)) FlatWriter(out).begin_document();
  CommonmarkBuilder builder(text, flags, rewritten ? &rewriting : nullptr, arena, out);
  MD_PARSER parser = {};
  // Autolinks are found in the text by github/autolinks: md4c's rules for them are narrower than
  // GFM's.
  constexpr unsigned kGitHubFlags =
      MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_TASKLISTS | MD_FLAG_LATEXMATHSPANS;
  // MD_FLAG_CJK of make_md4c.py: emphasis beside Chinese, Japanese and Korean.
  constexpr unsigned kCjk = 0x100000;
  parser.flags = (github ? kGitHubFlags : MD_DIALECT_COMMONMARK) | (flags & kNotes ? kCjk : 0) |
                 (flags & kHardBreaks ? MD_FLAG_HARD_SOFT_BREAKS : 0);
  CommonmarkBuilder::set_callbacks(parser);
  std::size_t mark = starts_with(text, "\xEF\xBB\xBF") ? 3 : 0;  // of byte order; no text
  if (md_parse(text.data() + mark, MD_SIZE(text.size() - mark), &parser, &builder) != 0) {
    out.truncate(begin);
    return false;
  }
  builder.finish();
  return true;
}

}  // namespace meridian::markdown
