// The characters that LaTeX's commands stand for (LaTeX2e's symbol list, amssymb, textcomp): those
// that latex-decode knows.
#include "latex_symbols.h"

namespace meridian::bibtex {

namespace {
constexpr char kLetterWords[] = "AA Å AE Æ L Ł O Ø aa å ae æ l ł o ø ";
constexpr char kPunctuationWords[] =
    "dag † ddag ‡ dots … guilsinglleft ‹ guilsinglright › langle ⟨ quotedblbase „ "
    "quotesinglbase ‚ rangle ⟩ textasciicircum ^ textasciitilde ~ textbackslash \\ "
    "textbullet • textemdash — textendash – textinterrobang ‽ textoverline ‾ "
    "textpertenthousand ‱ textperthousand ‰ textquotedblleft “ textquotedblright ” "
    "textquoteleft ‘ textquoteright ’ textquotesingle ' textreferencemark ※ ";
constexpr char kSymbolWords[] =
    ", \u202f Alpha Α Beta Β Box □ Bumpeq ≎ Cap ⋒ Chi Χ Cup ⋓ Delta ∆ Epsilon Ε Eta Η Gamma Γ "
    "Iota Ι Kappa Κ Lambda Λ Leftrightarrow ⇔ Mu Μ Nu Ν Omega Ω Phi Φ Psi Ψ Rho Ρ "
    "Rightarrow ⇒ Sigma Σ Subset ⋐ Supset ⋑ Tau Τ Theta Θ Upsilon Υ Vdash ⊩ Vvdash ⊪ Xi Ξ "
    "Zeta Ζ alpha α angle ∠ approx ≈ approxeq ≊ ast ∗ asymp ≍ backsim ∽ backsimeq ⋍ "
    "barwedge ⊼ because ∵ beta β between ≬ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀ bot ⊥ "
    "bowtie ⋈ boxdot ⊡ boxminus ⊟ boxplus ⊞ boxtimes ⊠ bullet ∙ bumpeq ≏ cap ∩ cdot ⋅ "
    "cdots ⋯ chi χ circ ∘ circeq ≗ circledast ⊛ circledcirc ⊚ circleddash ⊝ clubsuit ♣ "
    "complement ∁ cong ≅ coprod ∐ cup ∪ curlyeqprec ⋞ curlyeqsucc ⋟ curlyvee ⋎ curlywedge ⋏ "
    "dashv ⊣ ddots ⋱ delta δ diamond ⋄ diamondsuit ♢ divideontimes ⋇ doteq ≐ doteqdot ≑ "
    "dotplus ∔ downarrow ↓ epsilon ε eqcirc ≖ equiv ≡ eta η euro € exists ∃ fallingdotseq ≒ "
    "flat ♭ forall ∀ gamma γ geq ≥ geqq ≧ gg ≫ ggg ⋙ gneqq ≩ gnsim ⋧ gtrdot ⋗ gtreqless ⋛ "
    "gtrless ≷ gtrsim ≳ heartsuit ♡ iiint ∭ iint ∬ in ∈ infty ∞ int ∫ intercal ⊺ iota ι "
    "kappa κ lambda λ lceil ⌈ leadsto ↝ leftarrow ← leftrightarrow ↔ leftthreetimes ⋋ leq ≤ "
    "leqq ≦ lessdot ⋖ lesseqgtr ⋚ lessgtr ≶ lesssim ≲ lfloor ⌊ lhd ⊲ ll ≪ lll ⋘ lneqq ≨ "
    "lnsim ⋦ ltimes ⋉ measuredangle ∡ mid ∣ mp ∓ mu μ multimap ⊸ nVdash ⊮ nabla ∇ natural ♮ "
    "ncong ≇ neq ≠ nexists ∄ ngeq ≱ ngtr ≯ ni ∋ nleq ≰ nless ≮ nmid ∤ notin ∉ nparallel ∦ "
    "nprec ⊀ nsim ≁ nsubseteq ⊈ nsucc ⊁ nsupseteq ⊉ ntriangleleft ⋪ ntrianglelefteq ⋬ "
    "ntriangleright ⋫ ntrianglerighteq ⋭ nu ν odot ⊙ oint ∮ omega ω ominus ⊖ oplus ⊕ "
    "oslash ⊘ otimes ⊗ parallel ∥ partial ∂ phi φ pitchfork ⋔ prec ≺ preccurlyeq ≼ "
    "precnsim ⋨ precsim ≾ prod ∏ propto ∝ psi ψ rceil ⌉ rfloor ⌋ rhd ⊳ rho ρ rightarrow → "
    "rightleftharpoons ⇌ rightthreetimes ⋌ risingdotseq ≓ rtimes ⋊ set ∅ setminus ∖ sharp ♯ "
    "sigma σ sim ∼ simeq ≃ spadesuit ♠ sphericalangle ∢ sqcap ⊓ sqcup ⊔ sqsubset ⊏ "
    "sqsubseteq ⊑ sqsupset ⊐ sqsupseteq ⊒ ss ß star ⋆ subset ⊂ subseteq ⊆ subsetneq ⊊ succ ≻ "
    "succcurlyeq ≽ succnsim ⋩ succsim ≿ sum ∑ supset ⊃ supseteq ⊇ supsetneq ⊋ surd √ tau τ "
    "textcolonmonetary ₡ textdong ₫ texteuro € textlira ₤ textnaira ₦ textnumero № "
    "texttrademark ™ textwon ₩ therefore ∴ theta θ tone1 ˩ tone2 ˨ tone3 ˧ tone4 ˦ tone5 ˥ "
    "top ⊤ triangleq ≜ unlhd ⊴ unrhd ⊵ uparrow ↑ updownarrow ↕ uplus ⊎ upsilon υ vdash ⊢ "
    "vdots ⋮ vee ∨ veebar ⊻ wedge ∧ wr ≀ xi ξ zeta ζ ";
}  // namespace

const SymbolTable kLetters{kLetterWords};
const SymbolTable kPunctuation{kPunctuationWords};
const SymbolTable kSymbols{kSymbolWords};

Str SymbolTable::find(Str name) const {
  if (name.empty()) return {};
  Str rest = words, key, text;
  // Names of one first character stand together: a search for them in halves would need the places
  // of all words.
  while (next_piece(rest, ' ', key) && next_piece(rest, ' ', text)) {
    if (key[0] > name[0]) break;
    if (key == name) return text;
  }
  return {};
}

}  // namespace meridian::bibtex
