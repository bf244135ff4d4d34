// The evaluator: expressions become values, statements become CSS rules.
//
// Failure: the context has failed then; functions return some value, never nullptr where a comment
// doesn't say so, and loops end.
#pragma once
#include "environment.h"
#include "extend.h"
#include "functions.h"
#include "local.h"
#include "modules.h"
#include "parser.h"
#include "printer.h"

namespace meridian::sass {

class Evaluator {
 public:
  Evaluator(Context& context, Environment* environment);

  /// The rules of a sheet, with those of the modules that it uses.
  Block* expand(Block* root);
  Node* evaluate(Node* node);
  /// Whether the value of a condition is neither false nor null. Comparisons make no value: a loop
  /// would leave one behind for each turn.
  bool holds(Node* condition);
  Node* call(Call* call);

  Context& context() { return context_; }
  Arena& arena() { return context_.arena; }
  Environment* environment() { return environment_; }
  /// Reports an @extend that has extended nothing; false when there is one.
  bool check_extensions();
  /// The selector of the rule around, as it was written; nullptr at the root.
  SelectorList* original() { return original_; }
  bool in_mixin() const { return in_mixin_; }
  Environment* built_ins() { return built_ins_; }
  /// The module behind a namespace of the sheet at `at`; nullptr after a failure.
  Module* module_of(const Place& at, Str space);
  /// The function or mixin that a name means, in a module or without one; nullptr when none.
  Binding* member(const Place& at, Module* module, const Symbol* symbol, bool mixin) {
    return module ? find_member(at, module, symbol, mixin) : lookup(at, nullptr, symbol, mixin);
  }
  /// meta.load-css().
  void load_css(const Place& at, Str address, const MapNode* with);
  /// Numbers from 0 to below 1, the same for each compilation.
  double random();

  template <class T, class... A>
  T* make(A&&... arguments) {
    return context_.arena.make<T>(static_cast<A&&>(arguments)...);
  }

  /// Evaluates in another environment than the current one.
  class In {
   public:
    In(Evaluator& evaluator, Environment* environment)
        : evaluator_(evaluator), before_(evaluator.environment_) {
      evaluator.environment_ = environment;
    }
    ~In() { evaluator_.environment_ = before_; }
    In(const In&) = delete;
    In& operator=(const In&) = delete;

   private:
    Evaluator& evaluator_;
    Environment* before_;
  };

  /// Evaluates in an environment of its own, which ends with it: nothing refers to it then, unless
  /// it is kept.
  class Scope {
   public:
    Scope(Evaluator& evaluator, Environment* parent, bool shadow = false)
        : environment(evaluator.inner(parent, shadow)),
          evaluator_(evaluator),
          in_(evaluator, environment) {}
    ~Scope() { evaluator_.leave(environment); }

    Environment* const environment;

   private:
    Evaluator& evaluator_;
    In in_;
  };

 private:
  Environment* inner(Environment* parent, bool shadow = false);
  void leave(Environment* environment);
  void fail(const Place& at, Str message, Str remedy = {}) { context_.fail(at, message, remedy); }
  Str text(Node* node) { return to_string(context_, node, context_.print); }

  // ---- expressions: evaluate.cpp ----
  Node* list(ListNode* list);
  Node* map(MapNode* map);
  void duplicate_key(Node* key, Node* map);
  Node* variable(Variable* variable);
  void undefined_variable(const Place& at, const Symbol* symbol);
  Node* schema(Schema* schema);
  /// dart-sass's: text as it is written, with what is evaluated in between.
  Node* raw(Schema* schema);
  void interpolate(Text& out, Node* node, bool into_quotes, bool was_interpolant);
  /// Any node but plain ones and variables.
  Node* compound(Node* node);
  Node* unary(Unary* unary);
  Node* string(String* string);
  SelectorList* selector_schema(SelectorSchema* schema);
  SelectorList* selectors(SelectorList* list);

  // ---- operators.cpp ----
  Node* binary(Binary* binary);
  /// With operands that are no variables.
  Node* binary(Binary* binary, Node* left, Node* right);
  Node* value_of(Node* operand);
  Node* operate(Binary* binary, Node* left, Node* right);
  bool compare(Binary* binary, Node* left, Node* right);
  Node* numbers(Binary* binary, Number* left, Number* right);
  Node* numbers(Op op, Number* left, Number* right, const Place& at);
  Node* colors(Op op, Rgba* left, Rgba* right, const Place& at);
  Node* number_color(Op op, Number* left, Rgba* right, const Place& at);
  Node* color_number(Op op, Rgba* left, Number* right, const Place& at);
  /// The two texts as a string; `plain` when the first one is so.
  String* appended(bool plain, Str first, Str second, const Place& at);
  Node* strings(Operator sign, Node* left, Node* right, const Place& at, bool delayed);
  Node* to_value(Node* node);
  Node* undefined_operation(Op op, Node* left, Node* right, const Place& at);

