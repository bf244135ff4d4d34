// What the shell says to visitors, in Japanese: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'このページは表示できません',
  'This browser can’t show the site': 'このブラウザーではサイトを表示できません',
  'It has no WebAssembly.': 'WebAssembly に対応していません。',
  'This page is slow to arrive, or a part of it was lost.':
    'ページの到着が遅れているか、一部が失われました。',
  'Try again': '再試行',
  'Not loaded': '読み込めませんでした',
  Error: 'エラー',
  'There is no connection to the network.': 'ネットワークに接続されていません。',
  'The connection to the host failed.': 'サーバーに接続できませんでした。',
  'The connection was lost in the middle of the file.': 'ファイルの途中で接続が切れました。',
  'The host does not answer.': 'サーバーが応答しません。',
  'The host answered {}.': 'サーバーの応答は {} でした。',
  'The file is not the one of this release, so it is not used.':
    'このファイルはこのバージョンのものではないため、使用されません。',
  'The host does not have it.': 'サーバーにありません。',
  'The host answered with another page, perhaps to sign in.':
    'サーバーが別のページを返しました。ログインが必要かもしれません。',
  'The file did not arrive, or is damaged.': 'ファイルが届かなかったか、壊れています。',
  'The file is damaged.': 'ファイルが壊れています。',
  'The file is damaged: {}.': 'ファイルが壊れています：{}。',
  'A policy of the host forbids WebAssembly in this browser.':
    'サーバーのポリシーにより、このブラウザーでは WebAssembly を使えません。',
  'The file does not end.': 'ファイルが終わりません。',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'このサイトは新しい版に置き換えられたばかりです。少し待ってから再試行してください。',
  'There is no page at this address.': 'このアドレスにページはありません。',
  'There is nothing on this page.': 'このページには何もありません。',
  'The page keeps requesting more files.': 'ページが際限なくファイルを求めています。',
  'It leads to {}, and from there back again.': '{} に転送され、そこからまた戻ってきます。',
  'It leads to {}.': '{} に転送されます。',
  'The manifest can’t be read: {}.': 'ファイルの一覧を読み取れません：{}。',
  'The renderer stopped while it made this page ({}).':
    'このページの作成中にエラーが発生しました（{}）。',
  'Other pages are not affected.': 'ほかのページには影響ありません。',
  'The rest of the page is complete.': 'ページの残りの部分はすべて表示されています。',
  'This may not be the latest version of the page.': 'このページは最新版ではない可能性があります。',
  'This is the page as your last visit left it.': '前回の訪問時のページを表示しています。',
  'This site needs JavaScript.': 'このサイトには JavaScript が必要です。',
};
