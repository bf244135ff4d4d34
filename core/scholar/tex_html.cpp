#include "tex_html.h"

#include "filters.h"

namespace meridian::scholar {

namespace {
/// Of filters.h: the commands that are markup in HTML, then all others.
constexpr char kFilters[] =
    "smallcaps,superscript,subscript,italics,textit,bold,code,enquote,lowercase,latex";
constexpr char kMarkup[] =
    "emph enquote lowercase textbf textit textsc textsubscript textsuperscript texttt";
/// Names that TeX prints.
constexpr char kLogos[] = "BibTeX LaTeX TeX XeTeX LuaTeX";
/// `{\em …}` as `\emph{…}`.
constexpr Name kSwitches[] = {"em",       "emph",   "it",     "textit",   "itshape",
                              "textit",   "sl",     "textit", "bf",       "textbf",
                              "bfseries", "textbf", "sc",     "textsc",   "scshape",
                              "textsc",   "tt",     "texttt", "ttfamily", "texttt"};
/// Letters that put a mark on their argument, as in `\c{c}`; and the dotless ones.
constexpr char kDiacritics[] = "rHuvGMdckbBtij";

/// Characters of text and of mathematics that latex-decode, and so bibtex/, does not know.
constexpr char kCharacters[] =
    "DH Ð DJ Đ NG Ŋ OE Œ P ¶ Pi Π S § TH Þ copyright © dagger † degree ° dh ð div ÷ dj đ ell ℓ "
    "ge ≥ hbar ℏ ldots … le ≤ ne ≠ ng ŋ oe œ pi π pm ± pounds £ prime ′ textcopyright © "
    "textdegree ° textellipsis … textmu µ textregistered ® textsection § th þ times × to → "
    "varepsilon ε varphi φ ";
constexpr char kFunctions[] = "cos cosh det dim exp lim ln log max min sin sinh sup tan tanh";
constexpr char kUpright[] = "mathrm mathsf mbox operatorname text textnormal textrm";
constexpr char kBold[] = "bm boldsymbol mathbf textbf";
/// Groups within each other; a formula with more is left to KaTeX.
constexpr int kMaxGroups = 8;

std::size_t letters_end(Str s, std::size_t at) {
  while (is_alpha(char_at(s, at))) at++;
  return at;
}
std::size_t spaces_end(Str s, std::size_t at) {
  while (is_space(char_at(s, at))) at++;
  return at;
}

/// The character that a command stands for; empty when it stands for none.
Str character(Arena& arena, Str name) {
  Str rest = kCharacters;
  for (Str key, text; next_piece(rest, ' ', key) && next_piece(rest, ' ', text);)
    if (key == name) return text;
  Text out;
  bibtex::decode_latex(arena.join("\\", name), out);
  return out.str().find('\\') == Str::npos ? arena.copy(out.str()) : Str();
}

/// Simple mathematics as HTML.
class Formula {
 public:
  Formula(Arena& arena, Text& out) : arena_(arena), out_(out) {}
  /// False when more than a line of text is needed; part of it may be written then.
  bool add(Str s, bool italic, int depth = 0) {
    if (depth > kMaxGroups) return false;
    for (std::size_t at = 0; at < s.size();)
      if (!add_atom(s, at, italic, depth)) return false;
    return true;
  }

 private:
  bool add_atom(Str s, std::size_t& at, bool italic, int depth) {
    char c = s[at];
    if (is_alpha(c)) {
      std::size_t end = letters_end(s, at);
      put(italic ? "<i>" : "", slice(s, at, end), italic ? "</i>" : "");
      at = end;
      return true;
    }
    if (c == '\\') return add_command(s, at, depth);
    if (c == '^' || c == '_') {
      Str inner = argument(s, ++at);
      out_.add(c == '^' ? "<sup>" : "<sub>");
      bool simple = !inner.empty() && add(inner, italic, depth + 1);
      out_.add(c == '^' ? "</sup>" : "</sub>");
      return simple;
    }
    if (c == '{') {
      Str inner = argument(s, at);
      return inner.data() && add(inner, italic, depth + 1);
    }
    if (is_one_of(c, "}&#%")) return false;
    at++;
    if (c == '-')
      out_.add("−");
    else if (c == '\'')
      out_.add("′");
    else if (c == '~')
      out_.add("\u00a0");
    else
      add_escaped_html(out_, Str(&c, 1));
    return true;
  }

