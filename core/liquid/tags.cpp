// Liquid's own tags: how each is parsed, and what the plain ones do.
#include <iterator>

#include "internal.h"

namespace meridian::liquid {

namespace {

struct AssignTag {
  Str name;
  const Variable* value;  // of {% assign %}
  Block* body;            // of {% capture %}
};

struct Branch {                // of if, unless, case
  const Condition* condition;  // nullptr: else
  Block* body;
  Branch* next;
};

struct CycleTag {
  const Expression* name;
  List<const Expression*> values;
};

// ---- variables ----------------------------------------------------------------------------------------

bool parse_assign(TagParse& p) {
  Str s = p.node.markup;
  std::size_t end = 0;
  for (Str name; !(name = find_signature(s, end)).empty();) {
    std::size_t equals = skip_space(s, end = behind(s, name));
    if (peek(s, equals) != '=') continue;
    p.node.data = p.arena.make<AssignTag>(name, p.parser.variable(slice(s, skip_space(s, equals + 1))), nullptr);
    p.node.blank = true;
    return true;
  }
  return p.parser.syntax_error("Syntax Error in 'assign' - Valid syntax: assign [var] = [source]");
}

void render_assign(Context& c, const Node& node) {
  auto& tag = *static_cast<AssignTag*>(node.data);
  Value v = c.evaluate(tag.value);
  if (!c.failed()) c.assign(tag.name, v);
}

bool parse_capture(TagParse& p) {
  Str name = find_signature(p.node.markup, 0);
  if (name.empty()) return p.parser.syntax_error("Syntax Error in 'capture' - Valid syntax: capture [var]");
  auto* tag = p.arena.make<AssignTag>(name, nullptr, p.parser.new_block());
  p.node.data = tag;
  bool ok = p.parser.whole_body(*tag->body, p);
  p.node.blank = true;
  return ok;
}

void render_capture(Context& c, const Node& node) {
  auto& tag = *static_cast<AssignTag*>(node.data);
  Text text;
  Internals::capture(c, *tag.body, text);
  if (!c.failed()) c.assign(tag.name, c.arena().copy(text.str()));
}

bool parse_count(TagParse& p) {
  p.node.markup = strip(p.node.markup);
  return true;
}

bool parse_echo(TagParse& p) {
  p.node.data = const_cast<Variable*>(p.parser.variable(p.node.markup));
  return true;
}

// ---- comments -----------------------------------------------------------------------------------------

bool parse_comment(TagParse& p) {
  Block body;
  Stop stop;
  p.parser.in_comment++;
  while (p.parser.body(body, p.tokens, p.node, p.node.blank, stop)) {
  }
  p.parser.in_comment--;
  p.node.blank = true;
  return !p.parser.failed();
}

bool parse_inline_comment(TagParse& p) {
  Str s = p.node.markup;
  p.node.blank = true;
  for (std::size_t at = s.find('\n'); at != Str::npos; at = s.find('\n', at)) {
    at = skip_space(s, at);
    if (at < s.size() && s[at] != '#')
      return p.parser.syntax_error(
          "Syntax error in tag '#' - Each line of comments must be prefixed by the '#' character");
  }
  return true;
}

void render_nothing(Context&, const Node&) {}

bool parse_raw(TagParse& p) {
  return is_blank(p.node.markup) || p.parser.syntax_error("Syntax Error in 'raw' - Valid syntax: raw");
}

void render_raw(Context& c, const Node& node) { Internals::verbatim(c, node.raw); }

// ---- conditions ---------------------------------------------------------------------------------------

/// Appends a branch, and gives the block it shows.
Block& add_branch(TagParse& p, Branch**& end, const Condition* condition, Block* body = nullptr) {
  *end = p.arena.make<Branch>(condition, body ? body : p.parser.new_block(), nullptr);
  Block& added = *(*end)->body;
  end = &(*end)->next;
  return added;
}

const Condition* parse_if_condition(TagParse& p, Str markup) {
  Complaint why;
  const Condition* c = nullptr;
  if (p.parser.error_mode() != ErrorMode::Lax) {
    c = parse_condition_strictly(p.arena, markup, true, why);
    if (c || !p.parser.may_be_lax(why, {}, markup, {})) return c;
  }
  c = parse_condition_laxly(p.arena, markup);
  if (!c) p.parser.syntax_error("Syntax Error in tag 'if' - Valid syntax: if [expression]");
  return c;
}

void drop_blank_text(const Node& node, Branch* first) {
  for (; node.blank && first; first = first->next) remove_text(first->body);
}

bool parse_if(TagParse& p) {
  Branch *first, **end = &first;
  const Condition* condition = parse_if_condition(p, p.node.markup);
  if (!condition) return false;
  Block* block = &add_branch(p, end, condition);
  p.node.blank = true;
  for (Stop stop; p.parser.body(*block, p.tokens, p.node, p.node.blank, stop);) {
    condition = nullptr;
    if (is(stop.name, "elsif")) {
      condition = parse_if_condition(p, stop.markup);
      if (!condition) return false;
    } else if (!is(stop.name, "else")) {
      return p.parser.out_of_place(stop, p);
    }
    block = &add_branch(p, end, condition);
  }
  drop_blank_text(p.node, first);
  p.node.data = first;
  return !p.parser.failed();
}

void render_if(Context& c, const Node& node) {
  bool inverted = node.type->op == 'u';
  for (auto* b = static_cast<Branch*>(node.data); b && !c.failed(); b = b->next, inverted = false) {
    bool hit = (!b->condition || c.test(b->condition)) != inverted;
    if (hit && !c.failed()) return Internals::render_block(c, *b->body);
  }
}

/// `when a, b or c`: a branch for each, with the same body.
/// /(QuotedFragment)(?:(?:\s+or\s+|\s*\,\s*)(QuotedFragment.*))?/m
bool add_when(TagParse& p, Str markup, const Expression* left, Branch**& end) {
  Block* body = p.parser.new_block();
  for (;;) {
    Str value = find_fragment(markup);
    if (value.empty())
      return p.parser.syntax_error(
          "Syntax Error in tag 'case' - Valid when condition: {% when [condition] [or condition2...] %}");
    auto* condition = p.arena.make<Condition>(left, parse_operand(p.arena, value));
    set_operator(*condition, "==");
    add_branch(p, end, condition, body);
    std::size_t stop = behind(markup, value), word = skip_space(markup, stop), rest;
    if (peek(markup, word) == ',') {
      rest = skip_space(markup, word + 1);
    } else {
      rest = skip_space(markup, word + 2);
      if (word == stop || rest == word + 2 || !begins(slice(markup, word), "or")) return true;
    }
    if (fragment_end(markup, rest) == rest) return true;
    markup = slice(markup, rest);
  }
}

bool parse_case(TagParse& p) {
  Branch *first = nullptr, **end = &first;
  Str of = find_fragment(p.node.markup);
  if (of.empty()) return p.parser.syntax_error("Syntax Error in 'case' - Valid syntax: case [condition]");
  const Expression* left = p.expression(of);
  Block before;  // what stands before the first {% when %} is never shown
  Block* block = &before;
  p.node.blank = true;
  for (Stop stop; p.parser.body(*block, p.tokens, p.node, p.node.blank, stop);) {
    Branch** added = end;
    if (is(stop.name, "when")) {
      if (!add_when(p, stop.markup, left, end)) return false;
    } else if (!is(stop.name, "else")) {
      return p.parser.out_of_place(stop, p);
    } else if (!is_blank(stop.markup)) {
      return p.parser.syntax_error("Syntax Error in tag 'case' - Valid else condition: {% else %} (no parameters) ");
    } else {
      add_branch(p, end, nullptr);
    }
    block = (*added)->body;
  }
  drop_blank_text(p.node, first);
  p.node.data = first;
  return !p.parser.failed();
}

void render_case(Context& c, const Node& node) {
  bool hit = false;  // every {% when %} that matches is shown, an {% else %} if none before it did
  for (auto* b = static_cast<Branch*>(node.data); b && !c.failed(); b = b->next) {
    bool matches = b->condition ? c.test(b->condition) : !hit;
    if (b->condition && matches) hit = true;
    if (matches && !c.failed()) Internals::render_block(c, *b->body);
  }
}

// ---- loops --------------------------------------------------------------------------------------------

bool parse_for(TagParse& p) {
  auto* tag = p.arena.make<ForTag>();
  Complaint why;
  if (p.parser.error_mode() == ErrorMode::Lax || !parse_for_strictly(p.arena, p.node.markup, *tag, why)) {
    if (!why.message.empty() && !p.parser.may_be_lax(why, {}, p.node.markup, {})) return false;
    if (!parse_for_laxly(p.arena, p.node.markup, *tag))
      return p.parser.syntax_error("Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]");
  }
  p.node.data = tag;
  tag->body = p.parser.new_block();
  p.node.blank = true;
  Stop stop;
  if (p.parser.body(*tag->body, p.tokens, p.node, p.node.blank, stop)) {
    if (!is(stop.name, "else")) return p.parser.out_of_place(stop, p);
    tag->otherwise = p.parser.new_block();
    // A second else ends the loop, as in Liquid: its {% endfor %} is then one too many.
    if (p.parser.body(*tag->otherwise, p.tokens, p.node, p.node.blank, stop) && !is(stop.name, "else"))
      return p.parser.out_of_place(stop, p);
  }
  if (p.node.blank) {
    remove_text(tag->body);
    remove_text(tag->otherwise);
  }
  return !p.parser.failed();
}

bool parse_table_row(TagParse& p) {
  auto* tag = p.arena.make<ForTag>();
  p.node.data = tag;
  if (!parse_for_laxly(p.arena, p.node.markup, *tag))
    return p.parser.syntax_error(
        "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] cols=3");
  tag->body = p.parser.new_block();
  return p.parser.whole_body(*tag->body, p);
}

/// /\A(QuotedFragment)\s*\:\s*(.*)/m: the name of a cycle, `markup` keeps the rest.
Str cycle_name(Str& markup) {
  std::size_t quoted = quoted_end(markup, 0), run = run_end(markup, 0), end = Str::npos;
  auto colon_behind = [&](std::size_t at) { return peek(markup, skip_space(markup, at)) == ':'; };
  if (quoted && colon_behind(quoted)) {
    end = quoted;
  } else if (run && colon_behind(run)) {
    end = run;
  } else {
    for (std::size_t at = 0; at < run; at++) {  // the last colon of the run that no quotes enclose
      if (at && markup[at] == ':') end = at;
      if (std::size_t close = quoted_end(markup, at); close != at) at = close - 1;
    }
  }
  if (end == Str::npos) return {};
  Str name = markup.substr(0, end);
  markup.remove_prefix(skip_space(markup, markup.find(':', end) + 1));
  return name;
}

bool parse_cycle(TagParse& p) {
  Str rest = p.node.markup;
  if (fragment_end(rest, 0) == 0)
    return p.parser.syntax_error("Syntax Error in 'cycle' - Valid syntax: cycle [name :] var [, var2, var3 ...]");
  auto* tag = p.arena.make<CycleTag>();
  p.node.data = tag;
  Str name = cycle_name(rest);
  bool constant = true;
  Text values;
  for (std::size_t at = 0; at <= rest.size();) {
    std::size_t comma = rest.find(',', at);
    Str part = find_fragment(slice(rest, at, comma));
    at = comma == Str::npos ? rest.size() + 1 : comma + 1;
    if (part.empty()) continue;
    const Expression* e = p.expression(part);
    tag->values.add(p.arena, e);
    if (e->op == Expression::Op::Literal)
      inspect(e->value, values);
    else
      constant = false;
    values.add(", ");
  }
  if (!name.empty()) {
    tag->name = p.expression(name);
    return true;
  }
  // Without a name, cycles of the same constants go on together; one with a variable goes on alone.
  Value key = constant ? Value(say(p.arena, "[$]", values.str())) : Value(std::int64_t(std::uintptr_t(tag)));
  tag->name = p.arena.make<Expression>(Expression::Op::Literal, key);
  return true;
}

bool parse_plain_block(TagParse& p) {
  auto* body = p.parser.new_block();
  p.node.data = body;
  return p.parser.whole_body(*body, p);
}

/// Jekyll gives Liquid no file system.
void render_render(Context& c, const Node&) {
  c.raise("Liquid::FileSystemError", "This liquid context does not allow includes.", "use {% include file.html %}");
}

bool parse_render(TagParse& p) {
  std::size_t at = p.node.markup.find_first_of("'\"");
  while (at != Str::npos && quoted_end(p.node.markup, at) == at) at = p.node.markup.find_first_of("'\"", at + 1);
  return at != Str::npos ||
         p.parser.syntax_error("Syntax error in tag 'render' - Template name must be a quoted string");
}

constexpr TagType kTags[] = {
    {"#", render_nothing, parse_inline_comment},
    {"assign", render_assign, parse_assign},
    {"break", Internals::interrupt, nullptr, 'b'},
    {"capture", render_capture, parse_capture},
    {"case", render_case, parse_case},
    {"comment", render_nothing, parse_comment},
    {"continue", Internals::interrupt, nullptr, 'c'},
    {"cycle", Internals::cycle, parse_cycle},
    {"decrement", Internals::count, parse_count, '-'},
    {"echo", Internals::output, parse_echo},
    {"for", Internals::loop, parse_for, 'f'},
    {"if", render_if, parse_if},
    {"ifchanged", Internals::if_changed, parse_plain_block},
    {"increment", Internals::count, parse_count, '+'},
    {"raw", render_raw, parse_raw, 0, Body::Raw},
    {"render", render_render, parse_render},
    {"tablerow", Internals::loop, parse_table_row},
    {"unless", render_if, parse_if, 'u'},
};
static_assert(is_sorted(kTags));
}  // namespace

const TagType* find_standard_tag(Str name) { return search(kTags, std::size(kTags), name); }

Str suggest_tag(Arena& arena, const Environment& environment, Str name) {
  Text known;
  auto add = [&](const TagType* at, std::size_t count) {
    for (; count--; at++) {
      known.add(at->name);
      known.add(' ');
    }
  };
  add(kTags, std::size(kTags));
  add(environment.tags, environment.tag_count);
  known.add("else elsif when liquid");
  return suggest(arena, name, known.str());
}

// ---- those that need the state of the render ------------------------------------------------------------

void Internals::interrupt(Context& c, const Node& node) {  // break, continue
  if (c.interrupts_ < Context::kNoInterrupt << 60) c.interrupts_ = c.interrupts_ << 1 | (node.type->op == 'b');
}

void Internals::count(Context& c, const Node& node) {  // increment, decrement
  if (!c.counters_) c.counters_ = make_map(c.arena_);
  Value* counter = c.counters_->find(node.markup);
  if (!counter) {
    Value global = get(c.globals_, node.markup);
    counter = &c.counters_->set(node.markup);
    *counter = global.truthy() ? to_i(global) : 0;
  }
  if (node.type->op == '-')
    c.write(--counter->i);
  else
    c.write(counter->i++);
}

void Internals::cycle(Context& c, const Node& node) {
  auto& tag = *static_cast<CycleTag*>(node.data);
  if (!c.cycles_) c.cycles_ = make_map(c.arena_);
  Value key = c.evaluate(tag.name), *place = c.cycles_->find(key);
  if (!place) *(place = &c.cycles_->set(key)) = 0;
  auto i = std::uint32_t(place->i);
  place->i = i + 1 < tag.values.size ? i + 1 : 0;
  if (i < tag.values.size) c.write(c.evaluate(tag.values[i]));
}

void Internals::if_changed(Context& c, const Node& node) {
  Text text;
  capture(c, *static_cast<Block*>(node.data), text);
  if (c.changed_.is_string() && c.changed_.str() == text.str()) return;
  c.changed_ = c.arena_.copy(text.str());
  c.out_->add(text.str());
}

}  // namespace meridian::liquid
