// Python.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
%kw assert break continue del elif else except exec finally for global if
%kw lambda pass print raise return try while yield as with from import async await nonlocal
%builtin __import__ abs all any apply ascii basestring bin bool buffer bytearray bytes callable
%builtin chr classmethod cmp coerce compile complex delattr dict dir divmod enumerate eval
%builtin execfile exit file filter float format frozenset getattr globals hasattr hash hex id
%builtin input int intern isinstance issubclass iter len list locals long map max memoryview min
%builtin next object oct open ord pow property range raw_input reduce reload repr reversed round
%builtin set setattr slice sorted staticmethod str sum super tuple type unichr unicode vars
%builtin xrange zip
%pseudo self None Ellipsis NotImplemented False True
%exception ArithmeticError AssertionError AttributeError BaseException BlockingIOError
%exception BrokenPipeError BufferError BytesWarning ChildProcessError ConnectionAbortedError
%exception ConnectionError ConnectionRefusedError ConnectionResetError DeprecationWarning
%exception EOFError EnvironmentError Exception FileExistsError FileNotFoundError
%exception FloatingPointError FutureWarning GeneratorExit IOError ImportError ImportWarning
%exception IndentationError IndexError InterruptedError IsADirectoryError KeyError
%exception KeyboardInterrupt LookupError MemoryError ModuleNotFoundError NameError
%exception NotADirectoryError NotImplemented NotImplementedError OSError OverflowError
%exception OverflowWarning PendingDeprecationWarning ProcessLookupError RecursionError
%exception ReferenceError ResourceWarning RuntimeError RuntimeWarning StandardError
%exception StopAsyncIteration StopIteration SyntaxError SyntaxWarning SystemError SystemExit
%exception TabError TimeoutError TypeError UnboundLocalError UnicodeDecodeError
%exception UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning
%exception ValueError VMSError Warning WindowsError ZeroDivisionError
id = [[:alpha:]_][[:alnum:]_]*
dotted = [[:alpha:]_.][[:alnum:]_.]*
digits = [0-9](?:_?[0-9])*
exponent = e[+-]?{digits}
@root
\n+ => t
(?mi)^(:)(\s*)([ru]{,2}""".*?""") => p t sd
[^\S\n]+ => t
#(.*)?\n? => c1
[\[\]{}:(),;.] => p
\\\n => t
\\ => t
(in|is|and|or|not)\b => ow
(<<|>>|//|\*\*)=? => o
[-~+\/*%=<>&^|@]=?|!= => o
(from)((?:\\\s|\s)+)({dotted})((?:\\\s|\s)+)(import) => kn t nn t kn
(import)(\s+)({dotted}) => kn t nn
(def)((?:\s|\\\s)+) => k t +function
(class)((?:\s|\\\s)+) => k t +class
`.*?` => sb
(?i)([rfbu]{0,2})('''|"""|['"]) => sa s *open +string
\@{dotted} => nd
{id} => kw?k|exception?nb|builtin?nb|pseudo?bp|n
(?i)(?:(?:{digits})?\.{digits}|{digits}\.)(?:{exponent})?j? => mf
(?i){digits}{exponent}j? => mf
(?i){digits}j => mf
(?i)0b(_?[0-1])+ => mb
(?i)0o(_?[0-7])+ => mo
(?i)0x(_?[a-f0-9])+ => mh
\d+L => il
[1-9](_?[0-9])*|0(_?0)* => mi
@function
{id} => nf -
@class
{id} => nc -
@string
[^'"\\{]+ => s
\{\{ => s
'''|"""|['"] => *quote
(?=\\) => +escape
\{ => *brace
@escape
unicode = u[a-fA-F0-9]{4}|U[a-fA-F0-9]{8}|x[a-fA-F0-9]{2}|N{[a-zA-Z][a-zA-Z ]+[a-zA-Z]}
\\([\\abfnrtv"']|\n|newline|{unicode}|[0-7]{1,3}) => *escape
\\. => s -
@interpolation
[^{}!:]+ => >>self
![asr] => si
: => si
\{ => si +interpolation
\} => si -
)~";

constexpr std::uint32_t kRaw = 1, kFormatted = 2;

// Strings within strings: `numbers` has their prefixes, `texts` their quotes.

bool open_string(Run& run) {
  std::uint32_t prefix = 0;
  for (char c : run.match.group(1)) {
    if (lower(c) == 'r') prefix |= kRaw;
    if (lower(c) == 'f') prefix |= kFormatted;
  }
  run.numbers.add(run.arena(), prefix);
  run.texts.add(run.arena(), run.match.group(2));
  return true;
}

bool close_string(Run& run) {
  run.token("s", run.match.group(0));
  if (run.texts.back() == run.match.group(0)) {
    --run.texts.size;
    --run.numbers.size;
    run.pop();
  }
  return true;
}

bool open_brace(Run& run) {
  bool formatted = run.numbers.back() & kFormatted;
  run.token(formatted ? "si" : "s", run.match.group(0));
  if (formatted) run.push("interpolation");
  return true;
}

bool add_escape(Run& run) {
  run.token(run.numbers.back() & kRaw ? "s" : "se", run.match.group(0));
  run.pop();
  return true;
}

constexpr Hook kHooks[] = {
    {"open", open_string}, {"quote", close_string}, {"brace", open_brace}, {"escape", add_escape}};
}  // namespace

const Language kPython = {"python py", "", kText, kHooks, 4};

}  // namespace meridian::rouge
