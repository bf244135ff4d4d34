// The files of languages, of programs that have them all.
#include "meridian/rouge.h"

namespace meridian::rouge {

namespace {
#include "lexer_files.inc"
}  // namespace

Str lexer_files() { return {reinterpret_cast<const char*>(kBytes), sizeof kBytes}; }

}  // namespace meridian::rouge
