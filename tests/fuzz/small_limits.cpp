// What libFuzzer calls before the first input.
#include "meridian/base.h"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  // A fuzzer has no time for loops that are merely long.
  meridian::limits.steps.most = 100'000;
  return 0;
}
