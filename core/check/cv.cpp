// Reports what a page of the theme's layout `cv` leaves out of its data: values of another kind
// than JSON Resume 1.0, RenderCV and al-folio have there, dates that are none, sections that
// nothing shows.
#include "names.h"
#include "parts.h"

namespace meridian::check {

namespace {
// Each is looked up in the file again, and after some the author has understood.
constexpr int kMostFound = 20;

// The parts of JSON Resume and of academicpages, as _includes/cv/page.html shows them.
constexpr Name kSections =
    "work volunteer education projects portfolio awards certificates publications presentations "
    "teaching skills languages interests references";
// Keys of a file in JSON Resume that are no part of the page.
constexpr Name kOthers = "basics meta $schema";
constexpr Name kTexts =
    "name label image phone url summary position company description studyType area degree "
    "institution organization title awarder issuer publisher journal level fluency language "
    "reference event entity course network username city address postalCode region countryCode "
    "headline";
constexpr Name kLists = "highlights courses keywords roles profiles social_networks";
constexpr Name kDates = "startDate endDate date releaseDate start_date end_date";
// RenderCV prints its `date` as it is, and al-folio its `year`.
constexpr Name kStrictDates = "startDate endDate date releaseDate";
constexpr Name kSpanDates = "start_date end_date";
// An entry that has none of these has nothing to show: _includes/cv/entry.html.
constexpr Name kShown =
    "institution position title course name company organization language label bullet number "
    "reversed_number start_date startDate date releaseDate year summary reference description "
    "highlights courses items list";

constexpr char kEntry[] = "write a text, or keys with values";
constexpr char kDate[] = "write it as 2020, 2020-05 or 2020-05-31";

Str kind_of(const Value& v) {
  if (v.is(Kind::Map)) return "keys with values";
  if (v.is(Kind::Array)) return "a list";
  return v.is(Kind::Bool) ? Str("true or false") : Str("a number");
}

bool is_text(const Value& v) {
  return v.nil() || v.is_string() || v.is(Kind::Int) || v.is(Kind::Float);
}
bool is_empty(const Value& v) { return v.nil() || (v.is_string() && v.str().empty()); }

/// A number of so many digits at `at`, at most `most`; moves behind it.
bool accept_number(Str s, std::size_t& at, std::size_t digits, int most) {
  int number = 0;
  for (std::size_t i = 0; i < digits; i++, at++) {
    if (!is_digit(char_at(s, at))) return false;
    number = number * 10 + (s[at] - '0');
  }
  return number > 0 && number <= most;
}

/// YYYY, YYYY-MM or YYYY-MM-DD; `present` and its like at the end of a span.
bool is_date(const Value& v, bool open) {
  if (is_empty(v) || v.is(Kind::Date) || v.is(Kind::Time)) return true;
  if (v.is(Kind::Int)) return v.i > 0 && v.i < 10000;
  if (!v.is_string()) return false;
  Str s = strip(v.str());
  for (Str rest = "present now current", word; open && next_piece(rest, ' ', word);)
    if (equal_ignoring_case(s, word)) return true;
  std::size_t at = 0;
  if (!accept_number(s, at, 4, 9999)) return false;
  for (int most : {12, 31}) {
    if (at == s.size()) return true;
    if (s[at++] != '-' || !accept_number(s, at, 2, most)) return false;
  }
  return at == s.size();
}

/// The data of one CV, and where in it the check is.
class CvCheck {
 public:
  CvCheck(Sources& sources, const Source& file) : s_(sources), file_(file) {}

  void check(const Value& data) {
    const Value& render_cv = get(data, "cv");
    Array* list = data.array();
    if (list && list->size() && get((*list)[0], "contents").truthy())
      for (std::uint32_t i = 0; i < list->size(); i++) chapter((*list)[i], i);
    else if (render_cv.map())
      check_render_cv(render_cv);
    else if (data.map())
      check_resume(*data.map());
    else if (!is_empty(data))
      report("this is not the data of a CV",
             "write `basics`, `work`, `education` … as JSON Resume has them, or `cv` with "
             "`sections` as RenderCV");
  }

 private:
  void report(Str message, Str remedy) {
    if (found_++ < kMostFound)
      s_.diagnostics.add({Severity::Warning, Rule::Cv}, file_, yaml::place_of(file_, path_),
                         message, remedy);
  }
  void report_kind(Str name, Str wanted, const Value& v, Str remedy) {
    report(s_.arena.join({"`", name, "` is ", kind_of(v), ", where a CV has ", wanted}), remedy);
  }
  void enter(const Value& step) { path_.add(s_.arena, step); }
  void leave() { path_.size--; }

  /// al-folio's list of titles with contents.
  void chapter(const Value& chapter, std::uint32_t index) {
    enter(std::int64_t(index));
    const Value& contents = get(chapter, "contents");
    if (!chapter.map())
      report("this is not a part of a CV", "write `title`, `type` and `contents`");
    enter("contents");
    entries("contents", contents, false);
    leave();
    leave();
  }

  void check_render_cv(const Value& cv) {
    enter("cv");
    fields(*cv.map(), false);
    profiles(get(cv, "social_networks"), "social_networks");
    const Value& sections = get(cv, "sections");
    enter("sections");
    if (!sections.nil() && !sections.map())
      report_kind("sections", "headings with lists", sections,
                  "write `education:`, and its entries below");
    if (sections.map())
      for (const Map::Entry& e : *sections.map()) {
        Str name = to_str(s_.arena, e.key);
        enter(name);
        entries(name, e.value, false);
        leave();
      }
    leave();
    leave();
  }

