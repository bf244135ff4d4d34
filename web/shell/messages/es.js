// What the shell says to visitors, in Spanish: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'Esta página no se puede mostrar',
  'This browser can’t show the site': 'Este navegador no puede mostrar el sitio',
  'It has no WebAssembly.': 'No tiene WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'Esta página tarda en llegar, o se perdió una parte.',
  'Try again': 'Reintentar',
  'Not loaded': 'Sin cargar',
  Error: 'Error',
  'There is no connection to the network.': 'No hay conexión a la red.',
  'The connection to the host failed.': 'Falló la conexión con el servidor.',
  'The connection was lost in the middle of the file.':
    'La conexión se cortó en medio del archivo.',
  'The host does not answer.': 'El servidor no responde.',
  'The host answered {}.': 'El servidor respondió {}.',
  'The file is not the one of this release, so it is not used.':
    'El archivo no es el de esta versión, por lo que no se usa.',
  'The host does not have it.': 'El servidor no lo tiene.',
  'The host answered with another page, perhaps to sign in.':
    'El servidor respondió con otra página, quizá para iniciar sesión.',
  'The file did not arrive, or is damaged.': 'El archivo no llegó o está dañado.',
  'The file is damaged.': 'El archivo está dañado.',
  'The file is damaged: {}.': 'El archivo está dañado: {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'Una política del servidor prohíbe WebAssembly en este navegador.',
  'The file does not end.': 'El archivo no termina.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'Este sitio acaba de ser sustituido por una versión más nueva. Inténtelo de nuevo en un minuto.',
  'There is no page at this address.': 'No hay ninguna página en esta dirección.',
  'There is nothing on this page.': 'En esta página no hay nada.',
  'The page keeps requesting more files.': 'La página pide cada vez más archivos.',
  'It leads to {}, and from there back again.': 'Lleva a {}, y de allí de vuelta.',
  'It leads to {}.': 'Lleva a {}.',
  'The manifest can’t be read: {}.': 'La lista de archivos no se puede leer: {}.',
  'The renderer stopped while it made this page ({}).':
    'Hubo un error al preparar esta página ({}).',
  'Other pages are not affected.': 'Las demás páginas no se ven afectadas.',
  'The rest of the page is complete.': 'El resto de la página está completo.',
  'This may not be the latest version of the page.':
    'Es posible que esta página no sea la versión más reciente.',
  'This is the page as your last visit left it.':
    'Esta es la página tal como quedó en su última visita.',
  'This site needs JavaScript.': 'Este sitio necesita JavaScript.',
};
