// What the shell says to visitors, in French: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'Cette page ne peut pas être affichée',
  'This browser can’t show the site': 'Ce navigateur ne peut pas afficher le site',
  'It has no WebAssembly.': 'Il n’a pas WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'Cette page tarde à arriver, ou une partie s’est perdue.',
  'Try again': 'Réessayer',
  'Not loaded': 'Non chargé',
  Error: 'Erreur',
  'There is no connection to the network.': 'Il n’y a pas de connexion au réseau.',
  'The connection to the host failed.': 'La connexion au serveur a échoué.',
  'The connection was lost in the middle of the file.':
    'La connexion s’est interrompue au milieu du fichier.',
  'The host does not answer.': 'Le serveur ne répond pas.',
  'The host answered {}.': 'Le serveur a répondu {}.',
  'The file is not the one of this release, so it is not used.':
    'Ce fichier n’est pas celui de cette version : il n’est pas utilisé.',
  'The host does not have it.': 'Le serveur ne l’a pas.',
  'The host answered with another page, perhaps to sign in.':
    'Le serveur a répondu par une autre page, peut-être pour se connecter.',
  'The file did not arrive, or is damaged.': 'Le fichier n’est pas arrivé, ou il est endommagé.',
  'The file is damaged.': 'Le fichier est endommagé.',
  'The file is damaged: {}.': 'Le fichier est endommagé : {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'Une politique du serveur interdit WebAssembly dans ce navigateur.',
  'The file does not end.': 'Le fichier n’a pas de fin.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'Ce site vient d’être remplacé par une version plus récente. Réessayez dans une minute.',
  'There is no page at this address.': 'Il n’y a pas de page à cette adresse.',
  'There is nothing on this page.': 'Cette page est vide.',
  'The page keeps requesting more files.': 'La page demande toujours plus de fichiers.',
  'It leads to {}, and from there back again.': 'Elle mène à {}, et de là en arrière.',
  'It leads to {}.': 'Elle mène à {}.',
  'The manifest can’t be read: {}.': 'La liste des fichiers est illisible : {}.',
  'The renderer stopped while it made this page ({}).':
    'Une erreur s’est produite pendant la préparation de cette page ({}).',
  'Other pages are not affected.': 'Les autres pages ne sont pas touchées.',
  'The rest of the page is complete.': 'Le reste de la page est complet.',
  'This may not be the latest version of the page.':
    'Cette page n’est peut-être pas la version la plus récente.',
  'This is the page as your last visit left it.': 'Voici la page telle qu’à votre dernière visite.',
  'This site needs JavaScript.': 'Ce site a besoin de JavaScript.',
};
