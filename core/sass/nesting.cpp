// What may stand in what: libsass checks each sheet before it is evaluated, and the result.
#include "evaluate.h"

namespace meridian::sass {

bool excludes(Context& context, const AtRootQuery* query, Str name) {
  Arena& arena = context.arena;
  bool with = query->feature && unquote(arena, to_string(context, query->feature)) == "with";
  auto* list = as<ListNode>(query->value);
  if (!list || list->items.empty()) return (name == "rule") != with;
  for (Node* item : list->items) {
    Str value = unquote(arena, to_string(context, item));
    if (value == "all" || value == name) return !with;
  }
  return with;
}

bool excludes(Context& context, const AtRootQuery* query, Statement* statement) {
  if (!query) return statement->kind == StatementKind::StyleRule;
  switch (statement->kind) {
    case StatementKind::AtRule:
      return excludes(context, query, as<AtRule>(statement)->keyword.substr(1));
    case StatementKind::MediaRule:
    case StatementKind::CssMediaRule: return excludes(context, query, "media");
    case StatementKind::StyleRule: return excludes(context, query, "rule");
    case StatementKind::SupportsRule: return excludes(context, query, "supports");
    default: return false;
  }
}

namespace {
bool is_definition(Statement* statement, bool mixin) {
  auto* definition = as<Definition>(statement);
  return definition && definition->mixin == mixin;
}

bool is_control(StatementKind kind) {
  return kind == StatementKind::Each || kind == StatementKind::For || kind == StatementKind::If ||
         kind == StatementKind::While || kind == StatementKind::Trace;
}

class NestingCheck {
 public:
  explicit NestingCheck(Context& context) : context_(context) {}

  void visit(Statement* item) {
    Deeper deeper(context_, item->at);
    if (context_.failed) return;
    if (item->kind != StatementKind::Block) check(item);
    if (context_.failed) return;
    bool was_in_mixin = in_mixin_;
    if (is_definition(item, true)) in_mixin_ = true;
    if (item->kind == StatementKind::AtRootRule)
      at_root(as<AtRootRule>(item));
    else
      children(item);
    if (auto* rule = as<If>(item); rule && rule->alternative)
      for (Statement* child : rule->alternative->items) visit(child);
    in_mixin_ = was_in_mixin;
  }

 private:
  /// A statement around another, outermost last.
  struct Outer {
    Statement* statement;
    const Outer* next;
  };

  Block* block_of(Statement* item) {
    return item->kind == StatementKind::Block ? static_cast<Block*>(item) : item->block;
  }

  void children(Statement* item) {
    Block* block = block_of(item);
    if (!block) return;
    Statement* before = parent_;
    if (!is_transparent(item, parent_)) parent_ = item;
    const Outer outer{item, outer_};
    outer_ = &outer;
    for (Statement* child : block->items) visit(child);
    outer_ = outer.next;
    parent_ = before;
  }

  /// What @at-root takes its rules out of doesn't count.
  void at_root(AtRootRule* rule) {
    Statement* before = parent_;
    for (const Outer* at = outer_; at; at = at->next) {
      if (excludes(context_, rule->query, at->statement)) continue;
      const Outer* next = at->next;
      while (next && excludes(context_, rule->query, next->statement)) next = next->next;
      if (is_transparent(at->statement, next ? next->statement : nullptr)) continue;
      parent_ = at->statement;
      break;
    }
    if (rule->block)
      for (Statement* child : rule->block->items) visit(child);
    parent_ = before;
  }

  bool is_transparent(Statement* parent, Statement* outer) {
    if (is_control(parent->kind) || parent->kind == StatementKind::Import) return true;
    auto* rule = as<AtRule>(parent);
    bool bubbles = parent->kind == StatementKind::AtRootRule ||
                   parent->kind == StatementKind::MediaRule ||
                   parent->kind == StatementKind::CssMediaRule ||
                   parent->kind == StatementKind::SupportsRule ||
                   (rule && (rule->is_keyframes() || rule->is_media()));
    auto* block = as<Block>(outer);
    return bubbles && !(block && block->root) &&
           !(outer && outer->kind == StatementKind::AtRootRule);
  }

  bool in_control_or_mixin() {
    for (const Outer* at = outer_; at; at = at->next)
      if (is_control(at->statement->kind) || at->statement->kind == StatementKind::Include ||
          is_definition(at->statement, true))
        return true;
    return false;
  }

  void check(Statement* item) {
    if (!parent_) return;
    StatementKind kind = item->kind, around = parent_->kind;
    if (kind == StatementKind::Content && !in_mixin_)
      return fail(item, "@content may only be used within a mixin.");
    if (kind == StatementKind::Extend && around != StatementKind::StyleRule &&
        around != StatementKind::Include && !is_definition(parent_, true))
      return fail(item, "Extend directives may only be used within rules.");
    if (is_definition(item, true) && in_control_or_mixin())
      return fail(item, "Mixins may not be defined within control directives or other mixins.");
    if (is_definition(item, false) && in_control_or_mixin())
      return fail(item, "Functions may not be defined within control directives or other mixins.");
    if (is_definition(parent_, false) && !is_control(kind) && kind != StatementKind::Comment &&
        kind != StatementKind::Debug && kind != StatementKind::Return &&
        kind != StatementKind::Assignment && kind != StatementKind::Warn &&
        kind != StatementKind::Error)
      return fail(item, "Functions can only contain variable declarations and control directives.");
    if (auto* declaration = as<Declaration>(item)) {
      if (!is_definition(parent_, true) && around != StatementKind::AtRule &&
          around != StatementKind::Import && around != StatementKind::MediaRule &&
          around != StatementKind::CssMediaRule && around != StatementKind::SupportsRule &&
          around != StatementKind::StyleRule && around != StatementKind::KeyframeRule &&
          around != StatementKind::Declaration && around != StatementKind::Include)
        return fail(item,
                    "Properties are only allowed within rules, directives, mixin includes, or "
                    "other properties.");
      auto* number = as<Number>(declaration->value);
      if (as<MapNode>(declaration->value) || (number && !is_css_unit(number)))
        return fail(item, context_.arena.join(to_string(context_, declaration->value),
                                              " isn't a valid CSS value."));
    }
    if (around == StatementKind::Declaration && !is_control(kind) &&
        kind != StatementKind::Comment && kind != StatementKind::Declaration &&
        kind != StatementKind::Include && !(kind == StatementKind::Assignment && context_.dart()))
      return fail(item, "Illegal nesting: Only properties may be nested beneath properties.");
    if (kind == StatementKind::Return && !is_definition(parent_, false))
      return fail(item, "@return may only be used within a function.");
  }

  void fail(Statement* item, Str message) {
    context_.fail(item->at, message, "move it to where it may stand");
  }

  Context& context_;
  Statement* parent_ = nullptr;
  const Outer* outer_ = nullptr;
  bool in_mixin_ = false;
};
}  // namespace

void check_nesting(Context& context, Block* root) { NestingCheck(context).visit(root); }

}  // namespace meridian::sass
