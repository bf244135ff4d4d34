// Packs Natural Earth's land and countries (world-atlas, public domain) for the globe:
// land-110m.bin, land-50m.bin, countries.bin, countries-50m.bin. docs/globe.md describes the
// format, core/geo/unpack.cpp reads it.
//
// The core's rings have their interior on the left; world-atlas, as d3-geo, has it on the right:
// rings are turned round.

import { readFileSync } from 'node:fs';
import { feature } from 'topojson-client';

// Steps per degree. At 110m a step is 7 km, half a pixel on a globe of 800 pixels; coasts and
// borders share the grid, so they meet. At 50m it is 1.7 km.
const COARSE = 16;
const FINE = 64;

// ISO 3166-1: numeric to alpha-2, for the entities of Natural Earth at 50m.
const CODES = `004AF 008AL 010AQ 012DZ 016AS 020AD 024AO 028AG 031AZ 032AR 036AU 040AT 044BS 048BH 050BD 051AM 052BB 056BE 060BM
064BT 068BO 070BA 072BW 076BR 084BZ 086IO 090SB 092VG 096BN 100BG 104MM 108BI 112BY 116KH 120CM 124CA 132CV 136KY 140CF 144LK
148TD 152CL 156CN 158TW 170CO 174KM 178CG 180CD 184CK 188CR 191HR 192CU 196CY 203CZ 204BJ 208DK 212DM 214DO 218EC 222SV 226GQ
231ET 232ER 233EE 234FO 238FK 239GS 242FJ 246FI 248AX 250FR 258PF 260TF 262DJ 266GA 268GE 270GM 275PS 276DE 288GH 296KI 300GR
304GL 308GD 316GU 320GT 324GN 328GY 332HT 334HM 336VA 340HN 344HK 348HU 352IS 356IN 360ID 364IR 368IQ 372IE 376IL 380IT 384CI
388JM 392JP 398KZ 400JO 404KE 408KP 410KR 414KW 417KG 418LA 422LB 426LS 428LV 430LR 434LY 438LI 440LT 442LU 446MO 450MG 454MW
458MY 462MV 466ML 470MT 478MR 480MU 484MX 492MC 496MN 498MD 499ME 500MS 504MA 508MZ 512OM 516NA 520NR 524NP 528NL 531CW 533AW
534SX 540NC 548VU 554NZ 558NI 562NE 566NG 570NU 574NF 578NO 580MP 583FM 584MH 585PW 586PK 591PA 598PG 600PY 604PE 608PH 612PN
616PL 620PT 624GW 626TL 630PR 634QA 642RO 643RU 646RW 652BL 654SH 659KN 660AI 662LC 663MF 666PM 670VC 674SM 678ST 682SA 686SN
688RS 690SC 694SL 702SG 703SK 704VN 705SI 706SO 710ZA 716ZW 724ES 728SS 729SD 732EH 740SR 748SZ 752SE 756CH 760SY 762TJ 764TH
768TG 776TO 780TT 784AE 788TN 792TR 795TM 796TC 800UG 804UA 807MK 818EG 826GB 831GG 832JE 833IM 834TZ 840US 850VI 854BF 858UY
860UZ 862VE 876WF 882WS 887YE 894ZM`;
export const ALPHA2 = new Map(CODES.split(/\s+/).map((word) => [word.slice(0, 3), word.slice(3)]));

// Entities without an ISO number: the country to which GeoNames, and so the gazetteer, counts their
// places.
const UNNUMBERED = { 'N. Cyprus': 'CY', Somaliland: 'SO', Kosovo: 'XK' };

// Parts that Natural Earth counts to a country and ISO 3166 lists separately: polygons within west,
// south, east, north.
const PARTS = [
  ['FR', 'GF', [-55, 2, -51, 6]],
  ['NO', 'SJ', [9, 74, 36, 82]],
];

// Regions that Natural Earth at 50m lacks or merges into another: λ, φ.
const MORE_DOTS = {
  BQ: [-68.27, 12.18],
  CC: [96.83, -12.17],
  CX: [105.65, -10.48],
  GI: [-5.35, 36.14],
  GP: [-61.55, 16.25],
  MQ: [-61, 14.65],
  RE: [55.5, -21.1],
  TK: [-171.8, -9.2],
  TV: [179.2, -8.52],
  YT: [45.15, -12.83],
};

const atlas = (name) =>
  JSON.parse(
    readFileSync(new URL(`../../node_modules/world-atlas/${name}.json`, import.meta.url), 'utf8'),
  );

