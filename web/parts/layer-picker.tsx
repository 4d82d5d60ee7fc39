import { useId } from 'react';
import { factsOf, isLayer, type Layer, layerGroups, layerNames } from '../view/layer.ts';

interface Props {
  value: Layer;
  onChange: (layer: Layer) => void;
}

const groups = layerGroups.map((group) => ({
  group,
  names: layerNames.filter((name) => factsOf(name).group === group),
}));

/** All layers in groups: radio buttons side by side where there is room, one list to choose from where there is none. */
export function LayerPicker({ value, onChange }: Props) {
  const name = useId();
  const about = useId();
  return (
    <div className="layer-picker">
      <div className="layer-groups" role="radiogroup" aria-label="Layer" aria-describedby={about}>
        {groups.map(({ group, names }) => (
          // biome-ignore lint/a11y/useSemanticElements: a fieldset would be a group of radio buttons of its own.
          <div key={group} className="layer-group" role="group" aria-label={group}>
            <span className="layer-group-name" aria-hidden="true">
              {group}
            </span>
            <span className="segmented">
              {names.map((layer) => (
                <label key={layer} className={layer === value ? 'is-chosen' : ''} title={factsOf(layer).about}>
                  <input
                    type="radio"
                    className="visually-hidden"
                    name={name}
                    value={layer}
                    checked={layer === value}
                    onChange={() => onChange(layer)}
                  />
                  {factsOf(layer).label}
                </label>
              ))}
            </span>
          </div>
        ))}
      </div>
      <label className="layer-list">
        <span>Layer</span>
        <select
          aria-label="Layer"
          value={value}
          onChange={({ target }) => isLayer(target.value) && onChange(target.value)}
        >
          {groups.map(({ group, names }) => (
            <optgroup key={group} label={group}>
              {names.map((layer) => (
                <option key={layer} value={layer}>
                  {factsOf(layer).label}
                </option>
              ))}
            </optgroup>
          ))}
        </select>
      </label>
      <p className="layer-about quiet" id={about}>
        {factsOf(value).about}
      </p>
    </div>
  );
}
