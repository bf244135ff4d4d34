#include "extend.h"

namespace meridian::sass {

namespace {
/// Selectors from which on they are not trimmed, as that is quadratic.
constexpr std::uint32_t kMostTrimmed = 100;

bool is_simple_pseudo(const Complex* complex) {
  if (complex->components.size != 1) return false;
  Component* compound = complex->components[0];
  return !compound->combinator && compound->simples.size == 1 && compound->simples[0]->selector &&
         compound->simples[0]->kind == SimpleKind::Pseudo;
}

int sort_order(const Simple* simple) {
  switch (simple->kind) {
    case SimpleKind::Placeholder: return 0;
    case SimpleKind::Type: return 1;
    case SimpleKind::Pseudo: return 3;
    default: return 2;
  }
}

/// Whether simple selectors stand in an order that CSS doesn't have.
bool is_invalid(const Component* compound) {
  int before = 0;
  for (Simple* simple : compound->simples) {
    int order = sort_order(simple);
    if ((before == 1 && order == 1) || order < before) return true;
    before = order;
  }
  return false;
}

Complex* in_order(Arena& arena, Complex* complex) {
  bool invalid = false;
  for (Component* component : complex->components) invalid = invalid || is_invalid(component);
  if (!invalid) return complex;
  Complex* made = copy(arena, complex);
  for (Component*& component : made->components) {
    if (!is_invalid(component)) continue;
    component = copy(arena, component);
    stable_sort(component->simples.begin(), component->simples.size,
                [](const Simple* a, const Simple* b) { return sort_order(a) < sort_order(b); });
  }
  return made;
}
}  // namespace

void Extender::register_selector(SelectorList* list, SelectorList* rule) {
  for (Complex* complex : list->items)
    for (Component* component : complex->components)
      for (Simple* simple : component->simples) {
        work_done += kBytesOfItem;
        if (budget.exhausted()) return;
        List<SelectorList*>& rules = selectors_.get(context_.arena, simple);
        // It may be there already, further in front: it is visited once all the same.
        if (rules.empty() || rules.back() != rule) rules.add(context_.arena, rule);
        if (simple->selector) register_selector(simple->selector, rule);
      }
}

void Extender::add_selector(SelectorList* selector, CssMediaRule* media) {
  if (!is_invisible(selector))
    for (Complex* complex : selector->items) complex->original = true;
  if (!extensions_.entries.empty())
    selector->items = extend_list(selector, extensions_, media)->items;
  selector->media = media;
  register_selector(selector, selector);
}

void Extender::register_extender(const Complex* complex, const Extension& extension) {
  Arena& arena = context_.arena;
  for (Component* component : complex->components)
    for (Simple* simple : component->simples) {
      by_extender_.get(arena, simple).add(arena, extension);
      if (!simple->of_extender) simple->of_extender = specificity(extension.extender);
      if (!context_.dart() || !simple->selector) continue;
      // libsass doesn't see what stands in :matches().
      Deeper deeper(context_, simple->at);
      if (!context_.step(simple->at)) return;
      for (Complex* inner : simple->selector->items) register_extender(inner, extension);
    }
}

void Extender::add_extension(SelectorList* extender, Simple* target, CssMediaRule* media,
                             bool optional) {
  Arena& arena = context_.arena;
  bool has_rule = selectors_.find(target) != nullptr;
  bool has_extensions = by_extender_.find(target) != nullptr;
  Extensions fresh;
  extensions_.get(arena, target);
  for (Complex* complex : extender->items) {
    Extension extension;
    extension.extender = complex;
    extension.target = target;
    extension.optional = optional;
    extension.media = media;
    Extensions& sources = extensions_.get(arena, target);
    if (sources.find(complex)) continue;
    sources.get(arena, complex) = extension;
    register_extender(complex, extension);
    if (has_rule || has_extensions) fresh.get(arena, complex) = extension;
  }
  if (fresh.entries.empty()) return;
  ByTarget by_target;
  by_target.get(arena, target) = fresh;
  if (has_extensions)
    if (List<Extension>* old = by_extender_.find(target)) extend_extensions(*old, by_target);
  // A target with a selector in it that has changed meanwhile is not found again.
  if (List<SelectorList*>* rules = has_rule ? selectors_.find(target) : nullptr)
    extend_rules(clone(arena, *rules), by_target);
}

void Extender::extend_rules(const List<SelectorList*>& rules, const ByTarget& extensions) {
  visit_++;
  for (SelectorList* rule : rules) {
    if (rule->visited == visit_) continue;
    rule->visited = visit_;
    if (!context_.step(rule->at)) return;
    SelectorList* extended = extend_list(rule, extensions, rule->media);
    if (extended == rule || equal(rule, extended)) continue;
    rule->items = extended->items;
    register_selector(rule, rule);
  }
}

void Extender::extend_extensions(List<Extension>& old, const ByTarget& extensions) {
  for (std::uint32_t i = 0, size = old.size; i < size && !context_.failed; i++) {
    Extension extension = old[i];
    List<Complex*> selectors = extend_complex(extension.extender, extensions, extension.media);
    for (Complex* complex : selectors) {
      Extensions& sources = extensions_.get(context_.arena, extension.target);
      Extension with;
      with.extender = complex;
      with.target = extension.target;
      with.optional = extension.optional;
      Extension* known = sources.find(complex);
      if (!known)
        sources.get(context_.arena, complex) = with;
      else if (!extension.optional)
        known->optional = !known->optional || known->media;
    }
  }
}

// ---- extension of selectors ----

SelectorList* Extender::extend_list(SelectorList* list, const ByTarget& extensions,
                                    CssMediaRule* media) {
  Arena& arena = context_.arena;
  Deeper deeper(context_, list->at);
  List<Complex*> extended;
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    if (!context_.step(list->at)) return list;
    List<Complex*> result = extend_complex(list->items[i], extensions, media);
    if (result.empty()) {
      if (!extended.empty()) extended.add(arena, list->items[i]);
      continue;
    }
    if (extended.empty())
      for (std::uint32_t n = 0; n < i; n++) extended.add(arena, list->items[n]);
    for (Complex* complex : result) extended.add(arena, complex);
  }
  if (extended.empty()) return list;
  auto* made = arena.make<SelectorList>();
  made->at = list->at;
  made->items = trim(extended);
  return made;
}

