// Filters of plugins in Ruby that are about text alone: those by regular expressions, and others
// that few sites have. They are here because the matcher is: no core links them.
#include "meridian/rouge.h"
#include "pattern.h"

namespace meridian::rouge {

namespace {
// Patterns come from templates. What is longer or repeats more is no filter's; by these limits the
// code of a pattern has addresses of 16 bits, and is made in linear time.
constexpr std::size_t kLongestPattern = 500;
constexpr std::int64_t kMostRepeats = 100;
constexpr int kMostChoices = 12;
/// Steps of the matcher for each byte of text, and for a short text: some milliseconds.
constexpr std::uint64_t kFilterSteps = 100, kLeastFilterSteps = 100'000;

std::size_t skip(Str text, std::size_t at, bool (*kind)(char)) {
  while (at < text.size() && kind(text[at])) at++;
  return at;
}

/// Whether a pattern has only what `compile` reads as Ruby does. Linear.
class Notation {
 public:
  explicit Notation(Str pattern) : rest_(pattern) {}
  bool is_known() {
    if (rest_.size() > kLongestPattern) return false;
    while (!rest_.empty()) {
      char c = take();
      bool known = c == '\\'  ? escape("kgGRXuxzKN0")
                   : c == '[' ? char_class()
                   : c == '(' ? group()
                   : c == '{' ? repeats()
                              : c != '|' || ++choices_ <= kMostChoices;
      if (!known) return false;
      // Possessive loops are another matcher's; each loop of a group is a choice.
      bool loop = is_one_of(c, "*+?{");
      if (c == '+' && is_after_loop_) return false;
      if (is_after_group_ && loop && ++choices_ > kMostChoices) return false;
      is_after_loop_ = loop;
      is_after_group_ = c == ')';
    }
    return true;
  }

 private:
  char take() {
    char c = rest_.empty() ? '\0' : rest_[0];
    if (!rest_.empty()) rest_.remove_prefix(1);
    return c;
  }
  bool escape(Str unknown) {
    char c = take();
    if (!c || unknown.find(c) != Str::npos || static_cast<signed char>(c) < 0) return false;
    if (c != 'p') return true;
    std::size_t end = rest_.find('}');
    if (end == Str::npos || char_at(rest_, 0) != '{') return false;
    bool known = one_of(slice(rest_, 1, end), "L Nd Lu Word word alpha alnum digit upper") >= 0;
    rest_.remove_prefix(end + 1);
    return known;
  }
  bool char_class() {
    if (char_at(rest_, 0) == '^') take();
    for (bool first = true;; first = false) {
      char c = take();
      if (!c || (c == '&' && char_at(rest_, 0) == '&')) return false;
      if (c == ']' && !first) return true;
      if (c == '\\' && !escape("kgGRXuxbBAzZ0")) return false;
      if (c == '[') {
        std::size_t end = char_at(rest_, 0) == ':' ? rest_.find(":]") : Str::npos;
        if (end == Str::npos) return false;
        rest_.remove_prefix(end + 2);
      }
      // Ranges of ASCII alone: each character of others is an entry.
      if (char_at(rest_, 0) == '-' && char_at(rest_, 1) != ']' &&
          (static_cast<signed char>(c) < 0 || char_at(rest_, 1) == '\\' ||
           static_cast<signed char>(char_at(rest_, 1)) < 0))
        return false;
    }
  }
  bool group() {
    if (char_at(rest_, 0) != '?') return true;
    take();
    return is_one_of(take(), ":=!");
  }
  bool repeats() {
    std::size_t end = rest_.find('}');
    if (char_at(rest_, 0) == '%') return false;
    if (end == Str::npos || !(is_digit(char_at(rest_, 0)) || char_at(rest_, 0) == ',')) return true;
    for (Str inside = rest_.substr(0, end), number; next_piece(inside, ',', number);) {
      if (number.size() > 3 || skip(number, 0, is_digit) != number.size()) return false;
      if (!number.empty() && (repeats_ *= parse_int(number) + 1) > kMostRepeats) return false;
    }
    rest_.remove_prefix(end + 1);
    return true;
  }

