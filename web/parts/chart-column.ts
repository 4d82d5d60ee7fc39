export interface ChartColumn {
  label: string;
  value: number;
  /** Drawn as a line, where a chart has two. */
  second?: number;
  /** What happened in it: the texts of its markers. */
  marks?: readonly string[];
  /** Its unit of time is not over yet. */
  isOpen: boolean;
}
