const everyMs = 500;

/** One line that tells a person who waits what is being done; nothing where no terminal is. */
export function progressLine(): { show(what: string): void; clear(): void } {
  const isTerminal = process.stderr.isTTY === true;
  let shownAt = 0;
  let length = 0;
  const write = (what: string) => {
    process.stderr.write(`\r${what.padEnd(length)}\r`);
    length = what.length;
  };
  return {
    show(what) {
      if (!isTerminal || Date.now() - shownAt < everyMs) return;
      shownAt = Date.now();
      write(`  ${what} …`);
    },
    clear() {
      if (length > 0) write('');
      length = 0;
    },
  };
}
