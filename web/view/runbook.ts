/** A stretch of an article's text. */
export interface Stretch {
  text: string;
  style: 'plain' | 'strong' | 'code';
}
/** A paragraph, or an item of a list. */
export interface Block {
  kind: 'paragraph' | 'item';
  stretches: Stretch[];
}

/** The article of `cdk/RUNBOOK.md` under a heading, in what it uses of Markdown; empty where there is none. */
export function articleOf(runbook: string, heading: string): Block[] {
  const [, article = ''] = runbook.split(/^## /m).flatMap((part) => {
    const [title = '', ...lines] = part.split('\n');
    return title.trim() === heading ? ['', lines.join('\n')] : [];
  });
  return article
    .split(/\n{2,}|\n(?=- )/)
    .map((text) => text.trim())
    .filter((text) => text !== '')
    .map((text) => ({
      kind: text.startsWith('- ') ? 'item' : 'paragraph',
      stretches: stretchesOf(text.replace(/^- /, '').replace(/\s+/g, ' ')),
    }));
}

function stretchesOf(text: string): Stretch[] {
  return [...text.matchAll(/\*\*(.+?)\*\*|`([^`]+)`|\[([^\]]+)\]\([^)]*\)|((?:(?!\*\*)[^`[])+|.)/g)].map(
    ([, strong, code, link, plain]) => {
      if (strong !== undefined) return { text: strong, style: 'strong' };
      return code !== undefined ? { text: code, style: 'code' } : { text: link ?? plain ?? '', style: 'plain' };
    },
  );
}
