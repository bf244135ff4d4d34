// TeX and BibTeX.
#include "lexer.h"

namespace meridian::rouge {

const Language kLatex = {"tex TeX LaTeX latex", "", R"~(
command = \\([a-zA-Z]+|\s+|.)
@root
\\\[ => p +display
\\\( => p +inline
\$\$ => p +display
\$ => p +inline
\\(begin|end)\{.*?\} => nt
(\\verb)\b(\S)(.*?)(\2) => nb kp sx kp
{command} => k +command
<general
[^\\$%&_^{}]+ => t
@general
\%.*$ => c
[{}&_^] => p
@math
{command} => nv
<general
[0-9]+ => m
[-=!+*\/()\[\]] => o
[^=!+*\/()\[\]\\$%&_^{}0-9-]+ => nb
@inline
\\\) => p -
\$ => p -
<math
@display
\\\] => p -
\$\$ => p -
\$ => nb
<math
@command
\[.*?\] => na
\* => k
 => -
)~"};

const Language kBibtex = {"bibtex bib", "", R"~(
name = [a-z_@!$&.\\:;<>?\[\]^`|~*/+-][\w@!$&.\\:;<>?\[\]^`|~*/+-]*
end = (?![\w@!$&.\\:;<>?\[\]^`|~*/+-])
@root
<space
(?i)@comment{end} => c
(?i)@preamble{end} => nc +closing_brace +value +opening_brace
(?i)@string{end} => nc +closing_brace +field +opening_brace
(?i)@{name} => nc +closing_brace +body +opening_brace
.+ => c
@opening_brace
<space
[{(] => p -
@closing_brace
<space
[})] => p -
@body
<space
[^\s,}]+ => nl =fields
@fields
<space
, => p +field
 => -
@field
<space
(?i){name} => na +value +equal_sign
 => -
@equal_sign
<space
= => p -
@value
<space
(?i){name} => nv
" => s +quoted_string
\{ => s +braced_string
\d+ => m
# => p
 => -
@quoted_string
\{ => s +braced_string
" => s -
[^{"]+ => s
@braced_string
\{ => s +braced_string
\} => s -
[^{}]+ => s
@space
\s+ => t
)~"};

}  // namespace meridian::rouge
