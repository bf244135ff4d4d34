// What @use, @forward and meta.load-css() load, and which names that makes known.
#include "evaluate.h"

namespace meridian::sass {

namespace {
constexpr char kLoop[] = "Module loop: this module is already being loaded.";

/// `$name` without its `$`.
Str plain(const Symbol* symbol) {
  return symbol->name.starts_with("$") ? symbol->name.substr(1) : symbol->name;
}
/// The statements of a block, and of what @import and @include put there.
void flatten(Context& context, const Block* block, List<Statement*>& items) {
  for (Statement* item : block->items) {
    Deeper deeper(context, item->at);
    if (!context.step(item->at)) return;
    if (item->kind == StatementKind::Trace)
      flatten(context, item->block, items);
    else
      items.add(context.arena, item);
  }
}

void add_all(Arena& arena, List<Statement*>& items, const List<Statement*>& more) {
  for (Statement* item : more) items.add(arena, item);
}

bool is_private(const Symbol* symbol) { return plain(symbol).starts_with("-"); }
}  // namespace

Configured* Configuration::find(const Symbol* symbol) {
  work_done += items.size;
  for (Configured& item : items)
    if (item.symbol == symbol && !*item.used) return &item;
  return nullptr;
}

const Symbol* seen_through(Context& context, const View& view, const Symbol* symbol) {
  if (view.show || view.hide) {
    bool listed = false;
    work_done += view.names.size;
    for (const Symbol* name : view.names) listed = listed || name == symbol;
    if (listed != view.show) return nullptr;
  }
  if (view.prefix.empty()) return symbol;
  Str name = plain(symbol);
  if (!name.starts_with(view.prefix)) return nullptr;
  return context.symbols.get(context.arena.join(symbol->name.starts_with("$") ? "$" : "",
                                                name.substr(view.prefix.size())));
}

// ---- names ----

Binding* Evaluator::find_member(const Place& at, Module* module, const Symbol* symbol, bool mixin) {
  Deeper deeper(context_, at);
  if (is_private(symbol) || !context_.step(at)) return nullptr;
  if (Binding* binding = module->environment->find_local(symbol, mixin))
    if (binding->value || binding->definition) return binding;
  for (const View& view : module->forwards)
    if (const Symbol* inner = seen_through(context_, view, symbol))
      if (Binding* binding = find_member(at, view.module, inner, mixin)) return binding;
  return nullptr;
}

Module* Evaluator::find_module(const Place& at, const Symbol* space) {
  for (Sheet* sheet = at.sheet; sheet && sheet->namespaces; sheet = sheet->namespaces->around)
    for (const Namespaces::Named& named : sheet->namespaces->named) {
      work_done++;
      if (named.space == space) return named.module;
    }
  return nullptr;
}

Module* Evaluator::module_of(const Place& at, Str space) {
  Module* module = find_module(at, context_.symbols.get(space));
  if (!module) {
    Text message;
    message.add("There is no module with namespace \"");
    message.add(space);
    message.add("\".");
    fail(at, message.str(), "load it with @use");
  }
  return module;
}

Binding* Evaluator::find_open(const Place& at, const Symbol* symbol, bool mixin) {
  for (Sheet* sheet = at.sheet; sheet && sheet->namespaces; sheet = sheet->namespaces->around)
    for (std::uint32_t i = sheet->namespaces->open.size; i-- > 0;) {
      // What an import has forwarded last hides what came before.
      const View& view = sheet->namespaces->open[i];
      if (const Symbol* inner = seen_through(context_, view, symbol))
        if (Binding* binding = find_member(at, view.module, inner, mixin)) return binding;
    }
  return nullptr;
}

Binding* Evaluator::lookup_in_modules(const Place& at, const Symbol* space, const Symbol* symbol,
                                      bool mixin) {
  if (space) {
    Module* module = module_of(at, space->name);
    return module ? find_member(at, module, symbol, mixin) : nullptr;
  }
  Binding* binding = environment_->find(symbol, mixin);
  bool built_in = binding && binding->definition && binding->definition->built_in;
  if (binding && !built_in) return binding;
  Binding* open = find_open(at, symbol, mixin);
  return open ? open : binding;
}

bool Evaluator::assign_member(Assignment* assignment) {
  bool at_root = environment_ == environment_->global();
  const Symbol* symbol = assignment->symbol;
  Binding* binding = nullptr;
  if (assignment->space) {
    binding = lookup(assignment->at, assignment->space, symbol);
    if (!binding) {
      if (!context_.failed) undefined_variable(assignment->at, symbol);
      return true;
    }
  } else {
    if (!at_root && !assignment->global) return false;
    if (assignment->is_default && at_root && configuration_)
      if (Configured* item = configuration_->find(symbol)) {
        *item->used = true;
        if (item->value->kind != Kind::Null) {
          environment_->set_local(arena(), symbol, item->value);
          return true;
        }
      }
    if (environment_->global()->find_local(symbol)) return false;
    binding = find_open(assignment->at, symbol, false);
    if (!binding) return false;
  }
  if (assignment->is_default && binding->value->kind != Kind::Null) return true;
  // Evaluation may move the binding.
  Node* value = evaluate(assignment->value);
  binding = assignment->space ? lookup(assignment->at, assignment->space, symbol)
                              : find_open(assignment->at, symbol, false);
  if (binding) binding->value = value;
  return true;
}

// ---- loading ----

Configuration* Evaluator::configuration_for(Use* rule) {
  if (rule->settings.empty() && !(rule->forward && configuration_)) return nullptr;
  auto* made = make<Configuration>();
  if (rule->forward && configuration_) {
    if (rule->settings.empty()) made->origin = configuration_->origin;
    View view{nullptr, rule->prefix, rule->show, rule->hide, rule->names};
    for (const Configured& item : configuration_->items) {
      if (!context_.step(rule->at)) return made;
      const Symbol* inner = *item.used ? nullptr : seen_through(context_, view, item.symbol);
      if (inner) made->items.add(arena(), {inner, item.value, item.at, item.used});
    }
  }
  for (const Setting& setting : rule->settings) {
    Configured* passed = made->find(setting.symbol);
    if (setting.is_default && passed && passed->value->kind != Kind::Null) continue;
    Node* value = evaluate(setting.value);
    if (!rule->forward && passed) {
      fail(rule->at, "The same variable may only be configured once.", "remove one of them");
      return made;
    }
    // A value of @forward itself wins.
    if (passed) *passed->used = true;
    made->items.add(arena(), {setting.symbol, value, rule->at, make<bool>(false)});
  }
  return made;
}

void Evaluator::check_used(const Place& at, const Configuration* configuration) {
  if (!configuration || context_.failed) return;
  for (const Configured& item : configuration->items) {
    if (*item.used) continue;
    return fail(at, "This variable was not declared with !default in the @used module.",
                arena().join("remove ", item.symbol->name, " from with (…)"));
  }
}

Module* Evaluator::load(const Place& at, Str path, Configuration* configuration) {
  if (!context_.step(at, modules_.size + 1)) return nullptr;
  for (Module* module : modules_) {
    if (module->path != path) continue;
    bool configured = false;
    if (configuration && !module->loading)
      for (const Configured& item : configuration->items)
        configured = configured || find_member(at, module, item.symbol, false);
    if (module->loading)
      fail(at, kLoop, "remove one of the rules that load it");
    else if (configured && configuration->origin != module->configured_by)
      fail(at, "This module was already loaded, so it can't be configured using \"with\".",
           "configure it where it is loaded first");
    return context_.failed ? nullptr : module;
  }
  std::uint32_t parsed = context_.sheets.size;
  Block* root = context_.import(at, path);
  if (!root) return nullptr;
  for (; parsed < context_.sheets.size; parsed++)
    check_nesting(context_, context_.sheets[parsed].root);
  Deeper deeper(context_, at);
  if (context_.failed) return nullptr;
  auto* module = make<Module>();
  modules_.add(arena(), module);
  module->path = path;
  module->configured_by = configuration ? configuration->origin : nullptr;
  module->loading = true;
  module->environment = inner(built_ins_);
  module->css = make<Block>(root->at, true);
  module->extender = make<Extender>(context_);
  In in(*this, module->environment);
  Local current(module_, module);
  Local configured(configuration_, configuration);
  Local block(block_, module->css);
  Local extender(extender_, module->extender);
  Local selector(selector_, static_cast<SelectorList*>(nullptr));
  Local original(original_, static_cast<SelectorList*>(nullptr));
  Local media(media_, static_cast<CssMediaRule*>(nullptr));
  Local at_root(at_root_, false);
  Local was_at_root(was_at_root_, false);
  Local keyframes(in_keyframes_, false);
  Local mixin(in_mixin_, false);
  append(root);
  List<Statement*> items;
  flatten(context_, module->css, items);
  for (Statement* item : items) {
    auto* used = as<ModuleCss>(item);
    module->has_css = module->has_css || !used || used->module->has_css;
  }
  module->loading = false;
  return context_.failed ? nullptr : module;
}

void Evaluator::use(Use* rule) {
  Configuration* configuration = configuration_for(rule);
  Module* module = nullptr;
  if (!rule->built_in.empty()) {
    Str path = arena().join("sass:", rule->built_in);
    for (Module* each : modules_)
      if (each->path == path && !each->css) module = each;
    if (!module && (module = built_in_module(context_, built_ins_, rule->built_in))) {
      module->path = path;
      modules_.add(arena(), module);
    }
    if (!module) fail(rule->at, "Can't find stylesheet to import.", "check the module's name");
  } else {
    module = load(rule->at, rule->path, configuration);
  }
  if (!module || context_.failed) return;
  if (module->css) {
    block_->items.add(arena(), make<ModuleCss>(rule->at, module));
    module_->upstream.add(arena(), module);
  }
  if (rule->forward) return forward(rule, module);
  check_used(rule->at, configuration);
  Sheet* sheet = rule->at.sheet;
  if (!sheet->namespaces) sheet->namespaces = make<Namespaces>();
  if (!rule->space) {
    View view;
    view.module = module;
    sheet->namespaces->open.add(arena(), view);
    return;
  }
  for (const Namespaces::Named& named : sheet->namespaces->named) {
    work_done++;
    if (named.space != rule->space) continue;
    // A sheet that is imported again uses the same modules again.
    if (named.rule == rule) return;
    Text message;
    message.add("There's already a module with namespace \"");
    message.add(rule->space->name);
    message.add("\".");
    return fail(rule->at, message.str(), "give one of them another name with as");
  }
  sheet->namespaces->named.add(arena(), {rule->space, module, rule});
}

void Evaluator::forward(Use* rule, Module* module) {
  View view{module, rule->prefix, rule->show, rule->hide, rule->names};
  // What an imported sheet forwards is known to the sheet that imports it.
  Sheet* around = rule->at.sheet;
  while (around->namespaces && around->namespaces->around) around = around->namespaces->around;
  if (around != rule->at.sheet) {
    if (!around->namespaces) around->namespaces = make<Namespaces>();
    around->namespaces->open.add(arena(), view);
  }
  (module_->importer ? module_->importer : module_)->forwards.add(arena(), view);
}

void Evaluator::load_css(const Place& at, Str address, const MapNode* with) {
  auto* configuration = make<Configuration>();
  if (with)
    for (const MapNode::Entry& entry : with->entries) {
      auto* name = as<String>(entry.key);
      if (!name) return fail(at, "$with key is not a string.", "use strings as keys");
      const Symbol* symbol = context_.symbols.get(arena().join("$", name->value));
      configuration->items.add(arena(), {symbol, entry.value, at, make<bool>(false)});
    }
  Module* module = nullptr;
  if (address.starts_with("sass:")) return;
  Str path = context_.resolve(at, address);
  if (!context_.failed) module = load(at, path, configuration);
  if (!module) return;
  check_used(at, configuration);
  for (Statement* item : nest(combine(module))->items) block_->items.add(arena(), item);
}

// ---- CSS of modules ----

void Evaluator::combine(Module* module, Combined& css) {
  Deeper deeper(context_, Place());
  List<Statement*> items, front, imports, rest;
  flatten(context_, module->css, items);
  std::uint32_t imported = 0;
  for (Statement* item : items) {
    if (!context_.step(item->at)) return;
    bool is_import = item->kind == StatementKind::Import;
    if (auto* used = as<ModuleCss>(item)) {
      if (!used->module->has_css) continue;
      // Comments in front of @use stay there.
      add_all(arena(), css.rules.empty() ? css.imports : css.rules, front);
      front = {};
      if (used->module->stamp == stamp_) continue;
      used->module->stamp = stamp_;
      combine(used->module, css);
    } else if (rest.empty() && (is_import || item->kind == StatementKind::Comment)) {
      front.add(arena(), item);
      if (is_import) imported = front.size;
    } else {
      (is_import ? imports : rest).add(arena(), item);
    }
  }
  // @imports of all modules come first, with the comments between them.
  if (!imports.empty()) imported = front.size;
  for (std::uint32_t i = 0; i < front.size; i++)
    (i < imported ? css.imports : css.rules).add(arena(), front[i]);
  add_all(arena(), css.imports, imports);
  add_all(arena(), css.rules, rest);
  css.modules.add(arena(), module);
}

Block* Evaluator::combine(Module* module) {
  auto* made = make<Block>(module->css->at, module->css->root);
  Combined css;
  stamp_++;
  combine(module, css);
  add_all(arena(), css.imports, css.rules);
  made->items = css.imports;
  const List<Module*>& sorted = css.modules;
  // Those that use a module come before it, so that all that they extend is known by then.
  for (std::uint32_t i = sorted.size; i-- > 0;) {
    List<Extender*> downstream;
    for (std::uint32_t n = sorted.size; n-- > i + 1;)
      for (Module* upstream : sorted[n]->upstream) {
        if (!context_.step(made->at)) return made;
        if (upstream == sorted[i]) downstream.add(arena(), sorted[n]->extender);
      }
    sorted[i]->extender->add_all(downstream);
  }
  return made;
}

void Evaluator::add_upstream(Module* module, List<Extender*>& all) {
  Deeper deeper(context_, Place());
  if (module->stamp == stamp_ || !context_.step(Place())) return;
  module->stamp = stamp_;
  if (module->extender) all.add(arena(), module->extender);
  for (Module* upstream : module->upstream) add_upstream(upstream, all);
}

bool Evaluator::check_extensions() {
  List<Extender*> all;
  all.add(arena(), extender_);
  if (!context_.dart()) return extender_->check(all);
  for (Module* module : modules_) {
    all = {};
    stamp_++;
    add_upstream(module, all);
    if (context_.failed || (module->extender && !module->extender->check(all))) return false;
  }
  return true;
}

Block* Evaluator::nest(Block* css) {
  auto* made = make<Block>(css->at, css->root);
  for (Statement* item : css->items) {
    Deeper deeper(context_, item->at);
    if (!context_.step(item->at)) break;
    Statement* each = item;
    auto* keyframes = as<AtRule>(item);
    if (item->block && !(keyframes && keyframes->is_keyframes())) {
      each = copy_with(context_, item, nest(item->block));
      if (auto* rule = as<StyleRule>(each)) {
        rule->selector = copy(arena(), rule->selector);
        for (Complex*& complex : rule->selector->items) {
          complex = copy(arena(), complex);
          complex->chroots = !selector_;
        }
        if (selector_) rule->selector = resolve_parents(context_, rule->selector, original_, true);
        extender_->add_selector(rule->selector, media_);
      }
    }
    made->items.add(arena(), each);
  }
  return made;
}

}  // namespace meridian::sass
