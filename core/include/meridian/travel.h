// The gazetteer: from the name of a city, as an author writes it, to where on the sphere it is.
//
// Names lie in shards, `meridian/places/*.bin`, that are made at build time from GeoNames and
// fetched on demand. The core fetches nothing: a lookup answers Needs, needs() lists the files, and
// once they were put the lookup is asked again.
//
//   Gazetteer gazetteer({.names = 64});
//   for (;;) {
//     bool complete = true;
//     for (Str name : names) complete &= gazetteer.find(name, {}, arena).outcome != Outcome::Needs;
//     if (complete) break;                              // after two to four rounds
//     for (Str file : gazetteer.needs(arena)) gazetteer.put(file, /* its bytes; empty when it can't
//     be had */);
//   }
//   gazetteer.find("Cambridge, Massachusetts, USA", {}, arena).place  // 42.37 N, 71.11 W
//   gazetteer.find("Paris, Texas", {}, arena).place                   // a qualifier: region or
//   country, in any order gazetteer.find("Georgetown", "Guyana", arena).place               // an
//   explicit country gazetteer.find("Muinch", {}, arena).suggestions                   // unknown:
//   "Munich"
#pragma once
#include "meridian/base.h"

namespace meridian::travel {

enum class Continent : std::uint8_t {
  Africa,
  Antarctica,
  Asia,
  Europe,
  NorthAmerica,
  Oceania,
  SouthAmerica
};

/// English: "North America".
Str name_of(Continent continent);

/// A country or region of ISO 3166-1: Hong Kong, Macao, Taiwan, Puerto Rico and Greenland are
/// regions of their own, and so is Kosovo, by its user-assigned code XK.
struct Country {
  Str code;   ///< alpha-2: "HK"
  Str code3;  ///< alpha-3: "HKG"
  Str name;   ///< in English, as CLDR has it: "Hong Kong", "Türkiye"
  Continent continent = Continent::Africa;
};

/// A city. Views live as long as the gazetteer.
struct Place {
  Str name;    ///< GeoNames's name, which is English where the city is well known
  Str region;  ///< its first-order division (GeoNames's admin1); empty when its file is not there
  const Country* country = nullptr;  ///< of the gazetteer's table
  double latitude = 0;               ///< degrees, north positive, to 0.0014
  double longitude = 0;              ///< degrees in [-180, 180), east positive, to 0.0028
  std::uint32_t population = 0;      ///< to three digits; 0: unknown
};

enum class Outcome : std::uint8_t {
  Found,
  Unknown,      ///< nothing is called so, or nothing there: see Answer::unmatched
  Needs,        ///< files are missing: see Gazetteer::needs()
  Unavailable,  ///< the index, or the only file that could tell, can't be had or is broken
};

/// What became of a name. Lists are in the arena of the call.
struct Answer {
  static constexpr std::uint32_t kMaxPassedOver = 8, kMaxSuggestions = 3;

  Outcome outcome = Outcome::Unknown;
  /// The largest city of that name which fits the qualifiers. Where it is called by another
  /// spelling of its name (Bruges) a quarter of its people count, by any other a fortieth: Pekin is
  /// Beijing, but Islamabad not Chittagong. One in the country of the same name (San Marino) comes
  /// first, and one that is spelled with just the author's diacritics counts eight times: San José
  /// is in Costa Rica, San Jose in California.
  Place place;
  /// Another one was passed over that counts for at least half as much.
  bool ambiguous = false;
  /// Others of that name that fit, largest first. Found by the popular tier alone
  /// (Options::all_namesakes), it is empty. Of Unknown: those of that name that don't fit.
  List<Place> passed_over;
  /// Of Unknown: the qualifier, or the country, that no city of that name fits; a view into the
  /// call's arguments.
  Str unmatched;
  /// Of Unknown: names that differ by a letter or two, of what is loaded. Only for the first
  /// kMaxUnknown such names.
  List<Str> suggestions;
};

class Gazetteer {
 public:
  struct Options {
    std::uint32_t names =
        1;  ///< how many will be asked, about: from kPopularPays on the popular tier comes first
    bool all_namesakes = false;  ///< look for namesakes also where the popular tier has decided
    bool regions = false;        ///< fetch what regions are called, for Place::region
  };
  /// Below, the shards of the names alone are fewer bytes than the popular tier.
  static constexpr std::uint32_t kPopularPays = 32;
  /// Unknown names that get suggestions; each is compared with all that is loaded.
  static constexpr std::uint32_t kMaxUnknown = 50;
  static constexpr std::uint32_t kMaxPages = 4096;

