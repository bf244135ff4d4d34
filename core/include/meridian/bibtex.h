// BibTeX as bibtex-ruby 6 reads it, on which jekyll-scholar stands: entries with their fields in
// order, @string, concatenation with `#`, crossref, months, names; and TeX's commands as Unicode,
// by the rules of latex-decode 0.4.
//
//     Arena arena;
//     Diagnostics diagnostics(arena);
//     bibtex::Bibliography all(arena);
//     bibtex::read({"_bibliography/papers.bib", text}, all, diagnostics);
//     bibtex::finish(all, diagnostics);                 // strings, months, names, parents
//     for (const bibtex::Entry* entry : all.entries) {
//       bibtex::decode_latex(bibtex::text_of(arena, *entry->find("title")), out);
//       bibtex::print(*entry, out);                     // BibTeX that reads as the same entry
//     }
//
// Ownership: everything lives in the arena of the Bibliography; strings may be views of the
// sources, which must outlive it.
//
// Failure: a broken entry is left out, with a diagnostic of severity error at its place, and
// reading goes on at the next one. bibtex-ruby gives up on the whole file for most such mistakes.
// What can be repaired (a name with too many commas, a string that nobody defines) is a warning.
//
// Complexity: linear in the sources and in what strings expand to, which is bounded.
#pragma once
#include "meridian/text.h"

namespace meridian::bibtex {

/// Fields of an entry: the longest that were found have some thirty. Looking one up is linear.
constexpr std::uint32_t kMaxFields = 250;
/// Bytes that all @strings together may expand to, beside what the file has: strings of strings
/// grow exponentially.
constexpr std::size_t kMaxExpanded = std::size_t(16) << 20;
/// Depth of @strings within each other.
constexpr int kMaxStringDepth = 32;

/// A person: parts as BibTeX has them (First, von, Last, Jr). An absent part has no address
/// (data() == nullptr).
struct Person {
  Str first, last, prefix, suffix;
};

/// A part of a value: a text, or the name of a @string that is not defined (`mar`).
struct Token {
  Str text;
  bool symbol;
};

/// `name = value`.
struct Field {
  /// In lower case.
  Str name;
  /// After finish(): one, unless a symbol remained.
  List<Token> tokens;
  /// Whether it is a list of names (author, editor, …), which then are in `names`.
  bool is_names;
  List<Person> names;
};

struct Entry {
  /// In lower case, without `@`.
  Str type;
  /// Unique: a second entry with a key gets the next one in Ruby's order (String#succ).
  Str key;
  /// In the order of the file; a field that is given twice has its last value at its first place.
  List<Field> fields;
  /// The file, and the offset of the `@` in it.
  const Source* source;
  std::size_t offset;
  /// The entry that `crossref` names; nullptr: none, or none of that key.
  const Entry* parent;

  /// A field of its own; nullptr when it has none of that name.
  const Field* find(Str name) const;
  /// The same, else its parent's, whose `title` counts as `booktitle`.
  const Field* get(Str name) const;
};

/// Something by name. Look-ups are O(1) on average, also for names that were chosen to collide: the
/// hash gets another seed when many do.
class Index {
 public:
  explicit Index(Arena& arena) : arena_(arena) {}
  /// nullptr when there is none of that name.
  void* find(Str name) const;
  /// Sets what a name stands for; its bytes must live as long as the index.
  void set(Str name, void* item);

 private:
  struct Slot {
    Str name;
    void* item;
  };
  std::uint32_t place(Str name, std::uint32_t& steps) const;
  void grow(std::uint32_t size);

  Arena& arena_;
  Slot* slots_ = nullptr;
  std::uint32_t size_ = 0, count_ = 0, seed_ = 0;
};

/// What was read, in the order of the files.
struct Bibliography {
  explicit Bibliography(Arena& a) : arena(a), keys(a), strings(a), copies(a) {}
  Arena& arena;
  List<Entry*> entries;
  /// Of entries by key, of @strings by name.
  Index keys, strings;
  /// Of a key that several entries had, the last one that was given.
  Index copies;
  std::size_t expanded = 0;

  /// The entry of a key; nullptr when there is none.
  Entry* find(Str key) const;
};

/// Reads a source and adds its entries and strings.
void read(const Source& source, Bibliography& out, Diagnostics& diagnostics);

/// To be called once, behind the last source: puts in what strings stand for, makes months symbols
/// (with a field `month_numeric`, 1 to 12), parses names, finds parents.
void finish(Bibliography& bibliography, Diagnostics& diagnostics);

/// A field as text: names as `von Last, Jr, First and …`; what is not one text as BibTeX writes it:
/// `jan # "~1"`.
Str text_of(Arena& arena, const Field& field);

/// Whether a text is a whole number, and which.
bool is_number(Str text, std::int64_t& number);

/// Prints an entry as bibtex-ruby's Entry#to_s with braces. Fields whose name is in `without` (a
/// list with single spaces) are left out.
void print(const Entry& entry, Str without, Text& out);

/// Parses the value of a field that has names: `Knuth, Donald E. and van der Berg, Jan`. What the
/// grammar does not allow is kept as a last name; false then.
bool parse_names(Arena& arena, Str text, List<Person>& out);

/// `von Last, Jr, First`.
void add_name(Text& out, const Person& name);

/// TeX as Unicode text in normal form C (LaTeX.decode): accents, letters, punctuation, symbols,
/// Greek; dollars and braces are removed, unknown commands stay. Linear.
void decode_latex(Str text, Text& out);

/// Unicode's canonical composition of Latin, Greek and Cyrillic letters with one mark each.
void add_composed(Str text, Text& out);

}  // namespace meridian::bibtex
