#include "meridian/live.h"

#include "meridian/text.h"

namespace meridian {

namespace {
/// Whether a text may have a link with an address of its own: `[text](address)`, `[label]: address`
/// but for `[^1]: note`.
bool may_have_links(Str text) {
  constexpr std::size_t kLabel = 100;
  if (text.find("](") != Str::npos) return true;
  for (std::size_t at = 0; (at = text.find("]:", at)) != Str::npos; at++) {
    Str label = slice(text, at < kLabel ? 0 : at - kLabel, at);
    std::size_t open = label.rfind('[');
    if (open == Str::npos || char_at(label, open + 1) != '^') return true;
  }
  return false;
}

/// Whether our theme's layouts write a part otherwise than the parser: they name the boxes of
/// tasks, and give notes their roles (core/theme/_layouts/compress.html).
bool is_for_layouts(Str html) {
  return html.find("task-list-item-checkbox") != Str::npos ||
         html.find(" role=\"doc-") != Str::npos;
}

Str line_of(Str s, std::size_t at) { return slice(s, at, s.find('\n', at)); }

/// Where this HTML ends in a page of which layouts have changed white space alone, as those that
/// compress do, and plugins the values of attributes, as those of links; npos: it is not there.
std::size_t end_without_spaces(Str page, std::size_t at, Str html) {
  constexpr std::size_t kValue = 4096;  // bytes of a value
  std::size_t end = at;
  bool in_value = false;
  char before = 0;
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (is_space(html[i])) continue;
    while (at < page.size() && is_space(page[at])) ++at;
    if (at >= page.size()) return Str::npos;
    if (page[at] != html[i]) {
      const std::size_t rest = in_value ? page.substr(at, kValue).find('"') : Str::npos;
      i = html.find('"', i);
      if (rest == Str::npos || i == Str::npos) return Str::npos;
      at += rest;
    }
    if (html[i] == '"') in_value = before == '=' && !in_value;
    before = html[i];
    end = ++at;
  }
  return end;
}
}  // namespace

bool Live::follow(Str path) {
  if (following_ && path_.str() == path) return true;
  site::File* f = workspace_.files().find(path);
  write();
  direct_ = following_ = false;
  if (!f || f->presence != site::Presence::Loaded || !f->bytes) return false;
  // As it was put: the editor's positions count a byte order mark, and bytes that are not UTF-8 are
  // replaced in the source.
  Str bytes(f->bytes, std::size_t(f->size));
  if (find_invalid_utf8(bytes) != Str::npos) return false;
  path_.truncate(0);
  path_.add(path);
  file_.truncate(0);
  file_.add(bytes);
  following_ = true;
  look_directly();
  return true;
}

void Live::flush() {
  write();
  shared_ |= !viewed_;
}

void Live::write() {
  if (changed_) workspace_.put(path_.str(), file_.str());
  changed_ = false;
}

void Live::forget() {
  write();
  following_ = direct_ = false;
  document_.close();
}

std::size_t Live::byte_of(std::uint32_t unit) const {
  if (!direct_ || unit < body16_) return offset_of_utf16(file_.str(), unit);
  std::uint32_t units = body16_;
  std::size_t at = body_;
  for (const Part& part : document_.parts()) {
    if (units + part.source16 > unit || !part.source) break;
    units += part.source16;
    at += part.source;
  }
  return at + offset_of_utf16(file_.str().substr(at), unit - units);
}

bool Live::edit(std::uint32_t begin, std::uint32_t end, Str insert) {
  if (!following_) return false;
  std::size_t from = byte_of(begin), to = end > begin ? byte_of(end) : from;
  direct_ = direct_ && from >= body_;
  file_.replace(from, to, insert);
  changed_ = true;
  viewed_ = false;
  // Blank lines at its begin belong to the front matter.
  Str body = file_.str().substr(body_);
  direct_ = direct_ && slice(body, 0, body.find_first_not_of(" \t\r\n")).find('\n') == Str::npos;
  if (!direct_) return false;
  // With one character before and behind: a tag may have been formed from two parts.
  Str near = slice(file_.str(), from ? from - 1 : 0, from + insert.size() + 1);
  direct_ = !site::has_liquid(near) && !(visits_links_ && may_have_links(near));
  if (!direct_) return false;
  document_.edit(from - body_, to - body_, insert);
  new_shell_ = whole_ = false;
  const List<Sent> sent = sent_;
  const bool all = all_;
  compare_parts(false);
  if (may_stand_as_parsed(sent)) return true;
  // Nothing was sent.
  sent_ = sent;
  all_ = all;
  arena_ ^= 1;
  return direct_ = false;
}

