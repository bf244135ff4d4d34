// Functions of colours that dart-sass has otherwise than libsass.
#include "functions.h"

namespace meridian::sass {

namespace {
/// What only the browser can compute.
bool is_special(const Node* node) {
  if (node->kind == Kind::Call) return true;
  auto* string = as<String>(node);
  if (!string || string->quote) return false;
  for (const char* name : {"calc(", "var(", "env(", "attr(", "min(", "max(", "clamp("})
    if (string->value.find(name) != Str::npos) return true;
  return false;
}

/// The call as it is written.
Node* as_written(const BuiltInCall& call, Str name, std::initializer_list<Node*> values) {
  Text text;
  text.add(name);
  text.add('(');
  bool any = false;
  for (Node* value : values) {
    if (value->kind == Kind::Null) continue;
    if (any) text.add(", ");
    any = true;
    text.add(to_string(call.context, value, call.context.print));
  }
  text.add(')');
  return constant(call.context, call.at, call.context.copy(text));
}

/// A channel as a number of which 0 to `most` is the range, and a percentage a part of it.
bool channel(const BuiltInCall& call, Node* value, double most, double& result) {
  auto* number = as<Number>(value);
  if (!number) {
    call.fail(call.context.arena.join("Expected a number for a channel, was ",
                                      to_sass(call.context, value), "."),
              "pass a number");
    return false;
  }
  Str unit = unit_of(call.context.arena, number);
  result = unit == "%" ? number->value * most / 100 : number->value;
  return true;
}

enum Space { kRgb, kRgba, kHsl, kHsla, kHwb };
constexpr const char* kNames[] = {"rgb", "rgba", "hsl", "hsla", "hwb"};

Node* color_of(const BuiltInCall& call, int space, Node* const* values) {
  double parts[3], alpha = 1;
  if (space <= kRgba) {
    for (int i = 0; i < 3; i++)
      if (!channel(call, values[i], 255, parts[i])) return call.null();
  } else {
    auto* hue = as<Number>(values[0]);
    if (!hue) return call.fail("$hue: must be a number.", "pass a number");
    Number degrees(*hue);
    normalize(call.context.arena, &degrees);
    parts[0] = degrees.value;
    for (int i = 1; i < 3; i++)
      if (!channel(call, values[i], 100, parts[i])) return call.null();
  }
  if (values[3]->kind != Kind::Null && !channel(call, values[3], 1, alpha)) return call.null();
  alpha = clip(alpha, 0, 1);
  if (space == kHsl || space == kHsla)
    return make_hsla(call.context, call.at, parts[0], parts[1], parts[2], alpha);
  if (space <= kRgba) {
    for (double& part : parts) part = clip(part, 0, 255);
    auto* color = call.make<Rgba>(call.at, parts[0], parts[1], parts[2], alpha);
    color->as_function = true;
    return color;
  }
  // hwb(): a pure colour, mixed with white and black.
  double white = clip(parts[1] / 100, 0, 1), black = clip(parts[2] / 100, 0, 1),
         sum = white + black;
  if (sum > 1) {
    white /= sum;
    black /= sum;
  }
  Hsla pure(call.at, parts[0], 100, 50, alpha);
  Rgba* color = copy_rgba(call.context, &pure);
  for (double* each : {&color->red, &color->green, &color->blue})
    *each = *each * (1 - white - black) + white * 255;
  for (double each : {color->red, color->green, color->blue})
    if (!near(each, __builtin_round(each))) return copy_hsla(call.context, color);
  return color;
}

Node* make_color(const BuiltInCall& call, int space) {
  Node* const given[] = {call[0], call[1], call[2], call[3]};
  bool one = given[1]->kind == Kind::Null && given[2]->kind == Kind::Null;
  for (Node* value : given)
    if (is_special(value))
      return as_written(call, kNames[space], {given[0], given[1], given[2], given[3]});
  if (!one) return color_of(call, space, given);
  // `0 0 0 / 50%`.
  auto* list = as<ListNode>(given[0]);
  if (!list || list->items.size < 3 || list->items.size > 4)
    return call.fail(
        call.context.arena.join("$channels: The ", kNames[space], " color space has 3 channels."),
        "pass three channels");
  Node* parts[4] = {list->items[0], list->items[1], list->items[2], call.null()};
  if (auto* slash = as<Binary>(parts[2])) {
    parts[2] = slash->left;
    parts[3] = slash->right;
  }
  if (auto* text = as<String>(parts[2])) {
    // `3/var(--alpha)` is text by now.
    std::size_t slash = text->value.find('/');
    if (slash != Str::npos && !is_special(parts[0]) && !is_special(parts[1])) {
      parts[3] = constant(call.context, call.at, text->value.substr(slash + 1));
      parts[2] = constant(call.context, call.at, text->value.substr(0, slash));
      return as_written(call, kNames[space], {parts[0], parts[1], parts[2], parts[3]});
    }
  }
  for (Node* part : parts)
    if (is_special(part)) return as_written(call, kNames[space], {list});
  return color_of(call, space, parts);
}

Node* with_alpha(const BuiltInCall& call, int space) {
  auto* color = as<Color>(call[0]);
  if (is_special(call[0]) || (!color && is_special(call[1])))
    return as_written(call, kNames[space], {call[0], call[1]});
  if (!color || space >= kHsl) {
    call.wrong_type(0, "color");
    return call.null();
  }
  Rgba* made = copy_rgba(call.context, color);
  if (is_special(call[1]))
    return as_written(call, kNames[space],
                      {call.number_node(made->red), call.number_node(made->green),
                       call.number_node(made->blue), call[1]});
  double alpha = 1;
  if (!channel(call, call[1], 1, alpha)) return call.null();
  alpha = clip(alpha, 0, 1);
  made->alpha = alpha;
  return made;
}

Node* rgb_part(const BuiltInCall& call, int part) {
  Rgba* color = to_rgba(call.context, call.color(0));
  double value = part == 0 ? color->red : part == 1 ? color->green : color->blue;
  return call.number_node(__builtin_round(value));
}

double least(const Rgba& color) {
  double value = color.red < color.green ? color.red : color.green;
  return value < color.blue ? value : color.blue;
}
double most(const Rgba& color) {
  double value = color.red > color.green ? color.red : color.green;
  return value > color.blue ? value : color.blue;
}

Node* whiteness(const BuiltInCall& call, int black) {
  Rgba* color = to_rgba(call.context, call.color(0));
  double value = black ? 1 - most(*color) / 255 : least(*color) / 255;
  return call.number_node(value * 100, single_unit(call.context.arena, "%"));
}

Node* channel_of(const BuiltInCall& call, int) {
  Rgba* rgb = to_rgba(call.context, call.color(0));
  Hsla* hsl = copy_hsla(call.context, call.color(0));
  auto with_unit = [&call](double value, const char* unit) {
    return call.number_node(value, single_unit(call.context.arena, unit));
  };
  if (call.context.failed) return call.null();
  switch (one_of(call.string(1)->value,
                 "red green blue alpha hue saturation lightness whiteness blackness")) {
    case 0: return call.number_node(rgb->red);
    case 1: return call.number_node(rgb->green);
    case 2: return call.number_node(rgb->blue);
    case 3: return call.number_node(rgb->alpha);
    case 4: return with_unit(hsl->hue, "deg");
    case 5: return with_unit(hsl->saturation, "%");
    case 6: return with_unit(hsl->lightness, "%");
    case 7: return whiteness(call, 0);
    case 8: return whiteness(call, 1);
    default:
      return call.fail(call.context.arena.join("$channel: Color has no channel named ",
                                               call.string(1)->value, "."),
                       "name a channel of rgb or hsl");
  }
}
}  // namespace

#define MAKES(name, first, second, third, space)                                                 \
  {name "($" first ", $" second ": null, $" third ": null, $alpha: null)", make_color, space}, { \
    name "($color, $alpha)", with_alpha, space                                                   \
  }

const BuiltIn kModuleColors[] = {MAKES("rgb", "red", "green", "blue", kRgb),
                                 MAKES("rgba", "red", "green", "blue", kRgba),
                                 MAKES("hsl", "hue", "saturation", "lightness", kHsl),
                                 MAKES("hsla", "hue", "saturation", "lightness", kHsla),
                                 MAKES("hwb", "hue", "whiteness", "blackness", kHwb),
                                 {"red($color)", rgb_part, 0},
                                 {"green($color)", rgb_part, 1},
                                 {"blue($color)", rgb_part, 2},
                                 {"color.whiteness($color)", whiteness, 0},
                                 {"color.blackness($color)", whiteness, 1},
                                 {"color.channel($color, $channel, $space: null)", channel_of, 0},
                                 {nullptr, nullptr, 0}};
#undef MAKES

}  // namespace meridian::sass
