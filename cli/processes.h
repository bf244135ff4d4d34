// Work that several processes share: the core has no threads, and a copy of this process has all
// that it has read.
#pragma once
#include <cstddef>
#include <functional>

#include "message.h"
#include "options.h"

namespace meridian::cli {

struct Job {
  std::size_t pieces;
  /// In one of the processes, whose numbers begin at 1: before its first piece.
  std::function<void(unsigned process)> begin;
  /// Does a piece. False: going on is in vain, in all processes.
  std::function<bool(std::size_t piece)> work;
  /// What it tells after its last piece.
  std::function<void(Message& told)> end;
  /// In this process: hears one of them, in the order of their numbers.
  std::function<void(Message& told)> hear;
  /// The number of pieces that are done, from time to time.
  std::function<void(std::size_t done)> progress;
};

/// How many processes are worth their copies: at most --jobs, or as many as there are processors.
std::size_t processes_for(const Options& options, std::size_t pieces);

/// Done: each process was heard. Died: one ended before, which was printed; the others were heard.
/// NotBegun: the system made no process.
enum class Shared { Done, Died, NotBegun };
Shared share(const Job& job, std::size_t processes);

}  // namespace meridian::cli
