export function title(text: string): void {
  console.log(`\n${text}\n${'─'.repeat(text.length)}`);
}

export function row(name: string, value: string): void {
  console.log(`${name.padEnd(44)} ${value}`);
}

/** Min, median and spread of `runs` timings of `work`, per unit, in µs; the result of the work is kept from being optimised away. */
export function time(name: string, runs: number, unitsPerRun: number, work: () => unknown): void {
  let sink: unknown;
  for (let warm = 0; warm < 3; warm++) sink = work();
  const timings: number[] = [];
  for (let run = 0; run < runs; run++) {
    const start = process.hrtime.bigint();
    sink = work();
    timings.push(Number(process.hrtime.bigint() - start) / 1000 / unitsPerRun);
  }
  if (sink === undefined) throw new Error(`${name} did nothing`);
  timings.sort((a, b) => a - b);
  const at = (share: number) => (timings[Math.floor((timings.length - 1) * share)] ?? 0).toFixed(2);
  row(name, `min ${at(0)}, median ${at(0.5)}, max ${at(1)} µs per event`);
}
