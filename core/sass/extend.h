// @extend: which selectors there are, which extensions, and what comes of both.
#pragma once
#include "value.h"

namespace meridian::sass {

/// One `extender {@extend target}`.
struct Extension {
  Complex* extender = nullptr;
  Simple* target = nullptr;
  bool optional = false;
  /// Of a selector that stands for itself.
  bool original = false;
  /// Of a module that uses the one whose rules are extended.
  bool foreign = false;
  CssMediaRule* media = nullptr;
};

/// A hash table whose keys are compared by hash and equality; entries stay in order.
template <class Key, class Value>
struct Table {
  struct Entry {
    Key key;
    std::uint64_t hash;
    Value value;
  };
  List<Entry> entries;
  List<std::uint32_t> slots;

  Value* find(Key key) const {
    if (entries.empty()) return nullptr;
    std::uint64_t h = sass::hash(key);
    std::uint32_t mask = slots.size - 1;
    for (std::uint32_t i = std::uint32_t(h) & mask; slots[i]; i = (i + 1) & mask) {
      Entry& entry = entries[slots[i] - 1];
      work_done += kBytesOfItem;
      if (entry.hash == h && equal(entry.key, key)) return &entry.value;
    }
    return nullptr;
  }
  /// The value of a key, which is made when it is new.
  Value& get(Arena& arena, Key key) {
    if (Value* value = find(key)) return *value;
    entries.add(arena, {key, sass::hash(key), Value()});
    if (entries.size * 2 > slots.size) {
      List<std::uint32_t> larger;
      while (larger.size < (slots.size ? slots.size * 2 : 8)) larger.add(arena, 0);
      slots = larger;
      for (std::uint32_t i = 0; i < entries.size; i++) place(i);
    } else {
      place(entries.size - 1);
    }
    return entries.back().value;
  }

 private:
  void place(std::uint32_t number) {
    std::uint32_t mask = slots.size - 1;
    std::uint32_t i = std::uint32_t(entries[number].hash) & mask;
    for (; slots[i]; i = (i + 1) & mask) work_done++;
    slots[i] = number + 1;
  }
};

class Extender {
 public:
  /// Targets and Replace are the modes of selector-extend() and selector-replace().
  enum class Mode : std::uint8_t { Normal, Targets, Replace };

  explicit Extender(Context& context, Mode mode = Mode::Normal) : context_(context), mode_(mode) {}

  /// Extends a rule's selector by what is known, in place, and later by what becomes known.
  void add_selector(SelectorList* selector, CssMediaRule* media);
  void add_extension(SelectorList* extender, Simple* target, CssMediaRule* media, bool optional);
  /// Adds what the modules extend that use the one that this is of.
  void add_all(const List<Extender*>& downstream);
  /// Reports an extension of which none of `all` has the target; false when there is one.
  bool check(const List<Extender*>& all);
  /// selector-extend() and selector-replace().
  static SelectorList* extend(Context& context, SelectorList* selector, SelectorList* source,
                              SelectorList* targets, Mode mode);

 private:
  using Extensions = Table<const Complex*, Extension>;
  using ByTarget = Table<const Simple*, Extensions>;

  void register_selector(SelectorList* list, SelectorList* rule);
  void register_extender(const Complex* complex, const Extension& extension);
  void extend_rules(const List<SelectorList*>& rules, const ByTarget& extensions);
  void extend_extensions(List<Extension>& old, const ByTarget& extensions);
  SelectorList* extend_list(SelectorList* list, const ByTarget& extensions, CssMediaRule* media);
  List<Complex*> extend_complex(Complex* complex, const ByTarget& extensions, CssMediaRule* media);
  List<Complex*> extend_compound(Component* compound, const ByTarget& extensions,
                                 CssMediaRule* media);
  List<List<Extension>> extend_simple(Simple* simple, const ByTarget& extensions,
                                      CssMediaRule* media, List<const Simple*>* used);
  List<Extension> extend_without_pseudo(Simple* simple, const ByTarget& extensions,
                                        List<const Simple*>* used);
  List<Simple*> extend_pseudo(Simple* pseudo, const ByTarget& extensions, CssMediaRule* media);
  List<Complex*> extend_pseudo_complex(Complex* complex, Simple* pseudo);
  List<Complex*> unify_path(const List<Extension>& path, bool first, bool& failed);
  List<Complex*> trim(const List<Complex*>& selectors);
  bool compatible(const Extension& extension, CssMediaRule* media);
  Extension extension_for(Component* compound);

  Context& context_;
  Mode mode_;
  Table<const Simple*, List<SelectorList*>> selectors_;
  ByTarget extensions_;
  Table<const Simple*, List<Extension>> by_extender_;
  std::uint32_t visit_ = 0;
};

}  // namespace meridian::sass
