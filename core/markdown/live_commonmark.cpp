// CommonMark and GitHub's Markdown while they are edited (LiveDocument in markdown.h): parsed
// whole, and compared by blocks. Only live.wasm has this.
#include "commonmark_html.h"
#include "meridian/text.h"

namespace meridian::markdown {

namespace {
/// Whether a block has HTML that is printed as it was written.
bool has_raw(const Node* node) {
  if (node->type == Type::RawHtml || node->type == Type::RawSpan) return true;
  for (const Node* child = node->first; child; child = child->next) {
    if (has_raw(child)) return true;
  }
  return false;
}
}  // namespace

void LiveDocument::parse_commonmark(LinkVisit links) {
  close();
  Str text = text_.str();
  Tree* tree = parse(text, options_, definitions_);
  if (!tree) return;
  open_ = true;
  if (links.visit) {
    auto visit = [&](LinkPlace& place) { return links.visit(links.context, place); };
    each_link(*tree, visit);
  }
  // A block reaches up to the line in which the next one begins, the last to the end of the text.
  auto end_of = [&](const Node* block, std::size_t begin) {
    const Node* next = block->next;
    if (!next || next->type == Type::Footnotes) return text.size();
    std::size_t line = next->begin ? text.rfind('\n', next->begin - 1) : Str::npos;
    return line == Str::npos || line < begin ? begin : line + 1;
  };
  Text html;
  std::size_t at = 0;
  for (const Node* block = tree->root.first; block; block = block->next) {
    // Footnotes, at the end, have no position in the text.
    std::size_t end = block->type == Type::Footnotes ? at : end_of(block, at);
    html.truncate(0);
    write_commonmark_html(block, html);
    add_part(slice(text, at, end), html.str(), lists_[list_], parts_).raw = has_raw(block);
    at = end;
  }
  definitions_.reset();
}

}  // namespace meridian::markdown
