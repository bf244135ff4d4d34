#include "message.h"

#include <algorithm>
#include <cstring>

namespace meridian::cli {

void Message::add(std::uint64_t number) {
  bytes_.append(reinterpret_cast<const char*>(&number), sizeof number);
}

void Message::add(std::string_view text) {
  add(text.size());
  bytes_ += text;
}

std::uint64_t Message::number() {
  std::uint64_t number = 0;
  if (bytes_.size() - at_ < sizeof number) return 0;
  std::memcpy(&number, bytes_.data() + at_, sizeof number);
  at_ += sizeof number;
  return number;
}

std::string_view Message::text() {
  std::size_t size = std::min(std::size_t(number()), bytes_.size() - at_);
  std::string_view text = std::string_view(bytes_).substr(at_, size);
  at_ += size;
  return text;
}

}  // namespace meridian::cli
