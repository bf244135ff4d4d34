// The lexers of core/rouge against what Rouge printed: rouge.txt, or a file that is given, such as
// rouge_variants.rb writes. Cases are named `language-number`. Prints what differs, and ends with
// "N passed, M failed".
#include <iostream>

#include "corpus.h"
#include "examples.h"
#include "meridian/rouge.h"

int main(int count, char** values) {
  std::vector<std::string> given = corpus::arguments(count, values);
  examples::File file =
      examples::read(given.empty() ? "tests/spec/rouge.txt" : given.front(), 2, 2);
  if (!file.error.empty()) {
    corpus::broken(file.error);
    return corpus::finish();
  }
  corpus::Tally tally("rouge");
  for (const examples::Example& e : file.examples) {
    std::string language = e.name.substr(0, e.name.rfind('-')), code = e.parts[0];
    code.pop_back();  // the line break before the dot
    meridian::Text html;
    bool done = meridian::rouge::add_highlighted(html, language, code);
    std::string got = std::string(html.str()) + "\n";
    tally.check(e.name, done && got == e.parts[1]);
    if (got != e.parts[1])
      std::cout << "---- expected\n" << e.parts[1] << "---- got\n" << got << "\n";
  }
  tally.print();
  return corpus::finish();
}
