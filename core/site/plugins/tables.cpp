// Documents from the rows of tables, `meridian: {tables: {talks: talks.tsv}}`, as academicpages'
// generators write them from these tables (markdown_generator/talks.py and publications.py there).
// What a row's columns become is in the template `_plugins/table_row.json`.
#include "plugins/request.h"

namespace meridian::site {

namespace {
/// Each row is a document, and what a document costs is not seen in a table.
constexpr std::uint32_t kMaxRows = 10000;
constexpr Name kTemplate = "table_row.json", kPack = "extras";

struct TableReader {
  Request& r;
  SiteState& site = r.site;
  Arena& a = site.arena_;

  void report(const File& table, std::uint32_t row, Str message) {
    site.found_.add({Severity::Error, Rule::Data}, table.source, row, message);
  }

  /// Adds the documents that a collection has of a table.
  void read(File& table, Str label) {
    List<std::uint32_t> begins;
    Value rows;
    char separator = ends_with(table.source.path, ".csv") ? ',' : '\t';
    bool whole =
        is_text(table) && parse_csv(table.source, separator, a, rows, table.found, &begins);
    for (const Diagnostic& d : table.found) site.found_.add(d);
    for (std::uint32_t i = 0; whole && i < begins.size; i++) {
      if (site.rows_.size < kMaxRows)
        add_row(table, label, begins[i], *(*rows.array())[i].map());
      else
        return report(table, begins[i], "there are more than 10,000 rows: the rest is skipped");
    }
  }

  void add_row(File& table, Str label, std::uint32_t row, Map& columns) {
    RenderContext outer = r;
    r.layout = Value(&columns);
    r.content = label;
    Value made = r.data_by(kTemplate);
    r.leave_for(outer);
    if (Str wrong = get(made, "wrong").str(); !wrong.empty()) return report(table, row, wrong);
    Str path = get(made, "path").str();
    if (path.empty()) return;
    File* own = r.files.find(path);
    if (own && own->presence >= Presence::Listed) return;
    auto* f = a.make<File>();
    site.rows_.add(a, f);
    f->source = {path, get(made, "body").str()};
    f->table = &table;
    f->row = row;
    f->presence = Presence::Loaded;
    f->scanned = f->front.present = true;
    f->zone = site.zone_;
    f->data = get(made, "data");
  }
};
}  // namespace

bool ModelReader::read_tables() {
  Map* tables = dig(Value(site.config_), "meridian.tables").map();
  if (!tables || site.own_) return true;
  if (!theme_file(arena.join("_plugins/", kTemplate))) need_pack(kPack);
  TableReader reader{request_of(*this)};
  auto report = [&](Str name, const char* what) {
    site.found_.add({Severity::Error, Rule::Settings}, site.config_path(),
                    arena.join("`meridian.tables` names `", name, what));
  };
  Map* collections = site.config_->get("collections").map();
  for (const Map::Entry& entry : *tables) {
    Str label = to_str(site.arena_, entry.key);
    if (!collections->find(label)) {
      report(label, "`, which is not a collection");
      continue;
    }
    const Value one[] = {entry.value};
    Array* list = entry.value.array();
    const Value* paths = list ? list->begin() : one;
    for (std::uint32_t i = list ? list->size() : 1; i--;) {
      Str path = without_slash(to_str(arena, *paths++));
      File* table = load(path);
      if (!table && presence_of(path) == Presence::Missing) report(path, "`, which is not there");
      if (!table || needs.any()) continue;
      // A change of the table is one of the model.
      Value& documents = site.by_path_->set(table->source.path);
      if (documents.nil()) documents = Value(make_array(site.arena_));
      reader.read(*table, label);
    }
  }
  return !needs.any();
}

}  // namespace meridian::site
