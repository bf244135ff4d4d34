// By fork: copies take no time, and no memory until they write.
#include "processes.h"

#include <poll.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <new>
#include <thread>
#include <vector>

namespace meridian::cli {

namespace {
// Fewer pages are rendered sooner than a process begins and ends.
constexpr std::size_t kFewestPieces = 32;
// The disk is the limit before.
constexpr std::size_t kMostProcesses = 16;
// Pieces that a process takes at once while there are many: what it reads and writes of them lies
// side by side, so that less memory is copied.
constexpr std::size_t kMostTaken = 256;
// Between two looks at what is done.
constexpr int kTellMilliseconds = 100;
constexpr std::size_t kPieceOfMessage = 1 << 16;

/// What all processes see.
struct Board {
  std::atomic<std::size_t> next{0}, done{0};
  std::atomic<bool> stop{false};
};

class SharedBoard {
 public:
  SharedBoard()
      : place_(::mmap(nullptr, sizeof(Board), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                      -1, 0)) {
    if (place_ != MAP_FAILED) board_ = new (place_) Board;
  }
  ~SharedBoard() {
    if (board_) ::munmap(place_, sizeof(Board));
  }
  SharedBoard(const SharedBoard&) = delete;
  SharedBoard& operator=(const SharedBoard&) = delete;
  Board* get() const { return board_; }

 private:
  void* place_;
  Board* board_ = nullptr;
};

struct Process {
  pid_t number;
  int pipe;  // its message
};

bool write_whole(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    ssize_t count = ::write(file, bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) bytes.remove_prefix(std::size_t(count));
  }
  return true;
}

/// The first of the next pieces, and behind the last one; the more are left, the more are taken.
std::size_t take(Board& board, std::size_t pieces, std::size_t processes, std::size_t& end) {
  std::size_t first = board.next;
  do {
    if (first >= pieces) return end = first;
    end = first + std::clamp<std::size_t>((pieces - first) / processes / 4, 1, kMostTaken);
  } while (!board.next.compare_exchange_weak(first, end));
  return first;
}

/// In the copy. It doesn't outlive the first process, whose lock on the folder it holds as well.
[[noreturn]] void work(const Job& job, Board& board, std::size_t processes, unsigned process,
                       pid_t first, int pipe) {
#ifdef __linux__
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
  job.begin(process);
  for (std::size_t piece = 0, end = 0; !board.stop; piece++, board.done++) {
    if (piece == end && (piece = take(board, job.pieces, processes, end)) == end) break;
    if (::getppid() != first) ::_exit(EXIT_FAILURE);
    if (!job.work(piece)) board.stop = true;
  }
  Message told;
  job.end(told);
  Message size;
  size.add(told.bytes().size());
  bool heard = write_whole(pipe, size.bytes()) && write_whole(pipe, told.bytes());
  ::_exit(heard ? EXIT_SUCCESS : EXIT_FAILURE);
}

bool begin(const Job& job, Board& board, std::size_t most, std::vector<Process>& processes) {
  int ends[2];
  if (::pipe(ends) != 0) return false;
  std::fflush(nullptr);  // what waits there would be written twice
  const pid_t first = ::getpid(), number = ::fork();
  if (number == 0) {
    ::close(ends[0]);
    work(job, board, most, unsigned(processes.size() + 1), first, ends[1]);
  }
  ::close(ends[1]);
  if (number > 0)
    processes.push_back({number, ends[0]});
  else
    ::close(ends[0]);
  return number > 0;
}

/// Reads until the process closes its end. Whether the message is whole.
bool read_message(const Process& process, const std::function<void()>& meanwhile,
                  std::string& bytes) {
  std::string piece(kPieceOfMessage, '\0');
  for (;;) {
    pollfd waits{process.pipe, POLLIN, 0};
    int ready = ::poll(&waits, 1, kTellMilliseconds);
    meanwhile();
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    ssize_t count = ::read(process.pipe, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) break;
    bytes.append(piece, 0, std::size_t(count));
  }
  Message size(bytes.substr(0, sizeof(std::uint64_t)));
  bytes.erase(0, sizeof(std::uint64_t));
  std::uint64_t whole = size.number();
  return whole && bytes.size() == whole;
}

/// Waits for its end. What a signal says that ended it; nothing when it ended by itself.
const char* wait_for(const Process& process) {
  int status = 0;
  pid_t ended;
  do ended = ::waitpid(process.number, &status, 0);
  while (ended < 0 && errno == EINTR);
  return ended > 0 && WIFSIGNALED(status) ? ::strsignal(WTERMSIG(status)) : nullptr;
}

void tell_death(const char* why) {
  std::fprintf(stderr,
               "meridian: a process of the build ended before its work was done%s%s; build again, "
               "or with --jobs 1\n",
               why ? ": " : "", why ? why : "");
}
}  // namespace

std::size_t processes_for(const Options& options, std::size_t pieces) {
  if (options.jobs) return std::min(*options.jobs, pieces);
  std::size_t processors = std::thread::hardware_concurrency();
  return std::min({processors, kMostProcesses, pieces / kFewestPieces});
}

Shared share(const Job& job, std::size_t processes) {
  SharedBoard shared;
  Board* board = shared.get();
  if (!board) return Shared::NotBegun;
#ifdef __GLIBC__
  ::malloc_trim(0);  // what reading has freed: each process would write over its own copy
#endif
  std::vector<Process> begun;
  while (begun.size() < processes && begin(job, *board, processes, begun)) {
  }
  if (begun.empty()) return Shared::NotBegun;
  Shared result = Shared::Done;
  for (const Process& process : begun) {
    std::string bytes;
    bool whole = read_message(process, [&] { job.progress(board->done); }, bytes);
    ::close(process.pipe);
    const char* why = wait_for(process);
    if (whole) {
      Message told(std::move(bytes));
      job.hear(told);
    } else {
      tell_death(why);
      board->stop = true;
      result = Shared::Died;
    }
  }
  job.progress(board->done);
  return result;
}

}  // namespace meridian::cli
