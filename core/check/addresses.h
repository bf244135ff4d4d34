// Where addresses stand in texts: all of them are found in one pass over each text.
#pragma once
#include "meridian/value.h"

namespace meridian::check {

/// A place in a source, and how sure it is that the address is meant there; less is surer.
struct Place {
  static constexpr std::uint32_t kNone = ~std::uint32_t(0);
  const Source* source = nullptr;
  std::size_t at = 0;
  std::uint32_t doubt = kNone;
};

/// A set of addresses, each in the forms in which an author may have written it.
class Addresses {
 public:
  explicit Addresses(Arena& arena) : arena_(arena), heads_{&arena} {}
  /// What stands behind a form: an end of the address, the same but not in Markdown, a template's
  /// `{{`, or anything.
  enum Behind : std::uint8_t { End, EndInHtml, Template, Any };
  /// Adds a form of the address number `who`; `rank` says which form is surer, less is surer. The
  /// bytes are borrowed. Forms without a letter, digit or the like are left out.
  void add(std::uint32_t who, Str form, std::uint32_t rank, Behind behind = End);
  /// Looks for all of them; `places` has one for each number, and gets what is surer than what it
  /// has. O(text), but for forms that begin alike, whose comparisons count in `work`, in bytes.
  void find(const Source& source, Place* places, std::uint64_t& work) const;
  bool empty() const { return !heads_.size(); }

 private:
  struct Form {
    Str text;
    std::uint32_t who, rank, lead;
    Behind behind;
    Form* next;
  };
  Arena& arena_;
  /// First run of characters that are no ends → forms that begin with it.
  Map heads_;
  List<Form*> forms_;
};

}  // namespace meridian::check
