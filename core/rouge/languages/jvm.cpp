// Other languages of the Java virtual machine: Groovy, Gradle, Scala; JSP.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kGroovyText = R"~(
%kw assert break case catch continue default do else finally for if goto instanceof new return
%kw switch this throw try while in as
%declaration abstract const enum extends final implements native private protected public static
%declaration strictfp super synchronized throws transient volatile
%type def boolean byte char double float int long short void
%constant true false null
@root
^(\s*(?:\w[\w.\[\]]*\s+)+?)(\w\w*)(\s*)(\() => >>self nf t o
[^\S\n]+ => t
//.*?$ => c1
(?m)/[*].*?[*]/ => cm
\@\w[\w.]* => nd
(?:class|interface|trait)\b => kd +class
(?:package|import)\b => kn +import
(?m)""".*?""" => s2
(?m)'''.*?''' => s1
"(\\.|\\\n|.)*?" => s2
'(\\.|\\\n|.)*?' => s1
(?m)\$/(\$.|.)*?/\$ => s
/(\\.|\\\n|.)*?/ => s
'\\.'|'[^\\]'|'\\u[0-9a-f]{4}' => sc
(\.)([a-zA-Z_][a-zA-Z0-9_]*) => o na
[a-zA-Z_][a-zA-Z0-9_]*: => nl
[a-zA-Z_$][a-zA-Z0-9_]* => kw?k|declaration?kd|type?kt|constant?kc|n
[~^*!%&\[\](){}<>\|+=:;,./?-] => o
\d+\.\d+([eE]\d+)?[fd]? => mf
0x[0-9a-f]+ => mh
[0-9]+L? => mi
\n => t
@class
\s+ => t
\w\w* => nc -
@import
\s+ => t
[\w.]+[*]? => nn -
)~";
}  // namespace

const Language kGroovy = {"groovy", "", kGroovyText};

const Language kGradle = {"gradle", kGroovyText, R"~(
%kw allprojects artifacts buildscript configuration dependencies repositories sourceSets subprojects
%kw publishing
%type Project Task Gradle Settings Script JavaToolChain SourceSet SourceSetOutput
%type IncrementalTaskInputs Configuration ResolutionStrategy ArtifactResolutionQuery
%type ComponentSelection ComponentSelectionRules ConventionProperty ExtensionAware
%type ExtraPropertiesExtension PublishingExtension IvyPublication IvyArtifact IvyArtifactSet
%type IvyModuleDescriptorSpec MavenPublication MavenArtifact MavenArtifactSet MavenPom
%type PluginDependenciesSpec PluginDependencySpec ResourceHandler TextResourceFactory
)~"};

// An operator outside ASCII is a symbol (Sm, So): what is no letter, no digit and none of the
// quotes and dashes listed.
const Language kScala = {"scala", "", R"~(
%kw abstract case catch def do else extends final finally for forSome if implicit lazy match new
%kw override private protected requires return sealed super this throw try val var while with yield
op = [!#%&'*+/:<=>?@\\^`|~-]|[^ -~\s\p{Word}‘’‚“”„«»‹›–—―…·¡¿§¶]
id = [\p{L}$_][\p{L}$_0-9]*(?:(?<=_)(?:{op})+)?
name = {id}|(?:{op})+|`[^`]+`
type = (?:{id}|(?:{op})+`[^`]+`)
@root
(class|trait|object)(\s+) => k t +class
'{id}(?!') => ss
[^\S\n]+ => t
//.* => c1
/\* => cm +comment
\@{id} => nd
(def)(\s+)({name})(\s*) => k t nf t
(val)(\s+)({name})(\s*) => k t nv t
(this)(\n*)(\.)({id}) => k t o py
({id}|_)(\n*)(\.)({id}) => nv t o py
[\p{Lu}$_]{id}\b => nc
({id})(\s*)(\() => nf t o
(\.)({id}) => o py
(?:{%kw})\b => k
(?:<[%:-]|=>|>:|[#=@_⇒←])(?:\b|(?=\s)|$) => k
:(?!{op}) => k +type
(?:true|false|null)\b => kc
(import|package)(\s+) => k t +import
(type)(\s+) => k t +type
(?m)""".*?"""(?!") => s
"(\\\\|\\"|[^"])*" => s
'\\.'|'[^\\]'|'\\u[0-9a-fA-F]{4}' => sc
{id} => n
`[^`]+` => n
\[ => o +parameters
[(){};,.#] => o
(?:{op})+ => o
([0-9][0-9]*\.[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?[fFdD]? => mf
[0-9][0-9]*[fFdD] => mf
0x[0-9a-fA-F]+ => mh
[0-9]+L? => mi
\n => t
@class
({name})(\s*)(\[) => nc t o +parameters
\s+ => t
[{] => o -
\( => o -
//.* => c1 -
{name} => nc -
@type
\s+ => t
\<[%:]|>:|[#_⇒]|forSome|type => k
([,);}]|=>|=)(\s*) => o t -
[({] => o +type
({type}(?:\.{type})*)(\s*)(\[) => kt t o - +parameters
({type}(?:\.{type})*)(\s*)$ => kt t -
//.* => c1 -
\.|{name} => kt
@parameters
[\s,]+ => t
\<[%:]|=>|>:|[#_⇒]|forSome|type => k
[\])}] => o -
[(\[{] => o +parameters
\.|{name} => kt
@comment
[^/*]+ => cm
/\* => cm +comment
\*/ => cm -
[*/] => cm
@import
({id}|\.)+ => nn -
)~"};

const Language kJsp = {"jsp", "", R"~(
@root
\<%-- => c +comment
\<%@\s*(page|include|taglib)\s* => nt +directive
\<jsp:directive\.(page|include|taglib) => nt +directive_element
\<jsp:(scriptlet|declaration|expression)> => nt +element
\<[a-zA-Z]*:[a-zA-Z]*\s* => nt +tag
\</[a-zA-Z]*:[a-zA-Z]*> => nt
\<%[!=]? => nt +scriptlet
(?m)(?:.+?)(?=(?:<%|</?[a-zA-Z]*:)) => >html
(?m).+ => >html
@comment
--%> => c -
(?m). => c
@directive
\%> => nt -
<attributes
(?m)(?:.+?)(?=%>) => >html
@directive_element
/> => nt -
<attributes
(?m)(?:.+?)(?=/>) => >html
@element
\</jsp:(scriptlet|declaration|expression)> => nt -
<attributes
[^</]+ => >java
@scriptlet
\%> => nt -
[^%>]+ => >java
@tag
/?> => nt -
<attributes
(?m)(?:.+?)(?=/?>) => >html
@attributes
\s*[a-zA-Z0-9_:-]+\s*=\s* => na +attribute
@attribute
" => s =double_quotes
' => s =single_quotes
[^\s>]+ => s -
@double_quotes
" => s -
\$\{ => si +interpolation
[^"]+ => s
@single_quotes
' => s -
\$\{ => si +interpolation
[^']+ => s
@interpolation
\} => si -
' => l +literal
[^'}]+ => >java
@literal
' => l -
[^']+ => l
)~"};

}  // namespace meridian::rouge
