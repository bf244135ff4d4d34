// md4c with its own HTML writer, in GitHub's dialect.
#include <md4c-html.h>

#include "answer.h"

namespace {

struct Out {
  char* data = nullptr;
  std::size_t size = 0, capacity = 0;
};

void add(const MD_CHAR* text, MD_SIZE size, void* to) {
  Out& out = *static_cast<Out*>(to);
  if (out.size + size > out.capacity) {
    out.capacity = 2 * (out.size + size);
    out.data = static_cast<char*>(std::realloc(out.data, out.capacity));
  }
  std::memcpy(out.data + out.size, text, size);
  out.size += size;
}

}  // namespace

BENCH_EXPORT char* bench_markdown(const char* text, std::size_t size, std::int32_t) {
  Out out;
  md_html(text, MD_SIZE(size), add, &out, MD_DIALECT_GITHUB, 0);
  char* answer = bench_answer(out.data, out.size);
  std::free(out.data);
  return answer;
}
