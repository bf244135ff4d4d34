// A line on a terminal that shows progress.
#pragma once
#include <unistd.h>

#include <cstddef>
#include <cstdio>

#include "destination.h"

namespace meridian::cli {

struct Progress {
  bool terminal = isatty(2);
  bool quiet;
  std::size_t total, done = 0;
  const char* things = "files";
  /// Tells a thousandth of all, and no less: a terminal is slow.
  void step() {
    done++;
    if (done == total || done % (total / 1000 + 1) == 0) tell();
  }
  /// Of several processes.
  void reach(std::size_t number) {
    if (number != done) done = number, tell();
  }
  void tell() const {
    if (terminal && !quiet) std::fprintf(stderr, "\r%zu of %zu %s", done, total, things);
  }
  void clear() const {
    if (terminal && !quiet) std::fprintf(stderr, "\r\x1b[K");
  }
  void end(const char* what) {
    clear();
    if (!quiet) std::fprintf(stderr, "%zu %s\n", done, what);
  }
  /// … with the number and size of all files: those of the shell are among them.
  void end(const char* what, const Destination& destination) {
    clear();
    if (quiet) return;
    std::fprintf(stderr, "%zu %s; with the shell %zu files, %.1f MB\n", done, what,
                 destination.files(), double(destination.bytes()) / 1e6);
  }
};

}  // namespace meridian::cli
