// Keys that are set twice in one mapping of YAML: the last one counts, without a word.
#include "names.h"
#include "settings.h"

namespace meridian::check {

namespace {
/// Nobody mends more of them in one file at once; for each the line of the first one is counted.
constexpr int kMostRepeated = 100;

class RepeatedKeys {
 public:
  RepeatedKeys(Arena& arena, Diagnostics& diagnostics, const Source& source, Rule rule)
      : arena_(arena), diagnostics_(diagnostics), source_(source), rule_(rule) {}

  void look(const yaml::Node& node) {
    Map seen{&arena_};
    for (const yaml::Node* child : node.nodes) {
      Fault fault;
      if (found_ < kMostRepeated && is_repeated(arena_, source_, *child, seen, fault)) {
        found_++;
        diagnostics_.add({Severity::Warning, rule_}, source_, child->key_at, fault.message,
                         fault.remedy);
      }
      look(*child);
    }
  }

 private:
  Arena& arena_;
  Diagnostics& diagnostics_;
  const Source& source_;
  const Rule rule_;
  int found_ = 0;
};
}  // namespace

bool is_repeated(Arena& arena, const Source& source, const yaml::Node& node, Map& seen,
                 Fault& fault) {
  if (node.key.empty() || node.key == "<<") return false;
  Value& first = seen.set(node.key);
  if (first.nil()) {
    first = std::int64_t(node.key_at);
    return false;
  }
  fault.message = arena.join("`", node.key, "` is set twice, and only the last one counts");
  fault.remedy = arena.join("remove one of them; the first is in line ",
                            number_of_line(arena, source.text, std::size_t(first.i)));
  return true;
}

void check_repeated_keys(Sources& s) {
  for (const site::File* f = s.workspace.files().first(); f; f = f->next) {
    Str path = f->source.path, extension = site::extension_of(path);
    bool is_data = starts_with(path, "_data/") && path.find("/.") == Str::npos &&
                   one_of(extension, ".yml .yaml") >= 0;
    bool has_front = f->scanned && f->front.matched && !starts_with(path, "_data/") &&
                     !starts_with(path, "_includes/");
    if (f->generated || f->presence != site::Presence::Loaded || !(is_data || has_front)) continue;
    Arena scratch;
    Source yaml = f->source;
    if (!is_data) yaml.text = slice(yaml.text, 0, f->front.yaml_offset + f->front.yaml.size());
    if (const yaml::Node* root = yaml::outline(yaml, scratch))
      RepeatedKeys(scratch, s.diagnostics, f->source, is_data ? Rule::Data : Rule::FrontMatter)
          .look(*root);
  }
}

}  // namespace meridian::check
