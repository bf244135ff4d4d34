// Comments in files that silence diagnostics.
#include "names.h"
#include "parts.h"

namespace meridian {

using site::File;

namespace {
constexpr Name kWord = "meridian-ignore-";
// Comments of one file that are read: more are no exceptions, the rule is.
constexpr std::uint32_t kMaxComments = 1000;
// Bytes around the word in which a comment begins, and names its rules.
constexpr std::size_t kMaxBefore = 100, kMaxNames = 1000;

/// A rule that a comment silences.
struct Silence {
  Rule rule;
  bool whole_file;
  bool used;
  /// The one that it is for.
  std::uint32_t line;
  /// Of the rule's name.
  std::size_t at;
  Silence* next;
};

struct Comments {
  Silence* first = nullptr;
};

bool opens_comment(Str before) {
  before = strip(before);
  for (const char* opener : {"<!--", "#", "//", "/*", "%"})
    if (ends_with(before, opener)) return true;
  if (!ends_with(before, "%}")) return false;
  std::size_t tag = before.rfind(Str("{%"));
  return tag != Str::npos && before.substr(tag).find("comment") != Str::npos;
}

/// Of all names that a comment may have: up to what ends it, or a reason.
Str names_in(Str rest) {
  for (const char* end : {"\n", "-->", "*/", "{%", "%}", " -- "})
    if (std::size_t at = rest.find(Str(end)); at != Str::npos) rest = rest.substr(0, at);
  return rest;
}

Rule rule_named(Str name) {
  std::uint8_t number = 0;
  while (number < std::uint8_t(Rule::Count) && rule_name(Rule(number)) != name) number++;
  return Rule(number);
}

class Reader {
 public:
  Reader(Arena& arena, const File& file, Diagnostics& left)
      : arena_(arena), source_(file.source), left_(left) {}

  void read(Comments& comments) {
    Str text = source_.text;
    std::size_t lines_at = 0;
    std::uint32_t line = 1;
    for (std::size_t at = 0; (at = text.find(kWord, at)) != Str::npos;) {
      std::size_t begin = at;
      at += kWord.size();
      for (; lines_at < begin; lines_at++) line += text[lines_at] == '\n';
      Str before = slice(text, begin > kMaxBefore ? begin - kMaxBefore : 0, begin);
      if (std::size_t newline = before.rfind('\n'); newline != Str::npos)
        before = before.substr(newline + 1);
      if (!opens_comment(before)) continue;
      if (comments_++ == kMaxComments) return;
      Str scope = first_word(text.substr(at));
      int kind = one_of(scope, "line next-line file");
      if (kind < 0) continue;
      Silence silence{Rule::General, kind == 2, false, kind == 1 ? next_line(at, line) : line, 0,
                      nullptr};
      std::size_t names = at + scope.size();
      rules(names, names_in(text.substr(names, kMaxNames)), silence, comments);
    }
  }

 private:
  static Str first_word(Str s) {
    std::size_t end = 0;
    while (end < s.size() && (is_alnum(s[end]) || s[end] == '-')) end++;
    return s.substr(0, end);
  }
  /// The next line with something on it.
  std::uint32_t next_line(std::size_t at, std::uint32_t line) const {
    Str text = source_.text;
    for (;;) {
      at = text.find('\n', at);
      if (at == Str::npos) return line;
      line++, at++;
      if (!strip(slice(text, at, text.find('\n', at))).empty()) return line;
    }
  }
  void rules(std::size_t at, Str list, const Silence& silence, Comments& comments) {
    bool any = false;
    for (std::size_t i = 0; i < list.size();) {
      Str name = first_word(list.substr(i));
      if (name.empty() || !is_alpha(name[0])) {
        i += name.empty() ? 1 : name.size();
        continue;
      }
      any = true;
      Silence one = silence;
      one.at = at + i;
      one.rule = rule_named(name);
      if (one.rule == Rule::Count)
        unknown(one.at, name);
      else
        one.next = comments.first, comments.first = arena_.make<Silence>(one);
      i += name.size();
    }
    if (!any)
      left_.add({Severity::Warning, Rule::UnusedIgnore}, source_, at,
                "this comment names no rule, and silences nothing",
                "name the rule, which is in brackets after the message");
  }
  void unknown(std::size_t at, Str name) {
    check::Nearest nearest(name);
    for (unsigned i = 0; i < unsigned(Rule::Count); i++) nearest.consider(rule_name(Rule(i)));
    left_.add({Severity::Warning, Rule::UnusedIgnore}, source_, at,
              arena_.join("there is no rule `", name, "`"),
              nearest.name().empty() ? Str("its name is in brackets after the message")
                                     : arena_.join("did you mean `", nearest.name(), "`?"));
  }

  Arena& arena_;
  const Source& source_;
  Diagnostics& left_;
  std::uint32_t comments_ = 0;
};

bool silences(Comments& comments, const Diagnostic& d) {
  bool found = false;
  for (Silence* s = comments.first; s; s = s->next)
    if (s->rule == rule_of(d) && (s->whole_file || s->line == d.line)) s->used = found = true;
  return found;
}
}  // namespace

void leave_out_ignored(const site::Files& files, const Diagnostics& found, bool all,
                       Diagnostics& left) {
  Arena arena;
  // Path → index in `comments`.
  Map by_path{&arena};
  List<Comments> comments;
  List<const File*> owners;
  for (const File* f = files.first(); f; f = f->next) {
    if (f->presence != site::Presence::Loaded || f->generated) continue;
    Comments read;
    Reader(arena, *f, left).read(read);
    if (!read.first) continue;
    by_path.set(f->source.path) = std::int64_t(comments.size);
    comments.add(arena, read);
    owners.add(arena, f);
  }
  for (const Diagnostic& d : found) {
    const Value* number = by_path.find(d.file);
    if (!number || !silences(comments[std::uint32_t(number->i)], d)) left.add(d);
  }
  for (std::uint32_t i = 0; all && i < comments.size; i++)
    for (const Silence* s = comments[i].first; s; s = s->next)
      // A host that is down now and then answers today.
      if (!s->used && s->rule < Rule::DeadLink)
        left.add({Severity::Warning, Rule::UnusedIgnore}, owners[i]->source, s->at,
                 arena.join("there is no `", rule_name(s->rule), "` to silence here"),
                 "remove the name, or the comment");
}

}  // namespace meridian
