// The words of the command line: sub-commands, which options each takes, and the help that says so.
#pragma once
#include <string>
#include <string_view>

namespace meridian::cli {

/// What `--help` prints; of a sub-command, when one is given.
std::string help(std::string_view command = {});

bool is_command(std::string_view name);

/// Whether a sub-command takes an option, as `--strict`.
bool takes(std::string_view command, std::string_view option);

/// The sub-commands that take an option, as "`check`, `doctor` or `import`"; empty: there is no
/// such option.
std::string commands_with(std::string_view option);

/// Whether the sub-command takes the folder of the sources as an argument, as `meridian build DIR`.
bool takes_folder(std::string_view command);

/// The sub-command, or the option of a sub-command (empty: of any), that a misspelt word is nearest
/// to by edit distance; empty: none is near.
std::string nearest_command(std::string_view word);
std::string nearest_option(std::string_view command, std::string_view word);

}  // namespace meridian::cli
