"""Whether real Jekyll is here, with the plugins that a site lists: Debian has each in a package of
its own.
"""

import json
import shutil
import subprocess

# kramdown's parser of spans on a text of one line, as what `input: Spans` names.
SPANS = """
require "kramdown"
require "kramdown-parser-gfm"
class Spans < Kramdown::Parser::GFM
  def parse
    configure_parser
    text = adapt_source(source).strip.gsub("\\n", " ")
    @src = Kramdown::Utils::StringScanner.new(text)
    @tree = @root
    @text_type = :text
    parse_spans(@root)
    update_elements(@root)
  end
end
Kramdown::Parser.const_set(:Spans, Spans)
"""
# A plugin of Jekyll: the theme's filter `markdownify_inline`.
INLINE_FILTER = (
    SPANS
    + """module MarkdownifyInline
  def markdownify_inline(input)
    Kramdown::Document.new(input.to_s, input: "Spans", auto_ids: false).to_html.strip
  end
end
Liquid::Template.register_filter(MarkdownifyInline)
"""
)
MISSING = "jekyll is not installed with the site's plugins"


def has(*gems: str) -> bool:
    ruby = "; ".join(f"gem '{gem}'" for gem in gems)
    return (
        shutil.which("jekyll") is not None
        and subprocess.run(["ruby", "-e", ruby], capture_output=True).returncode == 0
    )


def spans(texts: list) -> list:
    """HTML of lines of text, by kramdown's parser of spans."""
    script = (
        SPANS
        + 'require "json"\n'
        + "puts JSON.dump(JSON.parse(STDIN.read).map { |text|"
        + ' Kramdown::Document.new(text, input: "Spans", auto_ids: false).to_html.strip })'
    )
    done = subprocess.run(
        ["ruby", "-e", script], input=json.dumps(texts), capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)
