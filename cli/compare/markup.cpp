#include "markup.h"

#include <algorithm>

#include "markdown/html_entities.h"
#include "meridian/text.h"

namespace meridian::cli::comparison {

namespace {
// Blink's and WebKit's; deeper elements become siblings there.
constexpr std::size_t kMostDepth = 512;
// The longest names of character references have 31 characters.
constexpr std::size_t kLongestReference = 34;

constexpr Name kVoid =
    "area base br col embed hr img input link meta source track wbr basefont frame param";
// Those in a line of text; all others end it.
constexpr Name kInline =
    "a abbr acronym audio b bdi bdo big button canvas cite code data del dfn em embed font i img "
    "input ins kbd label map mark math meter object output picture progress q ruby rt rp s samp "
    "select small source span strike strong sub sup svg textarea time track tt u var video wbr";
// Those beside which a space is seen though no letter stands there.
constexpr Name kReplaced =
    "audio button canvas embed img input math meter object picture progress select svg textarea "
    "video";
constexpr Name kPreformatted = "pre textarea listing";
// Between whose children no space is shown, in preformatted text either.
constexpr Name kRows = "table thead tbody tfoot tr colgroup";
constexpr Name kWords = "script style template";
constexpr Name kBoolean =
    "allowfullscreen async autofocus autoplay checked controls default defer disabled "
    "formnovalidate hidden inert ismap itemscope loop multiple muted nomodule novalidate open "
    "playsinline readonly required reversed selected";
// Tags that a parser adds where they are missing.
constexpr Name kImplied = "html head body tbody colgroup";

/// Start tags that end an open element: `starts` ends the nearest of `ended` within `inside`.
constexpr struct {
  Name starts, ended, inside;
} kEnding[] = {
    {"address article aside blockquote center details dialog dir div dl fieldset figcaption figure "
     "footer form h1 h2 h3 h4 h5 h6 header hgroup hr main menu nav ol p pre search section summary "
     "table ul",
     "p", "button td th caption object template"},
    {"li", "li", "ol ul menu"},
    {"dt dd", "dt dd", "dl"},
    {"td th", "td th", "tr table"},
    {"tr", "tr", "table"},
    {"thead tbody tfoot", "thead tbody tfoot tr", "table"},
    {"option optgroup", "option", "select datalist"},
    {"body", "head", ""},
};
constexpr std::size_t kRules = sizeof kEnding / sizeof *kEnding;

std::string lowered(Str name) {
  std::string out(name);
  for (char& c : out) c = lower(c);
  return out;
}

/// Character references as the characters that they stand for.
std::string decoded(Str text) {
  Text out;
  for (std::size_t at = 0; at < text.size();) {
    std::size_t amp = std::min(text.find('&', at), text.size());
    out.add(slice(text, at, amp));
    at = amp;
    if (at == text.size()) break;
    std::size_t size = text.substr(at, kLongestReference).find(';');
    Str name = size == Str::npos ? Str() : slice(text, at + 1, at + size);
    bool number = char_at(name, 0) == '#';
    bool hex = number && lower(char_at(name, 1)) == 'x';
    Str letters = name.substr(number + hex);
    bool whole = !letters.empty();
    for (char c : letters)
      whole &= number ? hex_digit(c) >= 0 && (hex || is_digit(c)) : bool(is_alnum(c));
    if (whole) {
      markdown::add_character_reference(out, text.substr(at, size + 1));
      at += size + 1;
    } else {
      out.add(text[at++]);
    }
  }
  return std::string(out.str());
}

/// Text as HTML writes it, whatever references it had: `&lt;b>` is no tag.
std::string normal_text(Str text) {
  std::string out;
  for (char c : decoded(text))
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else
      out += c;
  return out;
}

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && is_space(text[at])) at++;
    std::size_t begin = at;
    while (at < text.size() && !is_space(text[at])) at++;
    if (at > begin) words.emplace_back(text.substr(begin, at - begin));
  }
  return words;
}

/// Two classes tell places apart, more make them hard to read.
std::vector<std::string> first_of(std::vector<std::string> classes) {
  if (classes.size() > 2) classes.resize(2);
  return classes;
}

std::string joined(const std::vector<std::string>& words, const char* between) {
  std::string out;
  for (const std::string& word : words) (out += out.empty() ? "" : between) += word;
  return out;
}

/// A value as browsers read it: classes are a set, of a style white space counts for nothing.
std::string normal_value(const std::string& name, Str value, bool xml) {
  std::vector<std::string> words = words_of(decoded(value));
  if (!xml && one_of(name, kBoolean) >= 0) return {};
  if (!xml && name == "class") {
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
  }
  if (xml || name != "style") return joined(words, " ");
  std::string style;
  for (char c : joined(words, " ")) {
    if ((c == ':' || c == ';') && !style.empty() && style.back() == ' ') style.pop_back();
    if (c != ' ' || style.empty() || (style.back() != ':' && style.back() != ';')) style += c;
  }
  if (!style.empty() && style.back() == ';') style.pop_back();
  return style;
}

