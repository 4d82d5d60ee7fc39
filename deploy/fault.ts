/** What was asked for can't be had: a sentence with the fault and what to do. Where in the code is nobody's concern. */
export class Fault extends Error {}

/** Runs a command's work: a fault is a sentence and exit code 1, anything else keeps its stack. */
export function run(work: () => Promise<void>): void {
  work().catch((error) => {
    if (error instanceof Fault) console.error(error.message);
    else console.error(error);
    process.exitCode = 1;
  });
}

/** The code of a system call's error, however deep a client has wrapped it: `ECONNREFUSED` and the like. */
export function causeCode(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const { code } = at as NodeJS.ErrnoException;
    if (code) return code;
    if (at instanceof AggregateError && at.errors.length > 0) return causeCode(at.errors[0]);
  }
  return undefined;
}
