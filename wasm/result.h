// The results of the core and of the playground's core.
#pragma once
#include "abi.h"
#include "meridian/workspace.h"

namespace meridian::wasm {

/// One block, to be released by mer_free.
inline MeridianResult* make_result(site::Status status, Str html, Str json) {
  std::size_t size = sizeof(MeridianResult) + html.size() + json.size();
  auto* result = static_cast<MeridianResult*>(mer_alloc(size));
  if (!result) fatal();
  *result = {std::uint32_t(size), std::uint32_t(status), std::uint32_t(html.size()),
             std::uint32_t(json.size())};
  char* at = reinterpret_cast<char*>(result + 1);
  if (html.size()) std::memcpy(at, html.data(), html.size());
  if (json.size()) std::memcpy(at + html.size(), json.data(), json.size());
  return result;
}

}  // namespace meridian::wasm
