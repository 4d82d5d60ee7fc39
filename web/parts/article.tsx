import { useAnswer } from '../use-live.ts';
import { articleOf, type Block, type Stretch } from '../view/runbook.ts';

async function loadRunbook(): Promise<string> {
  const response = await fetch('runbook.txt');
  if (!response.ok) throw new Error(`The runbook could not be loaded (${response.status}).`);
  return response.text();
}

/** What the runbook says of an alarm. */
export function Article({ name }: { name: string }) {
  const { value, error } = useAnswer('runbook', loadRunbook, 0);
  if (error) return <p className="quiet">{error.message} It is cdk/RUNBOOK.md of the project.</p>;
  if (value === null) return <p className="quiet">Loading …</p>;
  const blocks = articleOf(value, name);
  return (
    <div className="article">
      {blocks.map((block) => (
        <Paragraph key={block.stretches.map(({ text }) => text).join('')} block={block} />
      ))}
      {blocks.length === 0 && <p className="quiet">The runbook has no article on it.</p>}
    </div>
  );
}

function Paragraph({ block: { kind, stretches } }: { block: Block }) {
  return (
    <p className={kind === 'item' ? 'article-item' : ''}>
      {stretches.map((stretch) => (
        <Styled key={`${stretch.style} ${stretch.text}`} stretch={stretch} />
      ))}
    </p>
  );
}

function Styled({ stretch: { text, style } }: { stretch: Stretch }) {
  if (style === 'strong') return <strong>{text}</strong>;
  return style === 'code' ? <code>{text}</code> : text;
}
