#include "select.h"

#include "regex.h"

namespace meridian::scholar {

namespace {
bool is_query_word(char c) { return is_alnum(c) || c == '_'; }

/// The text that a condition compares; false when the entry has none.
bool property(Arena& arena, const Entry& entry, Str name, Str& out) {
  if (name == "key" || name == "id") {
    out = entry.key;
    return true;
  }
  if (name == "year" && !entry.find("year")) {
    out = year_of(arena, entry);
    if (!out.empty()) return true;
  }
  const Field* field = name == "type" ? entry.find(name) : entry.get(name);
  if (!field && name == "date") field = entry.get("year");
  if (!field && name == "booktitle") field = entry.find("title");
  if (!field) return false;
  out = text_of(arena, *field);
  return true;
}

/// The operators of conditions, longer ones first.
constexpr Name kOperators[] = {"!~", "=~", "!=", "~=", "/=", "^=", "<=", ">=", "=", "<", ">"};

bool meets_condition(Arena& arena, const Entry& entry, Str condition) {
  std::size_t at = Str::npos, length = 0;
  for (std::size_t i = 0; i < condition.size() && at == Str::npos; i++)
    for (const Name& name : kOperators)
      if (starts_with(condition.substr(i), name)) {
        at = i;
        length = name.size();
        break;
      }
  Str name = strip(slice(condition, 0, at)), actual;
  bool known = property(arena, entry, name, actual);
  if (at == Str::npos) return name.empty() || known;
  Str op = condition.substr(at, length), value = strip(condition.substr(at + length));
  char first = op[0], last = op.back();
  if (op == "!=" || op == "/=") return !known || actual != value;
  if (op == "!~") return !known || !matches(value, actual);
  if (op == "~=" || op == "=~") return known && matches(value, actual);
  if (op == "^=") return known && matches(arena.join("^", value), actual);
  if (op == "=") return known && actual == value;
  std::int64_t x, y;
  int order = bibtex::is_number(actual, x) && bibtex::is_number(value, y) ? x < y   ? -1
                                                                            : x > y ? 1
                                                                                    : 0
                                                                          : compare(actual, value);
  return known &&
         ((first == '<' && order < 0) || (first == '>' && order > 0) || (last == '=' && !order));
}

/// Splits at the separators, one of which may have two characters.
bool next_part(Str& rest, Str& part, Str either, Str other) {
  if (rest.empty()) return false;
  std::size_t a = either.empty() ? Str::npos : rest.find(either), b = rest.find(other);
  std::size_t at = a < b ? a : b;
  part = slice(rest, 0, at);
  rest = at == Str::npos ? Str() : rest.substr(at + (at == a ? either.size() : other.size()));
  return true;
}

bool meets_conditions(Arena& arena, const Entry& entry, Str conditions) {
  if (conditions.empty()) return true;
  for (Str some; next_part(conditions, some, {}, "||");) {
    bool all = true;
    for (Str one; all && next_part(some, one, ",", "&&");)
      all = meets_condition(arena, entry, strip(one));
    if (all) return true;
  }
  return false;
}

/// BibTeX::Value#<=>: numbers by value, all else as texts.
int compare_texts(Str a, Str b) {
  std::int64_t x, y;
  if (bibtex::is_number(a, x) && bibtex::is_number(b, y)) return x < y ? -1 : x > y;
  return compare(a, b);
}

/// BibTeX::Names#<=>: person by person.
int compare_names(const Field& a, const Field& b) {
  Text x, y;
  for (std::uint32_t i = 0; i < a.names.size && i < b.names.size; i++) {
    x.truncate(0);
    y.truncate(0);
    add_name(x, a.names[i]);
    add_name(y, b.names[i]);
    if (int order = compare(x.str(), y.str())) return order;
  }
  return a.names.size < b.names.size ? -1 : a.names.size > b.names.size;
}

/// Who made it: the first field there is of these, without braces around, in lower case.
Str maker(Arena& arena, const Entry& entry, bool for_sort) {
  Str names = "author editor institution organization publisher", name;
  while (next_piece(names, ' ', name)) {
    const Field* field = entry.get(name);
    if (!field) continue;
    Str text = text_of(arena, *field);
    if (!for_sort) return text;
    while (!text.empty() && (text[0] == '{' || is_space(text[0]))) text.remove_prefix(1);
    while (!text.empty() && (text.back() == '}' || is_space(text.back()))) text.remove_suffix(1);
    Text low;
    add_downcase(low, text);
    return arena.copy(low.str());
  }
  return "";
}

int compare_by(Arena& arena, const Entry& a, const Entry& b, Str key) {
  if (key == "name") return compare(maker(arena, a, true), maker(arena, b, true));
  const Field *x = a.get(key), *y = b.get(key);
  if (x && y && x->is_names && y->is_names) return compare_names(*x, *y);
  return compare_texts(x ? text_of(arena, *x) : Str(""), y ? text_of(arena, *y) : Str(""));
}
}  // namespace

Str field_text(Arena& arena, const Entry& entry, Str name) {
  const Field* field = entry.get(name);
  return field ? text_of(arena, *field) : Str();
}

Str year_of(Arena& arena, const Entry& entry) {
  if (const Field* field = entry.find("year")) return text_of(arena, *field);
  Str date = field_text(arena, entry, "date");
  for (std::size_t i = 0, digits = 0; i < date.size(); i++) {
    digits = is_digit(date[i]) ? digits + 1 : 0;
    if (digits == 4) return date.substr(i - 3, 4);
  }
  return {};
}

bool meets(Arena& arena, const Entry& entry, Str query) {
  for (std::size_t at = 0; (at = query.find('@', at)) != Str::npos;) {
    bool negated = at && query[at - 1] == '!';
    std::size_t begin = ++at;
    if (char_at(query, at) == '*')
      at++;
    else
      while (is_query_word(char_at(query, at))) at++;
    Str type = slice(query, begin, at), conditions;
    if (type.empty()) continue;
    if (char_at(query, at) == '[') {
      std::size_t end = query.find(']', at);
      if (end != Str::npos) {
        conditions = slice(query, at + 1, end);
        at = end;
      }
    }
    bool is_type =
        type == "*" || equal_ignoring_case(type, "entry") || equal_ignoring_case(type, entry.type);
    if (is_type != negated && meets_conditions(arena, entry, conditions)) return true;
  }
  return false;
}

void sort_entries(const Request& request, List<const Entry*>& entries) {
  Str by = request.config("sort_by");
  if (by == "none") return;
  List<Str> keys = items_of(request.arena(), by),
            orders = items_of(request.arena(), request.config("order"));
  stable_sort(entries.begin(), entries.size, [&](const Entry* a, const Entry* b) {
    Arena scratch;
    for (std::uint32_t i = 0; i < keys.size; i++) {
      Str key = keys[i] == "month" ? Str("month_numeric") : keys[i];
      int order = compare_by(scratch, *a, *b, key);
      if (is_descending(item_or_last(orders, i))) order = -order;
      if (order) return order < 0;
    }
    return false;
  });
}

Str group_value(const Request& request, const Entry& entry, Str key) {
  Arena& arena = request.arena();
  if (key == "name") return maker(arena, entry, false);
  if (key != "type") return field_text(arena, entry, key);
  Str alias = request.config("type_aliases", entry.type);
  return alias.empty() ? entry.type : alias;
}

bool group_before(const Request& request, Str key, Str a, Str b) {
  // Years are compared as texts, as jekyll-scholar does it.
  if (one_of(key, "year date name") >= 0) return compare(a, b) < 0;
  if (key != "type") return compare_texts(a, b) < 0;
  List<Str> types = items_of(request.arena(), request.config("type_order"));
  auto place = [&](Str type) {
    std::uint32_t i = 0;
    while (i < types.size && types[i] != type) i++;
    return i;
  };
  return place(a) < place(b);
}

Str group_name(const Request& request, Str key, Str value) {
  if (key == "type") {
    Str name = request.config("type_names", value);
    return name.empty() ? value : name;
  }
  if (key != "month_numeric") return value;
  std::int64_t month;
  if (!bibtex::is_number(value, month) || month < 1 || month > 12) return "(unknown)";
  Str names = request.config("month_names"), name;
  if (names.empty())
    names = "January,February,March,April,May,June,July,August,September,October,November,December";
  while (month-- && next_piece(names, ',', name)) {
  }
  return strip(name);
}

}  // namespace meridian::scholar
