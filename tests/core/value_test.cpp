// The dynamic value: maps, equality, printing, JSON and CSV. Expected texts are Ruby 3.1's.
#include "meridian/value.h"

#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <string>
#include <vector>

#include "support.h"

using namespace meridian;
using support::inspect;

namespace {
struct Parsed {
  std::string text;
  Arena arena, words;
  Diagnostics diagnostics{words};
  Value value;
  bool ok = false;
  explicit Parsed(std::string t) : text(std::move(t)) {}
  std::string result() { return ok ? inspect(value) : support::print_all(diagnostics); }
};
std::string json(const std::string& text) {
  Parsed p(text);
  p.ok = parse_json({"a.json", p.text}, p.arena, p.value, p.diagnostics);
  return p.result();
}
std::string csv(const std::string& text, char separator = ',') {
  Parsed p(text);
  p.ok = parse_csv({"a.csv", p.text}, separator, p.arena, p.value, p.diagnostics);
  return p.result();
}
std::string to_json(const Value& v, int indent = 0) {
  Text out;
  print_json(v, out, indent);
  return std::string(out.str());
}

struct Point : Drop {
  Arena& arena;
  explicit Point(Arena& a) : arena(a) {}
  Value get(Str key) override { return key == "x" ? Value(3) : Value(); }
  Map* to_map() override {
    Map* map = make_map(arena);
    map->set("x", get("x"));
    return map;
  }
};
}  // namespace

TEST_CASE("Map::find: the empty key, also by a text without an address") {
  Arena arena;
  Map* map = make_map(arena);
  CHECK(map->find(Str()) == nullptr);
  map->set("a", Value(1));
  map->set("", Value(2));
  REQUIRE(map->find(Str()) != nullptr);
  CHECK(map->find(Str())->i == 2);
}

TEST_CASE("a Map keeps its order and finds every key, small or large") {
  Arena arena;
  Map* map = make_map(arena);
  for (int i = 0; i < 5000; i++) {
    std::string key = "key" + std::to_string(i);
    map->set(arena.copy(key), i);
    if (i % 500 == 7) REQUIRE(map->get("key7").i == 7);
  }
  map->set("key42", 0);
  CHECK(map->size() == 5000);
  for (int i = 0; i < 5000; i++)
    REQUIRE(map->get("key" + std::to_string(i)).i == (i == 42 ? 0 : i));
  CHECK(map->find("key5000") == nullptr);
  CHECK(map->entries[4999].key.str() == "key4999");
}

TEST_CASE("keys are compared as by Ruby's eql?") {
  Arena arena;
  Map* map = make_map(arena);
  Array* list = make_array(arena);
  list->push(1);
  list->push("a");
  Value keys[] = {1,  1.0,   "1", true, nullptr, Value::date(0), list, Value::make_range(1, 2),
                  "", false, -1,  2.5};
  int n = 0;
  for (const Value& key : keys) map->set(key) = n++;
  n = 0;
  for (const Value& key : keys) CHECK(map->find(copy(arena, key))->i == n++);
}

TEST_CASE("keys that collide do not make a Map slow") {
  Arena arena;
  std::vector<Str> keys;
  for (int i = 0; i < 200000; i++) {
    Text key;
    for (int bit = 0; bit < 18; bit++)
      key.add(i >> bit & 1 ? "Aa" : "BB");  // the classic for weak hashes
    keys.push_back(arena.copy(key.str()));
  }
  std::clock_t start = std::clock();
  Map* map = make_map(arena);
  for (Str key : keys) map->set(key, 1);
  CHECK(map->size() == 200000);
  CHECK(double(std::clock() - start) / CLOCKS_PER_SEC < 3);
}

