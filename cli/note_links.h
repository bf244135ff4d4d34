// The links between the notes of a site of raw sources, which visitors load with a note
// (meridian/notes.h).
#pragma once
#include "made_files.h"
#include "open_site.h"

namespace meridian::cli {

/// Where the files are, beside the shell's.
inline constexpr const char* kNotesFolder = "meridian/notes/";

/// JSON files, each with the HTML of some notes by their addresses: `{"/Comets/": "…"}`. Which file
/// has a note says a hash of its address (web/notes/prepared.js). None where the site has no notes.
std::vector<MadeFile> make_note_links(OpenSite& opened, const Options& options);

/// Says in a manifest how many files there are.
void add_note_links(Text& manifest, const std::vector<MadeFile>& files);

}  // namespace meridian::cli
