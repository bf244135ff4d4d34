// Dart.
#include "lexer.h"

namespace meridian::rouge {

const Language kDart = {"dart", "", R"~(
%kw as assert await break case catch continue default do else finally for if in is new rethrow
%kw return super switch this throw try while with yield
%declaration abstract async dynamic const covariant external extends factory final get implements
%declaration late native on operator required set static sync typedef var
%type bool Comparable double Dynamic enum Function int List Map Never Null num Object Pattern Set
%type String Symbol Type Uri void
id = [a-zA-Z_]\w*
@root
^(\s*(?:[a-zA-Z_][a-zA-Z\d_.\[\]]*\s+)+?)({id})(\s*)(\() => >>self nf t p
\s+ => t
//.*?$ => c1
(?m)/\*.*?\*/ => cm
" => s +double_quotes
' => s +single_quotes
r"[^"]*"|r'[^']*' => sx
#(?:{id})* => ss
\@{id} => nd
(?:{%kw})\b => k
(?:{%declaration})\b => kd
(?:{%type})\b => kt
(?:true|false|null)\b => kc
(?:class|interface|mixin)\b => kd +class
(?:import|deferred|export|library|part\s*of|part|source)\b => kn +import
(\.)({id}) => o na
{id}: => nl
\$?{id} => n
[~^*!%&|+=:/?-] => o
[\[\](){}<>.,;] => p
\d*\.\d+([eE]-?\d+)? => mf
0x[\da-fA-F]+ => mh
\d+L? => mi
@class
\s+ => t
{id} => nc -
@double_quotes
" => s -
[^\\$"]+ => s
<string
@single_quotes
' => s -
[^\\$']+ => s
<string
@import
; => o -
(?:show|hide)\b => kd
<root
@string
\${id} => si
\$\{[^}]+\} => si
\\[nrt"'\\] => se
)~"};

}  // namespace meridian::rouge
