// A corpus's JSON as the core's own values.
#pragma once
#include "json.h"
#include "meridian/value.h"

namespace core_value {

using namespace meridian;

/// Only the values of a configuration: numbers are integers.
inline meridian::Value value_of(Arena& arena, const json::Value& v) {
  switch (v.kind) {
    case json::Value::Null: return {};
    case json::Value::Text: return meridian::Value(arena.copy(v.text));
    case json::Value::Other:
      if (v.text == "true" || v.text == "false") return meridian::Value(v.text == "true");
      return meridian::Value(std::int64_t(v.number()));
    case json::Value::List: {
      Array* array = make_array(arena);
      for (const json::Value& item : v.list) array->push(value_of(arena, item));
      return meridian::Value(array);
    }
    case json::Value::Object: {
      Map* map = make_map(arena);
      for (const auto& [key, item] : v.object) map->set(arena.copy(key), value_of(arena, item));
      return meridian::Value(map);
    }
  }
  return {};
}

}  // namespace core_value
