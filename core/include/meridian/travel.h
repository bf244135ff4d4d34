// The gazetteer: from the name of a city, as an author writes it, to its place on the sphere.
//
// Names are in shards, `meridian/places/*.bin`, which the build makes from GeoNames and which are
// fetched on demand. The core fetches nothing: a look-up answers Needs, needs() lists the files,
// and once they are put the look-up is repeated.
//
//     Gazetteer gazetteer({.names = 64});
//     for (;;) {                                          // two to four rounds
//       bool complete = true;
//       for (Str name : names)
//         complete &= gazetteer.find(name, {}, arena).outcome != Outcome::Needs;
//       if (complete) break;
//       for (Str file : gazetteer.needs(arena)) gazetteer.put(file, fetch(file));
//     }
//     gazetteer.find("Cambridge, Massachusetts, USA", {}, arena).place;   // 42.37 N, 71.11 W
//     gazetteer.find("Paris, Texas", {}, arena).place;                    // a qualifier: the
//     region gazetteer.find("Georgetown", "Guyana", arena).place;                // an explicit
//     country gazetteer.find("Muinch", {}, arena).suggestions;                    // unknown:
//     "Munich"
//
// Ownership: a Gazetteer copies what it needs of the files; views in a Place live as long as it,
// lists of an Answer in the arena of the call.
//
// Failure: an Outcome says what became of a name; files that are absent or damaged count as
// unavailable, and other names are still found. There are no diagnostics here; add_itinerary()
// words them for an author.
//
// Degrees are decimal, north and east positive. Data: GeoNames (cities, admin1), CLDR (names of
// countries), ISO 3166-1 (codes).
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

/// In English: "North America".
Str name_of(Continent continent);

/// A country or region of ISO 3166-1: Hong Kong, Macao, Taiwan, Puerto Rico and Greenland are
/// regions of their own, and so is Kosovo, by its user-assigned code XK.
struct Country {
  /// Alpha-2: "HK".
  Str code;
  /// Alpha-3: "HKG".
  Str code3;
  /// In English, as CLDR has it: "Hong Kong", "Türkiye".
  Str name;
  Continent continent = Continent::Africa;
};

/// A city. Its views live as long as the gazetteer.
struct Place {
  /// GeoNames' name, which is English where the city is well known.
  Str name;
  /// Its first-order division (GeoNames' admin1); empty when that file is not loaded.
  Str region;
  /// In the gazetteer's table.
  const Country* country = nullptr;
  /// Degrees, north positive, to 0.0014.
  double latitude = 0;
  /// Degrees in [-180, 180), east positive, to 0.0028.
  double longitude = 0;
  /// To three digits; 0: unknown.
  std::uint32_t population = 0;
};

/// The result of a look-up.
enum class Outcome : std::uint8_t {
  Found,
  /// No city has this name, or none in that place: see Answer::unmatched.
  Unknown,
  /// Files are missing: see Gazetteer::needs().
  Needs,
  /// The index, or the only file that could have the name, is unavailable or broken.
  Unavailable,
};

/// The answer to a look-up. Its lists live in the arena of the call.
struct Answer {
  static constexpr std::uint32_t kMaxPassedOver = 8, kMaxSuggestions = 3;

  Outcome outcome = Outcome::Unknown;
  /// The largest city of that name which fits the qualifiers. Where the name is another spelling of
  /// the city's name (Bruges) a quarter of its population counts, where it is any other name a
  /// fortieth: Pekin is Beijing, but Islamabad not Chittagong. A city in the country of the same
  /// name (San Marino) comes first, and one that is spelled with exactly the author's diacritics
  /// counts eight times: San José is in Costa Rica, San Jose in California.
  Place place;
  /// Another city was passed over that counts at least half as much.
  bool ambiguous = false;
  /// Other cities of that name that fit, largest first; empty when the popular tier alone decided
  /// (Options::all_namesakes). With Unknown: those of that name that don't fit.
  List<Place> passed_over;
  /// With Unknown: the qualifier, or the country, that no city of that name fits; a view of the
  /// call's arguments.
  Str unmatched;
  /// With Unknown: names that differ by a letter or two, among those that are loaded. Only for the
  /// first kMaxUnknown such names.
  List<Str> suggestions;
};

/// Look-ups over the files that were put. One object serves all names of a shard or a site.
class Gazetteer {
 public:
  /// Which files look-ups load.
  struct Options {
    /// About how many names will be looked up: from kPopularPays on the popular tier is loaded
    /// first.
    std::uint32_t names = 1;
    /// Look for namesakes also where the popular tier has decided.
    bool all_namesakes = false;
    /// Load the names of regions, for Place::region.
    bool regions = false;
  };
  /// With fewer names, their shards alone have fewer bytes than the popular tier.
  static constexpr std::uint32_t kPopularPays = 32;
  /// Unknown names that get suggestions; each is compared with all that is loaded.
  static constexpr std::uint32_t kMaxUnknown = 50;
  static constexpr std::uint32_t kMaxShards = 4096;
  /// Shards of a pack. A host that knows no ranges sends the whole: some 140 KB.
  static constexpr std::uint32_t kPack = 256;

  explicit Gazetteer(const Options& options);

  /// Adds a file, or a range of one, by its name, in the order of needs(): before the index, which
  /// is the first, no other can be read, and it is requested again. The bytes are not kept; empty
  /// bytes say that the file is unavailable. False when they are not what the build writes (another
  /// build's, cut off, damaged): the file then counts as unavailable.
  bool put(Str file, Str bytes);

