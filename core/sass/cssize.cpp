// Nested rules become rules beside each other; @media, @supports and @at-root move out of style
// rules, as bubbles that rise.
#include "evaluate.h"

namespace meridian::sass {

namespace {
class Cssize {
 public:
  explicit Cssize(Context& context) : context_(context) {}

  Block* block(Block* source) {
    auto* made = make<Block>(source->at, source->root);
    if (!root_) root_ = made;
    for (Statement* item : source->items) {
      Statement* each = statement(item);
      if (auto* inner = as<Block>(each))
        concat(made, inner);
      else if (each)
        add(made, each);
    }
    return made;
  }

 private:
  template <class T, class... A>
  T* make(A&&... arguments) {
    return context_.arena.make<T>(static_cast<A&&>(arguments)...);
  }
  void add(Block* block, Statement* item) { block->items.add(context_.arena, item); }
  void concat(Block* block, const Block* other) {
    for (Statement* item : other->items) add(block, item);
  }
  Statement* parent() { return parents_.empty() ? root_ : parents_.back(); }

  /// What lies in `item` has it as parent.
  Block* inside(Statement* item, Block* block) {
    parents_.add(context_.arena, item);
    Block* made = this->block(block);
    parents_.size--;
    return made;
  }

  Statement* statement(Statement* item) {
    Deeper deeper(context_, item->at);
    if (!context_.step(item->at)) return nullptr;
    switch (item->kind) {
      case StatementKind::Block: return block(static_cast<Block*>(item));
      case StatementKind::Trace: return block(item->block);
      case StatementKind::Declaration: return declaration(as<Declaration>(item));
      case StatementKind::AtRule: return at_rule(as<AtRule>(item));
      case StatementKind::KeyframeRule: {
        auto* rule = as<KeyframeRule>(item);
        if (rule->block->items.empty()) return rule;
        auto* made = make<KeyframeRule>(rule->at, block(rule->block));
        made->name = rule->name;
        return debubble(made->block, made);
      }
      case StatementKind::StyleRule: return style_rule(as<StyleRule>(item));
      case StatementKind::CssMediaRule: {
        auto* rule = as<CssMediaRule>(item);
        if (parent()->kind == StatementKind::StyleRule) return bubble(rule);
        if (parent()->kind == StatementKind::CssMediaRule) return make<Bubble>(rule->at, rule);
        auto* made = make<CssMediaRule>(rule->at, inside(rule, rule->block));
        made->queries = rule->queries;
        made->tabs = rule->tabs;
        return debubble(made->block, made);
      }
      case StatementKind::SupportsRule: {
        auto* rule = as<SupportsRule>(item);
        if (rule->block->items.empty()) return rule;
        if (parent()->kind == StatementKind::StyleRule) return bubble(rule);
        auto* made = make<SupportsRule>(rule->at, rule->condition, inside(rule, rule->block));
        made->tabs = rule->tabs;
        return debubble(made->block, made);
      }
      case StatementKind::AtRootRule: return at_root(as<AtRootRule>(item));
      default: return item;
    }
  }

  Statement* declaration(Declaration* source) {
    Node* property = source->property;
    if (auto* outer = as<Declaration>(parent())) {
      Str name = context_.arena.join(to_string(context_, outer->property), "-",
                                     to_string(context_, property));
      property = constant(context_, source->at, name);
      if (!outer->value) source->tabs = outer->tabs + 1;
    }
    auto* made = make<Declaration>(source->at, property, source->value, source->custom);
    made->indented = source->indented;
    made->tabs = source->tabs;
    Block* inner = source->block ? inside(made, source->block) : nullptr;
    bool visible = made->custom || (made->value && !is_invisible(made->value));
    if (!inner || inner->items.empty()) return visible ? made : nullptr;
    if (!visible) return inner;
    auto* all = make<Block>(inner->at);
    add(all, made);
    concat(all, inner);
    return all;
  }

