// libyaml's events to values, as Psych's ToRuby makes them.
#include "errors.h"
#include "scalar.h"

namespace meridian::yaml {

namespace {
/// Nested arrays and maps: bounds our recursion, as libyaml's own limit does in later versions.
constexpr int kMaxNesting = kMaxDepth;
/// Nodes of a document when every alias counts as the nodes of its anchor: a few lines can name
/// billions.
constexpr std::uint32_t kMaxNodes = meridian::kMaxNodes;

/// Entries that `<<` may copy: a number for each byte of the input, and some more. Maps that merge
/// each other in a row grow with the square of their number; those of a list that all merge the
/// same one need less than one for a byte.
constexpr std::size_t kMergedPerByte = 8, kMergedAlways = 10000;
/// NULs after the input, at which the scanner stops.
constexpr std::size_t kPadding = 4;

constexpr Name kOrderedMap = "!omap tag:yaml.org,2002:omap";

struct Anchor {
  Value value;
  std::uint32_t nodes;  // of its value
  bool open;            // its value is still being read
};

class Loader {
 public:
  Loader(const Source& source, std::size_t begin, std::size_t size, Arena& arena,
         Diagnostics& diagnostics, const Zone* zone)
      : source_(source),
        begin_(begin),
        max_merged_(kMergedAlways + kMergedPerByte * size),
        arena_(arena),
        diagnostics_(diagnostics),
        zone_(zone),
        anchor_numbers_(make_map(scratch_)) {
    std::memset(&parser_, 0, sizeof(parser_));
    parser_.read_handler_data = &scratch_;
    parser_.buffer.pointer =
        static_cast<unsigned char*>(meridian_yaml_allocate(&scratch_, size + kPadding));
    std::memcpy(const_cast<unsigned char*>(parser_.buffer.pointer), source.text.data() + begin,
                size);
  }
  Loader(const Loader&) = delete;
  Loader& operator=(const Loader&) = delete;

  /// The first document; what follows it is not parsed.
  bool document(Value& out) {
    if (!next() || !next()) return false;  // the stream's and the document's start
    if (event_.type == YAML_STREAM_END_EVENT) return true;
    return next() && node(out) && next();
  }

  /// Whether it stopped at kMaxNesting.
  bool is_too_deep() const { return depth_ > kMaxNesting; }

  /// See place_of().
  std::size_t place_of(const List<Value>& path) {
    std::size_t at = begin_;
    if (!next() || !next() || event_.type == YAML_STREAM_END_EVENT || !next()) return at;
    for (const Value& step : path) {
      at = begin_ + event_.start_mark.index;
      if (!enter(step)) return at;
    }
    return begin_ + event_.start_mark.index;
  }

  /// See outline().
  Node* outline() {
    if (!next() || !next() || event_.type == YAML_STREAM_END_EVENT || !next()) return nullptr;
    return places();
  }

 private:
  /// The node whose first event is the current one, with its place and those in it; nullptr when
  /// it can't be parsed.
  Node* places() {
    Node* node = arena_.make<Node>();
    node->at = begin_ + event_.start_mark.index;
    if (event_.type == YAML_ALIAS_EVENT) return node;
    if (event_.type == YAML_SCALAR_EVENT) {
      auto& e = event_.data.scalar;
      node->kind = Node::Kind::Scalar;
      node->text = arena_.copy(Str(reinterpret_cast<const char*>(e.value), e.length));
      return node;
    }
    if (++depth_ > kMaxNesting) return nullptr;
    bool is_map = event_.type == YAML_MAPPING_START_EVENT;
    node->kind = is_map ? Node::Kind::Mapping : Node::Kind::List;
    for (;;) {
      if (!next()) return nullptr;
      if (event_.type == YAML_SEQUENCE_END_EVENT || event_.type == YAML_MAPPING_END_EVENT) break;
      Node *key = is_map ? places() : nullptr, *item = nullptr;
      if ((is_map && (!key || !next())) || !(item = places())) return nullptr;
      if (key) item->key = key->text, item->key_at = key->at;
      node->nodes.add(arena_, item);
    }
    depth_--;
    return node;
  }

  MERIDIAN_NOINLINE bool next() {
    if (yaml_parser_parse(&parser_, &event_)) return true;
    report(parser_, source_, begin_, diagnostics_);
    return false;
  }

