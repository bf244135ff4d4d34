// What libyaml's errors mean to an author.
#pragma once
#include <yaml.h>

#include "meridian/yaml.h"

namespace meridian::yaml {

/// Reports the error in which the parser stopped. Its input is source.text from `begin` on.
void report(const yaml_parser_t& parser, const Source& source, std::size_t begin, Diagnostics& diagnostics);

/// Byte offset in the source of a place in the parser's input.
std::size_t offset_of(const yaml_mark_t& mark, const Source& source, std::size_t begin);

}  // namespace meridian::yaml
