// The commands. Each prints its findings and returns the exit status.
#pragma once
#include "options.h"

namespace meridian::cli {

/// Pages as HTML files; with --watch it goes on until it is interrupted.
int build(const Options& options);
/// Sources, shell and manifest, for a host whose visitors' browsers render.
int build_raw(const Options& options);
int check(const Options& options);
/// What differs between two folders of a built site.
int compare(const Options& options);
/// What of the sources Meridian shows otherwise than Jekyll, and why.
int doctor(const Options& options);
/// Writes the sources of a site of Hugo as those of a new one.
int import_site(const Options& options);
/// Writes the manifest, and sets its mark in a shell beside the sources.
int index(const Options& options);
/// Writes the one page of the shell, or the shell, beside the sources.
int init(const Options& options);
/// Writes title, metadata and text for readers without scripts into a shell beside the sources.
int head(const Options& options);
/// Writes the sources of a site to begin with into a new folder.
int new_site(const Options& options);
/// Adds, lists and removes themes of Jekyll's beside the sources.
int theme(const Options& options);
/// Replaces the shell beside the sources by that of this program.
int upgrade(const Options& options);
/// One page to standard output.
int render(const Options& options);

}  // namespace meridian::cli
