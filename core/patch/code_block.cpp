#include "code_block.h"

#include "meridian/text.h"

namespace meridian::patch {

namespace {
bool is_prefix(Str text) { return text.find_first_not_of(" \t>") == Str::npos; }

/// The line that begins at `at`, without its end.
Str line_at(Str text, std::size_t at) {
  Str line = slice(text, at, text.find('\n', at));
  return line.ends_with("\r") ? line.substr(0, line.size() - 1) : line;
}

/// Whether the lines from `at` on have this text.
bool has_code(Str source, std::size_t at, Str text, CodeSource& found) {
  found.begin = Str::npos;
  for (Str line; next_piece(text, '\n', line);) {
    if (at > source.size()) return false;
    Str there = line_at(source, at);
    const std::size_t size = there.size();
    there = rstrip(there);
    if (!there.ends_with(line) || !is_prefix(there.substr(0, there.size() - line.size())))
      return false;
    // The prefix of an empty line may be cut.
    if (found.begin == Str::npos) found.begin = at + there.size() - line.size();
    if (!line.empty() && found.prefix.data() == nullptr)
      found.prefix = there.substr(0, there.size() - line.size());
    found.end = at + there.size();
    const std::size_t next = source.find('\n', at + size);
    at = next == Str::npos ? source.size() + 1 : next + 1;
  }
  return found.begin != Str::npos;
}
}  // namespace

bool find_code(Str source, std::size_t at, Str text, CodeSource& found) {
  while (at < source.size()) {
    found.prefix = {};
    if (has_code(source, at, text, found)) return true;
    const std::size_t end = source.find('\n', at);
    if (end == Str::npos) return false;
    at = end + 1;
  }
  return false;
}

void print_code(Str source, Str prefix, Str old, Str now, Text& out) {
  Str ending = source.find('\r') == Str::npos ? Str("\n") : Str("\r\n");
  // Lines at the begin that stay, and those at the end.
  std::size_t head = 0, tail = 0, heads = 0, tails = 0;
  for (std::size_t i = 0; i < old.size() && i < now.size() && old[i] == now[i]; ++i)
    if (now[i] == '\n') head = i + 1, ++heads;
  for (std::size_t i = 1; i <= old.size() - head && i <= now.size() - head; ++i) {
    if (old[old.size() - i] != now[now.size() - i]) break;
    if (now[now.size() - i] == '\n') tail = i, ++tails;
  }
  std::size_t begin = 0, end = source.size();
  for (std::size_t i = 0; i < heads; ++i) begin = source.find('\n', begin) + 1;
  for (std::size_t i = 0; i < tails; ++i) end = source.rfind('\n', end - 1);
  if (tails && end && source[end - 1] == '\r') --end;
  out.add(slice(source, 0, begin));
  std::size_t at = head;
  const std::size_t last = now.size() - tail;
  for (bool first = true;; first = false) {
    const std::size_t line_end = now.find('\n', at);
    Str line = slice(now, at, line_end < last ? line_end : last);
    if (!first) out.add(ending);
    // No white space at the end of an empty line.
    if (!first || heads) out.add(line.empty() ? rstrip(prefix) : prefix);
    out.add(line);
    if (line_end >= last) break;
    at = line_end + 1;
  }
  out.add(source.substr(end));
}

}  // namespace meridian::patch
