import { Notice } from './notice.tsx';

/** For a site that nobody has visited yet. */
export function SetupHint() {
  const line = `<script async src="${location.origin}/s.js" data-site="YOUR-WRITE-KEY"></script>`;
  return (
    <Notice title="No page views today yet" tone="calm">
      <p>Put this line into the head of your pages, with the site's write key, and open one of them:</p>
      <pre>
        <code>{line}</code>
      </pre>
      <p>
        Locally, the demo site already has it: open the demo address that <code>npm start</code> printed and click
        around.
      </p>
    </Notice>
  );
}
