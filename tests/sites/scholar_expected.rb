# Writes scholar.expected/ beside this file by jekyll-scholar itself:
#
#     ruby -I DIR/jekyll-scholar/lib -I … tests/sites/scholar_expected.rb
#
# with the libraries of jekyll-scholar 7.3, bibtex-ruby 6.2, latex-decode 0.4.2, citeproc 1.1,
# citeproc-ruby 2.1, csl 2.2, csl-styles 2.0.2 and namae in the path, and Jekyll 4.3.1 of Debian.
require 'jekyll-scholar'

# jekyll-scholar is written for Liquid 4, where registers are a Hash and a tag may return a number
# or nothing.
class Liquid::Registers
  def values_at(*keys) = keys.map { |key| self[key] }
end

class Jekyll::Scholar::BibliographyCountTag
  alias count render
  def render(context) = count(context).to_s
end

class Jekyll::Scholar::NoCiteTag
  alias cite_silently render
  def render(context)
    cite_silently(context)
    ''
  end
end

site = File.join(__dir__, 'scholar')
config = Jekyll.configuration(
  'source' => site, 'destination' => "#{site}.expected", 'disable_disk_cache' => true,
  'quiet' => true
)
Jekyll::Site.new(config).process
