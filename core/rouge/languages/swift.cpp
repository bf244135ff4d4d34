// Swift.
#include "lexer.h"

namespace meridian::rouge {

const Language kSwift = {"swift", "", R"~(
%kw await break case continue default do else fallthrough if in for return switch where while try
%kw catch throw guard defer repeat as dynamicType is new super self Self Type __COLUMN__ __FILE__
%kw __FUNCTION__ __LINE__ associativity async didSet get infix inout isolated mutating none
%kw nonmutating operator override postfix precedence prefix set unowned weak willSet throws rethrows
%kw precedencegroup
%declaration actor class deinit enum convenience extension final func import init internal lazy let
%declaration nonisolated optional private protocol public required static struct subscript typealias
%declaration var dynamic indirect associatedtype open fileprivate some
%constant true false nil
%upper A B C D E F G H I J K L M N O P Q R S T U V W X Y Z
id = [_\p{L}\p{Astral}][\p{alnum}_\p{Astral}]*
statement = (?:if|while|for|private|internal|unowned|switch|case)\b
call = (?=(\?|!)?\s*[(])
start => +line
@root
<blanks
\$(([1-9]\d*)?\d) => nv
[()\[\]{}:;,?\\] => p
[-/=+*%<>!&|^.~]+ => o
\@?" => s +string
'(\\.|.)' => sc
(?i)(\d+(?:_\d+)*\*|(?:\d+(?:_\d+)*)*\.\d+(?:_\d)*)(e[+-]?\d+(?:_\d)*)? => mf
(?i)\d+e[+-]?[0-9]+ => mf
0o?[0-7]+(?:_[0-7]+)* => mo
0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)*((\.[0-9A-F]+(?:_[0-9A-F]+)*)?p[+-]?\d+)? => mh
0b[01]+(?:_[01]+)* => mb
\d+(?:_\d+)* => mi
\@{id} => kd
(?:private|internal)\([ ]*set[ ]*\) => kd
(private|internal)(\([ ]*)(\w+)([ ]*\)) => kd kd err kd
unowned\([ ]*(?:un)?safe[ ]*\) => kd
(unowned\([ ]*)(\w+)([ ]*\)) => kd err kd
#available\([^)]+\) => kd
(#(?:selector|keyPath)\()([^)]+?(?:[(].*?[)])?)(\)) => kd nf kd
#(line|file|column|function|dsohandle) => kd
(let|var)\b(\s*)({id}) => k t nv
(let|var)\b(\s*)([(]) => k t p +tuple
(?!{statement})\b{id}{call} => upper^kt|nf
as[?!]?(?=\s) => k
try[!]?(?=\s) => k
(#?(?!default)(?![[:upper:]]){id})(\s*)(:) => nv t p
{id} => kw?k|declaration?kd|constant?kc|upper^kt|n
(`)({id})(`) => p nv p
@line
#.* => cp
<inline_blanks
 => -
@inline_blanks
\s+ => t
<comments
@blanks
\n+ => t +line
//.*?$ => c1 +line
<inline_blanks
@comments
/[*] => cm +comment
@comment
<comments
[*]/ => cm -
[^*/]+ => cm
. => cm
@tuple
{id} => nv
(`)({id})(`) => p nv p
, => p
[(] => p +
[)] => p -
<inline_blanks
@string
\\[\\0tnr'"] => se
\\[(] => se +interpolation
\\u\{\h{1,8}\} => se
[^\\"]+ => s
""" => s -
" => s -
@interpolation
[(] => p +parentheses
[)] => se -
<root
@parentheses
[(] => p +
[)] => p -
<root
)~"};

}  // namespace meridian::rouge