/// Whether layouts would leave the new parts as the parser made them. `sent`: those before; where
/// layouts have changed one, they may change the one in its place.
bool Live::may_stand_as_parsed(const List<Sent>& sent) const {
  for (const Part& part : made_)
    if (is_for_layouts(part.html)) return false;
  for (std::uint32_t i = first_; i < sent.size && i - first_ < gone_; ++i)
    if (sent[i].own != sent[i].final) return false;
  return true;
}

Live* Live::current_;

bool Live::convert(const markdown::Options& options, Str text, markdown::LinkVisit links,
                   Text& out) {
  markdown::LiveDocument& document = current_->document_;
  current_->visits_links_ = links.visit != nullptr;
  // Of kramdown, parts have links as written: they are found in the page by what is around these.
  const bool written = links.visit && options.dialect == markdown::Dialect::Kramdown;
  const markdown::LinkVisit own = written ? markdown::LinkVisit{} : links;
  if (document.is_open())
    document.update(text, own);
  else
    document.open(text, options, own);
  if (written) {
    Arena tree;
    return markdown::to_html(text, options, tree, out, links);
  }
  for (const Part& part : document.parts()) out.add(part.html);
  return document.is_open();
}

/// Renders the page in view; with convert() its content becomes the document.
site::Status Live::render(site::MarkdownConverter converter, Text& html, Text& json) {
  site::Site& site = workspace_.site();
  // Cached contents would bypass the converter.
  if (!document_.is_open()) site.forget_rendered();
  current_ = this;
  site.set_converter(converter);
  const site::Status status = workspace_.render(url_.str(), html, json);
  site.set_converter(nullptr);
  return status;
}

site::Status Live::view(Str url, Text& json) {
  write();
  direct_ = false;
  // A content that was rendered for others since the last edit would bypass the converter.
  if (shared_) workspace_.site().forget_rendered();
  shared_ = false;
  viewed_ = true;
  if (url_.str() != url || !may_read_on()) {
    // Another document: it is parsed whole, and all its parts are sent.
    url_.truncate(0);
    url_.add(url);
    document_.close();
    shell_hash_ = 0;
    send_all();
  }
  Text html;
  const site::Status status = render(convert, html, json);
  new_shell_ = whole_ = false;
  made_ = {};
  first_ = gone_ = 0;
  if (status == site::Status::Needs || status == site::Status::Redirect) return status;
  cut(html.str());
  compare_parts(true);

  look_directly();
  return status;
}

/// Whether the document in view is in the followed file unchanged, and where.
void Live::look_directly() {
  direct_ = false;
  site::File* f = following_ && !changed_ ? workspace_.files().find(path_.str()) : nullptr;
  if (content_at_ == Str::npos || !f) return;
  Str body = site::body_of(*f);
  if (body != document_.text() || site::has_liquid(body) || (visits_links_ && may_have_links(body)))
    return;
  direct_ = true;
  Str front = file_.str().substr(0, file_.size() - body.size());
  body_ = front.size();
  body16_ = utf16_size(front);
}

/// Finds the parts in the page, one behind the other from `begin` on. Text that layouts changed
/// lies before the next part that is found.
bool Live::align(Str page, std::size_t begin, std::size_t& end) {
  constexpr std::uint32_t kLookAhead = 20;
  // Bytes: of the search text, of its end, and by which a part may have grown.
  constexpr std::size_t kLeast = 16, kTail = 24, kMore = 4096;
  const List<Part>& parts = document_.parts();
  finals_ = {};
  finals_arena_.reset();
  end = begin;
  auto add_changed = [&](std::size_t to) {
    Str html = slice(page, end, to);
    finals_.add(finals_arena_, {html.empty() ? Str("") : finals_arena_.copy(html), fnv1a(html)});
    end = to;
  };
  for (std::uint32_t i = 0; i < parts.size;) {
    Str html = parts[i].html;
    if (page.substr(end, html.size()) == html) {
      finals_.add(finals_arena_, {{}, parts[i].hash});
      end += html.size();
      ++i;
      continue;
    }
    if (std::size_t loose = end_without_spaces(page, end, html); loose != Str::npos) {
      add_changed(loose);
      ++i;
      continue;
    }
    std::uint32_t next = i;
    std::size_t found = Str::npos, own = 0;  // bytes that the parts in between had
    while (found == Str::npos) {
      Str last = parts[next].html;
      own += last.size();
      if (++next - i > kLookAhead) return false;
      if (next < parts.size) {
        Str wanted = parts[next].html;
        if (wanted.size() >= kLeast)
          found = page.substr(end, 2 * own + kMore + wanted.size()).find(wanted);
        continue;
      }
      // The last part ends as it did, but for the line's end.
      last = rstrip(last);
      Str tail = last.substr(last.size() - (last.size() < kTail ? last.size() : kTail));
      found = page.substr(end + own / 4 * 3, own + kMore).find(tail);
      if (found == Str::npos) return false;
      found += own / 4 * 3 + tail.size();
    }
    // Of several all of it is the first's.
    for (add_changed(end + found); ++i < next;) add_changed(end);
  }
  return true;
}

