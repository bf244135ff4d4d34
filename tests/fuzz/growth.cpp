// The growth table: for each parser the form of text whose work grows most when it is twice as
// long. Work is counted, so the result is the same on each machine: blocks of code that are
// entered, which the compiler reports (-fsanitize-coverage=trace-pc, the preset native-growth), and
// bytes that functions of the C library read, write or allocate.
//
//     growth [--forms=N] [--seed=S] [NAME …]   those whose names begin so
//
// Ends with 1 when something grows by more than kMostGrowth.
#include "growth.h"

#include <algorithm>
#include <csetjmp>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "meridian/base.h"

namespace {
std::uint64_t blocks, bytes;
/// Of one text: what is quadratic would take hours.
constexpr std::uint64_t kMostBlocks = 1'000'000'000;
std::jmp_buf too_many;
bool counting = false;
}  // namespace

extern "C" {
void __sanitizer_cov_trace_pc();
void __sanitizer_cov_trace_pc() {
  if (++blocks > kMostBlocks && counting) std::longjmp(too_many, 1);
}

// The linker leads calls of the C library here (--wrap).
void* __real_memcpy(void*, const void*, std::size_t);
void* __real_memmove(void*, const void*, std::size_t);
void* __real_memset(void*, int, std::size_t);
void* __real_memchr(const void*, int, std::size_t);
int __real_memcmp(const void*, const void*, std::size_t);
void* __real_malloc(std::size_t);
void* __real_realloc(void*, std::size_t);
void* __wrap_memcpy(void* to, const void* from, std::size_t size);
void* __wrap_memmove(void* to, const void* from, std::size_t size);
void* __wrap_memset(void* to, int byte, std::size_t size);
void* __wrap_memchr(const void* in, int byte, std::size_t size);
int __wrap_memcmp(const void* a, const void* b, std::size_t size);
void* __wrap_malloc(std::size_t size);
void* __wrap_realloc(void* block, std::size_t size);

void* __wrap_memcpy(void* to, const void* from, std::size_t size) {
  bytes += size;
  return __real_memcpy(to, from, size);
}
void* __wrap_memmove(void* to, const void* from, std::size_t size) {
  bytes += size;
  return __real_memmove(to, from, size);
}
void* __wrap_memset(void* to, int byte, std::size_t size) {
  bytes += size;
  return __real_memset(to, byte, size);
}
void* __wrap_memchr(const void* in, int byte, std::size_t size) {
  void* found = __real_memchr(in, byte, size);
  bytes += found ? std::size_t(static_cast<char*>(found) - static_cast<const char*>(in)) : size;
  return found;
}
int __wrap_memcmp(const void* a, const void* b, std::size_t size) {
  bytes += size;
  return __real_memcmp(a, b, size);
}
void* __wrap_malloc(std::size_t size) {
  bytes += size;
  return __real_malloc(size);
}
void* __wrap_realloc(void* block, std::size_t size) {
  bytes += size;
  return __real_realloc(block, size);
}
}

namespace growth {

std::vector<std::string> words_of(const char* text) {
  std::vector<std::string> words;
  std::string word;
  for (const char* p = text;; p++) {
    if (!*p || *p == ' ') {
      if (!word.empty()) words.push_back(word);
      word.clear();
      if (!*p) return words;
    } else if (*p == '\\' && p[1]) {
      char c = *++p;
      word += c == 's' ? ' ' : c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    } else {
      word += *p;
    }
  }
}

namespace {
constexpr double kMostGrowth = 2.2;
/// Bytes that count as a block of code: a word or two of them are read at once.
constexpr std::uint64_t kBytesOfBlock = 16;
/// Sizes from which growth is measured: the first one finds what is suspicious, the last one
/// decides, beyond all limits of depth.
constexpr std::size_t kSizes[] = {800, 3200, 12800, 51200};
/// What a small text takes less than this says nothing.
constexpr double kLeastWork = 2000;

/// `first` again and again, then `then` as often.
struct Form {
  Frame frame;
  std::string first, then;

