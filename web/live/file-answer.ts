/** A file that the API answers, named as it says. */
export interface FileAnswer {
  name: string;
  content: Blob;
}

export async function fileOf(response: Response): Promise<FileAnswer> {
  const name = nameOf(response.headers.get('content-disposition') ?? '');
  const content = await response.blob();
  // The mark at the start tells spreadsheets that it is UTF-8; programs, which ask the API themselves, get none.
  return { name, content: name.endsWith('.csv') ? new Blob(['\uFEFF', content], { type: content.type }) : content };
}

/** The name of any letters where there is one, else the plain one (RFC 6266). */
function nameOf(disposition: string): string {
  const [, encoded = ''] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  const [, plain = 'export'] = /filename="([^"]*)"/.exec(disposition) ?? [];
  return encoded === '' ? plain : decodeURIComponent(encoded);
}
