/** Tables of the case files, stock-takes and acts (п. 4.7–4.8, 7.8). */
export type OriginalTables = Record<never, never>
