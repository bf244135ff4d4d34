// A site's outputs written by several processes: each writes files, and tells in the end what
// belongs to all of them.
#include <algorithm>

#include "processes.h"
#include "progress.h"
#include "site_build.h"

namespace meridian::cli {

namespace {
/// A problem, and the number of the output that has it.
struct Found {
  std::uint64_t output;
  Diagnostic problem;
};

void tell(Message& told, const Diagnostic& d) {
  told.add(std::uint64_t(d.severity));
  told.add(std::uint64_t(d.rule));
  told.add(d.line);
  told.add(d.column);
  for (Str text : {d.file, d.message, d.remedy, d.excerpt}) told.add(text);
}

/// Its texts are copied.
Diagnostic hear_diagnostic(Message& told, Arena& arena) {
  Diagnostic d;
  d.severity = Severity(told.number());
  d.rule = Rule(told.number());
  d.line = std::uint32_t(told.number());
  d.column = std::uint32_t(told.number());
  for (Str* text : {&d.file, &d.message, &d.remedy, &d.excerpt}) *text = arena.copy(told.text());
  return d;
}
}  // namespace

bool SiteBuild::write_in_processes(std::size_t processes, Progress& progress) {
  Diagnostics& diagnostics = opened_.diagnostics;
  const std::uint32_t known = diagnostics.size();
  std::vector<std::size_t> of_problems;  // outputs of one process
  Arena arena;
  std::vector<Found> found;  // by all of them
  Job job;
  job.pieces = made_.size();
  job.begin = [&](unsigned process) { destination_.begin_process(process); };
  job.work = [&](std::size_t output) {
    write(made_[output]);
    of_problems.resize(diagnostics.size() - known, output);
    return !destination_.stopped();
  };
  job.end = [&](Message& told) {
    destination_.tell(told);
    tell_marks(told);
    if (options_.watch) tell_sources(told);
    told.add(of_problems.size());
    for (std::size_t i = 0; i < of_problems.size(); i++) {
      told.add(of_problems[i]);
      tell(told, diagnostics.begin()[known + i]);
    }
  };
  job.hear = [&](Message& told) {
    destination_.hear(told);
    hear_marks(told);
    if (options_.watch) hear_sources(told);
    for (std::uint64_t count = told.number(); count--;) {
      std::uint64_t output = told.number();
      found.push_back({output, hear_diagnostic(told, arena)});
    }
  };
  job.progress = [&](std::size_t done) { progress.reach(done); };
  Shared shared = share(job, processes);
  if (shared == Shared::NotBegun) return false;
  if (shared == Shared::Died) destination_.give_up();
  // As one process finds them.
  std::stable_sort(found.begin(), found.end(),
                   [](const Found& a, const Found& b) { return a.output < b.output; });
  for (const Found& one : found) diagnostics.add(one.problem);
  return true;
}

/// What pages say of the whole site.
std::array<bool*, 4> SiteBuild::marks() {
  return {&opened_.globes.any, &opened_.globes.places, &opened_.unread, &has_button_};
}

void SiteBuild::tell_marks(Message& told) {
  for (const bool* mark : marks()) told.add(*mark);
  told.add(named_->names().size());
  for (const std::string& name : named_->names()) told.add(name);
}

void SiteBuild::hear_marks(Message& told) {
  for (bool* mark : marks()) *mark |= told.number() != 0;
  for (std::uint64_t count = told.number(); count--;) named_->add(std::string(told.text()));
}

/// What outputs are made of, for changes that follow.
void SiteBuild::tell_sources(Message& told) const {
  std::vector<const std::string*> paths(numbers_.size());
  for (const auto& [path, number] : numbers_) paths[number] = &path;
  for (const Made& made : made_) {
    told.add(made.sources.size());
    for (std::uint32_t source : made.sources) told.add(*paths[source]);
  }
}

void SiteBuild::hear_sources(Message& told) {
  for (Made& made : made_)
    for (std::uint64_t sources = told.number(); sources--;)
      made.sources.push_back(number_of(told.text()));
}

}  // namespace meridian::cli
