// Requests by the program `curl`: the command itself has no TLS, and a static program can't load
// that of the system. One process for each request; it takes some 10 ms.
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <iterator>
#include <vector>

#include "external/asker.h"
#include "external/web_address.h"
#include "meridian/text.h"
#include "printable.h"

namespace meridian::cli::external {

namespace {
// Of an answer's body, where one has to be asked for by GET. From a host that sends more than that
// hardly more is read: a device that takes nothing ends the transfer at the first piece.
constexpr int kBytesRead = 1024;
// Of what curl tells: an address and a few words.
constexpr std::size_t kMostTold = 1 << 16;
// Exit statuses of curl (curl.se/libcurl/c/libcurl-errors.html).
constexpr int kNoHost = 6, kTimedOut = 28;
constexpr int kNoConnection[] = {5, 7};
constexpr int kNotSecure[] = {35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91};

Failure failure_of(int exit_status) {
  if (exit_status == kNoHost) return Failure::NoHost;
  if (exit_status == kTimedOut) return Failure::TimedOut;
  auto is_of = [&](const auto& list) {
    return std::find(std::begin(list), std::end(list), exit_status) != std::end(list);
  };
  if (is_of(kNoConnection)) return Failure::NoConnection;
  return is_of(kNotSecure) ? Failure::NotSecure : Failure::Other;
}

/// The program's path, by PATH; empty: there is none.
std::string curl_path() {
  const char* folders = std::getenv("PATH");
  for (Str rest = folders ? Str(folders) : Str(), one; next_piece(rest, ':', one);) {
    std::string path = std::string(one) + "/curl";
    if (!one.empty() && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

/// Through a proxy, the host that answers curl is the proxy.
bool has_proxy() {
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"})
    if (const char* value = std::getenv(name); value && *value) return true;
  return false;
}

class Curl : public Asker {
 public:
  Curl(std::string program, const AskLimits& limits)
      : program_(std::move(program)),
        seconds_(limits.seconds),
        allows_private_(limits.allows_private || has_proxy()) {}
  ~Curl() override {
    for (Request& request : requests_) end(request);
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;

  void start(std::size_t number, const Question& question) override {
    Request request{number, -1, -1, {}};
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) == 0) {
      request.id = run(ends[1]);
      ::close(ends[1]);
      request.socket = ends[0];
      std::string settings = settings_for(question);
      // Less than a socket holds: it does not wait for the reader.
      if (::send(request.socket, settings.data(), settings.size(), MSG_NOSIGNAL) >= 0)
        ::shutdown(request.socket, SHUT_WR);
    }
    requests_.push_back(std::move(request));
  }

  bool next(int milliseconds, std::size_t& number, Answer& answer) override {
    std::vector<pollfd> sockets;
    for (const Request& request : requests_) {
      // A process that could not be started.
      if (request.socket < 0) milliseconds = 0;
      sockets.push_back({request.socket, POLLIN, 0});
    }
    if (::poll(sockets.data(), nfds_t(sockets.size()), milliseconds) < 0) return false;
    for (std::size_t i = 0; i < sockets.size(); i++) {
      Request& request = requests_[i];
      if (request.socket >= 0 && (!sockets[i].revents || !has_ended(request))) continue;
      number = request.number;
      answer = answer_of(request.told);
      end(request);
      requests_.erase(requests_.begin() + std::ptrdiff_t(i));
      return true;
    }
    return false;
  }

 private:
  struct Request {
    std::size_t number;
    pid_t id;
    int socket;
    std::string told;
  };

  /// Starts curl with a socket as its input and output; its number, -1: there is none.
  pid_t run(int socket) const {
    const pid_t parent = ::getpid(), child = ::fork();
    if (child != 0) return child;
#ifdef __linux__
    // However this command ends, as by Ctrl-C, its requests end with it.
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
    if (::getppid() != parent) ::_exit(1);
    int nowhere = ::open("/dev/null", O_WRONLY);
    ::dup2(socket, 0);
    ::dup2(socket, 1);
    ::dup2(nowhere, 2);
    // -q comes first: without the user's settings, which may name cookies, or redirects to follow.
    ::execl(program_.c_str(), "curl", "-q", "--config", "-", static_cast<char*>(nullptr));
    ::_exit(1);
  }

  /// Lines of curl's configuration. An address has neither quotes nor backslashes.
  std::string settings_for(const Question& question) const {
    std::string text = "url = \"" + question.address + "\"\n";
    text += question.head ? "head\noutput = /dev/null\n"
                          : "no-buffer\noutput = /dev/full\nrange = 0-" +
                                std::to_string(kBytesRead - 1) + "\n";
    text += "max-time = " + std::to_string(seconds_) + "\n";
    return text +
           "globoff\n"
           "silent\n"
           "proto = \"=http,https\"\n"
           "user-agent = \"Meridian (checks links)\"\n"
           "write-out = \"%{exitcode}\\n%{response_code}\\n%{remote_ip}\\n%{redirect_url}\\n"
           "%header{retry-after}\\n\"\n";
  }

  /// Reads what has come.
  static bool has_ended(Request& request) {
    char piece[4096];
    ssize_t count = ::read(request.socket, piece, sizeof piece);
    if (count < 0) return errno != EINTR && errno != EAGAIN;
    std::size_t room = kMostTold - request.told.size();
    request.told.append(piece, std::min(std::size_t(count), room));
    return count == 0;
  }

  Answer answer_of(Str told) const {
    Str exit_status, status, from, location, retry_after;
    for (Str* one : {&exit_status, &status, &from, &location, &retry_after})
      if (!next_piece(told, '\n', *one)) *one = {};
    Answer answer;
    // Its name leads there; what is there stays unsaid.
    if (!allows_private_ && !from.empty() && is_private(std::string(from))) {
      answer.failure = Failure::Private;
      return answer;
    }
    answer.status = int(parse_int(status));
    // An answer whose rest does not come is one.
    answer.failure = answer.status ? Failure::None : failure_of(int(parse_int(exit_status)));
    answer.location = location, answer.retry_after = retry_after;
    return answer;
  }

  static void end(Request& request) {
    if (request.socket >= 0) ::close(request.socket);
    if (request.id <= 0) return;
    ::kill(request.id, SIGKILL);
    while (::waitpid(request.id, nullptr, 0) < 0 && errno == EINTR) {
    }
  }

  std::string program_;
  int seconds_;
  bool allows_private_;
  std::vector<Request> requests_;
};
}  // namespace

std::unique_ptr<Asker> make_asker(const AskLimits& limits) {
  std::string program = curl_path();
  if (program.empty()) {
    refuse(
        "`--external` asks other hosts by the program curl, which is not installed: "
        "`apt install curl`");
    return nullptr;
  }
  return std::make_unique<Curl>(std::move(program), limits);
}

}  // namespace meridian::cli::external
