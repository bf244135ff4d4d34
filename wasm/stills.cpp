// stills.wasm: pictures of globes behind a C ABI.
#include "stills.h"

#include <cstdlib>

#include "meridian/stills.h"

namespace {
/// One for the instance.
meridian::Stills& stills() {
  static meridian::Stills* one = nullptr;
  if (one) return *one;
  void* place = std::malloc(sizeof(meridian::Stills));
  if (!place) meridian::fatal();
  return *(one = new (place) meridian::Stills);
}
}  // namespace

extern "C" {

void* stills_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void stills_free(void* block) { std::free(block); }

void stills_put(const char* land, std::size_t land_size, const char* countries,
                std::size_t countries_size) {
  stills().put({land, land_size}, {countries, countries_size});
}

StillsAnswer* stills_add(const char* page, std::size_t size) {
  static StillsAnswer* answer = nullptr;
  meridian::Arena arena;
  meridian::GlobeUse use;
  meridian::Str html = stills().add({page, size}, arena, use);
  std::free(answer);
  answer = static_cast<StillsAnswer*>(std::malloc(sizeof(StillsAnswer) + html.size()));
  if (!answer) meridian::fatal();
  *answer = {use.any, use.places, std::uint32_t(html.size())};
  std::memcpy(answer + 1, html.data(), html.size());
  return answer;
}
}
