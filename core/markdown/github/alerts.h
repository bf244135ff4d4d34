// Alerts of GitHub's dialect: a quote that begins with a line `[!NOTE]`.
#pragma once
#include "flat_tree.h"

namespace meridian::markdown {

/// The number of the alert that `mark` (`[!NOTE]`, in any case) begins, or -1.
int alert_kind(Str mark);
/// Opens the alert and writes its title. The caller closes it.
void open_alert(FlatWriter& out, int kind);

}  // namespace meridian::markdown
