// What an author's tools do beyond rendering: they read on where Jekyll gives up, so that a page with a mistake in its
// front matter stays where it is while it is mended. Nothing of this is in meridian.wasm: visitors don't pay for it.
#pragma once
#include "meridian/writer.h"

namespace meridian {

/// A workspace of an author, whose mistakes are told: of front matter that can't be read every entry counts that can be
/// read by itself, and a `_config.yml` that can't be read leaves the settings as they were. What Jekyll would make of
/// the same files is what a workspace without an Author makes.
class Author : site::Mender {
 public:
  /// Outlives the workspace, which has been asked nothing yet.
  explicit Author(Workspace& workspace);
  Author(const Author&) = delete;
  Author& operator=(const Author&) = delete;

 private:
  static Map* keep_settings(Mender& self, site::File& config, Map* read, Arena& arena);

  Text settings_;  ///< `_config.yml` as it was when it could be read last
  bool has_settings_ = false;
};

}  // namespace meridian
