"""`meridian places` with the built gazetteer, and the code that builds its shards."""

import json
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MERIDIAN = ROOT / "build" / "native" / "meridian"
PLACES = ROOT / "build" / "dist" / "meridian" / "places"
sys.path.insert(0, str(ROOT / "core" / "travel" / "data"))
import choose
import keys
import make_places
import shards
import sources
import winners


def places(*names):
    return subprocess.run(
        [str(MERIDIAN), "places", *names], capture_output=True, text=True, timeout=60
    )


class Command(unittest.TestCase):
    def test_prints_one_line_a_name_in_order(self):
        result = places("Berlin", "Cambridge, MA", "Xyzzyq", "北京")
        lines = [line.split("\t") for line in result.stdout.splitlines()]
        self.assertEqual(
            [line[:4] for line in lines],
            [
                ["Berlin", "Berlin", "State of Berlin", "DE"],
                ["Cambridge, MA", "Cambridge", "Massachusetts", "US"],
                ["Xyzzyq", "", "", ""],
                ["北京", "Beijing", "Beijing", "CN"],
            ],
        )
        self.assertEqual([len(line) for line in lines], [7] * 4)
        self.assertEqual(lines[2][1:], [""] * 6)
        self.assertAlmostEqual(float(lines[0][4]), 52.52, delta=0.01)
        self.assertAlmostEqual(float(lines[0][5]), 13.41, delta=0.01)
        self.assertGreater(int(lines[0][6]), 3_000_000)

    def test_tells_namesakes_on_standard_error(self):
        result = places("Springfield", "Springfield, Illinois, US")
        self.assertEqual(result.returncode, 0)
        self.assertIn(
            "Springfield: ambiguous; Springfield, Missouri, US is taken; passed over: Springfield, Massachusetts, US (",
            result.stderr,
        )
        self.assertNotIn("Springfield, Illinois, US: ", result.stderr)

    def test_json_has_all_of_that(self):
        words = ("Cambridge, MA", "Springfield", "Muinch")
        result = places(*words, "--json")
        self.assertEqual([result.returncode, result.stderr], [1, ""])
        told = json.loads(result.stdout)["places"]
        lines = [line.split("\t") for line in places(*words).stdout.splitlines()]
        for one, line in zip(told[:2], lines):
            keys = ("asked", "name", "region", "country", "latitude", "longitude", "population")
            self.assertEqual([str(one[key]) for key in keys[:4]], line[:4])
            self.assertEqual([one[key] for key in keys[4:]], [float(text) for text in line[4:]])
        self.assertIn("Springfield, Massachusetts, US", told[1]["passed_over"])
        self.assertEqual([one["ambiguous"] for one in told], [False, True, False])
        muinch = {"asked": "Muinch", "readable": True, "ambiguous": False, "passed_over": []}
        self.assertEqual(told[2], {**muinch, "suggestions": ["Munich"]})

    def test_suggests_and_exits_with_1_for_an_unknown_name(self):
        result = places("Muinch", "Berlin")
        self.assertEqual(result.returncode, 1)
        self.assertIn("Muinch: no city is known by that name; did you mean Munich?", result.stderr)

    def test_says_where_a_name_is_when_not_where_it_was_looked_for(self):
        result = places("Springfield, Bavaria")
        self.assertEqual(result.returncode, 1)
        self.assertIn(
            "Springfield, Bavaria: none of that name is in `Bavaria`; there are: Springfield, Missouri, US",
            result.stderr,
        )

    def test_quiet_is_silent_about_what_it_knows(self):
        self.assertEqual(places("--quiet", "Springfield").stderr, "")
        self.assertIn("Xyzzyq", places("--quiet", "Xyzzyq").stderr)

    def test_keeps_to_one_line_whatever_is_asked(self):
        for name in ("a\tb\nc", "", "\x7f", ",,,", "x" * 100_000):
            result = places(name)
            self.assertEqual(result.stdout.count("\n"), 1, name[:10])
            self.assertEqual(result.stdout.count("\t"), 6, name[:10])

    def test_bytes_that_are_no_text_do_no_harm(self):
        result = subprocess.run(
            [str(MERIDIAN), "places", b"\xff\xfe"], capture_output=True, timeout=60
        )
        self.assertEqual((result.returncode, result.stdout.count(b"\t")), (1, 6))

    def test_wrong_use(self):
        self.assertEqual(places().returncode, 2)
        with tempfile.TemporaryDirectory() as folder:
            result = places("--shell", folder, "Berlin")
        self.assertEqual((result.returncode, result.stdout), (2, ""))
        self.assertIn("--shell", result.stderr)

    def test_regions_of_iso_3166_are_their_own(self):
        result = places(
            "--quiet",
            "Hong Kong",
            "Macao",
            "Taipei",
            "San Juan, Puerto Rico",
            "Nuuk",
            "Pristina",
            "Gibraltar",
        )
        self.assertEqual(
            [line.split("\t")[3] for line in result.stdout.splitlines()],
            ["HK", "MO", "TW", "PR", "GL", "XK", "GI"],
        )

    def test_help_names_it(self):
        self.assertIn(
            "meridian places NAME",
            subprocess.run([str(MERIDIAN), "--help"], capture_output=True, text=True).stdout,
        )


