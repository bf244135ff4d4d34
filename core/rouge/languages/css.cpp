// CSS, and SCSS, which knows the same words.
#include "lexer.h"

namespace meridian::rouge {

namespace {
constexpr Name kWords =
    R"~(
%property align-content align-items align-self alignment-adjust alignment-baseline all anchor-point
%property animation animation-delay animation-direction animation-duration animation-fill-mode
%property animation-iteration-count animation-name animation-play-state animation-timing-function
%property appearance azimuth backface-visibility background background-attachment background-clip
%property background-color background-image background-origin background-position background-repeat
%property background-size baseline-shift binding bleed bookmark-label bookmark-level bookmark-state
%property bookmark-target border border-bottom border-bottom-color border-bottom-left-radius
%property border-bottom-right-radius border-bottom-style border-bottom-width border-collapse
%property border-color border-image border-image-outset border-image-repeat border-image-slice
%property border-image-source border-image-width border-left border-left-color border-left-style
%property border-left-width border-radius border-right border-right-color border-right-style
%property border-right-width border-spacing border-style border-top border-top-color
%property border-top-left-radius border-top-right-radius border-top-style border-top-width
%property border-width bottom box-align box-decoration-break box-direction box-flex box-flex-group
%property box-lines box-ordinal-group box-orient box-pack box-shadow box-sizing break-after
%property break-before break-inside caption-side clear clip clip-path clip-rule color color-profile
%property column-count column-fill column-gap column-rule column-rule-color column-rule-style
%property column-rule-width column-span column-width columns content counter-increment
%property counter-reset crop cue cue-after cue-before cursor direction display dominant-baseline
%property drop-initial-after-adjust drop-initial-after-align drop-initial-before-adjust
%property drop-initial-before-align drop-initial-size drop-initial-value elevation empty-cells
%property filter fit fit-position flex flex-basis flex-direction flex-flow flex-grow flex-shrink
%property flex-wrap float float-offset font font-family font-feature-settings font-kerning
%property font-language-override font-size font-size-adjust font-stretch font-style font-synthesis
%property font-variant font-variant-alternates font-variant-caps font-variant-east-asian
%property font-variant-ligatures font-variant-numeric font-variant-position font-weight grid-cell
%property grid-column grid-column-align grid-column-sizing grid-column-span grid-columns grid-flow
%property grid-row grid-row-align grid-row-sizing grid-row-span grid-rows grid-template
%property hanging-punctuation height hyphenate-after hyphenate-before hyphenate-character
%property hyphenate-lines hyphenate-resource hyphens icon image-orientation image-rendering
%property image-resolution ime-mode inline-box-align justify-content left letter-spacing line-break
%property line-height line-stacking line-stacking-ruby line-stacking-shift line-stacking-strategy
%property list-style list-style-image list-style-position list-style-type margin margin-bottom
%property margin-left margin-right margin-top mark mark-after mark-before marker-offset marks
%property marquee-direction marquee-loop marquee-play-count marquee-speed marquee-style mask
%property max-height max-width min-height min-width move-to nav-down nav-index nav-left nav-right
%property nav-up object-fit object-position opacity order orphans outline outline-color
%property outline-offset outline-style outline-width overflow overflow-style overflow-wrap
%property overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top page
%property page-break-after page-break-before page-break-inside page-policy pause pause-after
%property pause-before perspective perspective-origin phonemes pitch pitch-range play-during
%property pointer-events position presentation-level punctuation-trim quotes rendering-intent
%property resize rest rest-after rest-before richness right rotation rotation-point ruby-align
%property ruby-overhang ruby-position ruby-span size speak speak-as speak-header speak-numeral
%property speak-punctuation speech-rate src stress string-set tab-size table-layout target
%property target-name target-new target-position text-align text-align-last text-combine-horizontal
%property text-decoration text-decoration-color text-decoration-line text-decoration-skip
%property text-decoration-style text-emphasis text-emphasis-color text-emphasis-position
%property text-emphasis-style text-height text-indent text-justify text-orientation text-outline
%property text-overflow text-rendering text-shadow text-space-collapse text-transform
%property text-underline-position text-wrap top transform transform-origin transform-style
%property transition transition-delay transition-duration transition-property
%property transition-timing-function unicode-bidi vertical-align visibility voice-balance
%property voice-duration voice-family voice-pitch voice-pitch-range voice-range voice-rate
%property voice-stress voice-volume volume white-space widows width word-break word-spacing
%property word-wrap writing-mode z-index
%builtin above absolute always armenian aural auto avoid baseline behind below bidi-override blink
%builtin block bold bolder both bottom capitalize center center-left center-right circle
%builtin cjk-ideographic close-quote collapse condensed continuous crop cross crosshair cursive
%builtin dashed decimal decimal-leading-zero default digits disc dotted double e-resize embed
%builtin expanded extra-condensed extra-expanded fantasy far-left far-right fast faster fixed
%builtin georgian groove hebrew help hidden hide high higher hiragana hiragana-iroha icon inherit
%builtin inline inline-table inset inside invert italic justify katakana katakana-iroha landscape
%builtin large larger left left-side leftwards level lighter line-through list-item loud low lower
%builtin lower-alpha lower-greek lower-roman lowercase ltr medium message-box middle mix monospace
%builtin n-resize narrower ne-resize no-close-quote no-open-quote no-repeat none normal nowrap
%builtin nw-resize oblique once open-quote outset outside overline pointer portrait px relative
%builtin repeat repeat-x repeat-y rgb ridge right right-side rightwards s-resize sans-serif scroll
%builtin se-resize semi-condensed semi-expanded separate serif show silent slow slower small-caps
%builtin small-caption smaller soft solid spell-out square static status-bar super sw-resize
%builtin table-caption table-cell table-column table-column-group table-footer-group
%builtin table-header-group table-row table-row-group text text-bottom text-top thick thin top
%builtin transparent ultra-condensed ultra-expanded underline upper-alpha upper-latin upper-roman
%builtin uppercase url visible w-resize wait wider x-fast x-high x-large x-loud x-low x-small
%builtin x-soft xx-large xx-small yes
%color aliceblue antiquewhite aqua aquamarine azure beige bisque black blanchedalmond blue
%color blueviolet brown burlywood cadetblue chartreuse chocolate coral cornflowerblue cornsilk
%color crimson cyan darkblue darkcyan darkgoldenrod darkgray darkgreen darkkhaki darkmagenta
%color darkolivegreen darkorange darkorchid darkred darksalmon darkseagreen darkslateblue
%color darkslategray darkturquoise darkviolet deeppink deepskyblue dimgray dodgerblue firebrick
%color floralwhite forestgreen fuchsia gainsboro ghostwhite gold goldenrod gray green greenyellow
%color honeydew hotpink indianred indigo ivory khaki lavender lavenderblush lawngreen lemonchiffon
%color lightblue lightcoral lightcyan lightgoldenrodyellow lightgreen lightgrey lightpink
%color lightsalmon lightseagreen lightskyblue lightslategray lightsteelblue lightyellow lime
%color limegreen linen magenta maroon mediumaquamarine mediumblue mediumorchid mediumpurple
%color mediumseagreen mediumslateblue mediumspringgreen mediumturquoise mediumvioletred
%color midnightblue mintcream mistyrose moccasin navajowhite navy oldlace olive olivedrab orange
%color orangered orchid palegoldenrod palegreen paleturquoise palevioletred papayawhip peachpuff
%color peru pink plum powderblue purple red rosybrown royalblue saddlebrown salmon sandybrown
%color seagreen seashell sienna silver skyblue slateblue slategray snow springgreen steelblue tan
%color teal thistle tomato turquoise violet wheat white whitesmoke yellow yellowgreen
%prefix -ah- -atsc- -hp- -khtml- -moz- -ms- -o- -rim- -ro- -tc- -wap- -webkit- -xv- mso- prince-)~";

constexpr Name kCssText = R"~(
id = [\p{L}_-][\p{Word}\p{Cf}-]*
number = -?(?:[0-9]+(\.[0-9]+)?|\.[0-9]+)
length = em|px|pt|pc|in|mm|cm|ex|rem|ch|vw|vh|vmin|vmax
unit = {length}|dpi|dpcm|dppx|deg|grad|rad|turn|s|ms|Hz|kHz
@root
<basics
\{ => p +stanza
:[:]?{id} => nd
\.{id} => nc
#{id} => nf
\@{id} => k +at_rule
{id} => nt
[~^*!%&\[\]()<>|+=@:;,./?-] => o
<strings
@strings
"(\\\\|\\"|[^"])*" => s1
'(\\\\|\\'|[^'])*' => s2
@value
<basics
url\(.*?\) => sx
(?i)#[0-9a-f]{1,6} => m
{number}(?:%|(?:{unit})\b)? => m
[\[\]():\/.,] => p
<strings
{id} => color?no|builtin?nb|n
@at_rule
\{(?=\s*{id}\s*:) => p +at_stanza
\{ => p +at_body
; => p -
<value
@at_body
<at_content
<root
@at_stanza
<at_content
<stanza
@at_content
\} => p -2
@basics
\s+ => t
(?m)/\*(?:.*?)\*/ => c
@stanza
<basics
\} => p -
({id})(\s*)(:) => property?nl|prefix^nl|py t p +stanza_value
@stanza_value
; => p -
(?=\}) => -
!\s*important\b => cp
^@.*?$ => cp
<value
)~";

constexpr Name kScssText = R"~(
id = [\w-]+
@root
\s+ => t
//.*?$ => c1
(?m)/[*].*?[*]/ => cm
\@import\b => k +value
<content
(?=[^;{}][;}]) => +attribute
(?=[^;{}:\[]+:[^a-z]) => +attribute
 => +selector
@section_end
\n => t
[;{}] => p !
@content
\@for\b => k +for
\@(debug|warn|if|each|while|else|return|media) => k +value
(@mixin)(\s+)({id}) => k t nf +value
(@function)(\s+)({id}) => k t nf +value
\@extend\b => k +selector
(@include)(\s+)({id}) => k t nd +value
\@{id} => k +selector
& => k +selector
([$]{id})([ \t]*)(:) => nv t p +value
@value
<section_end
[ \t]+ => t
[$]{id} => nv
url[(] => sx +url
{id}(?=\s*[(]) => nf
\%{id} => nd
(true|false)\b => bp
(and|or|not)\b => ow
(?i)#[a-z0-9]{1,6} => mh
-?\d+(%|[a-z]+)? => m
-?\d*\.\d+(%|[a-z]+)? => mi
<strings
<interpolated
[~^*!&%<>\|+=@:,.\/?-]+ => o
[\[\]()]+ => p
/[*] => cm +comment
//[^\n]* => c1
{id} => builtin?nb|color?no|n
@interpolated
[#][{] => si +interpolation
@strings
" => s2 +double_quotes
' => s1 +single_quotes
@interpolation
\} => si -
<value
@selector
<section_end
<strings
<interpolated
[ \t]+ => t
: => nd +pseudo_class
[.] => nc +class
# => nn +id
\% => nv +placeholder
{id} => nt
& => k
[~^*!&\[\]()<>\|+=@:;,.\/?-] => o
@double_quotes
" => s2 -
<interpolated
(\\.|#(?![{])|[^\n"#])+ => s2
@single_quotes
' => s1 -
<interpolated
(\\.|#(?![{])|[^\n'#])+ => s1
@url
[)] => sx -
(\\.|#(?![{])|[^\n)#])+ => sx
<interpolated
@piece
<interpolated
 => -
@pseudo_class
{id} => nd
<piece
@class
{id} => nc
<piece
@id
{id} => nn
<piece
@placeholder
{id} => nv
<piece
@for
from|to|through => ow
<value
@attribute
<interpolated
{id} => property?nl|na
([ \t]*)(:) => t p +value
@comment
(\\#|#(?=[^\n{])|\*(?=[^\n\/])|[^\n#*])+ => cm
<interpolated
[*]/ => cm -
)~";
}  // namespace

const Language kCss = {"css", kWords, kCssText};
const Language kScss = {"scss", kWords, kScssText};

}  // namespace meridian::rouge
