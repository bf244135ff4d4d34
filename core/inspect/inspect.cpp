#include "meridian/inspect.h"

#include "plugins/request.h"

namespace meridian::site {

namespace {
// A list shows the beginning of a text, and of many entries the first ones.
constexpr std::size_t kMaxPreview = 200, kMaxText = 1 << 16;
constexpr std::uint32_t kMaxEntries = 1000;
// Nodes of a tree at most.
constexpr std::uint32_t kMaxShown = 20000;
constexpr int kMaxShownDepth = 100;

constexpr Name kKinds = "nil boolean integer float string array map range date time map nil nil";
constexpr Name kTypes =
    "Document Paragraph Header Blockquote CodeBlock UnorderedList OrderedList Item DefinitionList "
    "Term Definition "
    "Table TableHead TableBody TableFoot TableRow TableCell ThematicBreak HtmlElement RawHtml "
    "Comment MathBlock Blank "
    "Footnotes Alert Contents Text Emphasis Strong Strikethrough CodeSpan Link Image LineBreak "
    "SoftBreak RawSpan "
    "MathSpan FootnoteReference Abbreviation TaskMark Symbol RawText EndOfBlock";
// Of `site`, before the configuration's own keys.
constexpr Name kSiteKeys =
    "pages posts collections documents data tags categories html_pages static_files related_posts "
    "time";

Str name_in(Str names, int number) {
  Str name;
  while (number-- >= 0 && next_piece(names, ' ', name)) {
  }
  return name;
}

Str beginning(Str s, std::size_t most) {
  if (s.size() <= most) return s;
  while (most && (std::uint8_t(s[most]) & 0xc0) == 0x80) most--;
  return s.substr(0, most);
}

void add_field(Text& out, Str key, Str value) {
  out.add(",\"");
  out.add(key);
  out.add("\":");
  print_json(Value(value), out);
}

/// `"kind":"string","text":"…"`; values with entries have `"size"`, documents and cut texts both.
void add_value(Text& out, const Value& v, std::size_t most) {
  out.add("\"kind\":\"");
  out.add(name_in(kKinds, int(v.kind)));
  out.add('"');
  std::size_t size = v.array() ? v.array()->size() : v.map() ? v.map()->size() : 0;
  if (v.is(Kind::Array) || v.is(Kind::Map) || (v.is_string() && v.str().size() > most)) {
    if (v.is_string()) size = v.str().size();
    out.add(",\"size\":");
    out.add_int(std::int64_t(size));
  }
  if (v.nil() || v.is(Kind::Array) || v.is(Kind::Map)) return;
  Text text;
  if (v.is(Kind::Drop))
    print(v.drop->get("url"), text);
  else
    print(v, text);
  add_field(out, "text", beginning(text.str(), most));
}

/// The entries of a map or a drop; nullptr for everything else.
Map* entries_of(Request& r, const Value& v) {
  if (!v.is(Kind::Drop)) return v.map();
  if (v.drop != r.site.drop_) return v.drop->to_map();
  Map* all = make_map(r.arena);
  Str names = kSiteKeys;
  for (Str name; next_piece(names, ' ', name);) all->set(name, v.drop->get(name));
  for (Collection* c : r.site.collections_) all->set(c->label, v.drop->get(c->label));
  for (Map::Entry& e : *r.site.config_)
    if (e.key.is_string() && !all->find(e.key)) all->set(e.key) = v.drop->get(e.key.str());
  return all;
}

/// One step further in: a key, or a place in a list.
Value step(Request& r, const Value& from, const Value& key) {
  if (Array* list = from.array())
    return key.is(Kind::Int) && key.i >= 0 && key.i < list->size() ? (*list)[std::uint32_t(key.i)]
                                                                   : Value();
  if (from.is(Kind::Drop)) return from.drop->get(key.str());
  if (Map* map = from.map())
    for (Map::Entry& e : *map)
      if (to_str(r.arena, e.key) == key.str()) return e.value;
  return {};
}

struct TreePrinter {
  Text& out;
  Str text;            // that was parsed
  std::int64_t line;   // of the file, in which that begins; 0: its lines are not the file's
  std::size_t at = 0;  // up to where lines have been counted
  std::uint32_t shown = 0;

