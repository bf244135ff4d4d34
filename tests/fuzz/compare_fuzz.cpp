// Two versions of a file, as `meridian compare` reads them: the input is a byte for the syntax, and
// both with a NUL between them. Whatever they are, the edits lead from one to the other, and a file
// does not differ from itself.
#include "compare/differences.h"
#include "compare/edits.h"
#include "fuzz.h"

using namespace meridian::cli::comparison;

namespace {
using Numbers = std::vector<std::uint32_t>;

Numbers numbers_of(const Tokens& tokens) {
  Numbers numbers;
  for (const Token& token : tokens.list) {
    fuzz::expect(token.line > 0, "lines begin with 1");
    fuzz::expect(token.element < std::int32_t(tokens.elements.size()), "the element is there");
    numbers.push_back(token.text);
  }
  return numbers;
}

void expect_edits(const Numbers& old_list, const Numbers& new_list) {
  std::size_t old_at = 0, new_at = 0;
  auto expect_same = [&](std::size_t old_end, std::size_t new_end) {
    fuzz::expect(old_end >= old_at && old_end <= old_list.size(), "edits are in order");
    fuzz::expect(new_end - new_at == old_end - old_at, "as many items between edits in both");
    for (; old_at < old_end; old_at++, new_at++)
      fuzz::expect(old_list[old_at] == new_list[new_at], "between edits nothing differs");
  };
  for (const Edit& edit : find_edits(old_list, new_list)) {
    expect_same(edit.old_begin, edit.new_begin);
    fuzz::expect(edit.old_end > edit.old_begin || edit.new_end > edit.new_begin, "an edit is one");
    old_at = edit.old_end;
    new_at = edit.new_end;
  }
  expect_same(old_list.size(), new_list.size());
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  constexpr Syntax kSyntaxes[] = {Syntax::Html, Syntax::Xml, Syntax::Css, Syntax::Json,
                                  Syntax::Lines};
  Syntax syntax = kSyntaxes[data[0] % std::size(kSyntaxes)];
  std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::size_t half = text.find('\0');
  std::string_view old_text = text.substr(0, half);
  std::string_view new_text = half == text.npos ? std::string_view() : text.substr(half + 1);
  Texts texts;
  Numbers old_list = numbers_of(read_tokens(old_text, syntax, texts));
  Numbers new_list = numbers_of(read_tokens(new_text, syntax, texts));
  expect_edits(old_list, new_list);
  fuzz::expect(find_differences(old_text, new_text, syntax).empty() == (old_list == new_list),
               "a difference is one of tokens");
  return 0;
}
