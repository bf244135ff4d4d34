// The tree as HTML, byte for byte as kramdown's HTML converter prints it: two blanks of indentation
// a level, attributes in the order they were given, a newline after every block.
#include "html_output.h"
#include "tree.h"

namespace meridian::markdown {

namespace {
struct TocEntry {
  int level;
  Str id;
  const Node* header;
  TocEntry* next;
};

struct UsedFootnote {
  const Footnote* footnote;
  int number;
  int repeats;
  UsedFootnote* next;
};

class HtmlWriter : HtmlOutput {
 public:
  HtmlWriter(const Tree& tree, Text& out) : HtmlOutput(tree, out) {}

  void write_root() {
    write_children(&tree_.root, -2);
    std::size_t end = out_.size(), notes_at = notes_at_ == Str::npos ? end : notes_at_;
    write_footnotes();
    std::size_t notes_size = out_.size() - end;
    move_end(end, notes_at);
    if (!toc_list_) return;
    if (toc_at_ > end)  // it is in a footnote
      toc_at_ -= end - notes_at;
    else if (toc_at_ > notes_at)
      toc_at_ += notes_size;
    end = out_.size();
    write_toc();
    move_end(end, toc_at_);
  }

 private:
  /// Moves the output from `end` on to an earlier place.
  void move_end(std::size_t end, std::size_t to) {
    if (to == end) return;
    Str moved = arena_.copy(out_.str().substr(end));
    out_.truncate(end);
    out_.insert(to, moved);
  }

  void write_children(const Node* node, int depth) {
    for (const Node* child = node->first; child; child = child->next) write(child, depth + 2);
    if (node == backlink_node_) write_backlinks(true);
  }
  void write_block(Str name, const Attribute* attributes, const Node* node, int depth) {
    open_block(name, attributes, depth);
    write_children(node, depth);
    close_block(name);
  }
  /// A node that is an element with its children.
  void write_element(const Node* node, int depth) {
    const Element* element = element_of(node->type);
    if (!element) return;
    bool container = element->layout == Layout::Container;
    if (container) indent(depth);
    open(element->name(), node->attributes);
    if (container) add('\n');
    write_children(node, depth);
    if (container) indent(depth);
    close(element->name());
    if (container) add('\n');
  }
  // ---- blocks ----

  static bool refers_to(const Node* node, Str name) {
    for (const Attribute* a = node->ial ? node->ial->first : nullptr; a; a = a->next) {
      if (a->name.empty() && a->value == name) return true;
    }
    return false;
  }

  void write_paragraph(const Node* node, int depth) {
    const Node* image = node->first;
    if (node->transparent || (node->parent && node->parent->tight)) {
      write_children(node, depth);
    } else if (image && !image->next && image->type == Type::Image &&
               refers_to(image, "standalone")) {
      write_figure(node, image, depth);
    } else {
      write_block("p", node->attributes, node, depth);
    }
  }

  /// A paragraph of one picture that is marked `{:standalone}`; class and id move to the figure.
  void write_figure(const Node* node, const Node* image, int depth) {
    Attribute* figure = copy_attributes(arena_, node->attributes);
    Attribute* picture = copy_attributes(arena_, image->attributes);
    for (Str name : {Str("class"), Str("id")}) {
      Attribute* moved = find_attribute(picture, name);
      if (!moved || find_attribute(figure, name)) continue;
      set_attribute(arena_, figure, name, moved->value);
      remove_attribute(picture, name);
    }
    Attribute* alt = find_attribute(picture, "alt");
    open_block("figure", figure, depth);
    add('\n');
    indent(depth + 2);
    write_empty("<img", picture);
    add('\n');
    indent(depth + 2);
    add("<figcaption>");
    if (alt) add(alt->value);
    add("</figcaption>\n");
    indent(depth);
    close_block("figure");
  }