class Reader {
 public:
  Reader(Str page, bool xml, Texts& texts, Tokens& out)
      : page_(page), xml_(xml), texts_(texts), out_(out) {}

  void read() {
    Tag tag;
    for (std::size_t at = 0;; at = tag.end) {
      bool found = next_tag(page_, at, tag);
      add_text(at, found ? tag.begin : page_.size());
      if (!found) break;
      std::string name = xml_ ? std::string(tag.name) : lowered(tag.name);
      if (tag.closing)
        close(name, tag.begin);
      else
        open(name, tag);
    }
    while (!open_.empty()) pop(page_.size());
  }

 private:
  /// What the name of an element means: bits of the rules of kEnding that name it.
  struct Kind {
    std::uint32_t starts, ended, inside;
    std::uint32_t open;  // elements of this name
  };
  struct Open {
    std::string name;
    Kind* kind;
    std::int32_t element;
    bool implied;  // its tags are not shown
    bool preformatted;
  };

  Kind& kind_of(const std::string& name) {
    auto [known, is_new] = kinds_.emplace(name, Kind{});
    Kind& kind = known->second;
    for (std::size_t i = 0; i < kRules && is_new && !xml_; i++) {
      auto bit = [&](const Name& names) { return std::uint32_t(one_of(name, names) >= 0) << i; };
      kind.starts |= bit(kEnding[i].starts);
      kind.ended |= bit(kEnding[i].ended);
      kind.inside |= bit(kEnding[i].inside);
    }
    return kind;
  }

  bool is(const std::string& name, const Name& list) const {
    return !xml_ && !name.empty() && one_of(name, list) >= 0;
  }
  bool ends_line(const std::string& name) const { return xml_ || !is(name, kInline); }
  std::int32_t element() const { return open_.empty() ? -1 : open_.back().element; }

  void add(const std::string& text, std::size_t at, bool begins_block) {
    for (; counted_ < at; counted_++) line_ += page_[counted_] == '\n';
    out_.list.push_back({texts_.number_of(text), line_, element(), begins_block});
  }
  /// At the begin or end of a line no space is shown.
  void end_line() {
    space_ = false;
    edge_ = true;
  }

  void add_word(const std::string& word, std::size_t at) {
    add(space_ ? " " + word : word, at, false);
    space_ = edge_ = false;
  }

  /// Text without comments and declarations.
  void add_text(std::size_t at, std::size_t end) {
    while (at < end) {
      std::size_t mark = std::min(page_.find('<', at), end);
      add_words(at, mark);
      at = mark;
      if (at >= end) break;
      Str rest = slice(page_, at, end);
      const char* until = nullptr;
      if (starts_with(rest, "<!--"))
        until = "-->";
      else if (starts_with(rest, "<![CDATA["))
        at += Str("<![CDATA[").size();
      else if (starts_with(rest, "<!") || starts_with(rest, "<?"))
        until = ">";
      else
        add_words(at, at + 1), at++;
      if (!until) continue;
      std::size_t close = rest.find(Str(until));
      at = close == Str::npos ? end : at + close + Str(until).size();
    }
  }

  void add_words(std::size_t at, std::size_t end) {
    if (!open_.empty() && open_.back().preformatted) return add_preformatted(at, end);
    while (at < end) {
      if (is_space(page_[at])) {
        space_ = !edge_;
        at++;
        continue;
      }
      std::size_t begin = at;
      while (at < end && !is_space(page_[at])) at++;
      Str word = slice(page_, begin, at);
      if (xml_ && word == "]]>") continue;
      add_word(normal_text(word), begin);
    }
  }

  void add_preformatted(std::size_t at, std::size_t end) {
    if (is(open_.back().name, kRows) && strip(slice(page_, at, end)).empty()) return;
    // The first line break of the element is not shown.
    bool first = is(open_.back().name, kPreformatted) && fresh_ == out_.list.size();
    if (first && at < end && page_[at] == '\n') at++;
    while (at < end) {
      std::size_t size = slice(page_, at, end).find('\n');
      std::size_t next = size == Str::npos ? end : at + size + 1;
      add(normal_text(slice(page_, at, next)), at, false);
      at = next;
    }
  }

