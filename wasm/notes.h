// The C ABI of notes.wasm: which notes of a site link to which, where no list was prepared. Called
// by web/notes. Strings are UTF-8 with their length; blocks that are passed in stay the caller's.
#pragma once
#include <cstddef>
#include <cstdint>

/// HTML. Valid until the next call.
struct NotesHtml {
  const char* bytes;
  std::uint32_t size;
};

extern "C" {
/// Room for `size` bytes, to be released by notes_free; 0 when memory is used up.
void* notes_alloc(std::size_t size);
void notes_free(void* block);

/// Forgets all notes; `baseurl` is before the addresses of links.
void notes_open(const char* baseurl, std::size_t size);
/// Adds a note (notes::Note). `fields`: its address and title, each followed by 0x1F, then its
/// tags. 0: there are too many.
std::int32_t notes_add(const char* fields, std::size_t fields_size, const char* html,
                       std::size_t html_size);
/// All notes are there.
void notes_finish();
/// notes::Links::write(); empty when there is nothing.
const NotesHtml* notes_write(const char* url, std::size_t url_size, const char* words,
                             std::size_t words_size);
}
