export const reviewBooks = {}
