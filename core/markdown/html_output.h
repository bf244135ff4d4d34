// Tags, attributes, escapes and code, as kramdown's HTML converter prints them: all of the HTML
// writer that needs no other node than the one it is given. Included by html_writer.cpp alone.
#pragma once
#include "meridian/rouge.h"
#include "tree.h"

namespace meridian::markdown {

/// Indentation is only white space: past this depth it stays, so that hostile nesting does not
/// square the output.
inline constexpr int kMaxIndent = 200;

namespace {

/// Writes single elements to the end of a text, which the writer of the tree derives from.
class HtmlOutput {
 protected:
  HtmlOutput(const Tree& tree, Text& out)
      : tree_(tree), options_(tree.options), arena_(tree.arena), out_(out) {}

  // ---- pieces ----

  MERIDIAN_NOINLINE void add(Str s) { out_.add(s); }
  MERIDIAN_NOINLINE void add(const char* literal) { out_.add(literal); }
  MERIDIAN_NOINLINE void add(char c) { out_.add(c); }
  MERIDIAN_NOINLINE void add_number(int i) { out_.add_int(i); }
  MERIDIAN_NOINLINE void escape(Str s, Escape how) { add_escaped(out_, s, how); }
  void add_nbsp() { add_entity(out_, 0xa0, {}, options_.entity_output); }
  void indent(int depth) {
    if (depth > 0) out_.add(std::size_t(depth < kMaxIndent ? depth : kMaxIndent), ' ');
  }

  /// Whether the output ends at the place of the table of contents or of the footnotes, which are
  /// inserted at the end.
  bool ends_in_list() { return toc_at_ == out_.size() || notes_at_ == out_.size(); }
  bool ends_line() { return out_.back() == '\n' && !ends_in_list(); }

  /// `<`, then `slash` and the name, then `end`; without the characters that are 0.
  void tag(char slash, Str name, char end) {
    char* at = out_.extend(1 + bool(slash) + name.size() + bool(end));
    if (!at) return;
    *at++ = '<';
    if (slash) *at++ = slash;
    for (char c : name) *at++ = c;
    if (end) *at = end;
  }
  void open(Str name, const Attribute* attributes) {
    tag(0, name, attributes ? 0 : '>');
    if (!attributes) return;
    add_attributes(out_, attributes);
    add('>');
  }
  void close(Str name) { tag('/', name, '>'); }
  void open_block(Str name, const Attribute* attributes, int depth) {
    indent(depth);
    open(name, attributes);
  }
  void close_block(Str name) {
    close(name);
    add('\n');
  }
  void write_empty(Str start, const Attribute* attributes) {
    add(start);
    add_attributes(out_, attributes);
    add(" />");
  }
  void write_text(const Node* node) {
    if (!options_.remove_line_breaks_for_cjk) return escape(node->text, text_escape());
    Str s = node->text;
    std::size_t done = 0;
    for (std::size_t at = s.find('\n'); at != Str::npos; at = s.find('\n', at + 1)) {
      std::size_t before = at, after = at + 1;
      while (before && (s[before - 1] & 0xc0) == 0x80) --before;
      if (!before || after >= s.size()) continue;
      --before;
      if (!is_cjk(decode(s, before)) || !is_cjk(decode(s, after))) continue;
      escape(s.substr(done, at - done), text_escape());
      done = at + 1;
    }
    escape(s.substr(done), text_escape());
  }
  Escape text_escape() const {
    return options_.dialect == Dialect::Kramdown ? Escape::Text : Escape::All;
  }
  /// Han, Hiragana and Katakana.
  static bool is_cjk(std::uint32_t c) {
    static constexpr std::uint16_t kRanges[][2] = {{0x2e80, 0x2fd5},
                                                   {0x3005, 0x3005},
                                                   {0x3007, 0x3007},
                                                   {0x3021, 0x3029},
                                                   {0x3038, 0x303b},
                                                   {0x3041, 0x3096},
                                                   {0x309d, 0x309f},
                                                   {0x30a1, 0x30fa},
                                                   {0x30fd, 0x30ff},
                                                   {0x31f0, 0x31ff},
                                                   {0x32d0, 0x32fe},
                                                   {0x3300, 0x3357},
                                                   {0x3400, 0x9fff},
                                                   {0xf900, 0xfad9},
                                                   {0xff66, 0xff6f},
                                                   {0xff71, 0xff9d},
                                                   {0, 0}};
    return in_ranges(kRanges, c) || (c >= 0x20000 && c <= 0x3134a);
  }

