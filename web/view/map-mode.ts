/** How the heatmap page shows a range: as one map that is live, or through time. */
export const mapModes = ['map', 'play'] as const;
export type MapMode = (typeof mapModes)[number];
export const mapModeLabel: Record<MapMode, string> = { map: 'Map', play: 'Playback' };
