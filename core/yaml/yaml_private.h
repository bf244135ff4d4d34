/* What stands in for libyaml's header of that name where make_libyaml.py's copy of it is compiled.
 *
 * libyaml's macros write the same dozens of instructions at each of hundreds of places; here they
 * are calls of small functions, a third of the bytes. Its strings, stacks and tokens live in the
 * arena of the one who parses, so there is nothing to free and no allocation that fails. Its input
 * is the whole text at once: well-formed UTF-8 without control characters, ended by a NUL (load.cpp
 * sees to that), so there is no reader. Marks are byte offsets.
 */
#pragma once
#include <limits.h>
#include <stddef.h>
#include <string.h>
#include <yaml.h>

#define NOINLINE static __attribute__((noinline))
#define assert(condition) ((void)0)

/* Bytes of the arena, all zero; defined in load.cpp. */
void* meridian_yaml_allocate(void* arena, size_t size) __attribute__((returns_nonnull));
#define ALLOCATE(size) meridian_yaml_allocate(parser->read_handler_data, (size))
#define YAML_MALLOC(size) ((yaml_char_t*)ALLOCATE(size))
#define YAML_MALLOC_STATIC(type) ((type*)ALLOCATE(sizeof(type)))
#define yaml_free(pointer) ((void)(pointer))
#define yaml_strdup(text) (text) /* nobody writes into it */
#define yaml_token_delete(token) ((void)0)

/* ---- strings: some bytes after the pointer are always zero ---- */

#define INITIAL_STRING_SIZE 16
#define NULL_STRING {NULL, NULL, NULL}

typedef struct {
  yaml_char_t *start, *end, *pointer;
} yaml_string_t;

/* Room for `size` more bytes, and for a NUL. */
NOINLINE void string_room(yaml_parser_t* parser, yaml_string_t* string, size_t size) {
  size_t used = string->pointer - string->start, capacity = string->end - string->start;
  if (used + size < capacity) return;
  capacity = capacity * 2 + size + INITIAL_STRING_SIZE;
  yaml_char_t* grown = YAML_MALLOC(capacity);
  if (used) memcpy(grown, string->start, used);
  string->start = grown;
  string->end = grown + capacity;
  string->pointer = grown + used;
}

NOINLINE void string_clear(yaml_string_t* string) {
  memset(string->start, 0, string->pointer - string->start);
  string->pointer = string->start;
}

NOINLINE void string_join(yaml_parser_t* parser, yaml_string_t* to, yaml_string_t* from) {
  size_t size = from->pointer - from->start;
  string_room(parser, to, size);
  memcpy(to->pointer, from->start, size);
  to->pointer += size;
  string_clear(from);
}

#define STRING_INIT(parser, string, size) (string_room((parser), &(string), 0), 1)
#define STRING_DEL(parser, string) ((void)0)
#define STRING_EXTEND(parser, string) (string_room((parser), &(string), 5), 1)
#define CLEAR(parser, string) string_clear(&(string))
#define JOIN(parser, a, b) (string_join((parser), &(a), &(b)), 1)

/* ---- stacks, which begin as zeros, and the queue of tokens ---- */

NOINLINE void stack_room(yaml_parser_t* parser, void* stack, size_t item) {
  struct {
    char *start, *end, *top;
  }* s = stack;
  size_t used = s->top - s->start;
  if (s->top != s->end) return;
  char* grown = ALLOCATE(used * 2 + 16 * item);
  if (used) memcpy(grown, s->start, used);
  s->start = grown;
  s->end = grown + used * 2 + 16 * item;
  s->top = grown + used;
}

#define STACK_INIT(parser, stack, type) 1
#define STACK_DEL(parser, stack) ((void)0)
#define STACK_EMPTY(parser, stack) ((stack).start == (stack).top)
#define POP(parser, stack) (*(--(stack).top))
#define PUSH(parser, stack, value) \
  (stack_room((parser), &(stack), sizeof(*(stack).start)), *((stack).top++) = (value), 1)
