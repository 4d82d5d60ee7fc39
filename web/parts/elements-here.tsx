import { useEffect, useRef } from 'react';
import { nameOf } from '../view/element-columns.ts';
import type { PlacedElement } from '../view/heatmap-view.ts';
import { formatWhole } from '../view/number-format.ts';

interface Props {
  /** Smallest first. */
  elements: readonly PlacedElement[];
  /** Where it was clicked, in px of the surface on the screen, which is `room` wide. */
  x: number;
  y: number;
  room: number;
  /** Height of the surface on the screen. */
  height: number;
  onPoint: (key: string) => void;
  onChoose: (key: string) => void;
  onClose: () => void;
}

const widthPx = 264;
const heightPxMax = 300;
const marginPx = 8;

/** The elements under a place of the map. Escape closes it, and gives the focus back. */
export function ElementsHere({ elements, x, y, room, height, onPoint, onChoose, onClose }: Props) {
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    panel.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  useEffect(() => {
    // Wherever the focus has gone meanwhile.
    const closeOnEscape = ({ key }: KeyboardEvent) => key === 'Escape' && onClose();
    addEventListener('keydown', closeOnEscape);
    return () => removeEventListener('keydown', closeOnEscape);
  }, [onClose]);
  // Near the end of the page there is room above only.
  const top = y + heightPxMax > height ? { bottom: height - y + marginPx } : { top: y + marginPx };
  const left = Math.max(marginPx, Math.min(x, room - widthPx - marginPx));
  return (
    <div
      ref={panel}
      className="elements-here"
      role="dialog"
      aria-label="Elements here"
      data-testid="elements-here"
      tabIndex={-1}
      style={{ left, ...top, width: Math.min(widthPx, room - 2 * marginPx) }}
    >
      <header>
        <h3>{elements.length === 0 ? 'No element here' : 'Elements here'}</h3>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          ×
        </button>
      </header>
      <ol>
        {elements.map((element) => (
          <li key={element.key}>
            <button
              type="button"
              data-key={element.key}
              onClick={() => onChoose(element.key)}
              onMouseEnter={() => onPoint(element.key)}
              onFocus={() => onPoint(element.key)}
            >
              <span>{nameOf(element)}</span>
              <small>
                {counted(element.counts.clicks, 'click')} · {counted(element.counts.hovers, 'hover')}
                {element.counts.rage > 0 && ` · ${formatWhole(element.counts.rage)} rage`}
              </small>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

function counted(count: number, noun: string): string {
  return `${formatWhole(count)} ${noun}${count === 1 ? '' : 's'}`;
}
