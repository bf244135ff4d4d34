// The CSS of a sheet in the four styles.
#include "printer.h"

namespace meridian::sass {

namespace {
bool is_parent_statement(const Statement* statement) {
  switch (statement->kind) {
    case StatementKind::StyleRule:
    case StatementKind::AtRule:
    case StatementKind::KeyframeRule:
    case StatementKind::Declaration:
    case StatementKind::CssMediaRule:
    case StatementKind::SupportsRule:
    case StatementKind::AtRootRule:
    case StatementKind::Trace: return true;
    default: return false;
  }
}

bool is_invisible(Statement* statement) {
  if (auto* rule = as<StyleRule>(statement)) {
    for (Complex* item : rule->selector->items)
      if (!is_invisible(item)) return false;
    return true;
  }
  if (auto* declaration = as<Declaration>(statement))
    return !declaration->custom && !(declaration->value && declaration->value->kind != Kind::Null);
  return false;
}

bool is_invisible(const Block* block) {
  for (Statement* item : block->items)
    if (!is_invisible(item)) return false;
  return true;
}

/// Which rules are printed, in a style. Each looks only as deep as libsass does.
class Printable {
 public:
  explicit Printable(bool compressed) : compressed_(compressed) {}

  bool rule(StyleRule* rule) {
    if (!rule->selector || rule->selector->items.empty()) return false;
    for (Statement* item : rule->block->items) {
      if (as<AtRule>(item)) return true;
      if (auto* declaration = as<Declaration>(item)) return this->declaration(declaration);
      if (is_parent_statement(item)) {
        if (block(item->block)) return true;
      } else if (auto* comment = as<Comment>(item)) {
        if (!compressed_ || comment->important) return true;
      } else {
        return true;
      }
    }
    return false;
  }

  bool supports(SupportsRule* rule) {
    for (Statement* item : rule->block->items) {
      if (as<Declaration>(item) || as<AtRule>(item)) return true;
      if (is_parent_statement(item) && !is_invisible(item) && block(item->block)) return true;
    }
    return false;
  }

  bool media(CssMediaRule* rule) { return !rule->queries.empty() && block(rule->block); }

 private:
  bool declaration(Declaration* declaration) {
    auto* text = as<String>(declaration->value);
    return !text || text->may_be_quoted() || !text->value.empty();
  }

  bool block(Block* block) {
    if (!block) return false;
    for (Statement* item : block->items)
      if (statement(item)) return true;
    return false;
  }

  bool statement(Statement* item) {
    if (as<Declaration>(item) || as<AtRule>(item)) return true;
    if (auto* comment = as<Comment>(item)) return !compressed_ || comment->important;
    if (auto* style_rule = as<StyleRule>(item)) return rule(style_rule);
    if (auto* supports_rule = as<SupportsRule>(item)) return supports(supports_rule);
    if (auto* media_rule = as<CssMediaRule>(item)) return media(media_rule);
    return is_parent_statement(item) && block(item->block);
  }

