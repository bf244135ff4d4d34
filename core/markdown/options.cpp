// The `kramdown:` section of _config.yml, and the options that a document sets for itself.
#include "tree.h"

namespace meridian::markdown {

namespace {
/// kramdown's conversion of a value to a boolean.
bool as_bool(const Value& v) {
  if (v.is(Kind::Bool)) return v.b;
  if (!v.is_string()) return !v.nil();
  Str s = strip(v.str());
  return !v.str().empty() && !equal_ignoring_case(s, "false");
}

bool as_int(const Value& v, int& out) {
  if (v.is(Kind::Int)) {
    out = int(v.i);
    return true;
  }
  std::size_t used = 0;
  Str s = strip(v.str());
  std::int64_t i = parse_int(s, &used);
  if (s.empty() || used != s.size()) return false;
  out = int(i);
  return true;
}

/// A symbol's name: `:mathjax` and `mathjax` alike; empty for nil.
Str as_symbol(const Value& v) {
  Str s = strip(v.str());
  if (starts_with(s, ":")) s.remove_prefix(1);
  return s == "nil" ? Str() : s;
}

/// Entry `index` of an array, or of a string's parts between commas.
Value entry(const Value& v, std::uint32_t index) {
  if (Array* a = v.array()) return index < a->size() ? (*a)[index] : Value();
  Str s = v.str();
  for (; index; --index) {
    std::size_t comma = s.find(',');
    if (comma == Str::npos) return {};
    s.remove_prefix(comma + 1);
  }
  return s.empty() ? Value() : Value(s.substr(0, s.find(',')));
}

bool set_toc_levels(Options& options, const Value& v) {
  unsigned levels = 0;
  Str s = v.str();
  auto level = [](char c) { return c >= '1' && c <= '6' ? c - '0' : 0; };
  if (s.size() == 4 && s.substr(1, 2) == "..") {
    if (!level(s[0]) || !level(s[3])) return false;
    for (int i = level(s[0]); i <= level(s[3]); ++i) levels |= 1u << i;
  } else {
    for (std::uint32_t i = 0;; ++i) {
      Value e = entry(v, i);
      int n = 0;
      if (e.nil()) break;
      if (!as_int(e, n) || n < 1 || n > 6) return false;
      levels |= 1u << n;
    }
  }
  options.toc_levels = std::uint8_t(levels);
  return true;
}

bool contains(const Value& list, Str word) {
  for (std::uint32_t i = 0;; ++i) {
    Value e = entry(list, i);
    if (e.nil()) return false;
    if (as_symbol(e) == word) return true;
  }
}

/// `smart_quotes`: four names of entities or code points.
bool set_smart_quotes(Options& options, const Value& v) {
  if (entry(v, 3).nil() || !entry(v, 4).nil()) return false;
  for (std::uint32_t i = 0; i < 4; ++i) {
    Value e = entry(v, i);
    options.quotes[i] = e.is(Kind::Int) ? std::uint32_t(e.i) : entity_code_point(e.str());
    if (!options.quotes[i]) options.quotes[i] = entity_of_number(std::uint32_t(parse_int(e.str())));
  }
  return true;
}

/// Entry `key` of a map; in a document's own options that is text, `{key: value, key: {…}}`.
Value lookup(const Value& map, Str key) {
  if (!map.is_string()) return get(map, key);
  Str s = map.str();
  std::size_t from = 0, colon = 0;
  int depth = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    char c = s[i];
    if (c == '{' && ++depth == 1) from = i + 1;
    if (c == ':' && depth == 1 && !colon) colon = i;
    if ((c == ',' || c == '}') && depth == 1) {
      if (colon && strip(s.substr(from, colon - from)) == key)
        return strip(s.substr(colon + 1, i - colon - 1));
      from = i + 1;
      colon = 0;
    }
    depth -= c == '}';
  }
  return {};
}

constexpr Name kSignNames[] = {"mdash",       "ndash", "hellip", "laquo_space",
                               "raquo_space", "laquo", "raquo"};

void set_highlighter_options(Options& options, const Value& v) {
  auto disabled = [](const Value& section) { return as_bool(lookup(section, "disable")); };
  if (v.is_string()) {  // a document's own, which replace Jekyll's
    options.default_lang = {};
    options.guess_lang = as_bool(lookup(v, "guess_lang"));
  }
  Value lang = lookup(v, "default_lang");
  if (lang.is_string()) options.default_lang = lang.str();
  options.highlight_spans = !disabled(v) && !disabled(lookup(v, "span"));
  Value block = lookup(v, "block");
  options.highlight_blocks = !disabled(v) && !disabled(block);
  // What stands beside the sections holds for both.
  auto numbered = [&v](const Value& section) {
    Value own = lookup(section, "line_numbers");
    return as_bool(own.nil() ? lookup(v, "line_numbers") : own);
  };
  options.line_numbers = numbered(block);
  options.span_line_numbers = numbered(lookup(v, "span"));
}

/// The options by name: those that are true or false, words, numbers, and the rest. The tables and
/// the switch below follow this order.
constexpr Name kOptionNames =
    "auto_ids hard_wrap parse_block_html parse_span_html html_to_native guess_lang show_warnings "
    "transliterated_header_ids footnote_backlink_inline remove_line_breaks_for_cjk "
    "auto_id_stripping "
    "auto_id_prefix footnote_prefix footnote_backlink header_offset footnote_nr "
    "input toc_levels entity_output smart_quotes typographic_symbols gfm_quirks math_engine "
    "syntax_highlighter "
    "syntax_highlighter_opts link_defs";
constexpr bool Options::* kFlags[] = {&Options::auto_ids,
                                      &Options::hard_wrap,
                                      &Options::parse_block_html,
                                      &Options::parse_span_html,
                                      &Options::html_to_native,
                                      &Options::guess_lang,
                                      &Options::show_warnings,
                                      &Options::transliterated_header_ids,
                                      &Options::footnote_backlink_inline,
                                      &Options::remove_line_breaks_for_cjk,
                                      &Options::auto_id_stripping};
constexpr Str Options::* kWords[] = {&Options::auto_id_prefix, &Options::footnote_prefix,
                                     &Options::footnote_backlink};
constexpr int Options::* kNumbers[] = {&Options::header_offset, &Options::footnote_nr};
constexpr int kFirstWord = 11, kFirstNumber = 14, kFirstOther = 16;
}  // namespace

