#include "errors.h"

namespace meridian::yaml {

namespace {
/// Where an error is shown: where the parser noticed it, or where the thing began that it was in the middle of.
enum class At : std::uint8_t { Problem, Context };

/// Rows with a context count for it alone; the first row that fits is taken.
struct Advice {
  const char* problem;
  const char* context;  // nullptr: any
  At at;
  const char* message;  // nullptr: libyaml's own words
  const char* remedy;
};

constexpr char kQuoteValue[] = "put the whole value in quotes";
constexpr char kIndentation[] = "indent with spaces, and the entries of one block by the same number of them";
constexpr char kCloseQuote[] = "close the quotes; inside '…' a quote is written twice, inside \"…\" as \\\"";

constexpr Advice kAdvice[] = {
    {"found unexpected end of stream", "while scanning a quoted scalar", At::Context, "a quoted value is not closed", kCloseQuote},
    {"found unexpected document indicator", "while scanning a quoted scalar", At::Context, "a quoted value is not closed",
     kCloseQuote},
    {"found unknown escape character", nullptr, At::Problem, "unknown escape after \\",
     "write \\\\ for a backslash, or use '…' quotes, in which it stands for itself"},
    {"did not find expected hexdecimal number", nullptr, At::Problem, "an escape needs hexadecimal digits",
     "write \\\\ for a backslash, or use '…' quotes, in which it stands for itself"},
    {"did not find expected ',' or ']'", nullptr, At::Context, "a list in [ ] is not closed, or lacks a comma",
     "separate items with commas and end the list with ]; quote items that hold , [ ] { } or : themselves"},
    {"did not find expected ',' or '}'", nullptr, At::Context, "a mapping in { } is not closed, or lacks a comma",
     "separate entries with commas and end with }; a value that begins with { must stand in quotes"},
    {"did not find expected node content", nullptr, At::Problem, "a value is missing, or begins with a sign that needs quotes",
     nullptr},
    {"mapping values are not allowed in this context", nullptr, At::Problem, "a colon can't stand here", nullptr},
    {"block sequence entries are not allowed in this context", nullptr, At::Problem, "a list can't begin on this line",
     "begin the list on the next line, or quote a value that begins with a dash"},
    {"mapping keys are not allowed in this context", nullptr, At::Problem, "a value can't begin with ?", kQuoteValue},
    {"could not find expected ':'", nullptr, At::Context, "this line has no colon after a name", nullptr},
    {"did not find expected key", nullptr, At::Problem, "this does not fit the block it stands in", nullptr},
    {"did not find expected '-' indicator", nullptr, At::Problem, "this does not fit the list it stands in", kIndentation},
    {"found character that cannot start any token", nullptr, At::Problem, nullptr, nullptr},
    {"found character '\t' that violates indentation", nullptr, At::Problem, "a tab can't be used for indentation", kIndentation},
    {"found a tab character where an indentation space is expected", nullptr, At::Problem, "a tab can't be used for indentation",
     kIndentation},
    {"did not find expected alphabetic or numeric character", nullptr, At::Context, "a name is missing after & or *", kQuoteValue},
    {"found undefined tag handle", nullptr, At::Problem, nullptr, "quote a value that begins with !"},
    {"found an indentation indicator equal to 0", nullptr, At::Problem, nullptr, "leave the number after | or > out"},
    {"did not find expected comment or line break", nullptr, At::Problem, "nothing but a comment may follow | or >",
     "begin the text on the next line"},
    {"control characters are not allowed", nullptr, At::Problem, "a control character is not allowed here", "delete it"},
};

bool same(const char* a, const char* b) { return a && b && Str(a) == Str(b); }

const Advice* find_advice(const yaml_parser_t& parser) {
  for (const Advice& advice : kAdvice)
    if (same(parser.problem, advice.problem) && (!advice.context || same(parser.context, advice.context))) return &advice;
  return nullptr;
}

Str line_before(Str text, std::size_t at) {
  std::size_t begin = at;
  while (begin && text[begin - 1] != '\n') begin--;
  return text.substr(begin, at - begin);
}
Str rest_of_line(Str text, std::size_t at) { return text.substr(at, text.find('\n', at) - at); }

/// `title: A: B` is the classic: the remedy shows how the line should read.
Str quoted_line(Str text, std::size_t colon, Arena& arena) {
  Str before = line_before(text, colon), after = rest_of_line(text, colon);
  std::size_t first = before.find(": ");
  if (first == Str::npos) return "indent this line as the ones before it, or quote a value that holds a colon";
  if (!after.empty() && after.back() == '\r') after.remove_suffix(1);
  Str key = before.substr(0, first), value = before.substr(first + 2);
  constexpr std::size_t kMaxShown = 80;
  if (value.find_first_of("\"\\") != Str::npos || after.find_first_of("\"\\") != Str::npos ||
      before.size() + after.size() > kMaxShown)
    return "put the whole value in quotes, because it holds a colon";
  return arena.join({"put quotes around the value: ", strip(key), ": \"", lstrip(value), rstrip(after), "\""});
}

/// Message and remedy where libyaml's words cover several mistakes: the line tells which one it was.
void look_at_line(const yaml_parser_t& parser, Str text, std::size_t at, Diagnostics& diagnostics, Str& message, Str& remedy) {
  char here = at < text.size() ? text[at] : '\0';
  Str before = rstrip(line_before(text, at)), line = strip(rest_of_line(text, at));
  if (same(parser.problem, "mapping values are not allowed in this context")) {
    remedy = quoted_line(text, at, diagnostics.arena());
  } else if (same(parser.problem, "could not find expected ':'")) {
    bool dash = starts_with(line, "-") && line.substr(1, 1) != " ";
    remedy = dash ? "put a space after the dash" : "write `name: value`, or indent the line if it continues the one before";
  } else if (same(parser.problem, "did not find expected node content")) {
    remedy = here == ',' ? "remove the comma, or write the value between the commas" : kQuoteValue;
  } else if (same(parser.problem, "did not find expected key")) {
    bool quoted = !before.empty() && (before.back() == '"' || before.back() == '\'');
    remedy = quoted ? "text follows a closing quote: put the whole value in quotes" : kIndentation;
  } else if (same(parser.problem, "found character that cannot start any token")) {
    if (here == '\t') {
      message = "a tab can't be used for indentation";
      remedy = kIndentation;
    } else {
      message = diagnostics.arena().join({"a value can't begin with ", text.substr(at, here ? 1 : 0)});
      remedy = kQuoteValue;
    }
  }
}
}  // namespace

std::size_t offset_of(const yaml_mark_t& mark, const Source& source, std::size_t begin) {
  return begin + offset_of_character(source.text.substr(begin), mark.index);
}

void report(const yaml_parser_t& parser, const Source& source, std::size_t begin, Diagnostics& diagnostics) {
  if (parser.error == YAML_MEMORY_ERROR) fatal();
  const Advice* advice = find_advice(parser);
  Str message = advice && advice->message ? advice->message : parser.problem ? parser.problem : "this is not YAML";
  Str remedy = advice && advice->remedy ? advice->remedy : "";
  std::size_t at;
  if (parser.error == YAML_READER_ERROR) {  // it counts bytes
    at = begin + parser.problem_offset;
    if (find_invalid_utf8(source.text.substr(begin)) != Str::npos) remedy = "save the file as UTF-8";
  } else {
    bool context = parser.context && advice && advice->at == At::Context;
    at = offset_of(context ? parser.context_mark : parser.problem_mark, source, begin);
    look_at_line(parser, source.text, at, diagnostics, message, remedy);
  }
  diagnostics.add(Severity::Error, source, at, message, remedy);
}

}  // namespace meridian::yaml