  void check_resume(const Map& data) {
    const Value& basics = data.get("basics");
    enter("basics");
    if (basics.map()) {
      fields(*basics.map(), true);
      profiles(basics.map()->get("profiles"), "profiles");
    } else if (!is_empty(basics)) {
      report("`basics` is not a set of keys, so that the page has no name and no contact",
             "write keys with values: {\"name\": …, \"email\": …}");
    }
    leave();
    for (const Map::Entry& e : data) {
      Str name = to_str(s_.arena, e.key);
      enter(name);
      if (one_of(name, kSections) >= 0)
        entries(name, e.value, true);
      else if (one_of(name, kOthers) < 0)
        unknown(name);
      leave();
    }
  }

  void unknown(Str name) {
    Nearest nearest(name);
    nearest.consider_all(kSections);
    nearest.consider_all(kOthers);
    if (nearest.name().empty()) return;
    report(s_.arena.join("no CV shows `", name, "`"),
           s_.arena.join("did you mean `", nearest.name(), "`?"));
  }

  void profiles(const Value& list, Str name) {
    if (list.nil()) return;
    enter(name);
    if (!list.array())
      report_kind(name, "a list", list, "write a list of `network` and `username`");
    for (std::uint32_t i = 0; list.array() && i < list.array()->size(); i++) {
      const Value& profile = (*list.array())[i];
      enter(std::int64_t(i));
      if (!profile.map() || (get(profile, "network").nil() && get(profile, "url").nil()))
        report("a profile without `network` and `url` is not shown",
               "write `network` and `username`, or `url`");
      else
        fields(*profile.map(), false);
      leave();
    }
    leave();
  }

  /// The entries of a part. `resume`: of JSON Resume, whose dates are strict.
  void entries(Str name, const Value& all, bool resume) {
    if (all.nil() || (all.is_string())) return;
    if (!all.array()) return report_kind(name, "a list", all, "write a list of entries");
    for (std::uint32_t i = 0; i < all.array()->size(); i++) {
      const Value& one = (*all.array())[i];
      enter(std::int64_t(i));
      if (one.map())
        entry(*one.map(), resume);
      else if (!one.is_string())
        report(s_.arena.join(
                   {"an entry of `", name, "` is ", one.nil() ? Str("empty") : kind_of(one)}),
               kEntry);
      leave();
    }
  }

  void entry(const Map& entry, bool resume) {
    bool shown = false;
    for (Str rest = kShown, key; next_piece(rest, ' ', key);) shown |= !is_empty(entry.get(key));
    if (!shown) {
      Str meant;
      for (const Map::Entry& e : entry) {
        Nearest nearest(to_str(s_.arena, e.key));
        nearest.consider_all(kShown);
        if (!nearest.name().empty()) meant = nearest.name();
      }
      report("this entry has nothing to show", meant.empty()
                                                   ? Str("give it a `name`, `title` or `position`")
                                                   : s_.arena.join("did you mean `", meant, "`?"));
    }
    fields(entry, resume);
  }

  void fields(const Map& fields, bool resume) {
    for (const Map::Entry& e : fields) {
      Str key = to_str(s_.arena, e.key);
      enter(key);
      field(key, e.value, resume);
      leave();
    }
  }

  void field(Str key, const Value& v, bool resume) {
    // al-folio describes by a list, and RenderCV has lists of what one may have several of.
    bool text = one_of(key, kTexts) >= 0 && (key != "description" || resume);
    if (text && !is_text(v) && !v.is(Kind::Date) && !v.is(Kind::Time) && (resume || !v.array()))
      report_kind(key, "a text", v, "write a text");
    if (one_of(key, kLists) >= 0 && (v.map() || v.is(Kind::Bool)))
      report_kind(key, "a list", v, "write a list of texts");
    bool strict = one_of(key, resume ? kStrictDates : kSpanDates) >= 0;
    bool nested = one_of(key, kDates) >= 0 && (v.map() || v.array());
    bool open = key == "endDate" || key == "end_date";
    if (nested || (strict && !is_date(v, open)))
      report(s_.arena.join("`", key, "` is not a date"), kDate);
  }

  Sources& s_;
  const Source& file_;
  List<Value> path_;
  int found_ = 0;
};

/// The file that site.data has at a key; nullptr when there is none.
const site::File* data_file(Sources& s, Str key) {
  for (Str extension : {".yaml", ".yml", ".json"}) {
    const site::File* f = s.workspace.files().find(s.arena.join("_data/", key, extension));
    if (f && f->presence == site::Presence::Loaded) return f;
  }
  return nullptr;
}
}  // namespace

void check_cv(Sources& s) {
  const site::File* own = s.workspace.files().find("_layouts/cv.html");
  if (s.site().theme() != site::Theme::Meridian || (own && own->presence >= site::Presence::Listed))
    return;
  Diagnostics ignored(s.arena);
  site::Needs needs;
  Map seen{&s.arena};
  for (const site::Output& o : s.workspace.site().outputs(s.arena, needs, ignored)) {
    const Map* page = o.document->data;
    if (!page || page->get("layout").str() != "cv") continue;
    Str key = page->get("cv").str();
    const site::File* file = data_file(s, key.empty() ? Str("cv") : key);
    if (!file) file = data_file(s, "resume");
    if (!file || seen.find(file->source.path)) continue;
    seen.set(file->source.path, true);
    Arena scratch;
    Value data;
    Diagnostics broken(scratch);  // it was reported when the file was read
    if (yaml::parse_data(file->source, scratch, data, broken)) CvCheck(s, file->source).check(data);
  }
}

}  // namespace meridian::check