  void write_header(const Node* node, int depth) {
    Attribute* attributes = node->attributes;
    Attribute* id = find_attribute(node, "id");
    if (options_.auto_ids && !id) {
      Text plain;
      if (node->text.data()) {
        plain.add(node->text);
      } else {
        add_plain_text(plain, node, options_.gfm_input);
      }
      Str made = kramdown_header_id(arena_, plain.str(), ids_);
      attributes = with(attributes, "id", arena_.join(options_.auto_id_prefix, made));
      id = find_attribute(attributes, "id");
    }
    if (id && (options_.toc_levels >> node->level & 1) && !has_class(node, "no_toc")) {
      auto* entry = arena_.make<TocEntry>(TocEntry{node->level, id->value, node, nullptr});
      (last_toc_ ? last_toc_->next : toc_) = entry;
      last_toc_ = entry;
    }
    int level = node->level + options_.header_offset;
    const char name[] = {'h', char('0' + (level < 1 ? 1 : level > 6 ? 6 : level)), 0};
    write_block(name, attributes, node, depth);
  }
  void write_list(const Node* node, int depth) {
    if (!toc_list_ && refers_to(node, "toc")) {
      toc_list_ = node;
      toc_at_ = out_.size();
    } else if (notes_at_ == Str::npos && refers_to(node, "footnotes")) {
      notes_at_ = out_.size();
    } else {
      write_element(node, depth);
    }
  }

  void write_item(const Node* node, int depth) {
    Str name = element_of(node->type)->name();
    open_block(name, node->attributes, depth);
    bool inline_start = !node->first || (node->first->type == Type::Paragraph &&
                                         (node->first->transparent || node->tight));
    if (!inline_start) add('\n');
    std::size_t start = out_.size();
    write_children(node, depth);
    if (!inline_start || (out_.size() > start && ends_line())) indent(depth);
    close_block(name);
  }

  void write_term(const Node* node, int depth) {
    Attribute* attributes = node->attributes;
    if (!find_attribute(node, "id") && node->parent && node->parent->ial) {
      for (const Attribute* a = node->parent->ial->first; a; a = a->next) {
        constexpr Name kMark = "auto_ids";
        if (!a->name.empty() || !starts_with(a->value, kMark)) continue;
        Str prefix = a->value.substr(kMark.size());
        std::size_t end = 1;
        while (end < prefix.size() &&
               (is_alnum(prefix[end]) || prefix[end] == '_' || prefix[end] == '-'))
          ++end;
        prefix = starts_with(prefix, "-") && end > 1 ? prefix.substr(1, end - 1) : Str();
        Text plain;
        add_plain_text(plain, node, options_.gfm_input);
        attributes = with(attributes, "id", arena_.join(prefix, kramdown_id(arena_, plain.str())));
        break;
      }
    }
    write_block("dt", attributes, node, depth);
  }

  void write_cell(const Node* node, int depth) {
    Str name = node->parent && node->parent->parent && node->parent->parent->type == Type::TableHead
                   ? "th"
                   : "td";
    Attribute* attributes = node->attributes;
    if (node->level) {
      Attribute* style = find_attribute(attributes, "style");
      Str before = style ? arena_.join(style->value, "; ") : Str();
      attributes = with(attributes, "style",
                        arena_.join(before, "text-align: ", alignment_name(node->level)));
    }
    open_block(name, attributes, depth);
    std::size_t start = out_.size();
    write_children(node, depth);
    if (out_.size() == start) add_nbsp();
    close_block(name);
  }

  static bool in_raw_html(const Node* node) {
    return node->parent && node->parent->type == Type::HtmlElement &&
           (node->parent->flags & kContentRaw);
  }
  void write_html_element(const Node* node, int depth) {
    bool span = node->flags & kSpan, block_content = node->flags & kContentBlock;
    bool bodyless = node->flags & kVoid;
    bool own_line = !span && !in_raw_html(node);
    if (own_line) indent(depth);
    tag(0, node->text, 0);
    add_attributes(out_, node->attributes);
    std::size_t before = out_.size();
    add(block_content && !span ? ">\n" : ">");
    std::size_t start = out_.size();
    write_children(node, depth);
    bool empty = out_.size() == start && !ends_in_list();
    if (!span && (node->flags & kClosed) && (node->flags & kContentRaw)) {
      out_.truncate(before);
      add(" />");
    } else if (empty) {
      out_.truncate(before);
      add(bodyless ? " />" : ">");
      if (!bodyless) close(node->text);
    } else {
      if (block_content && !span) {
        if (ends_line()) out_.truncate(out_.size() - 1);
        add('\n');
        indent(depth);
      }
      close(node->text);
    }
    if (own_line) add('\n');
  }
  void write_comment(const Node* node, int depth) {
    bool own_line = !(node->flags & kSpan) && !in_raw_html(node);
    if (own_line) indent(depth);
    add(node->text);
    if (own_line) add('\n');
  }

