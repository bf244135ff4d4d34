// URLs and e-mail addresses in running text. md4c's own rules for them are narrower than GFM's: it
// stops at `~`, at a
// `_` that no letter precedes, at letters that are not ASCII, and wants white space before.
#pragma once
#include "meridian/base.h"

namespace meridian::markdown {

/// The size of the `www.`, `http://`, `https://` or `ftp://` autolink that begins at `at`, 0 when
/// there is none (GFM 0.29, 6.9).
std::size_t url_size(Str text, std::size_t at);
/// The same for an e-mail address with its `@` at `at`, which begins `before` bytes before that.
std::size_t email_size(Str text, std::size_t at, std::size_t& before);

}  // namespace meridian::markdown
