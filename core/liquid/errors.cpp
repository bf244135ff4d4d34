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

namespace {
/// Longer names are not compared: no known one is as long.
constexpr std::size_t kMaxName = 32;

std::size_t least(std::size_t a, std::size_t b) { return a < b ? a : b; }

/// Levenshtein's distance; kMaxName when a name is too long.
std::size_t distance(Str a, Str b) {
  if (a.size() >= kMaxName || b.size() >= kMaxName) return kMaxName;
  std::size_t row[kMaxName];
  for (std::size_t j = 0; j <= b.size(); j++) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); i++) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); j++) {
      std::size_t cost = diagonal + (a[i - 1] != b[j - 1]);
      diagonal = row[j];
      row[j] = least(cost, least(row[j], row[j - 1]) + 1);
    }
  }
  return row[b.size()];
}
}  // namespace

Str suggest(Arena& arena, Str name, Str known) {
  std::size_t best =
      name.size() < 6 ? (name.size() + 1) / 2 : 3;  // names that differ more are other names
  Str found;
  for (Str candidate; next_piece(known, ' ', candidate);) {
    std::size_t d = distance(name, candidate);
    if (d > best || !d) continue;
    found = candidate;
    best = d - 1;
  }
  return found.empty() ? found : format(arena, "did you mean '$'?", found);
}

}  // namespace meridian::liquid
