#include "meridian/live.h"

namespace meridian {

void use_untrusted_limits() {
  // Half, as of wasm's gigabyte: a list that grows may double what is held, and the allocator
  // rounds up.
  max_memory = kUntrustedMemory / 2;
  // A page that a person wrote has some 100 KB, the text of a large site some megabytes.
  limits.source = {
      std::size_t(1) << 20,
      "the file is larger than 1 MB, the most that is read of what came from elsewhere"};
  limits.files = {
      std::size_t(8) << 20,
      "the files are more than 8 MB, the most that is read of what came from elsewhere"};
  // The browser parses and searches the page as well, each time that it changes.
  limits.output = {std::size_t(8) << 20,
                   "a text on the page has more than 8 MB, the most of what came from elsewhere"};
  // Ten to a line of eighty letters, in as much text as a file may have: twice the density of any
  // document that we know.
  limits.marks = {250'000, "more than 250,000 marks of Markdown, or than the memory that is left"};
  // Some tenths of a second on a laptop, two seconds on a slow phone.
  limits.steps = {2'000'000,
                  "the page takes more than 2 million steps: loop over less, or open the files as "
                  "a folder of your "
                  "own, which has 100 million"};
  limits.steps_of_each = false;
}

}  // namespace meridian
