/** What a dashboard looks at, and the topics by which it is pushed. */
import { elementPartition } from '../contract/counter.ts';
import { type ClientMessage, type Topic, topicOf } from '../contract/live.ts';
import { nameId } from '../contract/name-id.ts';
import { type Device, devices } from '../contract/record.ts';

export type View = { name: 'live' } | { name: 'heatmap'; pageId: string; devices: Device[] };

export function viewOfWatch(watch: Extract<ClientMessage, { op: 'watch' }>): View {
  if (watch.view === 'live') return { name: 'live' };
  return { name: 'heatmap', pageId: nameId(watch.path), devices: watch.device ? [watch.device] : [...devices] };
}

/** Elements are kept by day, so a heatmap's topics are of one local day. */
export function topicsOf(view: View, site: string, day: string): Topic[] {
  if (view.name === 'live') return ['live'];
  return view.devices.flatMap((device) => topicOf(elementPartition('', site, day, view.pageId, device)) ?? []);
}

/** What topics were made of; null for none. Lets a resync after midnight look at the new day. */
export function viewOfTopics(topics: readonly Topic[]): View | null {
  const [first] = topics;
  if (first === undefined) return null;
  if (first === 'live') return { name: 'live' };
  const parts = topics.map((topic) => topic.split('|'));
  const watched = devices.filter((device) => parts.some((part) => part[4] === device));
  return { name: 'heatmap', pageId: parts[0]?.[3] ?? '', devices: watched };
}
