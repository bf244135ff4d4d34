#pragma once

#include "meridian/base.h"

namespace meridian {

/// Adds the first 16 hexadecimal digits of git's name for a blob: SHA-1 of "blob SIZE\0" and the
/// bytes. GitHub lists these names for all files of a repository, so that one request tells which
/// files have changed. 64 bits tell the versions of one file apart.
void add_git_hash(Text& out, Str bytes);

}  // namespace meridian
