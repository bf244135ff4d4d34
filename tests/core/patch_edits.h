// What the tests of writing on the page share: places and references of a page's elements.
#pragma once
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "../../core/markdown/commonmark.h"
#include "../../core/markdown/commonmark_module.h"
#include "meridian/patch.h"
#include "meridian/text.h"

using namespace meridian;
using namespace meridian::markdown;
using patch::Edit;
using patch::Outcome;
using patch::Patch;
using patch::Place;

inline Options github() {
  // In wasm it is a module of its own.
  set_commonmark(commonmark_parse);
  Options options;
  options.dialect = Dialect::GitHub;
  return options;
}

/// What becomes of a text; of a refused edit, why and where.
struct Answer {
  Outcome outcome;
  std::string text;
  patch::Reason reason;
  std::size_t at;
};

inline Answer answer(const std::string& text, const Options& options, const Edit& edit) {
  LiveDocument document;
  document.open(text, options);
  Arena arena;
  Patch patch;
  const Outcome outcome = find_patch(document, edit, arena, patch);
  REQUIRE(document.text() == text);
  std::string changed = text;
  if (outcome == Outcome::Found)
    changed.replace(patch.begin, patch.end - patch.begin, std::string(patch.insert));
  return {outcome, changed, patch.reason, patch.begin};
}

/// The element with this number among those of its name on the whole page.
inline Place place_of(const LiveDocument& document, const char* tag, std::uint32_t number) {
  for (std::uint32_t part = 0; part < document.parts().size; ++part) {
    std::uint32_t here = 0;
    Tag found;
    for (std::size_t at = 0; next_tag(document.parts()[part].html, at, found); at = found.end) {
      if (found.closing || !found.is(tag)) continue;
      if (number == 0) return {part, tag, here};
      --number;
      ++here;
    }
  }
  return {~0u, tag, 0};
}

/// The HTML of an element of a page, its elements as references.
inline std::string referring(Str html, const Place& place, std::uint32_t& elements,
                             std::vector<std::string>* names = nullptr) {
  std::string out;
  std::uint32_t skip = place.number;
  std::vector<std::string> open;
  elements = 0;
  std::size_t from = 0;
  bool inside = false;
  Tag tag;
  bool code = false;
  for (std::size_t at = 0; next_tag(html, at, tag); at = tag.end) {
    // A block of code has its text alone.
    if (inside && code && !(tag.closing && tag.is("pre"))) {
      out += std::string(slice(html, from, tag.begin));
      from = tag.end;
      continue;
    }
    code = tag.is("pre") && !tag.closing;
    if (!inside) {
      if (tag.closing || !tag.is(place.tag) || skip-- > 0) continue;
      inside = true;
      from = tag.begin;
    }
    out += std::string(slice(html, from, tag.begin));
    from = tag.end;
    const bool empty = tag.is("br") || tag.is("img") || tag.is("input");
    if (!tag.closing) {
      if (names) names->emplace_back(tag.name);
      std::string name = "m-" + std::to_string(elements++);
      out += "<" + name + ">";
      if (empty) out += "</" + name + ">";
      if (!empty) open.push_back(name);
      continue;
    }
    out += "</" + open.back() + ">";
    open.pop_back();
    if (open.empty()) return out;
  }
  return out;
}
