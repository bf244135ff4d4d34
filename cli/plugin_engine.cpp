#include "plugin_engine.h"

#include <quickjs.h>

#include <cstdio>
#include <ctime>
#include <filesystem>
#include <set>

#include "meridian/plugin_scripts.h"
#include "printable.h"

namespace fs = std::filesystem;

namespace meridian::cli {

namespace plugin_functions {
#include "plugin_functions.inc"
}

namespace {
// The name by which web/engine/plugin_functions.js is imported.
constexpr const char* kFunctionsName = "meridian:plugin_functions";
// Seconds of the processor for a function, or to load a plugin. A browser's worker has 30 of the
// clock, with the core's own work in them.
constexpr int kMostSeconds = 5;
constexpr std::size_t kMostMemory = std::size_t(256) << 20;
// Bytes of the stack: calls nested 1,900 deep. As wasm, where JSON.stringify() takes far more of
// Node's own stack than of this one, 580 deep.
#ifdef __EMSCRIPTEN__
constexpr std::size_t kMostStack = 1 << 16;
#else
constexpr std::size_t kMostStack = 1 << 20;
#endif

std::string too_long() { return "it took more than " + std::to_string(kMostSeconds) + " seconds"; }

/// A value of the engine, which is let go with it.
class Held {
 public:
  Held(JSContext* context, JSValue value) : context_(context), value_(value) {}
  Held(Held&& other) noexcept : context_(other.context_), value_(other.value_) {
    other.value_ = JS_UNDEFINED;
  }
  Held& operator=(Held&&) = delete;
  ~Held() { JS_FreeValue(context_, value_); }
  JSValue operator*() const { return value_; }
  bool failed() const { return JS_IsException(value_); }

 private:
  JSContext* context_;
  JSValue value_;
};

Held text_of(JSContext* context, std::string_view text) {
  return {context, JS_NewStringLen(context, text.data(), text.size())};
}

/// Adds a value as String() makes it.
void add_text(JSContext* context, JSValue value, Text& out) {
  std::size_t size = 0;
  if (const char* text = JS_ToCStringLen(context, &size, value)) {
    out.add(Str(text, size));
    JS_FreeCString(context, text);
  } else {
    Held dropped(context, JS_GetException(context));
  }
}

/// `lookup(expression)` of tags and blocks, as JSON.
JSValue look_up(JSContext* context, JSValue, int, JSValue* arguments) {
  Text expression, json;
  add_text(context, arguments[0], expression);
  site::look_up_for_plugin(expression.str(), json);
  return JS_NewStringLen(context, json.str().data(), json.size());
}

/// console.log() and its like: a line of standard error.
JSValue print_line(JSContext* context, JSValue, int count, JSValue* arguments) {
  Text line;
  for (int i = 0; i < count; i++) {
    if (i) line.add(' ');
    add_text(context, arguments[i], line);
  }
  std::fprintf(stderr, "%s\n", printable_lines(line.str()).c_str());
  return JS_UNDEFINED;
}

/// What an import names, from the folder of who imports it: a path of the site with `/` before it.
char* resolve(JSContext* context, const char* from, const char* name, void*) {
  std::string_view wanted = name;
  if (wanted == kFunctionsName) return js_strdup(context, name);
  if (wanted.rfind("./", 0) && wanted.rfind("../", 0) && wanted.rfind('/', 0)) {
    JS_ThrowReferenceError(context, "`%s` is not a file of the site: import it as './NAME.js'",
                           name);
    return nullptr;
  }
  // Nothing is above the root of the site.
  const fs::path path = "/" / fs::path(from).parent_path() / wanted;
  return js_strdup(context, path.lexically_normal().c_str());
}
}  // namespace

struct PluginEngine::Engine {
  explicit Engine(Read reader) : read(std::move(reader)) {
    if (!runtime || !context) fatal();
    JS_SetMemoryLimit(runtime, kMostMemory);
    JS_SetMaxStackSize(runtime, kMostStack);
    JS_SetModuleLoaderFunc(runtime, resolve, compile, this);
    JS_SetInterruptHandler(
        runtime, [](JSRuntime*, void* self) -> int { return static_cast<Engine*>(self)->late(); },
        this);
    Held global(context, JS_GetGlobalObject(context));
    JSValue console = JS_NewObject(context);
    for (const char* name : {"debug", "error", "info", "log", "warn"})
      JS_SetPropertyStr(context, console, name, JS_NewCFunction(context, print_line, name, 1));
    JS_SetPropertyStr(context, *global, "console", console);
    begin();
    Held module = import(kFunctionsName);
    Held type(context, JS_GetPropertyStr(context, *module, "PluginFunctions"));
    functions = JS_CallConstructor(context, *type, 0, nullptr);
    if (JS_IsException(functions)) fatal();
    lookup = JS_NewCFunction(context, look_up, "lookUp", 1);
  }
  ~Engine() {
    JS_FreeValue(context, functions);
    JS_FreeValue(context, lookup);
    JS_FreeContext(context);
    JS_FreeRuntime(runtime);
  }

