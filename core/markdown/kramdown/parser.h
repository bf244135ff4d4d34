// The kramdown parser: blocks first, recursively, each container from a text of its own; then the
// spans of every paragraph, header and cell; then attribute lists, abbreviations and ids. It
// follows kramdown 2.4.0 step by step, because its output is the specification; the regular
// expressions are read by hand, in linear time. One file for each kind of block or span.
#pragma once
#include "scan.h"
#include "tree.h"

namespace meridian::markdown::kramdown {

/// Spans inside each other; deeper ones stay text.
constexpr int kMaxNesting = 1000;
/// Quotes, lists and HTML elements inside each other; deeper ones stay text. Chromium gives a
/// worker a stack of 500 KB; a list uses up to 900 bytes of it (live.wasm).
constexpr int kMaxNestedBlocks = 400;
/// Pictures in the text of a picture: each is tried again for each one around it whose end is
/// missing, so that all of kMaxNesting would take seconds.
constexpr int kMaxNestedPictures = 50;
/// Whether another level of `most` fits. Templates around a text (`markdownify` in includes) leave
/// less of the stack: with more than `free` bytes held there is one level less for each `bytes`.
bool fits(int depth, int most, std::size_t free, std::size_t bytes);
inline bool fits_span(int depth) { return fits(depth, kMaxNesting, 6000, 300); }
inline bool fits_block(int depth) { return fits(depth, kMaxNestedBlocks, 60'000, 600); }
/// A container's lines are copied without its marks before they are parsed, so a line at depth 400
/// is copied 400 times. All copies together stay under kFreeCopies + kMaxCopies × the document;
/// beyond that marks are text.
constexpr std::size_t kFreeCopies = std::size_t(32) << 20, kMaxCopies = 16;
/// Longer ids of link definitions and abbreviations are not written by hand; the limit bounds
/// comparisons.
constexpr std::size_t kMaxId = 1000;
/// URLs and titles that all references to link definitions, and all abbreviations, together may
/// repeat: kFreeReferences + kMaxReferences × the document. A definition of 10 KB that is used
/// 10,000 times is an attack on the output.
constexpr std::size_t kFreeReferences = std::size_t(1) << 20, kMaxReferences = 16;
/// Entries that all references to attribute list definitions together may expand to, since these
/// can refer to others.
constexpr int kMaxExpansions = 100000;

/// Byte `at` of a copied text came from byte `source` of the document.
struct Origin {
  std::uint32_t at, source;
};

/// A possible end of fenced code: a line of only ` {0,3}` and a run of ~ and `.
struct Fence {
  std::uint32_t begin, length, line_end;
  char mark;                   ///< the character of the run, 0 when it is mixed
  std::uint32_t longest_here;  ///< length of the longest run of this mark from here on
};

/// Removes an element's `markdown` attribute and returns its meaning: 0, 1, 2 for `span`, 3 for
/// `block`; -1: none.
int remove_markdown_attribute(Node* element);
/// Converts the name of an element to lower case when it is one of HTML's; returns its
/// element_flags.
std::uint8_t known_lower_case(Arena& arena, Str& name);

/// A text that blocks are parsed from, and facts about it that are found once.
struct BlockText {
  Str text;
  List<Origin> origins = {};
  std::uint32_t base = 0;                 ///< of text.data() in the numbers of `origins`
  mutable std::uint32_t last_origin = 0;  ///< index of the last result of offset_of
  Finder comment_end = {}, instruction_end = {}, math_end = {};
  std::size_t no_extension_end_from[3] =
      {};  ///< no end of an extension from there on; 0: not known
  // The last closing brace that was found.
  Finder brace = {};
  Finder extension_brace = {};
  std::size_t escaped_brace = 0;
  List<Fence> fences = {};
  std::size_t fences_end = 0;  ///< they are known up to there, and those that matter
  bool knows_fences = false;   ///< all of them
  std::uint32_t next_fence[2] =
      {};  ///< of each mark the first that may end the fenced code to come
  std::size_t no_table_before = 0;

  BlockText();
  std::uint32_t offset_of(std::size_t at) const;
  /// A text of its own, to which lines can be added: `bytes` in all.
  void start_copy(Arena& arena, std::size_t bytes) {
    text = Str(static_cast<char*>(arena.alloc(bytes)), 0);
  }
  void add(Str more);
  void add_line(Arena& arena, Str line, std::size_t origin);
  /// Sets the text to bytes `from` to `end` of another text.
  void set_part(const BlockText& whole, std::size_t from, std::size_t end);
};

enum EndOfBlockKind : std::uint8_t {
  kMarker,
  kAld,
  kIal,
  kLinkDefinition,
  kAbbreviation,
  kFootnote,
  kExtension
};

struct LinkDefinition {
  Str url, title;
  bool has_title;
  Node* mark;  ///< holds the attribute list of the definition
};

class Parser : private Scanner {
 public:
  explicit Parser(Tree& tree) : Scanner(tree.arena, tree.options, {}), tree_(tree) {}
  void parse(Str text);
  /// Quotes, signs, entities and HTML alone, as Jekyll's SmartyPants converter.
  void parse_smart(Str text);

  // ---- for the span parser ----
  Arena& arena() { return arena_; }
  Options& options() { return options_; }
  const LinkDefinition* find_link(Str id);
  bool has_links() const { return links_.size != 0; }
  int find_footnote(Str name);
  void parse_attribute_list(Str s, AttributeList& list);
  /// The same into a list that is made when it is nullptr.
  void parse_attribute_list(Str s, AttributeList*& list);
  void merge_list(AttributeList& list, const AttributeList& more);
  void apply_list(Attribute*& attributes, const AttributeList& list);
  void set_options(const AttributeList& list);
  Attribute* parse_html_attributes(Str s, bool fold, bool join_lines);
  int depth() const { return depth_; }
  /// The HTML of a sign; cached, since every apostrophe needs it.
  Str sign(Sign sign);
  /// With GFM: somewhere a backslash precedes a newline.
  void note_break() { has_breaks_ = true; }

  struct Extension {
    Str name, attributes;
    bool closed;  ///< {::name /}
    bool stop;    ///< {:/name}
    std::size_t end;
  };
  /// `{::name …}` or `{:/name}` at `at` of any text.
  static bool match_extension(Str s, std::size_t at, Extension& extension, Finder& brace);

 private:
  friend struct LiveParse;  // live.cpp

  // parser.cpp
  void adapt(Str text, BlockText& source);
  void read_link_options();
  /// The entry of a list for `name`, one of zeros when there was none.
  void* entry(Map* names, Str name, ListBase& list, std::size_t item_size);
  template <class T>
  T& entry(Map* names, Str name, List<T>& list) {
    return *static_cast<T*>(entry(names, name, list, sizeof(T)));
  }
  void update_tree(Node* node);
  void parse_span_text(Node* raw);
  void update_elements(Node* node);
  void break_lines(Node* parent, Node* text);

  // block.cpp
  bool parse_blocks(Node* node, BlockText& source);
  bool parse_blocks(Node* node);
  void parse_line();
  bool parse_block();
  bool parse_prose();
  Node* new_block(Type type, Str text = {});
  Node* add_block(Type type, std::size_t begin, Str text = {});
  void finish(Node* block, std::size_t begin);
  Node* add_end_of_block(EndOfBlockKind kind);
  Node* last_child() const { return node_->last; }
  bool after_block_boundary() const;
  bool before_block_boundary(std::size_t at);
  std::size_t blank_end(std::size_t at) const;
  std::size_t end_marker_end(std::size_t at) const;
  bool lazy_end(std::size_t at);
  bool begins_prose(std::size_t at) const;
  bool paragraph_end(std::size_t at);
  bool indented(std::size_t at) const;
  std::size_t without_indentation(std::size_t at) const;
  bool may_nest(std::size_t bytes);
  bool parse_blank();
  bool parse_end_marker();
  std::size_t thematic_break_end(std::size_t at) const;
  bool parse_thematic_break();
  Str trim_line(std::size_t at) const;

  // the kinds of blocks, a file each
  bool parse_paragraph(std::size_t line);  ///< `line` here and below: where the first line ends
  std::size_t atx_level(std::size_t at) const;
  bool parse_atx_header();
  bool parse_setext_header(std::size_t line);
  bool add_header(int level, Str text, Str id, std::size_t end);
  std::size_t code_block_end(std::size_t at);
  bool parse_code_block();
  std::size_t fence_length(std::size_t& at, char& mark) const;
  bool find_fence();
  const Fence* closing_fence(std::size_t at, char mark, std::size_t& length);
  bool fence_start(std::size_t at) const;
  bool parse_fenced_code();
  std::size_t quote_content(std::size_t line) const;
  void copy_lines(BlockText& inner, std::size_t line, std::size_t end, bool quote);
  bool parse_blockquote();
  std::size_t list_content(Str s, std::size_t at, std::size_t most_spaces) const;
  bool parse_list();
  std::size_t definition_content(std::size_t at, std::size_t most_spaces) const;
  bool parse_definition_list();
  struct Item;
  Item* next_item(Item* before, Node* list, Type type, std::size_t content);
  void start_item(Item& item, std::size_t marker, Str content);
  std::size_t item_line(Item& item, bool lazy_allowed);
  bool parse_items(Node* list, bool blank);
  void own_lines(Item& item);
  void add_to_item(Item& item, std::size_t from, std::size_t end, std::size_t blanks);
  void finish_item(Item& item);
  void settle_items(Node* list, bool end_marker);
  void mark_tasks(Node* list);
  bool parse_block_html();
  void skip_blank_rest();
  void parse_html_element(const HtmlTag& tag, std::size_t begin);
  void parse_raw_html(Node* element);
  Str read_to_closing_tag(const Node* element);
  bool parse_math();
  bool parse_table(std::size_t end);
  struct Table;
  bool parse_table_rows(Table& table);
  void parse_table_row(Table& table, Str line);
  bool has_pipes_outside_code(Str text);
  void end_table_part(Table& table, Type type, bool force);
  bool parse_footnote_definition();
  bool parse_link_definition();
  bool parse_abbreviation_definition();
  bool parse_block_extension();
  bool parse_extension(const Extension& extension, std::size_t begin);
  std::size_t attribute_list_end(std::size_t content, std::size_t& brace);
  std::size_t block_ial_end(std::size_t at, Str* content = nullptr);
  bool block_ial_start(std::size_t at);

  // abbreviation.cpp
  void replace_abbreviations();
  struct Trie;
  struct FirstBytes;
  void replace_abbreviations(Node* node, const Trie& trie, const FirstBytes& firsts);

  Tree& tree_;
  BlockText* in_ = nullptr;  // that the block parser reads
  AttributeList* block_ial_ = nullptr;
  bool closed_by_tag_ = false, has_breaks_ = false;
  Str signs_[kSigns];
  int depth_ = 0;
  std::size_t copied_ = 0;
  std::size_t document_size_ = 0;
  /// Counts bytes of a definition that is used; false when it can't be used once more.
  bool may_repeat(std::size_t bytes) {
    repeated_ += bytes;
    return repeated_ <= kFreeReferences + kMaxReferences * document_size_;
  }
  std::size_t repeated_ = 0;
  Str unfit_;  ///< the text up to the end of a quote that was no longer copied

  Map* definitions_ = nullptr;  // name → index in lists_
  List<AttributeList> lists_;
  Map* link_ids_ = nullptr;
  List<LinkDefinition> links_;
  Map* footnote_names_ = nullptr;
  Map* abbreviation_names_ = nullptr;
  IdCounter ids_;
  int expansions_ = 0;
};

/// The span-level parser of one text.
class SpanParser : private Scanner {
 public:
  /// The span parsers that take part, as the table parser and raw HTML restrict them; kSmart:
  /// quotes, signs, entities and HTML.
  enum Parsers : std::uint8_t { kAll, kHtml, kCode, kCodeAndHtml, kSmart };

  /// Parses all of `text` into `node`.
  static void parse(Parser& parser, Str text, Type text_type, int depth, Node* node,
                    Parsers parsers = kAll);

 private:
  SpanParser(Parser& parser, Str text, Type text_type, int depth)
      : Scanner(parser.arena(), parser.options(), text),
        parser_(parser),
        text_type_(text_type),
        depth_(depth) {}
  enum TerminatorKind : std::uint8_t {
    kNone,
    kStar,
    kTwoStars,
    kUnderscore,
    kTwoUnderscores,
    kBracket,
    kTag
  };
  struct Terminator {
    TerminatorKind kind;
    Str tag;
    bool fold;
  };
  /// The spans around a place: one of each at most.
  enum Inside : std::uint8_t { kInEmphasis = 1, kInStrong = 2, kInLink = 4 };
  struct Step {
    std::uint32_t at;
    std::int32_t open;
  };
  struct Target {
    Str url, title;
    bool has_title = false;
    AttributeList* list = nullptr;
    std::size_t end = 0;
  };

  bool parse_spans(Node* node, const Terminator& terminator, Parsers parsers);
  std::size_t start_at(std::size_t i, std::size_t at) const;
  std::size_t find_start(std::size_t at) const;
  bool at_terminator(const Terminator& terminator, std::size_t& opens);
  void parse_span();
  Value state(std::size_t at, const Terminator& terminator) const;
  void mark_dead(std::uint32_t first_step, const Terminator& terminator, std::int32_t lowest);
  void add_text(Str text);
  void add_text(std::size_t size);
  void add_entity_node(std::uint32_t code_point, Str original);
  void add_sign_node(Sign sign);
  bool inside(Inside what) const { return inside_ & what; }

  void parse_emphasis();
  bool try_emphasis(std::size_t at, std::size_t length, Type type);
  void parse_code_span();
  bool parse_autolink();
  bool parse_html();
  bool parse_footnote_marker();
  void parse_link();
  bool resolve(std::size_t text_begin, std::size_t text_end, Target& target);
  bool resolve_id(Str id, Target& target);
  bool resolve_text(std::size_t text_begin, std::size_t text_end, Target& target);
  bool resolve_inline(std::size_t at, Target& target);
  void find_parens();
  std::size_t angle_end(std::size_t at);
  template <class Here>
  std::size_t find_place(std::size_t at, Finder& known, Here here);
  std::size_t find_space_quote(std::size_t at);
  std::size_t find_title_end(std::size_t at, char quote);
  Str link_text(std::size_t begin, std::size_t end);
  void parse_smart_quotes();
  bool parse_math();
  bool parse_dollars();
  bool parse_extension();
  bool parse_span_list();
  bool parse_entity();
  bool parse_typography();
  bool parse_line_break();
  bool parse_escape();
  bool parse_strikethrough();

  Parser& parser_;
  Type text_type_;
  Parsers parsers_ = kAll;
  Parsers dialect_ =
      kAll;  // kAll or kSmart: for an element's content inside one that is restricted
  std::uint8_t inside_ = 0;
  int depth_;
  /// How many attempts around this place may yet turn out to be text.
  int attempts_ = 0;
  int pictures_ = 0;  // around this place, whose text it is

  // Failed attempts are recorded at each step that they made, so that no place is tried twice in
  // the same situation: a text of n characters costs O(n) whatever it is.
  Map dead_{&arena_};     // state → how much lower the count of open brackets gets from there
  Map matches_{&arena_};  // state behind an opening bracket → its closing bracket
  List<Step> steps_;
  List<std::uint32_t> open_brackets_;
  std::uint32_t* parens_ = nullptr;  // for each "(" its ")" , by position
  Finder comment_end_, math_end_, angle_, newline_, strike_end_, brace_, extension_brace_,
      space_quote_, title_end_[2];
  std::size_t unclosed_ticks_ = 0,
              unclosed_from_ = 0;  // this many backticks, if any, don't occur again from there on
  std::size_t no_extension_end_from_[3] = {};
  /// No formula between single dollars ends from there on.
  std::size_t no_dollar_from_ = npos;
};

}  // namespace meridian::markdown::kramdown
