import { localClients } from '../audit/local-ports.dynamo.ts';
import type { Cloud } from '../embedded/cloud.ts';
import { demoSite } from '../embedded/front.ts';
import { type Issuer, issuerPath, localIssuer } from '../embedded/issuer/issuer.ts';
import { type Door, takePort } from '../embedded/listen.ts';
import { type Deployment, deployTo } from './deploy-to.ts';
import { edgeFront } from './edge-front.ts';
import { type EmulatorName, findEmulator } from './emulator.ts';

export interface DeployedOptions {
  endpoint: string;
  /** 0: any free one. */
  ports: { front: number; demo: number };
  dist: string;
  assembly: string;
  apiKey: string;
  /** Holds what the issuer of this machine remembers. */
  stateDir: string;
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  /** Done when the emulator has answered and the ports are ours: whatever takes long. */
  prepare?(): Promise<void>;
}

/** The product on an emulator: as `Cloud`, but that its functions run there. */
export interface DeployedProduct extends Pick<Cloud, 'urls' | 'site' | 'writeKey' | 'close'> {
  apiKey: string;
  emulator: EmulatorName;
  outputs: Deployment['outputs'];
}

/** Deploys, and serves the edge and the demo site here. @throws Fault, or PortInUseError. */
export async function deployedProduct(options: DeployedOptions): Promise<DeployedProduct> {
  const { dist, assembly, apiKey, step } = options;
  const emulator = await findEmulator(options.endpoint);
  const doors: Door[] = [];
  const clients = localClients(emulator.endpoint);
  let issuer: Issuer | undefined;
  const close = async () => {
    await Promise.all(doors.map((door) => door.close()));
    await issuer?.close();
    clients.close();
  };
  try {
    const front = await takePort(options.ports.front, 'edge: dashboard and API');
    doors.push(front);
    const demo = await takePort(options.ports.demo, 'demo site');
    doors.push(demo);
    await options.prepare?.();
    const frontUrl = `http://localhost:${front.port}`;
    const issuerUrl = `${frontUrl}${issuerPath}`;
    issuer = localIssuer(issuerUrl, [`${frontUrl}/`], options.stateDir);
    const deployment = await deployTo(emulator, { dist, assembly, frontUrl, apiKey, issuerUrl, step });
    const { addresses, edgeSecret, siteBucket, site, writeKey, outputs } = deployment;
    front.open(edgeFront({ assembly, apiUrl: addresses.apiUrl, edgeSecret, s3: clients.s3, siteBucket, issuer }));
    demo.open(demoSite(dist, `${frontUrl}/s.js`));
    const urls = {
      dashboardUrl: `${frontUrl}/`,
      apiUrl: frontUrl,
      socketUrl: addresses.socketUrl,
      snippetUrl: `${frontUrl}/s.js`,
      demoUrl: `http://localhost:${demo.port}/`,
      awsEndpoint: emulator.endpoint,
    };
    return { urls, site, writeKey, apiKey, emulator: emulator.name, outputs, close };
  } catch (error) {
    await close();
    throw error;
  }
}
