import { describe } from 'vitest';
import { memorySiteStore } from '../../functions/sites/site-store.memory.ts';
import { siteStoreContract } from './site-store.ts';

describe('sites in memory', () => siteStoreContract(memorySiteStore));
