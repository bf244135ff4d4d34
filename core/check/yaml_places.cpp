// Where an error in YAML began. libyaml notices an unclosed quote only where the next one ends it,
// often lines below, and text of a block that is indented too little as a line that fits nowhere.
// Here lines are looked at as an author wrote them.
#include "names.h"
#include "parts.h"

namespace meridian::check {

Str number_of_line(Arena& arena, Str text, std::size_t at) {
  std::uint32_t line = 0, column = 0;
  locate(text, at, line, column);
  Text number;
  number.add_int(line);
  return arena.copy(number.str());
}

namespace {
constexpr std::size_t kNone = Str::npos;

/// The end of a quoted scalar that begins at `at`; npos: it is not closed in the text.
std::size_t end_of_quote(Str text, std::size_t at) {
  char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); i++) {
    if (quote == '"' && text[i] == '\\')
      i++;
    else if (text[i] == quote && quote == '\'' && char_at(text, i + 1) == quote)
      i++;
    else if (text[i] == quote)
      return i + 1;
  }
  return kNone;
}

bool ends_key(Str line, std::size_t at) {
  return line[at] == ':' && (at + 1 >= line.size() || is_space(line[at + 1]));
}

std::size_t indent_of(Str line) {
  std::size_t at = line.find_first_not_of(" ");
  return at == kNone ? line.size() : at;
}

/// Whether a line looks like an entry: `name: value`, `- item`.
bool is_entry(Str line) {
  Str entry = line.substr(indent_of(line));
  for (std::size_t i = 0; i < entry.size(); i++)
    if (ends_key(entry, i)) return true;
  return starts_with(entry, "- ");
}

/// Reads a text line by line up to the place at which its parser stopped.
class YamlLines {
 public:
  YamlLines(Str text, std::size_t stop) : text_(text), stop_(stop) {}

  /// The quote that the author did not close; npos: there is none.
  std::size_t open_quote = kNone;
  /// The block of text (`|` or `>`) in which the parser stopped: where its key stands.
  std::size_t block = kNone;

  void read() {
    std::size_t at = 0;
    while (at < text_.size() && at <= stop_ && open_quote == kNone) at = read_line(at);
  }

 private:
  Str line_at(std::size_t at) const { return slice(text_, at, text_.find('\n', at)); }

  /// Reads the line at `at`; where the next one to be read begins.
  std::size_t read_line(std::size_t at) {
    Str line = line_at(at);
    const std::size_t next = at + line.size() + 1, indent = indent_of(line);
    const bool is_last = stop_ < next;
    if (strip(line).empty()) return next;
    if (block != kNone && indent > block_indent_ && !is_last) return next;
    if (is_last && block != kNone) return next;  // it stopped in the block, or just behind it
    block = kNone;
    if (line[indent] == '#' || starts_with(line, "---")) return next;
    std::size_t key = indent;
    while (line[key] == '-' && is_space(char_at(line, key + 1)))
      while (key + 1 < line.size() && is_space(line[++key])) {
      }
    return read_values(at, line, indent, key);
  }

  std::size_t read_values(std::size_t at, Str line, std::size_t indent, std::size_t key) {
    const std::size_t next = at + line.size() + 1;
    bool starts = true, has_key = false, flow = false;
    for (std::size_t i = key; i < line.size(); i++) {
      char c = line[i];
      if (starts && is_one_of(c, "\"'")) {
        std::size_t end = end_of_quote(line, i);
        if (end == kNone) return read_long(at, i, has_key || i == key ? key : indent, flow);
        i = end - 1;
        starts = false;
      } else if (c == '#' && i && is_space(line[i - 1])) {
        return next;
      } else if (starts && is_one_of(c, "|>")) {
        block = at + key;
        block_indent_ = has_key ? key : indent;
        return next;
      } else if (ends_key(line, i)) {
        starts = has_key = true;
      } else if (starts && is_one_of(c, "[{")) {
        flow = true;
      } else if (flow && is_one_of(c, "[{,")) {
        starts = true;
      } else if (!is_space(c)) {
        starts = false;
      }
    }
    return next;
  }

  /// A quoted value that ends in another line, or was meant to end in this one: then the next line
  /// is an entry beside it. `column` is that of its own entry.
  std::size_t read_long(std::size_t at, std::size_t quote, std::size_t column, bool flow) {
    std::size_t next = at;
    Str line;
    do {
      next += line_at(next).size() + 1;
      line = line_at(next);
    } while (next < text_.size() && strip(line).empty());
    char first = char_at(line, indent_of(line));
    bool is_beside = indent_of(line) <= column && is_entry(line);
    if (is_beside || (flow && first == text_[at + quote])) {
      open_quote = at + quote;
      return text_.size();
    }
    std::size_t end = end_of_quote(text_, at + quote);
    if (end == kNone) return text_.size();
    std::size_t feed = text_.find('\n', end);
    return feed == kNone ? text_.size() : feed + 1;
  }

