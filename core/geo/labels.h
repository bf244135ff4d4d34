// Labels beside points, without overlaps.
#pragma once
#include "stops.h"

namespace meridian::geo {

struct Labels {
  std::uint8_t* side = nullptr;  ///< for each stop: where its label is shown, plus one; 0: nowhere

  void reserve(std::uint32_t stops, Arena& arena, GlobeData& data);
  /// For the points of the present frame. More important stops first; without data.settle, those
  /// that have one first.
  void place(const Stops& stops, GlobeData& data);

 private:
  static constexpr std::uint32_t kBins = 32;      ///< along each side of the screen
  static constexpr std::uint32_t kPoints = 1024;  ///< so many points are kept free of labels
  static constexpr std::uint32_t kMaxEntries = kMaxLabels * 64;
  struct Box {
    float left, top, right, bottom;
  };
  struct Entry {
    std::uint16_t box, next;
  };
  Box* boxes_ = nullptr;
  Entry* entries_ = nullptr;
  std::uint16_t* bins_ = nullptr;
  std::uint32_t box_count_ = 0, entry_count_ = 0;

  /// Whether another box fits, whatever its size.
  bool has_room() const { return entry_count_ + kBins * kBins <= kMaxEntries; }
  bool free(const Box& box, const GlobeData& data) const;
  void occupy(const Box& box, const GlobeData& data);
  bool try_place(const Stops& stops, std::uint32_t stop, GlobeData& data);
};

}  // namespace meridian::geo
