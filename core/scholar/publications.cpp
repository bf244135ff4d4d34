#include "publications.h"

#include "tex_html.h"

namespace meridian::scholar {

using bibtex::Person;

namespace {
/// Types of BibTeX and BibLaTeX by what a reader looks for. Others are `other`.
constexpr Name kCategories[] = {
    "article",    "article periodical",
    "conference", "inproceedings conference",
    "book",       "book mvbook proceedings mvproceedings collection mvcollection reference booklet",
    "chapter",    "incollection inbook suppbook suppcollection inreference",
    "thesis",     "thesis phdthesis mastersthesis bachelorsthesis bathesis",
    "report",     "techreport report manual",
    "software",   "software",
    "dataset",    "dataset data",
    "patent",     "patent",
};

/// Fields whose address stands under a name of academicpages, the first that there is.
constexpr Name kAddresses[] = {
    "paperurl",  "pdf paperurl",     "codeurl", "code codeurl github",
    "slidesurl", "slides slidesurl", "dataurl", "data dataurl dataset",
    "videourl",  "video videourl",   "link",    "url website html",
};

/// Bytes of a field that an entry may have of the parent that `crossref` names, and of the parent
/// in its BibTeX: a long one would be repeated for each of its thousands of children.
constexpr std::size_t kMaxInherited = 4000;

std::size_t size_of(const Field& field) {
  std::size_t size = field.name.size();
  for (const bibtex::Token& token : field.tokens) size += token.text.size();
  for (const Person& name : field.names)
    size += name.first.size() + name.last.size() + name.prefix.size() + name.suffix.size();
  return size;
}

/// A text without a prefix, whatever its case; the text itself when it does not begin so.
Str behind(Str text, Str prefix) {
  return equal_ignoring_case(text.substr(0, prefix.size()), prefix) ? text.substr(prefix.size())
                                                                    : text;
}

/// Whether two first names may be one: equal, or one an initial or the beginning of the other.
bool may_be_one(Arena& arena, Str a, Str b) {
  for (Str* name : {&a, &b}) {
    *name = slice(*name, 0, name->find_first_of(" .~-"));
    Text low;
    add_downcase(low, *name);
    *name = arena.copy(low.str());
  }
  return starts_with(a, b) || starts_with(b, a);
}

class Publication {
 public:
  Publication(const Request& request, const Entry& entry, Json& json)
      : request_(request), arena_(request.arena()), entry_(entry), json_(json) {}

  void write(Str own) {
    json_.begin('{');
    json_.field("key", entry_.key);
    json_.field("year", html(year_of(arena_, entry_)));
    json_.field("category", category());
    json_.field("title", html(field("title")));
    write_authors(own);
    Str venue = first_of("journal journaltitle booktitle school institution howpublished");
    json_.field("venue", html(venue));
    json_.field("where", where(!venue.empty()));
    json_.field("abstract", html(field("abstract")));
    write_tags();
    write_addresses();
    write_bibtex();
    json_.end('}');
  }

 private:
  /// Its own, or its parent's; nullptr when there is none.
  const Field* find(Str name) const {
    const Field* own = entry_.find(name);
    const Field* found = own ? own : entry_.get(name);
    return found && (own || size_of(*found) <= kMaxInherited) ? found : nullptr;
  }
  Str field(Str name) const {
    const Field* found = find(name);
    return found ? strip(text_of(arena_, *found)) : Str("");
  }
  /// The first of some fields that is not empty.
  Str first_of(Str names) const {
    for (Str name; next_piece(names, ' ', name);)
      if (Str text = field(name); !text.empty()) return text;
    return "";
  }

  Str html(Str tex) const { return tex_html(arena_, tex); }

  Str category() const {
    bool archived = equal_ignoring_case(field("journal").substr(0, 5), "arxiv");
    for (std::size_t i = 0; !archived && i < std::size(kCategories); i += 2)
      if (one_of(entry_.type, kCategories[i + 1]) >= 0) return kCategories[i];
    return archived || !arxiv().empty() ? "preprint" : "other";
  }

  void write_authors(Str own) {
    List<Person> mine;
    bibtex::parse_names(arena_, own, mine);
    const Field* names = find("author");
    if (!names) names = find("editor");
    bool others = false;
    json_.key("authors");
    json_.begin('[');
    for (std::uint32_t i = 0; names && i < names->names.size; i++) {
      const Person& name = names->names[i];
      if (name.first.empty() && name.last == "others") {
        others = true;
        break;
      }
      Text shown;
      for (Str part : {name.first, name.prefix, name.last, name.suffix}) {
        if (part.empty()) continue;
        if (!shown.empty()) shown.add(' ');
        shown.add(html(part));
      }
      bool is_own = false;
      for (const Person& me : mine) is_own |= same(me, name);
      json_.text(is_own ? arena_.join("<b>", shown.str(), "</b>") : shown.str());
    }
    json_.end(']');
    if (others) json_.field("others", "et al.");
  }

  /// Whether two names may be of one person: the last name is the same, the first may be.
  bool same(const Person& a, const Person& b) const {
    return equal_ignoring_case(html(a.last), html(b.last)) && a.first.empty() == b.first.empty() &&
           may_be_one(arena_, html(a.first), html(b.first));
  }