List<Complex*> Extender::extend_complex(Complex* complex, const ByTarget& extensions,
                                        CssMediaRule* media) {
  Arena& arena = context_.arena;
  List<Complex*> result;
  List<List<Complex*>> choices;
  bool original = complex->original;
  auto add = [this, &arena, &choices](Component* component) {
    List<Complex*> one;
    one.add(arena, wrap(context_, component));
    choices.add(arena, one);
  };
  for (std::uint32_t i = 0; i < complex->components.size; i++) {
    Component* component = complex->components[i];
    List<Complex*> extended;
    if (!component->combinator) extended = extend_compound(component, extensions, media);
    if (extended.empty()) {
      if (!choices.empty()) add(component);
      continue;
    }
    if (choices.empty() && i && context_.dart()) {
      // What stands in front stays together.
      auto* front = copy(arena, complex);
      front->hashed = 0;
      front->components.size = i;
      List<Complex*> one;
      one.add(arena, front);
      choices.add(arena, one);
    } else if (choices.empty()) {
      for (std::uint32_t n = 0; n < i; n++) add(complex->components[n]);
    }
    choices.add(arena, extended);
  }
  if (choices.empty()) return result;
  bool first = true;
  for (const List<Complex*>& path : paths(arena, choices)) {
    List<Components> rows;
    bool line_feed = complex->line_feed;
    for (Complex* each : path) {
      rows.add(arena, each->components);
      line_feed = line_feed || each->line_feed;
    }
    for (const Components& components : weave(context_, rows)) {
      if (!context_.step(complex->at, components.size)) return result;
      auto* made = arena.make<Complex>();
      made->at = complex->at;
      made->line_feed = line_feed;
      made->components = components;
      made->original = first && original;
      first = false;
      bool known = false;
      for (std::uint32_t i = 0; i < result.size && !known; i++) known = equal(result[i], made);
      if (!known) result.add(arena, made);
      if (result.size > kMaxExtended) {
        context_.fail(complex->at, "Extend is creating an absurdly big selector, aborting!",
                      "extend placeholders that few rules have");
        return result;
      }
    }
  }
  return result;
}

Extension Extender::extension_for(Component* compound) {
  Extension extension;
  extension.extender = wrap(context_, compound);
  extension.original = true;
  return extension;
}

