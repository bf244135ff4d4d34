#include "alerts.h"

#include "meridian/text.h"
#include "part.h"

namespace meridian::markdown {

namespace {
constexpr Name kNames[] = {"Note", "Tip", "Important", "Warning", "Caution"};
}

int alert_kind(Str mark) {
  if (mark.size() < 4 || mark[0] != '[' || mark[1] != '!' || mark.back() != ']') return -1;
  for (int kind = 0; Str name : kNames) {
    if (equal_ignoring_case(part(mark, 2, mark.size() - 3), name)) return kind;
    kind++;
  }
  return -1;
}

void open_alert(FlatWriter& out, int kind) {
  Text classes;
  classes.add("markdown-alert markdown-alert-");
  for (char c : kNames[kind]) classes.add(lower(c));
  out.attribute("class", classes.str());
  out.open(Type::Alert);
  out.attribute("class", "markdown-alert-title");
  out.open(Type::Paragraph);
  out.text(kNames[kind]);
  out.close();
}

}  // namespace meridian::markdown