  void write_math(const Node* node, int depth) {
    bool block = node->type == Type::MathBlock;
    Attribute* attributes = node->attributes;
    if (!options_.math) {
      attributes = copy_attributes(arena_, attributes);
      add_class(arena_, attributes, "kdmath");
    }
    bool element = attributes;
    if (element && block) indent(depth);
    if (element) open(block ? "div" : "span", attributes);
    if (!options_.math || (element && !block)) {
      add(block ? "$$\n" : "$");
      add(node->text);
      add(block ? "\n$$" : "$");
    } else {
      add(block ? "\\[" : "\\(");
      escape(node->text, Escape::All);
      add(block ? "\\]\n" : "\\)");
    }
    if (element) close(block ? "div" : "span");
    if (element && block) add('\n');
  }

  void write_abbreviation(const Node* node) {
    const AbbreviationDefinition& definition = tree_.abbreviations[node->begin];
    Attribute* attributes = definition.mark->attributes;
    if (!definition.title.empty()) attributes = with(attributes, "title", definition.title);
    open("abbr", attributes);
    add(node->text);
    add("</abbr>");
  }

  // ---- footnotes and contents ----

  void write_footnote_reference(const Node* node) {
    const Footnote* footnote = &tree_.footnotes[node->begin];
    auto* used = numbers_[node->begin];
    if (used) {
      ++used->repeats;
    } else {
      used = arena_.make<UsedFootnote>(UsedFootnote{footnote, next_number_++, 0, nullptr});
      numbers_[node->begin] = used;
      (last_note_ ? last_note_->next : notes_) = used;
      last_note_ = used;
    }
    add_note(
        "<sup id=\"fnref:@+\" role=\"doc-noteref\"><a href=\"#fn:@\" class=\"footnote\" "
        "rel=\"footnote\">$</a></sup>",
        used, used->repeats);
  }
  /// Writes a pattern in which `@` is the name of a footnote, `$` its number and `+` a repeat, if
  /// it is one.
  void add_note(const char* pattern, const UsedFootnote* note, int repeat) {
    for (char c; (c = *pattern); ++pattern) {
      if (c == '@') {
        add(options_.footnote_prefix);
        add(note->footnote->name);
      } else if (c == '$') {
        add_number(note->number);
      } else if (c != '+') {
        add(c);
      } else if (repeat) {
        add(':');
        add_number(repeat);
      }
    }
  }

  void write_footnotes() {
    if (!notes_) return;
    add("<div class=\"footnotes\" role=\"doc-endnotes\">\n  <ol");
    if (options_.footnote_nr != 1) {
      add(" start=\"");
      add_number(options_.footnote_nr);
      add('"');
    }
    add(">\n");
    for (note_ = notes_; note_; note_ = note_->next) write_footnote();
    add("  </ol>\n</div>\n");
  }
  void write_footnote() {
    const Node* content = note_->footnote->content;
    const Node* last = content->last;
    backlinks_ = note_->repeats;  // references to a footnote from inside of it are not counted
    add_note("    <li id=\"fn:@\" role=\"doc-endnote\">", note_, 0);
    const Node* paragraph = nullptr;
    if (last && (last->type == Type::Paragraph || options_.footnote_backlink_inline)) {
      const Node* at = last;
      while (at && at->type != Type::Paragraph && at->type != Type::Header) at = at->last;
      paragraph = at;
    }
    bool inline_start =
        content->first && content->first->type == Type::Paragraph && content->first->transparent;
    if (!inline_start) add('\n');
    backlink_node_ = options_.footnote_backlink.empty() ? nullptr : paragraph;
    for (const Node* child = content->first; child; child = child->next) write(child, 6);
    backlink_node_ = nullptr;
    if (!paragraph) {
      add("      <p>");
      write_backlinks(false);
      add("</p>\n");
    }
    if (!inline_start || ends_line()) indent(4);
    add("</li>\n");
  }
  void write_backlinks(bool after_text) {
    backlink_node_ = nullptr;
    if (options_.footnote_backlink.empty()) return;
    for (int i = 0; i <= backlinks_; ++i) {
      if (i || after_text) add_nbsp();
      add_note("<a href=\"#fnref:@+\" class=\"reversefootnote\" role=\"doc-backlink\">", note_, i);
      escape(options_.footnote_backlink, Escape::Text);
      if (i) {
        add("<sup>");
        add_number(i + 1);
        add("</sup>");
      }
      add("</a>");
    }
  }

