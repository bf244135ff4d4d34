// `site.data`: the files below `_data`, read when a template first uses them (Jekyll::DataReader).
#include "model/reader.h"

namespace meridian::site {

namespace {
/// DataReader#sanitize_filename: word characters, spaces and dashes; spaces become underscores.
Str sanitized_name(Arena& a, Str name) {
  Text out;
  bool gap = false;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t begin = at;
    std::uint32_t c = decode(name, at);
    if (c < 128 && is_space(char(c))) {
      gap = true;
    } else if (c < 128 ? is_alnum(char(c)) || is_one_of(char(c), "_-") : is_word(c)) {
      if (gap && !out.empty() && out.back() != '_') out.add('_');
      gap = false;
      out.add(slice(name, begin, at));
    }
  }
  return a.copy(out.str());
}

constexpr int kBibtex = 5;
int data_kind(Str extension) { return one_of(extension, ".yaml .yml .json .csv .tsv .bib"); }
}  // namespace

bool is_data_file(Str inside) {
  return !has_hidden_part(inside) && data_kind(extension_of(inside)) >= 0;
}

/// A folder of data: its files and folders by name. Below them lie those of a folder of the theme
/// that the configuration names (Reader#read_theme_data).
class DataFolder final : public Drop {
 public:
  DataFolder(SiteState& site, Str folder, Str below)
      : site_(site), folder_(folder), below_(below) {}
  Value get(Str key) override;
  Map* to_map() override;
  void print(Text& out) override { meridian::inspect(Value(to_map()), out); }

 private:
  /// A file, or a folder; `below`: the theme's file of that name.
  struct Entry {
    File* file;
    DataFolder* folder;
    File* below;
  };
  void list();
  void list_folder(Str folder);
  Value value(const Value& entry);
  Value data_in(File* file);

  SiteState& site_;
  Str folder_, below_;      // with a slash at its end; `below_` may be empty
  Map* entries_ = nullptr;  // by name: addresses of the files and folders
};

void DataFolder::list() {
  if (entries_) return;
  entries_ = make_map(site_.arena_);
  list_folder(folder_);
  if (!below_.empty()) list_folder(below_);
}

void DataFolder::list_folder(Str folder) {
  ModelReader& r = *site_.request_;
  Arena& a = site_.arena_;
  bool own = folder == folder_;
  List<File*> found;
  for (File* f = r.files.first(); f; f = f->next)
    if (f->presence >= Presence::Listed && starts_with(f->source.path, folder))
      found.add(r.arena, f);
  // Ruby's glob: by extension in the order of its braces, then by name; folders last.
  auto rank = [&](File* f) {
    Str rest = f->source.path.substr(folder.size());
    return rest.find('/') != Str::npos ? 9 : data_kind(extension_of(rest));
  };
  stable_sort(found.begin(), found.size, [&](File* x, File* y) {
    int a = rank(x), b = rank(y);
    return a != b ? a < b : x->source.path < y->source.path;
  });
  DataFolder* last = nullptr;
  for (File* f : found) {
    Str rest = f->source.path.substr(folder.size());
    if (!is_data_file(rest)) continue;
    std::size_t slash = rest.find('/');
    bool is_folder = slash != Str::npos;
    Str name = is_folder ? rest.substr(0, slash) : without_extension(rest);
    Value& slot = entries_->set(sanitized_name(a, name));
    // Jekyll reads no BibTeX: where it finds a file of the name, that one counts.
    if (!slot.nil() && (!own || rank(f) == kBibtex)) {
      Entry& above = *reinterpret_cast<Entry*>(std::uintptr_t(slot.i));
      if (!is_folder && !above.folder && above.file != f) above.below = f;
      continue;
    }
    auto* e = a.make<Entry>(f, nullptr, nullptr);
    if (is_folder) {
      Str inner = slice(f->source.path, 0, folder.size() + slash + 1);
      if (last && last->folder_ == inner) continue;
      Str theirs = own && !below_.empty() ? a.join(below_, name, "/") : Str();
      last = e->folder = a.make<DataFolder>(site_, inner, theirs);
    }
    slot = Value(std::int64_t(reinterpret_cast<std::uintptr_t>(e)));
  }
}

Value DataFolder::value(const Value& entry) {
  const Entry& e = *reinterpret_cast<Entry*>(std::uintptr_t(entry.i));
  if (e.folder) return Value(static_cast<Drop*>(e.folder));
  Value own = data_in(e.file);
  if (!e.below || !own.map()) return own;
  Value theirs = data_in(e.below);
  return theirs.map() ? Value(deep_merge(site_.request_->arena, theirs.map(), own.map())) : own;
}

Value DataFolder::data_in(File* file) {
  ModelReader& r = *site_.request_;
  File* f = r.load(file->source.path);
  if (!f) return {};
  const Value& data = r.data_of(*f);
  r.report(*f);
  return data;
}

Value DataFolder::get(Str key) {
  list();
  if (Value* entry = entries_->find(key)) return value(*entry);
  if (folder_ == "_data/" && key == "navigation" && site_.plain_folder())
    return site_.request_->navigation();
  return key == "size" ? Value(std::int64_t(entries_->size())) : Value();
}

Map* DataFolder::to_map() {
  list();
  Map* m = make_map(site_.request_->arena);
  for (const Map::Entry& e : *entries_) m->set(e.key) = value(e.value);
  return m;
}

const Value& FileLookup::data_of(File& f) {
  if (f.data_read && f.zone == site.zone_) return f.parsed;
  f.data_read = true;
  f.zone = site.zone_;
  int kind = data_kind(extension_of(f.source.path));
  if (!is_text(f)) return f.parsed;
  if (kind == kBibtex) {
    f.data_read = read_bibtex(*site.request_, f);
    return f.parsed;
  }
  if (!yaml::parse_data(f.source, f.values, f.parsed, f.found, f.zone)) f.values.reset();
  return f.parsed;
}

Map* FileLookup::data_map(File& f) {
  data_of(f);
  expect_map(f, f.parsed, 0);
  return f.parsed.map();
}

Value ModelReader::site_data() {
  const Value& own = site.config_->get("data");
  if (own.truthy()) return own;
  if (!site.data_) {
    Str below = site.gem_theme_.empty() ? Str() : site.arena_.join(site.gem_theme_, "_data/");
    site.data_ = site.arena_.make<DataFolder>(site, site.arena_.copy(folder("data_dir")), below);
    if (!site.language_.empty()) site.data_ = data_in_language(site, *site.data_);
  }
  return Value(site.data_);
}

}  // namespace meridian::site
