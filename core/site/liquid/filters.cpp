// The table of Jekyll's filters, and those that need no file of their own (Jekyll::Filters,
// DateFilters).
#include "liquid/filters.h"

#include "liquid/tags.h"
#include "meridian/rouge.h"

namespace meridian::site {

namespace {
bool is_cjk(std::uint32_t c) {
  if (c < 0x1100) return false;
  return (c >= 0x3040 && c <= 0x30FF) || (c >= 0x31F0 && c <= 0x31FF) ||
         (c >= 0x3400 && c <= 0x4DBF) || (c >= 0x4E00 && c <= 0x9FFF) ||
         (c >= 0xAC00 && c <= 0xD7AF) || (c >= 0x1100 && c <= 0x11FF) ||
         (c >= 0x3130 && c <= 0x318F) || (c >= 0xF900 && c <= 0xFAFF) ||
         (c >= 0x20000 && c <= 0x2FA1F) || c == 0x3005 || c == 0x3007 ||
         (c >= 0x2E80 && c <= 0x2FDF) || (c >= 0xFF66 && c <= 0xFF9D && c != 0xFF70);
}

Value number_of_words(FilterCall& call) {
  if (!call.input.is_string()) return call.raise("NoMethodError", "the filter takes a string");
  Str s = call.input.str(), mode = call.arg_str(0);
  // A token's tag has a space in it, so Jekyll counts it as a word.
  if (rouge::lacks_lexers && s.find("class=\"highlight\"") != Str::npos)
    request_of(call.context).needs.rouge = true;
  std::int64_t words = 0, marks = 0, plain = 0;
  bool in_word = false, in_plain = false;
  for (std::size_t at = 0; at < s.size();) {
    std::uint32_t c = decode(s, at);
    bool space = c < 128 && is_space(char(c)), cjk = is_cjk(c);
    words += !space && !in_word;
    in_word = !space;
    marks += cjk;
    plain += !space && !cjk && !in_plain;
    in_plain = !space && !cjk;
  }
  if (mode == "cjk" || (mode == "auto" && marks)) return Value(marks + plain);
  return Value(words);
}

Value escape(FilterCall& call) {  // cgi_escape, uri_escape, xml_escape
  if (call.op != 'x' && !call.input.is_string()) {
    if (call.input.nil() && call.op == 'u') return {};
    return call.raise("TypeError", "the filter takes a string");
  }
  Str s = call.input_str();
  if (call.op == 'c')
    add_cgi_escaped(call.out, s);
  else if (call.op == 'u')
    add_uri_escaped(call.out, s);
  else
    add_escaped_xml(call.out, s);
  return call.text();
}

/// jekyll-email-protect: letters and digits become %XX.
Value encode_email(FilterCall& call) {
  if (!request_of(call.context).lists_plugin("jekyll-email-protect", false)) return call.input;
  for (char c : call.input_str()) {
    if (is_alnum(c) || static_cast<signed char>(c) < 0)
      add_percent(call.out, c);
    else
      call.out.add(c);
  }
  return call.text();
}

Value normalize_whitespace(FilterCall& call) {
  for (char c : strip(call.input_str())) {
    if (!is_space(c))
      call.out.add(c);
    else if (call.out.back() != ' ')
      call.out.add(' ');
  }
  return call.text();
}

Value slugify(FilterCall& call) {
  if (call.input.nil()) return {};
  if (!call.input.is_string()) return call.raise("NoMethodError", "the filter takes a string");
  add_slug(call.out, call.input_str(), call.arg(0).truthy() ? call.arg_str(0) : Str("default"));
  return call.text();
}

Value to_integer(FilterCall& call) {
  switch (call.input.kind) {
    case Kind::Nil: return Value(0);
    case Kind::Bool: return Value(call.input.b ? 1 : 0);
    case Kind::Int: return call.input;
    case Kind::Float:
      if (call.input.d - call.input.d != 0)
        return call.raise("FloatDomainError", "the number has no integer");
      return Value(call.input.d >= 9.2e18    ? INT64_MAX
                   : call.input.d <= -9.2e18 ? INT64_MIN
                                             : std::int64_t(call.input.d));
    case Kind::String: return Value(parse_int(lstrip(call.input.str())));
    case Kind::Time: return Value(call.input.i);
    default: return call.raise("NoMethodError", "undefined method `to_i'");
  }
}

Value inspected(FilterCall& call) {
  Text text;
  if (!call.context.fits_printed(call.input)) return {};
  inspect(call.input, text);
  // Drop#inspect of one that is not in a list.
  if (call.input.is(Kind::Drop) && starts_with(text.str(), "#<Jekyll::")) {
    text.truncate(0);
    print_json(call.input, text, 2);
  }
  add_escaped_xml(call.out, text.str());
  return call.text();
}

Value jsonify(FilterCall& call) {
  if (!call.context.fits_printed(call.input)) return {};
  print_json(call.input, call.out);
  return call.text();
}

Value markdownify(FilterCall& call) {  // markdownify, markdownify_inline, smartify
  Request& r = request_of(call.context);
  Str s = call.input_str();
  if (!call.context.count(s.size())) return {};  // a byte of Markdown is as much work as a step
  bool made =
      call.op == 'i' ? r.inline_markdown(s, call.out) : r.markdown(s, call.out, call.op == 's');
  if (!made) return Value("");
  return call.text();
}

// Steps that a text in Sass counts as: one page can compile a thousand.
constexpr std::size_t kSheetSteps = 100'000;

Value style(FilterCall& call) {  // sassify, scssify
  Request& r = request_of(call.context);
  Str text = call.input_str(), name = "stdin";
  if (!call.context.count(kSheetSteps)) return {};
  Arena work;
  Diagnostics found(work);
  if (!r.sass(text, name, call.op == 'i', call.out, found)) return Value("");
  for (const Diagnostic& d : found) {
    if (d.file != name)
      r.diagnostics.add(d);
    else if (d.severity == Severity::Error)
      return call.argument_error(call.arena.copy(d.message));
  }
  return call.text();
}

// ---- dates ----

/// DateFilters#time: any date, on the site's clock. False when there is nothing to print, or an
/// error was raised.
bool to_local(FilterCall& call, Time& t) {
  Value v = call.input;
  Str text = to_str(call.arena, v);
  if (text.empty() && !v.array()) return false;
  Request& r = request_of(call.context);
  bool digits = v.is_string() && skip(text, 0, is_digit) == text.size();
  bool number = v.is(Kind::Int);
  if (number || digits) {
    Time moment;
    moment.seconds = number ? v.i : parse_int(text);
    v = Value(moment);
  } else if (v.is_string() &&
             (equal_ignoring_case(text, "now") || equal_ignoring_case(text, "today"))) {
    v = Value(call.context.now);
  }
  if ((v.is_string() || v.is(Kind::Time) || v.is(Kind::Date)) && r.to_time(v)) {
    t = v.time();
    return true;
  }
  Text shown;
  inspect(call.input, shown);
  call.raise("Jekyll::Errors::InvalidDateError",
             call.arena.join("'", shown.str(), "' is not a date"));
  return false;
}

Value date_format(FilterCall& call) {  // date_to_xmlschema, date_to_rfc822
  Time t;
  if (!to_local(call, t)) return call.context.failed() ? Value() : call.input;
  add_strftime(call.out, t, call.op == 'x' ? "%Y-%m-%dT%H:%M:%S%:z" : "%a, %d %b %Y %H:%M:%S %z",
               call.context.zone);
  return call.text();
}

Value date_to_string(FilterCall& call) {  // date_to_string, date_to_long_string
  Time t;
  if (!to_local(call, t)) return call.context.failed() ? Value() : call.input;
  bool ordinal = call.arg(0).str() == "ordinal", american = ordinal && call.arg(1).str() == "US";
  Str month = call.op == 'l' ? "%B " : "%b ";
  Text format;
  if (american) format.add(month);
  if (ordinal) {
    int day = civil(t).day;
    format.add_int(day);
    format.add(Str("thstndrd").substr(day / 10 == 1 || day % 10 > 3 ? 0 : day % 10 * 2, 2));
  } else {
    format.add("%d");
  }
  format.add(american ? ", " : " ");
  if (!american) format.add(month);
  format.add("%Y");
  add_strftime(call.out, t, format.str(), call.context.zone);
  return call.text();
}

constexpr liquid::FilterRow kRows[] = {
    {"absolute_url", filter_url, 'a', 0, 0},
    {"array_carve", filter_made, 'c', 0, 1},
    {"array_filter", filter_made, 'f', 0, 0},
    {"array_to_sentence_string", filter_sentence, 0, 0, 1},
    {"bust_css_cache", filter_bust, 'c', 0, 0},
    {"bust_file_cache", filter_bust, 'f', 0, 0},
    {"cgi_escape", escape, 'c', 0, 0},
    {"data_filter", filter_made, 'd', 1, 1},
    {"date_to_long_string", date_to_string, 'l', 0, 2},
    {"date_to_rfc822", date_format, 'r', 0, 0},
    {"date_to_string", date_to_string, 's', 0, 2},
    {"date_to_xmlschema", date_format, 'x', 0, 0},
    {"emojify", filter_emojify, 0, 0, 0},
    {"encode_email", encode_email, 0, 0, 0},
    {"file_exists", filter_file, 'e', 0, 0},
    {"file_read", filter_file, 'r', 0, 0},
    {"find", filter_select, kFirst, 2, 2},
    {"find_exp", filter_select, kFirst | kByExpression, 2, 2},
    {"google_fonts", filter_regex, kFonts, 0, 0},
    {"group_by", filter_select, kGroups, 1, 1},
    {"group_by_exp", filter_select, kGroups | kByExpression, 2, 2},
    {"hash_default", filter_made, 'h', 1, 1},
    {"hideCustomBibtex", filter_regex, kBibtex, 0, 0},
    {"inject_anchors", filter_contents, 'i', 0, 0},
    {"inspect", inspected, 0, 0, 0},
    {"is_nil", filter_made, 'n', 1, 1},
    {"itinerary", filter_itinerary, 0, 0, 1},
    {"jsonify", jsonify, 0, 0, 0},
    {"markdownify", markdownify, 'm', 0, 0},
    {"markdownify_inline", markdownify, 'i', 0, 0},
    {"normalize_whitespace", normalize_whitespace, 0, 0, 0},
    {"number_of_words", number_of_words, 0, 0, 1},
    {"object_items", filter_made, 'o', 0, 0},
    {"pop", filter_mutate, 'o', 0, 1},
    {"push", filter_mutate, 'p', 1, 1},
    {"regex_remove", filter_regex, kReplace, 1, 1},
    {"regex_remove_once", filter_regex, kOnce, 1, 1},
    {"regex_replace", filter_regex, kReplace, 2, 2},
    {"regex_replace_once", filter_regex, kOnce, 2, 2},
    {"regex_scan", filter_scan, 0, 1, 3},
    {"regex_strip", filter_regex, kStrip, 0, 0},
    {"relative_url", filter_url, 'r', 0, 0},
    {"remove_accents", filter_regex, kAccents, 0, 0},
    {"sample", filter_sample, 0, 0, 1},
    {"sassify", style, 'i', 0, 0},
    {"scssify", style, 'c', 0, 0},
    {"shift", filter_mutate, 's', 0, 1},
    {"slugify", slugify, 0, 0, 1},
    {"smartify", markdownify, 's', 0, 0},
    {"sort", filter_sort, 0, 0, 2},
    {"strip_index", filter_strip_index, 0, 0, 0},
    {"timeago", filter_timeago, 0, 0, 1},
    {"to_integer", to_integer, 0, 0, 0},
    {"toc", filter_contents, 't', 0, 0},
    {"toc_only", filter_contents, 'o', 0, 0},
    {"unshift", filter_mutate, 'u', 1, 1},
    {"uri_escape", escape, 'u', 0, 0},
    {"where", filter_select, kByProperty, 2, 2},
    {"where_exp", filter_select, kByExpression, 2, 2},
    {"xml_escape", escape, 'x', 0, 0},
};
constexpr auto kSiteFilters = liquid::packed<liquid::length_of_names(kRows)>(kRows);
}  // namespace

const liquid::Environment kEnvironment = {liquid::ErrorMode::Warn, kSiteFilters.names,
                                          kSiteFilters.filters, kSiteTags, kSiteTagCount};

}  // namespace meridian::site
