"""Sites of Hugo that test_import.py imports, with the addresses that Hugo gives their pages."""

# A blog with settings in TOML. Hugo's addresses stand beside the pages.
BLOG = {
    "hugo.toml": """baseURL = "https://ada.example/lab/"
title = "Notes: a blog"
languageCode = "en-gb"
copyright = "Ada"
[permalinks]
post = "/:year/:month/:slug/"
[params]
description = "What I count"
[params.social]
mail = "ada@ada.example"
[[menu.main]]
name = "Posts"
url = "/posts/"
weight = 2
[[menu.main]]
name = "About"
pageRef = "/about"
weight = 1
""",
    "content/about.md": "---\ntitle: About\n---\nAbout me.\n",  # /about/
    "content/plain.md": "No front matter, {{ braces }}.\n",  # /plain/
    "content/raw.html": "<p>raw</p>",  # /raw.html
    "content/posts/Hello World!.md": '+++\ntitle = "Hello"\ndate = 2020-01-02T10:00:00Z\n'
    'tags = ["C++", "Größe"]\naliases = ["old", "/older/", "/oldest.html"]\n+++\nHi\n<!--more-->\nmore\n',
    "content/posts/bundle/index.md": '{"title": "Bundle", "date": "2020-02-03", "slug": "My Slug"}\n\n![a](pic.png)\n',
    "content/posts/bundle/pic.png": b"\x89PNG",
    "content/posts/draft.md": "---\ntitle: D\ndate: 2020-01-01\ndraft: true\n---\nNot yet.\n",
    "content/posts/undated.md": "---\ntitle: No date\n---\nNo date.\n",
    "content/posts/urled.md": "---\ntitle: U\ndate: 2020-01-02\nurl: /some/Where\n---\nU\n",
    "content/post/first.md": '---\ntitle: "The Title, Here"\ndate: 2020-03-07\nlastmod: 2021-01-01\n---\nP\n',
    "content/post/night.md": "---\ntitle: Night\ndate: 2020-03-08T00:30:00+02:00\n---\nN\n",
    "content/docs/_index.md": "---\ntitle: Manual\n---\nRead on.\n",
    "content/docs/A B/My_File.v2.md": "---\ntitle: File\nweight: 3\n---\nF\n",
    "content/docs/A B/it's (really).md": "---\ntitle: Really\n---\nR\n",
    "static/robots.txt": "User-agent: *\n",
    "static/css/site.css": "p {}\n",
    "static/_headers": "/*\n",
    "static/.well-known/security.txt": "Contact: x\n",
    "data/people.toml": '[[person]]\nname = "Ada"\nborn = 1815-12-10\n',
    "data/places.yaml": "- London\n",
    "layouts/_default/single.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/_default/list.html": "{{ .RelPermalink }}{{ .Content }}",
}
BLOG_ADDRESSES = """
.well-known/security.txt _headers about/index.html categories/index.html css/site.css
docs/a-b/its-really/index.html docs/a-b/my_file.v2/index.html docs/index.html index.html
older/index.html oldest.html plain/index.html post/index.html posts/hello-world/index.html
posts/index.html posts/my-slug/index.html posts/my-slug/pic.png posts/old/index.html
posts/undated/index.html raw.html robots.txt some/Where/index.html tags/c++/index.html
tags/größe/index.html tags/index.html 2020/03/the-title-here/index.html 2020/03/night/index.html
""".split()

