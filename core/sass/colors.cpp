// Colours: names, conversions, text.
#include "parser.h"
#include "value.h"

namespace meridian::sass {

namespace {
struct NamedColor {
  Name name;
  /// Red, green, blue, with eight bits each. A name that is not the one printed, as there is
  /// another for the colour, has a bit more.
  std::uint32_t rgb;
};
/// The names of CSS Color 4, in order.
constexpr NamedColor kColors[] = {
    {"aliceblue", 0xF0F8FF},
    {"antiquewhite", 0xFAEBD7},
    {"aqua", 0x100FFFF},
    {"aquamarine", 0x7FFFD4},
    {"azure", 0xF0FFFF},
    {"beige", 0xF5F5DC},
    {"bisque", 0xFFE4C4},
    {"black", 0x000000},
    {"blanchedalmond", 0xFFEBCD},
    {"blue", 0x0000FF},
    {"blueviolet", 0x8A2BE2},
    {"brown", 0xA52A2A},
    {"burlywood", 0xDEB887},
    {"cadetblue", 0x5F9EA0},
    {"chartreuse", 0x7FFF00},
    {"chocolate", 0xD2691E},
    {"coral", 0xFF7F50},
    {"cornflowerblue", 0x6495ED},
    {"cornsilk", 0xFFF8DC},
    {"crimson", 0xDC143C},
    {"cyan", 0x00FFFF},
    {"darkblue", 0x00008B},
    {"darkcyan", 0x008B8B},
    {"darkgoldenrod", 0xB8860B},
    {"darkgray", 0xA9A9A9},
    {"darkgreen", 0x006400},
    {"darkgrey", 0x1A9A9A9},
    {"darkkhaki", 0xBDB76B},
    {"darkmagenta", 0x8B008B},
    {"darkolivegreen", 0x556B2F},
    {"darkorange", 0xFF8C00},
    {"darkorchid", 0x9932CC},
    {"darkred", 0x8B0000},
    {"darksalmon", 0xE9967A},
    {"darkseagreen", 0x8FBC8F},
    {"darkslateblue", 0x483D8B},
    {"darkslategray", 0x2F4F4F},
    {"darkslategrey", 0x12F4F4F},
    {"darkturquoise", 0x00CED1},
    {"darkviolet", 0x9400D3},
    {"deeppink", 0xFF1493},
    {"deepskyblue", 0x00BFFF},
    {"dimgray", 0x696969},
    {"dimgrey", 0x1696969},
    {"dodgerblue", 0x1E90FF},
    {"firebrick", 0xB22222},
    {"floralwhite", 0xFFFAF0},
    {"forestgreen", 0x228B22},
    {"fuchsia", 0x1FF00FF},
    {"gainsboro", 0xDCDCDC},
    {"ghostwhite", 0xF8F8FF},
    {"gold", 0xFFD700},
    {"goldenrod", 0xDAA520},
    {"gray", 0x808080},
    {"green", 0x008000},
    {"greenyellow", 0xADFF2F},
    {"grey", 0x1808080},
    {"honeydew", 0xF0FFF0},
    {"hotpink", 0xFF69B4},
    {"indianred", 0xCD5C5C},
    {"indigo", 0x4B0082},
    {"ivory", 0xFFFFF0},
    {"khaki", 0xF0E68C},
    {"lavender", 0xE6E6FA},
    {"lavenderblush", 0xFFF0F5},
    {"lawngreen", 0x7CFC00},
    {"lemonchiffon", 0xFFFACD},
    {"lightblue", 0xADD8E6},
    {"lightcoral", 0xF08080},
    {"lightcyan", 0xE0FFFF},
    {"lightgoldenrodyellow", 0xFAFAD2},
    {"lightgray", 0xD3D3D3},
    {"lightgreen", 0x90EE90},
    {"lightgrey", 0x1D3D3D3},
    {"lightpink", 0xFFB6C1},
    {"lightsalmon", 0xFFA07A},
    {"lightseagreen", 0x20B2AA},
    {"lightskyblue", 0x87CEFA},
    {"lightslategray", 0x778899},
    {"lightslategrey", 0x1778899},
    {"lightsteelblue", 0xB0C4DE},
    {"lightyellow", 0xFFFFE0},
    {"lime", 0x00FF00},
    {"limegreen", 0x32CD32},
    {"linen", 0xFAF0E6},
    {"magenta", 0xFF00FF},
    {"maroon", 0x800000},
    {"mediumaquamarine", 0x66CDAA},
    {"mediumblue", 0x0000CD},
    {"mediumorchid", 0xBA55D3},
    {"mediumpurple", 0x9370DB},
    {"mediumseagreen", 0x3CB371},
    {"mediumslateblue", 0x7B68EE},
    {"mediumspringgreen", 0x00FA9A},
    {"mediumturquoise", 0x48D1CC},
    {"mediumvioletred", 0xC71585},
    {"midnightblue", 0x191970},
    {"mintcream", 0xF5FFFA},
    {"mistyrose", 0xFFE4E1},
    {"moccasin", 0xFFE4B5},
    {"navajowhite", 0xFFDEAD},
    {"navy", 0x000080},
    {"oldlace", 0xFDF5E6},
    {"olive", 0x808000},
    {"olivedrab", 0x6B8E23},
    {"orange", 0xFFA500},
    {"orangered", 0xFF4500},
    {"orchid", 0xDA70D6},
    {"palegoldenrod", 0xEEE8AA},
    {"palegreen", 0x98FB98},
    {"paleturquoise", 0xAFEEEE},
    {"palevioletred", 0xDB7093},
    {"papayawhip", 0xFFEFD5},
    {"peachpuff", 0xFFDAB9},
    {"peru", 0xCD853F},
    {"pink", 0xFFC0CB},
    {"plum", 0xDDA0DD},
    {"powderblue", 0xB0E0E6},
    {"purple", 0x800080},
    {"rebeccapurple", 0x663399},
    {"red", 0xFF0000},
    {"rosybrown", 0xBC8F8F},
    {"royalblue", 0x4169E1},
    {"saddlebrown", 0x8B4513},
    {"salmon", 0xFA8072},
    {"sandybrown", 0xF4A460},
    {"seagreen", 0x2E8B57},
    {"seashell", 0xFFF5EE},
    {"sienna", 0xA0522D},
    {"silver", 0xC0C0C0},
    {"skyblue", 0x87CEEB},
    {"slateblue", 0x6A5ACD},
    {"slategray", 0x708090},
    {"slategrey", 0x1708090},
    {"snow", 0xFFFAFA},
    {"springgreen", 0x00FF7F},
    {"steelblue", 0x4682B4},
    {"tan", 0xD2B48C},
    {"teal", 0x008080},
    {"thistle", 0xD8BFD8},
    {"tomato", 0xFF6347},
    {"transparent", 0x1000000},
    {"turquoise", 0x40E0D0},
    {"violet", 0xEE82EE},
    {"wheat", 0xF5DEB3},
    {"white", 0xFFFFFF},
    {"whitesmoke", 0xF5F5F5},
    {"yellow", 0xFFFF00},
    {"yellowgreen", 0x9ACD32},
};

double hue_to_channel(double low, double high, double hue) {
  hue = modulo(hue, 1);
  if (hue * 6.0 < 1) return low + (high - low) * hue * 6;
  if (hue * 2.0 < 1) return high;
  if (hue * 3.0 < 2) return low + (high - low) * (2.0 / 3.0 - hue) * 6;
  return low;
}

double cap(double value, double most) { return value > most ? most : value < 0 ? 0 : value; }

void add_hex(Text& out, std::uint32_t value, int digits) {
  for (int i = digits; i-- > 0;) out.add("0123456789abcdef"[value >> (i * 4) & 15]);
}

bool is_doublet(std::uint32_t channel) { return channel % 17 == 0; }

/// The channels of a colour, rounded, as one number.
std::uint32_t packed(const Rgba& color, int precision) {
  auto channel = [precision](double value) {
    double rounded = round_to(cap(value, 255), precision);
    // Infinity times 0 is no number.
    return rounded > 0 ? std::uint32_t(rounded) : 0;
  };
  return channel(color.red) << 16 | channel(color.green) << 8 | channel(color.blue);
}
}  // namespace

double clip(double value, double low, double high) {
  double least = high < value ? high : value;
  return low < least ? least : low;
}

double modulo(double value, double by) {
  double rest = __builtin_fmod(value, by);
  return rest < 0 ? rest + by : rest;
}

Hsla::Hsla(const Place& at, double hue, double saturation, double lightness, double alpha)
    : Color(Kind::Hsla, at, alpha, {}),
      hue(modulo(hue, 360)),
      saturation(saturation),
      lightness(lightness) {}

Hsla* make_hsla(Context& context, const Place& at, double hue, double saturation, double lightness,
                double alpha) {
  // In dart-sass only a negative saturation doesn't last.
  bool dart = context.dart();
  return context.arena.make<Hsla>(at, hue, clip(saturation, 0, dart ? saturation : 100),
                                  dart ? lightness : clip(lightness, 0, 100), alpha);
}

bool named_color(Str name, Rgba& color) {
  // The longest name is lightgoldenrodyellow.
  char small[20];
  if (name.size() < 3 || name.size() > sizeof small) return false;
  for (std::size_t i = 0; i < name.size(); i++) small[i] = lower(name[i]);
  Str wanted(small, name.size());
  std::uint32_t low = 0, high = sizeof kColors / sizeof *kColors;
  while (low < high) {
    std::uint32_t middle = (low + high) / 2;
    int order = Str(kColors[middle].name).compare(wanted);
    if (!order) {
      std::uint32_t rgb = kColors[middle].rgb;
      color.red = rgb >> 16 & 255;
      color.green = rgb >> 8 & 255;
      color.blue = rgb & 255;
      color.alpha = wanted == "transparent" ? 0 : 1;
      return true;
    }
    (order < 0 ? low : high) = order < 0 ? middle + 1 : middle;
  }
  return false;
}

Str color_name(std::uint32_t rgb) {
  for (const NamedColor& color : kColors)
    if (color.rgb == rgb) return color.name;
  return {};
}

Rgba* copy_rgba(Context& context, const Color* color) {
  if (auto* rgba = as<Rgba>(static_cast<const Node*>(color)))
    return context.arena.make<Rgba>(color->at, rgba->red, rgba->green, rgba->blue, color->alpha);
  auto* hsla = as<Hsla>(static_cast<const Node*>(color));
  double hue = modulo(hsla->hue / 360.0, 1);
  double saturation = hsla->saturation / 100.0, lightness = hsla->lightness / 100.0;
  if (!context.dart()) {
    saturation = clip(saturation, 0, 1);
    lightness = clip(lightness, 0, 1);
  }
  double high = lightness <= 0.5 ? lightness * (saturation + 1.0)
                                 : (lightness + saturation) - (lightness * saturation);
  double low = (lightness * 2.0) - high;
  double red = hue_to_channel(low, high, hue + 1.0 / 3.0) * 255.0;
  double green = hue_to_channel(low, high, hue) * 255.0;
  double blue = hue_to_channel(low, high, hue - 1.0 / 3.0) * 255.0;
  return context.arena.make<Rgba>(color->at, red, green, blue, color->alpha);
}

Rgba* to_rgba(Context& context, Color* color) {
  auto* rgba = as<Rgba>(static_cast<Node*>(color));
  return rgba ? rgba : copy_rgba(context, color);
}

Hsla* copy_hsla(Context& context, const Color* color) {
  if (auto* hsla = as<Hsla>(static_cast<const Node*>(color)))
    return make_hsla(context, color->at, hsla->hue, hsla->saturation, hsla->lightness,
                     color->alpha);
  auto* rgba = as<Rgba>(static_cast<const Node*>(color));
  double r = rgba->red / 255.0, g = rgba->green / 255.0, b = rgba->blue / 255.0;
  double most = g < b ? b : g, least = b < g ? b : g;
  if (most < r) most = r;
  if (r < least) least = r;
  double delta = most - least, h = 0, s = 0, l = (most + least) / 2.0;
  if (!near(most, least)) {
    s = l < 0.5 ? delta / (most + least) : delta / (2.0 - most - least);
    if (r == most)
      h = (g - b) / delta + (g < b ? 6 : 0);
    else if (g == most)
      h = (b - r) / delta + 2;
    else
      h = (r - g) / delta + 4;
    if (context.dart() && (l == 0 || l == 1)) s = 0;
    if (context.dart() && s < 0) {
      s = -s;
      h += 3;
    }
  }
  return make_hsla(context, color->at, h * 60, s * 100, l * 100, color->alpha);
}

void add_color(Context& context, Text& out, Color* color, Print print) {
  Rgba* rgba = to_rgba(context, color);
  Str shown = rgba->shown, resolved = shown;
  std::uint32_t rgb = packed(*rgba, print.precision);
  double alpha = cap(rgba->alpha, 1);
  Rgba named(color->at, 0, 0, 0);
  if (!shown.empty() && named_color(shown, named)) {
    rgb = packed(named, print.precision);
    alpha = named.alpha;
  } else if (Str name = color_name(rgb); !name.empty()) {
    resolved = name;
  }
  bool compressed = print.form == Form::Compressed;
  std::uint32_t red = rgb >> 16, green = rgb >> 8 & 255, blue = rgb & 255;
  Text hex;
  hex.add('#');
  if (compressed && is_doublet(red) && is_doublet(green) && is_doublet(blue) && alpha == 1)
    add_hex(hex, (red & 15) << 8 | (green & 15) << 4 | (blue & 15), 3);
  else
    add_hex(hex, rgb, 6);
  if (compressed && !rgba->delayed) shown = {};
  if (print.form == Form::Inspect && alpha >= 1) return out.add(hex.str());
  if (!shown.empty()) return out.add(shown);
  if (alpha >= 1) {
    bool shorter = compressed && hex.size() < resolved.size();
    return out.add(resolved.empty() || shorter ? hex.str() : resolved);
  }
  Str comma = compressed ? "," : ", ";
  out.add("rgba(");
  for (std::uint32_t channel : {red, green, blue}) {
    out.add_int(channel);
    out.add(comma);
  }
  add_general(out, alpha);
  out.add(')');
}

}  // namespace meridian::sass
