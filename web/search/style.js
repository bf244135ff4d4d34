// The style of the search's dialog, in a shadow tree. Colours and faces are those of the theme,
// where it has them.

export const STYLE = `
:host {
  all: initial;
  direction: inherit;
  color-scheme: inherit;
  --line: var(--rule, #8886);
  --soft: var(--ink-2, GrayText);
  --tint: var(--wash, #8882);
  --strong: var(--accent, LinkText);
}
* {
  box-sizing: border-box;
}
dialog {
  inline-size: min(44rem, 100% - 2rem);
  max-block-size: min(40rem, 100vh - 6rem);
  max-block-size: min(40rem, 100dvh - 6rem);
  margin: 4rem auto auto;
  padding: 0;
  border: 1px solid var(--line);
  border-radius: 0.6rem;
  background: var(--paper, Canvas);
  color: var(--ink, CanvasText);
  font: 1rem/1.5 var(--ui, system-ui, sans-serif);
  box-shadow: 0 1rem 3rem #0005;
  overflow: hidden;
  overscroll-behavior: contain;
}
dialog[open] {
  display: flex;
  flex-direction: column;
}
dialog::backdrop {
  background: #0006;
}
form {
  display: flex;
  align-items: center;
  gap: 0.5rem;
  margin: 0;
  padding: 0.5rem;
  padding-inline-start: 1rem;
  border-block-end: 1px solid var(--line);
}
input {
  flex: 1;
  min-inline-size: 0;
  min-block-size: 2.75rem;
  border: 0;
  padding: 0;
  background: none;
  color: inherit;
  font: inherit;
  font-size: max(1.1rem, 16px);
  outline: 0;
}
form:focus-within {
  box-shadow: inset 0 -2px var(--strong);
}
input::placeholder {
  color: var(--soft);
  opacity: 1;
}
input::-webkit-search-cancel-button {
  display: none;
}
button,
select {
  min-block-size: 2.25rem;
  max-inline-size: 100%;
  padding: 0.2rem 0.7rem;
  border: 1px solid var(--line);
  border-radius: 0.375rem;
  background: none;
  color: inherit;
  font: inherit;
  font-size: 0.875rem;
  cursor: pointer;
}
select option {
  background: var(--paper, Canvas);
  color: var(--ink, CanvasText);
}
button:hover,
select:hover {
  border-color: var(--strong);
  color: var(--strong);
}
:is(button, select, a):focus-visible {
  outline: 2px solid var(--strong);
  outline-offset: -2px;
}
.filters,
.recent {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5rem;
  padding: 0.5rem 1rem;
}
.filters {
  border-block-end: 1px solid var(--line);
}
.filters label {
  display: flex;
  align-items: center;
  gap: 0.4rem;
  min-inline-size: 0;
  color: var(--soft);
  font-size: 0.875rem;
}
.filters select {
  min-inline-size: 0;
  max-inline-size: 11rem;
}
.body {
  flex: 1;
  min-block-size: 4rem;
  overflow: auto;
  overscroll-behavior: contain;
  scrollbar-width: thin;
}
.body p {
  margin: 0;
  padding: 0.9rem 1rem;
  color: var(--soft);
  overflow-wrap: anywhere;
}
.body p + p {
  padding-block-start: 0;
}
h2 {
  flex-basis: 100%;
  margin: 0;
  color: var(--soft);
  font: inherit;
  font-size: 0.875rem;
}
.recent button {
  overflow: hidden;
  text-overflow: ellipsis;
  white-space: nowrap;
}
.recent .clear {
  border-color: #0000;
  color: var(--soft);
  text-decoration: underline;
}
ol {
  list-style: none;
  margin: 0;
  padding: 0.4rem;
}
ol ol {
  margin-inline-start: 0.7rem;
  padding: 0;
  border-inline-start: 2px solid var(--line);
}
a {
  display: block;
  padding: 0.5rem 0.6rem;
  border-radius: 0.375rem;
  color: inherit;
  text-decoration: none;
  overflow-wrap: anywhere;
}
a:hover,
a:focus {
  background: var(--tint);
}
.title {
  font-weight: 600;
}
ol ol .title {
  font-weight: 500;
}
.about,
.snippet {
  color: var(--soft);
  font-size: 0.875rem;
}
.about {
  margin-inline: 0.5rem;
  white-space: nowrap;
}
.snippet {
  display: block;
}
mark {
  background: none;
  color: var(--strong);
  font-weight: 600;
  text-decoration: underline;
  text-decoration-thickness: 1px;
  text-underline-offset: 0.2em;
}
.end {
  display: flex;
  justify-content: space-between;
  gap: 1rem;
  padding: 0.4rem 1rem;
  border-block-start: 1px solid var(--line);
  color: var(--soft);
  font-size: 0.8rem;
}
.more {
  margin: 0 1rem 0.8rem;
}
[hidden] {
  display: none !important;
}
@media (max-width: 40em), (max-height: 30em) {
  dialog {
    inline-size: 100%;
    max-inline-size: none;
    block-size: 100vh;
    block-size: 100dvh;
    max-block-size: none;
    margin: 0;
    border: 0;
    border-radius: 0;
  }
}
@media (hover: none), (max-width: 40em) {
  .keys {
    display: none;
  }
}
@media (prefers-reduced-motion: no-preference) {
  dialog[open] {
    animation: come 120ms ease-out;
  }
  @keyframes come {
    from {
      opacity: 0;
      transform: translateY(-0.5rem);
    }
  }
}
@media (forced-colors: active) {
  mark {
    color: inherit;
  }
}
`;
