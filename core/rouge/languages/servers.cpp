// Files for servers: Dockerfiles, nginx; and templates of Ruby (ERB).
#include "lexer.h"

namespace meridian::rouge {

namespace {
bool reset_shell(Run& run) {
  run.other("shell")->reset();
  return true;
}
constexpr Hook kDockerHooks[] = {{"shell", reset_shell}};

bool reset_erb(Run& run) {
  run.other("html")->reset();
  run.other("ruby")->reset();
  return true;
}
constexpr Hook kErbHooks[] = {{"reset", reset_erb}};
}  // namespace

const Language kDocker = {"docker dockerfile Dockerfile", "", R"~(
%kw FROM MAINTAINER CMD LABEL EXPOSE ENV ADD COPY ENTRYPOINT VOLUME USER WORKDIR ARG STOPSIGNAL
%kw HEALTHCHECK SHELL
@root
\s+ => t
(?i)^(FROM)(\s+)(.*)(\s+)(AS)(\s+)(.*) => k w s w k w s
(?i)^(ONBUILD)(\s+)({%kw})(.*) => k w k s
(?i)^({%kw})\b(.*) => k s
#.*?$ => c
(?i)^(ONBUILD\s+)?RUN(\s+) => k *shell +run
\w+ => t
[^\w]+ => t
@run
\n => t -
(?m)\\. => se
(\\.|[^\n\\])+ => >shell
)~",
                          kDockerHooks, 1};

const Language kNginx = {"nginx", "", R"~(
id = [^\s$;{}()#]+
@root
(include)(\s+)([^\s;]+) => k t n
{id} => k +statement
<base
@block
\} => p -
{id} => kn +statement
<base
@statement
\{ => p - +block
; => p -
<base
@base
\s+ => t
#.* => c1
(?:on|off)\b => no
[$][\w-]+ => nv
(?i)([a-z0-9.-]+)(:)([0-9]+) => nf p mi
(?i)[a-z-]+/[a-z-]+ => nc
(?i)[0-9]+[kmg]?\b => mi
(~)(\s*)([^\s{]+) => p t sr
[:=~] => p
/{id}? => n
[^#\s;{}$\\]+ => s
[$;] => t
)~"};

const Language kErb = {"erb eruby rhtml", "", R"~(
open = <%%|<%=|<%#|<%-|<%
close = %%>|-%>|%>
start => *reset
@root
\<%# => c +comment
{open} => cp +ruby
(?m).+?(?={open})|.+ => >html
@comment
{close} => c -
(?m).+?(?={close})|.+ => c
@ruby
{close} => cp -
(?m).+?(?={close})|.+ => >ruby
)~",
                       kErbHooks, 1};

}  // namespace meridian::rouge