  void add(const markdown::Node& node, int depth) {
    out.add("{\"type\":\"");
    out.add(name_in(kTypes, int(node.type)));
    out.add('"');
    if (node.type == markdown::Type::Header) {
      out.add(",\"level\":");
      out.add_int(node.level);
    }
    bool block = node.type > markdown::Type::Root && node.type < markdown::Type::Text;
    if (line && block && node.end > node.begin && node.begin >= at && node.end <= text.size()) {
      for (; at < node.begin; at++) line += text[at] == '\n';
      out.add(",\"line\":");
      out.add_int(line);
    }
    if (!node.text.empty() && !node.first)
      add_field(out, "text", beginning(node.text, kMaxPreview));
    if (node.attributes) {
      out.add(",\"attributes\":{");
      for (const markdown::Attribute* a = node.attributes; a; a = a->next) {
        if (a != node.attributes) out.add(',');
        print_json(Value(a->name), out);
        out.add(':');
        print_json(Value(beginning(a->value, kMaxPreview)), out);
      }
      out.add('}');
    }
    bool first = true;
    for (const markdown::Node* child = depth < kMaxShownDepth ? node.first : nullptr; child;
         child = child->next) {
      if (child->type == markdown::Type::Blank || child->type == markdown::Type::EndOfBlock)
        continue;
      if (++shown > kMaxShown) break;
      out.add(first ? ",\"children\":[" : ",");
      first = false;
      add(*child, depth + 1);
    }
    if (!first) out.add(']');
    out.add('}');
  }
};

/// The text of a document as the Markdown parser gets it.
bool text_for_markdown(Request& r, Document& d, Text& out) {
  File& f = *d.file;
  Str body = body_of(f);
  if (!r.runs_liquid(d, body)) return out.add(body), false;
  d.busy = true;
  r.run(*r.template_of(f, Part::Body), out);
  d.busy = false;
  return true;
}

/// The document at a URL, read, as the page of the request.
Document* enter_page(Request& r, Str url) {
  r.site.make_room();
  bool sure = true;
  Document* d = r.build() ? r.resolve(url, sure) : nullptr;
  if (!d || !r.read(*d)) return nullptr;
  r.enter_layouts(*d);
  return d;
}
}  // namespace

bool inspect_data(Site& site, Str url, Str path, Text& json) {
  Arena arena;
  Needs needs;
  Diagnostics none(arena);
  Request r(site, arena, needs, none, nullptr);
  Current current(r.site.request_, r);
  Value steps;
  if (!enter_page(r, url) || !parse_json(Source{"path", path}, arena, steps, none) ||
      !steps.array())
    return false;
  Value v;
  bool first = true;
  for (const Value& key : *steps.array()) {
    v = first ? r.lookup(key.str()) : step(r, v, key);
    first = false;
  }
  json.add('{');
  add_value(json, v, kMaxText);
  Array* list = v.array();
  Map* map = list ? nullptr : entries_of(r, v);
  std::uint32_t count = list ? list->size() : map ? map->size() : 0;
  if (list || map) json.add(",\"entries\":[");
  for (std::uint32_t i = 0; i < count && i < kMaxEntries; i++) {
    json.add(i ? ",{\"key\":" : "{\"key\":");
    print_json(list ? Value(std::int64_t(i)) : Value(to_str(arena, map->entries[i].key)), json);
    json.add(',');
    add_value(json, list ? (*list)[i] : map->entries[i].value, kMaxPreview);
    json.add('}');
  }
  if (list || map) json.add(']');
  if (count > kMaxEntries) {
    json.add(",\"more\":");
    json.add_int(count - kMaxEntries);
  }
  json.add('}');
  return !needs.any();
}

bool inspect_markdown(Site& site, Str url, Text& json) {
  Arena arena;
  Needs needs;
  Diagnostics none(arena);
  Request r(site, arena, needs, none, nullptr);
  Current current(r.site.request_, r);
  Document* d = enter_page(r, url);
  File* f = d && d->markdown && d->file ? r.load(d->file->source.path) : nullptr;
  if (!f || !r.scan(*f)) return false;
  Text text;
  bool made = text_for_markdown(r, *d, text);
  if (needs.any() || has_too_many_marks(text.str())) return false;
  markdown::Tree* tree = markdown::parse(text.str(), r.site.markdown_, arena);
  if (!tree) return false;
  std::int64_t line = made ? 0 : 1;
  if (line)
    for (char c : f->source.text.substr(0, f->source.text.size() - text.size())) line += c == '\n';
  TreePrinter printer{json, tree->text, tree->text == text.str() ? line : 0};
  printer.add(tree->root, 0);
  return true;
}

}  // namespace meridian::site
