// The flat tree of a CommonMark document, or its HTML. md4c calls in document order, so the nodes
// are written in the order of the calls; what GitHub's dialect moves or changes (footnotes, alerts)
// is cut out of the text and written elsewhere.
#pragma once
#include "commonmark.h"
#include "github/alerts.h"
#include "github/footnotes.h"
#include "github/rewrite.h"
#include "meridian/text.h"

extern "C" {
#include <md4c.h>
}

namespace meridian::markdown {

inline bool is_newline(char c) { return c == '\n' || c == '\r'; }

/// Writes the nodes of one document while md4c parses it.
///
///     CommonmarkBuilder builder(text, flags, rewriting, arena, out);
///     CommonmarkBuilder::set_callbacks(parser);
///     if (md_parse(text.data(), text.size(), &parser, &builder) == 0) builder.finish();
///
/// `text`, `rewriting` and `arena` must outlive the builder. `rewriting` is null when nothing of
/// the source was rewritten for GitHub's dialect.
class CommonmarkBuilder {
 public:
  CommonmarkBuilder(Str text, unsigned flags, const Rewriting* rewriting, Arena& arena, Text& out)
      : text_(text),
        github_(flags & kGitHub),
        notes_(flags & kNotes),
        html_(flags & kHtml),
        rewriting_(rewriting),
        arena_(arena),
        out_(out),
        writer_(out, arena, flags & kHtml),
        footnotes_(arena) {
    if (rewriting) footnotes_.define(rewriting->definitions);
  }

  /// Sets md4c's five callbacks; the last argument of md_parse must be a CommonmarkBuilder.
  static void set_callbacks(MD_PARSER& parser);
  /// Writes the section of footnotes behind the document.
  void finish() { footnotes_.write_section(writer_); }

 private:
  // md4c's callbacks
  static CommonmarkBuilder& self(void* builder) {
    return *static_cast<CommonmarkBuilder*>(builder);
  }
  void enter_block(MD_BLOCKTYPE type, void* detail);
  void leave_block(MD_BLOCKTYPE type, void* detail);
  void enter_span(MD_SPANTYPE type, void* detail);
  void leave_span(MD_SPANTYPE type, void* detail);
  void text(MD_TEXTTYPE type, Str s);

  static constexpr std::uint32_t kNowhere = ~std::uint32_t(0);
  static constexpr int kNoFootnote = -1;
  static constexpr std::size_t kNoText = ~std::size_t(0);

  /// An open block.
  struct Frame {
    Type type;
    bool tight = false;
    bool implied = false;  ///< a paragraph that md4c does not report, in a tight item
    char task = 0;         ///< of an item: its mark is still to be written
    int footnote = kNoFootnote;
    const Callout* callout = nullptr;  ///< of an Alert that is one
    std::size_t at = 0;                ///< where it begins in what is written
    std::size_t content = 0;           ///< where its children begin
    Range range = {kNowhere, 0};
  };

  // blocks
  Frame& add_frame(Type type);
  void push(Type type, int level = 0, int fields = 0);
  void push_item(const MD_BLOCK_LI_DETAIL& item);
  void pop();
  void cut(std::size_t at);
  void pop_leaf(Range range);
  void leave_implied_paragraph();
  void need_paragraph();
  void open_paragraph(int fields);
  void leave_code(const MD_BLOCK_CODE_DETAIL& code);
  void leave_html();
  void leave_rule();
  void leave_item();
  // positions
  bool in_text(Str s) const;
  void see(Str s);
  Range lines_of(Range range, char fence);
  Range in_source(Range range) const;
  void finish_range(Frame& frame);
  // spans
  void open_node(Type type, int level = 0, int fields = 0);
  void close_node(const Range* range = nullptr);
  void open_span(Type type);
  void leave_image(const MD_SPAN_IMG_DETAIL& image);
  void leave_math(bool display);
  void piece(Type type, Str s);
  void code_piece(Str s);
  void code_text(Str s, bool in_cell);
  void github_text(Str s);
  void add_autolink(Str prefix, Str url);
  void flush();
  // alerts
  bool begins_alert(Str s);
  void write_alert(Frame& quote, Frame& paragraph, int kind);
  // notes
  bool begins_callout(Str s);
  void end_callout_title();
  void take_block_id();
  void take_picture_size();

  void add_attribute(Str name, const MD_ATTRIBUTE& value, bool url);

  Str text_;
  bool github_, notes_, html_;
  const Rewriting* rewriting_;
  Arena& arena_;
  Text& out_;
  NodeSink writer_;
  Footnotes footnotes_;
  List<Frame> frames_;
  int depth_ = 0;
  std::uint32_t too_deep_ = 0;  ///< open nodes that were left out
  std::uint32_t seen_end_ = 0;  ///< end of the last leaf block
  std::size_t paragraph_tail_ = 0,
              paragraph_end_ = 0;  ///< where the last one's children and it itself end in out_
  int images_ = 0;                 ///< open ones: their content is text for `alt`
  int open_spans_ = 0;             ///< in the current block
  bool in_link_ = false;
  bool forgotten_break_ = false;  ///< in code
  bool skip_break_ = false;       ///< the line break after an alert's mark
  bool in_title_ = false;         ///< of a callout, which ends with its line
  Type pending_type_ = Type::Text;
  Text pending_;  ///< of the leaf that is being collected; HTML has text and code at once
  std::size_t text_begin_ = kNoText;  ///< in HTML: where the text that is being written begins
  bool in_code_ = false;              ///< in HTML: a code span is being written
  Text attribute_, alt_;
};

}  // namespace meridian::markdown
