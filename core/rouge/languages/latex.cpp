// TeX.
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

}  // namespace meridian::rouge
