// Sessions in a terminal: lines with a prompt are for the shell, others are its output.
#include "lexer.h"

namespace meridian::rouge {

namespace {
/// `...` and `<...>` stand for what is left out.
bool is_elision(Str line) {
  line = strip(line);
  if (line.size() > 2 && line[0] == '<' && line.back() == '>')
    line = slice(line, 1, line.size() - 1);
  return !line.empty() && line.find_first_not_of('.') == Str::npos;
}

void lex(Run& run, Str text) {
  Run* shell = run.fresh("shell");
  while (!text.empty()) {
    std::size_t end = text.find('\n');
    Str line = text.substr(0, end == Str::npos ? end : end + 1);
    text.remove_prefix(line.size());
    std::size_t prompt = line.find_first_of("$#>;");
    if (is_elision(line)) {
      shell->reset();
      run.token("c", line);
    } else if (prompt == Str::npos) {
      shell->reset();
      run.token("go", line);
    } else {
      Str command = line.substr(prompt + 1);
      std::size_t blanks = command.find_first_not_of(" \t\n\v\f\r");
      run.token("gp", line.substr(0, prompt + 1));
      run.token("w", command.substr(0, blanks));
      shell->feed(blanks == Str::npos ? Str() : command.substr(blanks));
    }
  }
}
}  // namespace

const Language kConsole = {
    "console terminal shell_session shell-session", "", "@root", nullptr, 0, lex};

}  // namespace meridian::rouge
