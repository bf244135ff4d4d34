// Reads the tables of languages.
#include "lexer.h"

namespace meridian::rouge {

namespace {
/// The classes of Rouge's tokens (its token.rb). `t` is Text.
constexpr Name kClasses =
    "t w esc err x k kc kd kn kp kr kt kv n na nb bp nc no nd ni ne nf fm py nl nn nx nt nv vc vg "
    "vi vm l ld s sa sb sc dl sd s2 se sh si sx sr s1 ss m mb mf mh mi il mo mx o ow p pi c ch cd "
    "cm cp cpf c1 cs g gd ge gr gh gi go gp gs gu gt gl";

class Reader {
 public:
  Reader(Arena& arena, Lexer& lexer) : arena_(arena), lexer_(lexer) {}

  /// False at a line that is wrong.
  bool read(Str text, Str& line) {
    while (next_piece(text, '\n', line)) {
      if (!line.empty() && !read_line(line)) return false;
    }
    return finish(line);
  }

 private:
  struct Draft {
    Str pattern, acts;
    Rule::Kind kind;
  };
  struct DraftState {
    Str name;
    List<Draft> rules, before;
  };

  bool read_line(Str line) {
    switch (line[0]) {
      case '%': return read_words(line.substr(1));
      case '@': return open_state(line.substr(1));
      case '<': return add_rule({line.substr(1), {}, Rule::Mixin});
      case '*': return add_rule({line.substr(1), {}, Rule::Native});
    }
    constexpr Name kArrow = " => ";
    std::size_t arrow = line.rfind(kArrow);
    if (arrow == Str::npos) return add_part(line);
    Str acts = line.substr(arrow + kArrow.size());
    if (line.substr(0, arrow) == "start") return start_ = acts, true;
    return add_rule({line.substr(0, arrow), acts, Rule::Match});
  }

  bool read_words(Str line) {
    Str name, word;
    next_piece(line, ' ', name);
    Words* words = lexer_.vocabulary.find_words(name);
    if (!words) {
      words = arena_.make<Words>();
      words->name = name;
      lexer_.vocabulary.words.add(arena_, words);
    }
    while (next_piece(line, ' ', word)) words->add(arena_, word);
    return true;
  }

  bool add_part(Str line) {
    std::size_t sign = line.find(" = ");
    if (sign == Str::npos) return false;
    lexer_.vocabulary.parts.add(arena_, {line.substr(0, sign), line.substr(sign + 3)});
    return true;
  }

  DraftState* find(Str name) const {
    for (DraftState* state : drafts_) {
      if (state->name == name) return state;
    }
    return nullptr;
  }

  bool open_state(Str name) {
    bool before = starts_with(name, "<");
    if (before) name.remove_prefix(1);
    DraftState* state = find(name);
    if (before && !state) return false;
    if (!state) {
      state = arena_.make<DraftState>();
      state->name = name;
      drafts_.add(arena_, state);
    } else if (!before) {
      state->rules = {};
    }
    rules_ = before ? &state->before : &state->rules;
    return true;
  }

  bool add_rule(const Draft& draft) {
    if (rules_) rules_->add(arena_, draft);
    return rules_;
  }

  /// States know each other and words grow to the end, so all is compiled at last.
  bool finish(Str& line) {
    for (DraftState* draft : drafts_) lexer_.states.add(arena_, {draft->name, {}});
    lexer_.root = lexer_.state("root");
    if (!read_acts(start_, lexer_.start)) return line = start_, false;
    for (std::uint32_t i = 0; i < drafts_.size; ++i) {
      for (auto* rules : {&drafts_[i]->before, &drafts_[i]->rules}) {
        for (const Draft& draft : *rules) {
          Rule rule;
          line = draft.pattern;
          if (!make_rule(draft, rule)) return false;
          lexer_.states[i].rules.add(arena_, rule);
        }
      }
    }
    return true;
  }

  bool make_rule(const Draft& draft, Rule& rule) {
    rule.kind = draft.kind;
    if (draft.kind == Rule::Mixin) return find_state(draft.pattern, rule.number);
    if (draft.kind == Rule::Native) return find_hook(draft.pattern, rule.number);
    return compile(arena_, lexer_.vocabulary, draft.pattern, rule.pattern) &&
           read_acts(draft.acts, rule.acts);
  }

