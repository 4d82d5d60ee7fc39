type Attributes = Record<string, string>;

/** An element with attributes and children. No text is ever read as markup. */
export function make<K extends keyof HTMLElementTagNameMap>(
  name: K,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(name);
  for (const [attribute, value] of Object.entries(attributes)) element.setAttribute(attribute, value);
  element.append(...children);
  return element;
}

/** One of several, as radio buttons: arrow keys go through them. */
export function choiceOf<T extends string>(
  legend: string,
  options: readonly (readonly [value: T, label: string])[],
  chosen: T,
  onChange: (value: T) => void,
): { element: HTMLElement; choose(value: T): void } {
  const inputs = new Map<T, HTMLInputElement>();
  const labels = options.map(([value, label]) => {
    const input = make('input', { type: 'radio', name: legend, value });
    input.checked = value === chosen;
    input.addEventListener('change', () => onChange(value));
    inputs.set(value, input);
    return make('label', { class: 'choice' }, input, make('span', {}, label));
  });
  return {
    element: make('fieldset', {}, make('legend', {}, legend), make('div', { class: 'choices' }, ...labels)),
    choose(value) {
      const input = inputs.get(value);
      if (input) input.checked = true;
    },
  };
}