# A site of Hugo Blox: settings in a folder, bundles, blocks, its shortcodes.
BLOX = {
    "config/_default/hugo.yaml": "title: Ada Lovelace\nbaseURL: 'https://ada.example/'\n"
    "permalinks: {tags: '/tag/:slug/', authors: '/author/:slug/'}\n"
    "taxonomies: {tag: tags, author: authors}\nmodule: {imports: [blox]}\n",
    "config/_default/params.yaml": "appearance: {mode: system}\ncontact: {email: ada@ada.example}\n",
    "config/_default/menus.yaml": "main:\n  - {name: Papers, url: publication/, weight: 20}\n"
    "  - {name: Home, url: /, weight: 10}\n  - {name: One, url: '/publication/first/', parent: Papers}\n",
    "content/_index.md": "---\ntitle: Ada\ntype: landing\nsections:\n"
    "  - block: about.biography\n    content: {title: Biography}\n"
    "  - block: markdown\n    content:\n      title: News\n      text: |-\n        Hello **world**\n---\n",
    "content/authors/admin/_index.md": "---\ntitle: Ada Lovelace\nrole: Analyst\n"
    "organizations: [{name: Royal Society}]\nsocial:\n  - {icon: envelope, link: 'mailto:ada@ada.example'}\n"
    "  - {icon: github, link: 'https://github.com/ada'}\n  - {icon: link, link: 'https://other.example/ada'}\n"
    "---\nI count.\n",
    "content/authors/admin/avatar.jpg": "JPEG",
    "content/publication/_index.md": "---\ntitle: Publications\n---\n",
    "content/publication/first/index.md": """---
title: "A first paper: on {{ engines }}"
authors: [admin, Charles Babbage]
date: '2015-09-01T00:00:00Z'
abstract: |
  Line one with $x$.

  Line two.
tags: [Engines]
image:
  caption: 'Credit: [x](y)'
---
{{% callout warning %}}
Click *here*.
{{% /callout %}}
See {{< cite page="/event/talk" view="4" >}}, [the talk]({{< relref "event/talk#end" >}}).

## Head {#custom .big}

{{< figure src="pic.png" caption="A <pic>" >}}
{{< figure src="logo.png" >}}

```go
{{ .Site.Title }}
```
{{< youtube dQw4 >}}
""",
    "content/publication/first/featured.png": b"\x89PNG",
    "content/publication/first/pic.png": b"\x89PNG",
    "content/publication/first/cite.bib": "@article{a, title={T}}\n",
    "content/event/talk/index.md": '+++\ntitle = "Talk"\ndate = 2020-06-01T13:00:00Z\n+++\n## End\n',
    "content/project/p/index.md": '---\ntitle: P\ndate: 2016-04-27\ndraft: true\n---\nDraft\n',
    "assets/media/logo.png": b"\x89PNG",
    "layouts/_default/single.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/_default/list.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/shortcodes/callout.html": "{{ .Inner }}",
    "layouts/shortcodes/cite.html": "{{ .Get 0 }}",
}  # fmt: skip
BLOX_ADDRESSES = """
author/ada-lovelace/index.html author/ada-lovelace/avatar.jpg author/charles-babbage/index.html
authors/index.html event/index.html event/talk/index.html index.html publication/first/cite.bib
publication/first/featured.png publication/first/index.html publication/first/pic.png
publication/index.html tag/engines/index.html tags/index.html
""".split()

