// The walk through a template.
#include "internal.h"

namespace meridian::liquid {

constexpr TagType kText{"", Internals::text};

Context::Context(const Environment& environment, Arena& arena, const Value& globals)
    : environment_(environment), arena_(arena), globals_(globals) {
  (void)push();  // there is room for the first scope
}

// ---- scopes ----

bool Context::push(Map* variables) {
  if (scope_count_ == kMaxScopes) {
    raise("Liquid::StackLevelError", "Nesting too deep", "an include may include itself");
    return false;
  }
  if (!variables) {  // a loop inside loops enters as many scopes as it has rounds: their maps are
                     // used again
    Map*& own = own_scopes_[scope_count_];
    if (!own) own = make_map(arena_);
    own->entries.size = 0;
    own->index = nullptr;
    variables = own;
  }
  scopes_[scope_count_++] = variables;
  return true;
}

void Context::pop() { scope_count_--; }

void Context::set(Str name, const Value& v) { scopes_[scope_count_ - 1]->set(name, v); }
void Context::assign(Str name, const Value& v) { scopes_[0]->set(name, v); }

// ---- stopping ----

void Context::raise(Str type, Str text, Str remedy) {
  aborted_ = true;
  if (error) return;
  error.type = type;
  error.text = text;
  error.remedy = remedy;
  error.source = source_;
  if (!node_) return;
  error.line = node_->line;
  error.offset = node_->offset;
}

void Context::report(Diagnostics& diagnostics, Report report, Str text, Str remedy) {
  diagnostics.add(report, *source_, node_ ? node_->offset : 0, text, remedy);
}

namespace {
/// The values of a render may take so many times what the site takes, and these bytes. Each filter
/// makes a text of its own, but a small site has no use for the gigabytes that the command may
/// have.
constexpr std::size_t kTimesOfSite = 4, kMoreThanSite = std::size_t(64) << 20;

void limit_reached(Context& c, Str remedy) {
  c.raise("Liquid::MemoryError", "Memory limits exceeded", remedy);
}
}  // namespace

bool Context::count(std::uint64_t steps) {
  work_done += steps * kBytesOfStep;
  if (work_done - work_of_others - begin_ > std::uint64_t(limits.steps.most) * kBytesOfStep)
    limit_reached(*this, limits.steps.message);
  else if (memory_held > max_memory || arena_.held() / kTimesOfSite > others_ + kMoreThanSite)
    limit_reached(*this, "the page takes too much memory to render");
  else
    return true;
  return false;
}

bool Context::fits(std::uint64_t bytes) {
  if (bytes <= limits.output.most) return true;
  limit_reached(*this, limits.output.message);
  return false;
}

namespace {
/// Subtracts the printed size of `v` from `budget`; false when it exceeds it.
bool spend(const Value& v, std::uint64_t& budget, int depth) {
  std::uint64_t cost = 1 + (v.is_string() ? v.length : 0);
  if (cost > budget) return false;
  budget -= cost;
  if (depth > kMaxDepth) return true;
  if (v.is(Kind::Array)) {
    for (const Value& item : *v.a)
      if (!spend(item, budget, depth + 1)) return false;
  } else if (v.is(Kind::Map)) {
    for (const Map::Entry& e : *v.m)
      if (!spend(e.key, budget, depth + 1) || !spend(e.value, budget, depth + 1)) return false;
  }
  return true;
}
}  // namespace

bool Context::fits_printed(const Value& v) {
  std::uint64_t budget = limits.output.most;
  if (!v.is(Kind::Array) && !v.is(Kind::Map)) return true;
  bool all = spend(v, budget, 0);
  work_done += (limits.output.most - budget) * kBytesOfItem;
  return all ? count(0) : fits(limits.output.most + 1);
}

// ---- output ----

void Context::write(const Value& v) {
  if (v.is_string())
    write_text(v.str());
  else if (fits_printed(v))
    print(v, *out_);
}

void Context::write_text(Str text) {
  work_done += text.size();
  out_->add(text);
}

void Internals::mark(Context& c, std::size_t offset, bool verbatim) {
  if (c.map)
    c.map->record(*c.map, c.arena_,
                  {std::uint32_t(c.out_->size()), std::uint32_t(offset), c.source_, verbatim});
}

void Internals::verbatim(Context& c, Str text) {
  mark(c, std::size_t(text.data() - c.source_->text.data()), true);
  c.write_text(text);
}

void Internals::text(Context& c, const Node& node) { c.write_text(node.markup); }

void Internals::output(Context& c, const Node& node) {
  Value v = c.evaluate(static_cast<Variable*>(node.data));
  if (!c.failed()) c.write(v);
}

void Internals::render_block(Context& c, const Block& block) {
  if (c.aborted_) return;
  if (stack_held + kStackOfBlock > kMaxStack) {
    stack_exceeded = true;
    return c.raise("Liquid::StackLevelError", "Nesting too deep",
                   "put fewer blocks, includes or documents inside each other");
  }
  stack_held += kStackOfBlock;
  const Node* outer = c.node_;
  for (const Node* node = block.first; node; node = node->next) {
    if (!c.count(1)) break;
    bool text = node->type == &kText;
    if (!text) c.node_ = node;
    mark(c, node->offset, text);
    node->type->render(c, *node);
    if (c.aborted_ && c.on_error && c.on_error(c, *node)) {
      c.error = {};
      c.aborted_ = false;
    }
    if (c.stopped() || !c.fits(c.out_->size())) break;
  }
  c.node_ = outer;
  stack_held -= kStackOfBlock;
}

void Internals::capture(Context& c, const Block& block, Text& out) {
  Text* outer = c.out_;
  SourceMap* map = c.map;
  c.out_ = &out;
  c.map = nullptr;
  render_block(c, block);
  c.out_ = outer;
  c.map = map;
}

bool Internals::render_template(Context& c, const Template& t) {
  if (t.error) {
    if (!c.error) c.error = t.error;
    c.aborted_ = true;
    return false;
  }
  const Source* outer = c.source_;
  c.source_ = t.source;
  render_block(c, *t.body);
  c.source_ = outer;
  return !c.failed();
}

bool Context::render(const Template& t) { return Internals::render_template(*this, t); }

bool Context::render(const Template& t, Text& out) {
  out_ = &out;
  bool ok = Internals::render_template(*this, t);
  out_ = nullptr;
  interrupts_ = kNoInterrupt;
  return ok;
}

bool Context::capture(const Template& t, Text& out) {
  Text* outer = out_;
  SourceMap* outer_map = map;
  out_ = &out;
  map = nullptr;
  bool ok = Internals::render_template(*this, t);
  out_ = outer;
  map = outer_map;
  return ok;
}

void Context::body(const Node& node) {
  if (node.body)
    Internals::render_block(*this, *node.body);
  else
    Internals::verbatim(*this, node.raw);
}

void Context::capture_body(const Node& node, Text& out) {
  if (node.body)
    Internals::capture(*this, *node.body, out);
  else
    out.add(node.raw);
}

// ---- for ----

Value Loop::get(Str key) {
  // The boolean ones, those that count from 1, those that count from 0; in each group first those
  // of both loops. The second "col0" is a placeholder.
  int known = one_of(key,
                     "first last col_first col_last index rindex col row index0 rindex0 col0 col0 "
                     "length name parentloop");
  bool of_table = known % 4 >= 2 && known < 12;
  if (known < 0 || (table ? known >= 13 : of_table)) return {};
  if (known == 13) return name;
  if (known == 14) return parent ? Value(parent) : Value();
  std::uint32_t counts[] = {index, length - 1 - index, index % columns,
                            known == 3 ? (index + 1) % columns : index / columns};
  std::uint32_t count = known == 12 ? length : counts[known % 4] + (known / 4 == 1);
  return known < 4 ? Value(count == 0) : Value(std::int64_t(count));
}

namespace {
/// A limit or offset; nil counts as `absent`.
bool bound(Context& c, const Expression* e, bool table, std::int64_t absent, std::int64_t& out) {
  Value v = c.evaluate(e);
  out = absent;
  if (v.nil()) return true;
  std::int64_t given = to_i(v);
  if (!table && !to_integer(c, v, given)) return false;
  out = clamp(given);
  return true;
}
}  // namespace

/// The items of the loop. False: nothing at all is rendered.
bool Internals::segment(Context& c, const ForTag& tag, bool table, Sequence& out) {
  constexpr std::int64_t kAll = UINT32_MAX;
  std::int64_t from, limit;
  if (tag.continued && !table)
    from = to_i(c.offsets_->get(tag.name));
  else if (!bound(c, tag.options[kOffset], table, 0, from))
    return false;
  Value of = c.evaluate(tag.collection);
  if (!bound(c, tag.options[kLimit], table, table && tag.options[kLimit] ? 0 : kAll, limit))
    return false;
  out = sequence(of);
  out.cut(from, from + limit);
  if (table) return of.truthy();
  out.reversed = tag.reversed;
  c.offsets_->set(tag.name, from + std::int64_t(out.size));
  return !c.failed();
}

void Internals::loop(Context& c, const Node& node) {  // for, tablerow
  auto& tag = *static_cast<ForTag*>(node.data);
  bool table = node.type->op != 'f';
  Sequence items;
  if (!segment(c, tag, table, items)) return;
  if (!table && !items.size) {
    if (tag.parts.next) render_block(c, *tag.parts.next->body);
    return;
  }
  Loop* loop = new (c.arena_.alloc(sizeof(Loop))) Loop;
  loop->table = table;
  loop->name = tag.name;
  loop->length = items.size;
  loop->parent = c.loop_;
  auto open = [&](const char* markup, std::int64_t number) {
    c.out_->add(markup);
    c.out_->add_int(number);
    c.out_->add("\">");
  };
  if (table) {
    std::int32_t columns = clamp(to_i(c.evaluate(tag.options[kColumns])));
    if (columns > 0) loop->columns = std::uint32_t(columns);
    open("<tr class=\"row", 1);
    c.out_->add('\n');
  }
  if (!c.push()) return;
  if (!table) c.loop_ = loop;
  c.set(table ? "tablerowloop" : "forloop", static_cast<Drop*>(loop));
  for (std::uint32_t i = 0; i < items.size && c.count(1) && c.fits(c.out_->size());
       i++, loop->index++) {
    c.set(tag.variable, items.at(c.arena_, i));
    if (table) open("<td class=\"col", i % loop->columns + 1);
    render_block(c, *node.body);
    if (c.aborted_) break;
    if (table) {
      c.out_->add("</td>");
      std::uint32_t next = i + 1;
      if (next % loop->columns == 0 && next != items.size)
        open("</tr>\n<tr class=\"row", next / loop->columns + 1);
    } else if (c.stopped()) {
      bool leave = c.interrupts_ & 1;
      c.interrupts_ >>= 1;
      if (leave) break;
    }
  }
  c.loop_ = loop->parent;
  c.pop();
  if (table) c.out_->add("</tr>\n");
}

}  // namespace meridian::liquid
