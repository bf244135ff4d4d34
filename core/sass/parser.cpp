// Statements.
#include "parser.h"

namespace meridian::sass {

namespace {
constexpr char kExpression[] = "expression (e.g. 1px, bold)";
bool value_ends(const char* p) { return !*p || *p == ';' || *p == '}'; }
}  // namespace

Block* Parser::parse() {
  Str text(begin_, std::size_t(end_ - begin_));
  if (text.starts_with("\xEF\xBB\xBF")) position_ += 3;
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) {
    error("only UTF-8 documents are currently supported; your document appears to be UTF-16",
          "save the file as UTF-8");
  } else if (find_invalid_utf8(text) != Str::npos) {
    token_ = begin_ + find_invalid_utf8(text);
    error("Invalid UTF-8 sequence", "save the file as UTF-8");
  }
  auto* root = make<Block>(place(), true);
  block_nodes(root);
  if (position_ != end_) css_error("selector or at-rule");
  return root;
}

Block* Parser::block(bool root) {
  Nested nested(*this);
  if (!lex_css('{')) css_error("\"{\"");
  auto* block = make<Block>(place(), root);
  Local in_root(in_root_, root);
  if (!block_nodes(block)) css_error("\"}\"");
  if (!lex_css('}')) css_error("\"}\"");
  return block;
}

bool Parser::block_nodes(Block* block) {
  while (position_ < end_ && !failed()) {
    block_comments(block);
    lex(match::whitespace);
    if (lex(';')) continue;
    if (at_end() || *position_ == '}') return true;
    std::uint32_t first = block->items.size;
    bool whole = block_node(block);
    if (!synthetic_) mark_end(block, first);
    if (whole) continue;
    block_comments(block);
    if (lex_css(';')) continue;
    return at_end() || peek_css('}');
  }
  return true;
}

void Parser::mark_end(Block* block, std::uint32_t first) {
  const char* end = position_;
  while (end > begin_ && space(end[-1])) end--;
  for (; first < block->items.size; first++) {
    Extent& at = block->items[first]->at;
    if (!at.end) at.end = std::uint32_t(end - begin_);
  }
}

void Parser::block_comments(Block* block) {
  while (lex(match::block_comment)) {
    bool important = lexed_[2] == '!';
    Extent at = place();
    at.end = std::uint32_t(position_ - begin_);
    Node* text = interpolated(lexed_, true, false);
    if (block) block->items.add(context_.arena, make<Comment>(at, text, important));
  }
}

bool Parser::block_node(Block* block) {
  block_comments(block);
  lex(match::whitespace);
  if (!context_.step(place())) return true;
  if (*position_ == '@') return at_rule(block);
  const Symbol* space = context_.dart() ? lex_namespace(match::variable) : nullptr;
  if (lex(match::variable)) {
    block->items.add(context_.arena, assignment(space));
    return true;
  }
  Lookahead ahead = ahead_selector(position_);
  if (!ahead.error && !ahead.custom_property) {
    block->items.add(context_.arena, style_rule(ahead));
    return true;
  }
  if (block->root && scope_ != Scope::AtRoot) {
    lex(match::whitespace);
    if (!at_end()) css_error("1 selector or at-rule");
    return true;
  }
  block->items.add(context_.arena, declaration_with_block());
  return true;
}

bool Parser::at_rule(Block* block) {
  Statement* statement = nullptr;
  if (lex_word("@error"))
    statement = message(StatementKind::Error);
  else if (lex_word("@debug"))
    statement = message(StatementKind::Debug);
  else if (lex_word("@warn"))
    statement = message(StatementKind::Warn);
  else if (lex_word("@if"))
    statement = if_rule();
  else if (lex_word("@for"))
    statement = for_rule();
  else if (lex_word("@each"))
    statement = each_rule();
  else if (lex_word("@while"))
    statement = while_rule();
  else if (lex_word("@return"))
    statement = return_rule();
  else if (lex_word("@import"))
    import_rule(block);
  else if (context_.dart() && lex_word("@use"))
    use_rule(block, false);
  else if (context_.dart() && lex_word("@forward"))
    use_rule(block, true);
  else if (lex_word("@extend"))
    extend_rule(block);
  else if (lex_word("@media"))
    statement = media_rule();
  else if (lex_word("@at-root"))
    statement = at_root_rule();
  else if (lex_word("@include"))
    statement = include();
  else if (lex_word("@content")) {
    content_ = true;
    Place at = place();
    statement = make<Content>(at, arguments());
  } else if (lex_word("@supports"))
    statement = supports_rule();
  else if (lex_word("@mixin"))
    statement = definition(true);
  else if (lex_word("@function"))
    statement = definition(false);
  else if (lex_word("@charset")) {
    const char* at = match::optional_whitespace(position_);
    const char* end = match::quoted_string(at);
    if (end) end = match::optional_spaces(end);
    if (end && *end == ';' && end < end_) take(at, end + 1);
  } else if (match::text(position_, "@else"))
    error("Invalid CSS: @else must come after @if");
  else if (lex(match::at_keyword))
    statement = unknown_rule();
  else if (block->root && scope_ != Scope::AtRoot)
    css_error("1 selector or at-rule");
  else
    css_error("\"}\"");
  if (statement) block->items.add(context_.arena, statement);
  return true;
}

