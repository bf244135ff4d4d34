// Lua.
#include "lexer.h"

namespace meridian::rouge {

const Language kLua = {"lua", "", R"~(
%builtin _g _version assert collectgarbage dofile error getmetatable ipairs load loadfile next pairs
%builtin pcall print rawequal rawget rawlen rawset select setmetatable tonumber tostring type xpcall
%builtin lua_cpath lua_cpath_5_3 lua_init lua_init_5_3 lua_path lua_path_5_3 luaopen_base
%builtin luaopen_coroutine luaopen_debug luaopen_io luaopen_math luaopen_os luaopen_package
%builtin luaopen_string luaopen_table luaopen_utf8 lua_errerr lua_errfile lua_errgcmm lua_errmem
%builtin lua_errrun lua_errsyntax lua_hookcall lua_hookcount lua_hookline lua_hookret
%builtin lua_hooktailcall lua_maskcall lua_maskcount lua_maskline lua_maskret lua_maxinteger
%builtin lua_mininteger lua_minstack lua_multret lua_noref lua_ok lua_opadd lua_opband lua_opbnot
%builtin lua_opbor lua_opbxor lua_opdiv lua_opeq lua_opidiv lua_ople lua_oplt lua_opmod lua_opmul
%builtin lua_oppow lua_opshl lua_opshr lua_opsub lua_opunm lua_refnil lua_registryindex
%builtin lua_ridx_globals lua_ridx_mainthread lua_tboolean lua_tfunction lua_tlightuserdata lua_tnil
%builtin lua_tnone lua_tnumber lua_tstring lua_ttable lua_tthread lua_tuserdata lua_use_apicheck
%builtin lua_yield lual_buffersize require
%member package.config package.cpath package.loaded package.loadlib package.path package.preload
%member package.searchers package.searchpath coroutine.create coroutine.isyieldable coroutine.resume
%member coroutine.running coroutine.status coroutine.wrap coroutine.yield debug.debug debug.gethook
%member debug.getinfo debug.getlocal debug.getmetatable debug.getregistry debug.getupvalue
%member debug.getuservalue debug.sethook debug.setlocal debug.setmetatable debug.setupvalue
%member debug.setuservalue debug.traceback debug.upvalueid debug.upvaluejoin io.close io.flush
%member io.input io.lines io.open io.output io.popen io.read io.stderr io.stdin io.stdout io.tmpfile
%member io.type io.write math.abs math.acos math.asin math.atan math.ceil math.cos math.deg math.exp
%member math.floor math.fmod math.huge math.log math.max math.maxinteger math.min math.mininteger
%member math.modf math.pi math.rad math.random math.randomseed math.sin math.sqrt math.tan
%member math.tointeger math.type math.ult os.clock os.date os.difftime os.execute os.exit os.getenv
%member os.remove os.rename os.setlocale os.time os.tmpname string.byte string.char string.dump
%member string.find string.format string.gmatch string.gsub string.len string.lower string.match
%member string.pack string.packsize string.rep string.reverse string.sub string.unpack string.upper
%member table.concat table.insert table.move table.pack table.remove table.sort table.unpack
%member utf8.char utf8.charpattern utf8.codepoint utf8.codes utf8.len utf8.offset
id = [A-Za-z_][A-Za-z0-9_]*
@root
#!.*?$ => cp
 => +base
@base
(?m)--\[(=*)\[.*?\]\1\] => cm
--.*$ => c1
(?i)(\d*\.\d+|\d+\.\d*)(e[+-]?\d+)?' => mf
(?i)\d+e[+-]?\d+ => mf
(?i)0x[0-9a-f]* => mh
\d+ => mi
\n => t
[^\S\n] => t
(?m)\[(=*)\[.*?\]\1\] => s
==|~=|<=|>=|\.\.\.|\.\.|[=+\-*/%^<>#] => o
[\[\]{}().,:;] => p
(?:and|or|not)\b => ow
(?:break|do|else|elseif|end|for|if|in|repeat|return|then|until|while)\b => k
local\b => kd
(?:true|false|nil)\b => kc
function\b => k +function
{%member}(?![A-Za-z0-9_]) => nb
({id})(\.)({id}) => n p n
gsub(?![A-Za-z0-9_]) => nb +gsub
{id} => builtin?nb|n
' => s1 +single_quotes
" => s2 +double_quotes
@function
\s+ => t
(?:({id})(\.))?({id}) => nc p nf -
\( => p -
@gsub
\) => p -
[(,] => p
\s+ => t
" => sr +regex
@regex
" => sr =regex_end
\[\^? => se +regex_class
\\. => se
[(][?][:=<!] => se
[{][\d,]+[}] => se
[()?] => se
. => sr
@regex_end
[$]+ => sr -
 => -
@regex_class
/ => se
\] => se -
(\\)(.) => se sr
. => sr
@single_quotes
<escape
' => s1 -
[^']+ => s1
@double_quotes
<escape
" => s2 -
[^"]+ => s2
@escape
\\([abfnrtv\\"']|\d{1,3}) => se
)~"};

}  // namespace meridian::rouge
