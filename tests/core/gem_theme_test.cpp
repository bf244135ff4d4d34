// Themes that `theme` and `remote_theme` name: layouts, includes, data, assets and configuration
// below the site's own.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "site_fixture.h"

using namespace meridian;

TEST_CASE("the folder of a theme is made of its gem's or repository's name") {
  Arena arena;
  auto folder = [&](const char* name) { return std::string(site::gem_theme_folder(arena, name)); };
  CHECK(folder("minima") == "meridian/themes/minima/");
  CHECK(folder(" Jekyll-Theme-Cayman ") == "meridian/themes/jekyll-theme-cayman/");
  CHECK(folder("mmistakes/minimal-mistakes@4.24.0") == "meridian/themes/minimal-mistakes/");
  CHECK(folder("https://example.org/a/b.c/") == "meridian/themes/b.c/");
  for (const char* name : {"", "..", "a/..", ".hidden", "a b", "a\\b", "@x", "-x"}) {
    INFO(name);
    CHECK(folder(name).empty());
  }
}

TEST_CASE("layouts of a site are its own when pages and posts can do with them") {
  auto owner = [](std::initializer_list<std::pair<Str, Str>> files) {
    Fixture f{{"_config.yml", "title: T\n"}, {"index.html", "---\nlayout: page\n---\nA"}};
    REQUIRE(f.w.options("{\"theme\":\"auto\"}"));
    for (auto [path, text] : files) f.w.put(path, text);
    f.html("/");
    return f.w.site().theme();
  };
  Str whole = "<html>{{ content }}", chained = "---\nlayout: base\n---\n{{ content }}";
  using site::Theme;
  CHECK(owner({}) == Theme::Meridian);
  CHECK(owner({{"_layouts/default.html", whole}}) == Theme::Site);
  CHECK(owner({{"_layouts/default.liquid", whole}}) == Theme::Site);
  CHECK(owner({{"_layouts/page.html", whole}, {"_layouts/post.html", whole}}) == Theme::Site);
  CHECK(owner({{"_layouts/base.html", whole}, {"_layouts/page.html", chained}}) == Theme::Site);
  // Written for a theme, or beside one.
  CHECK(owner({{"_layouts/page.html", chained}, {"_layouts/post.html", whole}}) == Theme::Meridian);
  CHECK(owner({{"_layouts/mine.html", whole}}) == Theme::Meridian);
  CHECK(owner({{"_layouts/deep/page.html", whole}}) == Theme::Meridian);
}

TEST_CASE("layouts and includes of the theme lie below the site's own") {
  Fixture f{{"_config.yml", "theme: minima\n"},
            {"meridian/themes/minima/_layouts/default.html",
             "<t>{% include a.html %}{% include b.html %}{{ content }}</t>"},
            {"meridian/themes/minima/_layouts/post.html", "theme's"},
            {"meridian/themes/minima/_includes/a.html", "theme's a "},
            {"meridian/themes/minima/_includes/b.html", "theme's b "},
            {"_includes/b.html", "own b "},
            {"_layouts/post.html", "---\nlayout: default\n---\nown {{ content }}"},
            {"a.md", "---\nlayout: default\n---\nA"},
            {"b.md", "---\nlayout: post\n---\nB"}};
  CHECK(f.html("/a.html") == "<t>theme's a own b <p>A</p>\n</t>");
  CHECK(f.html("/b.html") == "<t>theme's a own b own <p>B</p>\n</t>");
  CHECK(f.w.site().theme() == site::Theme::Site);
}

TEST_CASE("jekyll-default-layout finds the layouts of a theme") {
  Fixture f{{"_config.yml", "theme: minima\nplugins: [jekyll-default-layout]\n"},
            {"meridian/themes/minima/_layouts/default.html", "default {{ content }}"},
            {"meridian/themes/minima/_layouts/page.html", "page {{ content }}"},
            {"_layouts/mine.html", ""},
            {"a.md", "---\n---\nA"}};
  CHECK(f.html("/a.html") == "page <p>A</p>\n");
}

TEST_CASE("`exclude` leaves out layouts of a theme, too") {
  Fixture f{{"_config.yml", "theme: minima\nexclude: [vendor]\n"},
            {"meridian/themes/minima/_layouts/default.html",
             "---\nlayout: vendor/compress\n---\n<d>{{ content }}</d>"},
            {"meridian/themes/minima/_layouts/vendor/compress.html", "<c>{{ content }}</c>"},
            {"a.md", "---\nlayout: default\n---\nA"}};
  CHECK(f.html("/a.html") == "<d><p>A</p>\n</d>");
  f.w.put("_config.yml", "theme: minima\n");
  CHECK(f.html("/a.html") == "<c><d><p>A</p>\n</d></c>");
}

