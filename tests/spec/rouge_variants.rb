#!/usr/bin/env ruby
# Writes what Rouge makes of code that is mixed from the cases of rouge.txt, in its notation:
#
#     ruby tests/spec/rouge_variants.rb COUNT LANGUAGE... > FILE
#     build/native/spec/rouge_spec FILE
#
# COUNT variants of each language: lines and words of its cases in another order, some cut off. The
# same numbers give the same variants. Needs Debian's ruby-rouge 3.30.0.

require 'rouge'
require 'timeout'
abort "Rouge #{Rouge.version} is not 3.30.0" unless Rouge.version == '3.30.0'

FENCE = '`' * 32
CASE = /^#{FENCE} example (\S+)-\d+\n(.*?)^\.\n.*?^#{FENCE}$/m
FORMATTER = Rouge::Formatters::HTML.new

count = ARGV.shift.to_i
sources = Hash.new { |hash, key| hash[key] = [] }
File.read(File.join(__dir__, 'rouge.txt'), encoding: 'UTF-8').scan(CASE) do |language, source|
  sources[language] += source.lines
end

# A text of some lines, of which one may be cut off, and one made of words of several.
def variant(lines, random)
  chosen = Array.new(1 + random.rand(4)) { lines.sample(random: random) }
  words = chosen.join.split(/(?<=\W)(?=\w)|(?=\W)/)
  text = case random.rand(3)
         when 0 then chosen.join
         when 1 then chosen.join[0, 1 + random.rand(chosen.join.size)]
         else words.shuffle(random: random).first(12).join
         end
  text.gsub(/^\.$/, '..').chomp
end

ARGV.each do |language|
  random = Random.new(1)
  count.times do |i|
    code = variant(sources[language], random).tr("\u2192", "\t")
    next if code.strip.empty? || code.include?(FENCE)

    html = begin
      Timeout.timeout(2) { FORMATTER.format(Rouge::Lexer.find(language).new.lex(code)) }
    rescue StandardError
      next # Rouge has raised an error, or did not end
    end
    code, html = [code, html].map { |text| text.tr("\t", "\u2192") }
    puts "#{FENCE} example #{language}-#{i + 1}\n#{code}\n.\n#{html}\n#{FENCE}\n\n"
  end
end
