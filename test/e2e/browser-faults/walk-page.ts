import type { Deeds } from './counted.ts';

/** When a page of the walk goes on to the next, and how many views it makes by pushState before. */
const steps = [
  { when: 'at once', pushes: 0 },
  { when: 'DOMContentLoaded', pushes: 1 },
  { when: 'load', pushes: 2 },
];

/**
 * A page that leads on to the next by itself, without waiting for anything: while it is still being parsed, when it has been,
 * or when it has loaded, some views by pushState later. The paths of the walk are `/<name>/0`, `/<name>/1` …, one for each
 * view, and each view tells one event.
 */
export function walkPage(name: string, tag: string, path: string, count: number): string {
  const place = Number(path.split('/').at(-1));
  const step = stepAt(place);
  const { when, pushes } = place + step.pushes >= count - 1 ? { when: 'never', pushes: count - 1 - place } : step;
  return `<!doctype html><html><head><title>${place}</title><link rel="icon" href="data:,">
    <script>
      window.sitepulse = function () { (sitepulse.q = sitepulse.q || []).push(arguments); };
      sitepulse('${name}-seen');
    </script>
    ${tag}
    <script>
      const walk = () => {
        for (let place = ${place + 1}; place <= ${place + pushes}; place++) {
          history.pushState(null, '', '/${name}/' + place);
          sitepulse('${name}-seen');
        }
        ${when === 'never' ? '' : `location.href = '/${name}/${place + pushes + 1}';`}
      };
      ${when === 'at once' ? 'walk();' : `addEventListener('${when === 'never' ? 'load' : when}', walk);`}
    </script></head><body><p>${place}</p></body></html>`;
}

/** What the whole walk makes. */
export function walkDeeds(name: string, count: number): Deeds {
  const paths = Array.from({ length: count }, (_, place) => `/${name}/${place}`);
  return { views: Object.fromEntries(paths.map((path) => [path, 1])), clicks: {}, events: { [`${name}-seen`]: count } };
}

/** How many documents the walk loads: its other views are made by pushState. */
export function walkLoads(count: number): number {
  let loads = 0;
  for (let place = 0; place < count; place += stepOf(loads++).pushes + 1);
  return loads;
}

/** What the document at a place of the walk does. */
function stepAt(place: number): (typeof steps)[number] {
  let loads = 0;
  for (let at = 0; at < place; at += stepOf(loads++).pushes + 1);
  return stepOf(loads);
}

function stepOf(load: number): (typeof steps)[number] {
  const step = steps[load % steps.length];
  if (!step) throw new Error('there are no steps');
  return step;
}
