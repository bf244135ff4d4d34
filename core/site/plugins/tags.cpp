// Tags and filters of plugins: jekyll-seo-tag, jekyll-feed, jekyll-toc, jekyll-gist, jekyll-avatar,
// jekyll-octicons, jekyll-twitter-plugin, jekyll-timeago, jekyll-github-metadata,
// jekyll-last-modified-at. Those that change whole pages: jekyll-mentions, jekyll-target-blank,
// jekyll-link-attributes.
#include "plugins/request.h"

namespace meridian::site {

using liquid::Context;
using liquid::Node;

namespace {
/// What later tags of the page get of earlier ones: a name that no template can write.
constexpr Name kKept = " kept";

}  // namespace

/// Tags whose template has their name: `{% seo %}` (jekyll-seo-tag 2.8.0), `{% feed_meta %}`
/// (jekyll-feed 0.17.0), `{% github_edit_link %}` (jekyll-github-metadata 2.15.0),
/// `{% last_modified_at %}` (jekyll-last-modified-at 1.3.0), `{% tab %}` and `{% tabs %}`
/// (jekyll-tabs 1.2.1), `{% timeago 2015-12-18 2016-01-01 %}` (jekyll-timeago 1.1.0),
/// `{% gist user/1234 file.js %}` (jekyll-gist 1.5.0), `{% quote %}` (jekyll-scholar),
/// `{% octicon x height:32 %}` (jekyll-octicons 19),
/// `{% twitter https://twitter.com/user/status/1234 %}` (jekyll-twitter-plugin 2.1.0),
/// `{% I18n_Headers %}`, `{% Static_Href %}` (jekyll-polyglot 1.13.0), `{% t key %}`, `{% tl name
/// %}` (jekyll-multiple-languages-plugin 1.8.0), `{% details %}`, `{% file_exists %}`.
///
/// Prints what the template `_plugins/NAME.html` makes of it, with the page's globals and without
/// the variables around the tag. It gets `markup`, the text behind the tag's name; `words` of it as
/// values of variables, or as they are written, where `op` is set; `body`, what is between a
/// block's tags, or the markup as a template; `kept`; and `known` of the site, where `op` is `d`.
/// Its variable `result` is the list that later tags get as `kept`, or an error and its remedy with
/// a bar between them.
void render_plugin_tag(Context& c, const Node& node) {
  Request& r = request_of(c);
  Text body, out;
  if (!node.data)
    c.capture_body(node, body);
  else if (!c.capture(*static_cast<const liquid::Template*>(node.data), body))
    return;
  File* f = r.load(r.arena.join("theme:_plugins/", node.type->name, ".html"));
  if (!f || c.stopped()) return;
  Array *words = make_array(r.arena), *parts = make_array(r.arena);
  Str rest = strip(node.markup);
  for (Str word; node.type->op && next_piece(rest, ' ', word);) {
    Value named = c.evaluate(liquid::parse_expression(r.arena, word));
    words->push(named.nil() ? Value(word) : named);
  }
  Map* given = make_map(r.arena);
  given->set("body", r.arena.copy(body.str()));
  given->set("words", words);
  given->set("kept", c.find(kKept));
  if (node.type->op == 'd') given->set("known", r.places_of_texts());
  parts->push(Value(given));
  Value result;
  if (!r.run(*r.template_of(*f, Part::Whole), out, node.markup, parts, &result)) return;
  if (result.array()) c.assign(kKept, result);
  Str remedy = result.str(), message;
  if (next_piece(remedy, '|', message)) return c.raise("ArgumentError", message, remedy);
  c.out().add(out.str());
}

Str Renderer::made_anew(Str name, Str html) {
  File* f = load(arena.join("theme:_plugins/", name, ".html"));
  Text out;
  return f && run(*template_of(*f, Part::Whole), out, html) ? arena.copy(out.str()) : html;
}

/// jemoji, jekyll-mentions, jekyll-target-blank, jekyll-link-attributes. The last two print the
/// whole page again; here the text around the links is unchanged.
Str Renderer::finished(const Document& d, Str html) {
  html = with_emoji(d, html);
  if (d.output_ext != ".html") return html;
  if (lists_plugin("jekyll-mentions") && html.find('@') != Str::npos)
    html = made_anew("mentions", html);
  if (lists_plugin("jekyll-target-blank", false) || lists_plugin("jekyll-link-attributes", false))
    html = made_anew("links", html);
  return html;
}

/// jekyll-toc 0.18.0: its template for `html`, which expects `op` before the text.
static void add_contents(Request& r, char op, Str html, Text& out) {
  File* f = r.load("theme:_plugins/toc.html");
  if (f) r.run(*r.template_of(*f, Part::Whole), out, r.arena.join(Str(&op, 1), html));
}

/// `toc`, `toc_only`, `inject_anchors`: for pages with `toc: true`.
Value filter_contents(liquid::FilterCall& call) {
  Request& r = request_of(call.context);
  if (!r.lists_plugin("jekyll-toc")) return call.input;
  const Value shown = get(r.page, "toc");
  if (!shown.is(Kind::Bool) || !shown.truthy()) return call.op == 'o' ? Value("") : call.input;
  add_contents(r, call.op, call.input_str(), call.out);
  return call.text();
}

/// `{% toc %}`: the list alone.
void render_contents(Context& c, const Node&) {
  Request& r = request_of(c);
  if (get(r.page, "toc").truthy())
    add_contents(r, 'o', to_str(r.arena, get(r.page, "content")), c.out());
}

/// `{% avatar hubot size=80 %}`, `{% avatar user=page.author lazy=true %}` (jekyll-avatar 0.8.0):
/// the picture of a person on GitHub. Its template gets the person's name before the tag's text.
void render_avatar(Context& c, const Node& node) {
  Request& r = request_of(c);
  Text written;
  if (!c.capture(*static_cast<const liquid::Template*>(node.data), written)) return;
  Str rest = written.str(), user;
  next_piece(rest, ' ', user);
  constexpr Name kUser = "user=";
  if (std::size_t at = node.markup.find(kUser); at != Str::npos) {
    rest = node.markup.substr(at + kUser.size());
    next_piece(rest, ' ', user);
    if (Value named = c.lookup(user); named.truthy()) user = to_str(r.arena, named);
  }
  c.out().add(r.made_anew("avatar", r.arena.join(user, " ", node.markup)));
}

/// `{{ page.date | timeago }}`, `{{ "2015-12-18" | timeago: "2016-01-01" }}`
/// (jekyll-timeago 1.1.0): by a template that gets both dates.
Value filter_timeago(liquid::FilterCall& call) {
  Request& r = request_of(call.context);
  if (!r.lists_plugin("jekyll-timeago", false)) return call.input;
  return Value(r.made_anew("timeago", r.arena.join(call.input_str(), "|", call.arg_str(0))));
}

}  // namespace meridian::site
