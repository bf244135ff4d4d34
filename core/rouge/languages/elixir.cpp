// Elixir.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%kw case cond end bc lc if unless try loop receive fn defmodule def defp defprotocol defimpl
%kw defrecord defmacro defmacrop defdelegate defexception defguard defguardp defstruct exit raise
%kw throw after rescue catch else
digits = \d(?:_?\d)*
compare = <=>|<(?!<|=)|>(?!<|=|>)|<=|>=|===|==|=~|!=|!~
assign = \%=|\*=|\*\*=|\+=|\-=|\^=|\|\|=
bits = &(?:&&?|(?!\d))|\|\||\^
rest = \*|\+|\-|/|\||\+\+|\-\-|\*\*|//|<\-|<>|<<|>>|=|\.|~~~
sign = <>|===?|>=?|<=?|&&?|%\(\)|%\[\]|%\{\}|\+\+?|\-\-?|\|\|?|\!|//|[%&`/\|]|=?~|<\-
start => *reset
@root
\s+ => t
#.*$ => c1
\b{%kw}\b(?![?!])|\bdo\b => k
\b(import|require|use|recur|quote|unquote|super|refer)\b(?![?!]) => kn
\b(and|not|or|when|xor|in)\b => ow
{assign}|{compare}|{bits}|{rest} => o
:(?:[a-zA-Z_]\w*(?:[?!]|=(?![>=]))?|{sign})|[a-zA-Z_]\w*[?!]?:(?!:) => ss
:" => ss +symbol
\b(nil|true|false)\b(?![?!])|\b[A-Z]\w*\b => no
\b(__(FILE|LINE|MODULE|MAIN|FUNCTION)__)\b(?![?!]) => bp
[a-zA-Z_!]\w*[!\?]? => n
::|[%(){};,/\|:\\\[\]] => p
\@[a-zA-Z_]\w*|&\d => nv
\b{digits}(\.(?![^\d\s])(_?\d)+)([eE][-+]?{digits})?\b => mf
\b0x[0-9A-Fa-f](_?[0-9A-Fa-f])*\b => mh
\b0o[0-7](_?[0-7])*\b => mo
\b0b[01](_?[01])*\b => mb
\b{digits}\b => mi
<strings
~([A-Za-z])?([{\[(<|/'"]) => *sigil
@strings
(%[A-Ba-z])?"""[\s\S]*?""" => sd
'''[\s\S]*?''' => sd
" => s2 +double_quotes
' => s1 +single_quotes
code = x\d{1,2}|\h{1,2}(?!\h)\b|0[0-7]{0,2}(?![0-7])\b[^x0MC]
\?(\\(?:{code})|(\\[MC]-)+\w|[^\s\\]) => sx
@double_quotes
<escapes
<interpolated
[^#"\\]+ => s2
" => s2 -
[#\\] => s2
@single_quotes
<escapes
<interpolated
[^#'\\]+ => s1
' => s1 -
[#\\] => s1
@interpolated
#\{ => si +interpolation
@interpolation
\} => si -
<root
@escapes
\\x\h{2} => se
\\u\{?\d+\}? => se
\\[\\abdefnrstv0"'] => se
@symbol
" => ss -
<interpolated
[^#"]+ => ss
@sigil
*sigil_end
<interpolated
*sigil_hash
*sigil_text
@raw_sigil
*sigil_end
*sigil_mark
*sigil_text
@regex_flags
[fgimrsux]* => sr -
@list_flags
[csa]? => sx -
)~";

// `numbers` has for each sigil that is open its delimiters and its token.
constexpr std::uint32_t kSigilSize = 3;

bool reset(Run& run) {
  run.numbers.size = 0;
  return true;
}

bool open_sigil(Run& run) {
  Str kind = run.match.group(1);
  // Rouge raises an error here.
  if (kind.empty()) return run.give_up(), true;
  char open = run.match.group(2)[0];
  int pair = index_in("{[(<", open);
  char close = pair < 0 ? open : "}])>"[pair];
  bool regex = is_one_of(kind[0], "Rr");
  if (regex) run.push("regex_flags");
  if (is_one_of(kind[0], "Ww")) run.push("list_flags");
  int token = token_of(regex ? "sr" : "sx");
  run.token(std::uint8_t(token), run.match.group(0));
  for (int number : {int(open), int(close), token})
    run.numbers.add(run.arena(), std::uint32_t(number));
  run.push(is_one_of(kind[0], "SRCW") ? "sigil" : "raw_sigil");
  return true;
}

/// Gives the next bytes to the sigil.
bool take(Run& run, std::size_t size) {
  run.token(std::uint8_t(run.numbers.back()), run.rest().substr(0, size));
  run.at += std::uint32_t(size);
  return true;
}

char delimiter(const Run& run, std::uint32_t which) {
  return char(run.numbers.end()[int(which) - int(kSigilSize)]);
}

bool close_sigil(Run& run) {
  if (run.rest()[0] != delimiter(run, 1)) return false;
  take(run, 1);
  run.numbers.size -= kSigilSize;
  run.pop();
  return true;
}

bool add_hash(Run& run) { return run.rest()[0] == '#' && take(run, 1); }
bool add_mark(Run& run) { return is_one_of(run.rest()[0], "#\\") && take(run, 1); }

bool add_text(Run& run) {
  char ends[] = {'#', '\\', delimiter(run, 0), delimiter(run, 1)};
  std::size_t size = run.rest().find_first_of(Str(ends, sizeof ends));
  return size != 0 && take(run, size == Str::npos ? run.rest().size() : size);
}

constexpr Hook kHooks[] = {{"reset", reset},           {"sigil", open_sigil},
                           {"sigil_end", close_sigil}, {"sigil_hash", add_hash},
                           {"sigil_mark", add_mark},   {"sigil_text", add_text}};
}  // namespace

const Language kElixir = {"elixir exs", "", kText, kHooks, sizeof kHooks / sizeof *kHooks};

}  // namespace meridian::rouge
