// Kotlin.
#include "lexer.h"

namespace meridian::rouge {

const Language kKotlin = {"kotlin", "", R"~(
%kw abstract annotation as break by catch class companion const constructor continue crossinline do
%kw dynamic else enum external false final finally for fun get if import in infix inline inner
%kw interface internal is lateinit noinline null object open operator out override package private
%kw protected public reified return sealed set super suspend tailrec this throw true try typealias
%kw typeof val var vararg when where while yield
rest = [-\p{Word}\p{Cf}]*
class = `?[\p{Lu}]{rest}`?
name = `?[_\p{L}]{rest}`?
digits = [0-9][0-9_]*[0-9]|[0-9]
exponent = [eE][+-]?(?:{digits})
double = {digits}?\.{digits}{exponent}?|{digits}{exponent}
@root
\b(companion)(\s+)(object)\b => k t k
\b(class|data\s+class|interface|object)(\s+) => kd t +class
\b(fun)(\s+) => k t +function
\b(package|import)(\s+) => k t +package
\b(val|var)(\s+)(\() => kd t p +destructure
\b(val|var)(\s+) => kd t +property
(return|continue|break|this|super)(@{name})?\b => k nd
\bfun\b => k
\b{%kw}\b => k
^\s*\[.*?\] => na
[^\S\n]+ => t
\\\n => t
//.*?$ => c1
/[*].*[*]/ => cm
/[*].* => cm +comment
\n => t
(::)(class) => o k
::|!!|\?[:.] => o
\.\. => o
{double}[fF]?|{digits}[fF] => mf
0[bB]([01][01_]*[01]|[01])[uU]?L? => mb
0[xX]([0-9a-fA-F][0-9a-fA-F_]*[0-9a-fA-F]|[0-9a-fA-F])[uU]?L? => mh
(([1-9][0-9_]*[0-9])|[0-9])[uU]?L? => mi
[~!%^&*()+=|\[\]:;,.<>/?-] => p
[{}] => p
\@"(""|[^"])*" => s
(?m)""".*?""" => s
"(\\\\|\\"|[^"\n])*["\n] => s
'\\.'|'[^\\]' => sc
\@{class} => nd
({class})(<) => nc p +generic
{class} => nc
{name}(?=\s*[({]) => nf
{name}@ => nd
{name} => n
@package
\S+ => nn -
@class
{class} => nc -
@function
\< => p +generic
\s+ => t
({class})(\.) => nc p
{name} => nf -
@generic
{class} => nc
\< => p +generic
reified|out|in => k
[,:.?] => p
\s+ => t
> => p -
@property
\< => p +generic
\s+ => t
{name} => py -
@destructure
, => p
\) => p -
\s+ => t
{name} => py
@comment
/[*] => cm +comment
[*]/ => cm -
[^/*]+ => cm
[/*] => cm
)~"};

}  // namespace meridian::rouge
