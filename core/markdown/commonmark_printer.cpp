#include "commonmark_printer.h"

namespace meridian::markdown {

void CommonmarkPrinter::code(Str text, Str attributes, bool block) {
  if (block) begin_line();
  out_.add(block ? "<pre><code" : "<code");
  out_.add(attributes);
  out_.add('>');
  add_escaped(out_, text, Escape::Cmark);
  out_.add(block ? "</code></pre>\n" : "</code>");
}

bool CommonmarkPrinter::leaf(Type type, Str text, int level, Str attributes) {
  switch (type) {
    case Type::Text: add_escaped(out_, text, Escape::Cmark); return true;
    case Type::RawSpan: out_.add(text); return true;
    case Type::LineBreak: out_.add("<br />"); return true;
    case Type::CodeBlock:
    case Type::CodeSpan: code(text, attributes, type == Type::CodeBlock); return true;
    case Type::Image:
      out_.add("<img");
      out_.add(attributes);
      out_.add(" />");
      return true;
    case Type::TaskMark:
      out_.add("<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"\"");
      if (level) out_.add(" checked=\"\"");
      out_.add(" />");
      return true;
    case Type::RawHtml:
      begin_line();
      out_.add(text);
      begin_line();
      return true;
    case Type::ThematicBreak:
      begin_line();
      out_.add("<hr />\n");
      return true;
    default: return false;
  }
}

/// `<`, then `slash` if there is one, and the name.
void CommonmarkPrinter::name(char slash, Type type, const Element& element, int level) {
  char* at = out_.extend(1 + bool(slash) + element.size);
  if (!at) return;
  *at++ = '<';
  if (slash) *at++ = slash;
  for (char c : element.name()) *at++ = c;
  if (type == Type::Header) at[-1] = char('0' + level);
  if (type == Type::TableCell && level & kHeadCell) at[-1] = 'h';
}

void CommonmarkPrinter::open(Type type, int level, Str attributes) {
  const Element* element = element_of(type);
  if (!element) return;
  if (element->layout != Layout::Span) begin_line();
  name(0, type, *element, level);
  if (!attributes.empty()) out_.add(attributes);
  if (type == Type::TableCell && level & ~kHeadCell) {
    out_.add(" align=\"");
    out_.add(alignment_name(level & ~kHeadCell));
    out_.add('"');
  }
  out_.add('>');
  if (element->layout == Layout::Container) out_.add('\n');
}

void CommonmarkPrinter::close(Type type, int level) {
  const Element* element = element_of(type);
  if (!element) return;
  if (element->layout == Layout::Container) begin_line();
  name('/', type, *element, level);
  out_.add('>');
  if (element->layout != Layout::Span) out_.add('\n');
}

}  // namespace meridian::markdown
