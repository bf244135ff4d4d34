// Perl.
#include "lexer.h"

namespace meridian::rouge {

// Rouge writes `[^\1]` where any character but the delimiter is meant; to Ruby that is any
// character but U+0001.
const Language kPerl = {"perl pl", "", R"~(
%kw case continue do else elsif for foreach if last my next our redo reset then unless until while
%kw use print new BEGIN CHECK INIT END return
%builtin abs accept alarm atan2 bind binmode bless caller chdir chmod chomp chop chown chr chroot
%builtin close closedir connect continue cos crypt dbmclose dbmopen defined delete die dump each
%builtin endgrent endhostent endnetent endprotoent endpwent endservent eof eval exec exists exit exp
%builtin fcntl fileno flock fork format formline getc getgrent getgrgid getgrnam gethostbyaddr
%builtin gethostbyname gethostent getlogin getnetbyaddr getnetbyname getnetent getpeername getpgrp
%builtin getppid getpriority getprotobyname getprotobynumber getprotoent getpwent getpwnam getpwuid
%builtin getservbyname getservbyport getservent getsockname getsockopt glob gmtime goto grep hex
%builtin import index int ioctl join keys kill last lc lcfirst length link listen local localtime
%builtin log lstat map mkdir msgctl msgget msgrcv msgsnd my next no oct open opendir ord our pack
%builtin package pipe pop pos printf prototype push quotemeta rand read readdir readline readlink
%builtin readpipe recv redo ref rename require reverse rewinddir rindex rmdir scalar seek seekdir
%builtin select semctl semget semop send setgrent sethostent setnetent setpgrp setpriority
%builtin setprotoent setpwent setservent setsockopt shift shmctl shmget shmread shmwrite shutdown
%builtin sin sleep socket socketpair sort splice split sprintf sqrt srand stat study substr symlink
%builtin syscall sysopen sysread sysseek system syswrite tell telldir tie tied time times tr
%builtin truncate uc ucfirst umask undef unlink unpack unshift untie utime values vec wait waitpid
%builtin wantarray warn write
substitution = ((\\\\|\\\1)|.)*?\1((\\\\|\\\1)|.)*?\1[msixpodualngcr]*
pattern = ((\\\\|\\\1)|.)*?\1[msixpodualngc]*
@root
#.* => c1
(?m)^=[a-zA-Z0-9]+\s+.*?\n=cut => cm
(?:{%kw})\b => k
(format)(\s+)([a-zA-Z0-9_]+)(\s*)(=)(\s*\n) => k t n t p t +format
(?:eq|lt|gt|le|ge|ne|not|and|or|cmp)\b => ow
(?:s|tr|y)[{](\\\\|\\}|[^}])*[}]\s* => sr +balanced_regex
(?:s|tr|y)<(\\\\|\\>|[^>])*>\s* => sr +balanced_regex
(?:s|tr|y)\[(\\\\|\\\]|[^\]])*\]\s* => sr +balanced_regex
(?:s|tr|y)\((\\\\|\\\)|[^)])*\)\s* => sr +balanced_regex
(?m)(?:s|tr|y)\s*([^\w\s]){substitution} => sr
(?m)(?:s|tr|y)\s+(\w){substitution} => sr
m?/(\\\\|\\/|[^/\n])*/[msixpodualngc]* => sr
m(?=[/!\\{<\[(@%$]) => sr +balanced_regex
(?m)m\s*([^\w\s]){pattern} => sr
(?m)m\s+(\w){pattern} => sr
\s+ => t
(?i)(?=[a-z_]\w*(\s*#.*\n)*\s*=>) => +fat_comma
(?:{%builtin})\b => nb
(?:__(?:DIE|WARN)__|DATA|STD(?:IN|OUT|ERR))\b => bp
(?m)<<(['"]?)([a-zA-Z_][a-zA-Z0-9_]*)\1;?\n.*?\n\2\n => s
__(?:END|DATA)__\b => cp +end
\$\^[ADEFHILMOPSTWX] => vg
\$[\\"'\[\]&`+*.,;=%~?@$!<>(^|/_-](?!\w) => vg
(?i)[$@%&*][$@%&*#_]*(?=[a-z{\[;]) => nv +variable
[-+/*%=<>&^|!\\~]=? => o
0_?[0-7]+(_[0-7]+)* => mo
0x[0-9A-Fa-f]+(_[0-9A-Fa-f]+)* => mh
0b[01]+(_[01]+)* => mb
(?i)(?:\d*(?:_\d*)*\.\d+(?:_\d*)*|\d+(?:_\d*)*\.\d+(?:_\d*)*)(?:e[+-]?\d+)? => mf
(?i)\d+(_\d*)*e[+-]?\d+(_\d*)* => mf
\d+(_\d+)* => mi
' => p +single_quotes
" => p +double_quotes
` => p +backticks
\<([^\s>]+)> => sr
(?:q|qq|qw|qr|qx)[{] => sx +braces
(?:q|qq|qw|qr|qx)\( => sx +parentheses
(?:q|qq|qw|qr|qx)\[ => sx +brackets
(?:q|qq|qw|qr|qx)< => sx +angles
(?m)(?:q|qq|qw|qr|qx)(\W).*?\1 => sx
package\s+ => k +module
sub\s+ => k +function
\[\]|\*\*|::|<<|>>|>=|<=|<=>|={3}|!=|=~|!~|&&?|\|\||\.{1,3} => o
[()\[\]:;,<>/?{}] => p
(?=\w) => +name
@balanced_regex
(?m)/(\\[\\/]|[^/])*/[egimosx]* => sr -
(?m)!(\\[\\!]|[^!])*![egimosx]* => sr -
(?m)\\(\\\\|[^\\])*\\[egimosx]* => sr -
[{](\\[\\}]|[^}])*[}][egimosx]* => sr -
\<(\\[\\>]|[^>])*>[egimosx]* => sr -
\[(\\[\\\]]|[^\]])*\][egimosx]* => sr -
\((\\[\\)]|[^)])*\)[egimosx]* => sr -
\@(\\[\\@]|[^@])*@[egimosx]* => sr -
\%(\\[\\%]|[^%])*%[egimosx]* => sr -
\$(\\[\\$]|[^$])*\$[egimosx]* => sr -
@format
\.\n => si -
.*?\n => si
@fat_comma
#.* => c1
\w+ => s
\s+ => t
=[>] => o -
@named
\w+:: => nn
[\w:]+ => nv -
@variable
\s+ => t
[{\[] => p -
[),] => p -
; => p -
<named
@name
<named
[A-Z_]+(?=[^a-zA-Z0-9_]) => no -
(?=\W) => -
@module
(?i)[a-z_]\w* => nn -
@function
[a-zA-Z_]\w*[!?]? => nf
\s+ => t
(\([$@%]*\))(\s*) => p t
.*?[{] => p -
; => p -
@single_quotes
\\[\\'] => se
[^\\']+ => s1
' => p -
\\ => s1
@double_quotes
<interpolated
\\[\\tnrabefluLUE"$@] => se
\\0\d{2} => se
\\o[{]\d+\} => se
\\x\h{2} => se
\\x[{]\h+\} => se
\\c. => se
\\N[{][^}]+\} => se
[^\\"]+? => s2
" => p -
\\ => se
@backticks
<interpolated
\\[\\tnr`] => se
[^\\`]+? => sb
` => p -
@interpolated
[$@][{] => si +interpolation
(?i)[$@][a-z_]\w* => si
@interpolation
\} => si -
\s+ => t
(?i)[a-z_]\w* => si
@braces
\\[{}\\] => sx
\\ => sx
[{] => sx +
\} => sx -
[^{}\\]+ => sx
@parentheses
\\[()\\] => sx
\\ => sx
\( => sx +
\) => sx -
[^()\\]+ => sx
@brackets
\\[\[\]\\] => sx
\\ => sx
\[ => sx +
\] => sx -
[^\[\]\\]+ => sx
@angles
\\[<>\\] => sx
\\ => sx
\< => sx +
> => sx -
[^<>\\]+ => sx
@end
(?m).+ => cp -
)~"};

}  // namespace meridian::rouge
