// Marks of Goldmark, Hugo's parser of Markdown, that GitHub's dialect does not have.
#pragma once
#include <string>

#include "meridian/text.h"

namespace meridian::cli::hugo {

/// Which extensions a site has (`markup.goldmark.extensions`); both are on unless it says no.
struct Goldmark {
  bool typographer = true;       ///< quotes, dashes and dots become typographic ones
  bool definition_lists = true;  ///< a term, and `: what it is` below it
};

/// The Markdown in which these marks are characters and `<dl>`. Code, HTML, Liquid, formulas and
/// addresses stay as they are; so do lists within lists. Linear: what closes a mark is looked for
/// in the next 2,000 bytes.
std::string without_extensions(Str text, const Goldmark& goldmark);

}  // namespace meridian::cli::hugo
