// The C ABI of meridian.wasm. Pointers are byte offsets in the instance's memory, strings UTF-8
// with their length. web/engine/abi.js is the only script that calls these; the list of exports is
// core.exports.
#pragma once
#include <cstddef>
#include <cstdint>

/// Marks an export of a module.
#define MERIDIAN_EXPORT __attribute__((used, visibility("default")))

namespace meridian {
class Workspace;
}

/// The result of mer_render: this header, then html_size bytes of HTML, then json_size bytes of
/// JSON. One block, released by one mer_free.
struct MeridianResult {
  std::uint32_t size;    ///< of the whole block
  std::uint32_t status;  ///< 0 ready, 1 needs, 2 redirect, 3 not found
  std::uint32_t html_size;
  std::uint32_t json_size;
};

/// `size` bytes follow.
struct PluginResult {
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by mer_free; 0 when memory is used up.
void* mer_alloc(std::size_t size);
void mer_free(void* block);

/// It lives as long as the instance.
meridian::Workspace* mer_workspace_new();

/// A file's bytes arrived; they are copied. 0 when the path leads out of the site.
std::int32_t mer_put(meridian::Workspace* workspace, const char* path, std::size_t path_size,
                     const char* data, std::size_t data_size);
/// Records that the file was requested and does not exist, or was deleted.
std::int32_t mer_put_missing(meridian::Workspace* workspace, const char* path,
                             std::size_t path_size);
/// Sets the list of the host's files, as JSON (meridian.json as it is, or {"files": […],
/// "complete": …}). 0 when it is malformed.
std::int32_t mer_list(meridian::Workspace* workspace, const char* json, std::size_t json_size);
/// {"baseurl", "baseurl_found", "url", "time", "environment", "drafts", "future", "theme",
/// "plugins"}
std::int32_t mer_options(meridian::Workspace* workspace, const char* json, std::size_t json_size);
/// A time zone's transitions: [[seconds, offset in minutes, "CET"], …]
std::int32_t mer_zone(meridian::Workspace* workspace, const char* name, std::size_t name_size,
                      const char* json, std::size_t json_size);
/// Adds templates: meridian/theme.txt and the packs beside it as they are; copied. Before the first
/// page that uses them.
void mer_theme(meridian::Workspace* workspace, const char* files, std::size_t size);
/// Renders the page at a URL, or names what it needs.
MeridianResult* mer_render(meridian::Workspace* workspace, const char* url, std::size_t url_size);
/// The pages that search finds, or the content of one of them: Workspace::search().
MeridianResult* mer_search(meridian::Workspace* workspace, const char* path, std::size_t path_size);
/// While the import `mer_plugin` runs, which calls a function of a site's plugin: the value of a
/// Liquid expression, as JSON; nothing when there is too much of it. Released by mer_free.
PluginResult* mer_value(const char* expression, std::size_t size);
}
