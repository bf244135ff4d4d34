// JavaScript; TypeScript and JSX on top of it.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%kw as async await break case catch continue debugger default delete do
%kw else export finally from for if import in instanceof new of return super switch this throw
%kw try typeof void while yield
%declaration var let const with function class extends constructor get set static
%reserved enum implements interface package private protected public
%constant true false null NaN Infinity undefined
%builtin Array Boolean Date Error Function Math netscape Number Object Packages RegExp String sun
%builtin decodeURI decodeURIComponent encodeURI encodeURIComponent eval isFinite isNaN parseFloat
%builtin parseInt document window navigator self global Promise Set Map WeakSet WeakMap Symbol
%builtin Proxy Reflect Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array
%builtin Uint16ClampedArray Int32Array Uint32Array Uint32ClampedArray Float32Array Float64Array
%builtin DataView ArrayBuffer
id = [\p{L}\p{Nl}$_]\p{Word}*
@root
(?m)\A\s*#!.*?\n => cp +statement
<blanks
\+\+|--|~|\?\?=?|&&|\|\||\\(?=\n)|<<|>>>?|===|!== => o +expression
[-<>+*%&|\^/!=]=? => o +expression
[(\[,] => p +expression
; => p +statement
[)\].] => p
` => s2 +template
[?][.] => p
[?] => p +ternary +expression
(\@)(\w+)? => p nd +expression
[{}] => p +statement
{id} => kw?k+expression|declaration?kd+expression|reserved?kr|constant?kc|builtin?nb|nx
[0-9][0-9]*\.[0-9]+([eE][0-9]+)?[fd]? => mf
(?i)0x[0-9a-f]+ => mh
(?i)0o[0-7][0-7_]* => mo
(?i)0b[01][01_]* => mb
[0-9]+ => mi
" => dl +double_quotes
' => dl +single_quotes
: => p
@comment
[*]/ => cm -
[^*/]+ => cm
[*/] => cm
@blanks
\s+ => t
\<!-- => c
//.*?$ => c1
/[*] => cm +comment
@expression
<blanks
/ => sr =regex
[{] => p =object
 => -
@regex
/ => sr =regex_end
[^/]\n => err -
\n => err -
\[\^ => se +regex_class
\[ => se +regex_class
\\. => se
[(][?][:=<!] => se
[{][\d,]+[}] => se
[()?] => se
. => sr
@regex_end
[gimuy]+ => sr -
 => -
@regex_class
/ => se
[^/]\n => err -2
\] => se -
\\. => se
. => sr
@double_quotes
\\[\\nrt"]? => se
[^\\"]+ => s2
" => dl -
@single_quotes
\\[\\nrt']? => se
[^\\']+ => s1
' => dl -
@statement
case\b => k =expression
({id})(\s*)(:) => nl t p
<expression
@object
<blanks
[{] => p +
[}] => p =statement
({id})(\s*)(:) => na t p +expression
: => p
<root
@ternary
: => p =expression
<root
@template
[$]\{ => p +template_expression
` => s2 -
\\[$`] => se
[^$`\\]+ => s2
[\\$] => s2
@template_expression
\} => p -
<root
)~";

constexpr Name kTypescriptText = R"~(
%kw is namespace static private protected public implements
%kw readonly
%declaration type abstract
%reserved string any void number namespace module declare default interface keyof
%builtin Pick Partial Readonly Record
@<root
[?][.] => p
[?]{2} => o
@<statement
({id})(\??)(\s*)(:) => nl p t p +expression
)~";

// Text between tags is lexed as HTML.
constexpr Name kJsxText = R"~(
start => +expression
@<expression
<jsx
@jsx
\< => p +jsx_content +element +element_name
@jsx_content
\</ => p =element +element_name
<jsx
[{] => si +interpolation +expression
[^<{]+ => >html
@element
<blanks
/> => p -2
> => p -
[{] => si +interpolation +expression
\w[\w-]* => na
= => p
(["']).*?\1 => s
@element_name
[A-Z]\w* => nc
\w+ => nt
\. => p
 => -
@interpolation
\} => si -
[{] => p +interpolation_inner +statement
<root
@interpolation_inner
\} => p =statement
<root
)~";
}  // namespace

const Language kJavascript = {"javascript js", "", kText};
const Language kTypescript = {"typescript ts", kText, kTypescriptText};
const Language kJsx = {"jsx react", kText, kJsxText};

}  // namespace meridian::rouge
