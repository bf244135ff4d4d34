// Reports what editors and file systems of Windows and macOS do otherwise: byte order marks, CR LF,
// backslashes, names that differ by case only, and names that Windows can't have.
#include "parts.h"

namespace meridian::check {

using site::File;
using site::Presence;

namespace {
constexpr Name kMark = "\xEF\xBB\xBF";
// The byte order marks of UTF-16, and the first dash of front matter.
constexpr char kLittleEndian[] = {'\xFF', '\xFE', '-', '\0'};
constexpr char kBigEndian[] = {'\xFE', '\xFF', '\0', '-'};
// More of them come from one habit, and are not mended one by one.
constexpr int kMostNames = 30;
constexpr Name kDevices =
    "con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 "
    "lpt7 lpt8 lpt9";

/// What keeps Jekyll from seeing the front matter that the bytes begin with; nullptr: nothing does.
const char* hidden_by(Str bytes) {
  if (starts_with(bytes, kMark) &&
      yaml::split_front_matter(bytes.substr(Str(kMark).size())).present)
    return "a byte order mark precedes the front matter";
  if (starts_with(bytes, {kLittleEndian, sizeof kLittleEndian}) ||
      starts_with(bytes, {kBigEndian, sizeof kBigEndian}))
    return "the file is UTF-16, not UTF-8";
  return nullptr;
}

Str in_lower_case(Arena& arena, Str path) {
  Text small;
  add_downcase(small, path);
  return arena.copy(small.str());
}

bool is_source(const File& f) { return !f.generated && f.presence >= Presence::Listed; }

/// Calls `visit` with each folder of a path, with its slash.
template <class Visit>
void each_folder(Str path, Visit visit) {
  for (std::size_t at = path.find('/'); at != Str::npos; at = path.find('/', at + 1))
    visit(path.substr(0, at + 1));
}

/// Where the source of an output sets its address; the whole file where it does not.
void report_at_permalink(Sources& s, const OutputFile& output, Str message, Str remedy) {
  constexpr Report kHow{Severity::Warning, Rule::FileCase};
  const File* f = s.workspace.files().find(output.source);
  if (f && f->front.matched && f->data.map() && f->data.map()->find("permalink"))
    return s.diagnostics.add(kHow, f->source, site::offset_of_key(*f, "permalink"), message,
                             remedy);
  s.diagnostics.add(kHow, output.source.empty() ? output.path : output.source, message, remedy);
}

/// The last name of a path, also of a folder with its slash.
Str last_of(Str path) { return site::file_name(site::without_last(path, '/')); }

/// Paths in lower case, and how each was written first.
class Cases {
 public:
  explicit Cases(Sources& s) : s_(s) {}
  /// The other way in which a path, or the first of its folders, was written; empty: there is none.
  /// `part` is that of the path which differs.
  Str other(Str path, Str& part) {
    Str found;
    auto look = [&](Str one) {
      Value& known = written_.set(in_lower_case(s_.arena, one));
      if (known.nil()) known = Value(one);
      if (found.empty() && last_of(known.str()) != last_of(one)) found = known.str(), part = one;
    };
    each_folder(path, look);
    look(path);
    // Of a folder it is told once.
    if (found.empty() || told_.find(part)) return {};
    told_.set(part) = true;
    return found;
  }

