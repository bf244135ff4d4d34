// Makefiles: their lines of commands are for the shell's lexer.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText =
    R"~(
%function abspath addprefix addsuffix and basename call dir error eval file filter filter-out
%function findstring firstword flavor foreach if join lastword notdir or origin patsubst realpath
%function shell sort strip subst suffix value warning wildcard word wordlist words
stop = \$\(|\$\{|\(|\)|\}|\\|$
start => *reset
@root
\s+ => t
#.*?\n => c
([-s]?include)((?:[\t ]+[^\t\n #]+)+) => k sx
(ifn?def|ifn?eq)([\t ]+)([^#\n]+) => k t nv
(?:else|endif)[\t ]*(?=[#\n]) => k
(export)([\t ]+)(?=[\w\${}()\t -]+\n) => k t +export
export[\t ]+ => k
([\w${}().-]+)([\t ]*)([!?:+]?=) => nv t o +shell_line
"(\\\\|\\.|[^"\\])*" => s2
'(\\\\|\\.|[^'\\])*' => s1
([^\n:]+)(:+)([ \t]*) => nl o t +header
@export
[\w\${}()-] => nv
\n => t -
[\t ]+ => t
@header
[^,\\\n#]+ => nf
, => p
#.*? => c
\\\n => t
\\. => t
\n => t =body
@body
(ifn?def|ifn?eq)([\t ]+)([^#\n]+)(#.*)?(\n) => k t nv c t
(else|endif)([\t ]*)(#.*)?(\n) => k t c t
(\t[\t ]*)([@-]?) => t p +shell_line
 => *reset -
@shell
(?i)\$[({][\t ]*\w[\w:=%.]*[\t ]*[)}] => nv
(\$[({])([\t ]*)({%function})([\t ]+) => nf t nb t +shell_expression
(?m)\\. => >shell
(?m).+?(?={stop}) => >shell
{stop} => >shell
@shell_expression
[({] => >shell +
[)}] => nf -
<shell
@shell_line
\n => t -
<shell
)~";

bool reset(Run& run) {
  run.other("shell")->reset();
  return true;
}
constexpr Hook kHooks[] = {{"reset", reset}};
}  // namespace

const Language kMakefile = {"make makefile mf gnumake bsdmake", "", kText, kHooks, 1};

}  // namespace meridian::rouge
