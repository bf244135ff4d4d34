#include "model/entry_filter.h"

#include "model/glob.h"

namespace meridian::site {

bool glob_include(const Array& patterns, Str entry, bool directory) {
  for (const Value& v : patterns) {
    Str pattern = without_slashes(v.str());
    if (v.str().empty()) continue;
    if (starts_with(entry, pattern) || matches(pattern, entry, false)) return true;
    if (directory && pattern.size() == entry.size() + 1 && starts_with(pattern, entry) &&
        pattern.back() == '/')
      return true;
  }
  return false;
}

namespace {
bool special(Str name) { return is_one_of(char_at(name, 0), "._#~"); }
}  // namespace

EntryFilter::EntryFilter(FileLookup& request)
    : request_(request),
      include_(*request.site.config_->get("include").array()),
      exclude_(*make_array(request.arena)) {
  for (const Value& v : *request.site.config_->get("exclude").array())
    if (!names(v.str())) exclude_.push(v);
}

bool EntryFilter::included(Str entry, bool directory) const {
  return glob_include(include_, entry, directory) ||
         glob_include(include_, file_name(entry), directory);
}

bool EntryFilter::names(Str path) const {
  for (const Value& v : include_)
    if (v.str() == path) return true;
  return false;
}

bool EntryFilter::passes(Str base, Str entry, bool directory) const {
  if (ends_with(entry, ".")) return false;
  if (included(entry, directory)) return true;
  return !glob_include(exclude_, path_in(request_.arena, base, entry), directory) &&
         !special(entry) && !special(file_name(entry)) && !ends_with(entry, "~");
}

bool EntryFilter::is_layout(Str inside) const {
  return !has_hidden_part(inside) && !extension_of(inside).empty() && passes("", inside, false);
}

bool EntryFilter::walks_to(Str path) const {
  for (std::size_t from = 0;;) {
    std::size_t slash = path.find('/', from);
    bool directory = slash != Str::npos;
    if (!passes(path.substr(0, from ? from - 1 : 0), slice(path, from, slash), directory))
      return false;
    if (!directory) return true;
    from = slash + 1;
  }
}

bool EntryFilter::excludes(Str path) const {
  for (std::size_t from = 0;;) {
    std::size_t slash = path.find('/', from);
    bool directory = slash != Str::npos;
    Str entry = slice(path, from, slash);
    if (!included(entry, directory) && glob_include(exclude_, path.substr(0, slash), directory))
      return true;
    if (!directory) return false;
    from = slash + 1;
  }
}

}  // namespace meridian::site
