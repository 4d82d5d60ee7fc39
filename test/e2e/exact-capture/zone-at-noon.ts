/** A time zone in which it is between twelve and one now. */
export function zoneAtNoon(now: Date): string {
  // POSIX counts zones westwards: `Etc/GMT-5` is five hours ahead.
  const westwards = now.getUTCHours() - 12;
  return `Etc/GMT${westwards < 0 ? westwards : `+${westwards}`}`;
}
