// LiveDocument: after every edit its HTML is that of a parse of the whole text, and most of it is
// kept.
#include <catch2/catch_test_macros.hpp>
#include <cstdint>
#include <string>
#include <vector>

#include "meridian/markdown.h"
#include "support.h"

using namespace meridian;
using namespace meridian::markdown;

namespace {
std::string whole(const std::string& text, const Options& options) {
  Arena arena;
  Text out;
  REQUIRE(to_html(text, options, arena, out));
  return std::string(out.str());
}

std::string html_of(const LiveDocument& document) {
  std::string out;
  for (const LiveDocument::Part& part : document.parts()) out += std::string(part.html);
  return out;
}

/// The same numbers in each run.
struct Random {
  std::uint32_t state;
  std::uint32_t below(std::size_t n) {
    state = state * 1664525 + 1013904223;
    return std::uint32_t((std::uint64_t(state >> 8) * n) >> 24);
  }
  template <class T>
  const T& of(const std::vector<T>& list) {
    return list[below(list.size())];
  }
};

const std::vector<std::string> kBlocks = {
    "A paragraph of *some* words, and `code`.\nIn two lines.\n",
    "# A header\n",
    "## A header\n",
    "Another\n-------\n",
    "### Über “Ümlaute” 北京\n",
    "- one\n- two\n\n  more\n- three\n",
    "1. a\n2. b\n   - c\n",
    "> quoted\n> # inside\n",
    "```ruby\nputs 1\n\nputs 2\n```\n",
    "~~~\ntext\n~~~\n",
    "    code\n\n    more\n",
    "| a | b |\n|---|---|\n| 1 | 2 |\n",
    "term\n: definition\n",
    "other\n\n: definition\n: two\n",
    "<div>\n\nraw *text*\n\n</div>\n",
    "<p>Inline</p>\n",
    "$$\nx^2\n$$\n",
    "text with [a link][ref] and *[HTML]\n",
    "[ref]: https://example.org \"Title\"\n",
    "A note[^1].\n",
    "[^1]: What it says.\n",
    "*[HTML]: Markup\n",
    "A block.\n{: .class #id}\n",
    "{:ref: .x}\n",
    "{: ref}\nWith a list.\n",
    "* toc\n{:toc}\n",
    "<!-- a\n\ncomment -->\n",
    "***\n",
    "^\n",
    "{::comment}\nno\n{:/comment}\n",
    "a\\\nb\n",
    "<br>\n<span>x</span> text\n",
    "HTML is text, too.\n",
    "1999\\. Not a list\n",
    "A header\n========\n",
    "- [ ] to do\n- [x] done\n",
};
const std::vector<std::string> kPieces = {
    "x",      " ",     "\n",       "\n\n",      "\n\n\n",   "*",
    "**",     "`",     "```\n",    "~~~\n",     "# ",       "## A header\n",
    "- ",     "1. ",   "> ",       "    ",      "\t",       ": ",
    ":",      "|",     "---\n",    "===\n",     "{: .a}\n", "{:",
    "}",      "[ref]", "[^1]",     "]: ",       "<div>",    "</div>",
    "<!--",   "-->",   "$$",       "<",         ">",        "\"",
    "&amp;",  "\\",    "ü",        "😀",        "^\n",      "{::",
    "{:/}",   "(",     ")",        "!",         "HTML",     "* toc\n{:toc}\n",
    "<br />", "<p",    "<script>", "</script>", "'",        "--",
    "...",    "\r",    "\x01",     "word ",
};

/// Not all documents may be of the kind of which most must be parsed whole.
bool reaches_far(const std::string& s) {
  for (const char* sign : {"{::", "[^", "]:", "toc", "$$", "{:ref"})
    if (s.find(sign) != std::string::npos) return true;
  return false;
}

std::string document(Random& random, int blocks, bool far) {
  std::string text;
  while (blocks--) {
    const std::string& block = random.of(kBlocks);
    if (far || !reaches_far(block)) text += block + (random.below(8) ? "\n" : "");
  }
  return text;
}
}  // namespace

TEST_CASE("LiveDocument's parts are the HTML of the whole text, after every edit") {
  int parts = 0, edits = 0;
  for (std::uint32_t seed = 0; seed < 400; ++seed) {
    Random random{seed};
    Options options;
    options.hard_wrap = seed % 11 == 0;
    options.auto_ids = seed % 13 != 0;
    options.gfm_input = seed % 17 != 0;
    std::string text = document(random, 1 + int(random.below(20)), seed % 4 == 0);
    LiveDocument live;
    live.open(text, options);
    REQUIRE(html_of(live) == whole(text, options));
    for (int i = 0; i < 40; ++i) {
      std::size_t begin = random.below(text.size() + 1), end = begin;
      if (random.below(3) == 0) end = begin + random.below(random.below(4) ? 6 : 60);
      if (end > text.size()) end = text.size();
      std::string before = text, insert = random.below(4)   ? random.of(kPieces)
                                          : random.below(6) ? ""
                                                            : random.of(kBlocks);
      if (seed % 4 && reaches_far(insert)) continue;
      text.replace(begin, end - begin, insert);
      if (random.below(2)) {
        live.update(text);
      } else {
        parts += live.edit(begin, end, insert);
        ++edits;
      }
      std::string expected = whole(text, options);
      if (html_of(live) != expected) {
        INFO("seed " << seed << " step " << i << "\n--- before\n"
                     << before << "\n--- at " << begin << " to " << end << ": " << insert);
        REQUIRE(html_of(live) == expected);
      }
    }
  }
  INFO(parts << " of " << edits << " edits in part");
  CHECK(parts > edits / 4);
}
