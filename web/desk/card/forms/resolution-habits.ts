/** What this executive chose before, kept in this browser: offered again, never filled in by itself but the controller. */
type Habits = { readonly units: readonly string[]; readonly controller?: string | undefined }

const keyOf = (organization: string): string => `jauap-desk-resolution-${organization}`
const most = 3

export const recentUnits = (organization: string): readonly string[] => read(organization).units
export const lastController = (organization: string): string | undefined => read(organization).controller

export function rememberResolution(organization: string, units: readonly string[], controller: string | undefined): void {
  const before = read(organization).units.filter((id) => !units.includes(id))
  const habits: Habits = { units: [...units, ...before].slice(0, most), controller }
  localStorage.setItem(keyOf(organization), JSON.stringify(habits))
}

function read(organization: string): Habits {
  try {
    const kept = JSON.parse(localStorage.getItem(keyOf(organization)) ?? '{}') as Partial<Habits>
    return { units: Array.isArray(kept.units) ? kept.units : [], controller: kept.controller }
  } catch {
    return { units: [] }
  }
}