bool set_option(Options& options, Str name, const Value& value) {
  int which = one_of(name, kOptionNames);
  if (which < 0) return false;
  if (which < kFirstWord) {
    options.*kFlags[which] = as_bool(value);
    return true;
  }
  if (which < kFirstNumber) {
    options.*kWords[which - kFirstWord] = value.str();
    return true;
  }
  if (which < kFirstOther) return as_int(value, options.*kNumbers[which - kFirstNumber]);
  Str symbol = as_symbol(value);
  switch (which - kFirstOther) {
    case 0: options.gfm_input = value.str() == "GFM"; break;
    case 1: return set_toc_levels(options, value);
    case 2: {
      int how = one_of(symbol, "as_char as_input numeric symbolic");
      options.entity_output = how < 0 ? EntityOutput::Numeric : EntityOutput(how);
      break;
    }
    case 3: return set_smart_quotes(options, value);
    case 4:
      for (int i = 4; i < kSigns; ++i) {
        Value sign = lookup(value, kSignNames[i - 4]);
        if (sign.is_string()) options.signs[i] = sign.str();
      }
      break;
    case 5:
      options.paragraph_end = contains(value, "paragraph_end");
      options.typographic_symbols = !contains(value, "no_auto_typographic");
      break;
    case 6: options.math = symbol == "mathjax"; break;
    case 7: options.highlight = symbol == "rouge"; break;
    case 8: set_highlighter_options(options, value); break;
    case 9: options.link_defs = value.map(); break;
  }
  return true;
}

void add_sign(Text& out, const Options& options, Sign sign) {
  constexpr const char* kCharacters[] = {"",  "",        "",        "",  "—", "–",
                                         "…", "«\u00a0", "\u00a0»", "«", "»"};
  auto i = std::size_t(sign);
  if (i < 4) {
    add_entity(out, options.quotes[i], {}, options.entity_output);
  } else if (options.signs[i].data()) {
    add_escaped(out, options.signs[i], Escape::Text);
  } else if (options.entity_output == EntityOutput::AsChar) {
    out.add(kCharacters[i]);
  } else {
    for (std::size_t at = 0; kCharacters[i][at];) {
      add_entity(out, decode(kCharacters[i], at), {}, options.entity_output);
    }
  }
}

}  // namespace meridian::markdown
