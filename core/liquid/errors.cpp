// Error messages, and suggestions for misspelt names.
#include "internal.h"

namespace meridian::liquid {

void Error::message(Text& out) const {
  bool ours = starts_with(type, "Liquid::");
  if (ours) {
    out.add(type == "Liquid::SyntaxError" ? "Liquid syntax error" : "Liquid error");
    if (line) {
      out.add(" (");
      out.add(template_name);
      if (!template_name.empty()) out.add(' ');
      out.add("line ");
      out.add_int(line);
      out.add(')');
    }
    out.add(": ");
  }
  out.add(text);
  if (!ours || markup_context.empty()) return;
  out.add(' ');
  out.add(markup_context);
}

void report(const Error& error, Diagnostics& diagnostics) {
  static const Source kNowhere{};
  diagnostics.add({Severity::Error, Rule::Liquid}, error.source ? *error.source : kNowhere,
                  error.offset, error.text, error.remedy);
}

bool print_error(Context& c, const Node& node) {
  if (c.error.type == "Liquid::MemoryError") return false;
  if (!node.blank && c.error.type != "Liquid::UndefinedVariable" &&
      c.error.type != "Liquid::UndefinedFilter")
    c.error.message(c.out());
  return true;
}

// ---- did you mean ----

Str suggest(Arena& arena, Str name, Str known) {
  // Names that differ more are other names.
  int best = name.size() < 6 ? int(name.size() + 1) / 2 : 3;
  Str found;
  for (Str candidate; next_piece(known, ' ', candidate);) {
    int d = edit_distance<false>(name, candidate, best);
    if (d > best || !d) continue;
    found = candidate;
    best = d - 1;
  }
  return found.empty() ? found : format(arena, "did you mean '$'?", found);
}

}  // namespace meridian::liquid
