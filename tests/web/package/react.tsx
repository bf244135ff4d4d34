// JSX of React 19, and mistakes in it.

import { useRef } from 'react';
import { MeridianProfile } from 'meridian-profile/react';

export function Right() {
  const card = useRef<MeridianProfile>(null);
  return (
    <meridian-profile
      ref={card}
      src="https://ada.example/"
      show="news"
      size="inline"
      loading="eager"
      className="who"
      hidden={false}
      onmeridian-ready={({ detail }) => console.log(detail.profile.name)}
    >
      <a href="https://ada.example/">Ada</a>
    </meridian-profile>
  );
}

// @ts-expect-error there is no such size
export const size = <meridian-profile src="https://ada.example/" size="large" />;
// @ts-expect-error an error has no profile
export const event = <meridian-profile onmeridian-error={(it) => console.log(it.detail.profile)} />;
// @ts-expect-error nothing is called so
export const attribute = <meridian-profile source="https://ada.example/" />;
