# frozen_string_literal: true

# Builds one site with the installed Jekyll, for jekyll_reference.py:
#
#   ruby bench/jekyll_reference.rb SOURCE DESTINATION TIME [PLUGINS_DIR]
#
# Without bundler. Plugins and a theme that are not installed are left out, and told on standard
# error; so are the site's own in _plugins, unless PLUGINS_DIR is that folder. Sheets that libsass
# cannot read (modules, newer functions) are compiled by the program that $DART_SASS names, as
# jekyll-sass-converter 3 does.
require "jekyll"
require "open3"

source, destination, time, plugins_dir = ARGV
NOW = time

# A site that names a theme is still told its name by {{ site.theme }}; GitHub's themes bring a plugin.
module WithoutMissingTheme
  private

  def configure_theme
    super
  rescue Jekyll::Errors::MissingDependencyException
    warn "left out: theme #{config["theme"]}"
    require "jekyll-seo-tag" if config["theme"].start_with?("jekyll-theme-")
    self.theme = nil
  end
end
Jekyll::Site.prepend(WithoutMissingTheme)

# What libsass does not know, and sites that ask for dart-sass.
module WithDartSass
  PROGRAM = ENV["DART_SASS"].to_s
  # libsass writes what it does not know as it is.
  MODULES = %r!@(?:use|forward)\s!.freeze

  def convert(content)
    return super if PROGRAM.empty?
    return dart_sass(content) if sass_implementation == "sass-embedded"

    begin
      css = super
    rescue Jekyll::Converters::Scss::SyntaxError
      css = nil
    end
    css.nil? || css.match?(MODULES) ? dart_sass(content) : css
  end

  private

  def dart_sass(content)
    folder = sass_page ? File.dirname(File.join(site_source, sass_page.relative_path)) : site_source
    style = sass_style == :compressed ? "compressed" : "expanded"
    options = ["--stdin", "--quiet", "--no-source-map", "--style=#{style}"]
    options << "--indented" if syntax == :sass
    paths = [folder, *sass_load_paths].map { |path| "--load-path=#{path}" }
    css, errors, status = Open3.capture3(PROGRAM, *options, *paths, :stdin_data => content)
    raise Jekyll::Converters::Scss::SyntaxError, errors unless status.success?

    css
  end
end
Jekyll::Converters::Scss.prepend(WithDartSass)

# `style: :compressed` and `permalink: :title` are strings, as SafeYAML has them, with which Jekyll
# is published; Debian's has Psych alone, which refuses symbols.
module SymbolsAreStrings
  def symbolize(name)
    ":#{name}"
  end
end
Psych::ClassLoader::Restricted.prepend(SymbolsAreStrings)

# `{{ "now" | date: … }}` is the reference's time, as in the browser that looks at it.
module NowIsTheReferencesTime
  def to_date(value)
    %w(now today).include?(value.to_s.downcase) ? Time.parse(NOW).utc : super
  end
end
Liquid::Utils.singleton_class.prepend(NowIsTheReferencesTime)

# Jekyll keeps the order in which the file system lists pages of one name: with $SORTED that of their
# names, which is the same on every machine.
module SortedEntries
  def entries(*)
    super.sort
  end
end
Dir.singleton_class.prepend(SortedEntries) if ENV["SORTED"]

# What github-pages switches on: GitHubPages::Plugins::DEFAULT_PLUGINS.
OF_GITHUB_PAGES = %w(
  jekyll-default-layout jekyll-gist jekyll-github-metadata jekyll-optional-front-matter
  jekyll-paginate jekyll-readme-index jekyll-titles-from-headings jekyll-relative-links
).freeze

# The gems that Bundler would load, read by lines: a Gemfile is not run.
def plugins_of(gemfile)
  blocks = []
  gemfile.gsub(%r!,\s*\n!, ", ").each_line.flat_map do |line|
    line = line.sub(%r!(^|\s)#.*!, "").strip
    blocks << line.include?(":jekyll_plugins") if line.match?(%r!\bdo(\s*\|.*\|)?\z!)
    blocks.pop if line == "end"
    name = line[%r!\Agem[ (\t]*["']([^"']+)["']!, 1]
    loaded = blocks.any? || line.include?(":jekyll_plugins")
    next OF_GITHUB_PAGES if name == "github-pages"

    name && loaded ? [name] : []
  end
end

config = Jekyll.configuration(
  "source"             => source,
  "destination"        => destination,
  "plugins_dir"        => plugins_dir || File.join(source, "no-plugins"),
  "time"               => time,
  "incremental"        => false,
  "disable_disk_cache" => true,
  # The form for readers without scripts asks the network.
  "gist"               => { "noscript" => false }
)
# A site's own host is that of its file CNAME, as GitHub Pages has it, and the site is all of it.
host = File.join(source, "CNAME")
if File.file?(host)
  config["url"] ||= "https://#{File.read(host).strip}"
  # Else jekyll-github-metadata takes that of a project's page.
  config["baseurl"] = "" if [nil, "/"].include?(config["baseurl"])
end
gemfile = File.join(source, "Gemfile")
asked = Array(config["plugins"]) | Array(config["gems"])
asked |= plugins_of(File.read(gemfile)) if File.file?(gemfile)
config["plugins"] = asked.select { |name| Gem::Specification.find_all_by_name(name.to_s).any? }
left_out = asked - config["plugins"]
warn "left out: #{left_out.join(", ")}" unless left_out.empty?
Jekyll::Site.new(config).process
