import { type Door, type Handler, takePort, type Upgrade } from '../../../localstack/embedded/listen.ts';

const doors: Door[] = [];

/** Serves on a free port until `closeServers`; returns its address on IPv4. */
export async function serve(handler: Handler, upgrade?: Upgrade): Promise<string> {
  const door = await takePort(0, 'test');
  doors.push(door);
  door.open(handler, upgrade);
  return `http://127.0.0.1:${door.port}`;
}

export async function closeServers(): Promise<void> {
  await Promise.all(doors.splice(0).map((door) => door.close()));
}