  MERIDIAN_NOINLINE bool fail(Str message, const char* remedy) {
    diagnostics_.add({Severity::Error, Rule::Yaml}, source_, begin_ + event_.start_mark.index,
                     message, remedy);
    return false;
  }
  /// The subject is the node that the message is about. Psych parses the whole document before it
  /// makes values: a syntax error further down is reported first.
  MERIDIAN_NOINLINE bool fail_with(const char* message, Str subject, const char* remedy) {
    Str text = diagnostics_.arena().join(message, subject);
    yaml_mark_t at = event_.start_mark;
    // Nor does it get that far where it nests too deep: libyaml looks at all open levels each time.
    while (event_.type != YAML_DOCUMENT_END_EVENT && depth_ <= kMaxNesting) {
      if (!next()) return false;
      depth_ += event_.type == YAML_MAPPING_START_EVENT || event_.type == YAML_SEQUENCE_START_EVENT;
      depth_ -= event_.type == YAML_MAPPING_END_EVENT || event_.type == YAML_SEQUENCE_END_EVENT;
    }
    event_.start_mark = at;
    return fail(text, remedy);
  }

  static Str text(const yaml_char_t* s) {
    return s ? Str(reinterpret_cast<const char*>(s)) : Str();
  }

  MERIDIAN_NOINLINE bool count(std::uint32_t nodes) {
    if (!may_read_on()) return fail(kNoMemoryLeft, kReadLess);
    nodes_ += nodes;
    return nodes_ <= kMaxNodes ||
           fail("more than 10 million values, when every alias is written out",
                "use fewer aliases");
  }

  /// Goes from a list or map to the item or value that the step names; false when there is none.
  bool enter(const Value& step) {
    bool is_map = event_.type == YAML_MAPPING_START_EVENT;
    if (!is_map && event_.type != YAML_SEQUENCE_START_EVENT) return false;
    for (std::int64_t index = 0;; index++) {
      if (!next() || event_.type == YAML_SEQUENCE_END_EVENT ||
          event_.type == YAML_MAPPING_END_EVENT)
        return false;
      bool found = step.is_string() ? is_map && is_key(step.str()) : !is_map && step.i == index;
      if (is_map && (!pass() || !next())) return false;
      if (found) return true;
      if (!pass()) return false;
    }
  }
  bool is_key(Str key) const {
    auto& e = event_.data.scalar;
    return event_.type == YAML_SCALAR_EVENT &&
           Str(reinterpret_cast<const char*>(e.value), e.length) == key;
  }
  /// Goes to the last event of the current node.
  bool pass() {
    for (int depth = 0;;) {
      int type = event_.type;
      depth += type == YAML_SEQUENCE_START_EVENT || type == YAML_MAPPING_START_EVENT;
      depth -= type == YAML_SEQUENCE_END_EVENT || type == YAML_MAPPING_END_EVENT;
      if (!depth) return true;
      if (depth > kMaxNesting || !next()) return false;
    }
  }

  /// The node whose first event is the current one.
  bool node(Value& out) {
    switch (event_.type) {
      case YAML_ALIAS_EVENT: return alias(out);
      case YAML_SCALAR_EVENT: return count(1) && scalar(out);
      case YAML_SEQUENCE_START_EVENT:
      case YAML_MAPPING_START_EVENT: return count(1) && nested(out);
      default: return fail("this is not YAML", "");
    }
  }

  // ---- anchors ----

  /// Number of the anchor of that name, which now refers to a new value.
  std::int64_t declare(const yaml_char_t* name) {
    if (!name) return -1;
    Value& number = anchor_numbers_->set(scratch_.copy(text(name)));
    number = std::int64_t(anchors_.size);
    anchors_.add(scratch_, {Value(), nodes_, true});
    return number.i;
  }
  void define(std::int64_t number, const Value& v) {
    if (number < 0) return;
    Anchor& anchor = anchors_[std::uint32_t(number)];
    anchor = {v, nodes_ - anchor.nodes + 1, false};
  }

