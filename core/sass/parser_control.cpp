// Mixins, functions and their parameters, variables, control directives.
#include "parser.h"

namespace meridian::sass {

namespace {
constexpr char kExpression[] = "expression (e.g. 1px, bold)";
constexpr char kOnlyProperties[] =
    "Illegal nesting: Only properties may be nested beneath properties.";

bool statement_ends(const char* p) { return !*p || *p == ';' || *p == '}'; }
}  // namespace

// ---- mixins, functions, variables ----

Statement* Parser::include() {
  const Symbol* space = context_.dart() ? lex_namespace(match::identifier) : nullptr;
  if (!lex(match::identifier)) css_error("identifier");
  const Symbol* name = symbol(lexed_);
  Place at = place();
  auto* include = make<Include>(at, name, arguments());
  include->space = space;
  bool with = lex_keyword("using");
  if (with) {
    if (!peek('(')) css_error("\"(\"");
    include->block_parameters = parameters();
  } else if (peek('(')) {
    css_error("\";\"");
  }
  if (peek('{'))
    include->block = block();
  else if (with)
    css_error("\"{\"");
  return include;
}

Definition* Parser::signature() {
  const char* from = position_;
  lex(match::identifier);
  // A member of a module: `math.div`.
  if (*position_ == '.') {
    position_++;
    lex(match::identifier, false);
  }
  Str name(from, std::size_t(position_ - from));
  Place at = place();
  return make<Definition>(at, symbol(name), name, parameters(), nullptr, false);
}

Statement* Parser::definition(bool mixin) {
  if (!lex(match::identifier))
    error(mixin ? "invalid name in @mixin definition" : "invalid name in @function definition");
  Str written = lexed_;
  const Symbol* name = symbol(written);
  Place at = place();
  if (!mixin && one_of(name->name, "and or not") >= 0)
    error("Invalid function name.", "choose a name that is not an operator");
  Parameters* list = parameters();
  Local scope(scope_, mixin ? Scope::Mixin : Scope::Function);
  bool before = content_;
  content_ = false;
  auto* definition = make<Definition>(at, name, written, list, block(), mixin);
  definition->content = content_;
  content_ = before || content_;
  return definition;
}

Parameters* Parser::parameters() {
  auto* list = make<Parameters>();
  if (!lex_css('(')) return list;
  if (!peek_css(')')) do {
      if (peek(')')) break;
      add_parameter(*list, parameter());
    } while (lex_css(',') && !failed());
  if (!lex_css(')')) css_error("\")\"");
  return list;
}

Parameter Parser::parameter() {
  const char* at = match::optional_whitespace(position_);
  if (*at == ',' || *at == '{' || *at == ';') css_error("variable (e.g. $foo)");
  while (lex(match::block_comment)) {
  }
  if (!lex(match::variable)) css_error("variable (e.g. $foo)");
  Parameter parameter{place(), symbol(lexed_), nullptr, false};
  while (lex(match::block_comment)) {
  }
  if (lex(':')) {
    while (lex(match::block_comment)) {
    }
    parameter.value = space_list();
  } else if (match::text(match::optional_whitespace(position_), "...")) {
    at = match::optional_whitespace(position_);
    take(at, at + 3);
    parameter.rest = true;
  }
  return parameter;
}

void Parser::add_parameter(Parameters& list, const Parameter& parameter) {
  if (parameter.value) {
    if (list.rest) error("optional parameters may not be combined with variable-length parameters");
    list.optional = true;
  } else if (parameter.rest) {
    if (list.rest)
      error("functions and mixins cannot have more than one variable-length parameter");
    list.rest = true;
  } else if (list.rest) {
    error("required parameters must precede variable-length parameters");
  } else if (list.optional) {
    error("required parameters must precede optional parameters");
  }
  list.items.add(context_.arena, parameter);
}

Arguments* Parser::arguments() {
  auto* list = make<Arguments>(place());
  if (!lex_css('(')) return list;
  if (!peek_css(')')) do {
      if (peek(')')) break;
      add_argument(*list, argument());
    } while (lex_css(',') && !failed());
  if (!lex_css(')')) css_error(kExpression);
  return list;
}

Argument* Parser::argument() {
  const char* at = match::optional_whitespace(position_);
  if (*at == ',' || *at == '{' || *at == ';') css_error("\")\"");
  at = match::optional_comments(position_);
  if (at[0] == '#' && at[1] == '{' && *match::optional_whitespace(at + 2) == '}') {
    position_ += 2;
    css_error(kExpression);
  }
  const char* end = match::variable(at);
  if (end && end <= end_ && *match::optional_comments(end) == ':') {
    take(at, end);
    const Symbol* name = symbol(lexed_);
    Place begin = place();
    lex_css(':');
    return make<Argument>(begin, space_list(), name);
  }
  Node* value = space_list();
  at = match::optional_comments(position_);
  bool rest = match::text(at, "...") && at + 3 <= end_ && !failed(), keywords = false;
  if (rest) {
    take(at, at + 3);
    auto* list = as<ListNode>(value);
    keywords = as<MapNode>(value) || (list && list->separator == Separator::Hash);
  }
  return make<Argument>(place(), value, nullptr, rest && !keywords, keywords);
}

void Parser::add_argument(Arguments& list, Argument* argument) {
  const char* problem = nullptr;
  if (argument->name) {
    if (list.keywords) problem = "named arguments must precede variable-length argument";
    list.named = true;
  } else if (argument->rest) {
    if (list.rest)
      problem = "functions and mixins may only be called with one variable-length argument";
    if (list.keywords) problem = "only keyword arguments may follow variable arguments";
    list.rest = true;
  } else if (argument->keywords) {
    if (list.keywords)
      problem = "functions and mixins may only be called with one keyword argument";
    list.keywords = true;
  } else if (list.rest) {
    problem = "ordinal arguments must precede variable-length arguments";
  } else if (list.named) {
    problem = "ordinal arguments must precede named arguments";
  }
  if (problem) error(problem, "change the order of the arguments");
  list.items.add(context_.arena, argument);
}

Statement* Parser::assignment(const Symbol* space) {
  const Symbol* name = symbol(lexed_);
  Place at = place();
  if (!lex(':')) {
    Text message;
    message.add("expected ':' after ");
    message.add(name->name);
    message.add(" in assignment statement");
    error(message.str(), "write $name: value;");
  }
  const char* next = match::optional_comments(position_);
  if (!*next || *next == ';') css_error(kExpression);
  Lookahead ahead = ahead_value();
  Node* value = ahead.interpolants && ahead.found ? value_schema(ahead.found) : list();
  bool is_default = false, global = false;
  while (!failed()) {
    if (lex(match::default_flag))
      is_default = true;
    else if (lex(match::global_flag))
      global = true;
    else
      break;
  }
  auto* assignment = make<Assignment>(at, name, value, is_default, global);
  assignment->space = space;
  return assignment;
}

const Symbol* Parser::lex_variable() {
  if (!peek('$')) css_error("\"$\"");
  if (!lex(match::variable)) {
    lex('$');
    css_error("identifier");
  }
  return symbol(lexed_);
}

// ---- control ----

Statement* Parser::if_rule() {
  Nested nested(*this);
  Place at = place();
  Node* predicate;
  Block *then, *alternative = nullptr;
  {
    Local scope(scope_, Scope::Control);
    bool root = in_root_;
    predicate = list();
    then = block(root);
    const char* next = match::optional_comments(position_);
    if (const char* behind = failed() ? nullptr : match::text(next, "@else")) {
      const char* end = match::word(match::optional_comments(behind), "if");
      if (end && end <= end_) {
        take(next, end);
        alternative = make<Block>(place());
        alternative->items.add(context_.arena, if_rule());
      } else if (match::word_ends(behind)) {
        take(next, behind);
        alternative = block(root);
      }
    }
  }
  return make<If>(at, predicate, then, alternative);
}

Statement* Parser::for_rule() {
  Local scope(scope_, Scope::Control);
  Place at = place();
  bool root = in_root_;
  const Symbol* name = lex_variable();
  if (!lex_word("from")) error("expected 'from' keyword in @for directive");
  Node* low = expression();
  bool inclusive = lex_word("through");
  if (!inclusive && !lex_word("to")) error("expected 'through' or 'to' keyword in @for directive");
  Node* high = expression();
  return make<For>(at, name, low, high, block(root), inclusive);
}

Statement* Parser::each_rule() {
  Local scope(scope_, Scope::Control);
  Place at = place();
  bool root = in_root_;
  List<const Symbol*> names;
  names.add(context_.arena, lex_variable());
  while (lex(',')) {
    if (!lex(match::variable)) error("@each directive requires an iteration variable");
    names.add(context_.arena, symbol(lexed_));
  }
  if (!lex_word("in")) error("expected 'in' keyword in @each directive");
  Node* items = list();
  return make<Each>(at, names, items, block(root));
}

Statement* Parser::while_rule() {
  Local scope(scope_, Scope::Control);
  Place at = place();
  bool root = in_root_;
  Node* predicate = list();
  auto* empty = as<ListNode>(predicate);
  if (empty && empty->items.empty()) css_error(kExpression, false);
  return make<While>(at, predicate, block(root));
}

Statement* Parser::message(StatementKind kind) {
  if (scope_ == Scope::Media || scope_ == Scope::Properties || scope_ == Scope::AtRoot)
    error(kOnlyProperties);
  Place at = place();
  return make<Message>(kind, at, list(true));
}

Statement* Parser::return_rule() {
  Place at = place();
  if (peek_css_end(statement_ends)) css_error(kExpression);
  return make<Message>(StatementKind::Return, at, list());
}

}  // namespace meridian::sass