  Attribute* with(const Attribute* list, Str name, Str value) {
    Attribute* copy = copy_attributes(arena_, list);
    set_attribute(arena_, copy, name, value);
    return copy;
  }
  static Str classes_of(Attribute* list) {
    Attribute* classes = find_attribute(list, "class");
    return classes ? classes->value : Str();
  }

  // ---- code ----

  /// Offset of `language-…` in a class attribute, at the start of a word; npos when it is not
  /// there.
  static std::size_t find_language(Str classes, std::size_t& end) {
    constexpr Name kPrefix = "language-";
    for (std::size_t at = classes.find(kPrefix); at != Str::npos;
         at = classes.find(kPrefix, at + 1)) {
      bool word_start =
          !at || !(is_alnum(classes[at - 1]) || classes[at - 1] == '_' || (classes[at - 1] & 0x80));
      end = at + kPrefix.size();
      while (end < classes.size() && !is_space(classes[end])) ++end;
      if (word_start && end > at + kPrefix.size()) return at;
    }
    return Str::npos;
  }
  /// The name in `language-name`, empty when there is none.
  static Str code_language(const Node* node) {
    Str classes = classes_of(node->attributes);
    std::size_t end, at = find_language(classes, end);
    return at == Str::npos ? Str() : slice(classes, at + 9, end);
  }
  /// Whether kramdown would hand the code to Rouge and get it back coloured.
  bool highlighted(Str lang, bool block) {
    if (!options_.highlight || !(block ? options_.highlight_blocks : options_.highlight_spans))
      return false;
    if (lang.empty()) lang = options_.default_lang;
    if (lang.empty() || lang == "guess") return options_.guess_lang;
    lang = lang.substr(0, lang.find('?'));
    if (!options_.guess_lang && one_of(lang, "plaintext text") >= 0) return false;
    // A document's code is in one language, mostly.
    if (lang != checked_lang_) {
      checked_lang_ = lang;
      has_highlighter_ = rouge::is_known(lang);
    }
    return has_highlighter_;
  }
  /// The class attribute with `language-… highlighter-rouge`.
  void mark_highlighted(Attribute*& attributes, Str lang) {
    Str classes = lstrip(arena_.join(classes_of(attributes), " highlighter-rouge"));
    if (lang.empty()) lang = options_.default_lang;
    if (!lang.empty()) {
      // It replaces a language at the start, else it is the first class.
      std::size_t end = 0;
      bool first = find_language(classes, end) == 0;
      classes =
          arena_.join("language-", lang, first ? "" : " ", first ? classes.substr(end) : classes);
    }
    set_attribute(arena_, attributes, "class", classes);
  }

  void write_code_block(const Node* node, int depth) {
    Attribute* attributes = copy_attributes(arena_, node->attributes);
    Str lang = code_language(node);
    if (!lang.empty()) {
      Attribute* classes = find_attribute(attributes, "class");
      std::size_t end = 0, at = find_language(classes->value, end);
      classes->value = strip(arena_.join(classes->value.substr(0, at), classes->value.substr(end)));
      if (classes->value.empty()) remove_attribute(attributes, "class");
    }
    if (highlighted(lang, true)) {
      mark_highlighted(attributes, lang);
      open_block("div", attributes, depth);
      add("<div class=\"highlight\"><pre class=\"highlight\"><code>");
      if (options_.line_numbers)
        write_numbered(lang, node->text);
      else
        write_coloured(lang, node->text);
      add("</code></pre></div>");
      indent(depth);
      return close_block("div");
    }
    open_block("pre", attributes, depth);
    add("<code");
    if (!lang.empty()) {
      add(" class=\"language-");
      escape(lang, Escape::Attribute);
      add('"');
    }
    add('>');
    Str code = node->text;
    if (ends_with(code, "\n")) code.remove_suffix(1);
    if (has_class(node, "show-whitespaces")) {
      write_visible_blanks(code);
    } else {
      escape(code, Escape::All);
    }
    add("\n</code></pre>\n");
  }

