// Requests to other hosts: many at a time, each of one step, without a redirect that is followed.
//
//     std::unique_ptr<Asker> asker = make_asker(limits);
//     if (!asker) return kWrongUse;                   // it has said why
//     asker->start(7, {"https://a.example/", true});
//     std::size_t number;
//     Answer answer;
//     while (!asker->next(1000, number, answer)) {}   // number is 7
//
// The native command starts `getent` and `curl` for each; under Node it is Node itself that asks
// (web/command/asker.mjs). No request has cookies or credentials, and what is read is bounded.
#pragma once
#include <cstddef>
#include <memory>
#include <string>

namespace meridian::cli::external {

struct AskLimits {
  /// For one request, from the name's look-up to the answer's head.
  int seconds;
  /// Whether an answer from a private network counts (networks.h).
  bool allows_private;
};

struct Question {
  /// WebAddress::text.
  std::string address;
  /// HEAD instead of GET, of whose answer only the begin is read.
  bool head;
};

/// Why there is no answer.
enum class Failure { None, NoHost, NoConnection, NotSecure, TimedOut, Private, Other };

/// The head of an answer; the strings are a stranger's.
struct Answer {
  Failure failure = Failure::Other;
  int status = 0;        ///< of HTTP; 0: there is none
  std::string location;  ///< where a redirect leads, as a whole address; may be empty
  std::string retry_after;
};

class Asker {
 public:
  Asker() = default;
  Asker(const Asker&) = delete;
  Asker& operator=(const Asker&) = delete;
  /// Ends what is still open.
  virtual ~Asker() = default;
  /// Sends a request; `number` comes back with its answer.
  virtual void start(std::size_t number, const Question& question) = 0;
  /// Waits for an answer, at most so many milliseconds; false: there was none.
  virtual bool next(int milliseconds, std::size_t& number, Answer& answer) = 0;
};

/// nullptr when nothing can be asked on this machine: standard error tells why.
std::unique_ptr<Asker> make_asker(const AskLimits& limits);

}  // namespace meridian::cli::external
