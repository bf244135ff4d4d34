// CSV with a header row, as Ruby's CSV reads it.
#include "meridian/value.h"

namespace meridian {

namespace {
/// A file of many columns and many empty rows would be small, and its table huge.
constexpr std::size_t kMaxFields = 10000000;

class Reader {
 public:
  Reader(const Source& source, char separator, Arena& arena, Diagnostics& diagnostics)
      : source_(source), s_(source.text), separator_(separator), arena_(arena), diagnostics_(diagnostics) {
    if (starts_with(s_, "\xEF\xBB\xBF")) at_ = 3;
    // A lone carriage return ends a row only where the first row ends so, as old spreadsheets wrote it.
    std::size_t end = s_.find_first_of("\r\n");
    carriage_returns_ = end != Str::npos && s_[end] == '\r' && s_.substr(end + 1, 1) != "\n";
  }

  bool read(Array& rows) {
    List<Value> header;
    if (at_ < s_.size() && !row([&](std::uint32_t, const Value& v) { header.add(arena_, v); })) return false;
    while (at_ < s_.size()) {
      Map* map = make_map(arena_);
      rows.push(map);
      std::uint32_t count = 0;
      auto keep = [&](std::uint32_t column, const Value& v) {
        count = column + 1;
        put(*map, column < header.size ? header[column] : Value(), v);
      };
      if (!row(keep)) return false;
      for (; count < header.size; count++) put(*map, header[count], {});
      fields_ += count;
      if (fields_ > kMaxFields) return fail(at_, "the table has more than 10 million fields", "split the file");
    }
    return true;
  }

 private:
  /// Of columns with the same name the first one counts.
  static void put(Map& map, const Value& name, const Value& v) {
    if (!map.find(name)) map.set(name) = v;
  }

  bool fail(std::size_t at, Str message, Str remedy) {
    diagnostics_.add(Severity::Error, source_, at, message, remedy);
    return false;
  }

  bool at_row_end() const {
    if (at_ == s_.size() || s_[at_] == '\n') return true;
    return s_[at_] == '\r' && (carriage_returns_ || s_.substr(at_ + 1, 1) == "\n");
  }
  void skip_row_end() {
    if (at_ < s_.size() && s_[at_] == '\r' && s_.substr(at_ + 1, 1) == "\n") at_++;
    if (at_ < s_.size()) at_++;
  }

  /// Hands each field to `keep`. An empty row has no fields.
  template <class Keep>
  bool row(Keep keep) {
    for (std::uint32_t column = 0; column > 0 || !at_row_end(); column++) {
      Value v;
      if (!field(v)) return false;
      keep(column, v);
      if (at_row_end()) break;
      at_++;  // the separator
    }
    skip_row_end();
    return true;
  }

  bool field(Value& out) {
    if (at_ < s_.size() && s_[at_] == '"') return quoted_field(out);
    std::size_t start = at_;
    for (; !at_row_end() && s_[at_] != separator_; at_++)
      if (s_[at_] == '"')
        return fail(at_, "a quote stands inside a field without quotes", "put the whole field in quotes and double the inner ones");
    if (at_ > start) out = s_.substr(start, at_ - start);
    return true;
  }

  bool quoted_field(Value& out) {
    std::size_t open = at_, start = ++at_;
    Text text;
    for (;;) {
      std::size_t quote = s_.find('"', at_);
      if (quote == Str::npos) return fail(open, "a quoted field is not closed", "end the field with a quote");
      at_ = quote + 1;
      if (s_.substr(at_, 1) != "\"") {
        text.add(s_.substr(start, quote - start));
        break;
      }
      text.add(s_.substr(start, at_ - start));
      start = ++at_;
    }
    if (!at_row_end() && s_[at_] != separator_)
      return fail(at_, "something follows the closing quote of a field", "double the quotes inside a quoted field");
    out = arena_.copy(text.str());
    return true;
  }

  const Source& source_;
  Str s_;
  char separator_;
  bool carriage_returns_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  std::size_t at_ = 0, fields_ = 0;
};
}  // namespace

bool parse_csv(const Source& source, char separator, Arena& arena, Value& out, Diagnostics& diagnostics) {
  Array* rows = make_array(arena);
  bool ok = Reader(source, separator, arena, diagnostics).read(*rows);
  out = ok ? Value(rows) : Value();
  return ok;
}

}  // namespace meridian
