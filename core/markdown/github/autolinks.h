// URLs and e-mail addresses in running text. md4c's own rules for them are narrower than GFM's: it
// ends at `~`, at a `_` without a letter before it and at letters outside of ASCII, and requires
// white space before the address.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// Where a URL may begin whose `:`, or the `.` of its `www.`, is at `at`; npos when none does.
std::size_t url_begin(Str text, std::size_t at);
/// The size of the `www.`, `http://`, `https://` or `ftp://` autolink that begins at `at`, 0 when
/// there is none (GFM 0.29, 6.9).
std::size_t url_size(Str text, std::size_t at);
/// The same for an e-mail address with its `@` at `at`, which begins `before` bytes before that.
std::size_t email_size(Str text, std::size_t at, std::size_t& before);

}  // namespace meridian::markdown
