/** How the heatmap page shows a range: as one map that is live, through time, or beside another. */
export const mapModes = ['map', 'play', 'compare'] as const;
export type MapMode = (typeof mapModes)[number];
export const mapModeLabel: Record<MapMode, string> = { map: 'Map', play: 'Playback', compare: 'Compare' };
