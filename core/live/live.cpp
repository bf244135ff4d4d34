#include "meridian/live.h"

#include "meridian/text.h"

namespace meridian {

namespace {
/// FNV-1a.
std::uint64_t hash(Str s) {
  std::uint64_t h = 14695981039346656037u;
  for (char c : s) h = (h ^ std::uint8_t(c)) * 1099511628211u;
  return h;
}

std::uint32_t units_of(char first) { return ((first & 0xc0) != 0x80) + (std::uint8_t(first) >= 0xf0); }

std::uint32_t utf16_size(Str s) {
  std::uint32_t units = 0;
  for (char c : s) units += units_of(c);
  return units;
}

/// The byte at which UTF-16 code unit `unit` of the text begins.
std::size_t byte_at(Str s, std::uint32_t unit) {
  std::size_t at = 0;
  for (std::uint32_t units = 0; at < s.size(); ++at) {
    std::uint32_t more = units_of(s[at]);
    if (more && units + more > unit) break;
    units += more;
  }
  return at;
}

Str line_of(Str s, std::size_t at) { return slice(s, at, s.find('\n', at)); }
}  // namespace

bool Live::follow(Str path) {
  if (following_ && path_.str() == path) return true;
  site::File* f = workspace_.files().find(path);
  flush();
  direct_ = following_ = false;
  if (!f || f->presence != site::Presence::Loaded || find_invalid_utf8(f->source.text) != Str::npos) return false;
  path_.truncate(0);
  path_.add(path);
  file_.truncate(0);
  file_.add(f->source.text);
  return following_ = true;
}

void Live::flush() {
  if (changed_) workspace_.put(path_.str(), file_.str());
  changed_ = false;
}

void Live::forget() {
  flush();
  following_ = direct_ = false;
  document_.close();
}

std::size_t Live::byte_of(std::uint32_t unit) const {
  if (!direct_ || unit < body16_) return byte_at(file_.str(), unit);
  std::uint32_t units = body16_;
  std::size_t at = body_;
  for (const Part& part : document_.parts()) {
    if (units + part.source16 > unit || !part.source) break;
    units += part.source16;
    at += part.source;
  }
  return at + byte_at(file_.str().substr(at), unit - units);
}

bool Live::edit(std::uint32_t begin, std::uint32_t end, Str insert) {
  if (!following_) return false;
  std::size_t from = byte_of(begin), to = end > begin ? byte_of(end) : from;
  // A character before and behind: a tag may have come about of two parts.
  direct_ = direct_ && from >= body_;
  file_.replace(from, to, insert);
  changed_ = true;
  if (!direct_) return false;
  Str near = slice(file_.str(), from ? from - 1 : 0, from + insert.size() + 1);
  direct_ = near.find("{{") == Str::npos && near.find("{%") == Str::npos;
  if (!direct_) return false;
  document_.edit(from - body_, to - body_, insert);
  new_shell_ = false;
  compare_parts();
  return true;
}

Live* Live::current_;

bool Live::convert(site::Site& site, Str text, Text& out) {
  Live& live = *current_;
  if (site.markdown_.dialect != markdown::Dialect::Kramdown) return false;
  live.converted_ = true;
  if (live.document_.is_open())
    live.document_.update(text);
  else
    live.document_.open(text, site.markdown_);
  for (const Part& part : live.document_.parts()) out.add(part.html);
  return true;
}

site::Status Live::view(Str url, Text& json) {
  flush();
  direct_ = converted_ = false;
  site::Site& site = workspace_.site();
  if (url_.str() != url || !may_read_on()) {
    // Another document: it is parsed as one, and all of it is told.
    url_.truncate(0);
    url_.add(url);
    document_.close();
    site.forget_rendered();
    shell_hash_ = 0;
    send_all();
  }
  current_ = this;
  site.converter_ = convert;
  Text html;
  site::Status status = workspace_.render(url, html, json);
  site.converter_ = nullptr;
  new_shell_ = false;
  made_ = {};
  first_ = gone_ = 0;
  if (status == site::Status::Needs || status == site::Status::Redirect) return status;
  cut(html.str());
  compare_parts();

  site::File* f = following_ ? workspace_.files().find(path_.str()) : nullptr;
  if (content_at_ == Str::npos || !f) return status;
  Str body = site::body_of(*f);
  direct_ = body == document_.text() && body.find("{{") == Str::npos && body.find("{%") == Str::npos;
  if (!direct_) return status;
  Str text = file_.str(), front = text.substr(0, text.size() - body.size());
  body_ = front.size();
  body16_ = utf16_size(front);
  return status;
}

/// Takes the content out of the page, when it stands there as it was made.
void Live::cut(Str html) {
  Text content;
  if (converted_)
    for (const Part& part : document_.parts()) content.add(part.html);
  Str wanted = content.str(), begin = wanted.substr(0, 200);
  std::size_t at = wanted.empty() ? Str::npos : html.find(begin);
  while (at != Str::npos && html.substr(at, wanted.size()) != wanted) at = html.find(begin, at + 1);
  if (at == Str::npos) document_.close();
  if (at == Str::npos || content_at_ == Str::npos) send_all();
  Str before = html.substr(0, at), after = at == Str::npos ? Str() : html.substr(at + wanted.size());
  std::uint64_t now = (hash(before) * 31 + hash(after)) * 2 + (at != Str::npos);
  new_shell_ = now != shell_hash_;
  shell_hash_ = now;
  content_at_ = at == Str::npos ? at : utf16_size(before);
  shell_.truncate(0);
  if (!new_shell_) return;
  shell_.add(before);
  shell_.add(after);
}

/// The editor has none of the parts, or none that are still parts.
void Live::send_all() {
  sent_ = {};
  all_ = true;
}

/// What is another than in the list of those that were sent, which is then this one.
void Live::compare_parts() {
  const List<Part>& parts = document_.parts();
  std::uint32_t most = parts.size < sent_.size ? parts.size : sent_.size, same = 0;
  for (first_ = 0; first_ < most && parts[first_].hash == sent_[first_];) ++first_;
  while (same < most - first_ && parts[parts.size - 1 - same].hash == sent_[sent_.size - 1 - same]) ++same;
  gone_ = all_ ? ~0u : sent_.size - first_ - same;
  all_ = false;
  made_ = {};
  Arena& arena = arenas_[arena_ ^= 1];
  arena.reset();
  for (std::uint32_t i = first_; i < parts.size - same; ++i) made_.add(arena, parts[i]);
  sent_ = {};
  for (const Part& part : parts) sent_.add(arena, part.hash);
}

void Live::add_lines(Str path, Arena& arena, List<std::uint32_t>& lines) const {
  site::File* f = workspace_.files().find(path);
  if (!f || f->presence != site::Presence::Loaded || !document_.is_open()) return;
  bool followed = following_ && path_.str() == path;
  Str file = followed ? file_.str() : f->source.text, text = document_.text();
  std::size_t at = file.size() - site::body_of(*f).size(), from = 0;
  if (followed && direct_) at = body_;
  std::uint32_t line = 1;
  for (char c : file.substr(0, at)) line += c == '\n';
  for (const Part& part : document_.parts()) {
    // What Liquid made of the file has other lines, too: a part is where its first line is found again.
    Str first = line_of(text, text.find_first_not_of(" \n", from));
    std::size_t found = at;
    if (!(followed && direct_) && !first.empty()) found = file.find(first, at);
    if (found != Str::npos) {
      for (; at < found; ++at) line += file[at] == '\n';
    }
    lines.add(arena, line);
    from += part.source;
    if (!(followed && direct_)) continue;
    line += part.lines;
    at += part.source;
  }
}

}  // namespace meridian
