// Writing on the page: random edits. What the parser makes of a patched text is the page that was
// wanted, and what can't be written is refused.
//
// MERIDIAN_EDITS: how many. MERIDIAN_EDIT_TEXTS: a folder of Markdown files that are edited, too.
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "patch_edits.h"
#include "support.h"

namespace {
/// The same numbers in each run.
struct Random {
  std::uint32_t state;
  std::uint32_t below(std::size_t n) {
    state = state * 1664525 + 1013904223;
    return std::uint32_t((std::uint64_t(state >> 8) * n) >> 24);
  }
};

const char* const kBlocks[] = {
    "A paragraph of *some* words, and `code`.\nIn two lines.\n",
    "# A header\n",
    "Another\n-------\n",
    "### Über “Ümlaute” 北京\n",
    "- one\n- two\n\n  more\n- three\n",
    "1. a\n2. b\n   - c\n",
    "> quoted\n> in **two** lines\n",
    "```ruby\nputs 1\n```\n",
    "| a | b |\n|---|:-:|\n| 1 | *two* |\n",
    "text with [a link][ref] and [another](https://example.org/a?b=c&d \"Title\")\n",
    "[ref]: https://example.org \"Title\"\n",
    "A note[^1] and an &copy; entity.\n",
    "[^1]: What it says.\n",
    "One[^2], two[^1] and one[^2].\n\n[^2]: In *two*\n    lines.\n",
    "Escapes \\* and \\_ and a hard  \nbreak.\n",
    "A \"quoted\" word -- and 'others'...\n",
    "<div>\nraw text\n</div>\n",
    "A ![picture](a.png) in text, ![another](b.png \"Title\").\n",
    "a | b | c\n:--|--:|---\n`x` | **y** |\n1 | 2 | [3][ref]\n",
    "> | *a* | b |\n> |:-:|---|\n> | x\\|y | é |\n> |  | 北京 |\n",
    "| no | head |\n| in | this |\n",
    "> - quoted\n>\n>   item\n>\n>   more\n",
    "- > quoted\n  >\n  > in an item\n- last\n",
};

/// A table as a button makes it, with words in two of its cells.
const char* const kTable =
    "<table><thead><tr><th>a|b</th><th></th></tr></thead><tbody><tr><td></td><td>*</td></tr></"
    "tbody>"
    "</table>";

/// A place in text of some HTML, not in a tag; npos when there is none.
std::size_t text_place(const std::string& html, Random& random) {
  for (int i = 0; i < 20; ++i) {
    std::size_t at = random.below(html.size());
    const std::size_t open = html.rfind('<', at), close = html.rfind('>', at ? at - 1 : 0);
    if ((open == std::string::npos || (close != std::string::npos && close >= open)) &&
        html[at] > ' ' && html[at] != '<' && html[at] != '&' && html[at] != ';')
      return at;
  }
  return std::string::npos;
}
}  // namespace

