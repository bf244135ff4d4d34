// Values as dart-sass writes them.
#include "printer.h"

namespace meridian::sass {

namespace {
/// Digits behind the point.
constexpr std::size_t kDigits = 10;
}  // namespace

void Printer::css_number(double value) {
  if (value - value != 0)
    return out.add(value != value ? "calc(NaN)" : value > 0 ? "calc(infinity)" : "calc(-infinity)");
  if (value == 0) return out.add(__builtin_signbit(value) ? "-0" : "0");
  Text shortest;
  add_float(shortest, value);
  Str text = shortest.str();
  bool negative = text.starts_with("-");
  if (negative) text.remove_prefix(1);
  // Digits, and how many of them stand in front of the point.
  std::size_t exponent_at = text.find('e');
  std::size_t point = text.find('.');
  Text digits;
  digits.add('0');
  digits.add(text.substr(0, point));
  digits.add(slice(text, point + 1, exponent_at));
  std::ptrdiff_t whole = std::ptrdiff_t(point) + 1;
  if (exponent_at != Str::npos) whole += std::ptrdiff_t(parse_float(text.substr(exponent_at + 1)));
  while (whole < 1) {
    digits.insert(0, "0");
    whole++;
  }
  auto first = std::size_t(whole);
  while (digits.size() < first) digits.add('0');
  auto trim = [&digits, first] {
    while (digits.size() > first && digits.back() == '0') digits.truncate(digits.size() - 1);
  };
  trim();
  bool exact = digits.size() <= first + kDigits;
  if (!exact) {
    bool up = digits.str()[first + kDigits] >= '5';
    digits.truncate(first + kDigits);
    for (std::size_t i = digits.size(); up; i--) {
      char& digit = digits.data()[i - 1];
      up = digit == '9';
      digit = up ? '0' : char(digit + 1);
    }
  }
  trim();
  Str all = digits.str(), integer = all.substr(0, first), fraction = all.substr(first);
  while (integer.size() > 1 && integer[0] == '0') integer.remove_prefix(1);
  if (integer == "0" && fraction.empty()) return out.add('0');
  if (negative) out.add('-');
  // dart-sass drops the zero of short numbers, unless they are negative, and of rounded ones.
  bool brief = !negative && fraction.size() < kDigits;
  bool drop = compressed() && integer == "0" && (brief || !exact);
  if (!drop) out.add(integer);
  if (fraction.empty()) return;
  out.add('.');
  out.add(fraction);
}

void Printer::css_quoted(Str text) {
  bool single = text.find('\'') != Str::npos, twice = text.find('"') != Str::npos;
  char mark = twice && !single ? '\'' : '"';
  out.add(mark);
  for (std::size_t i = 0; i < text.size(); i++) {
    auto c = static_cast<unsigned char>(text[i]);
    if ((c == '"' && mark == '"') || c == '\\') {
      out.add('\\');
      out.add(char(c));
    } else if ((c < 0x20 && c != '\t') || c == 0x7F) {
      css_escape(c, text.substr(i + 1));
    } else {
      i += css_character(text.substr(i)) - 1;
    }
  }
  out.add(mark);
}

void Printer::css_escape(std::uint32_t code, Str behind) {
  out.add('\\');
  int shift = 20;
  while (shift && !(code >> shift)) shift -= 4;
  for (; shift >= 0; shift -= 4) out.add("0123456789abcdef"[code >> shift & 15]);
  char next = char_at(behind, 0);
  if (!behind.empty() && (hex_digit(next) >= 0 || next == ' ' || next == '\t')) out.add(' ');
}

std::size_t Printer::css_character(Str text) {
  auto byte = [text](std::size_t i) { return std::uint32_t(static_cast<std::uint8_t>(text[i])); };
  std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
  if (size > text.size()) size = text.size();
  std::uint32_t code = 0;
  if (size > 2) {
    code = byte(0) & (size == 3 ? 15 : 7);
    for (std::size_t i = 1; i < size; i++) code = code << 6 | (byte(i) & 63);
  }
  bool is_private = (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
  if (is_private && !compressed())
    css_escape(code, text.substr(size));
  else
    out.add(text.substr(0, size));
  return size;
}

void Printer::css_unquoted(Str text) {
  if (!css_ || custom_property_ || comment_) return out.add(text);
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] != '\n') {
      i += css_character(text.substr(i));
      continue;
    }
    out.add(' ');
    while (i < text.size() && (text[i] == '\n' || text[i] == ' ')) i++;
  }
}

