// `import 'meridian-profile/react'`: the element, and its tag for JSX of React 19. Separate, for
// apps without React.

import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type {
  MeridianProfile,
  MeridianProfileAttributes,
  MeridianProfileEventMap,
} from './index.js';

export * from './index.js';

/** For an event `x` React 19 has the property `onx`. */
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