  bool alias(Value& out) {
    Str name = text(event_.data.alias.anchor);
    Value* number = anchor_numbers_->find(name);
    if (!number) return fail_with("unknown alias: ", name, kQuoteValue);
    const Anchor& anchor = anchors_[std::uint32_t(number->i)];
    // A value that holds itself would make every walk over the data endless.
    // Its entries so far can be merged.
    if (anchor.open && !(merging_ && anchor.value.is(Kind::Map)))
      return fail("an alias stands inside the value that it names", "name another value");
    out = anchor.value;
    return count(anchor.open ? nodes_ - anchor.nodes : anchor.nodes);
  }

  // ---- scalars ----

  bool scalar(Value& out) {
    auto& e = event_.data.scalar;
    std::int64_t anchor = declare(e.anchor);
    Str value(reinterpret_cast<const char*>(e.value), e.length);
    Str tag = text(e.tag);
    if (!tag.empty()) {
      if (!tagged_scalar(tag, value, out)) return false;
    } else {
      out = e.quoted_implicit ? Value(value) : resolve(value, zone_);
    }
    if (out.is_string())
      out.s = arena_.copy(out.str()).data();  // libyaml's bytes go with the event
    define(anchor, out);
    return true;
  }

  bool tagged_scalar(Str tag, Str value, Value& out) {
    if (one_of(tag, "!binary tag:yaml.org,2002:binary") >= 0) {
      out = decode_base64(value, arena_);
    } else if (one_of(tag,
                      "tag:yaml.org,2002:str !str !str:String !ruby/string !ruby/string:String") >=
               0) {
      out = value;
    } else if (starts_with(tag, "!ruby/")) {
      return fail_at_tag(tag);
    } else {
      out = resolve(value, zone_);
      if (out.is(Kind::Int) && one_of(tag, "!float tag:yaml.org,2002:float") >= 0)
        out = double(out.i);
    }
    return true;
  }

  MERIDIAN_NOINLINE bool fail_at_tag(Str tag) {
    return fail_with("a type that is not allowed here: ", tag, "remove the type");
  }

  // ---- arrays and maps ----

  bool nested(Value& out) {
    if (++depth_ > kMaxNesting) return fail("nested deeper than 1000 levels", "use fewer levels");
    bool is_map = event_.type == YAML_MAPPING_START_EVENT;
    const auto& start = event_.data.mapping_start;  // a sequence's is the same
    Str tag = text(start.tag);
    std::int64_t anchor = declare(start.anchor);
    bool ordered_map = one_of(tag, kOrderedMap) >= 0;
    bool refused = starts_with(tag, "!ruby/") || starts_with(tag, is_map ? "!map:" : "!seq:");
    if (is_map) {
      refused = refused || ordered_map || one_of(tag, "!set tag:yaml.org,2002:set") >= 0;
      refused = refused && one_of(tag, "!ruby/object:Hash !ruby/hash:Hash !map:Hash") < 0;
    }
    if (refused) return fail_at_tag(tag);
    Map* map = is_map ? make_map(arena_) : nullptr;
    if (is_map && anchor >= 0)
      anchors_[std::uint32_t(anchor)].value = map;  // its entries so far can be merged into it
    Array* array = is_map ? nullptr : make_array(arena_);
    for (;;) {
      if (!next()) return false;
      if (event_.type == YAML_SEQUENCE_END_EVENT || event_.type == YAML_MAPPING_END_EVENT) break;
      Value item;
      if (is_map ? !entry(*map) : !node(item)) return false;
      if (!is_map) array->push(item);
    }
    if (is_map || ordered_map)
      out = is_map ? map : joined(*array);
    else
      out = array;
    define(anchor, out);
    depth_--;
    return true;
  }

  /// The first entries of all maps in the array, as one map.
  Map* joined(const Array& maps) {
    Map* all = make_map(arena_);
    for (const Value& v : maps)
      if (v.is(Kind::Map) && v.m->size()) all->set(v.m->entries[0].key) = v.m->entries[0].value;
    return all;
  }