#define PUSH_STATE(parser, value) (push_number((parser), &(parser)->states, (value)), 1)
#define PUSH_MARK(parser, value) (push_number((parser), &(parser)->marks, (value).index), 1)

NOINLINE void push_number(yaml_parser_t* parser, void* stack, int value) {
  struct {
    int *start, *end, *top;
  }* s = stack;
  stack_room(parser, stack, sizeof(int));
  *s->top++ = value;
}

/* Puts a token before the one at `index` of those that wait. */
NOINLINE void insert_token(yaml_parser_t* parser, size_t index, const yaml_token_t* token) {
  if (parser->tokens.tail == parser->tokens.end) {
    size_t count = parser->tokens.tail - parser->tokens.head;
    yaml_token_t* room = parser->tokens.start;
    if (count * 2 >= (size_t)(parser->tokens.end - room)) {
      room = ALLOCATE((count * 4 + 16) * sizeof(yaml_token_t));
      parser->tokens.start = room;
      parser->tokens.end = room + count * 4 + 16;
    }
    if (count) memmove(room, parser->tokens.head, count * sizeof(yaml_token_t));
    parser->tokens.head = room;
    parser->tokens.tail = room + count;
  }
  yaml_token_t* at = parser->tokens.head + index;
  memmove(at + 1, at, (char*)parser->tokens.tail++ - (char*)at);
  *at = *token;
}

NOINLINE int add_token(yaml_parser_t* parser, const yaml_token_t* token) {
  insert_token(parser, parser->tokens.tail - parser->tokens.head, token);
  return 1;
}

#define QUEUE_INSERT(parser, queue, index, token) (insert_token((parser), (index), &(token)), 1)
#define ENQUEUE(parser, queue, token) add_token((parser), &(token))
#define DEQUEUE(parser, queue) (*((queue).head++))

/* ---- characters ---- */

#define CHECK_AT(string, octet, offset) ((string).pointer[offset] == (yaml_char_t)(octet))
#define CHECK(string, octet) CHECK_AT((string), (octet), 0)
#define IS_Z(string) CHECK((string), '\0')
#define IS_SPACE(string) CHECK((string), ' ')
#define IS_TAB(string) CHECK((string), '\t')
#define IS_BLANK_AT(string, offset) \
  (CHECK_AT((string), ' ', (offset)) || CHECK_AT((string), '\t', (offset)))
#define IS_BLANK(string) is_blank((string).pointer)
#define IS_BREAK_AT(string, offset) break_width((string).pointer + (offset))
#define IS_BREAK(string) break_width((string).pointer)
#define IS_BREAKZ(string) is_breakz((string).pointer)
#define IS_BLANKZ_AT(string, offset) is_blankz((string).pointer + (offset))
#define IS_BLANKZ(string) is_blankz((string).pointer)
#define IS_DIGIT(string) ((unsigned)(*(string).pointer - '0') < 10)
#define AS_DIGIT(string) (*(string).pointer - '0')
#define IS_ALPHA(string) is_alpha(*(string).pointer)
#define IS_HEX_AT(string, offset) (hex_value((string).pointer[offset]) >= 0)
#define AS_HEX_AT(string, offset) hex_value((string).pointer[offset])
#define IS_BOM(string) (!memcmp((string).pointer, "\xEF\xBB\xBF", 3))
#define WIDTH(string) width_of(*(string).pointer)

NOINLINE int is_alpha(yaml_char_t c) {
  return (unsigned)(c - '0') < 10 || (unsigned)((c | 32) - 'a') < 26 || c == '_' || c == '-';
}

/* A NUL is none of them. */
NOINLINE int is_one_of(yaml_char_t c, const char* characters) {
  while (*characters && (yaml_char_t)*characters != c) characters++;
  return *characters;
}

NOINLINE int hex_value(yaml_char_t c) {
  return (unsigned)(c - '0') < 10         ? c - '0'
         : (unsigned)((c | 32) - 'a') < 6 ? (c | 32) - 'a' + 10
                                          : -1;
}

