// A document while it is edited: which of its parts can be kept (LiveDocument in markdown.h). Only
// live.wasm has this.
//
// The top level of a document is cut behind blank lines. There the block parser does not depend on
// the text before, except for definition lists, whose term is the paragraph before them, and which
// continue after two of them; so there is no cut before a line that begins with a colon, nor behind
// such a list. A parse may begin at any cut some way before the change; it is in step again at the
// first cut behind the change that was a cut before.
#include "parser.h"

namespace meridian::markdown {

namespace kramdown {

namespace {
/// Marks the end of a part in the HTML. A text that has this character is parsed whole.
constexpr char kCut = '\x01';

/// Whether a definition can begin in the line at `at`.
bool may_define(Str text, std::size_t at) { return char_at(text, skip_spaces(text, at, 3)) == ':'; }

/// Whether this text may affect other parts, or depends on them by more than definitions.
bool reaches_far(Str s) {
  for (const char* sign : {"]:", "[^", "{::", "{:/", "$$", "\x01", "\r"}) {
    if (s.find(sign) != npos) return true;
  }
  for (std::size_t at = s.find("{:"); at != npos; at = s.find("{:", at + 2)) {
    std::size_t end = s.find_first_of("}\n", at);
    if (end == npos || s[end] == '\n') return true;
    Str list = slice(s, at + 2, end);
    if (list.find("toc") != npos || list.find("footnotes") != npos) return true;
    std::size_t name = skip_id(list, 0);
    if (name && char_at(list, name) == ':') return true;
  }
  return false;
}

/// Whether something begins here that may end in another line: an attribute list, a tag.
bool leaves_open(Str s) {
  for (std::size_t at = s.find_first_of("<{"); at != npos; at = s.find_first_of("<{", at + 1)) {
    bool tag = s[at] == '<';
    char next = char_at(s, at + 1);
    if (tag ? !is_alpha(next) && next != '/' && next != '!' && next != '?' : next != ':') continue;
    std::size_t end = s.find_first_of(tag ? ">\n" : "}\n", at);
    if (end == npos || s[end] == '\n') return true;
  }
  return false;
}

/// Whether something may end in these lines that began in a part before, and that nothing ended
/// until now.
bool may_end(Str lines, bool open) {
  for (const char* sign : {"```", "~~~", "-->", "?>"}) {
    if (lines.find(sign) != npos) return true;
  }
  return open && lines.find_first_of(">}") != npos;
}
}  // namespace

/// One parse, of the whole text or from a cut on. Its nodes are in the arena of its tree.
struct LiveParse {
  struct Cut {
    Node* blank;  ///< before it
    std::size_t at;
  };

  LiveParse(Tree& tree, Str text) : tree(tree), text(text), parser(tree) {}
  void start();

  /// Parses blocks from `begin` on, up to the first cut for which `in_step(place)` holds; returns
  /// its offset.
  template <class InStep>
  std::size_t parse_blocks(std::size_t begin, InStep in_step);
  /// The steps after the blocks, except the ids of headers.
  void finish();
  void add_ids(const Node* node);
  Str id_of(const Node* header);
  void count_ids(const Node* node, const List<std::uint64_t>& before, std::uint32_t count);
  /// The HTML, with kCut at every cut.
  void write(Text& html);
  void share_definitions(const LiveParse& other);
  bool has_definitions() const;