  std::string text(std::size_t size) const {
    std::string out = frame.before;
    // A multiple of twelve, as twice of it is: what two, three or four tokens open and close again,
    // such as quotes, `*/*/*/` in a sheet or `____`, is like in both.
    std::size_t times = 12 * std::max<std::size_t>(1, size / 12 / (first.size() + then.size()));
    for (const std::string* each : {&first, &then})
      for (std::size_t i = 0; i < times && !each->empty(); i++) out += *each;
    return out + frame.after;
  }
  std::string name() const {
    std::string out;
    auto add = [&out](const std::string& text) {
      for (char c : text) out += c == '\n' ? "\\n" : c == '\t' ? "\\t" : std::string(1, c);
    };
    add(frame.before);
    (out += "(", add(first), out += ")*");
    if (!then.empty()) (out += " (", add(then), out += ")*");
    add(frame.after);
    return out;
  }
};

double work_of(const Subject& subject, const std::string& text) {
  std::size_t held = meridian::memory_held;
  blocks = bytes = 0;
  counting = true;
  // What is open then is never closed: this is the last text of its subject.
  if (setjmp(too_many)) {
    counting = false;
    meridian::memory_held = held;
    return double(kMostBlocks) * 100;
  }
  subject.run(text);
  counting = false;
  return double(blocks) + double(bytes) / double(kBytesOfBlock);
}

double growth_of(const Subject& subject, const Form& form, std::size_t size) {
  double least = work_of(subject, std::string(form.frame.before) + form.frame.after);
  double small = work_of(subject, form.text(size)) - least;
  if (small < kLeastWork) return 1;
  return (work_of(subject, form.text(2 * size)) - least) / small;
}

/// All tokens and pairs of tokens, once and as what opens and closes; then longer rows of them.
std::vector<Form> forms_of(const Subject& subject, std::size_t most, std::uint64_t seed) {
  std::uint64_t state = seed * 0x9E3779B97F4A7C15u + 1;
  auto random = [&state](std::size_t count) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return std::size_t(state % count);
  };
  const std::vector<std::string>& tokens = subject.tokens;
  std::vector<Form> forms, pairs;
  for (const Frame& frame : subject.frames)
    for (const std::string& a : tokens) {
      forms.push_back({frame, a, ""});
      for (const std::string& b : tokens) {
        if (a == b) continue;
        pairs.push_back({frame, a + b, ""});
        pairs.push_back({frame, a, b});
      }
    }
  std::size_t count = std::min(pairs.size(), most * 3 / 4);
  for (std::size_t i = 0; i < count; i++) {
    std::swap(pairs[i], pairs[i + random(pairs.size() - i)]);
    forms.push_back(pairs[i]);
  }
  auto row = [&](std::size_t length) {
    std::string out;
    while (length--) out += tokens[random(tokens.size())];
    return out;
  };
  for (std::size_t i = 0; i < most / 4; i++) {
    std::string first = row(3 + random(3)), then = random(4) ? std::string() : row(1 + random(2));
    forms.push_back({subject.frames[random(subject.frames.size())], first, then});
  }
  return forms;
}

/// Prints the subject's row; false when something grows too much.
bool measure(const Subject& subject, std::size_t most, std::uint64_t seed) {
  double worst = 0;
  std::string worst_form;
  int found = 0;
  std::vector<Form> forms = forms_of(subject, most, seed);
  for (const Form& form : forms) {
    double growth = 0;
    for (std::size_t size : kSizes) {
      growth = growth_of(subject, form, size);
      // Near the limit a larger text decides.
      if (growth < kMostGrowth - 0.1) break;
    }
    if (growth > worst) worst = growth, worst_form = form.name();
    if (growth <= kMostGrowth) continue;
    if (found++ < 8) std::printf("    %.2f %s\n", growth, form.name().c_str());
    if (growth > kMostBlocks / 100.0) break;
  }
  std::printf("%-24s %6zu  %5.2f  %s\n", subject.name.c_str(), forms.size(), std::min(worst, 99.0),
              worst_form.c_str());
  std::fflush(stdout);
  return found == 0;
}
}  // namespace
}  // namespace growth

int main(int count, char** arguments) {
  std::size_t most = 1500;
  std::uint64_t seed = 1;
  std::vector<std::string> names;
  for (int i = 1; i < count; i++) {
    std::string word = arguments[i];
    if (word.rfind("--forms=", 0) == 0)
      most = std::strtoull(word.c_str() + 8, nullptr, 10);
    else if (word.rfind("--seed=", 0) == 0)
      seed = std::strtoull(word.c_str() + 7, nullptr, 10);
    else
      names.push_back(word);
  }
  std::vector<growth::Subject> subjects;
  growth::add_subjects(subjects);
  growth::add_lexers(subjects);
  std::printf("%-24s %6s  %5s  %s\n", "parser", "forms", "most", "of the text");
  bool linear = true;
  for (const growth::Subject& subject : subjects) {
    bool wanted = names.empty();
    for (const std::string& name : names) wanted = wanted || subject.name.rfind(name, 0) == 0;
    if (wanted) linear = growth::measure(subject, most, seed) && linear;
  }
  return linear ? 0 : 1;
}
