// A document's HTML as the text of its sections.
#pragma once
#include "meridian/search.h"
#include "meridian/text.h"

namespace meridian::search {

/// Reads sections in their order. The first one, without id and heading, is what stands before the
/// first heading that has an id, or that an element with an id begins with. A section longer than
/// kMaxSection goes on in another one with the same id and heading. Linear in the HTML.
///
///     SectionReader reader(html);
///     while (reader.next()) use(reader.id.str(), reader.heading.str(), reader.text.str());
class SectionReader {
 public:
  explicit SectionReader(Str html) : html_(html) {}
  bool next();

  /// Of the current section: plain text, one space between words, no control characters.
  Text id, heading, text;

 private:
  bool read();

  Str html_;
  std::size_t at_ = 0;
  Str start_;  ///< the id of the next section
  bool begun_ = false, has_heading_ = false, goes_on_ = false;
};

}  // namespace meridian::search
