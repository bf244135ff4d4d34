// What the shell says to visitors, in Traditional Chinese: by the English message; {} stands for
// what is named there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': '無法顯示此頁面',
  'This browser can’t show the site': '此瀏覽器無法顯示本網站',
  'It has no WebAssembly.': '它不支援 WebAssembly。',
  'This page is slow to arrive, or a part of it was lost.': '頁面載入緩慢，或有一部分遺失。',
  'Try again': '重試',
  'Not loaded': '未載入',
  Error: '錯誤',
  'There is no connection to the network.': '沒有網路連線。',
  'The connection to the host failed.': '無法連線到伺服器。',
  'The connection was lost in the middle of the file.': '檔案傳到一半時連線中斷。',
  'The host does not answer.': '伺服器沒有回應。',
  'The host answered {}.': '伺服器回應 {}。',
  'The file is not the one of this release, so it is not used.': '此檔案不屬於此版本，因此未使用。',
  'The host does not have it.': '伺服器上沒有此檔案。',
  'The host answered with another page, perhaps to sign in.':
    '伺服器回應了另一個頁面，可能需要登入。',
  'The file did not arrive, or is damaged.': '檔案未送達或已損壞。',
  'The file is damaged.': '檔案已損壞。',
  'The file is damaged: {}.': '檔案已損壞：{}。',
  'A policy of the host forbids WebAssembly in this browser.':
    '伺服器的政策禁止在此瀏覽器中使用 WebAssembly。',
  'The file does not end.': '檔案沒有結尾。',
  'This site has just been replaced by a newer version. Try again in a minute.':
    '本網站剛剛更新為新版本。請稍後重試。',
  'There is no page at this address.': '此位址沒有頁面。',
  'There is nothing on this page.': '此頁面沒有內容。',
  'The page keeps requesting more files.': '此頁面不斷要求更多檔案。',
  'It leads to {}, and from there back again.': '它指向 {}，又從那裡返回。',
  'It leads to {}.': '它指向 {}。',
  'The manifest can’t be read: {}.': '無法讀取檔案清單：{}。',
  'The renderer stopped while it made this page ({}).': '產生此頁面時發生錯誤（{}）。',
  'Other pages are not affected.': '其他頁面不受影響。',
  'The rest of the page is complete.': '頁面的其餘部分是完整的。',
  'This may not be the latest version of the page.': '此頁面可能不是最新版本。',
  'This is the page as your last visit left it.': '這是您上次造訪時的頁面。',
  'This site needs JavaScript.': '本網站需要 JavaScript。',
};
