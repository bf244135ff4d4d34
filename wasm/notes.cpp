// notes.wasm: the links between the notes of a site behind a C ABI.
#include "notes.h"

#include <cstdlib>

#include "meridian/notes.h"
#include "meridian/text.h"

using namespace meridian;

namespace {
notes::Links links;
}

extern "C" {

void* notes_alloc(std::size_t size) { return std::malloc(size ? size : 1); }
void notes_free(void* block) { std::free(block); }

void notes_open(const char* baseurl, std::size_t size) { links.open({baseurl, size}); }

std::int32_t notes_add(const char* fields, std::size_t fields_size, const char* html,
                       std::size_t html_size) {
  Str rest(fields, fields_size);
  notes::Note note;
  (void)next_piece(rest, '\x1F', note.url);
  (void)next_piece(rest, '\x1F', note.title);
  note.tags = rest;
  note.html = {html, html_size};
  return links.add(note);
}

void notes_finish() { links.finish(); }

const NotesHtml* notes_write(const char* url, std::size_t url_size, const char* words,
                             std::size_t words_size) {
  static NotesHtml answer;
  static Text html;
  html.truncate(0);
  (void)links.write({url, url_size}, {words, words_size}, html);
  answer = {html.data(), std::uint32_t(html.size())};
  return &answer;
}
}
