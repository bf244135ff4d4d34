#include "external/survey.h"

#include <algorithm>
#include <chrono>
#include <list>
#include <map>
#include <optional>

#include "check/pages.h"
#include "disk.h"
#include "external/networks.h"
#include "meridian/text.h"

namespace meridian::cli::external {

namespace {
using Clock = std::chrono::steady_clock;

// As many as a browser has open at once, and few for each host: none is to notice a check.
constexpr unsigned kMostOpen = 16, kMostOfHost = 2;
// Redirects from an address: to https, to another host, to another path, and two more.
constexpr int kMostSteps = 5;
// Requests that may fail by themselves: a host that is down now is not worth a long wait.
constexpr int kTries = 2;
// Pause before the second one, and the longest that a host may ask for, in seconds: it asks for
// hours where it has seen too much.
constexpr std::int64_t kPause = 1, kLongestPause = 30;
// Requests without an answer, from a host that never gave one, after which its other addresses are
// not tried: each of them would take its whole time.
constexpr unsigned kMostSilent = kMostOfHost * kTries;
// Milliseconds between two looks at hosts that pause.
constexpr int kLook = 100;

/// Seconds for which a host asks to be left alone, as a number or as a date (RFC 9110, 10.2.3).
std::int64_t pause_of(Str wanted) {
  if (wanted.empty()) return kPause;
  if (wanted.find_first_not_of("0123456789") == Str::npos) return parse_int(wanted);
  Time now, until;
  now.seconds = seconds_now();
  // Every date of HTTP has a time of day; "20" alone would be a day of this month.
  if (wanted.find(':') == Str::npos || !parse_time(wanted, Zone{}, now, until)) return kPause;
  return std::max<std::int64_t>(0, until.seconds - now.seconds);
}

struct Task {
  std::size_t number = 0;
  WebAddress address;
  bool head = true;
  /// All redirects so far were permanent.
  bool permanent = true;
  int steps = 0, tries = 0;
  Clock::time_point ready;
  Outcome outcome;
};

struct Host {
  unsigned open = 0, silent = 0;
  bool answers = false, missing = false;
  Clock::time_point ready;
};

bool is_redirect(int status) {
  return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}
bool is_permanent(int status) { return status == 301 || status == 308; }
/// It may answer otherwise in a moment.
bool is_busy(int status) {
  return status == 408 || status == 425 || status == 429 || (status >= 500 && status < 600);
}
/// Whether HEAD, not the address, may be what the host refuses.
bool may_like_get(int status) {
  return status >= 400 && status != 410 && status != 429 && status != 503;
}

std::string reason_of(Failure failure, int seconds) {
  switch (failure) {
    case Failure::NoHost: return "no host has this name";
    case Failure::NoConnection: return "its host takes no connection";
    case Failure::NotSecure: return "no secure connection can be made";
    case Failure::TimedOut:
      return "no answer within " + std::to_string(seconds) +
             (seconds == 1 ? " second" : " seconds");
    default: return "its host gives no answer that can be read";
  }
}

std::string answered_with(int status) { return "answered with " + std::to_string(status); }

class Run {
 public:
  Run(Asker& asker, const AskLimits& limits, const std::vector<WebAddress>& addresses,
      const std::function<void()>& step)
      : asker_(asker), limits_(limits), step_(step) {
    survey_.outcomes.resize(addresses.size());
    for (const WebAddress& address : addresses) {
      Task& task = waiting_.emplace_back();
      task.number = waiting_.size() - 1;
      task.address = address;
    }
  }

  Survey take() {
    while (!waiting_.empty() || !open_.empty()) {
      while (open_.size() < kMostOpen && start_one()) {
      }
      std::size_t number;
      Answer answer;
      if (waiting_.empty() && open_.empty()) break;
      if (!asker_.next(kLook, number, answer)) continue;
      auto found = open_.find(number);
      if (found == open_.end()) continue;
      Task task = std::move(found->second);
      open_.erase(found);
      hosts_[task.address.host].open--;
      judge(task, answer);
    }
    return std::move(survey_);
  }

