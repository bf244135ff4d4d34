#include "formulas.h"

namespace meridian::search {

namespace {
/// What a reader sees; in a query, most write the characters.
constexpr char kSigns[] =
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ "
    "lambda λ mu μ nu ν xi ξ pi π rho ρ sigma σ tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω "
    "times × cdot · pm ± leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ approx ≈ sim ∼ infty ∞ sum ∑ int ∫ "
    "partial ∂ nabla ∇ to → rightarrow → in ∈ sqrt √ ldots … dots … ell ℓ hbar ℏ ";
/// Commands whose names are printed.
constexpr char kNames[] = "cos exp lim ln log max min sin tan";

Str sign(Str name) {
  Str rest = kSigns;
  for (Str key, text; next_piece(rest, ' ', key) && next_piece(rest, ' ', text);)
    if (key == name) return text;
  return {};
}

/// Appends a formula as text.
void add_formula(Text& out, Str tex) {
  for (std::size_t at = 0; at < tex.size();) {
    char c = tex[at++];
    if (c != '\\') {
      if (!is_one_of(c, "{}^_$&")) out.add(c);
      continue;
    }
    std::size_t end = at;
    while (is_alpha(char_at(tex, end))) end++;
    Str name = slice(tex, at, end);
    out.add(one_of(name, kNames) >= 0 ? name : sign(name));
    if (name.empty() && is_one_of(char_at(tex, at), "\\,;: ")) out.add(' ');
    at = end + name.empty();
  }
}
}  // namespace

void read_formulas(Text& text, std::size_t begin, bool whole) {
  Str s = text.str();
  if (s.find('\\', begin) == Str::npos) return;
  Text made;
  if (whole) {
    add_formula(made, s.substr(begin));
  } else {
    std::size_t done = begin;
    bool open[2] = {};  // one of this kind has no end
    for (std::size_t at = begin; (at = s.find('\\', at)) != Str::npos;) {
      int kind = index_in("([", char_at(s, at + 1));
      std::size_t close = kind < 0 || open[kind] ? Str::npos : s.find(kind ? "\\]" : "\\)", at + 2);
      if (close == Str::npos) {
        if (kind >= 0) open[kind] = true;
        at++;
        continue;
      }
      made.add(slice(s, done, at));
      add_formula(made, slice(s, at + 2, close));
      at = done = close + 2;
    }
    made.add(s.substr(done));
  }
  text.truncate(begin);
  text.add(made.str());
}

}  // namespace meridian::search
