#include "shortcodes.h"

#include <algorithm>

#include "markup.h"
#include "shortcode_tags.h"

namespace meridian::cli::hugo {

namespace {
// Each level copies what it holds; nobody writes so many.
constexpr int kMostLevels = 50;
// Shortcodes of one page that are reported: each report reads the page up to its place.
constexpr std::size_t kMostReports = 100;

/// What a shortcode becomes. `inner` is the text between its tags, rewritten; `code` the same as it
/// stands in the source.
struct Call {
  const Shortcode& tag;
  const std::string& inner;
  Str code;
  const Lookup& site;
};

/// `name="value"` of HTML, with a blank before it; nothing for an empty value.
std::string attribute_of(const char* name, Str value) {
  if (value.empty()) return {};
  return " " + std::string(name) + "=\"" + html_text(value) + "\"";
}

std::string figure(const Call& call) {
  const Shortcode& tag = call.tag;
  std::string source = link_to(call.site.picture(tag.get("src", 0)));
  Str caption = tag.get("caption"), title = tag.get("title"), attribution = tag.get("attr");
  Str alt = tag.get("alt").empty() ? caption : tag.get("alt");
  std::string out =
      "<figure" + attribute_of("class", tag.get("class")) + attribute_of("id", tag.get("id")) + ">";
  std::string link = link_to(tag.get("link"));
  if (!link.empty()) out += "<a href=\"" + link + "\">";
  out += "<img src=\"" + source + "\" alt=\"" + html_text(alt) + "\"" +
         attribute_of("width", tag.get("width")) + attribute_of("height", tag.get("height")) + ">";
  if (!link.empty()) out += "</a>";
  std::string words;
  if (!title.empty()) words = "<strong>" + html_text(title) + "</strong> ";
  words += html_text(caption);
  if (!attribution.empty()) {
    std::string address = link_to(tag.get("attrlink"));
    words += address.empty() ? " " + html_text(attribution)
                             : " <a href=\"" + address + "\">" + html_text(attribution) + "</a>";
  }
  if (!words.empty()) out += "<figcaption>" + words + "</figcaption>";
  return out + "</figure>";
}

std::string film(const std::string& address, Str title, const char* usual) {
  return "<iframe src=\"" + address + "\" title=\"" +
         html_text(title.empty() ? Str(usual) : title) +
         "\" width=\"560\" height=\"315\" loading=\"lazy\" allowfullscreen></iframe>";
}

/// A word of an address: letters, digits and few others, since it comes from the text.
std::string word_of(Str value) {
  std::string out;
  for (char c : value)
    if (is_alnum(c) || is_one_of(c, "_-.")) out += c;
  return out;
}

std::string youtube(const Call& call) {
  return film("https://www.youtube-nocookie.com/embed/" + word_of(call.tag.get("id", 0)),
              call.tag.get("title"), "YouTube video");
}

std::string vimeo(const Call& call) {
  return film("https://player.vimeo.com/video/" + word_of(call.tag.get("id", 0)),
              call.tag.get("title"), "Vimeo video");
}

std::string gist(const Call& call) {
  std::string file = word_of(call.tag.get("", 2));
  return "{% gist " + word_of(call.tag.get("", 0)) + "/" + word_of(call.tag.get("", 1)) +
         (file.empty() ? "" : " " + file) + " %}";
}

std::string tweet(const Call& call) {
  std::string user = word_of(call.tag.get("user"));
  std::string id = word_of(call.tag.get("id", 0));
  std::string host = call.tag.name == "x" ? "x.com" : "twitter.com";
  std::string who = user.empty() ? std::string("i") : user;
  return "[" + (user.empty() ? std::string("A post on ") + host : "@" + user + " on " + host) +
         "](https://" + host + "/" + who + "/status/" + id + ")";
}

std::string instagram(const Call& call) {
  return "[A post on Instagram](https://www.instagram.com/p/" + word_of(call.tag.get("id", 0)) +
         "/)";
}

std::string highlight(const Call& call) { return fenced(call.tag.get("lang", 0), call.code); }

std::string mermaid(const Call& call) { return fenced("mermaid", call.code); }

std::string bare(const Call& call) { return call.inner; }

std::string details(const Call& call) {
  Str summary = call.tag.get("summary", 0);
  if (summary.empty()) summary = call.tag.get("text");
  if (summary.empty()) summary = call.tag.get("title");
  bool open = call.tag.get("open") == "true";
  return "<details" + std::string(open ? " open" : "") + "><summary>" +
         html_text(summary.empty() ? Str("Details") : summary) + "</summary>\n\n" +
         std::string(strip(call.inner)) + "\n\n</details>";
}

/// A callout of Hugo Blox as an alert of GitHub's dialect.
std::string callout(const Call& call) {
  constexpr Name kKinds = "note tip important warning caution";
  Str kind = call.tag.get("type", 0);
  Text upper;
  add_upcase(upper, one_of(kind, Str(kKinds)) < 0 ? Str("note") : kind);
  std::string out = "> [!" + std::string(upper.str()) + "]";
  Str rest = strip(call.inner);
  for (Str line; next_piece(rest, '\n', line);)
    out += line.empty() ? std::string("\n>") : "\n> " + std::string(line);
  return out;
}

std::string static_link(const Call& call) {
  Str path = call.tag.get("", 0);
  std::string address = starts_with(path, "/") ? std::string(path) : "/" + std::string(path);
  return "<a href=\"" + link_to(address) + "\">" + call.inner + "</a>";
}

std::string button(const Call& call) {
  Str text = call.tag.get("text");
  std::string words = text.empty() ? std::string(strip(call.inner)) : html_text(text);
  return "<a class=\"btn\" href=\"" + link_to(call.tag.get("url", 0)) + "\">" + words + "</a>";
}

/// A drawing without a meaning of its own.
std::string icon(const Call&) { return {}; }

std::string mark(const Call& call) { return "<mark>" + call.inner + "</mark>"; }

/// A recording, in a sentence as well.
std::string player(const Call& call) {
  const std::string& element = call.tag.name;
  return "<" + element + " controls preload=\"metadata\" src=\"" +
         link_to(call.site.picture(call.tag.get("src", 0))) + "\"></" + element + ">";
}

/// Shortcodes that need nothing but themselves. Those of Hugo, then of Hugo Blox.
constexpr struct {
  Name name;
  std::string (*rewrite)(const Call&);
  bool paired;  ///< it has a closing tag
} kTwins[] = {
    {"figure", figure, false},
    {"youtube", youtube, false},
    {"vimeo", vimeo, false},
    {"gist", gist, false},
    {"tweet", tweet, false},
    {"twitter", tweet, false},
    {"x", tweet, false},
    {"instagram", instagram, false},
    {"highlight", highlight, true},
    {"details", details, true},
    {"spoiler", details, true},
    {"callout", callout, true},
    {"math", bare, true},
    {"mermaid", mermaid, true},
    {"diagram", mermaid, true},
    {"staticref", static_link, true},
    {"button", button, true},
    {"button", button, false},
    {"icon", icon, false},
    {"hl", mark, true},
    {"audio", player, false},
    {"video", player, false},
};

class Rewriter {
 public:
  Rewriter(const Source& source, std::size_t begin, const Lookup& site, Diagnostics& found,
           ShortcodeCounts& counts)
      : source_(source),
        offset_(begin),
        text_(source.text.substr(begin)),
        site_(site),
        found_(found),
        counts_(counts),
        tags_(find_shortcodes(text_)) {}