  bool add_command(Str s, std::size_t& at, int depth) {
    std::size_t begin = at + 1, end = letters_end(s, begin);
    Str name = slice(s, begin, end);
    if (name.empty()) {
      char c = char_at(s, begin);
      at = begin + 1;
      if (is_one_of(c, "%$#&_{}"))
        add_escaped_html(out_, slice(s, begin, at));
      else if (is_one_of(c, ",:; "))
        out_.add("\u202f");
      else
        return c == '!';
      return true;
    }
    at = end = spaces_end(s, end);
    if (name == "rm") {
      at = s.size();
      return add(slice(s, end), false, depth + 1);
    }
    bool bold = one_of(name, kBold) >= 0;
    if (bold || one_of(name, kUpright) >= 0 || name == "mathit") {
      Str inner = argument(s, at);
      if (bold) out_.add("<b>");
      bool simple = inner.data() && add(inner, name == "mathit", depth + 1);
      if (bold) out_.add("</b>");
      return simple;
    }
    bool function = one_of(name, kFunctions) >= 0;
    Str text = function ? name : character(arena_, name);
    out_.add(text);
    if (function && !is_one_of(char_at(s, at), "(^_\0")) out_.add("\u202f");
    return !text.empty();
  }

  /// What a command or an index at `at` applies to, and `at` behind it; without an address when
  /// there is nothing.
  Str argument(Str s, std::size_t& at) const {
    at = spaces_end(s, at);
    std::size_t begin = at, end = at + 1;
    if (at >= s.size() || s[at] == '}') return {};
    if (s[at] == '\\') {
      end = letters_end(s, end);
      if (end == at + 1) end++;
    } else if (s[at] == '{') {
      int open = 1;
      for (; end < s.size() && open; end++) open += (s[end] == '{') - (s[end] == '}');
      at = end;
      return open ? Str() : slice(s, begin + 1, end - 1);
    } else {
      end = at;
      decode(s, end);
    }
    at = end;
    return slice(s, begin, end);
  }

  void put(Str before, Str text, Str after) {
    for (Str part : {before, text, after}) out_.add(part);
  }

  Arena& arena_;
  Text& out_;
};

/// Reads a text once: addresses and formulas are set aside, because TeX's commands mean something
/// else in them, and a sign holds their places while the filters run.
class Reader {
 public:
  Reader(Arena& arena, Str tex) : arena_(arena), tex_(tex), partner_(partners(arena, tex)) {}

  Str html() {
    for (std::size_t at = 0; at < tex_.size();) {
      read(at);
      for (; link_ends_.size && (at > link_ends_.back() || at == tex_.size()); link_ends_.size--)
        set_aside("</a>");
    }
    Str text = filtered(arena_, items_of(arena_, kFilters), text_.str());
    Text out;
    std::uint32_t next = 0;
    for (char c : text) {
      if (c != kPlace)
        out.add(c);
      else if (next < aside_.size)
        out.add(aside_[next++]);
    }
    return arena_.copy(out.str());
  }

 private:
  static constexpr char kPlace = '\1';

  void read(std::size_t& at) {
    char c = tex_[at];
    if (c == '$') return read_dollars(at);
    if (c == '\\') return read_command(at);
    if (c == '{') {
      std::size_t end = letters_end(tex_, at + 2);
      for (std::size_t i = 0; char_at(tex_, at + 1) == '\\' && i < std::size(kSwitches); i += 2) {
        if (slice(tex_, at + 2, end) != kSwitches[i]) continue;
        text_.add('\\');
        text_.add(kSwitches[i + 1]);
        text_.add('{');
        at = spaces_end(tex_, end);
        return;
      }
    }
    at++;
    if (c == '<' || c == '>')
      text_.add(c == '<' ? "&lt;" : "&gt;");
    else if (c == '&')  // which some libraries export as `&amp;`
      text_.add(starts_with(tex_.substr(at), "amp;") ? "&" : "&amp;");
    else if (c != kPlace)
      text_.add(c);
  }

  void read_dollars(std::size_t& at) {
    bool two = char_at(tex_, at + 1) == '$';
    Str sign = two ? "$$" : "$";
    std::size_t begin = at + sign.size(), close = begin;
    while ((close = find(sign, close)) != Str::npos && tex_[close - 1] == '\\') close++;
    at = begin;
    if (close == Str::npos) return two ? void() : set_aside("$");
    at = close + sign.size();
    add_formula(slice(tex_, begin, close));
  }

