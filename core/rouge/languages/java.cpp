// Java.
#include "lexer.h"

namespace meridian::rouge {

const Language kJava = {"java", "",
                        R"~(
%kw assert break case catch continue default do else finally for goto if instanceof new return
%kw switch this throw try while
%declaration abstract const enum extends final implements native private protected public static
%declaration strictfp super synchronized throws transient volatile
%type boolean byte char double float int long short var void
id = [[:alpha:]_][[:word:]]*
name = [a-zA-Z_][a-zA-Z0-9_]*
digit = [0-9]_+[0-9]|[0-9]
@root
[^\S\n]+ => t
//.*?$ => c1
(?m)/\*.*?\*/ => cm
{%kw}\b => k
(\s*(?:[a-zA-Z_][a-zA-Z0-9_.\[\]<>]*\s+)+?)({name})(\s*)(\() => >>self nf t o
\@{id} => nd
{%declaration}\b => kd
{%type}\b => kt
(?:true|false|null)\b => kc
(?:class|interface)\b => kd +class
(?:import|package)\b => kn +import
"(\\\\|\\"|[^"])*" => s
'(?:\\.|[^\\]|\\u[0-9a-f]{4})' => sc
(\.)({id}) => o na
{id}: => nl
[[:upper:]][[:upper:][:digit:]_]*\b => no
[[:upper:]][[:alnum:]]*\b => nc
\$?{id} => n
[~^*!%&\[\](){}<>\|+=:;,.\/?-] => o
{digit}+\.{digit}+([eE]{digit}+)?[fd]? => mf
(?i)0b(?:[01]_+[01]|[01])+ => mb
(?i)0x(?:[0-9a-f]_+[0-9a-f]|[0-9a-f])+ => mh
0(?:[0-7]_+[0-7]|[0-7])+ => mo
{digit}+L? => mi
\n => t
@class
\s+ => t
{id} => nc -
@import
\s+ => t
(?i)[a-z0-9_.]+\*? => nn -
)~"};

}  // namespace meridian::rouge