/** Polygons of a geometry, as rings of positions. */
const polygonsOf = ({ type, coordinates }) => (type === 'Polygon' ? [coordinates] : coordinates);

class Bytes {
  bytes = [];
  number(n) {
    for (; n > 127; n >>>= 7) this.bytes.push((n & 127) | 128);
    this.bytes.push(n);
  }
  difference(n) {
    this.number(n < 0 ? -2 * n - 1 : 2 * n);
  }
}

/** A position on the grid; the antimeridian is its western side. */
function onGrid([lon, lat], steps) {
  const x = Math.round(lon * steps);
  return [x >= 180 * steps ? x - 360 * steps : x, Math.round(lat * steps)];
}
const same = (a, b) => a[0] === b[0] && a[1] === b[1];
/** Removes repeated points. */
const distinct = (points) => points.filter((point, i) => !i || !same(point, points[i - 1]));
/** A closed ring on the grid, its last point being the one before the first. */
function ringOnGrid(ring, steps) {
  const points = distinct(ring.map((position) => onGrid(position, steps)));
  while (points.length > 1 && same(points[0], points.at(-1))) points.pop();
  return points.reverse();
}

/**
 * @typedef {{ code: string, polygons: number[][][] }} Region polygons of rings of references: twice
 *   an arc's number, plus
 *   one when it is walked backwards
 * @param {{ steps: number, arcs: [number, number][][], regions: Region[], dots: { region: number,
 *   at: [number, number] }[] }} shapes
 */
function pack({ steps, arcs, regions, dots }) {
  const out = new Bytes();
  out.bytes.push(...Buffer.from('geo1'));
  for (const number of [
    steps,
    arcs.length,
    regions.length,
    dots.length,
    ...arcs.map((arc) => arc.length),
  ])
    out.number(number);
  let next = 0;
  for (const { code, polygons } of regions) {
    out.bytes.push(...Buffer.from(code));
    out.number(polygons.length);
    for (const rings of polygons) {
      out.number(rings.length);
      for (const references of rings) {
        out.number(references.length);
        for (const reference of references) {
          out.difference(reference - next);
          next = (reference | 1) + 1;
        }
      }
    }
  }
  for (const { region, at } of dots) {
    out.number(region);
    out.difference(at[0]);
    out.difference(at[1]);
  }
  for (const axis of [0, 1]) {
    let at = 0;
    for (const arc of arcs) {
      let step = 0;
      arc.forEach((point, i) => {
        let way = point[axis] - at;
        const turn = 360 * steps;
        if (axis === 0) way -= turn * Math.floor((way + turn / 2) / turn);
        out.difference(i > 1 ? way - (step >> 1) : way);
        step = way;
        at = point[axis];
      });
    }
  }
  return Buffer.from(out.bytes);
}

/**
 * Merges rings at the antimeridian. Natural Earth cuts shapes there, and world-atlas joins most of
 * them again; the rest are edges that two rings traverse in opposite directions. Without these
 * edges the rings become one.
 * @param {[number, number][][]} rings
 * @param {number} steps
 */
function stitch(rings, steps) {
  const west = -180 * steps;
  const isSeam = ([x], [u]) => x === west && u === west;
  const touched = rings.filter((ring) =>
    ring.some((point, i) => isSeam(point, ring[(i + 1) % ring.length])),
  );
  const heights = [
    ...new Set(
      touched
        .flat()
        .filter(([x]) => x === west)
        .map(([, y]) => y),
    ),
  ].sort((a, b) => a - b);
  const walked = new Set(); // edges, as texts
  for (const ring of touched) {
    ring.forEach((from, i) => {
      const to = ring[(i + 1) % ring.length];
      // The two sides may have different points on the seam: all of them are traversed.
      let between = isSeam(from, to)
        ? heights.filter((y) => y > Math.min(from[1], to[1]) && y < Math.max(from[1], to[1]))
        : [];
      if (from[1] > to[1]) between = between.reverse();
      const way = [from, ...between.map((y) => [west, y]), to].map(String);
      for (let k = 1; k < way.length; k++) {
        if (!walked.delete(`${way[k]} ${way[k - 1]}`)) walked.add(`${way[k - 1]} ${way[k]}`);
      }
    });
  }
  const edges = new Map([...walked].map((edge) => edge.split(' ')));
  const joined = [];
  while (edges.size) {
    const ring = [];
    for (let [at] = edges.keys(); edges.has(at);) {
      ring.push(at.split(',').map(Number));
      const to = edges.get(at);
      edges.delete(at);
      at = to;
    }
    if (ring.length > 2) joined.push(ring);
  }
  return [...rings.filter((ring) => !touched.includes(ring)), ...joined];
}