// ---- imports ----

void Parser::import_rule(Block* block) {
  if (scope_ == Scope::Mixin || scope_ == Scope::Control || scope_ == Scope::Properties ||
      scope_ == Scope::AtRoot)
    if (!match::uri_prefix(match::optional_comments(position_)))
      error("Import directives may not be used within control directives or mixins.",
            "put the import at the top of the sheet");
  Place at = place();
  auto* import = make<CssImport>(at);
  // An address of a sheet, or a call of url().
  struct Target {
    Str address;
    Call* url;
  };
  List<Target> targets;
  bool first = true;
  do {
    while (lex(match::block_comment)) {
    }
    if (lex(match::quoted_string)) {
      targets.add(context_.arena, {lexed_, nullptr});
    } else if (lex(match::uri_prefix)) {
      Place begin = place();
      Node* url = nullptr;
      if (lex(match::quoted_string))
        url = string();
      else if (!(url = url_argument()))
        url = match::skip_scope(position_, "(", ')') ? list() : nullptr;
      if (!url) error("malformed URL");
      if (!lex(')')) error("URI is missing ')'");
      auto* list = make<Arguments>(begin);
      list->items.add(context_.arena, make<Argument>(begin, url));
      targets.add(context_.arena, {Str(), make<Call>(begin, symbol("url"), "url", list)});
    } else {
      error(first ? "@import directive requires a url or quoted path"
                  : "expecting another url or quoted path in @import list",
            "write @import \"path\";");
    }
    first = false;
  } while (lex_css(',') && !failed());
  if (!peek_css_end(value_ends)) import->queries = media_queries();
  List<Str> paths;
  for (const Target& target : targets)
    if (target.url)
      import->urls.add(context_.arena, target.url);
    else
      import_address(import, paths, target.address);
  if (!import->urls.empty()) block->items.add(context_.arena, import);
  for (Str path : paths) block->items.add(context_.arena, make<ImportStub>(at, path));
}

void Parser::import_address(CssImport* import, List<Str>& paths, Str text) {
  Arena& arena = context_.arena;
  Str address = unquote(arena, text);
  std::size_t colon = address.find("://");
  bool remote = colon != Str::npos && address.substr(0, colon) != "file";
  bool css = address.size() > 4 && address.ends_with(".css");
  if (import->queries || remote || address.starts_with("//") || (css && context_.dart())) {
    import->urls.add(arena, quoted(context_, import->at, text));
  } else if (css) {
    auto* list = make<Arguments>(import->at);
    list->items.add(arena, make<Argument>(import->at, constant(context_, import->at, address)));
    import->urls.add(arena, make<Call>(import->at, symbol("url"), "url", list));
  } else if (!failed()) {
    Str path = context_.resolve(import->at, address);
    if (context_.import(import->at, path)) paths.add(arena, path);
  }
}

// ---- rules ----

void Parser::extend_rule(Block* block) {
  Lookahead ahead = ahead_selector(position_);
  if (const char* p = ahead.position)
    if (peek(';', p) || peek('}', p)) ahead.found = p;
  if (!ahead.found) return css_error("selector");
  Local allow_parent(allow_parent_, false);
  auto* extend = make<Extend>(place());
  if (ahead.interpolants) {
    extend->schema = selector_schema(ahead.found);
  } else {
    extend->selector = selectors(true);
    extend->optional = extend->selector->optional;
  }
  block->items.add(context_.arena, extend);
}

StyleRule* Parser::style_rule(const Lookahead& ahead) {
  Nested nested(*this);
  position_ = token_ = match::optional_whitespace(position_);
  auto* rule = make<StyleRule>(place());
  rule->root = in_root_;
  if (ahead.parsable) {
    rule->selector = selectors(false);
  } else {
    rule->schema = selector_schema(ahead.position);
    rule->selector = make<SelectorList>();
  }
  Local scope(scope_, Scope::Rules);
  rule->block = block();
  return rule;
}

SelectorSchema* Parser::selector_schema(const char* end) {
  Nested nested(*this);
  lex(match::optional_spaces);
  auto* schema = make<SelectorSchema>();
  schema->at = place(position_);
  schema->contents = make<Schema>(schema->at);
  const char* from = position_;
  while (from < end && !failed()) {
    const char* at = match::find_interpolant(from, end, true);
    const char* stop = at ? at : end;
    if (from < stop)
      schema->contents->parts.add(
          context_.arena, constant(context_, place(from), {from, std::size_t(stop - from)}));
    if (!at) break;
    const char* close = match::skip_scope(at + 2, "#{", '}', end);
    if (!close || *match::optional_spaces(at + 2) == '}') {
      position_ = at + 2;
      css_error(kExpression);
      break;
    }
    Node* inner = part(at + 2, close);
    inner->interpolant = true;
    schema->contents->parts.add(context_.arena, inner);
    from = close;
  }
  position_ = end;
  return schema;
}

