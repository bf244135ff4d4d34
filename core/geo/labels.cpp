#include "labels.h"

#include "array.h"

namespace meridian::geo {

namespace {
/// Between a point and its label, in pixels.
constexpr float kGap = 4;
/// Between a label and the edge of the picture: its halo is within.
constexpr float kEdge = 2;
/// Stops that are considered in a frame: with more than that the screen is full.
constexpr std::uint32_t kMaxTries = 20000;

/// Distance that labels keep from a point, in pixels; a cluster is drawn larger.
float radius_of(std::uint32_t stops) {
  float reach = stops > 1 ? 5.5F : 4;
  for (; stops > 1 && reach < 11; stops /= 2) reach++;
  return reach;
}

std::uint32_t bin(float v, double size, std::uint32_t bins) {
  auto at = std::int32_t(v * bins / size);
  return at < 0 ? 0 : at >= std::int32_t(bins) ? bins - 1 : std::uint32_t(at);
}
}  // namespace

void Labels::reserve(std::uint32_t stops, Arena& arena, GlobeData& data) {
  side = array<std::uint8_t>(arena, stops);
  boxes_ = array<Box>(arena, kPoints + kMaxLabels);
  entries_ = array<Entry>(arena, kMaxEntries);
  bins_ = array<std::uint16_t>(arena, kBins * kBins);
  data.label_xy = array<float>(arena, 2 * kMaxLabels);
  data.label_stop = array<std::uint32_t>(arena, kMaxLabels);
}

bool Labels::free(const Box& box, const GlobeData& data) const {
  if (!has_room()) return false;
  if (!(box.left >= kEdge && box.top >= kEdge && box.right <= data.width - kEdge &&
        box.bottom <= data.height - kEdge))
    return false;
  for (std::uint32_t y = bin(box.top, data.height, kBins); y <= bin(box.bottom, data.height, kBins);
       y++)
    for (std::uint32_t x = bin(box.left, data.width, kBins); x <= bin(box.right, data.width, kBins);
         x++)
      for (std::uint32_t i = bins_[y * kBins + x]; i; i = entries_[i].next) {
        const Box& other = boxes_[entries_[i].box];
        if (box.left < other.right && other.left < box.right && box.top < other.bottom &&
            other.top < box.bottom)
          return false;
      }
  return true;
}

void Labels::occupy(const Box& box, const GlobeData& data) {
  boxes_[box_count_] = box;
  for (std::uint32_t y = bin(box.top, data.height, kBins); y <= bin(box.bottom, data.height, kBins);
       y++)
    for (std::uint32_t x = bin(box.left, data.width, kBins); x <= bin(box.right, data.width, kBins);
         x++) {
      std::uint16_t& head = bins_[y * kBins + x];
      entries_[entry_count_] = {std::uint16_t(box_count_), head};
      head = std::uint16_t(entry_count_++);
    }
  box_count_++;
}

bool Labels::try_place(const Stops& stops, std::uint32_t stop, GlobeData& data) {
  std::uint32_t point = stops.point[stop];
  float x = data.point_xy[2 * point], y = data.point_xy[2 * point + 1];
  float width = data.stop_label[stop], half = float(data.label_height) / 2;
  float gap = kGap + radius_of(data.point_size[point]);
  unsigned before = side[stop] ? side[stop] - 1u : 0;
  for (unsigned i = 0; i < 4; i++) {
    // Right, left, above, below; the side of the last frame is tried first.
    unsigned at = i == 0 ? before : i <= before ? i - 1 : i;
    float left = at == 0 ? x + gap : at == 1 ? x - gap - width : x - width / 2;
    float middle = at < 2 ? y : at == 2 ? y - gap - half : y + gap + half;
    Box box{left, middle - half, left + width, middle + half};
    if (!free(box, data)) continue;
    occupy(box, data);
    data.label_xy[2 * data.labels] = left;
    data.label_xy[2 * data.labels + 1] = middle;
    data.label_stop[data.labels++] = stop;
    side[stop] = std::uint8_t(at + 1);
    return true;
  }
  return false;
}

void Labels::place(const Stops& stops, GlobeData& data) {
  data.labels = box_count_ = 0;
  entry_count_ = 1;  // 0 ends a chain
  std::memset(bins_, 0, kBins * kBins * sizeof(std::uint16_t));
  // No label covers a point; with more points than this there is no room for labels anyway.
  for (std::uint32_t i = 0; i < data.points && i < kPoints && has_room(); i++) {
    const float *at = data.point_xy + 2 * i, free = radius_of(data.point_size[i]);
    occupy({at[0] - free, at[1] - free, at[0] + free, at[1] + free}, data);
  }
  std::uint32_t most = data.max_labels < kMaxLabels ? data.max_labels : kMaxLabels;
  std::uint32_t tries = stops.shown < kMaxTries ? stops.shown : kMaxTries;
  for (int pass = data.settle ? 1 : 0; pass < 2; pass++)
    for (std::uint32_t i = 0; i < tries; i++) {
      std::uint32_t stop = stops.order[i], point = stops.point[stop];
      bool drawn =
          point < data.points && data.point_stop[point] == stop && data.stop_label[stop] > 0;
      if (!data.settle && (side[stop] != 0) == pass) continue;
      if (!drawn || data.labels == most || !try_place(stops, stop, data)) side[stop] = 0;
    }
}

}  // namespace meridian::geo
