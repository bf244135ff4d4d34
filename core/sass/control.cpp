// Assignments, control directives, messages: what functions and rules have in common.
#include "evaluate.h"

namespace meridian::sass {

void Evaluator::assign(Assignment* assignment) {
  if (context_.dart() && assign_member(assignment)) return;
  const Symbol* symbol = assignment->symbol;
  auto is_null = [](const Binding* binding) {
    return !binding->value || binding->value->kind == Kind::Null;
  };
  if (!assignment->global && !assignment->is_default) {
    Node* value = evaluate(assignment->value);
    return environment_->set_lexical(arena(), symbol, value);
  }
  Environment* global = environment_->global();
  if (assignment->global) {
    Binding* binding = global->find(symbol);
    if (!assignment->is_default || !binding || is_null(binding))
      global->set_local(arena(), symbol, evaluate(assignment->value));
    return;
  }
  for (Environment* at = environment_; at && at->is_lexical(); at = at->parent) {
    Binding* binding = at->find_local(symbol);
    if (!binding) continue;
    if (is_null(binding)) {
      Node* value = evaluate(assignment->value);
      at->set_local(arena(), symbol, value);
    }
    return;
  }
  if (Binding* binding = global->find(symbol)) {
    if (!is_null(binding)) return;
    Node* value = evaluate(assignment->value);
    return global->set_local(arena(), symbol, value);
  }
  Node* value = evaluate(assignment->value);
  environment_->set_local(arena(), symbol, value);
}

void Evaluator::message(Message* message) {
  Print before = context_.print;
  context_.print.form = Form::Nested;
  Node* value = evaluate(message->value);
  Str text = unquote(arena(), to_string(context_, value, {Form::ToSass}));
  context_.print = before;
  switch (message->kind) {
    case StatementKind::Error: return fail(message->at, text, "this is an @error of the sheet");
    case StatementKind::Warn:
      return context_.note(Severity::Warning, message->at, text, "this is a @warn of the sheet");
    default:
      return context_.note(Severity::Info, message->at, text, "this is a @debug of the sheet");
  }
}

// ---- within functions ----

Node* Evaluator::run(Block* block) {
  for (Statement* item : block->items) {
    if (!context_.step(item->at)) return make<Null>(item->at);
    if (Node* value = run(item)) return value;
  }
  return nullptr;
}

Node* Evaluator::run(Statement* statement) {
  switch (statement->kind) {
    case StatementKind::Assignment: assign(as<Assignment>(statement)); break;
    case StatementKind::Warn:
    case StatementKind::Error:
    case StatementKind::Debug: message(static_cast<Message*>(statement)); break;
    case StatementKind::Return: return evaluate(static_cast<Message*>(statement)->value);
    case StatementKind::If: return if_rule(as<If>(statement), true);
    case StatementKind::For: return for_rule(as<For>(statement), true);
    case StatementKind::Each: return each_rule(as<Each>(statement), true);
    case StatementKind::While: return while_rule(as<While>(statement), true);
    default: break;
  }
  return context_.failed ? make<Null>(statement->at) : nullptr;
}

Node* Evaluator::turn(Block* block, bool in_function) {
  if (!context_.step(block->at)) return make<Null>(block->at);
  if (in_function) return run(block);
  append(block);
  return context_.failed ? make<Null>(block->at) : nullptr;
}

// ---- control directives ----

Node* Evaluator::if_rule(If* rule, bool in_function) {
  Deeper deeper(context_, rule->at);
  Scope scope(*this, environment_, !in_function);
  Local control(in_control_, true);
  Block* block = holds(rule->predicate) ? rule->block : rule->alternative;
  return block && !context_.failed ? turn(block, in_function) : nullptr;
}

Node* Evaluator::for_rule(For* rule, bool in_function) {
  Node* low = evaluate(rule->low);
  Node* high = evaluate(rule->high);
  const Place low_at = low->at, high_at = high->at;
  auto *first = as<Number>(low), *last = as<Number>(high);
  if (!first || !last) {
    if (!context_.failed)
      fail(first ? high_at : low_at,
           arena().join(to_string(context_, first ? high : low), " is not an integer."),
           "count from a number to a number");
    return nullptr;
  }
  if (!same_units(first->units, last->units)) {
    Text message;
    message.add("Incompatible units: '");
    message.add(unit_of(arena(), in_function ? last : first));
    message.add("' and '");
    message.add(unit_of(arena(), in_function ? first : last));
    message.add("'.");
    fail(low->at, message.str(), "give both the same unit");
    return nullptr;
  }
  Scope scope(*this, environment_, true);
  Environment* environment = scope.environment;
  Local control(in_control_, true);
  double begin = first->value, end = last->value, step = begin < end ? 1 : -1;
  const Units* units = last->units;
  if (rule->inclusive) end += step;
  for (double i = begin; step > 0 ? i < end : i > end; i += step) {
    environment->set_local(arena(), rule->symbol, make<Number>(low->at, i, units));
    if (Node* value = turn(rule->block, in_function)) return value;
  }
  return nullptr;
}

Node* Evaluator::each_rule(Each* rule, bool in_function) {
  Node* items = evaluate(rule->list);
  Scope scope(*this, environment_, true);
  Environment* environment = scope.environment;
  Local control(in_control_, true);
  std::uint32_t count = rule->symbols.size;
  auto set = [this, environment, rule](std::uint32_t i, Node* value) {
    environment->set_local(arena(), rule->symbols[i], value);
  };
  if (auto* selectors = as<SelectorsNode>(items)) items = listize(context_, selectors->list);
  if (auto* map = as<MapNode>(items)) {
    for (std::uint32_t i = 0; i < map->entries.size; i++) {
      MapNode::Entry entry = map->entries[i];
      Node *key = entry.key, *value = entry.value;
      if (!in_function) {
        key = evaluate(key);
        value = evaluate(value);
      }
      if (count == 1) {
        auto* pair = make<ListNode>(map->at);
        pair->items.add(arena(), key);
        pair->items.add(arena(), value);
        set(0, pair);
      } else {
        set(0, key);
        set(1, value);
      }
      if (Node* result = turn(rule->block, in_function)) return result;
    }
    return nullptr;
  }
  auto* list = as<ListNode>(items);
  if (!list) {
    list = make<ListNode>(items->at, Separator::Comma);
    list->items.add(arena(), items);
  }
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    Node* item = list->items[i];
    if (auto* argument = as<Argument>(item)) item = argument->value;
    auto* parts = as<ListNode>(item);
    if (!parts || count == 1) {
      set(0, item);
      for (std::uint32_t n = 1; n < count; n++) set(n, make<Null>(items->at));
    } else {
      for (std::uint32_t n = 0; n < count; n++) {
        Node* part = n < parts->items.size ? parts->items[n] : make<Null>(items->at);
        set(n, in_function ? part : evaluate(part));
      }
    }
    if (Node* result = turn(rule->block, in_function)) return result;
  }
  return nullptr;
}

Node* Evaluator::while_rule(While* rule, bool in_function) {
  Scope scope(*this, environment_, true);
  Local control(in_control_, true);
  while (holds(rule->predicate) && !context_.failed)
    if (Node* value = turn(rule->block, in_function)) return value;
  return nullptr;
}

}  // namespace meridian::sass