  /// With the tokens of its language, where the host has lexers.
  void write_coloured(Str lang, Str code) {
    if (lang.empty()) lang = options_.default_lang;
    if (!rouge::highlighter || !rouge::highlighter(out_, lang, code)) escape(code, Escape::All);
  }

  /// Rouge's table, with line numbers.
  void write_numbered(Str lang, Str code) {
    add("<table class=\"rouge-table\"><tbody><tr><td class=\"rouge-gutter gl\"><pre "
        "class=\"lineno\">");
    std::int64_t line = 0;
    for (char c : code) {
      if (c != '\n') continue;
      out_.add_int(++line);
      add(c);
    }
    // Rouge ends the last line.
    bool ended = ends_with(code, "\n");
    if (!ended) {
      out_.add_int(line + 1);
      add('\n');
    }
    add("</pre></td><td class=\"rouge-code\"><pre>");
    write_coloured(lang, code);
    if (!ended) add('\n');
    add("</pre></td></tr></tbody></table>");
  }

  /// Class `show-whitespaces`: every blank and tab gets an element whose class gives its place in
  /// the line.
  void write_visible_blanks(Str code) {
    auto blank = [](char c) { return c == ' ' || c == '\t'; };
    for (std::size_t i = 0; i < code.size();) {
      std::size_t from = i;
      while (i < code.size() && !blank(code[i])) ++i;
      escape(code.substr(from, i - from), Escape::All);
      from = i;
      while (i < code.size() && blank(code[i])) ++i;
      Str where = from == 0 || code[from - 1] == '\n'   ? "-l"
                  : i == code.size() || code[i] == '\n' ? "-r"
                                                        : "";
      for (; from < i; ++from) {
        add(code[from] == '\t' ? "<span class=\"ws-tab" : "<span class=\"ws-space");
        add(where);
        add(code[from] == '\t' ? "\">\t</span>" : "\">&#8901;</span>");
      }
    }
  }

  void write_code_span(const Node* node) {
    // Most code spans have no attributes: their tag is made once.
    bool plain = !node->attributes, coloured = false;
    if (!plain || plain_code_.empty()) {
      std::size_t from = out_.size();
      Attribute* attributes = node->attributes;
      Str lang = code_language(node);
      if (highlighted(lang, false)) {
        attributes = copy_attributes(arena_, attributes);
        mark_highlighted(attributes, lang);
        coloured = true;
      }
      open("code", attributes);
      if (plain) {
        plain_code_ = arena_.copy(out_.str().substr(from));
        colours_plain_code_ = coloured;
      }
    } else {
      add(plain_code_);
    }
    if (!(plain ? colours_plain_code_ : coloured))
      escape(node->text, Escape::All);
    else if (options_.span_line_numbers)
      write_numbered(code_language(node), node->text);
    else
      write_coloured(code_language(node), node->text);
    add("</code>");
  }

  static bool has_class(const Node* node, Str word) {
    Str s = classes_of(node->attributes);
    auto boundary = [&](std::size_t at) {
      return at >= s.size() || !(is_alnum(s[at]) || s[at] == '_');
    };
    for (std::size_t at = s.find(word); at != Str::npos; at = s.find(word, at + 1)) {
      if ((!at || boundary(at - 1)) && boundary(at + word.size())) return true;
    }
    return false;
  }

  const Tree& tree_;
  const Options& options_;
  Arena& arena_;
  Text& out_;
  std::size_t toc_at_ = 0, notes_at_ = Str::npos;  // where contents and footnotes will be inserted

 private:
  Str plain_code_;  // the tag of a code span without attributes
  bool colours_plain_code_ = false;
  Str checked_lang_;
  bool has_highlighter_ = false;  // of checked_lang_
};

}  // namespace

}  // namespace meridian::markdown