namespace {
bool same_queries(const CssMediaRule* a, const CssMediaRule* b) {
  if (a->queries.size != b->queries.size) return false;
  for (std::uint32_t i = 0; i < a->queries.size; i++) {
    const CssMediaQuery &x = *a->queries[i], &y = *b->queries[i];
    if (x.type != y.type || x.modifier != y.modifier || x.features.size != y.features.size)
      return false;
    for (std::uint32_t n = 0; n < x.features.size; n++)
      if (x.features[n] != y.features[n]) return false;
  }
  return true;
}
}  // namespace

bool Extender::compatible(const Extension& extension, CssMediaRule* media) {
  if (!extension.media ||
      (media && (extension.media->block == media->block || same_queries(extension.media, media))))
    return true;
  Text message;
  message.add("You may not @extend selectors across media queries.\nUse \"@extend ");
  message.add(to_string(context_, extension.target));
  message.add(" !optional\" to avoid this error.");
  context_.fail(extension.target->at, message.str(),
                "move the rule and @extend to the same @media");
  return false;
}

List<Complex*> Extender::extend_compound(Component* compound, const ByTarget& extensions,
                                         CssMediaRule* media) {
  Arena& arena = context_.arena;
  List<const Simple*> used_targets;
  bool all = mode_ != Mode::Normal && extensions.entries.size > 1;
  List<const Simple*>* used = all ? &used_targets : nullptr;
  List<List<Extension>> options;
  for (std::uint32_t i = 0; i < compound->simples.size; i++) {
    Simple* simple = compound->simples[i];
    List<List<Extension>> extended = extend_simple(simple, extensions, media, used);
    if (extended.empty()) {
      if (options.empty()) continue;
      List<Extension> one;
      one.add(arena, extension_for(wrap(context_, simple)));
      options.add(arena, one);
      continue;
    }
    if (options.empty() && i) {
      auto* before = arena.make<Component>();
      before->at = compound->at;
      for (std::uint32_t n = 0; n < i; n++) before->simples.add(arena, compound->simples[n]);
      List<Extension> one;
      one.add(arena, extension_for(before));
      options.add(arena, one);
    }
    for (const List<Extension>& each : extended) options.add(arena, each);
  }
  List<Complex*> result;
  if (options.empty()) return result;
  if (used && used->size != extensions.entries.size && !used->empty()) return result;
  if (options.size == 1) {
    for (const Extension& extension : options[0])
      if (compatible(extension, media)) result.add(arena, in_order(arena, extension.extender));
    return result;
  }
  bool first = mode_ != Mode::Replace;
  for (const List<Extension>& path : paths(arena, options)) {
    if (!context_.step(compound->at, path.size)) return {};
    bool failed = false, line_feed = false;
    List<Complex*> unified = unify_path(path, first, failed);
    first = false;
    // Where one path leads nowhere, libsass takes none.
    if (failed && context_.dart()) continue;
    if (failed) return {};
    for (const Extension& extension : path) {
      if (!compatible(extension, media)) return {};
      line_feed = line_feed || extension.extender->line_feed;
    }
    for (Complex* complex : unified) {
      complex->line_feed = line_feed;
      result.add(arena, complex);
    }
  }
  return result;
}

List<Complex*> Extender::unify_path(const List<Extension>& path, bool first, bool& failed) {
  Arena& arena = context_.arena;
  List<Complex*> result;
  if (first) {
    // The original compound selector, of which pseudo selectors may have changed.
    auto* merged = arena.make<Component>();
    for (const Extension& extension : path) {
      Component* last = extension.extender->components.back();
      if (last->combinator) continue;
      for (Simple* simple : last->simples) merged->simples.add(arena, simple);
    }
    result.add(arena, wrap(context_, merged));
    return result;
  }
  auto* originals = arena.make<Component>();
  List<Components> rows;
  for (const Extension& extension : path) {
    if (!extension.original) {
      rows.add(arena, extension.extender->components);
      continue;
    }
    Component* last = extension.extender->components.back();
    if (last->combinator) continue;
    // libsass takes the last simple selector only.
    std::uint32_t from = context_.dart() ? 0 : last->simples.size - 1;
    for (std::uint32_t i = from; i < last->simples.size; i++)
      originals->simples.add(arena, last->simples[i]);
  }
  if (!originals->simples.empty()) {
    List<Components> with;
    Components one;
    one.add(arena, originals);
    with.add(arena, one);
    for (const Components& row : rows) with.add(arena, row);
    rows = with;
  }
  List<Components> unified = unify(context_, rows);
  failed = unified.empty();
  for (const Components& components : unified) {
    auto* made = arena.make<Complex>();
    made->components = components;
    result.add(arena, made);
  }
  return result;
}

