// IEEE, as citeproc-ruby renders ieee.csl of csl-styles 2.0.
#include "style_text.h"

namespace meridian::scholar {

using bibtex::Person;

namespace {
/// With more authors only the first is named.
constexpr std::uint32_t kMostIeeeNames = 6;
constexpr char kMonthNames[] =
    "January February March April May June July August September October November December";
constexpr char kMonths[] = "Jan. Feb. Mar. Apr. May June July Aug. Sept. Oct. Nov. Dec.";

void add_people(Line& line, const List<Person>& names) {
  std::uint32_t count = names.size;
  for (std::uint32_t i = 0; i < count; i++) {
    if (i) line.add(count == 2 ? " and " : i == count - 1 ? ", and " : ", ");
    add_person(line, names[i], false);
    if (count > kMostIeeeNames) {
      line.add(" <i>et al.</i>");
      return;
    }
  }
}

/// Quotes within quotes are single ones.
Str inner_quotes(Arena& arena, Str s) {
  Text t;
  bool open = false;
  for (std::size_t i = 0; i < s.size(); i++) {
    if (starts_with(s.substr(i), "“") || starts_with(s.substr(i), "”")) {
      t.add(starts_with(s.substr(i), "“") ? "‘" : "’");
      i += 2;
    } else if (s[i] == '"') {
      t.add(open ? "’" : "‘");
      open = !open;
    } else {
      t.add(s[i]);
    }
  }
  return arena.copy(t.str());
}

/// `, before text`
void add_part(Line& line, Str before, Str text) {
  if (text.empty()) return;
  line.next(',');
  line.add(before);
  line.text(text);
}

void add_pages(Line& line, Str pages) {
  add_part(line, are_several(pages) ? "pp. " : "p. ", pages);
}

void add_date(Line& line, const Item& item, bool whole = false) {
  Str year = printed_year(item);
  if (year.empty()) return;
  if (!line.empty()) line.next(',');
  if (int month = month_of(item)) {
    Str rest = whole ? Str(kMonthNames) : Str(kMonths), name;
    while (month-- && next_piece(rest, ' ', name)) {
    }
    line.add(name);
    line.add(" ");
    Str date = item.text("date"), day = item.text("day");
    std::size_t dash = date.rfind('-');
    std::int64_t number;
    if (dash != Str::npos && dash > 4 && bibtex::is_number(date.substr(dash + 1), number))
      day = date.substr(dash + (date[dash + 1] == '0' ? 2 : 1));
    if (whole && !day.empty()) {
      line.text(day);
      line.add(", ");
    }
  }
  line.text(year);
}

void add_year(Line& line, const Item& item, char before) {
  Str year = printed_year(item);
  if (year.empty()) return;
  line.next(before);
  line.text(year);
}

void add_edition(Line& line, const Item& item) {
  Str edition = item.text("edition");
  if (edition.empty()) return;
  line.next(',');
  line.text(ordinal(item.arena(), edition));
  line.add(is_numeric(edition) ? " ed." : ".");
}

void add_series(Line& line, const Item& item) {
  Str series = item.text("series");
  if (series.empty()) return;
  line.next(',');
  line.add("in ");
  line.text(series);
  add_part(line, "vol. ", item.text("volume"));
}

/// `Berlin: Springer`
bool add_publisher(Line& line, const Item& item, char before) {
  Str publisher = first_of(item, "publisher school institution organization howpublished"),
      place = item.text("address");
  if (publisher.empty() && place.empty()) return false;
  line.next(before);
  line.text(place);
  if (!place.empty() && !publisher.empty()) line.add(": ");
  line.text(publisher);
  return true;
}

void add_quoted(Line& line, const Item& item, Str title) {
  if (title.empty()) return;
  if (!line.empty()) line.next(',');
  line.add("“");
  line.text(inner_quotes(item.arena(), title));
  line.add("”");
}
}  // namespace

void add_ieee(const Item& item, std::uint32_t number, Text& out) {
  out.add('[');
  out.add_int(number);
  out.add(']');
  Line line(out);
  Str type = item.entry().type, title = item.text("title");
  List<Person> authors = item.names("author"), editors = item.names("editor");
  bool by_editors = authors.empty() && !editors.empty();
  add_people(line, by_editors ? editors : authors);
  if (by_editors) line.add(editors.size > 1 ? ", Eds." : ", Ed.");
  Str container = first_of(item, "booktitle journal journaltitle");
  Str doi = item.text("doi"), url = item.text("url"), pages = pages_of(item, false);
  bool article = type == "article";
  bool part = one_of(type, "inproceedings conference incollection inbook") >= 0;
  bool whole = one_of(type, "book proceedings manual") >= 0;
  bool other = !article && !part && !whole;
  bool report = one_of(type, "techreport report") >= 0;
  bool thesis = one_of(type, "phdthesis mastersthesis thesis unpublished patent") >= 0;
  if (whole) {
    if (!line.empty()) line.next(',');
    line.italic(title);
    add_edition(line, item);
    add_part(line, "vol. ", item.text("volume"));
    if (!item.text("series").empty()) {
      line.mark('.');
      line.add(" in ");
      line.text(item.text("series"));
      add_part(line, "vol. ", item.text("volume"));
    }
    bool published = add_publisher(line, item, '.');
    add_year(line, item, published ? ',' : '.');
    add_pages(line, pages);
  } else {
    add_quoted(line, item, title);
    if (article) {
      if (!container.empty()) {
        line.next(',');
        line.italic(container);
      }
      add_part(line, "vol. ", item.text("volume"));
      add_part(line, "no. ", first_of(item, "number issue"));
      add_pages(line, pages);
      add_date(line, item);
    } else if (part) {
      if (!container.empty()) {
        line.next(',');
        line.add("in ");
        line.italic(container);
      }
      if (type[2] == 'c' || type == "inbook") {
        add_edition(line, item);
        add_part(line, "vol. ", item.text("volume"));
      }
      if (!editors.empty() && !by_editors) {
        line.next(',');
        add_people(line, editors);
        line.add(editors.size > 1 ? ", Eds." : ", Ed.");
      }
      add_series(line, item);
      bool series = !item.text("series").empty();
      if (series) line.mark('.');
      bool chapter = type[2] == 'c' || type == "inbook";
      if (series && !chapter) {
        line.add(" ");
        Text rest;
        Line behind(rest);
        add_publisher(behind, item, ',');
        add_date(behind, item);
        line.add(rest.str());
      } else {
        if (series) line.add(" ,");
        add_publisher(line, item, ',');
        add_date(line, item);
      }
      add_pages(line, pages);
    } else if (thesis || report) {
      Str genre = item.text("type");
      if (genre.empty() && type == "phdthesis") genre = "PhD thesis";
      if (genre.empty() && type == "mastersthesis") genre = "Master's thesis";
      Str where = first_of(item, "publisher school institution organization howpublished");
      if (report) add_part(line, "", where);
      if (report && !genre.empty()) {
        add_part(
            line, "",
            item.arena().join(genre, item.text("number").empty() ? "" : " ", item.text("number")));
      } else if (report) {
        add_part(line, "", item.text("number"));
      } else {
        add_part(line, "", genre);
        add_part(line, "", where);
        add_part(line, "", item.text("address"));
      }
      if (report)
        add_date(line, item);
      else
        add_year(line, item, ',');
    } else if (other) {
      if (!container.empty()) {
        line.next(',');
        line.italic(container);
        add_part(line, "vol. ", item.text("volume"));
        add_part(line, "no. ", item.text("number"));
      }
      line.mark('.');
      Str how = item.text("howpublished");
      if (std::size_t at = how.find("url"); at != Str::npos && url.empty())
        url = how.substr(at + 3);
      Text rest;
      Line behind(rest);
      behind.text(first_of(item, how.find("url") == Str::npos
                                     ? "publisher school institution organization howpublished"
                                     : "publisher school institution organization"));
      add_pages(behind, pages);
      add_date(behind, item, true);
      if (rest.size()) line.add(" ");
      line.add(rest.str());
    }
  }
  if (!doi.empty()) {
    line.next(article ? ',' : '.');
    line.add("doi: ");
    line.text(starts_with(doi, "https://doi.org/https") ? doi.substr(16) : doi);
    line.mark('.');
  } else if (!url.empty()) {
    line.next(article ? ',' : '.');
    line.add("Available at: ");
    line.add(url);
  } else {
    line.mark('.');
  }
}

}  // namespace meridian::scholar
