#include "context.h"

#include "indented.h"
#include "parser.h"

namespace meridian::sass {

// ---- names ----

const Symbol* Symbols::get(Str name) {
  Str normal = name;
  if (name.find('_') != Str::npos) {
    auto* bytes = static_cast<char*>(arena_.alloc(name.size()));
    for (std::size_t i = 0; i < name.size(); i++) bytes[i] = name[i] == '_' ? '-' : name[i];
    normal = {bytes, name.size()};
  }
  if (count_ * 2 >= slots_.size) grow();
  std::uint64_t hash = fnv1a(normal);
  std::uint32_t mask = slots_.size - 1, i = std::uint32_t(hash) & mask;
  for (; slots_[i]; i = (i + 1) & mask)
    if (slots_[i]->hash == hash && slots_[i]->name == normal) return slots_[i];
  count_++;
  if (normal.data() == name.data()) normal = arena_.copy(name);
  bool special = (normal.find("calc") != Str::npos || normal == "expression") &&
                 match::special_function(arena_.join(normal, Str("", 1)).data());
  slots_[i] = arena_.make<Symbol>(Symbol{normal, hash, special});
  return slots_[i];
}

void Symbols::grow() {
  List<const Symbol*> larger;
  while (larger.size < (slots_.size ? slots_.size * 2 : 512)) larger.add(arena_, nullptr);
  std::uint32_t mask = larger.size - 1;
  for (const Symbol* symbol : slots_) {
    if (!symbol) continue;
    std::uint32_t i = std::uint32_t(symbol->hash) & mask;
    while (larger[i]) i = (i + 1) & mask;
    larger[i] = symbol;
  }
  slots_ = larger;
}

// ---- failure and limits ----

namespace {
constexpr char kTooDeep[] = "stack level too deep";
}

Context::Context(Arena& arena, const Options& options, const Files& files, Diagnostics& diagnostics)
    : arena(arena), options(options), files(files), diagnostics(diagnostics), symbols(arena) {
  print = {Form(options.style), kPrecision};
  match::progress = {};
  match::progress.arena = &arena;
  std::size_t steps = limits.steps.most < kMaxSteps ? limits.steps.most : kMaxSteps;
  std::size_t left = memory_held < max_memory ? max_memory - memory_held : 0;
  budget = {work_done + std::uint64_t(steps) * kBytesOfStep,
            memory_held + (left < kMaxHeld ? left : kMaxHeld)};
}

void Context::note(Severity severity, const Place& at, Str message, Str remedy) {
  if (!at.sheet) return diagnostics.add(severity, options.path, message, remedy);
  diagnostics.add(severity, at.sheet->source, at.offset, message, remedy);
}

void Context::fail(const Place& at, Str message, Str remedy) {
  if (failed) return;
  failed = true;
  // What was cut short may look like another mistake.
  if (budget.too_deep) {
    message = kTooDeep;
    remedy = "end the recursion, or nest less";
  } else if (memory_held > budget.most_memory) {
    message =
        memory_held > max_memory ? kNoMemoryLeft : "the sheet takes more than 256 MB of memory";
    remedy = "shorten its loops, or split the sheet";
  } else if (budget.exhausted()) {
    message = "the sheet takes too many steps to compile";
    remedy = "shorten its loops, and close its strings and brackets";
  }
  note(Severity::Error, at, message, remedy);
}

bool Context::stop(const Place& at) {
  if (!failed) fail(at, {});
  return false;
}

bool Context::may_make(const Place& at, std::size_t size) {
  Limit most = limits.output;
  if (kMaxOutput < most.most) most = {kMaxOutput, "the CSS, or a string, has more than 16 MB"};
  if (size > most.most) fail(at, most.message, "make it shorter");
  return !failed;
}

bool Context::may_have(const Place& at, const Units* units) {
  if (units && units->numerators.size + units->denominators.size > kMaxUnits)
    fail(at, "a number has more than 100 units", "divide the units away");
  return !failed;
}

void Deeper::too_deep(const Place& at) {
  budget.end_as_too_deep();
  context_.fail(at, {});
}

// ---- sheets ----

Sheet* Context::sheet(Str path, Str text, bool indented) {
  auto* sheet = arena.make<Sheet>();
  Text scss;
  if (indented)
    add_scss(scss, text);
  else
    scss.add(text);
  // What follows a NUL is not read, as libsass doesn't.
  scss.truncate(scss.str().find('\0') == Str::npos ? scss.size() : scss.str().find('\0'));
  std::size_t size = scss.size();
  scss.add('\0');
  sheet->text = {arena.copy(scss.str()).data(), size};
  sheet->source = {arena.copy(path), sheet->text};
  sheet->css = dart() && path.ends_with(".css");
  return sheet;
}

Block* Context::import(const Place& at, Str path) {
  if (failed) return nullptr;
  for (const ParsedSheet& sheet : sheets)
    if (sheet.path == path) return sheet.root;
  for (Str other : importing)
    if (other == path) {
      fail(at,
           dart() ? Str("Module loop: this module is already being loaded.")
                  : arena.join("An @import loop has been found: ", path, " imports itself"),
           "remove one of the imports");
      return nullptr;
    }
  Str text;
  if (importing.size >= std::uint32_t(kMaxImports) || !files.read(files.context, path, &text)) {
    fail(at, arena.join("File to import not found or unreadable: ", path, "."),
         "check the path, and the load paths");
    return nullptr;
  }
  if (text.size() > limits.source.most) {
    fail(at, limits.source.message, "split the sheet");
    return nullptr;
  }
  importing.add(arena, path);
  Parser parser(*this, *sheet(path, text, path.ends_with(".sass")));
  Block* root = parser.parse();
  importing.size--;
  sheets.add(arena, {arena.copy(path), root});
  return failed ? nullptr : root;
}

}  // namespace meridian::sass
