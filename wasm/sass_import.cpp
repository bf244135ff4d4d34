#include "sass_import.h"

#include <cstdlib>

#include "meridian/site_modules.h"
#include "sass.h"
#include "sass/bundle.h"

extern "C" SassResult* mer_sass(const char* bundle, std::size_t size);

namespace meridian::wasm {

namespace {
bool compile_in_module(Str text, const sass::Options& options, const List<Source>& imported,
                       Text& css, Diagnostics& diagnostics) {
  Text bundle;
  sass::pack({text, options, imported}, bundle);
  SassResult* result = mer_sass(bundle.data(), bundle.size());
  if (!result) return false;
  if (result->size)
    css.add(sass::unpack_result(Str(reinterpret_cast<const char*>(result + 1), result->size),
                                diagnostics));
  else
    diagnostics.add(Severity::Error, options.path, "the sheet can't be compiled",
                    "it is nested too deeply, or takes too much memory: split it");
  std::free(result);
  return true;
}
}  // namespace

void connect_sass() { site::set_sass(compile_in_module); }

}  // namespace meridian::wasm
