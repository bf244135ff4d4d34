// `import 'meridian-profile/vue'`: the element, and its tag for templates of Vue 3. Separate, for
// apps without Vue.

import type { DefineComponent, HTMLAttributes } from 'vue';
import type { MeridianProfileAttributes, MeridianProfileEventMap } from './index.js';

export * from './index.js';

/** Templates use `@meridian-ready`, render functions `onMeridianReady`. */
type Listeners = {
  onMeridianReady?: (event: MeridianProfileEventMap['meridian-ready']) => void;
  onMeridianError?: (event: MeridianProfileEventMap['meridian-error']) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'meridian-profile': DefineComponent<MeridianProfileAttributes & Listeners & HTMLAttributes>;
  }
}
