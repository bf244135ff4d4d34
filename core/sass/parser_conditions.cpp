// @media, @supports and @at-root.
#include "parser.h"

namespace meridian::sass {

Statement* Parser::media_rule() {
  auto* rule = make<MediaRule>(place());
  Local scope(scope_, Scope::Media);
  rule->queries = media_queries();
  block_comments(nullptr);
  rule->block = block();
  return rule;
}

ListNode* Parser::media_queries() {
  skip_comments();
  auto* queries = make<ListNode>(place(position_), Separator::Comma);
  if (!peek_css('{')) queries->items.add(context_.arena, media_query());
  while (lex_css(',')) queries->items.add(context_.arena, media_query());
  return queries;
}

Node* Parser::media_query() {
  skip_comments();
  auto* query = make<MediaQuery>(place(position_));
  query->negated = lex_keyword("not");
  query->restricted = !query->negated && lex_keyword("only");
  if (query->negated || query->restricted) skip_comments();
  if (lex(match::identifier_schema))
    query->type = identifier_schema();
  else if (lex(match::identifier))
    query->type = interpolated(lexed_);
  else
    query->features.add(context_.arena, media_expression());
  while (lex_keyword_css("and")) query->features.add(context_.arena, media_expression());
  if (lex(match::identifier_schema)) {
    auto* schema = make<Schema>(place());
    if (query->type) {
      schema->parts.add(context_.arena, query->type);
      schema->parts.add(context_.arena, constant(context_, place(), " "));
    }
    schema->parts.add(context_.arena, identifier_schema());
    query->type = schema;
  }
  while (lex_keyword_css("and")) query->features.add(context_.arena, media_expression());
  return query;
}

Node* Parser::media_expression() {
  if (lex(match::identifier_schema))
    return make<MediaExpression>(place(), identifier_schema(), nullptr, true);
  if (!lex_css('(')) error("media query expression must begin with '('");
  if (peek_css(')')) error("media feature required in media query expression");
  Node *feature = expression(), *value = nullptr;
  if (context_.dart() && !peek_css(')') && !peek_css(':')) return media_range(feature);
  if (lex_css(':')) value = list(true);
  if (!lex_css(')')) error("unclosed parenthesis in media query expression");
  return make<MediaExpression>(feature->at, feature, value);
}

Node* Parser::media_range(Node* first) {
  auto* text = make<Schema>(first->at);
  auto add = [this, text](Node* part) { text->parts.add(context_.arena, part); };
  auto add_value = [add](Node* part) {
    part->interpolant = true;
    add(part);
  };
  add(constant(context_, first->at, "("));
  add_value(first);
  while (!failed()) {
    const char* at = match::optional_comments(position_);
    std::size_t size = *at && is_one_of(*at, "<>=") ? 1 + (at[1] == '=') : 0;
    if (!size) break;
    take(at, at + size);
    add(constant(context_, place(), context_.arena.join(" ", lexed_, " ")));
    add_value(expression());
  }
  if (!lex_css(')')) error("unclosed parenthesis in media query expression");
  add(constant(context_, place(), ")"));
  return make<MediaExpression>(first->at, text, nullptr, true);
}

List<CssMediaQuery*> Parser::css_media_queries() {
  List<CssMediaQuery*> queries;
  do
    if (CssMediaQuery* query = css_media_query()) queries.add(context_.arena, query);
  while (lex(','));
  return queries;
}

CssMediaQuery* Parser::css_media_query() {
  auto* query = make<CssMediaQuery>();
  auto word = [this]() -> Str {
    Str name = lex(match::identifier, false) ? lexed_ : Str();
    skip_comments();
    return name;
  };
  skip_comments();
  if (!peek_css('(')) {
    Str first = word();
    if (first.empty()) return nullptr;
    const char* condition = position_;
    const char* end = context_.dart() && equal_ignoring_case(first, "not") && lex('(')
                          ? match::skip_scope(position_, "(", ')', end_)
                          : nullptr;
    if (end) {
      take(condition, end);
      query->features.add(context_.arena, context_.arena.join("(not ", lexed_, ")"));
      return query;
    }
    Str second = word();
    if (begins_like(second, "and")) {
      query->type = first;
    } else {
      query->type = second.empty() ? first : second;
      if (!second.empty()) query->modifier = first;
      if (!lex_keyword("and")) return query;
      skip_comments();
    }
  }
  do {
    skip_comments();
    if (!lex('(')) continue;
    const char* from = position_ - 1;
    const char* end = match::skip_scope(position_, "(", ')', end_);
    if (!end) continue;
    take(position_, end);
    query->features.add(context_.arena, Str(from, std::size_t(end - from)));
    lex(')');
  } while (lex_keyword("and"));
  return query->features.empty() && query->type.empty() ? nullptr : query;
}

// ---- @supports ----

Statement* Parser::supports_rule() {
  Place at = place();
  Node* condition = supports_condition(true);
  return make<SupportsRule>(at, condition, block());
}

Node* Parser::supports_condition(bool top) {
  Nested nested(*this);
  lex(match::whitespace);
  if (lex_keyword("not"))
    return make<Supports>(Kind::SupportsNegation, place(), supports_in_parens(true));
  Node* condition = supports_in_parens(top);
  while (condition && !failed()) {
    bool is_and = lex_keyword("and");
    if (!is_and && !lex_keyword("or")) break;
    lex(match::whitespace);
    Node* right = supports_in_parens(true);
    condition = make<Supports>(Kind::SupportsOperation, place(), condition, right, is_and);
  }
  return condition;
}

Node* Parser::supports_interpolation() {
  if (!lex(match::interpolant)) return nullptr;
  return make<Supports>(Kind::SupportsInterpolation, place(), interpolated(lexed_));
}

Node* Parser::supports_in_parens(bool required) {
  if (Node* interpolation = supports_interpolation()) return interpolation;
  if (context_.dart() && lex(match::functional)) {
    // `selector(…)`, as it is.
    const char* from = token_;
    const char* end = match::skip_scope(position_, "(", ')', end_);
    if (!end) css_error("\")\"");
    if (end) take(from, end);
    lex(match::whitespace);
    Node* text = interpolated(Str(from, end ? std::size_t(end - from) : 0), true);
    return make<Supports>(Kind::SupportsInterpolation, place(), text);
  }
  if (!lex('(')) {
    if (!required) return nullptr;
    css_error("@supports condition (e.g. (display: flexbox))", false);
    return nothing();
  }
  lex(match::whitespace);
  Node* condition = supports_condition(false);
  if (!condition) {
    Node *feature = expression(), *value = nullptr;
    if (lex_css(':')) value = list(true);
    if (!value) {
      error("@supports condition expected declaration");
      value = nothing();
    }
    condition = make<Supports>(Kind::SupportsDeclaration, feature->at, feature, value);
  }
  if (!lex(')')) error("unclosed parenthesis in @supports declaration");
  lex(match::whitespace);
  return condition;
}

// ---- @at-root ----

Statement* Parser::at_root_rule() {
  Local scope(scope_, Scope::AtRoot);
  Place at = place();
  Block* body = nullptr;
  AtRootQuery* query = nullptr;
  if (lex_css('(')) query = at_root_query();
  Lookahead ahead;
  if (peek_css('{')) {
    lex(match::optional_spaces);
    body = block(true);
  } else if ((ahead = ahead_selector(position_)).found) {
    StyleRule* rule = style_rule(ahead);
    body = make<Block>(rule->at, true);
    body->items.add(context_.arena, rule);
  }
  return make<AtRootRule>(at, body, query);
}

AtRootQuery* Parser::at_root_query() {
  if (peek(')')) error("at-root feature required in at-root expression");
  const char* at = match::optional_whitespace(position_);
  if (!match::word(at, "with") && !match::word(at, "without")) css_error("\"with\" or \"without\"");
  Node* feature = list();
  if (!lex_css(':')) error("style declaration must contain a value");
  Node* value = list();
  if (!as<ListNode>(value)) {
    auto* items = make<ListNode>(feature->at);
    items->items.add(context_.arena, value);
    value = items;
  }
  if (!lex_css(')')) error("unclosed parenthesis in @at-root expression");
  return make<AtRootQuery>(value->at, feature, value);
}

}  // namespace meridian::sass
