import type { MapLine, MapShape } from '../view/map-shape.ts';

interface Props {
  shapes: readonly MapShape[];
  lines: readonly MapLine[];
  /** The shape that the pointer is over. */
  pointed: MapShape | null;
  /** Screen px per px of the surface. */
  scale: number;
}

/** Bands or boxes over the page, with the lines across, and the figures of what is pointed at. */
export function MapOverlay({ shapes, lines, pointed, scale }: Props) {
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
          <span>{label}</span>
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