# Two languages, sections within sections, patterns of addresses.
TWO = {
    "hugo.toml": """baseURL = "https://ada.example/"
title = "Two"
defaultContentLanguage = "en"
[languages.en]
weight = 1
[languages.de]
weight = 2
[permalinks]
blog = "/:sections/:year/:filename/"
docs = "/manual/:sections/:slug/"
""",
    "content/_index.md": "---\ntitle: Home\n---\nhome\n",
    "content/_index.de.md": "---\ntitle: Start\n---\nstart\n",
    "content/about.md": "---\ntitle: About\n---\n",
    "content/about.de.md": "---\ntitle: Über\n---\n",
    "content/docs/_index.md": "---\ntitle: Docs\n---\nd\n",
    "content/docs/a/_index.md": "---\ntitle: A\n---\nd\n",
    "content/docs/a/one.md": '---\ntitle: "One & two: x"\n---\nd\n',
    "content/docs/a/one.de.md": "---\ntitle: Eins\n---\nd\n",
    "content/docs/a/b/deep.md": "---\ntitle: Deep\nslug: deeper\naliases: [alt, ../up, /root]\n---\nd\n",
    "content/docs/a/pic.png": b"\x89PNG",
    "content/docs/bund/index.md": "---\ntitle: Bund\n---\nb\n",
    "content/docs/bund/index.de.md": "---\ntitle: Bund de\n---\nb\n",
    "content/docs/bund/img/P.PNG": b"\x89PNG",
    "content/docs/c/url.x.md": "---\ntitle: Z\nurl: /x/y.html\n---\nd\n",
    "content/blog/2021/x.md": '---\ntitle: X\ndate: 2021-05-05\ntags: [One, "two words", "C#"]\ncategories: Cat\n---\nd\n',
    "content/blog/y.de.md": "---\ntitle: Y\ndate: 2021-06-05\ntags: [One, Zwei]\n---\nd\n",
    "content/über/z.md": "---\ntitle: Z\n---\nd\n",
    "layouts/_default/single.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/_default/list.html": "{{ .RelPermalink }}{{ .Content }}",
}  # fmt: skip
TWO_ADDRESSES = """
about/index.html blog/2021/x/index.html blog/index.html categories/cat/index.html
categories/index.html de/about/index.html de/blog/2021/y/index.html de/blog/index.html
de/categories/index.html de/docs/index.html de/index.html de/manual/docs/bund-de/img/P.PNG
de/manual/docs/bund-de/index.html de/manual/docs/eins/index.html de/tags/index.html
de/tags/one/index.html de/tags/zwei/index.html docs/a/index.html docs/a/pic.png docs/index.html
index.html manual/docs/a/alt/index.html manual/docs/a/deeper/index.html
manual/docs/a/one-two-x/index.html manual/docs/bund/img/P.PNG manual/docs/bund/index.html
manual/docs/up/index.html root/index.html tags/c#/index.html tags/index.html tags/one/index.html
tags/two-words/index.html x/y.html über/index.html über/z/index.html
""".split()