void Printer::css_list(const ListNode* list, bool inspect) {
  std::uint32_t size = size_of(list);
  if (list->bracketed) out.add('[');
  if (!size && !list->bracketed) {
    if (!inspect) context_.fail(list->at, "() isn't a valid CSS value.", "remove the empty list");
    return out.add("()");
  }
  bool single = inspect && size == 1 && list->separator != Separator::Space;
  if (single && !list->bracketed) out.add('(');
  Str separator = list->separator == Separator::Space   ? " "
                  : list->separator == Separator::Comma ? (compressed() ? "," : ", ")
                                                        : (compressed() ? "/" : " / ");
  bool any = false;
  for (std::uint32_t i = 0; i < size; i++) {
    Node* item = value_at(list, i);
    if (!inspect && sass::is_invisible(item)) continue;
    if (any) out.add(separator);
    any = true;
    auto* inner = as<ListNode>(item);
    bool parentheses = inspect && inner && size_of(inner) > 1 && !inner->bracketed &&
                       (list->separator == Separator::Space || inner->separator == list->separator);
    if (parentheses) out.add('(');
    node(item);
    if (parentheses) out.add(')');
  }
  if (single) out.add(list->separator == Separator::Comma ? "," : "/");
  if (single && !list->bracketed) out.add(')');
  if (list->bracketed) out.add(']');
}

void Printer::css_map(const MapNode* map, bool inspect) {
  if (!inspect) {
    Str text = to_sass(context_, const_cast<MapNode*>(map));
    return context_.fail(map->at, context_.arena.join(text, " isn't a valid CSS value."),
                         "use map.get() to take a value from it");
  }
  auto part = [this](Node* item) {
    auto* list = as<ListNode>(item);
    bool parentheses =
        list && list->separator == Separator::Comma && !list->bracketed && size_of(list) > 1;
    if (parentheses) out.add('(');
    node(item);
    if (parentheses) out.add(')');
  };
  bool any = false;
  out.add('(');
  for (const MapNode::Entry& entry : map->entries) {
    if (any) out.add(", ");
    any = true;
    part(entry.key);
    out.add(": ");
    part(entry.value);
  }
  out.add(')');
}

namespace {
bool is_sum(const Node* node) {
  auto* binary = as<Binary>(node);
  return binary && (binary->op.op == Op::Add || binary->op.op == Op::Sub);
}
}  // namespace

void Printer::css_operation(const Binary* binary) {
  Op op = binary->op.op;
  bool sum = is_sum(binary);
  auto* right = as<Binary>(binary->right);
  bool left_parentheses = !sum && is_sum(binary->left);
  bool right_parentheses = right && (op == Op::Div || (op != Op::Add && is_sum(right)));
  if (left_parentheses) out.add('(');
  node(binary->left);
  if (left_parentheses) out.add(')');
  bool spaced = !compressed() || sum;
  if (spaced) out.add(' ');
  out.add(op == Op::Add ? '+' : op == Op::Sub ? '-' : op == Op::Mul ? '*' : '/');
  if (spaced) out.add(' ');
  if (right_parentheses) out.add('(');
  node(binary->right);
  if (right_parentheses) out.add(')');
}

