#include "output.h"

#include "addresses.h"
#include "disk.h"
#include "meridian/text.h"

namespace meridian::cli::hugo {

namespace {
// What file systems take; and of a path with room for that of the folder (PATH_MAX is 4,096).
constexpr std::size_t kMostName = 255, kMostPath = 2000;

/// Whether a path stays below the folder, and can be typed and written.
bool is_safe(Str path) {
  if (path.size() > kMostPath || path.empty() || path[0] == '/' ||
      find_invalid_utf8(path) != Str::npos)
    return false;
  for (char c : path)
    if (static_cast<unsigned char>(c) < ' ' || c == '\x7f' || c == '\\') return false;
  for (Str rest = path, piece; next_piece(rest, '/', piece);)
    if (piece.empty() || piece == "." || piece == ".." || piece.size() > kMostName) return false;
  return path.back() != '/';
}
}  // namespace

bool Output::refuse(const std::string& source, const std::string& message, const char* remedy) {
  found_.add({Severity::Error, Rule::DuplicateAddress}, source, message, remedy);
  return false;
}

bool Output::claim(const std::string& path, const std::string& source) {
  if (!is_safe(path))
    return refuse(source, "no file can have the path `" + path + "`", "give it another address");
  std::string name = lower_case(path);
  if (auto other = files_.find(name); other != files_.end())
    return refuse(source, "`" + path + "` is also made of " + other->second,
                  "rename one of them; the other was taken over");
  if (auto other = folders_.find(name); other != folders_.end())
    return refuse(source, "`" + path + "` is also the folder of " + other->second,
                  "rename one of them; the other was taken over");
  for (std::size_t at = name.find('/'); at != name.npos; at = name.find('/', at + 1))
    if (auto other = files_.find(name.substr(0, at)); other != files_.end())
      return refuse(source, "a folder of `" + path + "` is also made of " + other->second,
                    "rename one of them; the other was taken over");
  for (std::size_t at = name.find('/'); at != name.npos; at = name.find('/', at + 1))
    folders_.emplace(name.substr(0, at), source);
  files_.emplace(name, source);
  return true;
}

bool Output::copy(const std::string& path, const std::filesystem::path& from,
                  const std::string& source, std::size_t& copied) {
  InputFile in(from);
  bool written = in.error() || folder_.copy(path, in);
  if (in.error())
    found_.add({Severity::Error, Rule::Unreadable}, source, "the file can't be read",
               "let this user read it");
  else
    copied += written;
  return written;
}

}  // namespace meridian::cli::hugo
