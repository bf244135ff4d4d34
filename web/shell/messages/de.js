// What the shell says to visitors, in German: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'Diese Seite kann nicht angezeigt werden',
  'This browser can’t show the site': 'Dieser Browser kann die Website nicht anzeigen',
  'It has no WebAssembly.': 'Er hat kein WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'Diese Seite braucht lange, oder ein Teil ging verloren.',
  'Try again': 'Erneut versuchen',
  'Not loaded': 'Nicht geladen',
  Error: 'Fehler',
  'There is no connection to the network.': 'Es gibt keine Verbindung zum Netz.',
  'The connection to the host failed.': 'Die Verbindung zum Server kam nicht zustande.',
  'The connection was lost in the middle of the file.':
    'Die Verbindung brach mitten in der Datei ab.',
  'The host does not answer.': 'Der Server antwortet nicht.',
  'The host answered {}.': 'Der Server antwortete {}.',
  'The file is not the one of this release, so it is not used.':
    'Die Datei ist nicht die dieser Version und wird deshalb nicht verwendet.',
  'The host does not have it.': 'Der Server hat sie nicht.',
  'The host answered with another page, perhaps to sign in.':
    'Der Server antwortete mit einer anderen Seite, vielleicht zum Anmelden.',
  'The file did not arrive, or is damaged.': 'Die Datei kam nicht an oder ist beschädigt.',
  'The file is damaged.': 'Die Datei ist beschädigt.',
  'The file is damaged: {}.': 'Die Datei ist beschädigt: {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'Eine Richtlinie des Servers verbietet WebAssembly in diesem Browser.',
  'The file does not end.': 'Die Datei nimmt kein Ende.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'Diese Website wurde gerade durch eine neuere Fassung ersetzt. Versuchen Sie es in einer Minute noch einmal.',
  'There is no page at this address.': 'Unter dieser Adresse gibt es keine Seite.',
  'There is nothing on this page.': 'Auf dieser Seite steht nichts.',
  'The page keeps requesting more files.': 'Die Seite verlangt immer mehr Dateien.',
  'It leads to {}, and from there back again.': 'Sie führt zu {} und von dort wieder zurück.',
  'It leads to {}.': 'Sie führt zu {}.',
  'The manifest can’t be read: {}.': 'Das Verzeichnis der Dateien ist nicht lesbar: {}.',
  'The renderer stopped while it made this page ({}).':
    'Beim Aufbau dieser Seite ist ein Fehler aufgetreten ({}).',
  'Other pages are not affected.': 'Andere Seiten sind nicht betroffen.',
  'The rest of the page is complete.': 'Der Rest der Seite ist vollständig.',
  'This may not be the latest version of the page.':
    'Diese Seite ist vielleicht nicht auf dem neuesten Stand.',
  'This is the page as your last visit left it.': 'So sah die Seite bei Ihrem letzten Besuch aus.',
  'This site needs JavaScript.': 'Diese Website braucht JavaScript.',
};