  /// What look-ups so far wait for: a file, "places/index.bin", or bytes of a pack, the first and
  /// the last: "places/0.bin#1024-1599". In `arena`.
  List<Str> needs(Arena& arena) const;
  /// All shards, as needs() names them; none before the index is loaded.
  List<Str> shards(Arena& arena) const;

  /// Looks up `query`: a name, then qualifiers behind commas or in brackets: regions and countries
  /// by English or local name, postal abbreviation or ISO code, in any order. Case and punctuation
  /// are ignored, diacritics count only as Answer::place says. `country` (name or code, may be
  /// empty) overrides countries in the query. Linear in the length of the query, some two
  /// microseconds; with many stops, look up each name once in each round.
  Answer find(Str query, Str country, Arena& arena);

  /// Places for a name that is begun: those of the popular tier whose name begins so, and all of
  /// just that name, in Answer::passed_over, largest first. The latter are in a shard of their own,
  /// which only `exact` loads. Each has its region where another one has its name and country.
  /// Needs or Unknown; linear in the records that are loaded.
  Answer complete(Str begun, bool exact, Arena& arena);

  /// A country by name or code; nullptr when there is none or the index is not loaded.
  const Country* country(Str name) const;
  /// The number of countries; 0 before the index is loaded.
  std::uint32_t count_countries() const { return countries_.size; }

  /// The key by which names are compared: lower case, without diacritics and punctuation, "st" as
  /// "saint". In `arena`.
  Str key(Str name, Arena& arena) const;

 private:
  friend struct Search;
  friend struct ShardReader;
  struct Fold {
    std::uint32_t code, target;
  };
  struct Key {
    std::uint32_t hash;
    std::uint8_t country;
  };
  struct Nation : Country {
    std::uint8_t group, region_bits;
    /// Index of the country that it belongs to, -1 without one.
    int sovereign;
    /// Each with its other names, separated by tabs.
    List<Str> regions;
  };
  struct Record {
    Str name, key;
    std::uint32_t hash, population;
    std::uint16_t latitude, longitude;
    std::uint8_t country, region;
  };
  struct Alias {
    /// The upper bits of the hash, see hash_shift().
    std::uint32_t hash, shard, slot;
    /// Of the alias to its own name: 2 equivalent ("Halle (Saale)"), 1 another spelling, 0 any
    /// other name; 3: it was beaten.
    std::uint32_t closeness;
  };
  enum class State : std::uint8_t { Unknown, Requested, Loaded, Unavailable };
  struct Shard {
    State state = State::Unknown;
    /// Where it begins in its pack, and its size: bytes.
    std::uint32_t start = 0, size = 0;
    List<Record> records;
    List<Alias> aliases;
  };
  /// A canonical Huffman code: how many symbols have each length, and the symbols in order.
  struct Code {
    static constexpr unsigned kMaxBits = 24;
    std::uint16_t counts[kMaxBits + 1];
    std::uint8_t symbols[256];
  };
  static constexpr std::uint32_t kGroups = 8;
  /// Contexts of a byte in a name: what is before it.
  static constexpr std::uint32_t kContexts = 4;

  Shard* file_of(Str file);
  Str name_of_shard(std::uint32_t number, Arena& arena) const;
  bool read_index(Str bytes);
  bool read_regions(Str bytes, std::uint32_t group);
  bool read_shard(Str bytes, Shard& shard);
  int find_country(Str key) const;
  std::uint32_t fold(std::uint32_t code) const;
  void suggest(Str key, Arena& arena, List<Str>& out) const;

  Options options_;
  Arena arena_;
  std::uint32_t tag_ = 0, shard_count_ = 0;
  /// Hashes of the names that get suggestions.
  List<std::uint32_t> unknown_;
  List<Fold> folds_;
  List<Nation> countries_;
  List<Key> country_keys_;
  Shard* shards_ = nullptr;
  /// Of the index and the groups only the state is used.
  Shard index_, top_, groups_[kGroups];
  Code names_[kContexts]{}, nations_{};
};

// ---- journeys ----

/// Evaluates the stops of a journey. `stops` has a line for each: name, country, longitude,
/// latitude, first and last day (`1799-06-05`, `1799-06`, `1799`), separated by tabs; fields may be
/// empty. Appends to `out` either
///
///     needs  FILE …            files for Gazetteer::put(); call again when they are loaded
///
/// or, with tabs between the fields,
///
///     problem  NUMBER  WHAT  REMEDY      a diagnostic for the author about the stop of that line,
///                                        from 0; also about an empty list; `date` instead of
///                                        `problem`: about a stop's dates, `order`: about the
///                                        order of dates in the list
///     trip  STOPS  PLACES  COUNTRIES  CONTINENTS  KM  FIRST  LAST
///                                        counts; kilometres along great circles; days
///     stop  NUMBER  REGION  CODE  COUNTRY  LON  LAT
///                                        in their order; without the last two where the place is
///                                        unknown
///
/// `by_date` sorts the stops by their first day, those without one first. O(n log n).
void add_itinerary(Gazetteer& gazetteer, Str stops, bool by_date, Text& out);

/// Appends to `out` either such a line `needs`, or a line for each place of Gazetteer::complete():
///
///     place  NAME  REGION  COUNTRY
void add_completions(Gazetteer& gazetteer, Str begun, bool exact, Text& out);

}  // namespace meridian::travel