TEST_CASE("the theme's configuration lies below the site's, but not below Jekyll's defaults") {
  Fixture f{{"_config.yml", "theme: t\nb: own\nauthor: {name: own}\n"},
            {"meridian/themes/t/_config.yml",
             "a: theme\nb: theme\nauthor: {name: theme, site: theme}\npermalink: /x/:title\n"},
            {"index.html",
             "---\n---\n{{ site.a }} {{ site.b }} {{ site.author.name }} "
             "{{ site.author.site }} {{ site.permalink }}"}};
  CHECK(f.html("/") == "theme own own theme date");
  f.w.put("_config.yml", "theme: t\nignore_theme_config: true\n");
  CHECK(f.html("/") == "    date");
}

TEST_CASE("the theme's data lie below the site's, files of one name are merged") {
  Fixture f{{"_config.yml", "remote_theme: me/t@v1\n"},
            {"_data/both.yml", "a: own\n"},
            {"_data/nested/x.yml", "- own\n"},
            {"meridian/themes/t/_data/both.yml", "a: theme\nb: theme\n"},
            {"meridian/themes/t/_data/only.yml", "theme\n"},
            {"meridian/themes/t/_data/nested/x.yml", "- theme\n"},
            {"meridian/themes/t/_data/nested/y.yml", "- theme\n"},
            {"index.html",
             "---\n---\n{{ site.data.both.a }} {{ site.data.both.b }} {{ site.data.only }} "
             "{{ site.data.nested.x }} {{ site.data.nested.y }}"}};
  CHECK(f.html("/") == "own theme theme own theme");
}

TEST_CASE("the theme's assets are pages and files of the site that has none of that path") {
  Fixture f{{"_config.yml", "theme: t\n"},
            {"assets/own.js", "own"},
            {"index.html",
             "---\n---\n{% for f in site.static_files %}{{ f.path }} {% endfor %}"
             "{% for p in site.pages %}{{ p.path }} {% endfor %}"},
            {"meridian/themes/t/assets/own.js", "theme"},
            {"meridian/themes/t/assets/a/logo.svg", "<svg/>"},
            {"meridian/themes/t/assets/main.css", "---\n---\n{{ site.theme }}"},
            {"meridian/themes/t/README.md", "---\n---\nno page"}};
  CHECK(f.html("/") == "/assets/own.js /assets/a/logo.svg index.html assets/main.css ");
  CHECK(f.html("/assets/main.css") == "t");
  Answer a = render(f.w, "/assets/a/logo.svg");
  CHECK(a.status == site::Status::Redirect);
  CHECK(a.json.find("/meridian/themes/t/assets/a/logo.svg") != std::string::npos);
  CHECK(render(f.w, "/README.html").status == site::Status::NotFound);
}

TEST_CASE("a theme that is not here leaves the site in Meridian's, with a diagnostic") {
  Fixture f{{"_config.yml", "theme: minima\n"}, {"index.md", "A"}};
  REQUIRE(f.w.options("{\"theme\":\"auto\"}"));
  Answer a = render(f.w, "/");
  CHECK(a.json.find("the theme `minima` is not here") != std::string::npos);
  CHECK(f.w.site().theme() == site::Theme::Meridian);
  CHECK(f.w.site().missing_theme() == "minima");
  f.w.put("_layouts/default.html", "own");
  a = render(f.w, "/");
  CHECK(a.json.find("is not here") == std::string::npos);
  CHECK(f.w.site().theme() == site::Theme::Site);
}

TEST_CASE("without a list of files the theme's layout is asked for once") {
  Workspace w;
  w.put("_config.yml", "theme: t\n");
  w.put("index.md", "---\nlayout: default\n---\nA");
  Answer a = render(w, "/");
  CHECK(a.status == site::Status::Needs);
  CHECK(a.json.find("meridian/themes/t/_layouts/default.html") != std::string::npos);
  w.put("meridian/themes/t/_layouts/default.html", "<t>{{ content }}</t>");
  for (int round = 0; round < 6 && a.status == site::Status::Needs; round++) {
    a = render(w, "/");
    for (const char* path : {"meridian/themes/t/_config.yml", "_layouts/default.html"})
      if (a.json.find(path) != std::string::npos) (void)w.put_missing(path);
  }
  CHECK(a.html == "<t><p>A</p>\n</t>");
}

TEST_CASE("plugins that the theme's gem depends on are on") {
  Fixture f{{"_config.yml", "theme: minima\nurl: https://example.org\n"},
            {"meridian/themes/minima/_layouts/default.html", "{{ content }}"},
            {"index.md", "A"}};
  CHECK(render(f.w, "/feed.xml").status == site::Status::Ready);
  CHECK(render(f.w, "/sitemap.xml").status == site::Status::NotFound);
}

