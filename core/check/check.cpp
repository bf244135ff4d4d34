#include "pages.h"
#include "parts.h"

namespace meridian {

Check::Check(Workspace& workspace, const List<OutputFile>& outputs) : workspace_(workspace) {
  for (const OutputFile& one : outputs) {
    OutputFile kept{arena_.copy(one.path), arena_.copy(one.source), one.kind};
    const std::int64_t number = output_files_.size;
    outputs_.set(kept.path) = number;
    bool is_page = kept.kind == OutputFile::Page && !kept.source.empty();
    if (is_page && !made_of_.find(kept.source)) made_of_.set(kept.source) = number;
    Text small;
    for (char c : kept.path) small.add(lower(c));
    if (!uncased_.find(small.str())) uncased_.set(arena_.copy(small.str())) = number;
    folders_.set(kept.path.substr(0, kept.path.find('/'))) = true;
    output_files_.add(arena_, kept);
  }
}

bool Check::has_model() {
  // It may have been dropped to make room for the last page.
  Arena scratch;
  Diagnostics ignored(scratch);
  site::Needs needs;
  workspace_.site().outputs(scratch, needs, ignored);
  return !needs.any();
}

void Check::finish_pages(Diagnostics& diagnostics) {
  if (has_model()) report_pages(diagnostics);
}

void Check::finish(Diagnostics& diagnostics) {
  if (!has_model()) return;
  check::Sources sources{workspace_, arena_, diagnostics};
  check::read_names(sources);
  check::check_first_lines(sources);
  check::check_settings(sources);
  check::check_defaults(sources);
  check::check_hidden_keys(sources);
  check::check_data(sources);
  check::check_repeated_keys(sources);
  check::check_tables(sources);
  check::check_cv(sources);
  check::check_post_names(sources);
  check::check_private_notes(sources);
  check::check_encodings(sources, output_files_);
  check::check_ignored(sources);
  check::check_keys(sources);
  check::check_plugins(sources);
  check::check_variables(sources);
  check::check_headings(sources);
  report_pages(diagnostics);
}

}  // namespace meridian
