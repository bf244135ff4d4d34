// Functions about values, names and functions themselves.
#include "evaluate.h"

namespace meridian::sass {

namespace {
/// The name in an argument, as names are kept.
const Symbol* name_in(const BuiltInCall& call, int i, const char* sigil = "") {
  Str name = unquote(call.context.arena, call.string(i)->value);
  return call.context.symbols.get(call.context.arena.join(sigil, name));
}

Node* type_of_value(const BuiltInCall& call, int) { return call.text(type_of(call[0])); }

Node* variable_exists(const BuiltInCall& call, int global) {
  Environment* environment = global ? call.caller->global() : call.caller;
  return call.boolean(environment->find(name_in(call, 0, "$")) != nullptr);
}

Node* not_a_string(const BuiltInCall& call, const char* function) {
  Text message;
  message.add("$name: ");
  message.add(to_string(call.context, call[0]));
  message.add(" is not a string for `");
  message.add(function);
  message.add("'");
  return call.fail(message.str(), "put the name in quotes");
}

Node* function_exists(const BuiltInCall& call, int) {
  if (!as<String>(call[0])) return not_a_string(call, "function-exists");
  return call.boolean(call.caller->find(name_in(call, 0)) != nullptr);
}

Node* mixin_exists(const BuiltInCall& call, int) {
  return call.boolean(call.caller->find(name_in(call, 0), true) != nullptr);
}

Node* feature_exists(const BuiltInCall& call, int) {
  Str name = unquote(call.context.arena, call.string(0)->value);
  return call.boolean(one_of(name,
                             "global-variable-shadowing extend-selector-pseudoclass at-error "
                             "units-level-3 custom-property") >= 0);
}

Node* content_exists(const BuiltInCall& call, int) {
  if (!call.evaluator.in_mixin())
    return call.fail("Cannot call content-exists() except within a mixin.");
  const Symbol* symbol = call.context.symbols.get("@content");
  for (Environment* at = call.caller; at->is_lexical(); at = at->parent)
    if (at->find_local(symbol, true)) return call.boolean(true);
  return call.boolean(false);
}

Node* get_function(const BuiltInCall& call, int) {
  if (!as<String>(call[0])) return not_a_string(call, "get-function");
  const Symbol* symbol = name_in(call, 0);
  if (!as<Boolean>(call[1])) {
    call.wrong_type(1, "bool");
    return call.null();
  }
  if (!is_false(call[1])) {
    auto* definition = call.make<Definition>(call.at, symbol, symbol->name, call.make<Parameters>(),
                                             nullptr, false);
    return call.make<FunctionNode>(call.at, definition, true);
  }
  Binding* binding = call.caller->find(symbol);
  if (!binding || !binding->definition)
    return call.fail(call.context.arena.join("Function not found: ", symbol->name),
                     "check its name");
  return call.make<FunctionNode>(call.at, binding->definition, false);
}

Node* call_function(const BuiltInCall& call, int) {
  auto* function = as<FunctionNode>(call[0]);
  Str name;
  if (function) {
    name = function->definition->name;
  } else if (auto* string = as<String>(call[0])) {
    name = unquote(call.context.arena, string->value);
    call.context.note(Severity::Info, call.at, "Passing a string to call() is deprecated",
                      "use call(get-function(…))");
  }
  ListNode* list = call.list(1);
  auto* arguments = call.make<Arguments>(call.at);
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    auto* argument = list->arguments ? as<Argument>(list->items[i]) : nullptr;
    auto* made = call.make<Argument>(call.at, value_at(list, i));
    if (argument) {
      made->name = argument->name;
      made->rest = argument->rest;
      made->keywords = argument->keywords;
      arguments->named |= argument->name != nullptr;
      arguments->rest |= argument->rest;
      arguments->keywords |= argument->keywords;
    }
    arguments->items.add(call.context.arena, made);
  }
  const Symbol* symbol = call.context.symbols.get(name);
  auto* inner = call.make<Call>(call.at, symbol, symbol->name, arguments);
  inner->via_call = true;
  inner->function = function;
  Evaluator::In in(call.evaluator, call.caller);
  return call.evaluator.evaluate(inner);
}

Node* negate(const BuiltInCall& call, int) { return call.boolean(is_false(call[0])); }

Node* choose(const BuiltInCall& call, int) {
  Evaluator::In in(call.evaluator, call.caller);
  bool condition = call.evaluator.holds(call[0]);
  Node* value = call.evaluator.evaluate(call[condition ? 1 : 2]);
  set_delayed(value, false);
  return value;
}

Node* inspect(const BuiltInCall& call, int) {
  Node* value = call[0];
  if (value->kind == Kind::Null) return constant(call.context, call.at, "null");
  if (as<Boolean>(value) && is_false(value)) return constant(call.context, call.at, "false");
  if (auto* string = as<String>(value)) {
    if (!string->quote) return string;
    return constant(call.context, call.at, quote(call.context.arena, string->value, string->quote));
  }
  return call.text(to_sass(call.context, value));
}

Node* unique_id(const BuiltInCall& call, int) {
  auto number = std::uint32_t(call.evaluator.random() * 4294967296.0);
  char text[9] = {'u'};
  for (int i = 0; i < 8; i++) text[i + 1] = "0123456789abcdef"[number >> (28 - i * 4) & 15];
  return call.text(call.context.arena.copy(text, sizeof text));
}
}  // namespace

const BuiltIn kMetaFunctions[] = {{"type-of($value)", type_of_value, 0},
                                  {"variable-exists($name)", variable_exists, 0},
                                  {"global-variable-exists($name)", variable_exists, 1},
                                  {"function-exists($name)", function_exists, 0},
                                  {"mixin-exists($name)", mixin_exists, 0},
                                  {"feature-exists($feature)", feature_exists, 0},
                                  {"content-exists()", content_exists, 0},
                                  {"get-function($name, $css: false)", get_function, 0},
                                  {"call($function, $args...)", call_function, 0},
                                  {"not($value)", negate, 0},
                                  {"if($condition, $if-true, $if-false)", choose, 0},
                                  {"inspect($value)", inspect, 0},
                                  {"unique-id()", unique_id, 0},
                                  {nullptr, nullptr, 0}};

}  // namespace meridian::sass
