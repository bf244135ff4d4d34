#include "external/cache.h"

#include <algorithm>
#include <cstdlib>
#include <vector>

#include "disk.h"
#include "folder_writer.h"
#include "lock.h"
#include "meridian/value.h"

namespace fs = std::filesystem;

namespace meridian::cli::external {

namespace {
constexpr std::int64_t kHour = 3600;
constexpr std::int64_t kGood = 72 * kHour, kBad = kHour;
// Some 20,000 addresses, the newest ones.
constexpr std::size_t kMostBytes = std::size_t(4) << 20;
// Of another version's file nothing is known.
constexpr int kVersion = 1;
/// Those that are kept, in their order.
constexpr const char* kFates = "good gone no-host";

fs::path cache_file() {
  const char* caches = std::getenv("XDG_CACHE_HOME");
  // Relative ones count for nothing: XDG Base Directory Specification.
  if (caches && *caches == '/') return fs::path(caches) / "meridian/links.json";
  const char* home = std::getenv("HOME");
  return home && *home == '/' ? fs::path(home) / ".cache/meridian/links.json" : fs::path();
}

bool is_fresh(std::int64_t time, Fate fate, std::int64_t now) {
  return time <= now && now - time < (fate == Fate::Good ? kGood : kBad);
}

void add_entry(Text& out, const std::string& address, std::int64_t time, const Outcome& outcome) {
  Arena arena;
  Map* entry = make_map(arena);
  entry->set("time", time);
  Str rest = kFates, fate;
  for (int i = 0; i <= int(outcome.fate); i++) (void)next_piece(rest, ' ', fate);
  entry->set("fate", fate);
  for (auto [key, text] :
       {std::pair{"reason", &outcome.reason}, std::pair{"moved_to", &outcome.moved_to},
        std::pair{"last", &outcome.last}})
    if (!text->empty()) entry->set(key, Str(*text));
  print_json(Value(Str(address)), out);
  out.add(": ");
  print_json(Value(entry), out);
}
}  // namespace

Cache::Cache(std::int64_t now) : now_(now), file_(cache_file()) { read(old_); }

void Cache::read(Entries& entries) const {
  std::string text;
  if (file_.empty() || !read_file(file_, text, kMostBytes)) return;
  Arena arena;
  Diagnostics ignored(arena);
  Value all;
  if (!parse_json({"links.json", text}, arena, all, ignored)) return;
  const Map* links = get(all, "links").map();
  if (!links || !equal(get(all, "meridian"), kVersion)) return;
  for (const Map::Entry& link : *links) {
    const Map* entry = link.value.map();
    int fate = entry ? one_of(entry->get("fate").str(), kFates) : -1;
    if (fate < 0 || !entry->get("time").is(Kind::Int)) continue;
    const std::int64_t time = entry->get("time").i;
    if (!is_fresh(time, Fate(fate), now_)) continue;
    auto text_of = [&](const char* key) { return std::string(entry->get(key).str()); };
    Outcome outcome{Fate(fate), text_of("reason"), text_of("moved_to"), text_of("last")};
    entries.emplace(link.key.str(), Entry{time, std::move(outcome)});
  }
}

const Outcome* Cache::find(const std::string& address) const {
  auto found = old_.find(address);
  return found == old_.end() ? nullptr : &found->second.outcome;
}

void Cache::keep(const std::string& address, const Outcome& outcome) {
  if (outcome.fate <= Fate::NoHost) fresh_[address] = {now_, outcome};
}

void Cache::save() {
  const fs::path folder = file_.parent_path();
  std::error_code error;
  if (fresh_.empty() || folder.empty()) return;
  // Where its user looks is nobody else's business.
  std::vector<fs::path> made;
  if (make_folder(folder, made)) return;
  if (!made.empty()) fs::permissions(folder, fs::perms::owner_all, error);
  FolderLock lock;
  if (!lock.take(folder)) return;
  Entries entries = std::move(fresh_);
  read(entries);  // what is there already stays
  std::vector<const Entries::value_type*> newest;
  for (const auto& entry : entries) newest.push_back(&entry);
  std::stable_sort(newest.begin(), newest.end(),
                   [](auto* a, auto* b) { return a->second.time > b->second.time; });
  Text out;
  out.add("{\"meridian\": ");
  out.add_int(kVersion);
  out.add(", \"links\": {\n");
  for (const auto* entry : newest) {
    Text one;
    add_entry(one, entry->first, entry->second.time, entry->second.outcome);
    if (out.size() + one.size() > kMostBytes - 8) break;
    if (entry != newest.front()) out.add(",\n");
    out.add(one.str());
  }
  out.add("\n}}\n");
  NewFile file(FolderWriter(folder), file_.filename().string(), 0600);
  file.write(out.str());
  (void)file.put();
}

}  // namespace meridian::cli::external
