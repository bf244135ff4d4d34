#include "filters.h"

namespace meridian::scholar {

namespace {
/// `\command{…}` becomes `begin…end`.
struct Wrap {
  Name filter, command, begin, end;
};
constexpr Wrap kWraps[] = {
    {"smallcaps", "\\textsc", "<font style=\"font-variant: small-caps\">", "</font>"},
    {"superscript", "\\textsuperscript", "<sup>", "</sup>"},
    {"italics", "\\emph", "<i>", "</i>"},
    {"textit", "\\textit", "<i>", "</i>"},
    {"lowercase", "\\lowercase", "", ""},
    {"tiny", "\\tiny", "<span class=\"tiny\">", "</span>"},
    {"subscript", "\\textsubscript", "<sub>", "</sub>"},
    {"bold", "\\textbf", "<b>", "</b>"},
    {"code", "\\texttt", "<code>", "</code>"},
    {"url", "\\url", "<span>", "</span>"},
    {"enquote", "\\enquote", "“", "”"},
};

void wrap(Arena& arena, const Wrap& kind, Str s, Text& out) {
  List<std::size_t> partner = partners(arena, s);
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = s.find(kind.command, at)) != Str::npos;) {
    std::size_t open = at + kind.command.size();
    std::size_t close = char_at(s, open) == '{' ? partner[std::uint32_t(open)] : Str::npos;
    if (close == Str::npos) {
      at = open;
      continue;
    }
    out.add(slice(s, copied, at));
    out.add(kind.begin);
    Str inner = slice(s, open + 1, close);
    if (kind.begin.empty())
      add_downcase(out, inner);
    else
      out.add(inner);
    out.add(kind.end);
    copied = at = close + 1;
  }
  out.add(slice(s, copied));
}

void replace(Str s, Str what, Str by, Text& out) {
  std::size_t copied = 0;
  for (std::size_t at = 0; (at = s.find(what, at)) != Str::npos; at = copied) {
    out.add(slice(s, copied, at));
    out.add(by);
    copied = at + what.size();
  }
  out.add(slice(s, copied));
}

void without_line_breaks(Str s, Text& out) {
  for (std::size_t i = 0; i < s.size(); i++) {
    if (s[i] != '\n') {
      out.add(s[i]);
      continue;
    }
    out.add(' ');
    while (is_space(char_at(s, i + 1))) i++;
  }
}
}  // namespace

List<std::size_t> partners(Arena& arena, Str s) {
  List<std::size_t> open, partner;
  for (std::size_t i = 0; i < s.size(); i++) {
    partner.add(arena, Str::npos);
    if (s[i] == '{') open.add(arena, i);
    if (s[i] == '}' && open.size) {
      partner[std::uint32_t(open.back())] = i;
      open.size--;
    }
  }
  return partner;
}

Str filtered(Arena& arena, const List<Str>& filters, Str text) {
  for (Str filter : filters) {
    if (starts_with(filter, ":")) filter.remove_prefix(1);
    Text out;
    bool tex = text.find('\\') != Str::npos;
    const Wrap* found = nullptr;
    for (const Wrap& kind : kWraps)
      if (Str(kind.filter) == filter) found = &kind;
    if (filter == "latex")
      bibtex::decode_latex(text, out);
    else if (filter == "linebreaks")
      without_line_breaks(text, out);
    else if (tex && filter == "textregistered")
      replace(text, "\\textregistered", "&#0174", out);
    else if (tex && found)
      wrap(arena, *found, text, out);
    else
      continue;
    text = arena.copy(out.str());
  }
  return text;
}

}  // namespace meridian::scholar
