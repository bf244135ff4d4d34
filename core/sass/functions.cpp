// The table of built-in functions, and how they take their arguments.
#include "functions.h"

#include "evaluate.h"

namespace meridian::sass {

namespace {
void define(Context& context, Environment* environment, const BuiltIn* row, bool replace) {
  Parser parser(context, row->signature, Place());
  Definition* definition = parser.signature();
  definition->built_in = row;
  definition->environment = environment;
  Binding& binding = environment->local(context.arena, definition->symbol);
  // rgba() has two rows, of which the first is the one with four arguments.
  bool second = binding.definition && definition->parameters->items.size == 2;
  if (second && (!replace || binding.definition->parameters->items.size == 4))
    binding.definition->for_two = definition;
  else
    binding.definition = definition;
}
}  // namespace

void define_built_ins(Context& context, Environment* environment) {
  for (const BuiltIn* rows :
       {kColorFunctions, kColorAdjustments, kNumberFunctions, kStringFunctions, kListFunctions,
        kMapFunctions, kSelectorFunctions, kMetaFunctions})
    for (const BuiltIn* row = rows; row->signature; row++) define(context, environment, row, false);
  if (!context.dart()) return;
  for (const BuiltIn* rows : {kModuleFunctions, kModuleColors, kModuleAdjustments})
    for (const BuiltIn* row = rows; row->signature; row++) define(context, environment, row, true);
}

Node* BuiltInCall::fail(Str message, Str remedy) const {
  context.fail(at, message, remedy);
  return null();
}

void BuiltInCall::wrong_type(int i, Str type) const {
  Text message;
  message.add("argument `");
  message.add(definition->parameters->items[std::uint32_t(i)].symbol->name);
  message.add("` of `");
  message.add(definition->built_in->signature);
  message.add("` must be a ");
  message.add(type);
  context.fail(at, message.str(), "check the type of the argument");
}

Number* BuiltInCall::number(int i) const {
  if (auto* number = as<Number>(arguments[i])) return number;
  wrong_type(i, "number");
  return make<Number>(at, 0.0);
}

Color* BuiltInCall::color(int i) const {
  if (auto* color = as<Color>(arguments[i])) return color;
  wrong_type(i, "color");
  return make<Rgba>(at, 0.0, 0.0, 0.0);
}

String* BuiltInCall::string(int i) const {
  if (auto* string = as<String>(arguments[i])) return string;
  wrong_type(i, "string");
  return make<String>(Kind::String, at, Str());
}

ListNode* BuiltInCall::list(int i) const {
  if (auto* list = as<ListNode>(arguments[i])) return list;
  wrong_type(i, "list");
  return make<ListNode>(at);
}

MapNode* BuiltInCall::map(int i) const {
  if (auto* map = as<MapNode>(arguments[i])) return map;
  auto* list = as<ListNode>(arguments[i]);
  if (!list || !list->items.empty()) wrong_type(i, "map");
  return make<MapNode>(at);
}

double BuiltInCall::value(int i) const {
  Number reduced(*number(i));
  reduce(context.arena, &reduced);
  return reduced.value;
}

double BuiltInCall::value_in(int i, double low, double high) const {
  double value = this->value(i);
  if (low <= value && value <= high) return value;
  Text message;
  message.add("argument `");
  message.add(definition->parameters->items[std::uint32_t(i)].symbol->name);
  message.add("` of `");
  message.add(definition->built_in->signature);
  message.add("` must be between ");
  add_general(message, low);
  message.add(" and ");
  add_general(message, high);
  context.fail(at, message.str(), "check the value");
  return low;
}

}  // namespace meridian::sass
