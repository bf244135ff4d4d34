// The parts of a site that a host connects once at its start: the command links the rooms that have
// them, in the browser each is a module of its own, which is loaded when a page asks for it.
#pragma once
#include "meridian/sass.h"
#include "meridian/text.h"
#include "meridian/value.h"

namespace meridian::site {

/// sass::compile(): compiles a style sheet, with all files that it imports. An error is a
/// diagnostic, and leaves `css` empty. False when the module that has it is not loaded.
using SassCompiler = bool (*)(Str text, const sass::Options& options, const List<Source>& imported,
                              Text& css, Diagnostics& diagnostics);
void set_sass(SassCompiler compiler);

/// travel::add_itinerary(): a line for each stop in, lines out. False when the module that has it
/// is not loaded.
using ItineraryFunction = bool (*)(Str stops, bool by_date, Text& out);
void set_itinerary(ItineraryFunction itinerary);

/// Reads a file of settings in TOML. False with a diagnostic. Without one, such a file is reported
/// as not read: browsers have none.
using TomlReader = bool (*)(const Source& source, Arena& arena, Value& out,
                            Diagnostics& diagnostics);
void set_toml(TomlReader reader);

/// Errors in the theme's templates name the author's file and key from now on. Hosts that only
/// readers have don't link it.
void lead_to_authors();

}  // namespace meridian::site
