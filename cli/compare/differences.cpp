#include "differences.h"

#include <algorithm>

#include "edits.h"
#include "meridian/text.h"

namespace meridian::cli::comparison {

namespace {
// Two edits with fewer tokens between them are one: a sentence that was written anew has words in
// common with the old one.
constexpr std::size_t kFewBetween = 3;
// Tokens around an edit by which it is found in the text.
constexpr std::size_t kAround = 4;
// The innermost elements that tell a place.
constexpr int kMostElements = 4;
// Bytes of a difference that are kept: by them equal ones on several pages are known.
constexpr std::size_t kMostKept = 2000;

using Numbers = std::vector<std::uint32_t>;

/// A run of tokens.
struct Run {
  std::size_t begin, end;
};

/// A line of text with the tag before it, as one item, so that long pages are compared by lines
/// first.
std::vector<Run> lines_of(const std::vector<Token>& tokens) {
  std::vector<Run> lines;
  for (std::size_t i = 0; i < tokens.size(); i++) {
    if (lines.empty() || tokens[i].begins_block) lines.push_back({i, i});
    lines.back().end = i + 1;
  }
  return lines;
}

Numbers texts_of(const std::vector<Token>& tokens, Run run) {
  Numbers texts;
  for (std::size_t i = run.begin; i < run.end; i++) texts.push_back(tokens[i].text);
  return texts;
}

/// The tag that a text begins with, and by which attribute one tells it from others of its name.
std::string tag_of(std::string_view text) {
  Tag tag;
  std::size_t begin = text.find_first_not_of(' ');
  if (begin == text.npos || text[begin] != '<' || !next_tag(text, begin, tag)) return {};
  std::string name(tag.name);
  for (const char* key : {"property", "name", "rel", "itemprop"}) {
    Str value = attribute(tag, key);
    if (!value.empty()) return name + "[" + key + "=" + std::string(value) + "]";
  }
  return name;
}

class Finder {
 public:
  Finder(std::string_view old_text, std::string_view new_text, Syntax syntax)
      : syntax_(syntax),
        old_(read_tokens(old_text, syntax, texts_)),
        new_(read_tokens(new_text, syntax, texts_)) {}

  std::vector<Difference> find() {
    std::map<Numbers, std::uint32_t> known;
    auto numbered = [&](const Tokens& tokens, const std::vector<Run>& lines) {
      Numbers numbers;
      for (Run line : lines)
        numbers.push_back(
            known.emplace(texts_of(tokens.list, line), std::uint32_t(known.size())).first->second);
      return numbers;
    };
    std::vector<Run> old_lines = lines_of(old_.list), new_lines = lines_of(new_.list);
    Numbers old_numbers = numbered(old_, old_lines), new_numbers = numbered(new_, new_lines);
    for (const Edit& edit : find_edits(old_numbers, new_numbers))
      compare_runs(run_of(old_lines, edit.old_begin, edit.old_end, old_.list.size()),
                   run_of(new_lines, edit.new_begin, edit.new_end, new_.list.size()));
    return std::move(found_);
  }

 private:
  static Run run_of(const std::vector<Run>& lines, std::size_t begin, std::size_t end,
                    std::size_t tokens) {
    std::size_t first = begin < lines.size() ? lines[begin].begin : tokens;
    return {first, begin < end ? lines[end - 1].end : first};
  }

  void compare_runs(Run old_run, Run new_run) {
    std::vector<Edit> edits;
    for (Edit edit : find_edits(texts_of(old_.list, old_run), texts_of(new_.list, new_run))) {
      edit.old_begin += old_run.begin, edit.old_end += old_run.begin;
      edit.new_begin += new_run.begin, edit.new_end += new_run.begin;
      if (!edits.empty() && is_one_line(edits.back().old_end, edit.old_begin))
        edits.back().old_end = edit.old_end, edits.back().new_end = edit.new_end;
      else
        edits.push_back(edit);
    }
    for (const Edit& edit : edits) add(edit);
  }

