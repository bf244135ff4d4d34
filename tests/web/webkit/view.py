#!/usr/bin/env python3
"""Windows of WebKitGTK for tests, driven by JSON on lines. The argument is a folder for profiles.

A line on the standard input is a command, {"id", "method", "params"}; its answer on the standard
output is {"id", "result"} or {"id", "error"}. What happens in the windows is {"event", ...}. Every
page is an undecorated window with one view, so that the view has exactly the size that was asked
for. Messages of WebKit's inspector, which does the rest (scripts, network, console), pass through
here too, so that they keep their order among the events of GTK.
"""

import json
import os
import sys
import tempfile

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gdk, GLib, Gtk, WebKit2
from gtk_input import Input
from inspector_client import InspectorClient

# WebKit's processes write to the standard output, which is the channel here.
CHANNEL = os.dup(1)
os.dup2(2, 1)
PROFILES = sys.argv[1]
CLOSED_PORT = "http://127.0.0.1:9"  # a proxy that does not answer: no connection


def tell(message):
    line = json.dumps(message).encode() + b"\n"
    while line:
        line = line[os.write(CHANNEL, line) :]


def settings_of_tests():
    settings = WebKit2.Settings()
    settings.set_enable_developer_extras(True)
    settings.set_enable_smooth_scrolling(False)
    # A document that comes back from this cache has no new execution context, which Playwright
    # waits for.
    settings.set_enable_page_cache(False)
    return settings


def cookie_of(cookie):
    expires = cookie.get_expires()
    return {
        "name": cookie.get_name(),
        "value": cookie.get_value(),
        "domain": cookie.get_domain(),
        "path": cookie.get_path(),
        "expires": expires.to_unix() * 1000 if expires else -1,
        "httpOnly": cookie.get_http_only(),
        "secure": cookie.get_secure(),
        "sameSite": cookie.get_same_site_policy().value_nick.title(),
    }


class Context:
    """A profile: cookies, storage and caches of its own, in a new folder. WebKit's own profiles
    without one have no cache of what hosts allow to keep."""

    def __init__(self, name):
        self.name = name
        self.folder = None  # where downloads go; None refuses them
        self.proxy = None
        self.bypass = []  # hosts that are reached without the proxy
        self.offline = False
        self.permitted = False  # whether pages get what they ask the user for
        place = os.path.join(PROFILES, name)
        data = WebKit2.WebsiteDataManager(
            base_data_directory=os.path.join(place, "data"),
            base_cache_directory=os.path.join(place, "cache"),
        )
        self.web = WebKit2.WebContext.new_with_website_data_manager(data)
        self.web.connect("download-started", self.download)

    def connect_through(self):
        """Applies the proxy, or cuts the network off."""
        mode, proxies = WebKit2.NetworkProxyMode.DEFAULT, None
        if self.offline or self.proxy:
            mode = WebKit2.NetworkProxyMode.CUSTOM
            proxies = (
                WebKit2.NetworkProxySettings.new(CLOSED_PORT, None)
                if self.offline
                else WebKit2.NetworkProxySettings.new(self.proxy, self.bypass)
            )
        self.web.get_website_data_manager().set_network_proxy_settings(mode, proxies)

    def download(self, _web, download):
        view = download.get_web_view()
        page = getattr(view, "page", None)
        if not self.folder or not page:
            download.cancel()
            return
        key = f"{page.name}-{next(page.counter)}"
        url = download.get_request().get_uri()
        tell({"event": "download", "page": page.name, "uuid": key, "url": url})

        def destination(_download, name):
            tell({"event": "downloadNamed", "uuid": key, "name": name})
            download.set_destination(GLib.filename_to_uri(os.path.join(self.folder, key), None))
            return True

        errors = []
        download.connect("decide-destination", destination)
        download.connect("failed", lambda _download, error: errors.append(error.message))
        download.connect(
            "finished",
            lambda _download: tell(
                {"event": "downloaded", "uuid": key, "error": errors[0] if errors else ""}
            ),
        )


