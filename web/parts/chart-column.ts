export interface ChartColumn {
  label: string;
  value: number;
  /** Drawn as a line, where a chart has two. */
  second?: number;
  /** What happened in it: the texts of its markers. */
  marks?: readonly string[];
  /** Its unit of time is not over yet. */
  isOpen: boolean;
  /** It belongs to the time that the others are compared with. */
  isBefore?: boolean;
  /** What is told of it, where that is not its value as a whole number. */
  text?: string;
}
