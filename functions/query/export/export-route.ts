/** `GET …/export`: the figures of the other routes as a file. */
import { type FileFormat, fileFormats } from '../../contract/export-file.ts';
import { pagesExample } from '../pages.ts';
import { choice, type Parameter } from '../parameters.ts';
import { type Route, siteRoute } from '../route.ts';
import { array, object, oneOf, orNull, rangeProperties, type Schema, text } from '../schema.ts';
import { boundedText } from './bounded-text.ts';
import { fileHeaders, fileTexts, fileTypes } from './file.ts';
import { exportSources } from './sources.ts';

const { rows: pageRows, other: _other, ...range } = pagesExample;
const whats = exportSources.map(({ what }) => what);

const schema: Schema = {
  anyOf: exportSources.map(({ what, description, columns }) => ({
    ...object({ what: oneOf([what]), ...rangeProperties, rows: array(object(columns)), next: orNull(text()) }),
    description,
  })),
};
/** In the document, a type is named without its parameters. */
const lines = (format: FileFormat, description: string) => ({
  [fileTypes[format].split(';')[0] ?? '']: { schema: text(description) },
});

const route = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/export',
    summary: 'Figures as a file',
    description:
      'The figures of the other routes with their ranges and refusals, all rows of them, as CSV, JSON or NDJSON in UTF-8. Columns are the ' +
      'properties of a row of the JSON schema, in that order, each with its unit; what is not known is empty in CSV and null in JSON. CSV is that of ' +
      'RFC 4180, with a head; a text that a spreadsheet would run has an apostrophe before it. `x-sitepulse-range` has the range really used. ' +
      'Where `x-sitepulse-next` (JSON: `next`) is given, more follows: ask again with it as `cursor`. A file of more than 5.9 MB is refused ' +
      '(`export-too-large`), with a range that would fit.',
    answer: {
      status: 200,
      description: 'The file, named by its Content-Disposition.',
      schema,
      example: { what: 'pages', ...range, rows: pageRows, next: null },
      otherForms: {
        ...lines('csv', 'A head of column names, and a line for each row.'),
        ...lines('ndjson', 'A JSON object for each row, on a line of its own.'),
      },
    },
  },
  {
    what: choice(
      'what',
      whats,
      `What to export. ${exportSources.map(({ what, description }) => `${what}: ${description}`).join(' ')}`,
    ),
    format: choice('format', fileFormats, 'The form of the file.', 'csv'),
  },
  async (call, ports) => {
    const { what, format } = call.values;
    const source = exportSources.find((one) => one.what === what);
    if (!source) throw new Error(`${what} is a choice and no source`);
    const exported = await source.read(call, ports);
    const parts = { site: call.site.site, what, format, columns: Object.keys(source.columns), exported };
    const text = boundedText(fileTexts(parts), exported.rows.length, exported.range);
    return { status: 200, text, type: fileTypes[format], headers: fileHeaders(parts) };
  },
);

export const exportRoute: Route = { ...route, query: [...route.query, ...sourceParameters()] };

/** What the sources take, each name once, with what it is to whom. None is required of all. */
function sourceParameters(): Parameter<unknown>[] {
  const all = exportSources.flatMap(({ parameters }) => Object.values(parameters));
  return [...new Map(all.map((parameter) => [parameter.name, parameter])).values()].map((parameter) => ({
    ...parameter,
    required: false,
    description: meaningsOf(parameter.name).join(' '),
  }));
}

function meaningsOf(name: string): string[] {
  const takers = new Map<string, string[]>();
  for (const { what, parameters } of exportSources) {
    for (const { description, required } of Object.values(parameters).filter((one) => one.name === name)) {
      const meaning = `${description} ${required ? 'Wanted' : 'Heeded'} for`;
      takers.set(meaning, [...(takers.get(meaning) ?? []), what]);
    }
  }
  return [...takers].map(([meaning, whats]) => `${meaning} ${whats.join(', ')}.`);
}
