// Liquid with Jekyll's tags and filters: any bytes are a template of a small site, rendered with a
// stranger's limits.
#include "../spec/jekyll_template.h"
#include "fuzz.h"

using namespace meridian;

namespace {

constexpr char kConfig[] =
    "title: Observatory\nurl: https://example.org\nbaseurl: /sky\ncollections: [notes]\n";
constexpr char kPost[] = "---\ntitle: Night\ntags: [a, b]\n---\n# Stars\n\nSome *text*.\n";
constexpr char kInclude[] = "<b>{{ include.x | upcase }}{{ page.title }}</b>";
constexpr char kData[] =
    "{\"a\":[1,2.5,\"x\",null,[3,[4]]],\"h\":{\"k\":\"v\",\"n\":{\"m\":[1,2]},\"size\":9},\"s\":"
    "\"Hello <b>World</b> & "
    "'you'\",\"n\":5,\"f\":2.75,\"t\":true,\"e\":[],\"z\":\"\",\"q\":[{\"p\":1,\"o\":\"b\"},{\"p\":"
    "null,\"o\":\"A\"},{"
    "\"p\":3}],\"u\":\"h\xC3\xA9llo\",\"i\":\"2\",\"d\":\"2021-03-04 05:06:07\"}";
constexpr std::size_t kMostOutput = 1 << 20;

struct Fixture {
  Workspace workspace;
  Arena arena;
  Value data, page;
  Fixture() {
    limits.steps.most = 200'000;
    limits.output.most = kMostOutput;
    max_memory = 32 << 20;
    workspace.put("_config.yml", kConfig);
    workspace.put("index.md", kPost);
    workspace.put("_posts/2024-05-06-night.md", kPost);
    workspace.put("_notes/one.md", kPost);
    workspace.put("_data/stars.yml", "- {name: Vega, mag: 0.03}\n- {name: Deneb, mag: 1.25}\n");
    workspace.put("_includes/x.html", kInclude);
    workspace.files().complete = true;
    (void)workspace.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}");
    Diagnostics diagnostics(arena);
    bool ok = parse_json(Source{"data", kData}, arena, data, diagnostics) &&
              parse_json(Source{"page", "{\"path\":\"index.md\",\"title\":\"T\"}"}, arena, page,
                         diagnostics);
    fuzz::expect(ok, "the fixture is not JSON");
  }
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static Fixture fixture;
  Arena arena;
  jekyll_template::Rendered got;
  Value variables = copy(arena, fixture.data), page = copy(arena, fixture.page);
  jekyll_template::render(fixture.workspace, arena, fuzz::text(data, size), variables.map(),
                          page.map(), got);
  Text message;
  if (got.error) got.error.message(message);
  fuzz::expect(got.out.size() <= 2 * kMostOutput, "more is written than may be");
  return 0;
}
