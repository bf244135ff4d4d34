#include "printer.h"

namespace meridian::sass {

// ---- white space ----

void Printer::flush() {
  std::uint32_t linefeeds = linefeed_;
  bool space = space_ && !linefeeds;
  linefeed_ = 0;
  space_ = false;
  if (delimiter_) out.add(';');
  delimiter_ = false;
  if (linefeeds) out.add(linefeeds, '\n');
  if (space) out.add(' ');
}

namespace {
void add_with_linefeeds(Text& out, Str text) {
  for (std::size_t i = 0; i < text.size(); i++) {
    bool line = text[i] == '\n' || text[i] == '\f' || text[i] == '\r';
    out.add(line ? '\n' : text[i]);
    if (text[i] == '\r' && char_at(text, i + 1) == '\n') i++;
  }
}

/// A comment on one line, unless its lines begin without white space.
void add_on_one_line(Text& out, Str text) {
  Text line;
  std::size_t blanks = 0;
  char before = 0;
  bool clean = false;
  for (char c : text) {
    if (!clean) {
      if (c == '\n')
        clean = true;
      else
        line.add(c);
    } else if (c == '\n') {
      blanks = 0;
    } else if (c == '\t' || c == ' ') {
      blanks++;
    } else if (c != '*') {
      clean = false;
      line.add(' ');
      if (before == '*' && c == '/')
        line.add("*/");
      else
        line.add(c);
    }
    before = c;
  }
  out.add(blanks ? line.str() : text);
}
}  // namespace

void Printer::add(Str text) {
  flush();
  if (!comment_) return out.add(text);
  Text lines;
  add_with_linefeeds(lines, text);
  if (compact())
    add_on_one_line(out, lines.str());
  else
    out.add(lines.str());
}

void Printer::indent() {
  if (compressed() || compact() || (declaration_ && comma_list_)) return;
  if (linefeed_ && indentation_) linefeed_ = 1;
  flush();
  out.add(std::size_t(indentation_) * 2, ' ');
}

void Printer::delimit() {
  delimiter_ = true;
  if (compact()) {
    if (indentation_)
      mandatory_space();
    else
      mandatory_linefeed();
  } else if (!compressed()) {
    optional_linefeed();
  }
}

void Printer::comma() {
  add(",");
  optional_space();
}

void Printer::colon() {
  space_ = false;
  add(":");
  if (!custom_property_) optional_space();
}

void Printer::optional_space() {
  if (compressed() || out.empty()) return;
  char last = out.back();
  if ((!is_space(last) || delimiter_) && last != '(') mandatory_space();
}

void Printer::special_linefeed() {
  if (!compact()) return;
  mandatory_linefeed();
  for (std::uint32_t i = 0; i < indentation_; i++) add("  ");
}

void Printer::optional_linefeed() {
  if (declaration_ && comma_list_) return;
  if (compact())
    mandatory_space();
  else
    mandatory_linefeed();
}

void Printer::mandatory_linefeed() {
  if (compressed()) return;
  linefeed_ = 1;
  space_ = false;
}

void Printer::open_scope() {
  linefeed_ = 0;
  optional_space();
  flush();
  add("{");
  optional_linefeed();
  indentation_++;
}

void Printer::close_scope() {
  indentation_--;
  linefeed_ = 0;
  if (compressed()) delimiter_ = false;
  if (print_.form == Form::Expanded) {
    optional_linefeed();
    indent();
  } else {
    optional_space();
  }
  add("}");
  optional_linefeed();
  if (!indentation_ && !compressed()) linefeed_ = 2;
}

bool Printer::within_limits(const Place& at) {
  return context_.step(at) && context_.may_make(at, out.size());
}

// ---- values ----

namespace {
constexpr const char* kOperators[] = {"&&", "||", "==", "!=", ">", ">=", "<",
                                      "<=", "+",  "-",  "*",  "/", "%"};
}

void Printer::node(Node* node) {
  Deeper deeper(context_, node->at);
  if (!within_limits(node->at)) return;
  if (context_.dart()) {
    flush();
    if (css_value(node)) return;
  }
  switch (node->kind) {
    case Kind::Null: return add("null");
    case Kind::Boolean: return add(as<Boolean>(node)->value ? "true" : "false");
    case Kind::Number: {
      auto* number = as<Number>(node);
      bool css = css_ || print_.form == Form::ToCss;
      if (css && !is_css_unit(number)) {
        Text message;
        message.add(to_string(context_, node));
        message.add(" isn't a valid CSS value.");
        return context_.fail(node->at, message.str(), "divide the units away");
      }
      flush();
      return add_number(context_, out, number, print_);
    }
    case Kind::Rgba:
    case Kind::Hsla: flush(); return add_color(context_, out, static_cast<Color*>(node), print_);
    case Kind::String:
    case Kind::Quoted: return string(as<String>(node));
    case Kind::List: return list(as<ListNode>(node));
    case Kind::Map: return map(as<MapNode>(node));
    case Kind::Function:
      add("get-function(");
      add(quote(context_.arena, as<FunctionNode>(node)->definition->name));
      return add(")");
    case Kind::Selectors: return selectors(as<SelectorsNode>(node)->list);
    case Kind::Schema:
      for (Node* part : as<Schema>(node)->parts) {
        if (part->interpolant) add("#{");
        this->node(part);
        if (part->interpolant) add("}");
      }
      return;
    case Kind::Binary: return binary(as<Binary>(node));
    case Kind::Unary: {
      auto* unary = as<Unary>(node);
      add(unary->op == UnaryOp::Plus ? "+" : unary->op == UnaryOp::Slash ? "/" : "-");
      return this->node(unary->operand);
    }
    case Kind::Call: add(as<Call>(node)->name); return arguments(as<Call>(node)->arguments);
    case Kind::Variable: return add(as<Variable>(node)->symbol->name);
    case Kind::Parent: return add("&");
    case Kind::Argument: {
      auto* argument = as<Argument>(node);
      if (argument->name) {
        add(argument->name->name);
        colon();
      }
      if (argument->value->kind == Kind::Null) return;
      this->node(argument->value);
      if (argument->rest) add("...");
      return;
    }
    case Kind::Arguments: return arguments(as<Arguments>(node));
    case Kind::MediaQuery: {
      auto* query = as<MediaQuery>(node);
      std::uint32_t i = 0;
      if (query->type) {
        if (query->negated) add("not ");
        if (query->restricted) add("only ");
        this->node(query->type);
      } else if (!query->features.empty()) {
        if (query->negated && context_.dart()) add("not ");
        this->node(query->features[i++]);
      }
      for (; i < query->features.size; i++) {
        add(" and ");
        this->node(query->features[i]);
      }
      return;
    }
    case Kind::MediaExpression: {
      auto* expression = as<MediaExpression>(node);
      if (expression->interpolated) return this->node(expression->feature);
      add("(");
      this->node(expression->feature);
      if (expression->value) {
        add(": ");
        this->node(expression->value);
      }
      return add(")");
    }
    case Kind::AtRootQuery: return;
    default: return supports(as<Supports>(node));
  }
}

void Printer::string(const String* string) {
  flush();
  if (string->quote && string->may_be_quoted()) {
    if (!comment_) return add_quoted(out, string->value, string->quote);
    return add(quote(context_.arena, string->value, string->quote));
  }
  bool as_is = !css_ || comment_ || (custom_property_ && !string->may_be_quoted());
  add(as_is ? string->value : string_to_output(context_.arena, string->value));
}

void Printer::map(const MapNode* map) {
  if (css_) {
    Text message;
    message.add(to_string(context_, const_cast<MapNode*>(map)));
    message.add(" isn't a valid CSS value.");
    return context_.fail(map->at, message.str(), "use map-get() to take a value from it");
  }
  if (map->entries.empty()) return print_.form == Form::ToSass ? add("()") : void();
  bool any = false;
  add("(");
  for (const MapNode::Entry& entry : map->entries) {
    if (any) comma();
    node(entry.key);
    colon();
    bool space_list = space_list_, comma_list = comma_list_;
    space_list_ = comma_list_ = true;
    node(entry.value);
    space_list_ = space_list;
    comma_list_ = comma_list;
    any = true;
  }
  add(")");
}

void Printer::list(const ListNode* list) {
  bool to_sass = print_.form == Form::ToSass, bracketed = list->bracketed;
  if (list->items.empty()) {
    if (to_sass || bracketed) add(bracketed ? "[]" : "()");
    return;
  }
  bool spaced = list->separator == Separator::Space;
  bool blank = !spaced && (!compressed() || media_);
  bool was_space = space_list_, was_comma = comma_list_;
  Node* first = list->items[0];
  bool single = to_sass && list->items.size == 1 && !list->from_selector &&
                first->kind != Kind::List && first->kind != Kind::Selectors;
  auto inner = [this, list] {
    return !declaration_ && (list->separator == Separator::Hash ||
                             (list->separator == Separator::Space && space_list_) ||
                             (list->separator == Separator::Comma && comma_list_));
  };
  if (bracketed)
    add("[");
  else if (single || inner())
    add("(");
  if (spaced)
    space_list_ = true;
  else if (list->separator == Separator::Comma)
    comma_list_ = true;
  bool any = false;
  for (std::uint32_t i = 0, size = size_of(list); i < size; i++) {
    Node* item = list->items[i];
    if (!to_sass && is_invisible(item) && !as<String>(item)) continue;
    if (any) {
      if (list->separator == Separator::Hash && i % 2)
        add(blank ? ": " : ":");
      else
        add(spaced ? " " : blank ? ", " : ",");
      if (!spaced) optional_space();
    }
    node(item);
    any = true;
  }
  space_list_ = was_space;
  comma_list_ = was_comma;
  if (bracketed) {
    if (list->separator == Separator::Comma && list->items.size == 1) add(",");
    add("]");
  } else if (single) {
    add(",)");
  } else if (inner()) {
    add(")");
  }
}

void Printer::binary(const Binary* binary) {
  node(binary->left);
  bool always = media_ || print_.form == Form::Inspect;
  bool kept = !binary->interpolant && (is_left_interpolant(binary) || is_right_interpolant(binary));
  if (always || (kept && binary->op.space_before)) add(" ");
  add(kOperators[int(binary->op.op)]);
  if (always || (kept && binary->op.space_after)) add(" ");
  node(binary->right);
}

void Printer::arguments(const Arguments* arguments) {
  add("(");
  for (std::uint32_t i = 0; i < arguments->items.size; i++) {
    if (i) add(", ");
    node(arguments->items[i]);
  }
  add(")");
}

void Printer::supports_operand(const Supports* condition, Node* operand) {
  auto* inner = as<Supports>(operand);
  bool parentheses = false;
  if (inner && inner->kind == Kind::SupportsOperation)
    parentheses = condition->kind == Kind::SupportsNegation || inner->is_and != condition->is_and;
  else if (inner)
    parentheses = inner->kind == Kind::SupportsNegation;
  if (parentheses) add("(");
  node(operand);
  if (parentheses) add(")");
}

void Printer::supports(const Supports* condition) {
  switch (condition->kind) {
    case Kind::SupportsOperation:
      supports_operand(condition, condition->left);
      mandatory_space();
      add(condition->is_and ? "and" : "or");
      mandatory_space();
      return supports_operand(condition, condition->right);
    case Kind::SupportsNegation:
      add("not");
      mandatory_space();
      return supports_operand(condition, condition->left);
    case Kind::SupportsDeclaration:
      add("(");
      node(condition->left);
      add(": ");
      node(condition->right);
      return add(")");
    default: return node(condition->left);
  }
}

// ---- selectors ----

void Printer::simple(const Simple* simple) {
  if (context_.dart()) return css_simple(simple);
  if (simple->kind == SimpleKind::Pseudo) {
    if (simple->name.empty()) return;
    add(simple->syntactic_class ? ":" : "::");
  } else if (simple->kind == SimpleKind::Attribute) {
    add("[");
  }
  if (simple->has_namespace) {
    add(simple->name_space);
    add("|");
  }
  add(simple->name);
  if (simple->kind == SimpleKind::Attribute) {
    if (!simple->matcher.empty()) {
      add(simple->matcher);
      if (simple->value) node(simple->value);
    }
    if (simple->modifier) {
      mandatory_space();
      add(Str(&simple->modifier, 1));
    }
    return add("]");
  }
  if (!simple->selector && !simple->argument) return;
  bool wrapped = wrapped_, comma_list = comma_list_;
  wrapped_ = true;
  add("(");
  if (simple->argument) node(simple->argument);
  if (simple->selector && simple->argument) mandatory_space();
  comma_list_ = false;
  if (simple->selector) selectors(simple->selector);
  comma_list_ = comma_list;
  add(")");
  wrapped_ = wrapped;
}

void Printer::component(const Component* component) {
  if (component->combinator) {
    optional_space();
    add(Str(&component->combinator, 1));
    return optional_space();
  }
  if (component->parent) add("&");
  for (Simple* item : component->simples) simple(item);
  if (component->line_break && !compact()) optional_linefeed();
}

void Printer::complex(const Complex* complex) {
  if (complex->line_feed) {
    optional_linefeed();
    if (!wrapped_ && nested()) indent();
  }
  const Component* before = nullptr;
  for (Component* item : complex->components) {
    if (before) {
      if (item->combinator || before->combinator)
        optional_space();
      else
        mandatory_space();
    }
    component(item);
    before = item;
  }
}

void Printer::selectors(const SelectorList* list) {
  if (context_.dart()) return css_selectors(list);
  bool to_sass = print_.form == Form::ToSass;
  if (list->items.empty()) return to_sass ? add("()") : void();
  bool comma_list = comma_list_, single = to_sass && list->items.size == 1;
  if (single || (!declaration_ && comma_list_)) add("(");
  if (declaration_) comma_list_ = true;
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    if (!wrapped_ && !i) indent();
    if (list->items[i]->components.empty()) continue;
    complex(list->items[i]);
    if (i + 1 < list->items.size) {
      space_ = false;
      comma();
    }
  }
  comma_list_ = comma_list;
  if (single)
    add(",)");
  else if (!declaration_ && comma_list_)
    add(")");
}

