// A lexer at work: Rouge's RegexLexer.
#include "lexer.h"

namespace meridian::rouge {

namespace {
/// Matches without a character that are let pass in a row, as in Rouge.
constexpr std::uint32_t kMaxEmptyMatches = 5;
/// Lexers within lexers: Markdown in Markdown may nest as often as its author likes.
constexpr int kMaxDepth = 8;
}  // namespace

void Sink::add(std::uint8_t token, Str text) {
  if (text.empty()) return;
  if (token != open_) {
    end();
    open_ = token;
    if (token) {
      out_.add("<span class=\"");
      out_.add(class_of(token));
      out_.add("\">");
    }
  }
  std::size_t from = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char* escaped = text[i] == '&'   ? "&amp;"
                          : text[i] == '<' ? "&lt;"
                          : text[i] == '>' ? "&gt;"
                                           : nullptr;
    if (!escaped) continue;
    out_.add(slice(text, from, i));
    out_.add(escaped);
    from = i + 1;
  }
  out_.add(text.substr(from));
}

void Sink::end() {
  if (open_) out_.add("</span>");
  open_ = 0;
}

Run::Run(Work& work, const Lexer& of) : lexer(of), work_(work) { push(lexer.root); }

void Run::reset() {
  stack_.size = 0;
  push(lexer.root);
  for (const Act& a : lexer.start) act(a);
}

void Run::push_top() {
  if (!stack_.empty()) push(std::uint16_t(stack_.back()));
}

void Run::pop(std::uint32_t count) { stack_.size -= count < stack_.size ? count : stack_.size; }

void Run::go(Str state) {
  if (!stack_.empty()) stack_.back() = lexer.state(state);
}

bool Run::top_is(Str state) const {
  return !stack_.empty() && lexer.states[stack_.back()].name == state;
}

Run* Run::fresh(Str name) {
  const Language* language = name == "self" ? lexer.language : find_language(name);
  if (!language) return nullptr;
  Run* run = new (work_.arena.alloc(sizeof(Run))) Run(work_, lexer_of(*language));
  run->reset();
  return run;
}

Run* Run::other(Str name) {
  for (std::uint32_t i = 0; i < lexer.others.size; ++i) {
    if (lexer.others[i] != name) continue;
    while (others_.size <= i) others_.add(work_.arena, nullptr);
    if (!others_[i]) others_[i] = fresh(name);
    return others_[i];
  }
  return nullptr;
}

void Run::feed(Str code) {
  if (work_.depth == kMaxDepth) return give_up();
  ++work_.depth;
  // A lexer may be given a part of what it is lexing.
  Str outer = text;
  std::uint32_t outer_at = at;
  Failed outer_failed = failed_;
  failed_ = {};
  text = code;
  at = 0;
  if (lexer.language->lex) {
    lexer.language->lex(*this, code);
  } else {
    empty_matches_ = 0;
    while (at < text.size() && !gave_up()) {
      // Rouge raises an error here, and a page of Jekyll would not be made.
      if (stack_.empty()) {
        give_up();
        break;
      }
      if (step(lexer.states[stack_.back()]) || gave_up()) continue;
      std::size_t next = at;
      decode(text, next);
      token("err", slice(text, at, next));
      at = std::uint32_t(next);
    }
  }
  text = outer;
  at = outer_at;
  failed_ = outer_failed;
  --work_.depth;
}

bool Run::step(const State& state) {
  for (const Rule& rule : state.rules) {
    if (rule.kind == Rule::Mixin) {
      if (step(lexer.states[rule.number])) return true;
      continue;
    }
    if (rule.kind == Rule::Native) {
      if (lexer.language->hooks[rule.number].call(*this)) {
        empty_matches_ = 0;
        return true;
      }
      continue;
    }
    // A match without a character may be followed by another rule's try at the end.
    if (at < text.size() && !rule.pattern.begins[std::uint8_t(text[at])]) continue;
    if (rule.pattern.at_line_begin && at && text[at - 1] != '\n') continue;
    if (!work_.matcher.match(rule.pattern, lexer.vocabulary, rest(), match, failed_)) continue;
    return matched(rule);
  }
  return false;
}

bool Run::matched(const Rule& rule) {
  std::uint32_t size = match.at[1];
  at += size;
  for (std::uint32_t i = 0; i < rule.acts.size; ++i) {
    if (act(rule.acts[i])) i += rule.acts[i].skip;
  }
  if (size) {
    empty_matches_ = 0;
    return true;
  }
  return ++empty_matches_ <= kMaxEmptyMatches;
}

/// Whether it was done: of alternatives one is.
bool Run::act(const Act& a) {
  switch (a.kind) {
    case Act::Emit: {
      Str s = match.group(a.group);
      if (a.words) {
        Text upper;
        if (a.test == '~') add_upcase(upper, s);
        bool has = a.test == '^'   ? a.words->has_prefix_of(s)
                   : a.test == '~' ? a.words->has(upper.str())
                                   : a.words->has(s);
        if (!has) return false;
      }
      token(a.token, s);
      if (a.number) push(std::uint16_t(a.number - 1));
      return true;
    }
    case Act::Push: push(a.number); break;
    case Act::PushTop: push_top(); break;
    case Act::Pop: pop(a.number); break;
    case Act::PopIf:
    case Act::PopUnless:
      if (!stack_.empty() && (stack_.back() == a.number) == (a.kind == Act::PopIf)) pop();
      break;
    case Act::Goto:
      if (!stack_.empty()) stack_.back() = a.number;
      break;
    case Act::Reset:
      stack_.size = 0;
      push(lexer.root);
      break;
    case Act::Call: lexer.language->hooks[a.number].call(*this); break;
    case Act::Delegate:
    case Act::Fresh: {
      Str name = lexer.others[a.number];
      Str s = match.group(a.group);
      Run* run = s.empty() ? nullptr : a.kind == Act::Fresh ? fresh(name) : other(name);
      Match kept = match;
      if (run) run->feed(s);
      match = kept;
      break;
    }
  }
  return true;
}

}  // namespace meridian::rouge
