// The theme as a part of the program.
#include "meridian/theme.h"

namespace meridian::theme {
namespace {
#include "theme_files.inc"
}  // namespace

Str embedded() { return {kFiles, sizeof kFiles - 1}; }

}  // namespace meridian::theme
