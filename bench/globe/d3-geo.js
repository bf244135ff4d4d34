// d3-geo on a canvas: water, land, legs on the surface, points, each in one path. No labels, no
// shading, no graticule.
import { geoDistance, geoOrthographic, geoPath } from 'd3-geo';
import { feature } from 'topojson-client';
import { SHARE, SIZE, draggable, legs, make } from './common.js';

const canvas = make('canvas');
canvas.width = canvas.height = SIZE;
const pen = canvas.getContext('2d');
const projection = geoOrthographic()
  .scale(SIZE * SHARE)
  .translate([SIZE / 2, SIZE / 2])
  .clipAngle(90);
const path = geoPath(projection, pen);
const { stops } = window;
const lines = { type: 'MultiLineString', coordinates: legs(stops) };
const sphere = { type: 'Sphere' };
const rotation = [0, -20];

const atlas = await (await fetch('land-110m.json')).json();
const land = feature(atlas, atlas.objects.land);

draggable(
  canvas,
  (dx, dy) => {
    rotation[0] += dx * 0.15;
    rotation[1] -= dy * 0.15;
  },
  () => {
    projection.rotate(rotation);
    pen.clearRect(0, 0, SIZE, SIZE);
    const draw = (shape) => (pen.beginPath(), path(shape));
    draw(sphere);
    pen.fillStyle = '#fff';
    pen.fill();
    draw(land);
    pen.fillStyle = '#0a0';
    pen.fill();
    draw(lines);
    pen.strokeStyle = '#c33';
    pen.lineWidth = 1;
    pen.stroke();
    const middle = [-rotation[0], -rotation[1]];
    pen.beginPath();
    for (const stop of stops) {
      if (geoDistance(stop, middle) > Math.PI / 2) continue;
      const [x, y] = projection(stop);
      pen.moveTo(x + 3.4, y);
      pen.arc(x, y, 3.4, 0, 2 * Math.PI);
    }
    pen.fillStyle = '#33c';
    pen.fill();
  },
);