  std::string all() { return part(0, tags_.size(), 0, text_.size(), 0); }

 private:
  /// The bytes from `begin` to `end`, in which the tags from `first` up to `last` lie.
  std::string part(std::size_t first, std::size_t last, std::size_t begin, std::size_t end,
                   int level) {
    std::string out;
    for (std::size_t i = first; i < last;) {
      const Shortcode& tag = tags_[i];
      out += shown(slice(text_, begin, tag.begin), &counts_.braces);
      bool paired = tag.partner != Shortcode::kNone && level < kMostLevels;
      std::string inner;
      Str code;
      if (paired) {
        const Shortcode& close = tags_[tag.partner];
        code = slice(text_, tag.end, close.begin);
        if (!wants_code(tag)) inner = part(i + 1, tag.partner, tag.end, close.begin, level + 1);
      }
      std::string made;
      if (tag.comment) {
        out += shown("{{" + std::string(1, text_[tag.begin + 2]) + tag.name +
                     std::string(slice(text_, tag.end - 3, tag.end)));
      } else if (!tag.closing && rewrite({tag, inner, code, site_}, paired, made)) {
        counts_.rewritten++;
        out += made;
        if (is_block(made)) out += break_after(paired ? tags_[tag.partner].end : tag.end);
      } else {
        out += kept(tag);
        // What stands between unknown tags is text of the page.
        if (paired) (out += inner) += kept(tags_[tag.partner]);
      }
      begin = paired ? tags_[tag.partner].end : tag.end;
      i = paired ? tag.partner + 1 : i + 1;
    }
    return out += shown(slice(text_, begin, end), &counts_.braces);
  }

