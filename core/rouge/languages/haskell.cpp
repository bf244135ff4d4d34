// Haskell.
#include "lexer.h"

namespace meridian::rouge {

const Language kHaskell = {"haskell hs", "", R"~(
%reserved _ case class data default deriving do else if in infix infixl infixr instance let newtype
%reserved of then type where
%import import
%module module
%upper A B C D E F G H I J K L M N O P Q R S T U V W X Y Z 'A 'B 'C 'D 'E 'F 'G 'H 'I 'J 'K 'L 'M
%upper 'N 'O 'P 'Q 'R 'S 'T 'U 'V 'W 'X 'Y 'Z
control = NUL|SOH|[SE]TX|EOT|ENQ|ACK|BEL|BS|HT|LF|VT|FF|CR|S[OI]|DLE|DC[1-4]|NAK|SYN|ETB|CAN
other = EM|SUB|ESC|[FGRU]S|SP|DEL
sign = [:!#\$\%&*+.\\/<=>?@^\|~-]
@root
<basic
'(?=(?:.|\\\S+)') => sc +character
" => s +string
(?i)\d+e[+-]?\d+ => mf
(?i)\d+\.\d+(e[+-]?\d+)? => mf
(?i)0o[0-7]+ => mo
(?i)0x[\da-f]+ => mh
\d+ => mi
[\w']+ => import?kr+import|module?kr+module|reserved?kr|upper^kt|n
\\(?!{sign}+) => nf
(<-|::|->|=>|=)(?!{sign}+) => o
:{sign}* => o
{sign}+ => o
\[\s*\] => kt
\(\s*\) => nb
(\[)([_a-z][\w']*)(\|) => o n o +quasiquotation
[\[\](),;`{}] => p
@basic
\s+ => t
\{-# => cp +pragma
\{- => cm +comment
^--\s+\|.*?$ => cd
--(?![!#\$\%&*+.\/<=>?@\^\|_~]).*?$ => c1
@comment
-\} => cm -
\{- => cm +comment
[^-{}]+ => cm
[-{}] => cm
@pragma
-\} => cp -
\{- => cp +comment
[^-{}]+ => cp
[-{}] => cp
@import
\s+ => t
" => s +string
\bqualified\b => k
([A-Z][\w.]*)(\s+)(as)(\s+)([A-Z][a-zA-Z0-9_.]*) => nn t k t n -
([A-Z][\w.]*)(\s+)(hiding)(\s+)(\() => nn t k t p =functions
([A-Z][\w.]*)(\s+)(\() => nn t p =functions
[\w.]+ => nn -
@module
\s+ => t
([A-Z][\w.]*)(\s+)(\() => nn t p +functions
\bwhere\b => kr -
[A-Z][a-zA-Z0-9_.]* => nn -
@functions
<basic
[A-Z]\w* => kt
_[\w']+|[a-z][\w']* => nf
, => p
{sign}+ => o
\( => p +functions
\) => p -
@character
\\ => se =character_end +escape
. => sc =character_end
@character_end
' => sc -
. => err -
@quasiquotation
\|\] => o -
[^\|]+ => t
\| => t
@string
" => s -
\\ => se +escape
[^\\"]+ => s
@escape
[abfnrtv"'&\\] => se -
\^[\]\[A-Z@\^_] => se -
{control}|{other} => se -
(?i)o[0-7]+ => se -
(?i)x[\da-f]+ => se -
\d+ => se -
\s+\\ => se -
)~"};

}  // namespace meridian::rouge
