# frozen_string_literal: true
# The Ruby side of liquid.mjs: Jekyll's own Liquid, tags and filters, told what to do by lines of JSON.
#   {"site": folder, "data": {…}}                 first: a folder with _includes/, and the variables
#   {"cases": {name: [{"text", "own"}, …]}}       templates to parse; each step's output is `content` of the next
#   {"render": name, "times": n}                  answers {"ms": per run, "html": …}
#   {"parse": [text, …], "times": n}              answers {"ms": per run}
ENV["TZ"] = "UTC"
require "json"
require "jekyll"
$stdout.sync = true
Jekyll.logger.log_level = :error

# As in liquid.mjs: what is measured is Liquid.
module Plain
  def markdownify(input)
    "<p>#{input}</p>\n"
  end
end

def answer(value)
  puts JSON.generate(value)
end

def timed(times)
  start = Process.clock_gettime(Process::CLOCK_MONOTONIC)
  result = nil
  times.times { result = yield }
  [(Process.clock_gettime(Process::CLOCK_MONOTONIC) - start) * 1000 / times, result]
end

first = JSON.parse($stdin.gets)
site = Jekyll::Site.new(Jekyll.configuration("source" => first["site"], "url" => first["data"]["site"]["url"], "quiet" => true, "disable_disk_cache" => true))
registers = { :site => site, :page => {}, :cached_partials => {} }
data = first["data"]
cases = {}

run = lambda do |steps|
  steps.reduce("") do |content, (template, own)|
    template.render!(data.merge(own, "content" => content), :registers => registers, :filters => [Jekyll::Filters, Plain])
  end
end

while (line = $stdin.gets)
  order = JSON.parse(line)
  if order["cases"]
    order["cases"].each { |name, steps| cases[name] = steps.map { |s| [Liquid::Template.parse(s["text"]), s["own"]] } }
    answer("liquid" => Liquid::VERSION, "ruby" => RUBY_VERSION)
  elsif order["render"]
    ms, html = timed(order["times"]) { run.call(cases.fetch(order["render"])) }
    answer("ms" => ms, "html" => html)
  else
    ms, = timed(order["times"]) { order["parse"].each { |text| Liquid::Template.parse(text) } }
    answer("ms" => ms)
  end
end
