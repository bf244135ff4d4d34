// What the shell says to visitors, in Arabic: by the English message; {} stands for what is named
// there.

/** @type {Record<string, string>} */
export default {
  'This page can’t be shown': 'لا يمكن عرض هذه الصفحة',
  'This browser can’t show the site': 'لا يستطيع هذا المتصفح عرض الموقع',
  'It has no WebAssembly.': 'لا يدعم WebAssembly.',
  'This page is slow to arrive, or a part of it was lost.':
    'تأخر وصول هذه الصفحة، أو ضاع جزء منها.',
  'Try again': 'أعد المحاولة',
  'Not loaded': 'لم يُحمَّل',
  Error: 'خطأ',
  'There is no connection to the network.': 'لا يوجد اتصال بالشبكة.',
  'The connection to the host failed.': 'فشل الاتصال بالخادم.',
  'The connection was lost in the middle of the file.': 'انقطع الاتصال في منتصف الملف.',
  'The host does not answer.': 'الخادم لا يجيب.',
  'The host answered {}.': 'أجاب الخادم {}.',
  'The file is not the one of this release, so it is not used.':
    'هذا الملف ليس ملف هذا الإصدار، لذلك لم يُستخدم.',
  'The host does not have it.': 'لا يوجد الملف على الخادم.',
  'The host answered with another page, perhaps to sign in.':
    'أجاب الخادم بصفحة أخرى، ربما لتسجيل الدخول.',
  'The file did not arrive, or is damaged.': 'لم يصل الملف أو أنه تالف.',
  'The file is damaged.': 'الملف تالف.',
  'The file is damaged: {}.': 'الملف تالف: {}.',
  'A policy of the host forbids WebAssembly in this browser.':
    'تمنع سياسة الخادم WebAssembly في هذا المتصفح.',
  'The file does not end.': 'الملف لا ينتهي.',
  'This site has just been replaced by a newer version. Try again in a minute.':
    'استُبدل هذا الموقع للتو بإصدار أحدث. أعد المحاولة بعد دقيقة.',
  'There is no page at this address.': 'لا توجد صفحة في هذا العنوان.',
  'There is nothing on this page.': 'لا شيء في هذه الصفحة.',
  'The page keeps requesting more files.': 'تطلب الصفحة مزيدًا من الملفات بلا نهاية.',
  'It leads to {}, and from there back again.': 'تؤدي إلى {}، ومن هناك تعود إلى هنا.',
  'It leads to {}.': 'تؤدي إلى {}.',
  'The manifest can’t be read: {}.': 'تعذرت قراءة قائمة الملفات: {}.',
  'The renderer stopped while it made this page ({}).': 'حدث خطأ أثناء إعداد هذه الصفحة ({}).',
  'Other pages are not affected.': 'الصفحات الأخرى غير متأثرة.',
  'The rest of the page is complete.': 'بقية الصفحة كاملة.',
  'This may not be the latest version of the page.': 'قد لا تكون هذه الصفحة أحدث نسخة.',
  'This is the page as your last visit left it.': 'هذه هي الصفحة كما كانت في زيارتك الأخيرة.',
  'This site needs JavaScript.': 'يحتاج هذا الموقع إلى JavaScript.',
};
