// live.wasm: the editor's functions beyond rendering pages.
#include "live.h"

#include <cstdlib>

#include "alloc.h"
#include "meridian/check.h"
#include "meridian/live.h"
#include "meridian/site_modules.h"
#include "plugin_import.h"

using meridian::Live;
using meridian::Text;

namespace {
MeridianView* make_view(const Live& live, std::uint32_t status, bool direct, meridian::Str json) {
  std::size_t html = 0, shell = live.shell().size();
  if (direct) shell = 0;
  for (const Live::Part& part : live.parts()) html += part.html.size();
  std::uint32_t count = live.parts().size;
  std::size_t size =
      sizeof(MeridianView) + count * sizeof(std::uint32_t) + json.size() + shell + html;
  auto* view = static_cast<MeridianView*>(mer_alloc(size));
  if (!view) meridian::fatal();
  *view = {std::uint32_t(size),
           status,
           direct,
           std::uint32_t(json.size()),
           std::uint32_t(shell),
           std::uint32_t(html),
           live.is_new_shell() + 2u * live.is_whole(),
           std::uint32_t(live.content_at()),
           live.first(),
           live.gone(),
           count};
  auto* sizes = reinterpret_cast<std::uint32_t*>(view + 1);
  for (const Live::Part& part : live.parts()) *sizes++ = part.html16;
  auto* at = reinterpret_cast<char*>(sizes);
  auto add = [&](meridian::Str s) {
    if (!s.empty()) std::memcpy(at, s.data(), s.size());
    at += s.size();
  };
  add(json);
  if (!direct) add(live.shell());
  for (const Live::Part& part : live.parts()) add(part.html);
  return view;
}
}  // namespace

extern "C" {

MERIDIAN_EXPORT Live* mer_live_new(meridian::Workspace* workspace) {
  meridian::site::lead_to_authors();
  void* place = std::malloc(sizeof(Live));
  if (!place) meridian::fatal();
  return new (place) Live(*workspace);
}

MERIDIAN_EXPORT void mer_live_stranger(meridian::Workspace*) {
  meridian::use_untrusted_limits();
  meridian::wasm::refuse_plugins();
  meridian::wasm::set_memory_limit(meridian::kUntrustedMemory);
}

MERIDIAN_EXPORT void mer_live_author(meridian::Workspace* workspace) {
  meridian::site::lead_to_authors();
  void* place = std::malloc(sizeof(meridian::Author));
  if (!place) meridian::fatal();
  new (place) meridian::Author(*workspace);
}

MERIDIAN_EXPORT std::int32_t mer_live_follow(Live* live, const char* path, std::size_t size) {
  return live->follow({path, size});
}

MERIDIAN_EXPORT MeridianView* mer_live_edit(Live* live, std::uint32_t begin, std::uint32_t end,
                                            const char* text, std::size_t size) {
  return live->edit(begin, end, {text, size}) ? make_view(*live, 0, true, {}) : nullptr;
}

MERIDIAN_EXPORT MeridianView* mer_live_view(Live* live, const char* url, std::size_t size) {
  Text json;
  auto status = std::uint32_t(live->view({url, size}, json));
  return make_view(*live, status, false, json.str());
}

MERIDIAN_EXPORT std::uint32_t* mer_live_patch(Live* live, std::uint32_t first_part,
                                              const char* first_tag, std::size_t first_size,
                                              std::uint32_t first_number, std::uint32_t last_part,
                                              const char* last_tag, std::size_t last_size,
                                              std::uint32_t last_number, std::uint32_t elements,
                                              const char* html, std::size_t size) {
  meridian::patch::Edit edit;
  edit.first = {first_part, {first_tag, first_size}, first_number};
  edit.last = {last_part, {last_tag, last_size}, last_number};
  edit.elements = elements;
  edit.html = {html, size};
  meridian::FilePatch patch;
  const auto outcome = std::uint32_t(live->find_patch(edit, patch));
  meridian::Str insert = patch.insert.str();
  constexpr std::size_t kNumbers = 4;
  auto* block =
      static_cast<std::uint32_t*>(mer_alloc(kNumbers * sizeof(std::uint32_t) + insert.size()));
  if (!block) meridian::fatal();
  block[0] = outcome;
  const bool refused = outcome == std::uint32_t(meridian::patch::Outcome::Refused);
  block[1] = refused ? std::uint32_t(patch.reason) : patch.begin;
  block[2] = refused ? patch.line : patch.end;
  block[3] = std::uint32_t(insert.size());
  if (!insert.empty()) std::memcpy(block + kNumbers, insert.data(), insert.size());
  return block;
}

MERIDIAN_EXPORT void mer_live_flush(Live* live) { live->flush(); }

MERIDIAN_EXPORT void mer_live_forget(Live* live) { live->forget(); }

MERIDIAN_EXPORT std::uint32_t* mer_live_lines(Live* live, const char* path, std::size_t size) {
  meridian::Arena arena;
  meridian::List<std::uint32_t> lines;
  live->add_lines({path, size}, arena, lines);
  auto* block = static_cast<std::uint32_t*>(mer_alloc((lines.size + 1) * sizeof(std::uint32_t)));
  if (!block) meridian::fatal();
  block[0] = lines.size;
  if (lines.size) std::memcpy(block + 1, lines.begin(), lines.size * sizeof(std::uint32_t));
  return block;
}
}
