#include "visit.h"

#include "meridian/text.h"
#include "tree.h"

namespace meridian::markdown {

Node* next_outside(Node* node, const Node* root) {
  while (node && node != root && !node->next) node = node->parent;
  return !node || node == root ? nullptr : node->next;
}

Node* next_in_order(Node* node, const Node* root) {
  return node->first ? node->first : next_outside(node, root);
}

void add_visible_text(const Node& root, Text& out) {
  for (Node* node = root.first; node; node = next_in_order(node, &root)) {
    switch (node->type) {
      case Type::Text:
      case Type::CodeSpan:
      case Type::MathSpan:
      case Type::Symbol:
      case Type::Abbreviation: out.add(node->text); break;
      case Type::SoftBreak:
      case Type::LineBreak: out.add(' '); break;
      case Type::Image:
        if (Attribute* alt = find_attribute(node, "alt")) out.add(alt->value);
        break;
      default: break;
    }
  }
}

Str first_heading(const Tree& tree) {
  for (Node* node = tree.root.first; node; node = node->next) {
    if (node->type == Type::Blank || node->type == Type::Comment) continue;
    if (node->type == Type::RawHtml && starts_with(strip(node->text), "<!--")) continue;
    if (node->type != Type::Header) break;
    Text text;
    add_visible_text(*node, text);
    return tree.arena.copy(strip(text.str()));
  }
  return {};
}

// ---- links ----

namespace {

/// Reads the attributes of tags in raw HTML and rewrites those that are links.
class RawLinks {
 public:
  RawLinks(Str html, bool (*visit)(void*, LinkPlace&), void* context)
      : html_(html), visit_(visit), context_(context) {}

  /// Adds to `out` the HTML with its replacements; false, and nothing is added, when there are
  /// none.
  bool rewrite(Text& out) {
    out_ = &out;
    for (std::size_t at = html_.find('<'); at != Str::npos; at = html_.find('<', at))
      at = tag(at + 1);
    if (!done_) return false;
    out.add(html_.substr(done_));
    return true;
  }

 private:
  bool is(std::size_t at, Str chars) const {
    return at < html_.size() && chars.find(html_[at]) != Str::npos;
  }

  std::size_t tag(std::size_t at) {
    if (starts_with(html_.substr(at), "!--")) {
      std::size_t end = html_.find("-->", at);
      return end == Str::npos ? html_.size() : end;
    }
    std::size_t begin = at;
    while (at < html_.size() && is_alnum(html_[at])) at++;
    Str name = html_.substr(begin, at - begin);
    bool image = equal_ignoring_case(name, "img");
    if (!image && !equal_ignoring_case(name, "a")) return at;
    while (at < html_.size() && html_[at] != '>') {
      std::size_t before = at;
      at = attribute(at, image);
      if (at == before) at++;
    }
    return at;
  }

  /// One attribute with the space before it.
  std::size_t attribute(std::size_t at, bool image) {
    while (at < html_.size() && (is_space(html_[at]) || html_[at] == '/')) at++;
    std::size_t begin = at;
    while (at < html_.size() && !is_space(html_[at]) && !is(at, "=>/\"'<")) at++;
    Str name = html_.substr(begin, at - begin);
    std::size_t next = at;
    while (next < html_.size() && is_space(html_[next])) next++;
    if (!is(next, "=")) return at;
    next++;
    while (next < html_.size() && is_space(html_[next])) next++;
    char quote = is(next, "\"'") ? html_[next] : 0;
    std::size_t value = quote ? next + 1 : next, end = value;
    if (quote) {
      end = html_.find(quote, value);
      if (end == Str::npos) return html_.size();
    } else {
      while (end < html_.size() && !is_space(html_[end]) && html_[end] != '>') end++;
    }
    if (equal_ignoring_case(name, image ? "src" : "href")) replace(value, end, image, quote);
    return quote ? end + 1 : end;
  }

  void replace(std::size_t begin, std::size_t end, bool image, char quote) {
    LinkPlace place{html_.substr(begin, end - begin), image, false, true};
    if (!visit_(context_, place)) return;
    out_->add(html_.substr(done_, begin - done_));
    if (!quote) out_->add('"');
    add_escaped_once(*out_, place.url);
    if (!quote) out_->add('"');
    done_ = end;
  }

  Str html_;
  bool (*visit_)(void*, LinkPlace&);
  void* context_;
  Text* out_ = nullptr;
  std::size_t done_ = 0;
};

bool is_alone(const Node& node) {
  return !node.previous && !node.next && node.parent->type == Type::Paragraph;
}

/// Puts HTML in the place of an image; where it is all of its paragraph, instead of that.
void replace_image(Node& node, Str html) {
  bool alone = is_alone(node);
  node.type = alone ? Type::RawHtml : Type::RawSpan;
  node.text = html;
  node.attributes = nullptr;
  node.parent->transparent |= alone;
}

void visit_attribute(Arena& arena, Node& node, bool image, bool (*visit)(void*, LinkPlace&),
                     void* context) {
  Name name = image ? "src" : "href";
  Attribute* attribute = find_attribute(&node, name);
  if (!attribute) return;
  LinkPlace place{attribute->value, image, image && is_alone(node), node.type == Type::HtmlElement};
  if (!visit(context, place)) return;
  attribute->value = place.url;
  if (!place.css_class.empty()) add_class(arena, node.attributes, place.css_class);
  if (image && !place.html.empty()) replace_image(node, place.html);
}

void each_link_below(Tree& tree, Node& root, bool (*visit)(void*, LinkPlace&), void* context) {
  for (Node* node = root.first; node; node = next_in_order(node, &root)) {
    switch (node->type) {
      case Type::Link: visit_attribute(tree.arena, *node, false, visit, context); break;
      case Type::Image: visit_attribute(tree.arena, *node, true, visit, context); break;
      case Type::HtmlElement: {
        bool image = node->text == "img";
        if (image || node->text == "a") visit_attribute(tree.arena, *node, image, visit, context);
        break;
      }
      case Type::RawHtml:
      case Type::RawSpan: {
        Text out;
        if (RawLinks(node->text, visit, context).rewrite(out))
          node->text = tree.arena.copy(out.str());
        break;
      }
      default: break;
    }
  }
}

}  // namespace

void each_link(Tree& tree, bool (*visit)(void*, LinkPlace&), void* context) {
  each_link_below(tree, tree.root, visit, context);
  for (const Footnote& footnote : tree.footnotes)
    each_link_below(tree, *footnote.content, visit, context);
}

}  // namespace meridian::markdown
