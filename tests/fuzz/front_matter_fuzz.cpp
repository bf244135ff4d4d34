// Front matter: any bytes are a file.
#include "fuzz.h"
#include "meridian/yaml.h"

using namespace meridian;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Str file = fuzz::text(data, size);
  yaml::FrontMatter front = yaml::split_front_matter(file);
  fuzz::expect(fuzz::inside(front.yaml, file) && fuzz::inside(front.body, file),
               "a part lies outside of the file");
  fuzz::expect(front.matched || front.body == file, "what is no front matter is body");
  if (!front.matched) return 0;
  fuzz::expect(front.yaml_offset + front.yaml.size() <= front.body_offset,
               "the fence is part of neither");
  fuzz::expect(front.body_offset + front.body.size() == file.size(), "the body reaches to the end");
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  bool ok = yaml::parse({"page.md", file}, front.yaml_offset, front.yaml.size(), arena, value,
                        diagnostics);
  fuzz::expect(ok != diagnostics.has_errors(), "a value, or what is wrong");
  return 0;
}
