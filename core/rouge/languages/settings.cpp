// Differences, and files of settings: conf, diff, INI, properties of Java, TOML.
#include "lexer.h"

namespace meridian::rouge {

const Language kConf = {"conf config configuration", "", R"~(
@root
#.*?\n => c
".*?" => s2
'.*?' => s1
(?i)[a-z]\w* => n
\d+ => m
[^\w#"']+ => t
)~"};

const Language kDiff = {"diff patch udiff", "", R"~(
@root
^ .*$\n? => t
^---$\n? => p
^[+>]+.*$\n? => gi
^\+.*$\n? => gi
^[-<]+.*$\n? => gd
^!.*$\n? => gs
^([Ii]ndex|diff).*$\n? => gh
^(@@[^@]*@@)([^\n]*\n) => p t
^\w.*$\n? => p
^=.*$\n? => gh
\s.*$\n? => t
)~"};

namespace {
constexpr Name kIniText = R"~(
@root
<basic
([\w\-.]+)(\s*)(=) => py t p +value
\[.*?\] => nn
@basic
[;#].*?\n => c
\s+ => t
\\\n => se
@value
\n => t -
<basic
" => s +double_quotes
'.*?' => s
<escape
[^\\\n]+ => s
@double_quotes
" => s -
<escape
[^\\"]+ => s
@escape
(?m)\\. => se
)~";
}  // namespace

const Language kIni = {"ini", "", kIniText};

const Language kProperties = {"properties", kIniText, R"~(
@root
<basic
([\w.-]+)(\s*)([=:]) => py t p +value
@basic
[!#].*?\n => c
\s+ => t
\\\n => se
@escape
\\u[0-9]{4} => se
(?m)\\. => se
)~"};

const Language kToml = {"toml", "", R"~(
key = (?:\S+|"[^"]+"|'[^']+')
integer = \d+(?:_\d+)*
@root
<basic
({key})(\s*)(=) => py t p +value
@basic
\s+ => t
#.*?$ => c
true|false => kc
({key})(\s*)(=)(\s*)(\{) => nn t o t p +inline
\s*\[[\S]+\] => nn
\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z => ld
[+-]?{integer}\.{integer}(?:[eE][+-]?{integer})? => mf
[+-]?{integer}[eE][+-]?{integer} => mf
[+-]?(?:nan|inf) => mf
0x\h+(?:_\h+)* => mh
0o[0-7]+(?:_[0-7]+)* => mo
0b[01]+(?:_[01]+)* => mb
[+-]?{integer} => mi
@value
\n => t -
<content
@content
<basic
({key})(\s*)(=) => py t p
""" => s +long_double_quotes
" => s +double_quotes
''' => s +long_single_quotes
' => s +single_quotes
<escape
, => p
\[ => p +array
@double_quotes
" => s -
\n => err -
<escape
[^\\"\n]+ => s
@long_double_quotes
""" => s -
<escape
[^\\"]+ => s
"+ => s
@single_quotes
' => s -
\n => err -
[^'\n]+ => s
@long_single_quotes
''' => s -
[^']+ => s
'+ => s
@escape
\\[0t\tn\n "\\r] => se
@array
<content
\] => p -
@inline
<content
\} => p -
)~"};

}  // namespace meridian::rouge