class Page:
    def __init__(self, name, context, opener=None):
        self.name = name
        self.context = context
        self.dialog = None
        self.chooser = None
        self.counter = iter(range(1 << 30))
        self.waiting = None
        self.loaded = None
        self.key = None  # of the inspector
        options = {"related_view": opener.view} if opener else {"web_context": context.web}
        self.view = WebKit2.WebView(settings=settings_of_tests(), **options)
        self.view.page = self
        self.view.connect("notify::uri", self.uri)
        self.view.connect("load-changed", self.progress)
        self.view.connect("load-failed", self.failed)
        self.view.connect("web-process-terminated", self.crashed)
        self.view.connect("create", self.create)
        self.view.connect("close", lambda _view: self.close())
        self.view.connect("script-dialog", self.ask)
        self.view.connect("decide-policy", self.decide)
        self.view.connect("permission-request", self.permit)
        self.view.connect("run-file-chooser", self.choose)
        self.view.connect("print", self.print)
        self.view.connect("context-menu", lambda *_: True)
        self.view.connect("size-allocate", self.allocated)
        # Only the input that is made here counts: X gives the focus to one window at a time.
        self.window = Gtk.Window()
        self.window.set_decorated(False)
        self.window.set_accept_focus(False)
        self.window.set_default_size(1280, 720)
        self.window.add(self.view)
        self.window.show_all()
        self.view.grab_focus()
        self.input = Input(self.view, self.window)
        self.input.focus()

    def uri(self, view, _property):
        tell({"event": "uri", "page": self.name, "url": view.get_uri()})

    def progress(self, _view, event):
        if event == WebKit2.LoadEvent.FINISHED and self.loaded:
            answer, self.loaded = self.loaded, None
            answer()

    def failed(self, _view, _when, url, error):
        tell({"event": "failed", "page": self.name, "url": url, "message": error.message})
        return True

    def crashed(self, _view, reason):
        tell({"event": "crashed", "page": self.name, "reason": reason.value_nick})

    def create(self, _view, _action):
        name = f"{self.name}-{next(self.counter)}"
        page = pages[name] = Page(name, self.context, self)
        tell(
            {
                "event": "created",
                "page": name,
                "opener": self.name,
                "context": self.context.name,
            }
        )
        return page.view

    def close(self):
        if pages.pop(self.name, None):
            tell({"event": "closed", "page": self.name})
            self.window.destroy()

    def ask(self, _view, dialog):
        kinds = {
            WebKit2.ScriptDialogType.ALERT: "alert",
            WebKit2.ScriptDialogType.CONFIRM: "confirm",
            WebKit2.ScriptDialogType.PROMPT: "prompt",
            WebKit2.ScriptDialogType.BEFORE_UNLOAD_CONFIRM: "beforeunload",
        }
        kind = kinds[dialog.get_dialog_type()]
        self.dialog = dialog
        dialog.ref()
        default = dialog.prompt_get_default_text() if kind == "prompt" else ""
        tell(
            {
                "event": "dialog",
                "page": self.name,
                "type": kind,
                "message": dialog.get_message() or "",
                "defaultPrompt": default or "",
            }
        )
        return True

    def decide(self, _view, decision, kind):
        if kind == WebKit2.PolicyDecisionType.NAVIGATION_ACTION:
            return self.beside(decision)
        if kind != WebKit2.PolicyDecisionType.RESPONSE or decision.is_mime_type_supported():
            return False
        decision.download()
        return True

    def choose(self, _view, request):
        # Tests give the files to the input itself; a request that nobody keeps is cancelled.
        self.chooser = request
        return True

    def beside(self, decision):
        """A link that is followed with the control key, or with the middle button, gets a page of
        its own. WebKit leaves that to programs."""
        action = decision.get_navigation_action()
        control = action.get_modifiers() & int(Gdk.ModifierType.CONTROL_MASK)
        link = action.get_navigation_type() == WebKit2.NavigationType.LINK_CLICKED
        if not link or not (control or action.get_mouse_button() == 2):
            return False
        decision.ignore()
        self.create(self.view, action).load_request(action.get_request())
        return True

    def permit(self, _view, request):
        if self.context.permitted:
            request.allow()
        else:
            request.deny()
        return True

    def print(self, _view, operation):
        """A page that prints itself does so at once, and its paper is thrown away."""
        file, path = tempfile.mkstemp(suffix=".pdf")
        os.close(file)
        settings = Gtk.PrintSettings()
        settings.set_printer("Print to File")
        settings.set(Gtk.PRINT_SETTINGS_OUTPUT_URI, GLib.filename_to_uri(path, None))
        operation.set_print_settings(settings)
        operation.connect("finished", lambda _operation: os.remove(path))
        operation.print_()
        return True

    def allocated(self, _view, size):
        if self.waiting and (size.width, size.height) == self.waiting[:2]:
            answer, self.waiting = self.waiting[2], None
            answer()

    def answer_dialog(self, accept, text):
        dialog, self.dialog = self.dialog, None
        if not dialog:
            raise ValueError("no dialog is open")
        kind = dialog.get_dialog_type()
        if kind == WebKit2.ScriptDialogType.PROMPT:
            if accept:
                dialog.prompt_set_text(text or "")
        elif kind != WebKit2.ScriptDialogType.ALERT:
            dialog.confirm_set_confirmed(accept)
        dialog.close()


