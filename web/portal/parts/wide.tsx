import type { Child } from 'hono/jsx'

/** By touch or by the arrow keys a table wider than the screen goes sideways within itself. */
const scrolls = { tabindex: 0, role: 'region' }
export const Wide = ({ label, children }: { label: string; children?: Child }) => <div class="wide-table" {...scrolls} aria-label={label}>{children}</div>
