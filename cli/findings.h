// The findings of a check, as a person or a program reads them.
#pragma once
#include <string>

#include "meridian/value.h"

namespace meridian::cli {

/// The forms: for people; a JSON array; SARIF 2.1.0, which code hosts and editors read; commands of
/// GitHub's workflows, which become annotations of a change.
enum class Format { Text, Json, Sarif, Github };

/// False when there is no format of this name.
bool format_named(const std::string& name, Format& format);

/// Prints all of them. Paths become relative to the working folder for Github and Sarif, by
/// `folder`, that of the sources: what reads them knows the repository only.
void print_findings(const Diagnostics& findings, Format format, const std::string& folder,
                    Text& out);

/// Prints the first findings of each rule for people, and how many more there are: three of a file,
/// of three files.
void print_first_findings(const Diagnostics& findings, Text& out);

/// The array of JSON: maps with severity, rule, file, line, column, message, remedy, excerpt.
Array* list_of(Arena& arena, const Diagnostics& findings);

/// Says so when there are more findings than are told.
void tell_of_rest(const Diagnostics& findings);

}  // namespace meridian::cli
