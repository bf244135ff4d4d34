// Answers: which files are needed, and what a tag writes (Jekyll::Scholar's tags).
#include "meridian/scholar.h"

#include "filters.h"
#include "options.h"
#include "publications.h"
#include "style.h"

namespace meridian::scholar {

namespace {
/// Groups within each other: year, then type.
constexpr std::uint32_t kMaxGroupKeys = 8;

/// A path below `source`, which is one below the site's root however it is written.
Str path_of(Arena& arena, Str source, Str name) {
  while (starts_with(source, "./") || starts_with(source, "/"))
    source.remove_prefix(source[0] == '/' ? 1 : 2);
  while (ends_with(source, "/")) source.remove_suffix(1);
  while (starts_with(name, "./") || starts_with(name, "/"))
    name.remove_prefix(name[0] == '/' ? 1 : 2);
  Str file = name.substr(name.rfind('/') + 1);
  bool bare = file.find('.') == Str::npos;
  return arena.join({source, source.empty() || source == "." ? "" : "/", name, bare ? ".bib" : ""});
}
}  // namespace

struct Answer {
  Answer(Engine& e, Str bytes, Text& text)
      : engine(e),
        request(arena, bytes),
        options(read_options(arena, request.text("markup"))),
        json(text),
        filters(items_of(arena, request.config("bibtex_filters"))) {
    cited = items_of(arena, request.text("cited"));
    Options written = read_options(arena, request.text("written"));
    options.template_name = written.template_name;
  }

  void run() {
    json.begin('{');
    if (have_files()) {
      parse();
      Str tag = request.text("tag");
      std::uint32_t before = cited.size;
      json.field("template", template_name());
      if (tag == "data")
        write_data();
      else
        write_tag(tag);
      if (cited.size != before || options.clear) write_cited();
    }
    write_diagnostics();
    json.end('}');
  }

 private:
  // ---- files

  void add_path(Str path) {
    for (Str other : paths)
      if (other == path) return;
    paths.add(arena, path);
  }

  /// The files of the tag, of which some may have to come first.
  bool have_files() {
    // Those of a publications page lie anywhere in the site.
    Str source = options.publications.data() ? Str() : request.config("source");
    Str standard = request.config("bibliography");
    if (request.text("tag") == "data" || request.text("tag") == "page")
      request.each("file:", [&](Str path, Str) { add_path(path); });
    for (Str name : options.files) add_path(path_of(arena, source, name));
    if (paths.empty()) {
      add_path(path_of(arena, source, standard));
    }
    bool all = true;
    for (Str path : paths)
      if (!given(path)) {
        if (all) begin_list("files");
        json.text(path);
        all = false;
      }
    if (!all) json.end(']');
    return all;
  }
  bool given(Str path) {
    return request.text(arena.join("file:", path)).data() || request.text("complete").data();
  }
  void begin_list(Str name) {
    json.key(name);
    json.begin('[');
  }

  /// Of a tag, which names no file; a publications page names them in its settings.
  void report_missing(Str path) {
    bool of_page = options.publications.data() || request.text("tag") == "data";
    diagnostics.add(Severity::Error, of_page ? path : Str(),
                    of_page ? Str("there is no such bibliography")
                            : arena.join("there is no bibliography `", path, "`"),
                    options.publications.data()
                        ? "correct the path in `publications`"
                        : "correct the name in the tag, or `scholar: bibliography` in _config.yml");
  }

  void parse() {
    Text key;
    for (Str path : paths) {
      Str text = request.text(arena.join("file:", path));
      add(key, path, text);
      if (!text.data()) report_missing(path);
    }
    if (!engine.bibliography_ || engine.sources_.str() != key.str()) {
      engine.arena_.reset();
      engine.sources_.truncate(0);
      engine.sources_.add(key.str());
      Arena& kept = engine.arena_;
      engine.diagnostics_ = kept.make<Diagnostics>(kept);
      engine.bibliography_ = new (kept.alloc(sizeof(Bibliography))) Bibliography(kept);
      const char* at = engine.sources_.data();
      for (std::uint32_t i = 0; i < paths.size; i++) {
        Str part[2];
        for (Str& each : part) {
          std::uint32_t size;
          std::memcpy(&size, at, sizeof size);
          each = Str(at + sizeof size, size);
          at += sizeof size + size;
        }
        bibtex::read({part[0], part[1]}, *engine.bibliography_, *engine.diagnostics_);
      }
      bibtex::finish(*engine.bibliography_, *engine.diagnostics_);
    }
    for (const Diagnostic& found : *engine.diagnostics_) diagnostics.add(found);
  }