  void write_toc() {
    if (!toc_) return;
    Attribute* attributes = toc_list_->attributes;
    if (!find_attribute(attributes, "id")) attributes = with(attributes, "id", "markdown-toc");
    toc_id_ = find_attribute(attributes, "id")->value;
    toc_name_ = element_of(toc_list_->type)->name();
    in_toc_ = true;
    open(toc_name_, attributes);
    add('\n');
    const TocEntry* at = toc_;
    // A header of a higher rank than those before it is on their level.
    while (at) at = write_toc_entry(at, 2);
    close_block(toc_name_);
    in_toc_ = false;
  }
  /// Writes an entry with those below it; returns the next one.
  const TocEntry* write_toc_entry(const TocEntry* entry, int depth) {
    indent(depth);
    add("<li><a href=\"#");
    escape(entry->id, Escape::Attribute);
    add("\" id=\"");
    escape(toc_id_, Escape::Attribute);
    add('-');
    escape(entry->id, Escape::Attribute);
    add("\">");
    write_children(entry->header, depth);
    add("</a>");
    const TocEntry* next = entry->next;
    if (next && next->level > entry->level) {
      open_block(toc_name_, nullptr, depth + 2);
      add('\n');
      while (next && next->level > entry->level) next = write_toc_entry(next, depth + 4);
      indent(depth + 2);
      close_block(toc_name_);
      indent(depth);
    }
    add("</li>\n");
    return next;
  }

  void write(const Node* node, int depth);

  IdCounter ids_;

  TocEntry *toc_ = nullptr, *last_toc_ = nullptr;
  const Node* toc_list_ = nullptr;
  Str toc_id_, toc_name_;
  bool in_toc_ = false;

  UsedFootnote *notes_ = nullptr, *last_note_ = nullptr;
  const UsedFootnote* note_ = nullptr;   // the one that is written
  const Node* backlink_node_ = nullptr;  // blocks that have the back links at their end
  int next_number_ = options_.footnote_nr, backlinks_ = 0;
  /// For each footnote of the tree, where it was used first.
  UsedFootnote** numbers_ = make_numbers();
  UsedFootnote** make_numbers() {
    std::size_t bytes = sizeof(void*) * tree_.footnotes.size;
    void* p = arena_.alloc(bytes);
    if (bytes) std::memset(p, 0, bytes);
    return static_cast<UsedFootnote**>(p);
  }
};

void HtmlWriter::write(const Node* node, int depth) {
  switch (node->type) {
    case Type::Root:
    case Type::EndOfBlock: break;
    case Type::Paragraph: write_paragraph(node, depth); break;
    case Type::Header: write_header(node, depth); break;
    case Type::CodeBlock: write_code_block(node, depth); break;
    case Type::UnorderedList:
    case Type::OrderedList: write_list(node, depth); break;
    case Type::Item:
    case Type::Definition: write_item(node, depth); break;
    case Type::Term: write_term(node, depth); break;
    case Type::TableCell: write_cell(node, depth); break;
    case Type::HtmlElement: write_html_element(node, depth); break;
    case Type::RawHtml:
    case Type::RawSpan:
    case Type::Symbol:
    case Type::TaskMark: add(node->text); break;
    case Type::Comment: write_comment(node, depth); break;
    case Type::MathBlock:
    case Type::MathSpan: write_math(node, depth); break;
    case Type::Text:
    case Type::RawText: write_text(node); break;
    case Type::CodeSpan: write_code_span(node); break;
    case Type::ThematicBreak:
      indent(depth);
      write_empty("<hr", node->attributes);
      add('\n');
      break;
    case Type::Image: write_empty("<img", node->attributes); break;
    case Type::LineBreak: add("<br />"); break;
    case Type::Blank:
    case Type::SoftBreak: add('\n'); break;
    case Type::FootnoteReference:
      if (!in_toc_) write_footnote_reference(node);
      break;
    case Type::Abbreviation: write_abbreviation(node); break;
    case Type::Link:
      if (in_toc_) return write_children(node, depth);
      [[fallthrough]];
    default: write_element(node, depth);
  }
}
}  // namespace

void write_kramdown_html(const Tree& tree, Text& out) { HtmlWriter(tree, out).write_root(); }

}  // namespace meridian::markdown
