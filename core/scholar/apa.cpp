// APA, 7th edition, as citeproc-ruby renders apa.csl of csl-styles 2.0.
#include "style_text.h"

namespace meridian::scholar {

using bibtex::Person;

namespace {
/// From this many authors on, those between the first ones and the last are left out.
constexpr std::uint32_t kMostApaNames = 20, kFirstNames = 19;

void add_people(Line& line, const List<Person>& names, bool last_first) {
  std::uint32_t count = names.size;
  for (std::uint32_t i = 0; i < count; i++) {
    bool cut = count > kMostApaNames;
    if (cut && i == kFirstNames) {
      line.add(", … ");
      i = count - 1;
    } else if (i) {
      line.add(last_first || count > 2 ? ", " : " ");
      if (i == count - 1 && !cut) line.add("&amp; ");
    }
    add_person(line, names[i], last_first);
  }
}

/// Of which kind the work is, by what it stands in.
enum class Form { Alone, Periodical, Part };

Form form_of(Str type, bool has_container, bool edited) {
  if (!has_container) return Form::Alone;
  if (type == "article" || type == "periodical") return Form::Periodical;
  bool conference = one_of(type, "inproceedings conference paper-conference") >= 0;
  return conference && !edited ? Form::Periodical : Form::Part;
}

/// What stands in parentheses behind a title, with commas between.
class Parts {
 public:
  explicit Parts(Line& line) : line_(line) {}
  ~Parts() {
    if (any_) line_.add(")");
  }
  void add(Str before, Str text, Str behind = {}, Str between = ", ") {
    if (text.empty()) return;
    line_.add(any_ ? between : Str(" ("));
    any_ = true;
    line_.add(before);
    line_.text(text);
    line_.add(behind);
  }
  bool any() const { return any_; }

