// Ruby.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText =
    R"~(
%kw BEGIN END alias begin break case defined? do else elsif end ensure for if in next raise redo
%kw rescue retry return super then undef unless until when while yield
%pseudo __FILE__ __LINE__ alias_method attr catch extend false include loop module_function nil
%pseudo private protected public raise throw true
%builtin __id__ __send__ abort ancestors at_exit attr_accessor attr_reader attr_writer autoload
%builtin binding callcc caller catch chomp chop class_eval class_variables clone const_defined?
%builtin const_get const_missing const_set constants display dup eval exec exit extend fail fork
%builtin format freeze getc gets global_variables gsub hash id included_modules inspect
%builtin instance_eval instance_method instance_methods instance_variable_get instance_variable_set
%builtin instance_variables lambda load local_variables loop method method_missing methods
%builtin module_eval name object_id open p print printf private_class_method
%builtin private_instance_methods private_methods proc protected_instance_methods protected_methods
%builtin public_class_method public_instance_methods public_methods putc puts raise rand readline
%builtin readlines require require_relative scan select self send set_trace_func singleton_methods
%builtin sleep split sprintf srand sub syscall system taint test throw to_a to_s trace_var trap
%builtin untaint untrace_var warn
%question autoload block_given const_defined eql equal frozen include instance_of is_a iterator
%question kind_of method_defined nil private_method_defined protected_method_defined
%question public_method_defined respond_to tainted
%bang chomp chop exit gsub sub
decimal = \d+(?:_\d+)*
exponent = [eE][+-]?\d+
constant = [a-zA-Z_][a-zA-Z0-9_]*
escape = [\\abefnrstv#"']|x[a-fA-F0-9]{1,2}|[0-7]{1,3}
start => +expression *reset
@root
<blanks
__END__ => cp +end
0_?[0-7]+(?:_[0-7]+)* => mo
0x[0-9A-Fa-f]+(?:_[0-9A-Fa-f]+)* => mh
0b[01]+(?:_[01]+)* => mb
{decimal}(?:\.{decimal}{exponent}?|{exponent}) => mf
{decimal} => mi
(?i)@@[a-z_]\w* => vc
(?i)@[a-z_]\w* => vi
\$\w+ => vg
\$[!@&`'+~=/\\,;.<>_*\$?:"] => vg
\$-[0adFiIlpvw] => vg
:: => o
<strings
{%kw}(?=\W|$) => k +expression
{%pseudo}\b => kp +expression
(module)(\s+)({constant}(?:::{constant})*) => k t nn
(def\b)(\s*) => k t +function
(class\b)(\s*) => k t +class
{%question}[?] => nb +expression
{%bang}! => nb +expression
{%builtin}\b => nb +call
<heredocs
\.{2,3} => o +expression
[A-Z][a-zA-Z0-9_]* => no +call
(\.|::)(\s*)([a-z_]\w*[!?]?|[*%&^`~+-\/\[<>=]) => p t nf +call
[a-zA-Z_]\w*[?!] => n +expression
[a-zA-Z_]\w* => n +call
\*\*|<<?|>>?|>=|<=|<=>|=~|={3}|!~|&&?|\|\||\. => o +expression
[-+\/*%=<>&!^|~]=? => o +expression
[?] => p +ternary +expression
[\[({,:\\;/] => p +expression
[\])}] => p
@symbols
(?i):@{0,2}[a-z_]\w*[!?]? => ss
:(?:\*\*|[-+]@|[/\%&\|^`~]|\[\]=?|<<|>>|<=?>|<=?|===?) => ss
:'(\\\\|\\'|[^'])*' => ss
:" => ss +quoted_symbol
@sigils
\%([rqswQWxiI])?([^\w\s]) => *sigil
@sigil
*sigil_text
<escapes
*sigil_hash
@raw_sigil
*sigil_text
*sigil_mark
@strings
<symbols
\b[a-z_]\w*?[?!]?:\s+ => ss +expression
'(\\\\|\\'|[^'])*' => s1
" => s2 +double_quotes
` => sb +backticks
@regex_flags
[mixounse]* => sr -
@double_quotes
<escapes
[^\\"#]+ => s2
[\\#] => s2
" => s2 -
@quoted_symbol
<escapes
[^\\"#]+ => ss
[\\#] => ss
" => ss -
@backticks
<escapes
[^\\`#]+ => sb
[\\#] => sb
` => sb -
@blanks
<inline_blanks
\n\s* => t +expression
#.*$ => c1
(?m)=begin\b.*?\n=end\b => cm
@inline_blanks
[ \t\r]+ => t
@heredocs
(<<[-~]?)(["`']?)([a-zA-Z_]\w*)(\2) => *heredoc
(<<[-~]?)(["'])(\2) => *heredoc
@heredoc_line
(?=\n) => =heredoc
<root
@heredoc
<escapes
\n => sh +heredoc_end
[#\\\n] => sh
[^#\\\n]+ => sh
@heredoc_end
[^#\\\n]*$ => *heredoc_end
 => -
@function
\s+ => t
\( => p +parameters
operator = \*\*?|[-+]@?|[/%&\|^`~]|\[\]=?|<<?|>>?|<=>?|>=|===?
(?:([a-zA-Z_]\w*)(\.))?([a-zA-Z_]\w*[!?]?|{operator}) => nc o nf -
 => -
@class
\s+ => t
\w+(::\w+)+ => nc
\( => p +parameters +expression
\<< => o =expression
[A-Z_]\w* => nc -
 => -
@ternary
(:)(\s+) => p t =expression
:(?![^#\n]*?[:\\]) => p =expression
<root
@parameters
(\))(\.|::)? => p o -
\( => p +parameters +expression
<root
@interpolation
\} => si -
<root
@interpolated
[#][{] => si +interpolation
(?i)#(@@?|\$)[a-z_]\w* => si
@escapes
<interpolated
\\({escape}) => se
\\. => se
@call
/|% => o =expression
(?=\n) => -
 => =spaced_call
@spaced_call
<blanks
[%/]= => o =expression
(/)(?=\S|\s*/) => sr =regex
<sigils
(?=\s*/) => -
\s+ => t =expression
 => -
@expression
<inline_blanks
/ => sr =regex
[?](\\[MC]-)*(\\({escape})|\S)(?!\w) => sc -
(\s*)(%[rqswQWxiI]? \S* ) => t sx -
<sigils
 => -
@regex
<interpolated
\\\\ => sr
\\/ => sr
[\\#] => sr
[^\\/#]+ => sr
/ => sr =regex_flags
@end
(?m).+ => cp -
)~";

// `texts` has the here-documents that wait for the end of their line: `-NAME` may end indented,
// `=NAME` may not. `numbers` has the index of the first of them, and then, for each literal like
// %w[…] that is open, its delimiters and its token.
enum { kFirst, kLiteralSize = 3 };

bool reset(Run& run) {
  run.texts.size = run.numbers.size = 0;
  run.numbers.add(run.arena(), 0);
  return true;
}

struct Literal {
  std::uint32_t open, close, token;
  bool special(std::uint32_t c) const { return c == '#' || c == '\\' || c == open || c == close; }
};

void push_literal(Run& run, const Literal& literal) {
  for (std::uint32_t number : {literal.open, literal.close, literal.token})
    run.numbers.add(run.arena(), number);
}

Literal innermost(const Run& run) {
  const std::uint32_t* end = run.numbers.end();
  return {end[-3], end[-2], end[-1]};
}

bool open_literal(Run& run) {
  Str kind = run.match.group(1), mark = run.match.group(2);
  std::size_t at = 0;
  Literal literal{decode(mark, at), 0, 0};
  int pair = literal.open < 128 ? index_in("{[(<", char(literal.open)) : -1;
  literal.close = pair < 0 ? literal.open : std::uint8_t("}])>"[pair]);
  literal.token = std::uint32_t(token_of(kind == "r" ? "sr" : "sx"));
  if (kind == "r") run.push("regex_flags");
  run.token(std::uint8_t(literal.token), run.match.group(0));
  push_literal(run, literal);
  run.push(!kind.empty() && is_one_of(kind[0], "rQWxI") ? "sigil" : "raw_sigil");
  return true;
}

/// Escaped delimiters, delimiters, and what is neither.
bool add_literal_text(Run& run) {
  Literal literal = innermost(run);
  Str rest = run.rest();
  std::size_t size = 0;
  std::uint32_t c = decode(rest, size);
  const char* escape = nullptr;
  if (c == '\\' && size < rest.size() && literal.special(decode(rest, size))) {
    escape = "se";
  } else if (c == literal.open && literal.open != literal.close) {
    push_literal(run, literal);
    run.push_top();
  } else if (c == literal.close) {
    run.numbers.size -= kLiteralSize;
    run.pop();
  } else if (literal.special(c)) {
    return false;
  } else {
    for (std::size_t next = size; next < rest.size() && !literal.special(decode(rest, next));)
      size = next;
  }
  run.token(escape ? std::uint8_t(token_of(escape)) : std::uint8_t(literal.token),
            rest.substr(0, size));
  run.at += std::uint32_t(size);
  return true;
}

bool add_mark(Run& run, Str marks) {
  if (marks.find(run.rest()[0]) == Str::npos) return false;
  run.token(std::uint8_t(innermost(run).token), run.rest().substr(0, 1));
  ++run.at;
  return true;
}
bool add_hash(Run& run) { return add_mark(run, "#"); }
bool add_raw_mark(Run& run) { return add_mark(run, "\\#"); }

bool open_heredoc(Run& run) {
  Str operation = run.match.group(1), name = run.match.group(0).substr(operation.size());
  run.token("o", operation);
  run.token("no", name);
  auto quoted = [](char c) { return is_one_of(c, "\"`'"); };
  while (!name.empty() && quoted(name[0])) name.remove_prefix(1);
  while (!name.empty() && quoted(name.back())) name.remove_suffix(1);
  run.texts.add(run.arena(), run.arena().join(operation.size() > 2 ? "-" : "=", name));
  if (!run.top_is("heredoc_line")) run.push("heredoc_line");
  return true;
}

bool end_heredoc(Run& run) {
  Str line = run.match.group(0), name = run.texts[run.numbers[kFirst]];
  bool ends = (name[0] == '-' ? strip(line) : rstrip(line)) == name.substr(1);
  if (ends && ++run.numbers[kFirst] == run.texts.size) {
    run.texts.size = run.numbers[kFirst] = 0;
    run.pop();
  }
  run.token(ends ? "no" : "sh", line);
  run.pop();
  return true;
}

constexpr Hook kHooks[] = {{"reset", reset},
                           {"sigil", open_literal},
                           {"sigil_text", add_literal_text},
                           {"sigil_hash", add_hash},
                           {"sigil_mark", add_raw_mark},
                           {"heredoc", open_heredoc},
                           {"heredoc_end", end_heredoc}};
}  // namespace

const Language kRuby = {"ruby rb", "", kText, kHooks, sizeof kHooks / sizeof *kHooks};

}  // namespace meridian::rouge