  Str rest_;
  bool is_after_loop_ = false, is_after_group_ = false;
  int choices_ = 0;
  std::int64_t repeats_ = 1;
};

/// A pattern on a text, as String#gsub and String#scan go through it.
class Search {
 public:
  Search(Str pattern, bool multiline, Str text)
      : text_(text), matcher_(kLeastFilterSteps + kFilterSteps * text.size()) {
    Str flags;
    if (starts_with(pattern, "(?i)") || starts_with(pattern, "(?m)")) {
      flags = pattern.substr(2, 1);
      pattern.remove_prefix(4);
    }
    if (!Notation(pattern).is_known()) return;
    Str both = arena_.join("(?", flags, multiline ? "m)" : ")");
    if (both.size() > 3) pattern = arena_.join(both, pattern);
    is_right_ = compile(arena_, vocabulary_, pattern, pattern_);
  }
  /// Whether the pattern could be read, and the search came to its end.
  bool is_right() const { return is_right_ && !matcher_.gave_up(); }
  /// The next match, from behind the last one on.
  bool next() {
    for (; is_right() && at_ <= text_.size(); at_ = next_character(at_)) {
      if (at_ < text_.size() && !pattern_.begins[std::uint8_t(text_[at_])]) continue;
      if (!matcher_.match(pattern_, vocabulary_, text_, match_, failed_, std::uint32_t(at_)))
        continue;
      bool empty = match_.at[0] == match_.at[1];
      at_ = empty ? next_character(match_.at[1]) : match_.at[1];
      return true;
    }
    return false;
  }
  const Match& match() const { return match_; }
  std::uint32_t groups() const {
    std::uint32_t most = 0;
    for (const Instruction& i : pattern_.code)
      if (i.op == Op::Save && i.small / 2u > most) most = i.small / 2u;
    return most;
  }

 private:
  std::size_t next_character(std::size_t at) const {
    do at++;
    while (at < text_.size() && (text_[at] & 0xc0) == 0x80);
    return at;
  }
  Str text_;
  Arena arena_;
  Vocabulary vocabulary_;
  Pattern pattern_;
  Matcher matcher_;
  Match match_;
  Failed failed_;
  std::size_t at_ = 0;
  bool is_right_ = false;
};

/// rb_reg_regsub: `\1`, `\0`, `\&`, `` \` ``, `\'`, `\\`; other backslashes stay.
void add_replacement(Text& out, Str with, const Match& match) {
  for (std::size_t i = 0; i < with.size(); i++) {
    char c = with[i] == '\\' ? char_at(with, i + 1) : '\0';
    if (is_digit(c))
      out.add(match.group(std::uint32_t(c - '0')));
    else if (c == '&')
      out.add(match.group(0));
    else if (c == '`')
      out.add(match.text.substr(0, match.at[0]));
    else if (c == '\'')
      out.add(match.text.substr(match.at[1]));
    else if (c == '\\')
      out.add('\\');
    else {
      out.add(with[i]);
      continue;
    }
    i++;
  }
}

bool replace(Text& out, Str text, Str pattern, Str with, bool multiline, bool once) {
  Search search(pattern, multiline, text);
  std::size_t copied = 0;
  while (search.next()) {
    const Match& match = search.match();
    out.add(slice(text, copied, match.at[0]));
    add_replacement(out, with, match);
    copied = match.at[1];
    if (once) break;
  }
  out.add(text.substr(copied));
  return search.is_right();
}

/// String#scan, flattened: matches, or their groups.
bool scan(List<Str>& found, Arena& arena, Str text, Str pattern, bool multiline) {
  Search search(pattern, multiline, text);
  std::uint32_t groups = search.groups();
  while (search.next())
    for (std::uint32_t i = groups ? 1 : 0; i <= groups; i++)
      found.add(arena, search.match().group(i));
  return search.is_right();
}

/// `array.sort.uniq`, each in the place that `add` gives it.
bool add_sorted(List<Str>& found, Arena& arena, Str css, Str pattern) {
  if (!scan(found, arena, css, pattern, false)) return false;
  stable_sort(found.begin(), found.size, [](Str a, Str b) { return a < b; });
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < found.size; i++)
    if (!i || found.begin()[i] != found.begin()[kept - 1]) found.begin()[kept++] = found.begin()[i];
  found.size = kept;
  return true;
}

/// The address of the fonts that a sheet of the lab-website-template names.
bool add_google_fonts(Text& out, Str css) {
  Arena arena;
  List<Str> names, weights;
  if (!add_sorted(names, arena, css, "--\\S*:\\s*\"(.*)\",?.*;") ||
      !add_sorted(weights, arena, css, "--\\S*:\\s(\\d{3});"))
    return false;
  out.add("https://fonts.googleapis.com/css2?display=swap&");
  for (Str name : names) {
    out.add("&family=");
    std::size_t space = name.find(' ');
    out.add(name.substr(0, space));
    if (space != Str::npos) {
      out.add('+');
      out.add(name.substr(space + 1));
    }
    out.add(":ital,wght@");
    for (char slope : Str("01"))
      for (Str weight : weights) {
        out.add(slope);
        out.add(',');
        out.add(weight);
        out.add(';');
      }
    if (out.back() == ';') out.truncate(out.size() - 1);
  }
  return true;
}

/// Letters and digits, and what a sentence has: the rest is space (regex_strip of that template).
void add_stripped(Text& out, Str text) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t begin = at;
    std::uint32_t c = decode(text, at);
    bool kept = c < 128 ? is_alnum(char(c)) || is_one_of(char(c), ".,;:-") : is_word(c);
    if (kept)
      out.add(slice(text, begin, at));
    else if (!out.empty() && out.back() != ' ')
      out.add(' ');
  }
  if (out.back() == ' ') out.truncate(out.size() - 1);
}

