/** A sorted table's partitions as such, whatever their items hold: for who removes them. Every adapter passes its contract test. */
export interface Partitions {
  /** The sort keys of a partition, in order. None: it is empty. */
  sorts(pk: string): Promise<string[]>;
  /** Deletes items of a partition; does nothing where there are none. @throws when the table is too busy: some are gone then. */
  delete(pk: string, sorts: readonly string[]): Promise<void>;
}
