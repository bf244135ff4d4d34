#include "errors.h"

namespace meridian::yaml {

namespace {
/// The place at which an error is shown: where the parser noticed it, or where the construct began.
enum class At : std::uint8_t { Problem, Context };

/// Tells mistakes apart for which libyaml has the same message.
enum class Look : std::uint8_t { No, Colon, NoColon, Key, Value, Token };

struct Advice {
  const char* problem;  // make_libyaml.py's mark for libyaml's words
  At at;
  Look look;
  const char* message;  // nullptr: libyaml's words
  const char* remedy;   // nullptr: depends on the line
};

constexpr char kIndentation[] =
    "indent with spaces, and the entries of one block by the same number of them";
constexpr char kBackslash[] =
    "write \\\\ for a backslash, or use '…' quotes, in which it stands for itself";
constexpr char kTab[] = "a tab can't be used for indentation";

constexpr Advice kAdvice[] = {
    {"end", At::Context, Look::No, kNotClosed, kCloseQuote},
    {"escape", At::Problem, Look::No, "unknown escape after \\", kBackslash},
    {"]", At::Context, Look::No, "a list in [ ] or mapping in { } is not closed, or lacks a comma",
     "quote values that hold , [ ] { } or : themselves"},
    {"node", At::Problem, Look::Value,
     "a value is missing, or begins with a sign that needs quotes", nullptr},
    {":", At::Problem, Look::Colon, "a colon can't stand here", nullptr},
    {"list", At::Problem, Look::No, "a list can't begin on this line",
     "begin the list on the next line, or quote a value that begins with a dash"},
    {"no :", At::Context, Look::NoColon, "this line has no colon after a name", nullptr},
    {"key", At::Problem, Look::Key, "this does not fit the block it is in", nullptr},
    {"-", At::Problem, Look::No, "this does not fit the list it is in", kIndentation},
    {"token", At::Problem, Look::Token, nullptr, nullptr},
    {"tab", At::Problem, Look::No, kTab, kIndentation},
    {"name", At::Context, Look::No, "a name is missing after & or *", kQuoteValue},
    {"tag", At::Problem, Look::No, "this is not a tag", kQuoteValue},
    {"|", At::Problem, Look::No, "this can't follow | or >", "begin the text on the next line"},
    {"start", At::Problem, Look::No, "a document begins with ---", nullptr},
};
constexpr Advice kNoAdvice = {nullptr, At::Problem, Look::No, nullptr, ""};

const Advice& find_advice(const char* problem) {
  for (const Advice& advice : kAdvice)
    if (problem && !std::strcmp(problem, advice.problem)) return advice;
  return kNoAdvice;
}

Str line_before(Str text, std::size_t at) {
  std::size_t begin = at;
  while (begin && text[begin - 1] != '\n') begin--;
  return slice(text, begin, at);
}
Str rest_of_line(Str text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && text[end] != '\n') end++;
  return slice(text, at, end);
}

/// `title: A: B` is the classic: the remedy shows how the line should read.
Str quoted_line(Str text, std::size_t colon, Arena& arena) {
  constexpr std::size_t kMaxShown = 80;
  Str before = line_before(text, colon), after = rstrip(rest_of_line(text, colon));
  std::size_t first = before.find(": ");
  if (first == Str::npos)
    return "indent this line as the ones before it, or quote a value that holds a colon";
  Str line(before.data(), before.size() + after.size());
  if (line.size() > kMaxShown || line.find_first_of("\"\\") != Str::npos) return kQuoteValue;
  return arena.join({"put quotes around the value: ", strip(slice(line, 0, first)), ": \"",
                     lstrip(slice(line, first + 2)), "\""});
}

void look_at_line(Look look, Str text, std::size_t at, Arena& arena, Str& message, Str& remedy) {
  char here = char_at(text, at);
  switch (look) {
    case Look::No: return;
    case Look::Colon: remedy = quoted_line(text, at, arena); return;
    case Look::NoColon:
      remedy = here == '-'
                   ? "put a space after the dash"
                   : "write `name: value`, or indent the line if it continues the one before";
      return;
    case Look::Key: {
      Str before = rstrip(line_before(text, at));
      bool quoted = !before.empty() && is_one_of(before.back(), "\"'");
      remedy =
          quoted ? "text follows a closing quote: put the whole value in quotes" : kIndentation;
      return;
    }
    case Look::Value:
      remedy =
          here == ',' ? "remove the comma, or write the value between the commas" : kQuoteValue;
      return;
    case Look::Token:
      message = here == '\t' ? kTab : arena.join({"a value can't begin with ", Str(&here, 1)});
      remedy = here == '\t' ? kIndentation : kQuoteValue;
  }
}
/// Adds the line in which the construct began: Psych reports that line alone.
Str with_line(Str text, std::size_t began, std::size_t at, Str message, Arena& arena) {
  if (slice(text, began, at).find('\n') == Str::npos) return message;
  std::uint32_t line, column;
  locate(text, began, line, column);
  Text number;
  number.add_int(line);
  return arena.join({message, " (begun in line ", number.str(), ")"});
}
}  // namespace

bool check_characters(const Source& source, std::size_t begin, std::size_t size,
                      Diagnostics& diagnostics) {
  Str text = source.text.substr(begin, size);
  std::size_t invalid = find_invalid_utf8(text);
  for (std::size_t at = 0, next = 0; at < text.size(); at = next) {
    std::uint32_t c = decode(text, next);
    bool control = c < ' ' ? !is_one_of(char(c), "\t\n\r")
                           : (c >= 0x7F && c < 0xA0 && c != 0x85) || (c | 1) == 0xFFFF;
    if (at != invalid && !control) continue;
    bool is_text = at != invalid;
    diagnostics.add({Severity::Error, Rule::Yaml}, source, begin + at,
                    is_text ? "a control character is not allowed here" : "invalid UTF-8",
                    is_text ? "delete it" : "save the file as UTF-8");
    return false;
  }
  return true;
}

void report(const yaml_parser_t& parser, const Source& source, std::size_t begin,
            Diagnostics& diagnostics) {
  const Advice& advice = find_advice(parser.problem);
  Str message = advice.message   ? advice.message
                : parser.problem ? parser.problem
                                 : "this is not YAML";
  Str remedy = advice.remedy ? advice.remedy : "";
  bool context = parser.context && advice.at == At::Context;
  std::size_t at = begin + (context ? parser.context_mark : parser.problem_mark).index;
  look_at_line(advice.look, source.text, at, diagnostics.arena(), message, remedy);
  if (parser.context)
    message =
        with_line(source.text, begin + parser.context_mark.index, at, message, diagnostics.arena());
  diagnostics.add({Severity::Error, Rule::Yaml}, source, at, message, remedy);
}

}  // namespace meridian::yaml