  Str text_;
  std::size_t stop_, block_indent_ = 0;
};

/// The byte at a line and a column, both from 1.
std::size_t offset_of(Str text, std::uint32_t line, std::uint32_t column) {
  std::size_t at = 0;
  for (; line > 1 && at < text.size(); line--) {
    std::size_t feed = text.find('\n', at);
    at = feed == kNone ? text.size() : feed + 1;
  }
  for (; column > 1 && at < text.size(); column--) decode(text, at);
  return at;
}

/// The line above `begin` that is not blank.
Str line_above(Str text, std::size_t begin) {
  while (begin) {
    std::size_t end = begin - 1;
    begin = end ? text.rfind('\n', end - 1) + 1 : 0;
    if (Str line = slice(text, begin, end); !strip(line).empty()) return line;
  }
  return {};
}

/// A line that is indented more than the one above, whose value it continues.
bool continues_value(Arena& arena, Str text, std::size_t& at, Str& message) {
  std::size_t begin = at ? text.rfind('\n', at - 1) + 1 : 0;
  Str line = slice(text, begin, text.find('\n', begin)), above = line_above(text, begin);
  std::size_t colon = above.find(": ");
  if (text[at] != ':' || indent_of(line) <= indent_of(above) || colon == kNone ||
      line.substr(0, at - begin).find(": ") != Str::npos)
    return false;
  at = begin + indent_of(line);
  message = arena.join("this line is indented, so it continues the value of `",
                       strip(above.substr(0, colon)), "`");
  return true;
}
}  // namespace

void place_yaml(Arena& arena, const Source& source, Diagnostic& d) {
  if (d.rule != Rule::Yaml || !d.line || source.text.empty()) return;
  Str text = source.text;
  std::size_t at = offset_of(text, d.line, d.column);
  if (at >= text.size()) return;
  // What is wrong within brackets is told where they open.
  const bool is_bracket = is_one_of(text[at], "[{");
  YamlLines lines(text, is_bracket ? text.size() : at);
  lines.read();
  if (lines.open_quote <= at || (is_bracket && lines.open_quote != kNone)) {
    at = lines.open_quote;
    d.message = yaml::kNotClosed, d.remedy = yaml::kCloseQuote;
  } else if (lines.block < at && !is_bracket) {
    d.message = arena.join("this line is indented less than the text that begins below line ",
                           number_of_line(arena, text, lines.block), " needs");
    d.remedy = "indent all lines of the text by the same number of spaces, more than its key";
  } else if (continues_value(arena, text, at, d.message)) {
    d.remedy = "begin it in the column of the line above";
  } else {
    return;
  }
  locate(text, at, d.line, d.column);
  d.excerpt = line_around(text, at);
}

namespace {
/// Reports entries behind a first one that is indented: with it the mapping ends.
void check_indented(Sources& s, const Source& source, Str text, std::size_t offset) {
  std::size_t first = kNone;
  for (std::size_t at = 0; at < text.size();) {
    Str line = slice(text, at, text.find('\n', at));
    std::size_t indent = indent_of(line);
    bool is_text = !strip(line).empty() && char_at(line, indent) != '#' &&
                   !starts_with(line, "---") && !starts_with(line, "...");
    if (is_text && first == kNone) {
      if (!indent || !is_entry(line)) return;
      first = at + indent;
    } else if (is_text && !indent && is_entry(line)) {
      Str key = line.substr(0, line.find(':'));
      s.diagnostics.add(
          {Severity::Warning, Rule::FrontMatter}, source, offset + first,
          s.arena.join("this line is indented, so that nothing is read from `", key, "` on"),
          "remove the spaces before it");
      return;
    }
    at += line.size() + 1;
  }
}
}  // namespace

std::size_t place_of_layout(const site::File& page) {
  Str yaml = page.front.yaml;
  for (std::size_t at = 0; at < yaml.size();) {
    Str line = slice(yaml, at, yaml.find('\n', at));
    std::size_t indent = indent_of(line);
    if (starts_with(line.substr(indent), "layout:")) return page.front.yaml_offset + at + indent;
    at += line.size() + 1;
  }
  return page.front.yaml_offset;
}

void check_first_lines(Sources& s) {
  for (const site::File* f = s.workspace.files().first(); f; f = f->next) {
    if (f->generated || f->presence != site::Presence::Loaded) continue;
    Str extension = site::extension_of(f->source.path);
    bool is_data = s.site().has_settings(f->source.path) ||
                   (starts_with(f->source.path, "_data/") && one_of(extension, ".yml .yaml") >= 0);
    if (is_data)
      check_indented(s, f->source, f->source.text, 0);
    else if (f->scanned && f->front.matched)
      check_indented(s, f->source, f->front.yaml, f->front.yaml_offset);
  }
}

}  // namespace meridian::check
