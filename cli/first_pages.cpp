#include "first_pages.h"

namespace meridian::cli {

std::vector<MadeFile> files_of(FirstPages& first) {
  return numbered_files(kFirstFolder, first.arrange(),
                        [&](std::uint32_t i, Text& text) { first.print(i, text); });
}

std::string home_of(const FirstPages& first) {
  Text text;
  return first.print_home(text) ? std::string(text.str()) : std::string();
}

}  // namespace meridian::cli
