// Sizes of inputs whose size alone makes the work.
#pragma once

namespace support {

/// The size of an input where its size alone makes the work. The sanitizers, which take ten to
/// thirty times as long, get a tenth: the suites native and wasm have all of it.
constexpr int sized(int size) {
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
  return size / 10;
#endif
#endif
  return size;
}

}  // namespace support