 private:
  /// Starts the first that may be; false: none may. Those that need no request end here.
  bool start_one() {
    const Clock::time_point now = Clock::now();
    for (auto it = waiting_.begin(); it != waiting_.end();) {
      Host& host = hosts_[it->address.host];
      if (std::optional<Outcome> known = without_request(it->address.host, host)) {
        Task task = take(it++);
        conclude(task, known->fate, task.tries ? task.outcome.reason : known->reason);
        continue;
      }
      if (host.open < kMostOfHost && std::max(host.ready, it->ready) <= now) {
        host.open++;
        Task task = take(it);
        asker_.start(task.number, {task.address.text, task.head});
        open_.emplace(task.number, std::move(task));
        return true;
      }
      ++it;
    }
    return false;
  }

  /// What is known of all addresses of a host.
  std::optional<Outcome> without_request(const std::string& name, const Host& host) const {
    if (!limits_.allows_private && is_private(name)) return Outcome{Fate::Private, {}, {}, {}};
    if (host.missing) return Outcome{Fate::NoHost, reason_of(Failure::NoHost, 0), {}, {}};
    if (!host.answers && host.silent >= kMostSilent)
      return Outcome{Fate::Unknown, "its host did not answer for other addresses", {}, {}};
    return {};
  }

  Task take(std::list<Task>::iterator it) {
    Task task = std::move(*it);
    waiting_.erase(it);
    return task;
  }

  void judge(Task& task, const Answer& answer) {
    Host& host = hosts_[task.address.host];
    if (answer.failure == Failure::Private) return conclude(task, Fate::Private, {});
    if (answer.failure == Failure::Other && task.head) return ask_by_get(task);
    if (answer.failure != Failure::None) return fail(task, answer);
    host.answers = survey_.any_answer = true;
    const int status = answer.status;
    if (is_redirect(status)) return follow(task, answer);
    if (task.head && may_like_get(status)) return ask_by_get(task);
    if (is_busy(status)) return fail(task, answer);
    const bool gone = status == 404 || status == 410;
    conclude(task, gone ? Fate::Gone : Fate::Good, gone ? answered_with(status) : std::string());
  }

  void ask_by_get(Task& task) {
    task.head = false;
    waiting_.push_front(std::move(task));
  }

  void follow(Task& task, const Answer& answer) {
    const Str location = answer.location;
    auto address = web_address(location);
    if (!address) {
      // An app's address, for one, or none that can be read.
      if (!check::has_scheme(location) || starts_with(location, "http"))
        return fail(task, Answer{});
      return conclude(task, Fate::Good, {});
    }
    if (++task.steps > kMostSteps)
      return conclude(task, Fate::Unknown,
                      "more than " + std::to_string(kMostSteps) + " redirects");
    task.permanent &= is_permanent(answer.status);
    task.address = std::move(*address);
    task.outcome.last = task.address.text;
    if (task.permanent) task.outcome.moved_to = task.address.text;
    task.head = true;
    task.tries = 0;
    waiting_.push_front(std::move(task));
  }

  /// Once more after a pause, or that was the last try.
  void fail(Task& task, const Answer& answer) {
    Host& host = hosts_[task.address.host];
    const std::int64_t pause = pause_of(answer.retry_after);
    const bool silent = answer.failure != Failure::None && !host.answers;
    host.silent += silent;
    task.outcome.reason =
        answer.status ? answered_with(answer.status) : reason_of(answer.failure, limits_.seconds);
    if (++task.tries == kTries || pause > kLongestPause) {
      host.missing |= answer.failure == Failure::NoHost;
      return conclude(task, host.missing ? Fate::NoHost : Fate::Unknown, task.outcome.reason);
    }
    task.ready = Clock::now() + std::chrono::seconds(pause);
    // It is the host, not the address.
    if (silent || answer.status == 429 || answer.status == 503) host.ready = task.ready;
    ask_by_get(task);
  }

  void conclude(Task& task, Fate fate, const std::string& reason) {
    task.outcome.fate = fate;
    task.outcome.reason = reason;
    survey_.outcomes[task.number] = std::move(task.outcome);
    step_();
  }

  Asker& asker_;
  const AskLimits& limits_;
  const std::function<void()>& step_;
  Survey survey_;
  /// In their order; those that were asked before come first.
  std::list<Task> waiting_;
  /// By number.
  std::map<std::size_t, Task> open_;
  std::map<std::string, Host> hosts_;
};
}  // namespace

Survey survey(Asker& asker, const AskLimits& limits, const std::vector<WebAddress>& addresses,
              const std::function<void()>& step) {
  return Run(asker, limits, addresses, step).take();
}

}  // namespace meridian::cli::external