TEST_CASE("the configuration of a remote theme is not read") {
  Str layout = "{{ site.from_theme }}|{{ content }}";
  for (const char* key : {"theme", "remote_theme"}) {
    Fixture f{{"_config.yml", std::string(key) + ": ada/plain@v1\n"},
              {"meridian/themes/plain/_config.yml", "from_theme: yes\n"},
              {"meridian/themes/plain/_layouts/default.html", layout},
              {"a.md", "---\nlayout: default\n---\nA"}};
    CHECK(f.html("/a.html") == (Str(key) == "theme" ? "true|<p>A</p>\n" : "|<p>A</p>\n"));
  }
}

TEST_CASE("the host is asked for a theme only where it fetches themes") {
  auto asked = [](Str config, Str options) {
    Fixture f{{"_config.yml", config}, {"a.md", "---\nlayout: default\n---\nA"}};
    REQUIRE(f.w.options(options));
    Arena arena;
    site::Needs needs;
    Diagnostics diagnostics(arena);
    (void)f.w.site().render("/a.html", arena, needs, diagnostics);
    std::string all;
    for (Str path : needs.paths) all += std::string(path) + "\n";
    return all;
  };
  Str fetches = "{\"fetches_themes\":true}";
  Str config = "remote_theme: ada/plain@v1\nmeridian: {theme_from: jsdelivr}\n";
  CHECK(asked(config, fetches) == "meridian/themes/plain/ jsdelivr ada/plain@v1\n");
  CHECK(asked(config, "{}").empty());
  CHECK(asked("theme: minima\n", fetches) == "meridian/themes/minima/ meridian minima\n");
  CHECK(asked("remote_theme: ada/minima\n", fetches).empty());
  CHECK(asked("theme: plain\n", fetches).empty());
  CHECK(asked("meridian: {theme: github-pages, theme_from: jsdelivr}\n", fetches) ==
        "meridian/themes/jekyll-theme-primer/ jsdelivr jekyll-theme-primer\n");
}

TEST_CASE("a theme that the host can't fetch is reported once") {
  Fixture f{{"_config.yml", "theme: plain\nmeridian: {theme_from: https://a.example/}\n"},
            {"a.md", "---\nlayout: default\n---\nA"}};
  REQUIRE(f.w.options("{\"fetches_themes\":true,\"theme\":\"auto\"}"));
  REQUIRE(f.w.put_missing("meridian/themes/plain/ https://a.example/ plain"));
  CHECK(f.html("/a.html").find("A") != std::string::npos);
  CHECK(f.w.site().theme() == site::Theme::Meridian);
  CHECK(f.w.site().missing_theme() == "plain");
}

TEST_CASE("folders of the configuration may have a dot or slashes around them") {
  for (const char* name : {"parts", "parts/", "./parts", "/parts", ".//parts/"}) {
    Workspace w;
    std::string config;
    for (const char* key : {"layouts_dir", "includes_dir", "data_dir"})
      config += std::string(key) + ": " + name + "\n";
    put_site(w, {{"_config.yml", Str(config)},
                 {"index.html", "---\nlayout: a\n---\nx"},
                 {"parts/a.html", "{% include i.html %}-{{ site.data.d.k }}-{{ content }}"},
                 {"parts/default.html", "{{ content }}"},
                 {"parts/i.html", "I"},
                 {"parts/d.yml", "k: v"}});
    // Whose layouts visitors see is found in the same folder.
    (void)w.options("{\"theme\":\"auto\"}");
    CHECK(render(w, "/").html == "I-v-x");
  }
}

// Jekyll 4.3.1 finds the collections in all of them, posts in the first alone.
TEST_CASE("the folder of collections may have a dot or slashes around it") {
  for (const char* name : {"parts", "parts/", "./parts", "/parts", "./parts/"}) {
    Workspace w;
    std::string config = std::string("collections_dir: ") + name + "\ncollections: [recipes]\n";
    put_site(w, {{"_config.yml", Str(config)},
                 {"index.html",
                  "---\n---\n{% for d in site.recipes %}{{ d.path }}{% endfor %}"
                  "{% for post in site.posts %} {{ post.path }}{% endfor %}"},
                 {"parts/_recipes/a.md", "---\n---\n"},
                 {"parts/_posts/2020-01-01-p.md", "---\n---\n"}});
    CHECK(
        render(w, "/").html ==
        (name == std::string("parts") ? "_recipes/a.md _posts/2020-01-01-p.md" : "_recipes/a.md"));
  }
}
