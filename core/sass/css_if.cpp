// if() of CSS, whose branches depend on sass() and on what only the browser knows.
#include "evaluate.h"
#include "parser.h"

namespace meridian::sass {

// ---- parsing ----

namespace {
bool ends_condition(char c) { return !c || is_one_of(c, ",:;)}"); }

const char* condition_part(const char* p) {
  const char* next = match::quoted_string(p);
  if (!next) next = match::block_comment(p);
  if (!next) next = match::interpolant(p);
  if (!next) next = match::parentheses(p);
  return next ? next : p + 1;
}

/// Whether the text behind `if(` has a colon before its first comma: then it is no call of Sass's
/// own if(), which may begin with `$condition:`.
bool has_branches(const char* p, const char* end) {
  const char* from = p = match::optional_comments(p);
  match::Known& known = match::progress.no_branches;
  if (match::begins_part(known, p, condition_part)) return false;
  while (p < end && !ends_condition(*p)) p = condition_part(p);
  work_done += std::uint64_t(p - from);
  if (p < end && *p == ':') return *from != '$';
  known = {from, p, from, from};
  return false;
}
}  // namespace

Node* Parser::css_if() {
  const char* at = match::optional_whitespace(position_);
  const char* behind = match::text_ignoring_case(at, "if(");
  if (!behind || !has_branches(behind, end_)) return nullptr;
  Nested nested(*this);
  take(at, behind);
  auto* made = make<CssIf>(place());
  while (!failed() && !peek_css(')')) {
    Condition* condition = lex_keyword_css("else") ? nullptr : this->condition();
    if (!lex_css(':')) css_error("\":\"");
    made->branches.add(context_.arena, {condition, list(true)});
    if (!lex_css(';')) break;
  }
  if (!lex_css(')')) css_error("\")\"");
  return made;
}

Condition* Parser::condition() {
  Nested nested(*this);
  const char* from = match::optional_comments(position_);
  auto keyword = [this](const char* word) {
    if (!lex_keyword_css(word)) return false;
    if (*position_ == '(')
      error(context_.arena.join("Whitespace is required between \"", word, "\" and \"(\""),
            "put a space between them");
    return true;
  };
  auto operation = [this](Condition::Type type, Condition* first) {
    auto* made = make<Condition>(type);
    made->operands.add(context_.arena, first);
    made->sass = first->sass;
    return made;
  };
  if (keyword("not")) return operation(Condition::Type::Not, condition_in_parens());
  Condition *result = condition_in_parens(), *last = result;
  bool joined = false, kept = false;
  auto joins = [&](Condition::Type type, const char* word) {
    if ((joined && result->type != type) || !keyword(word)) return false;
    if (!joined) result = operation(type, result);
    joined = true;
    return true;
  };
  while (!failed()) {
    if (!joins(Condition::Type::And, "and") && !joins(Condition::Type::Or, "or")) {
      const char* at = match::optional_comments(position_);
      if (at >= end_ || !*at || *at == ')' || *at == ':') break;
      // Only beside what the browser replaces by other text, such as var(): that is kept.
      Condition* next = condition_in_parens();
      if (!last->substitution && !next->substitution) css_error("\":\"");
      result->sass = result->sass || next->sass;
      kept = true;
      last = next;
      continue;
    }
    last = condition_in_parens();
    result->operands.add(context_.arena, last);
    result->sass = result->sass || last->sass;
  }
  if (!kept) return result;
  if (result->sass)
    error("if() conditions with arbitrary substitutions may not contain sass() expressions.",
          "ask sass() in a separate branch");
  return css_condition(from, position_);
}

Condition* Parser::css_condition(const char* from, const char* end) {
  auto* made = make<Condition>(Condition::Type::Css);
  position_ = from;
  made->text = selector_schema(end)->contents;
  return made;
}

Condition* Parser::condition_in_parens() {
  if (lex_css('(')) {
    auto* group = make<Condition>(Condition::Type::Group);
    Condition* inner = condition();
    group->operands.add(context_.arena, inner);
    group->sass = inner->sass;
    if (!lex_css(')')) css_error("\")\"");
    return group;
  }
  const char* from = match::optional_comments(position_);
  if (const char* behind = match::text(from, "sass(")) {
    take(from, behind);
    auto* made = make<Condition>(Condition::Type::Sass);
    made->sass = true;
    made->value = list();
    if (!lex_css(')')) css_error("\")\"");
    return made;
  }
  const char* end = from;
  while (const char* next = match::name_or_interpolant(end)) end = next;
  Str name(from, std::size_t(end - from));
  bool replaced = match::interpolant(from) == end;
  if (*end == '(') {
    replaced =
        name.starts_with("--") || one_of(lower_case(context_.arena, name), "if var attr") >= 0;
    end = match::skip_scope(end + 1, "(", ')', end_);
  } else if (!replaced) {
    end = nullptr;
  }
  if (!end || end > end_) {
    css_error("\"(\"");
    end = from;
  }
  Condition* made = css_condition(from, end);
  made->substitution = replaced;
  return made;
}

// ---- evaluation ----

Node* Evaluator::css_if(CssIf* node) {
  Text text;
  for (const CssIf::Branch& branch : node->branches) {
    Node* asked = branch.condition ? condition(node->at, branch.condition) : nullptr;
    auto* css = as<String>(asked);
    if (asked && !css && is_false(asked)) continue;
    Node* value = evaluate(branch.value);
    if (context_.failed) return value;
    if (!css && text.empty()) {
      value->interpolant = node->interpolant;
      return value;
    }
    text.add(text.empty() ? "if(" : "; ");
    text.add(css ? css->value : "else");
    text.add(": ");
    text.add(this->text(value));
  }
  if (text.empty()) return make<Null>(node->at);
  text.add(')');
  auto* made = constant(context_, node->at, context_.copy(text), false);
  made->interpolant = node->interpolant;
  return made;
}

Node* Evaluator::condition(const Place& at, const Condition* condition) {
  Deeper deeper(context_, at);
  if (!context_.step(at)) return make<Null>(at);
  using Type = Condition::Type;
  auto boolean = [this, at](bool value) { return make<Boolean>(at, value); };
  if (condition->type == Type::Sass) return boolean(!is_false(evaluate(condition->value)));
  if (condition->type == Type::Css) return raw(condition->text);
  if (condition->type == Type::Not || condition->type == Type::Group) {
    Node* value = this->condition(at, condition->operands[0]);
    bool negated = condition->type == Type::Not;
    auto* css = as<String>(value);
    if (!css) return boolean(is_false(value) == negated);
    Str text = negated ? arena().join("not ", css->value) : arena().join("(", css->value, ")");
    return constant(context_, at, text, false);
  }
  // What is known by now drops out.
  bool is_and = condition->type == Type::And;
  Text text;
  const Condition* only = nullptr;
  for (const Condition* operand : condition->operands) {
    Node* value = this->condition(at, operand);
    if (context_.failed) return value;
    auto* css = as<String>(value);
    if (!css && is_false(value) == is_and) return value;
    if (!css) continue;
    only = text.empty() ? operand : nullptr;
    if (!only) text.add(is_and ? " and " : " or ");
    text.add(css->value);
  }
  if (text.empty()) return boolean(is_and);
  Str all = context_.copy(text);
  if (only && only->type == Type::Group) all = slice(all, 1, all.size() - 1);
  return constant(context_, at, all, false);
}

}  // namespace meridian::sass
