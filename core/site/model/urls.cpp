// Permalinks and routes (Jekyll::URL, Drops::UrlDrop, Page#template).
#include "model/reader.h"

namespace meridian::site {

static constexpr Name kCompiled = ".meridian.css";

Str slug_of(Arena& arena, const Document& d) {
  const Value& slug = d.data->get("slug");
  return slug.nil() ? without_extension(file_name(d.path)) : to_str(arena, slug);
}

bool is_sass(Str path) { return one_of(extension_of(path), ".scss .sass") >= 0; }

Str compiled_sheet(Arena& arena, Str path) {
  return arena.join(without_extension(path), kCompiled);
}

bool is_compiled_sheet(Str path) { return ends_with(path, kCompiled); }

Str sanitized_url(Arena& a, Str url) {
  Text step, out;
  step.add('/');
  for (std::size_t i = 0; i < url.size(); i++) {
    if (url.substr(i, 2) == "..")
      step.add('/'), i++;
    else
      step.add(url[i]);
  }
  Str s = step.str();
  for (std::size_t i = 0; i < s.size(); i++) {
    if (s.substr(i, 2) == "./")
      i++;
    else if (s[i] != '/' || out.back() != '/')
      out.add(s[i]);
  }
  return a.copy(out.str());
}

namespace {
/// URL.escape_path: all but RFC 3986's path characters becomes %XX.
void add_escaped_path(Text& out, Str s) {
  for (char c : s) {
    if (is_alnum(c) || is_one_of(c, "-._~!$&'()*+,;=:@/"))
      out.add(c);
    else
      add_percent(out, c);
  }
}

/// Utils.add_permalink_suffix
Str with_suffix(Arena& a, Str path, Str style) {
  bool slash = ends_with(style, "/") || style == "pretty";
  bool extension = ends_with(style, ":output_ext") || one_of(style, "date ordinal none") >= 0;
  return a.join(path, slash ? "/" : extension ? ":output_ext" : "");
}

struct Placeholders {
  RequestContext& request;
  SiteState& site;
  Document& d;

  /// The folders and name inside the collection, or inside `_posts`.
  Str cleaned_path() {
    Str path = without_extension(d.path);
    Str special = request.arena.join("_", d.collection->label);
    std::size_t at = path.find(special);
    if (at != Str::npos)
      path = request.arena.join(path.substr(0, at), path.substr(at + special.size()));
    return without_last(path, '.');
  }
  void add_categories(Text& out, bool slugs) {
    Array* list = d.data->get("categories").array();
    if (!list) return;
    Map seen{&request.arena};
    for (const Value& v : *list) {
      Text one;
      if (slugs)
        add_slug(one, ruby_string(request.arena, v));
      else
        add_downcase(one, ruby_string(request.arena, v));
      Str name = request.arena.copy(one.str());
      if (seen.find(name)) continue;
      seen.set(name, true);
      if (!out.empty()) out.add('/');
      out.add(name);
    }
  }
  /// False when there is no such key.
  bool value(Str key, Text& out) {
    bool is_static = d.kind == DocumentKind::Static;
    if (is_static && one_of(key, "output_ext path collection name title") < 0) return false;
    // Keys that print a part of the date, each with its format.
    Str dates =
        "year %Y month %m day %d hour %H minute %M second %S i_day %-d i_month %-m short_month %b "
        "long_month %B short_year %y w_year %G week %V w_day %u short_day %a long_day %A y_day %j";
    for (Str name, format; next_piece(dates, ' ', name) && next_piece(dates, ' ', format);)
      if (name == key) return add_strftime(out, d.date.time(), format, site.zone_), true;
    enum class Key {
      OutputExt,
      Path,
      Collection,
      Name,
      Title,
      Slug,
      Categories,
      SlugifiedCategories
    };
    switch (Key(one_of(
        key, "output_ext path collection name title slug categories slugified_categories"))) {
      case Key::OutputExt:
        if (!is_static) out.add(d.output_ext);
        return true;
      case Key::Path: out.add(cleaned_path()); return true;
      case Key::Collection: out.add(d.collection->label); return true;
      case Key::Name:
        if (is_static)
          out.add(without_extension(file_name(d.path)));
        else
          add_slug(out, without_extension(file_name(d.path)));
        return true;
      case Key::Title:
        if (!is_static) add_slug(out, slug_of(request.arena, d), "pretty", true);
        return true;
      case Key::Slug: add_slug(out, slug_of(request.arena, d)); return true;
      case Key::Categories: add_categories(out, false); return true;
      case Key::SlugifiedCategories: add_categories(out, true); return true;
      default: return false;
    }
  }