// I18n::Backend::Transliterator::HashTransliterator::DEFAULT_APPROXIMATIONS, from U+00C0 and from
// U+0100 on; `?`: it has none.
constexpr Name kLatin =
    "A A A A A A AE C E E E E I I I I D N O O O O O x O U U U U Y Th ss a a a a a a ae c e e e e i "
    "i i i d n o o o o o ? o u u u u y th y";
constexpr Name kExtended =
    "A a A a A a C c C c C c C c D d D d E e E e E e E e E e G g G g G g G g H h H h I i I i I i I "
    "i I i IJ ij J j K k k L l L l L l L l L l N n N n N n 'n NG ng O o O o O o OE oe R r R r R r "
    "S "
    "s S s S s S s T t T t T t U u U u U u U u U u U u W w Y y Y Z z Z z Z z";

void add_without_accents(Text& out, Str text) {
  for (std::size_t at = 0; at < text.size();) {
    std::uint32_t c = decode(text, at);
    if (c < 128) {
      out.add(char(c));
      continue;
    }
    Str table = c < 0x100 ? kLatin : kExtended, letter = "?";
    std::uint32_t first = c < 0x100 ? 0xC0 : 0x100, i = c - first;
    Str approximation;
    bool found = c >= first;
    while (found && next_piece(table, ' ', approximation) && i) i--;
    if (found && !i && !approximation.empty() && table.data()) letter = approximation;
    out.add(c > 0x17E ? Str("?") : letter);
  }
}

constexpr Name kAuthorMarks = "*†‡§¶‖&^";

/// Lines of BibTeX with a key that the site keeps for itself:
/// `/^.*\bkey\b *= *\{.*$\n/` is removed; authors lose the marks that say more of them.
void add_bibtex(Text& out, Str bibtex, Str keys) {
  auto hides = [](Str line, Str key) {
    for (std::size_t at = 0; (at = line.find(key, at)) != Str::npos; at++) {
      auto is_part = [&](std::size_t i) {
        return is_alnum(char_at(line, i)) || char_at(line, i) == '_';
      };
      std::size_t end = at + key.size();
      if ((at && is_part(at - 1)) || is_part(end)) continue;
      constexpr auto blank = [](char c) { return c == ' '; };
      end = skip(line, end, blank);
      if (char_at(line, end) == '=' && char_at(line, skip(line, end + 1, blank)) == '{')
        return true;
    }
    return false;
  };
  for (std::size_t at = 0; at < bibtex.size();) {
    std::size_t end = bibtex.find('\n', at);
    bool last = end == Str::npos;
    Str line = slice(bibtex, at, last ? bibtex.size() : end);
    bool hidden = false;
    // A list in JSON.
    for (Str rest = keys, key; !last && next_piece(rest, '"', key);)
      hidden |= !key.empty() && !is_one_of(key[0], "[],") && hides(line, key);
    at += line.size() + !last;
    if (hidden) continue;
    bool authors = !last && hides(line, "author");
    for (std::size_t i = 0; i < line.size();) {
      std::size_t begin = i;
      decode(line, i);
      Str sign = slice(line, begin, i);
      if (!authors || kAuthorMarks.find(sign) == Str::npos) out.add(sign);
    }
    if (!last) out.add('\n');
  }
}

