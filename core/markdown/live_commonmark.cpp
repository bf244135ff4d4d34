// CommonMark and GitHub's Markdown while they are edited (LiveDocument in markdown.h): parsed whole, and told by
// blocks. Only live.wasm has this.
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

void LiveDocument::parse_blocks(LinkVisit links) {
  close();
  Str text = text_.str();
  Tree* tree = parse(text, options_, definitions_);
  if (!tree) return;
  open_ = true;
  if (links.visit) {
    auto visit = [&](LinkPlace& place) {
      bool moved = links.visit(links.context, place);
      moved_links_ |= moved;
      return moved;
    };
    each_link(*tree, visit);
  }
  Text html;
  std::size_t at = 0;
  for (const Node* block = tree->root.first; block; block = block->next) {
    // A block reaches up to the line in which the next one begins; that of footnotes, at the end, stands nowhere.
    std::size_t end = at;
    const Node* next = block->next;
    if (block->type == Type::Footnotes) next = nullptr;
    if (!next || next->type == Type::Footnotes) {
      if (block->type != Type::Footnotes) end = text.size();
    } else {
      std::size_t line = next->begin ? text.rfind('\n', next->begin - 1) : Str::npos;
      if (line != Str::npos && line + 1 > at) end = line + 1;
    }
    html.truncate(0);
    write_commonmark_html(block, html);
    Str source = slice(text, at, end);
    Part part = {};
    part.html = html_[arena_].copy(html.str());
    part.hash = fnv1a(part.html);
    part.source = std::uint32_t(source.size());
    part.source16 = utf16_size(source);
    part.html16 = utf16_size(part.html);
    part.raw = has_raw(block);
    for (char c : source) part.lines += c == '\n';
    parts_.add(lists_[list_], part);
    at = end;
  }
  definitions_.reset();
}

}  // namespace meridian::markdown
