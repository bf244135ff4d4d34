#include "regex.h"

namespace meridian::scholar {

namespace {
/// Groups within each other.
constexpr int kMaxDepth = 40;

class Matcher {
 public:
  Matcher(Str pattern, Str text) : p_(pattern), s_(text) {}

  bool search() {
    for (std::size_t at = 0; at <= s_.size() && steps_ < kMaxMatchSteps; at++)
      if (alternatives(0, p_.size(), at, nullptr, 0)) return true;
    return false;
  }

 private:
  /// What has to match behind a group.
  struct Then {
    std::size_t from, to;
    const Then* next;
    /// Where a group that repeats began: it must have taken something.
    std::size_t begin;
  };

  /// Behind the item at `i`: a character, a class, an escape, a group.
  std::size_t item_end(std::size_t i, std::size_t to) const {
    char c = p_[i];
    if (c == '\\') return i + 2 < to ? i + 2 : to;
    if (c == '[') {
      std::size_t end = i + 1;
      if (end < to && p_[end] == '^') end++;
      if (end < to && p_[end] == ']') end++;
      while (end < to && p_[end] != ']') end += p_[end] == '\\' ? 2 : 1;
      return end < to ? end + 1 : to;
    }
    if (c != '(') return i + 1;
    int level = 0;
    for (; i < to; i++) {
      if (p_[i] == '\\')
        i++;
      else if (p_[i] == '(')
        level++;
      else if (p_[i] == ')' && !--level)
        return i + 1;
    }
    return to;
  }

  static bool in_class(char kind, char c) {
    switch (lower(kind)) {
      case 'd': return is_digit(c) == (kind == 'd');
      case 's': return is_space(c) == (kind == 's');
      case 'w': return (is_alnum(c) || c == '_') == (kind == 'w');
      default: return kind == c;
    }
  }

  bool one(std::size_t i, std::size_t end, char c) const {
    if (p_[i] == '.') return c != '\n';
    if (p_[i] == '\\') return end - i > 1 && in_class(p_[i + 1], c);
    if (p_[i] != '[' || end - i < 2) return p_[i] == c;
    bool negated = p_[i + 1] == '^', found = false;
    for (std::size_t at = i + 1 + (negated ? 1 : 0); at + 1 < end; at++) {
      if (p_[at] == '\\' && at + 2 < end) {
        found |= in_class(p_[++at], c);
      } else if (at + 3 < end && p_[at + 1] == '-') {
        found |= c >= p_[at] && c <= p_[at + 2];
        at += 2;
      } else {
        found |= p_[at] == c;
      }
    }
    return found != negated;
  }

  bool go_on(std::size_t at, const Then* then, int depth) {
    if (!then) return true;
    if (then->begin == at) return false;
    return sequence(then->from, then->to, at, then->next, depth + 1);
  }

  bool alternatives(std::size_t from, std::size_t to, std::size_t at, const Then* then, int depth) {
    for (std::size_t begin = from, i = from;;) {
      while (i < to && p_[i] != '|') i = item_end(i, to);
      if (sequence(begin, i, at, then, depth)) return true;
      if (i >= to) return false;
      begin = ++i;
    }
  }

  bool sequence(std::size_t from, std::size_t to, std::size_t at, const Then* then, int depth) {
    if (depth > kMaxDepth) return false;
    while (from < to) {
      if (++steps_ > kMaxMatchSteps) return false;
      std::size_t end = item_end(from, to);
      char repeat = end < to ? p_[end] : '\0';
      bool repeats = repeat == '*' || repeat == '+' || repeat == '?';
      std::size_t next = repeats ? end + 1 : end;
      if (repeats && next < to && p_[next] == '?') next++;
      if (p_[from] == '(') return group(from, end, repeat, next, to, at, then, depth);
      bool bound = p_[from] == '\\' && end - from > 1 && p_[from + 1] == 'b';
      if (p_[from] == '^' || p_[from] == '$' || bound) {
        if (!stands(p_[from], at)) return false;
        from = next;
        continue;
      }
      if (!repeats) {
        if (at >= s_.size() || !one(from, end, s_[at])) return false;
        at++;
        from = next;
        continue;
      }
      std::size_t most = at;
      while (most < s_.size() && (repeat != '?' || most == at) && one(from, end, s_[most])) {
        most++;
        steps_++;
      }
      for (std::size_t least = at + (repeat == '+'); most >= least; most--) {
        if (sequence(next, to, most, then, depth + 1)) return true;
        if (most == 0) break;
      }
      return false;
    }
    return go_on(at, then, depth);
  }

  bool stands(char c, std::size_t at) const {
    if (c == '^') return at == 0 || s_[at - 1] == '\n';
    if (c == '$') return at == s_.size() || s_[at] == '\n';
    bool before = at && in_class('w', s_[at - 1]), behind = in_class('w', char_at(s_, at));
    return before != behind;
  }

  bool group(std::size_t from, std::size_t end, char repeat, std::size_t next, std::size_t to,
             std::size_t at, const Then* then, int depth) {
    std::size_t inner = from + 1;
    if (p_.substr(inner, 2) == "?:") inner += 2;
    std::size_t close = end > from + 1 && p_[end - 1] == ')' ? end - 1 : end;
    Then rest{next, to, then, Str::npos};
    Then again{from, to, then, at};
    bool may_repeat = repeat == '*' || repeat == '+';
    if (may_repeat && at < s_.size() && alternatives(inner, close, at, &again, depth + 1))
      return true;
    if (alternatives(inner, close, at, &rest, depth + 1)) return true;
    return (repeat == '*' || repeat == '?') && go_on(at, &rest, depth);
  }

  Str p_, s_;
  std::uint32_t steps_ = 0;
};
}  // namespace

bool matches(Str pattern, Str text) { return Matcher(pattern, text).search(); }

}  // namespace meridian::scholar