# Languages that have folders of content, and files of settings; in the second site by a mount.
FOLDERS = {
    "config/_default/hugo.toml": 'baseURL = "https://ada.example/"\ndefaultContentLanguage = "en"\n'
    '# the setting pygmentsStyle = "x" is a comment\npygmentsStyle = "monokai"\n',
    "config/_default/languages.de.toml": 'contentDir = "content/german"\n',
    "config/_default/languages.en.toml": 'title = "Two"\ncontentDir = "content/english/"\nweight = 1\n',
    "config/_default/menus.de.toml": '[[main]]\nname = "Über"\nurl = "/de/about/"\n',
    "config/_default/menus.en.toml": '[[main]]\nname = "About"\nurl = "/about/"\n',
    "config/_default/params.de.toml": 'description = "Auf Deutsch"\n',
    "config/_default/params.en.toml": 'description = "In English"\n',
    "config/_default/params.toml": 'description = "In none"\nboth = 1\n',
    "content/english/_index.md": "---\ntitle: Home\n---\nhome\n",
    "content/english/about.md": "---\ntitle: About\n---\na\n",
    "content/english/docs/_index.md": "---\ntitle: Docs\n---\nd\n",
    "content/english/docs/pic.png": b"\x89PNG",
    "content/german/_index.md": "---\ntitle: Start\n---\nstart\n",
    "content/german/about.md": "---\ntitle: Über\n---\na\n",
    "content/german/pic.png": b"\x89PNG",
    "layouts/_default/single.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/_default/list.html": "{{ .RelPermalink }}{{ .Content }}",
}
FOLDERS_ADDRESSES = """
about/index.html categories/index.html de/about/index.html de/categories/index.html de/index.html
de/pic.png de/tags/index.html docs/index.html docs/pic.png index.html tags/index.html
""".split()
MOUNTED = {
    "hugo.toml": 'baseURL = "https://ada.example/"\n[[module.mounts]]\nsource = "content/en"\n'
    'target = "content"\n[[module.mounts]]\nsource = "static"\ntarget = "static"\n',
    "content/en/_index.md": "---\ntitle: Home\n---\nhome\n",
    "content/en/docs/one.md": "---\ntitle: One\n---\no\n",
    "layouts/_default/single.html": "{{ .RelPermalink }}{{ .Content }}",
    "layouts/_default/list.html": "{{ .RelPermalink }}{{ .Content }}",
}
MOUNTED_ADDRESSES = """
categories/index.html docs/index.html docs/one/index.html index.html tags/index.html
""".split()
# A lab's site of Hugo Blox with every type of content, as its templates have them.
LAB = {
    "config/_default/hugo.yaml": "title: Engine Lab\nbaseURL: 'https://lab.example/'\n"
    "permalinks: {post: '/blog/:year/:month/:slug/', authors: '/author/:slug/', tags: '/tag/:slug/'}\n"
    "taxonomies: {tag: tags, author: authors, publication_type: publication_types}\n",
    "content/authors/admin/_index.md": """---
title: Ada Lovelace
superuser: true
role: Principal Investigator
bio: She counts.
organizations:
  - {name: Royal Society, url: 'https://royal.example'}
user_groups: [Principal Investigators]
interests: [Engines, Loops]
work:
  - {position: Analyst, company_name: Engines, date_start: 1842-01-01, date_end: 1843-01-01,
    summary: Notes.}
skills:
  - {name: Tools, items: [{name: Punch cards, percent: 80}]}
education:
  courses:
    - {course: PhD in Mathematics, institution: London, year: 1840}
social:
  - {icon: envelope, icon_pack: fas, link: 'mailto:ada@lab.example'}
authors: [admin]
---
Ada writes *notes*.
""",
    "content/authors/admin/avatar.jpg": "JPEG",
    "content/authors/charles/_index.md": "---\ntitle: Charles Babbage\nrole: Engineer\nuser_groups: [Researchers, 'Alumni & more']\n---\nHe builds.\n",
    "content/publication/_index.md": "---\ntitle: Publications\ncms_exclude: true\nview: citation\n---\n",
    "content/publication/notes/index.md": """---
title: "Notes on the 'engine' -- a sketch..."
authors: [admin, charles, Luigi Menabrea]
author_notes: [Equal contribution]
date: '1843-09-01T00:00:00Z'
doi: '10.1000/xyz'
publishDate: '1843-08-01T00:00:00Z'
publication_types: ['2']
publication: '*Scientific Memoirs*, **3**(1)'
publication_short: ''
abstract: We describe an engine with "$x$" {{ braces }}.
summary: ''
tags: [Engines]
featured: true
url_pdf: paper.pdf
url_code: 'https://code.example/engine'
url_dataset: uploads/data.csv
url_poster: '#'
url_project: project/engine/
url_slides: ''
url_source: ''
url_video: /uploads/data.csv
url_preprint: 'https://arxiv.org/abs/1843.1'
links:
  - {name: Custom, url: 'http://example.org/a b'}
  - {type: dataset, url: 'https://data.example'}
projects: [engine]
slides: intro
image:
  caption: 'Credit: [x](https://x.example)'
  alt_text: An engine
  preview_only: false
---
More on the page.
""",
    "content/publication/notes/paper.pdf": "%PDF",
    "content/publication/notes/featured.jpg": "JPEG",
    "content/publication/notes/cite.bib": "@article{notes,\n  title = {Notes},\n  year = {1843}\n}\n",
    "content/publication/talk-paper/index.md": "---\ntitle: Conference paper\nauthors:\n- Charles Babbage\n- admin\n"
    "date: 1850-01-01\npublication_types: [paper-conference]\npublication: 'In _Proc. of X_'\nhugoblox:\n  ids: {doi: 10.5/x, arxiv: '2'}\n"
    "links:\n- {type: pdf, url: 'https://p.example/a.pdf'}\n- {type: preprint, provider: arxiv, id: '1'}\n- {type: custom, label: Award, url: 'https://award.example'}\n---\n",
    "content/event/_index.md": "---\ntitle: Events\n---\n",
    "content/event/turin/index.md": """---
title: A talk
event: Congress of *Scholars*
event_url: https://congress.example
location: Academy
address: {street: Via X, city: Turin, region: '', postcode: '1', country: Italy}
summary: In short.
abstract: At length.
date: '1840-09-01T13:00:00Z'
date_end: '1840-09-01T15:00:00Z'
all_day: false
authors: [charles]
url_video: 'https://video.example'
slides: intro
---
""",
    "content/project/engine/index.md": "---\ntitle: The engine\nsummary: A machine.\ndate: '1837-01-01'\nexternal_link: 'https://engine.example'\nurl_code: ''\ntype: project\nreading_time: false\nimage: {preview_only: true}\n---\nIt runs.\n",
    "content/project/engine/featured.png": b"\x89PNG",
    "content/project/mill/index.md": "---\ntitle: Undated\n---\nMill\n",
    "content/post/dated/index.md": "---\ntitle: Dated\nauthors: [admin]\ndate: 1842-02-03\ncommentable: true\nprofile: false\n---\nA post.\n",
    "content/post/undated/index.md": "---\ntitle: Undated\n---\nNo date.\n",
    "content/slides/intro/index.md": "---\ntitle: Slides\nslides: {theme: black}\n---\n# One\n\n---\n\n# Two\n",
    "content/courses/logic/_index.md": "---\ntitle: Logic\ntype: book\nsummary: Learn.\n---\n",
    "content/courses/logic/week1.md": "---\ntitle: Week 1\nweight: 1\n---\nAnd.\n",
    "content/people/index.md": """---
title: People
type: landing
sections:
  - block: people
    content:
      title: Meet
      user_groups: [Principal Investigators, 'Alumni & more']
  - block: collection
    content:
      title: Papers
      count: 5
      filters: {folders: [publication]}
  - block: about.biography
    content: {title: Who, username: admin}
  - block: contact
    content: {title: Contact, email: lab@lab.example, phone: '123',
      address: {street: A 1, city: London}}
  - block: experience
    content:
      title: Work
      items:
        - {title: CEO, company: Engines, date_start: '1840-01-01', date_end: '', description: "Built\\nit."}
---
""",
    "content/home/index.md": "---\ntype: widget_page\nheadless: true\n---\n",
    "content/home/about.md": "---\nwidget: about\nweight: 10\ntitle: Biography\nauthor: admin\n---\n",
    "content/home/people.md": "+++\nwidget = 'people'\nweight = 20\ntitle = 'Team'\n[content]\nuser_groups = ['Researchers']\n+++\n",
    "content/home/news.md": "+++\nwidget = 'pages'\nweight = 30\ntitle = 'News'\n[content]\npage_type = 'post'\ncount = 3\n+++\n",
    "content/home/project.md": "+++\nwidget = 'portfolio'\nweight = 40\ntitle = 'Work'\n[content]\npage_type = 'project'\n+++\n",
    "static/uploads/data.csv": "a,b\n",
}  # fmt: skip
LAB_ADDRESSES = """
author/ada-lovelace/avatar.jpg author/ada-lovelace/index.html author/charles-babbage/index.html
author/luigi-menabrea/index.html authors/index.html blog/1/01/undated/index.html
blog/1842/02/dated/index.html courses/index.html courses/logic/index.html
courses/logic/week1/index.html event/index.html event/turin/index.html index.html
people/index.html post/index.html project/engine/featured.png project/engine/index.html
project/index.html project/mill/index.html publication/index.html publication/notes/cite.bib
publication/notes/featured.jpg publication/notes/index.html publication/notes/paper.pdf
publication/talk-paper/index.html publication_types/2/index.html publication_types/index.html
publication_types/paper-conference/index.html slides/index.html slides/intro/index.html
tag/engines/index.html tags/index.html uploads/data.csv
""".split()
