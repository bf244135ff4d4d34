// Text into HTML, XML and URLs, and back.
#include "meridian/text.h"

namespace meridian {

namespace {
/// Which characters are escaped, in the order of kReferences.
constexpr char kEscaped[] = "&<>\"'";
constexpr const char* kReferences[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
enum class Style { Html, HtmlOnce, Xml };

/// Position of the semicolon of the character reference at `at` (`&amp;`, `&#39;`), as Liquid
/// recognises them; 0 if none.
std::size_t end_of_reference(Str s, std::size_t at) {
  bool number = char_at(s, ++at) == '#';
  std::size_t start = at += number;
  while (number ? is_digit(char_at(s, at)) : is_alpha(char_at(s, at))) at++;
  return at > start && char_at(s, at) == ';' ? at : 0;
}

void add_with_references(Text& out, Str s, Style style) {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < s.size(); i++) {
    int kind = index_in(kEscaped, s[i]);
    if (kind < 0) continue;
    std::size_t end = style == Style::HtmlOnce && s[i] == '&' ? end_of_reference(s, i) : 0;
    if (end) {
      i = end;
      continue;
    }
    out.add(s.substr(kept, i - kept));
    out.add(style == Style::Xml && s[i] == '\'' ? "&apos;" : kReferences[kind]);
    kept = i + 1;
  }
  out.add(s.substr(kept));
}
}  // namespace

void add_escaped_html(Text& out, Str s) { add_with_references(out, s, Style::Html); }
void add_escaped_once(Text& out, Str s) { add_with_references(out, s, Style::HtmlOnce); }
void add_escaped_xml(Text& out, Str s) { add_with_references(out, s, Style::Xml); }

// ---- URLs ----

constexpr char kHex[] = "0123456789ABCDEF";

int hex_digit(char c) { return index_in("0123456789abcdef", lower(c)); }

static int percent_byte(Str s, std::size_t at) {
  if (s.size() - at < 3 || s[at] != '%') return -1;
  int high = hex_digit(s[at + 1]), low = hex_digit(s[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

void add_percent(Text& out, char c) {
  out.add('%');
  out.add(kHex[static_cast<unsigned char>(c) >> 4]);
  out.add(kHex[c & 15]);
}

void add_cgi_escaped(Text& out, Str s) {
  for (char c : s) {
    if (is_alnum(c) || is_one_of(c, "-_.~"))
      out.add(c);
    else if (c == ' ')
      out.add('+');
    else
      add_percent(out, c);
  }
}

int uri_byte(Text& out, Str s, std::size_t& at) {
  int byte = percent_byte(s, at);
  std::size_t end = at + 3;
  if (byte < 0) {
    if (!(s[at] & 0x80)) return -1;
    std::uint32_t c = decode(s, end = at);
    if (c == 0x2026) out.add(".."), c = '.';
    if (c == 0x3000) c = ' ';
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if (c >= 0x80) return -1;
    byte = int(c);
  }
  at = end - 1;
  return byte;
}

void add_uri_escaped(Text& out, Str s) {
  for (std::size_t i = 0; i < s.size(); i++) {
    // Escapes are decoded first, so that `%41` becomes `A` and `%20` stays.
    int byte = uri_byte(out, s, i);
    char c = byte < 0 ? s[i] : char(byte);
    if (is_alnum(c) || (is_one_of(c, "-._~:/?#[]@!$&'()*+,;=")))
      out.add(c);
    else
      add_percent(out, c);
  }
}

void add_url_decoded(Text& out, Str s, bool plus) {
  for (std::size_t i = 0; i < s.size(); i++) {
    int byte = percent_byte(s, i);
    if (byte >= 0) {
      out.add(char(byte));
      i += 2;
    } else {
      out.add(plus && s[i] == '+' ? ' ' : s[i]);
    }
  }
}

// ---- HTML out of text ----

namespace {
struct Block {
  Str open, close;
  bool unclosed = false;  // no further `close` in the text: without this, many openers would each
                          // search to the end
};

/// Copies everything outside of the blocks.
void add_without_blocks(Text& out, Str s, Block* blocks, std::size_t count) {
  std::size_t kept = 0;
  for (std::size_t i = s.find('<'); i != Str::npos; i = s.find('<', i)) {
    std::size_t end = Str::npos;
    for (Block* b = blocks; b < blocks + count && end == Str::npos; b++) {
      if (b->unclosed || !starts_with(s.substr(i), b->open)) continue;
      end = s.find(b->close, i + b->open.size());
      if (end == Str::npos)
        b->unclosed = true;
      else
        end += b->close.size();
    }
    if (end == Str::npos) {
      i++;
      continue;
    }
    out.add(s.substr(kept, i - kept));
    i = kept = end;
  }
  out.add(s.substr(kept));
}
}  // namespace

void add_without_html(Text& out, Str s) {
  Block blocks[] = {{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}};
  Block tags[] = {{"<", ">"}};
  Text rest;
  add_without_blocks(rest, s, blocks, 3);
  add_without_blocks(out, rest.str(), tags, 1);
}

const char kBase64[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_";

unsigned add_base64_decoded(Text& out, Str s, bool url_safe, std::size_t& digits) {
  unsigned bits = 0;
  digits = 0;
  for (char c : s) {
    if (c == '=') break;
    std::size_t digit = Str(kBase64).find(c);
    if (digit >= (url_safe ? 66 : 64)) continue;
    if (digit >= 64) digit -= 2;
    bits = bits << 6 | unsigned(digit);
    if (digits % 4) out.add(char(bits >> (6 - digits % 4 * 2)));
    digits++;
  }
  return bits;
}

}  // namespace meridian
