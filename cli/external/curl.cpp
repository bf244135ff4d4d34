// Requests by the program `curl`: the command itself has no TLS, and a static program can't load
// that of the system. One process for each request; it takes some 10 ms. The program `getent` looks
// a name up before, for the same reason; curl then asks only the addresses that were found, so that
// a name can't lead it into a private network, nor elsewhere a moment later (DNS rebinding).
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
#include <initializer_list>
#include <iterator>
#include <vector>

#include "external/asker.h"
#include "external/networks.h"
#include "meridian/text.h"
#include "printable.h"

namespace meridian::cli::external {

namespace {
// Of an answer's body, where one has to be asked for by GET. From a host that sends more than that
// hardly more is read: a device that takes nothing ends the transfer at the first piece.
constexpr int kBytesRead = 1024;
// Of what curl or getent tells: some addresses and a few words.
constexpr std::size_t kMostTold = 1 << 16;
// Addresses of a name that curl gets; it rarely tries more than two.
constexpr int kMaxAddresses = 8;
// Exit status of getent: it knows no such name.
constexpr int kNotFound = 2;
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

/// A program's path, by PATH; empty: there is none.
std::string path_of(const std::string& program) {
  const char* folders = std::getenv("PATH");
  for (Str rest = folders ? Str(folders) : Str(), one; next_piece(rest, ':', one);) {
    std::string path = std::string(one) + '/' + program;
    if (!one.empty() && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

/// The value of the first variable of the environment that has one.
Str variable(std::initializer_list<const char*> names) {
  for (const char* name : names)
    if (const char* value = std::getenv(name); value && *value) return value;
  return {};
}

/// The host and port of WebAddress::text.
struct Authority {
  bool secure;
  std::string host, port;

  explicit Authority(Str address) : secure(starts_with(address, "https:")) {
    const std::size_t begin = address.find("//") + 2;
    Str text = slice(address, begin, address.find('/', begin));
    const std::size_t colon = text.rfind(':');
    const bool has_port = colon != Str::npos && text.find(']', colon) == Str::npos;
    host = text.substr(0, has_port ? colon : Str::npos);
    port = has_port ? std::string(text.substr(colon + 1)) : secure ? "443" : "80";
  }

  /// It is not an address in numbers.
  bool is_name() const {
    return host[0] != '[' && host.find_first_not_of("0123456789.") != host.npos;
  }

  /// Whether a proxy is asked instead of the host, by the variables that curl reads.
  bool has_proxy() const {
    if (variable({secure ? "https_proxy" : "http_proxy", secure ? "HTTPS_PROXY" : "", "all_proxy",
                  "ALL_PROXY"})
            .empty())
      return false;
    for (Str rest = variable({"no_proxy", "NO_PROXY"}), one; next_piece(rest, ',', one);) {
      one = strip(one);
      if (starts_with(one, ".")) one.remove_prefix(1);
      if (one == "*" || Str(host) == one || ends_with(host, '.' + std::string(one))) return false;
    }
    return true;
  }
};

class Curl : public Asker {
 public:
  /// `curl` and `getent` are paths.
  Curl(std::string curl, std::string getent, const AskLimits& limits)
      : curl_(std::move(curl)), getent_(std::move(getent)), limits_(limits) {}
  ~Curl() override {
    for (Request& request : requests_) end(request);
  }
  Curl(const Curl&) = delete;
  Curl& operator=(const Curl&) = delete;

  void start(std::size_t number, const Question& question) override {
    const Authority authority(question.address);
    Request request;
    request.number = number;
    request.question = question;
    request.guarded = !limits_.allows_private && !authority.has_proxy();
    request.looks_up = request.guarded && authority.is_name();
    if (request.looks_up)
      run(request, {getent_, "ahosts", "--", authority.host}, "");
    else
      run_curl(request, "");
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
      request.ended = true;
      const int status = end(request);
      answer = {};
      if (request.looks_up && go_on(request, status, answer)) continue;
      if (!request.looks_up) answer = answer_of(request);
      number = request.number;
      requests_.erase(requests_.begin() + std::ptrdiff_t(i));
      return true;
    }
    return false;
  }

 private:
  struct Request {
    std::size_t number = 0;
    Question question;
    /// It may not be answered by a private network.
    bool guarded = false;
    /// Its process is getent.
    bool looks_up = false;
    /// Its process has closed its output, and is about to end.
    bool ended = false;
    pid_t id = -1;
    int socket = -1;
    std::string told;
  };

  /// Starts a program with a socket as its input, which reads `input`, and as its output.
  void run(Request& request, const std::vector<std::string>& words, const std::string& input) {
    int ends[2];
    request.id = request.socket = -1;
    request.told.clear();
    request.ended = false;
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) return;
    request.id = start_process(ends[1], words);
    ::close(ends[1]);
    request.socket = ends[0];
    // Less than a socket holds: it does not wait for the reader.
    if (::send(request.socket, input.data(), input.size(), MSG_NOSIGNAL) >= 0)
      ::shutdown(request.socket, SHUT_WR);
  }

  /// The process's number; -1: there is none.
  pid_t start_process(int socket, const std::vector<std::string>& words) const {
    std::vector<char*> arguments;
    arguments.reserve(words.size() + 1);
    for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
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
    // getent has no limit of its own; curl ends before, by its own limit.
    ::alarm(unsigned(limits_.seconds) + 1);
    ::execv(arguments[0], arguments.data());
    ::_exit(1);
  }

  /// `addresses`: those of the name, as "192.0.2.1,[2001:db8::1]"; empty: curl looks it up.
  void run_curl(Request& request, const std::string& addresses) {
    // -q comes first: without the user's settings, which may name cookies, or redirects to follow.
    run(request, {curl_, "-q", "--config", "-"}, settings_for(request, addresses));
  }

  /// After a name was looked up: asks its addresses, and returns true; false: this is the answer.
  bool go_on(Request& request, int status, Answer& answer) {
    std::string addresses;
    int count = 0;
    // Lines as `192.0.2.1      STREAM a.example`.
    for (Str rest = request.told, line; next_piece(rest, '\n', line);) {
      if (line.find("STREAM") == Str::npos) continue;
      const std::string address(line.substr(0, line.find(' ')));
      // One is enough: whoever owns the name chooses which of them counts.
      if (is_private_number(address)) {
        answer.failure = Failure::Private;
        return false;
      }
      if (++count > kMaxAddresses) continue;
      if (count > 1) addresses += ',';
      addresses += address.find(':') == address.npos ? address : '[' + address + ']';
    }
    if (count) {
      request.looks_up = false;
      run_curl(request, addresses);
      return true;
    }
    if (WIFSIGNALED(status) && WTERMSIG(status) == SIGALRM)
      answer.failure = Failure::TimedOut;
    else if (WEXITSTATUS(status) == kNotFound)
      answer.failure = Failure::NoHost;
    return false;
  }

  /// Lines of curl's configuration. An address has neither quotes nor backslashes.
  std::string settings_for(const Request& request, const std::string& addresses) const {
    const Question& question = request.question;
    std::string text = "url = \"" + question.address + "\"\n";
    text += question.head ? "head\noutput = /dev/null\n"
                          : "no-buffer\noutput = /dev/full\nrange = 0-" +
                                std::to_string(kBytesRead - 1) + "\n";
    text += "max-time = " + std::to_string(limits_.seconds) + "\n";
    if (!limits_.allows_private) text += request.guarded ? "noproxy = \"*\"\n" : "noproxy = \"\"\n";
    if (!addresses.empty()) {
      const Authority authority(question.address);
      text += "resolve = \"" + authority.host + ':' + authority.port + ':' + addresses + "\"\n";
    }
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

  static Answer answer_of(const Request& request) {
    Str told = request.told, exit_status, status, from, location, retry_after;
    for (Str* one : {&exit_status, &status, &from, &location, &retry_after})
      if (!next_piece(told, '\n', *one)) *one = {};
    Answer answer;
    // A second wall behind `go_on`.
    if (request.guarded && !from.empty() && is_private_number(std::string(from))) {
      answer.failure = Failure::Private;
      return answer;
    }
    answer.status = int(parse_int(status));
    // An answer whose rest does not come is one.
    answer.failure = answer.status ? Failure::None : failure_of(int(parse_int(exit_status)));
    answer.location = location, answer.retry_after = retry_after;
    return answer;
  }

  /// Ends its process: the status that waitpid gives.
  static int end(Request& request) {
    int status = 0;
    if (request.socket >= 0) ::close(request.socket);
    request.socket = -1;
    if (request.id <= 0) return status;
    if (!request.ended) ::kill(request.id, SIGKILL);
    while (::waitpid(request.id, &status, 0) < 0 && errno == EINTR) {
    }
    request.id = -1;
    return status;
  }

  std::string curl_, getent_;
  AskLimits limits_;
  std::vector<Request> requests_;
};
}  // namespace

std::unique_ptr<Asker> make_asker(const AskLimits& limits) {
  std::string curl = path_of("curl"), getent = path_of("getent");
  if (curl.empty()) {
    refuse(
        "`--external` asks other hosts by the program curl, which is not installed: "
        "`apt install curl`");
    return nullptr;
  }
  if (getent.empty() && !limits.allows_private) {
    refuse(
        "`--external` looks names of hosts up by the program getent, which is not installed: "
        "`apt install libc-bin`, or use the command for Node");
    return nullptr;
  }
  return std::make_unique<Curl>(std::move(curl), std::move(getent), limits);
}

}  // namespace meridian::cli::external
