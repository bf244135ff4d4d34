#include "tree.h"

namespace meridian::markdown {

namespace {
/// An element with more attributes than this is not an author's: further names are not compared
/// with each other, so that a hundred thousand of them stay linear.
constexpr int kMaxComparedAttributes = 256;
/// The smallest buffer that a text gets when it grows.
constexpr std::size_t kMinOwned = 32;

std::size_t capacity_of(std::size_t size) {
  std::size_t capacity = kMinOwned;
  while (capacity < size) capacity *= 2;
  return capacity;
}
}  // namespace

Tree* make_tree(Arena& arena, const Options& options, Str text) {
  return new (arena.alloc(sizeof(Tree))) Tree{arena, options, text};
}

Node* make_node(Arena& arena, Type type, Str text) {
  Node* node = arena.make<Node>();
  node->type = type;
  node->text = text;
  return node;
}

void insert_after(Node* parent, Node* before, Node* child) {
  child->parent = parent;
  child->previous = before;
  child->next = before ? before->next : parent->first;
  (before ? before->next : parent->first) = child;
  (child->next ? child->next->previous : parent->last) = child;
}

Node* add_node(Arena& arena, Node* parent, Type type, Str text) {
  Node* node = make_node(arena, type, text);
  append(parent, node);
  return node;
}

void append(Node* parent, Node* child) { insert_after(parent, parent->last, child); }

void unlink(Node* child) {
  (child->previous ? child->previous->next : child->parent->first) = child->next;
  (child->next ? child->next->previous : child->parent->last) = child->previous;
  child->next = child->previous = child->parent = nullptr;
}

void move_children(Node* from, Node* to) {
  if (!from->first) return;
  for (Node* child = from->first; child; child = child->next) child->parent = to;
  from->first->previous = to->last;
  (to->last ? to->last->next : to->first) = from->first;
  to->last = from->last;
  from->first = from->last = nullptr;
}

/// Appends to bytes that have room up to the next power of two once they are `owned`.
static void extend(Arena& arena, Str& text, bool owned, Str more) {
  std::size_t size = text.size() + more.size();
  auto* data = const_cast<char*>(text.data());
  if (!owned || capacity_of(text.size()) < size) {
    data = static_cast<char*>(arena.alloc(capacity_of(size)));
    if (!text.empty()) std::memcpy(data, text.data(), text.size());
  }
  if (!more.empty()) std::memcpy(data + text.size(), more.data(), more.size());
  text = Str(data, size);
}

void extend_text(Arena& arena, Node* node, Str more) {
  if (more.empty()) return;
  Str& text = node->text;
  bool owned = node->flags & kOwned;
  if (text.empty() || (!owned && text.data() + text.size() == more.data())) {
    // the next piece of the same source
    text = text.empty() ? more : Str(text.data(), text.size() + more.size());
    node->flags &= std::uint8_t(~kOwned);
    return;
  }
  extend(arena, text, owned, more);
  node->flags |= kOwned;
}

Attribute* find_attribute(Attribute* list, Str name) {
  for (int i = 0; list && i < kMaxComparedAttributes; ++i, list = list->next) {
    if (list->name == name) return list;
  }
  return nullptr;
}

void set_attribute(Arena& arena, Attribute*& list, Str name, Str value) {
  Attribute** at = &list;
  for (int i = 0; *at && i < kMaxComparedAttributes; ++i, at = &(*at)->next) {
    if ((*at)->name == name) {
      (*at)->value = value;
      (*at)->growing = false;
      return;
    }
  }
  Attribute* rest = *at;  // only behind the last that is compared
  *at = arena.make<Attribute>();
  (*at)->name = name;
  (*at)->value = value;
  (*at)->next = rest;
}

void add_class(Arena& arena, Attribute*& list, Str value) {
  Attribute* old = find_attribute(list, "class");
  if (!old || old->value.empty()) return set_attribute(arena, list, "class", lstrip(value));
  extend(arena, old->value, old->growing, " ");
  extend(arena, old->value, true, value);
  old->growing = true;
}

bool remove_attribute(Attribute*& list, Str name) {
  for (Attribute** at = &list; *at; at = &(*at)->next) {
    if ((*at)->name == name) {
      *at = (*at)->next;
      return true;
    }
  }
  return false;
}

Attribute* copy_attributes(Arena& arena, const Attribute* list) {
  Attribute* copy = nullptr;
  for (Attribute** at = &copy; list; list = list->next, at = &(*at)->next) {
    *at = arena.make<Attribute>();
    (*at)->name = list->name;
    (*at)->value = list->value;
  }
  return copy;
}

bool in_ranges(const std::uint16_t (*range)[2], std::uint32_t c) {
  for (; (*range)[1]; ++range) {
    if (c >= (*range)[0] && c <= (*range)[1]) return true;
  }
  return false;
}

namespace {
/// Each group is preceded by the sum of its flags.
constexpr char kElementGroups[] =
    "\x85 a abbr acronym b bdo big button cite del dfn em i ins label q rb rbc rp rt rtc ruby "
    "select small span strong "
    "sub sup tt "
    "\x83 code kbd mark option samp u var "
    "\x93 br img input "
    "\xa8 address applet article aside blockquote body dd div dl fieldset figcaption footer form "
    "header hgroup iframe "
    "li main map menu nav section summary td "
    "\xa4 caption dt h1 h2 h3 h4 h5 h6 legend optgroup p th "
    "\xa2 colgroup head html ol pre table tbody tfoot thead tr ul "
    "\xb2 col hr "
    "\x88 details figure noscript object "
    "\x82 math script style textarea "
    "\x92 area base command embed keygen link meta param source track wbr ";

/// The same by their first letters: each name with its flags before it, which no byte of a name can
/// be.
struct ElementNames {
  char text[sizeof kElementGroups] = {};
  std::uint16_t first[27] = {};  ///< of each letter, and the end

  constexpr ElementNames() {
    std::uint16_t size = 0;
    for (char letter = 'a'; letter <= 'z'; ++letter) {
      first[letter - 'a'] = size;
      char flags = 0;
      for (const char* at = kElementGroups; *at; ++at) {
        if (*at & 0x80) flags = *at;
        if (*at != letter || at[-1] != ' ') continue;
        text[size++] = flags;
        while (*at != ' ') text[size++] = *at++;
      }
    }
    first[26] = size;
    text[size] = char(0x80);
  }
};
constexpr ElementNames kElementNames;
}  // namespace

std::uint8_t element_flags(Str name) {
  unsigned letter = name.empty() ? 26 : unsigned(name[0] - 'a');
  if (letter >= 26) return kContentRaw;
  const char *at = kElementNames.text + kElementNames.first[letter],
             *end = kElementNames.text + kElementNames.first[letter + 1];
  while (at < end) {
    char flags = *at++;
    std::size_t size = 0;
    while (!(at[size] & 0x80)) ++size;
    if (Str(at, size) == name) return std::uint8_t(flags);
    at += size;
  }
  return kContentRaw;
}

Str downcased(Arena& arena, Str s) {
  std::size_t at = 0;
  while (at < s.size() && !(s[at] & 0x80) && lower(s[at]) == s[at]) ++at;
  if (at == s.size()) return s;
  Text small;
  add_downcase(small, s);
  return arena.copy(small.str());
}

}  // namespace meridian::markdown
