// Arguments, and calls of functions.
#include "evaluate.h"

namespace meridian::sass {

Argument* Evaluator::argument(Argument* argument) {
  Node* value = evaluate(argument->value);
  bool rest = argument->rest, keywords = argument->keywords;
  if (rest) {
    if (value->kind == Kind::Map) {
      rest = false;
      keywords = true;
    } else if (value->kind != Kind::List) {
      auto* wrapper = make<ListNode>(value->at, Separator::Comma, true);
      wrapper->items.add(arena(), value);
      value = wrapper;
    }
  }
  return make<Argument>(argument->at, value, argument->name, rest, keywords);
}

Arguments* Evaluator::arguments(Arguments* arguments) {
  auto* evaluated = make<Arguments>(arguments->at);
  auto add = [this, evaluated](Argument* argument) {
    evaluated->items.add(arena(), argument);
    evaluated->named |= argument->name != nullptr;
    evaluated->rest |= argument->rest;
    evaluated->keywords |= argument->keywords;
  };
  for (Argument* item : arguments->items) {
    if (context_.failed) return evaluated;
    Argument* each = argument(item);
    if (!each->rest && !each->keywords) add(each);
  }
  Argument *rest = nullptr, *keywords = nullptr;
  for (Argument* item : arguments->items) {
    if (item->rest && !rest) rest = item;
    if (item->keywords && !keywords) keywords = item;
  }
  if (rest) {
    Node* splat = evaluate(argument(rest)->value);
    auto* items = as<ListNode>(splat);
    auto* list = make<ListNode>(splat->at, items ? items->separator : Separator::Comma, true);
    if (splat->kind == Kind::Map)
      add(make<Argument>(splat->at, splat, nullptr, false, true));
    else if (items)
      list->items = clone(arena(), items->items);
    else
      list->items.add(arena(), splat);
    if (!list->items.empty()) add(make<Argument>(splat->at, list, nullptr, true));
  }
  if (keywords) {
    Node* map = evaluate(argument(keywords)->value);
    add(make<Argument>(map->at, map, nullptr, false, true));
  }
  return evaluated;
}

// ---- parameters ----

namespace {
/// What is passed has no marks of its own.
void forget_marks(Node* value) {
  auto* string = as<String>(value);
  if (string && string->may_be_quoted() && string->quote) string->quote = '*';
}

const Parameter* find_parameter(const Parameters* parameters, const Symbol* symbol) {
  for (const Parameter& parameter : parameters->items)
    if (parameter.symbol == symbol) return &parameter;
  return nullptr;
}
}  // namespace

void Evaluator::bind_rest(const Parameter& parameter, Arguments* arguments, std::uint32_t from,
                          Environment* environment) {
  Argument* first = arguments->items[from];
  auto* list = make<ListNode>(parameter.at, Separator::Comma, true);
  environment->set_local(arena(), parameter.symbol, list);
  auto add = [this, list](Node* value) {
    auto* argument = as<Argument>(value);
    list->items.add(arena(),
                    argument ? make<Argument>(*argument) : make<Argument>(value->at, value));
  };
  if (first->rest) {
    auto* rest = as<ListNode>(first->value);
    list->separator = rest->separator;
    for (Node* item : rest->items) add(item);
  } else if (first->keywords) {
    for (const MapNode::Entry& entry : as<MapNode>(first->value)->entries) {
      auto* key = as<String>(entry.key);
      if (!key)
        return fail(first->at, "Variable keyword argument map must have string keys.",
                    "use strings as keys");
      const Symbol* name = context_.symbols.get(arena().join("$", unquote(arena(), key->value)));
      list->items.add(arena(), make<Argument>(entry.key->at, entry.value, name));
    }
  } else {
    for (std::uint32_t i = from; i < arguments->items.size; i++) {
      Argument* argument = arguments->items[i];
      auto* inner = as<ListNode>(argument->value);
      if (inner && inner->items.empty() && argument->rest) continue;
      if (argument->value->kind == Kind::Argument) {
        list->items.add(arena(), argument->value);
      } else if (argument->rest) {
        if (!inner) break;
        list->separator = inner->separator;
        for (std::uint32_t n = 0; n < inner->items.size; n++) {
          Node* value = value_at(inner, n);
          list->items.add(arena(), make<Argument>(value->at, value));
        }
        break;
      } else {
        list->items.add(arena(), make<Argument>(argument->at, argument->value, argument->name));
      }
    }
  }
}

void Evaluator::fail_as_repeated(bool mixin, Str name, const Arguments* arguments,
                                 const Symbol* parameter) {
  fail(arguments->at,
       arena().join({"parameter ", parameter->name, " provided more than once in call to ",
                     mixin ? "Mixin " : "Function ", name}),
       "remove one of them");
}

void Evaluator::bind(bool mixin, Str name, Parameters* parameters, Arguments* arguments,
                     Environment* environment) {
  Str type = mixin ? "Mixin " : "Function ";
  auto complain = [this, arguments](std::initializer_list<Str> parts, Str remedy) {
    fail(arguments->at, arena().join(parts), remedy);
  };
  for (Argument* argument : arguments->items) forget_marks(argument->value);
  ListNode* named_rest =
      parameters->rest ? make<ListNode>(arguments->at, Separator::Space, true) : nullptr;
  std::uint32_t at = 0, size = parameters->items.size, count = arguments->items.size;
  for (std::uint32_t i = 0; i < count && !context_.failed;) {
    Argument* argument = arguments->items[i];
    if (at >= size) {
      auto* list = as<ListNode>(argument->value);
      if (argument->rest && list && list->items.empty()) {
        i++;
        continue;
      }
      Text message;
      message.add("wrong number of arguments (");
      message.add_int(count);
      message.add(" for ");
      message.add_int(size);
      message.add(") for `");
      message.add(name);
      message.add("'");
      return fail(arguments->at, message.str(), "remove arguments");
    }
    const Parameter& parameter = parameters->items[at];
    if (parameter.rest) {
      bind_rest(parameter, arguments, i, environment);
      at++;
      break;
    }
    if (argument->rest) {
      auto* list = as<ListNode>(argument->value);
      if (!list) {
        list = make<ListNode>(argument->at);
        list->items.add(arena(), argument->value);
      }
      if (list->items.empty()) break;
      if (!parameters->rest && list->items.size > size - at) {
        context_.note(Severity::Warning, arguments->at,
                      arena().join({type, name, " takes fewer arguments than were passed."}),
                      "remove arguments");
        list->items.size = size - at;
      }
      Node* first = list->items[0];
      argument = as<Argument>(first) ? as<Argument>(first) : make<Argument>(first->at, first);
      // The list shrinks from its front: what is left is what later parameters get.
      list->items.data = list->items.begin() + 1;
      list->items.size--;
      list->items.capacity--;
      if (list->items.empty() || (!list->arguments && at + 1 == size)) i++;
    } else if (argument->keywords) {
      auto* map = as<MapNode>(argument->value);
      if (!map) return fail(argument->at, "Variable keyword arguments must be a map.");
      for (const MapNode::Entry& entry : map->entries) {
        auto* key = as<String>(entry.key);
        if (!key)
          return fail(argument->at, "Variable keyword argument map must have string keys.",
                      "use strings as keys");
        const Symbol* symbol =
            context_.symbols.get(arena().join("$", unquote(arena(), key->value)));
        if (!find_parameter(parameters, symbol))
          return complain({type, name, " has no parameter named ", symbol->name},
                          "check the keys of the map");
        environment->set_local(arena(), symbol, entry.value);
      }
      i++;
      continue;
    } else {
      i++;
    }
    if (!argument->name) {
      if (environment->find_local(parameter.symbol))
        return fail_as_repeated(mixin, name, arguments, parameter.symbol);
      environment->set_local(arena(), parameter.symbol, argument->value);
      at++;
      continue;
    }
    const Parameter* named = find_parameter(parameters, argument->name);
    if (!named) {
      if (!parameters->rest)
        return complain({type, name, " has no parameter named ", argument->name->name},
                        "check the name of the argument");
      named_rest->items.add(arena(), argument);
    } else if (named->rest) {
      return complain({"argument ", argument->name->name, " of ", type, name,
                       "cannot be used as named argument"},
                      "pass it by position");
    }
    if (environment->find_local(argument->name))
      return fail_as_repeated(mixin, name, arguments, argument->name);
    environment->set_local(arena(), argument->name, argument->value);
  }
  for (std::uint32_t i = at; i < size && !context_.failed; i++) {
    const Parameter& parameter = parameters->items[i];
    if (environment->find_local(parameter.symbol)) continue;
    if (parameter.rest)
      environment->set_local(arena(), parameter.symbol, named_rest);
    else if (parameter.value)
      environment->set_local(arena(), parameter.symbol, evaluate(parameter.value));
    else
      complain({type, name, " is missing argument ", parameter.symbol->name, "."},
               "pass the argument");
  }
}

// ---- arguments in order ----

bool are_in_order(const Arguments* arguments, const Parameters* parameters) {
  std::uint32_t count = arguments->items.size, size = parameters->items.size;
  if (arguments->named || arguments->rest || arguments->keywords || parameters->rest) return false;
  return count <= size && size <= kMostInOrder && (count == size || parameters->items[count].value);
}

void Evaluator::evaluate_in_order(const Arguments* arguments, bool lazy, Node** values) {
  std::uint32_t count = arguments->items.size;
  for (std::uint32_t i = 0; i < count && !context_.failed; i++) {
    Node* value = arguments->items[i]->value;
    values[i] = lazy ? value : evaluate(value);
  }
  // All are evaluated by now: another one may read the marks of a variable's value.
  for (std::uint32_t i = 0; i < count && !context_.failed; i++) forget_marks(values[i]);
}

void Evaluator::bind_in_order(bool mixin, Str name, const Parameters* parameters,
                              const Arguments* arguments, Node* const* values,
                              Environment* environment) {
  std::uint32_t count = arguments->items.size, i = 0;
  for (const Parameter& parameter : parameters->items) {
    if (context_.failed) return;
    bool passed = i < count, twice = environment->find_local(parameter.symbol) != nullptr;
    if (passed && twice) return fail_as_repeated(mixin, name, arguments, parameter.symbol);
    if (!twice)
      environment->set_local(arena(), parameter.symbol,
                             passed ? values[i] : evaluate(parameter.value));
    i++;
  }
}

void Evaluator::begin(const Call* call) {
  if (++context_.calls > kMaxCalls)
    fail(call->at, "Stack depth exceeded max of 1024", "end the recursion");
}

Node* Evaluator::run(const Call* call, Block* block) {
  Node* result = run(block);
  if (!result)
    fail(call->at, arena().join("Function ", call->name, " finished without @return"),
         "end every way through it with @return");
  return result;
}

Node* Evaluator::run_in_order(Call* call, Definition* definition, bool lazy) {
  Node* values[kMostInOrder];
  evaluate_in_order(call->arguments, lazy, values);
  if (!context_.failed) begin(call);
  if (context_.failed) return make<Null>(call->at);
  Node* result = nullptr;
  if (definition->built_in) {
    Environment* caller = environment_;
    In in(*this, definition->environment);
    const List<Parameter>& parameters = definition->parameters->items;
    // Their own values are constants, which need no environment with the arguments.
    for (std::uint32_t i = call->arguments->items.size; i < parameters.size; i++)
      values[i] = evaluate(parameters[i].value);
    BuiltInCall built_in{*this, context_, caller, values, definition, call->at};
    if (!context_.failed)
      result = definition->built_in->function(built_in, definition->built_in->variant);
    if (result) result = evaluate(result);
  } else {
    Scope scope(*this, definition->environment);
    bind_in_order(false, call->name, definition->parameters, call->arguments, values,
                  scope.environment);
    if (!context_.failed) result = run(call, definition->block);
    if (result) result = evaluate(result);
  }
  context_.calls--;
  if (!result) return make<Null>(call->at);
  result->interpolant = call->interpolant;
  return result;
}

// ---- calls ----

namespace {
/// As set_delayed() with false. From the second call on, only what evaluation gives as it is may
/// have been marked again, as the key of a map: a literal, also behind `and` or `or`.
void undelay(Call* call) {
  if (!call->undelayed) set_delayed(call->arguments, false);
  call->undelayed = true;
  for (Argument* argument : call->arguments->items) {
    auto* binary = as<Binary>(argument->value);
    if (binary && binary->op.op <= Op::Or)
      set_delayed(binary, false);
    else if (argument->value)
      argument->value->delayed = false;
  }
}
}  // namespace

Node* Evaluator::plain_call(Call* call) {
  for (Argument* argument : call->arguments->items) {
    auto* list = as<ListNode>(argument->value);
    if (list && list->items.empty()) {
      fail(call->at, "() isn't a valid CSS value.", "remove the empty list");
      return make<Null>(call->at);
    }
  }
  auto* literal = make<Call>(call->at, call->symbol, call->name, arguments(call->arguments));
  if (literal->arguments->named)
    fail(call->at,
         arena().join("Plain CSS function ", call->name, " doesn't support keyword arguments"),
         "define the function, or check its name");
  Node* result = quoted(context_, call->at, text(literal));
  result->interpolant = call->interpolant;
  return result;
}

Node* Evaluator::call(Call* call) {
  if (call->schema) {
    Str name = to_string(context_, evaluate(call->schema));
    Str values = to_string(context_, arguments(call->arguments));
    return constant(context_, call->at, arena().join(name, values));
  }
  Binding* binding = lookup(call->at, call->space, call->symbol);
  if (call->space && !binding && !context_.failed)
    fail(call->at, "Undefined function.", "check its name, and the namespace");
  Definition* definition = binding ? binding->definition : nullptr;
  Str name = call->symbol->name;
  if (context_.dart() && !call->space && !call->function && (!definition || definition->built_in))
    if (Node* value = calculation(call)) return value;
  if (call->at.sheet && call->at.sheet->css) return plain_call(call);
  bool special = definition && !call->via_call && call->symbol->special;
  if ((!definition || special) && !call->function) return plain_call(call);
  if (call->function) definition = call->function->definition;
  if (name != "call") undelay(call);
  bool lazy = name == "if";
  if (!definition->for_two && !call->function &&
      are_in_order(call->arguments, definition->parameters))
    return run_in_order(call, definition, lazy);
  Arguments* values = lazy ? call->arguments : arguments(call->arguments);
  if (context_.failed) return make<Null>(call->at);
  if (definition->for_two) {
    std::uint32_t count = values->items.size;
    if (values->rest && count) {
      auto* rest = as<ListNode>(values->items.back()->value);
      if (rest) count += rest->items.size - 1;
    }
    if (count == 2) {
      definition = definition->for_two;
    } else if (count != 4 && !context_.dart()) {
      fail(call->at,
           arena().join("overloaded function `", call->name, "` given wrong number of arguments"),
           "pass a colour and alpha, or four numbers");
      return make<Null>(call->at);
    }
  }
  if (call->function && call->function->css) return call;
  return run(call, definition, values);
}

Node* Evaluator::run_built_in(const Place& at, const Definition* definition, Environment* caller) {
  Node* bound[kMostInOrder] = {};
  std::uint32_t i = 0;
  for (const Parameter& parameter : definition->parameters->items)
    bound[i++] = environment_->find_local(parameter.symbol)->value;
  BuiltInCall call{*this, context_, caller, bound, definition, at};
  return definition->built_in->function(call, definition->built_in->variant);
}

Node* Evaluator::run(Call* call, Definition* definition, Arguments* values) {
  begin(call);
  Environment* caller = environment_;
  Scope scope(*this, definition->environment);
  bind(false, call->name, definition->parameters, values, scope.environment);
  Node* result = nullptr;
  if (context_.failed) {
    result = make<Null>(call->at);
  } else if (definition->built_in) {
    result = run_built_in(call->at, definition, caller);
  } else {
    result = run(call, definition->block);
  }
  context_.calls--;
  if (!result) return make<Null>(call->at);
  result = evaluate(result);
  result->interpolant = call->interpolant;
  return result;
}

}  // namespace meridian::sass
