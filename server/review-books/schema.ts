/** Tables of the review books (п. 5.1, 6.1). */
export type ReviewBookTables = Record<never, never>
