// Functions that make colours and ask for their parts.
#include "functions.h"

namespace meridian::sass {

namespace {
/// `calc(` and `var(`: such calls are left to the browser.
bool is_css(const Node* node) {
  auto* string = as<String>(node);
  return string && (string->value.starts_with("calc(") || string->value.starts_with("var("));
}

/// The call as CSS when one of the first `count` arguments is.
Node* css_call(const BuiltInCall& call, Str name, int count) {
  bool any = false;
  for (int i = 0; i < count; i++) any = any || is_css(call[i]);
  if (!any) return nullptr;
  Text text;
  text.add(name);
  for (int i = 0; i < count; i++) {
    text.add(i ? ", " : "(");
    text.add(to_string(call.context, call[i]));
  }
  text.add(')');
  return constant(call.context, call.at, call.context.copy(text));
}

Number reduced(const BuiltInCall& call, int i) {
  Number number(*call.number(i));
  reduce(call.context.arena, &number);
  return number;
}

bool is_percent(const BuiltInCall& call, const Number& number) {
  return unit_of(call.context.arena, &number) == "%";
}

double channel(const BuiltInCall& call, int i) {
  Number number = reduced(call, i);
  return clip(is_percent(call, number) ? number.value * 255 / 100.0 : number.value, 0, 255);
}

double alpha_channel(const BuiltInCall& call, int i) {
  Number number = reduced(call, i);
  return clip(number.value, 0, is_percent(call, number) ? 100 : 1);
}

Node* rgb(const BuiltInCall& call, int count) {
  if (Node* css = css_call(call, count == 3 ? "rgb" : "rgba", count)) return css;
  double red = channel(call, 0), green = channel(call, 1), blue = channel(call, 2);
  return call.make<Rgba>(call.at, red, green, blue, count == 3 ? 1.0 : alpha_channel(call, 3));
}

Node* rgba_of_color(const BuiltInCall& call, int) {
  if (is_css(call[0])) {
    Text text;
    text.add("rgba(");
    text.add(to_string(call.context, call[0]));
    text.add(", ");
    text.add(to_string(call.context, call[1]));
    text.add(')');
    return constant(call.context, call.at, call.context.copy(text));
  }
  Rgba* color = copy_rgba(call.context, call.color(0));
  if (is_css(call[1])) {
    Text text;
    text.add("rgba(");
    for (double value : {color->red, color->green, color->blue}) {
      text.add_int(std::int64_t(value));
      text.add(", ");
    }
    text.add(to_string(call.context, call[1]));
    text.add(')');
    return constant(call.context, call.at, call.context.copy(text));
  }
  color->alpha = alpha_channel(call, 1);
  return color;
}

Node* hsl(const BuiltInCall& call, int count) {
  if (Node* css = css_call(call, count == 3 ? "hsl" : "hsla", count)) return css;
  double hue = call.value(0), saturation = call.value(1), lightness = call.value(2);
  return make_hsla(call.context, call.at, hue, saturation, lightness,
                   count == 3 ? 1.0 : call.value(3));
}

enum Part { kRed, kGreen, kBlue, kHue, kSaturation, kLightness };

Node* part(const BuiltInCall& call, int part) {
  if (part <= kBlue) {
    Rgba* color = to_rgba(call.context, call.color(0));
    return call.number_node(part == kRed     ? color->red
                            : part == kGreen ? color->green
                                             : color->blue);
  }
  Hsla* color = copy_hsla(call.context, call.color(0));
  if (part == kHue) return call.number_node(color->hue, single_unit(call.context.arena, "deg"));
  return call.number_node(part == kSaturation ? color->saturation : color->lightness,
                          single_unit(call.context.arena, "%"));
}

Node* mixed(const BuiltInCall& call, Rgba* a, Rgba* b, double weight) {
  double p = weight / 100, w = 2 * p - 1, alpha = a->alpha - b->alpha;
  double w1 = ((w * alpha == -1 ? w : (w + alpha) / (1 + w * alpha)) + 1) / 2.0, w2 = 1 - w1;
  auto round = [&call](double value) {
    return call.context.dart() ? value : round_to(value, call.context.print.precision);
  };
  double red = round(w1 * a->red + w2 * b->red), green = round(w1 * a->green + w2 * b->green);
  double blue = round(w1 * a->blue + w2 * b->blue);
  return call.make<Rgba>(call.at, red, green, blue, a->alpha * p + b->alpha * (1 - p));
}

Node* mix(const BuiltInCall& call, int) {
  Rgba* a = to_rgba(call.context, call.color(0));
  Rgba* b = to_rgba(call.context, call.color(1));
  return mixed(call, a, b, call.value_in(2, -0.0, 100));
}

/// The call as it is written, for CSS's own functions of these names.
Node* as_css(const BuiltInCall& call, Str name, Node* argument) {
  Text text;
  text.add(name);
  text.add('(');
  text.add(to_string(call.context, argument, call.context.print));
  text.add(')');
  return call.text(call.context.copy(text));
}

Node* invert(const BuiltInCall& call, int) {
  double weight = call.value_in(1, -0.0, 100);
  if (as<Number>(call[0])) {
    if (weight < 100)
      return call.fail("Only one argument may be passed to the plain-CSS invert() function.");
    return as_css(call, "invert", call[0]);
  }
  Color* color = call.color(0);
  Rgba* inverse = copy_rgba(call.context, color);
  for (double* value : {&inverse->red, &inverse->green, &inverse->blue})
    *value = call.context.dart() ? 255.0 - *value : clip(255.0 - *value, 0, 255);
  return mixed(call, inverse, to_rgba(call.context, color), weight);
}

Node* alpha(const BuiltInCall& call, int) {
  if (auto* string = as<String>(call[0]))
    return call.text(call.context.arena.join("alpha(", string->value, ")"));
  if (as<Number>(call[0])) return as_css(call, "opacity", call[0]);
  return call.number_node(call.color(0)->alpha);
}

/// A colour made of another one: dart-sass gives it in that one's space.
Node* in_space(const BuiltInCall& call, const Color* source, Color* result) {
  if (!call.context.dart() || source->kind == result->kind) return result;
  if (source->kind == Kind::Rgba) return copy_rgba(call.context, result);
  return copy_hsla(call.context, result);
}

enum Change { kLighten, kDarken, kSaturate, kDesaturate, kAdjustHue, kComplement, kGrayscale };

Node* change_hsl(const BuiltInCall& call, int change) {
  if (change == kSaturate && !as<Number>(call[1])) return as_css(call, "saturate", call[0]);
  if (change == kGrayscale && as<Number>(call[0])) return as_css(call, "grayscale", call[0]);
  Color* source = call.color(0);
  double amount = change == kAdjustHue ? call.value(1) : 0;
  if (change <= kDesaturate) amount = call.value_in(1, -0.0, 100);
  Hsla* color = copy_hsla(call.context, source);
  switch (change) {
    case kLighten: color->lightness = clip(color->lightness + amount, 0, 100); break;
    case kDarken: color->lightness = clip(color->lightness - amount, 0, 100); break;
    case kSaturate: color->saturation = clip(color->saturation + amount, 0, 100); break;
    case kDesaturate: color->saturation = clip(color->saturation - amount, 0, 100); break;
    case kAdjustHue: color->hue = modulo(color->hue + amount, 360); break;
    case kComplement: color->hue = modulo(color->hue - 180, 360); break;
    default: color->saturation = 0;
  }
  return in_space(call, source, color);
}

Color* copy_color(const BuiltInCall& call, Color* color) {
  return color->kind == Kind::Rgba ? static_cast<Color*>(copy_rgba(call.context, color))
                                   : copy_hsla(call.context, color);
}

Node* change_alpha(const BuiltInCall& call, int sign) {
  Color* color = call.color(0);
  double amount = call.value_in(1, -0.0, 1);
  Color* copy = copy_color(call, color);
  double alpha = color->alpha + sign * amount;
  copy->alpha = sign > 0 ? clip(alpha, 0, 1) : alpha < 0 ? 0 : alpha;
  return copy;
}

// ---- adjust-color(), scale-color(), change-color() ----

enum How { kAdjust, kScale, kSet };
constexpr const char* kHowNames[] = {"adjust-color", "scale-color", "change-color"};

/// A new channel: moved by an amount, by a part of the way to the end of its range, or set.
double changed(const BuiltInCall& call, int how, int i, double value, double most) {
  if (!as<Number>(call[i])) return value;
  if (call.context.dart() && how == kAdjust) {
    // Lightness, and a high saturation, may be beyond their ranges.
    double sum = value + call.value(i);
    return i == 6 ? sum : clip(sum, 0, i == 5 ? sum : most);
  }
  if (call.context.dart() && how == kSet && i < 7) return call.value(i);
  if (how == kAdjust) return value + call.value_in(i, -most, most);
  if (how == kSet) return call.value_in(i, -0.0, most);
  double scale = call.value_in(i, -100, 100) / 100.0;
  return scale == 0 ? value : value + scale * (scale > 0 ? most - value : value);
}

double changed_hue(const BuiltInCall& call, int how, double value) {
  auto* number = as<Number>(call[4]);
  if (!number) return value;
  if (how == kScale) return changed(call, how, 4, value, 360);
  double hue = modulo(number->value, 360);
  return how == kSet ? hue : value + hue;
}

Node* change_channels(const BuiltInCall& call, int how) {
  Color* source = call.color(0);
  auto given = [&call](int from, int to) {
    for (int i = from; i <= to; i++)
      if (as<Number>(call[i])) return true;
    return false;
  };
  bool rgb = given(1, 3), hsl = given(4, 6), alpha = given(7, 7);
  if (rgb && hsl) {
    Text message;
    message.add("Cannot specify HSL and RGB values for a color at the same time for `");
    message.add(kHowNames[how]);
    message.add("'");
    return call.fail(message.str(), "call it twice");
  }
  Color* result;
  if (rgb) {
    Rgba* color = copy_rgba(call.context, source);
    color->red = changed(call, how, 1, color->red, 255);
    color->green = changed(call, how, 2, color->green, 255);
    color->blue = changed(call, how, 3, color->blue, 255);
    result = color;
  } else if (hsl) {
    Hsla* color = copy_hsla(call.context, source);
    color->hue = changed_hue(call, how, color->hue);
    color->saturation = changed(call, how, 5, color->saturation, 100);
    color->lightness = changed(call, how, 6, color->lightness, 100);
    result = color;
  } else if (alpha) {
    result = copy_color(call, source);
  } else {
    Text message;
    message.add("not enough arguments for `");
    message.add(kHowNames[how]);
    message.add("'");
    return call.fail(message.str(), "name a channel, such as $red: 10");
  }
  result->alpha = changed(call, how, 7, result->alpha, 1);
  if (!rgb && !hsl) result->alpha = clip(result->alpha, 0, 1);
  return in_space(call, source, result);
}

Node* ie_hex_str(const BuiltInCall& call, int) {
  Rgba* color = to_rgba(call.context, call.color(0));
  Text text;
  text.add('#');
  for (double value : {clip(color->alpha, 0, 1) * 255.0, clip(color->red, 0, 255),
                       clip(color->green, 0, 255), clip(color->blue, 0, 255)}) {
    auto byte = unsigned(round_to(value, call.context.print.precision));
    text.add("0123456789ABCDEF"[byte >> 4 & 15]);
    text.add("0123456789ABCDEF"[byte & 15]);
  }
  return call.text(call.context.copy(text));
}
}  // namespace

const BuiltIn kColorFunctions[] = {{"rgb($red, $green, $blue)", rgb, 3},
                                   {"rgba($red, $green, $blue, $alpha)", rgb, 4},
                                   {"rgba($color, $alpha)", rgba_of_color, 0},
                                   {"red($color)", part, kRed},
                                   {"green($color)", part, kGreen},
                                   {"blue($color)", part, kBlue},
                                   {"mix($color1, $color2, $weight: 50%)", mix, 0},
                                   {"hsl($hue, $saturation, $lightness)", hsl, 3},
                                   {"hsla($hue, $saturation, $lightness, $alpha)", hsl, 4},
                                   {"hue($color)", part, kHue},
                                   {"saturation($color)", part, kSaturation},
                                   {"lightness($color)", part, kLightness},
                                   {"invert($color, $weight: 100%)", invert, 0},
                                   {"alpha($color)", alpha, 0},
                                   {"opacity($color)", alpha, 0},
                                   {"ie-hex-str($color)", ie_hex_str, 0},
                                   {nullptr, nullptr, 0}};

#define CHANNELS                                                                         \
  "($color, $red: false, $green: false, $blue: false, $hue: false, $saturation: false, " \
  "$lightness: false, $alpha: false)"

const BuiltIn kColorAdjustments[] = {{"adjust-hue($color, $degrees)", change_hsl, kAdjustHue},
                                     {"lighten($color, $amount)", change_hsl, kLighten},
                                     {"darken($color, $amount)", change_hsl, kDarken},
                                     {"saturate($color, $amount: false)", change_hsl, kSaturate},
                                     {"desaturate($color, $amount)", change_hsl, kDesaturate},
                                     {"grayscale($color)", change_hsl, kGrayscale},
                                     {"complement($color)", change_hsl, kComplement},
                                     {"opacify($color, $amount)", change_alpha, 1},
                                     {"fade-in($color, $amount)", change_alpha, 1},
                                     {"transparentize($color, $amount)", change_alpha, -1},
                                     {"fade-out($color, $amount)", change_alpha, -1},
                                     {"adjust-color" CHANNELS, change_channels, kAdjust},
                                     {"scale-color" CHANNELS, change_channels, kScale},
                                     {"change-color" CHANNELS, change_channels, kSet},
                                     {nullptr, nullptr, 0}};

#define MODULE_CHANNELS                                                                         \
  "($color, $red: null, $green: null, $blue: null, $hue: null, $saturation: null, $lightness: " \
  "null, $alpha: null, $space: null)"

const BuiltIn kModuleAdjustments[] = {{"adjust-color" MODULE_CHANNELS, change_channels, kAdjust},
                                      {"scale-color" MODULE_CHANNELS, change_channels, kScale},
                                      {"change-color" MODULE_CHANNELS, change_channels, kSet},
                                      {nullptr, nullptr, 0}};
#undef CHANNELS
#undef MODULE_CHANNELS

}  // namespace meridian::sass
