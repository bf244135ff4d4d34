// Modules: sheets that @use, @forward and meta.load-css() load, each evaluated once, with
// variables, functions and mixins of its own.
#pragma once
#include "environment.h"

namespace meridian::sass {

class Extender;

/// A variable that `with` sets.
struct Configured {
  const Symbol* symbol;
  Node* value;
  Place at;
  /// Set once a !default takes the value. It is shared by all @forwards that it passes.
  bool* used;
};

struct Configuration {
  List<Configured> items;
  /// The one that has been passed on by @forward; itself otherwise.
  const Configuration* origin = this;
  Configured* find(const Symbol* symbol);
};

/// What a sheet sees of a module: names begin with `prefix`, and only those in `names` are there
/// when `show`, or are not when `hide`.
struct View {
  Module* module = nullptr;
  Str prefix;
  bool show = false, hide = false;
  List<const Symbol*> names;
};

struct Module {
  Str path;
  Environment* environment = nullptr;
  Extender* extender = nullptr;
  List<View> forwards;
  /// What it uses and forwards, but for built-in modules.
  List<Module*> upstream;
  Block* css = nullptr;
  /// Of what stands for an imported sheet: the module that imports it.
  Module* importer = nullptr;
  bool loading = false, has_css = false;
  /// Where the configuration comes from that it was loaded with.
  const Configuration* configured_by = nullptr;
  /// The combination that had its CSS last.
  std::uint32_t stamp = 0;
};

/// The CSS of several modules; those that others use come first.
struct Combined {
  List<Statement*> imports, rules;
  List<Module*> modules;
};

/// The modules that a sheet uses.
struct Namespaces {
  struct Named {
    const Symbol* space;
    Module* module;
    const Use* rule;
  };
  List<Named> named;
  /// Used as `*`.
  List<View> open;
  /// The sheet that has imported this one: what that uses is seen here as well.
  Sheet* around = nullptr;
};

/// The symbol that a module has for a name of the view; nullptr when it shows none.
const Symbol* seen_through(Context& context, const View& view, const Symbol* symbol);
/// `sass:math` and so on; nullptr when there is none of this name.
Module* built_in_module(Context& context, Environment* built_ins, Str name);

}  // namespace meridian::sass
