// The core's connection with a site's plugins in JavaScript.
#pragma once

namespace meridian::wasm {

/// From now on functions of plugins are called by the function `mer_plugin` of the host.
void connect_plugins();
/// From now on no plugin is asked for, and none is called.
void refuse_plugins();

}  // namespace meridian::wasm
