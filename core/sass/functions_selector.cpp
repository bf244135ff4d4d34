// Functions of selectors, which are strings or lists of lists of strings.
#include "evaluate.h"

namespace meridian::sass {

namespace {
/// A value as the selector that its text is.
SelectorList* parse(const BuiltInCall& call, Node* value, bool allow_parent, Print print) {
  auto* none = call.make<SelectorList>();
  if (value->kind == Kind::Null) {
    call.fail(
        "null is not a valid selector: it must be a string, a list of strings, or a list of "
        "lists of strings",
        "pass a selector");
    return none;
  }
  if (auto* string = as<String>(value)) string->quote = 0;
  Str text = to_string(call.context, value, print);
  Str ended(call.context.arena.join(text, Str("", 1)).data(), text.size());
  Parser parser(call.context, ended, value->at, allow_parent);
  SelectorList* list = parser.selectors(false);
  return call.context.failed ? none : list;
}

SelectorList* selector(const BuiltInCall& call, int i) {
  return parse(call, call[i], false, call.context.print);
}

Node* listized(const BuiltInCall& call, const SelectorList* list) {
  return listize(call.context, list);
}

/// The arguments of functions with any number of selectors.
bool selectors(const BuiltInCall& call, List<SelectorList*>& parsed, Print print) {
  ListNode* list = call.list(0);
  if (list->items.empty())
    call.fail("$selectors: At least one selector must be passed", "pass a selector");
  for (std::uint32_t i = 0; i < list->items.size && !call.context.failed; i++)
    parsed.add(call.context.arena, parse(call, value_at(list, i), true, print));
  return !call.context.failed;
}

Node* nest(const BuiltInCall& call, int) {
  List<SelectorList*> parsed;
  if (!selectors(call, parsed, call.context.print)) return call.null();
  SelectorList* result = parsed[0];
  for (std::uint32_t i = 1; i < parsed.size; i++)
    result = resolve_parents(call.context, parsed[i], result, true);
  return listized(call, result);
}

Node* append(const BuiltInCall& call, int) {
  List<SelectorList*> parsed;
  if (!selectors(call, parsed, {})) return call.null();
  SelectorList* result = nullptr;
  for (SelectorList* each : parsed) {
    for (Complex* complex : each->items) {
      if (complex->components.empty())
        complex->components.add(call.context.arena, call.make<Component>());
      if (complex->components[0]->combinator) continue;
      complex->components[0]->parent = true;
      complex->chroots = true;
    }
    if (result && !has_parent(each)) {
      Text message;
      message.add("Can't append \"");
      message.add(to_string(call.context, each));
      message.add("\" to \"");
      message.add(to_string(call.context, result));
      message.add("\" for `selector-append'");
      return call.fail(message.str(), "begin the selector without a combinator");
    }
    result = result ? resolve_parents(call.context, each, result, true) : each;
  }
  return listized(call, result);
}

Node* unify_selectors(const BuiltInCall& call, int) {
  SelectorList *a = selector(call, 0), *b = selector(call, 1);
  return listized(call, unify(call.context, a, b));
}

Node* extend(const BuiltInCall& call, int replace) {
  SelectorList *list = selector(call, 0), *target = selector(call, 1), *source = selector(call, 2);
  if (call.context.failed) return call.null();
  return listized(call,
                  Extender::extend(call.context, list, source, target,
                                   replace ? Extender::Mode::Replace : Extender::Mode::Targets));
}

Node* parse_selector(const BuiltInCall& call, int) { return listized(call, selector(call, 0)); }

Node* superselector(const BuiltInCall& call, int) {
  SelectorList *a = selector(call, 0), *b = selector(call, 1);
  return call.boolean(is_superselector(call.context, a, b));
}

Node* simple_selectors(const BuiltInCall& call, int) {
  SelectorList* list = selector(call, 0);
  auto* result = call.make<ListNode>(call.at, Separator::Comma);
  if (list->items.empty() || list->items[0]->components.empty()) return result;
  for (Simple* simple : list->items[0]->components[0]->simples)
    result->items.add(call.context.arena, call.text(to_string(call.context, simple)));
  return result;
}
}  // namespace

const BuiltIn kSelectorFunctions[] = {
    {"selector-nest($selectors...)", nest, 0},
    {"selector-append($selectors...)", append, 0},
    {"selector-extend($selector, $extendee, $extender)", extend, 0},
    {"selector-replace($selector, $original, $replacement)", extend, 1},
    {"selector-unify($selector1, $selector2)", unify_selectors, 0},
    {"is-superselector($super, $sub)", superselector, 0},
    {"simple-selectors($selector)", simple_selectors, 0},
    {"selector-parse($selector)", parse_selector, 0},
    {nullptr, nullptr, 0}};

}  // namespace meridian::sass