  Statement* at_rule(AtRule* source) {
    if (!source->block || source->block->items.empty()) return source;
    if (parent()->kind == StatementKind::StyleRule)
      return source->is_keyframes() ? make<Bubble>(source->at, source) : bubble(source);
    auto* made = make<AtRule>(source->at, source->keyword);
    made->block = inside(source, source->block);
    made->value = source->value;
    bool exists = false;
    std::uint32_t size = made->block->items.size;
    if (size > source->block->items.size) size = source->block->items.size;
    for (std::uint32_t i = 0; i < size && !exists; i++) {
      auto* bubble = as<Bubble>(source->block->items[i]);
      auto* inner = bubble ? as<AtRule>(bubble->node) : nullptr;
      exists = !bubble || (inner && inner->keyword == made->keyword);
    }
    auto* result = make<Block>(made->at);
    Block* content = made->block;
    if (!exists && !made->is_keyframes()) {
      made->block = make<Block>(made->at);
      add(result, made);
      content = made->block;
    }
    concat(result, debubble(content, made));
    return result;
  }

  static bool bubblable(Statement* item) {
    if (item->kind == StatementKind::StyleRule || item->kind == StatementKind::Bubble ||
        item->kind == StatementKind::AtRootRule || item->kind == StatementKind::CssMediaRule ||
        item->kind == StatementKind::SupportsRule)
      return true;
    auto* rule = as<AtRule>(item);
    return rule && (rule->is_keyframes() || rule->is_media());
  }

  Statement* style_rule(StyleRule* source) {
    auto* made = make<StyleRule>(source->at);
    made->selector = source->selector;
    made->block = inside(source, source->block);
    made->root = source->root;
    if (context_.dart()) return split(made);
    auto *own = make<Block>(made->at), *rules = make<Block>(made->at);
    List<Statement*> others;
    for (Statement* item : made->block->items)
      if (bubblable(item))
        others.add(context_.arena, item);
      else
        add(own, item);
    if (!own->items.empty()) {
      made->block = own;
      for (Statement* item : others) item->tabs++;
      add(rules, made);
    }
    for (Statement* item : others) add(rules, item);
    rules = debubble(rules, nullptr);
    if (!rules->items.empty() && bubblable(rules->items.back()) &&
        parent()->kind != StatementKind::StyleRule)
      rules->items.back()->group_end = true;
    return rules;
  }

  /// Whether it is @media in a style rule of another @media, which it leaves.
  bool leaves(Statement* item) {
    auto* bubble = as<Bubble>(item);
    if (!bubble || bubble->node->kind != StatementKind::CssMediaRule) return false;
    for (std::uint32_t i = parents_.size; i-- > 0;)
      if (parents_[i]->kind != StatementKind::StyleRule)
        return parents_[i]->kind == StatementKind::CssMediaRule;
    return false;
  }

  /// dart-sass: what stands behind a nested rule is a rule of its own, and a rule of which nothing
  /// is left ends a group all the same. Behind @media that leaves, nested rules get a copy of the
  /// @media around, and so stand behind all of the rule's own.
  Statement* split(StyleRule* rule) {
    auto* rules = make<Block>(rule->at);
    Block* own = nullptr;
    bool left = false;
    for (Statement* item : rule->block->items) {
      bool apart = bubblable(item);
      left = left || leaves(item);
      if (!own && (!apart || left))
        add(rules, copy_with(context_, rule, own = make<Block>(rule->at)));
      add(apart ? rules : own, item);
      if (apart && !left) own = nullptr;
    }
    if (rules->items.empty()) add(rules, rule);
    rules = debubble(rules, nullptr);
    if (!rules->items.empty() && parent()->kind != StatementKind::StyleRule)
      rules->items.back()->group_end = true;
    return rules;
  }

  Statement* at_root(AtRootRule* rule) {
    bool excluded = false;
    for (Statement* outer : parents_) excluded = excluded || excludes(context_, rule->query, outer);
    if (!excluded && rule->block) {
      Block* made = block(rule->block);
      for (Statement* item : made->items)
        if (bubblable(item)) item->tabs += rule->tabs;
      if (!context_.dart() && !made->items.empty() && bubblable(made->items.back()))
        made->items.back()->group_end = rule->group_end;
      return made;
    }
    if (excludes(context_, rule->query, parent())) return make<Bubble>(rule->at, rule);
    return bubble(rule);
  }

