// Links between notes: the input is the HTML of two notes, with a line feed between their parts.
// Whatever it is, what is written of it ends, its tags are closed, and text in it is escaped.
#include "fuzz.h"
#include "meridian/notes.h"

using namespace meridian;

namespace {
/// Counts `<` and `>`: they are those of tags that we write, in turn.
void expect_escaped(Str html) {
  bool open = false;
  for (char c : html) {
    if (c != '<' && c != '>') continue;
    fuzz::expect(open == (c == '>'), "a bracket in a text is not escaped");
    open = c == '<';
  }
  fuzz::expect(!open, "a tag has no end");
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Str rest = fuzz::text(data, size);
  std::size_t half = rest.find("\n\n");
  Str first = rest.substr(0, half), second = half == Str::npos ? Str() : rest.substr(half + 2);
  notes::Links links;
  links.open("/b");
  fuzz::expect(links.add({"/a/", second.substr(0, 30), first.substr(0, 30), first}), "it fits");
  fuzz::expect(links.add({"/c/", "C", second.substr(0, 300), second}), "it fits");
  links.finish();
  Text html;
  for (Str url : {Str("/a/"), Str("/c/"), first, Str("/tags/"), Str("/graph/")})
    (void)links.write(url, second, html);
  for (Str url : links.pages()) (void)links.write(url, first, html);
  expect_escaped(html.str());
  Text page;
  (void)links.fill("/a/", rest, page);
  return 0;
}
