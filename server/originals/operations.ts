export const originals = {}
export const originalActions = {}