Statement* Parser::declaration_with_block() {
  Declaration* declaration = this->declaration();
  declaration->tabs = indentation_;
  if (!peek('{')) return declaration;
  Local scope(scope_, Scope::Properties);
  Local indentation(indentation_, indentation_ + declaration->indented);
  declaration->block = block();
  return declaration;
}

Declaration* Parser::declaration() {
  Node* property = nullptr;
  const char* at = match::optional_whitespace(position_);
  // For old browsers: `*height: 1px`. dart-sass knows three more of these marks, and space behind.
  bool marked =
      *at == '*' || (context_.dart() && (*at == '.' || *at == ':' || (*at == '#' && at[1] != '{')));
  const char* name = marked ? at + 1 : at;
  if (marked && context_.dart()) name = match::optional_comments(name);
  const char* end = match::identifier_schema(name);
  bool schema = end != nullptr;
  if (!end && (end = match::identifier(name)))
    while (const char* behind = match::block_comment(end)) end = behind;
  if (!end || end > end_) {
    css_error("\"}\"");
    return make<Declaration>(place(), nothing(), nothing());
  }
  take(at, end);
  Str written = lexed_;
  Place begin = place();
  bool custom = written.starts_with("--");
  property = schema ? identifier_schema() : constant(context_, begin, written);
  bool colon = lex_css(':');
  while (colon && position_ < end_ && *position_ == ':') position_++;
  if (!colon) {
    Text message;
    message.add("property \"");
    message.add(written);
    message.add("\" must be followed by a ':'");
    error(message.str(), "write property: value;");
  }
  const char* next = match::optional_comments(position_);
  if (!custom && *next == ';') error("style declaration must contain a value");
  if (custom)
    return make<Declaration>(begin, property, context_.dart() ? raw_value() : custom_value(), true);
  bool indented = *next != '{';
  skip_comments();
  const char* behind = peek(match::comments);
  const char* value_at = match::optional_whitespace(behind ? behind : position_);
  const char* stop = match::static_value(value_at);
  if (stop && stop <= end_ && !context_.dart()) {
    take(value_at, stop - 1);
    return make<Declaration>(begin, property, color_or_string(right_trim(lexed_)));
  }
  Node* value;
  Lookahead ahead = ahead_value();
  if (ahead.found && ahead.interpolants) {
    value = value_schema(ahead.found);
  } else {
    value = list(true);
    auto* items = as<ListNode>(value);
    if (!ahead.found && items && !items->bracketed && items->items.empty() && !peek('{'))
      css_error(kExpression);
  }
  skip_comments();
  auto* declaration = make<Declaration>(begin, property, value);
  declaration->indented = indented;
  return declaration;
}

Statement* Parser::unknown_rule() {
  auto* rule = make<AtRule>(place(), lexed_);
  rule->value = any_value();
  if (peek('{')) rule->block = block();
  return rule;
}

// ---- lookahead ----

Parser::Lookahead Parser::ahead_selector(const char* from) {
  Lookahead ahead;
  ahead.error = from;
  const char* end = peek(match::selector_list, from);
  if (end) {
    const char* first = match::optional_whitespace(from);
    bool could_be_property = first[0] == '-' && first[1] == '-';
    // Statements that end at a colon begin within the same list one after the other.
    if (read_.end != end || !read_.covers(from)) read_ahead(from, end);
    ahead.interpolants = read_.to < end;
    const char* colon = read_.last_colon;
    ahead.custom_property = colon >= from && (could_be_property || colon + 1 == end);
    ahead.error = ahead.position = end;
    if (peek('{', end) || peek('(', end)) ahead.found = end;
    if (ahead.found || !*end) ahead.error = nullptr;
  }
  ahead.parsable = !ahead.interpolants;
  return ahead;
}

void Parser::read_ahead(const char* from, const char* end) {
  read_ = {from, end, end, nullptr};
  bool escaped = false;
  char quote = 0;
  for (const char* p = from; p < end; p++) {
    if (context_.dart() && (quote || *p == '"' || *p == '\''))
      quote = !quote ? *p : *p == quote ? '\0' : quote;
    if (p[0] == '#' && p[1] == '{') {
      read_.to = p;
      return;
    }
    if (*p == ':' && !escaped && !quote) read_.last_colon = p;
    escaped = *p == '\\';
  }
}

Parser::Lookahead Parser::ahead_value() {
  Lookahead ahead;
  const char* end = peek(match::value_end);
  if (!end || end == position_) return ahead;
  ahead.interpolants = Str(position_, std::size_t(end - position_)).find("#{") != Str::npos;
  ahead.position = end;
  if (peek('{', end) || peek(';', end) || peek('}', end)) ahead.found = end;
  return ahead;
}

}  // namespace meridian::sass
