// How the work of a parser grows with its input: texts that repeat the tokens of a grammar, at
// sizes that double. growth.cpp makes the texts and counts, growth_subjects.cpp and growth_code.cpp
// name parsers and tokens.
#pragma once
#include <string>
#include <vector>

namespace growth {

/// What stands around repeated tokens: they are most of a text.
struct Frame {
  const char *before = "", *after = "";
};

/// A parser with the tokens of its grammar. Those that open something need no closing ones: texts
/// are also of one kind alone.
struct Subject {
  std::string name;
  std::vector<std::string> tokens;
  std::vector<Frame> frames;
  void (*run)(const std::string& text);
};

/// The parsers of data, of text and of templates.
void add_subjects(std::vector<Subject>& subjects);
/// The lexers of code.
void add_lexers(std::vector<Subject>& subjects);

/// The words of a text, whose escapes `\s`, `\n`, `\t` and `\\` stand for characters.
std::vector<std::string> words_of(const char* text);

}  // namespace growth
