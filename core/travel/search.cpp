// Look-up of names: the files that it needs, the cities of a name, those that fit the qualifiers,
// the largest of these.
#include "meridian/text.h"
#include "meridian/travel.h"
#include "shard.h"

namespace meridian::travel {

namespace {
constexpr std::uint32_t kMaxQualifiers = 6, kMaxCandidates = 256;
/// The weight of a city's population for any other name, for another spelling of its own, for its
/// own one (or its short form): by the closeness of an alias. data/winners.py uses the same.
constexpr std::uint8_t kShares[] = {1, 10, 40, 1};
/// Another place wins the name: this one is considered when a qualifier may mean it, so that no
/// file is loaded in vain.
constexpr std::uint32_t kOwn = 2, kBeaten = 3;
/// A city of the country with the same name precedes all others: San Marino, Luxembourg, Panama.
/// Not for codes.
constexpr std::size_t kCountryName = 4;
constexpr std::uint32_t kAtHome = 100;
/// Diacritics in the query are evidence: San José is in Costa Rica, San Jose in California.
constexpr std::uint32_t kSpelled = 8;
/// A shorter qualifier is a region's whole name or its code, not the first word of its name.
constexpr std::size_t kFirstWord = 4;
/// Of a query, in bytes: Bangkok's ceremonial name has 168 letters of three.
constexpr std::size_t kMaxQuery = 1024;

/// The characters that end a name or a qualifier: commas of several scripts, and brackets where
/// they are not part of a name.
constexpr Name kEnds[] = {"(", ")", ",", ";", "，", "、", "،"};
constexpr std::size_t kBrackets = 2;
}  // namespace

/// One lookup.
struct Search {
  using Record = Gazetteer::Record;
  using Shard = Gazetteer::Shard;
  using State = Gazetteer::State;
  struct Candidate {
    const Record* record;
    std::uint64_t weight;
    bool fits, shown;
  };
  struct Qualifier {
    Str text, key;
    int country;  ///< -1: no country has this name
  };

  Gazetteer& gazetteer;
  Arena& arena;
  Answer answer;
  Str name;  ///< as the author spells it
  Str key;
  Str overriding;           ///< the explicit country
  bool brackets;            ///< they are not a part of the name
  bool is_spelled = false;  ///< the name has more than ASCII
  int home = -1;            ///< the country of that name
  std::uint32_t hash = 0, qualifier_count = 0, candidate_count = 0;
  bool waiting = false, unavailable = false;
  // Last, so that the members before it have small offsets: they are bytes of code.
  Qualifier qualifiers[kMaxQualifiers];
  Candidate candidates[kMaxCandidates];

  Search(Gazetteer& g, Arena& a, Str country, bool in_brackets)
      : gazetteer(g), arena(a), overriding(country), brackets(in_brackets) {}

  /// Whether the file is loaded; else it is requested, or unavailable.
  bool is_loaded(Shard& shard) {
    if (shard.state == State::Unknown) shard.state = State::Requested;
    waiting |= shard.state == State::Requested;
    unavailable |= shard.state == State::Unavailable;
    return shard.state == State::Loaded;
  }