  /// Of the template that shows an entry.
  Str template_name() const {
    Str name = options.template_name.data() ? options.template_name
                                            : request.config("bibliography_template");
    return name == "{{reference}}" || name == "{{ reference }}" ? Str() : name;
  }

  // ---- which entries

  List<const Entry*> entries() {
    List<const Entry*> found;
    Str query = options.query.data() ? options.query : request.config("query");
    if (query.find('@') == Str::npos) {
      if (const Entry* one = engine.bibliography_->find(query)) found.add(arena, one);
      return found;
    }
    for (const Entry* entry : engine.bibliography_->entries)
      if (meets(arena, *entry, query)) found.add(arena, entry);
    if (options.remove_duplicates || is_on(request.config("remove_duplicates")))
      found = without_duplicates(found);
    if (!options.in_order) sort_entries(request, found);
    return found;
  }

  /// Of entries that agree in type, year and title, or the given fields, the first.
  List<const Entry*> without_duplicates(const List<const Entry*>& all) {
    List<const Entry*> kept;
    bibtex::Index seen(arena);
    List<Str> fields =
        items_of(arena, options.duplicates.empty() ? Str("title,year") : options.duplicates);
    for (const Entry* entry : all) {
      Text digest;
      digest.add(entry->type);
      for (Str field : fields) {
        digest.add('|');
        for (char c : field_text(arena, *entry, field))
          if (!is_space(c)) digest.add(lower(c));
      }
      Str text_of_all = arena.copy(digest.str());
      if (!seen.find(text_of_all)) kept.add(arena, entry);
      seen.set(text_of_all, this);
    }
    return kept;
  }

  bool is_cited(Str key) const {
    for (Str each : cited)
      if (each == key) return true;
    return false;
  }

  List<const Entry*> shown_entries() {
    List<const Entry*> all = entries();
    if (!options.cited) return all;
    List<const Entry*> shown;
    bool unsorted = options.in_order || request.config("sort_by") == "none";
    if (unsorted) {
      for (Str key : cited)
        for (const Entry* entry : all)
          if (entry->key == key) shown.add(arena, entry);
    } else {
      for (const Entry* entry : all)
        if (is_cited(entry->key)) shown.add(arena, entry);
    }
    if (options.clear) cited.size = 0;
    return shown;
  }

  // ---- what a tag writes

  Style style() const {
    return style_named(options.style.data() ? options.style : request.config("style"));
  }

  void write_tag(Str tag) {
    begin_list("parts");
    if (options.publications.data()) {
      write_publications();
    } else if (tag == "bibliography") {
      write_bibliography();
    } else if (tag == "bibliography_count") {
      text.add_int(shown_entries().size);
    } else {
      write_keys(tag);
    }
    flush();
    json.end(']');
  }

  /// The text that was written so far becomes a part of its own.
  void flush() {
    if (text.size()) json.text(text.str());
    text.truncate(0);
  }

  void write_bibliography() {
    Str by = options.group_by.data() ? options.group_by : request.config("group_by");
    List<const Entry*> shown = shown_entries();
    if (by != "none") {
      List<Str> keys = items_of(arena, by);
      if (keys.size > kMaxGroupKeys) keys.size = kMaxGroupKeys;
      write_groups(shown, keys, 0);
      return;
    }
    std::int64_t size = shown.size, from = options.offset;
    if (from < 0) from += size;
    std::int64_t to = options.max < 0 ? size : options.max + options.offset;
    if (to <= 0 || to > size) to = size;  // as a range of Ruby that ends at -1
    if (from > to || from < 0) from = to;
    shown.data = shown.begin() + from;
    shown.size = std::uint32_t(to - from);
    write_items(shown);
  }