  bool find_state(Str name, std::uint16_t& number) const {
    for (std::uint32_t i = 0; i < lexer_.states.size; ++i) {
      if (lexer_.states[i].name != name) continue;
      number = std::uint16_t(i);
      return true;
    }
    return false;
  }
  bool find_hook(Str name, std::uint16_t& number) const {
    for (std::uint32_t i = 0; i < lexer_.language->hook_count; ++i) {
      if (Str(lexer_.language->hooks[i].name) != name) continue;
      number = std::uint16_t(i);
      return true;
    }
    return false;
  }
  std::uint16_t find_other(Str name) {
    for (std::uint32_t i = 0; i < lexer_.others.size; ++i) {
      if (lexer_.others[i] == name) return std::uint16_t(i);
    }
    lexer_.others.add(arena_, name);
    return std::uint16_t(lexer_.others.size - 1);
  }

  /// Whether a word of what is done gives tokens.
  static bool is_target(Str word) { return !is_one_of(word[0], "+-=!*"); }

  bool read_acts(Str acts, List<Act>& list) {
    std::uint8_t targets = 0, group = 0;
    Str rest = acts, word;
    while (next_piece(rest, ' ', word)) targets += is_target(word);
    for (rest = acts; next_piece(rest, ' ', word);) {
      if (!(is_target(word) ? read_target(word, targets > 1 ? ++group : 0, list)
                            : read_move(word, list)))
        return false;
    }
    return true;
  }

  bool read_move(Str word, List<Act>& list) {
    Act act{Act::Push};
    Str name = word.substr(1);
    bool ok = true;
    switch (word[0]) {
      case '+':
        if (name.empty())
          act.kind = Act::PushTop;
        else
          ok = find_state(name, act.number);
        break;
      case '=':
        act.kind = Act::Goto;
        ok = find_state(name, act.number);
        break;
      case '-':
        if (is_one_of(char_at(name, 0), "?!")) {
          act.kind = name[0] == '?' ? Act::PopIf : Act::PopUnless;
          ok = find_state(name.substr(1), act.number);
          break;
        }
        act.kind = Act::Pop;
        act.number = name.empty() ? 1 : std::uint16_t(parse_int(name));
        break;
      case '!': act.kind = Act::Reset; break;
      default: act.kind = Act::Call; ok = find_hook(name, act.number);
    }
    list.add(arena_, act);
    return ok;
  }

  bool read_target(Str word, std::uint8_t group, List<Act>& list) {
    if (word == "_") return true;
    if (word[0] == '>') {
      bool fresh = starts_with(word, ">>");
      Act act{fresh ? Act::Fresh : Act::Delegate};
      act.group = group;
      act.number = find_other(word.substr(fresh ? 2 : 1));
      list.add(arena_, act);
      return true;
    }
    std::uint32_t first = list.size;
    for (Str choice; next_piece(word, '|', choice);) {
      Act act{Act::Emit};
      act.group = group;
      std::size_t test = choice.find_first_of("?~^"), plus = choice.find('+');
      if (test != Str::npos) {
        act.test = choice[test];
        act.words = lexer_.vocabulary.find_words(choice.substr(0, test));
        if (!act.words) return false;
      }
      std::size_t from = test == Str::npos ? 0 : test + 1;
      int token = token_of(slice(choice, from, plus));
      if (token < 0) return false;
      act.token = std::uint8_t(token);
      if (plus != Str::npos) {
        if (!find_state(choice.substr(plus + 1), act.number)) return false;
        ++act.number;
      }
      list.add(arena_, act);
    }
    for (std::uint32_t i = first; i < list.size; ++i)
      list[i].skip = std::uint16_t(list.size - 1 - i);
    return list.size > first;
  }

  Arena& arena_;
  Lexer& lexer_;
  List<DraftState*> drafts_;
  List<Draft>* rules_ = nullptr;
  Str start_;
};
}  // namespace

int token_of(Str name) { return one_of(name, kClasses); }

Str class_of(std::uint8_t token) {
  // Positions of the names: looked up for every token of the code.
  static std::uint16_t begins[128];
  if (!begins[1]) {
    std::uint16_t count = 1;
    for (std::size_t i = 0; i < kClasses.size(); ++i) {
      if (kClasses[i] == ' ') begins[count++] = std::uint16_t(i + 1);
    }
    begins[count] = std::uint16_t(kClasses.size() + 1);
  }
  return slice(kClasses, begins[token], begins[token + 1] - 1u);
}

std::uint16_t Lexer::state(Str name) const {
  for (std::uint32_t i = 0; i < states.size; ++i) {
    if (states[i].name == name) return std::uint16_t(i);
  }
  return 0;
}

bool read_language(Arena& arena, const Language& language, Lexer& lexer, Str& line) {
  lexer.language = &language;
  Text all;
  all.add(language.base);
  all.add('\n');
  all.add(language.text);
  return Reader(arena, lexer).read(arena.copy(all.str()), line);
}

}  // namespace meridian::rouge