  void open(const std::string& name, const Tag& tag) {
    Kind& kind = kind_of(name);
    end_others(kind, tag.begin);
    std::string shown = "<" + name, label = name, id;
    for (auto& [key, value] : attributes_of(tag)) {
      shown += " " + key;
      if (!value.empty()) shown += "=\"" + value + "\"";
      if (key == "id") id = value;
      if (key == "class") label += "." + joined(first_of(words_of(value)), ".");
    }
    // Headings have ids of their words, which would make each place another one.
    bool heading = name.size() == 2 && name[0] == 'h' && is_digit(name[1]);
    if (!id.empty() && !heading) label = name + "#" + id;
    bool implied = is(name, kImplied) && shown.size() == name.size() + 1;
    bool line_ends = ends_line(name);
    if (line_ends) end_line();
    if (!implied) {
      add(space_ ? " " + shown + ">" : shown + ">", tag.begin, line_ends);
      space_ = false;
    }
    if (is(name, kReplaced)) edge_ = false;
    bool foreign = xml_ || kind_of("svg").open || kind_of("math").open;
    if (is(name, kVoid) || (foreign && ends_with(tag.attributes, "/"))) {
      if (xml_) add("</" + name + ">", tag.begin, true);
      return;
    }
    std::size_t content = std::size_t(tag.attributes.end() - page_.data()) + 1;
    if (open_.size() < kMostDepth) {
      out_.elements.push_back({label, element()});
      for (std::size_t i = 0; i < kRules; i++) {
        if (kind.ended >> i & 1) ended_[i].push_back(open_.size());
        if (kind.inside >> i & 1) inside_[i].push_back(open_.size());
      }
      open_.push_back({name, &kind, std::int32_t(out_.elements.size() - 1), implied,
                       is(name, kPreformatted) || (!open_.empty() && open_.back().preformatted)});
      kind.open++;
    }
    fresh_ = out_.list.size();
    // The contents of these belong to the start tag (next_tag()).
    if (is(name, kWords))
      for (std::size_t at = content; at < tag.end;) add_script(at, tag.end);
    else if (content < tag.end)
      add_words(content, tag.end);
  }

  /// Words of a script or sheet, in which `<` and `&` are themselves.
  void add_script(std::size_t& at, std::size_t end) {
    while (at < end && is_space(page_[at])) at++;
    std::size_t begin = at;
    while (at < end && !is_space(page_[at])) at++;
    if (at == begin) return;
    space_ = !edge_;
    add_word(std::string(slice(page_, begin, at)), begin);
  }

  std::map<std::string, std::string> attributes_of(const Tag& tag) const {
    std::map<std::string, std::string> all;
    Str key, value;
    for (std::size_t at = 0; next_attribute(tag, at, key, value);) {
      std::string name = xml_ ? std::string(key) : lowered(key);
      // Of two with one name the first one counts.
      all.emplace(name, normal_value(name, value, xml_));
    }
    if (auto set = all.find("class"); set != all.end() && set->second.empty()) all.erase(set);
    return all;
  }

  void end_others(const Kind& kind, std::size_t at) {
    for (std::size_t i = 0; i < kRules; i++) {
      if (!(kind.starts >> i & 1)) continue;
      const auto &ended = ended_[i], &inside = inside_[i];
      while (!ended.empty() && (inside.empty() || inside.back() <= ended.back())) {
        for (std::size_t last = ended.back(); open_.size() > last;) pop(at);
      }
    }
  }

  void close(const std::string& name, std::size_t at) {
    if (!kind_of(name).open) {
      // The end tag of a paragraph that is not there makes an empty one.
      if (!xml_ && name == "p") {
        end_line();
        add("<p>", at, true);
        add("</p>", at, true);
      }
      return;
    }
    while (open_.back().name != name) pop(at);
    pop(at);
  }

  void pop(std::size_t at) {
    Open last = std::move(open_.back());
    open_.pop_back();
    last.kind->open--;
    for (std::size_t i = 0; i < kRules; i++) {
      if (last.kind->ended >> i & 1) ended_[i].pop_back();
      if (last.kind->inside >> i & 1) inside_[i].pop_back();
    }
    bool line_ends = ends_line(last.name);
    if (line_ends) end_line();
    if (!last.implied) add("</" + last.name + ">", at, line_ends);
    if (is(last.name, kReplaced)) edge_ = false;
  }

  Str page_;
  const bool xml_;
  Texts& texts_;
  Tokens& out_;
  std::vector<Open> open_;
  std::map<std::string, Kind> kinds_;  // by name
  // By the rules of kEnding, places in open_: how far a rule reaches needs no look at all of them.
  std::vector<std::size_t> ended_[kRules], inside_[kRules];
  std::size_t counted_ = 0;  // bytes whose lines were counted
  std::uint32_t line_ = 1;
  std::size_t fresh_ = 0;  // tokens when the last element was opened
  bool space_ = false;     // a space is shown before the next word
  bool edge_ = true;       // no space is shown here
};
}  // namespace

void read_markup(std::string_view text, bool xml, Texts& texts, Tokens& out) {
  Reader(text, xml, texts, out).read();
}

}  // namespace meridian::cli::comparison
