// Functions of strings. Positions count characters, from 1.
#include "evaluate.h"

namespace meridian::sass {

namespace {
/// The characters of a text, which are counted as work: a position asks for them each time.
double characters(Str text) {
  count_text(text);
  return double(count_characters(text));
}

Node* unquote_string(const BuiltInCall& call, int) {
  auto* string = as<String>(call[0]);
  if (!string) {
    call.context.note(Severity::Info, call.at, "Passing a non-string value to unquote()",
                      "remove unquote()");
    return call[0];
  }
  if (!string->may_be_quoted()) return string;
  String* plain = constant(call.context, call.at, string->value);
  plain->delayed = true;
  return plain;
}

Node* quote_string(const BuiltInCall& call, int) {
  return verbatim(call.context, call.at, call.string(0)->value, '*');
}

Node* length(const BuiltInCall& call, int) {
  return call.number_node(characters(call.string(0)->value));
}

/// An index, which must be an integer.
bool integer(const BuiltInCall& call, int i, double& value) {
  value = call.value(i);
  if (value == __builtin_trunc(value) && __builtin_fabs(value) < 2147483648.0) return true;
  Text message;
  message.add(call.definition->parameters->items[std::uint32_t(i)].symbol->name);
  message.add(": ");
  add_fixed(message, value, 6);
  message.add(" is not an int");
  call.fail(message.str(), "round it");
  return false;
}

/// A string that was made of another one, with quotes when that has them.
Node* like(const BuiltInCall& call, const String* source, Str text) {
  if (!source->may_be_quoted() || !source->quote) return call.text(text);
  // What has none of these is the same when it is quoted and read again.
  if (text.find_first_of(Str("\\\"'\r\n\0", 6)) == Str::npos)
    return call.make<String>(Kind::Quoted, call.at, text, '"');
  return call.text(quote(call.context.arena, text));
}

Node* insert(const BuiltInCall& call, int) {
  String *string = call.string(0), *inserted = call.string(1);
  double index;
  if (!integer(call, 2, index)) return call.null();
  Str text = string->value;
  if (!call.context.may_make(call.at, text.size() + inserted->value.size())) return call.null();
  double count = characters(text);
  double at = index > 0 ? index - 1 : index == 0 ? 0 : index + count + 1;
  if (at > count) at = count;
  if (at < 0) at = 0;
  std::size_t byte = offset_of_character(text, std::size_t(at));
  Arena& arena = call.context.arena;
  Str before = text.substr(0, byte), after = text.substr(byte);
  return like(call, string,
              after.empty()    ? arena.grow(text, inserted->value)
              : before.empty() ? arena.grow(inserted->value, text)
                               : arena.join(before, inserted->value, after));
}

Node* index(const BuiltInCall& call, int) {
  Str text = call.string(0)->value;
  std::size_t at = text.find(call.string(1)->value);
  work_done += text.size();
  if (at == Str::npos) return call.null();
  return call.number_node(characters(text.substr(0, at)) + 1);
}

Node* slice_string(const BuiltInCall& call, int) {
  String* string = call.string(0);
  double from, to = -1;
  if (!integer(call, 1, from)) return call.null();
  if (as<Number>(call[2]) && !integer(call, 2, to)) return call.null();
  Str text = string->value;
  double count = characters(text);
  if (to == 0 || to + count < 0) return like(call, string, "");
  if (to < 0) {
    to += count + 1;
    if (to == 0) to = 1;
  }
  if (to > count) to = count;
  if (from < 0) {
    from += count + 1;
    if (from <= 0) from = 1;
  } else if (from == 0) {
    from = 1;
  }
  if (from > to) return like(call, string, "");
  std::size_t begin = offset_of_character(text, std::size_t(from - 1));
  return like(call, string, slice(text, begin, offset_of_character(text, std::size_t(to))));
}

Node* change_case(const BuiltInCall& call, int up) {
  String* string = call.string(0);
  count_text(string->value);
  Text text;
  for (char c : string->value) text.add(up ? upper(c) : lower(c));
  if (!string->may_be_quoted()) return call.text(call.context.copy(text));
  auto* copy = call.make<String>(*string);
  copy->value = call.context.copy(text);
  return copy;
}
}  // namespace

const BuiltIn kStringFunctions[] = {{"unquote($string)", unquote_string, 0},
                                    {"quote($string)", quote_string, 0},
                                    {"str-length($string)", length, 0},
                                    {"str-insert($string, $insert, $index)", insert, 0},
                                    {"str-index($string, $substring)", index, 0},
                                    {"str-slice($string, $start-at, $end-at: -1)", slice_string, 0},
                                    {"to-upper-case($string)", change_case, 1},
                                    {"to-lower-case($string)", change_case, 0},
                                    {nullptr, nullptr, 0}};

}  // namespace meridian::sass
