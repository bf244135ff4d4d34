"""`meridian check --external`: what it asks other hosts, and what it tells of their answers."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import unittest
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent)]
from command import HANG, MERIDIAN, CommandCase, meridian, on_terminal, write
from link_server import LinkServer

# No resolver is asked for a name whose label is longer than 63 characters: RFC 1035.
NO_HOST = f"http://{'x' * 64}.example/"
PRIVATE = "this address leads into a private network"


@unittest.skipUnless(shutil.which("curl"), "curl is not installed")
class ExternalCase(CommandCase):
    SITE = {"_config.yml": "title: T\n", "index.md": "---\n---\nHello\n"}

    def setUp(self):
        super().setUp()
        self.server = LinkServer()
        self.addCleanup(self.server.close)
        self.env = {
            "XDG_CACHE_HOME": str(self.folder / "cache"),
            "HOME": str(self.folder),
            "MERIDIAN_PRIVATE_LINKS": "1",
            "MERIDIAN_LINK_SECONDS": "600",  # beside busy processes, too
            "no_proxy": "127.0.0.1",
        }
        self.cache = self.folder / "cache" / "meridian" / "links.json"

    def links(self, *paths):
        """Writes a page with a link on each line, the first one on line 3."""
        lines = [f"[x]({path if ':' in path else self.server.url + path})\n" for path in paths]
        write(self.source, {"index.md": "---\n---\n" + "\n".join(lines)})

    def check(self, *arguments, **more):
        env = {**self.env, **more.pop("env", {})}
        return meridian("check", "--external", "--source", self.source, *arguments, env=env, **more)

    def findings(self, *paths, **more):
        """Those of links, or of the site as it is: (rule, severity, line, message)."""
        if paths:
            self.links(*paths)
        result = self.check("--json", **more)
        self.assertEqual(result.stderr, "")
        return [
            (f["rule"], f["severity"], f["line"], f["message"].replace(self.server.url, ""))
            for f in json.loads(result.stdout)
        ]


class Answers(ExternalCase):
    def test_what_is_gone_is_a_warning_where_it_stands(self):
        self.links("/ok", "/status/404")
        result = self.check()
        self.assertEqual(result.returncode, 0)
        self.assertEqual(
            result.stderr,
            f"index.md:5:5: this address leads nowhere: `{self.server.url}/status/404` (answered "
            f"with 404) [dead-link]\n  5 | [x]({self.server.url}/status/404)\n"
            "    |     ^ correct it, or remove it\n"
            "1 page, 2 external links checked, 1 finding\n",
        )
        self.assertEqual(self.check("--strict").returncode, 1)

    def test_gone_are_404_410_and_names_without_a_host(self):
        self.assertEqual(
            self.findings("/status/404", "/status/410", NO_HOST),
            [
                (
                    "dead-link",
                    "warning",
                    3,
                    "this address leads nowhere: `/status/404` (answered with 404)",
                ),
                (
                    "dead-link",
                    "warning",
                    5,
                    "this address leads nowhere: `/status/410` (answered with 410)",
                ),
                (
                    "dead-link",
                    "warning",
                    7,
                    f"this address leads nowhere: `{NO_HOST}` (no host has this name)",
                ),
            ],
        )

    def test_without_any_answer_names_are_not_called_wrong(self):
        [(rule, severity, _, _)] = self.findings(NO_HOST)
        self.assertEqual((rule, severity), ("unchecked-link", "info"))

    def test_hosts_that_refuse_strangers_are_there(self):
        paths = [f"/status/{status}" for status in (200, 204, 400, 401, 403, 406, 451, 999)]
        self.assertEqual(self.findings(*paths), [])

    def test_head_that_is_refused_is_no_answer(self):
        paths = [f"/head/{status}" for status in (403, 404, 405, 500, 501)]
        self.assertEqual(self.findings(*paths, "/close"), [])
        for path in (*paths, "/close"):
            asked = [one for one in self.server.requests if one.endswith(path)]
            self.assertEqual(asked, [f"HEAD {path}", f"GET {path}"])

    def test_each_address_is_asked_for_once(self):
        write(self.source, {"about.md": f"---\n---\n[x]({self.server.url}/ok#two)\n"})
        self.assertEqual(self.findings("/ok", "/ok#one"), [])
        self.assertEqual(self.server.requests, ["HEAD /ok"])

    def test_of_one_host_two_are_asked_for_at_once(self):
        self.assertEqual(self.findings(*(f"/ok?{number}" for number in range(20))), [])
        self.assertEqual(len(self.server.requests), 20)
        self.assertLessEqual(self.server.most_open, 2)

    def test_what_is_busy_is_asked_again(self):
        self.assertEqual(self.findings("/once/429/0", "/once/503/0"), [])
        self.assertEqual(
            sorted(self.server.requests),
            ["GET /once/429/0", "GET /once/503/0", "HEAD /once/429/0", "HEAD /once/503/0"],
        )

    def test_a_pause_may_be_given_as_a_date(self):
        later = "/once/503/date3600"
        found = self.findings("/once/429/date-3600", later, "/once/429/no date")
        self.assertEqual([(one[0], one[2]) for one in found], [("unchecked-link", 5)])
        self.assertIn("GET /once/429/date-3600", self.server.requests)
        self.assertNotIn(f"GET {later}", self.server.requests)

    def test_what_stays_busy_is_told_as_not_known(self):
        self.assertEqual(
            self.findings("/status/503", "/once/429/3600"),
            [
                (
                    "unchecked-link",
                    "info",
                    line,
                    f"whether this address leads anywhere is not known: `{path}` (answered with "
                    f"{status})",
                )
                for line, path, status in (
                    (3, "/status/503", 503),
                    (5, "/once/429/3600", 429),
                )
            ],
        )
        # So long a pause is not made.
        self.assertNotIn("GET /once/429/3600", self.server.requests)

    def test_an_answer_that_does_not_come_is_told_with_the_time(self):
        [(rule, _, _, message)] = self.findings("/slow", env={"MERIDIAN_LINK_SECONDS": "1"})
        self.assertEqual(rule, "unchecked-link")
        self.assertTrue(message.endswith("`/slow` (no answer within 1 second)"), message)

    def test_of_a_body_without_an_end_the_begin_is_read(self):
        self.assertEqual(self.findings("/huge"), [])
        self.assertTrue(self.server.cut_off.wait(HANG))

    def test_redirects_are_followed_and_lasting_ones_told(self):
        self.assertEqual(
            self.findings(
                "/moved/302/ok",
                "/moved/301/ok",
                "/moved/308/moved/307/ok",
                "/moved/302/status/404",
                "/to/mailto/a",
            ),
            [
                (
                    "moved-link",
                    "info",
                    5,
                    "this address has moved for good to `/ok`: `/moved/301/ok`",
                ),
                (
                    "moved-link",
                    "info",
                    7,
                    "this address has moved for good to `/moved/307/ok`: `/moved/308/moved/307/ok`",
                ),
                (
                    "dead-link",
                    "warning",
                    9,
                    "this address leads nowhere: `/moved/302/status/404` (answered with 404 at "
                    "`/status/404`)",
                ),
            ],
        )

    def test_redirects_in_a_circle_end(self):
        [(rule, severity, _, message)] = self.findings("/loop")
        self.assertEqual((rule, severity), ("unchecked-link", "info"))
        self.assertIn("(more than 5 redirects", message)
        self.assertEqual(self.server.requests, ["HEAD /loop"] * 6)

    def test_control_characters_of_others_reach_no_terminal(self):
        self.links("/control", "/status/404?a")
        write(
            self.source,
            {"a.html": f'---\n---\n<a href="{self.server.url}/status/404?&#27;[31m&#x9b;1m">x</a>'},
        )
        for arguments in ([], ["--format", "github"]):
            result = self.check(*arguments)
            self.assertIn("dead-link", result.stderr + result.stdout)
            self.assertNotRegex(result.stderr + result.stdout, "[\x00-\x09\x0b-\x1f\x7f-\x9f]")


class Sources(ExternalCase):
    def test_every_element_that_shows_something_of_others_is_read(self):
        url = self.server.url
        write(
            self.source,
            {
                "a.html": f'<a href="{url}/status/404?a">x</a>\n<img src="{url}/status/404?img"'
                f' srcset="{url}/status/404?one 1x, {url}/status/404?two 2x" alt="">\n'
                f'<script src="{url}/status/404?js"></script>\n'
                f'<link rel="stylesheet" href="{url}/status/404?css">\n'
                f'<link rel="preconnect" href="{url}/status/404?no">\n'
                f'<a href="#here" data-src="{url}/status/404?no">x</a>\n'
            },
        )
        places = [(line, message.split("`")[1]) for _, _, line, message in self.findings()]
        self.assertCountEqual(
            [(line, address.split("?")[1]) for line, address in places],
            [(1, "a"), (2, "img"), (2, "one"), (2, "two"), (3, "js"), (4, "css")],
        )

    def test_layouts_and_data_are_where_the_mistake_is(self):
        url = self.server.url
        write(
            self.source,
            {
                "_layouts/page.html": f'<p>\n<a href="{url}/status/404">x</a></p>{{{{ content }}}}',
                "_data/links.yml": f"- {url}/status/410\n",
                "a.md": "---\nlayout: page\n---\nx\n",
                "b.md": "---\nlayout: page\n---\n{% for l in site.data.links %}[x]({{ l }})"
                "{% endfor %}\n",
            },
        )
        result = self.check("--json")
        self.assertEqual(
            sorted((f["file"], f["line"], f["column"]) for f in json.loads(result.stdout)),
            [("_data/links.yml", 1, 3), ("_layouts/page.html", 2, 10)],
        )

    def test_what_is_no_other_host_of_the_web_is_left_alone(self):
        write(self.source, {"_config.yml": f"title: T\nurl: {self.server.url}\n"})
        self.links(
            "/own/", "mailto:a@b.example", "tel:+49", "ftp://127.0.0.1/x", "data:text/plain,x"
        )
        self.assertNotIn("dead-link", self.check("--json").stdout)
        self.assertEqual(self.server.requests, [])

    def test_a_comment_leaves_a_finding_out(self):
        ignore = "<!-- meridian-ignore-next-line dead-link -->\n"
        page = f"---\n---\n{ignore}[x]({self.server.url}/%s)\n"
        write(self.source, {"index.md": page % "status/404"})
        self.assertEqual(self.findings(), [])
        # The host may answer today, or not be asked.
        write(self.source, {"index.md": page % "ok"})
        self.assertEqual(self.findings(), [])
        self.assertEqual(
            json.loads(meridian("check", "--json", "--source", self.source).stdout), []
        )

    def test_other_formats_have_the_findings(self):
        self.links("/status/404", "/moved/301/ok")
        [run] = json.loads(self.check("--format", "sarif").stdout)["runs"]
        self.assertEqual(
            [(one["ruleId"], one["level"]) for one in run["results"]],
            [("dead-link", "warning"), ("moved-link", "note")],
        )
        lines = self.check("--format", "github").stdout.splitlines()
        self.assertEqual([line.split(" ")[0] for line in lines], ["::warning", "::notice"])


class Strangers(ExternalCase):
    def test_private_networks_are_not_asked(self):
        port = self.server.url.rpartition(":")[2]
        hosts = ("localhost", "127.1", "0x7f000001", "2130706433", "[::1]", "[::ffff:127.0.0.1]")
        hosts += ("10.1.2.3", "172.31.0.1", "192.168.0.1", "169.254.169.254", "[fd00::1]", "router")
        hosts += (
            "printer.local",
            "a.localhost",
            "a@127.0.0.1",
            "LOCALHOST.",
            "0.0.0.0",
            "[fe80::1]",
        )
        addresses = [f"http://{host}:{port}/ok" for host in hosts]
        found = self.findings(*addresses, env={"MERIDIAN_PRIVATE_LINKS": ""})
        self.assertEqual(
            [(rule, severity, message) for rule, severity, _, message in found],
            [
                (
                    "unchecked-link",
                    "info",
                    f"this address leads into a private network, and was not checked: `{one}`",
                )
                for one in addresses
            ],
        )
        self.assertEqual(self.server.requests, [])

    def test_numbers_in_disguise_are_not_asked(self):
        port = self.server.url.rpartition(":")[2]
        ignored = (
            "\u00ad \u034f \u061c \u115f \u17b4 \u180b \u180e \u200b \u200c \u200d \u2060 \u3164"
        )
        ignored += " \ufe00 \ufe0f \ufeff \uffa0 \U000e0020 \U000e0100"
        hosts = [f"127.0.{c}0.1" for c in ignored.split()]
        hosts += [f"127.0.0.1{c}" for c in ignored.split()]
        hosts += [f"l{c}ocalhost" for c in ignored.split()]
        hosts += [f"127{c}0.0.1" for c in "\u3002\uff0e\uff61\u2024"]
        hosts += [
            "\uff11\uff127.0.0.1",
            "\u2460\u2461\u2466.1",
            "\U0001d7cf\U0001d7d07.1",
            "\u00b927.1",
        ]
        hosts += ["\u2488\u2489", "\u216c\u24de\u24b8alhost", "\uff4cocalhost", "\u017flocalhost"]
        hosts += ["127.0.0.1..", "127..1", "%31%32%37.0.0.1", "127.0.0.%31", "127.0.0.1%00", "08.1"]
        hosts += [
            "1.2.3.256",
            "0x7f.0.0.1.0x0",
            "[fe80::1%25lo]",
            "[::1%25lo]",
            "[::1]x",
            "[127.0.0.1]",
        ]
        found = self.findings(
            *(f"http://{host}:{port}/ok" for host in hosts), env={"MERIDIAN_PRIVATE_LINKS": ""}
        )
        self.assertEqual((found, self.server.requests), ([], []))

    def test_numbers_of_every_notation_and_translation_are_private(self):
        port = self.server.url.rpartition(":")[2]
        hosts = (
            "0177.0.0.1 0x7F.1 127.0.1 017700000001 0X7f000001 127.0.0.1. a:b@127.0.0.1 192.0.2.1"
        )
        hosts += " [::127.0.0.1] [0:0:0:0:0:FFFF:7F00:1] [::ffff:0:127.0.0.1] [64:ff9b::127.0.0.1]"
        hosts += " [64:ff9b::a00:1] [64:ff9b:1::1] [64:ff9b:1:fffe::7f00:1] [2002:7f00:1::1]"
        hosts += (
            " [2002:808:808::1] [2001:0:4136:e378::1] [fec0::1] [ff02::1] [100::1] [2001:db8::1]"
        )
        hosts += " 198.51.100.7 203.0.113.7 192.88.99.1 255.255.255.255 @[::1] 2130706433."
        found = self.findings(
            *(f"http://{host}:{port}/ok" for host in hosts.split()),
            env={"MERIDIAN_PRIVATE_LINKS": ""},
        )
        self.assertEqual({message.partition(",")[0] for *_, message in found}, {PRIVATE})
        self.assertEqual([line for _, _, line, _ in found], [3 + 2 * i for i in range(len(found))])
        self.assertEqual(len(found), len(hosts.split()))
        self.assertEqual(self.server.requests, [])

    def test_names_beyond_ascii_are_asked_for_in_punycode(self):
        proxy = {"http_proxy": self.server.url, "no_proxy": "", "MERIDIAN_PRIVATE_LINKS": ""}
        names = {
            "M\u00dcLLER.example": "xn--mller-kva.example",
            "b\u00fccher.stra\u00dfe.example": "xn--bcher-kva.xn--strae-oqa.example",
            "\u4f8b\u3048.\u30c6\u30b9\u30c8": "xn--r8jz45g.xn--zckzah",
            "\u043f\u0440\u0438\u043c\u0435\u0440.example": "xn--e1afmkfd.example",
            "\u0645\u062b\u0627\u0644.example": "xn--mgbh0fb.example",
            "r\u00e9sum\u00e9-1.example": "xn--rsum-1-bvad.example",
        }
        self.assertEqual(self.findings(*(f"http://{name}/ok" for name in names), env=proxy), [])
        self.assertCountEqual(
            self.server.requests, [f"HEAD http://{name}/ok" for name in names.values()]
        )

    def programs(self, **scripts):
        """A folder with programs, beside which others are found: the environment with it."""
        folder = self.folder / "bin"
        for name, script in scripts.items():
            write(folder, {name: f"#!/bin/sh\n{script}\n"})
            (folder / name).chmod(0o755)
        return {"PATH": f"{folder}:{os.environ['PATH']}", "MERIDIAN_PRIVATE_LINKS": ""}

    def test_a_name_that_leads_into_a_private_network_gets_no_request(self):
        port = self.server.url.rpartition(":")[2]
        for address in ("127.0.0.1", "::1", "64:ff9b::7f00:1", "fe80::1%lo", "192.168.0.1"):
            lines = f"echo '93.184.215.14 STREAM a'; echo '{address} STREAM a'"
            found = self.findings(f"http://a.example:{port}/ok", env=self.programs(getent=lines))
            self.assertEqual([message.partition(",")[0] for *_, message in found], [PRIVATE])
        self.assertEqual(self.server.requests, [])

    def test_curl_asks_the_address_that_was_looked_up(self):
        env = self.programs(
            getent="echo '93.184.215.14 STREAM a.example'\necho '93.184.215.14 DGRAM'\n"
            "echo '64:ff9b::808:808  STREAM'",
            curl=f"cat >>'{self.folder}/asked'\nprintf '0\\n200\\n93.184.215.14\\n\\n\\n'",
        )
        self.assertEqual(self.findings("https://a.example/ok", "http://A.example:8/", env=env), [])
        asked = (self.folder / "asked").read_text("utf-8")
        for port in (443, 8):
            self.assertIn(f'resolve = "a.example:{port}:93.184.215.14,[64:ff9b::808:808]"\n', asked)
        self.assertEqual(asked.count('noproxy = "*"\n'), 2)

    def test_a_name_that_is_not_known_gets_no_request(self):
        env = self.programs(getent="exit 2", curl=f"echo >>'{self.folder}/asked'")
        [(rule, *_)] = self.findings("http://a.example/", env=env)
        self.assertEqual(rule, "unchecked-link")
        self.assertFalse((self.folder / "asked").exists())

    def test_a_look_up_that_does_not_end_is_given_up(self):
        env = self.programs(getent="exec sleep 600", curl="exit 1")
        [(_, _, _, message)] = self.findings(
            "http://a.example/", env={**env, "MERIDIAN_LINK_SECONDS": "1"}
        )
        self.assertTrue(message.endswith("(no answer within 1 second)"), message)

    def test_without_getent_it_is_said_what_to_install(self):
        self.links("/ok")
        env = self.programs(curl="exit 1")
        result = self.check(env={**env, "PATH": str(self.folder / "bin")})
        self.assertEqual(result.returncode, 2)
        self.assertIn("the program getent, which is not installed", result.stderr)

    def test_hosts_that_no_proxy_names_are_guarded(self):
        env = self.programs(getent="echo '127.0.0.1 STREAM'")
        env.update({"http_proxy": self.server.url, "no_proxy": "b.example, .a.example"})
        found = self.findings("http://x.a.example/ok", "http://b.example/", env=env)
        self.assertEqual([message.partition(",")[0] for *_, message in found], [PRIVATE] * 2)
        self.assertEqual(self.server.requests, [])

    def test_a_redirect_into_a_private_network_is_not_followed(self):
        # A proxy answers for hosts of the internet.
        proxy = {"http_proxy": self.server.url, "no_proxy": "", "MERIDIAN_PRIVATE_LINKS": ""}
        [(rule, _, line, message)] = self.findings(
            "http://a.example/ok", "http://a.example/to/http/127.0.0.1/x", env=proxy
        )
        self.assertEqual((rule, line), ("unchecked-link", 5))
        self.assertIn("private network", message)
        self.assertEqual(len(self.server.requests), 2)

    def test_settings_and_credentials_of_the_user_stay_at_home(self):
        host, port = self.server.url[7:].split(":")
        write(
            self.folder,
            {
                ".curlrc": 'header = "X-Curlrc: 1"\ncookie = "a=b"\nnetrc\n',
                ".netrc": f"machine {host} login ada password secret\n",
            },
        )
        self.assertEqual(self.findings("/head/405", f"http://ada:secret@{host}:{port}/ok"), [])
        self.assertEqual(len(self.server.requests), 3)
        for headers in self.server.headers:
            self.assertFalse({"X-Curlrc", "Cookie", "Authorization", "Referer"} & set(headers))

    def test_addresses_become_no_options(self):
        url = self.server.url
        hostile = f'{url}/ok/"&#10;output="{self.folder}/made"&#10;\\n-K'
        globs = f"{url}/ok/[1-3]{{a,b}}#"
        write(self.source, {"a.html": f"<a href='{hostile}'>x</a><a href='{url}/ok?\"'>x</a>"})
        self.findings("/ok", globs.replace("{", "%7B").replace("}", "%7D"))
        self.assertFalse((self.folder / "made").exists())
        self.assertCountEqual(
            self.server.requests, ["HEAD /ok", "HEAD /ok?%22", "HEAD /ok/[1-3]%7Ba,b%7D"]
        )

    def test_more_addresses_than_one_check_asks_for_are_told(self):
        self.links(*(f"http://router/{number}" for number in range(2010)))
        self.assertIn(
            ("limit", "info", 0, "10 more addresses of other hosts were not requested"),
            self.findings(env={"MERIDIAN_PRIVATE_LINKS": ""}),
        )

    def test_a_host_that_does_not_answer_is_given_up(self):
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))  # and takes no connection
            port = closed.getsockname()[1]
            found = self.findings(*(f"http://127.0.0.1:{port}/{number}" for number in range(8)))
        self.assertEqual({rule for rule, *_ in found}, {"unchecked-link"})
        reasons = [message.rpartition("(")[2] for *_, message in found]
        self.assertEqual(reasons[:2], ["its host takes no connection)"] * 2)
        # One more may be on its way.
        self.assertEqual(reasons[3:], ["its host did not answer for other addresses)"] * 5)


class Cache(ExternalCase):
    def entries(self):
        return json.loads(self.cache.read_text("utf-8"))["links"]

    def test_a_second_check_asks_only_for_what_is_not_known(self):
        first = self.findings("/ok", "/moved/301/ok", "/status/404", "/status/503")
        self.server.requests.clear()
        self.assertEqual(self.findings(), first)
        self.assertEqual(self.server.requests, ["HEAD /status/503", "GET /status/503"])
        self.assertEqual(self.cache.stat().st_mode & 0o077, 0)
        self.assertEqual([one.name for one in self.cache.parent.iterdir()], ["links.json"])

    def test_good_answers_count_for_days_and_others_for_an_hour(self):
        self.findings("/ok", "/status/404")
        for hours, asked in ((2, ["HEAD /status/404", "GET /status/404"]), (80, ["HEAD /ok"])):
            all_entries = json.loads(self.cache.read_text("utf-8"))
            for address, entry in all_entries["links"].items():
                if asked[0].split()[1] in address:
                    entry["time"] -= hours * 3600
            self.cache.write_text(json.dumps(all_entries), "utf-8")
            self.server.requests.clear()
            self.findings()
            self.assertEqual(self.server.requests, asked)

    def test_one_that_is_not_ours_is_made_anew(self):
        for content in (b"", b"\xff{", b'{"meridian": 2}', b'{"meridian": 1, "links": {"a": 1}}'):
            write(self.cache.parent, {self.cache.name: content})
            self.server.requests.clear()
            self.assertEqual(self.findings("/ok"), [])
            self.assertEqual(self.server.requests, ["HEAD /ok"])
            self.assertEqual(list(self.entries()), [f"{self.server.url}/ok"])

    def test_where_none_can_be_kept_there_is_none(self):
        write(self.folder, {"file": ""})
        for folder in (str(self.folder / "file"), "relative"):
            self.assertEqual(self.findings("/ok", env={"XDG_CACHE_HOME": folder, "HOME": ""}), [])
        self.assertEqual(self.server.requests, ["HEAD /ok"] * 2)

    def test_two_at_once_leave_a_whole_one(self):
        self.links("/ok", "/status/404")
        write(self.folder, {"other/index.md": f"---\n---\n[x]({self.server.url}/status/410)\n"})
        command = [str(MERIDIAN), "check", "--external", "--quiet", "--source"]
        started = [
            subprocess.Popen(
                [*command, self.folder / name],
                env={**os.environ, **self.env},
                stderr=subprocess.DEVNULL,
            )
            for name in ("source", "other", "source", "other")
        ]
        self.assertEqual([one.wait(HANG) for one in started], [0] * 4)
        paths = {address.replace(self.server.url, "") for address in self.entries()}
        self.assertLessEqual(paths, {"/ok", "/status/404", "/status/410"})
        self.assertTrue(paths)


class Use(ExternalCase):
    def test_without_curl_it_is_said_what_to_install(self):
        self.links("/ok")
        result = self.check(env={"PATH": str(self.folder)})
        self.assertEqual(result.returncode, 2)
        self.assertIn("`apt install curl`", result.stderr)

    def test_it_is_an_option_of_check_alone(self):
        result = meridian("build", "--external")
        self.assertEqual(result.returncode, 2)
        self.assertIn("`--external` is of `check`", result.stderr)

    def test_a_time_that_is_none_is_wrong_use(self):
        for seconds in ("x", "-1", "0", "1s"):
            result = self.check(env={"MERIDIAN_LINK_SECONDS": seconds})
            self.assertEqual(result.returncode, 2, seconds)
            self.assertIn("MERIDIAN_LINK_SECONDS is not a number of seconds", result.stderr)

    def test_an_interrupt_ends_it_and_its_requests(self):
        self.links("/slow")
        started = subprocess.Popen(
            [str(MERIDIAN), "check", "--external", "--source", self.source],
            env={**os.environ, **self.env},
            stderr=subprocess.DEVNULL,
            # Programs that a shell starts in the background inherit that it is ignored.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )
        self.addCleanup(started.kill)
        self.assertTrue(self.server.asked.wait(HANG))
        started.send_signal(signal.SIGINT)
        self.assertEqual(started.wait(HANG), -signal.SIGINT)
        # By the end of its process, long before the time for an answer is over.
        self.assertTrue(self.server.cut_off.wait(HANG))
        self.assertFalse(self.cache.parent.exists())

    def test_a_terminal_shows_how_far_it_is(self):
        self.links("/ok", "/status/204")
        words = ["check", "--external", "--source", self.source]
        self.assertEqual(
            on_terminal(*words, env=self.env),
            (
                "\r1 of 1 files\r\x1b[K\r1 of 2 addresses\r2 of 2 addresses\r\x1b[K"
                "1 page, 2 external links checked, 0 findings\r\n",
                0,
            ),
        )
        self.links("/ok?2", "/status/204?2")
        self.assertEqual(on_terminal(*words, "--quiet", env=self.env), ("", 0))


if __name__ == "__main__":
    unittest.main()
