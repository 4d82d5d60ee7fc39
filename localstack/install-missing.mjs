// Runs before `npm start` and `npm test`: installs what the lock file names and node_modules lacks. Plain Node, no dependency.
import { execSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const oldest = [20, 19];
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    `SitePulse needs Node ${oldest.join('.')} or newer; this is ${process.versions.node}. See https://nodejs.org`,
  );
  process.exit(1);
}

/** The installed tree is current when npm's own record of it holds every non-optional package of the lock file at its version. */
function isCurrent() {
  const installed = new URL('node_modules/.package-lock.json', root);
  if (!existsSync(installed)) return false;
  const wanted = JSON.parse(readFileSync(new URL('package-lock.json', root), 'utf8')).packages;
  const present = JSON.parse(readFileSync(installed, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present[path]?.version === version,
  );
}

if (!isCurrent()) {
  console.log('Installing packages (once, about a minute) …');
  execSync('npm ci --no-fund --no-audit', { cwd: root, stdio: 'inherit' });
}
