// Rules: nested ones with their parents' selectors, what mixins and imports bring.
#include "evaluate.h"

namespace meridian::sass {

Block* Evaluator::expand(Block* root) {
  if (!context_.dart()) return block(root);
  auto* entry = make<Module>();
  entry->path = context_.options.path;
  entry->loading = true;
  entry->extender = extender_;
  modules_.add(arena(), entry);
  Local module(module_, entry);
  entry->css = block(root);
  return combine(entry);
}

Block* Evaluator::block(Block* source) {
  auto* made = make<Block>(source->at, source->root);
  Local block(block_, made);
  Scope scope(*this, environment_);
  append(source);
  return made;
}

void Evaluator::append(Block* source) {
  Local control(in_control_, in_control_ && !source->root);
  for (Statement* item : source->items) {
    if (!context_.step(item->at)) return;
    if (Statement* made = statement(item)) block_->items.add(arena(), made);
  }
}

Statement* Evaluator::statement(Statement* item) {
  Deeper deeper(context_, item->at);
  if (context_.failed) return nullptr;
  switch (item->kind) {
    case StatementKind::StyleRule: return style_rule(as<StyleRule>(item));
    case StatementKind::Declaration: return declaration(as<Declaration>(item));
    case StatementKind::Assignment: assign(as<Assignment>(item)); return nullptr;
    case StatementKind::Import: return import(as<CssImport>(item));
    case StatementKind::ImportStub: import_stub(as<ImportStub>(item)); return nullptr;
    case StatementKind::Warn:
    case StatementKind::Error:
    case StatementKind::Debug: message(static_cast<Message*>(item)); return nullptr;
    case StatementKind::Return:
      fail(item->at, "@return may only be used within a function");
      return nullptr;
    case StatementKind::Comment: {
      auto* comment = as<Comment>(item);
      if (context_.print.form == Form::Compressed && !comment->important) return nullptr;
      Local in_comment(in_comment_, true);
      return make<Comment>(comment->at, evaluate(comment->text), comment->important);
    }
    case StatementKind::If: if_rule(as<If>(item), false); return nullptr;
    case StatementKind::For: for_rule(as<For>(item), false); return nullptr;
    case StatementKind::Each: each_rule(as<Each>(item), false); return nullptr;
    case StatementKind::While: while_rule(as<While>(item), false); return nullptr;
    case StatementKind::Use: use(as<Use>(item)); return nullptr;
    case StatementKind::Extend: extend(as<Extend>(item)); return nullptr;
    case StatementKind::Definition: define(as<Definition>(item)); return nullptr;
    case StatementKind::Include: return include(as<Include>(item));
    case StatementKind::Content: return content(as<Content>(item));
    case StatementKind::MediaRule: return media_rule(as<MediaRule>(item));
    case StatementKind::SupportsRule: {
      auto* rule = as<SupportsRule>(item);
      Node* condition = evaluate(rule->condition);
      return make<SupportsRule>(rule->at, condition, block(rule->block));
    }
    case StatementKind::AtRootRule: return at_root_rule(as<AtRootRule>(item));
    case StatementKind::AtRule: return at_rule(as<AtRule>(item));
    default: return item;
  }
}

// ---- style rules ----

Statement* Evaluator::keyframe_rule(StyleRule* rule) {
  auto* made = make<KeyframeRule>(rule->at, block(rule->block));
  Local selector(selector_, static_cast<SelectorList*>(nullptr));
  Local original(original_, static_cast<SelectorList*>(nullptr));
  made->name = rule->schema ? selector_schema(rule->schema) : selectors(rule->selector);
  return made;
}

Statement* Evaluator::style_rule(StyleRule* rule) {
  Local was_at_root(was_at_root_, at_root_);
  if (in_keyframes_) return keyframe_rule(rule);
  SelectorList* source = rule->selector;
  if (rule->schema) {
    source = selector_schema(rule->schema);
    for (Complex* complex : source->items) complex->chroots = has_parent(complex);
  }
  Local at_root(at_root_, false);
  SelectorList* evaluated = selectors(source);
  if (context_.failed) return nullptr;
  // At the root, the rule has an environment more, which its own declarations see.
  In in(*this, block_->root ? inner(environment_) : environment_);
  Block* body;
  {
    Local selector(selector_, evaluated);
    auto* kept = make<SelectorList>(*evaluated);
    kept->items = clone(arena(), evaluated->items);
    Local original(original_, kept);
    extender_->add_selector(evaluated, media_);
    body = block(rule->block);
  }
  auto* made = make<StyleRule>(rule->at);
  made->selector = evaluated;
  made->block = body;
  made->root = rule->root;
  made->tabs = rule->tabs;
  return made;
}

Statement* Evaluator::declaration(Declaration* declaration) {
  Node* property = evaluate(declaration->property);
  if (!as<String>(property)) property = constant(context_, property->at, text(property));
  auto* schema = declaration->custom && context_.dart() ? as<Schema>(declaration->value) : nullptr;
  Node* value = schema ? raw(schema) : declaration->value ? evaluate(declaration->value) : nullptr;
  Block* inner = declaration->block ? block(declaration->block) : nullptr;
  if (!inner && !schema && (!value || is_invisible(value))) {
    if (declaration->custom)
      fail(declaration->at, "Custom property values may not be empty.",
           "write a value behind the colon");
    return nullptr;
  }
  auto* made = make<Declaration>(declaration->at, property, value, declaration->custom, inner);
  made->tabs = declaration->tabs;
  return made;
}

// ---- at-rules ----

namespace {
/// Whether all of `few` is in `many`.
bool is_subset(const List<Str>& few, const List<Str>& many) {
  for (Str item : few) {
    bool found = false;
    for (Str other : many) found = found || item == other;
    if (!found) return false;
  }
  return true;
}

/// A merged query takes as much memory as so many steps' work: nested rules of thousands of queries
/// end by their steps before they fill the memory.
constexpr unsigned kStepsOfQuery = 16;

/// A query for what both match. False: it can't be written; `merged` without a type and features:
/// nothing matches both.
bool merge(Arena& arena, const CssMediaQuery& a, const CssMediaQuery& b, CssMediaQuery& merged) {
  Str our_type = lower_case(arena, a.type), their_type = lower_case(arena, b.type);
  Str our_modifier = lower_case(arena, a.modifier), their_modifier = lower_case(arena, b.modifier);
  auto both = [&arena, &merged, &a, &b] {
    for (Str feature : a.features) merged.features.add(arena, feature);
    for (Str feature : b.features) merged.features.add(arena, feature);
  };
  if (our_type.empty() && their_type.empty()) {
    both();
    return true;
  }
  Str modifier;
  bool our_not = our_modifier == "not", their_not = their_modifier == "not";
  if (our_not != their_not) {
    if (our_type == their_type) {
      const List<Str>& negative = our_not ? a.features : b.features;
      return is_subset(negative, our_not ? b.features : a.features);
    }
    if (a.matches_all_types() || b.matches_all_types()) return false;
    modifier = our_not ? their_modifier : our_modifier;
    merged.features = our_not ? b.features : a.features;
  } else if (our_not) {
    if (our_type != their_type) return false;
    bool more = a.features.size > b.features.size;
    const List<Str>&many = more ? a.features : b.features, &few = more ? b.features : a.features;
    if (!is_subset(few, many)) return false;
    modifier = our_modifier;
    merged.features = many;
  } else if (a.matches_all_types()) {
    modifier = their_modifier;
    both();
  } else if (b.matches_all_types()) {
    modifier = our_modifier;
    both();
  } else if (our_type != their_type) {
    return true;
  } else {
    modifier = our_modifier.empty() ? their_modifier : our_modifier;
    both();
  }
  merged.modifier = modifier == our_modifier ? a.modifier : b.modifier;
  merged.type = our_type.empty() ? b.type : a.type;
  return true;
}
}  // namespace

Statement* Evaluator::media_rule(MediaRule* rule) {
  Node* queries = evaluate(rule->queries);
  Str text = to_string(context_, queries, {Form::ToCss, context_.print.precision});
  Str ended(arena().join(text, Str("", 1)).data(), text.size());
  Parser parser(context_, ended, rule->at);
  List<CssMediaQuery*> parsed = parser.css_media_queries();
  auto* made = make<CssMediaRule>(rule->at, rule->block);
  if (media_) {
    for (CssMediaQuery* outer : media_->queries)
      for (CssMediaQuery* query : parsed) {
        if (!context_.step(rule->at, kStepsOfQuery)) return made;
        auto* merged = make<CssMediaQuery>();
        if (!merge(arena(), *outer, *query, *merged)) continue;
        if (!merged->type.empty() || !merged->modifier.empty() || !merged->features.empty())
          made->queries.add(arena(), merged);
      }
  } else {
    made->queries = parsed;
  }
  Local media(media_, made);
  made->block = block(rule->block);
  return made;
}

Statement* Evaluator::at_root_rule(AtRootRule* rule) {
  auto* query = rule->query ? as<AtRootQuery>(evaluate(rule->query)) : nullptr;
  if (!query) query = make<AtRootQuery>(rule->at);
  Local at_root(at_root_, excludes(context_, query, "rule"));
  Local keyframes(in_keyframes_, false);
  Block* body = rule->block ? block(rule->block) : nullptr;
  return make<AtRootRule>(rule->at, body, query);
}

Statement* Evaluator::at_rule(AtRule* rule) {
  Local keyframes(in_keyframes_, rule->is_keyframes());
  auto* made = make<AtRule>(rule->at, rule->keyword);
  if (rule->value) {
    Local selector(selector_, static_cast<SelectorList*>(nullptr));
    Local original(original_, static_cast<SelectorList*>(nullptr));
    made->value = evaluate(rule->value);
  }
  if (rule->block) made->block = block(rule->block);
  return made;
}

Statement* Evaluator::import(CssImport* import) {
  auto* made = make<CssImport>(import->at);
  if (import->queries && !import->queries->items.empty())
    made->queries = as<ListNode>(evaluate(import->queries));
  for (Node* url : import->urls) made->urls.add(arena(), evaluate(url));
  return made;
}

void Evaluator::import_stub(ImportStub* stub) {
  if (in_control_)
    return fail(stub->at, "Import directives may not be used within control directives or mixins.",
                "put the import at the top of the sheet");
  Block* root = context_.import(stub->at, stub->path);
  if (!root) return;
  auto* traced = make<Block>(stub->at);
  block_->items.add(arena(), make<Trace>(stub->at, traced, true));
  Local block(block_, traced);
  if (!context_.dart()) return append(root);
  Sheet* sheet = root->at.sheet;
  if (!sheet->namespaces) sheet->namespaces = make<Namespaces>();
  sheet->namespaces->around = stub->at.sheet;
  // What the imported sheet uses is nested as its own rules are.
  for (Statement* item : root->items) {
    if (!context_.step(item->at)) return;
    if (item->kind == StatementKind::Use) {
      // As if a module of its own used it, which is part of this one.
      auto* used = make<Module>();
      used->css = make<Block>(item->at);
      used->extender = extender_;
      used->importer = module_->importer ? module_->importer : module_;
      {
        Local module(module_, used);
        Local block(block_, used->css);
        use(as<Use>(item));
      }
      if (context_.failed) return;
      for (Statement* each : nest(combine(used))->items) traced->items.add(arena(), each);
    } else if (Statement* made = statement(item)) {
      traced->items.add(arena(), made);
    }
  }
}

// ---- @extend ----

void Evaluator::extend(Extend* extend) {
  SelectorList* targets = extend->selector;
  bool optional = extend->optional;
  if (extend->schema) {
    targets = selector_schema(extend->schema);
    optional = targets->optional;
  }
  targets = selectors(targets);
  if (!selector_) return;
  for (Complex* complex : targets->items) {
    Component* first = complex->components.size == 1 ? complex->components[0] : nullptr;
    if (!first || first->combinator)
      return fail(extend->at, "complex selectors may not be extended.",
                  "extend a class, an id, a type or a placeholder");
    if (first->simples.size > 1)
      context_.note(Severity::Warning, extend->at, "Compound selectors may no longer be extended.",
                    "extend each of its simple selectors");
    for (Simple* simple : first->simples)
      extender_->add_extension(selector_, simple, media_, optional);
  }
}

// ---- mixins ----

void Evaluator::define(Definition* definition) {
  auto* defined = make<Definition>(*definition);
  defined->environment = environment_;
  environment_->keep();
  environment_->local(arena(), definition->symbol, definition->mixin).definition = defined;
}

Statement* Evaluator::include(Include* include) {
  Binding* binding = lookup(include->at, include->space, include->symbol, true);
  if (!binding) {
    fail(include->at,
         context_.dart() ? Str("Undefined mixin.")
                         : arena().join("no mixin named ", include->symbol->name),
         "define it before, or check its name");
    return nullptr;
  }
  Definition* definition = binding->definition;
  Str name = include->symbol->name;
  if (include->block && include->symbol != content_ && !definition->content) {
    fail(include->at, arena().join("Mixin \"", name, "\" does not accept a content block."),
         "put @content into the mixin");
    return nullptr;
  }
  if (++includes_ > kMaxCalls) {
    fail(include->at, "stack level too deep", "end the recursion");
    return nullptr;
  }
  Node* in_order[kMostInOrder];
  Arguments* values = nullptr;
  if (are_in_order(include->arguments, definition->parameters))
    evaluate_in_order(include->arguments, false, in_order);
  else
    values = arguments(include->arguments);
  Environment* caller = environment_;
  auto* body = make<Block>(include->at, block_ && block_->root);
  {
    Scope scope(*this, definition->environment);
    Environment* environment = scope.environment;
    if (include->block) {
      Parameters* parameters = include->block_parameters;
      auto* thunk =
          make<Definition>(include->at, content_, content_->name,
                           parameters ? parameters : make<Parameters>(), include->block, true);
      thunk->environment = caller;
      environment->local(arena(), content_, true).definition = thunk;
    }
    if (values)
      bind(true, name, definition->parameters, values, environment);
    else if (!context_.failed)
      bind_in_order(true, name, definition->parameters, include->arguments, in_order, environment);
    in_mixin_ = true;
    Local block(block_, body);
    if (context_.failed) {
      // What the mixin would do is of no use.
    } else if (definition->built_in) {
      run_built_in(include->at, definition, caller);
    } else {
      for (Statement* item : definition->block->items) {
        if (!context_.step(item->at)) break;
        if (auto* rule = as<StyleRule>(item)) rule->root = body->root;
        if (Statement* made = statement(item)) body->items.add(arena(), made);
      }
    }
    in_mixin_ = false;
    // What is defined in the mixin may include the content, and so see the caller.
    if (include->block && environment->kept) caller->keep();
  }
  includes_--;
  return make<Trace>(include->at, body, false);
}

Statement* Evaluator::content(Content* content) {
  if (!environment_->find(content_, true)) return nullptr;
  return include(make<Include>(content->at, content_, content->arguments));
}

}  // namespace meridian::sass
