// HTML and XML.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kHtmlText = R"~(
start => *reset
name = [\p{L}:_-][\p{Word}\p{Cf}:.·-]*
@root
[^<&]+ => t
&\S*?; => ni
(?mi)<!DOCTYPE .*?> => cp
(?m)<!\[CDATA\[.*?\]\]> => cp
\<!-- => c +comment
(?m)<\?.*?\?> => cp
\<\s*script\s* => nt *script +script +tag
\<\s*style\s* => nt *style +style +tag
\</ => nt +tag_end
\< => nt +tag_start
@tag_end
<tag_end_end
{name} => nt =tag_end_end
@tag_end_end
\s+ => t
> => nt -
@tag_start
\s+ => t
{name} => nt =tag
 => =tag
@comment
[^-]+ => c
--> => c -
- => c
@tag
\s+ => t
[\p{L}:_\[\]()*.-][\p{Word}\p{Cf}:.·\[\]()*-]*\s*=\s* => na +attribute
[\p{L}:_*#-][\p{Word}\p{Cf}:.·*#-]* => na
/?\s*> => nt -
@attribute
" => s =double_quotes
' => s =single_quotes
[^\s>]+ => s -
@double_quotes
" => s -
[^"]+ => s
@single_quotes
' => s -
[^']+ => s
@script
[^<]+ => >javascript
\<\s*/\s*script\s*> => nt -
\< => >javascript
@style
[^<]+ => >css
\<\s*/\s*style\s*> => nt -
\< => >css
)~";

bool reset_script(Run& run) {
  run.other("javascript")->reset();
  return true;
}
bool reset_style(Run& run) {
  run.other("css")->reset();
  return true;
}
/// A new document: scripts and style sheets have their lexers from their element on.
bool reset(Run& run) { return reset_script(run) && reset_style(run); }

constexpr Hook kHooks[] = {{"reset", reset}, {"script", reset_script}, {"style", reset_style}};

constexpr Name kXmlText = R"~(
name = [\p{L}:_][\p{Word}\p{Cf}:.·-]*
@root
[^<&]+ => t
&\S*?; => ni
\<!\[CDATA\[.*?\]\]> => cp
\<!-- => c +comment
\<\?.*?\?> => cp
\<![^>]*> => cp
\<\s*{name} => nt +tag
\<\s*/\s*{name}\s*> => nt
@comment
[^-]+ => c
--> => c -
- => c
@tag
\s+ => t
{name}\s*= => na +attribute
/?\s*> => nt -
@attribute
\s+ => t
(?m)".*?"|'.*?'|[^\s>]+ => s -
)~";
}  // namespace

const Language kHtml = {"html", "", kHtmlText, kHooks, 3};
const Language kXml = {"xml", "", kXmlText};

}  // namespace meridian::rouge
