// Bibliographies in the command.
#pragma once

namespace meridian::cli {

/// From now on jekyll-scholar's tags are answered.
void connect_bibliography();

}  // namespace meridian::cli
