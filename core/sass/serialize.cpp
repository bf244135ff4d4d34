// CSS as dart-sass writes it, in its two styles; printer.cpp and output.cpp are libsass's.
#include "match.h"
#include "printer.h"

namespace meridian::sass {

namespace {
bool is_blank(char c) { return c == ' ' || c == '\t'; }
}  // namespace

// ---- what isn't printed ----

namespace {
bool is_hidden(const SelectorList* list);

bool is_hidden(const Complex* complex) {
  for (const Component* component : complex->components)
    for (const Simple* simple : component->simples)
      if (simple->kind == SimpleKind::Placeholder ||
          (simple->selector && simple->name != "not" && is_hidden(simple->selector)))
        return true;
  return complex->components.empty();
}

bool is_hidden(const SelectorList* list) {
  for (const Complex* complex : list->items)
    if (!is_hidden(complex)) return false;
  return true;
}

bool has_children(const Statement* item) {
  return item->block && item->kind != StatementKind::Declaration;
}
}  // namespace

bool Printer::is_hidden(Statement* item) {
  switch (item->kind) {
    case StatementKind::AtRule:
    case StatementKind::Import: return false;
    case StatementKind::Comment: return compressed() && !as<Comment>(item)->important;
    case StatementKind::Declaration: return false;
    case StatementKind::StyleRule:
      if (sass::is_hidden(as<StyleRule>(item)->selector)) return true;
      break;
    case StatementKind::CssMediaRule:
      if (as<CssMediaRule>(item)->queries.empty()) return true;
      break;
    case StatementKind::KeyframeRule:
    case StatementKind::SupportsRule: break;
    default: return true;
  }
  for (Statement* child : item->block->items) {
    work_done++;
    if (!is_hidden(child)) return false;
  }
  return true;
}

// ---- statements ----

bool Printer::is_trailing(const Statement* item, const Statement* before) {
  if (compressed() || item->kind != StatementKind::Comment) return false;
  if (item->at.sheet != before->at.sheet || !item->at.sheet || !before->at.end) return false;
  const char* text = item->at.sheet->text.data();
  std::uint32_t from = before->at.end, to = item->at.offset;
  bool contained = before->at.offset <= to && item->at.end <= from;
  if (contained) {
    for (std::uint32_t at = to; at-- > before->at.offset && text[at] != '\n'; work_done++)
      if (text[at] == '{') return true;
    return false;
  }
  if (to < from) {
    to = before->at.end;
    from = item->at.offset;
  }
  for (; from < to; from++, work_done++)
    if (text[from] == '\n') return false;
  return true;
}

void Printer::line_feed() {
  if (!compressed()) out.add('\n');
}

void Printer::css_indent() {
  if (!compressed()) out.add(std::size_t(indentation_) * 2, ' ');
}

void Printer::css_comma() { out.add(compressed() ? Str(",") : Str(", ")); }

void Printer::css_space() {
  if (!compressed()) out.add(' ');
}

void Printer::css_children(Statement* parent, const List<Statement*>& items) {
  Statement *first = nullptr, *before = nullptr;
  bool root = !parent;
  for (Statement* item : items) {
    if (!within_limits(item->at)) return;
    if (is_hidden(item)) continue;
    if (before && !has_children(before) && before->kind != StatementKind::Comment) out.add(';');
    Statement* left = before ? before : parent;
    std::uint32_t indentation = indentation_;
    if (left && is_trailing(item, left)) {
      css_space();
      indentation_ = 0;
    } else if (left) {
      line_feed();
      if (root && before->group_end) line_feed();
      indentation_ += !root;
    }
    css_statement(item);
    indentation_ = indentation;
    if (!before) first = item;
    before = item;
  }
  if (!before) return;
  if (!compressed() && !has_children(before) && before->kind != StatementKind::Comment)
    out.add(';');
  if (root) return;
  if (first == before && is_trailing(before, parent)) return css_space();
  line_feed();
  css_indent();
}

void Printer::css_block(Statement* parent) {
  css_space();
  out.add('{');
  css_children(parent, parent->block->items);
  out.add('}');
}

void Printer::css_statement(Statement* item) {
  Deeper deeper(context_, item->at);
  if (context_.failed) return;
  if (item->kind != StatementKind::Comment) css_indent();
  switch (item->kind) {
    case StatementKind::Comment: {
      auto* string = as<String>(as<Comment>(item)->text);
      if (string && (string->value.starts_with("/*# sourceMappingURL=") ||
                     string->value.starts_with("/*# sourceURL=")))
        return;
      css_indent();
      return css_lines(string ? string->value : Str(), item->at);
    }
    case StatementKind::Declaration: return css_declaration(as<Declaration>(item));
    case StatementKind::StyleRule: css_selectors(as<StyleRule>(item)->selector); break;
    case StatementKind::KeyframeRule:
      // On one line.
      wrapped_ = true;
      if (auto* rule = as<KeyframeRule>(item); rule->name) css_selectors(rule->name);
      wrapped_ = false;
      break;
    case StatementKind::CssMediaRule: {
      out.add("@media");
      bool any = false;
      for (CssMediaQuery* query : as<CssMediaRule>(item)->queries) {
        if (any) css_comma();
        bool plain = query->type.empty() && query->modifier.empty();
        bool negated = query->features.size == 1 && query->features[0].starts_with("(not ");
        if (!any && !(compressed() && plain && !negated)) out.add(' ');
        css_query(query);
        any = true;
      }
      break;
    }
    case StatementKind::SupportsRule: {
      Str text = to_string(context_, as<SupportsRule>(item)->condition, print_);
      out.add("@supports");
      if (!compressed() || !text.starts_with("(")) out.add(' ');
      out.add(text);
      break;
    }
    case StatementKind::AtRule: {
      auto* rule = as<AtRule>(item);
      out.add(rule->keyword);
      auto* text = rule->value ? as<String>(rule->value) : nullptr;
      Str value = text ? text->value : rule->value ? to_string(context_, rule->value) : Str();
      if (!value.empty()) {
        out.add(' ');
        out.add(value);
      }
      break;
    }
    default: {
      auto* import = as<CssImport>(item);
      out.add("@import");
      css_space();
      for (Node* url : import->urls) {
        Str text = to_string(context_, url, print_);
        if (compressed() && text.starts_with("url(") && text.ends_with(")")) {
          text = slice(text, 4, text.size() - 1);
          if (!text.starts_with("\"") && !text.starts_with("'")) text = quote(context_.arena, text);
        }
        out.add(text);
      }
      if (import->queries) {
        css_space();
        node(import->queries);
      }
    }
  }
  if (item->block) css_block(item);
}

void Printer::css_query(const CssMediaQuery* query) {
  if (!query->modifier.empty()) {
    out.add(query->modifier);
    out.add(' ');
  }
  out.add(query->type);
  bool any = !query->type.empty();
  if (query->features.size == 1 && query->features[0].starts_with("(not ")) {
    Str feature = query->features[0];
    out.add(any ? " and not " : "not ");
    return out.add(slice(feature, 5, feature.size() - 1));
  }
  for (Str feature : query->features) {
    // Behind a feature compressed output needs no blank.
    if (any)
      out.add(compressed() && feature.data() != query->features[0].data() ? "and " : " and ");
    out.add(feature);
    any = true;
  }
}

void Printer::css_declaration(Declaration* declaration) {
  auto* name = as<String>(declaration->property);
  if (name)
    out.add(name->value);
  else
    node(declaration->property);
  out.add(':');
  auto* value = as<SelectorsNode>(declaration->value);
  if (declaration->custom) {
    auto* text = as<String>(declaration->value);
    return css_lines(text ? text->value : Str(), declaration->at, true);
  }
  css_space();
  node(value ? listize(context_, value->list) : declaration->value);
}

namespace {
constexpr std::size_t kNoLines = ~std::size_t(0);

/// How far the line is indented that is indented least, behind the first; kNoLines when there is
/// none.
std::size_t least_indentation(Str text) {
  std::size_t least = kNoLines;
  for (std::size_t at = text.find('\n'); at != Str::npos; at = text.find('\n', at)) {
    std::size_t from = ++at;
    while (at < text.size() && is_blank(text[at])) at++;
    if (at < text.size() && text[at] != '\n' && at - from < least) least = at - from;
  }
  return least;
}

std::size_t column_of(const Place& at) {
  if (!at.sheet) return 0;
  std::size_t column = 0;
  const char* text = at.sheet->text.data();
  while (column < at.offset && text[at.offset - column - 1] != '\n') column++;
  work_done += column;
  return column;
}
}  // namespace

void Printer::css_lines(Str text, const Place& at, bool value) {
  std::size_t first = text.find('\n');
  if (first == Str::npos) return out.add(text);
  if (value && compressed()) {
    for (std::size_t i = 0; i < text.size(); i++) {
      bool line = text[i] == '\n';
      out.add(line ? ' ' : text[i]);
      while (line && i + 1 < text.size() && is_space(text[i + 1])) i++;
    }
    return;
  }
  std::size_t least = least_indentation(text);
  if (least == kNoLines) {
    out.add(value ? right_trim(text) : text);
    if (value) out.add(' ');
    return;
  }
  if (std::size_t column = column_of(at); column < least) least = column;
  out.add(text.substr(0, first));
  std::size_t line_feeds = 0;
  for (Str rest = text.substr(first + 1), line; next_piece(rest, '\n', line);) {
    line_feeds++;
    if (strip(line).empty()) continue;
    out.add(line_feeds, '\n');
    line_feeds = 0;
    css_indent();
    out.add(line.substr(least));
  }
  if (line_feeds) out.add(' ');
}

void Printer::css_sheet(Block* root) {
  css_ = true;
  declaration_ = false;
  css_children(nullptr, root->items);
  if (!out.empty()) out.add('\n');
  for (char c : out.str()) {
    if (static_cast<unsigned char>(c) < 0x80) continue;
    out.insert(0, compressed() ? "\xEF\xBB\xBF" : "@charset \"UTF-8\";\n");
    break;
  }
}

// ---- selectors ----

void Printer::css_selectors(const SelectorList* list) {
  bool any = false;
  for (const Complex* complex : list->items) {
    if (sass::is_hidden(complex)) continue;
    if (any) {
      out.add(',');
      if (complex->line_feed && !wrapped_) {
        line_feed();
        css_indent();
      } else {
        css_space();
      }
    }
    any = true;
    const Component* before = nullptr;
    for (const Component* item : complex->components) {
      bool combinator = item->combinator || (before && before->combinator);
      if (before && (!combinator || !compressed())) out.add(' ');
      before = item;
      if (item->combinator) {
        out.add(item->combinator);
        continue;
      }
      if (item->parent) out.add('&');
      std::size_t start = out.size();
      for (const Simple* simple : item->simples) css_simple(simple);
      if (out.size() == start && !item->parent) out.add('*');
    }
  }
}

void Printer::css_simple(const Simple* simple) {
  if (simple->kind == SimpleKind::Attribute) {
    out.add('[');
    if (simple->has_namespace) {
      out.add(simple->name_space);
      out.add('|');
    }
    out.add(simple->name);
    out.add(simple->matcher);
    if (auto* value = as<String>(simple->value)) {
      const char* text = context_.arena.join(value->value, Str("", 1)).data();
      const char* end = match::identifier(text);
      bool plain = end && !*end && !value->value.starts_with("--");
      if (plain)
        out.add(value->value);
      else
        css_quoted(value->value);
      if (simple->modifier && (plain || !compressed())) out.add(' ');
      if (simple->modifier) out.add(simple->modifier);
    }
    return out.add(']');
  }
  bool pseudo = simple->kind == SimpleKind::Pseudo;
  if (pseudo && simple->selector && simple->name == "not" && sass::is_hidden(simple->selector))
    return;
  if (pseudo) out.add(simple->syntactic_class ? ":" : "::");
  if (simple->has_namespace) {
    out.add(simple->name_space);
    out.add('|');
  }
  out.add(simple->name);
  if (!simple->selector && !simple->argument) return;
  out.add('(');
  if (simple->argument) node(simple->argument);
  if (simple->selector && simple->argument) out.add(' ');
  if (simple->selector) css_selectors(simple->selector);
  out.add(')');
}

}  // namespace meridian::sass
