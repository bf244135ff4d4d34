// What the shell says to visitors, in Italian: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'Questa pagina non può essere mostrata',
  'This browser can’t show the site': 'Questo browser non può mostrare il sito',
  'It has no WebAssembly.': 'Non ha WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'Questa pagina tarda ad arrivare, o una parte è andata persa.',
  'Try again': 'Riprova',
  'Not loaded': 'Non caricato',
  Error: 'Errore',
  'There is no connection to the network.': 'Non c’è connessione alla rete.',
  'The connection to the host failed.': 'La connessione al server non è riuscita.',
  'The connection was lost in the middle of the file.':
    'La connessione si è interrotta a metà del file.',
  'The host does not answer.': 'Il server non risponde.',
  'The host answered {}.': 'Il server ha risposto {}.',
  'The file is not the one of this release, so it is not used.':
    'Il file non è quello di questa versione, quindi non viene usato.',
  'The host does not have it.': 'Il server non ce l’ha.',
  'The host answered with another page, perhaps to sign in.':
    'Il server ha risposto con un’altra pagina, forse per accedere.',
  'The file did not arrive, or is damaged.': 'Il file non è arrivato o è danneggiato.',
  'The file is damaged.': 'Il file è danneggiato.',
  'The file is damaged: {}.': 'Il file è danneggiato: {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'Una regola del server vieta WebAssembly in questo browser.',
  'The file does not end.': 'Il file non finisce.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'Questo sito è appena stato sostituito da una versione più recente. Riprova tra un minuto.',
  'There is no page at this address.': 'A questo indirizzo non c’è nessuna pagina.',
  'There is nothing on this page.': 'In questa pagina non c’è nulla.',
  'The page keeps requesting more files.': 'La pagina chiede sempre più file.',
  'It leads to {}, and from there back again.': 'Porta a {}, e da lì di nuovo indietro.',
  'It leads to {}.': 'Porta a {}.',
  'The manifest can’t be read: {}.': 'L’elenco dei file non è leggibile: {}.',
  'The renderer stopped while it made this page ({}).':
    'Si è verificato un errore nel preparare questa pagina ({}).',
  'Other pages are not affected.': 'Le altre pagine non ne risentono.',
  'The rest of the page is complete.': 'Il resto della pagina è completo.',
  'This may not be the latest version of the page.':
    'Questa pagina potrebbe non essere la versione più recente.',
  'This is the page as your last visit left it.':
    'Questa è la pagina come l’ha lasciata la tua ultima visita.',
  'This site needs JavaScript.': 'Questo sito richiede JavaScript.',
};
