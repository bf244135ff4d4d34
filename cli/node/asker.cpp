// Requests under Node, by Node itself (web/command/asker.mjs).
#include "external/asker.h"

#include "external/networks.h"
#include "meridian/value.h"

extern "C" {
/// Sends a request: `{"number", "address", "head", "seconds", "private"}`, the last one a list of
/// networks that are not to answer, each as `["10.0.0.0", 8]`.
void meridian_ask(const char* json);
/// Waits for an answer, at most so many milliseconds, and puts it into `json`, if that has room:
/// `{"number", "failure", "status", "location", "retryAfter"}`. Gives its bytes; 0: there is none.
int meridian_answer(int milliseconds, char* json, int room);
}

namespace meridian::cli::external {

namespace {
// An answer's head, of which asker_worker.mjs cuts what is longer.
constexpr std::size_t kMostTold = 1 << 16;
// By Failure, in its order; asker_worker.mjs has the same.
constexpr const char* kFailures = "none no-host no-connection not-secure timed-out private other";

class NodeAsker : public Asker {
 public:
  explicit NodeAsker(const AskLimits& limits) : limits_(limits) {}

  void start(std::size_t number, const Question& question) override {
    Arena arena;
    Map* m = make_map(arena);
    m->set("number", std::int64_t(number));
    m->set("address", Str(question.address));
    m->set("head", question.head);
    m->set("seconds", std::int64_t(limits_.seconds));
    Array* networks = make_array(arena);
    if (!limits_.allows_private)
      for (const Network& one : private_networks()) {
        Array* network = make_array(arena);
        network->push(Str(one.prefix));
        network->push(one.bits);
        networks->push(network);
      }
    m->set("private", networks);
    Text json;
    print_json(Value(m), json);
    json.add('\0');
    meridian_ask(json.data());
  }

  bool next(int milliseconds, std::size_t& number, Answer& answer) override {
    std::string json(kMostTold, '\0');
    const int size = meridian_answer(milliseconds, json.data(), int(json.size()));
    Arena arena;
    Diagnostics ignored(arena);
    Value told;
    if (size <= 0 || std::size_t(size) > json.size() ||
        !parse_json({"answer", Str(json.data(), std::size_t(size))}, arena, told, ignored))
      return false;
    number = std::size_t(get(told, "number").i);
    answer.failure = Failure(one_of(get(told, "failure").str(), kFailures));
    answer.status = int(get(told, "status").i);
    answer.location = get(told, "location").str();
    answer.retry_after = get(told, "retryAfter").str();
    return true;
  }

 private:
  AskLimits limits_;
};
}  // namespace

std::unique_ptr<Asker> make_asker(const AskLimits& limits) {
  return std::make_unique<NodeAsker>(limits);
}

}  // namespace meridian::cli::external
