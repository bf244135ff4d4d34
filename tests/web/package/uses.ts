// A TypeScript app; the lines below `@ts-expect-error` are mistakes that the types must find.

import { MeridianProfile, type Profile } from 'meridian-profile';

const card = document.createElement('meridian-profile');
card.src = 'https://ada.example/';
card.size = 'full';
card.size = undefined;
card.addEventListener('meridian-ready', (event) => show(event.detail.profile));
card.addEventListener('meridian-error', ({ detail }) =>
  console.log(detail.reason.length, detail.src.length),
);
card.addEventListener('click', (event) => console.log(event.clientX));
const found: MeridianProfile | null = document.querySelector('meridian-profile');
found?.refresh().then(() => found.profile && show(found.profile));
customElements.define('my-profile', class extends MeridianProfile {});

function show({ name, links, lists, stops, sections, html }: Profile) {
  console.log(
    name.length,
    links[0].url,
    lists.get('news')?.[0].title,
    stops[0].lat.toFixed(),
    sections[0].title,
    html?.length,
  );
}

// @ts-expect-error there is no such size
card.size = 'large';
// @ts-expect-error a source is a text
card.src = new URL('https://ada.example/');
// @ts-expect-error an error has no profile
card.addEventListener('meridian-error', (event) => show(event.detail.profile));
// @ts-expect-error there may be none yet
console.log(card.profile.name);
// @ts-expect-error what is within stays within
card.draw();
