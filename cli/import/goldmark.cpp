#include "goldmark.h"

#include <vector>

#include "markup.h"

namespace meridian::cli::hugo {

namespace {
// In which the end of a code span, a tag, an address or a formula is looked for.
constexpr std::size_t kMostOfSpan = 2000;
// Columns from which a line behind a blank one is code.
constexpr std::size_t kCodeIndent = 4;

enum class Kind { Blank, Text, Other };  // Other: code, HTML, rules, link definitions
struct Line {
  Str text;  ///< with its newline
  Kind kind;
};

std::size_t indent_of(Str line) {
  std::size_t at = 0, columns = 0;
  for (; is_one_of(char_at(line, at), " \t"); at++)
    columns += line[at] == '\t' ? kCodeIndent - columns % kCodeIndent : 1;
  return columns;
}

/// What ends a block of HTML that begins on a line; "\n" is a blank line, "" that there is none.
Str html_end(Str line) {
  line = lstrip(line);
  if (char_at(line, 0) != '<') return {};
  if (starts_with(line, "<!--")) return "-->";
  for (const char* name : {"script", "style", "pre", "textarea"}) {
    const std::size_t size = Str(name).size();
    if (equal_ignoring_case(line.substr(1, size), name) && !is_alnum(char_at(line, size + 1)))
      return name;
  }
  const char next = char_at(line, 1);
  // An autolink is text.
  const std::size_t end = line.find_first_of(" >\t");
  bool link =
      line.substr(0, end).find(':') != Str::npos || line.substr(0, end).find('@') != Str::npos;
  return (is_alpha(next) || next == '/') && !link ? "\n" : Str();
}

bool ends_html(Str line, Str end) {
  if (end == "\n") return strip(line).empty();
  if (end == "-->") return line.find(end) != Str::npos;
  for (std::size_t at = 0; (at = line.find(Str("</"), at)) != Str::npos; at++)
    if (equal_ignoring_case(line.substr(at + 2, end.size()), end)) return true;
  return false;
}

/// A rule, the line below a heading or the head of a table, or a link definition.
bool is_mark_only(Str line) {
  line = strip(line);
  if (line.find_first_not_of("-=|: *_+") == Str::npos) return true;
  return line[0] == '[' && char_at(line, 1) != '^' && line.find(Str("]:")) < line.find(' ');
}

std::vector<Line> lines_of(Str text) {
  std::vector<Line> lines;
  std::size_t fence = 0;
  char fence_mark = 0;
  Str html;
  Kind last = Kind::Blank;
  bool code = false;  // the last line was indented code
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t newline = text.find('\n', at);
    const Str line = slice(text, at, newline == Str::npos ? newline : newline + 1);
    at += line.size();
    const bool blank = strip(line).empty();
    char mark;
    const std::size_t size = fence_size(lstrip(line), mark);
    Kind kind = Kind::Text;
    if (fence) {
      kind = Kind::Other;
      if (size >= fence && mark == fence_mark) fence = 0;
    } else if (!html.empty()) {
      kind = html == "\n" && blank ? Kind::Blank : Kind::Other;
      if (ends_html(line, html)) html = {};
    } else if (blank) {
      kind = Kind::Blank;
    } else if (size) {
      kind = Kind::Other;
      fence = size, fence_mark = mark;
    } else if (indent_of(line) >= kCodeIndent && (last == Kind::Blank || code)) {
      kind = Kind::Other;
    } else if (html = html_end(line); !html.empty()) {
      kind = Kind::Other;
      if (html != "\n" && ends_html(line.substr(1), html)) html = {};
    } else if (is_mark_only(line)) {
      kind = Kind::Other;
    }
    code = kind == Kind::Other && !fence && html.empty() && indent_of(line) >= kCodeIndent;
    lines.push_back({line, last = kind});
  }
  return lines;
}

// ---- typographer ----

class Typographer {
 public:
  Typographer(Str text, std::string& out) : text_(text), out_(out) {}

  void run() {
    while (at_ < text_.size()) {
      const std::size_t size = span();
      if (size) {
        copy(size);
        continue;
      }
      if (!dashes() && !dots() && !quote()) copy(1);
    }
  }

 private:
  char peek(std::size_t ahead = 0) const { return char_at(text_, at_ + ahead); }
  bool begins(const char* with) const { return starts_with(text_.substr(at_), with); }
  void copy(std::size_t size) {
    out_ += text_.substr(at_, size);
    at_ += size;
  }
  void put(const char* character, std::size_t size) {
    out_ += character;
    at_ += size;
  }

