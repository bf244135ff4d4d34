// Filters that templates get from Ruby in `_plugins`, or from small gems: of the
// lab-website-template, al-folio and jekyll-regex-replace. What needs regular expressions is made
// elsewhere (meridian/rouge.h).
#include "liquid/filters.h"
#include "meridian/rouge.h"
#include "model/glob.h"

namespace meridian::site {

namespace {
/// What a filter of rouge::add_filtered makes of the texts; false when it makes nothing, or not
/// yet.
bool filter_text(FilterCall& call, Str name, Str input, Str one, Str two, Text& out) {
  Request& r = request_of(call.context);
  if (!rouge::filter || !call.context.count(input.size())) return false;
  Text request;
  // The text last: it may be any file's.
  for (Str text : {one, two}) {
    request.add(text);
    request.add('\0');
  }
  request.add(input);
  switch (rouge::filter(out, name, request.str())) {
    case rouge::Filtered::Made: return true;
    case rouge::Filtered::NotLoaded: return r.needs.rouge = true, false;
    default:
      if (r.document)
        r.diagnostics.add({Severity::Warning, Rule::Liquid}, r.document->path,
                          "the pattern can't be read, or takes too long", one);
      return false;
  }
}

}  // namespace

Value filter_regex(FilterCall& call) {
  Request& r = request_of(call.context);
  // The gem's `.` matches no line feed, that of the template does.
  bool gem = call.op == kReplace && r.lists_plugin("jekyll-regex-replace", false);
  Str names = "replace_lines once google_fonts regex_strip remove_accents hideCustomBibtex", name;
  for (int i = static_cast<unsigned char>(call.op); i >= 0; i--) next_piece(names, ' ', name);
  Text keys;
  if (call.op == kBibtex) print_json(r.site.config_->get("filtered_bibtex_keywords"), keys);
  bool made = filter_text(call, gem ? Str("replace") : name, call.input_str(),
                          keys.size() ? keys.str() : call.arg_str(0), call.arg_str(1), call.out);
  return made ? call.text() : call.input;
}

Value filter_scan(FilterCall& call) {
  Text out;
  if (!filter_text(call, call.arg(1).truthy() ? "scan_lines" : "scan", call.input_str(),
                   call.arg_str(0), {}, out))
    return {};
  Array* found = make_array(call.arena);
  Str rest = call.arena.copy(out.str());
  for (Str text; next_piece(rest, '\0', text) && rest.data();) found->push(text);
  if (call.arg(2).truthy()) return Value(found);
  return found->size() ? (*found)[0] : Value();
}

/// file_exists, file_read: of the site's own files.
Value filter_file(FilterCall& call) {
  Request& r = request_of(call.context);
  Str path = without_slash(call.input_str());
  File* f = r.files.find(path);
  if (call.op == 'r' || !f || f->presence == Presence::Unknown) f = r.load(path);
  bool there = f && f->presence >= Presence::Listed;
  if (call.op != 'r') return there ? call.input : Value();
  // With a byte order mark, as Ruby reads a file.
  return there ? Value(Str(f->bytes, f->bytes ? std::size_t(f->size) : 0)) : Value();
}

/// bust_file_cache, bust_css_cache: the address with the MD5 of its file, or of all in
/// assets/_sass.
Value filter_bust(FilterCall& call) {
  Request& r = request_of(call.context);
  Str address = call.input_str();
  List<File*> files;
  std::size_t assets = address.find("assets/");
  if (call.op == 'c') {
    for (File* f = r.files.first(); f; f = f->next)
      if (f->presence >= Presence::Listed && starts_with(f->source.path, "assets/_sass/") &&
          !has_hidden_part(f->source.path))
        files.add(call.arena, f);
    sort_by_path(files, true);
  } else if (File* f = assets == Str::npos ? nullptr : r.load(address.substr(assets))) {
    files.add(call.arena, f);
  } else {
    return call.input;
  }
  Text content, made;
  for (File* f : files)
    if (File* loaded = r.load(f->source.path)) content.add(Str(loaded->bytes, loaded->size));
  made.add(address);
  made.add('?');
  return filter_text(call, "md5", content.str(), {}, {}, made) ? Value(call.arena.copy(made.str()))
                                                               : call.input;
}

/// emojify of _plugins/emoji.rb, whose setting is `emoji_dir`; without it no plugin is there.
Value filter_emojify(FilterCall& call) {
  Request& r = request_of(call.context);
  if (r.setting("emoji_dir").empty()) return call.input;
  return Value(r.with_emoji(call.input_str(), 0, false));
}

/// Filters of lists and hashes by the template `_plugins/filters.html`: its variable `result`, or
/// the JSON that it writes.
Value filter_made(FilterCall& call) {
  Request& r = request_of(call.context);
  // Of lists `c`, `d`, `f`; of hashes `h`, `o`.
  if (call.op < 'g' ? !call.input.array() : call.op != 'n' && !call.input.map()) return call.input;
  Map* given = make_map(call.arena);
  given->set("op", Str(&call.op, 1));
  given->set("input", call.input);
  given->set("one", call.arg(0));
  Array* parts = make_array(call.arena);
  parts->push(Value(given));
  Value result = call.input;
  Text json;
  File* f = r.load("theme:_plugins/filters.html");
  if (!f || !r.run(*r.template_of(*f, Part::Whole), json, {}, parts, &result)) return call.input;
  if (json.size())
    (void)parse_json(Source{{}, call.arena.copy(json.str())}, call.arena, result, r.diagnostics);
  return result;
}

}  // namespace meridian::site
