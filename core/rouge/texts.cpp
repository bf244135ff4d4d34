// Languages whose lines are a file of their own (lexers/).
#include "lexer.h"
#include "meridian/rouge.h"

namespace meridian::rouge {

namespace {
/// `<<WORD` up to the line that has the word alone, of HCL: Rouge's states `heredoc` and
/// `heredoc_nl`. A line with another word ends with the blank lines behind it.
bool heredoc(Run& run) {
  Str s = run.rest();
  if (!starts_with(s, "<<")) return false;
  std::size_t at = 2;
  auto skip = [&](auto is) {
    std::size_t from = at;
    while (at < s.size() && is(s[at])) ++at;
    return slice(s, from, at);
  };
  auto space = [](char c) { return is_one_of(c, " \t\n\v\f\r"); };
  auto word_char = [](char c) { return is_alnum(c) || c == '_'; };
  auto one = [&](char c) {
    std::size_t from = at;
    if (char_at(s, at) == c) ++at;
    return slice(s, from, at);
  };
  one('-');
  Str sign = s.substr(0, at), blanks = skip(space), quote = one('\''), stroke = one('\\'),
      word = skip(word_char);
  if (word.empty() || (!quote.empty() && char_at(s, at) != '\'')) return false;
  run.token("o", sign);
  run.token("t", blanks);
  run.token("sh", quote);
  run.token("sh", stroke);
  run.token("no", word);
  run.token("sh", quote.empty() ? Str() : one('\''));
  while (at < s.size()) {
    std::size_t from = at, end = s.find('\n', at);
    at = end == Str::npos ? s.size() : end + 1;
    run.token("sh", slice(s, from, at));
    for (bool is_line = true; is_line;) {
      from = at;
      skip(space);
      Str found = skip(word_char), behind = skip(space);
      run.spend(at - from);
      std::size_t last = behind.rfind('\n');
      is_line = !found.empty() && last != Str::npos;
      at = is_line ? std::size_t(behind.data() - s.data()) + last + 1 : from;
      run.token(found == word ? "no" : "sh", slice(s, from, at));
      if (is_line && found == word) return run.at += std::uint32_t(at), true;
    }
  }
  run.at += std::uint32_t(at);
  return true;
}

/// Vue's `{{` begins JavaScript anew.
bool reset_script(Run& run) {
  run.other("javascript")->reset();
  return true;
}

/// Sass: what comes with the next indented block (`numbers`), how far its line and the last one are
/// indented (`texts`). Rouge's Indentation.
enum Block : std::uint32_t { None, Single, Multi };
void begin_block(Run& run, Block block) {
  run.numbers[0] = block;
  run.texts[0] = run.texts[1];
}
bool single(Run& run) { return begin_block(run, Single), true; }
bool multi(Run& run) { return begin_block(run, Multi), true; }
bool indent(Run& run) {
  if (!run.numbers.size) {
    run.numbers.add(run.arena(), None);
    run.texts.add(run.arena(), Str());
    run.texts.add(run.arena(), Str());
  }
  Str by = run.arena().copy(run.match.group(0));
  run.texts[1] = by;
  if (run.numbers[0] != None && starts_with(by, run.texts[0]) && by != run.texts[0]) {
    run.push(run.numbers[0] == Single ? "single_comment" : "multi_comment");
  } else {
    run.numbers[0] = None;
    run.push("content");
  }
  return true;
}

constexpr Hook kHooks[] = {{"heredoc", heredoc},
                           {"reset_script", reset_script},
                           {"single", single},
                           {"multi", multi},
                           {"indent", indent}};

/// Languages are read once, and stay.
struct Known {
  Arena arena;
  List<const Language*> languages;
};
Known& known() {
  static Known* known = new Known;
  return *known;
}

Name name_of(Str s) {
  Name name;
  name.text = s.data();
  name.length = std::uint32_t(s.size());
  return name;
}

/// The file of the language with this name; empty when there is none.
Str file_with(Str name) {
  Str files = lexer_files();
  for (Str file; next_piece(files, '\0', file);) {
    Str names = file.substr(0, file.find('\n'));
    if (one_of(name, names.substr(0, names.find(" <"))) >= 0) return file;
  }
  return {};
}

/// Appends the lines of a language and, if `all`, of those that it begins with.
void add_lines(Text& lines, const Language& language, bool all) {
  if (all) {
    lines.add(language.base);
    lines.add('\n');
  }
  lines.add(language.text);
  lines.add('\n');
}
}  // namespace

const Language* find_text_language(Str name) {
  Known& kept = known();
  for (const Language* language : kept.languages) {
    if (one_of(name, language->names) >= 0) return language;
  }
  Str file = file_with(name);
  std::size_t end = file.find('\n');
  if (end == Str::npos) return nullptr;
  Str names = file.substr(0, end), base;
  std::size_t less = names.find(" < ");
  Text lines;
  if (less != Str::npos) {
    Str others = names.substr(less + 3);
    for (bool first = true; next_piece(others, ' ', base); first = false) {
      const Language* other = find_language(base);
      if (!other) return nullptr;
      add_lines(lines, *other, first);
    }
  }
  Language* language = kept.arena.make<Language>();
  language->names = name_of(kept.arena.copy(names.substr(0, less)));
  language->base = name_of(kept.arena.copy(lines.str()));
  language->text = name_of(kept.arena.copy(file.substr(end + 1)));
  language->hooks = kHooks;
  language->hook_count = std::size(kHooks);
  kept.languages.add(kept.arena, language);
  return language;
}

}  // namespace meridian::rouge
