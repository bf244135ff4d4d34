// Go.
#include "lexer.h"

namespace meridian::rouge {

const Language kGo = {"go golang", "", R"~(
%kw break default func interface select case defer go
%kw map struct chan else goto package switch const fallthrough if range type continue for import
%kw return var
%type bool byte complex64 complex128 error float32 float64 int8 int16 int32 int64 int rune string
%type uint8 uint16 uint32 uint64 uintptr uint
%builtin append cap close complex copy delete imag len make new panic print println real recover
%constant true false iota nil
exponent = [eE][+\-]?[0-9]+
float = [0-9]+\.(?:[0-9]+)?{exponent}?|[0-9]+{exponent}|\.[0-9]+{exponent}?
hex = [0-9A-Fa-f]
escape = \\[abfnrtv\\'"]|\\u{hex}{4}|\\U{hex}{8}|\\x{hex}{2}
@root
//[^\n]*|/\*(?:(?!\*/)[\s\S])*\*/ => c
{%kw}\b => k
{%type}\b => kt
{%builtin}\b => nb
{%constant}\b => no
(?:[0-9]+|{float})i => m
{float} => m
0[xX]{hex}+|[0-9]+ => m
'(?:[^\n]|{escape}|\\[0-7]{3})' => sc
\.\.\.|[-+&=!|<>*^/%.:] => o
[()\[\]{},;] => p
[[:alpha:]_][[:alnum:]_]* => n
\s+ => t
` => s +raw_string
" => s +string
@string
{escape} => se
\\. => err
" => s -
[^"\\]+ => s
@raw_string
` => s -
[^`]+ => s
)~"};

}  // namespace meridian::rouge
