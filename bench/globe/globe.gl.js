// globe.gl: land as polygons, legs as lines, points merged into one mesh (which it advises for
// many), with its own controls and hover. Nothing comes in slowly, and there is no atmosphere. No
// labels, no shading.
import Globe from 'globe.gl';
import { feature } from 'topojson-client';
import { SIZE, legs, make } from './common.js';

const atlas = await (await fetch('land-110m.json')).json();
const { stops } = window;
const globe = new Globe(make('div'), { animateIn: false, waitForGlobeReady: false })
  .width(SIZE)
  .height(SIZE)
  .backgroundColor('#fff')
  .showAtmosphere(false)
  .polygonsTransitionDuration(0)
  .pointsTransitionDuration(0)
  .arcsTransitionDuration(0)
  .polygonsData(feature(atlas, atlas.objects.land).features)
  .polygonAltitude(0.004)
  .polygonCapColor(() => '#0c0')
  .polygonSideColor(() => '#0c0')
  .pointsData(stops)
  .pointLng(([lon]) => lon)
  .pointLat(([, lat]) => lat)
  .pointAltitude(0.006)
  .pointRadius(0.5)
  .pointColor(() => '#33c')
  .pointsMerge(true)
  .arcsData(legs(stops))
  .arcStartLng(([from]) => from[0])
  .arcStartLat(([from]) => from[1])
  .arcEndLng(([, to]) => to[0])
  .arcEndLat(([, to]) => to[1])
  .arcColor(() => '#c33');
globe.pointOfView({ lat: 20, lng: 0, altitude: 1.49 });
