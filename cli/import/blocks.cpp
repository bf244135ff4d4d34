#include "blocks.h"

#include "lists.h"
#include "markup.h"

namespace meridian::cli::hugo {

namespace {
/// What a block is, by the words of its versions.
enum class Block { Text, Person, Persons, Pages, Entries, Contact, Count };
constexpr Name kBlocks[] = {
    "markdown blank",
    "about about.avatar about.biography resume-biography resume-biography-3",
    "people",
    "collection pages portfolio featured",
    "experience accomplishments features skills",
    "contact"};
static_assert(sizeof kBlocks / sizeof *kBlocks == std::size_t(Block::Count));

Block block_of(Str name) {
  int block = 0;
  while (block < int(Block::Count) && one_of(name, Str(kBlocks[block])) < 0) block++;
  return Block(block);
}

std::string text_at(const Value& map, Str key) {
  const Map* entries = map.map();
  const Value value = entries ? get_any_case(*entries, key) : Value();
  if (value.array() || value.map()) return {};
  Text text;
  print(value, text);
  return std::string(strip(text.str()));
}

/// The values of these keys that an item has, with commas between them.
std::string joined(const Value& item, Str keys) {
  std::string out;
  for (Str key; next_piece(keys, ' ', key);)
    if (std::string part = text_at(item, key); !part.empty())
      out += (out.empty() ? "" : ", ") + part;
  return out;
}

std::string days(const Value& item) {
  std::string from = text_at(item, "date_start").substr(0, 10), to = text_at(item, "date_end");
  return from.empty() ? to.substr(0, 10) : from + " –" + (to.empty() ? "" : " " + to.substr(0, 10));
}

/// `**Engineer**, Engines, 1840 – 1842: what it was`, of whatever there is of it.
std::string entry_text(const Value& item) {
  if (item.is_string()) return std::string(strip(item.str()));
  std::string title, more;
  for (const char* key : {"title", "name", "course", "degree", "area", "position"})
    if (title.empty()) title = text_at(item, key);
  Str keys = "position area organization company company_name institution location year";
  for (Str key; next_piece(keys, ' ', key);)
    if (std::string part = text_at(item, key); !part.empty() && part != title) more += ", " + part;
  if (std::string when = days(item); !when.empty()) more += ", " + when;
  std::string text = title.empty() ? more.substr(more.empty() ? 0 : 2) : "**" + title + "**" + more;
  std::string words = joined(item, "description summary");
  for (char& c : words) c = c == '\n' ? ' ' : c;
  return text + (words.empty() ? "" : ": " + words);
}

std::string list_of(const Value& items) {
  std::string out;
  for (std::uint32_t i = 0; items.array() && i < items.array()->size(); i++) {
    const Value& item = items.array()->items[i];
    out += "- " + shown(entry_text(item)) + "\n";
    // Items in groups.
    const Array* inner = get(item, "items").array();
    for (std::uint32_t n = 0; inner && n < inner->size(); n++)
      out += "  - " + shown(entry_text(inner->items[n])) + "\n";
  }
  return out;
}

std::string entries_of(const Map& content) {
  std::string out;
  for (const char* key : {"experience", "item", "items", "feature", "features"})
    out += list_of(get_any_case(content, key));
  return out;
}

std::string contact_of(const Map& content) {
  std::string out;
  const Value all(const_cast<Map*>(&content));
  if (std::string mail = text_at(all, "email"); !mail.empty()) out += "- <" + shown(mail) + ">\n";
  for (const std::string& line :
       {text_at(all, "phone"),
        joined(get_any_case(content, "address"), "street city region postcode country"),
        text_at(all, "directions")})
    if (!line.empty()) out += "- " + shown(line) + "\n";
  return out;
}

std::string pages_of(const Map& content, const Documents& documents, const Settings& settings) {
  const Value& count = get_any_case(content, "count");
  const Value folders = dig(Value(const_cast<Map*>(&content)), "filters.folders");
  std::string out;
  auto add = [&](Str section) {
    out += list_of_folder(std::string(section), count.is(Kind::Int) ? count.i : 0, documents,
                          settings);
  };
  for (std::uint32_t i = 0; folders.array() && i < folders.array()->size(); i++)
    add(folders.array()->items[i].str());
  if (folders.is_string()) add(folders.str());
  if (out.empty()) add(get_any_case(content, "page_type").str());
  return out;
}
}  // namespace

bool is_known_block(Str name) { return block_of(name) != Block::Count; }

const Page* person_of_block(Str name, const Map& content, const Persons& persons) {
  if (block_of(name) != Block::Person) return nullptr;
  for (const char* key : {"username", "author"}) {
    auto found = persons.by_key.find(std::string(get_any_case(content, key).str()));
    if (found != persons.by_key.end()) return found->second;
  }
  return persons.owner;
}

std::string person_text(const Page& page) {
  std::string out;
  for (const char* key : {"interests", "education", "work", "skills", "languages", "awards"}) {
    const Value& value = get_any_case(*page.front.data, key);
    const std::string list = list_of(value.map() ? get(value, "courses") : value);
    Text title;
    add_capitalize(title, key);
    if (!list.empty()) out += "\n## " + std::string(title.str()) + "\n\n" + list;
  }
  return out;
}

std::string block_text(Str name, const Map& content, const Documents& documents,
                       const Settings& settings) {
  switch (block_of(name)) {
    case Block::Persons: return list_of_persons(get_any_case(content, "user_groups"));
    case Block::Pages: return pages_of(content, documents, settings);
    case Block::Entries: return entries_of(content);
    case Block::Contact: return contact_of(content);
    default: return {};
  }
}

}  // namespace meridian::cli::hugo