  /// Turns the rule inside out: it gets a copy of its parent, with what it held.
  Statement* bubble(Statement* rule) {
    auto* wrapper = make<Block>(rule->at);
    Block* content = rule->block ? clone(rule->block) : make<Block>(rule->at);
    if (parent()->kind != StatementKind::Block)
      add(wrapper, copy_with(context_, parent(), content));
    Statement* made = copy_with(context_, rule, wrapper);
    if (rule->kind == StatementKind::AtRule || rule->kind == StatementKind::AtRootRule)
      made->tabs = 0;
    return make<Bubble>(rule->at, made);
  }

  Block* clone(const Block* block) {
    auto* made = make<Block>(block->at);
    concat(made, block);
    return made;
  }

  Block* flatten(const Block* block) {
    auto* flat = make<Block>(block->at, block->root);
    for (Statement* item : block->items)
      if (auto* inner = as<Block>(item))
        concat(flat, flatten(inner));
      else
        add(flat, item);
    return flat;
  }

  /// Lets bubbles rise out of `rule`, which is split around them.
  Block* debubble(Block* children, Statement* rule) {
    auto* result = make<Block>(children->at);
    Statement* previous = nullptr;
    Block* slice = nullptr;
    for (Statement* item : children->items) {
      auto* bubble = as<Bubble>(item);
      if (!bubble) {
        if (!slice) {
          slice = make<Block>(item->at);
          if (!rule) {
            add(result, slice);
          } else if (previous) {
            slice = previous->block;
          } else {
            previous = copy_with(context_, rule, slice);
            add(result, previous);
          }
        }
        add(slice, item);
        continue;
      }
      slice = nullptr;
      bubble->node->tabs += bubble->tabs;
      bubble->node->group_end = bubble->group_end;
      auto* evaluated = make<Block>(children->at, children->root);
      if (Statement* each = statement(bubble->node)) add(evaluated, each);
      Block* flat = flatten(evaluated);
      if (!flat->items.empty()) previous = nullptr;
      add(result, flat);
    }
    return flatten(result);
  }

  Context& context_;
  Block* root_ = nullptr;
  List<Statement*> parents_;
};
}  // namespace

Statement* copy_with(Context& context, Statement* statement, Block* block) {
  Statement* made = statement;
  Arena& arena = context.arena;
  if (auto* style = as<StyleRule>(statement)) made = arena.make<StyleRule>(*style);
  if (auto* rule = as<AtRule>(statement)) made = arena.make<AtRule>(*rule);
  if (auto* rule = as<KeyframeRule>(statement)) made = arena.make<KeyframeRule>(*rule);
  if (auto* media = as<CssMediaRule>(statement)) made = arena.make<CssMediaRule>(*media);
  if (auto* supports = as<SupportsRule>(statement)) made = arena.make<SupportsRule>(*supports);
  if (auto* root = as<AtRootRule>(statement)) made = arena.make<AtRootRule>(*root);
  if (auto* declaration = as<Declaration>(statement)) made = arena.make<Declaration>(*declaration);
  if (auto* trace = as<Trace>(statement)) made = arena.make<Trace>(*trace);
  if (made != statement) made->block = block;
  return made;
}

Block* cssize(Context& context, Block* root) { return Cssize(context).block(root); }

void remove_placeholders(Context& context, Block* block) {
  for (Statement* item : block->items) {
    Deeper deeper(context, item->at);
    if (context.failed) return;
    if (auto* rule = as<StyleRule>(item)) remove_placeholders(context, rule->selector);
    bool enters = item->kind == StatementKind::StyleRule || item->kind == StatementKind::AtRule ||
                  item->kind == StatementKind::CssMediaRule ||
                  item->kind == StatementKind::SupportsRule;
    if (enters && item->block) remove_placeholders(context, item->block);
  }
}

}  // namespace meridian::sass
