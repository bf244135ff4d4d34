// A workspace's answers as strings, and sites from texts.
#pragma once
#include <initializer_list>
#include <string>
#include <utility>

#include "meridian/workspace.h"

struct Answer {
  meridian::site::Status status;
  std::string html, json;
};

inline Answer render(meridian::Workspace& w, meridian::Str url) {
  meridian::Text html, json;
  meridian::site::Status status = w.render(url, html, json);
  return {status, std::string(html.str()), std::string(json.str())};
}

inline bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

/// Puts a site of these files, pairs of path and text, and no others.
template <class Files = std::initializer_list<std::pair<meridian::Str, meridian::Str>>>
void put_site(meridian::Workspace& w, const Files& files) {
  for (auto& [path, text] : files) w.put(path, text);
  w.files().complete = true;
  (void)w.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}");
}
