// Numbers and texts that a process tells another one of the same program.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace meridian::cli {

/// They are read in the order in which they were added.
class Message {
 public:
  Message() = default;
  explicit Message(std::string bytes) : bytes_(std::move(bytes)) {}
  void add(std::uint64_t number);
  void add(std::string_view text);
  /// Behind the end: 0, and the empty text.
  std::uint64_t number();
  std::string_view text();
  const std::string& bytes() const { return bytes_; }

 private:
  std::string bytes_;
  std::size_t at_ = 0;
};

}  // namespace meridian::cli
