#!/usr/bin/env ruby
# Writes php_functions.inc, the hashes of PHP's 4,540 functions that Rouge colours as built in:
# ruby core/rouge/php_functions.rb
#
# Needs Debian's ruby-rouge 3.30.0. The names are 80 KB, 20 after Brotli; the hashes are 8. A
# function that is not one of them is taken for one once in 4,096 times.

require 'rouge'
abort "Rouge #{Rouge.version} is not 3.30.0" unless Rouge.version == '3.30.0'

# As php.cpp has them.
SPREAD = 1 << 12
LOW = 11

# FNV-1a, mixed once more: its high bits decide.
def hash_of(name)
  hash = name.bytes.inject(0x811c9dc5) { |h, byte| ((h ^ byte) * 0x01000193) & 0xffffffff }
  hash = ((hash ^ hash >> 15) * 0x2c1b3c6d) & 0xffffffff
  hash ^ hash >> 12
end

# The lexer asks in lower case.
names = Rouge::Lexers::PHP.builtins.values.flat_map(&:to_a).uniq.grep_v(/[A-Z]/)
range = names.size * SPREAD
hashes = names.map { |name| hash_of(name) * range >> 32 }.uniq.sort
# The step from each hash to the next, as Golomb and Rice have it: how often the step has 1 << LOW,
# as ones that a zero ends, then the rest, low bits first.
bits = []
hashes.each_cons(2).map { |a, b| b - a }.unshift(hashes[0]).each do |step|
  bits.concat([1] * (step >> LOW)) << 0
  LOW.times { |i| bits << (step >> i & 1) }
end
words = bits.each_slice(32).map { |slice| slice.each_with_index.sum { |bit, i| bit << i } }
File.open(File.join(__dir__, 'php_functions.inc'), 'w') do |file|
  file.puts '// Written by php_functions.rb.'
  file.puts "constexpr std::uint32_t kNames = #{names.size}, kHashCount = #{hashes.size};"
  file.puts "constexpr std::uint32_t kSteps[] = {"
  words.map { |word| format('0x%08x,', word) }.each_slice(8) { |row| file.puts "    #{row.join(' ')}" }
  file.puts '};'
end
