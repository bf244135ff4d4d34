#include "site_build.h"

#include <algorithm>

#include "disk.h"
#include "meridian/site_search.h"
#include "processes.h"
#include "progress.h"
#include "search_index.h"
#include "shell.h"

namespace meridian::cli {

namespace {
/// Sources of which more is made than the pages that use them: the site's settings, its address,
/// and its own filters and tags.
bool concerns_all(const site::Site& site, const std::string& path) {
  return site.has_settings(path) || path == "CNAME" || path == "Gemfile" ||
         path.rfind("_plugins/", 0) == 0;
}
}  // namespace

int SiteBuild::write_all() {
  auto& diagnostics = opened_.diagnostics;
  if (!opened_.open(options_)) return kWrongUse;
  const site::Site& site = opened_.workspace.site();
  if (!options_.content_only) opened_.read_notes(options_);
  shell_ = shell_files(options_);
  if (!plan()) return destination_.status();
  searches_ = !options_.content_only && site::has_search(site);
  named_.emplace(site.config()->get("meridian"));
  for (const OutputFile& output : opened_.outputs)
    if (!options_.content_only || output.kind == OutputFile::Page) made_.push_back({&output, {}});
  Progress progress{.quiet = options_.quiet || options_.json, .total = made_.size()};
  write_outputs(progress);
  copy_shell_files();
  if (has_button_ && !destination_.stopped()) put(make_search_index(opened_, options_));
  complete_ = destination_.finish(keep_files(site), opened_.unread);
  progress.end("files written", destination_);
  opened_.tell_future(options_);
  opened_.place_diagnostics();
  report(options_, destination_, complete_, diagnostics);
  if (!complete_) return destination_.status();
  return diagnostics.has_errors() ? kErrors : kOk;
}

bool SiteBuild::plan() {
  std::vector<std::string> paths;
  for (const OutputFile& output : opened_.outputs) paths.emplace_back(output.path);
  plans_shell_ = opened_.workspace.site().theme() == site::Theme::Meridian;
  if (plans_shell_) paths.insert(paths.end(), shell_.begin(), shell_.end());
  return destination_.plan(paths);
}

void SiteBuild::write_outputs(Progress& progress) {
  std::size_t processes = processes_for(options_, made_.size());
  if (processes > 1 && write_in_processes(processes, progress)) return;
  for (Made& made : made_) {
    if (destination_.stopped()) break;
    write(made);
    progress.step();
  }
}

void SiteBuild::write(Made& made) {
  made.sources.clear();
  if (made.output->kind == OutputFile::Static) {
    copy_static(*made.output);
    if (options_.watch) made.sources.push_back(number_of(made.output->source));
  } else {
    write_page(made);
  }
}

void SiteBuild::write_page(Made& made) {
  const OutputFile& output = *made.output;
  Arena page_arena;
  Diagnostics found(page_arena);
  List<Str> sources;
  site::Page page = opened_.render(options_, output, page_arena, found, &sources);
  for (const Diagnostic& d : found) opened_.diagnostics.add(d);
  if (options_.watch)
    for (Str source : sources) made.sources.push_back(number_of(source));
  std::string keyed =
      searches_ ? with_search_keys(opened_.workspace.site(), page.html) : std::string();
  has_button_ |= !keyed.empty();
  Str html = keyed.empty() ? page.html : Str(keyed);
  named_->read(html);
  destination_.write(std::string(output.path), html);
}

void SiteBuild::copy_static(const OutputFile& output) {
  std::filesystem::path from = opened_.place_of(options_, output.source);
  std::string text;
  if (may_name_files(output.path) && read_file(from, text)) named_->read(text);
  destination_.copy(from, std::string(output.path));
}

void SiteBuild::copy_shell_files() {
  const GlobeUse& globes = opened_.globes;
  if ((named_->has("theme.css") || globes.any) && shell_.empty())
    std::fprintf(stderr, "%spages will lack their style (see --shell)\n", kNoShell);
  if (globes.any) named_->add("globe.js");
  if (globes.places) named_->add("places/");
  names_ = named_->size();
  named_->keep_named(options_, shell_);
  if (shell_.size() && (plans_shell_ || destination_.plan(shell_)))
    copy_shell(options_, destination_, shell_);
}

bool SiteBuild::put(const std::vector<MadeFile>& files) {
  std::vector<std::string> names;
  names.reserve(files.size());
  for (const MadeFile& file : files) names.push_back(file.path);
  if (!destination_.plan(names)) return false;
  for (const MadeFile& file : files) destination_.write(file.path, file.bytes);
  return true;
}

std::uint32_t SiteBuild::number_of(Str path) {
  return numbers_.try_emplace(std::string(path), std::uint32_t(numbers_.size())).first->second;
}

bool SiteBuild::read_again(const std::vector<std::string>& edited) {
  site::Site& site = opened_.workspace.site();
  // Below each note stands which notes lead to it.
  if (!complete_ || site::has_notes(site)) return false;
  edited_.assign(numbers_.size(), false);
  for (const std::string& path : edited) {
    site::File* file = opened_.workspace.files().find(path);
    if (concerns_all(site, path) || !file) return false;
    std::filesystem::path place = opened_.place_of(options_, path);
    if (file->presence == site::Presence::Loaded || file->from_manifest) {
      std::string bytes;
      if (!read_source(place, bytes)) return false;
      if (file->bytes && Str(file->bytes, std::size_t(file->size)) == bytes) continue;
      std::uint32_t before = site.forgotten();
      opened_.workspace.put(path, bytes);
      if (site.forgotten() != before) return false;
    } else if (file->presence != site::Presence::Listed || wants_bytes(place, path)) {
      return false;
    }
    if (auto known = numbers_.find(path); known != numbers_.end()) edited_[known->second] = true;
  }
  return true;
}

bool SiteBuild::is_stale(const Made& made) const {
  // Of the person's profile, which any page may change.
  if (made.sources.empty()) return made.output->kind == OutputFile::Page;
  for (std::uint32_t source : made.sources)
    if (source < edited_.size() && edited_[source]) return true;
  return false;
}

/// The sections of the first page are outputs, too, beside the person's profile.
bool SiteBuild::has_other_sections() {
  if (std::none_of(opened_.outputs.begin(), opened_.outputs.end(),
                   [](const OutputFile& output) { return output.path == Str(kProfilePath); }))
    return false;
  Arena arena;
  Diagnostics reported(arena);
  site::Needs needs;
  return opened_.writer.files(arena, needs, reported).size != opened_.outputs.size;
}

std::optional<std::size_t> SiteBuild::write_edited() {
  std::vector<Made*> stale;
  std::vector<std::string> paths;
  for (Made& made : made_)
    if (is_stale(made)) {
      stale.push_back(&made);
      paths.emplace_back(made.output->path);
    }
  destination_.begin_again(false);
  if (!destination_.plan(paths)) return {};
  const GlobeUse globes = opened_.globes;
  bool had_button = has_button_;
  opened_.diagnostics.clear();
  for (Made* made : stale) {
    if (destination_.stopped()) break;
    write(*made);
    old_index_ |= has_button_ && made->output->kind == OutputFile::Page;
  }
  bool written = destination_.finish(keep_files(opened_.workspace.site()), true);
  opened_.place_diagnostics();
  show(opened_.diagnostics);
  bool needs_more = has_other_sections() || named_->size() != names_ || has_button_ != had_button ||
                    opened_.globes.any != globes.any || opened_.globes.places != globes.places ||
                    opened_.unread;
  complete_ = written && !needs_more;
  return complete_ ? std::optional(stale.size()) : std::nullopt;
}

bool SiteBuild::write_index() {
  old_index_ = false;
  destination_.begin_again(false);
  destination_.leave_out(kSearchFolder);
  return put(make_search_index(opened_, options_)) &&
         destination_.finish(keep_files(opened_.workspace.site()), opened_.unread);
}

}  // namespace meridian::cli
