// Liquid.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
@root
[^\{]+ => t
(\{%-?)(\s*) => p w +tag
(\{\{-?)(\s*) => p w +output
\{ => t
@tag
(if|elsif|unless|case)\b => kr +condition
(when)\b => kr +when
(else)(\s*)(-?%\}) => kr w p -
(capture|(?:in|de)crement)(\s+)([^\s%]+)(\s*)(-?%\}) => nt w nv w p -
(comment)(\s*)(-?%\}) => nt w p +comment
(raw)(\s*)(-?%\}) => nt w p +raw
(end(?:if|unless|case))(\s*)(-?%\}) => kr w p -
(end(?:[^\s%]+))(\s*)(-?%\}) => nt w p -
(assign|echo)\b => nt +assign
(include|render)\b => nt +include
(cycle)(\s+)(?:([^\s:]*)(\s*)(:))?(\s*) => *cycle +variable_markup
collection = (?:[^\s%,\|'"]|(?:"[^"]*"|'[^']*'))+
(for|tablerow)(\s+)([\w-]+)(\s+)(in)(\s+)({collection})(\s*) => *for +markup
([^\s%]+)(\s*) => nt w +markup
@output
(\|)(\s*)([a-zA-Z_][^\s}\|:]*) => p w nf +filters
<end_of_output
<generic
@filters
(\|)(\s*)([a-zA-Z_][^\s%}\|:]*) => p w nf
<end_of_output
<end_of_tag
<variable_parameters
@condition
[=!]=|[<>]=? => o
(and|or|contains)\b => ow
<end_of_tag
<generic
@when
<end_of_tag
<generic
@end_of_output
-?\}\} => p !
@end_of_tag
-?%\} => p !
@parameters
<blanks
<keyword
<string
<number
([^\s=:]+)(\s*)(=|:) => na w o
[,:] => p
@variable_parameters
<parameters
<variable
\S+ => t
@markup
(reversed)\b => na
<end_of_tag
<parameters
\S+ => t
@variable_markup
<end_of_tag
<variable_parameters
@keyword
(false|true|nil)\b => kc
@variable
(empty|blank|forloop\.[^\s%}\|:]+)\b => nb
\.(?=\w)|\[|\] => p
(first|last|size)\b => nf
[a-zA-Z_][\w-]*\?? => nv
@string
'[^']*' => s1
"[^"]*" => s2
@number
- => o
\d+\.\d+ => mf
\d+ => mi
@generic
<blanks
<keyword
<string
<number
<variable
@blanks
[ \t]+ => w
@comment
[^\{]+ => c
(\{%-?)(\s*)(endcomment)(\s*)(-?%\}) => p w nt w p !
\{ => c
@raw
[^\{]+ => t
(\{%-?)(\s*)(endraw)(\s*)(-?%\}) => p w nt w p !
\{ => t
@assign
= => o
(\|)(\s*)([a-zA-Z_][^\s%\|:]*) => p w nf +filters
<end_of_tag
<generic
@include
(\{\{-?)(\s*) => p w +embedded_output
(with|for)\b => nt
[\/\w-]+(\.[\w-]+)+\b => t
<variable_markup
@embedded_output
(\|)(\s*)([a-zA-Z_][^\s}\|:]*) => p w nf
-?\}\} => p -
<variable_parameters
)~";

/// A string has a pair of quotes in it, anywhere.
const char* kind_of(Str s, const char* otherwise) {
  for (const char* quote : {"'", "\""}) {
    std::size_t at = s.find(quote);
    if (at != Str::npos && s.find(quote, at + 1) != Str::npos) return *quote == '"' ? "s2" : "s1";
  }
  return otherwise;
}

void add_groups(Run& run, std::initializer_list<const char*> tokens) {
  std::uint32_t group = 0;
  for (const char* token : tokens) run.token(token, run.match.group(++group));
}

bool add_cycle(Run& run) {
  add_groups(run, {"nt", "w", kind_of(run.match.group(3), "na"), "w", "p", "w"});
  return true;
}
bool add_for(Run& run) {
  add_groups(run, {"nt", "w", "nv", "w", "nt", "w", kind_of(run.match.group(7), "nv"), "w"});
  return true;
}

constexpr Hook kHooks[] = {{"cycle", add_cycle}, {"for", add_for}};
}  // namespace

const Language kLiquid = {"liquid", "", kText, kHooks, 2};

}  // namespace meridian::rouge
