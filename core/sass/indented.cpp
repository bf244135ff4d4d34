#include "indented.h"

namespace meridian::sass {

namespace {
constexpr char kBlanks[] = " \t\n\v\f\r";

/// The pseudo classes that a line may begin with; what else begins with a colon is a property.
constexpr char kPseudoClasses[] =
    ":link :visited :active :lang :first-child :hover :focus :first :target :root :nth-child "
    ":nth-last-of-child :nth-of-type :nth-last-of-type :last-child :first-of-type :last-of-type "
    ":only-child :only-of-type :empty :not :default :valid :invalid :in-range :out-of-range "
    ":required :optional :read-only :read-write :dir :enabled :disabled :checked :indeterminate "
    ":nth-last-child :any-link :local-link :scope :active-drop-target :valid-drop-target "
    ":invalid-drop-target :current :past :future :placeholder-shown :user-error :blank :nth-match "
    ":nth-last-match :nth-column :nth-last-column :matches :fullscreen";

bool is_pseudo_class(Str word) {
  Text lower_case;
  for (std::size_t i = 0; i < word.size(); i++) {
    if (i && !is_alpha(word[i]) && word[i] != '-') break;
    lower_case.add(lower(word[i]));
  }
  return one_of(lower_case.str(), kPseudoClasses) >= 0;
}

/// Where `//` begins a comment, outside strings and brackets.
std::size_t find_comment(Str line) {
  bool single = false, twice = false, comment = false;
  std::ptrdiff_t brackets = 0;
  for (std::size_t i = 0; i < line.size(); i++) {
    char c = line[i], before = i ? line[i - 1] : '\0';
    bool in_string = single || twice;
    if (c == '(' && !in_string)
      brackets++;
    else if (c == ')' && !in_string)
      brackets--;
    else if (c == '"' && !single && !comment)
      twice = !twice;
    else if (c == '\'' && !twice && !comment)
      single = !single;
    else if (c == '/' && before == '*')
      comment = false;
    else if (c == '/' && before == '/' && !in_string && !comment && !brackets)
      return i - 1;
    else if (c == '\\' && in_string)
      i++;
    else if (c == '*' && before == '/' && !in_string)
      comment = true;
  }
  return Str::npos;
}

/// Whether there is more than comments.
bool has_data(Str line) {
  std::size_t at = 0;
  while ((at = line.find_first_not_of(kBlanks, at)) != Str::npos) {
    if (!line.substr(at).starts_with("/*")) return true;
    at = line.find("*/", at);
    if (at == Str::npos) return false;
    at += 2;
  }
  return false;
}

class Converter {
 public:
  /// What is done with statements that are no imports.
  using Statement = void (Converter::*)(std::size_t at);

  Converter(Text& out, Statement statement) : out_(out), statement_(statement) {
    indents_.add(arena_, Str());
  }

  void all(Str indented) {
    for (std::size_t at = 0; at < indented.size();) {
      std::size_t end = indented.find_first_of("\r\n", at);
      if (end == Str::npos) end = indented.size();
      line(slice(indented, at, end));
      at = end + 1;
      if (char_at(indented, end) == '\r' && char_at(indented, at) == '\n') at++;
    }
    text_.truncate(0);
    process(true);
  }

  void statement(std::size_t at) {
    selector_ = false;
    Str text = text_.str();
    if (char_at(text, at) == '\\') {
      selector_ = true;
      text_.data()[at] = ' ';
    }
    if (starts(at, ":") && !starts(at, "::")) return old_property(at);
    for (const char* word : {"@warn", "@debug", "@error", "@value", "@charset", "@namespace"})
      if (starts(at, word)) return;
    char next = char_at(text, at + 1);
    if (starts(at, "=")) {
      text_.replace(at, at + 1, "@mixin ");
    } else if (starts(at, "+")) {
      if (next && next != ' ' && next != '\t') text_.replace(at, at + 1, "@include ");
    } else {
      for (const char* word : {"@return", "@extend", "@include", "@content", "@use", "@forward"})
        if (starts(at, word)) return;
      selector_ = true;
      std::size_t colon = text.find(':', at);
      if (colon == Str::npos) return;
      char behind = char_at(text, colon + 1);
      if (behind == ' ' || behind == '\t') selector_ = false;
    }
  }

 private:
  void line(Str source) {
    text_.truncate(0);
    text_.add(rstrip(source));
    process(false);
  }
  bool parsing() const { return comment_ == 0; }
  Str indent() const { return indents_[indents_.size - 1]; }
  bool starts(std::size_t at, Str word) const { return text_.str().substr(at).starts_with(word); }

  /// Closes what the line before has open, and blocks that are deeper.
  void close(std::size_t depth) {
    if (depth <= indent().size()) {
      if (comment_ == '*') {
        out_.add(" */");
      } else if (comment_ != '/' && property_ && !comma_) {
        if (selector_)
          out_.add(" {}");
        else if (!semicolon_)
          out_.add(';');
      }
      comment_ = 0;
    }
    while (depth < indent().size()) {
      indents_.size--;
      out_.add(parsing() ? " }" : " */");
      comment_ = 0;
    }
  }