List<Extension> Extender::extend_without_pseudo(Simple* simple, const ByTarget& extensions,
                                                List<const Simple*>* used) {
  Arena& arena = context_.arena;
  List<Extension> result;
  const Extensions* extenders = extensions.find(simple);
  if (!extenders) return result;
  if (used) {
    bool known = false;
    for (const Simple* other : *used) known = known || equal(other, simple);
    if (!known) used->add(arena, simple);
  }
  if (mode_ != Mode::Replace) result.add(arena, extension_for(wrap(context_, simple)));
  for (const Extensions::Entry& entry : extenders->entries) result.add(arena, entry.value);
  return result;
}

List<List<Extension>> Extender::extend_simple(Simple* simple, const ByTarget& extensions,
                                              CssMediaRule* media, List<const Simple*>* used) {
  Arena& arena = context_.arena;
  List<List<Extension>> merged;
  if (simple->kind == SimpleKind::Pseudo && simple->selector) {
    for (Simple* pseudo : extend_pseudo(simple, extensions, media)) {
      List<Extension> result = extend_without_pseudo(pseudo, extensions, used);
      if (result.empty()) result.add(arena, extension_for(wrap(context_, pseudo)));
      merged.add(arena, result);
    }
    if (!merged.empty()) return merged;
  }
  List<Extension> result = extend_without_pseudo(simple, extensions, used);
  if (!result.empty()) merged.add(arena, result);
  return merged;
}

// ---- pseudo selectors ----

List<Complex*> Extender::extend_pseudo_complex(Complex* complex, Simple* pseudo) {
  List<Complex*> same;
  same.add(context_.arena, complex);
  if (!is_simple_pseudo(complex)) return same;
  Simple* inner = complex->components[0]->simples[0];
  Str name = unvendor(pseudo->name);
  if (name == "not") {
    if (one_of(unvendor(inner->name), "matches is where") < 0) return {};
    return inner->selector->items;
  }
  if (one_of(name, "is where matches any current nth-child nth-last-child") >= 0) {
    if (inner->name != pseudo->name) return {};
    bool equal_arguments = inner->argument && pseudo->argument
                               ? equal(inner->argument, pseudo->argument)
                               : inner->argument == pseudo->argument;
    return equal_arguments ? inner->selector->items : List<Complex*>();
  }
  if (one_of(name, "has host host-context slotted") >= 0) return same;
  return {};
}

List<Simple*> Extender::extend_pseudo(Simple* pseudo, const ByTarget& extensions,
                                      CssMediaRule* media) {
  Arena& arena = context_.arena;
  List<Simple*> result;
  SelectorList* extended = extend_list(pseudo->selector, extensions, media);
  if (extended == pseudo->selector || equal(pseudo->selector, extended)) return result;
  List<Complex*> complexes = extended->items;
  bool negation = unvendor(pseudo->name) == "not";
  if (negation) {
    bool was_complex = false, any_simple = false;
    for (Complex* complex : pseudo->selector->items)
      was_complex = was_complex || complex->components.size > 1;
    for (Complex* complex : extended->items)
      any_simple = any_simple || complex->components.size == 1;
    if (!was_complex && any_simple) {
      complexes = {};
      for (Complex* complex : extended->items)
        if (complex->components.size <= 1) complexes.add(arena, complex);
    }
  }
  auto with = [&arena, pseudo](SelectorList* list) {
    Simple* made = copy_of(arena, pseudo);
    made->selector = list;
    made->of_extender = 0;
    return made;
  };
  auto* list = arena.make<SelectorList>();
  list->at = pseudo->at;
  bool split = negation && pseudo->selector->items.size == 1;
  for (Complex* complex : complexes)
    for (Complex* each : extend_pseudo_complex(complex, pseudo)) {
      if (split)
        result.add(arena, with(wrap(context_, each)));
      else
        list->items.add(arena, each);
    }
  if (!split) result.add(arena, with(list));
  return result;
}

// ---- trimming ----

/// The largest specificity of the extenders that a selector was made of.
static std::uint64_t source_specificity(const Complex* complex) {
  std::uint64_t most = 0;
  for (Component* component : complex->components)
    for (Simple* simple : component->simples)
      if (simple->of_extender > most) most = simple->of_extender;
  return most;
}

