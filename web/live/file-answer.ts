/** A file that the API answers, named as it says. */
export interface FileAnswer {
  name: string;
  content: Blob;
  /** False: it has more parts than are asked for at once. */
  isWhole: boolean;
}

/** So many are enough for what somebody looks at. */
export const filePartsMax = 20;

/** `ask`: for the part that a cursor leads to; null: the first. */
export async function wholeFile(ask: (cursor: string | null) => Promise<Response>): Promise<FileAnswer> {
  const first = await ask(null);
  const name = nameOf(first.headers.get('content-disposition') ?? '');
  const texts = [await first.text()];
  let next = nextOf(first);
  while (next !== null && texts.length < filePartsMax) {
    const part = await ask(next);
    texts.push(await part.text());
    next = nextOf(part);
  }
  const type = first.headers.get('content-type') ?? '';
  // The mark at the start tells spreadsheets that it is UTF-8; programs, which ask the API themselves, get none.
  const mark = type.startsWith('text/csv') ? '\uFEFF' : '';
  return { name, content: new Blob([mark, joined(type, texts)], { type }), isWhole: next === null };
}

function nextOf({ headers }: Response): string | null {
  return headers.get('x-sitepulse-next');
}

function joined(type: string, texts: string[]): string {
  const [first = '', ...others] = texts;
  if (others.length === 0) return first;
  // Each part has a head of names, which hold no line break.
  if (type.startsWith('text/csv')) return first + others.map((text) => text.slice(text.indexOf('\r\n') + 2)).join('');
  if (!type.startsWith('application/json')) return texts.join('');
  const parts = texts.map((text) => JSON.parse(text) as { rows: unknown[]; next: string | null });
  return JSON.stringify({ ...parts[0], rows: parts.flatMap(({ rows }) => rows), next: parts.at(-1)?.next ?? null });
}

/** The name of any letters where there is one, else the plain one (RFC 6266). */
function nameOf(disposition: string): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  const [, plain = 'export'] = /filename="([^"]*)"/.exec(disposition) ?? [];
  return encoded === '' ? plain : decodeURIComponent(encoded);
}
