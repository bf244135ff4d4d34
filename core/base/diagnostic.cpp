#include "meridian/base.h"

namespace meridian {

void SourceMap::add(SourceMap& map, Arena& arena, const Segment& segment) {
  List<Segment>& all = map.segments;
  if (!all.empty() && all.back().begin == segment.begin) all.size--;  // the last one was empty
  all.add(arena, segment);
}

const Source* SourceMap::find(std::size_t at, std::size_t& offset) const {
  std::uint32_t low = 0, high = segments.size;
  while (low < high) {  // the last segment that begins at or before `at`
    std::uint32_t middle = low + (high - low) / 2;
    if (segments[middle].begin <= at)
      low = middle + 1;
    else
      high = middle;
  }
  if (!low) return nullptr;
  const Segment& s = segments[low - 1];
  offset = s.offset + (s.verbatim ? at - s.begin : 0);
  return s.source;
}

void locate(Str text, std::size_t offset, std::uint32_t& line, std::uint32_t& column) {
  line = column = 1;
  if (offset > text.size()) offset = text.size();
  for (std::size_t i = 0; i < offset; i++) {
    if (text[i] == '\n')
      line++, column = 1;
    else if ((text[i] & 0xC0) != 0x80)
      column++;  // continuation bytes belong to the character before
  }
}

Str line_around(Str text, std::size_t offset) {
  if (offset > text.size()) offset = text.size();
  std::size_t begin = offset, end = offset;
  while (begin && text[begin - 1] != '\n' && offset - begin < Diagnostics::kMaxExcerpt) begin--;
  while (end < text.size() && text[end] != '\n' && end - begin < Diagnostics::kMaxExcerpt) end++;
  if (end > begin && text[end - 1] == '\r') end--;
  while (begin < end && (text[begin] & 0xC0) == 0x80) begin++;  // a cut must not split a character
  return text.substr(begin, end - begin);
}

void Diagnostics::add(Report report, const Source& source, std::size_t offset, Str message,
                      Str remedy) {
  Diagnostic d{report.severity(),
               report.rule(),
               source.path,
               0,
               0,
               message,
               remedy,
               line_around(source.text, offset)};
  if (takes(d.severity)) locate(source.text, offset, d.line, d.column);
  add(d);
}

void Diagnostics::add(Report report, Str file, Str message, Str remedy) {
  add(Diagnostic{report.severity(), report.rule(), file, 0, 0, message, remedy, {}});
}

bool Diagnostics::takes(Severity severity) const {
  return list_.size < most_ - (severity != Severity::Error);
}

void Diagnostics::add(const Diagnostic& diagnostic) {
  if (!takes(diagnostic.severity)) return;
  for (const Diagnostic& d : list_)
    if (d.line == diagnostic.line && d.column == diagnostic.column && d.file == diagnostic.file &&
        d.message == diagnostic.message)
      return;
  Diagnostic kept = diagnostic;
  kept.file = arena_.copy(kept.file);
  kept.message = arena_.copy(kept.message);
  kept.remedy = arena_.copy(kept.remedy);
  kept.excerpt = arena_.copy(kept.excerpt);
  list_.add(arena_, kept);
}

bool Diagnostics::has_errors() const {
  for (const Diagnostic& d : list_)
    if (d.severity == Severity::Error) return true;
  return false;
}

void print(const Diagnostic& d, Text& out) {
  out.add(d.file);
  if (d.line) {
    out.add(':');
    out.add_int(d.line);
    out.add(':');
    out.add_int(d.column);
  }
  out.add(": ");
  out.add(d.message);
  out.add('\n');
  if (d.line && !d.excerpt.empty()) {
    std::size_t margin = out.size();
    out.add("  ");
    out.add_int(d.line);
    margin = out.size() - margin;
    out.add(" | ");
    out.add(d.excerpt);
    out.add('\n');
    out.add(margin, ' ');
    out.add(" | ");
    for (std::uint32_t i = 1; i < d.column && i < Diagnostics::kMaxExcerpt; i++) out.add(' ');
    out.add('^');
    if (!d.remedy.empty()) out.add(' ');
  } else if (!d.remedy.empty()) {
    out.add("  ");
  }
  out.add(d.remedy);
  if (out.back() != '\n') out.add('\n');
}

}  // namespace meridian