  Tree& tree;
  Str text;
  Parser parser;
  BlockText source;
  List<Cut> cuts = {};
  List<std::uint64_t> ids = {};      ///< hashes of the texts of the headers' ids, in their order
  List<std::uint32_t> headers = {};  ///< for each part how many ids
};

/// Nothing is defined yet.
void LiveParse::start() {
  for (Map** names : {&parser.definitions_, &parser.link_ids_, &parser.footnote_names_,
                      &parser.abbreviation_names_})
    *names = make_map(tree.arena);
  parser.read_link_options();
}

template <class InStep>
std::size_t LiveParse::parse_blocks(std::size_t begin, InStep in_step) {
  source.text = text.substr(begin);
  source.base = std::uint32_t(begin);
  Node* root = &tree.root;
  if (begin) {
    Node* blank = make_node(tree.arena, Type::Blank, "\n\n");
    blank->begin = blank->end = std::uint32_t(begin);
    append(root, blank);
    cuts.add(tree.arena, {blank, begin});
  }
  parser.in_ = &source;
  parser.s_ = source.text;
  parser.node_ = root;
  parser.depth_ = 1;
  parser.document_size_ = text.size();
  std::size_t& pos = parser.pos_;
  for (pos = 0; pos < source.text.size(); parser.closed_by_tag_ = false) {
    Node* last = root->last;
    std::size_t at = begin + pos;
    if (pos && last && last->type == Type::Blank && last->end == at && !may_define(text, at)) {
      const Node* block = last->previous;
      if (!block || block->type != Type::DefinitionList) {
        if (in_step(at)) break;
        cuts.add(tree.arena, {last, at});
      }
    }
    parser.parse_line();
  }
  parser.depth_ = 0;
  root->end = std::uint32_t(begin + pos);
  return begin + pos;
}

void LiveParse::finish() {
  Node* root = &tree.root;
  parser.update_tree(root);
  for (const Footnote& footnote : tree.footnotes) parser.update_tree(footnote.content);
  parser.replace_abbreviations();
  parser.has_breaks_ |= tree.options.hard_wrap;
  // A blank that was removed, because another one or a definition precedes it, makes no cut after
  // all.
  std::uint32_t kept = 0;
  for (const Cut& cut : cuts) {
    if (cut.blank->parent == root) cuts[kept++] = cut;
  }
  cuts.size = kept;

  std::uint32_t before = 0, cut = 0;
  for (const Node* node = root->first; node; node = node->next) {
    add_ids(node);
    if (node->next && (cut == kept || cuts[cut].blank != node)) continue;
    ++cut;
    headers.add(tree.arena, ids.size - before);
    before = ids.size;
  }
}

/// Goes as Parser::update_elements does.
void LiveParse::add_ids(const Node* node) {
  switch (node->type) {
    case Type::HtmlElement:
    case Type::Strikethrough:
    case Type::Paragraph:
    case Type::Table:
    case Type::Text: return;
    case Type::Header:
      if (tree.options.auto_ids && !find_attribute(node, "id"))
        ids.add(tree.arena, fnv1a(id_of(node)));
      return;
    default:
      for (const Node* child = node->first; child; child = child->next) add_ids(child);
  }
}

/// Without the suffix of a repeated id.
Str LiveParse::id_of(const Node* header) {
  Text plain;
  add_plain_text(plain, header, true);
  IdCounter none;
  none.used = make_map(tree.arena);
  return gfm_header_id(tree.arena, plain.str(), none);
}

/// The first `count` ids are given to headers before this parse: repeats go on from there.
void LiveParse::count_ids(const Node* node, const List<std::uint64_t>& before,
                          std::uint32_t count) {
  if (node->type == Type::Header) {
    Str id = id_of(node);
    std::uint64_t wanted = fnv1a(id);
    int used = 0;
    for (std::uint32_t i = 0; i < count; ++i) used += before[i] == wanted;
    if (!parser.ids_.used) parser.ids_.used = make_map(tree.arena);
    if (used) parser.ids_.used->set(Value(id)) = Value(used - 1);
    return;
  }
  for (const Node* child = node->first; child; child = child->next) count_ids(child, before, count);
}

void LiveParse::write(Text& html) {
  if (tree.options.gfm_input) parser.update_elements(&tree.root);
  auto mark = [&] { return make_node(tree.arena, Type::RawHtml, Str(&kCut, 1)); };
  for (const Cut& cut : cuts) insert_after(&tree.root, cut.blank, mark());
  append(&tree.root, mark());
  write_kramdown_html(tree, html);
}

void LiveParse::share_definitions(const LiveParse& other) {
  parser.definitions_ = other.parser.definitions_;
  parser.lists_ = other.parser.lists_;
  parser.link_ids_ = other.parser.link_ids_;
  parser.links_ = other.parser.links_;
  parser.footnote_names_ = other.parser.footnote_names_;
  parser.abbreviation_names_ = other.parser.abbreviation_names_;
  tree.abbreviations = other.tree.abbreviations;
  tree.footnotes = other.tree.footnotes;
}

bool LiveParse::has_definitions() const {
  return parser.lists_.size || parser.links_.size || tree.abbreviations.size;
}

}  // namespace kramdown

using kramdown::LiveParse;

void LiveDocument::close() {
  open_ = false;
  parts_ = {};
  ids_ = {};
  base_ = nullptr;
  definitions_.reset();
  for (Arena& arena : html_) arena.reset();
  for (Arena& arena : lists_) arena.reset();
  in_use_ = made_ = 0;
}

void LiveDocument::open(Str text, const Options& options, LinkVisit links) {
  options_ = options;
  text_.truncate(0);
  text_.add(text);
  line_added_ = false;
  if (options.dialect != Dialect::Kramdown) return parse_commonmark(links);
  end_line();
  parse_all();
}

/// The parser needs a newline at the end.
void LiveDocument::end_line() {
  line_added_ = text_.back() != '\n';
  if (line_added_) text_.add('\n');
}

void LiveDocument::update(Str text, LinkVisit links) {
  if (options_.dialect != Dialect::Kramdown) return open(text, options_, links);
  Str old = this->text();
  std::size_t most = text.size() < old.size() ? text.size() : old.size(), begin = 0, end = 0;
  constexpr std::size_t kBlock = 4096;
  while (begin + kBlock <= most &&
         std::memcmp(text.data() + begin, old.data() + begin, kBlock) == 0)
    begin += kBlock;
  while (begin < most && text[begin] == old[begin]) ++begin;
  auto same_end = [&](std::size_t n) {
    return std::memcmp(text.end() - end - n, old.end() - end - n, n) == 0;
  };
  while (end + kBlock <= most - begin && same_end(kBlock)) end += kBlock;
  while (end < most - begin && same_end(1)) ++end;
  if (begin == old.size() && begin == text.size()) return;
  edit(begin, old.size() - end, slice(text, begin, text.size() - end));
}

bool LiveDocument::edit(std::size_t begin, std::size_t end, Str insert) {
  if (options_.dialect != Dialect::Kramdown) {
    text_.replace(begin, end, insert);
    parse_commonmark({});
    return false;
  }
  // The part of the change, before it is made.
  std::uint32_t at = 0;
  std::size_t start = 0;
  for (; at + 1 < parts_.size && start + parts_[at].source <= begin; ++at)
    start += parts_[at].source;
  // Text that did not end a construct may have hidden an end further on.
  bool ended = open_end_ && slice(text_.str(), begin, end).find_first_of(">}") != Str::npos;
  std::size_t size = text_.size();
  bool had_line_end = !line_added_;
  text_.truncate(size - line_added_);
  text_.replace(begin, end, insert);
  end_line();
  std::size_t inserted = insert.size();
  if (had_line_end == line_added_) {  // the change reaches to the end
    end = size;
    inserted = text_.size() - begin;
  }
  if (!whole_only_ && !ended && parse_part(at, start, begin, end, inserted)) return true;
  parse_all();
  return false;
}

/// The number of parts before that of the change that are parsed again: the block before may depend
/// on it, and a definition list uses the paragraph before that.
constexpr int kBefore = 2;

bool LiveDocument::parse_part(std::uint32_t first, std::size_t start, std::size_t begin,
                              std::size_t old_end, std::size_t inserted) {
  Str text = text_.str();
  std::size_t end = begin + inserted;
  std::size_t line = begin ? text.rfind('\n', begin - 1) : Str::npos;
  Str lines = slice(text, line == Str::npos ? 0 : line + 1, kramdown::line_end(text, end));
  open_end_ |= kramdown::leaves_open(lines);
  if (kramdown::may_end(lines, open_end_)) return false;
  for (int i = 0; i < kBefore && first; ++i) start -= parts_[--first].source;

  Arena arena;
  Tree* tree = make_tree(arena, options_, text);
  LiveParse parse(*tree, text);
  parse.share_definitions(*base_);  // to which it may add; if it does, everything is parsed again
  // Parts from `next` on are kept.
  std::uint32_t next = first;
  std::size_t next_at = start;  // of the text before
  std::size_t stop = parse.parse_blocks(start, [&](std::size_t place) {
    if (place < end) return false;
    std::size_t old_place = place - end + old_end;
    while (next < parts_.size && next_at < old_place) next_at += parts_[next++].source;
    // Before the first part there was no blank.
    return old_place && next_at == old_place && next < parts_.size && parts_[next].source;
  });
  bool to_end = stop == text.size();
  if (to_end) next = parts_.size - has_notes_;
  if (kramdown::reaches_far(slice(text, start, stop))) return false;
  for (std::uint32_t i = first; i < next; ++i) {
    if (parts_[i].far) return false;
  }
  tree->footnotes = {};  // none is used here, and definitions have their spans parsed
  parse.finish();

  std::uint32_t ids_before = 0, ids_old = 0;
  for (std::uint32_t i = 0; i < first; ++i) ids_before += parts_[i].headers;
  for (std::uint32_t i = first; i < next; ++i) ids_old += parts_[i].headers;
  const std::uint64_t *old_ids = ids_.begin() + ids_before, *after = old_ids + ids_old;
  bool same_ids =
      ids_old == parse.ids.size &&
      (!ids_old || std::memcmp(old_ids, parse.ids.begin(), ids_old * sizeof(std::uint64_t)) == 0);
  if (!same_ids) {
    // A header further on that has one of these names may get another number.
    auto repeats = [&](const std::uint64_t* from, std::uint32_t count) {
      for (std::uint32_t i = 0; i < count; ++i) {
        for (const std::uint64_t* later = after; later < ids_.end(); ++later) {
          if (*later == from[i]) return true;
        }
      }
      return false;
    };
    if (repeats(old_ids, ids_old) || repeats(parse.ids.begin(), parse.ids.size)) return false;
  }
  parse.count_ids(&tree->root, ids_, ids_before);
  Text html;
  parse.write(html);

  Arena& list = lists_[list_ ^ 1];
  List<Part> parts;
  List<std::uint64_t> ids;
  for (std::uint32_t i = 0; i < first; ++i) parts.add(list, parts_[i]);
  for (std::uint32_t i = 0; i < ids_before; ++i) ids.add(list, ids_[i]);
  add_parts(parse, html.str(), start, stop, list, parts);
  for (std::uint64_t id : parse.ids) ids.add(list, id);
  bool same = !contents_;
  if (!same) {  // the table of contents repeats the text of headers
    same = parts.size - first == next - first;
    for (std::uint32_t i = first; same && i < next; ++i) {
      bool headers =
          parts[i].html.find("<h") != Str::npos || parts_[i].html.find("<h") != Str::npos;
      same = !headers || parts[i].hash == parts_[i].hash;
    }
  }
  if (!same) {
    list.reset();
    return false;
  }
  for (std::uint32_t i = first; i < next; ++i) in_use_ -= parts_[i].html.size();
  for (std::uint32_t i = next; i < parts_.size; ++i) parts.add(list, parts_[i]);
  for (const std::uint64_t* id = after; id < ids_.end(); ++id) ids.add(list, *id);
  lists_[list_].reset();
  list_ ^= 1;
  parts_ = parts;
  ids_ = ids;
  compact();
  return true;
}

/// Divides the HTML of a parse into parts, and the rest behind the last cut, the footnotes, into
/// one without a source.
void LiveDocument::add_parts(const LiveParse& parse, Str html, std::size_t begin, std::size_t end,
                             Arena& list, List<Part>& parts) {
  Str text = text_.str();
  auto next_html = [&] {
    std::size_t cut = parse.cuts.empty() ? html.rfind(kramdown::kCut) : html.find(kramdown::kCut);
    Str made = html.substr(0, cut);
    html = cut == Str::npos ? Str() : html.substr(cut + 1);
    return made;
  };
  std::uint32_t i = begin ? 1 : 0;
  if (begin) next_html();  // the blank before the first part does not belong to it
  for (; i <= parse.cuts.size; ++i) {
    std::size_t to = i < parse.cuts.size ? parse.cuts[i].at : end;
    Str source = slice(text, begin, to);
    Part& part = add_part(source, next_html(), list, parts);
    part.headers = i < parse.headers.size ? parse.headers[i] : 0;
    part.far = kramdown::reaches_far(source);
    begin = to;
  }
  if (!html.empty()) add_part({}, html, list, parts).far = true;
}

LiveDocument::Part& LiveDocument::add_part(Str source, Str html, Arena& list, List<Part>& parts) {
  Part part = {};
  part.html = html_[arena_].copy(html);
  part.hash = fnv1a(html);
  part.source = std::uint32_t(source.size());
  part.source16 = utf16_size(source);
  part.html16 = utf16_size(html);
  for (char c : source) part.lines += c == '\n';
  parts.add(list, part);
  in_use_ += html.size();
  made_ += html.size();
  return parts.back();
}

void LiveDocument::parse_all() {
  close();
  open_ = true;
  auto parse = [&](Str text) {
    static_assert(std::is_trivially_destructible_v<LiveParse>);
    base_ = new (definitions_.alloc(sizeof(LiveParse)))
        LiveParse(*make_tree(definitions_, options_, text), text);
    base_->start();
  };
  // Definitions point into the text that was parsed, and this one changes.
  parse(definitions_.copy(text_.str()));
  base_->parse_blocks(0, [](std::size_t) { return false; });
  base_->finish();
  Text html;
  base_->write(html);

  Str text = text_.str();
  Arena& list = lists_[list_];
  bool plain = text.find(kramdown::kCut) == Str::npos && text.find('\r') == Str::npos;
  whole_only_ = !plain || !options_.gfm_input || text.find("{::") != Str::npos;
  contents_ = text.find("{:") != Str::npos && text.find("toc") != Str::npos;
  open_end_ = kramdown::leaves_open(text);
  if (!plain) {
    html.truncate(0);
    (void)to_html(text, options_, definitions_, html);  // kramdown's parser is always there
    base_->cuts = {};
    html.add(kramdown::kCut);
  }
  add_parts(*base_, html.str(), 0, text.size(), list, parts_);
  for (std::uint64_t id : base_->ids) ids_.add(list, id);
  has_notes_ = !parts_.back().source;
  made_ = 0;
  if (base_->has_definitions()) return;
  definitions_.reset();
  parse({});
}

/// Lets go of HTML that is no longer used, when it is more than the rest.
void LiveDocument::compact() {
  constexpr std::size_t kLittle = std::size_t(1) << 20;
  if (made_ < in_use_ + kLittle) return;
  Arena& fresh = html_[arena_ ^ 1];
  for (Part& part : parts_) part.html = fresh.copy(part.html);
  html_[arena_].reset();
  arena_ ^= 1;
  made_ = 0;
}

}  // namespace meridian::markdown