namespace {
/// Changes some HTML of references at random, as a person may; false where there is no place.
bool change(std::string& html, Str tag, Random& random) {
  const bool item = tag == "li";
  // A table comes behind a text or as another item, and takes the place of a text.
  if ((item || tag == "p") && random.below(8) == 0) {
    if (!item && random.below(2)) html.clear();
    html += item ? std::string("<m-0>") + kTable + "</m-0>" : kTable;
    return true;
  }
  const std::size_t at = text_place(html, random);
  if (at == std::string::npos) return false;
  const char* const pieces[] = {"x", " word ", "Z.", "*", "é", "&amp;", "_a_"};
  std::size_t end = at;
  while (end < html.size() && is_alnum(html[end])) ++end;
  switch (random.below(7)) {
    case 0: html.replace(at, 1, "y"); break;
    case 1:
      if (end == at) return false;
      html.insert(end, "</strong>");
      html.insert(at, "<strong>");
      break;
    case 2: {
      // The reference to the block is the first one.
      const std::size_t name = html.find('>');
      if (html.find('<', name) < at || html.compare(at - 1, 1, ">") == 0) return false;
      html.insert(at, "</m-0><m-0>");
      break;
    }
    default: html.insert(at, pieces[random.below(std::size(pieces))]);
  }
  return true;
}

/// A cell or a row of some HTML of references: where it begins and ends.
struct Span {
  std::size_t begin, end;
};
std::vector<Span> spans_of(const std::string& html, const std::vector<std::string>& names,
                           std::string_view wanted) {
  std::vector<Span> spans;
  for (std::size_t n = 0; n < names.size(); ++n) {
    if (names[n] != wanted) continue;
    const std::string number = "m-" + std::to_string(n) + ">";
    const std::string close = "</" + number;
    spans.push_back({html.find("<" + number), html.find(close) + close.size()});
  }
  return spans;
}

/// Changes rows, columns or the alignment of a table, as a person may; false: it has no such.
bool change_table(std::string& html, const std::vector<std::string>& names, Random& random) {
  const std::vector<Span> rows = spans_of(html, names, "tr");
  std::vector<Span> cells = spans_of(html, names, "th");
  const std::size_t heads = cells.size();
  for (Span cell : spans_of(html, names, "td")) cells.push_back(cell);
  const std::size_t columns = rows.empty() ? 0 : cells.size() / rows.size();
  const std::size_t first = heads ? 1 : 0;
  if (!columns || rows.size() <= first || cells.size() != columns * rows.size()) return false;
  const char* const texts[] = {"", "x", "two words", "x|y", "*a*", "é", "`b`"};
  auto text = [&] { return std::string(texts[random.below(std::size(texts))]); };
  const Span row = rows[first + random.below(rows.size() - first)];
  const std::size_t column = random.below(columns);
  switch (random.below(5)) {
    case 0: html.insert(row.end, html.substr(row.begin, row.end - row.begin)); return true;
    case 1: {
      std::string added;
      // Its cells have the alignment of those above them.
      for (Span cell : cells) {
        if (cell.begin < row.begin || cell.end > row.end) continue;
        const std::size_t name = cell.begin + 1, end = html.find('>', name);
        const std::string reference = html.substr(name, end - name);
        added += "<" + reference + ">" + text() + "</" + reference + ">";
      }
      html.insert(row.end, "<tr>" + added + "</tr>");
      return true;
    }
    case 2:
      if (rows.size() == first + 1) return false;
      html.erase(row.begin, row.end - row.begin);
      return true;
    case 3: {
      const char* const sides[] = {"left", "center", "right", ""};
      const std::string side = sides[random.below(4)];
      for (std::size_t r = rows.size(); r-- > 0;)
        html.insert(html.find('>', cells[r * columns + column].begin), " align=\"" + side + "\"");
      return heads != 0;
    }
    default: {
      const bool gone = random.below(2) == 0;
      if (gone && columns == 1) return false;
      for (std::size_t r = rows.size(); r-- > 0;) {
        const Span cell = cells[r * columns + column];
        const std::string name = r < first ? "th" : "td";
        if (gone)
          html.erase(cell.begin, cell.end - cell.begin);
        else
          html.insert(cell.end, "<" + name + ">" + text() + "</" + name + ">");
      }
      return true;
    }
  }
}

/// Removes the mark of a footnote; false: there is none, or something else is to change.
bool drop_mark(std::string& html, const std::vector<std::string>& names, Random& random) {
  const std::vector<Span> marks = spans_of(html, names, "sup");
  if (marks.empty() || random.below(3)) return false;
  const auto& [begin, end] = marks[random.below(marks.size())];
  html.erase(begin, end - begin);
  return true;
}

/// The Markdown files of MERIDIAN_EDIT_TEXTS. Each edit parses a whole one, so long ones are not
/// taken.
std::vector<std::string> given_texts() {
  constexpr std::size_t kLongest = 20000;
  std::vector<std::string> texts;
  const char* folder = std::getenv("MERIDIAN_EDIT_TEXTS");
  if (!folder) return texts;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".md") continue;
    const std::string text = support::read_file(entry.path().string());
    if (!text.empty() && text.size() <= kLongest && find_invalid_utf8(text) == Str::npos)
      texts.push_back(text);
  }
  return texts;
}