class Delivered(unittest.TestCase):
    def test_says_whose_data_it_is(self):
        notice = (PLACES / "NOTICE.txt").read_text(encoding="utf-8")
        for word in (
            "GeoNames",
            "creativecommons.org/licenses/by/4.0",
            "UNICODE LICENSE",
            "MIT License",
        ):
            self.assertIn(word, notice)

    def test_packs_are_a_handful_and_have_no_compressed_forms(self):
        packs = sorted(PLACES.glob("[0-9a-f].bin"))
        self.assertEqual(len(packs), make_places.PAGES // shards.PACK)
        # What a host that sends no ranges sends for one name.
        self.assertLess(max(pack.stat().st_size for pack in packs), 150_000)
        self.assertFalse(list(PLACES.glob("[0-9a-f].bin.*")))
        self.assertTrue((PLACES / "index.bin.br").exists())

    def test_a_pack_that_is_cut_or_of_another_build_is_reported(self):
        for name, damage in (
            ("cut", lambda data: data[: len(data) // 64 * 32]),
            ("other", lambda data: bytes(byte ^ 0x55 for byte in data)),
            ("moved", lambda data: data[64:]),
        ):
            with self.subTest(name), tempfile.TemporaryDirectory() as folder:
                shell = Path(folder, "meridian")
                shutil.copytree(PLACES, shell / "places")
                for pack in (shell / "places").glob("[0-9a-f].bin"):
                    pack.write_bytes(damage(pack.read_bytes()))
                names = ["Berlin", "Rothenburg ob der Tauber", "Hakone", "Moab", "Ubud", "Leh"]
                result = places("--shell", folder, *names)
                self.assertIn("a file of the gazetteer is missing or damaged", result.stderr)
                self.assertEqual(result.returncode, 1)

    def test_go_where_browsers_render_a_globe(self):
        for site, more, there in (
            ("folder", (), False),
            ("folder", ("--raw",), False),
            ("theme", ("--raw",), True),
        ):
            with tempfile.TemporaryDirectory() as folder:
                subprocess.run(
                    [
                        str(MERIDIAN),
                        "build",
                        "--quiet",
                        "--source",
                        str(ROOT / "tests/sites" / site),
                        "--destination",
                        folder,
                        *more,
                    ],
                    capture_output=True,
                    timeout=60,
                )
                self.assertTrue((Path(folder) / "meridian" / "theme.css").exists())
                self.assertEqual(
                    (Path(folder) / "meridian" / "places" / "index.bin").exists(), there
                )

    def test_go_with_written_pages_whose_globe_asks_for_names(self):
        known = '<li data-lon="13.4" data-lat="52.5">Berlin</li>'
        for stops, there in (
            (known, False),
            (known + "<li>Paris</li>", True),
            ('<script type="application/json">["Rome"]</script>', True),
        ):
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "source").mkdir()
                page = f'---\nlayout: null\n---\n<script type="module" src="/meridian/globe.js"></script><meridian-globe>{stops}</meridian-globe>'
                Path(folder, "source", "index.html").write_text(page, encoding="utf-8")
                subprocess.run(
                    [
                        str(MERIDIAN),
                        "build",
                        "--quiet",
                        "--source",
                        f"{folder}/source",
                        "--destination",
                        f"{folder}/site",
                    ],
                    capture_output=True,
                    timeout=60,
                )
                shell = Path(folder, "site", "meridian")
                self.assertTrue((shell / "globe.js").exists())
                self.assertEqual((shell / "places" / "index.bin").exists(), there)


class Journey(unittest.TestCase):
    """The command's output for a list of stops."""

    def told(self, stops):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source")
            (source / "_data").mkdir(parents=True)
            (source / "_config.yml").write_text("title: T\n")
            (source / "index.md").write_text(
                "---\nlayout: page\n---\n{% include travel-globe.html stops=site.data.travel %}\n"
            )
            if stops is not None:
                (source / "_data" / "travel.yml").write_text(stops)
            done = subprocess.run(
                [
                    str(MERIDIAN),
                    "build",
                    "--quiet",
                    "--source",
                    str(source),
                    "--destination",
                    f"{folder}/site",
                ],
                capture_output=True,
                text=True,
                timeout=60,
            )
            return done.stderr, Path(folder, "site", "index.html").read_text(encoding="utf-8")

    def test_mistakes_are_told_with_file_line_and_remedy(self):
        told, page = self.told(
            "- Berlin\n- {city: Camp, lat: .nan, lon: 10}\n- {city: Nowhereville, date: 1800}\n- {city: Paris, lat: 48.9, lon: 222222, date: 1700}\n"
        )
        for place, what, remedy in (
            ("_data/travel.yml:2:10", "is not a latitude and longitude", "`lat` is from -90 to 90"),
            ("_data/travel.yml:3:10", "“Nowhereville” is not a place", "Give it `lat` and `lon`"),
            (
                "_data/travel.yml:4:10",
                "222222” is not a latitude",
                "in degrees with a decimal point",
            ),
            (
                "_data/travel.yml:4:10",
                "the order of its dates: 1700 is listed after 1800",
                '`order="date"` sorts them',
            ),
        ):
            line = next(
                (
                    line
                    for line in told.splitlines()
                    if line.startswith(place + ":") and what in line
                ),
                "",
            )
            self.assertTrue(line, f"{place} {what}\n{told}")
            self.assertIn(remedy, told)
        self.assertEqual(page.count("data-lon="), 2)
        self.assertIn('aria-label="stops 4 countries / regions 2"', page)

    def built(self, files, **more):
        """What is reported of a site, and the files that are written."""
        with tempfile.TemporaryDirectory() as folder:
            for name, text in {"_config.yml": "title: T\n", **files}.items():
                path = Path(folder, "source", name)
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            command = [str(MERIDIAN), "build", "--quiet", "--source", f"{folder}/source"]
            command += ["--destination", f"{folder}/site"]
            done = subprocess.run(command, capture_output=True, text=True, timeout=60, **more)
            site = Path(folder, "site")
            texts = {
                str(path.relative_to(site)): path.read_text(encoding="utf-8")
                for path in site.rglob("*")
                if path.suffix in (".html", ".json")
            }
            return done.stderr, texts

    def stops_of(self, page):
        """Name, `data-from` and note of the items of a page's globe."""
        items = re.findall(r"<li( data-lon.*?)</li>", page)
        name = r"<(?:a href=[^>]*|b)>(.*?)</(?:a|b)>"
        return [
            (
                re.search(name, item)[1],
                (re.search(r'data-from="(.*?)"', item) or ["", ""])[1],
                (re.search(r'data-note="(.*?)"', item) or ["", ""])[1],
            )
            for item in items
        ]

    def test_documents_are_shown_by_their_location_and_date(self):
        def document(**front):
            lines = "".join(f"{key}: {value}\n" for key, value in front.items())
            return f"---\n{lines}---\nx\n"

        collections = "collections: {talks: {output: true}, portfolio: {output: true}}\n"
        files = {
            "_config.yml": "title: T\n" + collections,
            "_talks/2014-02-01-a.md": document(title="A", location="'Berlin, Germany'"),
            "_talks/2012-03-01-b.md": document(title="B", city="Paris", date="2012-03-01 09:30"),
            "_talks/2013-03-01-c.md": document(title="Rome"),
            "_talks/2015-01-01-d.md": document(title="D", location="Nowhereville"),
            "_talks/2016-01-01-e.md": document(title="E", lat="1.5", lon="2.5"),
            "_posts/2015-01-01-new.md": document(title="New", place="Nairobi"),
            "_posts/2011-01-01-old.md": document(title="Old", location="Oslo", note="N"),
            "_portfolio/one.md": document(title="One", location="Lima"),
            "_portfolio/two.md": document(title="Two"),
            "here.md": document(title="Here", location="Bern"),
        }
        for name in ("talks", "posts", "portfolio", "pages", "html_pages"):
            include = f"{{% include travel-globe.html stops=site.{name} %}}"
            files[f"{name}.html"] = f"---\n---\n{include}\n"
        told, pages = self.built(files)
        self.assertEqual(
            self.stops_of(pages["talks.html"]),
            [
                ("Paris", "2012-03-01", "B"),
                ("Berlin, Germany", "2014-02-01", "A"),
                ("E", "2016-01-01", ""),
            ],
        )
        self.assertEqual(
            self.stops_of(pages["posts.html"]),
            [("Nairobi", "2015-01-01", "New"), ("Oslo", "2011-01-01", "N")],
        )
        self.assertEqual(self.stops_of(pages["portfolio.html"]), [("Lima", "", "One")])
        for name in ("pages.html", "html_pages.html"):
            self.assertEqual(self.stops_of(pages[name]), [("Bern", "", "Here")])
        self.assertRegex(told, r"^_talks/2015-01-01-d.md:3:11: “Nowhereville” is not a place")
        self.assertEqual(told.count("\n"), 3, told)
        self.assertNotIn("<time>20", "".join(pages.values()))

    def test_a_single_stop_and_a_map_of_stops_are_lists(self):
        for stops, names in (
            ("Berlin", ["Berlin"]),
            ("{city: Berlin, date: 2019}", ["Berlin"]),
            (
                "{home: {city: Berlin}, Paris: {from: 2019}, Rome: 2020}",
                ["Berlin", "Paris", "Rome"],
            ),
        ):
            told, page = self.told(stops + "\n")
            self.assertEqual([name for name, *_ in self.stops_of(page)], names)
            self.assertEqual(told, "")

    def test_dates_of_every_form_are_read_alike(self):
        told, page = self.told(
            "- {city: Berlin, from: 2026-07-01, to: 2026-07}\n"
            "- {city: Paris, from: 2026-07-15 10:00:00, to: 2026}\n"
            '- {city: Rome, date: "2026-08-02T10:00"}\n- {city: Oslo, date: 2027}\n'
            "- {city: Bern, date: Spring 2027}\n- {city: Lima, from: 2027-05, to: 2027-04-30}\n"
            '- {city: Nairobi, date: "2025"}\n'
        )
        self.assertEqual(
            [(name, since) for name, since, _ in self.stops_of(page)],
            [
                ("Berlin", "2026-07-01"),
                ("Paris", "2026-07-15"),
                ("Rome", "2026-08-02"),
                ("Oslo", "2027"),
                ("Bern", "Spring 2027"),
                ("Lima", "2027-05"),
                ("Nairobi", "2025"),
            ],
        )
        self.assertNotIn("00:00", page)
        lines = [line for line in told.splitlines() if line.startswith("_data")]
        self.assertEqual(
            lines,
            [
                "_data/travel.yml:6:10: the stay ends before it begins: 2027-05 to 2027-04-30",
                "_data/travel.yml:7:10: the list is not in the order of its dates: 2025 is "
                "listed after 2027-05",
            ],
        )

    def test_messages_about_dates_are_not_of_the_rule_for_places(self):
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "_data").mkdir()
            Path(folder, "_config.yml").write_text("title: T\n")
            include = "{% include travel-globe.html stops=site.data.t %}"
            Path(folder, "index.md").write_text(f"---\n---\n{include}\n")
            Path(folder, "_data", "t.yml").write_text(
                "- {city: Berlin, from: 2026-07-01}\n- {city: Paris, from: 2025-03, to: 2024}\n"
                "- Nowhereville\n"
            )
            done = subprocess.run(
                [str(MERIDIAN), "check", "--json", "--source", folder],
                capture_output=True,
                text=True,
                timeout=60,
            )
        found = [(f["rule"], f["line"]) for f in json.loads(done.stdout) if "t.yml" in f["file"]]
        self.assertEqual(sorted(found), [("data", 2), ("data", 2), ("unknown-place", 3)])

    def test_the_profile_has_no_place_that_is_not_known(self):
        _, files = self.built(
            {
                "_config.yml": "title: T\nauthor: {name: Ada}\n",
                "_data/travel.yml": "- Nowhereville\n- Berlin\n- {city: Erewhon, date: 2019}\n"
                "- {city: Null Island, lat: 0, lon: 0}\n- Shangri-Laa\n",
                "index.md": "---\n---\nx\n",
            }
        )
        stops = json.loads(files["profile.json"])["stops"]
        self.assertEqual(
            [(stop[2], stop[0] == 0) for stop in stops], [("Berlin", False), ("Null Island", True)]
        )

    def test_an_empty_list_is_told_and_counted(self):
        for stops in (None, "[]\n"):
            told, page = self.told(stops)
            self.assertIn("index.md: there are no stops", told)
            self.assertIn("<dd>0</dd>", page)
            self.assertNotIn('<svg class="globe__still"', page)


class Keys(unittest.TestCase):
    def setUp(self):
        self.of = keys.Keys().of

    def test_drop_case_diacritics_and_punctuation(self):
        for name, key in (
            ("São Paulo", "sao paulo"),
            ("Łódź", "lodz"),
            ("St. John's", "saint johns"),
            ("Xi’an", "xian"),
            ("Saint–Denis", "saint denis"),
            ("İSTANBUL", "istanbul"),
            ("Đà Nẵng", "da nang"),
            ("ΑΘΉΝΑ", "αθηνα"),
            ("Ёлка", "елка"),
            ("أبها", "ابها"),
            ("東京", "東京"),
            ("Ｔｏｋｙｏ", "tokyo"),
            ("", ""),
        ):
            self.assertEqual(self.of(name), key)

    def test_are_keys_of_themselves(self):
        for name in ("Þórshöfn", "Æbeltoft", "Kraków", "Weißenfels", "مكة", "ไทย"):
            self.assertEqual(self.of(self.of(name)), self.of(name))


def city(name, population, country="DE", latitude=50.0, longitude=10.0, names=(), code="PPL"):
    return sources.City(
        population, name, list(names), latitude, longitude, code, country, "", population
    )


class Choice(unittest.TestCase):
    def names(self, *cities):
        places = choose.read_places(list(cities), keys.Keys().of)
        return winners.Names(places, {"san marino": "SM"})

    def winner(self, key, *cities):
        names = self.names(*cities)
        return names.places[names.winner(key)].city

    def test_population_decides(self):
        self.assertEqual(
            self.winner("x", city("X", 5000), city("X", 9000, latitude=20)).population, 9000
        )

    def test_another_name_counts_for_a_fortieth(self):
        other = city("Chattogram", 3_900_000, "BD", 22, 92, ["Islamabad"])
        self.assertEqual(
            self.winner("islamabad", city("Islamabad", 600_000, "PK"), other).country, "PK"
        )
        self.assertEqual(
            self.winner("islamabad", city("Islamabad", 90_000, "PK"), other).country, "BD"
        )

    def test_another_spelling_counts_for_a_quarter(self):
        brugge = city("Brugge", 116_000, "BE", 51.2, 3.2, ["Bruges"])
        self.assertEqual(self.winner("bruges", city("Bruges", 12_700, "FR"), brugge).country, "BE")
        self.assertEqual(self.winner("bruges", city("Bruges", 32_000, "FR"), brugge).country, "FR")

    def test_brackets_and_city_are_left_out_for_short(self):
        self.assertEqual(
            self.winner(
                "halle", city("Halle (Saale)", 234_000), city("Halle", 35_000, "BE", 51, 4)
            ).country,
            "DE",
        )
        self.assertEqual(
            self.winner(
                "new york",
                city("New York City", 8_000_000, names=["New York"]),
                city("New York", 9_000, "GB"),
            ).country,
            "DE",
        )
        self.assertNotIn("salt lake", self.names(city("Salt Lake City", 190_000)).also)

    def test_a_city_of_the_country_of_that_name_wins(self):
        self.assertEqual(
            self.winner(
                "san marino",
                city("San Marino", 13_500, "US"),
                city("San Marino", 4_500, "SM", 44, 12),
            ).country,
            "SM",
        )

    def test_a_town_and_its_commune_are_one(self):
        self.assertEqual(
            len(self.names(city("X", 5000), city("X", 9000, latitude=50.1)).own["x"]), 1
        )

    def test_villages_are_left_out_unless_they_are_seats(self):
        kept = self.names(
            city("A", 300),
            city("B", 300, code="PPLA"),
            city("C", 1000),
            city("D", 5000, code="PPLX"),
            city("E", 9000, code="PPLH"),
        )
        self.assertEqual(sorted(kept.own), ["b", "c"])

    def test_airports_and_transliterations_are_no_names(self):
        self.assertEqual(
            [
                n
                for n in ("MUC", "mwnykh", "bei jing", "München", "мюнхен", "")
                if choose.is_name(n)
            ],
            ["München", "мюнхен"],
        )


class Packed(unittest.TestCase):
    def test_population_keeps_three_digits(self):
        for people in (0, 1, 999, 1000, 1234, 9995, 24_874_500):
            bits = shards.Bits()
            shards.pack_population(people, bits)
            value = bits.value >> shards.EXPONENT_BITS
            value *= 10 ** (bits.value & (1 << shards.EXPONENT_BITS) - 1)
            self.assertLessEqual(abs(value - people), people * 0.006)

    def test_a_code_is_a_prefix_of_no_other(self):
        code = shards.Code(shards.Counter(b"the more often a letter, the shorter"), 256)
        words = [format(value, f"0{size}b") for value, size in code.codes.values()]
        self.assertFalse([(a, b) for a in words for b in words if a != b and b.startswith(a)])
        self.assertLess(code.lengths[ord("e")], code.lengths[ord("m")])


if __name__ == "__main__":
    unittest.main()
