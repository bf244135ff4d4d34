// PowerShell.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%attribute ConfirmImpact DefaultParameterSetName HelpURI PositionalBinding SupportsPaging
%attribute SupportsShouldProcess
%auto $$ $? $^ $_ $args $ConsoleFileName $Error $Event $EventArgs $EventSubscriber
%auto $ExecutionContext $false $foreach $HOME $Host $input $IsCoreCLR $IsLinux $IsMacOS $IsWindows
%auto $LastExitCode $Matches $MyInvocation $NestedPromptLevel $null $PID $PROFILE
%auto $PSBoundParameters $PSCmdlet $PSCommandPath $PSCulture $PSDebugContext $PSHOME $PSItem
%auto $PSScriptRoot $PSSenderInfo $PSUICulture $PSVersionTable $PWD
%auto $REPORTERRORSHOWEXCEPTIONCLASS $REPORTERRORSHOWINNEREXCEPTION $REPORTERRORSHOWSOURCE
%auto $REPORTERRORSHOWSTACKTRACE $SENDER $ShellId $StackTrace $switch $this $true
%kw assembly exit process base filter public begin finally return break for sequence catch foreach
%kw static class from switch command function throw configuration hidden trap continue if try data
%kw in type define inlinescript until do interface using dynamicparam module var else namespace
%kw while elseif parallel workflow end param enum private
%operator -split -isplit -csplit -join -is -isnot -as -eq -ieq -ceq -ne -ine -cne -gt -igt -cgt -ge
%operator -ige -cge -lt -ilt -clt -le -ile -cle -like -ilike -clike -notlike -inotlike -cnotlike
%operator -match -imatch -cmatch -notmatch -inotmatch -cnotmatch -contains -icontains -ccontains
%operator -notcontains -inotcontains -cnotcontains -replace -ireplace -creplace -shl -shr -band
%operator -bor -bxor -and -or -xor -not += -= *= /= %=
%section synopsis description parameter example inputs outputs notes link component role
%section functionality forwardhelptargetname forwardhelpcategory remotehelprunspace externalhelp
braced = \{(?:[^`]|`.)+?\}
@root
<comments
#requires\s-version \d(?:\.\d+)? => cp
\.\.(?=\.?\d) => o
(?i){%operator}\b => o
(?i)(class)(\s+)(\w+) => kr w nc +class
(?i)(function)(\s+)(?:(\w+)(:))?(\w[-\w]+) => kr w nn p nf
(?i){%kw}\b(?![-.]) => kr
-{1,2}\w+ => nt
(\.)?([-\w]+)(\[) => o n p +bracket
(?i)([\/\\~a-z][-.:\/\\~\w]*)(\n)? => n w +parameters
(\.)([-\w]+)(?:(\()|(\n))? => o nf p w *call
\? => nf +parameters
<expression
<variable
[-+*\/%=!.&|] => o
[{}(),:;] => p
@variable
{%auto} => bp
(\$)(?:(\w+)(:))?(\w+|{braced}) => nv nn p nv
\$\w+ => nv
\${braced} => nv
@multiline
(?i)\.{%section} => cs
#> => cm -
[^#.]+? => cm
[#.]+ => cm
@interpolation
\) => si -
<root
@double_quotes
(?:\$#?)?" => s2 -
\$\( => si +interpolation
`$ => se
`. => se
[^"`$]+ => s2
<variable
@single_quotes
' => s1 -
[^']+ => s1
@heredoc
(?:\$#?)?"@ => sh -
\$\( => si +interpolation
`$ => se
`. => se
[^"`$]+? => sh
"+ => sh
<variable
@class
\{ => p -
\s+ => w
\w+ => nc
[:,] => p
@expression
<comments
" => s2 +double_quotes
' => s1 +single_quotes
\@" => sh +heredoc
(?m)@'.*?'@ => sh
\d*\.\d+ => mf
\d+ => mi
\@\{ => p +table
\@\( => p +array
\{ => p +brace
\[ => p +bracket
@table
\} => p -
= => o
[,;] => p
<expression
\w+ => nx
<variable
@array
\s+ => w
\) => p -
[,;] => p
<expression
<variable
@brace
[}] => p -
<root
@bracket
\] => p -
[A-Za-z]\w+\. => n
[A-Za-z]\w+ => attribute?bp|n
<root
@parameters
(?m)`. => se
\s*?\n => w -
[;(){}\]] => p -
[|=] => o -
[\/\\~\w][-.:\/\\~\w]* => nx
\w[-\w]+ => nx
<root
@comments
\s+ => w
#.* => c
\<# => cm +multiline
)~";

bool call(Run& run) {
  if (!run.match.group(3).empty()) run.push("parameters");
  return true;
}
constexpr Hook kHooks[] = {{"call", call}};
}  // namespace

const Language kPowershell = {"powershell posh microsoftshell msshell", "", kText, kHooks, 1};

}  // namespace meridian::rouge
