#include "head.h"

#include <initializer_list>

#include "meridian/text.h"
#include "shell.h"

namespace meridian::cli {

namespace {
// A longer text would hold up the readers who do run scripts.
constexpr std::size_t kMostText = 200'000;
constexpr const char *kHead = "<!--meridian:head-->", *kHeadEnd = "<!--/meridian:head-->",
                     *kText = "<noscript><!--meridian:text-->",
                     *kTextEnd = "<!--/meridian:text--></noscript>", *kNoTitle = "<title>Loading",
                     *kNoTitleEnd = "</title>", *kNoText = "<noscript>This site needs JavaScript.",
                     *kNoTextEnd = "</noscript>";

// Readable without the theme's sheet; the shell's own draws lines with <i>.
constexpr const char* kStyle =
    "<style>noscript{display:block;max-width:40em;margin:2em auto;padding:0 1em;font:18px/1.5 "
    "sans-serif}"
    "noscript img{max-width:min(100%,16em);max-height:16em}"
    "noscript i{display:inline;margin:0;background:none}</style>";

struct Tag {
  std::string_view text;  // from `<` to `>`
  std::string name;       // in lower case, with the slash of an end tag
  std::size_t begin, end;
};

std::string lowered(std::string_view text) {
  std::string s(text);
  for (char& c : s) c = lower(c);
  return s;
}

/// The next tag from `at` on; comments are skipped. False at the end.
bool next_tag(std::string_view html, std::size_t at, Tag& tag) {
  for (; (at = html.find('<', at)) != html.npos; at++) {
    if (html.substr(at, 4) == "<!--") {
      at = html.find("-->", at);
      if (at == html.npos) return false;
      continue;
    }
    std::size_t name = at + 1 + (at + 1 < html.size() && html[at + 1] == '/');
    if (name >= html.size() || !is_alpha(html[name])) continue;
    std::size_t end = name;
    for (char quote = 0; end < html.size() && (quote || html[end] != '>'); end++)
      if (quote ? html[end] == quote : html[end] == '"' || html[end] == '\'')
        quote = quote ? 0 : html[end];
    if (end >= html.size()) return false;
    std::size_t after = html.find_first_of(" \t\n\f\r/>", name);
    tag = {html.substr(at, end + 1 - at), lowered(html.substr(at + 1, after - at - 1)), at,
           end + 1};
    return true;
  }
  return false;
}

bool is_any(std::string_view name, std::initializer_list<std::string_view> names) {
  for (std::string_view one : names)
    if (name == one) return true;
  return false;
}

bool has_any(const std::string& text, std::initializer_list<const char*> parts) {
  for (const char* part : parts)
    if (text.find(part) != text.npos) return true;
  return false;
}

/// Whether a tag of the head speaks of the page, and not of how it is shown.
bool is_metadata(const Tag& tag, bool anywhere) {
  std::string text = lowered(tag.text);
  if (anywhere && has_any(text, {"canonical", "og:url"})) return false;
  if (tag.name == "link")
    return has_any(text, {"rel=\"canonical\"", "rel=\"alternate\"", "rel=canonical"});
  return tag.name == "meta" && has_any(text, {" name=", " property="}) &&
         !has_any(text, {"viewport", "color-scheme", "theme-color", "meridian-"});
}

/// Behind the element that a tag begins: its text is no markup, or of no use here.
std::size_t behind_element(std::string_view html, const Tag& tag) {
  Tag next;
  for (std::size_t at = tag.end; next_tag(html, at, next); at = next.end)
    if (next.name == "/" + tag.name) return next.end;
  return html.size();
}

std::string metadata_of(std::string_view page, bool anywhere) {
  std::string found;
  Tag tag;
  for (std::size_t at = 0; next_tag(page, at, tag) && !is_any(tag.name, {"/head", "body"});
       at = tag.end) {
    if (tag.name == "title" || is_any(tag.name, {"script", "style"})) {
      std::size_t end = behind_element(page, tag);
      if (tag.name == "title") found += page.substr(tag.begin, end - tag.begin);
      tag.end = end;
    } else if (is_metadata(tag, anywhere)) {
      found += std::string("\n") + std::string(tag.text);
    }
  }
  return found;
}

/// The content of `<main>`, else of `<body>`, without scripts, drawings and frames.
std::string text_of(std::string_view page) {
  std::string text;
  Tag tag;
  bool has_main = page.find("</main>") != page.npos,
       inside = page.find("<body") == page.npos && !has_main;
  const char* within = has_main ? "main" : "body";
  std::size_t from = 0;
  auto keep = [&](std::size_t to) {
    if (inside) text += page.substr(from, to - from);
  };
  for (std::size_t at = 0; next_tag(page, at, tag); at = from = tag.end) {
    keep(tag.begin);
    if (is_any(tag.name, {"script", "style", "template", "svg", "iframe", "object", "noscript"}))
      tag.end = behind_element(page, tag);
    else if (tag.name == within)
      inside = true;
    else if (tag.name == std::string("/") + within)
      inside = false;
    else if (inside && !is_any(tag.name, {"/noscript", "link", "meta", "embed"}))
      text += tag.text;
  }
  from = std::min(from, page.size());
  keep(page.size());
  // A comment could close the element around the text.
  for (std::size_t at; (at = text.find("<!--")) != text.npos;) {
    std::size_t end = text.find("-->", at);
    text.erase(at, end == text.npos ? end : end + 3 - at);
  }
  return text.size() > kMostText ? std::string() : text;
}

/// Begin and end of a part of the shell.
struct Part {
  std::string_view begin, end;
};

constexpr Part kHeadPart = {kHead, kHeadEnd}, kTextPart = {kText, kTextEnd},
               kFreshHead = {kNoTitle, kNoTitleEnd}, kFreshText = {kNoText, kNoTextEnd};
// What complete_shell() and authors set, but for the mark of a shell.
constexpr Part kSettings[] = {{"<meta name=\"meridian-", ">"},
                              {kCore, ">"},
                              {kKramdownAhead, ">"},
                              {kCommonmarkAhead, ">"},
                              {kWords, ">"},
                              {kExtras, ">"},
                              {kMore, ">"},
                              {kSheet, ">"}};
constexpr std::string_view kMark = "<meta name=\"meridian-shell\"";

/// Whether there was such a part, which `text` has replaced.
bool replace(std::string& html, Part part, const std::string& text) {
  std::size_t at = html.find(part.begin), to = at == html.npos ? at : html.find(part.end, at);
  if (to == html.npos) return false;
  html.replace(at, to + part.end.size() - at, text);
  return true;
}

/// Replaces a part, or what a fresh shell has in its place, by `text`.
void put(std::string& html, Part part, Part fresh, const std::string& text) {
  std::string inside = std::string(part.begin) + text + std::string(part.end);
  if (!replace(html, part, inside)) replace(html, fresh, inside);
}
}  // namespace

std::string with_head(const std::string& shell, std::string_view page, bool anywhere) {
  std::string html = shell, head = metadata_of(page, anywhere), text = text_of(page);
  if (!head.empty()) put(html, kHeadPart, kFreshHead, head);
  if (!text.empty()) put(html, kTextPart, kFreshText, kStyle + text);
  return html;
}

bool has_head(std::string_view shell) { return shell.find(kHead) != shell.npos; }

std::string take_settings(std::string& shell) {
  std::string taken;
  for (Part part : kSettings) {
    std::string rest;
    std::size_t from = 0;
    for (std::size_t at = 0, end; (at = shell.find(part.begin, at)) != shell.npos; at = end) {
      end = std::min(shell.find(part.end, at), shell.size() - 1) + 1;
      if (std::string_view(shell).substr(at).starts_with(kMark)) continue;
      rest.append(shell, from, at - from);
      taken.append(shell, at, end - at);
      from = end;
    }
    shell = rest.append(shell, from);
  }
  return taken;
}

std::string take_metas(std::string& page, bool lines) {
  const Part meta = kSettings[0];
  std::string taken, rest;
  std::size_t from = 0;
  for (std::size_t at = 0, end; (at = page.find(meta.begin, at)) != page.npos; at = end) {
    end = std::min(page.find(meta.end, at), page.size() - 1) + 1;
    rest.append(page, from, at - from);
    taken.append(page, at, end - at);
    std::size_t last = rest.find_last_not_of(" \t\r\n");
    if (lines) rest.resize(last == rest.npos ? 0 : last + 1);
    from = end;
  }
  page = rest.append(page, from);
  return taken;
}

std::string plain_shell(std::string shell) {
  take_settings(shell);
  for (Part part : {kHeadPart, kFreshHead, kTextPart, kFreshText, Part{kHome, kHomeEnd}})
    replace(shell, part, "");
  return shell;
}

}  // namespace meridian::cli
