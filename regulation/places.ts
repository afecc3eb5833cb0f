/** Houses of a street as dispatchers write them: «ул. Абая, 1–15, 22, 24а», or «ул. Абая» for all of it (п. 11.3.3). */
export type Place = { readonly street: string; readonly houses: readonly string[] | undefined }

/** The most houses one range may name. */
const longest = 400

/** One place a line; `undefined` stands for a line that is none. */
export function readPlaces(text: string): (Place | undefined)[] {
  return text.split('\n').map((line) => line.trim()).filter((line) => line !== '').map(readPlace)
}

function readPlace(line: string): Place | undefined {
  const [street = '', ...parts] = line.split(',').map((part) => part.trim())
  if (street.length < 3) return undefined
  const named = parts.filter((part) => part !== '')
  if (named.length === 0) return { street, houses: undefined }
  const houses = named.map(readHouses)
  return houses.every((some) => some !== undefined) ? { street, houses: [...new Set(houses.flat())] } : undefined
}

/** «7», «7а», «1–15»; of a range both sides of the street. */
function readHouses(part: string): string[] | undefined {
  const [, from, to] = /^(?:д\.?\s*)?(\d{1,4})\s*[-–—]\s*(\d{1,4})$/i.exec(part) ?? []
  if (from && to) {
    const count = Number(to) - Number(from) + 1
    return count < 1 || count > longest ? undefined : Array.from({ length: count }, (_, i) => String(Number(from) + i))
  }
  const [, house] = /^(?:д\.?\s*)?(\d{1,4}[а-яa-z]?(?:\/\d{1,3})?)$/i.exec(part) ?? []
  return house ? [house.toLowerCase()] : undefined
}

/** Whether an address (`…, ул. Абая, 15`) is one of a place's houses. */
export function isAt({ street, houses }: Place, address: string): boolean {
  const parts = address.split(',').map((part) => part.trim().toLowerCase())
  const at = parts.findIndex((part) => part === street.toLowerCase() || part.endsWith(` ${street.toLowerCase()}`))
  return at !== -1 && (houses === undefined || houses.includes(parts[at + 1] ?? ''))
}
