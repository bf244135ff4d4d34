// Small on purpose: the codes that README files use most. One string of names and characters by turns, found through
// an index that is made at the first use.
#include "emoji.h"

#include "meridian/text.h"
#include "name_index.h"
#include "part.h"

namespace meridian::markdown {

namespace {

constexpr int kCount = 58;
// clang-format off: it counts an emoji's bytes
constexpr char kTable[] =
    "+1 👍 -1 👎 100 💯 art 🎨 bar_chart 📊 book 📖 books 📚 boom 💥 bug 🐛 bulb 💡 calendar 📆 "
    "chart_with_upwards_trend 📈 computer 💻 construction 🚧 dart 🎯 earth_africa 🌍 email 📧 exclamation ❗ "
    "eyes 👀 fire 🔥 gear ⚙️ gem 💎 gift 🎁 globe_with_meridians 🌐 hammer_and_wrench 🛠️ heart ❤️ house 🏠 "
    "information_source ℹ️ joy 😂 key 🔑 link 🔗 mag 🔍 memo 📝 mortar_board 🎓 package 📦 pencil 📝 "
    "pencil2 ✏️ point_right 👉 pray 🙏 question ❓ raised_hands 🙌 robot 🤖 rocket 🚀 rotating_light 🚨 "
    "smile 😄 sparkles ✨ speech_balloon 💬 star ⭐ tada 🎉 thinking 🤔 trophy 🏆 warning ⚠️ wave 👋 "
    "white_check_mark ✅ wink 😉 wrench 🔧 x ❌ zap ⚡ ";
// clang-format on

constexpr std::size_t kLongestName = 32;

struct Emoji {
  Str name, characters;
};
Emoji emojis[kCount];
NameIndex<256> index;

std::uint16_t& slot_of(Str name) {
  return index.find(name, [](int number) { return emojis[number].name; });
}

Str next_word(const char*& at) {
  const char* begin = at;
  while (*at != ' ') at++;
  return {begin, std::size_t(at++ - begin)};
}

void build() {
  const char* at = kTable;
  for (std::uint16_t number = 0; number < kCount;) {
    Str name = next_word(at);
    emojis[number] = {name, next_word(at)};
    slot_of(name) = ++number;
  }
}

}  // namespace

Str find_emoji(Str s, std::size_t& size) {
  std::size_t end = 1;
  while (end < s.size() && end <= kLongestName && (is_alnum(s[end]) || s[end] == '_' || s[end] == '+' || s[end] == '-'))
    end++;
  if (end == 1 || end == s.size() || s[end] != ':') return {};
  if (emojis[0].name.empty()) build();
  std::uint16_t slot = slot_of(part(s, 1, end - 1));
  if (!slot) return {};
  size = end + 1;
  return emojis[slot - 1].characters;
}

}  // namespace meridian::markdown
