import type { MapLine, MapShape } from '../view/map-shape.ts';

interface Props {
  shapes: readonly MapShape[];
  lines: readonly MapLine[];
  /** The shape that the pointer is over. */
  pointed: MapShape | null;
  /** Screen px per px of the surface. */
  scale: number;
  /** Of the surface on the screen, px: a line's label stays within it. */
  height: number;
}

/** Of a line's label, which stands in the middle of its line. */
const labelPx = 22;

/** Bands or boxes over the page, with the lines across, and the figures of what is pointed at. */
export function MapOverlay({ shapes, lines, pointed, scale, height }: Props) {
  return (
    <div className="map-overlay" data-testid="map-overlay" data-shapes={shapes.length}>
      {shapes.map((shape) => {
        const [left, top, width, height] = shape.box.map((px) => px * scale);
        const className = `map-shape ${shape === pointed ? 'is-pointed' : ''}`;
        return (
          <div
            key={`${left} ${top} ${width} ${height}`}
            className={className}
            style={{ left, top, width, height, background: shape.color }}
          />
        );
      })}
      {lines.map(({ y, left, width, label, kind }) => (
        <p
          key={`${left} ${label}`}
          className={`map-line map-line-${kind}`}
          style={
            width === undefined
              ? { top: y * scale }
              : { top: y * scale, left: (left ?? 0) * scale, width: width * scale }
          }
        >
          <span style={{ top: labelTop(y * scale, height) }}>{label}</span>
        </p>
      ))}
      {pointed && (
        <p className="map-figures" role="status" style={{ top: Math.max(0, pointed.box[1] * scale) }}>
          {pointed.text}
        </p>
      )}
    </div>
  );
}

function labelTop(y: number, height: number): number {
  return Math.max(0, Math.min(height - labelPx, y - labelPx / 2)) - y;
}