  /// What stands behind the venue: ` 12 (3), 4–5, Springer`, `, 4–5`.
  Str where(bool has_venue) const {
    Text out;
    auto add = [&](Str between, Str text, Str end = "") {
      if (text.empty()) return;
      if (has_venue || !out.empty()) out.add(between);
      out.add(html(text));
      out.add(end);
    };
    add(" ", field("volume"));
    if (Str number = first_of("number issue"); !number.empty())
      add(" ", arena_.join("(", number), ")");
    add(", ", range(first_of("pages eid")));
    add(", ", field("publisher"));
    add(". ", first_of("note pubstate"));
    return arena_.copy(out.str());
  }

  /// `4-5` and `4 -- 5` as `4--5`.
  Str range(Str pages) const {
    Text out;
    for (std::size_t i = 0; i < pages.size(); i++) {
      if (pages[i] != '-') {
        out.add(pages[i]);
        continue;
      }
      while (char_at(pages, i + 1) == '-') i++;
      out.add("--");
    }
    return arena_.copy(out.str());
  }

  void write_tags() {
    json_.key("tags");
    json_.begin('[');
    Str rest = first_of("keywords tags");
    char separator = rest.find(';') == Str::npos ? ',' : ';';
    for (Str tag; next_piece(rest, separator, tag);)
      if (tag = strip(tag); !tag.empty()) json_.text(html(tag));
    json_.end(']');
  }

  // ---- addresses

  Str address(Str tex) const { return tex_address(arena_, tex); }

  /// The part of an address behind the host that it must have.
  Str on_host(Str url, Str host) const {
    std::size_t at = url.find(host);
    return at == Str::npos ? Str() : url.substr(at + host.size());
  }

  Str doi() const {
    Str text = address(behind(field("doi"), "doi:"));
    if (Str there = on_host(text, "doi.org/"); there.data()) text = there;
    return text.empty() ? on_host(address(field("url")), "doi.org/") : text;
  }

  /// The number of a preprint: `1706.03762`.
  Str arxiv() const {
    Str text = address(behind(field("arxiv"), "arxiv:"));
    Str archive = first_of("archiveprefix eprinttype");
    if (text.empty() && equal_ignoring_case(archive, "arxiv")) text = address(field("eprint"));
    if (text.empty()) text = on_host(address(field("url")), "arxiv.org/abs/");
    if (text.empty()) {
      Str named = on_host(field("journal"), "arXiv:");
      text = slice(named, 0, named.find_first_of(" ,["));
    }
    Str there = on_host(text, "arxiv.org/abs/");
    return there.data() ? there : text;
  }

  void write_addresses() {
    json_.field("doi", doi());
    json_.field("arxiv", arxiv());
    for (std::size_t i = 0; i < std::size(kAddresses); i += 2) {
      Str url = address(first_of(kAddresses[i + 1]));
      bool known = on_host(url, "doi.org/").data() || on_host(url, "arxiv.org/abs/").data();
      if (!url.empty() && !known) json_.field(kAddresses[i], url);
    }
  }

  void write_bibtex() {
    Text without, bibtex, escaped;
    for (char c : request_.config("bibtex_skip_fields")) without.add(c == ',' ? ' ' : c);
    print(entry_, without.str(), bibtex);
    std::size_t inherited = 0;
    if (entry_.parent)
      for (const Field& field : entry_.parent->fields) inherited += size_of(field);
    if (entry_.parent && entry_.parent != &entry_ && inherited <= kMaxInherited) {
      bibtex.add('\n');
      print(*entry_.parent, without.str(), bibtex);
    }
    add_escaped_html(escaped, strip(bibtex.str()));
    json_.field("bibtex", escaped.str());
  }

  const Request& request_;
  Arena& arena_;
  const Entry& entry_;
  Json& json_;
};
}  // namespace

void sort_by_date(const Request& request, List<const Entry*>& entries) {
  struct Dated {
    const Entry* entry;
    std::int64_t year, month;
  };
  constexpr std::int64_t kInWords = 1 << 20;
  Arena& arena = request.arena();
  List<Dated> dated;
  for (const Entry* entry : entries) {
    Dated one{entry, -kInWords, 0};
    Str year = year_of(arena, *entry);
    if (!year.empty() && !bibtex::is_number(year, one.year)) one.year = kInWords;
    Str month = field_text(arena, *entry, "month_numeric");
    if (month.empty()) month = slice(field_text(arena, *entry, "date"), 5, 7);
    (void)bibtex::is_number(month, one.month);
    dated.add(arena, one);
  }
  stable_sort(dated.begin(), dated.size, [](const Dated& a, const Dated& b) {
    return a.year != b.year ? a.year > b.year : a.month > b.month;
  });
  for (std::uint32_t i = 0; i < dated.size; i++) entries[i] = dated[i].entry;
}

void write_publication(const Request& request, const Entry& entry, Str own, Json& json) {
  Publication(request, entry, json).write(own);
}

}  // namespace meridian::scholar
