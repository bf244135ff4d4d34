// From a document to its tree: the passes, in kramdown's order.
#include "parser.h"

namespace meridian::markdown {

Tree* parse_kramdown(Str text, const Options& options, Arena& arena) {
  Tree* tree = make_tree(arena, options, text);
  kramdown::Parser(*tree).parse(text);
  return tree;
}

Tree* parse_smart(Str text, const Options& options, Arena& arena) {
  Tree* tree = make_tree(arena, options, text);
  kramdown::Parser(*tree).parse_smart(text);
  return tree;
}

}  // namespace meridian::markdown

namespace meridian::markdown::kramdown {

BlockText::BlockText() = default;

void BlockText::add(Str more) {
  std::memcpy(const_cast<char*>(text.end()), more.data(), more.size());
  text = Str(text.data(), text.size() + more.size());
}

void BlockText::add_line(Arena& arena, Str line, std::size_t origin) {
  origins.add(arena, Origin{std::uint32_t(text.size()), std::uint32_t(origin)});
  add(line);
}

void BlockText::set_part(const BlockText& whole, std::size_t from, std::size_t end) {
  text = slice(whole.text, from, end);
  origins = whole.origins;
  base = whole.base + std::uint32_t(from);
}

std::uint32_t BlockText::offset_of(std::size_t at) const {
  std::uint32_t wanted = base + std::uint32_t(at);
  if (origins.empty()) return wanted;
  // Asked for a place in the line of the last answer or in one of the next lines, most of the time.
  auto before = [&](std::uint32_t i) { return i < origins.size && origins[i].at <= wanted; };
  std::uint32_t low = before(last_origin) ? last_origin : 0, high = low + 1;
  for (std::uint32_t step = 1; before(high); step *= 2) {
    low = high;
    high += step;
  }
  if (high > origins.size) high = origins.size;
  while (high - low > 1) {
    std::uint32_t middle = (low + high) / 2;
    (before(middle) ? low : high) = middle;
  }
  last_origin = low;
  return origins[low].source + (wanted - origins[low].at);
}

/// Line ends become newlines, and there is exactly one more at the end.
void Parser::adapt(Str text, BlockText& source) {
  bool returns = text.find('\r') != npos;
  if (!returns && ends_with(text, "\n")) {
    source.text = text;
    return;
  }
  source.start_copy(arena_, text.size() + 1);
  for (std::size_t at = 0; at < text.size();) {
    std::size_t end = text.find('\r', at);
    source.add_line(arena_, slice(text, at, end), at);
    if (end == npos) break;
    source.add("\n");
    at = end + 1 + (char_at(text, end + 1) == '\n');
  }
  if (!ends_with(source.text, "\n")) source.add("\n");
}

void* Parser::entry(Map* names, Str name, ListBase& list, std::size_t item_size) {
  Value& number = names->set(name);
  if (number.nil()) {
    number = Value(int(list.size));
    std::memset(list.extend(arena_, item_size), 0, item_size);
  }
  return static_cast<char*>(list.data) + std::size_t(number.i) * item_size;
}

/// The link definitions of the configuration.
void Parser::read_link_options() {
  if (!options_.link_defs) return;
  for (const Map::Entry& e : *options_.link_defs) {
    Array* pair = e.value.array();
    if (!pair || !pair->size()) continue;
    Str title = pair->size() > 1 ? (*pair)[1].str() : Str();
    entry(link_ids_, downcased(arena_, e.key.str()), links_) =
        LinkDefinition{(*pair)[0].str(), title, title.data() != nullptr, nullptr};
  }
}

void Parser::parse(Str text) {
  definitions_ = make_map(arena_);
  link_ids_ = make_map(arena_);
  footnote_names_ = make_map(arena_);
  abbreviation_names_ = make_map(arena_);
  document_size_ = text.size();
  read_link_options();
  BlockText source;
  adapt(text, source);
  parse_blocks(&tree_.root, source);
  tree_.root.end = std::uint32_t(text.size());
  update_tree(&tree_.root);
  for (const Footnote& footnote : tree_.footnotes) update_tree(footnote.content);
  replace_abbreviations();
  has_breaks_ |= options_.hard_wrap;
  if (options_.gfm_input) update_elements(&tree_.root);
}

void Parser::parse_smart(Str text) {
  BlockText source;
  adapt(text, source);
  SpanParser::parse(*this, source.text, Type::Text, 0, &tree_.root, SpanParser::kSmart);
}

/// Parses the text whose spans were left for later, in place of it.
void Parser::parse_span_text(Node* raw) {
  Node* parent = raw->parent;
  Node* before = raw->previous;
  unlink(raw);
  SpanParser::parse(*this, raw->text, Type::Text, depth_, raw);
  if (!raw->first) return;
  for (Node* child = raw->first; child; child = child->next) child->parent = parent;
  raw->first->previous = before;
  Node*& link = before ? before->next : parent->first;
  Node* after = link;
  link = raw->first;
  raw->last->next = after;
  (after ? after->previous : parent->last) = raw->last;
}

/// Parses spans, applies attribute lists, and removes nodes that only marked a place.
void Parser::update_tree(Node* node) {
  Node* last_blank = nullptr;
  for (Node *child = node->first, *next; child; child = next) {
    next = child->next;
    if (child->type == Type::RawText) {
      last_blank = nullptr;
      parse_span_text(child);
      continue;
    }
    if (child->type == Type::Blank) {
      if (last_blank) {
        unlink(child);
      } else {
        last_blank = child;
      }
      continue;
    }
    if (child->type == Type::EndOfBlock) {
      if (child->ial) apply_list(child->attributes, *child->ial);
      unlink(child);
      continue;
    }
    last_blank = nullptr;
    ++depth_;
    update_tree(child);
    --depth_;
    if (child->ial) apply_list(child->attributes, *child->ial);
  }
}

// ---- the GFM parser's last step ----

/// A backslash (with `hard_wrap` nothing) before a newline breaks the line.
void Parser::break_lines(Node* parent, Node* text) {
  Str mark = options_.hard_wrap ? Str("\n") : Str("\\\n");
  Str s = text->text;
  std::size_t at = s.find(mark);
  if (at == npos) return;
  bool last = !text->next;
  text->text = s.substr(0, at);
  text->flags &= std::uint8_t(~kOwned);
  Node* before = text;
  while (at != npos) {
    std::size_t line = at + mark.size(), next = s.find(mark, line);
    bool at_end =
        line == s.size() && last && parent->type != Type::HtmlElement && parent->type < Type::Text;
    if (!at_end) {
      Node* line_break = make(Type::LineBreak);
      insert_after(parent, before, line_break);
      before = line_break;
    }
    // The newline stays with the line that it begins.
    Node* rest = make(Type::Text, s.substr(line - 1, (next == npos ? s.size() : next) - line + 1));
    insert_after(parent, before, rest);
    before = rest;
    at = next;
  }
}

void Parser::update_elements(Node* node) {
  for (Node *child = node->first, *next; child; child = next) {
    next = child->next;
    if (child->type == Type::Text) {
      if (has_breaks_) break_lines(node, child);
    } else if (child->type == Type::HtmlElement || child->type == Type::Strikethrough) {
      continue;
    } else if (!has_breaks_ && (child->type == Type::Paragraph || child->type == Type::Table)) {
      continue;  // no header in these
    } else if (child->type == Type::Header && options_.auto_ids && !find_attribute(child, "id")) {
      Text plain;
      add_plain_text(plain, child, true);
      Str id = gfm_header_id(arena_, plain.str(), ids_);
      set(child, "id", arena_.join(options_.auto_id_prefix, id));
    } else if (child->first) {
      update_elements(child);
    }
  }
}

}  // namespace meridian::markdown::kramdown
