// Strings, urls, and other text with interpolations.
#include "parser.h"

namespace meridian::sass {

namespace {
constexpr char kExpression[] = "expression (e.g. 1px, bold)";
Str between(const char* from, const char* to) { return {from, std::size_t(to - from)}; }
}  // namespace

Node* Parser::part(const char* from, const char* to, bool delayed) {
  Local end(end_, to);
  Local position(position_, from);
  return list(delayed);
}

Node* Parser::interpolated(Str chunk, bool constant_text, bool css) {
  const char *from = chunk.begin(), *end = chunk.end();
  Place at = place();
  const char* found = match::find_interpolant(from, end, !constant_text);
  if (!found) {
    char mark = 0;
    Arena& arena = context_.arena;
    Str text = css ? read_css_string(arena, chunk) : chunk;
    Str value = unquote(arena, text, &mark);
    if (!constant_text && mark) mark = '*';
    return make<String>(Kind::Quoted, at, value, mark);
  }
  auto* schema = make<Schema>(at, css);
  schema->interpolant = true;
  while (found && !failed()) {
    if (from < found)
      schema->parts.add(context_.arena, constant(context_, place(from), between(from, found), css));
    const char* close = match::skip_scope(found + 2, "#{", '}', end);
    if (!close) {
      error("unterminated interpolant inside string constant", "close #{ with }");
      break;
    }
    if (*match::optional_whitespace(found + 2) == '}') {
      position_ = found + 2;
      css_error(kExpression);
      break;
    }
    Node* inner = part(found + 2, close - 1);
    inner->interpolant = true;
    schema->parts.add(context_.arena, inner);
    from = close;
    found = match::find_interpolant(from, end, !constant_text);
  }
  if (from < end)
    schema->parts.add(context_.arena, constant(context_, place(from), between(from, end), css));
  return schema;
}

Node* Parser::interpolation() {
  return lex(match::interpolant) ? interpolated(lexed_, true) : nullptr;
}

Node* Parser::custom_value() {
  auto* schema = make<Schema>(place(position_));
  auto add = [this, schema](Node* node) {
    auto* inner = as<Schema>(node);
    if (!inner) {
      schema->parts.add(context_.arena, node);
      return;
    }
    for (Node* part : inner->parts) schema->parts.add(context_.arena, part);
  };
  // The brackets that are open.
  Text open;
  auto expect = [this, &open] {
    char c = open.back();
    css_error(c == '(' ? "\")\"" : c == '[' ? "\"]\"" : "\"}\"");
  };
  while (!failed()) {
    if (lex(open.empty() ? match::custom_top_value : match::custom_value, false)) {
      add(constant(context_, place(), lexed_));
    } else if (Node* inner = interpolation()) {
      add(inner);
    } else if (lex(match::quoted_string)) {
      add(string());
    } else if (lex('(') || lex('[') || lex('{')) {
      open.add(lexed_[0]);
      add(constant(context_, place(), lexed_));
    } else {
      const char* at = match::optional_whitespace(position_);
      if (open.empty() || at >= end_ || !*at || !is_one_of(*at, ")]}")) break;
      if (index_in("([{", open.back()) != index_in(")]}", *at)) {
        expect();
        break;
      }
      take(at, at + 1);
      add(constant(context_, place(), lexed_));
      open.truncate(open.size() - 1);
    }
  }
  if (!open.empty() && !failed()) expect();
  if (schema->parts.empty())
    error("Custom property values may not be empty.", "write a value behind the colon");
  return schema;
}

Node* Parser::value_schema(const char* stop) {
  auto* schema = make<Schema>(place(match::optional_whitespace(position_)));
  if (peek('}')) css_error(kExpression);
  auto add = [this, schema](Node* node) { schema->parts.add(context_.arena, node); };
  Local end(end_, stop);
  while (position_ < stop && !failed()) {
    lex(match::spaces);
    const char* at = match::optional_whitespace(position_);
    const char* token = match::functional(at);
    if (token && token < stop) {
      add(call());
    } else if (at[0] == '#' && at[1] == '{' && at + 2 <= stop) {
      take(at, at + 2);
      if (peek('}')) css_error(kExpression);
      Node* inner;
      if (lex(match::division))
        inner = constant(context_, place(), lexed_);
      else
        inner = list(true);
      inner->interpolant = true;
      add(inner);
      if (!lex('}')) css_error("\"}\"");
    } else if (lex('%') || lex(match::hyphens) || lex('+')) {
      add(constant(context_, place(), lexed_));
    } else if (lex(match::quoted_string)) {
      add(string());
      if (peek('-')) break;
    } else if (lex(match::identifier)) {
      add(constant(context_, place(), lexed_));
    } else if (lex(match::variable)) {
      add(make<Variable>(place(), symbol(lexed_)));
    } else if (lex(match::percentage)) {
      add(percentage_token());
    } else if (lex(match::dimension)) {
      add(dimension_token());
    } else if (lex(match::number)) {
      add(number_token());
    } else if ((token = match::hex_color(at)) && token <= stop && *token != '-') {
      take(at, token);
      add(color_token());
    } else if (*at == '#' && (token = match::identifier(at + 1)) && token <= stop) {
      take(at, token);
      add(quoted(context_, place(), lexed_));
    } else if (peek(match::parentheses)) {
      add(factor());
    } else {
      break;
    }
  }
  if (position_ != stop && !failed()) {
    add(constant(context_, place(position_), between(position_, stop)));
    position_ = stop;
  }
  return schema;
}

Node* Parser::identifier_schema() {
  const char *from = lexed_.begin(), *end = lexed_.end();
  const char* found = match::find_interpolant(from, end, true);
  if (!found) return constant(context_, place(), lexed_);
  auto* schema = make<Schema>(place());
  while (from < end && !failed()) {
    found = match::find_interpolant(from, end, true);
    const char* stop = found ? found : end;
    if (from < stop) {
      Local position(position_, from);
      schema->parts.add(context_.arena, value_schema(stop));
    }
    if (!found) break;
    const char* close = match::skip_scope(found + 2, "#{", '}', end);
    if (!close) {
      error("unterminated interpolant inside interpolated identifier", "close #{ with }");
      break;
    }
    if (*match::optional_spaces(found + 2) == '}') {
      position_ = found;
      css_error(kExpression);
      break;
    }
    Node* inner = part(found + 2, close, true);
    inner->interpolant = true;
    schema->parts.add(context_.arena, inner);
    from = close;
  }
  return schema;
}

// ---- Internet Explorer ----

Node* Parser::ie_property() {
  lex(match::ie_property);
  Str text = lexed_;
  const char *from = text.begin(), *end = text.end();
  const char* found = match::find_interpolant(from, end, true);
  if (!found) return quoted(context_, place(), text);
  auto* schema = make<Schema>(place());
  while (from < end && !failed()) {
    found = match::find_interpolant(from, end, true);
    const char* stop = found ? found : end;
    if (from < stop)
      schema->parts.add(context_.arena, constant(context_, place(from), between(from, stop)));
    if (!found) break;
    const char* close = match::skip_scope(found + 2, "#{", '}', end);
    if (!close) {
      error("unterminated interpolant inside IE function", "close #{ with }");
      break;
    }
    Node* inner = part(found + 2, close);
    inner->interpolant = true;
    schema->parts.add(context_.arena, inner);
    from = close;
  }
  return schema;
}

Node* Parser::ie_keyword_argument() {
  auto* schema = make<Schema>(place(match::optional_whitespace(position_)));
  auto add = [this, schema](Node* node) { schema->parts.add(context_.arena, node); };
  if (lex(match::variable)) {
    add(make<Variable>(place(), symbol(lexed_)));
  } else {
    if (!lex(match::identifier_schema)) lex(match::identifier);
    add(constant(context_, place(), lexed_));
  }
  lex('=');
  add(constant(context_, place(), lexed_));
  if (peek(match::variable))
    add(list());
  else if (lex(match::number))
    add(number_token());
  else if (peek(match::ie_keyword_value))
    add(list());
  return schema;
}

// ---- url() ----

Node* Parser::url_string() {
  lex(match::uri_prefix);
  Str prefix = lexed_;
  Place at = place();
  lex(match::optional_spaces);
  Node* inner = url_argument();
  Str suffix = lex(match::uri_suffix) ? lexed_ : Str();
  if (auto* schema = as<Schema>(inner)) {
    auto* whole = make<Schema>(at);
    whole->parts.add(context_.arena, constant(context_, at, prefix));
    whole->parts.add(context_.arena, schema);
    whole->parts.add(context_.arena, constant(context_, at, suffix));
    return whole;
  }
  auto* text = as<String>(inner);
  return constant(context_, at, context_.arena.join(prefix, text ? text->value : Str(), suffix));
}

Node* Parser::url_argument() {
  const char* from = position_;
  Str uri = lex(match::uri_value, false) ? lexed_ : Str();
  if (position_[0] == '#' && position_[1] == '{') {
    const char* at = position_;
    while (at && at[0] == '#' && at[1] == '{') {
      at = match::interpolant(at);
      if (at) at = match::uri_value(at);
    }
    if (!at || at > end_) return nullptr;
    position_ = at;
    return interpolated(between(from, at));
  }
  return uri.empty() ? nullptr : constant(context_, place(), right_trim(uri));
}

// ---- the text behind an unknown at-rule ----

Schema* Parser::any_value() {
  if (!*position_) return nullptr;
  auto* schema = make<Schema>(place(position_));
  lex(match::spaces, false);
  Node* token = any_value_token();
  if (!token) return nullptr;
  schema->parts.add(context_.arena, token);
  while (*position_ && (token = any_value_token())) schema->parts.add(context_.arena, token);
  if (*position_) lex(match::whitespace);
  Node* last = schema->parts.back();
  if (auto* inner = as<Schema>(last)) last = inner->parts.back();
  if (auto* text = as<String>(last)) text->value = right_trim(text->value);
  return schema;
}

Node* Parser::any_value_token() {
  if (!*position_ || failed()) return nullptr;
  const char* p = position_;
  while (*p && p < end_) {
    if (*p == '\\') {
      p += p[1] ? 2 : 1;
    } else if (*p == '/') {
      // Comments are part of the text.
      p++;
    } else if (*p == '!') {
      if (is_alpha(p[1])) break;
      p++;
    } else if (is_one_of(*p, "\"'#;{}") || match::text(p, "url(")) {
      break;
    } else {
      p++;
    }
  }
  if (p > position_) {
    take(position_, p);
    return constant(context_, place(), lexed_);
  }
  if (Node* text = any_value_parts(match::double_open, match::double_close)) return text;
  if (Node* text = any_value_parts(match::single_open, match::single_close)) return text;
  if (Node* url = any_value_parts(match::uri_open, match::uri_close)) return url;
  if (Node* inner = interpolation()) return inner;
  if (lex(match::hex_color) || lex(match::hex_number)) return color_token();
  return nullptr;
}

Node* Parser::any_value_parts(match::Matcher open, match::Matcher close) {
  if (!lex(open, false)) return nullptr;
  Node* first = constant(context_, place(), lexed_);
  if (position_[0] != '#' || position_[1] != '{') return first;
  auto* schema = make<Schema>(first->at);
  schema->parts.add(context_.arena, first);
  do {
    if (Node* inner = interpolation()) schema->parts.add(context_.arena, inner);
    if (!lex(close, false)) return nullptr;
    schema->parts.add(context_.arena, constant(context_, place(), lexed_));
  } while (position_[0] == '#' && position_[1] == '{');
  return schema;
}

}  // namespace meridian::sass
