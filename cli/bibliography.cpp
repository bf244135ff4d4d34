#include "bibliography.h"

#include "meridian/bibliography.h"
#include "meridian/scholar.h"

namespace meridian::cli {

void connect_bibliography() {
  site::set_scholar([](Str request, Text& json) {
    static scholar::Engine engine;
    engine.answer(request, json);
    return true;
  });
}

}  // namespace meridian::cli