  static bool is_block(Str made) {
    return starts_with(made, "<figure") || starts_with(made, "<iframe") ||
           starts_with(made, "<details") || starts_with(made, "> [!");
  }

  /// The ends of lines that a block needs before what stands at `at`: HTML goes on to the next
  /// blank line, and a quote takes the text that follows.
  const char* break_after(std::size_t at) const {
    std::size_t next = text_.find_first_not_of(" \t\r\f\v", at);
    if (next < text_.size() && text_[next] != '\n') return "\n\n";
    if (next < text_.size()) next = text_.find_first_not_of(" \t\r\f\v", next + 1);
    return next < text_.size() && text_[next] != '\n' ? "\n" : "";
  }

  static bool wants_code(const Shortcode& tag) {
    return one_of(tag.name, "highlight mermaid diagram") >= 0;
  }

  /// False when it has no twin.
  bool rewrite(const Call& call, bool paired, std::string& out) {
    const std::string& name = call.tag.name;
    if (name == "ref" || name == "relref") return reference(call, out);
    if (name == "cite") return cite(call, out);
    if (name == "param") {
      Value value = site_.param(call.tag.get("name", 0));
      Text text;
      print(value, text);
      out = shown(text.str());
      return !value.nil() || report(call.tag, "the parameter of this shortcode is not set",
                                    "write its value, or set it under `params`");
    }
    for (const auto& one : kTwins)
      if (name == Str(one.name) && one.paired == paired) {
        out = one.rewrite(call);
        return true;
      }
    return report(call.tag, "the shortcode `" + name + "` has no equivalent and stays as text",
                  "write what it shows as Markdown, HTML or an include");
  }

  bool find(const Call& call, Str ref, Lookup::Target& target) {
    return site_.find_page(ref, target) ||
           report(call.tag, "no page, or no single one, is `" + std::string(ref) + "`",
                  "write the address of the page");
  }

  bool reference(const Call& call, std::string& out) {
    Str ref = call.tag.get("path", 0);
    std::size_t mark = ref.find('#');
    Lookup::Target target;
    if (mark != 0 && !find(call, ref.substr(0, mark), target)) {
      out = link_to(ref);  // text would break the link that it stands in
      return true;
    }
    out = link_to(target.address);
    if (mark != Str::npos) out += html_text(ref.substr(mark));
    return true;
  }

  bool cite(const Call& call, std::string& out) {
    Lookup::Target target;
    if (!find(call, call.tag.get("page", 0), target)) return false;
    out = "<a href=\"" + link_to(target.address) + "\">" + html_text(target.title) + "</a>";
    return true;
  }

  bool report(const Shortcode& tag, const std::string& message, const char* remedy) {
    if (reports_++ < kMostReports)
      found_.add({Severity::Warning, Rule::General}, source_, offset_ + tag.begin, message, remedy);
    return false;
  }

  /// A tag as text. `<` before a letter would be one of HTML.
  std::string kept(const Shortcode& tag) {
    counts_.kept++;
    std::string text(slice(text_, tag.begin, tag.end));
    if (text[2] == '<' && !is_space(char_at(text, 3))) text.replace(2, 1, "&lt;");
    return shown(text);
  }

  const Source& source_;
  std::size_t offset_;
  Str text_;
  const Lookup& site_;
  Diagnostics& found_;
  ShortcodeCounts& counts_;
  std::vector<Shortcode> tags_;
  std::size_t reports_ = 0;
};
}  // namespace

std::string rewrite_shortcodes(const Source& source, std::size_t begin, const Lookup& site,
                               Diagnostics& found, ShortcodeCounts& counts) {
  return Rewriter(source, begin, site, found, counts).all();
}

}  // namespace meridian::cli::hugo
