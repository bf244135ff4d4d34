// Shells: sh, bash, zsh.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%kw if fi else while do done for then return function select continue
%kw until esac elif in
%builtin alias bg bind break builtin caller cd command compgen complete declare dirs disown
%builtin enable eval exec exit export false fc fg getopts hash help history jobs let local
%builtin logout mapfile popd pushd pwd read readonly set shift shopt source suspend test time
%builtin times trap true type typeset ulimit umask unalias unset wait cat tac nl od base32
%builtin base64 fmt pr fold head tail split csplit wc sum cksum b2sum md5sum sha1sum sha224sum
%builtin sha256sum sha384sum sha512sum sort shuf uniq comm ptx tsort cut paste join tr expand
%builtin unexpand ls dir vdir dircolors cp dd install mv rm shred link ln mkdir mkfifo mknod
%builtin readlink rmdir unlink chown chgrp chmod touch df du stat sync truncate echo printf yes
%builtin expr tee basename dirname pathchk mktemp realpath stty printenv tty id logname
%builtin whoami groups users who date arch nproc uname hostname hostid uptime chcon runcon
%builtin chroot env nice nohup stdbuf timeout kill sleep factor numfmt seq tar grep sudo awk sed
%builtin gzip gunzip
@root
<basic
<data
@basic
#.*$ => c
\b{%kw}\s*\b => k
\bcase\b => k +case
\b{%builtin}\s*\b(?![.-]) => nb
\.(?=\s) => nb
(\b\w+)(=) => nv o
[\[\]{}()!=>] => o
&&|\|\| => o
\<<< => o
(<<-?)(\s*)(['"]?)(\\?)(\w+)(\3) => o t sh sh no sh *heredoc +heredoc
@heredoc
\n => sh +heredoc_line
[^$\n\\]+ => sh
<interpolation
\$ => sh
@heredoc_line
\s*(\w+)\s*\n => *heredoc_end
 => -
@double_quotes
(?:\$#?)?" => s2 -
<interpolation
[^"`\\$]+ => s2
@ansi_string
\\. => se
[^\\']+ => s1
<single_quotes
@single_quotes
' => s1 -
[^']+ => s1
@data
\s+ => t
\\. => se
\$?" => s2 +double_quotes
\$' => s1 +ansi_string
' => s1 +single_quotes
\* => k
; => p
--?[\w-]+ => nt
[^=\*\s{}()$"'`;\\<]+ => t
\d+(?= |\Z) => m
\< => t
<interpolation
@curly
\} => k -
:- => k
[a-zA-Z0-9_]+ => nv
[^}:"`'$]+ => p
<root
@parentheses
\) => si -
\( => o +inner_parentheses
<root
@inner_parentheses
\( => o +
\) => o -
<root
@math
\)\) => k -
[-+*/%^|&!]|\*\*|\|\| => o
\d+(#\w+)? => m
<root
@case
\besac\b => k -
\| => p
\) => p +case_stanza
<root
@case_stanza
;; => p -
<root
@backticks
` => sb -
<root
@interpolation
\\$ => se
\\. => se
\$\(\( => k +math
\$\( => si +parentheses
\$\{#? => k +curly
` => sb +backticks
\$#?(\w+|.) => nv
\$[*@] => nv
)~";

/// Keeps the word that ends the here-document.
bool open_heredoc(Run& run) {
  run.texts.size = 0;
  run.texts.add(run.arena(), run.match.group(5));
  return true;
}

bool end_heredoc(Run& run) {
  bool ends = !run.texts.empty() && run.match.group(1) == run.texts.back();
  run.token(ends ? "no" : "sh", run.match.group(0));
  if (ends) run.pop(2);
  return true;
}

constexpr Hook kHooks[] = {{"heredoc", open_heredoc}, {"heredoc_end", end_heredoc}};
}  // namespace

const Language kBash = {"shell bash zsh ksh sh", "", kText, kHooks, 2};

}  // namespace meridian::rouge