 private:
  Sources& s_;
  Map written_{&s_.arena}, told_{&s_.arena};
};

Str differ(Sources& s, Str begin, Str part, Str what, Str other) {
  return s.arena.join({"`", begin, part, "` differs from another ", what,
                       " by upper and lower case only: `", begin, other, "`"});
}

/// `Index.md`, which is not the first page of its folder.
void report_index(Sources& s, const OutputFile& one) {
  Str name = site::file_name(one.source), stem = site::without_extension(name);
  bool is_other = equal_ignoring_case(stem, "index") && stem != "index";
  const File* f =
      is_other && one.kind == OutputFile::Page ? s.workspace.files().find(one.source) : nullptr;
  if (!f || (f->data.map() && f->data.map()->find("permalink"))) return;
  s.diagnostics.add({Severity::Warning, Rule::FileCase}, one.source,
                    s.arena.join("`", name, "` is not the first page of its folder"),
                    s.arena.join("rename it to `index", site::extension_of(name), "`"));
}

/// Why Windows can't have a file or folder of this name; nullptr: it can.
const char* wrong_on_windows(Arena& arena, Str name) {
  if (name.find_first_of("<>:\"|?*\\") != Str::npos) return "has one of < > : \" | ? * \\";
  if (!name.empty() && is_one_of(name[name.size() - 1], ". ")) return "ends with a dot or a space";
  Str stem = rstrip(name.substr(0, name.find('.')));
  if (stem.size() != 3 && stem.size() != 4) return nullptr;
  return one_of(in_lower_case(arena, stem), kDevices) >= 0 ? "is that of a device" : nullptr;
}

/// The documents that have excerpts.
bool has_excerpt(Sources& s, Str path) {
  if (starts_with(path, "_posts/") || path.find("/_posts/") != Str::npos) return true;
  const Value collections = s.site().config()->get("collections");
  return path[0] == '_' && !get(collections, path.substr(1, path.find('/') - 1)).nil();
}

/// Whether the excerpt would end elsewhere with LF. Of a page whose text is not here it may.
bool misses_separator(const File& f, Str separator, Str wanted) {
  if (f.presence != Presence::Loaded) return true;
  Str body = site::body_of(f);
  return body.find(separator) == Str::npos && body.find(wanted) != Str::npos;
}
}  // namespace

void check_encodings(Sources& s, const List<OutputFile>& outputs) {
  Map pages{&s.arena};  // jekyll-optional-front-matter keeps a copy beside each
  for (const OutputFile& one : outputs)
    if (one.kind == OutputFile::Page) pages.set(one.source) = true;
  for (const OutputFile& one : outputs) {
    if (pages.find(one.source)) continue;
    const File* f = one.kind == OutputFile::Static ? s.workspace.files().find(one.source) : nullptr;
    if (!f || f->presence != Presence::Loaded || !f->bytes) continue;
    if (const char* why = hidden_by({f->bytes, std::size_t(f->size)}))
      s.diagnostics.add({Severity::Warning, Rule::Encoding}, f->source.path,
                        s.arena.join(why, ": the file is copied as it is, and is not a page"),
                        "save it as UTF-8 without a byte order mark (BOM)");
  }
}

void check_line_ends(Sources& s) {
  const File* first = nullptr;
  std::int64_t others = -1;
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    if (!is_source(*f) || !f->front.matched || !f->data.map()) continue;
    // The line of the opening fence tells: editors write all lines alike.
    if (!ends_with(f->source.text.substr(0, f->source.text.find('\n')), "\r")) continue;
    const Value& own = f->data.map()->get("excerpt_separator");
    Str separator = to_str(s.arena, own.nil() ? s.site().config()->get("excerpt_separator") : own);
    if (separator.find('\n') == Str::npos || separator.find('\r') != Str::npos) continue;
    Text wanted;
    for (char c : separator) wanted.add(c == '\n' ? Str("\r\n") : Str(&c, 1));
    if (!has_excerpt(s, f->source.path) || !misses_separator(*f, separator, wanted.str())) continue;
    if (!first || f->source.path < first->source.path) first = f;
    others++;
  }
  if (!first) return;
  Text message;
  message.add(
      "lines end with CR LF, so that `excerpt_separator` is not found: the excerpt is the "
      "whole text");
  if (others) {
    message.add(", as in ");
    message.add_int(others);
    message.add(others == 1 ? " other file" : " others");
  }
  s.diagnostics.add({Severity::Warning, Rule::Encoding}, first->source.path, message.str(),
                    "save it with LF; in git, write `* text=auto eol=lf` into .gitattributes");
}

void check_cases(Sources& s, const List<OutputFile>& outputs) {
  Cases written(s), sources(s);
  Map told{&s.arena};
  Str part;
  for (const OutputFile& one : outputs) {
    report_index(s, one);
    Str other = written.other(one.path, part);
    if (other.empty()) continue;
    told.set(in_lower_case(s.arena, one.source)) = true;
    bool folder = ends_with(part, "/");
    report_at_permalink(
        s, one, differ(s, "/", part, folder ? "folder of the site" : "file of the site", other),
        folder ? Str("write both alike: Windows and macOS have only one of them")
               : Str("rename one of them: Windows and macOS keep only one of the two"));
  }
  for (const File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path;
    Str other = is_source(*f) ? sources.other(path, part) : Str();
    if (other.empty() || told.find(in_lower_case(s.arena, path))) continue;
    s.diagnostics.add({Severity::Warning, Rule::FileCase}, path,
                      differ(s, {}, part, ends_with(part, "/") ? "folder" : "source", other),
                      "rename one of them: Windows and macOS keep only one of the two");
  }
}

void check_names_for_windows(Sources& s, const List<OutputFile>& outputs) {
  Map told{&s.arena};
  int names = 0;
  auto look = [&](Str file, Str begin, Str path) {
    Str rest = path, name;
    while (names < kMostNames && next_piece(rest, '/', name)) {
      const char* why = wrong_on_windows(s.arena, name);
      if (!why || told.find(file)) continue;
      told.set(file) = true;
      Value& known = told.set(s.arena.join("\n", path.substr(0, path.size() - rest.size())));
      if (known.truthy()) continue;  // a folder, by another file
      known = true;
      names++;
      s.diagnostics.add(
          {Severity::Info, Rule::Portability}, file,
          s.arena.join({"Windows can't have `", begin, path, "`: the name `", name, "` ", why}),
          "rename it, so that the folder can be cloned and unpacked there");
    }
  };
  for (const File* f = s.workspace.files().first(); f; f = f->next)
    if (is_source(*f)) look(f->source.path, {}, f->source.path);
  for (const OutputFile& one : outputs)
    look(one.source.empty() ? one.path : one.source, "/", one.path);
}

Str remedy_for_path(const site::Files& files, Arena& arena, Str path) {
  if (path.find('\\') != Str::npos) {
    Text slashes;
    for (char c : path) slashes.add(c == '\\' ? '/' : c);
    return arena.join("write `", slashes.str(), "`, with slashes");
  }
  // The folder of it is not known: `_includes`, the page's, none.
  for (const File* f = files.first(); f; f = f->next) {
    if (!is_source(*f) || f->source.path.size() < path.size()) continue;
    Str there = f->source.path, stem = site::without_extension(there);
    for (Str one : {there, stem}) {
      Str end = one.substr(one.size() < path.size() ? 0 : one.size() - path.size());
      bool whole = end.size() == one.size() || one[one.size() - end.size() - 1] == '/';
      if (whole && end != path && equal_ignoring_case(end, path))
        return arena.join("upper and lower case differ: the file is `", there, "`");
    }
  }
  return {};
}

}  // namespace meridian::check
