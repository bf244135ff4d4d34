// Blocks of which Hugo Blox makes landing pages (`sections`), and widgets, as older sites have
// them.
#pragma once
#include <string>

#include "author.h"
#include "documents.h"

namespace meridian::cli::hugo {

/// Whether a block, or a widget, becomes text and lists, so that nothing of it is lost.
bool is_known_block(Str name);

/// The person whose text the block shows; nullptr: it shows none.
const Page* person_of_block(Str name, const Map& content, const Persons& persons);

/// What the block shows besides its title and text, as Markdown and Liquid: lists of pages and of
/// persons, entries with dates, how to reach somebody. Empty: nothing. `content` is the map of that
/// name of a block; of a widget that, too, over the front matter.
std::string block_text(Str name, const Map& content, const Documents& documents,
                       const Settings& settings);

/// Interests, education, work and what else a person's front matter lists, as Markdown with which
/// the person's page ends.
std::string person_text(const Page& page);

}  // namespace meridian::cli::hugo
