// libyaml's errors in an author's words.
#pragma once
#include <yaml.h>

#include "meridian/yaml.h"

namespace meridian::yaml {

constexpr char kQuoteValue[] = "put the whole value in quotes";

/// Reports the error in which the parser stopped. Its input is source.text from `begin` on.
void report(const yaml_parser_t& parser, const Source& source, std::size_t begin,
            Diagnostics& diagnostics);

/// False when the text is not UTF-8 or holds a character that YAML does not allow; then that is
/// reported.
bool check_characters(const Source& source, std::size_t begin, std::size_t size,
                      Diagnostics& diagnostics);

/// Zeroed bytes of an arena, for libyaml (see yaml_private.h).
extern "C" void* meridian_yaml_allocate(void* arena, std::size_t size);

}  // namespace meridian::yaml
