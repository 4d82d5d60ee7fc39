import { findBrowser } from './browser.ts';

/** What captures need to start a browser; nothing where there is none, and then captures say so. */
export async function browserEnvironment(tell: (line: string) => void): Promise<Record<string, string>> {
  const outside = ['PATH', 'HOME', 'LANG', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value ? [[name, value]] : [];
  });
  try {
    const { executablePath, env } = await findBrowser();
    const libraries = ['LD_LIBRARY_PATH', 'FONTCONFIG_PATH'].flatMap((name) => (env[name] ? [[name, env[name]]] : []));
    return Object.fromEntries([...outside, ...libraries, ['CHROME_PATH', executablePath]]);
  } catch (error) {
    tell(`No pictures of pages: ${error instanceof Error ? error.message : error}`);
    return Object.fromEntries(outside);
  }
}
