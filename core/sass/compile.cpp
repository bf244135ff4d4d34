#include "evaluate.h"

namespace meridian::sass {

namespace {
/// Whether the sheet, or one that it imports, has @use or @forward. What can't be found is reported
/// later.
bool uses_modules(Context& context, Str text) {
  Arena& arena = context.arena;
  List<Source> sheets;
  sheets.add(arena, {context.options.path, text});
  for (std::uint32_t i = 0; i < sheets.size; i++) {
    Source sheet = sheets[i];
    List<Import> imports;
    bool indented = i ? sheet.path.ends_with(".sass") : context.options.indented;
    if (find_imports(arena, sheet.text, indented, imports)) return true;
    for (const Import& import : imports) {
      if (!context.step(Place(), sheets.size + 1)) return false;
      for (Str path : context.find(sheet.path, import.address)) {
        Source found{path, Str()};
        for (const Source& other : sheets)
          if (other.path == path) found.path = Str();
        if (!found.path.empty() && context.files.read(context.files.context, path, &found.text))
          sheets.add(arena, found);
      }
    }
  }
  return false;
}

bool compile_sheet(Context& context, Str text, Text& css) {
  const Options& options = context.options;
  Arena& arena = context.arena;
  Print print = context.print;
  if (context.dart()) {
    if (print.form != Form::Compressed) print.form = Form::Expanded;
    // What is evaluated to text is text as in a sheet, whatever the style.
    context.print.form = Form::Expanded;
  }
  context.importing.add(arena, options.path);
  Parser parser(context, *context.sheet(options.path, text, options.indented));
  Block* root = parser.parse();
  check_nesting(context, root);
  for (const ParsedSheet& sheet : context.sheets) check_nesting(context, sheet.root);
  if (context.failed) return false;
  auto* built_ins = arena.make<Environment>();
  define_built_ins(context, built_ins);
  Evaluator evaluator(context, built_ins);
  root = evaluator.expand(root);
  if (context.failed || !evaluator.check_extensions()) return false;
  check_nesting(context, root);
  if (context.failed) return false;
  root = cssize(context, root);
  if (context.failed) return false;
  remove_placeholders(context, root);
  Printer printer(context, print);
  printer.sheet(root);
  if (context.failed) return false;
  css.add(printer.out.str());
  return true;
}

void add_all(const Diagnostics& from, Diagnostics& to) {
  for (const Diagnostic& each : from) to.add(each);
}

/// What libsass says of a sheet that dart-sass compiles.
void add_refusal(const Diagnostics& by_libsass, Diagnostics& diagnostics) {
  for (Diagnostic each : by_libsass) {
    if (each.severity != Severity::Error) continue;
    each.severity = Severity::Warning;
    each.message = diagnostics.arena().join(
        "libsass, which Jekyll has on Debian, refuses this sheet: ", each.message);
    each.remedy = "the sheet is compiled as dart-sass does it, as with jekyll-sass-converter 3";
    diagnostics.add(each);
  }
}
}  // namespace

bool compile(Str text, const Options& options, const Files& files, Text& css,
             Diagnostics& diagnostics) {
  Arena kept;
  Diagnostics by_libsass(kept), by_dart(kept);
  std::uint64_t most_work = 0;
  {
    Arena arena;
    Context context(arena, options, files, by_libsass);
    most_work = budget.most_work;
    if (text.size() > limits.source.most)
      context.fail(Place(), limits.source.message, "split the sheet");
    else if (uses_modules(context, text))
      context.dialect = Dialect::Dart;
    bool compiled = !context.failed && compile_sheet(context, text, css);
    if (compiled || context.dart() || budget.exhausted()) {
      add_all(by_libsass, diagnostics);
      return compiled;
    }
  }
  // Jekyll 4.3 with the newer converter has dart-sass, and themes are written for it. Both
  // compilations together have the steps of one.
  Arena arena;
  Context context(arena, options, files, by_dart);
  budget.most_work = most_work;
  context.dialect = Dialect::Dart;
  bool compiled = compile_sheet(context, text, css);
  if (compiled) add_refusal(by_libsass, diagnostics);
  add_all(compiled ? by_dart : by_libsass, diagnostics);
  return compiled;
}

}  // namespace meridian::sass
