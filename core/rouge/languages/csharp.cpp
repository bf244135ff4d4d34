// C#.
#include "lexer.h"

namespace meridian::rouge {

const Language kCsharp = {"csharp c# cs", "", R"~(
%kw abstract add alias as ascending async await base break by case catch checked const continue
%kw default delegate descending do else enum equals event explicit extern false finally fixed for
%kw foreach from get global goto group if implicit in interface internal into is join let lock
%kw nameof new null on operator orderby out override params partial private protected public
%kw readonly ref remove return sealed select set sizeof stackalloc static switch this throw true
%kw try typeof unchecked unsafe value virtual void volatile where while yield
%type bool byte char decimal double dynamic float int long object sbyte short string uint ulong
%type ushort var
%directive if endif else elif define undef line error warning region endregion pragma
id = @?[_a-zA-Z]\w*
@root
<blanks
[$]\s*" => s +splice_string
[$]@\s*" => s +splice_literal
(<\[)\s*({id}:)? => k
\]> => k
[~!%^&*()+=|\[\]{}:;,.<>\/?-] => p
\@"(""|[^"])*" => s
"(\\.|.)*?["\n] => s
'(\\.|.)' => sc
(?i)0x[0-9a-f]+[lu]? => m
(?i)[0-9]([.][0-9]*)?(e[+-][0-9]+)?[fldu]? => m
\b(?:class|struct|interface)\b => k +class
\b(?:namespace|using)\b => k +namespace
^#[ \t]*({%directive})\b.*?\n => cp
\b({%kw})\b => k
\b({%type})\b => kt
{id}(?=\s*[(]) => nf
{id} => n
@blanks
\s+ => t
//.*?$ => c1
(?m)/[*].*?[*]/ => cm
@nest
\{ => p +nest
\} => p -
<root
@splice_string
\\. => s
\{ => p +nest
"|\n => s -
. => s
@splice_literal
"" => s
\{ => p +nest
" => s -
. => s
@class
<blanks
{id} => nc -
@namespace
<blanks
(?=[(]) => -
({id}|[.])+ => nn -
)~"};

}  // namespace meridian::rouge
