// The report as people read it.
#include <algorithm>

#include "groups.h"
#include "printable.h"
#include "report.h"

namespace meridian::cli::comparison {

namespace {
// What one reads in a few minutes; --json has them all.
constexpr std::size_t kMostGroups = 20;
constexpr std::size_t kMostFiles = 8;
constexpr std::size_t kMostBytes = 160;
// Of what is the same in both before the difference.
constexpr std::size_t kMostSame = 60;
constexpr std::size_t kExamples = 2;
// Files of one folder that are told by its name alone.
constexpr std::size_t kManyOfFolder = 4;

/// At most so many bytes from `begin` on, cut between characters.
std::string cut(const std::string& text, std::size_t begin = 0) {
  auto inside = [&](std::size_t at) { return at < text.size() && (text[at] & 0xC0) == 0x80; };
  while (inside(begin)) begin--;
  std::size_t end = std::min(begin + kMostBytes, text.size());
  while (inside(end)) end--;
  std::string shown = printable(text.substr(begin, end - begin));
  return (begin ? "…" : "") + shown + (end < text.size() ? "…" : "");
}

/// The difference in the text around it, on one line.
std::string line_of(const Difference& d, const std::string& text) {
  std::string line;
  for (char c : d.before + text + d.after)
    if (c == '\n')
      line += "⏎";
    else
      line += c;
  // A word has its space before it.
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

/// Both versions, from a little before what differs.
void add_versions(std::string& out, const Difference& d) {
  std::string old_line = line_of(d, d.old_text), new_line = line_of(d, d.new_text);
  std::size_t same = 0;
  while (same < old_line.size() && same < new_line.size() && old_line[same] == new_line[same])
    same++;
  std::size_t begin = same > kMostSame ? same - kMostSame : 0;
  out += "   - " + (old_line.empty() ? "(nothing)" : cut(old_line, begin)) + "\n";
  out += "   + " + (new_line.empty() ? "(nothing)" : cut(new_line, begin)) + "\n";
}

void add_files(std::string& out, const std::string& folder, const std::vector<std::string>& files) {
  if (files.empty()) return;
  out += "Only in " + printable(folder) + ": " + counted(files.size(), "file") + "\n";
  std::map<std::string, std::vector<const std::string*>> folders;
  for (const std::string& file : files)
    folders[file.substr(0, file.find('/') + 1)].push_back(&file);
  std::size_t left = kMostFiles, told = 0;
  for (const auto& [name, inside] : folders) {
    if (left && !name.empty() && inside.size() >= kManyOfFolder) {
      out += "  " + printable(name) + " (" + counted(inside.size(), "file") + ")\n";
      left--;
      told += inside.size();
      continue;
    }
    for (const std::string* file : inside)
      if (left) {
        out += "  " + printable(*file) + "\n";
        left--;
        told++;
      }
  }
  if (told < files.size()) out += "  … and " + counted(files.size() - told, "file") + " more\n";
}

void add_count(std::string& out, const char* what, const Report::Count& count) {
  if (!count.both) return;
  out += what + std::to_string(count.both) + " in both, ";
  if (count.equal == count.both)
    out += "all equal\n";
  else
    out += std::to_string(count.equal) + " equal, " + std::to_string(count.both - count.equal) +
           " not\n";
}

void add_group(std::string& out, const Report& report, const Group& group) {
  constexpr const char* kParts[] = {"", " of the head", " of scripts or sheets"};
  const Found& first = *group.found[0];
  const Found::Place& place = first.places[0];
  if (group.files > 1) out += "on " + counted(group.files, "file") + ", as ";
  out += printable(report.files[place.file]) + ":" + std::to_string(place.old_line);
  if (place.new_line != place.old_line) out += " → " + std::to_string(place.new_line);
  if (group.times > group.files) out += ", " + std::to_string(group.times) + " times";
  if (group.found.size() > 1) out += ", " + std::to_string(group.found.size()) + " texts";
  out += kParts[int(first.difference.part)];
  out += '\n';
  if (first.difference.where != report.files[place.file])
    out += "   in " + cut(first.difference.where) + "\n";
  for (std::size_t i = 0; i < group.found.size() && i < kExamples; i++)
    add_versions(out, group.found[i]->difference);
}
}  // namespace

std::string as_text(const Report& report, const std::string& old_folder,
                    const std::string& new_folder) {
  std::string out;
  add_count(out, "Pages, as browsers read them: ", report.pages);
  add_count(out, "Other files: ", report.others);
  add_files(out, old_folder, report.only_old);
  add_files(out, new_folder, report.only_new);
  for (const std::string& file : report.unread) out += printable(file) + "\n";
  std::vector<Group> groups = group(report);
  for (std::size_t i = 0; i < groups.size() && i < kMostGroups; i++) {
    out += "\n" + std::to_string(i + 1) + ". ";
    add_group(out, report, groups[i]);
  }
  if (groups.size() > kMostGroups)
    out += "\n… and " + counted(groups.size() - kMostGroups, "place") +
           " more; --json has all differences\n";
  if (report.left_out)
    out += "Further " + counted(report.left_out, "difference") + " were not kept\n";
  return out;
}

}  // namespace meridian::cli::comparison
