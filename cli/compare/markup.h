// The tokens of HTML and XML.
#pragma once
#include <string_view>

#include "tokens.h"

namespace meridian::cli::comparison {

/// Appends the tokens of a document. Of HTML end tags are added where they may be left out
/// (13.1.2.4 of the HTML standard), white space is collapsed as CSS shows it, and what stands in
/// scripts and sheets is words. Elements are not moved as browsers move misplaced ones.
void read_markup(std::string_view text, bool xml, Texts& texts, Tokens& out);

}  // namespace meridian::cli::comparison