  /// Bytes up to behind `end`, which is looked for from `from` on; 0: it is not near.
  std::size_t up_to(Str end, std::size_t from) const {
    const Str near = text_.substr(at_, kMostOfSpan);
    const std::size_t found = near.find(end, from);
    return found == Str::npos ? 0 : found + end.size();
  }

  /// Bytes of what stays as it is here; 0: it is text.
  std::size_t span() const {
    switch (peek()) {
      case '\\': return at_ + 1 < text_.size() ? 2 : 1;
      case '`': return code();
      case '<': return is_alpha(peek(1)) || is_one_of(peek(1), "/!") ? up_to(">", 1) : 0;
      case '$': return formula();
      case '{': return liquid();
      case ']': return peek(1) == '(' ? address() : peek(1) == '[' ? up_to("]", 2) : 0;
      case '[': return peek(1) == '^' ? up_to("]", 1) : 0;
      case 'h':
      case 'w': return begins("http://") || begins("https://") || begins("www.") ? url() : 0;
      default: return 0;
    }
  }

  std::size_t code() const {
    std::size_t size = 0;
    while (peek(size) == '`') size++;
    const Str near = text_.substr(at_, kMostOfSpan);
    for (std::size_t at = size; (at = near.find('`', at)) != Str::npos;) {
      std::size_t end = at;
      while (char_at(near, end) == '`') end++;
      if (end - at == size) return end;
      at = end;
    }
    return size;
  }

  std::size_t formula() const {
    if (peek(1) == '$') return up_to("$$", 2);
    if (is_space(peek(1)) || !peek(1)) return 0;
    const std::size_t size = up_to("$", 1);
    return size && !is_space(peek(size - 2)) && !is_digit(peek(size)) ? size : 0;
  }

  std::size_t liquid() const {
    if (begins("{% raw %}")) {
      const std::size_t end = text_.find(Str("{% endraw %}"), at_);
      return (end == Str::npos ? text_.size() : end) - at_;
    }
    return peek(1) == '{' ? up_to("}}", 2) : peek(1) == '%' ? up_to("%}", 2) : 0;
  }

  /// `](address "title")`
  std::size_t address() const {
    const Str near = text_.substr(at_, kMostOfSpan);
    int depth = 0;
    for (std::size_t at = 1; at < near.size(); at++) {
      if (near[at] == '\\')
        at++;
      else if (near[at] == '(')
        depth++;
      else if (near[at] == ')' && --depth == 0)
        return at + 1;
    }
    return 0;
  }

  std::size_t url() const {
    std::size_t size = 0;
    while (peek(size) && !is_space(peek(size)) && !is_one_of(peek(size), "<>\"`")) size++;
    return size;
  }

  bool dashes() {
    std::size_t size = 0;
    while (peek(size) == '-') size++;
    if (size < 2) return false;
    if (size == 2)
      put("–", 2);
    else if (size == 3)
      put("—", 3);
    else
      copy(size);
    return true;
  }

  bool dots() {
    if (!begins("...") || peek(3) == '.' || (at_ && text_[at_ - 1] == '.')) return false;
    put("…", 3);
    return true;
  }

  bool quote() {
    if (!is_one_of(peek(), "\"'")) return false;
    const bool twice = peek() == '"';
    // What has become a character of several bytes is no letter of ASCII.
    const char before = at_ ? text_[at_ - 1] : ' ', after = peek(1);
    const bool space_after = !after || is_space(after);
    const bool year = !twice && is_digit(after) && is_digit(peek(2));
    const bool opens = (is_space(before) || is_one_of(before, "([{*_-/\"'~|")) && !space_after &&
                       !year && !is_one_of(after, ".,;:!?)]}");
    put(twice ? opens ? "“" : "”" : opens ? "‘" : "’", 1);
    return true;
  }

  Str text_;
  std::string& out_;
  std::size_t at_ = 0;
};

std::string with_typography(Str text) {
  std::string out;
  std::size_t begin = 0, end = 0;  // a paragraph, whose spans may go over its lines
  auto flush = [&] {
    Typographer(slice(text, begin, end), out).run();
    begin = end;
  };
  for (const Line& line : lines_of(text)) {
    if (line.kind == Kind::Text) {
      end += line.text.size();
      continue;
    }
    flush();
    out += line.text;
    begin = end = end + line.text.size();
  }
  flush();
  return out;
}

// ---- definition lists ----

class DefinitionLists {
 public:
  explicit DefinitionLists(Str text) : lines_(lines_of(text)) {}

