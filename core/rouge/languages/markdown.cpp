// Markdown, with the code of its fences in their languages.
#include "lexer.h"
#include "meridian/rouge.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
edot = \\.|[^\\\n]
start => *reset
@root
(?m)(---\s*\n.*?\n?)^(---\s*$\n?) => *front_matter
\\. => se
^[\S ]+\n(?:---*)\n => gh
^[\S ]+\n(?:===*)\n => gu
^#(?=[^#]).*?$ => gh
^##*.*?$ => gu
(?m)^([ \t]*)(?=[`~]{3}[^\n]*\n)(`{3,}|~{3,})([^\n]*\n)((.*?)(\n\1)(\2))? => *fence
\n\n((?: {4}|\t).*?\n|\n)+ => sb
*code_span
^(\s*[*]){3,}\s*$ => p
^(\s*[-]){3,}\s*$ => p
^\s*[*+-](?=\s) => p
^\s*\d+\. => p
^\s*>.*?$ => gt
^(\s*)(\[)((?:{edot})+?)(\])(\s*)(:) => t p ss p t p +title +url
(!?\[)((?:{edot})*?|[^\]]*?)(\])(?=[\[(]) => p nv p +link
[*][*](?:{edot})*?[*][*] => gs
__(?:{edot})*?__ => gs
[*](?:{edot})*?[*] => ge
_(?:{edot})*?_ => ge
\<.*?@.+[.].+> => nv
\<(https?|mailto|ftp)://(?:{edot})*?> => nv
[^\\`\[*\n&<]+ => t
&\S*; => >html
\<(?:{edot})*?> => >html
[&<] => t
\[ => t
\n => t
@fence
*open_fence
@link
(\[)((?:{edot})*?)(\]) => p ss p -
[(] => p +inline_title +inline_url
[ \t]+ => t
 => -
@url
[ \t]+ => t
(<)((?:{edot})*?)(>) => nt sx nt -
\S+ => sx -
@title
"(?:{edot})*?" => nn
'(?:{edot})*?' => nn
[(](?:{edot})*?[)] => nn
\s*(?=["'()]) => t
 => -
@inline_title
[)] => p -
<title
@inline_url
[^<\s)]+ => sx -
\s+ => t
<url
)~";

bool reset(Run& run) {
  run.other("html")->reset();
  return true;
}

bool add_front_matter(Run& run) {
  Match kept = run.match;
  run.fresh("yaml")->feed(kept.group(0));
  return true;
}

/// Code without a lexer is a string.
void feed(Run& run, Run* lexer, Str code) {
  if (lexer)
    lexer->feed(code);
  else
    run.token("sb", code);
}

/// The lexer by the first word of what stands behind the fence.
bool add_fence(Run& run) {
  Match m = run.match;
  Str name = strip(m.group(3)), code = m.group(5);
  Run* lexer = run.fresh(name.empty() ? guess_language(code) : name);
  // A lexer of Rouge's that is not here.
  if (!lexer && is_known(name)) return run.give_up(), true;
  run.token("t", m.group(1));
  run.token("p", m.group(2));
  run.token("nl", m.group(3));
  feed(run, lexer, code);
  run.token("t", m.group(6));
  run.token("p", m.group(7));
  if (m.group(7).empty()) {
    run.texts.size = 0;
    run.texts.add(run.arena(), m.group(2));
    run.fence = lexer;
    run.push("fence");
  }
  return true;
}

/// A line in a fence that is not closed in a way that the pattern of a fence finds: it ends at the
/// same characters on a line, or with the text.
bool add_fence_line(Run& run) {
  Str rest = run.rest();
  if (run.at && run.text[run.at - 1] != '\n') return false;
  std::size_t blanks = rest.find_first_not_of(" \t");
  Str fence = run.texts.back(), behind = rest.substr(blanks);
  if (blanks != Str::npos && starts_with(behind, fence)) {
    run.pop();
    run.token("t", rest.substr(0, blanks));
    run.token("p", fence);
    run.at += std::uint32_t(blanks + fence.size());
    return true;
  }
  std::size_t end = rest.find('\n');
  if (end == Str::npos) return false;
  run.at += std::uint32_t(end + 1);
  feed(run, run.fence, rest.substr(0, end + 1));
  return true;
}

/// (`+)(?:{edot}|\n)+?\1, without trying each number of backticks: it ends with as many as it
/// begins with, or with the longest row of fewer behind them, or they are all of it.
bool add_code_span(Run& run) {
  Str rest = run.rest();
  std::size_t count = 0, longest = 0, end = 0;
  while (char_at(rest, count) == '`') ++count;
  if (!count) return false;
  std::size_t at = count;
  while (at < rest.size() && longest < count) {
    if (rest[at] == '\\') {
      if (at + 1 == rest.size() || rest[at + 1] == '\n') break;
      at += 2;
      continue;
    }
    std::size_t row = 0;
    while (row < count && char_at(rest, at + row) == '`') ++row;
    if (row > longest) longest = row, end = at + row;
    at += row ? row : 1;
  }
  run.spend(at);
  std::size_t half = (count - 1) / 2;
  if (longest <= half) end = half ? 2 * half + 1 : 0;
  if (!end) return false;
  run.token("sb", rest.substr(0, end));
  run.at += std::uint32_t(end);
  return true;
}

constexpr Hook kHooks[] = {{"reset", reset},
                           {"front_matter", add_front_matter},
                           {"fence", add_fence},
                           {"open_fence", add_fence_line},
                           {"code_span", add_code_span}};
}  // namespace

const Language kMarkdown = {"markdown md mkd", "", kText, kHooks, 5};

}  // namespace meridian::rouge
