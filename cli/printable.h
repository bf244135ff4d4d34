// Names and texts of strangers on a terminal.
#pragma once
#include <string>
#include <string_view>

namespace meridian::cli {

/// The text without control characters, which could move a terminal's cursor or change its colours,
/// and with U+FFFD for bytes that are not UTF-8.
std::string printable(std::string_view text);

}  // namespace meridian::cli