/// Removes the content from the page, if it is there.
void Live::cut(Str html) {
  constexpr int kTries = 8;           // of places that begin as the content does
  constexpr std::size_t kBegin = 64;  // bytes, where layouts have changed its spaces
  std::size_t at = Str::npos, end = 0;
  const List<Part> parts = document_.is_open() ? document_.parts() : List<Part>{};
  Str first = parts.empty() ? Str() : parts[0].html, blank;
  // A line of Liquid leaves a blank one, which is everywhere.
  if (parts.size > 1 && rstrip(first).empty()) blank = first, first = parts[1].html;
  const Str line = line_of(first, 0).substr(0, kBegin);
  std::size_t tried = 0;  // bytes: each of these begins the one before
  for (Str begin : {first, line, line.substr(0, line.find('"'))}) {
    if (begin.empty() || begin.size() == tried) continue;
    tried = begin.size();
    std::size_t next = html.find(begin);
    for (int i = 0; next != Str::npos && i < kTries && at == Str::npos; ++i) {
      const std::size_t from = next - (html.substr(0, next).ends_with(blank) ? blank.size() : 0);
      if (align(html, from, end))
        at = from;
      else
        next = html.find(begin, next + 1);
    }
    if (at != Str::npos) break;
  }
  if (at == Str::npos) document_.close();
  if (at == Str::npos || content_at_ == Str::npos) send_all();
  Str before = html.substr(0, at), after = at == Str::npos ? Str() : html.substr(end);
  std::uint64_t now = (fnv1a(before) * 31 + fnv1a(after)) * 2 + (at != Str::npos);
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

/// The parts that differ from those sent before; the lists of sent parts are updated. After a
/// render a part is its form in the page; after an edit it is the parser's, and the others are
/// unchanged.
void Live::compare_parts(bool rendered) {
  const List<Part>& parts = document_.parts();
  Arena& arena = arenas_[arena_ ^= 1];
  arena.reset();
  const List<Sent> old = sent_;
  auto final = [&](std::uint32_t i) { return rendered && finals_[i].html.data(); };
  auto is_sent = [&](std::uint32_t i, const Sent& s) {
    return rendered ? s.final == finals_[i].hash : s.own == parts[i].hash;
  };
  std::uint32_t most = parts.size < old.size ? parts.size : old.size, same = 0;
  for (first_ = 0; first_ < most && is_sent(first_, old[first_]);) ++first_;
  while (same < most - first_ && is_sent(parts.size - 1 - same, old[old.size - 1 - same])) ++same;
  gone_ = all_ ? ~0u : old.size - first_ - same;
  all_ = false;
  made_ = {};
  sent_ = {};
  for (std::uint32_t i = first_; i < old.size - same; ++i) whole_ |= old[i].raw;
  for (std::uint32_t i = 0; i < parts.size; ++i) {
    bool known = i < first_ || i >= parts.size - same;
    Part part = parts[i];
    Sent sent{part.hash, part.hash, part.raw};
    if (final(i)) {
      sent.final = finals_[i].hash;
      part.html = finals_[i].html;
    } else if (known && !rendered) {
      sent = i < first_ ? old[i] : old[i + old.size - parts.size];
    }
    sent_.add(arena, sent);
    if (known) continue;
    whole_ |= part.raw;
    if (final(i)) part.html16 = utf16_size(part.html);
    made_.add(arena, part);
  }
}

void Live::add_lines(Str path, Arena& arena, List<std::uint32_t>& lines) const {
  site::File* f = workspace_.files().find(path);
  if (!f || f->presence != site::Presence::Loaded || !document_.is_open()) return;
  bool followed = following_ && path_.str() == path, exact = followed && direct_;
  Str file = followed ? file_.str() : f->source.text, text = document_.text();
  std::size_t at = file.size() - site::body_of(*f).size(), from = 0;
  if (exact) at = body_;
  std::uint32_t line = 1;
  for (char c : file.substr(0, at)) line += c == '\n';
  for (const Part& part : document_.parts()) {
    // Liquid's output has other lines than the file: a part is where its first line is found.
    Str first = line_of(text, text.find_first_not_of(" \n", from));
    std::size_t found = at;
    if (!exact && !first.empty()) found = file.find(first, at);
    if (found != Str::npos) {
      for (; at < found; ++at) line += file[at] == '\n';
    }
    lines.add(arena, line);
    from += part.source;
    if (!exact) continue;
    line += part.lines;
    at += part.source;
  }
}

}  // namespace meridian
