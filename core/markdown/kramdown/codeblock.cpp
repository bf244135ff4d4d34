#include "parser.h"

namespace meridian::markdown::kramdown {

/// CODEBLOCK_MATCH: indented lines, lazy lines after them, blank lines between. Gives the end; `at`
/// when nothing fits.
std::size_t Parser::code_block_end(std::size_t at) {
  std::size_t end = at;
  for (;;) {
    std::size_t i = blank_end(end);
    bool any = false;
    while (indented(i)) {
      std::size_t text = skip_blanks(s_, i);
      if (text >= s_.size() || is_space(s_[text])) break;
      i = next_line(i);
      any = true;
    }
    if (!any) return end;
    while (i < s_.size() && !is_space(peek(skip_blanks(s_, i))) && end_marker_end(i) == npos &&
           !block_ial_start(i) && !match_block_tag(s_, i)) {
      if (indented(i)) break;  // the next round adds it
      i = next_line(i);
    }
    end = i;
  }
}

bool Parser::parse_code_block() {
  std::size_t begin = pos_;
  pos_ = code_block_end(pos_);
  if (pos_ == begin) return false;
  Text code;
  for (std::size_t at = begin; at < pos_;) {
    std::size_t end = next_line(at), text = skip_indent(at);
    if (at > begin && !is_space(peek(text))) {
      // A line that is indented too little continues the one before it.
      code.truncate(code.size() - 1);
      code.add(' ');
      code.add(between(at, end));
    } else {
      code.add(between(without_indentation(at), end));
    }
    at = end;
  }
  add_block(Type::CodeBlock, begin, arena_.copy(code.str()));
  return true;
}

// ---- fenced ----

/// The number of marks at `at`, which moves to the first of them.
std::size_t Parser::fence_length(std::size_t& at, char& mark) const {
  bool gfm = options_.gfm_input;
  if (gfm) at = skip_indent(at);
  std::size_t end = at;
  mark = peek(at);
  for (char c; (c = peek(end)) == '~' || (gfm && c == '`'); ++end) {
    if (c != peek(at)) mark = '\0';  // mixed
  }
  return end - at;
}

bool Parser::fence_start(std::size_t at) const {
  char mark;
  return fence_length(at, mark) >= 3;
}

/// Adds the next line that can close a fence to the list of them; false when there are no more.
bool Parser::find_fence() {
  while (in_->fences_end < s_.size()) {
    std::size_t at = in_->fences_end, from = at;
    in_->fences_end = next_line(at);
    char mark = s_[at];
    std::size_t length = mark == ' ' || mark == '`' || mark == '~' ? fence_length(from, mark) : 0;
    std::size_t end = length >= 3 ? skip_to_line_end(from + length) : npos;
    if (end == npos) continue;
    in_->fences.add(arena_,
                    Fence{std::uint32_t(at), std::uint32_t(length), std::uint32_t(end), mark, 0});
    return true;
  }
  if (in_->knows_fences) return false;
  std::uint32_t longest[2] = {0, 0};
  for (std::uint32_t i = in_->fences.size; i--;) {
    Fence& fence = in_->fences[i];
    if (!fence.mark) continue;
    std::uint32_t& best = longest[fence.mark == '~'];
    if (fence.length > best) best = fence.length;
    fence.longest_here = best;
  }
  in_->knows_fences = true;
  return false;
}

/// The first line from `at` on that closes a fence of `length` marks. When no run is long enough
/// the fence counts as long as the longest one; nullptr when there is none at all.
const Fence* Parser::closing_fence(std::size_t at, char mark, std::size_t& length) {
  List<Fence>& fences = in_->fences;
  std::uint32_t& first = in_->next_fence[mark == '~'];
  if (in_->fences_end < at) in_->fences_end = at;
  while ((first < fences.size || find_fence()) &&
         (fences[first].begin < at || fences[first].mark != mark))
    ++first;
  // While the list is incomplete, the next line that fits is used at once, so that none is passed
  // twice.
  for (std::uint32_t i = first; !in_->knows_fences && (i < fences.size || find_fence()); ++i) {
    if (fences[i].mark == mark && fences[i].length >= length) return &fences[i];
  }
  if (first == fences.size) return nullptr;
  if (length > fences[first].longest_here) length = fences[first].longest_here;
  const Fence* close = &fences[first];
  while (close->mark != mark || close->length < length) ++close;
  return close;
}

bool Parser::parse_fenced_code() {
  std::size_t begin = pos_, from = pos_;
  char mark;
  std::size_t length = fence_length(from, mark);
  if (length < 3) return false;
  // A run of two kinds of marks ends where the kind changes.
  if (!mark) {
    mark = s_[from];
    length = 1;
    while (s_[from + length] == mark) ++length;
    if (length < 3) return false;
  }
  std::size_t info_end = next_line(from), word, word_end;
  auto takes_info = [&] {  // one word may follow
    word = skip_space(s_.substr(0, info_end - 1), from + length);
    word_end = word;
    while (word_end < info_end && !is_space(s_[word_end])) ++word_end;
    return skip_to_line_end(word_end) == info_end;
  };
  if (!takes_info()) return false;
  const Fence* close = closing_fence(info_end, mark, length);
  if (!close || !takes_info()) return false;

  pos_ = close->line_end;
  Node* block = add_block(Type::CodeBlock, begin, between(info_end, close->begin));
  block->flags |= kFenced;
  Str info = between(word, word_end);
  if (!info.empty()) {
    std::size_t question = info.find('?', 1);
    set(block, "class", arena_.join("language-", info.substr(0, question)));
  }
  return true;
}

}  // namespace meridian::markdown::kramdown
