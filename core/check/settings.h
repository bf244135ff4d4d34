// The table of the keys of _config.yml (settings.txt), and what it says of values.
#pragma once
#include "parts.h"

namespace meridian::check {

/// A row of the table.
struct Setting {
  /// `feed.path`; `*` is any key, `[]` each item of a list.
  Str path;
  /// A letter for each type, and marks.
  Str types;
  /// Plugins that read it, or `theme`; empty: it always counts.
  Str where;
  /// Those that it may have; empty: any of its types.
  Str values;

  bool has(char type_or_mark) const { return types.find(type_or_mark) != Str::npos; }
  /// Jekyll stops at a value of another type, or that is none of `values`.
  bool stops_jekyll() const { return has('!'); }
  /// Every other key of the mapping is a mistake.
  bool is_closed() const { return has('+'); }
  /// Another type is no finding of this table: the core reports it, or it is another theme's.
  bool may_have_other_type() const { return has('.'); }
  /// It is known, and nothing is made of it.
  bool has_no_effect() const { return has('-'); }
  /// Other values than `values` are possible.
  bool is_open() const { return has('~'); }
};

/// All rows, by their paths.
class SettingTable {
 public:
  explicit SettingTable(Arena& arena);
  /// The row of a key below the path `prefix` (`feed.`, or nothing): its own, or that of any key.
  const Setting* find(Str prefix, Str key) const;
  const Setting* find(Str path) const;
  const List<Setting>& rows() const { return rows_; }

 private:
  Arena& arena_;
  List<Setting> rows_;
  Map numbers_{&arena_};
};

/// Whether the value has one of the types of the setting; nil has.
bool has_type(const Setting& setting, const Value& value);

/// What is wrong with a value, and what helps.
struct Fault {
  Str message, remedy;
  /// The item of a list that is wrong; empty: it is the value as a whole.
  Str item = {};
};
/// What the value of a setting should be that is of another type.
Fault wrong_type(Arena& arena, const Setting& setting, Str name);
/// What is wrong with a value of the right type; nothing is when the message is empty.
Fault wrong_value(Sources& sources, const Setting& setting, Str name, const Value& value);

/// Whether its mapping has the key of a node already; `seen` has the places of those before it.
bool is_repeated(Arena& arena, const Source& source, const yaml::Node& node, Map& seen,
                 Fault& fault);

}  // namespace meridian::check
