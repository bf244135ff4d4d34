// Where the addresses of pages stand in the sources: in a page's own, else in another that pages
// are made of.
#pragma once
#include <string>
#include <vector>

#include "check/addresses.h"
#include "meridian/workspace.h"

namespace meridian::cli::external {

class Places {
 public:
  explicit Places(Workspace& workspace) : workspace_(workspace) {}
  /// Adds an address of a page that is made of the file `source`, as it reads in HTML, without
  /// character references and with them. Those of one page come one after the other.
  void add(const std::string& source, const std::string& href, const std::string& raw);
  /// Looks for all of them. Linear in the sources, but for addresses that begin alike, whose
  /// comparisons are bounded.
  void find();
  /// By the order in which they were added; without a source where it stands nowhere.
  const check::Place& operator[](std::size_t number) const { return places_[number]; }
  /// Whether it is in the page's own source.
  bool is_own(std::size_t number) const { return own_[number]; }

 private:
  struct Wanted {
    std::string source, href, raw;
  };
  void find_in_pages();
  void find_in_shared();

  Workspace& workspace_;
  std::vector<Wanted> wanted_;
  std::vector<check::Place> places_;
  std::vector<bool> own_;
  std::uint64_t work_ = 0;
};

}  // namespace meridian::cli::external