bool Printer::css_value(Node* item) {
  bool inspect = print_.form == Form::Inspect || print_.form == Form::ToSass;
  switch (item->kind) {
    case Kind::Null:
      if (inspect) out.add("null");
      return true;
    case Kind::Number: {
      auto* number = as<Number>(item);
      reduce(context_.arena, number);
      if (css_ && !is_css_unit(number)) {
        context_.fail(item->at,
                      context_.arena.join(to_string(context_, item), " isn't a valid CSS value."),
                      "divide the units away");
        return true;
      }
      css_number(number->value);
      out.add(unit_of(context_.arena, number));
      return true;
    }
    case Kind::Rgba:
    case Kind::Hsla: css_color(static_cast<Color*>(item)); return true;
    case Kind::String:
    case Kind::Quoted: {
      auto* string = as<String>(item);
      if (string->quote && string->may_be_quoted())
        css_quoted(string->value);
      else
        css_unquoted(string->value);
      return true;
    }
    case Kind::List: css_list(as<ListNode>(item), inspect); return true;
    case Kind::Map: css_map(as<MapNode>(item), inspect); return true;
    case Kind::Selectors: node(listize(context_, as<SelectorsNode>(item)->list)); return true;
    case Kind::Binary:
      if (as<Binary>(item)->calculation) {
        css_operation(as<Binary>(item));
      } else {
        node(as<Binary>(item)->left);
        out.add('/');
        node(as<Binary>(item)->right);
      }
      return true;
    case Kind::Call: {
      auto* call = as<Call>(item);
      out.add(call->name);
      out.add('(');
      bool any = false;
      for (Argument* argument : call->arguments->items) {
        if (any) css_comma();
        any = true;
        node(argument->value);
      }
      out.add(')');
      return true;
    }
    default: return false;
  }
}

// ---- colours ----

namespace {
bool is_whole(double channel) { return near(channel, __builtin_round(channel)); }
bool in_range(double channel) { return near(channel, clip(channel, 0, 255)); }
}  // namespace

void Printer::css_channels(const char* name, double a, double b, double c, double alpha,
                           int percentages) {
  bool opaque = near(alpha, 1);
  out.add(name);
  out.add(opaque ? "(" : "a(");
  int left = 3;
  for (double channel : {a, b, c}) {
    css_number(channel);
    if (left-- <= percentages) out.add('%');
    if (left || !opaque) css_comma();
  }
  if (!opaque) css_number(alpha);
  out.add(')');
}

void Printer::css_rgb(const Rgba& color) {
  bool whole = true;
  for (double channel : {color.red, color.green, color.blue})
    whole = whole && __builtin_round(channel) == channel;
  auto part = [whole](double channel) { return whole ? channel : channel * 100 / 255; };
  css_channels("rgb", part(color.red), part(color.green), part(color.blue), color.alpha,
               whole ? 0 : 3);
}

void Printer::css_hsl(const Hsla& color) {
  css_channels("hsl", color.hue, color.saturation, color.lightness, color.alpha, 2);
}

void Printer::css_color(Color* color) {
  Rgba* rgb = to_rgba(context_, color);
  bool shown = in_range(rgb->red) && in_range(rgb->green) && in_range(rgb->blue);
  // rgb() is brought into its range where it is read, hsl() is not.
  if (!shown && print_.form != Form::Inspect) return css_hsl(*copy_hsla(context_, color));
  bool hex = is_whole(rgb->red) && is_whole(rgb->green) && is_whole(rgb->blue);
  bool opaque = near(color->alpha, 1);
  std::uint32_t packed = 0;
  for (double channel : {rgb->red, rgb->green, rgb->blue})
    packed = packed << 8 | (std::uint32_t(__builtin_round(clip(channel, 0, 255))) & 255);
  auto add_hex = [this, packed](int digits) {
    out.add('#');
    for (int i = digits; i-- > 0;)
      out.add("0123456789abcdef"[packed >> (digits == 3 ? i * 8 : i * 4) & 15]);
  };
  Str name = opaque && hex ? color_name(packed) : Str();
  if (compressed()) {
    if (opaque && hex) {
      bool brief = (packed >> 4 & 0x0F0F0F) == (packed & 0x0F0F0F);
      if (!name.empty() && name.size() <= (brief ? 4 : 7)) return out.add(name);
      return add_hex(brief ? 3 : 6);
    }
    Printer rgb_text(context_, print_), hsl_text(context_, print_);
    rgb_text.css_rgb(*rgb);
    hsl_text.css_hsl(*copy_hsla(context_, rgb));
    bool shorter = rgb_text.out.size() <= hsl_text.out.size() + 2;
    return out.add((shorter ? rgb_text : hsl_text).out.str());
  }
  if (auto* hsl = as<Hsla>(static_cast<Node*>(color))) return css_hsl(*hsl);
  if (rgb->as_function) return css_rgb(*rgb);
  if (!rgb->shown.empty()) return out.add(rgb->shown);
  if (!name.empty()) return out.add(name);
  if (opaque && hex) return add_hex(6);
  css_rgb(*rgb);
}

}  // namespace meridian::sass