  std::string run() {
    while (at_ < lines_.size()) {
      const std::size_t end = end_of_terms(at_);
      if (!end) {
        // A whole paragraph, so that each is looked at once.
        const bool text = is_kind(at_, Kind::Text);
        do out_ += lines_[at_++].text;
        while (text && is_kind(at_, Kind::Text));
        continue;
      }
      out_ += "<dl>\n";
      for (std::size_t next = end; next; next = end_of_terms(at_)) add_group(next);
      out_ += "</dl>\n\n";
    }
    return std::move(out_);
  }

 private:
  bool is_kind(std::size_t at, Kind kind) const {
    return at < lines_.size() && lines_[at].kind == kind;
  }
  bool is_definition(std::size_t at) const {
    if (at >= lines_.size() || lines_[at].kind == Kind::Other) return false;
    const Str line = lstrip(lines_[at].text);
    return indent_of(lines_[at].text) < kCodeIndent && char_at(line, 0) == ':' &&
           is_one_of(char_at(line, 1), " \t") && !strip(line.substr(1)).empty();
  }

  /// The end of the lines that are terms, from `at` on; 0: they are none.
  std::size_t end_of_terms(std::size_t at) const {
    const std::size_t begin = at;
    while (is_kind(at, Kind::Text) && !is_definition(at)) {
      const Str line = lstrip(lines_[at].text);
      if (begins_block(line)) return 0;
      at++;
    }
    if (at == begin) return 0;
    return is_definition(at) || (is_kind(at, Kind::Blank) && is_definition(at + 1)) ? at : 0;
  }

  /// A heading, a quote, a table, an item of a list, a footnote.
  static bool begins_block(Str line) {
    std::size_t mark = 0;
    while (is_digit(char_at(line, mark))) mark++;
    const bool item = is_one_of(char_at(line, mark), mark ? ".)" : "-*+");
    return is_one_of(line[0], "#>|") || starts_with(line, "[^") ||
           (item && is_space(char_at(line, mark + 1)));
  }

  /// Without marks of Markdown and Liquid: it can stand within HTML.
  static bool is_plain(Str text) { return text.find_first_of("*_`[]<>&\\!~$:@{}\n") == Str::npos; }

  void add(const char* name, Str text) {
    const std::string tag = std::string("<") + name + ">", end = std::string("</") + name + ">\n";
    out_ += tag + (is_plain(text) ? std::string(text) : "\n\n" + std::string(text) + "\n\n") + end;
  }

  /// Terms up to `end`, and their definitions.
  void add_group(std::size_t end) {
    for (; at_ < end; at_++) add("dt", strip(lines_[at_].text));
    if (is_kind(at_, Kind::Blank)) at_++;
    while (is_definition(at_)) {
      add("dd", strip(Str(definition())));
      std::size_t next = at_;
      while (is_kind(next, Kind::Blank)) next++;
      if (is_definition(next) || end_of_terms(next)) at_ = next;
    }
  }

  /// The text of a definition: its line, those that go on with it, and what is indented below.
  std::string definition() {
    const Str first = lstrip(lines_[at_++].text).substr(1);
    std::string text(lstrip(first));
    for (bool blank = false; at_ < lines_.size(); at_++) {
      const Line& line = lines_[at_];
      if (line.kind == Kind::Blank) {
        std::size_t next = at_;
        while (is_kind(next, Kind::Blank)) next++;
        if (next == lines_.size() || indent_of(lines_[next].text) < 2) break;
        blank = true;
        at_ = next - 1;
      } else if (is_definition(at_) || (blank && indent_of(line.text) < 2)) {
        break;
      }
      std::size_t cut = 0;
      while (cut < kCodeIndent && char_at(line.text, cut) == ' ') cut++;
      text += line.text.substr(cut);
    }
    return text;
  }

  std::vector<Line> lines_;
  std::string out_;
  std::size_t at_ = 0;
};
}  // namespace

std::string without_extensions(Str text, const Goldmark& goldmark) {
  std::string out = goldmark.typographer ? with_typography(text) : std::string(text);
  return goldmark.definition_lists ? DefinitionLists(out).run() : out;
}

}  // namespace meridian::cli::hugo