List<Complex*> Extender::trim(const List<Complex*>& selectors) {
  Arena& arena = context_.arena;
  if (selectors.size > kMostTrimmed) return selectors;
  // From the last to the first; `kept` is in reverse order.
  List<Complex*> kept;
  std::uint32_t originals = 0;
  for (std::uint32_t i = selectors.size; i-- > 0;) {
    Complex* complex = selectors[i];
    if (!context_.step(complex->at)) return selectors;
    auto front = [&kept](std::uint32_t n) -> Complex*& { return kept[kept.size - 1 - n]; };
    if (complex->original) {
      std::uint32_t same = 0;
      while (same < originals && !equal(front(same), complex)) same++;
      if (same < originals) {
        Complex* moved = front(same);
        for (std::uint32_t n = same; n > 0; n--) front(n) = front(n - 1);
        front(0) = moved;
        continue;
      }
      originals++;
      kept.add(arena, complex);
      continue;
    }
    std::uint64_t most = source_specificity(complex);
    auto covers = [this, complex, most](const Complex* other) {
      return specificity(other) >= most &&
             is_superselector(context_, other->components, complex->components);
    };
    bool covered = false;
    for (std::uint32_t n = 0; n < kept.size && !covered; n++) covered = covers(front(n));
    for (std::uint32_t n = 0; n < i && !covered; n++) covered = covers(selectors[n]);
    if (!covered) kept.add(arena, complex);
  }
  for (std::uint32_t i = 0; i < kept.size / 2; i++) {
    Complex* complex = kept[i];
    kept[i] = kept[kept.size - 1 - i];
    kept[kept.size - 1 - i] = complex;
  }
  return kept;
}

// ---- results ----

void Extender::add_all(const List<Extender*>& downstream) {
  Arena& arena = context_.arena;
  ByTarget fresh;
  List<Extension> extensions;
  List<SelectorList*> rules;
  for (const Extender* extender : downstream) {
    for (const ByTarget::Entry& target : extender->extensions_.entries) {
      if (target.key->name.starts_with("%-") || target.key->name.starts_with("%_")) continue;
      List<Extension>* old = by_extender_.find(target.key);
      List<SelectorList*>* extended = selectors_.find(target.key);
      if (old)
        for (const Extension& each : *old) extensions.add(arena, each);
      if (extended)
        for (SelectorList* rule : *extended) rules.add(arena, rule);
      for (const Extensions::Entry& source : target.value.entries) {
        if (!context_.step(source.value.target->at)) return;
        Extensions& sources = extensions_.get(arena, target.key);
        if (!sources.find(source.key)) {
          sources.get(arena, source.key) = source.value;
          sources.get(arena, source.key).foreign = true;
        }
        if (!old && !extended) continue;
        Extensions& known = fresh.get(arena, target.key);
        if (!known.find(source.key)) known.get(arena, source.key) = source.value;
      }
    }
  }
  if (!extensions.empty()) extend_extensions(extensions, fresh);
  if (!rules.empty()) extend_rules(rules, fresh);
}

bool Extender::check(const List<Extender*>& all) {
  if (selectors_.entries.empty() && all.size == 1) return true;
  for (const ByTarget::Entry& target : extensions_.entries) {
    bool found = target.value.entries.empty();
    for (const Extender* each : all) found = found || each->selectors_.find(target.key);
    if (found) continue;
    const Extension& extension = target.value.entries[0].value;
    if (extension.optional || extension.foreign) continue;
    Text message;
    message.add("The target selector was not found.\nUse \"@extend ");
    message.add(to_string(context_, extension.target));
    message.add(" !optional\" to avoid this error.");
    context_.fail(extension.target->at, message.str(), "check the name of the selector");
    return false;
  }
  return true;
}

SelectorList* Extender::extend(Context& context, SelectorList* selector, SelectorList* source,
                               SelectorList* targets, Mode mode) {
  Extensions extenders;
  for (Complex* complex : source->items) {
    Extension extension;
    extension.extender = complex;
    extenders.get(context.arena, complex) = extension;
  }
  for (Complex* target : targets->items) {
    if (target->components.empty() || target->components[0]->combinator) continue;
    ByTarget extensions;
    for (Simple* simple : target->components[0]->simples)
      extensions.get(context.arena, simple) = extenders;
    Extender extender(context, mode);
    for (Complex* complex : selector->items) complex->original = true;
    selector = extender.extend_list(selector, extensions, nullptr);
  }
  return selector;
}

}  // namespace meridian::sass
