import { ApiError } from './api-error.ts';

const bodyCharactersMax = 4_096;

/** Reads a body that is a small JSON object. @throws ApiError 413, or 400 `bad-json`. */
export function parseBody(body: string, charactersMax: number = bodyCharactersMax): Record<string, unknown> {
  if (body.length > charactersMax) {
    throw new ApiError(413, 'body-too-large', `the body has ${body.length} characters: at most ${charactersMax}`);
  }
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new ApiError(400, 'bad-json', 'the body is not JSON');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'bad-json', 'the body is not a JSON object');
  }
  return value as Record<string, unknown>;
}

/** Undefined where it is left out or empty. @throws ApiError 400 `bad-<name>` when it is no text. */
export function textOf(object: Record<string, unknown>, name: string): string | undefined {
  const value = object[name];
  if (value === undefined || value === '') return undefined;
  if (typeof value !== 'string') throw new ApiError(400, `bad-${name}`, `${name} is ${typeof value}, not a text`);
  return value;
}
