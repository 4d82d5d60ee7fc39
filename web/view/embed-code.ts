/** How the snippet gets into a page, by what the page is made with. */
export const platforms = ['html', 'react', 'vue', 'wordpress', 'tagManager'] as const;
export type Platform = (typeof platforms)[number];

export const platformNames: Record<Platform, string> = {
  html: 'HTML',
  react: 'React / Next.js',
  vue: 'Vue',
  wordpress: 'WordPress',
  tagManager: 'Tag Manager',
};

export interface EmbedStep {
  /** A sentence that says where the code goes. */
  say: string;
  code: string;
}

/** @param host where the snippet is served, such as `https://stats.example`; `hasVitals`: pages measure Web Vitals */
export function embedSteps(platform: Platform, host: string, writeKey: string, hasVitals: boolean): EmbedStep[] {
  const vitals = hasVitals ? ' data-vitals' : '';
  const tag = `<script async src="${host}/s.js" data-site="${writeKey}"${vitals}></script>`;
  switch (platform) {
    case 'html':
      return [{ say: 'Put this line into the head of every page:', code: tag }];
    case 'react':
      return [
        {
          say: 'Next.js: put this into app/layout.tsx (or pages/_app.tsx), inside the body. Changes of route are counted by themselves.',
          code: `import Script from 'next/script';\n\n<Script src="${host}/s.js" data-site="${writeKey}"${vitals} strategy="afterInteractive" />`,
        },
        { say: 'React without Next.js: the line goes into the head of index.html.', code: tag },
      ];
    case 'vue':
      return [
        { say: 'Put this line into the head of index.html. Changes of route are counted by themselves.', code: tag },
        {
          say: 'Nuxt: in nuxt.config.ts.',
          code: `export default defineNuxtConfig({\n  app: { head: { script: [{ src: '${host}/s.js', async: true, 'data-site': '${writeKey}'${hasVitals ? ", 'data-vitals': ''" : ''} }] } },\n});`,
        },
      ];
    case 'wordpress':
      return [
        {
          say: 'Put this at the end of functions.php of your child theme, or into a code snippets plugin:',
          code: `add_action('wp_head', function () {\n  echo '${tag}';\n});`,
        },
      ];
    case 'tagManager':
      return [
        {
          say: 'Google Tag Manager drops data attributes of script elements: make a tag of the kind “Custom HTML”, on the trigger “Initialization – All Pages”, that makes the element itself.',
          code: `<script>\n  (function () {\n    var s = document.createElement('script');\n    s.async = true;\n    s.src = '${host}/s.js';\n    s.setAttribute('data-site', '${writeKey}');\n${hasVitals ? "    s.setAttribute('data-vitals', '');\n" : ''}    document.head.appendChild(s);\n  })();\n</script>`,
        },
      ];
  }
}

/** The npm module, where a page has a build of its own. */
export function moduleCode(host: string, writeKey: string, hasVitals: boolean): string {
  const vitals = hasVitals ? ', vitals: true' : '';
  return `import { start } from 'sitepulse-snippet';\n\nconst sitepulse = start({ site: '${writeKey}', endpoint: '${host}/v1/events'${vitals} });`;
}
