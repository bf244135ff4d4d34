// Writing on the page: from the text that Markdown gets to the file that it is in.
#include "meridian/live.h"
#include "meridian/text.h"

namespace meridian {

namespace {
/// Compares the text that Markdown gets with this one.
struct Capture {
  Str wanted;
  bool found = false;
};
Capture* current_capture;

bool capture(const markdown::Options& options, Str text, markdown::LinkVisit links, Text& out) {
  current_capture->found |= text == current_capture->wanted;
  Arena tree;
  return markdown::to_html(text, options, tree, out, links);
}

std::uint32_t count(Str text, Str what, std::size_t end) {
  std::uint32_t n = 0;
  for (std::size_t at = 0; (at = text.find(what, at)) < end; at += what.size()) ++n;
  return n;
}
}  // namespace

/// Moves the bytes of the document's text to those of the file's body, in which Liquid stands: to
/// the lines that are the same, or to what is the same around them in a line with Liquid.
bool Live::find_in_file(std::size_t& begin, std::size_t& end, Str body) const {
  constexpr std::size_t kAll = Str::npos, kNear = 24, kLeast = 8;  // bytes
  constexpr std::size_t kAround[][2] = {{kAll, kAll}, {kNear, kNear}, {kNear, 0},
                                        {0, kNear},   {kLeast, 0},    {0, kLeast}};
  Str text = document_.text();
  const std::size_t before = begin ? text.rfind('\n', begin - 1) : Str::npos;
  const std::size_t first = before == Str::npos ? 0 : before + 1;
  const std::size_t line_end = text.find('\n', end);
  const std::size_t last = line_end == Str::npos ? text.size() : line_end;
  for (const auto& [left, right] : kAround) {
    const std::size_t from = begin - first > left ? begin - left : first;
    Str same = slice(text, from, last - end > right ? end + right : last);
    if (same.empty() || (left != kAll && same.size() < kLeast)) continue;
    // The same may occur elsewhere: then as many of them must be before this.
    std::size_t at = Str::npos;
    for (std::uint32_t n = count(text, same, from) + 1; n > 0; --n)
      at = body.find(same, at == Str::npos ? 0 : at + same.size());
    if (at == Str::npos) continue;
    begin = at + begin - from;
    end = at + end - from;
    return true;
  }
  return false;
}

/// Whether Markdown would get the wanted text if the followed file were this one.
bool Live::renders(Str file, Str wanted) {
  Capture wish{wanted};
  current_capture = &wish;
  site::Site& site = workspace_.site();
  workspace_.put(path_.str(), file);
  site.forget_rendered();
  Text html, json;
  const site::Status status = render(capture, html, json);
  workspace_.put(path_.str(), file_.str());
  site.forget_rendered();
  return status == site::Status::Ready && wish.found;
}

/// Opens the document in view again, which forget() has closed: if it is not what was sent last,
/// there is another page to come.
void Live::reopen() {
  Text html, json;
  if (document_.is_open() || url_.str().empty()) return;
  if (render(convert, html, json) != site::Status::Ready || !document_.is_open()) return;
  bool same = document_.parts().size == sent_.size;
  for (std::uint32_t i = 0; same && i < sent_.size; ++i)
    same = document_.parts()[i].hash == sent_[i].own;
  if (!same) document_.close();
}

/// The line of the file that a place of the document's text comes from: the same line or, where
/// Liquid makes it (not `same`), one with Liquid behind what is the same before it; that which
/// begins as this.
std::uint32_t Live::source_line(std::size_t at, Str body, bool& same) const {
  constexpr int kMostLines = 50;  // that are looked for in the whole file
  const std::size_t front = file_.size() - body.size();
  const auto line_at = [&](std::size_t place) {
    return count(file_.str(), "\n", front + place) + 1;
  };
  Str text = document_.text(), own;
  std::size_t from = 0, end = text.find('\n', at);
  for (int n = 0; n < kMostLines; ++n) {
    const std::size_t before = at ? text.rfind('\n', at - 1) : Str::npos;
    std::size_t begin = before == Str::npos ? 0 : before + 1;
    const std::size_t first = begin;
    std::size_t last = end < text.size() ? end : text.size();
    if (n == 0) own = slice(text, begin, last);
    if (last > begin && find_in_file(begin, last, body)) {
      if (n == 0) return line_at(begin);
      from = last;
      break;
    }
    if (!first) break;
    at = end = first - 1;
  }
  same = !site::has_liquid(body);
  std::size_t found = Str::npos;
  for (Str rest = body.substr(from), line; next_piece(rest, '\n', line);) {
    if (!site::has_liquid(line)) continue;
    const std::size_t place = std::size_t(line.data() - body.data());
    Str head = line.substr(0, line.find('{'));
    if (found == Str::npos) found = place;
    if (head.empty() || !own.starts_with(head)) continue;
    found = place;
    break;
  }
  return line_at(found == Str::npos ? from : found);
}

patch::Outcome Live::find_patch(const patch::Edit& edit, FilePatch& found) {
  using patch::Outcome;
  write();
  site::File* f = following_ ? workspace_.files().find(path_.str()) : nullptr;
  if (f) reopen();
  if (!f || !document_.is_open()) return Outcome::Missing;
  markdown::LiveDocument document;
  document.open(document_.text(), document_.options());
  Arena arena;
  patch::Patch patch;
  const Outcome outcome = patch::find_patch(document, edit, arena, patch);
  Str body = site::body_of(*f);
  const auto refuse = [&](patch::Reason reason) {
    bool same = true;
    // renders() gives the file other bytes.
    found.line = source_line(patch.begin, site::body_of(*f), same);
    found.reason = same ? reason : patch::Reason::Liquid;
    return Outcome::Refused;
  };
  if (outcome == Outcome::Refused) return refuse(patch.reason);
  if (outcome != Outcome::Found) return outcome;

  const std::size_t front = file_.size() - body.size();
  std::size_t begin = patch.begin, end = patch.end;
  const bool liquid = site::has_liquid(body) || body != document_.text();
  if (liquid && !find_in_file(begin, end, body)) return refuse(patch::Reason::Liquid);
  Text file;
  file.add(file_.str());
  file.replace(front + begin, front + end, patch.insert);
  if (liquid) {
    Text wanted;
    wanted.add(document_.text());
    wanted.replace(patch.begin, patch.end, patch.insert);
    if (!renders(file.str(), wanted.str()))
      return refuse(site::has_liquid(patch.insert) ? patch::Reason::Template
                                                   : patch::Reason::Liquid);
  } else if (site::has_liquid(file.str().substr(front))) {
    // It was typed, and would be read as a template.
    return refuse(patch::Reason::Template);
  }
  found.begin = utf16_size(slice(file_.str(), 0, front + begin));
  found.end = found.begin + utf16_size(slice(file_.str(), front + begin, front + end));
  found.insert.truncate(0);
  found.insert.add(patch.insert);
  return Outcome::Found;
}

}  // namespace meridian
