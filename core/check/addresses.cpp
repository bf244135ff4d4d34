#include "addresses.h"

#include "meridian/text.h"

namespace meridian::check {

namespace {
// Expressions that begin an address are short.
constexpr std::size_t kMaxExpression = 200;
// Comparisons of forms that begin alike, in bytes: about a second's work.
constexpr std::uint64_t kMaxWork = std::uint64_t(1) << 30;

bool is_end(char c) { return !c || is_space(c) || is_one_of(c, "\"'()<>[]{}|,;#?`="); }

std::size_t end_of_run(Str text, std::size_t at) {
  while (at < text.size() && !is_end(text[at])) at++;
  return at;
}

/// Whether `}}` at the end of `before` ends an expression that begins addresses. Some are empty
/// here and set elsewhere, such as `site.github.repository_url`.
bool ends_base(Str before) {
  if (!ends_with(before, "}}")) return false;
  if (before.size() > kMaxExpression) before = slice(before, before.size() - kMaxExpression);
  std::size_t open = before.rfind(Str("{{"));
  if (open == Str::npos) return false;
  Str expression = strip(slice(before, open + 2, before.size() - 2));
  return one_of(expression, "site.baseurl site.url base_path") >= 0 ||
         expression.find("relative_url") != Str::npos ||
         expression.find("absolute_url") != Str::npos;
}
}  // namespace

void Addresses::add(std::uint32_t who, Str form, std::uint32_t rank, Behind behind) {
  std::size_t lead = 0;
  while (lead < form.size() && is_end(form[lead])) lead++;
  Str head = slice(form, lead, end_of_run(form, lead));
  if (head.empty()) return;
  Value& number = heads_.set(head);
  Form* next = number.nil() ? nullptr : forms_[std::uint32_t(number.i)];
  number = std::int64_t(forms_.size);
  forms_.add(arena_, arena_.make<Form>(form, who, rank, std::uint32_t(lead), behind, next));
}

void Addresses::find(const Source& source, Place* places, std::uint64_t& work) const {
  Str text = source.text;
  for (std::size_t at = 0, end; at < text.size(); at = end) {
    end = end_of_run(text, at);
    if (end == at) {
      end++;
      continue;
    }
    const Value* number = heads_.find(slice(text, at, end));
    // Of an address that a template goes on, `/tags/{{`, or a name with a slash before it.
    for (const Form* f = number ? forms_[std::uint32_t(number->i)] : nullptr; f; f = f->next) {
      if ((work += 8 + f->text.size()) > kMaxWork) return;
      if (f->lead > at) continue;
      std::size_t begin = at - f->lead;
      if (text.substr(begin, f->text.size()) != f->text) continue;
      char before = begin ? text[begin - 1] : '\n', behind = char_at(text, begin + f->text.size());
      bool ends = f->behind == Any ? true : f->behind == Template ? behind == '{' : is_end(behind);
      if (!ends || (f->behind != Any && !is_end(before))) continue;
      if (before == '}' && !ends_base(text.substr(0, begin))) continue;
      if (f->behind == EndInHtml && ends_with(text.substr(0, begin), "](")) continue;
      std::uint32_t doubt = f->rank * 2 + !is_one_of(before, "(\"'=<}");
      if (doubt < places[f->who].doubt) places[f->who] = {&source, begin, doubt};
    }
  }
}

}  // namespace meridian::check
