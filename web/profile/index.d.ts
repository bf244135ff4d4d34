// The types of the package: the element, what a person is, and what the element says. `react.d.ts`
// and `vue.d.ts` add what those two ask for.

/**
 * A person, as their own site tells of them. Addresses are absolute and of a scheme that is
 * allowed; texts are plain.
 */
export interface Profile {
  name: string;
  pronouns: string;
  affiliation: string;
  location: string;
  bio: string;
  /** A language tag; '' when the site does not say. */
  language: string;
  /** The person's site. */
  home: string;
  /** Of a picture, on the source's own host; '' when there is none. */
  avatar: string;
  /** `icon`: the name of a sign; `named`: its label is seen beside it. */
  links: { label: string; url: string; icon: string; named: boolean }[];
  /**
   * By the name that `show` calls each; of raw sources only those that it names, as with `stops`
   * and `sections` (`*`: all). `url` may be ''; `date`: as ISO 8601, or ''.
   */
  lists: Map<string, { title: string; url: string; date: string; venue: string }[]>;
  /** Where the person was: latitude and longitude in degrees. */
  stops: { lat: number; lon: number; name: string; country: string; from: string }[];
  /** Of the home page, by their headings. */
  sections: { title: string; id: string }[];
  /** Where it was read: the address of a folder. */
  root: string;
  /** Made of raw sources, as there is no profile.json. */
  raw: boolean;
  /**
   * That of each section as it came, which nobody has looked at yet; there when it was made of raw
   * sources.
   */
  html?: string[];
}

/**
 * `inline` is a name within a line, `full` shows everything at any width; else it is as its width
 * allows, with two lines of the biography.
 */
export type MeridianProfileSize = '' | 'inline' | 'card' | 'full';

/** What may be written in the tag beside what HTML allows everywhere. */
export interface MeridianProfileAttributes {
  /** The person's site, or `github:owner/name`, perhaps with `@branch`. */
  src?: string;
  /**
   * What is shown beside the person, with blanks between: lists (`publications:5`), `globe`,
   * sections of the home page (`About_me`).
   */
  show?: string;
  size?: MeridianProfileSize;
  /** `eager`: it is asked for at once. Else when the reader is near. */
  loading?: 'eager' | 'lazy';
}

/** Both bubble, and leave shadow roots. */
export interface MeridianProfileEventMap {
  /** The card is there, for the first time or anew. */
  'meridian-ready': CustomEvent<{ profile: Profile }>;
  /** There is no card, or something that `show` asks for could not be had. */
  'meridian-error': CustomEvent<{ reason: string; src: string }>;
}

/**
 * A person's card. On a server, where there are no elements, it is undefined, and what stands
 * within is what is sent.
 */
export declare class MeridianProfile extends HTMLElement {
  static observedAttributes: string[];

  /** The person's site, or `github:owner/name`. */
  get src(): string;
  set src(value: string | null | undefined);
  /** What is shown beside the person. */
  get show(): string;
  set show(value: string | null | undefined);
  get size(): string;
  set size(value: MeridianProfileSize | null | undefined);

  /** The person who is shown; undefined until there is a card. */
  profile: Profile | undefined;

  /** Asks the source again. Fulfilled when that is done; what went wrong is told by the event. */
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
