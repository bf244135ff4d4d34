#include "meridian/stills.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

using namespace meridian;

namespace {
std::string add(Str page, GlobeUse& use) {
  Stills stills;
  Arena arena;
  return std::string(stills.add(page, arena, use));
}
}  // namespace

TEST_CASE("Stills: without land a page is unchanged, and GlobeUse is set") {
  GlobeUse known, unknown, none;
  Str page = "<meridian-globe><li data-lon=1 data-lat=2>A</meridian-globe>";
  CHECK(add(page, known) == page);
  CHECK((known.any && !known.places));
  add("<meridian-globe><li>Berlin</meridian-globe>", unknown);
  CHECK((unknown.any && unknown.places));
  add("<!-- <meridian-globe> --><script>'<meridian-globe>'</script>", none);
  CHECK_FALSE(none.any);
}

TEST_CASE("Stills: unclosed tags are passed over") {
  for (const char* page :
       {"<meridian-globe", "<meridian-globe a=\"", "<meridian-globe><li data-lon",
        "<meridian-globe><", "<meridian-globe><li data-lon=", "<meridian-globe><!--", "</", "<"}) {
    GlobeUse use;
    CHECK(add(page, use) == page);
  }
}