TEST_CASE("equal is Ruby's ==") {
  Arena arena;
  Array *a = make_array(arena), *b = make_array(arena);
  for (Array* array : {a, b}) array->push("x"), array->push(nullptr);
  CHECK(equal(a, b));
  b->push(1);
  CHECK_FALSE(equal(a, b));
  CHECK(equal(1, 1.0));
  CHECK_FALSE(equal(std::int64_t(9007199254740993), 9007199254740992.0));
  CHECK_FALSE(equal("1", 1));
  CHECK_FALSE(equal(nullptr, false));
  CHECK(equal("", Value::literal(Kind::Empty)));
  CHECK(equal(make_map(arena), Value::literal(Kind::Empty)));
  CHECK(equal(" \n", Value::literal(Kind::Blank)));
  CHECK(equal(nullptr, Value::literal(Kind::Blank)));
  CHECK_FALSE(equal(nullptr, Value::literal(Kind::Empty)));
  Map *m = make_map(arena), *n = make_map(arena);
  m->set("a", 1), m->set("b", 2), n->set("b", 2), n->set("a", 1);
  CHECK(equal(m, n));
}

TEST_CASE("printing, comparing and copying end for shared and deep values") {
  Arena arena;
  Array *twice = make_array(arena), *again = make_array(arena), *deep = make_array(arena);
  for (int i = 0; i < 60; i++) {  // 2^60 leaves
    Array *t = make_array(arena), *g = make_array(arena);
    t->push(twice), t->push(twice), g->push(again), g->push(again);
    twice = t, again = g;
  }
  for (int i = 0; i < 200000; i++) {
    Array* outer = make_array(arena);
    outer->push(deep);
    deep = outer;
  }
  equal(twice, again);
  Text out;
  print(twice, out);
  copy(arena, deep);
  meridian::inspect(deep, out);
  print_json(deep, out);
  CHECK(out.size() < 100000);
}

TEST_CASE("print is Ruby's to_s in Liquid") {
  Arena arena;
  Array* array = make_array(arena);
  array->push(1), array->push("a"), array->push(nullptr), array->push(2.5);
  Map* map = make_map(arena);
  map->set("k", array);
  map->set(Value(1)) = true;
  CHECK(support::print(array) == "1a2.5");
  CHECK(support::print(map) == "{\"k\"=>[1, \"a\", nil, 2.5], 1=>true}");
  CHECK(support::print(nullptr) == "");
  CHECK(support::print(Value::make_range(1, 3)) == "1..3");
  Time t;
  t.seconds = seconds_of(2020, 1, 2, 3, 4, 5);
  CHECK(support::print(t) == "2020-01-02 03:04:05 +0000");
  CHECK(inspect(Value::date(seconds_of(2020, 1, 2))) ==
        "#<Date: 2020-01-02 ((2458851j,0s,0n),+0s,2299161j)>");
  t.nanoseconds = 250000000;
  t.utc = true;
  CHECK(support::print(t) == "2020-01-02 03:04:05 UTC");
  CHECK(inspect(t) == "2020-01-02 03:04:05.25 UTC");
  Point point(arena);
  CHECK(support::print(&static_cast<Drop&>(point)) == "{\"x\"=>3}");
  CHECK(to_str(arena, 1.5) == "1.5");
}

TEST_CASE("inspect escapes strings as Ruby does") {
  CHECK(inspect("a\"\\\n\t\x1b #{x} #$y #z é\x7F") == R"("a\"\\\n\t\e \#{x} \#$y #z é\u007F")");
  CHECK(inspect(Str("\0\1", 2)) == "\"\\u0000\\u0001\"");
  CHECK(inspect("\xFF\xC3") == R"("\xFF\xC3")");
}

TEST_CASE("dig follows a dotted path") {
  Parsed p("{\"a\": {\"b\": {\"c\": 1}}}");
  REQUIRE(parse_json({"a.json", p.text}, p.arena, p.value, p.diagnostics));
  CHECK(dig(p.value, "a.b.c").i == 1);
  CHECK(dig(p.value, "a.x.c").nil());
  Point point(p.arena);
  CHECK(get(&static_cast<Drop&>(point), "x").i == 3);
}

