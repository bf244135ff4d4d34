// CSV with a header row, as Ruby's CSV reads it, or as pandas does.
#include "meridian/value.h"

namespace meridian {

namespace {
/// Fields that rows have less than the header: a file of many columns and many short rows would be
/// small, and its table, in which each takes some 100 bytes, huge.
constexpr std::size_t kMaxMissing = 1'000'000;

class Reader {
 public:
  /// With `begins`, which get the offset of each row, it reads as pandas.
  Reader(const Source& source, char separator, Arena& arena, Diagnostics& diagnostics,
         List<std::uint32_t>* begins)
      : source_(source),
        s_(source.text),
        separator_(separator),
        arena_(arena),
        diagnostics_(diagnostics),
        begins_(begins) {
    if (starts_with(s_, "\xEF\xBB\xBF")) at_ = 3;
    // A lone carriage return ends a row only where the first row ends so, as old spreadsheets wrote
    // it.
    std::size_t end = at_;
    while (end < s_.size() && !is_one_of(s_[end], "\r\n")) end++;
    carriage_returns_ = char_at(s_, end) == '\r' && char_at(s_, end + 1) != '\n';
  }

  bool read(Array& rows) {
    List<Value> header, fields;
    if (!count_missing(fields) || !row(header)) return false;
    while (at_ < s_.size()) {
      auto begin = std::uint32_t(at_);
      if (!row(fields)) return false;
      if (begins_) {
        if (fields.empty()) continue;
        begins_->add(arena_, begin);
      }
      if (!may_read_on()) return fail(at_, kNoMemoryLeft, kReadLess);
      Map* map = make_map(arena_);
      rows.push(map);
      for (std::uint32_t i = 0; i < header.size || i < fields.size; i++) {
        Value name = i < header.size ? header[i] : Value();
        if (map->find(name)) continue;  // of columns with the same name the first one counts
        map->set(name) = i < fields.size ? fields[i] : Value();
      }
    }
    return true;
  }

 private:
  /// Reads the table before anything is made of it. False when it has an error, or rows lack too
  /// many fields.
  bool count_missing(List<Value>& fields) {
    std::size_t begin = at_, missing = 0;
    making_ = false;
    if (!row(fields)) return false;
    std::uint32_t columns = fields.size;
    while (at_ < s_.size()) {
      std::size_t at = at_;
      if (!row(fields)) return false;
      bool skipped = begins_ && fields.empty();
      if (fields.size < columns && !skipped) missing += columns - fields.size;
      if (missing > kMaxMissing)
        return fail(at, "rows of the table lack more than a million fields",
                    "remove columns of the header, or split the file");
    }
    at_ = begin;
    return making_ = true;
  }

  MERIDIAN_NOINLINE bool fail(std::size_t at, const char* message, const char* remedy) {
    diagnostics_.add({Severity::Error, Rule::Data}, source_, at, message, remedy);
    return false;
  }

  MERIDIAN_NOINLINE char here() const { return char_at(s_, at_); }

  MERIDIAN_NOINLINE bool at_row_end() const {
    if (at_ >= s_.size() || here() == '\n') return true;
    return here() == '\r' && (carriage_returns_ || char_at(s_, at_ + 1) == '\n');
  }

  /// An empty row has no fields.
  bool row(List<Value>& fields) {
    fields.size = 0;
    while (fields.size || !at_row_end()) {
      Value v;
      if (!field(v)) return false;
      if (!may_read_on()) return fail(at_, kNoMemoryLeft, kReadLess);
      fields.add(arena_, v);
      if (at_row_end()) break;
      at_++;  // the separator
    }
    if (here() == '\r' && char_at(s_, at_ + 1) == '\n') at_++;
    at_++;
    return true;
  }

  bool field(Value& out) {
    if (here() == '"') return quoted_field(out);
    std::size_t start = at_;
    for (; !at_row_end() && here() != separator_; at_++)
      if (here() == '"' && !begins_)
        return fail(at_, "a quote in a field without quotes",
                    "double the quotes inside a quoted field");
    if (at_ > start) out = slice(s_, start, at_);
    return true;
  }

  bool quoted_field(Value& out) {
    std::size_t open = at_++;
    Text text;
    for (;; at_++) {
      if (at_ >= s_.size())
        return fail(open, "a quoted field is not closed", "end the field with a quote");
      if (here() == '"' && char_at(s_, ++at_) != '"') break;
      text.add(here());
    }
    for (; !at_row_end() && here() != separator_; at_++) {
      if (!begins_)
        return fail(at_, "text follows a closing quote", "double the quotes inside a quoted field");
      text.add(here());
    }
    if (making_) out = arena_.copy(text.str());
    return true;
  }

  const Source& source_;
  Str s_;
  char separator_;
  bool carriage_returns_;
  Arena& arena_;
  Diagnostics& diagnostics_;
  List<std::uint32_t>* begins_;
  std::size_t at_ = 0;
  /// Whether values are made of what is read.
  bool making_ = true;
};
}  // namespace

bool parse_csv(const Source& source, char separator, Arena& arena, Value& out,
               Diagnostics& diagnostics, List<std::uint32_t>* begins) {
  Array* rows = make_array(arena);
  bool ok = Reader(source, separator, arena, diagnostics, begins).read(*rows);
  out = ok ? Value(rows) : Value();
  return ok;
}

}  // namespace meridian