/// How many edits: by default few.
std::uint32_t wanted_edits() {
  const char* wanted = std::getenv("MERIDIAN_EDITS");
  return wanted ? std::uint32_t(std::strtoul(wanted, nullptr, 10)) : 800;
}
}  // namespace

TEST_CASE("random edits: what the parser makes of the patched text is the page that was wanted") {
  const char* const tags[] = {"p", "li", "h1", "h2", "h3", "td", "th", "table", "pre"};
  const std::vector<std::string> given = given_texts();
  std::uint32_t tried = 0, refused = 0, tables = 0, refused_tables = 0;
  // Many rounds find no place for an edit.
  constexpr std::uint32_t kRounds = 50;
  const std::uint32_t wanted = wanted_edits();
  for (std::uint32_t round = 0; tried < wanted && round / kRounds < wanted; ++round) {
    Random random{round * 7919 + 1};
    const Options options = round % 2 ? github() : Options();
    std::string text;
    const bool is_given = !given.empty() && random.below(2);
    if (is_given) text = given[random.below(given.size())];
    for (int i = 0; i < 5 && !is_given; ++i)
      text += std::string(kBlocks[random.below(std::size(kBlocks))]) + "\n";
    LiveDocument document;
    document.open(text, options);
    Edit edit;
    edit.first = edit.last =
        place_of(document, tags[random.below(std::size(tags))], random.below(is_given ? 8 : 2));
    if (edit.first.part == ~0u || document.parts()[edit.first.part].source == 0) continue;
    std::vector<std::string> names;
    std::string html =
        referring(document.parts()[edit.first.part].html, edit.first, edit.elements, &names);
    const bool table = edit.first.tag == "table";
    if (table ? !change_table(html, names, random)
              : !drop_mark(html, names, random) && !change(html, edit.first.tag, random))
      continue;
    edit.html = html;
    Arena arena;
    Patch patch;
    const Outcome outcome = find_patch(document, edit, arena, patch);
    INFO("round " << round << "\n" << text << "\n" << html);
    if (document.text() != text) CHECK(false);
    // Browsers mend the HTML that others wrote: what they show is not what the parser says.
    if (outcome == Outcome::Missing && is_given) continue;
    if (outcome == Outcome::Missing) CHECK(false);
    ++tried;
    refused += outcome == Outcome::Refused;
    const bool added = html.find("<table>") != std::string::npos;
    tables += table || added;
    refused_tables += (table || added) && outcome == Outcome::Refused;
    if (outcome != Outcome::Found) continue;
    // The change made, a parse of the whole has the parts that the search has seen.
    std::string changed = text;
    changed.replace(patch.begin, patch.end - patch.begin, std::string(patch.insert));
    document.edit(patch.begin, patch.end, patch.insert);
    std::string live;
    for (const LiveDocument::Part& part : document.parts()) live += std::string(part.html);
    Text whole;
    if (!to_html(changed, options, arena, whole) || live != std::string(whole.str())) CHECK(false);
    // Asked again, the edit of a block that stayed one is done.
    if (table || added || html.find("</m-0><m-0>") != std::string::npos) continue;
    std::uint32_t elements = 0;
    Edit again = edit;
    if (document.parts().size <= again.first.part) continue;
    referring(document.parts()[again.first.part].html, again.first, elements);
    if (elements != edit.elements) continue;
    if (find_patch(document, again, arena, patch) != Outcome::Same) CHECK(false);
  }
  WARN(tried << " random edits, " << refused << " refused; of tables " << tables << ", "
             << refused_tables);
  CHECK(tried == wanted);
  CHECK(refused * 20 <= tried);
}
