#include "plugin_import.h"

#include <cstdlib>

#include "abi.h"
#include "meridian/plugin_scripts.h"

extern "C" PluginResult* mer_plugin(const char* request, std::size_t size);

namespace meridian::wasm {

namespace {
bool call_in_host(Str request, Text& answer) {
  PluginResult* result = mer_plugin(request.data(), request.size());
  if (!result) return false;
  answer.add(reinterpret_cast<const char*>(result + 1), result->size);
  std::free(result);
  return true;
}
}  // namespace

void connect_plugins() { site::set_plugin_function(call_in_host); }
void refuse_plugins() { site::set_plugin_function(nullptr); }

}  // namespace meridian::wasm

extern "C" MERIDIAN_EXPORT PluginResult* mer_value(const char* expression, std::size_t size) {
  meridian::Text json;
  meridian::site::look_up_for_plugin({expression, size}, json);
  auto* result = static_cast<PluginResult*>(mer_alloc(sizeof(PluginResult) + json.size()));
  if (!result) meridian::fatal();
  result->size = std::uint32_t(json.size());
  if (json.size()) std::memcpy(result + 1, json.data(), json.size());
  return result;
}