  /// `:property value` becomes `property: value`, unless it is a pseudo class.
  void old_property(std::size_t at) {
    selector_ = true;
    Str text = text_.str();
    std::size_t blank = text.find_first_of(kBlanks, at);
    std::size_t value = blank == Str::npos ? blank : text.find_first_not_of(kBlanks, blank);
    if (value != Str::npos && text[value] != ':' && !is_pseudo_class(slice(text, at, blank))) {
      Str name = arena_.copy(slice(text, at + 1, blank)), rest = arena_.copy(text.substr(blank));
      text_.truncate(at);
      text_.add(name);
      text_.add(':');
      text_.add(rest);
      std::size_t first = text_.str().find_first_not_of(':', at);
      if (first != Str::npos) selector_ = text_.str().find(':', first) == Str::npos;
    }
    if (selector_ && text_.str().substr(at).starts_with(":")) {
      blank = text_.str().find_first_of(kBlanks, at);
      Str name = arena_.copy(text_.str().substr(at + 1, blank));
      text_.truncate(at);
      text_.add(name);
      text_.add(':');
    }
  }

  /// Puts the addresses of an @import in quotes.
  void import(std::size_t at) {
    Str text = arena_.copy(text_.str());
    std::size_t from = text.find_first_of(kBlanks, at + 7);
    if (from != Str::npos) from = text.find_first_not_of(kBlanks, from);
    if (from == Str::npos) return;
    text_.truncate(from);
    char quote = 0;
    for (std::size_t i = from; from < text.size(); i++) {
      char c = char_at(text, i);
      if (c == '\\' && i + 1 < text.size()) {
        i++;
        continue;
      }
      if (c == '"' || c == '\'') quote = !quote ? c : quote == c ? '\0' : quote;
      bool end = i >= text.size();
      if (!end && (quote || c != ',')) continue;
      Str address = rstrip(slice(text, from, i));
      bool plain =
          !address.starts_with("\"") && !address.starts_with("'") && !address.starts_with("url(");
      if (plain && !quote) text_.add('"');
      text_.add(address);
      if (plain && !quote) text_.add('"');
      std::size_t next = end ? text.size() : text.find_first_not_of(kBlanks, i + 1);
      if (next == Str::npos) next = text.size();
      text_.add(slice(text, from + address.size(), next));
      from = next;
      if (end) break;
      i = next - 1;
    }
  }

  /// The line without its `//` comment, which is written with the white space before the next one.
  void flush() {
    out_.add(white_space_.str());
    white_space_.truncate(0);
    Str text = text_.str();
    if (text.find_last_not_of("\n\r") == Str::npos) return;
    std::size_t comment = find_comment(text);
    if (comment != Str::npos) {
      if (comment) {
        std::size_t before = text.find_last_not_of(kBlanks, comment - 1);
        comment = before == Str::npos ? 0 : before + 1;
      }
      white_space_.add(text.substr(comment));
      text = text.substr(0, comment);
    }
    white_space_.add('\n');
    out_.add(text);
    kept_ = text;
  }

  void process(bool end) {
    std::size_t at = end ? 0 : text_.str().find_first_not_of(kBlanks);
    if (at == Str::npos) {
      white_space_.add(text_.str());
      white_space_.add('\n');
      return;
    }
    char open = 0;
    if (starts(at, "/*")) open = '*';
    if (starts(at, "//")) open = '/';
    close(at);
    if (starts(at, "@import")) {
      selector_ = false;
      import(at);
    } else if (statement_) {
      (this->*statement_)(at);
    }
    std::size_t depth = indent().size();
    if (at >= depth && parsing() && has_data(text_.str())) property_ = true;
    if (at > depth) {
      if (!parsing()) {
        if (comment_ == '/' && text_.size() > depth + 1)
          text_.data()[depth] = text_.data()[depth + 1] = '/';
      } else if (property_) {
        out_.add(" {");
        indents_.add(arena_, arena_.copy(text_.str().substr(0, at)));
      }
    }
    if (open) {
      property_ = false;
      if (comment_ == '*') out_.add(" */");
      comment_ = open;
    }
    kept_ = text_.str();
    flush();
    std::size_t last = kept_.find_last_not_of(kBlanks);
    if (last == Str::npos) return;
    comma_ = parsing() && kept_[last] == ',';
    semicolon_ = parsing() && kept_[last] == ';';
    if (last && kept_[last] == '/' && kept_[last - 1] == '*') comment_ = 0;
  }

  Arena arena_;
  Text& out_;
  Statement statement_;
  Text text_, white_space_;
  /// The line that was written last, without its comment.
  Str kept_;
  List<Str> indents_;
  /// `*` within a CSS comment, `/` within a Sass comment.
  char comment_ = 0;
  bool property_ = false, selector_ = false, comma_ = false, semicolon_ = false;
};
}  // namespace

void add_scss(Text& out, Str indented) { Converter(out, &Converter::statement).all(indented); }

void add_imports(Text& out, Str indented) { Converter(out, nullptr).all(indented); }

}  // namespace meridian::sass
