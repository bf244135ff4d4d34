// Texts on a terminal: of strangers, and numbers of things.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace meridian::cli {

/// The text without control characters, which could move a terminal's cursor or change its colours,
/// and with U+FFFD for bytes that are not UTF-8.
std::string printable(std::string_view text);

/// The same for a text of several lines: their ends stay, and tabs.
std::string printable_lines(std::string_view text);

/// Prints why a command does nothing of what was asked; the exit status of wrong use.
int refuse(const std::string& message);

/// `1 file`, `2 files`.
std::string counted(std::size_t number, const char* one);

}  // namespace meridian::cli
