// The rooms that the benchmarks measure: Liquid with Jekyll's tags and filters, except
// `markdownify`.
#include "answer.h"
#include "meridian/workspace.h"
#include "plugins/request.h"

using namespace meridian;

namespace {

/// Replaces Jekyll's, so that Liquid alone is measured.
Value markdownify(liquid::FilterCall& call) {
  call.out.add("<p>");
  call.out.add(call.input_str());
  call.out.add("</p>\n");
  return call.text();
}

constexpr std::uint32_t kMaxFilters = 200;

/// Jekyll's tags and filters but for `markdownify`.
liquid::Environment make_environment(liquid::Filter (&filters)[kMaxFilters]) {
  liquid::Environment environment = site::kEnvironment;
  std::uint32_t count = 0;
  for (Str rest = environment.filter_names; !rest.empty(); count++) {
    Str name = rest.substr(0, rest.find(' '));
    filters[count] = environment.filters[count];
    if (name == "markdownify") filters[count].run = markdownify;
    rest = name.size() < rest.size() ? rest.substr(name.size() + 1) : Str();
  }
  environment.filters = filters;
  return environment;
}

/// One site for all templates: their includes, and the variables.
struct Bench {
  liquid::Filter filters[kMaxFilters];
  liquid::Environment environment = make_environment(filters);
  Workspace workspace;
  Arena arena;
  Diagnostics diagnostics{arena};
  Value data;
};
Bench* bench = nullptr;

}  // namespace

/// Discards the site of earlier runs.
BENCH_EXPORT void bench_open() {
  if (bench) bench->~Bench(), std::free(bench);
  bench = new (std::malloc(sizeof(Bench))) Bench;
  bench->workspace.files().complete = true;
  (void)bench->workspace.options("{\"theme\":\"site\",\"time\":\"2026-01-01T00:00:00Z\"}");
}

/// A file of the site.
BENCH_EXPORT void bench_put(const char* path, std::size_t path_size, const char* text,
                            std::size_t size) {
  bench->workspace.put({path, path_size}, {text, size});
}

/// The variables of all templates, as JSON.
BENCH_EXPORT std::int32_t bench_data(const char* json, std::size_t size) {
  Str kept = bench->arena.copy(json, size);
  return parse_json(Source{"data.json", kept}, bench->arena, bench->data, bench->diagnostics);
}

BENCH_EXPORT liquid::Template* bench_parse(const char* text, std::size_t size) {
  Arena& arena = bench->arena;
  return liquid::parse(arena, *arena.make<Source>("bench.html", arena.copy(text, size)), 0,
                       bench->environment, bench->diagnostics);
}

/// Parses, and discards the template.
BENCH_EXPORT void bench_parse_only(const char* text, std::size_t size) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Source source{"bench.html", Str(text, size)};
  liquid::parse(arena, source, 0, bench->environment, diagnostics);
}

/// Renders with the variables and, over them, `page`, `layout` and `content` (JSON and a text).
BENCH_EXPORT char* bench_render(const liquid::Template* t, const char* json, std::size_t size,
                                const char* content, std::size_t content_size) {
  Arena arena;
  Diagnostics diagnostics(arena);
  site::Needs needs;
  site::Site& site = bench->workspace.site();
  site::Request request(site, arena, needs, diagnostics, nullptr);
  site::Current current(request.site.request_, request);
  request.build();
  request.site.environment_ = bench->environment;  // for includes
  Value own;
  (void)parse_json(Source{"own.json", Str(json, size)}, arena, own, diagnostics);
  Map* globals = make_map(arena);
  for (const Map::Entry& e : *bench->data.map()) globals->set(e.key) = e.value;
  if (own.map())
    for (const Map::Entry& e : *own.map()) globals->set(e.key) = e.value;
  globals->set("content", Value(Str(content, content_size)));
  liquid::Context context(bench->environment, arena, Value(globals));
  context.site = static_cast<site::ModelReader*>(&request);
  context.now = bench->workspace.settings().now;
  Text out;
  if (!context.render(*t, out)) context.error.message(out);
  return bench_answer(out.data(), out.size());
}
