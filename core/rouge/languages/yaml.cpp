// YAML. Indentation decides where scalars end, so it is followed as blocks are.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kText = R"~(
plain = [^ \t\n\r\f\v?:,\[\]{}#&*!\|>'"%@`]
start => *reset
@root
<comment
\n+ => t
[ ]+(?=#|$) => t
^%YAML\b => nt *reset +yaml_directive
^%TAG\b => nt *reset +tag_directive
^(?:---|\.\.\.)(?= |$) => nn *reset +line
[ ]*(?!\s|$) => *indent +line +indentation
@comment
#.*$ => c1
@indentation
\s*?\n => t -2
[ ]+(?=[-:?](?:[ ]|$)) => t *continue
[?:-](?=[ ]|$) => pi *collection
[ ]* => t *continue -
@line
[ ]*(?=#|$) => t -
[ ]+ => t
<descriptors
<block_nodes
<flow_nodes
(?={plain}|[?:-][^ \t\n\r\f\v]) => +plain
@descriptors
!<[0-9A-Za-z;\/?:@&=+$,_.!~*'()\[\]%-]+> => kt
(?:![\w-]+)?!(?:[\w;/?:@&=+$,.!~*\'()\[\]%-]*) => kt
&[\p{L}\p{Nl}\p{Nd}_-]+ => nl
\*[\p{L}\p{Nl}\p{Nd}_-]+ => nv
@block_nodes
([^#,:?\[\]{}"'\n]+)(:)(?=\s|$) => na pi *key
[\|>][+-]? => pi +block_scalar +block_scalar_header
@flow_nodes
\[ => pi +sequence
\{ => pi +mapping
' => s1 +single_quotes
" => s2 +double_quotes
@flow
\s+ => t
<comment
[?:,] => pi
<descriptors
<flow_nodes
(?={plain}) => +flow_plain
@sequence
\] => pi -
<flow
@mapping
\} => pi -
<flow
@block_scalar
\n+ => t
^[ ]+$ => *blank_line
^[ ]* => t *scalar_line
[^\n\r\f\v]+ => s
@block_scalar_header
(([1-9])[+-]?|[+-]?([1-9])?)(?=[ ]|$) => *header
@ignored
<comment
[ ]+ => t
\n => t -
@quoted_blanks
^[ ]+ => t
[ ]+$ => t
\n+ => t
[ ]+ => nv
@single_quotes
<quoted_blanks
\\' => se
' => s -
[^\s']+ => s
@double_quotes
" => s -
<quoted_blanks
\\[0abt\tn\nvfre "\\N_LP] => se
\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}) => se
[^ \t\n\r\f\v"\\]+ => s
@plain_line
^[ ]+\n => t
\n+ => t
^(?=---|\.\.\.) => -3
^[ ]* => t - *plain_indent
@plain
[ ]*(?=:[ \n]|:$) => t -
[ ]*:\S+ => s
[ ]+(?=#) => t -
[ ]+$ => t
\n+ => t +plain_line
[ ]+ => s
true|false|null => no
\d+(?:\.\d+)?(?=(\r?\n)| +#) => m -
[^\s:]+ => s
@flow_plain
[ ]*(?=[,:?\[\]{}]) => t -
[ ]+(?=#) => t -
^[ ]+ => t
[ ]+$ => t
\n+ => t
[ ]+ => nv
[^\s,:?\[\]{}]+ => nv
@yaml_directive
([ ]+)(\d+\.\d+) => t m =ignored
@tag_directive
([ ]+)(!|![\w-]*!)([ ]+)(!|!?[\w;/?:@&=+$,.!~*'()\[\]%-]+) => t kt t kt =ignored
)~";

// `numbers` has the indentation of the line, that of the block scalar (or kNone), and behind them
// those of the blocks around.
enum { kLine, kScalar, kBlocks };

std::uint32_t indentation(const Run& run) { return run.numbers.back(); }

bool reset(Run& run) {
  run.numbers.size = 0;
  run.numbers.add(run.arena(), 0);
  run.numbers.add(run.arena(), kNone);
  run.numbers.add(run.arena(), 0);
  return true;
}

/// Leaves the blocks that are indented further. Returns how much of the blanks is right.
std::uint32_t save_indentation(Run& run, Str blanks) {
  auto size = std::uint32_t(blanks.size());
  run.numbers[kLine] = size;
  if (size >= indentation(run)) return size;
  while (size < indentation(run)) --run.numbers.size;
  return indentation(run);
}

bool indent(Run& run) {
  Str blanks = run.match.group(0);
  std::uint32_t right = save_indentation(run, blanks);
  run.token("t", blanks.substr(0, right));
  run.token("err", blanks.substr(right));
  return true;
}

bool continue_indentation(Run& run) {
  run.numbers[kLine] += std::uint32_t(run.match.group(0).size());
  return true;
}

bool open_block(Run& run) {
  if (indentation(run) < run.numbers[kLine]) {
    std::uint32_t line = run.numbers[kLine];
    run.numbers.add(run.arena(), line);
  }
  return true;
}

bool open_collection(Run& run) {
  open_block(run);
  return continue_indentation(run);
}

bool add_blank_line(Run& run) {
  Str line = run.match.group(0);
  std::uint32_t scalar = run.numbers[kScalar];
  run.token("t", line.substr(0, scalar));
  run.token("no", line.substr(scalar));
  return true;
}

bool begin_scalar_line(Run& run) {
  Str blanks = run.match.group(0);
  std::uint32_t& scalar = run.numbers[kScalar];
  std::uint32_t least = scalar == kNone ? indentation(run) : scalar;
  if (scalar == kNone) scalar = std::uint32_t(blanks.size());
  if (blanks.size() < least) {
    save_indentation(run, blanks);
    run.pop();
    run.push("indentation");
  }
  return true;
}

bool read_header(Run& run) {
  run.numbers[kScalar] = kNone;
  run.go("ignored");
  Str header = run.match.group(0);
  if (header.empty()) return true;
  // Rouge reads a sign as well: `+2` is as `2`, and `-2` indents less.
  std::int64_t size = std::int64_t(indentation(run)) + parse_int(header);
  run.numbers[kScalar] = size < 0 ? 0 : std::uint32_t(size);
  run.token("pi", header);
  return true;
}

bool indent_plain(Run& run) {
  Str blanks = run.match.group(0);
  if (blanks.size() <= indentation(run)) {
    run.pop();
    save_indentation(run, blanks);
    run.push("indentation");
  }
  return true;
}

constexpr Hook kHooks[] = {{"reset", reset},
                           {"indent", indent},
                           {"continue", continue_indentation},
                           {"collection", open_collection},
                           {"key", open_block},
                           {"blank_line", add_blank_line},
                           {"scalar_line", begin_scalar_line},
                           {"header", read_header},
                           {"plain_indent", indent_plain}};
}  // namespace

const Language kYaml = {"yaml yml", "", kText, kHooks, sizeof kHooks / sizeof *kHooks};

}  // namespace meridian::rouge
