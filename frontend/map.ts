// The map: points for what is known to within a village, hazy discs for districts and provinces, shaded countries for
// all that is wider. A row of the table beside it and its place on the map light each other.
// Borders come from the package itself, so nothing is asked of any other machine.

import type { FeatureCollection, Geometry, Point, Polygon, Position } from "geojson";
import { type ExpressionSpecification, type Map, Map as MapOf, NavigationControl, Popup, setWorkerUrl } from "maplibre-gl";
import { feature } from "topojson-client";
import type { GeometryCollection, Topology } from "topojson-specification";

interface Place { key: string; name: string; href: string; count: number }
interface Shown {
  points: FeatureCollection<Point, Place>;
  areas: FeatureCollection<Polygon, Place>;
  countries: { number: string; places: number }[];
}
const PLACED = ["points", "areas"] as const; // layers that are of one place each

const ASSETS = new URL(".", import.meta.url);
setWorkerUrl(new URL("map-worker.js", ASSETS).href);

async function json<T>(address: string | URL): Promise<T> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
}

function colour(name: string): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

/**
 * A ring of a globe as one of a plane. The atlas leaves out the cut at 180 degrees, so that a plain drawing
 * would lead a line around the world: here longitudes go on past 180, and a ring around a pole goes over it.
 */
function planar(ring: Position[]): Position[] {
  let turn = 0;
  const found = ring.map(([x, y], at) => {
    const before = at > 0 ? ring[at - 1]![0]! : x!;
    if (Math.abs(x! - before) > 180) turn += x! < before ? 360 : -360;
    return [x! + turn, y!];
  });
  if (turn === 0) return found;
  const pole = found[0]![1]! < 0 ? -90 : 90;
  return [...found, [found.at(-1)![0]!, pole], [found[0]![0]!, pole], found[0]!];
}

function flattened(geometry: Geometry): Geometry {
  if (geometry.type === "Polygon") return { ...geometry, coordinates: geometry.coordinates.map(planar) };
  if (geometry.type !== "MultiPolygon") return geometry;
  return { ...geometry, coordinates: geometry.coordinates.map((polygon) => polygon.map(planar)) };
}

async function borders(shown: Shown): Promise<FeatureCollection> {
  const atlas = await json<Topology<{ countries: GeometryCollection<{ name: string }> }>>(
    new URL("countries.json", ASSETS),
  );
  const named = new Set(shown.countries.map((country) => country.number));
  const found = feature(atlas, atlas.objects.countries) as FeatureCollection;
  for (const each of found.features) {
    each.geometry = flattened(each.geometry);
    each.properties = { ...each.properties, shaded: named.has(String(each.id ?? "")) };
  }
  return found;
}

/** One value for the place that is lit, another for the others. */
function LIT<T extends string | number>(lit: T, other: T): ExpressionSpecification {
  return ["case", ["boolean", ["feature-state", "lit"], false], lit, other];
}

/** Each disc as several, one inside another, so that it has no edge that could be taken for a border. */
function hazy(areas: Shown["areas"]): Shown["areas"] {
  const scaled = HAZE.flatMap((scale) => areas.features.map((area) => {
    const [x, y] = middle(area.geometry);
    const ring = corners(area.geometry).map((at) => [x + (at[0]! - x) * scale, y + (at[1]! - y) * scale]);
    return { ...area, geometry: { type: "Polygon" as const, coordinates: [ring] } };
  }));
  return { type: "FeatureCollection", features: scaled };
}

const HAZE = [1, 0.85, 0.7, 0.55, 0.4];

function layers(map: Map, countries: FeatureCollection, shown: Shown): void {
  map.addSource("countries", { type: "geojson", data: countries });
  map.addSource("places", { type: "geojson", data: shown.points, promoteId: "key" });
  map.addLayer({
    id: "countries",
    type: "fill",
    source: "countries",
    paint: { "fill-color": ["case", ["get", "shaded"], colour("--shaded"), colour("--land")] },
  });
  map.addLayer({
    id: "borders",
    type: "line",
    source: "countries",
    paint: { "line-color": colour("--border"), "line-width": 0.8 },
  });
  map.addSource("areas", { type: "geojson", data: hazy(shown.areas), promoteId: "key" });
  map.addLayer({
    id: "areas",
    type: "fill",
    source: "areas",
    paint: { "fill-color": colour("--place"), "fill-opacity": LIT(0.22, 0.11), "fill-antialias": false },
  });
  map.addSource("area-names", { type: "geojson", data: shown.areas });
  map.addLayer({
    id: "area-names",
    type: "symbol",
    source: "area-names",
    layout: { "text-field": ["get", "name"], "text-font": ["sans-serif"], "text-size": 11 },
    paint: { "text-color": colour("--soft"), "text-halo-color": colour("--land"), "text-halo-width": 1.2 },
  });
  map.addLayer({
    id: "points",
    type: "circle",
    source: "places",
    paint: {
      "circle-radius": ["interpolate", ["linear"], ["sqrt", ["get", "count"]], 1, 4, 8, 12],
      "circle-color": LIT(colour("--lit-line"), colour("--place")),
      "circle-stroke-color": colour("--card"),
      "circle-stroke-width": 1.5,
    },
  });
  map.addLayer({
    id: "names",
    type: "symbol",
    source: "places",
    layout: {
      "text-field": ["get", "name"],
      "text-font": ["sans-serif"],
      "text-size": 12,
      "text-anchor": "top",
      "text-offset": [0, 0.5],
    },
    paint: { "text-color": colour("--ink"), "text-halo-color": colour("--land"), "text-halo-width": 1.2 },
  });
}

