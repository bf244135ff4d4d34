# frozen_string_literal: true
# Random Liquid templates with the answers of the installed Liquid (5.4.0), for a comparison with ours:
#   ruby tests/fuzz/liquid_oracle.rb SEED COUNT > build/cases.json
#   build/native/spec/liquid_spec -v oracle build/cases.json
# Known differences: a range as the key of a property (Ruby reads bits and slices with it), integers beyond 64 bits,
# bytes that are no UTF-8 (shown as ? here), the last digit of products and quotients with 17 digits.
ENV["TZ"] = "UTC"
require "json"
require "liquid"

seed, count = ARGV.map(&:to_i)
srand(seed || 1)
Liquid::Template.error_mode = :warn

DATA_OF_ALL = {
  "a" => [1, 2.5, "x", nil, [3, [4]]], "h" => { "k" => "v", "n" => { "m" => [1, 2] }, "size" => 9 },
  "s" => "Hello <b>World</b> & 'you'", "n" => 5, "f" => 2.75, "t" => true, "e" => [], "z" => "",
  "q" => [{ "p" => 1, "o" => "b" }, { "p" => nil, "o" => "A" }, { "p" => 3 }],
  "u" => "héllo ünï", "i" => "2", "d" => "2021-03-04 05:06:07",
}.freeze
FILTERS = Liquid::StandardFilters.public_instance_methods(false).map(&:to_s) + %w(nope)
NAMES = %w(a h s n f t e z q u i d zz forloop c nil true false empty blank).freeze
STEPS = [".size", ".first", ".last", "[0]", "[-1]", ".k", ".n.m", "['k']", "[n]", ".p", "[i]", ".n", ".0", "..", "[", "]",
         "?", " . k", "[ 'k' ]", ".index", ".length"].freeze
STRINGS = ["'x'", '"a b"', "''", "'héé'", "'l'", "','", "' '", "'2.5'", "'-3'", "'o'", "'p'", "'%Y-%m-%d %H'",
           "'\\\\0'", %q("a'b")].freeze
NUMBERS = %w(0 1 -1 2 3.5 -2.25 10 1. 1.2.3 007 99999999999 1e3).freeze
RANGES = ["(1..3)", "(1..n)", "(n..f)", "(0..2.9)", "('1'..'3')", "( 1 .. 3 )", "(a..b)", "(1...4)"].freeze

def one(*choices) = choices.sample
def maybe(chance, text = "") = rand < chance ? (block_given? ? yield : text) : ""
def lookup = NAMES.sample + maybe(0.3) { STEPS.sample }

def expression
  case rand
  when 0...0.45 then lookup
  when 0.45...0.65 then NUMBERS.sample
  when 0.65...0.85 then STRINGS.sample
  else RANGES.sample
  end
end

def filter
  arguments = Array.new(rand(3)) { maybe(0.1, "allow_false: ") + expression }
  colon = arguments.empty? ? maybe(0.25, ":") : one(":", ": ", " : ")
  one(" | ", " |", "|", "| ") + FILTERS.sample + colon + arguments.join(one(", ", ","))
end

def output
  expression + Array.new(rand(3)) { filter }.join + maybe(0.06) { one(" x", " |", " | 'y'", " ,", " '", " &&", " | | upcase") }
end

def comparison
  return expression if rand < 0.3

  operator = one("==", "!=", "<>", "<", ">", "<=", ">=", "contains", "=", "=<")
  expression + one(" ", "  ", "") + operator + one(" ", "") + expression
end

def condition
  words = [" and ", " or ", "  and", "and ", " AND ", " && "]
  maybe(0.05) { one("not ", "!", "(", "'") } + comparison + maybe(0.4) { words.sample + comparison + maybe(0.3) { " or " + comparison } }
end

def tag(markup) = one("{%", "{%", "{%-") + one(" ", "") + markup + one(" ", "") + one("%}", "%}", "-%}")
def body(depth) = Array.new(1 + rand(3)) { node(depth) }.join
def block(name, markup, depth, parts = "") = tag("#{name} #{markup}") + body(depth + 1) + parts + tag("end#{name}")

def loop_options
  one("", " reversed", " limit:2", " limit: n offset:1", " offset: continue", " limit:2 reversed", " reversed limit:2",
      " cols:2", " limit:f", " offset:'1'", " limit: n, offset:1", " cols:2 limit:3")
end

def node(depth)
  return one("text ", "\n", " \n ", "é", "}} ", "%}", "{ ") if depth > 3 || rand < 0.22
  return one("{{", "{{-") + one(" ", "") + output + one(" ", "") + one("}}", "-}}") if rand < 0.35

  inner = depth + 1
  case rand(18)
  when 0, 1 then block("if", condition, depth, maybe(0.4) { tag(one("else", "elsif #{condition}")) + body(inner) })
  when 2 then block("unless", condition, depth, maybe(0.3) { tag("else") + body(inner) })
  when 3, 4, 5
    shown = one("{{forloop.index}}{{forloop.last}}", "", "{{ forloop.parentloop.index0 }}")
    block("for", "c in " + expression + loop_options, depth, shown + maybe(0.2) { tag("else") + body(inner) })
  when 6
    whens = expression + one("", ", " + expression, " or " + expression, ",", " or")
    tag("case " + expression) + one("", " ", "x") + tag("when " + whens) + body(inner) + tag("when " + expression) +
      body(inner) + maybe(0.5) { tag(one("else", "else ")) + body(inner) } + tag("endcase")
  when 7 then tag("assign " + one("v", "n", "s", "x.y", "c", "'v'", "v v2") + one(" = ", "=", " =") + output)
  when 8 then block("capture", one("v", "s", "'v'", "v w"), depth)
  when 9 then tag("cycle " + one("'a','b'", "'a', n, 'c'", "g: 'a','b'", "n: 1,2", "'g':'x','y'", "a", "1 2, 3"))
  when 10 then tag(one("increment ", "decrement ") + one("v", "n", "w"))
  when 11 then block("tablerow", "c in " + expression + loop_options, depth)
  when 12 then block("comment", "", depth)
  when 13 then tag("raw") + one("{{ x }}", "{% if %}", " t ", "{{") + tag("endraw")
  when 14 then block("ifchanged", "", depth)
  when 15 then maybe(0.5) { one(tag("break"), tag("continue"), tag("# c"), tag("if"), tag("for x"), tag("else"), "{% if x", "{%%}") }
  when 16 then "{% liquid\n assign v = #{output}\n echo v\n if #{condition}\n echo #{output}\n endif\n%}"
  else tag("echo " + output)
  end
end

cases = Array.new(count || 2000) do
  text = body(0)
  record = { "template" => text }
  begin
    template = Liquid::Template.parse(text, :line_numbers => true)
    record["warnings"] = template.warnings.map(&:message)
    record["output"] = template.render!(JSON.parse(JSON.generate(DATA_OF_ALL))).dup.force_encoding("UTF-8").scrub("?")
  rescue StandardError => e
    record["error"] = { "class" => e.class.name, "message" => e.message.dup.force_encoding("UTF-8").scrub("?") }
  end
  record
end
puts JSON.generate("liquid" => Liquid::VERSION, "data" => DATA_OF_ALL, "cases" => cases)
