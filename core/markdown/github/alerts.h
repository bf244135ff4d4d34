// Alerts of GitHub's dialect: a quote that begins with a line `[!NOTE]`. In notes, callouts as
// Obsidian has them: of any kind, with a title behind the mark, folded by `-`, unfolded by `+`.
#pragma once
#include "node_sink.h"

namespace meridian::markdown {

/// The number of the alert that `mark` (`[!NOTE]`, in any case) begins, or -1.
int alert_kind(Str mark);
/// Opens the alert and writes its title. The caller closes it.
void open_alert(NodeSink& out, int kind);

/// `[!kind]`, `[!kind]-` or `[!kind]+` at the begin of a text.
struct Callout {
  Str kind;              ///< as it is written; letters, digits, `-` and `_`
  char fold = 0;         ///< '-', '+', or 0: it can't be folded
  std::size_t size = 0;  ///< of the mark with the blanks behind it; 0: there is none
};
Callout callout_mark(Str text);
/// Opens the callout, of which `open` is the node, and its title, which is the next node. Kinds
/// have the class of the alert of GitHub's that they resemble.
void open_callout(NodeSink& out, const Callout& callout);
void close_callout_title(NodeSink& out, const Callout& callout);
/// Writes what stands before the end of the callout.
void close_callout(NodeSink& out, const Callout& callout);
/// The title of a callout that has none of its own: its kind.
void add_callout_name(NodeSink& out, const Callout& callout);

}  // namespace meridian::markdown
