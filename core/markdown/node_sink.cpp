#include "node_sink.h"

namespace meridian::markdown {

void NodeSink::attribute(Str name, Str value) {
  if (!html_) return flat_.attribute(name, value);
  Attribute attribute{name, value};
  add_attributes(attributes_, &attribute, Escape::Cmark);
}

void NodeSink::drop_attributes() { html_ ? attributes_.truncate(0) : flat_.drop_attributes(); }

void NodeSink::open(Type type, int level, int fields) {
  if (!html_) return flat_.open(type, level, fields);
  bool transparent = fields & flat::kTransparent;
  new (open_.extend(arena_, sizeof(Open))) Open{type, level, transparent, out_.size()};
  if (!transparent) printer_.open(type, level, attributes_.str());
  attributes_.truncate(0);
}

void NodeSink::close(const Range* range) {
  if (!html_) return range ? flat_.close(*range) : flat_.close();
  Open open = open_.back();
  open_.size--;
  if (!open.transparent) printer_.close(open.type, open.level);
}

void NodeSink::leaf(Type type, Str text, int level, const Range* range) {
  if (!html_) return flat_.leaf(type, text, level, range);
  printer_.leaf(type, text, level, attributes_.str());
  attributes_.truncate(0);
}

void NodeSink::cut(std::size_t at) {
  out_.truncate(at);
  while (!open_.empty() && open_.back().at >= at) open_.size--;
}

}  // namespace meridian::markdown