static int width_of(yaml_char_t lead) {
  return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* Bytes of the line break here; 0: there is none. */
NOINLINE int break_width(const yaml_char_t* at) {
  switch (*at) {
    case '\r': return at[1] == '\n' ? 2 : 1;
    case '\n': return 1;
    case 0xC2: return at[1] == 0x85 ? 2 : 0;                                     /* NEL */
    case 0xE2: return at[1] == 0x80 && (at[2] == 0xA8 || at[2] == 0xA9) ? 3 : 0; /* LS, PS */
    default: return 0;
  }
}

NOINLINE int is_blank(const yaml_char_t* at) { return *at == ' ' || *at == '\t'; }
NOINLINE int is_breakz(const yaml_char_t* at) { return !*at || break_width(at); }
NOINLINE int is_blankz(const yaml_char_t* at) { return is_blank(at) || is_breakz(at); }

/* ---- the input ---- */

#define CACHE(parser, length) 1
#define SKIP(parser) skip(parser)
#define SKIP_LINE(parser) skip_line(parser)
#define READ(parser, string) (read_character((parser), &(string)), 1)
#define READ_LINE(parser, string) (read_line((parser), &(string)), 1)

NOINLINE void skip(yaml_parser_t* parser) {
  int width = WIDTH(parser->buffer);
  parser->buffer.pointer += width;
  parser->mark.index += width;
  parser->column++;
}

NOINLINE void skip_line(yaml_parser_t* parser) {
  int width = break_width(parser->buffer.pointer);
  if (!width) return;
  parser->buffer.pointer += width;
  parser->mark.index += width;
  parser->column = 0;
  parser->line++;
}

NOINLINE void read_character(yaml_parser_t* parser, yaml_string_t* string) {
  string_room(parser, string, 5);
  for (int width = WIDTH(parser->buffer), i = 0; i < width; i++)
    *string->pointer++ = parser->buffer.pointer[i];
  skip(parser);
}

/* Every line break becomes a newline, but for LS and PS; at the end of the text there is none. */
NOINLINE void read_line(yaml_parser_t* parser, yaml_string_t* string) {
  if (IS_Z(parser->buffer)) return;
  if (CHECK(parser->buffer, '\xE2')) {
    read_character(parser, string);
    parser->column = 0;
    parser->line++;
  } else {
    string_room(parser, string, 5);
    *string->pointer++ = '\n';
    skip_line(parser);
  }
}

/* ---- tokens and events ---- */

NOINLINE void init_token(yaml_token_t* token, yaml_token_type_t type, yaml_mark_t start,
                         yaml_mark_t end) {
  memset(token, 0, sizeof(*token));
  token->type = type;
  token->start_mark = start;
  token->end_mark = end;
}

NOINLINE void init_event(yaml_event_t* event, yaml_event_type_t type, yaml_mark_t start) {
  memset(event, 0, sizeof(*event));
  event->type = type;
  event->start_mark = start;
}

#define TOKEN_INIT(token, type, start, end) init_token(&(token), (type), (start), (end))
#define STREAM_START_TOKEN_INIT(token, encoding, start, end) \
  TOKEN_INIT(token, YAML_STREAM_START_TOKEN, start, end)
#define STREAM_END_TOKEN_INIT(token, start, end) \
  TOKEN_INIT(token, YAML_STREAM_END_TOKEN, start, end)
#define ALIAS_TOKEN_INIT(token, name, start, end) \
  (TOKEN_INIT(token, YAML_ALIAS_TOKEN, start, end), (token).data.alias.value = (name))
#define ANCHOR_TOKEN_INIT(token, name, start, end) \
  (TOKEN_INIT(token, YAML_ANCHOR_TOKEN, start, end), (token).data.anchor.value = (name))
#define TAG_TOKEN_INIT(token, handle_, suffix_, start, end)                            \
  (TOKEN_INIT(token, YAML_TAG_TOKEN, start, end), (token).data.tag.handle = (handle_), \
   (token).data.tag.suffix = (suffix_))
#define SCALAR_TOKEN_INIT(token, value_, length_, style_, start, end)                      \
  (TOKEN_INIT(token, YAML_SCALAR_TOKEN, start, end), (token).data.scalar.value = (value_), \
   (token).data.scalar.length = (length_), (token).data.scalar.style = (style_))
#define VERSION_DIRECTIVE_TOKEN_INIT(token, major_, minor_, start, end) \
  (TOKEN_INIT(token, YAML_VERSION_DIRECTIVE_TOKEN, start, end),         \
   (token).data.version_directive.major = (major_),                     \
   (token).data.version_directive.minor = (minor_))
#define TAG_DIRECTIVE_TOKEN_INIT(token, handle_, prefix_, start, end) \
  (TOKEN_INIT(token, YAML_TAG_DIRECTIVE_TOKEN, start, end),           \
   (token).data.tag_directive.handle = (handle_), (token).data.tag_directive.prefix = (prefix_))

/* One that is these characters and nothing else. */
NOINLINE int add_sign(yaml_parser_t* parser, yaml_token_type_t type, int characters) {
  yaml_token_t token;
  yaml_mark_t start = parser->mark;
  while (characters--) skip(parser);
  init_token(&token, type, start, parser->mark);
  return add_token(parser, &token);
}

/* What load.cpp does not ask for is left out of the events. */
#define EVENT_INIT(event, type, start) init_event(&(event), (type), (start))
#define STREAM_START_EVENT_INIT(event, encoding, start, end) \
  EVENT_INIT(event, YAML_STREAM_START_EVENT, start)
#define STREAM_END_EVENT_INIT(event, start, end) EVENT_INIT(event, YAML_STREAM_END_EVENT, start)
#define DOCUMENT_START_EVENT_INIT(event, version, first, last, implicit, start, end) \
  EVENT_INIT(event, YAML_DOCUMENT_START_EVENT, start)
#define DOCUMENT_END_EVENT_INIT(event, implicit, start, end) \
  EVENT_INIT(event, YAML_DOCUMENT_END_EVENT, start)
#define ALIAS_EVENT_INIT(event, anchor_, start, end) \
  (EVENT_INIT(event, YAML_ALIAS_EVENT, start), (event).data.alias.anchor = (anchor_))
#define SCALAR_EVENT_INIT(event, anchor_, tag_, value_, length_, plain, quoted, style, start, end) \
  (EVENT_INIT(event, YAML_SCALAR_EVENT, start), (event).data.scalar.anchor = (anchor_),            \
   (event).data.scalar.tag = (tag_), (event).data.scalar.value = (value_),                         \
   (event).data.scalar.length = (length_), (event).data.scalar.quoted_implicit = (quoted))
#define SEQUENCE_START_EVENT_INIT(event, anchor_, tag_, implicit, style, start, end) \
  (EVENT_INIT(event, YAML_SEQUENCE_START_EVENT, start),                              \
   (event).data.sequence_start.anchor = (anchor_), (event).data.sequence_start.tag = (tag_))
#define SEQUENCE_END_EVENT_INIT(event, start, end) EVENT_INIT(event, YAML_SEQUENCE_END_EVENT, start)
#define MAPPING_START_EVENT_INIT(event, anchor_, tag_, implicit, style, start, end) \
  (EVENT_INIT(event, YAML_MAPPING_START_EVENT, start),                              \
   (event).data.mapping_start.anchor = (anchor_), (event).data.mapping_start.tag = (tag_))
#define MAPPING_END_EVENT_INIT(event, start, end) EVENT_INIT(event, YAML_MAPPING_END_EVENT, start)

/* ---- the parser's look at the tokens ---- */

static int yaml_parser_fetch_more_tokens(yaml_parser_t* parser);

#define PEEK_TOKEN(parser) peek_token(parser)
#define SKIP_TOKEN(parser) skip_token(parser)

NOINLINE yaml_token_t* peek_token(yaml_parser_t* parser) {
  return parser->token_available || yaml_parser_fetch_more_tokens(parser) ? parser->tokens.head
                                                                          : NULL;
}

NOINLINE void skip_token(yaml_parser_t* parser) {
  parser->token_available = 0;
  parser->tokens_parsed++;
  parser->stream_end_produced = parser->tokens.head++->type == YAML_STREAM_END_TOKEN;
}

/* ---- what libyaml's functions have in common ---- */

/* `---` or `...` at the begin of a line */
NOINLINE int at_document_indicator(yaml_parser_t* parser) {
  const yaml_char_t* at = parser->buffer.pointer;
  return (*at == '-' || *at == '.') && at[1] == *at && at[2] == *at && is_blankz(at + 3);
}

/* One line break inside a scalar is a space; of several the first one goes. */
NOINLINE void fold(yaml_parser_t* parser, yaml_string_t* string, yaml_string_t* first,
                   yaml_string_t* others) {
  if (*first->start != '\n') {
    string_join(parser, string, first);
  } else if (!*others->start) {
    string_room(parser, string, 5);
    *string->pointer++ = ' ';
  }
  string_join(parser, string, others);
  string_clear(first);
}

/* There is room for it. */
NOINLINE void add_character(yaml_string_t* string, unsigned code_point) {
  int size = code_point < 0x80 ? 1 : code_point < 0x800 ? 2 : code_point < 0x10000 ? 3 : 4;
  for (int i = size - 1; i > 0; i--, code_point >>= 6)
    string->pointer[i] = 0x80 | (code_point & 0x3F);
  *string->pointer = size == 1 ? code_point : code_point | (0xF00 >> size);
  string->pointer += size;
}

/* 1: the letter behind the backslash stands for a character, which is added; otherwise the letter.
 */
static int read_named_escape(yaml_parser_t* parser, yaml_string_t* string) {
  static const char letters[] = "0abt\tnvfre \"/\\N_LP";
  static const unsigned short meanings[] = {0,  7,   8,   9,   9,    10,   11,   12,     13,
                                            27, ' ', '"', '/', '\\', 0x85, 0xA0, 0x2028, 0x2029};
  yaml_char_t letter = parser->buffer.pointer[1];
  for (unsigned i = 0; letters[i]; i++) {
    if ((yaml_char_t)letters[i] != letter) continue;
    add_character(string, meanings[i]);
    return 1;
  }
  return letter;
}

static yaml_char_t* resolve_tag(yaml_parser_t* parser, const yaml_char_t* handle,
                                const yaml_char_t* suffix) {
  const char* prefix = handle[1] ? "tag:yaml.org,2002:" : "!";
  size_t length = strlen(prefix), size = strlen((const char*)suffix);
  if (handle[1] && (handle[1] != '!' || handle[2])) return NULL;
  yaml_char_t* tag = YAML_MALLOC(length + size + 1);
  memcpy(tag, prefix, length);
  memcpy(tag + length, suffix, size);
  return tag;
}

/* ---- directives ---- */

static int yaml_parser_set_scanner_error(yaml_parser_t* parser, const char* context,
                                         yaml_mark_t context_mark, const char* problem);

/* `%YAML 1.1` or 1.2; what follows on the line is passed over. */
static int yaml_parser_scan_directive(yaml_parser_t* parser, yaml_token_t* token) {
  yaml_mark_t start_mark = parser->mark;
  const yaml_char_t* at = parser->buffer.pointer;
  if (strncmp((const char*)at, "%YAML 1.", 8) || !is_one_of(at[8], "12") || !is_blankz(at + 9))
    return yaml_parser_set_scanner_error(parser, "", start_mark, "found unknown directive name");
  while (!IS_BREAKZ(parser->buffer)) SKIP(parser);
  SKIP_LINE(parser);
  init_token(token, YAML_VERSION_DIRECTIVE_TOKEN, start_mark, parser->mark);
  return 1;
}

NOINLINE int skip_directives(yaml_parser_t* parser) {
  yaml_token_t* token;
  while ((token = PEEK_TOKEN(parser)) && token->type == YAML_VERSION_DIRECTIVE_TOKEN)
    SKIP_TOKEN(parser);
  return token != NULL;
}
