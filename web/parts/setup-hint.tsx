import { formatRoute } from '../route.ts';
import { Notice } from './notice.tsx';

/** For a site that nobody has visited yet. @param mayWrite whether the reader sees the settings, where the code to embed is */
export function SetupHint({ mayWrite }: { mayWrite: boolean }) {
  return (
    <Notice title="No page views today yet" tone="calm">
      <p>
        {mayWrite
          ? 'Put one line into the head of your pages, and open one of them.'
          : 'They appear here as soon as somebody comes.'}
      </p>
      {mayWrite && (
        <p>
          <a className="button" href={formatRoute({ page: 'settings', tab: 'embed' })}>
            Show me the line
          </a>
        </p>
      )}
      <p>
        Locally, the demo site already has it: open the demo address that <code>npm start</code> printed and click
        around.
      </p>
    </Notice>
  );
}
