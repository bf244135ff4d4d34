// Stops on the sphere: which of them represent others at a scale, and which are visible.
#pragma once
#include "sort.h"
#include "view.h"

namespace meridian::geo {

constexpr std::uint32_t kNone = ~0u;
/// Stops of an opened cluster that are drawn around it; more would cover everything else.
constexpr std::uint32_t kMaxOpened = 200;

/// The index cuts the cube round the sphere into this many cells along each side: 6° each, of which
/// 1,500 are not empty.
constexpr std::uint32_t kCells = 20;
constexpr double kCellRadius = 1.7320508 / kCells;
struct Cell {
  Vec centre;
  std::uint32_t first, size;  ///< in Stops::sorted
  // Of the last frame:
  std::uint32_t first_point, points;
  float xy[2];
};

struct Stops {
  std::uint32_t count = 0;
  Vec* place = nullptr;
  std::uint32_t* order = nullptr;  ///< those that are shown, the most important first
  std::uint32_t shown = 0;
  std::uint32_t* owner =
      nullptr;  ///< the stop that represents it: itself, or another; kNone: not shown
  std::uint32_t* size = nullptr;    ///< number of stops that an owner represents
  std::uint32_t* sorted = nullptr;  ///< owners by cell
  std::uint32_t sorted_count = 0;
  Cell* cells = nullptr;
  std::uint32_t cell_count = 0;
  std::uint32_t* point = nullptr;  ///< of an owner, in the last frame, if it was seen
  Key* keys = nullptr;
  std::uint32_t* buckets = nullptr;  ///< heads of chains through `chain`
  std::uint32_t* chain = nullptr;
  std::uint32_t bucket_mask = 0;
  std::uint32_t opened = kNone;  ///< a stop, whose cluster is open
  std::uint32_t members[kMaxOpened];
  std::uint32_t member_count = 0;

  /// Makes room, in the arena; arrays of the caller in `data`.
  void reserve(std::uint32_t stops, Arena& arena, GlobeData& data);
  /// Copies the caller's values: places, hidden stops, the order.
  void update(const GlobeData& data);
  /// Clusters of stops closer than `angle`; 0: none. Does not depend on where the view points, so
  /// nothing changes while dragging.
  void cluster(double angle);
  /// The stops around the opened one.
  void list_members();
  /// Position in the view of a visible stop: that of its cluster, or around it.
  Vec where(std::uint32_t stop, const View& view, const GlobeData& data) const;
  /// Writes the points that are seen.
  void draw(const View& view, GlobeData& data);
  std::int32_t pick(const View& view, const GlobeData& data, double x, double y,
                    double radius) const;

 private:
  std::uint32_t bucket(std::int32_t x, std::int32_t y, std::int32_t z) const;
  std::uint32_t nearest_owner(const Vec& v, double angle) const;
  void sort_into_cells();
};

}  // namespace meridian::geo