contexts = {}
pages = {}
inspectors = []


def found(key):
    page = next((page for page in pages.values() if not page.key), None)
    if page:
        page.key = key
        tell({"event": "inspected", "page": page.name})


def receive(key, text):
    page = next((page for page in pages.values() if page.key == key), None)
    if page:
        tell({"event": "message", "page": page.name, "text": text})


class Commands:
    """A method a command; one that takes `answer` calls it when the work is done."""

    def context(self, context, **options):
        made = contexts.get(context) or Context(context)
        contexts[context] = made
        if not inspectors:
            inspectors.append(InspectorClient(found, receive))
        for name, value in options.items():
            if name == "languages":
                made.web.set_preferred_languages(value)
            else:
                setattr(made, name, value)
        if "offline" in options or "proxy" in options:
            made.connect_through()

    def cookies(self, context, answer):
        def got(jar, result):
            answer({"cookies": [cookie_of(one) for one in jar.get_all_cookies_finish(result)]})

        manager = contexts[context].web.get_website_data_manager()
        manager.get_cookie_manager().get_all_cookies(None, got)

    def drop(self, context):
        for page in [page for page in pages.values() if page.context.name == context]:
            page.close()
        contexts.pop(context, None)

    def page(self, page, context, answer):
        pages[page] = Page(page, contexts[context])
        pages[page].loaded = answer
        pages[page].view.load_uri("about:blank")

    def post(self, page, text):
        inspectors[0].post(pages[page].key, text)

    def load(self, page, url, referrer=None):
        request = WebKit2.URIRequest.new(url)
        headers = request.get_http_headers()
        if referrer and headers:
            headers.append("Referer", referrer)
        pages[page].view.load_request(request)

    def back(self, page):
        view = pages[page].view
        if not view.can_go_back():
            raise ValueError("Failed to go")
        view.go_back()

    def forward(self, page):
        view = pages[page].view
        if not view.can_go_forward():
            raise ValueError("Failed to go")
        view.go_forward()

    def close(self, page, ask=False):
        if ask:
            pages[page].view.try_close()
        else:
            pages[page].close()

    def resize(self, page, width, height, answer):
        made = pages[page]
        size = made.view.get_allocation()
        made.view.set_size_request(width, height)
        made.window.resize(width, height)
        if (size.width, size.height) == (width, height):
            answer()
        else:
            made.waiting = (width, height, answer)

    def activate(self, page):
        pages[page].window.present()
        pages[page].input.focus()

    def dialog(self, page, accept, text=None):
        pages[page].answer_dialog(accept, text)

    def scripts(self, page, enabled):
        pages[page].view.get_settings().set_enable_javascript(enabled)

    def insert(self, page, text):
        pages[page].view.execute_editing_command_with_argument("InsertText", text)

    def input(self, page, kind, **event):
        getattr(pages[page].input, kind)(**event)


def run(line):
    message = json.loads(line)
    ident = message.get("id")

    def answer(result=None, **error):
        if ident:  # nobody waits for the answer to a message for the inspector
            tell({"id": ident, **(error or {"result": result or {}})})

    method = getattr(Commands(), message["method"])
    params = message.get("params", {})
    try:
        if "answer" in method.__code__.co_varnames[: method.__code__.co_argcount]:
            method(answer=answer, **params)
        else:
            answer(method(**params))
    except KeyError as error:
        answer(error=f"there is no {error}")
    except Exception as error:
        answer(error=str(error))


class Lines:
    def __init__(self):
        self.rest = b""

    def read(self, descriptor, _condition):
        data = os.read(descriptor, 1 << 20)
        if not data:
            Gtk.main_quit()
            return False
        *lines, self.rest = (self.rest + data).split(b"\n")
        for line in lines:
            run(line)
        return True


def main():
    Gtk.init([])
    if not Gdk.Display.get_default():
        sys.exit("no display")
    GLib.unix_fd_add_full(
        GLib.PRIORITY_DEFAULT, 0, GLib.IOCondition.IN | GLib.IOCondition.HUP, Lines().read
    )
    tell({"event": "ready", "version": version()})
    Gtk.main()


def version():
    parts = (
        WebKit2.get_major_version(),
        WebKit2.get_minor_version(),
        WebKit2.get_micro_version(),
    )
    return ".".join(map(str, parts))


if __name__ == "__main__":
    main()
