#include "json_object.h"

#include <cstdio>

#include "findings.h"

namespace meridian::cli {

void JsonObject::set(Name key, const std::string& text) {
  members_->set(key, arena_.copy(Str(text)));
}

void JsonObject::set(Name key, const std::vector<std::string>& texts) {
  Array* list = make_array(arena_);
  for (const std::string& text : texts) list->push(arena_.copy(Str(text)));
  members_->set(key, Value(list));
}

void JsonObject::set(Name key, const Diagnostics& findings) {
  members_->set(key, Value(list_of(arena_, findings)));
}

void JsonObject::set_list(Name key) { members_->set(key, Value(make_array(arena_))); }

JsonObject JsonObject::add(Name key) {
  if (!members_->get(key).array()) set_list(key);
  JsonObject member(arena_);
  members_->get(key).array()->push(Value(member.members_));
  return member;
}

void JsonObject::print() const {
  Text json;
  print_json(Value(members_), json);
  json.add('\n');
  std::fwrite(json.data(), 1, json.size(), stdout);
}

}  // namespace meridian::cli
