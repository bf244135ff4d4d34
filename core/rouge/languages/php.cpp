// PHP, within HTML.
#include "lexer.h"

namespace meridian::rouge {

namespace {
#include "php_functions.inc"

/// As php_functions.rb has them: how far the hashes lie apart, on average, and the bits of a step
/// that are written as they are.
constexpr std::uint32_t kSpread = 1 << 12, kLow = 11;

struct Hashes {
  std::uint32_t sorted[kHashCount];
  Hashes() {
    std::uint32_t at = 0, hash = 0;
    auto bit = [&] { return kSteps[at / 32] >> at++ % 32 & 1; };
    for (std::uint32_t& each : sorted) {
      while (bit()) hash += 1 << kLow;
      for (std::uint32_t i = 0; i < kLow; ++i) hash += bit() << i;
      each = hash;
    }
  }
  bool has(std::uint32_t hash) const {
    std::uint32_t from = 0, to = kHashCount;
    while (from < to) {
      std::uint32_t middle = (from + to) / 2;
      if (sorted[middle] < hash)
        from = middle + 1;
      else
        to = middle;
    }
    return from < kHashCount && sorted[from] == hash;
  }
};

/// Whether PHP has a function of this name, in any case.
bool is_builtin(Str name) {
  static const Hashes* hashes = new Hashes;
  std::uint32_t hash = 0x811c9dc5;
  for (char c : name) hash = (hash ^ std::uint8_t(lower(c))) * 0x01000193;
  hash = (hash ^ hash >> 15) * 0x2c1b3c6d;
  hash ^= hash >> 12;
  return hashes->has(std::uint32_t(std::uint64_t(hash) * kNames * kSpread >> 32));
}

bool is_keyword(Run& run, Str name) {
  Text upper;
  add_upcase(upper, name);
  return run.lexer.words("keyword").has(upper.str());
}

/// A name before a parenthesis.
bool called(Run& run) {
  Str name = run.match.group(0);
  run.token(is_keyword(run, name) ? "k" : is_builtin(name) ? "nb" : "nf", name);
  return true;
}

/// Whether the part of a name behind its last backslash is upper case, with digits and underscores
/// where `constant`, else whether it begins with a capital.
bool has_capitals(Str name, bool constant) {
  name = name.substr(name.rfind('\\') + 1);
  auto upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (name.empty() || !upper(name[0])) return false;
  for (char c : name.substr(1))
    if (constant ? !upper(c) && !is_digit(c) && c != '_' : !is_alnum(c)) return false;
  return !constant || name.size() > 1;
}

/// `E_ALL`, `PHP_EOL`: words of capitals behind one of these.
bool is_constant_of_php(Str name) {
  Str rest = name.substr(starts_with(name, "PHP_") ? 3 : starts_with(name, "E_") ? 1 : name.size());
  for (std::size_t i = 0; i < rest.size(); ++i) {
    bool edge = i + 1 == rest.size() || rest[i + 1] == '_';
    if (rest[i] == '_' ? edge : rest[i] < 'A' || rest[i] > 'Z') return false;
  }
  return !rest.empty();
}

bool named(Run& run) {
  Str name = run.match.group(0);
  constexpr struct {
    const char *word, *token, *state;
  } kWords[] = {{"use", "kn", "in_use"},
                {"const", "k", "in_const"},
                {"catch", "k", "in_catch"},
                {"public", "k", "in_visibility"},
                {"protected", "k", "in_visibility"},
                {"private", "k", "in_visibility"}};
  for (const auto& each : kWords) {
    if (!equal_ignoring_case(name, each.word)) continue;
    run.push(Str(each.state));
    run.token(each.token, name);
    return true;
  }
  run.token(is_keyword(run, name)                                                 ? "k"
            : starts_with(name, "__") && name.size() > 3 && ends_with(name, "__") ? "nb"
            : is_constant_of_php(name)                                            ? "kc"
            : has_capitals(name, true)                                            ? "no"
            : has_capitals(name, false)                                           ? "nc"
                                                                                  : "n",
            name);
  return true;
}

constexpr Hook kHooks[] = {{"called", called}, {"named", named}};

constexpr Name kText = R"~(
%keyword OLD_FUNCTION CFUNCTION __CLASS__ __DIR__ __FILE__ __FUNCTION__ __HALT_COMPILER __LINE__
%keyword __METHOD__ __NAMESPACE__ __TRAIT__ ABSTRACT AND ARRAY AS BREAK CASE CATCH CLONE CONTINUE
%keyword DECLARE DEFAULT DIE DO ECHO ELSE ELSEIF EMPTY ENDDECLARE ENDFOR ENDFOREACH ENDIF ENDSWITCH
%keyword ENDWHILE EVAL EXIT EXTENDS FINAL FINALLY FN FOR FOREACH GLOBAL GOTO IF IMPLEMENTS INCLUDE
%keyword INCLUDE_ONCE INSTANCEOF INSTEADOF ISSET LIST MATCH NEW OR PARENT PRINT PRIVATE PROTECTED
%keyword PUBLIC READONLY REQUIRE REQUIRE_ONCE RETURN SELF STATIC SWITCH THROW TRY UNSET VAR WHILE
%keyword XOR YIELD
id = [\p{L}_][\p{Word}]*
ns = (?:{id}\\)+
full = (?:{ns})?{id}
start => +start
@root
(?i)\<\?(?:php|=)? => cp +php
(?m).*?(?=\<\?)|.* => >html
@escape
\?> => cp !
@return
 => -
@start
(?m)\s*(?=\<) => >html -
(?i)[^$]+(?=\<\?(?:php|=)) => >html -
 => =php
@names
{full}(?=\s*\() => *called
{full} => *named
@operators
[~!%^&*+\|:.<>/@-]+ => o
@string
" => s2 -
[^\\{$"]+ => s2
\\u\{[0-9a-fA-F]+\} => se
\\(?:[efrntv"$\\]|[0-7]{1,3}|[xX][0-9a-fA-F]{1,2}) => se
\${id}(?:\[\S+\]|->{id})? => nv
\{\$\{ => si +string_interp_double
\{(?=\$) => si +string_interp_single
(\{)(\S+)(\}) => si nv si
[${\\]+ => s2
@string_interp_double
\}\} => si -
<php
@string_interp_single
\} => si -
<php
@values
(?mi)\<\<\<(["']?)({id})\1\n.*?\n\s*\2;? => sh
(?i)(?:\d[_\d]*)?\.(?:\d[_\d]*)?(?:e[+-]?\d[_\d]*)? => mf
0[0-7][0-7_]* => mo
(?i)0b[01][01_]* => mb
(?i)0x[a-f0-9][a-f0-9_]* => mh
\d[_\d]* => mi
'[^'\\]*(?:\\.[^'\\]*)*' => s1
`[^`\\]*(?:\\.[^`\\]*)*` => sb
" => s2 +string
(?i)(?:function|fn)\b => k +in_function_return +in_function_params +in_function_name
(?i)(?:true|false|null)\b => kc
(?i)new\b => k +in_new
@variables
\$\{\$+{id}\} => nv
\$+{id} => nv
@whitespace
\s+ => t
#.*?$ => c1
//.*?$ => c1
(?m)/\*\*(?!/).*?\*/ => cd
(?m)/\*.*?\*/ => cm
@php
<escape
<whitespace
<variables
<values
(?i)(namespace)(\s+)({full}) => kn t nn
(?i)(class|interface|trait|extends|implements)(\s+)({full}) => kd t nc
<names
[;,(){}\[\]] => p
<operators
[=?] => o
@in_assign
, => p -
[\[\]] => p
\( => p +in_assign_function
<escape
<whitespace
<values
<variables
<names
<operators
<return
@in_assign_function
\) => p -
, => p
<in_assign
@in_catch
\( => p
\| => o
{id} => nc
<escape
<whitespace
<return
@in_const
{id} => no
= => o +in_assign
<escape
<whitespace
<return
@in_function_body
\{ => p +
\} => p -
<php
@in_function_name
& => o
{id} => n
\( => p -
<escape
<whitespace
<return
@in_function_params
\) => p -
, => p
[.]{3} => p
= => o +in_assign
(?i)\b(?:public|protected|private|readonly)\b => k
\??{id} => kt +in_assign
<escape
<whitespace
<variables
<return
@in_function_return
: => p
(?i)use\b => k +in_function_use
\??{id} => kt +in_assign
\{ => p =in_function_body
<escape
<whitespace
<return
@in_function_use
[,(] => p
& => o
\) => p -
<escape
<whitespace
<variables
<return
@in_new
(?i)class\b => kd =in_new_class
{full} => nc -
<escape
<whitespace
<return
@in_new_class
\} => p -
\{ => p
<php
@in_use
[,}] => p
(?i)(?:function|const)\b => k
({ns})(\{) => nn p
{full}(?:_{id})+ => nf
<escape
<whitespace
<names
<return
@in_visibility
(?i)\b(?:readonly|static)\b => k
(?i)(?=(?:abstract|const|function)\b) => -
\??{id} => kt -
<escape
<whitespace
<return
)~";
}  // namespace

const Language kPhp = {"php php3 php4 php5", "", kText, kHooks, 2};

}  // namespace meridian::rouge
