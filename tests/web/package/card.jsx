// A part of a React app: a card, and buttons that change its state.

import { useState } from 'react';
import 'meridian-profile/react';

export function Card({ src, show: first, heard }) {
  const [show, setShow] = useState(first);
  const [size, setSize] = useState(undefined);
  const [there, setThere] = useState(true);
  return (
    <main>
      <h1>Group</h1>
      <button onClick={() => setShow('Awards')}>Awards</button>
      <button onClick={() => setSize('inline')}>Inline</button>
      <button onClick={() => setSize(undefined)}>Any size</button>
      <button onClick={() => setThere(!there)}>Turn over</button>
      {there && (
        <meridian-profile
          src={src}
          show={show}
          size={size}
          loading="eager"
          onmeridian-ready={({ detail }) => heard(detail.profile.name)}
          onmeridian-error={({ detail }) => heard(detail.reason)}
        >
          <a href={src}>Ada</a>
        </meridian-profile>
      )}
    </main>
  );
}
