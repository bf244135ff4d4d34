// Stops of a journey in a site's data, and the data that pages get.
//
// Each site has a _config.yml: a folder without one is a plain folder, whose pages need another
// module (CommonMark), which these tests don't have.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "meridian/site_modules.h"
#include "site_fixture.h"

using namespace meridian;

namespace {
std::string asked;
std::string answered;
bool is_there = true;

bool play(Str stops, bool by_date, Text& out) {
  asked = std::string(stops) + (by_date ? "by date" : "");
  out.add(answered);
  return is_there;
}

/// The stops that a page with the filter passes to the room travel, with `|` for tabs.
std::string lines_of(Str data) {
  asked.clear();
  answered = "trip\t0\t0\t0\t0\t0\t\t\n";
  site::set_itinerary(play);
  Workspace w;
  put_site(w, {{"_config.yml", ""},
               {"_data/stops.yml", data},
               {"index.md", "---\n---\n{% assign t = site.data.stops | itinerary %}{{ t.size }}"}});
  render(w, "/");
  std::string lines = asked;
  for (char& c : lines) c = c == '\t' ? '|' : c;
  return lines;
}
}  // namespace

TEST_CASE("itinerary: stops as authors write them become a line each") {
  CHECK(lines_of("[Berlin, 北京]") == "Berlin|||||\n北京|||||\n");
  CHECK(lines_of("- {city: Berlin, country: DE, from: 1799-06-05, to: 1799-07, note: x}\n") ==
        "Berlin|DE|||1799-06-05|1799-07\n");
  CHECK(lines_of("- {name: Camp, latitude: 1.5, lng: -2, date: 1799}\n") == "Camp||-2|1.5|1799|\n");
  CHECK(lines_of("- {title: A talk, location: \"Bonn, Germany\"}\n") == "Bonn, Germany|||||\n");
  CHECK(lines_of("- [Bonn, 50.7, 7.1]\n") == "Bonn||7.1|50.7||\n");
  CHECK(lines_of("{\"type\": FeatureCollection, features: [{geometry: {coordinates: [7.1, 50.7]}, "
                 "properties: {name: "
                 "Bonn}}]}") == "Bonn||7.1|50.7||\n");
  CHECK(lines_of("- \"Two\\nlines\\tand a tab\"\n") == "Two lines and a tab|||||\n");
  CHECK(lines_of("Bonn") == "Bonn|||||\n");
  CHECK(lines_of("{city: Bonn, lat: 1, lon: 2}") == "Bonn||2|1||\n");
  CHECK(lines_of("{a: {location: Bonn}, Kiel: {from: 1799}, Ulm: 1800}") ==
        "Bonn|||||\nKiel||||1799|\nUlm||||1800|\n");
  CHECK(lines_of("''") == "");
}

TEST_CASE("itinerary: the journey is data, with the author's own keys beside it") {
  site::set_itinerary(play);
  answered =
      "problem\t1\twhat\thelp\ntrip\t2\t2\t1\t1\t878\t1799\t1800\nstop\t1\t\tFR\tFrance\t2.35\t48."
      "85\nstop\t0\t\t\t\n";
  Workspace w;
  put_site(
      w,
      {{"_config.yml", ""},
       {"_data/stops.yml", "- city: Berlin\n  note: N\n- Paris\n"},
       {"index.md",
        "---\n---\n{% assign t = site.data.stops | itinerary: 'date' %}{{ t.size }} {{ t.countries "
        "}} {{ "
        "t.kilometres }} {{ t.first }}-{{ t.last }}"
        "{% for s in t.stops %} {{ s.name }} {{ s.code }} {{ s.lon }} {{ s.note }};{% endfor %}"}});
  Answer page = render(w, "/");
  CHECK(page.html == "<p>2 1 878 1799-1800 Paris FR 2.35 ; Berlin   N;</p>\n");
  CHECK(asked == "Berlin\t\t\t\t\t\nParis\t\t\t\t\t\nby date");
  // Said where it was written.
  CHECK(page.json.find("\"line\":3,\"column\":3,\"file\":\"_data/"
                       "stops.yml\",\"message\":\"what\",\"remedy\":\"help\"") !=
        std::string::npos);
}

TEST_CASE("itinerary: a problem of an empty list is reported for the page that shows it") {
  site::set_itinerary(play);
  answered = "problem\t0\tno stops\thelp\ntrip\t0\t0\t0\t0\t0\t\t\n";
  Workspace w;
  put_site(w, {{"_config.yml", ""},
               {"index.md", "---\n---\n{% assign t = site.data.none | itinerary %}{{ t.size }}"}});
  Answer page = render(w, "/");
  CHECK(page.html == "<p>0</p>\n");
  CHECK(page.json.find("\"file\":\"index.md\",\"message\":\"no stops\",\"remedy\":\"help\"") !=
        std::string::npos);
}

TEST_CASE("itinerary: the module and the files of the gazetteer are requested") {
  Workspace w;
  put_site(
      w, {{"_config.yml", ""},
          {"index.md", "---\n---\n{% assign t = 'Bonn' | split: ',' | itinerary %}{{ t.size }}"}});
  is_there = false;
  Answer page = render(w, "/");
  CHECK(page.status == site::Status::Needs);
  CHECK(page.json.find("\"modules\":[\"travel\"]") != std::string::npos);
  is_there = true;
  answered = "needs\tplaces/index.bin\tplaces/0.bin#64-127\n";
  page = render(w, "/");
  CHECK(page.json.find("\"modules\":[\"places/index.bin\",\"places/0.bin#64-127\"]") !=
        std::string::npos);
  answered = "trip\t1\t1\t1\t1\t0\t\t\nstop\t0\t\tDE\tGermany\t7.1\t50.7\nstop\t7\t\tDE\n";
  CHECK(render(w, "/").html == "<p>1</p>\n");
  site::set_itinerary(nullptr);
}
