#include "external/links.h"

#include <set>

#include "check/page_addresses.h"
#include "check/pages.h"
#include "disk.h"
#include "external/cache.h"
#include "external/places.h"
#include "printable.h"
#include "progress.h"

namespace meridian::cli::external {

namespace {
// Requests of one check: some minutes. The sources may be a stranger's, who shall not have others
// flooded. The next check goes on with the rest, since the cache knows the first ones.
constexpr std::size_t kMostAsked = 2000;
// Places of addresses that are kept: some 50 MB.
constexpr std::size_t kMostUses = 200'000;

std::string quoted(const std::string& address) { return "`" + printable(address) + "`"; }

/// What is told of an address; an empty message: nothing.
struct Finding {
  Report report{Severity::Info};
  std::string message;
  const char* remedy = "";
};

Finding finding_of(const Outcome& outcome, const std::string& href) {
  std::string address = ": " + quoted(href), why = " (" + printable(outcome.reason);
  if (!outcome.last.empty()) why += " at " + quoted(outcome.last);
  switch (outcome.fate) {
    case Fate::Gone:
    case Fate::NoHost:
      return {{Severity::Warning, Rule::DeadLink},
              "this address leads nowhere" + address + why + ")",
              "correct it, or remove it"};
    case Fate::Unknown:
      return {{Severity::Info, Rule::UncheckedLink},
              "whether this address leads anywhere is not known" + address + why + ")",
              "open it in a browser, or check again later"};
    case Fate::Private:
      return {{Severity::Info, Rule::UncheckedLink},
              "this address leads into a private network, and was not checked" + address,
              "other readers can't follow it"};
    case Fate::Good: break;
  }
  if (outcome.moved_to.empty()) return {};
  return {{Severity::Info, Rule::MovedLink},
          "this address has moved for good to " + quoted(outcome.moved_to) + address,
          "write the new one"};
}
}  // namespace

ExternalLinks::ExternalLinks(Workspace& workspace) : workspace_(workspace) {
  Arena arena;
  const Map* config = workspace.site().config();
  if (auto home = config ? web_address(to_str(arena, config->get("url"))) : std::nullopt)
    own_host_ = home->host;
}

void ExternalLinks::page(const OutputFile& output, Str html) {
  if (!site::is_html(site::extension_of(output.path))) return;
  const std::size_t number = pages_.size();
  pages_.push_back({std::string(output.path), std::string(output.source)});
  std::set<std::string> seen;
  auto add = [&](Str raw) {
    if (raw = strip(raw); !raw.empty() && seen.emplace(raw).second) use(number, raw);
  };
  for (Tag tag; next_tag(html, tag.end, tag);) {
    if (tag.closing || tag.attributes.empty()) continue;
    check::each_address(tag, [&](const char* name, bool) { add(attribute(tag, name)); });
    if (check::is_element(tag, check::kWithSource))
      check::each_candidate(attribute(tag, "srcset"), add);
  }
}

void ExternalLinks::use(std::size_t page, Str raw) {
  Arena arena;
  Str href = check::without_references(arena, raw);
  // What a template left unrendered.
  if (href.find_first_of("{}\n\r<>") != Str::npos) return;
  auto address = web_address(href);
  if (!address || address->host == own_host_) return;
  if (uses_.size() == kMostUses) {
    left_out_ = true;
    return;
  }
  auto [number, is_new] = numbers_.emplace(address->text, addresses_.size());
  if (is_new) addresses_.push_back(std::move(*address));
  uses_.push_back({page, number->second, std::string(href), std::string(raw)});
}

void ExternalLinks::ask(Asker& asker, const AskLimits& limits, bool quiet) {
  Cache cache(seconds_now());
  outcomes_.resize(addresses_.size());
  std::vector<WebAddress> asked;
  std::vector<std::size_t> numbers;
  for (std::size_t i = 0; i < addresses_.size(); i++) {
    if (const Outcome* known = cache.find(addresses_[i].text)) {
      outcomes_[i] = *known;
    } else if (asked.size() < kMostAsked) {
      asked.push_back(addresses_[i]);
      numbers.push_back(i);
    } else {
      unasked_++;
    }
  }
  Progress progress{.quiet = quiet, .total = asked.size(), .things = "addresses"};
  Survey result = survey(asker, limits, asked, [&] { progress.step(); });
  progress.clear();
  for (std::size_t i = 0; i < asked.size(); i++) {
    Outcome& outcome = result.outcomes[i];
    // Without a network no name is known.
    if (outcome.fate == Fate::NoHost && !result.any_answer) outcome.fate = Fate::Unknown;
    cache.keep(asked[i].text, outcome);
    outcomes_[numbers[i]] = std::move(outcome);
  }
  cache.save();
}

void ExternalLinks::check(Asker& asker, const AskLimits& limits, bool quiet,
                          Diagnostics& findings) {
  ask(asker, limits, quiet);
  report(findings);
  if (unasked_)
    findings.add({Severity::Info, Rule::Limit}, workspace_.site().config_path(),
                 std::to_string(unasked_) + " more addresses of other hosts were not requested",
                 "check again: the answers so far are kept");
  if (left_out_)
    findings.add({Severity::Warning, Rule::Limit}, workspace_.site().config_path(),
                 "the pages have more addresses of other hosts than are kept", "");
}

void ExternalLinks::report(Diagnostics& findings) {
  Places places(workspace_);
  std::vector<const Use*> told;
  for (const Use& one : uses_)
    if (!finding_of(outcomes_[one.address], one.href).message.empty()) {
      told.push_back(&one);
      places.add(pages_[one.page].source, one.href, one.raw);
    }
  places.find();
  // Of what stands in no page's own source, once: a layout is a part of many pages.
  std::set<std::pair<const Source*, std::string>> shared;
  for (std::size_t i = 0; i < told.size(); i++) {
    const Use& one = *told[i];
    const Finding finding = finding_of(outcomes_[one.address], one.href);
    const check::Place& place = places[i];
    if (!places.is_own(i) && !shared.emplace(place.source, one.href).second) continue;
    if (place.source) {
      findings.add(finding.report, *place.source, place.at, finding.message, finding.remedy);
    } else {
      const Page& page = pages_[one.page];
      bool own = !page.source.empty() && page.source.rfind("theme:", 0) != 0;
      findings.add(finding.report, own ? page.source : page.path, finding.message, finding.remedy);
    }
  }
}

}  // namespace meridian::cli::external
