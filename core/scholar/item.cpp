#include "item.h"

#include "filters.h"

namespace meridian::scholar {

using bibtex::Person;
using bibtex::Token;

Person Item::filter(const Person& name) const {
  Person out;
  const Str from[] = {name.first, name.last, name.prefix, name.suffix};
  Str* to[] = {&out.first, &out.last, &out.prefix, &out.suffix};
  for (int i = 0; i < 4; i++)
    if (from[i].data()) *to[i] = filtered(arena(), filters_, from[i]);
  return out;
}

Str Item::filter(const Field& field) const {
  Field copy{field.name, {}, field.is_names, {}};
  for (const Token& token : field.tokens)
    copy.tokens.add(arena(), {filtered(arena(), filters_, token.text), false});
  for (const Person& name : field.names) copy.names.add(arena(), filter(name));
  return text_of(arena(), copy);
}

Str Item::text(Str name) const {
  const Field* field = entry_.get(name);
  return field ? filter(*field) : Str();
}

List<Person> Item::names(Str name) const {
  List<Person> list;
  if (const Field* field = entry_.get(name))
    for (const Person& person : field->names) list.add(arena(), filter(person));
  return list;
}

void Item::add_data(Json& json) const {
  json.begin('{');
  json.field("key", entry_.key);
  json.field("type", entry_.type);
  Text bibtex;
  Str without = request_.config("bibtex_skip_fields");
  Text names;
  for (char c : without) names.add(c == ',' ? ' ' : c);
  print(entry_, names.str(), bibtex);
  json.field("bibtex", bibtex.str());
  Text number;
  for (const Field& field : entry_.fields) {
    json.field(field.name, filter(field));
    if (!field.is_names) continue;
    json.key(field.name, "_array");
    json.begin('[');
    for (const Person& person : field.names) {
      Person name = filter(person);
      json.begin('{');
      json.field("first", name.first);
      json.field("last", name.last);
      json.field("prefix", name.prefix);
      json.field("suffix", name.suffix);
      json.end('}');
    }
    json.end(']');
    for (std::uint32_t i = 0; i < field.names.size; i++) {
      Person name = filter(field.names[i]);
      number.truncate(0);
      number.add('_');
      number.add_int(i);
      const Person* parts = &name;
      for (auto [label, part] : {std::pair<const char*, Str>("_first", parts->first),
                                 {"_last", parts->last},
                                 {"_prefix", parts->prefix},
                                 {"_suffix", parts->suffix}}) {
        json.key(field.name, number.str(), label);
        json.text(part);
      }
    }
  }
  json.end('}');
}

namespace {
/// A key as the name of a file.
Str file_key(Arena& arena, Str key) {
  Text t;
  for (std::size_t i = 0; i < key.size(); i++) {
    bool gap = key[i] == ':' || is_space(key[i]);
    if (!gap)
      t.add(key[i]);
    else if (!i || !(key[i - 1] == ':' || is_space(key[i - 1])))
      t.add('_');
  }
  return arena.copy(t.str());
}
}  // namespace

Str Item::details() const {
  Text url;
  Str pattern = request_.config("details_permalink"), permalink = request_.text("permalink");
  url.add(request_.text("baseurl"));
  for (std::size_t i = 0; i < pattern.size();) {
    std::size_t end = i + 1;
    if (pattern[i] == ':')
      while (is_alnum(char_at(pattern, end)) || char_at(pattern, end) == '_') end++;
    Str name = slice(pattern, i + 1, end);
    if (name.empty()) {
      url.add(pattern[i++]);
      continue;
    }
    i = end;
    if (name == "key" || (name == "doi" && !entry_.find(name)))
      url.add(file_key(arena(), entry_.key));
    else if (name == "details_dir")
      url.add(request_.config(name));
    else if (name == "extension")
      url.add(permalink == "pretty" || ends_with(permalink, "/") ? "/" : ".html");
    else if (name == "doi")
      url.add(field_text(arena(), entry_, name));
    else if (const Field* field = entry_.find(name))
      add_slug(url, text_of(arena(), *field), "pretty");
  }
  return arena().copy(url.str());
}

}  // namespace meridian::scholar
