// Values and rules as text. White space between tokens is scheduled and written with the next
// token, as libsass does it: a later request may change or drop it.
#pragma once
#include "value.h"

namespace meridian::sass {

class Printer {
 public:
  Printer(Context& context, Print print) : context_(context), print_(print) {}

  Text out;

  // ---- values and selectors: printer.cpp ----
  void node(Node* node);
  void selectors(const SelectorList* list);
  void complex(const Complex* complex);
  void component(const Component* component);
  void simple(const Simple* simple);
  /// Whether a list stands in a declaration, where inner lists have no parentheses.
  void in_declaration(bool declaration) { declaration_ = declaration; }

  // ---- a sheet: output.cpp ----
  /// The CSS of a sheet that is ready for output.
  void sheet(Block* root);

 private:
  // ---- white space ----
  bool compressed() const { return print_.form == Form::Compressed; }
  bool compact() const { return print_.form == Form::Compact; }
  bool nested() const { return print_.form == Form::Nested; }
  /// Whether there is less text than may be; a failure otherwise.
  bool within_limits(const Place& at);
  void flush();
  void add(Str text);
  void indent();
  void delimit();
  void comma();
  void colon();
  void mandatory_space() { space_ = true; }
  void optional_space();
  void special_linefeed();
  void optional_linefeed();
  void mandatory_linefeed();
  void open_scope();
  void close_scope();

  void list(const ListNode* list);
  void map(const MapNode* map);
  void binary(const Binary* binary);
  void supports(const Supports* condition);
  void supports_operand(const Supports* condition, Node* operand);
  void arguments(const Arguments* arguments);
  void string(const String* string);

  void statement(Statement* item);
  void statements(const Block* block, bool linefeeds);
  void declaration(Declaration* declaration);
  void style_rule(StyleRule* rule);
  void media_rule(CssMediaRule* rule);
  void media_query(const CssMediaQuery* query);
  void supports_rule(SupportsRule* rule);
  void at_rule(AtRule* rule);
  void comment(Comment* comment);
  void import(CssImport* import);

  // ---- dart-sass's notation: serialize.cpp ----
  /// A value; false when it is of a kind that both dialects print alike.
  bool css_value(Node* item);
  void css_number(double value);
  void css_quoted(Str text);
  void css_unquoted(Str text);
  void css_escape(std::uint32_t code, Str behind);
  std::size_t css_character(Str text);
  void css_list(const ListNode* list, bool inspect);
  void css_map(const MapNode* map, bool inspect);
  void css_operation(const Binary* binary);
  void css_color(Color* color);
  /// `rgb(…)` or `rgba(…)`; the last `percentages` channels are percentages.
  void css_channels(const char* name, double a, double b, double c, double alpha, int percentages);
  void css_rgb(const Rgba& color);
  void css_hsl(const Hsla& color);
  void css_sheet(Block* root);
  bool is_hidden(Statement* item);
  bool is_trailing(const Statement* item, const Statement* before);
  void css_statement(Statement* item);
  void css_children(Statement* parent, const List<Statement*>& items);
  void css_block(Statement* parent);
  void css_declaration(Declaration* declaration);
  void css_query(const CssMediaQuery* query);
  void css_lines(Str text, const Place& at, bool value = false);
  void css_selectors(const SelectorList* list);
  void css_simple(const Simple* simple);
  void line_feed();
  void css_indent();
  void css_comma();
  void css_space();

  Context& context_;
  Print print_;
  std::uint32_t indentation_ = 0, linefeed_ = 0;
  bool space_ = false, delimiter_ = false;
  bool declaration_ = true, space_list_ = false, comma_list_ = false;
  bool media_ = false, comment_ = false, custom_property_ = false, wrapped_ = false;
  /// Whether this is the sheet's CSS, and not a value's text.
  bool css_ = false;
  /// @imports, and comments before the first rule: they come first.
  List<Statement*> top_;
};

}  // namespace meridian::sass
