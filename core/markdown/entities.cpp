// HTML 4's character entities, the 253 names that kramdown knows.
#include "tree.h"

namespace meridian::markdown {

namespace {
/// The names in the order of their code points, and the steps between these, seven bits a byte, low
/// ones first.
const char kEntityNames[] =
    "quot amp apos lt gt nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy "
    "reg macr deg "
    "plusmn sup2 sup3 acute micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest "
    "Agrave Aacute Acirc "
    "Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde "
    "Ograve Oacute Ocirc "
    "Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc "
    "atilde auml aring "
    "aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc "
    "otilde ouml "
    "divide oslash ugrave uacute ucirc uuml yacute thorn yuml OElig oelig Scaron scaron Yuml fnof "
    "circ tilde Alpha "
    "Beta Gamma Delta Epsilon Zeta Eta Theta Iota Kappa Lambda Mu Nu Xi Omicron Pi Rho Sigma Tau "
    "Upsilon Phi Chi Psi "
    "Omega alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho "
    "sigmaf sigma tau "
    "upsilon phi chi psi omega thetasym upsih piv ensp emsp thinsp zwnj zwj lrm rlm ndash mdash "
    "lsquo rsquo sbquo "
    "ldquo rdquo bdquo dagger Dagger bull hellip permil prime Prime lsaquo rsaquo oline frasl euro "
    "image weierp real "
    "trade alefsym larr uarr rarr darr harr crarr lArr uArr rArr dArr hArr forall part exist empty "
    "nabla isin notin "
    "ni prod sum minus lowast radic prop infin ang and or cap cup int there4 sim cong asymp ne "
    "equiv le ge sub sup "
    "nsub sube supe oplus otimes perp sdot vellip rceil lceil lfloor rfloor rang lang loz spades "
    "clubs hearts diams";
constexpr std::uint8_t kSteps[] = {
    34, 4,  1, 21, 2,  98, 1,  1,  1, 1,  1,  1,   1,   1,  1,   1,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  1,  1,  1,  1, 1,  1,  1,   1,   1,  1,   1,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  1,  1,  1,  1, 1,  1,  1,   1,   1,  1,   1,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  1,  1,  1,  1, 1,  1,  1,   1,   1,  1,   1,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  83, 1,  13, 1, 23, 26, 180, 2,   22, 181, 1,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  1,  1,  1,  2, 1,  1,  1,   1,   1,  1,   8,  1,  1, 1, 1,   1,  1, 1,   1,
    1,  1,  1, 1,  1,  1,  1,  1,  1, 1,  1,  1,   1,   1,  1,   1,  8,  1, 4, 172, 56, 1, 6,   3,
    1,  1,  1, 4,  1,  4,  1,  1,  2, 1,  1,  2,   1,   1,  4,   10, 2,  1, 6, 1,   4,  6, 104, 101,
    7,  4,  6, 19, 91, 1,  1,  1,  1, 33, 27, 1,   1,   1,  1,   44, 2,  1, 2, 2,   1,  1, 2,   4,
    2,  1,  5, 3,  3,  1,  2,  7,  1, 1,  1,  1,   9,   8,  9,   3,  24, 1, 3, 1,   29, 1, 1,   2,
    1,  14, 2, 14, 32, 41, 26, 1,  1, 1,  30, 1,   160, 5,  150, 1,  3,  2, 1,
};
constexpr std::uint32_t kFirstWindows = 128, kLastWindows = 159;
constexpr std::uint16_t kWindows[] = {
    8364, 129,  8218, 402,  8222, 8230, 8224, 8225, 710, 8240, 352, 8249, 338, 141, 381, 143,
    144,  8216, 8217, 8220, 8221, 8226, 8211, 8212, 732, 8482, 353, 8250, 339, 157, 382, 376,
};

std::uint32_t next_code_point(const std::uint8_t*& step) {
  std::uint32_t value = 0;
  for (int shift = 0;; shift += 7) {
    value |= std::uint32_t(*step & 127) << shift;
    if (!(*step++ & 128)) return value;
  }
}
}  // namespace

std::uint32_t entity_code_point(Str name) {
  const std::uint8_t* step = kSteps;
  std::uint32_t code_point = 0;
  for (int number = one_of(name, kEntityNames); number >= 0; --number)
    code_point += next_code_point(step);
  return code_point;
}

std::uint32_t reference_code_point(Str reference) {
  if (char_at(reference, 0) != '#') return entity_code_point(reference);
  const bool hex = is_one_of(char_at(reference, 1), "xX");
  std::uint32_t code = 0;
  for (char c : reference.substr(hex ? 2 : 1)) {
    const int digit = hex ? hex_digit(c) : is_digit(c) ? c - '0' : -1;
    if (digit < 0 || code > 0x10FFFF) return 0;
    code = code * (hex ? 16 : 10) + std::uint32_t(digit);
  }
  return code;
}

Str entity_name(std::uint32_t code_point) {
  const std::uint8_t* step = kSteps;
  std::uint32_t reached = 0;
  Str names = kEntityNames, name;
  while (reached < code_point && next_piece(names, ' ', name)) reached += next_code_point(step);
  return reached == code_point ? name : Str();
}

std::uint32_t entity_of_number(std::uint32_t number) {
  return number >= kFirstWindows && number <= kLastWindows ? kWindows[number - kFirstWindows]
                                                           : number;
}

void add_entity(Text& out, std::uint32_t code_point, Str original, EntityOutput how) {
  bool special = code_point == '<' || code_point == '>' || code_point == '&' || code_point == '"';
  bool character = code_point < 0x110000 && (code_point < 0xd800 || code_point > 0xdfff);
  if (how == EntityOutput::AsChar && character && (!special || code_point == '"')) {
    add_utf8(out, code_point);
    return;
  }
  if (how <= EntityOutput::AsInput && !original.empty()) {
    out.add(original);
    return;
  }
  Str name = how == EntityOutput::Symbolic || special ? entity_name(code_point) : Str();
  out.add('&');
  if (name.empty()) {
    out.add('#');
    out.add_int(code_point);
  } else {
    out.add(name);
  }
  out.add(';');
}

}  // namespace meridian::markdown