  void read_command(std::size_t& at) {
    std::size_t begin = at + 1, end = letters_end(tex_, begin);
    Str name = slice(tex_, begin, end);
    if (name.empty()) return read_sign(at);
    std::size_t open = spaces_end(tex_, end);
    std::size_t close = char_at(tex_, open) == '{' ? partner_[std::uint32_t(open)] : Str::npos;
    if (close != Str::npos) {
      Str inner = slice(tex_, open + 1, close);
      at = close + 1;
      if (name == "ensuremath") return add_formula(inner);
      if (name == "url") return add_link(inner, Str::npos);
      if (name == "href") {
        at = spaces_end(tex_, at);
        std::size_t text_end = char_at(tex_, at) == '{' ? partner_[std::uint32_t(at)] : Str::npos;
        return add_link(inner, text_end);
      }
    }
    at = end;
    bool mark = name.size() == 1 && is_one_of(name[0], kDiacritics);
    if (mark || one_of(name, kMarkup) >= 0) {
      text_.add('\\');
      text_.add(name);
      return;
    }
    text_.add(one_of(name, kLogos) >= 0 ? name : character(arena_, name));
    at = spaces_end(tex_, at);
  }

  /// A backslash with a sign: of mathematics, a break, or what the filters know.
  void read_sign(std::size_t& at) {
    char c = char_at(tex_, at + 1);
    std::size_t begin = at + 2;
    at = begin;
    if (c == '(' || c == '[') {
      std::size_t close = find(c == '(' ? "\\)" : "\\]", begin);
      if (close == Str::npos) return;
      at = close + 2;
      return add_formula(slice(tex_, begin, close));
    }
    if (c == '\\') return text_.add(' ');
    if (c == '$') return set_aside("$");
    if (!c || is_one_of(c, "-/@!")) return;
    text_.add('\\');
    if (is_one_of(c, "<>&"))
      at--;  // escaped there
    else
      text_.add(c);
  }

  /// The end of a formula; one that was missing once is missing from there on, too.
  std::size_t find(Str sign, std::size_t from) {
    bool& missing = missing_[sign.size() - 1 + (sign.back() == ')') + 2 * (sign.back() == ']')];
    std::size_t at = missing ? Str::npos : tex_.find(sign, from);
    missing = at == Str::npos;
    return at;
  }

  void set_aside(Str html) {
    text_.add(kPlace);
    aside_.add(arena_, arena_.copy(html));
  }

  void add_formula(Str tex) {
    tex = strip(tex);
    Text out;
    if (!Formula(arena_, out).add(tex, true)) {
      out.truncate(0);
      out.add("\\(");
      add_escaped_html(out, tex);
      out.add("\\)");
    }
    set_aside(out.str());
  }

  /// A link to an address that a browser opens. Its text ends at `text_end`; npos: it is the
  /// address itself.
  void add_link(Str tex, std::size_t text_end) {
    Str url = tex_address(arena_, tex);
    bool own_text = text_end == Str::npos, opens = url.find(':') != Str::npos && !link_ends_.size;
    Text out;
    if (opens) {
      out.add("<a href=\"");
      add_escaped_html(out, url);
      out.add("\">");
    }
    if (own_text) add_escaped_html(out, url.empty() ? tex : url);
    if (opens && own_text) out.add("</a>");
    if (opens && !own_text) link_ends_.add(arena_, text_end);
    set_aside(out.str());
  }

  Arena& arena_;
  Str tex_;
  List<std::size_t> partner_;
  Text text_;
  List<Str> aside_;
  List<std::size_t> link_ends_;
  bool missing_[4] = {};
};
}  // namespace

Str tex_html(Arena& arena, Str tex) { return Reader(arena, tex).html(); }

Str tex_address(Arena& arena, Str tex) {
  constexpr Name kTildes[] = {"$\\sim$", "\\textasciitilde", "\\string~"};
  Text out;
  for (std::size_t i = 0; i < tex.size();) {
    std::size_t tilde = 0;
    for (Str one : kTildes)
      if (starts_with(tex.substr(i), one)) tilde = one.size();
    if (tilde) {
      out.add('~');
      i = spaces_end(tex, i + tilde);
      continue;
    }
    if (starts_with(tex.substr(i), "\\url{")) i += 4;
    char c = tex[i++];
    bool escape = c == '\\' && is_one_of(char_at(tex, i), "_%#&~$\\{}");
    if (escape || is_one_of(c, "{}")) continue;
    if (is_space(c)) return "";
    out.add(c);
  }
  Str url = arena.copy(out.str());
  std::size_t colon = url.find_first_of(":/?#");
  if (char_at(url, colon) != ':') return url;
  Text scheme;
  add_downcase(scheme, slice(url, 0, colon));
  return one_of(scheme.str(), "http https ftp") >= 0 ? url : Str("");
}

}  // namespace meridian::scholar