/** Land: one region, each ring an arc. @param {'110m' | '50m'} scale */
export function packLand(scale, steps = scale === '110m' ? COARSE : FINE) {
  const topology = atlas(`countries-${scale}`);
  const { geometry } = feature(topology, topology.objects.land).features[0];
  const arcs = [];
  const polygons = [];
  const add = (ring) => 2 * (arcs.push(ring) - 1);
  const alone = [];
  for (const polygon of polygonsOf(geometry)) {
    // At 50m there is a hole of a hundred metres around the south pole.
    const rings = polygon
      .map((ring) => ringOnGrid(ring, steps))
      .filter((ring) => ring.length > 2 && ring.some(([, y]) => y > -89.9 * steps));
    if (rings.length > 1) polygons.push(rings.map((ring) => [add(ring)]));
    else alone.push(...rings);
  }
  for (const ring of stitch(alone, steps)) polygons.push([[add(ring)]]);
  return pack({ steps, arcs, regions: [{ code: '  ', polygons }], dots: [] });
}

/** The approximate centre of the largest polygon, for dots. */
function middleOf(geometry) {
  let best = { area: 0, at: [0, 0] };
  for (const [ring] of polygonsOf(geometry)) {
    let area = 0,
      lon = 0,
      lat = 0;
    ring.slice(1).forEach(([x, y], i) => {
      const cross = ring[i][0] * y - x * ring[i][1];
      area += cross;
      lon += (ring[i][0] + x) * cross;
      lat += (ring[i][1] + y) * cross;
    });
    if (Math.abs(area) > best.area)
      best = { area: Math.abs(area), at: [lon / area / 3, lat / area / 3] };
  }
  return best.at;
}

const codeOf = ({ id, properties }) => ALPHA2.get(id) ?? UNNUMBERED[properties.name];

/**
 * Countries and regions with shared borders; those without a polygon at 110m as dots.
 * @param {'110m' | '50m'} scale
 */
export function packCountries(scale) {
  const topology = atlas(`countries-${scale}`);
  const steps = scale === '110m' ? COARSE : FINE;
  const arcs = topology.arcs.map((_, i) => {
    // An arc as a line of its own: topojson's transform and deltas undone.
    const { coordinates } = feature(topology, { type: 'LineString', arcs: [i] }).geometry;
    return distinct(coordinates.map((position) => onGrid(position, steps)));
  });
  /** @type {Map<string, Region>} */
  const regions = new Map();
  const region = (code) => regions.get(code) ?? regions.set(code, { code, polygons: [] }).get(code);
  for (const country of topology.objects.countries.geometries) {
    if (!codeOf(country)) continue; // at 50m: a glacier, two reefs
    for (const polygon of country.type === 'Polygon' ? [country.arcs] : country.arcs) {
      const rings = polygon
        // Backwards, each arc as well.
        .map((ring) => ring.map((arc) => (arc < 0 ? 2 * ~arc : 2 * arc + 1)).reverse())
        .filter(
          (ring) => new Set(ring.flatMap((reference) => arcs[reference >> 1].map(String))).size > 2,
        );
      if (!rings.length) continue;
      const [x, y] = arcs[rings[0][0] >> 1][0].map((v) => v / steps);
      const part = PARTS.find(
        ([from, , [west, south, east, north]]) =>
          from === codeOf(country) && x > west && x < east && y > south && y < north,
      );
      region(part ? part[1] : codeOf(country)).polygons.push(rings);
    }
  }
  const places = Object.entries(MORE_DOTS);
  const fine = atlas('countries-50m');
  const coarse = new Set(atlas('countries-110m').objects.countries.geometries.map(codeOf));
  for (const country of fine.objects.countries.geometries) {
    const code = codeOf(country);
    if (code && !coarse.has(code) && !PARTS.some(([, part]) => part === code))
      places.push([code, middleOf(feature(fine, country).geometry)]);
  }
  for (const [code] of places) region(code);
  const sorted = [...regions.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  const dots = places.map(([code, at]) => ({
    region: sorted.findIndex((r) => r.code === code),
    at: onGrid(at, steps),
  }));
  dots.sort((a, b) => a.region - b.region);
  return pack({ steps, arcs, regions: sorted, dots });
}
