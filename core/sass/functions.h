// The built-in functions.
#pragma once
#include "environment.h"
#include "value.h"

namespace meridian::sass {

class Evaluator;

/// A call of a built-in function: its arguments in the order of the signature.
struct BuiltInCall {
  Evaluator& evaluator;
  Context& context;
  /// Where the call stands, with what is known there.
  Environment* caller;
  Node* const* arguments;
  const Definition* definition;
  Place at;

  Node* operator[](int i) const { return arguments[i]; }
  template <class T, class... A>
  T* make(A&&... values) const {
    return context.arena.make<T>(static_cast<A&&>(values)...);
  }
  Node* fail(Str message, Str remedy = {}) const;
  /// "argument `$x` of `f($x)` must be a …".
  void wrong_type(int i, Str type) const;
  /// An argument of a type; after a failure, some value of it.
  Number* number(int i) const;
  Color* color(int i) const;
  String* string(int i) const;
  ListNode* list(int i) const;
  MapNode* map(int i) const;
  /// A number's value with its units reduced, and in a range.
  double value(int i) const;
  double value_in(int i, double low, double high) const;
  Node* number_node(double value, const Units* units = nullptr) const {
    return make<Number>(at, value, units);
  }
  Node* boolean(bool value) const { return make<Boolean>(at, value); }
  Node* null() const { return make<Null>(at); }
  /// A string without quotes that was made: libsass's String_Quoted.
  Node* text(Str value) const { return quoted(context, at, value); }
};

/// A row of the table of functions.
struct BuiltIn {
  const char* signature;
  Node* (*function)(const BuiltInCall& call, int variant);
  /// Tells functions apart that share code.
  int variant;
};

/// Defines all functions in an environment.
void define_built_ins(Context& context, Environment* environment);

/// The rows of one subject, up to one without a signature.
extern const BuiltIn kColorFunctions[], kColorAdjustments[], kNumberFunctions[], kStringFunctions[],
    kListFunctions[], kMapFunctions[], kSelectorFunctions[], kMetaFunctions[], kModuleFunctions[],
    kModuleColors[], kModuleAdjustments[];

}  // namespace meridian::sass
