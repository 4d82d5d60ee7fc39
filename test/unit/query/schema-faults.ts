import type { Schema } from '../../../functions/query/schema.ts';

/** Where `value` is not what `schema` says, in words; none: it is. */
export function schemaFaults(value: unknown, schema: Schema, at = '$'): string[] {
  if (schema.anyOf) {
    const each = schema.anyOf.map((one) => schemaFaults(value, one, at));
    return each.some((faults) => faults.length === 0) ? [] : [`${at}: none of ${each.length} forms: ${each.flat()}`];
  }
  if (schema.type !== undefined && ![schema.type].flat().includes(typeOf(value, schema.type))) {
    return [`${at}: ${JSON.stringify(value)} is not ${schema.type}`];
  }
  if (schema.enum && !schema.enum.includes(value as string)) return [`${at}: ${value} is not one of ${schema.enum}`];
  if (typeof value === 'number') {
    if (value < (schema.minimum ?? -Infinity) || value > (schema.maximum ?? Infinity)) return [`${at}: ${value}`];
  }
  if (Array.isArray(value)) return listFaults(value, schema, at);
  return typeof value === 'object' && value !== null ? objectFaults(value as Record<string, unknown>, schema, at) : [];
}

function typeOf(value: unknown, wanted: string | string[]): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value !== 'number') return typeof value;
  return Number.isInteger(value) && [wanted].flat().includes('integer') ? 'integer' : 'number';
}

function listFaults(value: unknown[], schema: Schema, at: string): string[] {
  if (value.length < (schema.minItems ?? 0) || value.length > (schema.maxItems ?? Infinity)) {
    return [`${at}: ${value.length} entries`];
  }
  return value.flatMap((entry, index) => {
    const one = schema.prefixItems?.[index] ?? schema.items;
    return one ? schemaFaults(entry, one, `${at}[${index}]`) : [];
  });
}

function objectFaults(value: Record<string, unknown>, schema: Schema, at: string): string[] {
  const missing = (schema.required ?? []).filter((name) => !(name in value)).map((name) => `${at}.${name} is missing`);
  const inner = Object.entries(value).flatMap(([name, one]) => {
    const known = schema.properties?.[name];
    if (known) return schemaFaults(one, known, `${at}.${name}`);
    return schema.additionalProperties === false ? [`${at}.${name} is not described`] : [];
  });
  return [...missing, ...inner];
}
