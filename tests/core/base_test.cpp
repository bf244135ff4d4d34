// The ground: arena, lists, text, sorting, diagnostics.
#include "meridian/base.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

using namespace meridian;

TEST_CASE("Arena::alloc aligns to 8 bytes, and gives large pieces a block of their own") {
  std::size_t before = memory_held;
  Arena arena;
  std::vector<std::pair<char*, std::size_t>> pieces;
  for (std::size_t size : {1, 7, 8, 100, 40000, 3, 200000, 0, 65536, 5}) {
    auto* p = static_cast<char*>(arena.alloc(size));
    CHECK(reinterpret_cast<std::uintptr_t>(p) % 8 == 0);
    std::memset(p, int(pieces.size()), size);
    pieces.push_back({p, size});
  }
  for (std::size_t i = 0; i < pieces.size(); i++)
    CHECK(std::all_of(pieces[i].first, pieces[i].first + pieces[i].second,
                      [&](char c) { return std::size_t(c) == i; }));
  CHECK(memory_held - before >= 305655);
  arena.reset();
  CHECK(memory_held == before);
}

TEST_CASE("memory_held counts the bytes of arenas and texts until they are destroyed") {
  std::size_t before = memory_held;
  {
    Arena small;
    small.alloc(100);
    CHECK(memory_held - before < 2000);
    Text text;
    for (int i = 0; i < 1000; i++) text.add("0123456789");
    CHECK(memory_held - before > 10000);
  }
  CHECK(memory_held == before);
}

TEST_CASE("Arena::grow: a text that grows at either end takes a few times its size") {
  Arena arena;
  std::string expected;
  Str text = "", other = "";
  for (int i = 0; i < 20'000; i++) {
    char c = char('a' + i % 26);
    Str one(&c, 1);
    text = i % 3 ? arena.grow(text, one) : arena.grow(one, text);
    expected.insert(i % 3 ? expected.size() : 0, 1, c);
    // The next form of a text is found as well, wherever the old one stands in it.
    std::string longer = "<" + std::string(other) + ">";
    other = arena.grow_copy(other, longer);
  }
  CHECK(std::string(text) == expected);
  CHECK(std::string(other) == std::string(20'000, '<') + std::string(20'000, '>'));
  CHECK(arena.held() < 1'000'000);
}

TEST_CASE("Arena::grow: texts that grew from one beginning don't change each other") {
  Arena arena;
  std::string base(1000, 'x');
  Str first = arena.grow(arena.grow(base, "a"), "b");
  Str second = arena.grow(first, "c"), third = arena.grow(first, "d"),
      twice = arena.grow(first, first);
  CHECK(std::string(first) == base + "ab");
  CHECK(std::string(second) == base + "abc");
  CHECK(std::string(third) == base + "abd");
  CHECK(std::string(twice) == base + "ab" + base + "ab");
  arena.reset();
  CHECK(std::string(arena.grow(base, "e")) == base + "e");
}

TEST_CASE("Text ends at kMax, and drops what is added behind it") {
  Text text;
  std::string piece(3 << 20, 'x');
  for (int i = 0; i < 50; i++) text.add(piece);
  text.add('y');
  text.insert(0, "z");
  CHECK(text.size() == Text::kMax);
  CHECK(text.back() == 'x');
  CHECK(text.str()[0] == 'x');
  text.truncate(3);
  text.insert(0, "z");
  CHECK(text.str() == "zxxx");
}

TEST_CASE("Str::find and rfind find long strings as they find short ones") {
  std::uint32_t state = 1;
  auto random = [&](std::uint32_t below) {
    return (state = state * 1664525 + 1013904223) / 65536 % below;
  };
  for (int round = 0; round < 20000; round++) {
    std::string what, s;
    std::size_t size = 33 + random(20), period = 1 + random(24);
    for (std::size_t i = 0; i < size; i++)
      what += i < period ? char('a' + random(2)) : what[i - period];
    if (random(2)) what[random(std::uint32_t(size))] = 'b';
    while (s.size() < 400) {  // parts of it, and all of it
      std::size_t from = random(std::uint32_t(size)) * random(2);
      s += what.substr(from, 1 + random(std::uint32_t(size)));
      if (!random(20)) s += what;
    }
    std::size_t from = random(450);
    CHECK_FALSE(Str(s).find(Str(what), from) != s.find(what, from));
    CHECK_FALSE(Str(s).rfind(Str(what), from) != s.rfind(what, from));
    CHECK_FALSE(Str(s).rfind(Str(what)) != s.rfind(what));
  }
  std::string few(10, 'a'), many(40, 'a');
  CHECK(Str(few).find(Str(many)) == Str::npos);
  CHECK(Str(few).rfind(Str(many), 5) == Str::npos);
}

