// `import 'meridian-profile/react'`: the element, and its tag as JSX of React 19 knows it. Apart,
// for whoever has no React.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  MeridianProfile,
  MeridianProfileAttributes,
  MeridianProfileEventMap,
} from './index.js';

export * from './index.js';

/** Of an event's name `x` React 19 makes the property `onx`. */
type Listeners = {
  [K in keyof MeridianProfileEventMap as `on${K}`]?: (event: MeridianProfileEventMap[K]) => void;
};

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'meridian-profile': DetailedHTMLProps<HTMLAttributes<MeridianProfile>, MeridianProfile> &
        MeridianProfileAttributes &
        Listeners;
    }
  }
}
