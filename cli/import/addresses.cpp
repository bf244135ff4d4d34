#include "addresses.h"

namespace meridian::cli::hugo {

namespace {
// Go's time.Time{}, 0001-01-01 00:00 UTC.
constexpr std::int64_t kZeroTime = -62'135'596'800;

/// unicode.IsLetter, IsDigit and IsMark, and the punctuation that an address keeps.
bool is_kept(std::uint32_t c) {
  if (c < 0x80) return is_alnum(char(c)) || is_one_of(char(c), "./\\_-#+~");
  return is_word(c);
}

bool is_blank(std::uint32_t c) {
  return c < 0x80 ? is_space(char(c)) : c == 0xA0 || c == 0x3000 || (c >= 0x2000 && c <= 0x200A);
}

void add_joined(const std::vector<std::string>& folders, std::string& out) {
  for (const std::string& folder : folders) (out += '/') += folder;
}

std::string formatted(const Time& time, Str format) {
  Text text;
  add_strftime(text, time, format);
  return std::string(text.str());
}

/// The text for a word of a pattern; false when it is not known.
bool expand_word(Str word, const AddressParts& parts, std::string& out) {
  constexpr struct {
    Name word;
    const char* format;
  } kDates[] = {{"year", "%-Y"},   {"month", "%m"},       {"monthname", "%B"}, {"day", "%d"},
                {"weekday", "%w"}, {"weekdayname", "%A"}, {"yearday", "%-j"}};
  for (const auto& one : kDates) {
    if (word != Str(one.word)) continue;
    Time time;
    if (!read_date(parts.date, time)) time.seconds = kZeroTime;
    out = formatted(time, one.format);
    return true;
  }
  const std::string& title = parts.title.empty() ? parts.name : parts.title;
  switch (one_of(word,
                 "section sections title slug filename slugorfilename contentbasename "
                 "slugorcontentbasename")) {
    case 0: out = parts.folders.empty() ? std::string() : parts.folders[0]; return true;
    case 1:
      out.clear();
      for (std::size_t i = 0; i < parts.sections; i++) out += (i ? "/" : "") + parts.folders[i];
      return true;
    case 2: out = title; return true;
    case 3: out = parts.slug.empty() ? title : parts.slug; return true;
    case 4:
    case 6: out = parts.name; return true;
    case 5:
    case 7: out = parts.slug.empty() ? parts.name : parts.slug; return true;
    default: return false;
  }
}

/// One slash where there are several.
std::string with_single_slashes(Str path) {
  std::string out;
  for (char c : path)
    if (c != '/' || out.empty() || out.back() != '/') out += c;
  return out;
}

std::string with_end(std::string address) {
  std::size_t name = address.rfind('/') + 1;
  if (name < address.size() && address.find('.', name) == address.npos) address += '/';
  return address;
}
}  // namespace

std::string lower_case(Str path) {
  Text out;
  add_downcase(out, path);
  return std::string(out.str());
}

std::string address_part(Str path, const AddressRules& rules) {
  Text out;
  bool blank = false, hyphen = false;
  for (std::size_t at = 0; at < path.size();) {
    std::uint32_t c = decode(path, at);
    if (is_kept(c)) {
      if (blank && c != '-') out.add('-');
      blank = false;
      hyphen = c == '-';
      if (c == '#')
        add_percent(out, '#');
      else
        add_utf8(out, rules.keeps_case ? c : downcase(c));
    } else if (!out.empty() && !hyphen && is_blank(c)) {
      blank = true;
    }
  }
  return std::string(out.str());
}

std::string address_of(const AddressParts& parts, const AddressRules& rules) {
  std::string path;
  add_joined(parts.folders, path);
  std::string name = parts.slug.empty() ? parts.name : parts.slug;
  path = with_single_slashes(address_part(path + "/" + name, rules));
  if (path.size() > 1 && path.back() == '/') path.pop_back();
  return path.size() < 2 ? "/" : path + (rules.ugly ? ".html" : "/");
}

bool expand_pattern(Str pattern, const AddressParts& parts, const AddressRules& rules,
                    std::string& out) {
  std::string path = "/";
  for (std::size_t at = 0; at < pattern.size();) {
    if (pattern[at] != ':') {
      path += pattern[at++];
      continue;
    }
    std::size_t end = at + 1;
    while (is_alpha(char_at(pattern, end))) end++;
    std::string value;
    if (!expand_word(slice(pattern, at + 1, end), parts, value)) return false;
    path += address_part(value, rules);
    at = end;
  }
  out = with_end(with_single_slashes(path));
  return true;
}

std::string given_address(Str address, Str folder) {
  std::string path = starts_with(address, "/") ? std::string() : std::string(folder);
  path += address;
  std::vector<Str> kept;
  Str rest = path, piece;
  bool open = path.empty() || path.back() == '/';
  while (next_piece(rest, '/', piece)) {
    if (piece == "..") {
      if (!kept.empty()) kept.pop_back();
    } else if (!piece.empty() && piece != ".") {
      kept.push_back(piece);
    }
  }
  std::string out;
  for (Str one : kept) (out += '/') += std::string(one);
  return open || out.empty() ? out + "/" : with_end(out);
}

std::string folder_of(const std::string& address) {
  return address.substr(0, address.rfind('/') + 1);
}

bool read_date(const Value& value, Time& out) {
  if (value.is(Kind::Date) || value.is(Kind::Time)) {
    out = value.time();
    return true;
  }
  Str text = strip(value.str());
  return !text.empty() && is_digit(text[0]) && parse_time(text, Zone{}, Time{}, out);
}

}  // namespace meridian::cli::hugo