  bool compressed_;
};
}  // namespace

void Printer::sheet(Block* root) {
  if (context_.dart()) return css_sheet(root);
  css_ = true;
  declaration_ = false;
  for (Statement* item : root->items) statement(item);
  // What is scheduled still, but for the last semicolon of a compressed sheet.
  space_ = false;
  if (compressed()) delimiter_ = false;
  if (linefeed_) linefeed_ = 1;
  flush();
  Printer top(context_, print_);
  top.declaration_ = false;
  for (Statement* item : top_) {
    if (auto* import = as<CssImport>(item)) {
      top.import(import);
    } else {
      top.comment_ = true;
      top.node(as<Comment>(item)->text);
      top.comment_ = false;
    }
    top.mandatory_linefeed();
  }
  top.space_ = false;
  if (compressed() && out.empty()) top.delimiter_ = false;
  if (top.linefeed_) top.linefeed_ = 1;
  top.flush();
  out.insert(0, top.out.str());
  if (!out.empty() && out.back() != '\n') out.add('\n');
  for (char c : out.str()) {
    if (static_cast<unsigned char>(c) < 0x80) continue;
    out.insert(0, compressed() ? "\xEF\xBB\xBF" : "@charset \"UTF-8\";\n");
    break;
  }
}

void Printer::statement(Statement* item) {
  Deeper deeper(context_, item->at);
  if (!within_limits(item->at)) return;
  switch (item->kind) {
    case StatementKind::Block: return statements(static_cast<Block*>(item), false);
    case StatementKind::StyleRule: return style_rule(as<StyleRule>(item));
    case StatementKind::KeyframeRule: {
      auto* rule = as<KeyframeRule>(item);
      if (rule->name) selectors(rule->name);
      if (!rule->block) return colon();
      open_scope();
      statements(rule->block, true);
      return close_scope();
    }
    case StatementKind::AtRule: return at_rule(as<AtRule>(item));
    case StatementKind::Declaration: return declaration(as<Declaration>(item));
    case StatementKind::Import: return void(top_.add(context_.arena, item));
    case StatementKind::Comment: return comment(as<Comment>(item));
    case StatementKind::CssMediaRule: return media_rule(as<CssMediaRule>(item));
    case StatementKind::SupportsRule: return supports_rule(as<SupportsRule>(item));
    default: return;
  }
}

void Printer::statements(const Block* block, bool linefeeds) {
  for (std::uint32_t i = 0; i < block->items.size; i++) {
    statement(block->items[i]);
    if (linefeeds && i + 1 < block->items.size) special_linefeed();
  }
}

void Printer::comment(Comment* comment) {
  if (compressed() && !comment->important) return;
  if (out.empty()) return void(top_.add(context_.arena, comment));
  comment_ = true;
  indent();
  node(comment->text);
  comment_ = false;
  if (indentation_)
    optional_linefeed();
  else
    mandatory_linefeed();
}

void Printer::declaration(Declaration* declaration) {
  if (declaration->value->kind == Kind::Null) return;
  bool was_declaration = declaration_, was_custom = custom_property_;
  declaration_ = true;
  custom_property_ = declaration->custom;
  if (nested()) indentation_ += declaration->tabs;
  indent();
  node(declaration->property);
  colon();
  auto* value = as<SelectorsNode>(declaration->value);
  node(value ? listize(context_, value->list) : declaration->value);
  delimit();
  if (nested()) indentation_ -= declaration->tabs;
  declaration_ = was_declaration;
  custom_property_ = was_custom;
}

namespace {
/// What a rule leaves out although it is a declaration.
bool is_empty_declaration(Statement* item) {
  auto* declaration = as<Declaration>(item);
  if (!declaration) return false;
  if (auto* text = as<String>(declaration->value))
    return text->may_be_quoted() && !text->quote && text->value.empty();
  auto* list = as<ListNode>(declaration->value);
  if (!list || list->bracketed) return false;
  for (Node* value : list->items)
    if (!is_invisible(value)) return false;
  return true;
}
}  // namespace

void Printer::style_rule(StyleRule* rule) {
  if (!rule->selector || rule->selector->items.empty()) return;
  if (!Printable(compressed()).rule(rule)) {
    for (Statement* item : rule->block->items)
      if (is_parent_statement(item) && !as<Declaration>(item)) statement(item);
    return;
  }
  if (nested()) indentation_ += rule->tabs;
  selectors(rule->selector);
  open_scope();
  for (Statement* item : rule->block->items)
    if (!is_empty_declaration(item)) statement(item);
  if (nested()) indentation_ -= rule->tabs;
  close_scope();
}

void Printer::media_query(const CssMediaQuery* query) {
  bool any = false;
  if (!query->modifier.empty()) {
    add(query->modifier);
    mandatory_space();
  }
  if (!query->type.empty()) {
    add(query->type);
    any = true;
  }
  for (Str feature : query->features) {
    if (any) {
      mandatory_space();
      add("and");
      mandatory_space();
    }
    add(feature);
    any = true;
  }
}

void Printer::media_rule(CssMediaRule* rule) {
  if (is_invisible(rule->block) || !Printable(compressed()).media(rule)) return;
  if (nested()) indentation_ += rule->tabs;
  indent();
  add("@media");
  mandatory_space();
  media_ = true;
  bool any = false;
  for (CssMediaQuery* query : rule->queries) {
    if (any) {
      comma();
      optional_space();
    }
    media_query(query);
    any = true;
  }
  open_scope();
  statements(rule->block, false);
  close_scope();
  media_ = false;
  if (nested()) indentation_ -= rule->tabs;
}

void Printer::supports_rule(SupportsRule* rule) {
  if (!Printable(compressed()).supports(rule)) {
    for (Statement* item : rule->block->items)
      if (is_parent_statement(item)) statement(item);
    return;
  }
  if (nested()) indentation_ += rule->tabs;
  indent();
  add("@supports");
  mandatory_space();
  node(rule->condition);
  open_scope();
  statements(rule->block, true);
  if (nested()) indentation_ -= rule->tabs;
  close_scope();
}

void Printer::at_rule(AtRule* rule) {
  indent();
  add(rule->keyword);
  if (rule->value) {
    mandatory_space();
    add(to_string(context_, rule->value));
  }
  if (!rule->block) return delimit();
  if (rule->block->items.empty()) {
    optional_space();
    return add("{}");
  }
  open_scope();
  statements(rule->block, rule->keyword != "@font-face");
  close_scope();
}

void Printer::import(CssImport* import) {
  for (std::uint32_t i = 0; i < import->urls.size; i++) {
    if (i) mandatory_linefeed();
    add("@import");
    mandatory_space();
    node(import->urls[i]);
    if (i + 1 == import->urls.size && import->queries) {
      mandatory_space();
      node(import->queries);
    }
    delimit();
  }
}

}  // namespace meridian::sass
