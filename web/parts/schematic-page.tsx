import { useMemo } from 'react';
import type { PlacedElement } from '../view/heatmap-view.ts';
import { schematic } from '../view/schematic.ts';

/** Stands for the page where there is no picture of it: boxes as visits saw them, with the names of what can be named. */
export function SchematicPage({ elements, scale }: { elements: readonly PlacedElement[]; scale: number }) {
  const boxes = useMemo(() => schematic(elements), [elements]);
  return (
    <div className="schematic" data-testid="schematic">
      {boxes.map(({ key, box, kind, label }) => {
        const [left = 0, top = 0, width = 0, height = 0] = box.map((px) => px * scale);
        const fontSize = kind === 'heading' ? Math.min(24, Math.max(11, height * 0.45)) : undefined;
        return (
          <div key={key} className={`schematic-box schematic-${kind}`} style={{ left, top, width, height, fontSize }}>
            {label && <span>{label}</span>}
          </div>
        );
      })}
    </div>
  );
}
