// JSON.
#include "lexer.h"

namespace meridian::rouge {

const Language kJson = {"json", "", R"~(
@root
<blanks
\{ => p +object
\[ => p +array
<name
<value
[\]}] => p
@blanks
\s+ => w
@object
<blanks
<name
<value
\} => p -
, => p
@name
("(?:\\.|[^"\\\n])*?")(\s*)(:) => nl w p
@value
<blanks
<constants
" => s2 +string
\[ => p +array
\{ => p +object
@string
[^\\"]+ => s2
\\. => se
" => s2 -
@array
<value
\] => p -
, => p
@constants
true|false|null => kc
(?i)-?(?:0|[1-9]\d*)\.\d+(?:e[+-]?\d+)? => mf
(?i)-?(?:0|[1-9]\d*)(?:e[+-]?\d+)? => mi
)~"};

}  // namespace meridian::rouge
