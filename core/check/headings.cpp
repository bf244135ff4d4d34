// Headings of Markdown sources that skip a level.
#include "parts.h"

namespace meridian::check {

using site::File;

namespace {
/// The level of a heading at the begin of a line, `## a` or `<h2>`; 0: there is none.
int level_of(Str line) {
  std::size_t at = 0;
  while (at < line.size() && at < 3 && line[at] == ' ') at++;
  if (char_at(line, at) == '<' && lower(char_at(line, at + 1)) == 'h') {
    int level = char_at(line, at + 2) - '0';
    char behind = char_at(line, at + 3);
    return level >= 1 && level <= 6 && (behind == '>' || behind == ' ') ? level : 0;
  }
  std::size_t begin = at;
  while (at < line.size() && line[at] == '#') at++;
  std::size_t level = at - begin;
  bool is_text = is_one_of(char_at(line, at), " \t") && !strip(line.substr(at)).empty();
  return level <= 6 && is_text ? int(level) : 0;
}

/// The level of a heading whose line is this one's underline; 0: it is none.
int underline_of(Str line) {
  line = strip(line);
  for (char c : {'=', '-'})
    if (line.size() >= 3 && line.find_first_not_of(Str(&c, 1)) == Str::npos)
      return c == '=' ? 1 : 2;
  return 0;
}

/// What is no Markdown until its end.
struct Block {
  Str end;  ///< empty: outside of all
  bool fence = false;

  /// Whether the line belongs to a block.
  bool take(Str line) {
    Str bare = strip(line);
    if (!end.empty()) {
      if (fence ? starts_with(bare, end) : line.find(end) != Str::npos) end = {};
      return true;
    }
    for (const char* mark : {"```", "~~~"})
      if (starts_with(bare, mark)) return fence = true, end = bare.substr(0, 3), true;
    fence = false;
    if (starts_with(bare, "<!--")) return open(bare, "-->");
    if (starts_with(bare, "<pre")) return open(bare, "</pre");
    for (const char* tag : {"highlight", "raw", "comment"}) {
      std::size_t at = bare.find(Str(tag));
      if (at != Str::npos && starts_with(bare, "{%") && strip(slice(bare, 2, at)).size() <= 1)
        return open(bare, tag[0] == 'h' ? "endhighlight" : tag[0] == 'r' ? "endraw" : "endcomment");
    }
    return false;
  }
  bool open(Str line, const char* until) {
    if (line.find(Str(until)) == Str::npos) end = until;
    return true;
  }
};

void check_file(Sources& s, const File& f) {
  Str text = f.source.text;
  int last = 0;
  bool paragraph = false;  // the line before may be a heading's
  Block block;
  for (std::size_t at = f.front.matched ? f.front.body_offset : 0, next; at < text.size();
       at = next) {
    std::size_t newline = text.find('\n', at);
    next = newline == Str::npos ? text.size() : newline + 1;
    Str line = slice(text, at, newline);
    if (block.take(line)) {
      paragraph = false;
      continue;
    }
    int level = level_of(line);
    if (!level && paragraph) level = underline_of(line);
    if (last && level > last + 1) {
      Text message, remedy;
      message.add("this heading of level ");
      message.add_int(level);
      message.add(" follows one of level ");
      message.add_int(last);
      remedy.add("readers who go from heading to heading miss a level: make it one of level ");
      remedy.add_int(last + 1);
      s.diagnostics.add({Severity::Info, Rule::HeadingSkip}, f.source, at, message.str(),
                        remedy.str());
      return;  // the others follow from the first
    }
    if (level) last = level;
    paragraph = !level && !strip(line).empty() && !is_one_of(strip(line)[0], "|-*+>{<#");
  }
}
}  // namespace

void check_headings(Sources& s) {
  Str markdown = to_str(s.arena, s.site().config()->get("markdown_ext"));
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    if (!is_used(*f) || !f->scanned || starts_with(f->source.path, "_includes/")) continue;
    if (site::has_extension(markdown, site::extension_of(f->source.path))) check_file(s, *f);
  }
}

}  // namespace meridian::check
