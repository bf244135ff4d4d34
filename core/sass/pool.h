// Objects that are used again, so that a sheet that computes much touches little memory.
#pragma once
#include "meridian/base.h"

namespace meridian::sass {

/// Objects of one type that nothing refers to any more.
template <class T>
class Pool {
 public:
  /// Room for a T, in the arena or of one that was given back.
  void* take(Arena& arena) {
    Free* first = free_;
    if (!first) return arena.alloc(sizeof(T));
    free_ = first->next;
    return first;
  }
  void give_back(T* object) {
    auto* first = reinterpret_cast<Free*>(object);
    first->next = free_;
    free_ = first;
  }

 private:
  struct Free {
    Free* next;
  };
  static_assert(sizeof(T) >= sizeof(Free));
  Free* free_ = nullptr;
};

}  // namespace meridian::sass
