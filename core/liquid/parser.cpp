// Templates: text cut into tokens, tokens into a tree of nodes.
#include "internal.h"

namespace meridian::liquid {

namespace {
std::uint32_t count_lines(Str s) {
  std::uint32_t n = 0;
  for (char c : s) n += c == '\n';
  return n;
}

// Bytes of a span of code: a longer one is not told from backticks that close nothing, which would
// be looked for again and again.
constexpr std::size_t kMaxSpan = 4096;

/// End of the run of a character.
std::size_t run_of(Str s, std::size_t at, char c) {
  while (peek(s, at) == c) at++;
  return at;
}

/// Whether marks of lists and quotes alone are between `at` and the begin of its line in a text.
bool begins_line(const char* text, const char* at) {
  while (at > text && is_one_of(at[-1], " \t>-*+.)0123456789")) at--;
  return at == text || at[-1] == '\n';
}

/// Behind the code in Markdown whose marks, backticks or tildes, begin at `at` in the rest of a
/// text: a fence, or a span within its paragraph. Behind the marks where it is none.
std::size_t end_of_code(const char* text, Str s, std::size_t at) {
  char mark = s[at];
  std::size_t end = run_of(s, at, mark), size = end - at;
  bool fence = size >= 3 && begins_line(text, s.data() + at) &&
               slice(s, end, s.find('\n', end)).find('`') == Str::npos;
  if (!fence) {
    if (mark == '~') return end;
    s = slice(s, 0, end + kMaxSpan);
    s = slice(s, 0, s.find("\n\n", end));
  }
  for (std::size_t from = end; (from = s.find(mark, from)) < s.size(); from = at) {
    at = run_of(s, from, mark);
    if (fence ? at - from >= size && begins_line(text, s.data() + from) : at - from == size)
      return at;
  }
  return fence ? s.size() : end;
}

/// `{%…%}`, `{{…}}` (or `{{…}`), the text between them, or an opening mark alone that is never
/// closed.
Str next_token(Tokens& t) {
  Str s = t.text;
  char mark = peek(s, 0) == '{' ? peek(s, 1) : '\0';
  bool tag = mark == '%';
  if (!tag && mark != '{') {
    auto next = [&](std::size_t from) {
      return t.code_from ? s.find_first_of("{`~", from) : s.find('{', from);
    };
    std::size_t at = next(0);
    while (at < s.size() && (s[at] != '{' || !is_one_of(peek(s, at + 1), "%{")))
      at = next(s[at] == '{' ? at + 1 : end_of_code(t.code_from, s, at));
    return slice(s, 0, at);
  }
  bool& no_end = t.no_end[tag];
  std::size_t end = no_end ? Str::npos : s.find(tag ? "%}" : "}", 2);
  no_end = end == Str::npos;
  if (no_end) return slice(s, 0, 2);
  end++;
  return slice(
      s, 0, end + (peek(s, end) == '}'));  // a tag's end is two characters, a variable's one or two
}

bool shift(Tokens& t, Str& token) {
  if (t.lines) {
    t.line++;
    return next_piece(t.text, '\n', token);
  }
  token = next_token(t);
  t.text.remove_prefix(token.size());
  t.line += count_lines(token);
  return !token.empty();
}

/// End of a tag's name: a word, or `#`.
std::size_t name_end(Str s, std::size_t at) {
  return peek(s, at) == '#' ? at + 1 : skip_word(s, at);
}

/// The text between `{%` and `%}`, or `{{` and `}}`; false when the token does not end like this.
bool split_token(Str token, Str& inside) {
  if (token.size() < 4 || !ends_with(token, token[1] == '%' ? "%}" : "}}")) return false;
  inside = slice(token, 2 + (token[2] == '-'), token.size() - 2);
  if (ends_with(inside, "-")) inside.remove_suffix(1);
  return true;
}

/// /(\s*)(#|\w+)(\s*)(.*)/m: a tag's name and its markup; `lines` counts the newlines of the two
/// gaps.
bool split_tag(Str s, Str& name, Str& markup, std::uint32_t& lines) {
  std::size_t begin = skip_space(s, 0), end = name_end(s, begin), gap = skip_space(s, end);
  name = slice(s, begin, end);
  markup = slice(s, gap);
  if (begin == end) return false;
  lines += count_lines(slice(s, 0, begin)) + count_lines(slice(s, end, gap));
  return true;
}

/// Whether a token ends as `{% endname … %}` does (without a dash):
/// /\A(.*)\{\%\s*(\w+)\s*(.*)?\%\}\z/m of {% raw %}.
bool closes_raw(Str token, Str name, std::size_t& begin) {
  if (!ends_with(token, "%}")) return false;
  for (Str before = token; (begin = before.rfind("{%")) != Str::npos;
       before = slice(token, 0, begin)) {
    std::size_t word = skip_space(token, begin + 2), end = skip_word(token, word);
    if (word == end) continue;  // the last `{%` with a word behind it counts
    Str tag = slice(token, word, end);
    return starts_with(tag, "end") && slice(tag, 3) == name;
  }
  return false;
}
}  // namespace

// ---- errors ----

std::uint32_t Parser::offset(Str piece) const {
  const char* begin = source_.text.data();
  bool inside = piece.data() >= begin && piece.data() <= begin + source_.text.size();
  return inside ? std::uint32_t(piece.data() - begin) : at_;
}

bool Parser::fail(Str type, Str text, Str remedy) {
  if (failed_) return false;
  failed_ = true;
  Error& e = result_.error;
  e.type = type;
  e.text = text;
  e.remedy = remedy;
  e.line = type == "Liquid::SyntaxError" ? line_ : 0;
  e.parsing = true;
  e.source = &source_;
  e.offset = at_;
  report(e, diagnostics_);
  return false;
}

bool Parser::syntax_error(Str text, Str remedy) {
  return fail("Liquid::SyntaxError", text, remedy);
}

bool Parser::may_be_lax(const ParseError& why, Str context_begin, Str markup, Str context_end) {
  Str inside = context_begin.empty() ? strip(markup) : markup;
  Str context = format(arena_, "in \"$$$\"", context_begin, inside, context_end);
  if (error_mode() == ErrorMode::Strict) {
    syntax_error(why.message);
    result_.error.markup_context = context;
    return false;
  }
  if (error_mode() == ErrorMode::Warn)
    diagnostics_.add({Severity::Warning, Rule::Liquid}, source_, at_,
                     format(arena_, "$ $", why.message, context));
  return true;
}

bool Parser::unknown_tag(Str tag, Str block, Str delimiter) {
  bool outer = block.empty(), end = starts_with(tag, "end");
  if (tag == "else" || (outer && tag == "end"))
    return syntax_error(outer ? format(arena_, "Unexpected outer '$' tag", tag)
                              : format(arena_, "$ tag does not expect 'else' tag", block));
  if (end && !outer)
    return syntax_error(
        format(arena_, "'$' is not a valid delimiter for $ tags. use $", tag, block, delimiter));
  return syntax_error(format(arena_, "Unknown tag '$'", tag),
                      end ? format(arena_, "there is no open {% $ %} here", slice(tag, 3))
                          : suggest_tag(arena_, environment_, tag));
}

const Variable* Parser::variable(Str markup) {
  auto* v = arena_.make<Variable>();
  ParseError why;
  bool clean = parse_variable_strictly(arena_, environment_, markup, *v, why);
  if (!clean && may_be_lax(why, "{{", markup, "}}"))
    parse_variable_laxly(arena_, environment_, markup, *v);
  // After an error was reported, warnings about the same text add nothing.
  for (FilterUse* use = clean ? v->filters : nullptr; use && !in_comment && !failed();
       use = use->next) {
    Str name = use->name;
    if (!use->filter && !name.empty())
      diagnostics_.add({Severity::Warning, Rule::Liquid}, source_, offset(name),
                       format(arena_, "unknown filter '$'", name),
                       suggest_filter(arena_, environment_, name));
  }
  return v;
}

// ---- blocks ----

namespace {
void link(Block& block, Node* node) {
  (block.last ? block.last->next : block.first) = node;
  block.last = node;
}
}  // namespace

/// Liquid's whitespace_handler: `{%-` cuts the text before the tag, `-%}` the text behind it.
void Parser::trim_before(Block& block, Str token) {
  if (token.size() > 2 && token[2] == '-' && block.last && block.last->type == &kText)
    block.last->markup = rstrip(block.last->markup);
  trim_ = token.size() > 2 && token[token.size() - 3] == '-';
}

/// A tag that neither Liquid nor the site has, which can be left out. Not so a mistyped `for`,
/// whose `endfor` closes nothing.
bool Parser::foreign(Str name) {
  bool end = starts_with(name, "end");
  if (!environment_.skips_unknown_tags || in_comment || one_of(name, "else elsif when end") >= 0)
    return false;
  if (end) return !find_tag(environment_, slice(name, 3));
  diagnostics_.add({Severity::Error, Rule::Liquid}, source_, at_,
                   format(arena_, "Unknown tag '$'", name),
                   suggest_tag(arena_, environment_, name));
  return true;
}

/// Parses a tag, or a `{{ }}`, which has no name. False when `block_end` is set or the parse
/// failed.
bool Parser::tag(Block& block, Tokens& tokens, Str name, Str markup, BlockEnd& block_end) {
  if (markup.size() > kMaxMarkup || memory_held - held_before_ > kMaxTemplate || !may_read_on())
    return fail("Liquid::MemoryError", "Memory limits exceeded", "the template is too large");
  const TagType* own = name.empty() ? nullptr : find_own_tag(environment_, name);
  const TagType* type = own ? own : find_standard_tag(name);
  if (!type) {
    if (foreign(name)) return true;
    block_end = {name, markup};
    return false;
  }
  Node& node = *arena_.make<Node>(type, markup);
  node.offset = at_;
  node.line = line_;
  if (own) result_.uses.add(arena_, &node);
  TagParse parse{arena_, source_, diagnostics_, environment_, node, *this, tokens};
  if (type->parse && !type->parse(parse)) {
    if (!failed()) syntax_error("Syntax error in tag");
    return false;
  }
  if (!finish_block(parse)) return false;
  if (!node.blank) block.blank = false;
  link(block, &node);
  return true;
}

/// The body of a block that has no parts.
bool Parser::finish_block(TagParse& parse) {
  Node& node = parse.node;
  Body kind = node.type->body;
  if (kind == Body::None) return true;
  if (kind == Body::Raw) return raw_body(parse.tokens, node);
  bool hidden = node.blank, comment = kind == Body::Comment;
  node.body = new_block();
  node.blank = true;
  in_comment += comment;
  for (BlockEnd block_end; body(*node.body, parse.tokens, node, node.blank, block_end);)
    if (!comment) out_of_place(block_end, parse);
  in_comment -= comment;
  node.blank = node.blank || hidden;
  return !failed();
}

bool Parser::out_of_place(const BlockEnd& block_end, const TagParse& parse) {
  Str name = parse.node.type->name;
  return unknown_tag(block_end.name, name, format(arena_, "end$", name));
}

bool Parser::body(Block& block, Tokens& tokens, const Node& opening, bool& blank,
                  BlockEnd& block_end) {
  if (failed()) return false;
  if (depth_ >= kMaxBlockDepth) return fail("Liquid::StackLevelError", "Nesting too deep");
  depth_++;
  block_end = {};
  parse_into(block, tokens, block_end);
  depth_--;
  if (failed()) return false;
  blank = blank && block.blank;
  Str name = opening.type->name;
  if (block_end.name.empty()) return never_closed(opening);
  return !(starts_with(block_end.name, "end") && slice(block_end.name, 3) == name);
}

bool Parser::raw_body(Tokens& tokens, Node& node) {
  Str rest = tokens.text;
  std::size_t end;
  for (Str token; shift(tokens, token);) {
    if (!closes_raw(token, node.type->name, end)) continue;
    node.raw = slice(rest, 0, std::size_t(token.data() - rest.data()) + end);
    node.blank = node.raw.empty();
    return true;
  }
  return never_closed(node);
}

bool Parser::never_closed(const Node& node) {
  at_ = node.offset;
  Str name = node.type->name;
  return syntax_error(format(arena_, "'$' tag was never closed", name),
                      format(arena_, "write {% end$ %} where it ends", name));
}

bool Parser::unterminated(Str token) {
  bool tag = token[1] == '%';
  return syntax_error(format(arena_, "$ '$' was not properly terminated with regexp: /\\$\\}/",
                             tag ? "Tag" : "Variable", token, tag ? "%" : "}"),
                      format(arena_, "a $; write {% raw %} around text that only looks like one",
                             tag ? "tag is {% name … %}" : "variable is {{ name }}"));
}

bool Parser::parse_lines(Block& block, Tokens& tokens, BlockEnd& block_end) {
  for (Str token, name, markup; !failed() && shift(tokens, token);) {
    Str line = slice(token, skip_space(token, 0));
    if (!line.empty()) {
      at_ = offset(line);
      if (split_tag(line, name, markup, line_))
        tag(block, tokens, name, markup, block_end);
      else
        block_end = {token, token};
      if (!block_end.name.empty()) return false;
    }
    line_ = tokens.line;
  }
  return true;
}

void Parser::liquid_tag(Block& block, Str markup) {
  Tokens lines{markup};
  lines.line = line_;
  lines.lines = true;
  BlockEnd block_end;
  if (!parse_lines(block, lines, block_end) && !failed())
    unknown_tag(block_end.name, "liquid", "%}");
}

void Parser::parse_into(Block& block, Tokens& tokens, BlockEnd& block_end) {
  line_ = tokens.line;
  if (tokens.lines) {
    parse_lines(block, tokens, block_end);
    return;
  }
  for (Str token; !failed() && shift(tokens, token);) {
    at_ = offset(token);
    char mark = token[0] == '{' ? peek(token, 1) : '\0';
    if (mark != '%' && mark != '{') {
      Str text = trim_ ? lstrip(token) : token;
      trim_ = false;
      auto* node = arena_.make<Node>(&kText, text);
      node->offset = offset(text);
      link(block, node);
      block.blank = block.blank && is_blank(text);
      line_ = tokens.line;
      continue;
    }
    trim_before(block, token);
    Str name, markup;
    if (!split_token(token, markup) || (mark == '%' && !split_tag(markup, name, markup, line_))) {
      unterminated(token);
      return;
    }
    if (name == "liquid") {
      liquid_tag(block, markup);
      continue;
    }
    if (!tag(block, tokens, name, markup, block_end)) return;
    line_ = tokens.line;
  }
}

void Parser::document(std::size_t offset) {
  Tokens tokens{slice(source_.text, offset)};
  if (environment_.skips_code) tokens.code_from = tokens.text.data();
  result_.body = new_block();
  BlockEnd block_end;
  parse_into(*result_.body, tokens, block_end);
  if (!failed() && !block_end.name.empty()) unknown_tag(block_end.name);
}

void remove_text(Block* block) {
  if (!block) return;
  Node** link = &block->first;
  block->last = nullptr;
  while (Node* node = *link) {
    if (node->type == &kText) {
      *link = node->next;
    } else {
      block->last = node;
      link = &node->next;
    }
  }
}

Template* parse(Arena& arena, const Source& source, std::size_t body_offset,
                const Environment& environment, Diagnostics& diagnostics) {
  auto* t = arena.make<Template>(&source);
  Parser(arena, source, environment, diagnostics, *t).document(body_offset);
  return t;
}

// ---- for the site's tags ----

bool TagParse::fail(Str type, Str text, Str remedy) { return parser.fail(type, text, remedy); }
const Expression* TagParse::expression(Str markup) { return parse_expression(arena, markup); }
const Variable* TagParse::variable(Str markup) { return parser.variable(markup); }

}  // namespace meridian::liquid
