// What the shell says to visitors, in Portuguese: by the English message; {} stands for what is
// named there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'Esta página não pode ser mostrada',
  'This browser can’t show the site': 'Este navegador não consegue mostrar o site',
  'It has no WebAssembly.': 'Não tem WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'Esta página demora a chegar, ou perdeu-se uma parte.',
  'Try again': 'Tentar de novo',
  'Not loaded': 'Não carregado',
  Error: 'Erro',
  'There is no connection to the network.': 'Não há ligação à rede.',
  'The connection to the host failed.': 'A ligação ao servidor falhou.',
  'The connection was lost in the middle of the file.': 'A ligação caiu a meio do ficheiro.',
  'The host does not answer.': 'O servidor não responde.',
  'The host answered {}.': 'O servidor respondeu {}.',
  'The file is not the one of this release, so it is not used.':
    'O arquivo não é o desta versão, por isso não é usado.',
  'The host does not have it.': 'O servidor não o tem.',
  'The host answered with another page, perhaps to sign in.':
    'O servidor respondeu com outra página, talvez para iniciar sessão.',
  'The file did not arrive, or is damaged.': 'O ficheiro não chegou ou está danificado.',
  'The file is damaged.': 'O ficheiro está danificado.',
  'The file is damaged: {}.': 'O ficheiro está danificado: {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'Uma política do servidor proíbe WebAssembly neste navegador.',
  'The file does not end.': 'O ficheiro não acaba.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'Este site acaba de ser substituído por uma versão mais nova. Tente de novo dentro de um minuto.',
  'There is no page at this address.': 'Não há nenhuma página neste endereço.',
  'There is nothing on this page.': 'Não há nada nesta página.',
  'The page keeps requesting more files.': 'A página pede cada vez mais ficheiros.',
  'It leads to {}, and from there back again.': 'Leva a {}, e daí de volta.',
  'It leads to {}.': 'Leva a {}.',
  'The manifest can’t be read: {}.': 'A lista de ficheiros não pode ser lida: {}.',
  'The renderer stopped while it made this page ({}).':
    'Ocorreu um erro ao preparar esta página ({}).',
  'Other pages are not affected.': 'As outras páginas não são afetadas.',
  'The rest of the page is complete.': 'O resto da página está completo.',
  'This may not be the latest version of the page.':
    'Esta página pode não ser a versão mais recente.',
  'This is the page as your last visit left it.':
    'Esta é a página tal como ficou na sua última visita.',
  'This site needs JavaScript.': 'Este site precisa de JavaScript.',
};