  explicit Gazetteer(const Options& options);

  /// Takes a file by its name, in the order that needs() gives: before the index (the first) none
  /// can be read, which is then asked for again. Its bytes are not kept. Empty bytes say that it
  /// can't be had. False when they are not what the build writes (another build's, cut off,
  /// damaged): then it counts as not to be had.
  bool put(Str file, Str bytes);

  /// The files that lookups so far have waited for: "places/index.bin", "places/0a3.bin". In
  /// `arena`.
  List<Str> needs(Arena& arena) const;

  /// Looks up `query`: a name, then qualifiers behind commas (or in brackets): regions and
  /// countries by English or local name, postal abbreviation or ISO code. Case and punctuation
  /// don't count, diacritics only as Answer::place says. `country` (name or code, may be empty)
  /// overrides countries in the query. Time is linear in the length of the query, some two
  /// microseconds: who has many stops asks for each name once a round.
  Answer find(Str query, Str country, Arena& arena);

  /// A country by name or code, nullptr when there is none or the index is not there yet.
  const Country* country(Str name) const;
  /// Their number, for statistics; 0 before the index is there.
  std::uint32_t count_countries() const { return countries_.size; }

  /// The key that names are compared by: lower case, without diacritics and punctuation, "st" as
  /// "saint". In `arena`.
  Str key(Str name, Arena& arena) const;

 private:
  friend struct Search;
  friend struct Shard;
  struct Fold {
    std::uint32_t code, target;
  };
  struct Key {
    std::uint32_t hash;
    std::uint8_t country;
  };
  struct Nation : Country {
    std::uint8_t group, region_bits;
    int sovereign;      ///< the country that it belongs to, -1 without one
    List<Str> regions;  ///< each with its other names, tabs between
  };
  struct Record {
    Str name, key;
    std::uint32_t hash, population;
    std::uint16_t latitude, longitude;
    std::uint8_t country, region;
  };
  struct Alias {
    std::uint32_t hash, page, slot;
    /// To its own name: 2 as good ("Halle (Saale)"), 1 another spelling, 0 any; 3: it has been
    /// beaten.
    std::uint32_t closeness;
  };
  enum class State : std::uint8_t { Unasked, Asked, Here, Gone };
  struct Page {
    State state = State::Unasked;
    List<Record> records;
    List<Alias> aliases;
  };
  /// Canonical Huffman code: how many symbols have each length, and the symbols in order.
  struct Code {
    static constexpr unsigned kMaxBits = 24;
    std::uint16_t counts[kMaxBits + 1];
    std::uint8_t symbols[256];
  };
  static constexpr std::uint32_t kGroups = 8;

  Page* file_of(Str file);
  bool read_index(Str bytes);
  bool read_regions(Str bytes, std::uint32_t group);
  bool read_page(Str bytes, Page& page);
  int find_country(Str key) const;
  std::uint32_t fold(std::uint32_t code) const;
  void suggest(Str key, Arena& arena, List<Str>& out) const;

  Options options_;
  Arena arena_;
  std::uint32_t tag_ = 0, page_count_ = 0;
  List<std::uint32_t> unknown_;  ///< hashes of the names that get suggestions
  List<Fold> folds_;
  List<Nation> countries_;
  List<Key> country_keys_;
  Page* pages_ = nullptr;
  Page index_, top_, groups_[kGroups];  ///< of the index and the groups only the state is used
  Code names_{}, nations_{};
};

// ---- journeys ----

/// What stops come to. `stops` has a line for each: name, country, longitude, latitude, first and
/// last day (`1799-06-05`, `1799-06`, `1799`), with tabs between; fields may be empty. Adds to
/// `out` either
///
///     needs  FILE …                                    files for Gazetteer::put; then to be asked
///     again
///
/// or, with tabs between the fields,
///
///     problem  NUMBER  WHAT  REMEDY                    something to tell the author, about the
///     stop of that line (from 0; also
///                                                     of an empty list)
///     trip  STOPS  PLACES  COUNTRIES  CONTINENTS  KM  FIRST  LAST     how many; along great
///     circles; the days stop  NUMBER  REGION  CODE  COUNTRY  LON  LAT    in their order; without
///     the last two where that isn't known
///
/// `by_date` sorts them by their first day, those without one first. Time is n log n.
void add_itinerary(Gazetteer& gazetteer, Str stops, bool by_date, Text& out);

}  // namespace meridian::travel
