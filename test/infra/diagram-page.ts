import type { Template } from 'aws-cdk-lib/assertions';
import { flat, grantsOf, resourcesOf } from './synthesised.ts';

const head = `# What is deployed, and what speaks to what

Drawn by \`npm run docs\` from the template that \`npm run deploy\` brings to AWS; a test fails when it is no longer true. An arrow is a right
that a role has, a route, or an event source; [permissions.md](permissions.md) has the rights themselves.
`;

/** How a resource is drawn. Everything else of the template serves one of these. */
const shapes: Record<string, (id: string) => string> = {
  'AWS::ApiGatewayV2::Api': (id) => `${id}([${id.startsWith('Push') ? 'WebSocket API' : 'HTTP API'}])`,
  'AWS::Lambda::Function': (id) => `${id}[${nameOf(id)}]`,
  'AWS::Kinesis::Stream': (id) => `${id}[[stream]]`,
  'AWS::DynamoDB::Table': (id) => `${id}[(${id.replace(/^Tables/, '').toLowerCase()})]`,
  'AWS::S3::Bucket': (id) => `${id}[(${id.replace(/Bucket$/, '').toLowerCase()} bucket)]`,
};

/** `docs/diagram.md`: the template as a Mermaid flow chart. */
export function diagramPage(template: Template): string {
  const nodes = Object.entries(shapes).flatMap(([type, shape]) =>
    Object.keys(resourcesOf(template, type)).map((id) => `  ${shape(withoutHash(id))}`),
  );
  const arrows = [...routes(template), ...eventSources(template), ...rights(template)];
  return `${head}\n\`\`\`mermaid\nflowchart LR\n${[...nodes, ...arrows].join('\n')}\n\`\`\`\n`;
}

const withoutHash = (id: string): string => id.replace(/[0-9A-F]{8}$/, '');
/** `QuerySocketFunction`: socket. */
const nameOf = (id: string): string => /([A-Z][a-z]+)$/.exec(id.replace(/Function$/, ''))?.[1]?.toLowerCase() ?? id;

/** From each API to the functions that its routes lead to. */
function routes(template: Template): string[] {
  const integrations = Object.values(resourcesOf(template, 'AWS::ApiGatewayV2::Integration'));
  const arrows = integrations.map(({ Properties }) => {
    const target = /<(\w+)\.Arn>/.exec(flat(Properties.IntegrationUri))?.[1] ?? '';
    return `  ${flat(Properties.ApiId).slice(1, -1)} --> ${target}`;
  });
  return [...new Set(arrows)];
}

function eventSources(template: Template): string[] {
  return Object.values(resourcesOf(template, 'AWS::Lambda::EventSourceMapping')).map(({ Properties }) => {
    const source = /<(\w+)\.Arn>/.exec(flat(Properties.EventSourceArn))?.[1] ?? '';
    return `  ${source} ==> ${flat(Properties.FunctionName).slice(1, -1)}`;
  });
}

/** What an action does to a resource, as a word on an arrow. Reading of a stream is its event source's own arrow. */
function verbOf(action: string): string | null {
  if (/^(logs|kinesis:(Describe|Get|List))/.test(action)) return null;
  if (/:(Get|BatchGet|Query|List|Scan|Describe)/.test(action)) return 'reads';
  if (/:Invoke/.test(action)) return 'invokes';
  if (/:ManageConnections/.test(action)) return 'pushes';
  return 'writes';
}

/** From each function to what its role lets it touch. */
function rights(template: Template): string[] {
  const verbs = new Map<string, Set<string>>();
  const drawn = new Set(
    Object.keys(shapes).flatMap((type) => Object.keys(resourcesOf(template, type)).map(withoutHash)),
  );
  for (const [role, lines] of Object.entries(grantsOf(template))) {
    const fn = `${role.replace(/^<|Role>$/g, '')}Function`;
    for (const line of lines) {
      const [action = '', resource = ''] = line.split(' on ');
      const target = [...resource.matchAll(/<(\w+?)(?:\.Arn)?>/g)]
        .map(([, id]) => id ?? '')
        .find((id) => drawn.has(id));
      const verb = verbOf(action);
      if (!target || !verb || !drawn.has(fn)) continue;
      const arrow = `${fn} ${target}`;
      verbs.set(arrow, (verbs.get(arrow) ?? new Set()).add(verb));
    }
  }
  return [...verbs].map(([arrow, found]) => {
    const [from, to] = arrow.split(' ');
    return `  ${from} -->|${[...found].sort().join(', ')}| ${to}`;
  });
}
