// Tags and filters of plugins: jekyll-seo-tag, jekyll-feed, jekyll-toc, jekyll-gist, jekyll-avatar,
// jekyll-twitter-plugin, jekyll-timeago, jekyll-github-metadata, jekyll-last-modified-at. Those
// that change whole pages: jekyll-mentions, jekyll-target-blank, jekyll-link-attributes.
#include "plugins/request.h"

namespace meridian::site {

using liquid::Context;
using liquid::Node;

/// What a tag's template prints, with the page's globals and, as `markup`, the text behind the
/// tag's name; it sees no variable of the template around it.
static void add_by_template(Context& c, Str name, Str markup) {
  Request& r = request_of(c);
  File* f = r.load(r.arena.join("theme:_plugins/", name, ".html"));
  Text out;
  if (f && r.run(*r.template_of(*f, Part::Whole), out, markup)) c.out().add(out.str());
}

/// `{% seo %}` (jekyll-seo-tag 2.8.0), `{% feed_meta %}` (jekyll-feed 0.17.0),
/// `{% github_edit_link %}` (jekyll-github-metadata 2.15.0) and `{% last_modified_at %}`
/// (jekyll-last-modified-at 1.3.0).
void render_plugin_tag(Context& c, const Node& node) {
  add_by_template(c, node.type->name, node.markup);
}

/// `{% I18n_Headers %}` (jekyll-polyglot 1.13.0), which has two names.
void render_language_links(Context& c, const Node& node) {
  add_by_template(c, "i18n_headers", node.markup);
}

namespace {
/// The page as a template of that name makes it anew.
Str made_anew(Renderer& r, Str name, Str html) {
  File* f = r.load(r.arena.join("theme:_plugins/", name, ".html"));
  Text out;
  return f && r.run(*r.template_of(*f, Part::Whole), out, html) ? r.arena.copy(out.str()) : html;
}
}  // namespace

/// jemoji, jekyll-mentions, jekyll-target-blank, jekyll-link-attributes. The last two print the
/// whole page again; here the text around the links is unchanged.
Str Renderer::finished(const Document& d, Str html) {
  html = with_emoji(d, html);
  if (d.output_ext != ".html") return html;
  if (lists_plugin("jekyll-mentions") && html.find('@') != Str::npos)
    html = made_anew(*this, "mentions", html);
  if (lists_plugin("jekyll-target-blank", false) || lists_plugin("jekyll-link-attributes", false))
    html = made_anew(*this, "links", html);
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

/// `{% gist user/1234 file.js %}` (jekyll-gist 1.5.0): a script that shows it. The content of its
/// `<noscript>` comes from the network in a build of Jekyll.
void render_gist(Context& c, const Node& node) {
  Request& r = request_of(c);
  Str rest = strip(node.markup), word, url = "https://gist.github.com/";
  Str before[] = {url, ".js?file="};
  Text out;
  for (int i = 0; i < 2 && next_piece(rest, ' ', word); i++) {
    Value named = c.evaluate(liquid::parse_expression(r.arena, word));
    out.add(before[i]);
    out.add(named.nil() ? word : to_str(r.arena, named));
  }
  if (out.str().empty())
    return c.raise("ArgumentError", "Syntax error in tag 'gist'",
                   "name the gist: {% gist user/1234567 %}");
  c.out().add("<script src=\"");
  c.out().add(out.str());
  if (out.str().find("?file=") == Str::npos) c.out().add(".js");
  c.out().add("\"> </script>");
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
  c.out().add(made_anew(r, "avatar", r.arena.join(user, " ", node.markup)));
}

namespace {
/// How long ago `from` was at the day `to`, today's when it is empty: by a template that gets both.
Str time_ago(Request& r, Str from, Str to) {
  return made_anew(r, "timeago", r.arena.join(from, "|", to));
}
}  // namespace

/// `{{ page.date | timeago }}`, `{{ "2015-12-18" | timeago: "2016-01-01" }}`
/// (jekyll-timeago 1.1.0).
Value filter_timeago(liquid::FilterCall& call) {
  Request& r = request_of(call.context);
  if (!r.lists_plugin("jekyll-timeago", false)) return call.input;
  return Value(time_ago(r, call.input_str(), call.arg_str(0)));
}

/// `{% timeago 2015-12-18 2016-01-01 %}`.
void render_timeago(Context& c, const Node& node) {
  Request& r = request_of(c);
  Str rest = strip(node.markup), from, to;
  next_piece(rest, ' ', from);
  next_piece(rest, ' ', to);
  if (from.empty())
    return c.raise("ArgumentError", "there is no date in tag 'timeago'",
                   "write {% timeago 2015-12-18 %}");
  c.out().add(time_ago(r, from, to));
}

/// `{% twitter https://twitter.com/user/status/1234 %}` (jekyll-twitter-plugin 2.1.0): Jekyll asks
/// the network for the text of the post, in a quotation that ends with this link.
void render_twitter(Context& c, const Node& node) {
  Request& r = request_of(c);
  Str rest = strip(node.markup), url;
  next_piece(rest, ' ', url);
  if (url == "oembed") next_piece(rest, ' ', url);  // as older versions had it
  if (is_one_of(char_at(url, 0), "\"'")) url = slice(url, 1, url.find(url[0], 1));
  if (!starts_with(url, "http"))
    url = to_str(r.arena, c.evaluate(liquid::parse_expression(r.arena, url)));
  if (!starts_with(url, "https://") && !starts_with(url, "http://"))
    return c.raise("ArgumentError", "there is no address in tag 'twitter'",
                   "write {% twitter https://twitter.com/user/status/1234 %}");
  c.out().add("<div class='jekyll-twitter-plugin'><blockquote class=\"twitter-tweet\"><a href=\"");
  add_escaped_html(c.out(), url);
  c.out().add("\">");
  add_escaped_html(c.out(), url);
  c.out().add("</a></blockquote></div>");
}

}  // namespace meridian::site
