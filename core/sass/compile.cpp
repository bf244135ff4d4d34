#include "evaluate.h"

namespace meridian::sass {

namespace {
bool compile_sheet(Context& context, Str text, Text& css) {
  const Options& options = context.options;
  if (text.size() > limits.source.most) {
    context.fail(Place(), limits.source.message, "split the sheet");
    return false;
  }
  Arena& arena = context.arena;
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
  if (context.failed || !evaluator.extender().check()) return false;
  check_nesting(context, root);
  if (context.failed) return false;
  root = cssize(context, root);
  if (context.failed) return false;
  remove_placeholders(context, root);
  Printer printer(context, context.print);
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
