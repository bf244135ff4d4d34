// Entries by key, @strings, months, names, parents.
#include "meridian/bibtex.h"
#include "private.h"

namespace meridian::bibtex {

namespace {
constexpr char kMonths[] = "jan feb mar apr may jun jul aug sep oct nov dec";
constexpr char kNames[] = "author editor translator director producer composer";

/// Ruby's String#succ: the last letter or digit goes on, with a carry to those before it.
Str successor(Arena& arena, Str key) {
  Text t;
  t.add(key);
  char* s = t.data();
  std::size_t last = key.size();
  for (std::size_t i = key.size(); i--;) {
    char c = s[i];
    if (!is_alnum(c)) {
      // Ruby passes over other characters only in front of some letter or digit.
      if (last != key.size()) break;
      continue;
    }
    last = i;
    bool carry = c == '9' || c == 'z' || c == 'Z';
    s[i] = c == '9' ? '0' : c == 'z' ? 'a' : c == 'Z' ? 'A' : char(c + 1);
    if (!carry) return arena.copy(t.str());
  }
  if (last == key.size()) {
    t.add('1');
  } else {
    char first = s[last] == '0' ? '1' : s[last];
    t.insert(last, Str(&first, 1));
  }
  return arena.copy(t.str());
}

/// The number of a month, 1 to 12, by its first letters or as a number; 0 for other texts.
int month_of(Str text) {
  text = strip(text);
  std::int64_t number;
  if (text.size() <= 2 && is_number(text, number) && is_digit(text[0]))
    return number > 12 ? 0 : number < 1 ? 12 : int(number);
  if (text.size() < 3) return 0;
  char letters[3];
  for (int i = 0; i < 3; i++) letters[i] = lower(text[std::uint32_t(i)]);
  return one_of(Str(letters, 3), kMonths) + 1;
}

Str month_name(int month) { return Str(kMonths + (month - 1) * 4, 3); }

class Finisher {
 public:
  Finisher(Bibliography& all, Diagnostics& diagnostics) : all_(all), diagnostics_(diagnostics) {}

  void finish(Entry& entry) {
    for (Field& field : entry.fields) expand(field.tokens, entry, 0);
    set_month(entry);
    for (Field& field : entry.fields)
      if (one_of(field.name, kNames) >= 0) {
        Str text = text_of(all_.arena, field);
        field.is_names = true;
        if (!parse_names(all_.arena, text, field.names))
          warn(entry, all_.arena.join("the ", field.name, " of `", entry.key),
               "` can't be told apart",
               "write Last, First or First Last, with `and` between persons");
      }
    if (const Field* field = entry.find("crossref")) {
      Str key = text_of(all_.arena, *field);
      entry.parent = all_.find(key);
      if (!entry.parent && !key.empty())
        warn(entry, all_.arena.join("there is no entry `", key), "` to refer to",
             "correct `crossref`");
    }
  }

 private:
  void warn(const Entry& entry, Str begin, Str end, Str remedy) {
    diagnostics_.add(Severity::Warning, *entry.source, entry.offset, all_.arena.join(begin, end),
                     remedy);
  }

  /// Puts texts in the place of symbols, and joins texts that stand beside each other.
  void expand(List<Token>& tokens, const Entry& entry, int depth) {
    bool symbols = tokens.size > 1;
    for (const Token& token : tokens) symbols |= token.symbol;
    if (!symbols) return;
    List<Token> out;
    for (const Token& token : tokens) {
      String* string = nullptr;
      if (token.symbol) {
        string = static_cast<String*>(all_.strings.find(token.text));
        if (!string && one_of(token.text, kMonths) < 0)
          warn(entry, all_.arena.join("no @string defines `", token.text), "`",
               "define it, or put the text in braces");
      }
      if (!string || string->busy || depth > kMaxStringDepth) {
        append(out, token);
        continue;
      }
      if (!string->done) {
        string->busy = true;
        expand(string->tokens, entry, depth + 1);
        string->busy = false;
        string->done = true;
      }
      for (const Token& part : string->tokens) append(out, part);
    }
    tokens = out;
  }

  void append(List<Token>& out, const Token& token) {
    if (out.empty() || out.back().symbol || token.symbol) {
      out.add(all_.arena, token);
      return;
    }
    std::size_t size = out.back().text.size() + token.text.size();
    if (all_.expanded + size > kMaxExpanded) {
      if (!reported_)
        diagnostics_.add(Severity::Error, *all_.entries[0]->source, 0,
                         "what the @strings stand for takes more than 16 MB",
                         "define strings by shorter texts");
      reported_ = true;
      return;
    }
    all_.expanded += size;
    out.back().text = all_.arena.join(out.back().text, token.text);
  }

  void set_month(Entry& entry) {
    auto* field = const_cast<Field*>(entry.find("month"));
    if (!field) return;
    int month = month_of(text_of(all_.arena, *field));
    if (!month) return;
    field->tokens = {};
    field->tokens.add(all_.arena, {month_name(month), true});
    Text number;
    number.add_int(month);
    auto* numeric = const_cast<Field*>(entry.find("month_numeric"));
    if (!numeric) numeric = &entry.fields.add(all_.arena, {"month_numeric", {}, false, {}});
    numeric->tokens = {};
    numeric->tokens.add(all_.arena, {all_.arena.copy(number.str()), false});
  }

  Bibliography& all_;
  Diagnostics& diagnostics_;
  bool reported_ = false;
};
}  // namespace

void add_entry(Bibliography& out, Entry* entry) {
  Str key = entry->key;
  if (out.keys.find(key)) {
    // On from the last one, so that many entries of one key take linear time.
    if (void* last = out.copies.find(key)) entry->key = static_cast<Entry*>(last)->key;
    do entry->key = successor(out.arena, entry->key);
    while (out.keys.find(entry->key));
    out.copies.set(key, entry);
  }
  out.keys.set(entry->key, entry);
  out.entries.add(out.arena, entry);
}

Entry* Bibliography::find(Str key) const { return static_cast<Entry*>(keys.find(key)); }

const Field* Entry::find(Str name) const {
  for (const Field& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}

const Field* Entry::get(Str name) const {
  const Field* field = find(name);
  if (field || !parent) return field;
  field = parent->find(name);
  return !field && name == "booktitle" ? parent->find("title") : field;
}

void finish(Bibliography& bibliography, Diagnostics& diagnostics) {
  Finisher finisher(bibliography, diagnostics);
  for (Entry* entry : bibliography.entries) finisher.finish(*entry);
}

bool is_number(Str text, std::int64_t& number) {
  text = strip(text);
  std::size_t used;
  number = parse_int(text, &used);
  return !text.empty() && used == text.size() && text.find('_') == Str::npos;
}

}  // namespace meridian::bibtex
