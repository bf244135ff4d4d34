// What the shell says to visitors, in Chinese: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': '无法显示此页面',
  'This browser can’t show the site': '此浏览器无法显示本网站',
  'It has no WebAssembly.': '它不支持 WebAssembly。',
  'This page is slow to arrive, or a part of it was lost.': '页面加载缓慢，或有一部分丢失。',
  'Try again': '重试',
  'Not loaded': '未加载',
  Error: '错误',
  'There is no connection to the network.': '没有网络连接。',
  'The connection to the host failed.': '无法连接到服务器。',
  'The connection was lost in the middle of the file.': '文件传到一半时连接中断。',
  'The host does not answer.': '服务器没有响应。',
  'The host answered {}.': '服务器返回 {}。',
  'The file is not the one of this release, so it is not used.': '此文件不属于此版本，因此未使用。',
  'The host does not have it.': '服务器上没有此文件。',
  'The host answered with another page, perhaps to sign in.':
    '服务器返回了另一个页面，可能需要登录。',
  'The file did not arrive, or is damaged.': '文件未送达或已损坏。',
  'The file is damaged.': '文件已损坏。',
  'The file is damaged: {}.': '文件已损坏：{}。',
  'A policy of the host forbids WebAssembly in this browser.':
    '服务器的策略禁止在此浏览器中使用 WebAssembly。',
  'The file does not end.': '文件没有结尾。',
  'This site has just been replaced by a newer version. Try again in a minute.':
    '本网站刚刚更新为新版本。请稍后重试。',
  'There is no page at this address.': '此地址没有页面。',
  'There is nothing on this page.': '此页面没有内容。',
  'The page keeps requesting more files.': '此页面不断请求更多文件。',
  'It leads to {}, and from there back again.': '它指向 {}，又从那里返回。',
  'It leads to {}.': '它指向 {}。',
  'The manifest can’t be read: {}.': '无法读取文件列表：{}。',
  'The renderer stopped while it made this page ({}).': '生成此页面时出错（{}）。',
  'Other pages are not affected.': '其他页面不受影响。',
  'The rest of the page is complete.': '页面的其余部分是完整的。',
  'This may not be the latest version of the page.': '此页面可能不是最新版本。',
  'This is the page as your last visit left it.': '这是您上次访问时的页面。',
  'This site needs JavaScript.': '本网站需要 JavaScript。',
};
