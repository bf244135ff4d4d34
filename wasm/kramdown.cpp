// kramdown.wasm: kramdown to HTML behind a C ABI.
#include "kramdown.h"

#include <cstdlib>

#include "kramdown_request.h"
#include "markdown/kramdown/convert.h"
#include "meridian/rouge.h"
#include "rouge_import.h"

using namespace meridian;
using namespace meridian::wasm;
using markdown::LinkPlace;

namespace {
/// The result that lives; `head` stands before its bytes.
KramdownResult* keep(Str head, Text& bytes) {
  static KramdownResult* last = nullptr;
  std::free(last);
  const std::size_t size = head.size() + bytes.size();
  last = static_cast<KramdownResult*>(std::malloc(sizeof(KramdownResult) + size));
  if (!last) return nullptr;
  last->size = std::uint32_t(size);
  char* at = reinterpret_cast<char*>(last + 1);
  for (char c : head) *at++ = c;
  if (bytes.size()) std::memcpy(at, bytes.data(), bytes.size());
  return last;
}

/// Writes down each place and changes none.
bool note_place(void* context, LinkPlace& place) {
  Text& places = *static_cast<Text*>(context);
  places.add(char(kImage * place.image | kAlone * place.alone | kInHtml * place.in_html));
  add_sized(places, place.url);
  return false;
}

/// Takes the next of the core's answers.
bool take_answer(void* context, LinkPlace& place) {
  Reader& read = *static_cast<Reader*>(context);
  const bool changed = read.byte();
  place.url = read.sized();
  place.html = read.sized();
  place.css_class = read.sized();
  return changed;
}

/// The options of a site; those of the last one are kept.
const markdown::Options& options_of(Str settings) {
  static Arena* arena = nullptr;
  static Str read;
  static markdown::Options options;
  if (arena && settings == read) return options;
  delete arena;
  arena = new Arena;
  read = arena->copy(settings);
  Value map;
  Diagnostics ignored(*arena);
  options = parse_json({"", read}, *arena, map, ignored) ? markdown::read_options(map)
                                                         : markdown::Options();
  return options;
}
}  // namespace

extern "C" {

void* kd_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void kd_free(void* block) { std::free(block); }

KramdownResult* kd_html(const char* source, std::size_t size) {
  Arena arena;
  Text html;
  if (!markdown::convert_kramdown(Str(source, size), {}, false, {}, arena, html)) return nullptr;
  return keep({}, html);
}

KramdownResult* kd_convert(const char* request, std::size_t size) {
  connect_rouge();
  stack_exceeded = rouge::lacks_lexers = false;
  Arena arena;
  Reader read(Str(request, size));
  const std::uint8_t mode = read.byte();
  stack_held = read.u32();
  markdown::Options options = options_of(read.sized());
  options.highlight &= !(mode & kPlainCode);
  options.dollars = mode & kDollars;
  options.untrusted = mode & kUntrusted;
  Str text = read.sized();
  Text places, html;
  markdown::LinkVisit links;
  if (mode & kAsksForLinks) links = {note_place, &places};
  if (mode & kAnswersLinks) links = {take_answer, &read};
  if (!markdown::convert_kramdown(text, options, mode & kSmart, links, arena, html)) return nullptr;
  const bool asks = places.size();
  const std::uint8_t flags = (asks ? kHasLinks : 0) | (stack_exceeded ? kStackExceeded : 0) |
                             (rouge::lacks_lexers ? kLacksLexers : 0);
  return keep({reinterpret_cast<const char*>(&flags), 1}, asks ? places : html);
}
}
