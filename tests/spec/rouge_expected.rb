#!/usr/bin/env ruby
# Writes what Rouge makes of each case of rouge.txt: ruby tests/spec/rouge_expected.rb
#
# Of a case only the code is written by hand; what stands behind the dot is replaced. Needs Debian's
# ruby-rouge 3.30.0.

require 'rouge'
abort "Rouge #{Rouge.version} is not 3.30.0" unless Rouge.version == '3.30.0'

FILE = File.join(__dir__, 'rouge.txt')
FENCE = '`' * 32
CASE = /^#{FENCE} example (\S+)-\d+\n(.*?)^\.\n.*?^#{FENCE}$/m
FORMATTER = Rouge::Formatters::HTML.new

text = File.read(FILE, encoding: 'UTF-8')
text.gsub!(CASE) do |block|
  language, source = Regexp.last_match(1), Regexp.last_match(2)
  lexer = Rouge::Lexer.find(language) or abort "#{language}: no such lexer"
  html = FORMATTER.format(lexer.new.lex(source.tr("\u2192", "\t").chomp)).tr("\t", "\u2192")
  "#{block.lines.first}#{source}.\n#{html}\n#{FENCE}"
end
File.write(FILE, text)
