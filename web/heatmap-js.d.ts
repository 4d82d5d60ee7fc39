/** The part of heatmap.js that is used (the package has no types). */
declare module 'heatmap.js' {
  export interface HeatmapPoint {
    x: number;
    y: number;
    value: number;
    radius: number;
  }
  export interface HeatmapInstance {
    setData(data: { min: number; max: number; data: HeatmapPoint[] }): void;
  }
  export function create(config: {
    container: HTMLElement;
    width: number;
    height: number;
    blur: number;
    gradient: Record<string, string>;
    useGradientOpacity: boolean;
  }): HeatmapInstance;
}
