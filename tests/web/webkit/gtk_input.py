"""Input of tests as GDK events, as if a user's devices had made them. They have no time: WebKit
takes the current one."""

import ctypes

from gi.repository import Gdk, Gtk

NEVER, ALWAYS = 0, 60_000  # milliseconds within which a second click makes a double click
BUTTONS = {"left": 1, "middle": 2, "right": 3}
# Playwright's masks, bit by bit.
MODIFIERS = [
    Gdk.ModifierType.SHIFT_MASK,
    Gdk.ModifierType.CONTROL_MASK,
    Gdk.ModifierType.MOD1_MASK,
    Gdk.ModifierType.META_MASK,
]
PRESSED = [
    Gdk.ModifierType.BUTTON1_MASK,
    Gdk.ModifierType.BUTTON3_MASK,
    Gdk.ModifierType.BUTTON2_MASK,
]


def mask(bits, flags):
    state = Gdk.ModifierType(0)
    for index, flag in enumerate(flags):
        if bits & (1 << index):
            state |= flag
    return state


class GdkEventTouch(ctypes.Structure):
    """GDK tells fingers apart by a pointer, which Python's bindings can't set."""

    _fields_ = [
        ("type", ctypes.c_int),
        ("window", ctypes.c_void_p),
        ("send_event", ctypes.c_int8),
        ("time", ctypes.c_uint32),
        ("x", ctypes.c_double),
        ("y", ctypes.c_double),
        ("axes", ctypes.c_void_p),
        ("state", ctypes.c_uint),
        ("sequence", ctypes.c_void_p),
        ("emulating_pointer", ctypes.c_int),
        ("device", ctypes.c_void_p),
        ("x_root", ctypes.c_double),
        ("y_root", ctypes.c_double),
    ]


GDK = ctypes.CDLL("libgdk-3.so.0")
GTK = ctypes.CDLL("libgtk-3.so.0")
GOBJECT = ctypes.CDLL("libgobject-2.0.so.0")
GDK.gdk_event_new.restype = ctypes.POINTER(GdkEventTouch)
GOBJECT.g_object_ref.restype = ctypes.c_void_p


def send_touch(kind, window, device, x, y, finger):
    event = GDK.gdk_event_new(kind)
    # The hash of a GObject is its address. The event gives the window back.
    event[0].window = GOBJECT.g_object_ref(ctypes.c_void_p(hash(window)))
    event[0].x, event[0].y = x, y
    event[0].x_root, event[0].y_root = x, y
    event[0].sequence = finger
    event[0].emulating_pointer = finger == 1
    for setter in (GDK.gdk_event_set_device, GDK.gdk_event_set_source_device):
        setter(event, ctypes.c_void_p(hash(device)))
    GTK.gtk_main_do_event(event)
    GDK.gdk_event_free(event)


class Input:
    def __init__(self, view, window):
        self.view = view
        self.window = window
        self.fingers = []
        # An event releases its window when it is freed, although setting the field does not take
        # a reference: they are kept.
        self.events = []

    def event(self, kind, window=None):
        event = Gdk.Event.new(kind)
        event.any.window = window or self.view.get_window()
        event.any.send_event = False
        self.events.append(event)
        return event

    def send(self, event, device):
        event.set_device(device)
        event.set_source_device(device)
        Gtk.main_do_event(event)

    def pointer(self):
        return Gdk.Display.get_default().get_default_seat().get_pointer()

    def focus(self):
        """The window counts as the active one, also beside others."""
        event = self.event(Gdk.EventType.FOCUS_CHANGE, self.window.get_window())
        event.focus_change.in_ = 1
        self.window.event(event)

    def mouse(self, type, x, y, button="left", buttons=0, modifiers=0, clicks=1):
        state = mask(modifiers, MODIFIERS) | mask(buttons, PRESSED)
        if type == "move":
            event = self.event(Gdk.EventType.MOTION_NOTIFY)
            part = event.motion
        else:
            down = type == "down"
            if down:
                settings = Gtk.Settings.get_default()
                settings.props.gtk_double_click_time = ALWAYS if clicks > 1 else NEVER
            event = self.event(Gdk.EventType.BUTTON_PRESS if down else Gdk.EventType.BUTTON_RELEASE)
            part = event.button
            part.button = BUTTONS[button]
            # The state is that before the event.
            own = mask({"left": 1, "right": 2, "middle": 4}[button], PRESSED)
            state = state & ~own if down else state | own
        part.x, part.y = x, y
        part.x_root, part.y_root = x, y
        part.state = state
        self.send(event, self.pointer())

    def wheel(self, x, y, dx, dy, modifiers=0):
        event = self.event(Gdk.EventType.SCROLL)
        part = event.scroll
        part.x, part.y = x, y
        part.x_root, part.y_root = x, y
        part.state = mask(modifiers, MODIFIERS)
        part.direction = Gdk.ScrollDirection.SMOOTH
        # WebKit scrolls by so many pixels for one step of a wheel.
        step = int(self.view.get_allocated_height() ** (2 / 3))
        part.delta_x, part.delta_y = dx / step, dy / step
        self.send(event, self.pointer())

    def tap(self, x, y):
        self.touch("start", [[x, y]])
        self.touch("end", [])

    def touch(self, type, points=()):
        """`points`: where all the fingers are; at the end they leave where they were."""
        kind = {
            "start": Gdk.EventType.TOUCH_BEGIN,
            "move": Gdk.EventType.TOUCH_UPDATE,
            "end": Gdk.EventType.TOUCH_END,
        }[type]
        self.fingers = points or self.fingers
        for finger, (x, y) in enumerate(self.fingers, 1):
            send_touch(int(kind), self.view.get_window(), self.pointer(), x, y, finger)

    def key(self, down, keyval, keycode, modifiers=0, modifier=False):
        """`keyval`: the name of a GDK key symbol, or a character; `keycode`: of evdev, plus 8."""
        value = (
            Gdk.unicode_to_keyval(ord(keyval))
            if len(keyval) == 1
            else getattr(Gdk, f"KEY_{keyval}")
        )
        event = self.event(Gdk.EventType.KEY_PRESS if down else Gdk.EventType.KEY_RELEASE)
        part = event.key
        part.keyval = value
        part.hardware_keycode = keycode
        part.state = mask(modifiers, MODIFIERS)
        part.is_modifier = 1 if modifier else 0
        self.send(event, Gdk.Display.get_default().get_default_seat().get_keyboard())
