// Rust.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText =
    R"~(
%kw Self abstract as async await become box break const continue crate do dyn else enum extern
%kw false final fn for if impl in let log loop macro match mod move mut override priv pub ref
%kw return self static struct super trait true try type typeof union unsafe unsized use virtual
%kw where while yield
%builtin Add Arc AsMut AsRef BitAnd BitOr BitXor Box Clone Cons Const Copy DIR Default Div
%builtin DoubleEndedIterator Drop Either Eq Err ExactSizeIterator Extend FILE Failure Fn FnMut
%builtin FnOnce From Gc Index Into IntoIterator Iterator Left Modulo Mul Neg Nil None Num Ok Option
%builtin Ord Owned PartialEq PartialOrd Pin Ptr Rc Result Right Send Shl Shr Sized Some String Sub
%builtin Success Sync Unpin Vec bool c_char c_double c_float c_int c_long c_longlong c_schar
%builtin c_short c_uchar c_uint c_ulong c_ulonglong c_ushort c_void char clock_t dev_t dirent drop
%builtin f32 f64 float fpos_t i128 i16 i32 i64 i8 ino_t int intptr_t isize mode_t off_t pid_t
%builtin ptrdiff_t size_t ssize_t str time_t u128 u16 u32 u64 u8 uint uintptr_t usize
id = [\p{XID_Start}_]\p{XID_Continue}*
hex = [0-9a-fA-F]
escape = \\([nrt'"\\0]|x{hex}{2}|u\{(?:{hex}_*){1,6}\})
size = 8|16|32|64|128|size
fraction = [.][0-9][0-9_]*
exponent = [eE][-+]?[0-9_]+
type = f32|f64
start => *reset +line
@root
\n => t +line
<blanks
#!?\[ => nd +attribute
\b{%kw}\b => k
<literals
[=-]> => k
\<-> => k
[()\[\]{}|,:;] => p
[*\/!@~&+%^<>=\?-]|\.{2,3} => o
([.]\s*)?{id}(?=\s*[(]) => nf
[.]\s*await\b => k
[.]\s*{id} => py
[.]\s*\d+ => na
({id})(::) => nn p
\bmacro_rules! => nd +macro_rules
{id}! => nd +macro
'static\b => k
'{id} => nv
{id} => builtin?nb|n
@line
<blanks
#\s[^\n]* => cs
 => -
@attribute
<blanks
<literals
[(,)=:] => nd
\] => nd -
{id} => nd
@blanks
\s+ => t
////+[^\n]* => c1
//[/!][^\n]* => cd
//[^\n]* => c1
/\*\*\*?/ => cm
/\*\*\*+ => cm +plain_comment
/[*][*!] => cd +doc_comment
/[*] => cm +plain_comment
@plain_comment
\*/ => cm -
/\* => cm +plain_comment
[^*/]+|[*/] => cm
@doc_comment
\*/ => cd -
/\* => cd +doc_comment
[^*/]+|[*/] => cd
@macro
<literals
[\[{(] => *open
[\]})] => *close
{id}! => nd
<root
. => t
@macro_rules
[$]{id}(:{id})? => nv
[$] => nv
<macro
@literals
\b(?:true|false)\b => kc
b?'(?:{escape}|[^\\])' => sc
b?" => s +string
(?m)b?r(#*)".*?"\1 => s
more = {fraction}{exponent}?{type}?|{fraction}?{exponent}{type}?|{fraction}?{exponent}?{type}
[0-9][0-9_]*(?:{more}|[.](?![._\p{XID_Start}])) => mf
(?:0b[10_]+|0x[0-9a-fA-F_]+|0o[0-7_]+|[0-9][0-9_]*)(u{size}?|i{size})? => mi
@string
" => s -
{escape} => se
[^"\\]+ => s
)~";

constexpr const char* kBrackets[] = {"[(", "])"};

/// `numbers` has how many brackets of a macro are open, of each kind.
bool reset(Run& run) {
  run.numbers.size = 0;
  for (int i = 0; i < 3; ++i) run.numbers.add(run.arena(), 0);
  return true;
}

bool count_bracket(Run& run, bool closes) {
  Str bracket = run.match.group(0);
  int kind = index_in(kBrackets[closes], bracket[0]);
  run.numbers[kind < 0 ? 2u : std::uint32_t(kind)] += closes ? -1u : 1u;
  bool closed = !(run.numbers[0] | run.numbers[1] | run.numbers[2]);
  if (closes && closed) run.pop();
  run.token("p", bracket);
  return true;
}
bool open(Run& run) { return count_bracket(run, false); }
bool close(Run& run) { return count_bracket(run, true); }

constexpr Hook kHooks[] = {{"reset", reset}, {"open", open}, {"close", close}};
}  // namespace

const Language kRust = {
    "rust rs rust,no_run rs,no_run rust,ignore rs,ignore rust,should_panic rs,should_panic", "",
    kText, kHooks, 3};

}  // namespace meridian::rouge
