#include "footnotes.h"

#include "meridian/text.h"
#include "part.h"

namespace meridian::markdown {

namespace {

/// Labels are compared without regard to ASCII case.
std::uint32_t hash_of(Str label) {
  std::uint32_t hash = 0;
  for (char c : label) hash = hash * 31 + static_cast<unsigned char>(lower(c));
  return hash ^ hash >> 15;
}

/// A label in an id or in a link to it: characters that could end an attribute or that are special
/// in a URL are percent-encoded.
void add_label(Text& html, Str label) {
  for (char c : label) {
    if (is_alnum(c) || c == '-' || c == '_' || c == '.') {
      html.add(c);
      continue;
    }
    html.add('%');
    for (int shift : {4, 0})
      html.add("0123456789ABCDEF"[(static_cast<unsigned char>(c) >> shift) & 15]);
  }
}

/// `1`, and for the second and later references `1-2`.
void add_repeat(Text& html, std::uint32_t reference) {
  if (reference < 2) return;
  html.add('-');
  html.add_int(reference);
}

}  // namespace

int& Footnotes::bucket_of(Str label) const { return buckets_[hash_of(label) % bucket_count_]; }

int Footnotes::find(Str label) const {
  if (!bucket_count_) return -1;
  int i = bucket_of(label);
  while (i >= 0 && !equal_ignoring_case(notes_[std::uint32_t(i)].label, label))
    i = notes_[std::uint32_t(i)].next;
  return i;
}

void Footnotes::define(const List<Definition>& definitions) {
  bucket_count_ = definitions.size * 2;
  if (!bucket_count_) return;
  buckets_ = static_cast<int*>(arena_.alloc(bucket_count_ * sizeof(int)));
  for (std::uint32_t i = 0; i < bucket_count_; i++) buckets_[i] = -1;
  for (const Definition& definition : definitions) {
    bool first = find(definition.label) < 0;
    Note note;
    note.label = definition.label;
    int& bucket = bucket_of(note.label);
    if (first) {
      note.next = bucket;
      bucket = int(notes_.size);
    }
    notes_.add(arena_, note);
  }
}

int Footnotes::find_reference(Str s, std::size_t& size) const {
  if (s.size() < 4 || s[1] != '^') return -1;
  std::size_t i = 2;
  while (i < s.size() && s[i] != ']' && s[i] != '[' && !is_space(s[i])) i++;
  if (i == s.size() || s[i] != ']' || i == 2) return -1;
  size = i + 1;
  return find(part(s, 2, i - 2));
}

void Footnotes::add_reference(int definition, Text& html) {
  Note& note = notes_[std::uint32_t(definition)];
  if (!note.number) {
    order_.add(arena_, definition);
    note.number = order_.size;
  }
  note.references++;
  html.add("<sup class=\"footnote-ref\"><a href=\"#fn-");
  add_label(html, note.label);
  html.add("\" id=\"fnref-");
  add_label(html, note.label);
  add_repeat(html, note.references);
  html.add("\" data-footnote-ref>");
  html.add_int(note.number);
  html.add("</a></sup>");
}

void Footnotes::set_content(int definition, Str nodes, std::size_t tail) {
  Note& note = notes_[std::uint32_t(definition)];
  note.content = arena_.copy(nodes);
  note.tail = tail;
}

void Footnotes::write_section(NodeSink& out) {
  if (order_.empty()) return;
  out.attribute("class", "footnotes");
  out.attribute("data-footnotes", "");
  out.open(Type::Footnotes);
  out.open(Type::OrderedList);
  Text html;
  for (int definition : order_) {
    const Note& note = notes_[std::uint32_t(definition)];
    html.truncate(0);
    html.add("fn-");
    add_label(html, note.label);
    out.attribute("id", html.str());
    out.open(Type::Item);
    out.add_nodes(part(note.content, 0, note.tail));
    for (std::uint32_t reference = 1; reference <= note.references; reference++) {
      html.truncate(0);
      html.add(reference > 1 || note.tail < note.content.size() ? " <a href" : "<a href");
      html.add("=\"#fnref-");
      add_label(html, note.label);
      add_repeat(html, reference);
      html.add("\" class=\"footnote-backref\" data-footnote-backref data-footnote-backref-idx=\"");
      html.add_int(note.number);
      add_repeat(html, reference);
      html.add("\" aria-label=\"Back to reference ");
      html.add_int(note.number);
      add_repeat(html, reference);
      html.add("\">\xE2\x86\xA9");
      if (reference > 1) {
        html.add("<sup class=\"footnote-ref\">");
        html.add_int(reference);
        html.add("</sup>");
      }
      html.add("</a>");
      out.leaf(Type::RawSpan, html.str());
    }
    out.add_nodes(part(note.content, note.tail));
    out.close();
  }
  out.close();
  out.close();
}

}  // namespace meridian::markdown
