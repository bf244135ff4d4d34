// The core's connection with kramdown.wasm.
#include <cstdlib>

#include "kramdown.h"
#include "kramdown_request.h"
#include "markdown/kramdown/convert.h"
#include "meridian/rouge.h"

extern "C" KramdownResult* mer_kramdown(const char* request, std::size_t size);

namespace meridian::markdown {

using namespace meridian::wasm;

namespace {
/// Appends the result's bytes, and gives its flags; false when the module is not loaded.
bool ask(Text& request, Text& out, std::uint8_t& flags) {
  KramdownResult* result = mer_kramdown(request.data(), request.size());
  if (!result) return false;
  if (!result->size) fatal();  // the module trapped
  const char* bytes = reinterpret_cast<const char*>(result + 1);
  flags = std::uint8_t(*bytes);
  out.add(bytes + 1, result->size - 1);
  std::free(result);
  return true;
}

/// The visitor's answer to each of the places.
void add_answers(Text& request, Str places, LinkVisit links) {
  for (Reader read(places); !read.at_end();) {
    const std::uint8_t flags = read.byte();
    LinkPlace place{read.sized(), bool(flags & kImage), bool(flags & kAlone),
                    bool(flags & kInHtml)};
    request.add(char(links.visit(links.context, place)));
    add_sized(request, place.url);
    add_sized(request, place.html);
    add_sized(request, place.css_class);
  }
}
}  // namespace

// These definitions keep those that are linked into the command out of the core.

Options read_options(const Value& kramdown) {
  static Arena kept;
  Text json;
  print_json(kramdown, json);
  Options options;
  options.settings = kept.copy(json.str());
  // GitHub's dialect has two of them.
  for (bool Options::* option : {&Options::hard_wrap, &Options::auto_ids}) {
    const Value v = get(kramdown, option == &Options::auto_ids ? "auto_ids" : "hard_wrap");
    if (!v.nil()) options.*option = v.truthy() && v.str() != "false";
  }
  return options;
}

bool convert_kramdown(Str text, const Options& options, bool smart, LinkVisit links, Arena&,
                      Text& out) {
  Text request, made;
  const int mode = (smart ? kSmart : 0) | (options.highlight ? 0 : kPlainCode) |
                   (options.dollars ? kDollars : 0) | (options.untrusted ? kUntrusted : 0);
  request.add(char(mode | (links.visit ? kAsksForLinks : 0)));
  add_u32(request, stack_held);
  add_sized(request, options.settings);
  add_sized(request, text);
  std::uint8_t flags = 0;
  if (!ask(request, made, flags)) return false;
  if (flags & kHasLinks) {
    request.data()[0] = char(mode | kAnswersLinks);
    add_answers(request, made.str(), links);
    made.truncate(0);
    if (!ask(request, made, flags)) return false;
  }
  out.add(made.str());
  stack_exceeded |= bool(flags & kStackExceeded);
  rouge::lacks_lexers |= bool(flags & kLacksLexers);
  return true;
}

}  // namespace meridian::markdown
