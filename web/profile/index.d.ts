// The package's types: the element, its profile, and its events. `react.d.ts` and `vue.d.ts` add
// those for JSX and Vue templates.

/**
 * A profile, as the person's own site provides it. Addresses are absolute, of an allowed scheme;
 * texts are plain.
 */
export interface Profile {
  name: string;
  pronouns: string;
  affiliation: string;
  location: string;
  bio: string;
  /** A language tag; '' if the site has none. */
  language: string;
  /** The person's site. */
  home: string;
  /** A picture on the source's own host; '' if there is none. */
  avatar: string;
  /** `icon`: the name of an icon; `named`: the label is visible beside it. */
  links: { label: string; url: string; icon: string; named: boolean }[];
  /**
   * By the names that `show` uses; of raw sources only the requested lists, as with `stops` and
   * `sections` (`*`: all). `url` may be ''; `date`: ISO 8601, or ''.
   */
  lists: Map<string, { title: string; url: string; date: string; venue: string }[]>;
  /** Places of the person: latitude and longitude in degrees. */
  stops: { lat: number; lon: number; name: string; country: string; from: string }[];
  /** Sections of the home page, by their headings. */
  sections: { title: string; id: string }[];
  /** The source: the address of a folder. */
  root: string;
  /** True if it was made of raw sources, without a profile.json. */
  raw: boolean;
  /** The HTML of each section, not sanitised; only if it was made of raw sources. */
  html?: string[];
}

/**
 * `inline` is a name within a line, `full` shows everything at any width; otherwise the width
 * decides, and the biography has two lines.
 */
export type MeridianProfileSize = '' | 'inline' | 'card' | 'full';

/** The tag's attributes, besides the global ones of HTML. */
export interface MeridianProfileAttributes {
  /** The person's site, or `github:owner/name`, perhaps with `@branch`. */
  src?: string;
  /**
   * Content to show beside the person, separated by spaces: lists (`publications:5`), `globe`,
   * sections of the home page (`About_me`).
   */
  show?: string;
  size?: MeridianProfileSize;
  /** `eager`: loads at once; by default when the card is near the viewport. */
  loading?: 'eager' | 'lazy';
}

/** Both events bubble and are composed. */
export interface MeridianProfileEventMap {
  /** The card was rendered, for the first time or again. */
  'meridian-ready': CustomEvent<{ profile: Profile }>;
  /** There is no card, or a part that `show` names is unavailable. */
  'meridian-error': CustomEvent<{ reason: string; src: string }>;
}

/**
 * A profile card. On a server, without custom elements, it is undefined, and the tag's children are
 * sent.
 */
export declare class MeridianProfile extends HTMLElement {
  static observedAttributes: string[];

  /** The person's site, or `github:owner/name`. */
  get src(): string;
  set src(value: string | null | undefined);
  /** Content to show beside the person. */
  get show(): string;
  set show(value: string | null | undefined);
  get size(): string;
  set size(value: MeridianProfileSize | null | undefined);

  /** The shown profile; undefined without a card. */
  profile: Profile | undefined;

  /** Loads the source again. Resolves at its end; failures are reported by the event. */
  refresh(): Promise<void>;

  addEventListener<K extends keyof MeridianProfileEventMap>(
    type: K,
    listener: (this: MeridianProfile, event: MeridianProfileEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: MeridianProfile, event: HTMLElementEventMap[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof MeridianProfileEventMap>(
    type: K,
    listener: (this: MeridianProfile, event: MeridianProfileEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener<K extends keyof HTMLElementEventMap>(
    type: K,
    listener: (this: MeridianProfile, event: HTMLElementEventMap[K]) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    'meridian-profile': MeridianProfile;
  }
}
