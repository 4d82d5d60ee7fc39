import type { ProcessDeps } from '../../functions/process/process.ts';
import type { AdmissionRow, AdmissionRows } from '../../functions/store/admission-rows.ts';

/** Bytes of a unit: one consistent read, or two that need not be (docs: read-write-operations.html#read-operation-consumption). */
const unitBytes = 4096;
/** Every item of a BatchGetItem is rounded up by itself. A visitor's state is below a unit: `test/contract` holds it to that. */
const consistentRead = 1;

/** Counts the read units that DynamoDB would bill the processor. */
export class ReadUnits {
  units = 0;

  of(deps: ProcessDeps): ProcessDeps {
    return {
      ...deps,
      visitors: {
        ...deps.visitors,
        load: (site, visitors, now) => {
          this.units += visitors.length * consistentRead;
          return deps.visitors.load(site, visitors, now);
        },
      },
      setAside: {
        ...deps.setAside,
        mayFold: (lane) => {
          this.units += consistentRead;
          return deps.setAside.mayFold(lane);
        },
      },
    };
  }

  admissions(rows: AdmissionRows): AdmissionRows {
    return {
      ...rows,
      at: async (pk, slot, isConsistent) => {
        const row = await rows.at(pk, slot, isConsistent);
        this.#read(row ? [row] : [], isConsistent);
        return row;
      },
      from: async (pk, slot, isConsistent) => {
        const found = await rows.from(pk, slot, isConsistent);
        this.#read(found, isConsistent);
        return found;
      },
    };
  }

  #read(rows: readonly AdmissionRow[], isConsistent: boolean): void {
    const bytes = rows.reduce((sum, { admissions }) => sum + Buffer.byteLength(JSON.stringify(admissions)), 0);
    this.units += Math.max(1, Math.ceil(bytes / unitBytes)) * (isConsistent ? 1 : 0.5);
  }
}
