// The React app in a browser. In the address: the card's source, what it shows; `hydrate`: a server
// has rendered it.

import { StrictMode } from 'react';
import { createRoot, hydrateRoot } from 'react-dom/client';
import { Card } from './card.jsx';

const { src, show, hydrate } = Object.fromEntries(new URLSearchParams(location.search));
const place = document.getElementById('app');
window.heard = [];
const app = (
  <StrictMode>
    <Card src={src} show={show} heard={(what) => window.heard.push(what)} />
  </StrictMode>
);
const told = (error) => console.error(`recovered: ${error.message}`);
if (hydrate === undefined) createRoot(place).render(app);
else hydrateRoot(place, app, { onRecoverableError: told });
