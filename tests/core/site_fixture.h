// A workspace that holds one site, as the tests of site/ use it.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "rendered.h"

/// A site of these files and no others.
struct Fixture {
  meridian::Workspace w;
  Fixture(std::initializer_list<std::pair<meridian::Str, meridian::Str>> files) {
    put_site(w, files);
  }
  std::string html(meridian::Str url) { return render(w, url).html; }
};
