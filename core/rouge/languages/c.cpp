// C, C++ and Objective-C.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kCText =
    R"~(
%kw _Alignas _Alignof _Atomic _Generic _Imaginary _Noreturn _Static_assert _Thread_local auto break
%kw case const continue default do else enum extern for goto if register restricted return sizeof
%kw static struct switch typedef union virtual volatile while
%type DIR FILE _Bool _Complex char char16_t char32_t clock_t div_t double float fpos_t int int16_t
%type int32_t int64_t int8_t int_fast16_t int_fast32_t int_fast64_t int_fast8_t int_least16_t
%type int_least32_t int_least64_t int_least8_t intmax_t intptr_t jmp_buf ldiv_t long mbstate_t
%type off_t ptrdiff_t short sig_atomic_t signed size_t ssize_t time_t uint16_t uint32_t uint64_t
%type uint8_t uint_fast16_t uint_fast32_t uint_fast64_t uint_fast8_t uint_least16_t uint_least32_t
%type uint_least64_t uint_least8_t uintmax_t uintptr_t unsigned va_list void wchar_t wctrans_t
%type wctype_t wint_t
%reserved __asm __based __cdecl __declspec __except __fastcall __finally __inline __int16 __int32
%reserved __int61 __int8 __leave __naked __restrict __stdcall __thread __try __typename _inline
%reserved _naked _restrict _thread _typename inline naked restrict thread typename
id = [a-zA-Z_][a-zA-Z0-9_]*
blanks = (?:\s|//[^\n]*?\n|/[*][^\n]*?[*]/)+
arguments = \s*\([^;]*?\)
start => +line
@root
<expression_blanks
([\w*\s]+?[\s*])({id})({arguments})({blanks}?)(\{|;) => >>self nf >>self >>self p *function
\{ => p +function
<statements
@expression_line
<inline_blanks
#if\s0 => c +if_0
# => cp +macro
 => -
@line
{id}:(?!:) => nl
<expression_line
@inline_blanks
[ \t\r]+ => t
\\\n => t
(?m)/(\\\n)?[*].*?[*](\\\n)?/ => cm
@blanks
\n+ => t +line
//(\\.|.)*?$ => c1 +line
<inline_blanks
@expression_blanks
\n+ => t +expression_line
<blanks
@statements
<blanks
(u8|u|U|L)?" => s +string
(?i)(u8|u|U|L)?'(\\.|\\[0-7]{1,3}|\\x[a-f0-9]{1,2}|[^\\'\n])' => sc
(?i)(\d+[.]\d*|[.]?\d+)e[+-]?\d+[lu]* => mf
(?i)\d+e[+-]?\d+[lu]* => mf
(?i)0x[0-9a-f]+[lu]* => mh
(?i)0[0-7]+[lu]* => mo
(?i)\d+[lu]* => mi
\*/ => err
[~!%^&*+=\|?:<>/-] => o
[()\[\],.;] => p
\bcase\b => k +case
(?:true|false|NULL)\b => nb
{id} => kw?k|type?kt|reserved?kr|n
@case
: => p -
<statements
@function
<blanks
<statements
; => p
\{ => p +function
\} => p -
@string
" => s -
\\([\\abfnrtv"']|x[a-fA-F0-9]{2,4}|[0-7]{1,3}) => se
[^\\"\n]+ => s
\\\n => s
\\ => s
@macro
<include
[^/\n\\]+ => cp
(?m)\\. => cp
<inline_blanks
/ => cp
\n => cp -
@include
(include)(\s*)(<[^>]+>)([^\n]*) => cp t cpf c1
(include)(\s*)("[^"]+")([^\n]*) => cp t cpf c1
@if_0
^\s*#if => c +if_0
^\s*#\s*el(?:se|if) => c -
(?m)^\s*#\s*endif\b.*?(?<!\\)\n => c -
.*?\n => c
)~";

constexpr Name kCppText =
    R"~(
%kw alignas alignof asm auto catch char8_t co_await co_return co_yield concept const_cast consteval
%kw constexpr constinit decltype delete dynamic_cast explicit export final friend mutable namespace
%kw new noexcept operator override private protected public reinterpret_cast requires restrict
%kw size_of static_assert static_cast this thread_local throw throws try typeid typename using
%kw virtual
%type bool
%reserved __event __interface __multiple_inheritance __single_inheritance __super __uuidof
%reserved __virtual_inheritance
digits = \d(?:'?\d)*
suffix = y|d|h|min|s|ms|us|ns|i|if|il
@<root
(?:__offload|__blockingoffload|__outer)\b => kp
@<statements
(class|struct)\b => k +class
template\b => k +template
{digits}(\.{digits})?(?:{suffix})\b => mx
(?i)({digits}[.]{digits}?|[.]{digits})(e[+-]?{digits}[lu]*)? => mf
(?i){digits}e[+-]?{digits}[lu]* => mf
(?i)0x\h('?\h)*[lu]* => mh
0b[01]+('[01]+)* => mb
(?i)0[0-7]('?[0-7])*[lu]* => mo
(?i){digits}[lu]* => mi
\bnullptr\b => nb
(?m)(?:u8|u|U|L)?R"([a-zA-Z0-9_{}\[\]#<>%:;.?*\+\-\/\^&|~!=,"']{,16})\(.*?\)\1" => s
(::|<=>) => o
[{}] => p
@class
{id} => nc -
<blanks
[.]{3} => o
, => p -
 => -
@template
[>;] => p -
typename\b => k +class
<statements
@case
:(?!:) => p -
<statements
)~";

constexpr Name kObjectiveCText =
    R"~(
%at @selector @private @protected @public @encode @synchronized @try @throw @catch @finally @end
%at @property @synthesize @dynamic @optional @interface @implementation @import @autoreleasepool
%at_builtin @true @false @YES @NO
word = [a-zA-Z$_][a-zA-Z0-9$_]*
@<root
([-+])(\s*)((?:[(].*?[)])?)(\s*)(?={word}:?) => k t >>self t +method_definition
@<statements
\@" => s +string
\@'(\\[0-7]{1,3}|\\x[a-fA-F0-9]{1,2}|\\.|[^\\'\n]') => sc
(?i)@(\d+[.]\d*|[.]\d+|\d+)e[+-]?\d+l? => mf
(?i)@(\d+[.]\d*|[.]\d+|\d+f)f? => mf
\@0x\h+[lL]? => mh
(?i)@0[0-7]+l? => mo
\@\d+l? => mi
\bin\b => k
\@(?:interface|implementation)\b => k +class
\@(?:class|protocol)\b => k +forward_class
\@[[:alnum:]]+ => at?k|at_builtin?nb|err
[?] => p +ternary
\[ => p +message
\@\[ => p +array
\@[{] => p +dictionary
(?:YES|NO|nil)(?![a-zA-Z0-9_]) => nb
@ternary
: => p -
<statements
@message_shared
\] => p -
\} => p -
; => err
<statements
@message
({word})(\s*)(:) => nf t p =message_arguments
({word})(\s*)(\]) => nf t p -
<message_shared
@message_arguments
[{] => p +function
({word})(\s*)(:) => nf t p -
<message_shared
@array
\] => p -
, => p
<statements
@dictionary
\} => p -
, => p
<statements
@class
<blanks
({word})(\s*)(:)(\s*)({word}) => nc t p t nc -
({word})(\s*)([(])(\s*)({word})(\s*)([)]) => nc t p t nl t p -
{word} => nc -
@forward_class
<blanks
({word})(\s*)(,)(\s*) => nc t p t +
({word})(\s*)(;?) => nc t p -
@method_definition
, => p
[.][.][.] => p
([(].*?[)])({word}) => >>self nv
({word})(\s*)(:) => nf t p
; => p -
[{] => p =function
<inline_blanks
//.*?\n => c1
\s+ => t
 => -
)~";

/// A function that has a body.
bool open_function(Run& run) {
  if (run.match.group(5) == "{") run.push("function");
  return true;
}
constexpr Hook kHooks[] = {{"function", open_function}};
}  // namespace

const Language kC = {"c", "", kCText, kHooks, 1};
const Language kCpp = {"cpp c++", kCText, kCppText, kHooks, 1};
const Language kObjectiveC = {"objective_c objc obj-c obj_c objectivec", kCText, kObjectiveCText,
                              kHooks, 1};

}  // namespace meridian::rouge