  void write_groups(const List<const Entry*>& shown, const List<Str>& keys, std::uint32_t level) {
    if (level == keys.size) return write_items(shown);
    struct Group {
      Str value;
      List<const Entry*> entries;
    };
    Str key = keys[level] == "month" ? Str("month_numeric") : keys[level];
    List<Group*> groups;
    bibtex::Index places(arena);
    for (const Entry* entry : shown) {
      Str value = group_value(request, *entry, key);
      auto* group = static_cast<Group*>(places.find(value));
      if (!group) {
        group = arena.make<Group>();
        group->value = value;
        groups.add(arena, group);
        places.set(value, group);
      }
      group->entries.add(arena, entry);
    }
    Str order = options.group_order.data() ? options.group_order : request.config("group_order");
    bool down = is_descending(item_or_last(items_of(arena, order), level));
    stable_sort(groups.begin(), groups.size, [&](const Group* a, const Group* b) {
      return down ? group_before(request, key, b->value, a->value)
                  : group_before(request, key, a->value, b->value);
    });
    Str tag = item_or_last(items_of(arena, request.config("bibliography_group_tag")), level);
    for (Group* const& group : groups) {
      if (&group != groups.begin()) text.add('\n');
      begin_element(tag, request.config("bibliography_class"), "bibliography_group_attributes");
      text.add(group_name(request, key, group->value));
      end_element(tag);
      text.add('\n');
      write_groups(group->entries, keys, level + 1);
    }
  }

  /// `<tag class="…">`, with attributes of the configuration.
  void begin_element(Str tag, Str css_class, Str attributes) {
    text.add('<');
    text.add(tag);
    auto attribute = [&](Str name, Str value) {
      text.add(' ');
      text.add(name);
      text.add("=\"");
      text.add(value);
      text.add('"');
    };
    Str own = request.config(attributes, "class");
    if (own.data() || css_class.data()) attribute("class", own.data() ? own : css_class);
    for (const char* from : {"page.", "site."})
      request.each(arena.join(from, attributes, "."), [&](Str name, Str value) {
        // Those of the page take the place of the site's.
        if (name != "class" && request.config(attributes, name).data() == value.data())
          attribute(name, value);
      });
    text.add('>');
  }
  void end_element(Str tag) {
    text.add("</");
    text.add(tag);
    text.add('>');
  }

  void write_items(const List<const Entry*>& shown) {
    Str list = options.list_tag.data() ? options.list_tag : request.config("bibliography_list_tag");
    Str item = request.config("bibliography_item_tag");
    begin_element(list, request.config("bibliography_class"), "bibliography_list_attributes");
    for (std::uint32_t i = 0; i < shown.size; i++) {
      if (i) text.add('\n');
      begin_element(item, {}, "bibliography_item_attributes");
      write_item(*shown[i], i + 1);
      end_element(item);
    }
    end_element(list);
  }

  /// An entry for the site's template, or, where that is only the reference, this.
  void write_item(const Entry& entry, std::uint32_t index) {
    Item item(request, filters, entry);
    if (template_name().empty()) return add_tagged(item, index);
    flush();
    json.begin('{');
    json.key("entry");
    item.add_data(json);
    add_tagged(item, index);
    json.field("reference", text.str());
    text.truncate(0);
    json.field("key", entry.key);
    json.field("type", entry.type);
    json.field("details", item.details());
    json.key("index");
    json.number(index);
    json.end('}');
  }

  /// The reference in an element with the entry's key (Utilities#reference_tag).
  void add_tagged(const Item& item, std::uint32_t index) {
    Str tag = request.config("reference_tagname");
    text.add('<');
    text.add(tag);
    text.add(" id=\"");
    add_id(item.entry().key);
    text.add("\">");
    add_reference(style(), item, index, text);
    end_element(tag);
  }
  void add_id(Str key) {
    if (options.prefix.data()) {
      text.add(options.prefix);
      text.add('-');
    }
    text.add(key);
  }

  void add_link(Str href, Str content, Str css_class) {
    text.add("<a class=\"");
    text.add(css_class);
    text.add("\" href=\"");
    text.add(href);
    text.add("\">");
    text.add(content);
    text.add("</a>");
  }

  // ---- tags of keys: cite, nocite, reference, cite_details, details_link, quote

