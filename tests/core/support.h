// Shared by the tests of several rooms.
#pragma once
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "meridian/value.h"

namespace support {

/// Empty when the file can't be read. Tests run in the repository's root.
inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(file), {});
}

/// Corpora of other projects are beside the repository, or in the folder MERIDIAN_SHARED; tests
/// that need them are skipped when they are missing.
inline std::string read_shared(const std::string& path) {
  const char* folder = std::getenv("MERIDIAN_SHARED");
  return read_file(std::string(folder ? folder : "../shared") + "/" + path);
}

inline std::string inspect(const meridian::Value& v) {
  meridian::Text text;
  meridian::inspect(v, text);
  return std::string(text.str());
}

inline std::string print(const meridian::Value& v) {
  meridian::Text text;
  meridian::print(v, text);
  return std::string(text.str());
}

inline std::string print_all(const meridian::Diagnostics& diagnostics) {
  meridian::Text text;
  for (const meridian::Diagnostic& d : diagnostics) print(d, text);
  return std::string(text.str());
}

/// Other limits until the end of a test.
struct OtherLimits {
  std::size_t memory = meridian::max_memory;
  meridian::Limits limits = meridian::limits;
  ~OtherLimits() {
    meridian::max_memory = memory;
    meridian::limits = limits;
  }
};

}  // namespace support
