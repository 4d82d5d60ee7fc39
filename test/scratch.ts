/**
 * One folder for all that the tests of a run put into the temporary directory, gone with the run. Some of it nobody could remove
 * otherwise: the CDK makes a folder for each app that names none, and tells no one.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let scratch = '';

/** Before the workers start, which take this environment over. */
export function setup(): void {
  scratch = mkdtempSync(join(tmpdir(), 'sitepulse-test-'));
  process.env.TMPDIR = scratch;
}
export function teardown(): void {
  rmSync(scratch, { recursive: true, force: true });
}