 private:
  Line& line_;
  bool any_ = false;
};

void add_edition(Parts& parts, const Item& item, Str between) {
  Str edition = item.text("edition");
  if (is_numeric(edition))
    parts.add("", ordinal(item.arena(), edition), " ed.", between);
  else
    parts.add("", edition, "", between);
}

Str people(const Item& item, const List<Person>& names) {
  Text t;
  Line line(t);
  add_people(line, names, false);
  return item.arena().copy(t.str());
}

void add_pages(Parts& parts, Str pages) {
  if (!pages.empty()) parts.add(are_several(pages) ? "pp. " : "p. ", pages);
}

/// The title, and a volume that has no number.
void add_title(Line& line, const Item& item, Str title, bool with_volume) {
  Str volume = item.text("volume");
  if (with_volume && !volume.empty() && !is_numeric(volume))
    title = item.arena().join(title, ": Vol. ", volume);
  line.italic(title);
}

void add_periodical(Line& line, const Item& item, Str container) {
  Str volume = item.text("volume"), issue = first_of(item, "number issue"),
      pages = pages_of(item, true);
  line.italic(in_title_case(item.arena(), container));
  if (!volume.empty()) {
    line.add(", ");
    line.italic(volume);
    if (!issue.empty()) {
      line.add("(");
      line.text(issue);
      line.add(")");
    }
  } else if (!issue.empty()) {
    line.add(", ");
    line.italic(issue);
  }
  if (!pages.empty()) {
    line.add(", ");
    line.text(pages);
  }
}

Str month_name(int month) {
  Str rest =
          "January February March April May June July August September October November December",
      name;
  while (month-- && next_piece(rest, ' ', name)) {
  }
  return name;
}

void add_volume(Parts& parts, const Item& item) {
  Str volume = item.text("volume");
  if (is_numeric(volume)) parts.add("Vol. ", volume);
}

void add_publisher(Line& line, const Item& item, Str publisher) {
  (void)item;
  if (publisher.empty()) return;
  line.next('.');
  line.text(publisher);
}

Str publisher_of(const Item& item) {
  return first_of(item, "publisher school institution organization howpublished");
}
}  // namespace

void add_apa(const Item& item, Text& out) {
  Line line(out);
  const Entry& entry = item.entry();
  Str type = entry.type, title = item.text("title");
  List<Person> authors = item.names("author"), editors = item.names("editor"),
               translators = item.names("translator");
  bool by_editors = authors.empty() && !editors.empty();
  Str container = first_of(item, "booktitle journal journaltitle");
  // A book has no container but a parent's title.
  if (type == "book" || type == "proceedings") container = {};
  Form form = form_of(type, !container.empty(), !editors.empty() && !by_editors);
  Str year = printed_year(item), url = item.text("url"), doi = item.text("doi");
  Str publisher = publisher_of(item);
  Str how = item.text("howpublished");
  if (std::size_t at = how.find("url"); at != Str::npos) {
    at += char_at(how, at + 3) == '{' ? 4 : 3;
    if (url.empty()) url = slice(how, at, how.find('}', at));
    if (publisher == how) publisher = first_of(item, "publisher school institution organization");
  }
  auto add_own_title = [&] {
    if (form == Form::Alone)
      add_title(line, item, title, true);
    else
      line.text(title);
  };
  bool title_first = authors.empty() && editors.empty();
  if (!authors.empty()) {
    add_people(line, authors, true);
  } else if (by_editors) {
    add_people(line, editors, true);
    line.add(editors.size > 1 ? " (Eds.)" : " (Ed.)");
  } else {
    add_own_title();
  }
  if (!year.empty()) {
    line.next('.');
    line.add("(");
    line.text(year);
    // A talk has its month: no volume or pages were printed.
    bool talk = form == Form::Periodical && type != "article" && item.text("volume").empty() &&
                first_of(item, "number issue pages").empty() && doi.empty();
    std::int64_t number;
    if (int month = talk && bibtex::is_number(year, number) ? month_of(item) : 0) {
      line.add(", ");
      line.add(month_name(month));
      Str day = item.text("day");
      if (!day.empty()) {
        line.add(" ");
        line.text(day);
      }
    }
    line.add(")");
  }
  if (!title_first && !title.empty()) {
    line.next('.');
    add_own_title();
  }
  if (form == Form::Periodical) {
    line.next('.');
    add_periodical(line, item, container);
    publisher = {};
  } else if (form == Form::Part) {
    line.next('.');
    line.add("In ");
    if (!editors.empty() && !by_editors) {
      add_people(line, editors, false);
      line.add(editors.size > 1 ? " (Eds.), " : " (Ed.), ");
    }
    add_title(line, item, container, true);
    Parts parts(line);
    add_edition(parts, item, ", ");
    add_volume(parts, item);
    parts.add("Issue ", first_of(item, "number issue"));
    add_pages(parts, pages_of(item, true));
  } else {
    bool report = one_of(type, "techreport report") >= 0;
    Str number = item.text("number"), genre = item.text("type");
    {
      Parts parts(line);
      if (!authors.empty() && !editors.empty())
        parts.add("", people(item, editors), editors.size > 1 ? ", Eds." : ", Ed.");
      parts.add("", people(item, translators), ", Trans.", "; ");
      add_edition(parts, item, parts.any() ? "; " : ", ");
      if (report && !number.empty()) {
        parts.add(genre.empty() ? Str("No. ") : item.arena().join(genre, " No. "), number);
        parts.add("Issue ", number, "", "; ");
      }
      if (type == "software") parts.add("Version ", item.text("version"));
      add_volume(parts, item);
      if (!report && type != "patent") parts.add("Issue ", number);
      add_pages(parts, pages_of(item, true));
    }
    bool thesis = one_of(type, "thesis phdthesis mastersthesis") >= 0;
    Str bracket = type == "software"          ? Str("Software")
                  : type == "dataset"         ? Str("Dataset")
                  : report && !number.empty() ? Str()
                                              : genre;
    if (thesis && genre.empty() && type != "thesis")
      bracket = type == "phdthesis" ? "PhD thesis" : "Master's thesis";
    if (!bracket.empty()) {
      line.add(" [");
      line.text(bracket);
      if (thesis && !publisher.empty() && !(url.empty() && doi.empty())) {
        line.add(", ");
        line.text(publisher);
        publisher = {};
      }
      line.add("]");
    }
  }
  add_publisher(line, item, publisher);
  line.mark('.');
  if (doi.empty() && url.empty()) return;
  if (!line.empty()) line.add(" ");
  if (!doi.empty()) line.add("https://doi.org/");
  line.add(doi.empty() ? url : doi);
}

void cite_apa(const Item& item, bool suppress_author, Text& out) {
  Line line(out);
  List<Person> names = item.names("author");
  if (names.empty()) names = item.names("editor");
  auto last = [&](const Person& name) {
    if (!name.prefix.empty()) {
      line.text(name.prefix);
      line.add(" ");
    }
    line.text(name.last.empty() ? name.first : name.last);
  };
  {
    if (names.empty() || suppress_author) {
      Str title = item.text("title");
      bool part = !first_of(item, "booktitle journal journaltitle").empty();
      if (part) {
        line.add("“");
        line.text(title);
        line.add("”");
      } else {
        line.italic(title);
      }
    } else {
      last(names[0]);
      if (names.size == 2) {
        line.add(" &amp; ");
        last(names[1]);
      } else if (names.size > 2) {
        line.add(" et al.");
      }
    }
  }
  Str year = printed_year(item);
  if (year.empty()) return;
  if (!line.empty()) line.next(',');
  line.text(year);
}

}  // namespace meridian::scholar