  /// The loader of modules.
  static JSModuleDef* compile(JSContext* context, const char* name, void* self) {
    std::string text;
    if (std::string_view(name) == kFunctionsName) {
      using plugin_functions::kBytes;
      text.assign(reinterpret_cast<const char*>(kBytes), sizeof kBytes - 1);
    } else if (!static_cast<Engine*>(self)->read(name + 1, text)) {
      JS_ThrowReferenceError(context, "`%s` is not among the sources of the site", name + 1);
      return nullptr;
    }
    const int flags = JS_EVAL_TYPE_MODULE | JS_EVAL_FLAG_COMPILE_ONLY;
    JSValue module = JS_Eval(context, text.c_str(), text.size(), name, flags);
    if (JS_IsException(module)) return nullptr;
    // The engine's list of modules holds it.
    auto* made = static_cast<JSModuleDef*>(JS_VALUE_GET_PTR(module));
    JS_FreeValue(context, module);
    return made;
  }

  /// What begins now has all of its time, and the stack from here.
  void begin() {
    end = std::clock() + std::clock_t(kMostSeconds) * CLOCKS_PER_SEC;
    JS_UpdateStackTop(runtime);
  }
  bool late() const { return std::clock() > end; }

  /// What a module exports; fails as it does, with its exception.
  Held import(const std::string& name) {
    Held promise(context, JS_LoadModule(context, "/", name.c_str()));
    JSContext* ran = nullptr;
    while (!late() && JS_ExecutePendingJob(runtime, &ran) > 0) {
    }
    if (promise.failed()) return {context, JS_EXCEPTION};
    JSPromiseStateEnum state = JS_PromiseState(context, *promise);
    if (state == JS_PROMISE_FULFILLED) return {context, JS_PromiseResult(context, *promise)};
    JSValue error = state == JS_PROMISE_REJECTED
                        ? JS_PromiseResult(context, *promise)
                        : JS_NewString(context, "it awaits what never comes");
    return {context, JS_Throw(context, error)};
  }

  Held ask(const char* method, std::initializer_list<JSValue> arguments) {
    JSAtom name = JS_NewAtom(context, method);
    Held result(context, JS_Invoke(context, functions, name, int(arguments.size()),
                                   const_cast<JSValue*>(arguments.begin())));
    JS_FreeAtom(context, name);
    return result;
  }

  void add_json(JSValue value, Text& json) {
    Held text(context, JS_JSONStringify(context, value, JS_UNDEFINED, JS_UNDEFINED));
    add_text(context, *text, json);
  }

  /// Why the last one failed.
  Held reason() {
    Held error(context, JS_GetException(context));
    return late() ? text_of(context, too_long()) : std::move(error);
  }

  Read read;
  JSRuntime* runtime = JS_NewRuntime();
  JSContext* context = runtime ? JS_NewContext(runtime) : nullptr;
  JSValue functions = JS_UNDEFINED, lookup = JS_UNDEFINED;
  int depth = 0;                  ///< of calls within calls, by `lookup`
  std::clock_t end = 0;           ///< of the processor's time for what runs
  std::set<std::string> stopped;  ///< plugins of which a function took too long
};

PluginEngine::PluginEngine(Read read) : engine_(std::make_unique<Engine>(std::move(read))) {}
PluginEngine::~PluginEngine() = default;

void PluginEngine::load(const std::string& path, Text& json) {
  Engine& e = *engine_;
  e.begin();
  Held name = text_of(e.context, path);
  Held module = e.import("/" + path);
  Held names = module.failed() ? std::move(module) : e.ask("add", {*name, *module});
  if (!names.failed()) return e.add_json(*names, json);
  Held why = e.reason();
  e.begin();
  e.add_json(*e.ask("refuse", {*name, *why}), json);
}

bool PluginEngine::call(Str request, Text& answer) {
  Engine& e = *engine_;
  answer.add(char(site::kPluginError));
  const std::string plugin(request.substr(0, request.find("\",")));
  if (e.stopped.count(plugin)) {
    answer.add(too_long());
    return true;
  }
  if (!e.depth) e.begin();
  Held text = text_of(e.context, request);
  e.depth++;
  Held result = e.ask("answer", {*text, e.lookup});
  e.depth--;
  if (result.failed()) {
    if (e.late()) e.stopped.insert(plugin);
    add_text(e.context, *e.reason(), answer);
  } else {
    answer.truncate(0);
    add_text(e.context, *result, answer);
  }
  return true;
}

}  // namespace meridian::cli