  Outcome run(Str query);
  Outcome complete(Str begun, bool exact);
  void read(Str query);
  Str next_part(Str& rest);
  void add_qualifier(Str text);
  void collect(const Shard& shard);
  void add(const Record& record, std::uint32_t closeness);
  bool fits(const Record& record, const Qualifier& q, bool by_region);
  bool choose(bool by_region);
  bool choose_by_region();
  Outcome decide(bool found);
  Outcome explain();
  void pass_over();
  bool may_suggest();
  Place place(const Record& record);
};

/// Cuts off the part before a comma or a bracket.
Str Search::next_part(Str& rest) {
  for (std::size_t at = 0; at < rest.size(); at++)
    for (std::size_t i = brackets ? 0 : kBrackets; i < sizeof kEnds / sizeof *kEnds; i++)
      if (rest.substr(at).starts_with(kEnds[i])) {
        Str part = slice(rest, 0, at);
        rest = slice(rest, at + kEnds[i].size());
        return part;
      }
  Str part = rest;
  rest = {};
  return part;
}

void Search::add_qualifier(Str text) {
  text = strip(text);
  Str name = gazetteer.key(text, arena);
  if (name.empty() || qualifier_count == kMaxQualifiers) return;
  int country = gazetteer.find_country(name);
  // A separate country is decisive; countries in the name then count for nothing.
  if (country < 0 || overriding.empty() || !qualifier_count)
    qualifiers[qualifier_count++] = {text, name, country};
}

void Search::read(Str query) {
  add_qualifier(overriding);
  if (!qualifier_count) overriding = {};
  while (key.empty() && !query.empty()) key = gazetteer.key(name = strip(next_part(query)), arena);
  is_spelled = false;
  for (char c : name) is_spelled |= c < 0;
  hash = hash_of(key);
  if (key.size() >= kCountryName) home = gazetteer.find_country(key);
  while (!query.empty()) add_qualifier(next_part(query));
}

void Search::add(const Record& record, std::uint32_t closeness) {
  for (std::uint32_t i = 0; i < candidate_count; i++) {
    const Record& other = *candidates[i].record;
    if (other.country == record.country && other.latitude == record.latitude &&
        other.longitude == record.longitude)
      return;
  }
  std::uint64_t weight =
      std::uint64_t(record.population ? record.population : 1) * kShares[closeness];
  if (record.country == home) weight *= kAtHome;
  // How another name is spelled is not known.
  if (is_spelled && (closeness != kOwn || equal_ignoring_case(record.name, name)))
    weight *= kSpelled;
  if (candidate_count < kMaxCandidates)
    candidates[candidate_count++] = {&record, weight, false, false};
}

/// All on `shard` that have the key, by their own name or by another one.
void Search::collect(const Shard& shard) {
  for (const Record& record : shard.records)
    if (record.hash == hash && record.key == key) add(record, kOwn);
  unsigned shift = hash_shift(&shard == &gazetteer.top_);
  for (const Gazetteer::Alias& alias : shard.aliases) {
    if (alias.hash != hash >> shift) continue;
    if (alias.closeness == kBeaten && !qualifier_count && !gazetteer.options_.all_namesakes)
      continue;
    bool popular = alias.shard == Gazetteer::kMaxShards;
    if (!popular && alias.shard >= gazetteer.shard_count_) continue;
    Shard& other = popular ? gazetteer.top_ : gazetteer.shards_[alias.shard];
    if (is_loaded(other) && alias.slot < other.records.size)
      add(other.records[alias.slot], alias.closeness);
  }
}

bool Search::fits(const Record& record, const Qualifier& q, bool by_region) {
  const Gazetteer::Nation& nation = gazetteer.countries_[record.country];
  if (q.country == record.country || (q.country >= 0 && q.country == nation.sovereign)) return true;
  const List<Str>& regions = nation.regions;
  if (!by_region || !record.region || record.region > regions.size) return false;
  Str names = regions[record.region - 1u], name;
  while (next_piece(names, '\t', name)) {
    Str region = gazetteer.key(name, arena);
    if (region == q.key ||
        (q.key.size() >= kFirstWord && region.starts_with(q.key) && region[q.key.size()] == ' '))
      return true;
  }
  return false;
}

/// Takes the best of those that fit all qualifiers; false when none does.
bool Search::choose(bool by_region) {
  Candidate* best = nullptr;
  std::uint64_t second = 0;
  for (std::uint32_t i = 0; i < candidate_count; i++) {
    Candidate& candidate = candidates[i];
    candidate.fits = true;
    for (std::uint32_t j = 0; j < qualifier_count; j++)
      candidate.fits &= fits(*candidate.record, qualifiers[j], by_region);
    if (!candidate.fits) continue;
    if (!best || candidate.weight > best->weight) {
      second = best ? best->weight : 0;
      best = &candidate;
    } else if (candidate.weight > second) {
      second = candidate.weight;
    }
  }
  if (!best) return false;
  answer.ambiguous = second > best->weight / 2;
  answer.place = place(*best->record);
  best->shown = true;
  return true;
}

/// Countries come first: in "Vancouver, CA" it is Canada. Where none fits, the regions' files are
/// searched, one group of countries after the other, until a region fits.
bool Search::choose_by_region() {
  for (std::uint32_t group = 0; group < Gazetteer::kGroups; group++)
    for (std::uint32_t i = 0; i < candidate_count; i++)
      if (gazetteer.countries_[candidates[i].record->country].group == group) {
        if (is_loaded(gazetteer.groups_[group]) && choose(true)) return true;
        if (waiting) return false;
        break;
      }
  return false;
}

Place Search::place(const Record& record) {
  const Gazetteer::Nation& nation = gazetteer.countries_[record.country];
  if (gazetteer.options_.regions && record.region) is_loaded(gazetteer.groups_[nation.group]);
  Place place;
  place.name = record.name;
  place.country = &nation;
  if (record.region && record.region <= nation.regions.size) {
    Str names = nation.regions[record.region - 1u];
    next_piece(names, '\t', place.region);
  }
  place.latitude = record.latitude * (180.0 / 65535) - 90;
  place.longitude = record.longitude * (360.0 / 65536) - 180;
  place.population = record.population;
  return place;
}

/// Of the candidates that fit as the chosen one does (or, without one, of all), the largest but
/// that one.
void Search::pass_over() {
  while (answer.passed_over.size < Answer::kMaxPassedOver) {
    Candidate* largest = nullptr;
    for (std::uint32_t i = 0; i < candidate_count; i++) {
      Candidate& candidate = candidates[i];
      if (candidate.fits && !candidate.shown &&
          (!largest || candidate.record->population > largest->record->population))
        largest = &candidate;
    }
    if (!largest) return;
    largest->shown = true;
    answer.passed_over.add(arena, place(*largest->record));
  }
}

bool Search::may_suggest() {
  for (std::uint32_t known : gazetteer.unknown_)
    if (known == hash) return true;
  if (gazetteer.unknown_.size == Gazetteer::kMaxUnknown) return false;
  gazetteer.unknown_.add(gazetteer.arena_, hash);
  return true;
}

Outcome Search::explain() {
  for (std::uint32_t j = qualifier_count; j--;) {
    bool fitting = false;
    for (std::uint32_t i = 0; i < candidate_count; i++)
      fitting |= fits(*candidates[i].record, qualifiers[j], true);
    if (!fitting || answer.unmatched.empty()) answer.unmatched = qualifiers[j].text;
  }
  for (std::uint32_t i = 0; i < candidate_count; i++) candidates[i].fits = true;
  pass_over();
  if (candidate_count) return Outcome::Unknown;
  answer.unmatched = {};
  if (unavailable) return Outcome::Unavailable;
  if (!key.empty() && may_suggest()) {
    is_loaded(gazetteer.top_);  // the names that are most likely meant
    if (!waiting) gazetteer.suggest(key, arena, answer.suggestions);
  }
  return Outcome::Unknown;
}

Outcome Search::decide(bool found) {
  Outcome outcome = Outcome::Found;
  if (waiting) return Outcome::Needs;
  if (found)
    pass_over();
  else
    outcome = explain();
  return waiting ? Outcome::Needs : outcome;
}

Outcome Search::run(Str query) {
  bool popular =
      gazetteer.options_.names >= Gazetteer::kPopularPays && !gazetteer.options_.all_namesakes;
  if (popular && gazetteer.index_.state != State::Unavailable)
    is_loaded(gazetteer.top_);  // at once with the index
  if (!is_loaded(gazetteer.index_)) return waiting ? Outcome::Needs : Outcome::Unavailable;
  if (waiting) return Outcome::Needs;
  read(query);
  if (popular) {
    collect(gazetteer.top_);
    // Another one may be spelled just so.
    bool other =
        is_spelled && candidate_count && !equal_ignoring_case(candidates[0].record->name, name);
    if (!other && choose(false)) return waiting ? Outcome::Needs : Outcome::Found;
  }
  candidate_count = 0;
  unavailable = false;
  if (!key.empty() && is_loaded(gazetteer.shards_[hash % gazetteer.shard_count_]))
    collect(gazetteer.shards_[hash % gazetteer.shard_count_]);
  if (waiting) return Outcome::Needs;
  return decide(choose(false) || choose_by_region());
}

Outcome Search::complete(Str begun, bool exact) {
  is_loaded(gazetteer.top_);  // at once with the index
  if (!is_loaded(gazetteer.index_) || waiting)
    return waiting ? Outcome::Needs : Outcome::Unavailable;
  key = gazetteer.key(begun, arena);
  if (key.empty()) return Outcome::Unknown;
  hash = hash_of(key);
  Shard& own = gazetteer.shards_[hash % gazetteer.shard_count_];
  if (exact ? is_loaded(own) : own.state == Gazetteer::State::Loaded) collect(own);
  for (const Record& record : gazetteer.top_.records)
    if (record.key.starts_with(key)) add(record, kOwn);
  for (std::uint32_t i = 0; i < candidate_count; i++) candidates[i].fits = true;
  pass_over();
  for (Place& one : answer.passed_over) {
    bool namesake = false;
    for (const Place& other : answer.passed_over)
      namesake |= &one != &other && one.name == other.name && one.country == other.country;
    if (!namesake)
      one.region = {};
    else
      is_loaded(gazetteer.groups_[static_cast<const Gazetteer::Nation*>(one.country)->group]);
  }
  return waiting ? Outcome::Needs : Outcome::Unknown;
}

Answer Gazetteer::complete(Str begun, bool exact, Arena& arena) {
  Search search(*this, arena, {}, false);
  search.answer.outcome = search.complete(begun.substr(0, kMaxQuery), exact);
  return search.answer;
}

Answer Gazetteer::find(Str query, Str country, Arena& arena) {
  query = query.substr(0, kMaxQuery);
  // "Frankfurt (Oder)" is a name; "Cambridge (UK)" is none, so the brackets enclose a qualifier.
  for (bool brackets = false;; brackets = true) {
    Search search(*this, arena, country, brackets);
    Outcome outcome = search.run(query);
    if (outcome == Outcome::Unknown && !search.candidate_count && !brackets &&
        query.find('(') != Str::npos)
      continue;
    if (outcome == Outcome::Needs) search.answer = {};
    search.answer.outcome = outcome;
    return search.answer;
  }
}

}  // namespace meridian::travel
