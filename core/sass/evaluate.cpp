// Values of expressions.
#include "evaluate.h"

namespace meridian::sass {

Evaluator::Evaluator(Context& context, Environment* environment)
    : context_(context),
      environment_(environment),
      content_(context.symbols.get("@content")),
      built_ins_(environment) {
  extender_ = make<Extender>(context);
}

Environment* Evaluator::inner(Environment* parent, bool shadow) {
  Environment* environment = left_;
  if (environment)
    left_ = environment->parent;
  else
    environment = make<Environment>();
  environment->parent = parent;
  environment->shadow = shadow;
  return environment;
}

void Evaluator::leave(Environment* environment) {
  if (environment->kept) return;
  environment->clear();
  environment->parent = left_;
  left_ = environment;
}

double Evaluator::random() {
  // xorshift64*, whose upper bits are good enough for what sheets do with them.
  seed_ ^= seed_ >> 12;
  seed_ ^= seed_ << 25;
  seed_ ^= seed_ >> 27;
  return double((seed_ * 0x2545F4914F6CDD1Dull) >> 11) / 9007199254740992.0;
}

Node* Evaluator::evaluate(Node* node) {
  // Nearly all are one of these. A plain one is counted, and whoever holds it sees that it is
  // enough.
  work_done += kBytesOfStep;
  if (is_plain(node)) return node;
  if (node->kind == Kind::Variable && context_.step(node->at, 0))
    return variable(as<Variable>(node));
  return compound(node);
}

Node* Evaluator::compound(Node* node) {
  Deeper deeper(context_, node->at);
  if (!context_.step(node->at, 0)) return make<Null>(node->at);
  switch (node->kind) {
    case Kind::Quoted: return string(as<String>(node));
    case Kind::List: return list(as<ListNode>(node));
    case Kind::Map: return map(as<MapNode>(node));
    case Kind::Schema: return schema(as<Schema>(node));
    case Kind::Binary:
      if (as<Binary>(node)->calculation) return node;
      return binary(as<Binary>(node));
    case Kind::Unary: return unary(as<Unary>(node));
    case Kind::Call:
      if (as<Call>(node)->calculation) return node;
      return call(as<Call>(node));
    case Kind::CssIf: return css_if(as<CssIf>(node));
    case Kind::Parent:
      if (!original_) return make<Null>(node->at);
      return make<SelectorsNode>(node->at, selectors(original_));
    case Kind::Argument: return argument(as<Argument>(node));
    case Kind::Arguments: return arguments(as<Arguments>(node));
    case Kind::MediaQuery: {
      auto* query = as<MediaQuery>(node);
      auto* copy = make<MediaQuery>(node->at);
      if (query->type) copy->type = evaluate(query->type);
      copy->negated = query->negated;
      copy->restricted = query->restricted;
      for (Node* feature : query->features) copy->features.add(arena(), evaluate(feature));
      return copy;
    }
    case Kind::MediaExpression: {
      auto* expression = as<MediaExpression>(node);
      auto part = [this](Node* part) -> Node* {
        if (!part) return nullptr;
        part = evaluate(part);
        if (part->kind != Kind::Quoted) return part;
        return quoted(context_, part->at, as<String>(part)->value);
      };
      Node* feature = part(expression->feature);
      Node* value = part(expression->value);
      return make<MediaExpression>(node->at, feature, value, expression->interpolated);
    }
    case Kind::AtRootQuery: {
      auto* query = as<AtRootQuery>(node);
      Node* feature = query->feature ? evaluate(query->feature) : nullptr;
      return make<AtRootQuery>(node->at, feature, query->value ? evaluate(query->value) : nullptr);
    }
    case Kind::SupportsOperation:
    case Kind::SupportsNegation:
    case Kind::SupportsDeclaration:
    case Kind::SupportsInterpolation: {
      auto* condition = as<Supports>(node);
      Node* left = evaluate(condition->left);
      Node* right = condition->right ? evaluate(condition->right) : nullptr;
      return make<Supports>(node->kind, node->at, left, right, condition->is_and);
    }
    default: return node;
  }
}

Node* Evaluator::string(String* string) {
  auto* copy = make<String>(Kind::Quoted, string->at, string->value, string->quote);
  copy->interpolant = string->interpolant;
  copy->plain = string->plain;
  return copy;
}

Node* Evaluator::list(ListNode* list) {
  if (list->separator == Separator::Hash) {
    auto* made = make<MapNode>(list->at);
    made->entries = with_room<MapNode::Entry>(arena(), list->items.size / 2);
    for (std::uint32_t i = 0; i + 1 < list->items.size && !context_.failed; i += 2) {
      Node* key = evaluate(list->items[i]);
      Node* value = evaluate(list->items[i + 1]);
      key->delayed = true;
      put(context_, made, key, value);
    }
    made->interpolant = list->interpolant;
    if (made->duplicate) duplicate_key(made->duplicate, list);
    return map(made);
  }
  if (list->expanded) return list;
  auto* evaluated =
      make<ListNode>(list->at, list->separator, bool(list->arguments), bool(list->bracketed));
  evaluated->items = with_room<Node*>(arena(), list->items.size);
  for (Node* item : list->items) evaluated->items.add(arena(), evaluate(item));
  evaluated->interpolant = list->interpolant;
  evaluated->from_selector = list->from_selector;
  evaluated->expanded = true;
  return evaluated;
}

void Evaluator::duplicate_key(Node* key, Node* map) {
  auto* string = as<String>(key);
  Text message;
  message.add("Duplicate key ");
  if (string)
    add_quoted(message, string->value, '*');
  else
    message.add(to_string(context_, key, {Form::Inspect}));
  message.add(" in map (");
  message.add(to_string(context_, map, {Form::Inspect}));
  message.add(").");
  fail(map->at, message.str(), "remove one of the keys");
}

Node* Evaluator::map(MapNode* map) {
  if (map->expanded || context_.failed) return map;
  auto* evaluated = make<MapNode>(map->at);
  evaluated->entries = with_room<MapNode::Entry>(arena(), map->entries.size);
  for (const MapNode::Entry& entry : map->entries) {
    Node* key = evaluate(entry.key);
    put(context_, evaluated, key, evaluate(entry.value));
  }
  if (evaluated->duplicate) duplicate_key(evaluated->duplicate, map);
  evaluated->expanded = true;
  return evaluated;
}

Node* Evaluator::variable(Variable* variable) {
  Binding* binding = lookup(variable->at, variable->space, variable->symbol);
  if (!binding || !binding->value) {
    undefined_variable(variable->at, variable->symbol);
    return make<Null>(variable->at);
  }
  const Node* bound = binding->value;
  Node* value = binding->value;
  if (auto* argument = as<Argument>(value)) value = argument->value;
  if (auto* number = as<Number>(value)) number->zero = true;
  value->interpolant = variable->interpolant;
  if (force_) evaluate_again(value);
  set_delayed(value, false);
  if (value == bound && is_plain(value)) return value;
  value = evaluate(value);
  if (force_ || value == bound) return value;
  // The environment may have grown, but for a string, which is copied: the binding may have moved.
  if (bound->kind != Kind::Quoted)
    binding = lookup(variable->at, variable->space, variable->symbol);
  if (binding) binding->value = value;
  return value;
}

void Evaluator::undefined_variable(const Place& at, const Symbol* symbol) {
  Text message;
  if (context_.dart())
    return fail(at, "Undefined variable.", "give it a value before, or check its name");
  message.add("Undefined variable: \"");
  message.add(symbol->name);
  message.add("\".");
  fail(at, message.str(), "give it a value before, or check its name");
}

Node* Evaluator::unary(Unary* unary) {
  Node* operand = evaluate(unary->operand);
  if (unary->op == UnaryOp::Group) return operand;
  if (unary->op == UnaryOp::Not) return make<Boolean>(unary->at, is_false(operand));
  if (auto* number = as<Number>(operand)) {
    if (unary->op == UnaryOp::Minus) {
      auto* negative = make<Number>(*number);
      negative->value = -negative->value;
      return negative;
    }
    if (unary->op == UnaryOp::Plus) return number;
    return constant(context_, unary->at, arena().join("/", text(number)));
  }
  auto inspected = [this, unary](Node* operand) {
    auto* copy = make<Unary>(*unary);
    copy->operand = operand;
    return quoted(context_, unary->at, to_string(context_, copy, {Form::Inspect}));
  };
  if (operand->kind == Kind::Null && as<Variable>(unary->operand)) {
    // Where a variable is null, only the sign is left.
    unary->operand = quoted(context_, unary->at, "");
  } else if (auto* color = as<Color>(operand)) {
    if (!color->shown.empty()) return inspected(constant(context_, color->at, color->shown));
  } else {
    return inspected(operand);
  }
  return inspected(unary->operand);
}

// ---- interpolation ----

void Evaluator::interpolate(Text& out, Node* node, bool into_quotes, bool was_interpolant) {
  Deeper deeper(context_, node->at);
  if (!context_.step(node->at)) return;
  bool parenthesis = false;
  if (auto* arguments = as<Arguments>(node)) {
    auto* values = make<ListNode>(node->at, Separator::Comma);
    for (Argument* argument : arguments->items) values->items.add(arena(), argument->value);
    values->interpolant = arguments->interpolant;
    parenthesis = true;
    out.add('(');
    node = values;
  }
  if (auto* number = as<Number>(node)) {
    Number reduced(*number);
    reduce(arena(), &reduced);
    if (!is_css_unit(&reduced))
      fail(node->at, arena().join(to_string(context_, number), " isn't a valid CSS value."),
           "divide the units away");
  }
  if (auto* argument = as<Argument>(node)) node = argument->value;
  if (node->kind == Kind::Quoted && was_interpolant) {
    bool interpolant = node->interpolant;
    node = constant(context_, node->at, as<String>(node)->value);
    node->interpolant = interpolant;
  }
  if (node->kind == Kind::Null) return;
  if (auto* list = as<ListNode>(node)) {
    auto* texts = make<ListNode>(node->at, list->separator);
    for (std::uint32_t i = 0; i < list->items.size; i++) {
      Node* item = list->items[i];
      item->interpolant = list->interpolant;
      Text text;
      interpolate(text, item, into_quotes, list->interpolant);
      if (item->kind != Kind::Null)
        texts->items.add(arena(), quoted(context_, item->at, context_.copy(text)));
    }
    Str text = this->text(texts);
    if (size_of(list) > 1) {
      text = read_hex_escapes(arena(), text);
      for (char c : text) out.add(c == '\n' ? ' ' : c);
    } else {
      out.add(text);
    }
  } else {
    Str text = this->text(node);
    if (into_quotes)
      text = node->interpolant ? evacuate_escapes(arena(), text) : read_hex_escapes(arena(), text);
    out.add(text);
  }
  if (parenthesis) out.add(')');
}

Node* Evaluator::raw(Schema* schema) {
  Text text;
  Str grown;
  for (Node* part : schema->parts) {
    auto* plain = part->interpolant ? nullptr : as<String>(part);
    Node* value = plain ? plain : evaluate(part);
    auto* string = as<String>(value);
    text.add(string ? string->value : this->text(value));
    if (string && string->value.size() > grown.size()) grown = string->value;
    if (context_.failed || !context_.step(schema->at)) break;
  }
  context_.may_make(schema->at, text.size());
  return constant(context_, schema->at, arena().grow_copy(grown, text.str()), false);
}

Node* Evaluator::schema(Schema* schema) {
  std::uint32_t size = schema->parts.size;
  bool into_quotes = false;
  if (size > 1) {
    Node *first = schema->parts[0], *last = schema->parts[size - 1];
    if (first->kind == Kind::String && last->kind == Kind::String) {
      Str left = as<String>(first)->value, right = as<String>(last)->value;
      char mark = right.empty() ? '\0' : right.back();
      into_quotes = (mark == '"' || mark == '\'') && char_at(left, 0) == mark;
    }
  }
  bool was_quoted = false, was_interpolant = false;
  Text text;
  Str grown;  // the longest part, which a loop may make longer
  for (std::uint32_t i = 0; i < size && !context_.failed; i++) {
    Node* part = schema->parts[i];
    bool is_quoted = part->kind == Kind::Quoted;
    if (!part->interpolant && !was_interpolant && (was_quoted || (i && is_quoted))) text.add(' ');
    Node* value = evaluate(part);
    interpolate(text, value, into_quotes, value->interpolant);
    if (auto* string = as<String>(value); string && string->value.size() > grown.size())
      grown = string->value;
    was_quoted = is_quoted;
    was_interpolant = part->interpolant;
  }
  context_.may_make(schema->at, text.size());
  Str result = text.str();
  if (!schema->interpolant) {
    if (size > 1 && result.empty()) return make<Null>(schema->at);
    return constant(context_, schema->at, arena().grow_copy(grown, result), schema->css);
  }
  count_text(result);
  char mark = 0;
  if (schema->css) result = read_css_string(arena(), result);
  result = unquote(arena(), result, &mark, false);
  if (mark)
    mark = '*';
  else if (!in_comment_)
    result = string_to_output(arena(), result);
  // It may still be a part of the text.
  if (result.begin() >= text.data() && result.begin() <= text.data() + text.size())
    result = arena().grow_copy(grown, result);
  auto* made = make<String>(Kind::Quoted, schema->at, result, mark);
  made->interpolant = true;
  return made;
}

// ---- selectors ----

SelectorList* Evaluator::selector_schema(SelectorSchema* schema) {
  Node* contents = context_.dart() ? raw(schema->contents) : evaluate(schema->contents);
  Str text = context_.dart() ? as<String>(contents)->value : this->text(contents);
  text = unquote(arena(), right_trim(text));
  auto* ended = arena().join(text, Str("", 1)).data();
  Parser parser(context_, Str(ended, text.size()), schema->at);
  return context_.failed ? make<SelectorList>() : parser.selectors(true);
}

SelectorList* Evaluator::selectors(SelectorList* list) {
  auto* evaluated = make<SelectorList>();
  evaluated->at = list->at;
  List<SelectorList*> resolved;
  for (Complex* item : list->items) {
    SelectorList* each = resolve_parents(context_, item, original_, !was_at_root_);
    resolved.add(arena(), each);
  }
  add_in_turn(arena(), resolved, evaluated);
  return evaluated;
}

}  // namespace meridian::sass
