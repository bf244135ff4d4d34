#include "external/web_address.h"

#include "external/host.h"
#include "meridian/text.h"

namespace meridian::cli::external {

namespace {
// What browsers and servers surely take; longer ones are made by programs.
constexpr std::size_t kMostBytes = 2000;
constexpr int kLastPort = 65535;
constexpr std::size_t kPortDigits = 5;

/// Takes `:port` from the end of a host; false where it is none. `port` gets 0 for the scheme's.
bool take_port(Str& host, int standard, int& port) {
  std::size_t colon = host.rfind(':');
  port = 0;
  if (colon == Str::npos || host.find(']', colon) != Str::npos) return true;
  Str digits = host.substr(colon + 1);
  host = host.substr(0, colon);
  if (digits.empty()) return true;
  if (digits.size() > kPortDigits || digits.find_first_not_of("0123456789") != Str::npos)
    return false;
  port = int(parse_int(digits));
  if (port < 1 || port > kLastPort) return false;
  if (port == standard) port = 0;
  return true;
}

/// Path and query, with `/` before them.
void add_rest(Text& out, Str rest) {
  if (rest.empty() || rest[0] == '?') out.add('/');
  bool query = false;
  for (char c : rest) {
    query |= c == '?';
    if (c == '\\' && !query)
      out.add('/');
    else if (c <= ' ' || c == 0x7F || (c & 0x80) || is_one_of(c, "\"<>\\^`{|}"))
      add_percent(out, c);
    else
      out.add(c);
  }
}
}  // namespace

std::optional<WebAddress> web_address(std::string_view written) {
  Str text = strip(Str(written));
  if (text.size() > kMostBytes) return {};
  bool secure = true;
  for (const char* scheme : {"https:", "http:"}) {
    const std::size_t size = Str(scheme).size();
    if (!equal_ignoring_case(text.substr(0, size), scheme)) continue;
    secure = size > 5;
    text.remove_prefix(size);
    break;
  }
  if (text.size() < 2 || !is_one_of(text[0], "/\\") || !is_one_of(text[1], "/\\")) return {};
  text = text.substr(2, text.find('#') - 2);
  Str host = text.substr(0, text.find_first_of("/\\?"));
  Str rest = text.substr(host.size());
  if (std::size_t at = host.rfind('@'); at != Str::npos) host = host.substr(at + 1);
  int port;
  if (!take_port(host, secure ? 443 : 80, port)) return {};
  std::optional<std::string> name = host_of(host);
  if (!name) return {};
  WebAddress address;
  address.host = std::move(*name);
  Text out;
  out.add(secure ? "https://" : "http://");
  out.add(Str(address.host));
  if (port) {
    out.add(':');
    out.add_int(port);
  }
  add_rest(out, rest);
  address.text = out.str();
  return address;
}

}  // namespace meridian::cli::external
