// Nim, whose words may have underscores anywhere.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%kw addr as asm atomic bind block break case cast const continue converter defer discard distinct do
%kw elif else end enum except export func finally for from generic if import include interface
%kw iterator let macro method mixin nil object of out proc ptr raise ref return static template try
%kw tuple type using var when while with without yield
%operator and or not xor shl shr div mod in notin is isnot
%pseudo nil true false
%type int int8 int16 int32 int64 float float32 float64 bool char range array seq set string
id = ((?![\d_])\w)(((?!_)\w)|(_(?!_)\w))*
escape = [\\abcefnrtvl"']|x[a-fA-F0-9]{2}|[0-9]{1,3}
@root
##.*$ => sd
#.*$ => c
[=><]|\*|\+|-|/|@|\$|~|&|%|!|\?|\||\\|\[|\] => o
\.\.|\.|,|\[\.|\.\]|\{\.|\.\}|\(\.|\.\)|\{|\}|\(|\)|:|\^|`|; => p
\w+" => s +raw_string
""" => s +long_string
" => s +string
' => sc +char
*operator
(p_?r_?o_?c_?\s)(?![\(\[\]]) => k +function
*word
\b{id} => n
[0-9][0-9_]*(?=([eE.]|'?[fF](32|64))) => mf +float_suffix +float
0[xX][a-fA-F0-9][a-fA-F0-9_]* => mh +suffix
0[bB][01][01_]* => m +suffix
0o[0-7][0-7_]* => mo +suffix
[0-9][0-9_]* => mi +suffix
\s+ => t
.+$ => err
@char
\\({escape}) => se
' => sc -
. => sc
@strings
\$(\d+|#|\w+)+ => si
[^\\'"\$\n]+ => s
['"\\] => s
\$ => s
@string
\\({escape}|\n) => se
" => s -
<strings
@raw_string
"(?!") => s -
" => se -
<strings
@long_string
"""(?!") => s -
<strings
\n => s
@function
{id} => nf -
`.+` => nf -
@float
\.(?!\.)[0-9_]* => mf
[eE][+-]?[0-9][0-9_]* => mf
 => -
@float_suffix
'?[fF](32|64) => mf
 => -
@suffix
'?[iI](32|64) => il
'?[iI](8|16) => mi
'?[uU] => mi
 => -
)~";

/// The word here without its underscores, of which two do not stand side by side; `size` gets what
/// it takes. Empty when it is none.
Str read_word(Run& run, std::size_t& size) {
  Str rest = run.rest();
  constexpr std::size_t kLongest = 9;  // of the words, "converter", "interface"
  auto* word = static_cast<char*>(run.arena().alloc(kLongest));
  std::size_t length = 0;
  for (size = 0; size < rest.size(); ++size) {
    char c = rest[size];
    if (c == '_') {
      if (size == 0 || rest[size - 1] == '_') return {};
    } else if (is_alnum(c)) {
      if (length == kLongest) return {};
      word[length++] = c;
    } else {
      std::size_t at = size;
      if (is_word(decode(rest, at))) return {};
      break;
    }
  }
  return {word, length};
}

bool add_word(Run& run, std::initializer_list<const char*> lists) {
  std::size_t size;
  Str word = read_word(run, size);
  // List and token take turns.
  for (const char* const* list = lists.begin(); list != lists.end(); list += 2) {
    if (!run.lexer.words(list[0]).has(word)) continue;
    run.token(list[1], run.rest().substr(0, size));
    run.at += std::uint32_t(size);
    return true;
  }
  return false;
}
bool add_operator(Run& run) { return add_word(run, {"operator", "ow"}); }
bool add_keyword(Run& run) { return add_word(run, {"kw", "k", "type", "kt", "pseudo", "kp"}); }

constexpr Hook kHooks[] = {{"operator", add_operator}, {"word", add_keyword}};
}  // namespace

const Language kNim = {"nim nimrod", "", kText, kHooks, 2};

}  // namespace meridian::rouge