// ---- texts of single values ----

void add_number(Context& context, Text& out, Number* number, Print print) {
  reduce(context.arena, number);
  std::size_t from = out.size();
  add_fixed(out, number->value, print.precision);
  if (print.form == Form::Compressed && number->zero) {
    from += char_at(out.str(), from) == '-';
    if (out.str().substr(from).starts_with("0.")) out.replace(from, from + 1, "");
  }
  out.add(unit_of(context.arena, number));
}

Str to_string(Context& context, Node* node, Print print) {
  // Most are strings without quotes, of which there is the text.
  auto* string = as<String>(node);
  if (string && !(string->quote && string->may_be_quoted()) && !context.dart())
    return context.step(node->at) ? string->value : Str();
  Printer printer(context, print);
  printer.node(node);
  if (string && printer.out.str() == string->value) return string->value;
  return context.copy(printer.out);
}

Str to_string(Context& context, const SelectorList* list, Print print) {
  Printer printer(context, print);
  printer.selectors(list);
  return context.copy(printer.out);
}

Str to_string(Context& context, const Simple* simple, Print print) {
  Printer printer(context, print);
  printer.simple(simple);
  return context.copy(printer.out);
}

Str to_string(Context& context, const Component* component, Print print) {
  Printer printer(context, print);
  printer.component(component);
  return context.copy(printer.out);
}

Str to_sass(Context& context, Node* node) {
  Printer printer(context, {Form::ToSass, context.print.precision});
  printer.in_declaration(false);
  printer.node(node);
  return context.copy(printer.out);
}

}  // namespace meridian::sass
