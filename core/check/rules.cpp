// The names of rules.
#include "meridian/check.h"

namespace meridian {

namespace {
/// By Rule, in its order.
constexpr const char* kRuleNames[] = {"general",
                                      "liquid",
                                      "yaml",
                                      "data",
                                      "front-matter",
                                      "limit",
                                      "missing-layout",
                                      "duplicate-address",
                                      "bad-address",
                                      "settings",
                                      "plugin",
                                      "unknown-place",
                                      "bibliography",
                                      "style-sheet",
                                      "unreadable-file",
                                      "no-first-page",
                                      "broken-link",
                                      "broken-anchor",
                                      "missing-file",
                                      "outside-baseurl",
                                      "redirect-loop",
                                      "missing-alt",
                                      "duplicate-id",
                                      "heading-skip",
                                      "file-case",
                                      "portability",
                                      "encoding",
                                      "unset-variable",
                                      "misspelt-key",
                                      "unused-key",
                                      "unused-include",
                                      "ignored-file",
                                      "ignored-default",
                                      "post-name",
                                      "private-note",
                                      "cv-data",
                                      "stale-manifest",
                                      "unused-ignore",
                                      "dead-link",
                                      "moved-link",
                                      "unchecked-link"};
static_assert(sizeof kRuleNames / sizeof *kRuleNames == std::size_t(Rule::Count));
}  // namespace

Str rule_name(Rule rule) { return kRuleNames[unsigned(rule)]; }

Rule rule_of(const Diagnostic& d) {
  if (d.rule != Rule::General) return d.rule;
  // Of sheets and bibliographies modules tell, which don't know rules.
  Str extension = site::extension_of(d.file);
  if (one_of(extension, ".scss .sass .css") >= 0) return Rule::StyleSheet;
  return extension == ".bib" ? Rule::Bibliography : Rule::General;
}

}  // namespace meridian
