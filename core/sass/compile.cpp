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
  if (text.size() > limits.source.most) {
    context.fail(Place(), limits.source.message, "split the sheet");
    return false;
  }
  Arena& arena = context.arena;
  Print print = context.print;
  if (uses_modules(context, text)) {
    context.dialect = Dialect::Dart;
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
}  // namespace

bool compile(Str text, const Options& options, const Files& files, Text& css,
             Diagnostics& diagnostics) {
  Arena arena;
  Context context(arena, options, files, diagnostics);
  return compile_sheet(context, text, css);
}

}  // namespace meridian::sass