/// MD5 in hexadecimal (RFC 1321). The table is sines, by integers: floor(2^32 |sin(i + 1)|).
class Md5 {
 public:
  void add_block(const unsigned char* block) {
    constexpr std::uint32_t kSines[64] = {
        0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613,
        0xfd469501, 0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193,
        0xa679438e, 0x49b40821, 0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d,
        0x02441453, 0xd8a1e681, 0xe7d3fbc8, 0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed,
        0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a, 0xfffa3942, 0x8771f681, 0x6d9d6122,
        0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70, 0x289b7ec6, 0xeaa127fa,
        0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665, 0xf4292244,
        0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
        0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb,
        0xeb86d391};
    constexpr unsigned char kShifts[16] = {7, 12, 17, 22, 5, 9,  14, 20,
                                           4, 11, 16, 23, 6, 10, 15, 21};
    std::uint32_t words[16];
    for (int i = 0; i < 16; i++)
      words[i] = std::uint32_t(block[4 * i]) | std::uint32_t(block[4 * i + 1]) << 8 |
                 std::uint32_t(block[4 * i + 2]) << 16 | std::uint32_t(block[4 * i + 3]) << 24;
    std::uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    for (int i = 0; i < 64; i++) {
      const int round = i / 16;
      std::uint32_t mixed = round == 0   ? (b & c) | (~b & d)
                            : round == 1 ? (d & b) | (~d & c)
                            : round == 2 ? b ^ c ^ d
                                         : c ^ (b | ~d);
      const int word = (round == 0   ? i
                        : round == 1 ? 5 * i + 1
                        : round == 2 ? 3 * i + 5
                                     : 7 * i) %
                       16;
      const std::uint32_t sum = a + mixed + kSines[i] + words[word];
      const int shift = kShifts[round * 4 + i % 4];
      a = d, d = c, c = b;
      b += sum << shift | sum >> (32 - shift);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
  }
  std::uint32_t state[4] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
};

void add_md5(Text& out, Str bytes) {
  constexpr std::size_t kBlock = 64, kLength = 56;
  Md5 sum;
  const auto* data = reinterpret_cast<const unsigned char*>(bytes.data());
  std::size_t whole = bytes.size() / kBlock * kBlock;
  for (std::size_t at = 0; at < whole; at += kBlock) sum.add_block(data + at);
  unsigned char end[2 * kBlock] = {};
  std::size_t rest = bytes.size() - whole, size = rest < kLength ? kBlock : 2 * kBlock;
  for (std::size_t i = 0; i < rest; i++) end[i] = data[whole + i];
  end[rest] = 0x80;
  std::uint64_t bits = std::uint64_t(bytes.size()) * 8;
  for (int i = 0; i < 8; i++)
    end[size - 8 + std::size_t(i)] = static_cast<unsigned char>(bits >> 8 * i);
  for (std::size_t at = 0; at < size; at += kBlock) sum.add_block(end + at);
  for (std::uint32_t word : sum.state)
    for (int i = 0; i < 4; i++, word >>= 8) {
      out.add("0123456789abcdef"[word >> 4 & 15]);
      out.add("0123456789abcdef"[word & 15]);
    }
}
}  // namespace

bool add_filtered(Text& out, Str name, Str request) {
  Str input = request, one, two;
  next_piece(input, '\0', one);
  next_piece(input, '\0', two);
  enum class Filter {
    Replace,
    ReplaceLines,
    Once,
    Match,
    Scan,
    ScanLines,
    Fonts,
    Strip,
    Accents,
    Bibtex,
    Md5
  };
  switch (Filter(one_of(name,
                        "replace replace_lines once match scan scan_lines google_fonts "
                        "regex_strip remove_accents hideCustomBibtex md5"))) {
    case Filter::Replace: return replace(out, input, one, two, false, false);
    case Filter::ReplaceLines: return replace(out, input, one, two, true, false);
    case Filter::Once: return replace(out, input, one, two, false, true);
    case Filter::Match: {
      Search search(one, true, input);
      if (search.next()) out.add('1');
      return search.is_right();
    }
    case Filter::Scan:
    case Filter::ScanLines: {
      Arena arena;
      List<Str> found;
      if (!scan(found, arena, input, one, name == "scan_lines")) return false;
      for (Str text : found) {
        out.add(text);
        out.add('\0');
      }
      return true;
    }
    case Filter::Fonts: return add_google_fonts(out, input);
    case Filter::Strip: return add_stripped(out, input), true;
    case Filter::Accents: return add_without_accents(out, input), true;
    case Filter::Bibtex: return add_bibtex(out, input, one), true;
    case Filter::Md5: return add_md5(out, input), true;
    default: return false;
  }
}

}  // namespace meridian::rouge