  bool entry(Map& map) {
    std::uint32_t before = nodes_;
    bool merges =
        event_.type == YAML_SCALAR_EVENT && text(event_.data.scalar.tag) != "tag:yaml.org,2002:str";
    Value key, value;
    if (!node(key)) return false;
    // To find a key that is itself a collection the map walks through it, which counts like reading
    // it again.
    bool collection = key.is(Kind::Array) || key.is(Kind::Map);
    if (collection && !count(nodes_ - before)) return false;
    if (!next()) return false;
    bool scalar = event_.type == YAML_SCALAR_EVENT, alias = event_.type == YAML_ALIAS_EVENT;
    merging_ = merges && alias && key.str() == "<<";
    if (!node(value)) return false;
    if (!merges || scalar || key.str() != "<<" || !merge(map, value, alias)) map.set(key) = value;
    return merged_ <= max_merged_ ||
           fail("more than 8 entries for each byte are merged by <<", "merge fewer mappings");
  }

  /// `<<: *other` inserts the entries of another map here, overriding those before it; `<<: [*a,
  /// *b]` those of several, the first one winning. False when there is nothing to merge: then it is
  /// a key like others.
  bool merge(Map& map, const Value& from, bool is_alias) {
    if (from.is(Kind::Map)) {
      put_all(map, *from.m);
      return true;
    }
    if (!from.is(Kind::Array) || is_alias) return false;
    for (const Value& v : *from.a)
      if (!v.is(Kind::Map)) return false;
    Map* all = make_map(scratch_);
    for (std::uint32_t i = from.a->size(); i-- > 0;) put_all(*all, *(*from.a)[i].m);
    put_all(map, *all);
    return true;
  }
  void put_all(Map& map, const Map& from) {
    merged_ += from.size();
    for (const Map::Entry& e : from) map.set(e.key) = e.value;
  }

  const Source& source_;
  std::size_t begin_, max_merged_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  const Zone* zone_;
  yaml_parser_t parser_;
  yaml_event_t event_;
  int depth_ = 0;
  bool merging_ = false;  ///< the next value is that of `<<:`
  std::uint32_t nodes_ = 0;
  std::size_t merged_ = 0;
  Arena scratch_;  // for anchors
  Map* anchor_numbers_;
  List<Anchor> anchors_;
};
}  // namespace

extern "C" void* meridian_yaml_allocate(void* arena, std::size_t size) {
  return std::memset(static_cast<Arena*>(arena)->alloc(size), 0, size);
}

namespace {
/// As parse(); `too_deep` is set where that is why it fails.
bool load(const Source& source, std::size_t offset, std::size_t size, Arena& arena, Value& out,
          Diagnostics& diagnostics, const Zone* zone, bool& too_deep) {
  out = nullptr;
  if (!check_characters(source, offset, size, diagnostics)) return false;
  Loader loader(source, offset, size, arena, diagnostics, zone);
  Value v;
  if (!loader.document(v)) {
    too_deep = loader.is_too_deep();
    return false;
  }
  out = v;
  return true;
}
}  // namespace

bool parse(const Source& source, std::size_t offset, std::size_t size, Arena& arena, Value& out,
           Diagnostics& diagnostics, const Zone* zone) {
  bool too_deep = false;
  return load(source, offset, size, arena, out, diagnostics, zone, too_deep);
}

bool parse_data(const Source& source, Arena& arena, Value& out, Diagnostics& diagnostics,
                const Zone* zone) {
  bool csv = ends_with(source.path, ".csv");
  if (csv || ends_with(source.path, ".tsv"))
    return parse_csv(source, csv ? ',' : '\t', arena, out, diagnostics);
  if (!ends_with(source.path, ".json")) return parse(source, arena, out, diagnostics, zone);
  Diagnostics of_yaml(arena);
  bool too_deep = false;
  if (load(source, 0, source.text.size(), arena, out, of_yaml, zone, too_deep)) return true;
  if (!too_deep) return parse_json(source, arena, out, diagnostics);
  // JSON's own reader stops at fewer levels than are allowed here.
  for (const Diagnostic& d : of_yaml) diagnostics.add(d);
  return false;
}

std::size_t place_of(const Source& source, const List<Value>& path) {
  Arena scratch;
  Diagnostics ignored(scratch);
  if (!check_characters(source, 0, source.text.size(), ignored)) return 0;
  return Loader(source, 0, source.text.size(), scratch, ignored, nullptr).place_of(path);
}

Node* outline(const Source& source, Arena& arena) {
  Diagnostics ignored(arena);
  if (!check_characters(source, 0, source.text.size(), ignored)) return nullptr;
  return Loader(source, 0, source.text.size(), arena, ignored, nullptr).outline();
}

}  // namespace meridian::yaml
