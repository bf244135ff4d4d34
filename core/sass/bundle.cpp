#include "bundle.h"

namespace meridian::sass {

namespace {
constexpr std::size_t kNumber = 4;

void add_number(Text& out, std::uint32_t number) {
  for (int shift = 0; shift < 32; shift += 8) out.add(char(number >> shift));
}

void add_text(Text& out, Str text) {
  add_number(out, std::uint32_t(text.size()));
  out.add(text);
}

struct Reader {
  Str rest;

  std::uint32_t number() {
    std::uint32_t number = 0;
    Str bytes = take(kNumber);
    for (std::size_t i = bytes.size(); i--;) number = number << 8 | std::uint8_t(bytes[i]);
    return number;
  }
  Str text() { return take(number()); }

 private:
  Str take(std::size_t size) {
    Str taken = rest.substr(0, size);
    rest.remove_prefix(taken.size());
    return taken;
  }
};
}  // namespace

void pack(const Bundle& bundle, Text& out) {
  const Options& options = bundle.options;
  add_number(out, std::uint32_t(options.style));
  add_number(out, options.indented);
  add_text(out, options.path);
  add_number(out, options.load_paths.size);
  for (Str path : options.load_paths) add_text(out, path);
  add_text(out, bundle.text);
  add_number(out, bundle.files.size);
  for (const Source& file : bundle.files) {
    add_text(out, file.path);
    add_text(out, file.text);
  }
}

Bundle unpack(Arena& arena, Str bytes) {
  Reader in{bytes};
  Bundle bundle;
  bundle.options.style = Style(in.number() & 3);
  bundle.options.indented = in.number() != 0;
  bundle.options.path = in.text();
  for (std::uint32_t left = in.number(); left-- && !in.rest.empty();)
    bundle.options.load_paths.add(arena, in.text());
  bundle.text = in.text();
  for (std::uint32_t left = in.number(); left-- && !in.rest.empty();) {
    Str path = in.text();
    bundle.files.add(arena, Source{path, in.text()});
  }
  return bundle;
}

void pack_result(Str css, const Diagnostics& diagnostics, Text& out) {
  add_text(out, css);
  add_number(out, diagnostics.size());
  for (const Diagnostic& one : diagnostics) {
    for (std::uint32_t number : {std::uint32_t(one.severity), one.line, one.column})
      add_number(out, number);
    for (Str text : {one.file, one.message, one.remedy, one.excerpt}) add_text(out, text);
  }
}

Str unpack_result(Str bytes, Diagnostics& diagnostics) {
  Reader in{bytes};
  Str css = in.text();
  for (std::uint32_t left = in.number(); left-- && !in.rest.empty();) {
    Diagnostic one;
    one.severity = Severity(in.number() % 3);
    one.line = in.number();
    one.column = in.number();
    one.file = in.text();
    one.message = in.text();
    one.remedy = in.text();
    one.excerpt = in.text();
    diagnostics.add(one);
  }
  return css;
}

}  // namespace meridian::sass
