import { readFileSync } from 'node:fs';
import type { Device } from '../../functions/contract/record.ts';

/** An element of a demo page as a browser laid it out, named by the snippet's own element key. */
export interface DemoElement {
  key: string;
  label: string;
  x: number;
  y: number;
  width: number;
  height: number;
  clickable: boolean;
}

export interface DemoLayout {
  viewportWidth: number;
  viewportHeight: number;
  height: number;
  elements: DemoElement[];
  /** Sectioning containers, which moves are kept by. */
  sections: DemoElement[];
}

export type DemoPages = Record<string, { title: string; layouts: Record<Device, DemoLayout> }>;

/** Read off the demo site by a real browser (`tsx localstack/visitors/read-demo-layout.ts`); made anew when the demo site changes. */
export function readDemoPages(): DemoPages {
  return JSON.parse(readFileSync(new URL('./demo-layout.json', import.meta.url), 'utf8')) as DemoPages;
}
