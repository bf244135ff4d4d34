// Filters on text and dates.
#include "internal.h"

namespace meridian::liquid {

Str substring(Str s, std::int64_t at, std::int64_t length) {
  if (at < 0) at += std::int64_t(count_characters(s));
  if (at < 0 || length <= 0) return {};
  s.remove_prefix(offset_of_character(s, std::size_t(at)));
  return s.substr(0, offset_of_character(s, std::size_t(length)));
}

namespace {
/// In the order of enum Conversion.
constexpr void (*kConversions[])(Text&, Str) = {
    add_capitalize,   add_downcase,     add_upcase,     add_without_html,
    add_escaped_once, add_escaped_html, add_cgi_escaped};
}  // namespace

Value filter_convert(FilterCall& call) {
  if (call.input.nil() && call.op >= kEscape) return {};
  Str s = call.input_str();
  if (call.op != kUrlDecode) {
    kConversions[static_cast<unsigned char>(call.op)](call.out, s);
    return call.text();
  }
  add_url_decoded(call.out, s, true);
  if (find_invalid_utf8(call.out.str()) != Str::npos)
    return call.argument_error("invalid byte sequence in UTF-8");
  return call.text();
}

// ---- base64 ----

namespace {
constexpr std::size_t kPlainDigits = 62;

void encode(Str s, std::size_t shift, Text& out) {
  std::size_t i = 0;
  for (; i * 6 < s.size() * 8; i++) {
    std::size_t at = i * 6 / 8;
    unsigned bits = std::uint8_t(peek(s, at)) << 8 | std::uint8_t(peek(s, at + 1));
    std::size_t digit = bits >> (10 - i * 6 % 8) & 63;
    out.add(kBase64[digit < kPlainDigits ? digit : digit + shift]);
  }
  for (; i % 4; i++) out.add('=');
}

/// Strictly: no white space, whole groups (which the padding of the URL-safe form may leave out).
bool decode(Str s, std::size_t shift, Text& out) {
  std::size_t padding = 0;
  while (ends_with(s, "=") && padding < 2) s.remove_suffix(1), padding++;
  std::size_t rest = s.size() % 4;
  if (rest == 1 || ((rest + padding) % 4 && !(shift && !padding))) return false;
  std::size_t digits;
  unsigned bits = add_base64_decoded(out, s, shift, digits);
  return digits == s.size() && !(bits & (rest == 2   ? 15
                                         : rest == 3 ? 3
                                                     : 0));  // no bits may be left over
}
}  // namespace

Value filter_base64(FilterCall& call) {
  std::size_t shift = call.op == 'u' || call.op == 'v' ? 2 : 0;
  if (call.op == 'e' || call.op == 'u')
    encode(call.input_str(), shift, call.out);
  else if (!decode(call.input_str(), shift, call.out))
    return call.argument_error(
        format(call.arena, "invalid base64 provided to base64_$decode", shift ? "url_safe_" : ""));
  return call.text();
}

// ---- cutting ----

Value filter_strip(FilterCall& call) {
  Str s = call.input_str();
  return call.op == 'l' ? lstrip(s) : call.op == 'r' ? rstrip(s) : strip(s);
}

Value filter_slice(FilterCall& call) {
  std::int64_t at, length = 1;
  if (!to_integer(call, call.arg(0), at)) return {};
  if (call.arg(1).truthy() && !to_integer(call, call.arg(1), length)) return {};
  if (!call.input.is(Kind::Array)) return substring(call.input_str(), at, length);
  Array* out = make_array(call.arena);
  std::int64_t size = call.input.a->size();
  if (at < 0) at += size;
  for (; at >= 0 && at < size && length > 0; at++, length--)
    out->push((*call.input.a)[std::uint32_t(at)]);
  return call.context.count(out->size()) ? Value(out) : Value();
}

namespace {
/// Writes the first words; false when that is all.
bool add_words(Text& out, Str s, std::int64_t words) {
  for (std::size_t at = skip_space(s, 0); at < s.size(); words--) {
    std::size_t begin = at;
    at = skip(s, at, ~kSpaces);
    if (!out.empty()) out.add(' ');
    out.add(slice(s, begin, at));
    if (at < s.size() && words == 1)
      return true;  // white space behind the last word counts as another word
    at = skip_space(s, at);
  }
  return false;
}
}  // namespace

Value filter_truncate(FilterCall& call) {  // truncate, truncatewords
  if (call.input.nil()) return {};
  Str s = call.input_str(), mark = call.count > 1 ? call.arg_str(1) : Str("...");
  bool words = call.op == 'w';
  std::int64_t length = words ? 15 : 50;
  if (call.count && !to_integer(call, call.arg(0), length)) return {};
  if (words) {
    if (length >= INT32_MAX)
      return call.argument_error(
          format(call.arena, "integer $ too big for truncatewords", digits(call.arena, length)));
    if (!add_words(call.out, s, length > 1 ? length : 1)) return s;
  } else {
    if (std::int64_t(count_characters(s)) <= length) return s;
    call.out.add(substring(s, 0, length < 0 ? 0 : length - std::int64_t(count_characters(mark))));
  }
  call.out.add(mark);
  return call.text();
}

Value filter_split(FilterCall& call) {
  Str s = call.input_str(), by = call.arg_str(0);
  Array* out = make_array(call.arena);
  bool words = by == " ";
  for (std::size_t at = words ? skip_space(s, 0) : 0; at < s.size() && call.context.count(1);) {
    std::size_t end = at;
    if (words)
      end = skip(s, at, ~kSpaces);
    else if (by.empty())
      meridian::decode(s, end);
    else
      end = at + s.substr(at).substr(0, s.find(by, at) - at).size();
    out->push(slice(s, at, end));
    at = words ? skip_space(s, end) : end + by.size();
  }
  while (out->size() && !out->items.back().length)
    out->items.size--;  // Ruby drops empty fields at the end
  return out;
}

// ---- replacing ----

namespace {
/// Ruby's replacement text: `\0` and `\&` are the match, `` \` `` and `\'` the text before and
/// behind it.
void add_replacement(Text& out, Str with, Str s, std::size_t at, std::size_t size) {
  for (;;) {
    std::size_t escape = with.find('\\');
    out.add(slice(with, 0, escape));
    if (escape == Str::npos) return;
    with = slice(with, escape);
    char c = peek(with, 1);
    switch (c) {
      case '0':
      case '&': out.add(s.substr(at, size)); break;
      case '`': out.add(slice(s, 0, at)); break;
      case '\'': out.add(slice(s, at + size)); break;
      case '\\': out.add(c); break;
      default:
        if (!is_digit(c)) out.add(slice(with, 0, 2));
    }
    with = slice(with, 2);
  }
}
}  // namespace

Value filter_replace(FilterCall& call) {  // replace, remove, and of the first or last only
  char which = call.op;
  Str s = call.input_str(), what = call.arg_str(0), with = call.arg_str(1);
  std::size_t done = 0, at = which == 'l' ? s.rfind(what) : s.find(what);
  while (at != Str::npos) {
    call.out.add(slice(s, done, at));
    if (which == 'l')
      call.out.add(with);
    else
      add_replacement(call.out, with, s, at, what.size());
    if (!call.context.fits(call.out.size())) return {};
    done = at + what.size();
    if (which != 'a') break;
    std::size_t next = done;
    if (what.empty()) {
      if (next >= s.size()) break;
      meridian::decode(s, next);
    }
    at = s.find(what, next);
  }
  call.out.add(slice(s, done));
  return call.text();
}

Value filter_newlines(FilterCall& call) {  // newline_to_br, strip_newlines
  Str s = call.input_str(), with = call.op == 'b' ? "<br />\n" : "";
  for (std::size_t i = 0; i < s.size(); i++) {
    if (s[i] == '\r' && peek(s, i + 1) == '\n') i++;
    if (s[i] == '\n')
      call.out.add(with);
    else
      call.out.add(s[i]);
  }
  return call.text();
}

Value filter_append(FilterCall& call) {  // append, prepend
  Str first = call.input_str(), second = call.arg_str(0);
  if (!call.context.fits(first.size() + second.size())) return {};
  bool after = call.op == 'a';
  return call.arena.grow(after ? first : second, after ? second : first);
}

// ---- others ----

Value filter_default(FilterCall& call) {
  const Value& v = call.input;
  bool absent = call.named("allow_false").truthy() ? v.nil() : !v.truthy();
  if (!absent && !is_empty(v)) return v;
  return call.count ? call.arg(0) : Value(Str());
}

namespace {
/// Beyond it, before or after 1970, a year has more than 32 bits; the number is given back as it
/// is.
constexpr std::int64_t kMaxSeconds = 67'000'000'000'000'000;

/// Utils.to_date: a time, `now`, seconds since 1970, or a string that Time.parse accepts.
bool to_time(FilterCall& call, const Zone& zone, meridian::Time& out) {
  const Context& c = call.context;
  if (call.input.is(Kind::Time) || call.input.is(Kind::Date)) {
    out = call.input.time();
    return true;
  }
  std::int64_t seconds = to_i(call.input);
  if (call.input.is_string()) {
    Text text;
    add_downcase(text, call.input.str());
    Str s = text.str();
    if (s.empty()) return false;
    out = c.now;
    if (one_of(s, "now today") >= 0) return true;
    if (skip(s, 0, kDigits) != s.size()) return parse_time(s, zone, c.now, out);
  } else if (!call.input.is(Kind::Int)) {
    return false;
  }
  if (seconds > kMaxSeconds || seconds < -kMaxSeconds) return false;
  out = {seconds};
  zone.set_clock(out);
  return true;
}
}  // namespace

Value filter_date(FilterCall& call) {
  Zone utc;
  const Zone& zone = call.context.zone ? *call.context.zone : utc;
  meridian::Time t;
  Str format = call.arg_str(0);
  if (format.empty() || !to_time(call, zone, t)) return call.input;
  // A time on another clock has no zone that could be named.
  bool local = zone.at(t.seconds).offset == t.offset_minutes * 60 + t.offset_seconds;
  add_strftime(call.out, t, format, local ? &zone : nullptr);
  return call.text();
}

}  // namespace meridian::liquid
