// The same as a Vue app, with its template; that the tag is an element is what a build says to
// Vue's compiler.

import { createApp } from 'vue';
import 'meridian-profile/vue';

const { src, show } = Object.fromEntries(new URLSearchParams(location.search));
window.heard = [];
const app = createApp({
  data: () => ({ src, show, size: undefined, there: true }),
  methods: { hear: (what) => window.heard.push(what) },
  template: `<main>
    <h1>Group</h1>
    <button @click="show = 'Awards'">Awards</button>
    <button @click="size = 'inline'">Inline</button>
    <button @click="size = undefined">Any size</button>
    <button @click="there = !there">Turn over</button>
    <meridian-profile v-if="there" :src="src" :show="show" :size="size" loading="eager" @meridian-ready="hear($event.detail.profile.name)" @meridian-error="hear($event.detail.reason)">
      <a :href="src">Ada</a>
    </meridian-profile>
  </main>`,
});
app.config.compilerOptions.isCustomElement = (tag) => tag === 'meridian-profile';
app.mount('#app');
