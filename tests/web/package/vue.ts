// Type checks of Vue templates.

import type { GlobalComponents } from 'vue';
import 'meridian-profile/vue';

type Attributes = InstanceType<GlobalComponents['meridian-profile']>['$props'];
export const right: Attributes = {
  src: 'https://ada.example/',
  size: 'inline',
  onMeridianReady: ({ detail }) => console.log(detail.profile.name),
};
// @ts-expect-error there is no such size
export const wrong: Attributes = { size: 'large' };
