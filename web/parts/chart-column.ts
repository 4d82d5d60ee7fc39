export interface ChartColumn {
  label: string;
  value: number;
  /** Drawn as a line, where a chart has two. */
  second?: number;
  /** Its unit of time is not over yet. */
  isOpen: boolean;
}
