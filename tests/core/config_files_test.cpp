// Which files a site's settings are read from, and which of several counts.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/site_modules.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
constexpr const char* kPage = "---\n---\n{{ site.title }} {{ site.m.a }} {{ site.m.b }}";

bool asks_for(const std::string& json, const char* path) {
  return json.find('"' + std::string(path) + '"') != std::string::npos;
}
}  // namespace

TEST_CASE("settings are read from the first of _config.yml, _config.yaml and _config.toml") {
  Fixture yaml{{"_config.yaml", "title: yaml\n"}, {"index.html", kPage}};
  CHECK(yaml.html("/") == "yaml  ");
  Fixture both{
      {"_config.yml", "title: yml\n"}, {"_config.yaml", "title: yaml\n"}, {"index.html", kPage}};
  CHECK(both.html("/") == "yml  ");
  both.w.remove("_config.yml");
  CHECK(both.html("/") == "yaml  ");
}

TEST_CASE("only _config.yml is requested where the host has no list of files") {
  Workspace w;
  REQUIRE(w.list("{\"files\":[],\"complete\":false}"));
  std::string json = render(w, "/").json;
  CHECK(asks_for(json, "_config.yml"));
  w.put_missing("_config.yml");
  json = render(w, "/").json;
  CHECK_FALSE(asks_for(json, "_config.yaml"));
  CHECK_FALSE(asks_for(json, "_config.toml"));
}

TEST_CASE("named files of settings are merged, and the last one counts") {
  Fixture f{{"_config.yml", "title: A\nm: {a: 1, b: 2}\n"},
            {"_config.dev.yml", "m: {b: 3}\n"},
            {"index.html", kPage}};
  CHECK(f.html("/") == "A 1 2");
  REQUIRE(f.w.options("{\"config\":\"_config.yml,_config.dev.yml\"}"));
  CHECK(f.html("/") == "A 1 3");
  f.w.put("_config.dev.yml", "title: B\n");
  CHECK(f.html("/") == "B 1 2");
  REQUIRE(f.w.options("{\"config\":\"_config.dev.yml\"}"));
  CHECK(f.html("/") == "B  ");
}

TEST_CASE("a manifest names the files of settings that it was made with") {
  Fixture f{
      {"_config.yml", "title: A\n"}, {"_config.dev.yml", "title: D\n"}, {"index.html", kPage}};
  REQUIRE(f.w.options("{\"config\":\"_config.yml,_config.dev.yml\"}"));
  Arena arena;
  Diagnostics found(arena);
  Text manifest;
  REQUIRE(f.w.manifest(manifest, found));
  Workspace visitor;
  REQUIRE(visitor.list(manifest.str()));
  CHECK(render(visitor, "/").html == "D  ");
}

TEST_CASE("diagnostics about settings name the file that has them") {
  Workspace w;
  put_site(w, {{"_config.yaml", "exclude: a\n"}, {"index.html", kPage}});
  CHECK(render(w, "/").json.find("\"file\":\"_config.yaml\"") != std::string::npos);
}

TEST_CASE("settings in TOML are reported where nothing reads them, as in browsers") {
  site::set_toml(nullptr);
  Fixture f{{"_config.toml", "title = \"T\"\n"}, {"index.html", kPage}};
  std::string json = render(f.w, "/").json;
  CHECK(json.find("\"file\":\"_config.toml\"") != std::string::npos);
  CHECK(json.find("write them as _config.yml") != std::string::npos);
  // It is a site of Jekyll's all the same.
  CHECK_FALSE(f.w.site().plain_folder());
}
