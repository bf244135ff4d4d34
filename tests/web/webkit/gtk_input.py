"""Input of tests as GDK events, as if a user's devices had made them."""

from gi.repository import Gdk, Gtk

DOUBLE_CLICK = 1000  # milliseconds; more than the time within which two clicks are one double click
LINE = 40  # pixels that WebKit scrolls for one step of a wheel
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


class Input:
    def __init__(self, view, window):
        self.view = view
        self.window = window
        self.time = 1000
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
        self.time += 20
        state = mask(modifiers, MODIFIERS) | mask(buttons, PRESSED)
        if type == "move":
            event = self.event(Gdk.EventType.MOTION_NOTIFY)
            part = event.motion
        else:
            if type == "down" and clicks < 2:
                self.time += DOUBLE_CLICK
            down = type == "down"
            event = self.event(
                Gdk.EventType.BUTTON_PRESS if down else Gdk.EventType.BUTTON_RELEASE
            )
            part = event.button
            part.button = BUTTONS[button]
            # The state is that before the event.
            own = mask({"left": 1, "right": 2, "middle": 4}[button], PRESSED)
            state = state & ~own if down else state | own
        part.x, part.y = x, y
        part.x_root, part.y_root = x, y
        part.time = self.time
        part.state = state
        self.send(event, self.pointer())

    def wheel(self, x, y, dx, dy, modifiers=0):
        self.time += 20
        event = self.event(Gdk.EventType.SCROLL)
        part = event.scroll
        part.x, part.y = x, y
        part.x_root, part.y_root = x, y
        part.time = self.time
        part.state = mask(modifiers, MODIFIERS)
        part.direction = Gdk.ScrollDirection.SMOOTH
        part.delta_x, part.delta_y = dx / LINE, dy / LINE
        self.send(event, self.pointer())

    def tap(self, x, y, modifiers=0):
        for kind in (Gdk.EventType.TOUCH_BEGIN, Gdk.EventType.TOUCH_END):
            self.time += 20
            event = self.event(kind)
            part = event.touch
            part.x, part.y = x, y
            part.x_root, part.y_root = x, y
            part.time = self.time
            part.state = mask(modifiers, MODIFIERS)
            part.emulating_pointer = True
            self.send(event, self.pointer())

    def key(self, down, keyval, keycode, modifiers=0, modifier=False):
        """`keyval`: the name of a GDK key symbol, or a character; `keycode`: of evdev, plus 8."""
        self.time += 20
        value = (
            Gdk.unicode_to_keyval(ord(keyval))
            if len(keyval) == 1
            else getattr(Gdk, f"KEY_{keyval}")
        )
        event = self.event(Gdk.EventType.KEY_PRESS if down else Gdk.EventType.KEY_RELEASE)
        part = event.key
        part.time = self.time
        part.keyval = value
        part.hardware_keycode = keycode
        part.state = mask(modifiers, MODIFIERS)
        part.is_modifier = 1 if modifier else 0
        self.send(event, Gdk.Display.get_default().get_default_seat().get_keyboard())
