#pragma once

#include "meridian/base.h"

namespace meridian {

/// A link in a page without host and baseurl, if it has them. Whether another host is meant is not
/// asked: what is looked for by the path is not found then, or does no harm.
inline Str without_host(Str link, Str baseurl) {
  if (std::size_t host = link.find("//"); host != Str::npos)
    link.remove_prefix(link.find('/', host + 2));
  if (starts_with(link, baseurl)) link.remove_prefix(baseurl.size());
  return link;
}

}  // namespace meridian
