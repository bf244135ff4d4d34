// The context of a request to a site: its arena, missing files, diagnostics and dependencies.
#pragma once
#include "meridian/site.h"

namespace meridian::site {

struct RequestContext {
  RequestContext(SiteState& s, Arena& a, Needs& n, Diagnostics& d, List<Str>* deps)
      : site(s),
        files(s.files_),
        arena(a),
        needs(n),
        diagnostics(d),
        dependencies(deps),
        serial(++s.files_.requests) {}

  SiteState& site;
  Files& files;
  Arena& arena;  ///< of the render
  Needs& needs;
  Diagnostics& diagnostics;
  List<Str>* dependencies;

  std::uint32_t serial;  ///< of this request
  /// Of the content that is being rendered: its number, and the files that it uses.
  std::uint32_t content_number = 0;
  List<File*>* content_files = nullptr;

  void need(Str path);
  void need_pack(Str name);
  /// Notes a file among the dependencies, and among those of the content that is being made.
  void depend(File& used);
  void depend_on(const List<File*>& list) {
    for (File* file : list) depend(*file);
  }
  /// Reports the diagnostics of a file, from when it was scanned or parsed.
  void report(const File& file) { report(file.found); }
  void report(const Diagnostics& found);
  /// Reports problems of documents of a collection, or of pages: a list of them may lack one, or
  /// its title, because of it.
  void report_wrong(const Collection* collection);
  /// A key of the configuration, as text.
  Str setting(const char* key) const { return to_str(site.arena_, site.config_->get(key)); }
  /// … that names a folder, as paths begin with it: `_layouts/` for `./_layouts`.
  Str folder(const char* key) const;
  /// Leads diagnostics of documents that are rows of tables to their lines there.
  void point_to_rows();
};

/// While it lives, the files that are used are those of a content or an excerpt, which is kept for
/// other pages; they depend on them as well: depend_on().
class Collecting {
 public:
  Collecting(RequestContext& request, List<File*>& list)
      : request_(request), number_(request.content_number), files_(request.content_files) {
    list = {};
    request.content_number = ++request.files.contents;
    request.content_files = &list;
  }
  ~Collecting() {
    request_.content_number = number_;
    request_.content_files = files_;
  }
  Collecting(const Collecting&) = delete;
  Collecting& operator=(const Collecting&) = delete;

 private:
  RequestContext& request_;
  std::uint32_t number_;
  List<File*>* files_;
};

}  // namespace meridian::site
