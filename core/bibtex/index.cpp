#include "meridian/bibtex.h"

namespace meridian::bibtex {

namespace {
/// Slots that are looked at before the seed changes: with a table that is half full a chance in
/// billions.
constexpr std::uint32_t kMaxSteps = 40;

std::uint32_t hash(Str name, std::uint32_t seed) {
  std::uint32_t h = 2166136261u ^ seed;
  for (char c : name) h = (h ^ static_cast<unsigned char>(c)) * 16777619u;
  return h ^ (h >> 15);
}
}  // namespace

std::uint32_t Index::place(Str name, std::uint32_t& steps) const {
  std::uint32_t at = hash(name, seed_) & (size_ - 1);
  for (steps = 0; slots_[at].item && slots_[at].name != name; steps++) at = (at + 1) & (size_ - 1);
  return at;
}

void* Index::find(Str name) const {
  std::uint32_t steps;
  return size_ ? slots_[place(name, steps)].item : nullptr;
}

void Index::grow(std::uint32_t size) {
  Slot* old = slots_;
  std::uint32_t count = size_;
  size_ = size;
  seed_ = seed_ * 1664525u + 1013904223u;
  slots_ = static_cast<Slot*>(arena_.alloc(size * sizeof(Slot)));
  for (std::uint32_t i = 0; i < size; i++) slots_[i] = {};
  std::uint32_t steps;
  for (std::uint32_t i = 0; i < count; i++)
    if (old[i].item) slots_[place(old[i].name, steps)] = old[i];
}

void Index::set(Str name, void* item) {
  if (count_ * 2 >= size_) grow(size_ ? size_ * 2 : 32);
  std::uint32_t steps, at = place(name, steps);
  // A table of a few thousand slots can't be made to collide again under a seed that grows with it.
  if (steps > kMaxSteps && size_ < count_ * 64) {
    grow(size_ * 2);
    at = place(name, steps);
  }
  if (!slots_[at].item) count_++;
  slots_[at] = {name, item};
}

}  // namespace meridian::bibtex