/** Light a place in the table and on the map; none where there is no key. */
function light(map: Map, key: string | null): void {
  for (const row of document.querySelectorAll("tr.lit")) row.classList.remove("lit");
  for (const source of ["places", "areas"]) {
    map.removeFeatureState({ source });
    if (key !== null) map.setFeatureState({ source, id: key }, { lit: true });
  }
  if (key !== null) rowOf(key)?.classList.add("lit");
}

function rowOf(key: string): HTMLElement | null {
  return document.querySelector(`tr[data-place="${CSS.escape(key)}"]`);
}

/** What opens at a place: its name, which leads to what is told of it, and of how much. */
function told(place: Place, element: HTMLElement): HTMLElement {
  const box = document.createElement("p");
  const anchor = document.createElement("a");
  anchor.href = place.href;
  anchor.textContent = place.name; // text, never markup: names are hostile
  box.append(anchor, ` · ${element.dataset["count"]}: ${place.count}`);
  return box;
}

function fromMap(map: Map, element: HTMLElement, popup: Popup): void {
  for (const layer of PLACED) {
    map.on("click", layer, (event) => {
      const place = event.features?.[0]?.properties as Place | undefined;
      if (!place || event.defaultPrevented) return;
      event.preventDefault(); // a point lies over a disc: the first of them counts
      light(map, place.key);
      rowOf(place.key)?.scrollIntoView({ block: "nearest" });
      popup.setLngLat(event.lngLat).setDOMContent(told(place, element)).addTo(map);
    });
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
}

/** Every row gets a button that shows its place; pointing at a row lights it. */
function fromTable(map: Map, element: HTMLElement, popup: Popup, shown: Shown): void {
  for (const feature of [...shown.points.features, ...shown.areas.features]) {
    const place = feature.properties;
    const row = rowOf(place.key);
    if (!row) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "show-on-map";
    button.title = element.dataset["show"] ?? "";
    button.ariaLabel = `${button.title}: ${place.name}`;
    row.querySelector("th")?.append(button);
    row.addEventListener("mouseenter", () => light(map, place.key));
    button.addEventListener("focus", () => light(map, place.key));
    button.addEventListener("click", () => {
      const at = middle(feature.geometry);
      const zoom = Math.max(map.getZoom(), 7);
      if (calm.matches) map.jumpTo({ center: at, zoom });
      else map.flyTo({ center: at, zoom, maxDuration: 1500 });
      light(map, place.key);
      popup.setLngLat(at).setDOMContent(told(place, element)).addTo(map);
    });
  }
}

const calm = matchMedia("(prefers-reduced-motion: reduce)");

function corners(geometry: Point | Polygon): Position[] {
  return geometry.type === "Point" ? [geometry.coordinates] : geometry.coordinates[0]!;
}

function middle(geometry: Point | Polygon): [number, number] {
  const all = corners(geometry);
  const [west, east] = [Math.min(...all.map((at) => at[0]!)), Math.max(...all.map((at) => at[0]!))];
  const [south, north] = [Math.min(...all.map((at) => at[1]!)), Math.max(...all.map((at) => at[1]!))];
  return [(west + east) / 2, (south + north) / 2];
}

/** Where nine in ten of what is told lies: one report of a place far away must not shrink the rest. */
function extent(shown: Shown): [number, number, number, number] {
  const at = [...shown.points.features, ...shown.areas.features].map((each) => ({
    middle: middle(each.geometry), count: each.properties.count,
  }));
  if (at.length === 0) return [-20, -35, 75, 60];
  const [west, east] = bounds(at.map((each) => [each.middle[0], each.count]));
  const [south, north] = bounds(at.map((each) => [each.middle[1], each.count]));
  return [Math.max(-179, west - 1), Math.max(-84, south - 1), Math.min(179, east + 1), Math.min(84, north + 1)];
}

function bounds(weighed: [number, number][]): [number, number] {
  const sorted = weighed.toSorted((one, other) => one[0] - other[0]);
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const reach = (share: number): number => {
    let passed = 0;
    return sorted.find(([, count]) => (passed += count) >= share * total)?.[0] ?? sorted.at(-1)![0];
  };
  return [reach(0.05), reach(0.95)];
}

async function draw(element: HTMLElement): Promise<void> {
  const shown = await json<Shown>(element.dataset["from"]!);
  const countries = await borders(shown);
  const map = new MapOf({
    container: element,
    style: { version: 8, sources: {}, layers: [{ id: "sea", type: "background", paint: { "background-color": colour("--sea") } }] },
    bounds: extent(shown),
    fitBoundsOptions: { padding: 40 }, // for the names at its edges
    attributionControl: { compact: false, customAttribution: element.dataset["credit"]! },
    dragRotate: false,
    pitchWithRotate: false,
    renderWorldCopies: false,
    canvasContextAttributes: { preserveDrawingBuffer: true }, // else it is printed empty
  });
  map.addControl(new NavigationControl({ showCompass: false }));
  map.on("load", () => {
    layers(map, countries, shown);
    const popup = new Popup({ closeButton: false });
    fromMap(map, element, popup);
    fromTable(map, element, popup, shown);
    map.once("idle", () => { element.dataset["drawn"] = "yes"; });
  });
}

const element = document.getElementById("map");
if (element) {
  draw(element).catch((error: unknown) => {
    element.textContent = element.dataset["failed"] ?? "";
    console.error(error);
  });
}