  /// Whether a few words alone stand between two tokens of the old file.
  bool is_one_line(std::size_t begin, std::size_t end) const {
    if (end - begin >= kFewBetween) return false;
    while (begin < end && texts_[old_.list[begin].text].find('<') == std::string::npos) begin++;
    return begin == end;
  }

  void add(const Edit& edit) {
    bool is_new = edit.old_begin == edit.old_end;  // what stands in the new one alone
    const Tokens& tokens = is_new ? new_ : old_;
    std::size_t first = is_new ? edit.new_begin : edit.old_begin;
    Difference d;
    d.where = where(tokens, tokens.list[first], d.part);
    d.old_text = shown(old_.list, {edit.old_begin, edit.old_end});
    d.new_text = shown(new_.list, {edit.new_begin, edit.new_end});
    if (is_markup()) d.tag = tag_of(is_new ? d.new_text : d.old_text);
    std::size_t begin = edit.old_begin, end = edit.old_end;
    while (begin > 0 && edit.old_begin - begin < kAround && !old_.list[begin - 1].begins_block)
      begin--;
    while (end < old_.list.size() && end - edit.old_end < kAround && !old_.list[end].begins_block)
      end++;
    // Lines and marks have no spaces of their own.
    const char* space = is_markup() ? "" : " ";
    if (syntax_ != Syntax::Lines && begin < edit.old_begin)
      d.before = shown(old_.list, {begin, edit.old_begin}) + space;
    if (syntax_ != Syntax::Lines && edit.old_end < end)
      d.after = space + shown(old_.list, {edit.old_end, end});
    d.old_line = line_of(old_.list, edit.old_begin);
    d.new_line = line_of(new_.list, edit.new_begin);
    found_.push_back(std::move(d));
  }

  bool is_markup() const { return syntax_ == Syntax::Html || syntax_ == Syntax::Xml; }

  static std::uint32_t line_of(const std::vector<Token>& tokens, std::size_t at) {
    if (tokens.empty()) return 1;
    return tokens[std::min(at, tokens.size() - 1)].line;
  }

  /// The innermost elements, and in which part of the page they are.
  std::string where(const Tokens& tokens, const Token& token, Part& part) const {
    part = Part::Body;
    std::vector<const std::string*> names;
    for (std::int32_t i = token.element; i >= 0; i = tokens.elements[std::size_t(i)].parent) {
      const std::string& name = tokens.elements[std::size_t(i)].name;
      Str tag = Str(name).substr(0, name.find_first_of("#."));
      if (tag == "head" && part == Part::Body) part = Part::Head;
      if (tag == "script" || tag == "style") part = Part::Script;
      if (tag != "html" && tag != "body") names.push_back(&name);
    }
    std::string text;
    for (std::size_t i = std::min<std::size_t>(names.size(), kMostElements); i > 0; i--)
      (text += text.empty() ? "" : " > ") += *names[i - 1];
    // A short page may do without the tags of its head and body.
    return text.empty() && is_markup() ? "html" : text;
  }

  std::string shown(const std::vector<Token>& tokens, Run run) const {
    std::string text;
    for (std::size_t i = run.begin; i < run.end; i++) {
      if (text.size() > kMostKept) return text + " … and " + std::to_string(run.end - i) + " more";
      if (!text.empty() && !is_markup()) text += ' ';
      text += texts_[tokens[i].text];
    }
    return text;
  }

  const Syntax syntax_;
  Texts texts_;
  Tokens old_, new_;
  std::vector<Difference> found_;
};
}  // namespace

std::vector<Difference> find_differences(std::string_view old_text, std::string_view new_text,
                                         Syntax syntax) {
  if (old_text == new_text) return {};
  return Finder(old_text, new_text, syntax).find();
}

}  // namespace meridian::cli::comparison
