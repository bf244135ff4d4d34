// Small on purpose: the codes that README files use most. One string of names and characters by turns, found through
// an index that is made at the first use.
#include "emoji.h"

#include "name_index.h"
#include "meridian/text.h"

namespace meridian::markdown {

namespace {

constexpr int kCount = 235;
constexpr char kTable[] =
    "+1 👍 -1 👎 100 💯 1234 🔢 alarm_clock ⏰ alien 👽 ambulance 🚑 anger 💢 angry 😠 apple 🍎 arrow_down ⬇️ "
    "arrow_left ⬅️ arrow_right ➡️ arrow_up ⬆️ arrows_counterclockwise 🔄 art 🎨 back 🔙 balloon 🎈 "
    "bangbang ‼️ bar_chart 📊 beer 🍺 beers 🍻 bell 🔔 blue_book 📘 blue_heart 💙 blush 😊 book 📖 bookmark 🔖 "
    "bookmark_tabs 📑 books 📚 boom 💥 bow 🙇 briefcase 💼 bug 🐛 building_construction 🏗️ bulb 💡 "
    "busts_in_silhouette 👥 cactus 🌵 cake 🍰 calendar 📆 camera 📷 cat 🐱 chart_with_downwards_trend 📉 "
    "chart_with_upwards_trend 📈 checkered_flag 🏁 cherry_blossom 🌸 clap 👏 clapper 🎬 clipboard 📋 "
    "closed_book 📕 closed_lock_with_key 🔐 cloud ☁️ coffee ☕ computer 💻 confetti_ball 🎊 confused 😕 "
    "construction 🚧 construction_worker 👷 cool 🆒 crown 👑 cry 😢 crystal_ball 🔮 dart 🎯 date 📅 dizzy 💫 "
    "dog 🐶 dollar 💵 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 email 📧 envelope ✉️ exclamation ❗ "
    "eyes 👀 file_folder 📁 fire 🔥 floppy_disk 💾 four_leaf_clover 🍀 gem 💎 ghost 👻 gift 🎁 "
    "globe_with_meridians 🌐 green_book 📗 green_heart 💚 grin 😁 grinning 😀 hammer 🔨 hammer_and_wrench 🛠️ "
    "handshake 🤝 heart ❤️ heart_eyes 😍 heavy_check_mark ✔️ heavy_exclamation_mark ❗ heavy_minus_sign ➖ "
    "heavy_plus_sign ➕ hourglass ⌛ house 🏠 hugs 🤗 inbox_tray 📥 information_source ℹ️ iphone 📱 joy 😂 "
    "key 🔑 keyboard ⌨️ label 🏷️ laughing 😆 ledger 📒 link 🔗 lipstick 💄 lock 🔒 loudspeaker 📢 mag 🔍 "
    "mag_right 🔎 mailbox 📫 mega 📣 memo 📝 metal 🤘 microscope 🔬 money_with_wings 💸 mortar_board 🎓 "
    "movie_camera 🎥 muscle 💪 new 🆕 newspaper 📰 no_entry ⛔ no_entry_sign 🚫 notebook 📓 ok 🆗 ok_hand 👌 "
    "open_file_folder 📂 orange_book 📙 outbox_tray 📤 package 📦 page_facing_up 📄 page_with_curl 📃 "
    "paperclip 📎 partying_face 🥳 pencil 📝 pencil2 ✏️ penguin 🐧 phone ☎️ pill 💊 point_down 👇 point_left 👈 "
    "point_right 👉 point_up ☝️ poop 💩 pray 🙏 purple_heart 💜 pushpin 📌 question ❓ rabbit 🐰 rainbow 🌈 "
    "raised_hands 🙌 recycle ♻️ red_circle 🔴 relaxed ☺️ robot 🤖 rocket 🚀 rose 🌹 rotating_light 🚨 "
    "round_pushpin 📍 runner 🏃 satellite 📡 school 🏫 scream 😱 scroll 📜 see_no_evil 🙈 seedling 🌱 shield 🛡️ "
    "ship 🚢 shrug 🤷 skull 💀 sleeping 😴 slightly_smiling_face 🙂 smile 😄 smiley 😃 smirk 😏 snake 🐍 "
    "snowflake ❄️ sob 😭 soon 🔜 sos 🆘 sparkles ✨ sparkling_heart 💖 speech_balloon 💬 star ⭐ star2 🌟 "
    "stars 🌠 stop_sign 🛑 stuck_out_tongue 😛 sun_with_face 🌞 sunglasses 😎 sunny ☀️ sweat_smile 😅 tada 🎉 "
    "telephone_receiver 📞 telescope 🔭 test_tube 🧪 thinking 🤔 thought_balloon 💭 thumbsdown 👎 thumbsup 👍 "
    "ticket 🎫 toolbox 🧰 top 🔝 triangular_flag_on_post 🚩 triangular_ruler 📐 trophy 🏆 truck 🚚 tv 📺 "
    "two_hearts 💕 umbrella ☔ unicorn 🦄 unlock 🔓 up 🆙 v ✌️ vertical_traffic_light 🚦 video_game 🎮 "
    "warning ⚠️ wastebasket 🗑️ watch ⌚ wave 👋 whale 🐳 wheelchair ♿ white_check_mark ✅ wink 😉 "
    "world_map 🗺️ wrench 🔧 writing_hand ✍️ x ❌ yellow_heart 💛 yum 😋 zap ⚡ zzz 💤 ";

constexpr std::size_t kLongestName = 32;

struct Emoji {
  Str name, characters;
};
Emoji emojis[kCount];
NameIndex<1024> index;

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
  std::uint16_t slot = slot_of(s.substr(1, end - 1));
  if (!slot) return {};
  size = end + 1;
  return emojis[slot - 1].characters;
}

}  // namespace meridian::markdown
