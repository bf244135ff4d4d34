// Liquid's own tags: how each is parsed, and how the simple ones are rendered.
#include <iterator>

#include "internal.h"

namespace meridian::liquid {

namespace {

struct CycleTag {
  const Expression* name;
  List<const Expression*> values;
};

/// The error for a tag whose markup is not its name and `form`.
bool wrong_form(TagParse& p, const char* form) {
  Str name = p.node.type->name;
  return p.parser.syntax_error(
      format(p.arena, "Syntax Error in '$' - Valid syntax: $$", name, name, form));
}

// ---- variables ----
//
// {% assign %} and {% capture %} keep the name that they set as the markup of their node.

bool parse_echo(TagParse& p) {
  p.node.data = const_cast<Variable*>(p.parser.variable(p.node.markup));
  return true;
}

bool parse_assign(TagParse& p) {
  Str s = p.node.markup;
  std::size_t end = 0;
  for (Str name; !(name = find_signature(s, end)).empty();) {
    std::size_t equals = skip_space(s, end = behind(s, name));
    if (peek(s, equals) != '=') continue;
    p.node.markup = slice(s, skip_space(s, equals + 1));
    parse_echo(p);
    p.node.markup = name;
    p.node.blank = true;
    return true;
  }
  return wrong_form(p, " [var] = [source]");
}

void render_assign(Context& c, const Node& node) {
  Value v = c.evaluate(static_cast<Variable*>(node.data));
  if (!c.failed()) c.assign(node.markup, v);
}

bool parse_capture(TagParse& p) {
  p.node.markup = find_signature(p.node.markup, 0);
  p.node.blank = true;
  return !p.node.markup.empty() || wrong_form(p, " [var]");
}

bool parse_count(TagParse& p) {
  p.node.markup = strip(p.node.markup);
  return true;
}

// ---- comments ----

bool parse_comment(TagParse& p) { return p.node.blank = true; }

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

bool parse_raw(TagParse& p) { return is_blank(p.node.markup) || wrong_form(p, ""); }

void render_raw(Context& c, const Node& node) { Internals::verbatim(c, node.raw); }

// ---- conditions ----

const Condition* parse_if_condition(TagParse& p, Str markup) {
  ParseError why;
  const Condition* c = nullptr;
  if (p.parser.error_mode() != ErrorMode::Lax) {
    c = parse_condition_strictly(p.arena, markup, true, why);
    if (c || !p.parser.may_be_lax(why, {}, markup, {})) return c;
  }
  c = parse_condition_laxly(p.arena, markup);
  if (!c) p.parser.syntax_error("Syntax Error in tag 'if' - Valid syntax: if [expression]");
  return c;
}

/// `when a, b or c`: a branch for each, with the same body. Gives the last one, nullptr when one is
/// no value.
/// /(QuotedFragment)(?:(?:\s+or\s+|\s*\,\s*)(QuotedFragment.*))?/m
Branch* add_when(TagParse& p, Str markup, const Expression* left, Branch* last) {
  Block* body = p.parser.new_block();
  for (;;) {
    Str value = find_fragment(markup);
    if (value.empty()) {
      p.parser.syntax_error(
          "Syntax Error in tag 'case' - Valid when condition: {% when [condition] [or "
          "condition2...] %}");
      return nullptr;
    }
    auto* condition = p.arena.make<Condition>(left, parse_operand(p.arena, value));
    set_operator(*condition, "==");
    last = last->next = p.arena.make<Branch>(condition, body);
    std::size_t stop = behind(markup, value), word = skip_space(markup, stop), rest;
    if (peek(markup, word) == ',') {
      rest = skip_space(markup, word + 1);
    } else {
      rest = skip_space(markup, word + 2);
      if (word == stop || rest == word + 2 || !starts_with(slice(markup, word), "or")) return last;
    }
    if (fragment_end(markup, rest) == rest) return last;
    markup = slice(markup, rest);
  }
}

/// The parts of if, unless, case and for, up to the end of the tag: the content of the first
/// branch, and the other branches.
bool parse_branches(TagParse& p, Branch& first, const Expression* of_case = nullptr) {
  char op = p.node.type->op;
  Branch* last = &first;
  p.node.body = first.body = p.parser.new_block();
  p.node.blank = true;
  for (BlockEnd block_end; p.parser.body(*last->body, p.tokens, p.node, p.node.blank, block_end);) {
    int part = one_of(block_end.name, "else elsif when");
    if (part == 2 && op == 'c') {
      last = add_when(p, block_end.markup, of_case, last);
      if (!last) return false;
      continue;
    }
    const Condition* condition = nullptr;
    if (part == 1 && (op == 'i' || op == 'u')) {
      condition = parse_if_condition(p, block_end.markup);
      if (!condition) return false;
    } else if (part != 0) {
      return p.parser.out_of_place(block_end, p);
    }
    if (op == 'c' && !is_blank(block_end.markup))
      return p.parser.syntax_error(
          "Syntax Error in tag 'case' - Valid else condition: {% else %} (no parameters) ");
    // A second else ends a loop, as in Liquid: its {% endfor %} is then one too many.
    if (op == 'f' && last != &first) break;
    last = last->next = p.arena.make<Branch>(condition, p.parser.new_block());
  }
  for (last = &first; p.node.blank && last; last = last->next)
    if (!last->next || last->next->body != last->body)
      remove_text(last->body);  // once for all values of a {% when %}
  return !p.parser.failed();
}

bool parse_if(TagParse& p) {
  auto* first = p.arena.make<Branch>(parse_if_condition(p, p.node.markup));
  p.node.data = first;
  return first->condition && parse_branches(p, *first);
}

bool parse_case(TagParse& p) {
  Str of = find_fragment(p.node.markup);
  if (of.empty()) return wrong_form(p, " [condition]");
  Branch first;  // content before the first {% when %} is never rendered
  bool ok = parse_branches(p, first, p.expression(of));
  p.node.data = first.next;
  return ok;
}

void render_branches(Context& c, const Node& node) {  // if, unless, case
  char op = node.type->op;
  bool hit = false, inverted = op == 'u';
  for (auto* b = static_cast<Branch*>(node.data); b; b = b->next, inverted = false) {
    bool matches = b->condition ? c.test(b->condition) != inverted : !hit;
    if (c.failed()) return;
    if (!matches) continue;
    Internals::render_block(c, *b->body);
    if (op != 'c') return;
    // Every {% when %} that matches is shown, an {% else %} if none before it did.
    if (b->condition) hit = true;
  }
}

// ---- loops ----

bool parse_for(TagParse& p) {
  auto* tag = p.arena.make<ForTag>();
  ParseError why;
  if (p.parser.error_mode() == ErrorMode::Lax ||
      !parse_for_strictly(p.arena, p.node.markup, *tag, why)) {
    if (!why.message.empty() && !p.parser.may_be_lax(why, {}, p.node.markup, {})) return false;
    if (!parse_for_laxly(p.arena, p.node.markup, *tag))
      return p.parser.syntax_error(
          "Syntax Error in 'for loop' - Valid syntax: for [item] in [collection]");
  }
  p.node.data = tag;
  return parse_branches(p, tag->parts);
}

bool parse_table_row(TagParse& p) {
  auto* tag = p.arena.make<ForTag>();
  p.node.data = tag;
  return parse_for_laxly(p.arena, p.node.markup, *tag) ||
         p.parser.syntax_error(
             "Syntax Error in 'table_row loop' - Valid syntax: table_row [item] in [collection] "
             "cols=3");
}

/// /\A(QuotedFragment)\s*\:\s*(.*)/m: the name of a cycle, `markup` keeps the rest.
Str cycle_name(Str& markup) {
  auto colon_behind = [&](std::size_t at) { return peek(markup, skip_space(markup, at)) == ':'; };
  std::size_t quoted = quoted_end(markup, 0), run = run_end(markup, 0), end = 0;
  for (std::size_t at = 0; at <= run;) {
    if (at && colon_behind(at)) end = at;
    if (end && end == quoted)
      break;  // a colon behind a quoted string counts, else the last one that no quotes enclose
    std::size_t close = quoted_end(markup, at);
    at = close == at ? at + 1 : close;
  }
  if (!end) return {};
  Str name = slice(markup, 0, end);
  markup = slice(markup, skip_space(markup, markup.find(':', end) + 1));
  return name;
}

bool parse_cycle(TagParse& p) {
  Str rest = p.node.markup;
  if (fragment_end(rest, 0) == 0) return wrong_form(p, " [name :] var [, var2, var3 ...]");
  auto* tag = p.arena.make<CycleTag>();
  p.node.data = tag;
  Str name = cycle_name(rest);
  bool constant = true;
  Array* constants = make_array(p.arena);
  for (Str part; next_piece(rest, ',', part);) {
    part = find_fragment(part);
    if (part.empty()) continue;
    const Expression* e = p.expression(part);
    if (e->op == Expression::Op::Literal && e->value.nil()) continue;  // Array#compact
    tag->values.add(p.arena, e);
    constants->push(e->value);
    constant = constant && e->op == Expression::Op::Literal;
  }
  if (!name.empty()) {
    tag->name = p.expression(name);
    return true;
  }
  // Without a name, cycles of the same constants share their position; one with a variable has its
  // own.
  Value key = constant ? Value(to_s(p.arena, constants)) : Value(std::int64_t(std::uintptr_t(tag)));
  auto* e = p.arena.make<Expression>();
  e->value = key;
  tag->name = e;
  return true;
}

/// Jekyll gives Liquid no file system.
void render_render(Context& c, const Node&) {
  c.raise("Liquid::FileSystemError", "This liquid context does not allow includes.",
          "use {% include file.html %}");
}

bool parse_render(TagParse& p) {
  std::size_t at = p.node.markup.find_first_of("'\"");
  while (at != Str::npos && quoted_end(p.node.markup, at) == at)
    at = p.node.markup.find_first_of("'\"", at + 1);
  return at != Str::npos ||
         p.parser.syntax_error(
             "Syntax error in tag 'render' - Template name must be a quoted string");
}

constexpr TagType kTags[] = {
    {"", Internals::output, parse_echo},  // {{ }}
    {"#", render_nothing, parse_inline_comment},
    {"assign", render_assign, parse_assign},
    {"break", Internals::interrupt, nullptr, 'b'},
    {"capture", Internals::capture_variable, parse_capture, 0, Body::Parsed},
    {"case", render_branches, parse_case, 'c'},
    {"comment", render_nothing, parse_comment, 0, Body::Comment},
    {"continue", Internals::interrupt, nullptr, 'c'},
    {"cycle", Internals::cycle, parse_cycle},
    {"decrement", Internals::count, parse_count, '-'},
    {"echo", Internals::output, parse_echo},
    {"for", Internals::loop, parse_for, 'f'},
    {"if", render_branches, parse_if, 'i'},
    {"ifchanged", Internals::if_changed, nullptr, 0, Body::Parsed},
    {"increment", Internals::count, parse_count, '+'},
    {"raw", render_raw, parse_raw, 0, Body::Raw},
    {"render", render_render, parse_render},
    {"tablerow", Internals::loop, parse_table_row, 0, Body::Parsed},
    {"unless", render_branches, parse_if, 'u'},
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
  add(kTags + 1, std::size(kTags) - 1);
  add(environment.tags, environment.tag_count);
  known.add("else elsif when liquid");
  return suggest(arena, name, known.str());
}

// ---- those that need the state of the render ----

void Internals::interrupt(Context& c, const Node& node) {  // break, continue
  if (c.interrupts_ < Context::kNoInterrupt << 60)
    c.interrupts_ = c.interrupts_ << 1 | (node.type->op == 'b');
}

void Internals::count(Context& c, const Node& node) {  // increment, decrement
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
  Value key = c.evaluate(tag.name), *place = c.cycles_->find(key);
  if (!place) *(place = &c.cycles_->set(key)) = 0;
  auto i = std::uint32_t(place->i);
  place->i = i + 1 < tag.values.size ? i + 1 : 0;
  if (i < tag.values.size) c.write(c.evaluate(tag.values[i]));
}

void Internals::capture_variable(Context& c, const Node& node) {
  Text text;
  c.capture_body(node, text);
  if (c.failed()) return;
  work_done += text.size();
  const Value* old = c.scopes_[0]->find(node.markup);
  c.assign(node.markup, c.arena().grow_copy(old ? old->str() : Str(), text.str()));
}

void Internals::if_changed(Context& c, const Node& node) {
  Text text;
  c.capture_body(node, text);
  if (c.failed() || (c.changed_.is_string() && c.changed_.str() == text.str())) return;
  c.changed_ = c.arena().copy(text.str());
  c.out_->add(text.str());
}

}  // namespace meridian::liquid