  void generate(Str pattern, Text& out) {
    for (std::size_t i = 0; i < pattern.size();) {
      std::size_t end = i + 1;
      if (pattern[i] == ':')
        end = skip(pattern, end, [](char c) { return (c >= 'a' && c <= 'z') || c == '_'; });
      Str key = pattern.substr(i + 1, end - i - 1);
      Text text;
      bool ok = pattern[i] == ':' && !key.empty();
      if (ok && !value(key, text)) {
        // `:month_:day`: the underscore may belong to the text behind it
        ok = ends_with(key, "_") && value(key.substr(0, key.size() - 1), text);
        if (ok)
          end--;
        else if (d.kind != DocumentKind::Static)
          add_diagnostic(
              *d.file, Str::npos,
              request.arena.join("the permalink names `:", key, "`, which can't be part of a URL"),
              "see Jekyll's list of permalink placeholders");
      }
      if (ok) {
        add_escaped_path(out, text.str());
        i = end;
      } else {
        out.add(pattern[i++]);
      }
    }
  }
};
}  // namespace

void ModelReader::set_url(Document& d) {
  Arena& a = site.arena_;
  bool is_static = d.kind == DocumentKind::Static;
  Str extension = extension_of(d.path), style = setting("permalink");
  if (is_static && !d.collection) {
    d.url = a.join("/", d.path);
    return;
  }
  Value permalink = is_static ? Value() : d.data->get("permalink");
  if (d.kind == DocumentKind::Page && !d.data->find("permalink"))
    default_value(d.path, "pages", "permalink", permalink);
  Str given = to_str(a, permalink);
  d.explicit_url = !given.empty();
  if (d.explicit_url && !site.text_language_.empty())
    if (Value own = d.data->get(a.join("permalink_", site.text_language_)); own.truthy())
      given = to_str(a, own);
  Str permalink_extension = ends_with(given, "/") ? Str() : extension_of(given);
  d.output_ext = !permalink_extension.empty() ? permalink_extension
                 : d.markdown                 ? Str(".html")
                 : is_sass(d.path)            ? Str(".css")
                                              : extension;
  Text url;
  if (d.collection) {
    Str pattern = given;
    if (pattern.empty()) pattern = to_str(a, d.collection->metadata->get("permalink"));
    if (pattern.empty()) pattern = with_suffix(a, "/:collection/:path", style);
    Placeholders{*this, site, d}.generate(pattern, url);
  } else {
    Str folder = folder_of(d.path), name = without_extension(file_name(d.path));
    name = without_last(name, '.');
    bool html = is_html(d.output_ext);
    bool index =
        name == "index" || (site.plugins_[kReadmeIndex] && d.markdown &&
                            equal_ignoring_case(name, "readme") && !explicit_index(folder) &&
                            (!site.jekyll_ || !d.file->front.present ||
                             dig(Value(site.config_), "readme_index.with_frontmatter").truthy()));
    Str pattern = !given.empty() ? given
                  : !html        ? Str("/:path/:basename:output_ext")
                  : index
                      ? Str("/:path/")
                      : with_suffix(a, "/:path/:basename", site.jekyll_ ? style : Str("pretty"));
    // generate_url_from_hash
    for (std::size_t i = 0; i < pattern.size();) {
      Str rest = pattern.substr(i);
      if (starts_with(rest, ":path"))
        add_escaped_path(url, folder), i += 5;
      else if (starts_with(rest, ":basename"))
        add_escaped_path(url, name), i += 9;
      else if (starts_with(rest, ":output_ext"))
        add_escaped_path(url, d.output_ext), i += 11;
      else
        url.add(pattern[i++]);
    }
  }
  d.url = sanitized_url(a, url.str());
  if (is_static) d.url = a.join(d.url.substr(0, d.url.size() - ends_with(d.url, "/")), extension);
}

bool ModelReader::explicit_index(Str folder) const {
  Str names = "index.md index.html index.markdown";
  for (Str name; next_piece(names, ' ', name);)
    if (site.by_path_->find(path_in(arena, folder, name))) return true;
  return false;
}

Str ModelReader::output_path(const Document& d) {
  Text path;
  add_url_decoded(path, d.url.substr(starts_with(d.url, "/")));
  bool folder = ends_with(d.url, "/"), is_page = d.kind == DocumentKind::Page;
  if (folder) path.add(is_page ? "index" : "index.html");
  if (folder ? is_page : d.kind != DocumentKind::Static && !ends_with(path.str(), d.output_ext))
    path.add(d.output_ext);
  return site.arena_.copy(path.str());
}

void ModelReader::index_output(Document& d) {
  d.root = site.root_;
  Value& slot = site.outputs_->set(output_path(d));
  if (slot.nil()) {
    slot = value_of(d);
    return;
  }
  Document* first = document_in(slot);
  if (first == &d) return;
  // jekyll-readme-index leaves a folder alone that has a page at its address.
  for (Document* one : {&d, first}) {
    if (!site.jekyll_ || d.kind != DocumentKind::Page || first->kind != DocumentKind::Page ||
        one->file->front.present ||
        !equal_ignoring_case(without_extension(file_name(one->path)), "readme"))
      continue;
    one->published = one->written = false;
    if (one == first) slot = value_of(d);
    return;
  }
  // In Jekyll the later one overwrites: pages, then static files, then documents. It does not
  // matter which is read first.
  auto rank = [](const Document& x) {
    return x.kind == DocumentKind::Redirect ? 0
           : x.kind == DocumentKind::Page   ? 1
           : x.kind == DocumentKind::Static ? 2
                                            : 3;
  };
  bool same = rank(d) == rank(*first),
       sorted = d.kind == first->kind && (rank(d) == 1 || rank(d) == 3);
  if (same && sorted ? renders_later(d, *first) : rank(d) >= rank(*first)) slot = value_of(d);
  if (d.kind == DocumentKind::Redirect || first->kind == DocumentKind::Redirect) return;
  const bool made = d.file->generated;
  const File &own = made ? *first->file : *d.file, &other = made ? *d.file : *first->file;
  if (own.generated) return;
  bool same_file = &own == &other;
  Str others = other.generated ? Str("a page that a plugin makes has")
               : !same_file    ? arena.join("`", other.source.path, "` has")
               : d.pager       ? Str("the pages of its list have")
                               : Str("it is a page and a document, which have");
  site.found_.add({Severity::Warning, Rule::DuplicateAddress}, own.source.path,
                  arena.join(others, " the same URL, ", d.url),
                  !same_file ? Str("give one of the two another `permalink`")
                  : d.pager  ? Str("write `:num` into `paginate_path`")
                             : Str("take its folder out of `include`"));
}

Document* ModelReader::resolve(Str url, bool& sure) {
  sure = true;
  url = url.substr(0, url.find_first_of("?#"));
  Str inside = inside_folder(url, site.baseurl_);
  if (inside.data() || url == site.baseurl_) url = inside;
  Text decoded;
  add_url_decoded(decoded, url);
  Str path = without_slashes(decoded.str());
  auto find = [&](Str begin, Str end) -> Document* {
    Value* v = site.outputs_->find(arena.join(begin, end));
    return v ? document_in(*v) : nullptr;
  };
  auto known = [&]() -> Document* {
    if (path.empty() || ends_with(path, "/")) {
      Document* d = find(path, "index.html");
      return d || path.empty() ? d : find(path.substr(0, path.size() - 1), ".html");
    }
    if (Document* d = find(path, "")) return d;
    if (Document* d = find(path, ".html")) return d;
    return find(path, "/index.html");
  };
  Document* found = known();
  // jekyll-paginate-v2 replaces it by pages of its own.
  if (found && !found->list && get(found->data->get("pagination"), "enabled").truthy() &&
      lists_plugin("jekyll-paginate-v2", false)) {
    if (!read_outputs()) return sure = false, nullptr;
    found = known();
  }
  if (found) return found;

  // Not read yet: first the document that would have this URL by its name alone, then all pages,
  // then all documents.
  Str wanted = without_last(path, '/');
  if (ends_with(wanted, ".html")) wanted.remove_suffix(5);
  for (Document* d : site.documents_) {
    if (d->read) continue;
    Str whole = without_extension(d->path);
    bool index = is_index(file_name(whole)) && folder_of(whole) == wanted;
    bool named = !wanted.empty() && (whole == wanted || (d->kind == DocumentKind::Document &&
                                                         ends_with(whole, file_name(wanted))));
    if (index || named) read(*d);
  }
  if (needs.any()) return sure = false, nullptr;
  if (Document* d = known()) return d;
  bool all = read_pages();
  if (all)
    if (Document* d = known()) return d;
  if (!all || !read_outputs()) return sure = false, nullptr;
  return known();
}

}  // namespace meridian::site
