// Jekyll's own tags: include, include_relative, link, post_url, highlight; those of plugins.
#include "liquid/tags.h"

#include "meridian/rouge.h"

namespace meridian::site {

using liquid::Body;
using liquid::Context;
using liquid::Node;
using liquid::TagParse;

namespace {
// ---- include ----

struct Parameter {
  Str key;
  Str text;                              // of a quoted one, unescaped
  const liquid::Expression* expression;  // of a variable
  Parameter* next;
};
struct Include {
  Str file;                // as written
  liquid::Template* name;  // when it is a template itself: {% include {{ page.box }} %}
  Parameter* parameters;
  bool has_parameters;
  bool from_theme;
};

bool is_name(char c) { return is_alnum(c) || is_one_of(c, "_-"); }
bool is_path(char c) { return is_name(c) || c == '.'; }
bool is_no_space(char c) { return !is_space(c); }
bool is_no_brace(char c) { return !is_space(c) && !is_one_of(c, "{}"); }

/// IncludeTag::VARIABLE_SYNTAX: the file's name up to the end of the text attached to its `{{ }}`,
/// which enclose a variable.
std::size_t variable_end(Str markup) {
  std::size_t at = markup.find("{{"), end = Str::npos;
  while (starts_with(markup.substr(at), "{{")) {
    std::size_t name = skip(markup, at + 2, is_space), behind = skip(markup, name, is_path);
    if (behind == name) break;
    at = skip(markup, behind, is_space);
    if (char_at(markup, at) == '|') at = markup.find("}}", at);
    if (!starts_with(markup.substr(at), "}}")) break;
    end = at = skip(markup, at + 2, is_no_brace);
  }
  return end;
}

Str unescaped(Arena& arena, Str s, char quote) {
  Text t;
  for (std::size_t i = 0; i < s.size(); i++) {
    if (s[i] == '\\' && char_at(s, i + 1) == quote) i++;
    t.add(s[i]);
  }
  return arena.copy(t.str());
}

/// `key="value" key='value' key=variable.name`
bool parse_parameters(TagParse& p, Include& include, Str rest) {
  Parameter** tail = &include.parameters;
  std::size_t i = skip(rest, 0, is_space);
  while (i < rest.size()) {
    std::size_t begin = i;
    i = skip(rest, i, is_name);
    auto* parameter = p.arena.make<Parameter>();
    parameter->key = slice(rest, begin, i);
    i = skip(rest, i, is_space);
    bool ok = !parameter->key.empty() && char_at(rest, i) == '=';
    begin = i = skip(rest, i + 1, is_space);
    char quote = char_at(rest, i);
    if (quote == '"' || quote == '\'') {
      begin++;
      do i += rest[i] == '\\' ? 2 : 1;
      while (i < rest.size() && rest[i] != quote);
      ok = ok && i < rest.size();
      parameter->text = unescaped(p.arena, slice(rest, begin, i), quote);
      i++;
    } else {
      i = skip(rest, i, is_path);
      ok = ok && i > begin;
      parameter->expression = p.expression(slice(rest, begin, i));
    }
    if (!ok || (i < rest.size() && !is_space(rest[i])))
      return p.fail("ArgumentError", p.arena.join("these parameters can't be read: ", rest),
                    "write them as name=\"value\" or name=variable");
    *tail = parameter;
    tail = &parameter->next;
    i = skip(rest, i, is_space);
  }
  return true;
}

/// A template in a tag's markup.
liquid::Template* parse_template(TagParse& p, Str text) {
  auto* source = p.arena.make<Source>(p.source.path, text);
  return liquid::parse(p.arena, *source, 0, p.environment, p.diagnostics);
}

bool parse_include(TagParse& p) {
  auto* include = p.arena.make<Include>();
  p.node.data = include;
  include->from_theme = starts_with(p.source.path, kThemePrefix);
  Str markup = strip(p.node.markup), rest;
  std::size_t end = variable_end(markup);
  bool is_template = end != Str::npos;
  if (!is_template) end = skip(markup, 0, is_no_space);
  include->file = strip(markup.substr(0, end));
  rest = strip(markup.substr(end));
  if (is_template) include->name = parse_template(p, include->file);
  include->has_parameters = !rest.empty() || include->name;
  return parse_parameters(p, *include, rest);
}

bool valid_file_name(Str file) {
  for (std::size_t i = 0; i < file.size(); i++) {
    if (is_one_of(file[i], "./") && is_one_of(char_at(file, i + 1), "./")) return false;
    if (!is_name(file[i]) && !is_one_of(file[i], "/.()+~#@")) return false;
  }
  return !file.empty();
}

void render_include(Context& c, const Node& node) {
  Request& r = request_of(c);
  const auto& include = *static_cast<const Include*>(node.data);
  bool relative = node.type->op == 'r';
  Str file = include.file;
  if (include.name) {
    Text name;
    if (!c.capture(*include.name, name)) return;
    file = strip(r.arena.copy(name.str()));
  }
  if (!valid_file_name(file))
    return c.raise("ArgumentError",
                   r.arena.join("'", file, "' can't be the name of an included file"),
                   "use letters, digits and -_./");
  File* f;
  bool text = node.type->op == 't';
  if (text) {
    // A variable with a path may stand in place of it.
    Str named = to_str(r.arena, c.evaluate(liquid::parse_expression(r.arena, file)));
    if (!named.empty()) file = named;
    Str path = r.arena.join(r.folder_of_texts(), file);
    if (r.presence_of(path) == Presence::Missing)
      path = r.arena.join({"_i18n/", r.setting("default_lang"), "/", file});
    f = r.load(path);
  } else if (relative) {
    Str page = r.document ? r.document->file->source.path : Str();
    if (starts_with(page, kThemePrefix)) page = {};  // the theme's pages stand at the root
    f = r.load(path_in(r.arena, folder_of(page), without_slash(file)));
  } else {
    f = r.find_include(file, include.from_theme);
  }
  if (!f) {
    if (r.needs.any()) return;  // it may come yet: continue, to find what else is missing
    return c.raise("IOError", r.arena.join("there is no file '", file, "' to include"),
                   relative ? "the path counts from the page's folder"
                   : text   ? "put it into the folder of a language in _i18n"
                            : "put it into _includes");
  }
  liquid::Template* t = r.template_of(*f, Part::Whole);
  r.report(*f);
  // Parameters are evaluated before `include` gets its new value.
  Map* parameters = nullptr;
  if (include.has_parameters) {
    parameters = make_map(r.arena);
    for (Parameter* p = include.parameters; p; p = p->next)
      parameters->set(p->key, p->expression ? c.evaluate(p->expression) : Value(p->text));
  }
  if (!c.push()) return;
  if (parameters) c.set("include", Value(parameters));
  Text made;
  if (!(text ? c.capture(*t, made) : c.render(*t))) {
    c.error.parsing = false;  // of this page
    if (starts_with(c.error.type, "Liquid::")) {
      if (c.error.template_name.empty()) c.error.template_name = f->source.path;
      if (c.error.markup_context.empty()) c.error.markup_context = "included ";
    }
  }
  c.pop();
  if (!text) return;
  if (!has_extension(r.site.markdown_extensions_, extension_of(file)))
    c.out().add(made.str());
  else if (c.count(made.size()))
    r.markdown(r.arena.copy(made.str()), c.out());
}

// ---- link and post_url ----

/// A tag whose markup is a template.
bool parse_text(TagParse& p) {
  p.node.data = parse_template(p, strip(p.node.markup));
  return true;
}

void write_url(Context& c, Str url) {
  Request& r = request_of(c);
  r.relative_url(r.site.text_language_.empty() ? url : r.arena.join(r.site.root_, url), c.out());
}

void render_link(Context& c, const Node& node) {
  Request& r = request_of(c);
  Text name;
  if (!c.capture(*static_cast<liquid::Template*>(node.data), name)) return;
  Str path = r.arena.copy(name.str());
  if (Array* found = r.site.by_path_->get(without_slash(path)).array())
    for (const Value& v : *found) {
      Document& d = *document_in(v);
      bool is_file = d.kind == DocumentKind::Static && !d.collection;
      if (d.path != (is_file ? without_slash(path) : path)) continue;
      if (!r.read(d)) return;
      if (d.written) return write_url(c, d.url);
    }
  c.raise("ArgumentError", r.arena.join("there is no document '", path, "' to link to"),
          "give the path from the site's root, with its extension");
}

constexpr Name kPostRemedy = "write its file's name without the extension: 2026-01-31-name";

bool parse_post_url(TagParse& p) {
  Str text = strip(p.node.markup);
  return date_length(file_name(text)) ||
         p.fail("Jekyll::Errors::PostURLError",
                p.arena.join("'", text, "' is not the name of a post"), kPostRemedy);
}

void render_post_url(Context& c, const Node& node) {
  Request& r = request_of(c);
  Collection& posts = *r.collection("posts");
  if (!r.read_collection(posts)) return;
  Str text = strip(node.markup), path = without_slash(text), name = file_name(path);
  Str folder = path.substr(0, path.size() - name.size());
  // _posts/FOLDER/NAME, or FOLDER/_posts/NAME
  Str below = r.arena.join("_posts/", path), beside = r.arena.join(folder, "_posts/", name);
  Map*& index = r.site.posts_;
  if (!index) {
    index = make_map(r.site.arena_);
    for (Document* d : posts.documents) {
      add_to_group(*index, without_extension(file_name(d->path)), value_of(*d));
      add_to_group(*index, d->data->get("slug").str(), value_of(*d));
    }
  }
  auto named = [&](Str key) {
    Array* found = index->get(key).array();
    return found ? found->items : List<Value>();
  };
  for (const Value& v : named(name)) {
    Document* d = document_in(v);
    Str own = without_extension(d->path);
    if (own == below || own == beside || (folder.empty() && ends_with(own, below)))
      return write_url(c, d->url);
  }
  Time t;
  std::size_t dated = date_length(name);
  if (parse_time(name.substr(0, dated - 1), r.zone(), r.site.settings_.now, t))
    for (const Value& v : named(name.substr(dated))) {
      Document* d = document_in(v);
      Civil x = civil(t), y = civil(d->date.time());
      if (d->data->get("slug").str() == name.substr(dated) && x.year == y.year &&
          x.yearday == y.yearday)
        return write_url(c, d->url);
    }
  c.raise("Jekyll::Errors::PostURLError", r.arena.join("there is no post '", text, "'"),
          kPostRemedy);
}

// ---- highlight ----

/// End of the language at the begin of the markup.
std::size_t language_end(Str markup) {
  return skip(markup, 0, [](char c) { return is_path(c) || is_one_of(c, "+#"); });
}

bool parse_highlight(TagParse& p) {
  Str markup = strip(p.node.markup);
  std::size_t end = language_end(markup);
  auto may_follow = [](char c) { return is_name(c) || is_space(c) || is_one_of(c, "=\""); };
  return (end && (end == markup.size() || is_space(markup[end])) &&
          skip(markup, end, may_follow) == markup.size()) ||
         p.fail("SyntaxError", "highlight needs the name of a language",
                "write {% highlight python %}");
}

/// As Rouge's HTML formatter: with the tokens of the language where the host has lexers.
void add_code(Text& out, Str language, Str code) {
  bool lacked = rouge::lacks_lexers;
  rouge::lacks_lexers = false;
  bool coloured = rouge::highlighter && rouge::highlighter(out, language, code);
  // Parsers of HTML drop carriage returns, which the browser's lexers are to see as Rouge does.
  bool later = rouge::lacks_lexers;
  rouge::lacks_lexers |= lacked;
  if (coloured) return;
  for (char c : code) {
    if (c == '&')
      out.add("&amp;");
    else if (c == '<')
      out.add("&lt;");
    else if (c == '>')
      out.add("&gt;");
    else if (c == '\r' && later)
      out.add("&#13;");
    else
      out.add(c);
  }
}

void render_highlight(Context& c, const Node& node) {
  Request& r = request_of(c);
  Str markup = strip(node.markup), language = slice(markup, 0, language_end(markup));
  Text body;
  c.capture_body(node, body);
  if (c.stopped()) return;
  Str code = body.str();
  while (!code.empty() && (code.front() == '\n' || code.front() == '\r')) code.remove_prefix(1);
  while (!code.empty() && (code.back() == '\n' || code.back() == '\r')) code.remove_suffix(1);
  Text& out = c.out();
  Text name;
  for (char x : language) name.add(lower(x));
  Str around = r.document && r.document->markdown ? "\n" : "";
  out.add(around);
  out.add("<figure class=\"highlight\"><pre><code class=\"language-");
  for (char x : language) out.add(x == '+' ? '-' : lower(x));
  out.add("\" data-lang=\"");
  out.add(name.str());
  out.add("\">");
  if (markup.find("linenos", language.size()) != Str::npos) {
    out.add(
        "<table class=\"rouge-table\"><tbody><tr><td class=\"gutter gl\"><pre class=\"lineno\">");
    std::int64_t line = 1;
    for (std::size_t at = 0; at <= code.size(); line++) {
      out.add_int(line);
      out.add('\n');
      at = code.find('\n', at);
      if (at == Str::npos) break;
      at++;
    }
    out.add("</pre></td><td class=\"code\"><pre>");
    add_code(out, name.str(), code);
    out.add("\n</pre></td></tr></tbody></table>");
  } else {
    add_code(out, name.str(), code);
  }
  out.add("</code></pre></figure>");
  out.add(around);
}

constexpr liquid::TagType kSiteTagTypes[] = {
    {"I18n_Headers", render_plugin_tag},
    {"Static_Href", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"avatar", render_avatar, parse_text},
    {"bibliography", render_bibliography, parse_text},
    {"bibliography_count", render_bibliography, parse_text},
    {"cite", render_bibliography, parse_text},
    {"cite_details", render_bibliography, parse_text},
    {"details", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"details_link", render_bibliography, parse_text},
    {"feed_meta", render_plugin_tag},
    {"file_exists", render_plugin_tag, parse_text},
    {"gist", render_plugin_tag, nullptr, 'w'},
    {"github_edit_link", render_plugin_tag},
    {"highlight", render_highlight, parse_highlight, 0, Body::Parsed},
    {"i18n_headers", render_plugin_tag},
    {"include", render_include, parse_include},
    {"include_cached", render_include, parse_include},
    {"include_relative", render_include, parse_include, 'r'},
    {"last_modified_at", render_plugin_tag},
    {"link", render_link, parse_text},
    {"nocite", render_bibliography, parse_text},
    {"octicon", render_plugin_tag, parse_text, 'w'},
    {"post_url", render_post_url, parse_post_url},
    {"quote", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"reference", render_bibliography, parse_text},
    {"seo", render_plugin_tag},
    {"static_href", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"tab", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"tabs", render_plugin_tag, nullptr, 0, Body::Parsed},
    {"timeago", render_plugin_tag},
    {"toc", render_contents},
    {"twitter", render_plugin_tag, nullptr, 'w'},
    {"twitternocache", render_plugin_tag, nullptr, 'w'},
};
static_assert(liquid::is_sorted(kSiteTagTypes));

constexpr liquid::TagType kTextTagTypes[] = {
    {"t", render_plugin_tag, parse_text, 'w'},
    {"tf", render_include, parse_include, 't'},
    {"tl", render_plugin_tag, parse_text, 'd'},
    {"translate", render_plugin_tag, parse_text, 'w'},
    {"translate_file", render_include, parse_include, 't'},
    {"translate_link", render_plugin_tag, parse_text, 'd'},
};
static_assert(liquid::is_sorted(kTextTagTypes));
}  // namespace

const liquid::TagType* const kSiteTags = kSiteTagTypes;
const std::uint32_t kSiteTagCount = sizeof kSiteTagTypes / sizeof *kSiteTagTypes;

void add_text_tags(liquid::Environment& environment) {
  environment.plugin_tags = kTextTagTypes;
  environment.plugin_tag_count = sizeof kTextTagTypes / sizeof *kTextTagTypes;
}

void Renderer::scan_includes(const liquid::Template& t, int depth) {
  // Depth to which nested includes are found ahead of rendering.
  constexpr int kMaxScanDepth = 32;
  if (depth > kMaxScanDepth) return;
  liquid::scan(t, [&](const Node& node) {
    if (node.type->render != render_include || !node.data || node.type->op) return;
    const auto& include = *static_cast<const Include*>(node.data);
    if (include.name || !valid_file_name(include.file)) return;
    // No other file of the site's is included by the theme, whose branches request a pack when they
    // are taken.
    if (include.from_theme && !is_hook(include.file)) return;
    File* f = find_include(include.file, include.from_theme);
    if (!f || f->seen == serial || starts_with(f->source.path, kThemePrefix)) return;
    f->seen = serial;
    scan_includes(*template_of(*f, Part::Whole), depth + 1);
  });
}

}  // namespace meridian::site