TEST_CASE("copy makes a value of another arena, big integers included") {
  Arena home;
  Value kept;
  {
    Parsed p("{\"a\": [\"text\", 1, 123456789012345678901]}");
    REQUIRE(parse_json({"a.json", p.text}, p.arena, p.value, p.diagnostics));
    kept = copy(home, p.value);
  }
  CHECK(inspect(kept) == "{\"a\"=>[\"text\", 1, 123456789012345678901]}");
  CHECK(to_json(kept) == "{\"a\":[\"text\",1,123456789012345678901]}");
}

TEST_CASE("integers beyond 64 bits keep their digits") {
  CHECK(Value::integer("9223372036854775807").is(Kind::Int));
  CHECK(Value::integer("-9223372036854775808").is(Kind::Int));
  CHECK(Value::integer("9223372036854775808").is_big_integer());
  CHECK(Value::integer("-9223372036854775809").is_big_integer());
  CHECK(Value::integer("0000000000000000000000000000012").i == 12);
  CHECK(support::print(Value::integer("+99999999999999999999")) == "99999999999999999999");
}

// ---- JSON ----

TEST_CASE("parse_json reads RFC 8259") {
  CHECK(json(" {\"a\": [1, -2.5, 1e3, true, false, null, \"x\\n\\u00e9\\ud83d\\ude00\\/\"], \"a "
             "b\": {}} ") ==
        "{\"a\"=>[1, -2.5, 1000.0, true, false, nil, \"x\\né😀/\"], \"a b\"=>{}}");
  CHECK(json("{\"a\":1,\"a\":2}") == "{\"a\"=>2}");
  CHECK(json("\xEF\xBB\xBF[]") == "[]");
  CHECK(json("\"\\ud800x\"") == "\"\xEF\xBF\xBDx\"");
  CHECK(json(std::string(100, '[') + std::string(100, ']')).size() == 200);
}

TEST_CASE("malformed JSON is refused at its place") {
  CHECK(json("[1,2,]") ==
        "a.json:1:6: a value is missing\n"
        "  1 | [1,2,]\n"
        "    |      ^ remove the comma before it\n");
  for (const char* wrong : {"",    "[",     "{",     "{\"a\"",  "{\"a\":",   "{\"a\" 1}", "[1 2]",
                            "01",  "-",     "1.",    "1e",      ".5",        "+1",        "nul",
                            "'a'", "\"a",   "\"\\",  "\"\\x\"", "\"\\u12\"", "\"a\nb\"",  "[] []",
                            "NaN", "{a:1}", "/**/1", "\"\t\""}) {
    INFO(wrong);
    CHECK(json(wrong).substr(0, 7) == "a.json:");
  }
  CHECK(json(std::string(101, '[') + std::string(101, ']')).find("deeper than 100") !=
        std::string::npos);
  CHECK(json(std::string(1000000, '[')).find("deeper than 100") != std::string::npos);
}

TEST_CASE("print_json is JSON.generate and JSON.pretty_generate") {
  Arena arena;
  Array* array = make_array(arena);
  for (const Value& v : {Value(1), Value(1.0), Value(1e20),
                         Value("é\"\\/\n\x01</script>\xE2\x80\xA8\x7F"), Value(), Value(true)})
    array->push(v);
  CHECK(to_json(array) ==
        "[1,1.0,1.0e+20,\"é\\\"\\\\/\\n\\u0001</script>\xE2\x80\xA8\x7F\",null,true]");
  Map* map = make_map(arena);
  map->set("a", array);
  map->set(Value()) = make_map(arena);
  map->set(Value(1)) = make_array(arena);
  CHECK(to_json(map, 2) ==
        "{\n  \"a\": [\n    1,\n    1.0,\n    1.0e+20,\n    "
        "\"é\\\"\\\\/\\n\\u0001</script>\xE2\x80\xA8\x7F\",\n    "
        "null,\n    true\n  ],\n"
        "  \"\": {},\n  \"1\": []\n}");
  CHECK(to_json(Value::date(0)) == "\"1970-01-01\"");
  CHECK(to_json("\xFF") == "\"\xEF\xBF\xBD\"");
  CHECK(to_json(1 / 0.0) == "null");
}

