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

static void add_classes(Text& out, int kind) {
  out.add("markdown-alert markdown-alert-");
  for (char c : kNames[kind]) out.add(lower(c));
}

void open_alert(NodeSink& out, int kind) {
  Text classes;
  add_classes(classes, kind);
  out.attribute("class", classes.str());
  out.open(Type::Alert);
  out.attribute("class", "markdown-alert-title");
  out.open(Type::Paragraph);
  out.text(kNames[kind]);
  out.close();
}

// ---- callouts ----

namespace {
/// Obsidian's kinds, by the alert that each resembles; others resemble a note.
constexpr Name kKinds[] = {"", "tip hint success check done", "important question help faq",
                           "warning attention", "caution failure fail missing danger error bug"};

int resembled(Str kind) {
  for (int alert = 1; alert < 5; alert++) {
    Str kinds = kKinds[alert];
    for (Str name; next_piece(kinds, ' ', name);)
      if (equal_ignoring_case(kind, name)) return alert;
  }
  return 0;
}
}  // namespace

Callout callout_mark(Str text) {
  Callout callout;
  if (text.size() < 4 || text[0] != '[' || text[1] != '!') return callout;
  std::size_t end = 2;
  while (end < text.size() && (is_alnum(text[end]) || text[end] == '-' || text[end] == '_')) end++;
  if (end == 2 || end == text.size() || text[end] != ']') return callout;
  callout.kind = part(text, 2, end - 2);
  end++;
  if (end < text.size() && (text[end] == '-' || text[end] == '+')) callout.fold = text[end++];
  if (end < text.size() && !is_space(text[end])) return callout;
  while (end < text.size() && is_space(text[end])) end++;
  callout.size = end;
  return callout;
}

void open_callout(NodeSink& out, const Callout& callout) {
  Text html;
  if (callout.fold) html.add("<details class=\"");
  add_classes(html, resembled(callout.kind));
  if (!callout.fold) {
    out.attribute("class", html.str());
    out.open(Type::Alert);
    out.attribute("class", "markdown-alert-title");
    return out.open(Type::Paragraph);
  }
  html.add(callout.fold == '+' ? "\" open>" : "\">");
  html.add("<summary class=\"markdown-alert-title\">");
  out.open(Type::Alert, 0, flat::kTransparent);
  out.leaf(Type::RawHtml, html.str());
  out.open(Type::Paragraph, 0, flat::kTransparent);
}

void close_callout_title(NodeSink& out, const Callout& callout) {
  if (callout.fold) out.leaf(Type::RawHtml, "</summary>");
}

void close_callout(NodeSink& out, const Callout& callout) {
  if (callout.fold) out.leaf(Type::RawHtml, "</details>");
}

void add_callout_name(NodeSink& out, const Callout& callout) {
  Text name;
  for (char c : callout.kind) name.add(name.empty() ? upper(c) : lower(c));
  out.text(name.str());
}

}  // namespace meridian::markdown
