// Selectors.
#include "parser.h"

namespace meridian::sass {

namespace {
bool list_stops(const char* p) { return *p && is_one_of(*p, "){};!"); }
/// libsass knows neither :is() nor :where(): what they hold is text there.
bool is_selector_pseudo(Str name, bool dart) {
  int number = one_of(name, "not matches current any has host host-context slotted is where");
  return number >= 0 && (dart || number < 8);
}
}  // namespace

SelectorList* Parser::selectors(bool chroot) {
  Nested nested(*this);
  auto* list = make<SelectorList>();
  list->at = place();
  const char* behind = peek(match::comments);
  const char* at = match::optional_whitespace(behind ? behind : position_);
  if (!*at || *at == '{' || *at == ',') css_error("selector");
  bool again, line_feed = false;
  do {
    again = false;
    line_feed = line_feed || newline_ahead();
    behind = peek(match::comments);
    if (list_stops(match::optional_whitespace(behind ? behind : position_)) || failed()) break;
    Complex* item = complex(chroot);
    if (!item) return list;
    item->line_feed = line_feed;
    line_feed = false;
    while (peek_css(',')) {
      skip_comments();
      again = lex(',');
      line_feed = line_feed || newline_ahead();
    }
    list->items.add(context_.arena, item);
  } while (again && !failed());
  while (lex_css(match::optional_flag)) list->optional = true;
  return list;
}

Complex* Parser::complex(bool chroot) {
  Nested nested(*this);
  lex(match::block_comment);
  skip_comments();
  auto* complex = make<Complex>();
  complex->at = place(match::optional_whitespace(position_));
  if (!*match::optional_whitespace(position_)) return complex;
  while (!failed()) {
    lex(match::block_comment);
    skip_comments();
    char combinator = 0;
    for (char c : {'>', '~', '+'})
      if (!combinator && lex(c)) combinator = c;
    Component* component;
    if (combinator) {
      component = make<Component>();
      component->combinator = combinator;
      component->at = place();
      component->line_break = newline_ahead();
    } else if (!(component = compound())) {
      break;
    }
    complex->components.add(context_.arena, component);
  }
  if (failed() || complex->components.empty()) return nullptr;
  complex->chroots = has_parent(complex) || chroot;
  return complex;
}

Component* Parser::compound() {
  auto* compound = make<Component>();
  lex(match::block_comment);
  skip_comments();
  compound->at = place(position_);
  if (lex('&', false)) {
    if (!allow_parent_) error("Parent selectors aren't allowed here.");
    compound->parent = true;
  }
  while (!failed()) {
    lex(match::block_comment);
    if (lex('&', false)) {
      Text found;
      found.add('&');
      if (lex(match::identifier)) found.add(lexed_);
      Text message;
      message.add("\"");
      message.add(found.str());
      message.add("\" may only be used at the beginning of a compound selector.");
      error(message.str(), "put & first, or use #{&}");
    } else if (match::functional(position_) && match::functional(position_) <= end_) {
      Simple* item = simple();
      if (!item) return nullptr;
      compound->simples.add(context_.arena, item);
    } else if (lex(match::type_selector, false)) {
      compound->simples.add(context_.arena,
                            make_simple(context_, SimpleKind::Type, place(), lexed_));
    } else if (space(*position_) || at_end()) {
      break;
    } else {
      const char* behind = peek(match::comments);
      char next = *match::optional_whitespace(behind ? behind : position_);
      if (!next || is_one_of(next, "+~>,){};!")) break;
      Simple* item = simple();
      if (!item) return nullptr;
      compound->simples.add(context_.arena, item);
    }
  }
  const char* behind = peek(match::comments);
  char next = *match::optional_whitespace(behind ? behind : position_);
  if (next && next != '{') compound->line_break = newline_ahead();
  return compound->simples.empty() && !compound->parent ? nullptr : compound;
}

Simple* Parser::simple() {
  skip_comments();
  if (lex(match::class_name)) return make_simple(context_, SimpleKind::Class, place(), lexed_);
  if (lex(match::id_name)) return make_simple(context_, SimpleKind::Id, place(), lexed_);
  if (lex(match::variable) || lex(match::number) || lex(match::reference_combinator))
    return make_simple(context_, SimpleKind::Type, place(), lexed_);
  if (match::word(match::optional_whitespace(position_), ":not(")) return negation();
  if (peek(match::functional) || peek(':')) return pseudo();
  if (lex('[')) return attribute();
  if (lex(match::placeholder))
    return make_simple(context_, SimpleKind::Placeholder, place(), lexed_);
  css_error("selector");
  return nullptr;
}

Simple* Parser::negation() {
  const char* at = match::optional_whitespace(position_);
  take(at, at + 5);
  Simple* negation = make_pseudo(context_, place(), "not", false);
  negation->selector = selectors(true);
  if (!lex(')')) error("negated selector is missing ')'");
  return negation;
}

Simple* Parser::pseudo() {
  const char* at = match::optional_whitespace(position_);
  if (*at != ':') {
    lex(match::identifier);
    css_error("selector");
    return nullptr;
  }
  bool element = at[1] == ':';
  take(at, at + (element ? 2 : 1));
  if (lex(match::functional)) {
    Str name = lexed_;
    name.remove_suffix(1);
    Place begin = place();
    Simple* pseudo = make_pseudo(context_, begin, name, element);
    const char* behind = peek(match::comments);
    const char* from = match::optional_whitespace(behind ? behind : position_);
    const char* end = match::binomial(from);
    if (end && match::word_ends(end) && end <= end_) {
      take(from, end);
      Text text;
      for (char c : lexed_)
        if (!is_space(c) || (!context_.dart() && !is_space(text.back()))) text.add(c);
      pseudo->argument = constant(context_, place(), context_.copy(text));
      const char* next = match::whitespace(position_);
      if (next && (next = match::text_ignoring_case(next, "of"))) {
        take(position_, next);
        pseudo->selector = selectors(true);
      }
      if (lex_css(')')) return pseudo;
    } else {
      if (peek_css(')') && begins_like(name, "nth-")) css_error("An+B expression");
      if (is_selector_pseudo(unvendor(name), context_.dart())) {
        pseudo->selector = selectors(true);
        if (lex_css(')')) return pseudo;
      } else {
        pseudo->argument = custom_value();
        if (lex_css(')')) return pseudo;
      }
    }
  } else {
    const char* from = match::optional_whitespace(position_);
    const char* name = *from == ':' ? from + (from[1] == ':' ? 2 : 1) : from;
    const char* end = match::identifier(name);
    if (end && end <= end_) {
      take(from, end);
      return make_pseudo(context_, place(), lexed_, element);
    }
    if (*from == ':') css_error("pseudoclass or pseudoelement");
  }
  css_error("\")\"");
  return nullptr;
}

Simple* Parser::attribute() {
  Place begin = place();
  if (!lex_css(match::attribute_name)) error("invalid attribute name in attribute selector");
  Simple* attribute = make_simple(context_, SimpleKind::Attribute, begin, lexed_);
  auto closes = [this, attribute] {
    if (lex_css(']') || lex_css('/')) return true;
    const char* from = match::optional_comments(position_);
    if ((*from | 32) != 'i' || (from[1] != ']' && from[1] != '/')) return false;
    attribute->modifier = *from;
    return take(from, from + 2);
  };
  if (closes()) return attribute;
  const char* from = match::optional_comments(position_);
  bool single = *from == '=';
  if (!single && !(*from && is_one_of(*from, "~|^$*") && from[1] == '=')) {
    Text message;
    message.add("invalid operator in attribute selector for ");
    message.add(attribute->name);
    error(message.str());
    return attribute;
  }
  take(from, from + (single ? 1 : 2));
  attribute->matcher = lexed_;
  if (lex_css(match::identifier))
    attribute->value = constant(context_, begin, lexed_);
  else if (lex_css(match::quoted_string))
    attribute->value = interpolated(lexed_, true);
  else
    error("expected a string constant or identifier in attribute selector");
  if (!failed() && !closes()) error("unterminated attribute selector", "close it with ]");
  return attribute;
}

}  // namespace meridian::sass