TEST_CASE("Arena::copy and Arena::join") {
  Arena arena;
  std::string text = "abc";
  Str kept = arena.copy(text);
  text = "xyz";
  CHECK(kept == "abc");
  CHECK(arena.join({"a", "", "bc", kept}) == "abcabc");
}

TEST_CASE("List::add accepts an item of the same list while it grows") {
  Arena arena;
  List<int> list;
  for (int i = 0; i < 4; i++) list.add(arena, i);
  list.add(arena, list[3]);
  CHECK(list.size == 5);
  CHECK(list.back() == 3);
}

TEST_CASE("Text grows, truncates, inserts, replaces, and prints integers up to their limits") {
  Text text;
  text.add("world");
  text.insert(0, "hello ");
  text.insert(11, "!");
  CHECK(text.str() == "hello world!");
  text.truncate(5);
  text.add(3, '.');
  CHECK(text.str() == "hello...");
  text.truncate(0);
  for (std::int64_t i : {std::int64_t(0), INT64_MIN, INT64_MAX, std::int64_t(-7)}) {
    text.truncate(0);
    text.add_int(i);
    CHECK(text.str() == std::to_string(i));
  }
}

TEST_CASE("stable_sort keeps the order of equal items, for any input") {
  std::mt19937 random(1);
  for (std::size_t size : {0, 1, 2, 3, 17, 1000}) {
    std::vector<std::pair<int, int>> items, expected;
    for (std::size_t i = 0; i < size; i++) items.push_back({int(random() % 10), int(i)});
    expected = items;
    std::stable_sort(expected.begin(), expected.end(),
                     [](auto& a, auto& b) { return a.first < b.first; });
    stable_sort(items.data(), items.size(),
                [](const auto& a, const auto& b) { return a.first < b.first; });
    CHECK(items == expected);
  }
}

TEST_CASE("SourceMap::find gives source and offset of a byte of the output") {
  Arena arena;
  Source page{"a.md", "0123456789"}, include{"b.html", "xyz"};
  SourceMap map;
  map.record(map, arena, {0, 2, &page, true});
  map.record(map, arena, {4, 1, &include, false});
  map.record(map, arena, {6, 0, nullptr, false});
  map.record(map, arena, {6, 8, &page, true});  // replaces the empty segment
  std::size_t offset = 0;
  CHECK(map.find(3, offset) == &page);
  CHECK(offset == 5);
  CHECK(map.find(5, offset) == &include);
  CHECK(offset == 1);
  CHECK(map.find(7, offset) == &page);
  CHECK(offset == 9);
  CHECK(SourceMap().find(0, offset) == nullptr);
}

TEST_CASE("print(Diagnostic) writes file, line, column, excerpt, caret and remedy") {
  Arena arena;
  Diagnostics diagnostics(arena);
  Source source{"a.md", "one\ntü two\n"};
  diagnostics.add(Severity::Warning, source, 8, "odd word", "use another");
  diagnostics.add(Severity::Warning, source, 8, "odd word", "use another");  // kept once
  diagnostics.add(Severity::Error, "b.md", "not there");
  CHECK(diagnostics.size() == 2);
  CHECK(diagnostics.has_errors());
  Text out;
  for (const Diagnostic& d : diagnostics) print(d, out);
  CHECK(out.str() ==
        "a.md:2:4: odd word\n"
        "  2 | tü two\n"
        "    |    ^ use another\n"
        "b.md: not there\n");
}

TEST_CASE("Diagnostics keeps at most kMax, and excerpts of at most kMaxExcerpt bytes") {
  Arena arena;
  Diagnostics diagnostics(arena);
  std::string line(100000, 'x');
  Source source{"a.md", line};
  for (std::size_t i = 0; i < 1000; i++) diagnostics.add(Severity::Error, source, i, "bad");
  CHECK(diagnostics.size() == Diagnostics::kMax);
  for (const Diagnostic& d : diagnostics) CHECK(d.excerpt.size() <= Diagnostics::kMaxExcerpt);
}

TEST_CASE("locate counts lines and columns from 1, columns in characters") {
  std::uint32_t line, column;
  locate("a\nüx", 4, line, column);
  CHECK((line == 2 && column == 2));
  locate("ab", 99, line, column);
  CHECK((line == 1 && column == 3));
}
