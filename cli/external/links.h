// `meridian check --external`: the addresses of a site's pages that lead to other hosts.
//
//     ExternalLinks links(workspace);
//     for (…) links.page(output, html);               // each page of the site
//     links.check(*asker, limits, false, findings);   // asks, and tells what is wrong
#pragma once
#include <map>
#include <string>
#include <vector>

#include "external/survey.h"
#include "meridian/writer.h"

namespace meridian::cli::external {

class ExternalLinks {
 public:
  /// After the site's settings were read. Borrows the workspace.
  explicit ExternalLinks(Workspace& workspace);
  /// Reads a page as it is written.
  void page(const OutputFile& output, Str html);
  /// Asks for those that the cache does not know, and adds findings at the places where the
  /// addresses stand in the sources. Progress is shown on a terminal, unless `quiet`. Once.
  void check(Asker& asker, const AskLimits& limits, bool quiet, Diagnostics& findings);
  /// Different addresses.
  std::size_t size() const { return addresses_.size(); }

 private:
  /// An address on a page.
  struct Use {
    std::size_t page, address;
    /// As written, without character references; with them.
    std::string href, raw;
  };
  struct Page {
    std::string path, source;
  };
  void use(std::size_t page, Str raw);
  void ask(Asker& asker, const AskLimits& limits, bool quiet);
  void report(Diagnostics& findings);

  Workspace& workspace_;
  std::string own_host_;
  std::vector<Page> pages_;
  std::vector<WebAddress> addresses_;
  /// Text → index in `addresses_`.
  std::map<std::string, std::size_t> numbers_;
  std::vector<Use> uses_;
  /// By index in `addresses_`.
  std::vector<Outcome> outcomes_;
  /// Of addresses that were left out, because there are too many.
  std::size_t unasked_ = 0;
  bool left_out_ = false;
};

}  // namespace meridian::cli::external
