import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';

/** A request as CloudFront Functions see it: names in lower case. */
interface EdgeRequest {
  method: string;
  uri: string;
  headers: Record<string, { value: string }>;
}
export interface EdgeEvent {
  viewer: { ip: string };
  request: EdgeRequest;
}

interface EdgeTemplate {
  Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
}

/**
 * The edge's own functions, from its template: `Viewer` tells ingest whom the edge saw, `Page` gives the dashboard's one page.
 * @throws Error when the template has no such function.
 */
export function edgeFunction(template: EdgeTemplate, name: 'Viewer' | 'Page'): (event: EdgeEvent) => EdgeRequest {
  const found = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === 'AWS::CloudFront::Function' && id.startsWith(name),
  );
  if (!found) throw new Error(`the edge's template has no function ${name}`);
  const handler = runInNewContext(`${found[1].Properties.FunctionCode}; handler`) as (event: EdgeEvent) => EdgeRequest;
  return (event) => handler(structuredClone(event));
}

export function readEdgeTemplate(assembly: string): EdgeTemplate {
  return JSON.parse(readFileSync(join(assembly, 'SitePulseEdge.template.json'), 'utf8')) as EdgeTemplate;
}
