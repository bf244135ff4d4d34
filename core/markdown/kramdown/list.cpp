// Ordered and unordered lists, task lists, and definition lists: the lines of an item are gathered
// without their indentation, then parsed as blocks.
#include "parser.h"

namespace meridian::markdown::kramdown {

/// An item while its lines are gathered.
struct Parser::Item {
  Node* node = nullptr;
  std::size_t indentation = 0;
  Text value;
  List<Origin> origins = {};
  List<std::uint32_t> cuts =
      {};         ///< where a nested list begins, which is parsed as a text of its own
  Str only_line;  ///< the first line, while nothing was added to it
  std::size_t only_line_at = 0;  ///< its place in the text around
  bool nested_list = false;
  bool definition = false;

  /// The number of blanks that may precede the mark of the next item.
  std::size_t most_spaces() const {
    return indentation >= 1 && indentation <= 3 ? indentation - 1 : 3;
  }
};

namespace {
/// `at` when the text behind a list mark permits an item, else 0.
std::size_t behind_mark(Str s, std::size_t at) {
  return is_one_of(char_at(s, at), " \t|")
             ? at
             : 0;  // kramdown's class of characters there has a bar in it
}
}  // namespace

/// Behind the mark of LIST_START with up to `most_spaces` before it; 0 when there is none.
std::size_t Parser::list_content(Str s, std::size_t at, std::size_t most_spaces) const {
  at = skip_spaces(s, at, most_spaces);
  if (is_digit(char_at(s, at))) {
    while (is_digit(char_at(s, at))) ++at;
    if (char_at(s, at) != '.') return 0;
  } else if (!is_one_of(char_at(s, at), "*-+")) {
    return 0;
  }
  return behind_mark(s, at + 1);
}

std::size_t Parser::definition_content(std::size_t at, std::size_t most_spaces) const {
  at = skip_spaces(s_, at, most_spaces);
  return peek(at) == ':' ? behind_mark(s_, at + 1) : 0;
}

namespace {
/// Length of an attribute list at the start of an item, white space around it included; 0 when
/// there is none.
std::size_t item_list_length(Str s, Str& content) {
  std::size_t at = skip_space(s, 0);
  if (!starts_at(s, at, "{:")) return 0;
  std::size_t from = at + 2, name = skip_id(s, from);
  if (char_at(s, name) == ':' || char_at(s, from) == '/') return 0;
  std::size_t end = find_brace(s, from);
  if (end == npos || end == from) return 0;
  content = slice(s, from, end);
  return skip_space(s, end + 1);
}
}  // namespace

/// The item that begins at the parser's position; parses the one before it.
Parser::Item* Parser::next_item(Item* before, Node* list, Type type, std::size_t content) {
  if (before) finish_item(*before);
  Item* item = new (arena_.alloc(sizeof(Item))) Item();
  item->node = add_to(list, type);
  item->definition = type == Type::Definition;
  start_item(*item, content - pos_, between(content, next_line(pos_)));
  return item;
}

/// The first line of an item: determines its indentation, and removes its attribute list.
void Parser::start_item(Item& item, std::size_t marker, Str content) {
  Str list;
  std::size_t length = item_list_length(content, list);
  Text tabless;
  std::size_t at = std::size_t(content.data() - s_.data());
  if (skip_space(content, length) == content.size()) {
    item.indentation = 4;
  } else {
    std::size_t first = 0;
    while (char_at(content, first) == ' ') ++first;
    if (char_at(content, first) == '\t') {
      std::size_t column = marker;
      for (first = 0; is_blank(char_at(content, first)); ++first)
        column += content[first] == '\t' ? 4 - column % 4 : 1;
      item.indentation = column;
    } else {
      item.indentation = marker + first;
    }
  }
  std::size_t skipped = length ? 0 : skip_space(content, 0);
  if (length) {
    parse_attribute_list(list, item.node->ial);
    skipped = length;
  }
  content.remove_prefix(skipped);
  item.only_line = content;
  item.only_line_at = at + skipped;
  item.nested_list = list_content(content, 0, 3);
  item.node->begin = in_->offset_of(pos_);
}

/// Copies the first line, because others follow.
void Parser::own_lines(Item& item) {
  if (!item.origins.empty()) return;
  item.value.add(item.only_line);
  item.origins.add(arena_, Origin{0, in_->offset_of(item.only_line_at)});
}

void Parser::add_to_item(Item& item, std::size_t from, std::size_t end, std::size_t blanks) {
  own_lines(item);
  item.origins.add(arena_, Origin{std::uint32_t(item.value.size()), in_->offset_of(from)});
  item.value.add(blanks, ' ');
  item.value.add(between(from, end));
}

/// Whether the line at the parser's position belongs to the item; adds it, and returns its end,
/// else npos.
std::size_t Parser::item_line(Item& item, bool lazy_allowed) {
  std::size_t end = next_line(pos_);
  std::size_t visible = skip_space(s_, pos_);
  if (visible >= end) return npos;
  // The indentation may be written with tabs.
  auto units = [&](std::size_t count, std::size_t spaces) {
    std::size_t at = pos_;
    for (; count; --count) {
      if (peek(at) == '\t') {
        ++at;
      } else if (starts(at, "    ")) {
        at += 4;
      } else {
        return npos;
      }
    }
    return skip_spaces(s_, at, spaces) == at + spaces ? at + spaces : npos;
  };
  std::size_t content = units(item.indentation / 4, item.indentation % 4);
  if (content == npos) content = units(item.indentation / 4 + 1, 0);
  if (content == npos || content > visible) {
    if (!lazy_allowed) return npos;
    std::size_t most = item.indentation < 3 ? item.indentation : 3;
    if (match_block_tag(s_, pos_, most) || block_ial_end(skip_spaces(s_, pos_, most)) != npos)
      return npos;
  }
  // Leading tabs become four blanks each; then the indentation is removed, when it is complete.
  std::size_t tabs = pos_;
  while (peek(tabs) == '\t') ++tabs;
  std::size_t blanks = 4 * (tabs - pos_), from = tabs;
  bool indented = blanks >= item.indentation;
  if (indented) {
    blanks -= item.indentation;
  } else {
    std::size_t wanted = item.indentation - blanks;
    indented = skip_spaces(s_, from, wanted) == from + wanted;
    if (indented) {
      from += wanted;
      blanks = 0;
    }
  }
  own_lines(item);
  bool list_here = !item.definition && blanks <= 3 && list_content(s_, from, 3 - blanks);
  if (list_here && !item.nested_list && indented) {
    item.cuts.add(arena_, std::uint32_t(item.value.size()));
    item.nested_list = true;
  } else if (list_here && item.nested_list && !indented && may_nest(item.indentation + 4)) {
    blanks += item.indentation + 4;
  }
  add_to_item(item, from, end, blanks);
  return end;
}

/// Parses the collected lines into the item.
void Parser::finish_item(Item& item) {
  if (!item.node) return;
  item.node->end = in_->offset_of(pos_);
  BlockText inner;
  if (item.origins.empty()) {
    inner.set_part(*in_, item.only_line_at, item.only_line_at + item.only_line.size());
    item.value.~Text();
    parse_blocks(item.node, inner);
    return;
  }
  copied_ += item.value.size();
  Str all = arena_.copy(item.value.str());
  item.value.~Text();  // items inside items need the heap
  std::uint32_t from = 0;
  for (std::uint32_t i = 0; i <= item.cuts.size; ++i) {
    std::uint32_t to = i < item.cuts.size ? item.cuts[i] : std::uint32_t(all.size());
    BlockText piece;
    piece.text = all.substr(from, to - from);
    piece.origins = item.origins;
    piece.base = from;
    parse_blocks(item.node, piece);
    from = to;
  }
}

/// Reads the items of a list, or the definitions of its terms; `blank`: a blank line precedes the
/// first. Returns whether an end marker ended a list; one behind definitions stays.
bool Parser::parse_items(Node* list, bool blank) {
  bool definitions = list->type == Type::DefinitionList, ordered = list->type == Type::OrderedList;
  std::size_t end;
  Item* item = nullptr;
  while (pos_ < s_.size()) {
    if (!definitions && blank && thematic_break_end(pos_) != npos) break;
    if (end_marker_end(pos_) != npos) break;
    std::size_t most_spaces = item ? item->most_spaces() : 3;
    std::size_t content =
        definitions ? definition_content(pos_, most_spaces) : list_content(s_, pos_, most_spaces);
    bool last_blank = blank;
    blank = false;
    if (content && (s_[content - 1] == '.') == ordered) {
      item = next_item(item, list, definitions ? Type::Definition : Type::Item, content);
      item->node->tight =
          definitions && !last_blank;  // for now: the first paragraph prints without <p>
      end = next_line(pos_);
    } else if ((end = item_line(*item, !last_blank)) == npos) {
      end = blank_end(pos_);
      if (end == pos_) break;
      item->nested_list = blank = true;
      add_to_item(*item, pos_, end, 0);
    }
    pos_ = end;
  }
  end = definitions ? npos : end_marker_end(pos_);
  if (end != npos) pos_ = end;
  finish_item(*item);
  return end != npos;
}

bool Parser::parse_list() {
  std::size_t content = list_content(s_, pos_, 3);
  // The copy of an item is counted when it is made; here only whether there is room for one.
  if (!content || !may_nest(0)) return false;
  std::size_t begin = pos_;
  Node* list = new_block(s_[content - 1] == '.' ? Type::OrderedList : Type::UnorderedList);
  append(node_, list);
  bool end_marker = parse_items(list, false);
  finish(list, begin);
  settle_items(list, end_marker);
  if (options_.gfm_input) mark_tasks(list);
  return true;
}

/// Decides which items print their first paragraph without <p>.
void Parser::settle_items(Node* list, bool end_marker) {
  Node* last = nullptr;  // the blank line that ended the last item moves behind the list
  auto is_plain = [](const Node* item) {  // its first paragraph, if any, prints without <p>
    return !item->first || item->first->type != Type::Paragraph || item->first->transparent;
  };
  bool any_plain = false;
  for (Node* item = list->first; item; item = item->next) {
    Node* first = item->first;
    if (!first) {
      any_plain = true;
      continue;
    }
    bool paragraph = first->type == Type::Paragraph;
    // An attribute list behind the first paragraph left a mark.
    if (paragraph && first->next && first->next->type == Type::EndOfBlock && first->ial)
      unlink(first->next);
    Node* second = first->next;
    bool last_item = !item->next;
    if (paragraph &&
        (!second || second->type != Type::Blank || (last_item && !second->next && !end_marker)) &&
        (!last_item || item == list->first || any_plain)) {
      if (second && second->type != Type::Blank && first->first)
        extend_text(arena_, first->first, "\n");
      first->transparent = true;
    }
    any_plain |= is_plain(item);
    last = nullptr;
    if (item->last->type == Type::Blank) {
      last = item->last;
      unlink(last);
    }
  }
  if (last && !end_marker) append(node_, last);
}

/// `[ ]` and `[x]` at the start of items become check boxes.
void Parser::mark_tasks(Node* list) {
  bool any = false;
  for (Node* item = list->first; item; item = item->next) {
    if (!item->first || item->first->type != Type::Paragraph || !item->first->first) continue;
    Node* raw = item->first->first;
    Str text = raw->text;
    std::size_t at = skip_space(text, 0);
    char mark = char_at(text, at + 1);
    std::size_t rest = skip_space(text, at + 3);
    if (char_at(text, at) == '[' && char_at(text, at + 2) == ']' && rest > at + 3 &&
        (mark == ' ' || (mark | 32) == 'x')) {
      raw->text = arena_.join(
          "<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\"",
          mark == ' ' ? "" : " checked=\"checked\"", " />", text.substr(rest));
      raw->flags &= std::uint8_t(~kOwned);
      any = true;
    }
    if (any) set(item, "class", "task-list-item");
  }
  if (any) set(list, "class", "task-list");
}

// ---- definition lists ----

bool Parser::parse_definition_list() {
  if (!definition_content(pos_, 3)) return false;
  Node* paragraph = last_child();
  bool blank =
      paragraph && paragraph->type == Type::Blank && paragraph->text == "\n" && paragraph->previous;
  if (blank) paragraph = paragraph->previous;
  if (!paragraph || paragraph->type != Type::Paragraph || !may_nest(0)) return false;
  Str terms = paragraph->first ? paragraph->first->text : Str();

  Node* list = new_block(Type::DefinitionList);
  if (blank) unlink(last_child());
  unlink(paragraph);
  list->begin = paragraph->begin;
  for (std::size_t at = 0; at < terms.size();) {
    std::size_t end = terms.find('\n', at);
    if (end == npos) end = terms.size();
    Str term = terms.substr(at, end - at), attributes;
    Node* node = add_to(list, Type::Term);
    node->begin = paragraph->begin;
    node->end = paragraph->end;
    if (std::size_t length = item_list_length(term, attributes)) {
      parse_attribute_list(attributes, node->ial);
      term.remove_prefix(length);
    }
    add_to(node, Type::RawText, term);
    at = end + 1;
  }
  list->ial = paragraph->ial;

  parse_items(list, blank);
  list->end = in_->offset_of(pos_);

  Node* last = nullptr;
  for (Node* node = list->first; node; node = node->next) {
    bool plain = node->tight;
    node->tight = false;
    if (node->type == Type::Term || !node->first) continue;
    last = node->last->type == Type::Blank ? node->last : nullptr;
    if (last) unlink(last);
    Node* first = node->first;
    if (first && first->type == Type::Paragraph && plain) {
      if (first->next && first->first) extend_text(arena_, first->first, "\n");
      first->transparent = true;
    }
  }
  // A list right behind another one continues it.
  Node* before = last_child();
  if (before && before->type == Type::Blank && before->previous &&
      before->previous->type == Type::DefinitionList) {
    before = before->previous;
    unlink(before->next);
  }
  if (before && before->type == Type::DefinitionList) {
    before->end = list->end;
    move_children(list, before);
  } else {
    append(node_, list);
  }
  if (last) append(node_, last);
  return true;
}

}  // namespace meridian::markdown::kramdown