// ---- CSV ----

TEST_CASE("parse_csv reads a header row, as Ruby's CSV") {
  CHECK(csv("a,b\n1,2\n") == R"([{"a"=>"1", "b"=>"2"}])");
  CHECK(csv("a,b\r\n1,2\r\n") == R"([{"a"=>"1", "b"=>"2"}])");
  CHECK(csv("a,b\r1,2\r") == R"([{"a"=>"1", "b"=>"2"}])");
  CHECK(csv("a,b\n1\n3,4,5\n") == R"([{"a"=>"1", "b"=>nil}, {"a"=>"3", "b"=>"4", nil=>"5"}])");
  CHECK(csv("a,b\n1,\"\"\n,\n\n") ==
        R"([{"a"=>"1", "b"=>""}, {"a"=>nil, "b"=>nil}, {"a"=>nil, "b"=>nil}])");
  CHECK(csv("a,a,,b\n1,2,3,4\n") == R"([{"a"=>"1", nil=>"3", "b"=>"4"}])");
  CHECK(csv("a,b\n\"x\"\"y\",\"l\nm\"") == R"([{"a"=>"x\"y", "b"=>"l\nm"}])");
  CHECK(csv("a\tb\n1,5\t2\n", '\t') == R"([{"a"=>"1,5", "b"=>"2"}])");
  CHECK(csv("") == "[]");
  CHECK(csv("a,b") == "[]");
}

TEST_CASE("malformed CSV is refused at its place") {
  CHECK(csv("a,b\nx\"y,2\n") ==
        "a.csv:2:2: a quote in a field without quotes\n"
        "  2 | x\"y,2\n"
        "    |  ^ double the quotes inside a quoted field\n");
  CHECK(csv("a\n\"x\"y\n").substr(0, 10) == "a.csv:2:4:");
  CHECK(csv("a\n\"x\n").substr(0, 10) == "a.csv:2:1:");
}

TEST_CASE("parse_csv reads a table as pandas, and tells where its rows begin") {
  auto table = [](const std::string& text) {
    Parsed p(text);
    List<std::uint32_t> begins;
    p.ok = parse_csv({"a.tsv", p.text}, '\t', p.arena, p.value, p.diagnostics, &begins);
    std::string result = p.result();
    for (std::uint32_t at : begins) result += " " + std::to_string(at);
    return result;
  };
  CHECK(table("a\tb\nsay \"x\"\t\"y\"\n") == R"([{"a"=>"say \"x\"", "b"=>"y"}] 4)");
  CHECK(table("a\tb\n\"x\" y \"z\"\t\"q\"\"r\"\n") == R"([{"a"=>"x y \"z\"", "b"=>"q\"r"}] 4)");
  CHECK(table("a\n\n\n\"l\nm\"\n\nx\r\n") == R"([{"a"=>"l\nm"}, {"a"=>"x"}] 4 11)");
  CHECK(table("a\rx\r\ry") == R"([{"a"=>"x"}, {"a"=>"y"}] 2 5)");
  CHECK(table("a\n\"x\n").substr(0, 10) == "a.tsv:2:1:");
  CHECK(table("") == "[]");
}

TEST_CASE("a table whose short rows lack too many fields is refused before it takes memory") {
  for (int columns : {2700, 50000}) {
    std::string text;
    for (int i = 0; i < columns; i++) text += "c" + std::to_string(i) + ",";
    text += "\n\"a row\"" + std::string(6250, '\n');
    Parsed p(text);
    p.ok = parse_csv({"a.csv", p.text}, ',', p.arena, p.value, p.diagnostics);
    CHECK(p.result().find("rows of the table lack more than a million fields") !=
          std::string::npos);
    // The widest row alone.
    CHECK(p.arena.held() < 64 * std::size_t(columns) + 4096);
  }
}
