/** The part of JSON Schema 2020-12 (OpenAPI 3.1's own) that the API's answers need. */
export interface Schema {
  type?: string | string[];
  description?: string;
  enum?: readonly string[];
  format?: string;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  default?: string | number;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
  items?: Schema;
  prefixItems?: Schema[];
  minItems?: number;
  maxItems?: number;
  anyOf?: Schema[];
}

/** Every property is required but those named in `optional`, and there are no others. */
export function object(properties: Record<string, Schema>, optional: readonly string[] = []): Schema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', properties, required, additionalProperties: false };
}
export function array(items: Schema): Schema {
  return { type: 'array', items };
}
export function tuple(...prefixItems: Schema[]): Schema {
  return { type: 'array', prefixItems, minItems: prefixItems.length, maxItems: prefixItems.length };
}
export function oneOf(values: readonly string[], description?: string): Schema {
  return { type: 'string', enum: values, ...(description === undefined ? {} : { description }) };
}
export function orNull(schema: Schema): Schema {
  return { anyOf: [schema, { type: 'null' }] };
}
export function text(description?: string): Schema {
  return { type: 'string', ...(description === undefined ? {} : { description }) };
}
export const count: Schema = { type: 'integer', minimum: 0 };
export const share: Schema = { type: 'number', minimum: 0, maximum: 1 };
export const instant: Schema = { type: 'integer', description: 'ms since the epoch' };

/** What every answer about a range of time begins with. */
export const rangeProperties: Record<string, Schema> = {
  from: { ...instant, description: 'Start of the range really used, ms since the epoch.' },
  to: { ...instant, description: 'End (exclusive) of the range really used, ms since the epoch.' },
  zone: text('IANA time zone of the site: its hours and days.'),
};
export const errorSchema: Schema = object({
  error: object({
    code: text('Kebab-case name of the fault.'),
    message: text('What was found, and what is accepted.'),
  }),
});