  // ---- calls.cpp ----
  Arguments* arguments(Arguments* arguments);
  Argument* argument(Argument* argument);
  void bind(bool mixin, Str name, Parameters* parameters, Arguments* arguments,
            Environment* environment);
  void bind_rest(const Parameter& parameter, Arguments* arguments, std::uint32_t from,
                 Environment* environment);
  Node* plain_call(Call* call);
  Node* run(Call* call, Definition* definition, Arguments* values);
  /// Counts a call; end it by `context_.calls--`.
  void begin(const Call* call);
  /// The value of a function's block; nullptr, and a failure, without @return.
  Node* run(const Call* call, Block* block);
  void fail_as_repeated(bool mixin, Str name, const Arguments* arguments, const Symbol* parameter);
  /// Calls what C++ implements, with the parameters that `environment_` holds.
  Node* run_built_in(const Place& at, const Definition* definition, Environment* caller);
  // Nearly all arguments are passed in order: these need no Arguments, and what C++ implements
  // needs no environment either.
  /// Lazy: if() evaluates them itself.
  void evaluate_in_order(const Arguments* arguments, bool lazy, Node** values);
  void bind_in_order(bool mixin, Str name, const Parameters* parameters, const Arguments* arguments,
                     Node* const* values, Environment* environment);
  Node* run_in_order(Call* call, Definition* definition, bool lazy);

  // ---- statements within functions: control.cpp ----
  /// The value of @return, or nullptr.
  Node* run(Block* block);
  Node* run(Statement* statement);
  void assign(Assignment* assignment);
  /// Loops for both: `body` is run for each turn, in an environment that holds the variables.
  Node* if_rule(If* rule, bool in_function);
  Node* for_rule(For* rule, bool in_function);
  Node* each_rule(Each* rule, bool in_function);
  Node* while_rule(While* rule, bool in_function);
  Node* turn(Block* block, bool in_function);
  void message(Message* message);

  // ---- calculations.cpp ----
  /// The value of calc(), min(), max() and clamp(); nullptr when the call is none of them.
  Node* calculation(Call* call);
  Node* operand(Node* node);
  Node* operate(const Place& at, Op op, Node* left, Node* right);

  // ---- css_if.cpp ----
  Node* css_if(CssIf* node);
  /// A Boolean, or the text of what only the browser knows.
  Node* condition(const Place& at, const Condition* condition);

  // ---- modules.cpp ----
  /// What a name means in the sheet at `at`: a variable, function or mixin; nullptr when nothing.
  MERIDIAN_INLINE Binding* lookup(const Place& at, const Symbol* space, const Symbol* symbol,
                                  bool mixin = false) {
    if (!space && !context_.dart()) return environment_->find(symbol, mixin);
    return lookup_in_modules(at, space, symbol, mixin);
  }
  Binding* lookup_in_modules(const Place& at, const Symbol* space, const Symbol* symbol,
                             bool mixin);
  Binding* find_open(const Place& at, const Symbol* symbol, bool mixin);
  Binding* find_member(const Place& at, Module* module, const Symbol* symbol, bool mixin);
  Module* find_module(const Place& at, const Symbol* space);
  Module* load(const Place& at, Str path, Configuration* configuration);
  void use(Use* rule);
  void forward(Use* rule, Module* module);
  Configuration* configuration_for(Use* rule);
  void check_used(const Place& at, const Configuration* configuration);
  bool assign_member(Assignment* assignment);
  /// The CSS of a module and of all that it uses, each once, after what extends it has done so.
  Block* combine(Module* module);
  void combine(Module* module, Combined& css);
  /// The extenders of a module and of all that it uses, directly or not.
  void add_upstream(Module* module, List<Extender*>& all);
  /// A copy of CSS in the rule around.
  Block* nest(Block* css);

  // ---- rules: expand.cpp ----
  Block* block(Block* source);
  void append(Block* source);
  Statement* statement(Statement* item);
  Statement* style_rule(StyleRule* rule);
  Statement* keyframe_rule(StyleRule* rule);
  Statement* media_rule(MediaRule* rule);
  Statement* at_root_rule(AtRootRule* rule);
  Statement* at_rule(AtRule* rule);
  Statement* declaration(Declaration* declaration);
  Statement* import(CssImport* import);
  void import_stub(ImportStub* stub);
  void extend(Extend* extend);
  void define(Definition* definition);
  Statement* include(Include* include);
  Statement* content(Content* content);

  Context& context_;
  Environment* environment_;
  Extender* extender_ = nullptr;
  Block* block_ = nullptr;
  SelectorList *selector_ = nullptr, *original_ = nullptr;
  CssMediaRule* media_ = nullptr;
  bool force_ = false, in_comment_ = false;
  bool in_keyframes_ = false, in_control_ = false, in_mixin_ = false;
  bool at_root_ = false, was_at_root_ = false;
  int includes_ = 0;
  std::uint64_t seed_ = 42;
  /// The name of a block that a mixin is given.
  const Symbol* content_;
  Environment* built_ins_;
  List<Module*> modules_;
  Module* module_ = nullptr;
  Configuration* configuration_ = nullptr;
  std::uint32_t stamp_ = 0;
  /// Environments that have ended, each the `parent` of the one before.
  Environment* left_ = nullptr;
};

/// Parameters that arguments in order may have: the longest signature of a built-in function is
/// adjust-color()'s.
constexpr std::uint32_t kMostInOrder = 9;
/// Whether each argument is the value of the parameter at its place, and the other parameters have
/// values of their own.
bool are_in_order(const Arguments* arguments, const Parameters* parameters);

/// Whether @at-root with this query takes what it holds out of such a rule: "rule", "media", ….
bool excludes(Context& context, const AtRootQuery* query, Str name);
bool excludes(Context& context, const AtRootQuery* query, Statement* statement);

/// Reports statements that stand where they may not: nesting.cpp.
void check_nesting(Context& context, Block* root);
/// A copy of a rule with another block; the statement itself when it has none.
Statement* copy_with(Context& context, Statement* statement, Block* block);
/// Moves rules out of rules: cssize.cpp.
Block* cssize(Context& context, Block* root);
void remove_placeholders(Context& context, Block* block);

}  // namespace meridian::sass
