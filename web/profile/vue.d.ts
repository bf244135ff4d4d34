// `import 'meridian-profile/vue'`: the element, and its tag as templates of Vue 3 know it. Apart,
// for whoever has no Vue.

import type { DefineComponent, HTMLAttributes } from 'vue';
import type { MeridianProfileAttributes, MeridianProfileEventMap } from './index.js';

export * from './index.js';

/** Templates call `@meridian-ready` what render functions call `onMeridianReady`. */
type Listeners = {
  onMeridianReady?: (event: MeridianProfileEventMap['meridian-ready']) => void;
  onMeridianError?: (event: MeridianProfileEventMap['meridian-error']) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'meridian-profile': DefineComponent<MeridianProfileAttributes & Listeners & HTMLAttributes>;
  }
}
