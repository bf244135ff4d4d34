// jekyll-redirect-from: `redirect_from`, `redirect_to`, redirects.json.
#include "plugins/request.h"

namespace meridian::site {

void ModelReader::add_redirects(Document& d) {
  Arena& a = site.arena_;
  auto set_redirect = [&](Map& data, Str from, Str target) {
    Map* lead = make_map(a);
    Text to;
    if (starts_with(target, "http://") || starts_with(target, "https://"))
      to.add(target);
    else
      absolute_url(target, to);
    lead->set("from", from);
    lead->set("to", a.copy(to.str()));
    data.set("permalink", from);
    data.set("redirect", Value(lead));
    data.set("sitemap", false);
    data.set("layout", "redirect");
  };
  auto add = [&](const Value& from) {
    if (from.nil()) return;
    auto* r = a.make<Document>();
    r->kind = DocumentKind::Redirect;
    r->read = true;
    Str path = to_str(a, from);
    r->url = sanitized_url(a, path);
    r->output_ext = extension_of(r->url).empty() ? Str(".html") : extension_of(r->url);
    r->redirect_to = d.url;
    r->path = "redirect.html";
    r->file = d.file;
    r->data = make_map(a);
    set_redirect(*r->data, r->url, d.url);
    r->drop = make_drop(a, site, *r);
    site.documents_.add(a, r);
    d.redirect_from.add(a, r);
    index_output(*r);
  };
  Value from = d.data->get("redirect_from");
  if (Array* list = from.array())
    for (const Value& v : *list) add(v);
  else
    add(from);
  Value to = d.data->get("redirect_to");
  if (Array* list = to.array()) to = list->size() ? (*list)[0] : Value();
  // Without the plugin it is an ordinary page; one without a layout can only be a redirect.
  if (to.nil() || (!writes_redirects() && d.data->find("layout"))) return;
  d.redirect_to = to_str(a, to);
  set_redirect(*d.data, d.url, d.redirect_to);
}

bool Request::lists_redirects() const {
  return writes_redirects() && presence_of(kRedirectList) < Presence::Listed &&
         !is_false(dig(Value(site.config_), "redirect_from.json"));
}

/// Old addresses and where they lead now.
void Request::add_redirect_list() {
  if (site.outputs_->find(kRedirectList)) return;
  Map* list = make_map(arena);
  auto target = [&](Str to) {
    Text out;
    if (starts_with(to, "http://") || starts_with(to, "https://"))
      out.add(to);
    else
      absolute_url(to, out);
    return Value(arena.copy(out.str()));
  };
  auto add = [&](Document& d) {
    if (!d.written) return;
    for (Document* from : d.redirect_from) list->set(from->url, target(d.url));
    if (!d.redirect_to.empty()) list->set(d.url, target(d.redirect_to));
  };
  for (Collection* c : site.collections_)
    for (Document* d : c->documents) add(*d);
  for (Document* d : site.pages_) add(*d);
  Text json;
  print_json(Value(list), json);
  File& f = generate(arena.join(kThemePrefix, site.root_, kRedirectList), json.str());
  auto* d = site.arena_.make<Document>();
  d->file = &f;
  d->path = kRedirectList;
  d->read = scan(f);
  d->data = make_map(site.arena_);
  d->url = "/redirects.json";
  d->output_ext = ".json";
  d->drop = make_drop(site.arena_, site, *d);
  index_output(*d);
}

Str redirect_page(Request& r, Str to) {
  Text target, html;
  r.absolute_url(to, target);
  if (File* f = r.load("theme:_plugins/redirect.html"))
    r.run(*r.template_of(*f), html, r.arena.copy(target.str()));
  return r.arena.copy(html.str());
}

}  // namespace meridian::site
