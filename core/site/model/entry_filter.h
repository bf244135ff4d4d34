// The entries of a folder that Jekyll reads: `include`, `exclude` and special names (EntryFilter).
#pragma once
#include "model/file_lookup.h"

namespace meridian::site {

/// A pattern of `include` or `exclude` that an entry matches (EntryFilter#glob_include?).
bool glob_include(const Array& patterns, Str entry, bool directory);

struct EntryFilter {
  explicit EntryFilter(FileLookup& request);

  /// EntryFilter#filter: `entry` inside the folder `base`.
  bool passes(Str base, Str entry, bool directory) const;
  /// Every folder on the way and the file itself pass, as read_directories walks down.
  bool walks_to(Str path) const;
  /// Whether a file of the folder of layouts is one (LayoutReader#entries_in).
  bool is_layout(Str inside) const;
  /// Whether a pattern of `include` matches.
  bool included(Str entry, bool directory) const;
  /// Whether `include` has this very path.
  bool names(Str path) const;
  /// Whether the path, or a folder on the way, is excluded, and none of them included.
  bool excludes(Str path) const;

 private:
  FileLookup& request_;
  Array& include_;
  Array& exclude_;  // without those that are in both
};

}  // namespace meridian::site
