/** As a `ref`: whatever has just been asked for by a press is where one goes on typing. */
export const focused = (field: HTMLElement | null): void => field?.focus()
