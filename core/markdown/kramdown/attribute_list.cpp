// Attribute lists `{: … }`, their definitions `{:name: … }`, and extensions `{::name … }`.
#include "parser.h"

namespace meridian::markdown::kramdown {

/// Finds the end of the list whose content begins at `content`: the first brace without a
/// backslash. If there is none, or text follows it on its line, the last escaped one that fits is
/// used. `brace` gets the closing brace; returns the offset behind the list, npos when it is not
/// closed.
std::size_t Parser::attribute_list_end(std::size_t content, std::size_t& brace) {
  auto behind = [&](std::size_t at) { return skip_to_line_end(at + 1); };
  Finder& known = in_->brace;
  if (!known.knows(content)) {
    known.from = content;
    in_->escaped_brace = npos;
    std::size_t at = content;
    while ((at = s_.find('}', at)) != npos && at > content && s_[at - 1] == '\\' &&
           !(at - 1 < content)) {
      if (behind(at) != npos) in_->escaped_brace = at;
      ++at;
    }
    known.found = at;
  }
  brace = known.found;
  std::size_t end = brace == npos ? npos : behind(brace);
  if (end == npos || brace == content) {
    if (brace == content) return npos;
    brace = in_->escaped_brace;
    if (brace == npos || brace <= content) return npos;
    end = behind(brace);
  }
  return end;
}

/// IAL_BLOCK at `at`: `{: … }` up to the end of its line.
std::size_t Parser::block_ial_end(std::size_t at, Str* content) {
  if (!starts(at, "{:") || peek(at + 2) == ':' || peek(at + 2) == '/') return npos;
  std::size_t brace, end = attribute_list_end(at + 2, brace);
  if (end != npos && content) *content = between(at + 2, brace);
  return end;
}

bool Parser::block_ial_start(std::size_t at) {
  at = skip_indent(at);
  return peek(at) == '{' && block_ial_end(at) != npos;
}

namespace {
/// Classes gather, other attributes are replaced.
void put_attribute(Arena& arena, Attribute*& list, Str name, Str value) {
  if (name == "class") {
    add_class(arena, list, value);
  } else {
    set_attribute(arena, list, name, value);
  }
}

/// Length of `#id` or `.class` at `at`.
std::size_t short_length(Str s, std::size_t at) {
  char mark = char_at(s, at);
  std::size_t end = at + 1;
  if (mark == '#') {
    if (!is_alpha(char_at(s, end))) return 0;
    while (is_word_byte(char_at(s, end)) || char_at(s, end) == ':' || char_at(s, end) == '-') ++end;
    return end - at;
  }
  if (mark != '.') return 0;
  while (end < s.size() && !is_space(s[end]) && s[end] != '.' && s[end] != '#') ++end;
  return end > at + 1 ? end - at : 0;
}
bool at_gap(Str s, std::size_t at) { return at >= s.size() || is_space(s[at]); }
}  // namespace

void Parser::parse_attribute_list(Str s, AttributeList& list) {
  std::size_t at = 0;
  bool no_quote_left[2] = {false, false};
  while (at < s.size()) {
    // An entry begins at the start or behind white space.
    std::size_t from = at;
    if (at || is_space(s[0])) {
      if (!is_space(s[at])) {
        ++at;
        continue;
      }
      from = at + 1;
    }
    std::size_t name_end = skip_id(s, from);
    char quote = char_at(s, name_end + 1);
    if (name_end > from && char_at(s, name_end) == '=' && (quote == '"' || quote == '\'') &&
        !no_quote_left[quote == '"']) {
      std::size_t end = name_end + 2;
      while (end < s.size() && !(s[end] == quote && at_gap(s, end + 1)) &&
             (s[end] != '}' || s[end - 1] == '\\')) {
        end += s[end] == '\\' && char_at(s, end + 1) == '}' ? 2 : 1;
      }
      if (char_at(s, end) == quote) {
        Text value;
        for (std::size_t i = name_end + 2; i < end; ++i) {
          if (s[i] == '\\' && i + 1 < end && (s[i + 1] == '}' || s[i + 1] == quote)) ++i;
          value.add(s[i]);
        }
        set_attribute(arena_, list.first, slice(s, from, name_end), arena_.copy(value.str()));
        at = end + 1;
        continue;
      }
      no_quote_left[quote == '"'] = true;
    }
    if (name_end > from && at_gap(s, name_end)) {
      auto* reference = arena_.make<Attribute>();
      reference->value = slice(s, from, name_end);
      Attribute*& next = list.last_reference ? list.last_reference->next : list.first;
      reference->next = next;
      next = list.last_reference = reference;
      at = name_end;
      continue;
    }
    std::size_t end = from;
    while (std::size_t length = short_length(s, end)) end += length;
    if (end == from || !at_gap(s, end)) {
      at = from > at ? from : at + 1;
      continue;
    }
    for (std::size_t i = from; i < end;) {
      std::size_t length = short_length(s, i);
      Str word = s.substr(i + 1, length - 1);
      put_attribute(arena_, list.first, s[i] == '.' ? "class" : "id", word);
      i += length;
    }
    at = end;
  }
}

void Parser::parse_attribute_list(Str s, AttributeList*& list) {
  if (!list) list = arena_.make<AttributeList>();
  parse_attribute_list(s, *list);
}

/// Adds the entries of `more`, as a list that follows another one.
void Parser::merge_list(AttributeList& list, const AttributeList& more) {
  for (const Attribute* a = more.first; a; a = a->next) {
    if (a->name.empty()) {
      auto* reference = arena_.make<Attribute>();
      reference->value = a->value;
      reference->next = list.first;
      list.first = reference;
      if (!list.last_reference) list.last_reference = reference;
    } else {
      put_attribute(arena_, list.first, a->name, a->value);
    }
  }
}

/// Adds the attributes of a list, and of the definitions that it names, to `attributes`.
void Parser::apply_list(Attribute*& attributes, const AttributeList& list) {
  for (const Attribute* a = list.first; a; a = a->next) {
    if (!a->name.empty()) continue;
    Value* index = definitions_->find(a->value);
    if (!index || ++expansions_ > kMaxExpansions || depth_ > 2 * kMaxNesting) continue;
    depth_ += 20;  // definitions that refer to each other end here
    apply_list(attributes, lists_[std::uint32_t(index->i)]);
    depth_ -= 20;
  }
  for (const Attribute* a = list.first; a; a = a->next) {
    if (!a->name.empty()) put_attribute(arena_, attributes, a->name, a->value);
  }
}

bool Parser::parse_block_extension() {
  std::size_t begin = pos_, at = skip_indent(pos_);
  if (!starts(at, "{:")) return false;
  // {:name: … } defines a list
  std::size_t name_end = skip_id(s_, at + 2), brace;
  if (name_end > at + 2 && peek(name_end) == ':') {
    std::size_t end = attribute_list_end(name_end + 1, brace);
    if (end != npos) {
      AttributeList& list = entry(definitions_, between(at + 2, name_end), lists_);
      parse_attribute_list(between(name_end + 1, brace), list);
      pos_ = end;
      add_end_of_block(kAld);
      return true;
    }
  }
  Extension extension;
  if (match_extension(s_, at, extension, in_->extension_brace)) {
    std::size_t end = skip_to_line_end(extension.end);
    if (end != npos) {
      extension.end = end;
      return !extension.stop && parse_extension(extension, begin);
    }
  }
  Str content;
  std::size_t end = block_ial_end(at, &content);
  if (end == npos) return false;
  pos_ = end;
  Node* last = last_child();
  bool after = last && last->type != Type::Blank &&
               (last->type != Type::EndOfBlock || last->level == kLinkDefinition ||
                last->level == kAbbreviation || last->level == kFootnote);
  parse_attribute_list(content, after ? last->ial : block_ial_);
  if (after && !block_ial_start(pos_)) add_end_of_block(kIal);
  return true;
}

/// Behind `{:/name}` or `{:/}` at `at`, npos when it is not there.
std::size_t Scanner::stop_end(std::size_t at, Str name) const {
  if (!starts(at, "{:/")) return npos;
  at += 3;
  if (starts_at(s_, at, name)) at += name.size();
  return peek(at) == '}' ? at + 1 : npos;
}

bool Parser::match_extension(Str s, std::size_t at, Extension& extension, Finder& brace) {
  if (starts_at(s, at, "{:/")) {
    std::size_t end = skip_id(s, at + 3);
    extension = Extension{slice(s, at + 3, end), {}, false, true, end + 1};
    return char_at(s, end) == '}';
  }
  if (!starts_at(s, at, "{::")) return false;
  std::size_t end = at + 3;
  while (is_word_byte(char_at(s, end))) ++end;
  if (end == at + 3) return false;
  extension = Extension{slice(s, at + 3, end), {}, false, false, 0};
  if (end < s.size() && is_space(s[end])) {
    std::size_t from = end + 1;
    if (!brace.knows(from)) brace = {from, find_brace(s, from)};
    end = brace.found;
    if (end == npos) return false;
    extension.closed = end > from && s[end - 1] == '/';
    extension.attributes = s.substr(from, end - from - extension.closed);
    extension.end = end + 1;
    return true;
  }
  extension.closed = char_at(s, end) == '/';
  end += extension.closed;
  extension.end = end + 1;
  return char_at(s, end) == '}';
}

constexpr Name kExtensions = "comment nomarkdown options";

/// Whether a raw extension is for HTML output.
bool raw_for_html(const AttributeList& list) {
  Attribute* type = find_attribute(list.first, "type");
  if (!type || strip(type->value).empty()) return true;
  Str s = type->value;
  for (std::size_t at = 0, end; at < s.size(); at = end + 1) {
    for (end = at; end < s.size() && !is_space(s[end]);) ++end;
    if (slice(s, at, end) == "html") return true;
  }
  return false;
}

void Parser::set_options(const AttributeList& list) {
  for (Str& made : signs_) made = {};
  for (const Attribute* a = list.first; a; a = a->next) {
    if (!a->name.empty()) set_option(options_, a->name, Value(a->value));
  }
}

/// An extension on lines of its own.
bool Parser::parse_extension(const Extension& extension, std::size_t begin) {
  int which = one_of(extension.name, kExtensions);
  if (which < 0) return false;
  std::size_t body = extension.end, body_end = body, end = body;
  if (!extension.closed) {
    // ` {0,3}{:/name}` or `{:/}` at the start of a line
    std::size_t& vain = in_->no_extension_end_from[which];
    if (vain && body >= vain) return false;
    for (body_end = body;; body_end = next_line(body_end)) {
      if (body_end >= s_.size()) {
        vain = body;
        return false;
      }
      std::size_t at = stop_end(skip_indent(body_end), extension.name);
      if (at == npos) continue;
      while (peek(at) == ' ') ++at;
      if (peek(at) == '\n') {
        end = at + 1;
        break;
      }
    }
  }
  pos_ = end;
  AttributeList list;
  parse_attribute_list(extension.attributes, list);
  if (which == 2) {
    set_options(list);
    add_end_of_block(kExtension);
    return true;
  }
  if (extension.closed) return true;
  Str text = between(body, body_end);
  if (ends_with(text, "\n")) text.remove_suffix(1);
  Node* node = nullptr;
  if (which == 0) {
    node = add(Type::Comment, arena_.join("<!-- ", text, " -->"));
  } else if (raw_for_html(list)) {
    node = add(Type::RawHtml, arena_.join(text, "\n"));
  } else {
    node = add(Type::RawHtml);
  }
  finish(node, begin);
  return true;
}

// ---- in running text ----

bool SpanParser::parse_extension() {
  Parser::Extension extension;
  if (!Parser::match_extension(s_, pos_, extension, extension_brace_)) return parse_span_list();
  int which = extension.stop ? -1 : one_of(extension.name, kExtensions);
  if (which < 0) return false;
  std::size_t body_end = extension.end, end = body_end;
  if (!extension.closed) {
    std::size_t& vain = no_extension_end_from_[which];
    if (vain && extension.end >= vain) return false;
    for (;; ++body_end) {
      body_end = s_.find("{:/", body_end);
      if (body_end == npos) {
        vain = extension.end;
        return false;
      }
      end = stop_end(body_end, extension.name);
      if (end != npos) break;
    }
  }
  AttributeList list;
  parser_.parse_attribute_list(extension.attributes, list);
  Str body = between(extension.end, body_end);
  if (which == 2) {
    parser_.set_options(list);
  } else if (!extension.closed && which == 0) {
    add(Type::Comment, arena_.join("<!-- ", body, " -->"))->flags = kSpan;
  } else if (!extension.closed) {
    add(Type::RawSpan, raw_for_html(list) ? body : Str());
  }
  pos_ = end;
  return true;
}

/// `{: … }` belongs to the span before it.
bool SpanParser::parse_span_list() {
  Node* last = node_->last;
  if (!last || last->type == Type::Text) return false;
  std::size_t content = pos_ + 2, brace = find(s_, content, "}", brace_);
  while (brace != npos && brace > content && s_[brace - 1] == '\\') {
    std::size_t next = s_.find('}', brace + 1);
    if (next == npos) break;  // then the last escaped one closes
    brace = next;
  }
  if (brace == npos || brace == content) return false;
  AttributeList list;
  parser_.parse_attribute_list(between(content, brace), list);
  if (!last->ial) last->ial = arena_.make<AttributeList>();
  parser_.merge_list(*last->ial, list);
  parser_.apply_list(last->attributes, list);
  pos_ = brace + 1;
  return true;
}

}  // namespace meridian::markdown::kramdown
