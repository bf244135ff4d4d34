// The parsers of data, of text and of templates. Tokens are those of each grammar; a text of them
// need not be right.
#include "../spec/jekyll_template.h"
#include "compare/differences.h"
#include "growth.h"
#include "import/shortcodes.h"
#include "import/toml.h"
#include "markdown/commonmark_module.h"
#include "meridian/check.h"
#include "meridian/notes.h"
#include "meridian/profile.h"
#include "meridian/sass.h"
#include "meridian/scholar.h"
#include "meridian/search.h"
#include "meridian/yaml.h"

using namespace meridian;

namespace growth {

namespace {
// ---- Markdown ----

constexpr char kMarkdown[] =
    R"(a a\s 1 \s \n \n\n \t " ' ` `` ``` ~~~ \\ * ** _ __ *a a* ~~ ~ == ^ # #\s ##\sa\n =\n ---\n > )"
    R"(>\s -\s +\s *\s 1.\s 1)\s [ ] [] [a] [a]: [a](b) ![ ]( ) ( < > <a> </a> <a\s <div> </div>\n <!-- --> )"
    R"(<? <![CDATA[ &amp; & &#x | |\s |-|\n : :\s :-- {: {:a} {:.a} {::a} {#a} :}  $$ $ [^ [^a] [^a]: )"
    R"(*[a]: %%  ![[ [[ ]] [[a| #a http:// https://a.b www. @ a@b.c -\s[\s] >\s[!a]\n ... -- << é \s\s\n)";

template <markdown::Dialect dialect, bool notes>
void read_markdown(const std::string& text) {
  markdown::Options options;
  options.dialect = dialect;
  options.notes = notes;
  options.gfm_input = true;
  Arena arena;
  Text html;
  (void)markdown::to_html(text, options, arena, html);
}

void read_kramdown_math(const std::string& text) {
  markdown::Options options;
  options.parse_block_html = options.dollars = true;
  Arena arena;
  Text html;
  (void)markdown::to_html(text, options, arena, html);
}

// ---- data ----

void read_yaml(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  (void)yaml::parse(Source{"a.yml", text}, arena, value, diagnostics);
}

void read_front_matter(const std::string& text) {
  yaml::FrontMatter front = yaml::split_front_matter(text);
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  if (front.matched)
    (void)yaml::parse({"a.md", text}, front.yaml_offset, front.yaml.size(), arena, value,
                      diagnostics);
}

template <char separator, bool as_pandas>
void read_csv(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  List<std::uint32_t> begins;
  (void)parse_csv({"a.csv", text}, separator, arena, value, diagnostics,
                  as_pandas ? &begins : nullptr);
}

void read_json(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  (void)parse_json({"a.json", text}, arena, value, diagnostics);
}

void read_toml(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  Value value;
  (void)cli::hugo::read_toml({"a.toml", text}, 0, text.size(), arena, value, diagnostics);
}

void read_bibtex(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  bibtex::Bibliography all(arena);
  bibtex::read({"a.bib", text}, all, diagnostics);
  bibtex::finish(all, diagnostics);
  Text out;
  for (const bibtex::Entry* entry : all.entries) bibtex::print(*entry, "", out);
}

void ask_scholar(const std::string& text, Str tag, Str markup) {
  scholar::Engine engine;
  Text request, json;
  scholar::add(request, "tag", tag);
  scholar::add(request, "markup", markup);
  scholar::add(request, "written", markup);
  scholar::add(request, "site", "{}");
  scholar::add(request, "file:_bibliography/references.bib", text);
  engine.answer(request.str(), json);
}
void write_bibliography(const std::string& text) { ask_scholar(text, "bibliography", ""); }
void read_bibliography_tag(const std::string& text) {
  ask_scholar("@a{a, title={a}, year={1}}", "bibliography", text);
}

// ---- style sheets ----

constexpr char kSass[] =
    R"(a a\s { } : ; --a --a: - + * / /* */ // \n " ' \\ #{ ( ) [ ] , . .a # #a #fff $a $a: % %a & ! )"
    R"(!important !default @ @media\s @import\s @include\sa @extend\s @if\s @else\s @use\s @supports\s )"
    R"(@at-root\s @x\s url( progid: expression( calc( if( :not( 1 1px = | > ~ \sand\s \sor\s not\s \s u+ )"
    R"(\\0 0x e -a ... 1/ "a" a:b; a. a= a( #{a} @function\sa( @mixin\sa( é)";
constexpr char kIndented[] =
    R"(a \n \n\s\s \n\s \s \t /* */ // "  ' \\ : ; :a a: a:\sb , { } ( ) = + +a =a @import\s @import\sa )"
    R"(@use\s @if\s @else @media\s #{ $a:\s1 & * url( \r \n\n)";

bool no_file(void*, Str, Str*) { return false; }

template <bool indented>
void read_sass(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  sass::Options options;
  options.indented = indented;
  Text css;
  (void)sass::compile(text, options, {no_file, nullptr}, css, diagnostics);
  List<sass::Import> imports;
  sass::find_imports(arena, text, indented, imports);
}

// ---- templates ----

constexpr char kLiquid[] =
    R"(a \s \n {{ }} {{- -}} {% %} {%- -%} " ' . .. [ ] ( ) | : , = == != <> > < and\s or\s contains\s 1 )"
    R"(-1 1. (1..3) a| a|b: {{a}} {{a|upcase}} {%a%} {%if\sa%} {%else%} {%elsif\sa%} {%endif%} )"
    R"({%for\sa\sin\sb%} {%endfor%} {%break%} {%case\sa%} {%when\s1%} {%endcase%} {%assign\sa=b%} )"
    R"({%capture\sa%} {%endcapture%} {%raw%} {%endraw%} {%comment%} {%endcomment%} {%cycle\sa,b%} )"
    R"({%increment\sa%} {%tablerow\sa\sin\sb%} {%include\sa%} {%highlight\sa%} {%liquid\n {%#\s ? \\ é)";

void render_liquid(const std::string& text) {
  static Workspace* workspace = [] {
    auto* made = new Workspace;
    made->put("_config.yml", "title: a\n");
    made->put("index.md", "---\n---\na\n");
    made->files().complete = true;
    return made;
  }();
  Arena arena;
  jekyll_template::Rendered got;
  Map* data = make_map(arena);
  Array* items = make_array(arena);
  items->push(Value(1));
  data->set("b", Value(items));
  data->set("a", Value("a"));
  jekyll_template::render(*workspace, arena, text, data, make_map(arena), got);
}

/// The page of a site, with all that follows: layouts, plugins, check.
void check_page(const std::string& text) {
  Workspace workspace;
  Author author(workspace);
  workspace.put("_config.yml", "markdown: GFM\nmeridian: {notes: true}\nplugins: [jemoji]\n");
  workspace.put("index.md", "---\ntitle: a\n---\n" + text);
  workspace.files().complete = true;
  (void)workspace.options("{\"theme\":\"site\",\"time\":\"2024-06-01T12:00:00Z\"}");
  Text json;
  (void)meridian::check_page(workspace, "/", json);
}

// ---- notes, search, pages ----

void read_notes(const std::string& text) {
  notes::Links links;
  links.open("/b");
  (void)links.add({"/a/", "A", "a\nb", text});
  (void)links.add({"/c/", "C", "a", text});
  links.finish();
  Text html, page;
  for (Str url : {"/a/", "/c/", "/tags/", "/graph/"})
    (void)links.write(url, "From|Graph|All", html);
  (void)links.fill("/a/", text, page);
}

void read_sections(const std::string& text) {
  Arena arena;
  (void)site::sections_of(text, arena);
}

void index_page(const std::string& text) {
  search::Builder builder;
  search::Document document;
  document.url = "/a/";
  document.title = "a";
  document.html = text;
  (void)builder.add(document);
  (void)builder.write();
}

void ask_search(const std::string& text) {
  static search::Builder builder;
  static search::Index* index = [] {
    search::Document document;
    document.url = "/a/";
    document.title = "comet nebula";
    document.html = "<p>a comet, a nebula, 天文学 observatoire</p>";
    (void)builder.add(document);
    auto* made = new search::Index;
    const List<search::Shard>& shards = builder.write();
    (void)made->open(shards[0].bytes);
    for (const search::Shard& shard : shards) made->put(shard.kind, shard.number, shard.bytes);
    return made;
  }();
  search::Query query;
  query.query = text;
  Text answer;
  index->search(query, answer);
}

// Texts that are nearly the same: with more differences the work is bounded, but not linear
// (kMostComparisons in edits.cpp).
template <cli::comparison::Syntax syntax>
void compare(const std::string& text) {
  (void)cli::comparison::find_differences(text, "a" + text, syntax);
}

class NoLookup : public cli::hugo::Lookup {
  bool find_page(Str, Target&) const override { return false; }
  Value param(Str) const override { return {}; }
  std::string picture(Str source) const override { return std::string(source); }
};
void rewrite_shortcodes(const std::string& text) {
  Arena arena;
  Diagnostics diagnostics(arena);
  cli::hugo::ShortcodeCounts counts;
  (void)cli::hugo::rewrite_shortcodes({"a.md", text}, 0, NoLookup(), diagnostics, counts);
}

constexpr char kHtml[] =
    R"(a a\s \s \n < > </ <a <a> </a> <p> </p> <h1> <h2\sid=a> </h2> <div\s <img\s /> <!-- --> <! <? )"
    R"(<![CDATA[ ]]> <script> </script> <style> <table> <td> = " ' href=" href=' id=a id= &amp; & &#x ; )"
    R"(class=note-link / # é 天 <li> <ul> <b> <pre> <code> <title> <svg>)";
}  // namespace

void add_subjects(std::vector<Subject>& subjects) {
  using markdown::Dialect;
  auto add = [&subjects](const char* name, const char* tokens, std::vector<Frame> frames,
                         void (*run)(const std::string&)) {
    subjects.push_back({name, words_of(tokens), std::move(frames), run});
  };
  markdown::set_commonmark(markdown::commonmark_parse);
  add("kramdown", kMarkdown, {{}}, read_markdown<Dialect::Kramdown, false>);
  add("kramdown, all options", kMarkdown, {{}}, read_kramdown_math);
  add("CommonMark", kMarkdown, {{}}, read_markdown<Dialect::CommonMark, false>);
  add("GitHub", kMarkdown, {{}}, read_markdown<Dialect::GitHub, false>);
  add("notes", kMarkdown, {{}}, read_markdown<Dialect::GitHub, true>);
  add("YAML",
      R"(a a\s a: a:\s \s \n \n\s \n\s\s \t -\s -\n ?\s : , { } [ ] " ' \\ # | > & &a * *a ! !!a %a --- ... 1 )"
      R"(1_0 1:0 2001-01-01 0x1 .inf ~ null <<:\s*a é)",
      {{}, {"a: [", "]"}, {"a: {", "}"}, {"a: ", ""}, {"&a b: c\n", ""}, {"a: *b\nc: [", "]"}},
      read_yaml);
  add("front matter", R"(a a:\sb\n --- ---\n \n \s \t - -- ... " ' [ { }})",
      {{"---\n", "\n---\n"}, {}}, read_front_matter);
  add("CSV", R"(a , ,, " "" \n \r \r\n \s a, "a", "a,b" a\n é)", {{}, {"a,b\n", ""}},
      read_csv<',', false>);
  add("TSV as pandas", R"(a \t \t\t " "" \n \r \s a\t "a"\t a\n)", {{}, {"a\tb\n", ""}},
      read_csv<'\t', true>);
  add("JSON", R"(a \s \n { } [ ] , : " "a" "a": \\ \\u0041 1 -1 1. 1e true null / é)",
      {{}, {"[", "]"}, {"{", "}"}, {"\"", "\""}}, read_json);
  add("TOML",
      R"(a a= a=1\n \s \n = . , a. [ ] [[ ]] [a]\n [[a]]\n { } " ' """ ''' \\ # 1 1. 0x 1_ + - T : 2001-01-01 )"
      R"(12:00 true inf é)",
      {{}, {"a = [", "]"}, {"a = \"", "\""}}, read_toml);
  add("BibTeX",
      R"(a a\s , = # { } ( ) " @ @a{ @a{b, @string{ @comment{ @preamble{ a={b}, a="b", a=b#c, \\ \\a \\a{ )"
      R"(\\'a {\\a $ % ~ -- \n \s 1 \sand\s and , and\sothers é)",
      {{}, {"@a{b, author={", "}}"}, {"@a{b, title={", "}}"}, {"@string{a = ", "}"}}, read_bibtex);
  add("bibliography", R"(a a\s , { } " @a{b, a={b}, \\a \\'a $ $\s ~ -- \n \s \sand\s . : 1 é)",
      {{"@article{b, author={", "}, year=1, title={x}}"},
       {"@article{b, title={", "}, year=1}"},
       {"@article{b, year=1, pages={", "}}"},
       {}},
      write_bibliography);
  add("tag of a bibliography",
      R"(a \s -- -- --query --file --group_by @ @a [ ] = ~ ! && || ( ) * + . " ' , : 1)",
      {{}, {"--query @*[title=", "]"}, {"--query ", ""}}, read_bibliography_tag);
  add("Sass", kSass,
      {{},
       {"a{", ""},
       {"a{b:", ";}"},
       {"a{b:", ""},
       {"@media ", "{a{b:c}}"},
       {"$a:", ";"},
       {"@use 'sass:math';a{b:", ";}"},
       {"@use 'sass:math';a{", "}"},
       {"@include a(", ""}},
      read_sass<false>);
  add("Sass, indented", kIndented, {{}, {"a\n  b: ", ""}}, read_sass<true>);
  add("Liquid", kLiquid, {{}, {"{{", "}}"}, {"{%assign a=", "%}"}, {"{%if ", "%}{%endif%}"}},
      render_liquid);
  add("check of a page", kMarkdown, {{}}, check_page);
  add("HTML, checked", kHtml, {{"<div>\n", ""}}, check_page);
  add("HTML, for notes", kHtml, {{}}, read_notes);
  add("HTML, for the profile", kHtml, {{}}, read_sections);
  add("HTML, for the search", kHtml, {{}}, index_page);
  add("search query", R"(a comet \s " ' - + * : tag: year:1 ( ) é 天 文 1 . , co me\s)", {{}},
      ask_search);
  using cli::comparison::Syntax;
  add("compare, HTML", kHtml, {{}}, compare<Syntax::Html>);
  add("compare, CSS", R"(a { } : ; \s \n /* */ " ' ( ) @a . # \\ ,)", {{}}, compare<Syntax::Css>);
  add("compare, JSON", R"(a { } [ ] , : " \\ 1 \s \n)", {{}}, compare<Syntax::Json>);
  add("Hugo's shortcodes",
      R"(a \s \n {{< >}} {{% %}} {{</* */>}} {{</ /> />}} a\s a= = " ` \\" {{<a>}} {{</a>}} {{<figure\ssrc=a>}} )"
      R"({{<highlight\sc>}} {{</highlight>}} {{ }} {% %} {{<details>}} {{</details>}} {{<ref\sa>}} ``` # {#a})",
      {{}}, rewrite_shortcodes);
}

}  // namespace growth
