// What dart-sass parses otherwise than libsass: @use and @forward, the namespaces in front of
// names, custom properties.
#include "parser.h"

namespace meridian::sass {

const Symbol* Parser::lex_namespace(match::Matcher behind) {
  const char* at = match::optional_comments(position_);
  const char* end = failed() ? nullptr : match::identifier(at);
  if (!end || *end != '.' || end >= end_ || !behind(end + 1)) return nullptr;
  take(at, end);
  position_ = end + 1;
  return symbol(lexed_);
}

namespace {
/// The namespace that an address has when none is given: its last part, up to the first dot.
Str default_namespace(Str address) {
  std::size_t slash = address.rfind('/');
  if (slash != Str::npos) address.remove_prefix(slash + 1);
  if (address.starts_with("_")) address.remove_prefix(1);
  return address.substr(0, address.find('.'));
}

Str expected(char c) { return c == ')' ? "\")\"" : c == ']' ? "\"]\"" : "\"}\""; }

/// What may stand in front of @use and @forward.
bool may_precede(const Statement* statement) {
  return statement->kind == StatementKind::Comment || statement->kind == StatementKind::Use ||
         statement->kind == StatementKind::Assignment;
}
}  // namespace

void Parser::use_rule(Block* block, bool forward) {
  const Str kBuiltIn = "sass:";
  auto* use = make<Use>(place(), forward);
  if (!block->root || scope_ != Scope::Root)
    return error("This at-rule is not allowed here.", "put it at the top of the sheet");
  for (; checked_ < block->items.size; checked_++)
    if (!may_precede(block->items[checked_]))
      return error(forward ? "@forward rules must be written before any other rules."
                           : "@use rules must be written before any other rules.",
                   "move it to the top of the sheet");
  if (!lex_css(match::quoted_string)) return error("Expected string.", "write the path in quotes");
  Str address = unquote(context_.arena, lexed_);
  if (address.starts_with(kBuiltIn)) {
    use->built_in = address.substr(kBuiltIn.size());
    use->space = symbol(use->built_in);
  } else if (Str path = context_.resolve(use->at, address); context_.import(use->at, path)) {
    use->path = path;
    use->space = symbol(default_namespace(address));
  }
  auto word = [this](const char* literal) {
    skip_comments();
    return lex_word(literal);
  };
  if (word("as")) {
    bool all = lex('*');
    if (!all && !lex(match::identifier)) return error("Expected identifier.", "write a name");
    use->space = all ? nullptr : symbol(lexed_);
    if (forward) {
      if (all || !lex('*', false)) return error("expected \"*\".", "write as prefix-*");
      use->prefix = use->space->name;
    }
  }
  if (forward && ((use->show = word("show")) || (use->hide = word("hide")))) do {
      if (!lex_css(match::variable) && !lex_css(match::identifier))
        return error("Expected identifier.", "write names, with commas between them");
      use->names.add(context_.arena, symbol(lexed_));
    } while (lex_css(',') && !failed());
  if (word("with")) {
    if (!lex_css('(')) return css_error("\"(\"");
    do {
      if (peek_css(')')) break;
      if (!lex_css(match::variable)) return css_error("variable (e.g. $foo)");
      Setting setting{symbol(lexed_), nullptr, false};
      if (!lex_css(':')) return css_error("\":\"");
      setting.value = space_list();
      setting.is_default = forward && lex(match::default_flag);
      use->settings.add(context_.arena, setting);
    } while (lex_css(',') && !failed());
    if (!lex_css(')')) return css_error("\")\"");
    if (!use->built_in.empty())
      return error("Built-in modules can't be configured.", "remove with (…)");
  }
  block->items.add(context_.arena, use);
}

// ---- escapes ----

Str escaped_name(Context& context, Str name) {
  if (!context.dart() || name.find('\\') == Str::npos) return name;
  Text text;
  for (std::size_t i = 0; i < name.size();) {
    if (name[i] != '\\') {
      text.add(name[i++]);
      continue;
    }
    std::uint32_t code = 0;
    std::size_t digits = ++i;
    for (; i < name.size() && i < digits + 6 && hex_digit(name[i]) >= 0; i++)
      code = code * 16 + std::uint32_t(hex_digit(name[i]));
    bool hex = i > digits;
    if (hex && i < name.size() && space(name[i])) i++;
    if (hex && !code) code = 0xFFFD;
    char c = hex ? char(code) : char_at(name, i++);
    bool ascii = !hex || code < 0x80, start = text.empty() || text.str() == "-";
    if (!ascii) {
      add_utf8(text, code > 0x10FFFF || (code >= 0xD800 && code < 0xE000) ? 0xFFFD : code);
    } else if (is_alpha(c) || c == '_' || match::nonascii(c) ||
               (!start && (is_digit(c) || c == '-'))) {
      text.add(c);
    } else {
      text.add('\\');
      if (static_cast<unsigned char>(c) < 32 || c == 127 || (start && is_digit(c))) {
        if (c > 15) text.add("0123456789abcdef"[c >> 4]);
        text.add("0123456789abcdef"[c & 15]);
        c = ' ';
      }
      text.add(c);
    }
  }
  return context.copy(text);
}

// ---- custom properties ----

Node* Parser::raw_value() {
  auto* schema = make<Schema>(place(position_));
  // The closing brackets that are due.
  Text due;
  const char* from = position_;
  auto add = [this, schema, &from](const char* to) {
    if (from < to)
      schema->parts.add(context_.arena,
                        make<String>(Kind::String, place(from), Str(from, std::size_t(to - from))));
  };
  char quote = 0;
  const char* p = position_;
  for (; p < end_ && !failed(); p++) {
    char c = *p;
    if (c == '\\') {
      p += p + 1 < end_;
    } else if (c == '#' && p[1] == '{') {
      const char* close = match::interpolant(p);
      if (!close || close > end_) break;
      add(p);
      Node* inner = part(p + 2, close - 1);
      inner->interpolant = true;
      schema->parts.add(context_.arena, inner);
      from = close;
      p = close - 1;
    } else if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '/' && p[1] == '*') {
      const char* behind = match::block_comment(p);
      if (!behind) {
        position_ = p;
        css_error("\"*/\"");
        break;
      }
      p = behind - 1;
    } else if (is_one_of(c, "([{")) {
      due.add(c == '(' ? ')' : char(c + 2));
    } else if (is_one_of(c, ")]}")) {
      if (due.empty()) break;
      if (due.back() != c) {
        position_ = p;
        css_error(expected(due.back()));
        break;
      }
      due.truncate(due.size() - 1);
    } else if (c == ';' && due.empty()) {
      break;
    }
  }
  add(p);
  position_ = token_ = p;
  if (!due.empty() && !failed()) css_error(expected(due.back()));
  return schema;
}

}  // namespace meridian::sass
