// From the system's zoneinfo.
#include "zone.h"

#include <cstdlib>

#include "disk.h"

namespace fs = std::filesystem;

namespace meridian::cli {

bool load_zone(Workspace& workspace, std::string_view name) {
  // Names such as Europe/Berlin; nothing that leads elsewhere on the disk.
  for (char c : name)
    if (!is_alnum(c) && std::string_view("/_+-").find(c) == std::string_view::npos) return false;
  const char* folder = std::getenv("TZDIR");
  std::string data;
  if (!read_file(fs::path(folder ? folder : "/usr/share/zoneinfo") / std::string(name), data) ||
      data.substr(0, 4) != "TZif")
    return false;
  // RFC 8536: the version 1 block, then the same with 64-bit times.
  auto number = [&](std::size_t at, int size) {
    std::int64_t v = at < data.size() && std::int8_t(data[at]) < 0 ? -1 : 0;
    for (int i = 0; i < size && at + i < data.size(); i++) v = v << 8 | std::uint8_t(data[at + i]);
    return v;
  };
  std::size_t header = 0;
  int size = 4;
  auto counts = [&](int i) {
    return std::size_t(number(header + 20 + 4 * i, 4));
  };  // utc std leap time type char
  if (data.size() > 44 && data[4] >= '2') {
    header = 44 + counts(3) * 5 + counts(4) * 6 + counts(5) + counts(2) * 8 + counts(1) + counts(0);
    size = 8;
  }
  std::size_t times = counts(3), types = counts(4), base = header + 44;
  if (base + times * std::size_t(size + 1) + types * 6 > data.size() || !types) return false;
  std::size_t indexes = base + times * std::size_t(size), infos = indexes + times,
              names = infos + types * 6;
  Text json;
  json.add('[');
  auto add = [&](std::int64_t from, std::size_t type) {
    if (json.size() > 1) json.add(',');
    json.add('[');
    json.add_int(from);
    json.add(',');
    json.add_int(number(infos + type * 6, 4));
    json.add(",\"");
    if (names + std::uint8_t(data[infos + type * 6 + 5]) < data.size())
      json.add(data.c_str() + names + std::uint8_t(data[infos + type * 6 + 5]));
    json.add("\"]");
  };
  add(INT64_MIN / 2, 0);
  for (std::size_t i = 0; i < times; i++)
    add(number(base + i * std::size_t(size), size), std::uint8_t(data[indexes + i]) % types);
  json.add(']');
  return workspace.zone(name, json.str());
}

}  // namespace meridian::cli