  void write_keys(Str tag) {
    if (tag == "cite" || tag == "nocite" || tag == "quote") return write_citation(tag);
    for (std::uint32_t i = 0; i < options.keys.size; i++) {
      if (i) text.add('\n');
      const Entry* entry = find(options.keys[i]);
      if (!entry) {
        text.add(request.config("missing_reference"));
        continue;
      }
      Item item(request, filters, *entry);
      Str label = options.text.data() ? options.text : request.config("details_link");
      if (tag == "reference") {
        add_tagged(item, 0);
      } else if (tag == "details_link") {
        text.add(item.details());
        return;
      } else {
        text.add("<a href=\"");
        text.add(item.details());
        text.add("\">");
        text.add(label);
        text.add("</a>");
      }
    }
  }

  const Entry* find(Str key) {
    const Entry* entry = engine.bibliography_->find(key);
    if (!entry)
      diagnostics.add(Severity::Warning, Str(),  // of the tag
                      arena.join("there is no entry `", key, "` to cite"),
                      "correct the key in the tag");
    return entry;
  }

  std::uint32_t number_of(Str key) {
    for (std::uint32_t i = 0; i < cited.size; i++)
      if (cited[i] == key) return i + 1;
    cited.add(arena, arena.copy(key));
    return cited.size;
  }

  void write_citation(Str tag) {
    List<const Entry*> found;
    for (Str key : options.keys) {
      const Entry* entry = find(key);
      if (!entry) {
        text.add(request.config("missing_reference"));
        return;
      }
      found.add(arena, entry);
      if (tag == "nocite") number_of(key);
    }
    if (found.empty() || tag == "nocite") return;
    bool separate = is_on(request.config("separate_links"));
    Around marks = around(style());
    Text outer;
    if (separate) outer.add(marks.before);
    Text inner;
    for (std::uint32_t i = 0; i < found.size; i++) {
      Item item(request, filters, *found[i]);
      std::uint32_t number = number_of(found[i]->key);
      Str locator = i < options.locators.size ? options.locators[i] : Str();
      Str label = i < options.labels.size ? options.labels[i] : Str("page");
      if (i && !separate) inner.add(marks.between);
      add_citation(style(), item, number, locator, label, options.suppress_author, inner);
      if (separate) {
        if (i) outer.add(marks.between);
        add_cite_link(found[i]->key, inner.str(), outer);
        inner.truncate(0);
      }
    }
    if (separate) {
      outer.add(marks.behind);
      text.add(outer.str());
      return;
    }
    Text all;
    all.add(marks.before);
    all.add(inner.str());
    all.add(marks.behind);
    add_cite_link(found[0]->key, all.str(), text);
  }

  void add_cite_link(Str key, Str content, Text& out) {
    Text kept;
    kept.add(text.str());
    text.truncate(0);
    text.add(request.config("relative"));
    text.add('#');
    add_id(key);
    Str href = arena.copy(text.str());
    text.truncate(0);
    add_link(href, content, request.config("cite_class"));
    Str link = arena.copy(text.str());
    text.truncate(0);
    text.add(kept.str());
    out.add(link);
  }

  /// One part with all entries, for a template that lists them.
  void write_publications() {
    List<const Entry*> all = entries();
    sort_by_date(request, all);
    json.begin('{');
    begin_list("publications");
    for (const Entry* entry : all) write_publication(request, *entry, options.publications, json);
    json.end(']');
    json.end('}');
  }

  // ---- all entries as data

  void write_data() {
    begin_list("data");
    for (const Entry* entry : engine.bibliography_->entries) {
      Item item(request, filters, *entry);
      item.add_data(json);
    }
    json.end(']');
  }

  void write_cited() {
    begin_list("cited");
    for (Str key : cited) json.text(key);
    json.end(']');
  }

  void write_diagnostics() {
    if (!diagnostics.size()) return;
    begin_list("diagnostics");
    for (const Diagnostic& found : diagnostics) {
      json.begin('{');
      json.key("severity");
      json.number(int(found.severity));
      json.key("line");
      json.number(found.line);
      json.key("column");
      json.number(found.column);
      json.field("file", found.file);
      json.field("message", found.message);
      json.field("remedy", found.remedy);
      json.field("excerpt", found.excerpt);
      json.end('}');
    }
    json.end(']');
  }

  Engine& engine;
  Arena arena;
  Diagnostics diagnostics{arena};
  Request request;
  Options options;
  Json json;
  List<Str> filters, paths, cited;
  Text text;
};

void Engine::answer(Str request, Text& json) { Answer(*this, request, json).run(); }

}  // namespace meridian::scholar
