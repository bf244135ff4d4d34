// The built-in modules, and the functions that only dart-sass has. What begins with a module's name
// and a dot can't be called by this name: the module's member is bound to it.
#include "evaluate.h"

namespace meridian::sass {

namespace {
// ---- sass:map ----

/// The map at a path of keys, from argument `from` on up to the last but `but` ones; nullptr when
/// there is none.
const MapNode* descend(const BuiltInCall& call, const List<Node*>& keys, std::uint32_t count) {
  Node* value = call.map(0);
  for (std::uint32_t i = 0; i < count && value; i++) {
    auto* map = as<MapNode>(value);
    value = map ? find(map, keys[i]) : nullptr;
  }
  return as<MapNode>(value);
}

/// `$key, $keys...` as one list.
List<Node*> keys_of(const BuiltInCall& call, int first, int rest) {
  List<Node*> keys;
  if (first >= 0) keys.add(call.context.arena, call[first]);
  ListNode* more = call.list(rest);
  for (std::uint32_t i = 0; i < more->items.size; i++)
    keys.add(call.context.arena, value_at(more, i));
  return keys;
}

Node* map_get(const BuiltInCall& call, int has_key) {
  List<Node*> keys = keys_of(call, 1, 2);
  const MapNode* map = descend(call, keys, keys.size - 1);
  Node* value = map ? find(map, keys.back()) : nullptr;
  if (has_key) return call.boolean(value != nullptr);
  if (!value) return call.null();
  set_delayed(value, false);
  return value;
}

MapNode* copy_of_map(const BuiltInCall& call, const MapNode* map) {
  auto* made = call.make<MapNode>(call.at);
  for (const MapNode::Entry& entry : map->entries) put(call.context, made, entry.key, entry.value);
  return made;
}

void merge_into(const BuiltInCall& call, MapNode* map, const MapNode* other, bool deep) {
  Deeper deeper(call.context, call.at);
  for (const MapNode::Entry& entry : other->entries) {
    if (!call.context.step(call.at)) return;
    Node* value = entry.value;
    auto *old = deep ? as<MapNode>(find(map, entry.key)) : nullptr, *more = as<MapNode>(value);
    if (old && more) {
      MapNode* merged = copy_of_map(call, old);
      merge_into(call, merged, more, true);
      value = merged;
    }
    put(call.context, map, entry.key, value);
  }
  map->duplicate = nullptr;
}

/// What happens to the map at the end of a path: entries are added, or a key is removed.
struct Change {
  const MapNode* add = nullptr;
  Node* remove = nullptr;
};

/// `map` with the map at a path of keys changed; maps that are missing on the way are made.
MapNode* with_path(const BuiltInCall& call, const MapNode* map, const List<Node*>& keys,
                   std::uint32_t count, std::uint32_t at, const Change& change) {
  Deeper deeper(call.context, call.at);
  auto* made = call.make<MapNode>(call.at);
  bool end = at == count;
  if (end && map && change.add) return merge(call.context, call.at, map, change.add);
  if (call.context.failed || !call.context.step(call.at, map ? map->entries.size + 1 : 1))
    return made;
  if (map)
    for (const MapNode::Entry& entry : map->entries)
      if (!end || !change.remove || !equal(entry.key, change.remove))
        put(call.context, made, entry.key, entry.value);
  if (!end) {
    Node* inner = map ? find(map, keys[at]) : nullptr;
    put(call.context, made, keys[at],
        with_path(call, as<MapNode>(inner), keys, count, at + 1, change));
    made->duplicate = nullptr;
  } else if (change.add) {
    merge_into(call, made, change.add, false);
  }
  return made;
}

Node* map_set(const BuiltInCall& call, int) {
  List<Node*> keys = keys_of(call, -1, 1);
  if (keys.size < 2)
    return call.fail(
        keys.empty() ? "Expected $args to contain a key." : "Expected $args to contain a value.",
        "pass a key and a value");
  auto* entry = call.make<MapNode>(call.at);
  put(call.context, entry, keys[keys.size - 2], keys.back());
  return with_path(call, call.map(0), keys, keys.size - 2, 0, {entry});
}

Node* map_merge(const BuiltInCall& call, int) {
  List<Node*> keys = keys_of(call, -1, 1);
  if (keys.empty()) return call.fail("Expected $args to contain a key.", "pass two maps");
  auto* other = as<MapNode>(keys.back());
  auto* empty = as<ListNode>(keys.back());
  if (!other && !(empty && empty->items.empty()))
    return call.fail(
        call.context.arena.join("$map2: ", to_sass(call.context, keys.back()), " is not a map."),
        "pass a map");
  return with_path(call, call.map(0), keys, keys.size - 1, 0, {other});
}

Node* map_deep_merge(const BuiltInCall& call, int) {
  MapNode* map = copy_of_map(call, call.map(0));
  merge_into(call, map, call.map(1), true);
  return map;
}

Node* map_deep_remove(const BuiltInCall& call, int) {
  List<Node*> keys = keys_of(call, 1, 2);
  if (!descend(call, keys, keys.size - 1)) return call.map(0);
  return with_path(call, call.map(0), keys, keys.size - 1, 0, {nullptr, keys.back()});
}

// ---- sass:math ----

constexpr double kPi = 3.14159265358979323846, kLn2 = 0.693147180559945309417;

/// Series, after the argument was made small: what is printed has ten digits.
double exponential(double x) {
  if (!(__builtin_fabs(x) < 1000)) return x < 0 ? 0 : x > 0 ? __builtin_inf() : x;
  double n = __builtin_floor(x / kLn2 + 0.5), rest = x - n * kLn2, term = 1, sum = 1;
  for (int i = 1; i < 20; i++) sum += term *= rest / i;
  for (; n > 0; n--) sum *= 2;
  for (; n < 0; n++) sum /= 2;
  return sum;
}

double logarithm(double x) {
  if (!(x > 0)) return x == 0 ? -__builtin_inf() : __builtin_nan("");
  if (x - x != 0) return x;
  double n = 0;
  for (; x > 1.5; n++) x /= 2;
  for (; x < 0.75; n--) x *= 2;
  double t = (x - 1) / (x + 1), power = t, sum = 0;
  for (int i = 1; i < 45; i += 2, power *= t * t) sum += power / i;
  return 2 * sum + n * kLn2;
}

double sine(double x) {
  x = __builtin_fmod(x, 2 * kPi);
  double term = x, sum = x;
  for (int i = 2; i < 50; i += 2) sum += term *= -x * x / (i * (i + 1));
  return sum;
}

double arc_tangent(double x) {
  if (x < 0) return -arc_tangent(-x);
  if (x > 1) return kPi / 2 - arc_tangent(1 / x);
  // Half the angle, twice: the series is fast then.
  for (int i = 0; i < 2; i++) x = x / (1 + __builtin_sqrt(1 + x * x));
  double power = x, sum = 0;
  for (int i = 1; i < 40; i += 2, power *= -x * x) sum += power / i;
  return 4 * sum;
}

double power(double base, double exponent) {
  double whole = __builtin_floor(exponent);
  if (whole != exponent || !(__builtin_fabs(exponent) < 1e9))
    return base == 0 ? exponent < 0 ? __builtin_inf() : 0 : exponential(exponent * logarithm(base));
  double result = 1;
  for (auto n = std::uint32_t(__builtin_fabs(exponent)); n; n >>= 1, base *= base)
    if (n & 1) result *= base;
  return exponent < 0 ? 1 / result : result;
}

double radians(const BuiltInCall& call, int i) {
  Number number(*call.number(i));
  normalize(call.context.arena, &number);
  return number.units ? number.value * kPi / 180 : number.value;
}

enum Function { kSqrt, kExp, kSin, kCos, kTan, kAsin, kAcos, kAtan };

Node* calculate(const BuiltInCall& call, int function) {
  double x = function >= kSin && function <= kTan ? radians(call, 0) : call.value(0);
  auto degrees = [&call](double angle) {
    return call.number_node(angle * 180 / kPi, single_unit(call.context.arena, "deg"));
  };
  auto arc_sine = [](double x) {
    if (__builtin_fabs(x) > 1) return __builtin_nan("");
    return __builtin_fabs(x) == 1 ? x * kPi / 2 : arc_tangent(x / __builtin_sqrt(1 - x * x));
  };
  switch (function) {
    case kSqrt: return call.number_node(__builtin_sqrt(x));
    case kExp: return call.number_node(exponential(x));
    case kSin: return call.number_node(sine(x));
    case kCos: return call.number_node(sine(x + kPi / 2));
    case kTan: return call.number_node(sine(x) / sine(x + kPi / 2));
    case kAsin: return degrees(arc_sine(x));
    case kAcos: return degrees(kPi / 2 - arc_sine(x));
    default: return degrees(arc_tangent(x));
  }
}

Node* arc_tangent2(const BuiltInCall& call, int) {
  Number x(*call.number(1));
  double factor = conversion(call.context.arena, &x, call.number(0));
  double a = call.value(0), b = x.value * (factor == 0 ? 1 : factor);
  double angle = b == 0 ? (a > 0 ? kPi / 2 : a < 0 ? -kPi / 2 : 0) : arc_tangent(a / b);
  if (b < 0) angle += a < 0 ? -kPi : kPi;
  return call.number_node(angle * 180 / kPi, single_unit(call.context.arena, "deg"));
}

Node* raise(const BuiltInCall& call, int) {
  return call.number_node(power(call.value(0), call.value(1)));
}

Node* log(const BuiltInCall& call, int) {
  double value = logarithm(call.value(0));
  return call.number_node(call[1]->kind == Kind::Null ? value : value / logarithm(call.value(1)));
}

Node* divide(const BuiltInCall& call, int) {
  auto *a = as<Number>(call[0]), *b = as<Number>(call[1]);
  if (a && b) {
    auto* result = call.make<Number>(call.at, a->value / b->value,
                                     product(call.context, call.at, a->units, b->units, true));
    reduce(call.context.arena, result);
    return result;
  }
  return constant(call.context, call.at,
                  call.context.arena.join(to_string(call.context, call[0], call.context.print), "/",
                                          to_string(call.context, call[1], call.context.print)));
}

/// Reports units that don't go together.
bool check_units(const BuiltInCall& call, Number* a, Number* b) {
  if (!a->units == !b->units && conversion(call.context.arena, a, b) != 0) return true;
  Text message;
  message.add(to_string(call.context, a, call.context.print));
  message.add(" and ");
  message.add(to_string(call.context, b, call.context.print));
  message.add(" have incompatible units.");
  call.fail(message.str(), "give both the same unit");
  return false;
}

Node* clamp(const BuiltInCall& call, int) {
  Number *low = call.number(0), *value = call.number(1), *high = call.number(2);
  bool comparable;
  if (!check_units(call, value, low) || !check_units(call, value, high)) return call.null();
  if (!less(call.context.arena, low, value, comparable)) return low;
  return less(call.context.arena, value, high, comparable) ? value : high;
}

Node* hypotenuse(const BuiltInCall& call, int) {
  ListNode* list = call.list(0);
  Number* first = nullptr;
  double sum = 0;
  for (std::uint32_t i = 0; i < list->items.size; i++) {
    auto* number = as<Number>(value_at(list, i));
    if (!number) return call.fail("$numbers: must be numbers.", "pass numbers");
    if (!first) first = number;
    if (!check_units(call, number, first)) return call.null();
    double value = number->value * conversion(call.context.arena, number, first);
    sum += value * value;
  }
  if (!first) return call.fail("At least one argument must be passed.", "pass numbers");
  return call.number_node(__builtin_sqrt(sum), first->units);
}

// ---- sass:string and sass:list ----

Node* split(const BuiltInCall& call, int) {
  String *string = call.string(0), *separator = call.string(1);
  auto* parts = call.make<ListNode>(call.at, Separator::Comma, false, true);
  double left = as<Number>(call[2]) ? as<Number>(call[2])->value : -1;
  if (left == 0 || left < -1) return call.fail("$limit: Must be 1 or greater.");
  Str rest = string->value;
  auto add = [&](Str part) {
    parts->items.add(call.context.arena,
                     verbatim(call.context, call.at, part, string->quote ? '*' : 0));
  };
  if (rest.empty()) return parts;
  for (; left; left--) {
    std::size_t at =
        separator->value.empty() ? offset_of_character(rest, 1) : rest.find(separator->value);
    if (at == Str::npos || at >= rest.size()) break;
    add(rest.substr(0, at));
    rest.remove_prefix(at + separator->value.size());
    if (!call.context.step(call.at)) break;
  }
  add(rest);
  return parts;
}

Node* slash_list(const BuiltInCall& call, int) {
  ListNode* elements = call.list(0);
  auto* made = call.make<ListNode>(call.at, Separator::Slash);
  for (std::uint32_t i = 0; i < elements->items.size; i++)
    made->items.add(call.context.arena, value_at(elements, i));
  if (made->items.size < 2) return call.fail("At least two elements are required.");
  return made;
}

// ---- sass:meta ----

/// The module that an argument names, nullptr for null.
Module* module_in(const BuiltInCall& call, int i) {
  if (call[i]->kind == Kind::Null) return nullptr;
  return call.evaluator.module_of(call.at, call.string(i)->value);
}

Node* function_exists(const BuiltInCall& call, int mixin) {
  Module* module = module_in(call, 1);
  if (call.context.failed) return call.null();
  Evaluator::In in(call.evaluator, call.caller);
  const Symbol* symbol = call.context.symbols.get(call.string(0)->value);
  return call.boolean(call.evaluator.member(call.at, module, symbol, mixin) != nullptr);
}

Node* variable_exists(const BuiltInCall& call, int global) {
  Module* module = global ? module_in(call, 1) : nullptr;
  if (call.context.failed) return call.null();
  const Symbol* symbol =
      call.context.symbols.get(call.context.arena.join("$", call.string(0)->value));
  Evaluator::In in(call.evaluator, global ? call.caller->global() : call.caller);
  Binding* binding = call.evaluator.member(call.at, module, symbol, false);
  return call.boolean(binding && binding->value);
}

Node* get_function(const BuiltInCall& call, int) {
  Module* module = module_in(call, 2);
  if (call.context.failed) return call.null();
  const Symbol* symbol = call.context.symbols.get(call.string(0)->value);
  if (!is_false(call[1])) {
    auto* definition = call.make<Definition>(call.at, symbol, symbol->name, call.make<Parameters>(),
                                             nullptr, false);
    return call.make<FunctionNode>(call.at, definition, true);
  }
  Evaluator::In in(call.evaluator, call.caller);
  Binding* binding = call.evaluator.member(call.at, module, symbol, false);
  if (!binding || !binding->definition)
    return call.fail(call.context.arena.join("Function not found: ", symbol->name),
                     "check its name");
  return call.make<FunctionNode>(call.at, binding->definition, false);
}

void add_members(const BuiltInCall& call, MapNode* map, const View& view, bool functions) {
  Deeper deeper(call.context, call.at);
  if (!call.context.step(call.at)) return;
  for (const View& inner : view.module->forwards) add_members(call, map, inner, functions);
  for (const Binding& binding : view.module->environment->bindings) {
    if (!call.context.step(call.at)) return;
    Node* value = binding.value;
    if (functions)
      value = binding.definition && !binding.mixin
                  ? call.make<FunctionNode>(call.at, binding.definition, false)
                  : nullptr;
    Str name = binding.symbol->name.substr(!functions);
    if (!value || name.starts_with("-")) continue;
    name = call.context.arena.join(view.prefix, name);
    put(call.context, map, verbatim(call.context, call.at, name, '*'), value);
  }
}

Node* module_members(const BuiltInCall& call, int functions) {
  auto* map = call.make<MapNode>(call.at);
  View view;
  view.module = call.evaluator.module_of(call.at, call.string(0)->value);
  if (view.module) add_members(call, map, view, functions);
  map->duplicate = nullptr;
  return map;
}

Node* load_css(const BuiltInCall& call, int) {
  const MapNode* with = call[1]->kind == Kind::Null ? nullptr : call.map(1);
  call.evaluator.load_css(call.at, call.string(0)->value, with);
  return nullptr;
}

/// Members of modules: `name`, or `name=the name without a module`.
struct BuiltInModule {
  const char* name;
  const char* members;
};
constexpr BuiltInModule kModules[] = {
    {"color",
     "adjust=adjust-color alpha blackness=color.blackness blue change=change-color "
     "channel=color.channel complement grayscale green hue ie-hex-str invert lightness mix "
     "opacity red saturation scale=scale-color whiteness=color.whiteness"},
    {"list",
     "append index is-bracketed join length nth separator=list-separator set-nth "
     "slash=list.slash zip"},
    {"map",
     "deep-merge=map.deep-merge deep-remove=map.deep-remove get=map-get has-key=map-has-key "
     "keys=map-keys merge=map-merge remove=map-remove set=map.set values=map-values"},
    {"math",
     "abs acos=math.acos asin=math.asin atan=math.atan atan2=math.atan2 ceil clamp=math.clamp "
     "compatible=comparable cos=math.cos div=math.div floor hypot=math.hypot "
     "is-unitless=unitless log=math.log max min percentage pow=math.pow random round sin=math.sin "
     "sqrt=math.sqrt tan=math.tan unit"},
    {"meta",
     "call content-exists feature-exists function-exists get-function global-variable-exists "
     "inspect keywords mixin-exists module-functions=meta.module-functions "
     "module-variables=meta.module-variables type-of variable-exists"},
    {"selector",
     "append=selector-append extend=selector-extend is-superselector nest=selector-nest "
     "parse=selector-parse replace=selector-replace simple-selectors unify=selector-unify"},
    {"string",
     "index=str-index insert=str-insert length=str-length quote slice=str-slice "
     "split=string.split to-lower-case to-upper-case unique-id unquote"},
};

constexpr BuiltIn kLoadCss = {"load-css($url, $with: null)", load_css, 0};

struct Constant {
  const char* name;
  double value;
};
constexpr Constant kConstants[] = {{"$e", 2.718281828459045},
                                   {"$pi", kPi},
                                   {"$epsilon", 2.220446049250313e-16},
                                   {"$max-safe-integer", 9007199254740991},
                                   {"$min-safe-integer", -9007199254740991}};
}  // namespace

Module* built_in_module(Context& context, Environment* built_ins, Str name) {
  for (const BuiltInModule& row : kModules) {
    if (row.name != name) continue;
    Arena& arena = context.arena;
    auto* module = arena.make<Module>();
    module->environment = arena.make<Environment>();
    for (Str rest = row.members, word; next_piece(rest, ' ', word);) {
      std::size_t equals = word.find('=');
      Str global = equals == Str::npos ? word : word.substr(equals + 1);
      Binding* binding = built_ins->find_local(context.symbols.get(global));
      const Symbol* member = context.symbols.get(word.substr(0, equals));
      if (binding) module->environment->local(arena, member).definition = binding->definition;
    }
    if (name == "math")
      for (const Constant& constant : kConstants)
        module->environment->set_local(arena, context.symbols.get(constant.name),
                                       arena.make<Number>(Place(), constant.value));
    if (name == "meta") {
      Parser parser(context, kLoadCss.signature, Place());
      Definition* definition = parser.signature();
      definition->built_in = &kLoadCss;
      definition->environment = built_ins;
      module->environment->local(arena, definition->symbol, true).definition = definition;
    }
    return module;
  }
  return nullptr;
}

const BuiltIn kModuleFunctions[] = {
    {"map-get($map, $key, $keys...)", map_get, 0},
    {"map-has-key($map, $key, $keys...)", map_get, 1},
    {"map-merge($map1, $args...)", map_merge, 0},
    {"map.set($map, $args...)", map_set, 0},
    {"map.deep-merge($map1, $map2)", map_deep_merge, 0},
    {"map.deep-remove($map, $key, $keys...)", map_deep_remove, 0},
    {"math.div($number1, $number2)", divide, 0},
    {"math.clamp($min, $number, $max)", clamp, 0},
    {"math.hypot($numbers...)", hypotenuse, 0},
    {"math.pow($base, $exponent)", raise, 0},
    {"math.log($number, $base: null)", log, 0},
    {"math.sqrt($number)", calculate, kSqrt},
    {"math.sin($number)", calculate, kSin},
    {"math.cos($number)", calculate, kCos},
    {"math.tan($number)", calculate, kTan},
    {"math.asin($number)", calculate, kAsin},
    {"math.acos($number)", calculate, kAcos},
    {"math.atan($number)", calculate, kAtan},
    {"math.atan2($y, $x)", arc_tangent2, 0},
    {"list.slash($elements...)", slash_list, 0},
    {"string.split($string, $separator, $limit: null)", split, 0},
    {"function-exists($name, $module: null)", function_exists, 0},
    {"mixin-exists($name, $module: null)", function_exists, 1},
    {"variable-exists($name)", variable_exists, 0},
    {"global-variable-exists($name, $module: null)", variable_exists, 1},
    {"get-function($name, $css: false, $module: null)", get_function, 0},
    {"meta.module-variables($module)", module_members, 0},
    {"meta.module-functions($module)", module_members, 1},
    {nullptr, nullptr, 0}};

}  // namespace meridian::sass
