// The React app on a server.

import { StrictMode } from 'react';
import { renderToString } from 'react-dom/server';
import { Card } from './card.jsx';

export const render = (src, show) =>
  renderToString(
    <StrictMode>
      <Card src={src} show={show} heard={() => {}} />
    </StrictMode>,
  );
